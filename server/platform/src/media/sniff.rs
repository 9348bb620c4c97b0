//! What a file is, by its first bytes alone.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::MediaType;

/// Enough for every signature we look for.
const HEAD_BYTES: u64 = 4096;

/// The type of a file; `None` when it is none of ours.
pub(super) fn sniff(path: &Path) -> io::Result<Option<MediaType>> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD_BYTES).read_to_end(&mut head)?;
    Ok(media_type(&head))
}

/// The type of a file with this beginning.
pub(super) fn media_type(head: &[u8]) -> Option<MediaType> {
    // Readers accept a PDF that starts somewhere in the first kilobyte. We do not: what stands
    // before could make the same file a web page.
    if head.starts_with(b"%PDF-") {
        return Some(MediaType::Pdf);
    }
    let media_type = MediaType::from_mime(infer::get(head).and_then(our_name)?)?;
    let certain = match media_type {
        MediaType::Mp4 => is_mp4(head),
        MediaType::Pdf => false,
        _ => true,
    };
    certain.then_some(media_type)
}

fn our_name(found: infer::Type) -> Option<&'static str> {
    match found.mime_type() {
        "video/x-m4v" => Some("video/mp4"),
        "image/jpeg" => Some("image/jpeg"),
        "image/png" => Some("image/png"),
        "image/gif" => Some("image/gif"),
        "image/webp" => Some("image/webp"),
        "video/mp4" => Some("video/mp4"),
        "video/webm" => Some("video/webm"),
        _ => None,
    }
}

/// The first box must be a whole `ftyp` box of sensible size.
fn is_mp4(head: &[u8]) -> bool {
    let size = head
        .first_chunk::<4>()
        .map_or(0, |bytes| u32::from_be_bytes(*bytes));
    (16..=1024).contains(&size) && size % 4 == 0 && head.get(4..8) == Some(b"ftyp".as_slice())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mp4(brand: &[u8; 4]) -> Vec<u8> {
        let mut bytes = b"\0\0\0\x18ftyp".to_vec();
        bytes.extend_from_slice(brand);
        bytes.extend_from_slice(b"\0\0\x02\0isommp41");
        bytes
    }

    #[test]
    fn our_types_are_recognised() {
        let mut webm = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm".to_vec();
        webm.resize(300, 0);
        for (head, expected) in [
            (b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), MediaType::Jpeg),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), MediaType::Png),
            (b"GIF89a\x01\0\x01\0".to_vec(), MediaType::Gif),
            (b"RIFF\x10\0\0\0WEBPVP8L".to_vec(), MediaType::WebP),
            (b"%PDF-1.7\n".to_vec(), MediaType::Pdf),
            (mp4(b"isom"), MediaType::Mp4),
            (mp4(b"M4V "), MediaType::Mp4),
            (webm, MediaType::WebM),
        ] {
            assert_eq!(media_type(&head), Some(expected));
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let mut matroska = b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska".to_vec();
        matroska.resize(300, 0);
        for head in [
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec(),
            b"<!doctype html><html>".to_vec(),
            b"<html>%PDF-1.7".to_vec(),
            b"MZ\x90\0\x03\0\0\0".to_vec(),
            b"\x7fELF\x02\x01\x01".to_vec(),
            b"PK\x03\x04\x14\0\0\0".to_vec(),
            b"\x1f\x8b\x08\0".to_vec(),
            b"BM\x36\0\0\0".to_vec(),
            b"II*\0\x08\0\0\0".to_vec(),
            b"#!/bin/sh\n".to_vec(),
            b"plain text".to_vec(),
            mp4(b"qt  "),
            mp4(b"heic"),
            mp4(b"avif"),
            b"\x7f\0\0\x18ftypisom\0\0\x02\0".to_vec(),
            matroska,
            Vec::new(),
        ] {
            assert_eq!(
                media_type(&head),
                None,
                "{:?}",
                String::from_utf8_lossy(&head)
            );
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let _ = media_type(&bytes);
        }
    }
}
