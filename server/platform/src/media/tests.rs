//! What uploads may rely on: only sound pictures, without a trace of where and by whom.

#![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use img_parts::jpeg::{Jpeg, JpegSegment};
use img_parts::png::{Png, PngChunk};
use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF, ImageICC};
use proptest::prelude::*;

use super::*;

const LIMITS: MediaLimits = MediaLimits {
    max_pixels: 4_000_000,
};
const SECRET: &[u8] = b"52.5200N-13.4050E";
const FORMATS: [(ImageFormat, MediaType); 4] = [
    (ImageFormat::Jpeg, MediaType::Jpeg),
    (ImageFormat::Png, MediaType::Png),
    (ImageFormat::Gif, MediaType::Gif),
    (ImageFormat::WebP, MediaType::WebP),
];

/// Left half red, right half blue.
fn flag(width: u32, height: u32) -> DynamicImage {
    let colour = |x, _| {
        if x < width / 2 {
            Rgba([200, 0, 0, 255])
        } else {
            Rgba([0, 0, 200, 255])
        }
    };
    DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, colour))
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let image = match format {
        ImageFormat::Jpeg => DynamicImage::ImageRgb8(image.to_rgb8()),
        _ => image.clone(),
    };
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// An EXIF block with an orientation and, behind it, something secret.
fn exif(orientation: u8) -> Bytes {
    let mut block = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    block.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0, 0]);
    block.extend_from_slice(SECRET);
    Bytes::from(block)
}

fn secret_after(prefix: &[u8]) -> Bytes {
    Bytes::from([prefix, SECRET].concat())
}

fn profile() -> Bytes {
    Bytes::from(b"a colour profile".repeat(8))
}

/// The picture with metadata wherever its format has room for it, and more behind its end.
fn with_metadata(bytes: Vec<u8>, media_type: MediaType, orientation: u8) -> Vec<u8> {
    let mut bytes = match media_type {
        MediaType::Jpeg => {
            let mut jpeg = Jpeg::from_bytes(bytes.into()).unwrap();
            jpeg.set_exif(Some(exif(orientation)));
            jpeg.set_icc_profile(Some(profile()));
            let xmp = secret_after(b"http://ns.adobe.com/xap/1.0/\0");
            for (marker, content) in [
                (0xe1, xmp),
                (0xe2, secret_after(b"MPF\0")),
                (0xed, secret_after(b"Photoshop 3.0\0")),
                (0xfe, secret_after(b"taken by me at ")),
            ] {
                jpeg.segments_mut()
                    .insert(1, JpegSegment::new_with_contents(marker, content));
            }
            jpeg.encoder().bytes().to_vec()
        }
        MediaType::Png => {
            let mut png = Png::from_bytes(bytes.into()).unwrap();
            png.set_icc_profile(Some(profile()));
            png.set_exif(Some(exif(orientation)));
            for (kind, prefix) in [
                (*b"tEXt", &b"Author\0"[..]),
                (*b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0"),
                (*b"prVt", b""),
            ] {
                png.chunks_mut()
                    .insert(1, PngChunk::new(kind, secret_after(prefix)));
            }
            png.encoder().bytes().to_vec()
        }
        MediaType::WebP => {
            let mut webp = WebP::from_bytes(bytes.into()).unwrap();
            webp.set_icc_profile(Some(profile()));
            webp.set_exif(Some(exif(orientation)));
            for id in [*b"XMP ", *b"note"] {
                webp.chunks_mut()
                    .push(RiffChunk::new(id, RiffContent::Data(secret_after(b""))));
            }
            webp.encoder().bytes().to_vec()
        }
        _ => {
            let at = 13 + 3 * (2 << (bytes[10] & 7)) * usize::from(bytes[10] >> 7);
            let length = u8::try_from(SECRET.len()).unwrap();
            let comment = [&[0x21, 0xfe, length], SECRET, &[0]].concat();
            let xmp = [&b"\x21\xff\x0bXMP DataXMP"[..], &[length], SECRET, &[0]].concat();
            let mut gif = bytes;
            gif.splice(at..at, [comment, xmp].concat());
            gif
        }
    };
    bytes.extend_from_slice(SECRET);
    bytes
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

async fn prepared(bytes: &[u8], name: &str) -> Result<PreparedMedia> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    prepare(file.path(), name, LIMITS).await
}

async fn inspected(bytes: &[u8], name: &str) -> Result<MediaInfo> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    inspect(file.path(), name, LIMITS).await
}

#[tokio::test]
async fn metadata_goes_and_the_picture_stays_to_the_pixel() {
    for (format, media_type) in FORMATS {
        let plain = encoded(&flag(64, 32), format);
        let full = with_metadata(plain.clone(), media_type, 1);
        assert!(contains(&full, SECRET));
        let kept = prepared(&full, "holiday").await.unwrap();
        let bytes = kept.replacement.unwrap();
        assert!(!contains(&bytes, SECRET), "{media_type:?}");
        assert!(!contains(&bytes, b"Exif\0"), "{media_type:?}");
        assert_eq!(kept.info.size_bytes, bytes.len() as u64);
        let before = image::load_from_memory_with_format(&plain, format).unwrap();
        let after = image::load_from_memory_with_format(&bytes, format).unwrap();
        assert_eq!(before, after, "{media_type:?}");
        let thumbnail = kept.thumbnail.unwrap();
        assert!(!contains(&thumbnail.bytes, SECRET));
    }
}

#[tokio::test]
async fn the_colour_profile_stays() {
    for (format, media_type) in [FORMATS[0], FORMATS[1], FORMATS[3]] {
        let full = with_metadata(encoded(&flag(8, 8), format), media_type, 1);
        let bytes: Bytes = prepared(&full, "x")
            .await
            .unwrap()
            .replacement
            .unwrap()
            .into();
        let found = match media_type {
            MediaType::Jpeg => Jpeg::from_bytes(bytes).unwrap().icc_profile(),
            MediaType::Png => Png::from_bytes(bytes).unwrap().icc_profile(),
            _ => WebP::from_bytes(bytes).unwrap().icc_profile(),
        };
        assert_eq!(found, Some(profile()), "{media_type:?}");
    }
}

#[tokio::test]
async fn a_picture_on_its_side_is_turned_upright() {
    for (format, media_type) in [FORMATS[0], FORMATS[1], FORMATS[3]] {
        let full = with_metadata(encoded(&flag(64, 32), format), media_type, 6);
        assert_eq!(
            inspected(&full, "x").await.unwrap().dimensions,
            Some((32, 64))
        );
        let kept = prepared(&full, "x").await.unwrap();
        assert_eq!(kept.info.dimensions, Some((32, 64)), "{media_type:?}");
        let bytes = kept.replacement.unwrap();
        assert!(!contains(&bytes, SECRET));
        let upright = image::load_from_memory_with_format(&bytes, format)
            .unwrap()
            .to_rgb8();
        assert_eq!(upright.dimensions(), (32, 64));
        // A quarter turn to the right: the left half, red, is on top.
        assert!(upright.get_pixel(16, 5).0[0] > 150, "{media_type:?}");
        assert!(upright.get_pixel(16, 58).0[2] > 150, "{media_type:?}");
        let thumbnail = kept.thumbnail.unwrap();
        assert_eq!((thumbnail.width, thumbnail.height), (32, 64));
    }
}

/// A small file whose header claims far too many pixels.
fn bomb(media_type: MediaType) -> Vec<u8> {
    match media_type {
        MediaType::Png => {
            let mut png = Png::from_bytes(encoded(&flag(4, 4), ImageFormat::Png).into()).unwrap();
            let header = [
                &100_000_u32.to_be_bytes()[..],
                &100_000_u32.to_be_bytes(),
                &[8, 6, 0, 0, 0],
            ]
            .concat();
            png.chunks_mut()[0] = PngChunk::new(*b"IHDR", header.into());
            png.encoder().bytes().to_vec()
        }
        MediaType::Jpeg => {
            let mut bytes = encoded(&flag(8, 8), ImageFormat::Jpeg);
            let frame = bytes.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
            bytes[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xf0, 0xff, 0xf0]);
            bytes
        }
        MediaType::Gif => {
            let mut bytes = encoded(&flag(4, 4), ImageFormat::Gif);
            bytes[6..10].copy_from_slice(&[0xff; 4]);
            bytes
        }
        _ => {
            // VP8L keeps width and height, less one, in 14 bits each behind its signature.
            let mut bytes = encoded(&flag(4, 4), ImageFormat::WebP);
            let at = bytes.windows(4).position(|w| w == b"VP8L").unwrap() + 9;
            let flags = u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) & 0xf000_0000;
            let size = flags | 15_999 << 14 | 15_999;
            bytes[at..at + 4].copy_from_slice(&size.to_le_bytes());
            bytes
        }
    }
}

#[tokio::test]
async fn too_many_pixels_are_refused_from_the_header() {
    for (_, media_type) in FORMATS {
        let refused = inspected(&bomb(media_type), "bomb").await;
        assert!(
            matches!(
                refused,
                Err(MediaError::TooManyPixels {
                    max_pixels: 4_000_000
                })
            ),
            "{media_type:?}: {refused:?}"
        );
        assert!(prepared(&bomb(media_type), "bomb").await.is_err());
    }
    let problem = Error::from(MediaError::TooManyPixels { max_pixels: 7 });
    assert_eq!(problem.reason(), "IMAGE_TOO_MANY_PIXELS");
}

#[tokio::test]
async fn a_picture_that_ends_too_early_is_refused() {
    for (format, media_type) in FORMATS {
        let bytes = encoded(&flag(200, 200), format);
        for keep in [bytes.len() / 2, bytes.len() * 9 / 10] {
            let refused = prepared(&bytes[..keep], "half").await;
            assert!(
                matches!(refused, Err(MediaError::Corrupt)),
                "{media_type:?} {keep} {refused:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_file_is_what_it_contains_not_what_its_name_says() {
    let png = encoded(&flag(4, 4), ImageFormat::Png);
    let info = inspected(&png, "../setup.exe").await.unwrap();
    assert_eq!(
        (info.media_type, info.file_name.as_str()),
        (MediaType::Png, "setup.png")
    );
    assert_eq!(info.dimensions, Some((4, 4)));

    for script in [
        &b"<svg onload=alert(1)>"[..],
        b"MZ\x90\0",
        b"<html></html>",
        b"#!/bin/sh",
    ] {
        let refused = inspected(script, "picture.png").await.unwrap_err();
        assert!(matches!(refused, MediaError::UnsupportedType));
        assert_eq!(Error::from(refused).reason(), "UNSUPPORTED_FILE_TYPE");
    }
    assert!(matches!(
        inspected(b"", "a.png").await,
        Err(MediaError::Empty)
    ));
}

#[tokio::test]
async fn documents_and_videos_are_kept_as_they_came() {
    let mut mp4 = b"\0\0\0\x18ftypisom\0\0\x02\0isommp41".to_vec();
    mp4.resize(500, 0);
    for (bytes, media_type, name) in [
        (b"%PDF-1.7\n%%EOF".to_vec(), MediaType::Pdf, "x.pdf"),
        (mp4, MediaType::Mp4, "x.mp4"),
    ] {
        let kept = prepared(&bytes, "x").await.unwrap();
        assert_eq!(
            (kept.info.media_type, kept.info.file_name.as_str()),
            (media_type, name)
        );
        assert_eq!((kept.replacement, kept.thumbnail), (None, None));
    }
    assert!(!MediaType::Pdf.is_shown_inline());
}

#[tokio::test]
async fn thumbnails_fit_and_are_never_larger_than_the_picture() {
    let wide = prepared(&encoded(&flag(1280, 320), ImageFormat::Png), "x")
        .await
        .unwrap();
    let thumbnail = wide.thumbnail.unwrap();
    assert_eq!((thumbnail.width, thumbnail.height), (640, 160));
    assert_eq!(thumbnail.media_type, MediaType::Jpeg);
    let shown = image::load_from_memory(&thumbnail.bytes).unwrap();
    assert_eq!((shown.width(), shown.height()), (640, 160));

    let small = prepared(&encoded(&flag(20, 10), ImageFormat::Gif), "x")
        .await
        .unwrap();
    let thumbnail = small.thumbnail.unwrap();
    assert_eq!((thumbnail.width, thumbnail.height), (20, 10));

    let clear = RgbaImage::from_pixel(900, 900, Rgba([1, 2, 3, 100]));
    let clear = encoded(&DynamicImage::ImageRgba8(clear), ImageFormat::Png);
    let thumbnail = prepared(&clear, "x").await.unwrap().thumbnail.unwrap();
    assert_eq!(thumbnail.media_type, MediaType::WebP);
    let shown = image::load_from_memory(&thumbnail.bytes)
        .unwrap()
        .to_rgba8();
    assert_eq!(shown.get_pixel(5, 5).0[3], 100);
}

#[tokio::test]
async fn avatars_are_squares_from_the_middle() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), encoded(&flag(600, 200), ImageFormat::Jpeg)).unwrap();
    let [small, large] = avatars(file.path(), LIMITS).await.unwrap();
    assert_eq!(
        (small.width, small.height, large.width, large.height),
        (128, 128, 256, 256)
    );
    let shown = image::load_from_memory(&small.bytes).unwrap().to_rgb8();
    assert!(shown.get_pixel(10, 64).0[0] > 150 && shown.get_pixel(118, 64).0[2] > 150);

    std::fs::write(file.path(), b"%PDF-1.7\n").unwrap();
    assert!(matches!(
        avatars(file.path(), LIMITS).await,
        Err(MediaError::NotAPicture)
    ));
}

#[test]
fn types_round_trip_as_text() {
    for media_type in MediaType::ALL {
        assert_eq!(MediaType::from_mime(media_type.mime()), Some(media_type));
    }
    assert_eq!(MediaType::from_mime("image/svg+xml"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Sound pictures with some bytes changed: refused or kept, never a panic.
    #[test]
    fn damaged_pictures_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        for (format, media_type) in FORMATS {
            let mut bytes = with_metadata(encoded(&flag(24, 24), format), media_type, 6);
            for (index, byte) in &changes {
                let at = index.index(bytes.len());
                bytes[at] = *byte;
            }
            if let Ok(picture) = picture::decode(&bytes, media_type, LIMITS) {
                let _ = picture.thumbnail();
                let _ = picture.clean(bytes, media_type);
            }
        }
    }
}
