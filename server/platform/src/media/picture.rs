//! Decodes pictures within limits, and encodes what is made of them.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Seek};
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::error::LimitErrorKind;
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, ImageFormat,
    ImageReader, Limits,
};

use super::strip::strip;
use super::{MediaError, MediaLimits, MediaType, Result, THUMBNAIL_SIDE, Thumbnail};

/// Quality of a picture that had to be encoded again to stand upright.
const UPRIGHT_QUALITY: u8 = 92;
const THUMBNAIL_QUALITY: u8 = 82;

/// A larger colour profile is not worth its bytes in a thumbnail.
const MAX_THUMBNAIL_PROFILE_BYTES: usize = 4096;

/// A decoded picture, standing upright.
pub(super) struct Picture {
    image: DynamicImage,
    profile: Option<Vec<u8>>,
    /// Whether the pixels were turned, so that the file's own bytes show another picture.
    turned: bool,
}

/// Width and height as seen, from the header alone.
pub(super) fn dimensions(
    path: &Path,
    media_type: MediaType,
    limits: MediaLimits,
) -> Result<(u32, u32)> {
    let mut decoder = open(BufReader::new(File::open(path)?), media_type, limits)?;
    let (width, height) = decoder.dimensions();
    let sideways = matches!(
        orientation(&mut decoder),
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    Ok(if sideways {
        (height, width)
    } else {
        (width, height)
    })
}

/// Decodes the whole picture (of an animation the first image).
pub(super) fn decode(bytes: &[u8], media_type: MediaType, limits: MediaLimits) -> Result<Picture> {
    let mut decoder = open(Cursor::new(bytes), media_type, limits)?;
    let orientation = orientation(&mut decoder);
    // A profile for printing inks does not fit the screen colours the decoder gives.
    let printed = matches!(
        decoder.original_color_type(),
        ExtendedColorType::Cmyk8 | ExtendedColorType::Cmyk16
    );
    let profile = if printed {
        None
    } else {
        decoder.icc_profile().ok().flatten()
    };
    let mut image = DynamicImage::from_decoder(decoder).map_err(|error| refuse(&error, limits))?;
    image.apply_orientation(orientation);
    Ok(Picture {
        image,
        profile,
        turned: orientation != Orientation::NoTransforms,
    })
}

/// A decoder that has read the header only. Pixels are counted here, before any memory is taken.
fn open<'a, R>(
    input: R,
    media_type: MediaType,
    limits: MediaLimits,
) -> Result<impl ImageDecoder + 'a>
where
    R: BufRead + Seek + 'a,
{
    let format = match media_type {
        MediaType::Jpeg => ImageFormat::Jpeg,
        MediaType::Png => ImageFormat::Png,
        MediaType::Gif => ImageFormat::Gif,
        MediaType::WebP => ImageFormat::WebP,
        MediaType::Pdf | MediaType::Mp4 | MediaType::WebM => return Err(MediaError::NotAPicture),
    };
    let mut reader = ImageReader::with_format(input, format);
    let mut allowed = Limits::no_limits();
    // Up to 8 bytes for each pixel of the result, as much again while decoding, and some room.
    allowed.max_alloc = Some(limits.max_pixels.saturating_mul(16).saturating_add(1 << 20));
    reader.limits(allowed);
    let decoder = reader
        .into_decoder()
        .map_err(|error| refuse(&error, limits))?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > limits.max_pixels {
        return Err(MediaError::TooManyPixels {
            max_pixels: limits.max_pixels,
        });
    }
    if pixels == 0 {
        Err(MediaError::Corrupt)
    } else {
        Ok(decoder)
    }
}

/// The orientation the file asks for; a damaged note about it is no reason to refuse the picture.
fn orientation(decoder: &mut impl ImageDecoder) -> Orientation {
    decoder.orientation().unwrap_or(Orientation::NoTransforms)
}

fn refuse(error: &ImageError, limits: MediaLimits) -> MediaError {
    match error {
        ImageError::Limits(limit)
            if matches!(
                limit.kind(),
                LimitErrorKind::DimensionError | LimitErrorKind::InsufficientMemory
            ) =>
        {
            MediaError::TooManyPixels {
                max_pixels: limits.max_pixels,
            }
        }
        _ => MediaError::Corrupt,
    }
}

impl Picture {
    /// Width and height as seen.
    pub(super) fn dimensions(&self) -> (u32, u32) {
        (self.image.width(), self.image.height())
    }

    /// The bytes to keep: those received, without metadata; or, where they lie on their side, the
    /// picture encoded again upright.
    pub(super) fn clean(self, bytes: Vec<u8>, media_type: MediaType) -> Result<Vec<u8>> {
        if !self.turned {
            return strip(bytes, media_type);
        }
        drop(bytes);
        let profile = self.profile.as_deref();
        match media_type {
            MediaType::Jpeg => jpeg(&self.image, UPRIGHT_QUALITY, profile),
            MediaType::Png => {
                let mut output = Vec::new();
                write(&self.image, PngEncoder::new(&mut output), profile)?;
                Ok(output)
            }
            _ => webp(&self.image, profile),
        }
    }

    /// The picture with at most [`THUMBNAIL_SIDE`] pixels on its longer side; never made larger.
    pub(super) fn thumbnail(&self) -> Result<Thumbnail> {
        let (width, height) = self.dimensions();
        let small = if width.max(height) > THUMBNAIL_SIDE {
            self.image.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE)
        } else {
            self.image.clone()
        };
        self.encode(&small)
    }

    /// A square of this side from the picture's middle.
    pub(super) fn avatar(&self, side: u32) -> Result<Thumbnail> {
        let (width, height) = self.dimensions();
        let edge = width.min(height);
        let square = self
            .image
            .crop_imm((width - edge) / 2, (height - edge) / 2, edge, edge);
        self.encode(&square.thumbnail_exact(side, side))
    }

    fn encode(&self, small: &DynamicImage) -> Result<Thumbnail> {
        let profile = self
            .profile
            .as_deref()
            .filter(|p| p.len() <= MAX_THUMBNAIL_PROFILE_BYTES);
        let (bytes, media_type) = if is_transparent(small) {
            (webp(small, profile)?, MediaType::WebP)
        } else {
            (jpeg(small, THUMBNAIL_QUALITY, profile)?, MediaType::Jpeg)
        };
        Ok(Thumbnail {
            bytes,
            media_type,
            width: small.width(),
            height: small.height(),
        })
    }
}

fn is_transparent(image: &DynamicImage) -> bool {
    image.color().has_alpha() && image.to_rgba8().pixels().any(|pixel| pixel.0[3] < u8::MAX)
}

fn jpeg(image: &DynamicImage, quality: u8, profile: Option<&[u8]>) -> Result<Vec<u8>> {
    let mut output = Vec::new();
    let grey = matches!(image.color().channel_count(), 1 | 2);
    let flat = if grey {
        DynamicImage::ImageLuma8(image.to_luma8())
    } else {
        DynamicImage::ImageRgb8(image.to_rgb8())
    };
    write(
        &flat,
        JpegEncoder::new_with_quality(&mut output, quality),
        profile,
    )?;
    Ok(output)
}

fn webp(image: &DynamicImage, profile: Option<&[u8]>) -> Result<Vec<u8>> {
    let mut output = Vec::new();
    // The result has three colours; a profile for grey would be wrong.
    let profile = profile.filter(|_| image.color().has_color());
    let flat = DynamicImage::ImageRgba8(image.to_rgba8());
    write(&flat, WebPEncoder::new_lossless(&mut output), profile)?;
    Ok(output)
}

fn write(
    image: &DynamicImage,
    mut encoder: impl ImageEncoder,
    profile: Option<&[u8]>,
) -> Result<()> {
    if let Some(profile) = profile {
        // An encoder without room for a profile shows the colours a little differently.
        let _ = encoder.set_icc_profile(profile.to_vec());
    }
    image
        .write_with_encoder(encoder)
        .map_err(|_| MediaError::Corrupt)
}
