//! Looks at uploaded files before they are kept: what they are by content, whether they are sound,
//! and what has to be taken out of them.
//!
//! Invariants: only the types of [`MediaType`] pass, whatever a file's name says; a picture's pixels
//! are counted before anything is decoded; what is kept of a picture carries no place, camera,
//! author or comment, stands upright, and ends where the picture ends. All of it runs outside the
//! async threads, two files at a time. Videos and PDFs are only recognised, never opened.

mod file_name;
mod picture;
mod sniff;
mod strip;

use std::io;
use std::path::{Path, PathBuf};

use tokio::sync::Semaphore;

use kernel::{Error, Problem};

pub(crate) use file_name::is_deceptive;
pub use file_name::{content_disposition, safe_file_name};

/// Longest side of a thumbnail.
pub const THUMBNAIL_SIDE: u32 = 640;

/// Sides of the square avatars.
pub const AVATAR_SIDES: [u32; 2] = [128, 256];

/// Largest picture file, held in memory while it is worked on.
const MAX_PICTURE_BYTES: u64 = 64 * 1024 * 1024;

/// Pictures worked on at the same time; each may take a few hundred megabytes.
static WORKERS: Semaphore = Semaphore::const_new(2);

/// Content security policy to serve any uploaded file with, beside `nosniff`.
pub const SERVING_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// What may be uploaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaType {
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture, also animated.
    Png,
    /// A GIF picture, also animated.
    Gif,
    /// A WebP picture, also animated.
    WebP,
    /// A PDF document.
    Pdf,
    /// An MP4 video.
    Mp4,
    /// A WebM video.
    WebM,
}

/// Kinds of media as a reader sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A document.
    Pdf,
    /// A video.
    Video,
}

impl MediaKind {
    /// As stored and counted.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Pdf => "pdf",
            Self::Video => "video",
        }
    }
}

impl MediaType {
    /// All types.
    pub const ALL: [Self; 7] = [
        Self::Jpeg,
        Self::Png,
        Self::Gif,
        Self::WebP,
        Self::Pdf,
        Self::Mp4,
        Self::WebM,
    ];

    /// The type as served and stored.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Mp4 => "video/mp4",
            Self::WebM => "video/webm",
        }
    }

    /// Reads what [`MediaType::mime`] wrote.
    pub fn from_mime(mime: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|media_type| media_type.mime() == mime)
    }

    /// What a reader sees in it.
    pub fn kind(self) -> MediaKind {
        match self {
            Self::Jpeg | Self::Png | Self::Gif | Self::WebP => MediaKind::Image,
            Self::Pdf => MediaKind::Pdf,
            Self::Mp4 | Self::WebM => MediaKind::Video,
        }
    }

    /// Endings of file names of this type; the first is the usual one.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg", "jfif"],
            Self::Png => &["png", "apng"],
            Self::Gif => &["gif"],
            Self::WebP => &["webp"],
            Self::Pdf => &["pdf"],
            Self::Mp4 => &["mp4", "m4v"],
            Self::WebM => &["webm"],
        }
    }

    /// Whether a browser may show it in place. A PDF may contain scripts and is only downloaded.
    pub fn is_shown_inline(self) -> bool {
        self.kind() != MediaKind::Pdf
    }
}

/// Limits for one file.
#[derive(Debug, Clone, Copy)]
pub struct MediaLimits {
    /// Most pixels of a picture, width times height.
    pub max_pixels: u64,
}

impl From<&crate::config::MediaConfig> for MediaLimits {
    fn from(config: &crate::config::MediaConfig) -> Self {
        Self {
            max_pixels: config.max_image_pixels,
        }
    }
}

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaInfo {
    /// Its type by content.
    pub media_type: MediaType,
    /// Its name, safe to show and with the ending of its type.
    pub file_name: String,
    /// Width and height as seen, for a picture.
    pub dimensions: Option<(u32, u32)>,
    /// Length in bytes.
    pub size_bytes: u64,
}

/// A small picture made from a larger one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// The encoded picture.
    pub bytes: Vec<u8>,
    /// JPEG, or WebP where there is transparency.
    pub media_type: MediaType,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

/// A file ready to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedMedia {
    /// What is kept: type, name, size and dimensions after preparing.
    pub info: MediaInfo,
    /// The bytes to keep instead of those received; `None`: keep the file as it came.
    pub replacement: Option<Vec<u8>>,
    /// For pictures.
    pub thumbnail: Option<Thumbnail>,
}

/// Why a file is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// None of the types of [`MediaType`].
    #[error("only JPEG, PNG, GIF, WebP, PDF, MP4 and WebM files can be uploaded")]
    UnsupportedType,
    /// A picture was wanted.
    #[error("only a JPEG, PNG, GIF or WebP picture can be used here")]
    NotAPicture,
    /// Cannot be decoded, or ends too early.
    #[error("the picture is damaged")]
    Corrupt,
    /// More pixels than allowed.
    #[error("the picture has more than {max_pixels} pixels")]
    TooManyPixels {
        /// The limit.
        max_pixels: u64,
    },
    /// A picture file too large to work on.
    #[error("the picture is larger than {max_bytes} bytes")]
    TooLarge {
        /// The limit.
        max_bytes: u64,
    },
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// The disk or a worker failed.
    #[error("the file could not be read")]
    Io(#[from] io::Error),
}

impl From<MediaError> for Error {
    fn from(error: MediaError) -> Self {
        let problem = |code| Problem::new("file", code, error.to_string());
        let problem = match &error {
            MediaError::UnsupportedType => problem("UNSUPPORTED_FILE_TYPE"),
            MediaError::NotAPicture => problem("NOT_A_PICTURE"),
            MediaError::Corrupt => problem("IMAGE_CORRUPT"),
            MediaError::TooManyPixels { max_pixels } => {
                problem("IMAGE_TOO_MANY_PIXELS").with("maxPixels", max_pixels)
            }
            MediaError::TooLarge { max_bytes } => {
                problem("FILE_TOO_LARGE").with("maxBytes", max_bytes)
            }
            MediaError::Empty => problem("FILE_EMPTY"),
            MediaError::Io(_) => return Self::internal(error),
        };
        Self::Invalid(vec![problem])
    }
}

/// Result with [`MediaError`].
pub type Result<T> = std::result::Result<T, MediaError>;

/// Runs CPU work outside the async threads, two at a time.
async fn work<T, F>(job: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T> + Send + 'static,
{
    let permit = WORKERS.acquire().await.map_err(io::Error::other)?;
    // The permit goes with the work: a caller that leaves must not let a third worker in.
    let worker = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        job()
    });
    // A decoder that panics has met a file it cannot take.
    worker.await.unwrap_or(Err(MediaError::Corrupt))
}

/// Tells what a file is, without changing it: type by content, safe name, size; for a picture also
/// its dimensions, read from its header.
///
/// # Errors
/// See [`MediaError`].
pub async fn inspect(path: &Path, declared_name: &str, limits: MediaLimits) -> Result<MediaInfo> {
    let (path, name) = (path.to_owned(), declared_name.to_owned());
    work(move || look(&path, &name, limits)).await
}

/// Does everything a file needs before it is kept: inspects it; of a picture, decodes it whole to
/// know that it is sound, turns it upright, strips it and makes the thumbnail.
///
/// # Errors
/// See [`MediaError`].
pub async fn prepare(
    path: &Path,
    declared_name: &str,
    limits: MediaLimits,
) -> Result<PreparedMedia> {
    let (path, name) = (path.to_owned(), declared_name.to_owned());
    work(move || {
        let info = look(&path, &name, limits)?;
        if info.media_type.kind() != MediaKind::Image {
            return Ok(PreparedMedia {
                info,
                replacement: None,
                thumbnail: None,
            });
        }
        let bytes = read_picture(&path)?;
        let picture = picture::decode(&bytes, info.media_type, limits)?;
        let thumbnail = picture.thumbnail()?;
        let dimensions = picture.dimensions();
        let kept = picture.clean(bytes, info.media_type)?;
        let size_bytes = kept.len() as u64;
        let info = MediaInfo {
            dimensions: Some(dimensions),
            size_bytes,
            ..info
        };
        Ok(PreparedMedia {
            info,
            replacement: Some(kept),
            thumbnail: Some(thumbnail),
        })
    })
    .await
}

/// Makes the square avatars of [`AVATAR_SIDES`], cut from the middle of a picture.
///
/// # Errors
/// See [`MediaError`]; [`MediaError::NotAPicture`] for documents and videos.
pub async fn avatars(path: &Path, limits: MediaLimits) -> Result<[Thumbnail; 2]> {
    let path = path.to_owned();
    work(move || {
        let info = look(&path, "avatar", limits)?;
        if info.media_type.kind() != MediaKind::Image {
            return Err(MediaError::NotAPicture);
        }
        let picture = picture::decode(&read_picture(&path)?, info.media_type, limits)?;
        let [small, large] = AVATAR_SIDES;
        Ok([picture.avatar(small)?, picture.avatar(large)?])
    })
    .await
}

fn look(path: &PathBuf, declared_name: &str, limits: MediaLimits) -> Result<MediaInfo> {
    let size_bytes = std::fs::metadata(path)?.len();
    if size_bytes == 0 {
        return Err(MediaError::Empty);
    }
    let media_type = sniff::sniff(path)?.ok_or(MediaError::UnsupportedType)?;
    let dimensions = match media_type.kind() {
        MediaKind::Image if size_bytes > MAX_PICTURE_BYTES => {
            return Err(MediaError::TooLarge {
                max_bytes: MAX_PICTURE_BYTES,
            });
        }
        MediaKind::Image => Some(picture::dimensions(path, media_type, limits)?),
        MediaKind::Pdf | MediaKind::Video => None,
    };
    let file_name = file_name::with_ending(declared_name, media_type.extensions());
    Ok(MediaInfo {
        media_type,
        file_name,
        dimensions,
        size_bytes,
    })
}

/// Reads at most what was allowed when the file was looked at.
fn read_picture(path: &Path) -> Result<Vec<u8>> {
    use io::Read as _;
    let mut bytes = Vec::new();
    std::fs::File::open(path)?
        .take(MAX_PICTURE_BYTES)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
