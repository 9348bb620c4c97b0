//! Takes metadata out of picture files without touching the picture: a list of what stays, for each
//! format. Colour profiles stay, because without them the colours would be wrong; positions,
//! cameras, authors, comments, previews and whatever follows the picture's end go.

use img_parts::Bytes;
use img_parts::png::Png;
use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::WebP;

use super::{MediaError, MediaType, Result};

/// The picture without metadata.
pub(super) fn strip(bytes: Vec<u8>, media_type: MediaType) -> Result<Vec<u8>> {
    match media_type {
        MediaType::Jpeg => jpeg(&bytes),
        MediaType::Png => png(bytes),
        MediaType::Gif => gif(&bytes),
        MediaType::WebP => webp(bytes),
        MediaType::Pdf | MediaType::Mp4 | MediaType::WebM => Err(MediaError::NotAPicture),
    }
}

/// A cursor that never reads beyond its end.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(MediaError::Corrupt)?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        self.take(1)?.first().copied().ok_or(MediaError::Corrupt)
    }
}

/// JPEG (ITU-T T.81, annex B): segments, and between them entropy-coded data of any number of scans.
fn jpeg(bytes: &[u8]) -> Result<Vec<u8>> {
    const END: u8 = 0xd9;
    let mut input = Input(bytes);
    let mut output = input.take(2)?.to_vec();
    loop {
        if input.byte()? != 0xff {
            return Err(MediaError::Corrupt);
        }
        let mut marker = input.byte()?;
        while marker == 0xff {
            marker = input.byte()?;
        }
        if marker == END {
            output.extend_from_slice(&[0xff, END]);
            return Ok(output);
        }
        if matches!(marker, 0x00 | 0x01 | 0xd0..=0xd8) {
            return Err(MediaError::Corrupt);
        }
        let &[high, low] = input.take(2)? else {
            return Err(MediaError::Corrupt);
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let content = input.take(length.checked_sub(2).ok_or(MediaError::Corrupt)?)?;
        keep_segment(&mut output, marker, content);
        if marker == 0xda {
            let scan = scan_length(input.0)?;
            output.extend_from_slice(input.take(scan)?);
        }
    }
}

fn keep_segment(output: &mut Vec<u8>, marker: u8, content: &[u8]) {
    let content = match marker {
        // JFIF without its preview: version, density, and a preview of 0 by 0.
        0xe0 if content.starts_with(b"JFIF\0") && content.len() >= 14 => {
            [content.get(..12).unwrap_or_default(), &[0, 0]].concat()
        }
        // Colour profile; Adobe's note on how colours are coded.
        0xe2 if content.starts_with(b"ICC_PROFILE\0") => content.to_vec(),
        0xee if content.starts_with(b"Adobe") => content.to_vec(),
        // Every other application segment, and comments.
        0xe0..=0xef | 0xfe => return,
        _ => content.to_vec(),
    };
    // Never longer than it was read, which was a 16-bit number.
    let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
    output.extend_from_slice(&[0xff, marker]);
    output.extend_from_slice(&length.to_be_bytes());
    output.extend_from_slice(&content);
}

/// Length of the entropy-coded data up to the next marker that is neither stuffing nor a restart.
fn scan_length(bytes: &[u8]) -> Result<usize> {
    let is_end = |pair: &[u8]| matches!(pair, [0xff, next] if !matches!(next, 0x00 | 0xd0..=0xd7));
    bytes.windows(2).position(is_end).ok_or(MediaError::Corrupt)
}

/// PNG: critical chunks, and those that change what is seen.
fn png(bytes: Vec<u8>) -> Result<Vec<u8>> {
    const SEEN: [&[u8; 4]; 17] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
        b"bKGD", b"pHYs", b"cICP", b"acTL", b"fcTL", b"fdAT", b"sPLT",
    ];
    let mut png = Png::from_bytes(Bytes::from(bytes)).map_err(|_| MediaError::Corrupt)?;
    if png
        .chunks()
        .last()
        .is_none_or(|chunk| chunk.kind() != *b"IEND")
    {
        return Err(MediaError::Corrupt);
    }
    png.chunks_mut()
        .retain(|chunk| SEEN.contains(&&chunk.kind()));
    Ok(png.encoder().bytes().to_vec())
}

/// WebP: picture data, animation, transparency, colour profile.
fn webp(bytes: Vec<u8>) -> Result<Vec<u8>> {
    const SEEN: [&[u8; 4]; 7] = [
        b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP",
    ];
    const EXIF_AND_XMP: u8 = 0b0000_1100;
    let mut webp = WebP::from_bytes(Bytes::from(bytes)).map_err(|_| MediaError::Corrupt)?;
    let chunks = webp.chunks_mut();
    chunks.retain(|chunk| SEEN.contains(&&chunk.id()));
    for chunk in chunks.iter_mut().filter(|chunk| chunk.id() == *b"VP8X") {
        if let RiffContent::Data(data) = chunk.content() {
            let mut data = data.to_vec();
            if let Some(flags) = data.first_mut() {
                *flags &= !EXIF_AND_XMP;
            }
            *chunk = RiffChunk::new(*b"VP8X", RiffContent::Data(Bytes::from(data)));
        }
    }
    Ok(webp.encoder().bytes().to_vec())
}

/// GIF89a: everything but comments, texts and unknown application data.
fn gif(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut input = Input(bytes);
    let mut output = Vec::with_capacity(bytes.len());
    let head = input.take(13)?;
    output.extend_from_slice(head);
    output.extend_from_slice(input.take(colour_table(head.get(10).copied()))?);
    loop {
        match input.byte()? {
            0x3b => {
                output.push(0x3b);
                return Ok(output);
            }
            0x2c => {
                output.push(0x2c);
                let descriptor = input.take(9)?;
                output.extend_from_slice(descriptor);
                output.extend_from_slice(input.take(colour_table(descriptor.get(8).copied()))?);
                output.push(input.byte()?);
                output.extend_from_slice(sub_blocks(&mut input)?);
            }
            0x21 => {
                let label = input.byte()?;
                let blocks = sub_blocks(&mut input)?;
                if is_seen(label, blocks) {
                    output.extend_from_slice(&[0x21, label]);
                    output.extend_from_slice(blocks);
                }
            }
            _ => return Err(MediaError::Corrupt),
        }
    }
}

/// Length of the colour table a packed field announces.
fn colour_table(packed: Option<u8>) -> usize {
    match packed {
        Some(packed) if packed & 0x80 != 0 => 3 << ((packed & 7) + 1),
        _ => 0,
    }
}

/// A chain of blocks, each led by its length, up to the empty one.
fn sub_blocks<'a>(input: &mut Input<'a>) -> Result<&'a [u8]> {
    let start = input.0;
    let mut length = 0;
    loop {
        let block = usize::from(input.byte()?);
        input.take(block)?;
        length += 1 + block;
        if block == 0 {
            return start.get(..length).ok_or(MediaError::Corrupt);
        }
    }
}

/// Timing and transparency, how often an animation repeats, and the colour profile.
fn is_seen(label: u8, blocks: &[u8]) -> bool {
    let named = |name: &[u8; 11]| blocks.get(1..12) == Some(name.as_slice());
    match label {
        0xf9 => true,
        0xff => named(b"NETSCAPE2.0") || named(b"ANIMEXTS1.0") || named(b"ICCRGBG1012"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Valid beginnings with hostile rests, and plain noise.
        #[test]
        fn no_bytes_make_it_panic(rest in prop::collection::vec(any::<u8>(), 0..400)) {
            let heads: [&[u8]; 5] = [b"", b"\xff\xd8\xff\xda\0\x02", b"GIF89a\x01\0\x01\0\x80\0\0", b"\x89PNG\r\n\x1a\n", b"RIFF\xff\xff\0\0WEBP"];
            for head in heads {
                for media_type in MediaType::ALL {
                    let bytes = [head, &rest].concat();
                    if let Ok(kept) = strip(bytes.clone(), media_type) {
                        prop_assert!(kept.len() <= bytes.len() + 8);
                    }
                }
            }
        }
    }
}
