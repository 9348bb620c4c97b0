//! Files on disk: uploads and what is made of them.
//!
//! Invariants: a key is 32 hexadecimal digits and nothing else, so no path can leave the folder; a
//! blob is complete and on the disk before its key is known to anybody; limits count the bytes
//! actually read. Keys are random, one for each upload, so that deleting one upload never takes
//! another one's bytes. Who may read a blob is decided by its attachment, not here.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::fs::{self, File};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};

use kernel::Error;

/// Bytes moved at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// Age after which a temporary file belongs to nobody: its upload died with the process.
const ABANDONED_AFTER: Duration = Duration::from_hours(24);

/// Names one blob.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlobKey(u128);

impl BlobKey {
    fn random() -> Self {
        Self(rand::random())
    }

    /// Two levels of folders keep each folder small: `ab/cd/abcd…`.
    fn relative_path(self) -> PathBuf {
        let name = self.to_string();
        [&name[..2], &name[2..4], &name].iter().collect()
    }
}

impl fmt::Display for BlobKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for BlobKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a key of a stored file")]
pub struct InvalidBlobKey;

impl FromStr for BlobKey {
    type Err = InvalidBlobKey;

    fn from_str(text: &str) -> Result<Self, InvalidBlobKey> {
        let hex = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let parsed = if hex {
            u128::from_str_radix(text, 16).ok()
        } else {
            None
        };
        parsed.map(Self).ok_or(InvalidBlobKey)
    }
}

/// Why a file could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// More bytes came than allowed.
    #[error("the file is larger than {max_bytes} bytes")]
    TooLarge {
        /// The limit.
        max_bytes: u64,
    },
    /// The sender broke off.
    #[error("the upload broke off")]
    Interrupted(#[source] io::Error),
    /// No space is left.
    #[error("no space is left for files")]
    Full,
    /// No blob has this key.
    #[error("no such file")]
    NotFound,
    /// The disk failed.
    #[error("the file store failed")]
    Io(#[source] io::Error),
}

impl From<io::Error> for BlobError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io(error),
        }
    }
}

impl From<BlobError> for Error {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::TooLarge { max_bytes } => {
                let problem = kernel::Problem::new("file", "FILE_TOO_LARGE", error.to_string());
                Self::Invalid(vec![problem.with("maxBytes", max_bytes)])
            }
            BlobError::Interrupted(_) => {
                Self::invalid("file", "UPLOAD_INTERRUPTED", "the upload broke off")
            }
            BlobError::Full => Self::Unavailable("media storage"),
            BlobError::NotFound => Self::NotFound,
            BlobError::Io(error) => Self::internal(error),
        }
    }
}

/// A blob that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBlob {
    /// Its name.
    pub key: BlobKey,
    /// Its length.
    pub size_bytes: u64,
    /// Its hash, for integrity and for finding equal files.
    pub sha256: [u8; 32],
}

/// A file received but not kept yet; it is removed when this is dropped. Look at it by its path,
/// then [`BlobStore::keep`] it.
#[derive(Debug)]
pub struct StagedBlob {
    file: TemporaryFile,
    size_bytes: u64,
    sha256: [u8; 32],
}

impl StagedBlob {
    /// Where it lies meanwhile.
    pub fn path(&self) -> &Path {
        &self.file.path
    }

    /// Its length.
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }
}

/// Removes its file when dropped, also when an upload's future is dropped half way.
#[derive(Debug)]
struct TemporaryFile {
    path: PathBuf,
    kept: bool,
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        if !self.kept {
            // The folder is swept at the next start should this fail.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Where blobs are kept. Each kind of place stands beside the others here.
#[derive(Debug)]
enum Place {
    Disk { root: PathBuf },
}

/// The house's file store; clones share it.
#[derive(Debug, Clone)]
pub struct BlobStore {
    place: Arc<Place>,
}

impl BlobStore {
    /// Opens (or makes) the store in a folder and removes what dead uploads left behind.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub async fn on_disk(root: impl Into<PathBuf>) -> Result<Self, BlobError> {
        let root = root.into();
        let temporary = temporary_folder(&root);
        fs::create_dir_all(&temporary).await?;
        sweep(&temporary).await?;
        Ok(Self {
            place: Arc::new(Place::Disk { root }),
        })
    }

    fn root(&self) -> &Path {
        let Place::Disk { root } = &*self.place;
        root
    }

    fn path(&self, key: BlobKey) -> PathBuf {
        self.root().join(key.relative_path())
    }

    /// Receives a file without keeping it yet.
    ///
    /// # Errors
    /// [`BlobError::TooLarge`] as soon as one byte more than `max_bytes` came.
    pub async fn stage<R>(&self, mut reader: R, max_bytes: u64) -> Result<StagedBlob, BlobError>
    where
        R: AsyncRead + Unpin,
    {
        let path = temporary_folder(self.root()).join(format!("{}.part", BlobKey::random()));
        let mut output = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .await?;
        let file = TemporaryFile { path, kept: false };
        let (mut size_bytes, mut hash) = (0_u64, Sha256::new());
        let mut chunk = vec![0; CHUNK_BYTES];
        loop {
            let count = reader
                .read(&mut chunk)
                .await
                .map_err(BlobError::Interrupted)?;
            if count == 0 {
                break;
            }
            let bytes = chunk.get(..count).unwrap_or_default();
            size_bytes += count as u64;
            if size_bytes > max_bytes {
                return Err(BlobError::TooLarge { max_bytes });
            }
            hash.update(bytes);
            output.write_all(bytes).await?;
        }
        output.flush().await?;
        output.sync_all().await?;
        Ok(StagedBlob {
            file,
            size_bytes,
            sha256: hash.finalize().into(),
        })
    }

    /// Keeps a received file under a new key.
    ///
    /// # Errors
    /// When the disk fails; the file is then gone.
    pub async fn keep(&self, mut staged: StagedBlob) -> Result<StoredBlob, BlobError> {
        let key = BlobKey::random();
        let target = self.path(key);
        let folder = target.parent().unwrap_or(self.root()).to_owned();
        fs::create_dir_all(&folder).await?;
        fs::rename(&staged.file.path, &target).await?;
        staged.file.kept = true;
        // The name must be as durable as the bytes: the folder, and the folders it stands in.
        for folder in folder.ancestors().take(3) {
            File::open(folder).await?.sync_all().await?;
        }
        Ok(StoredBlob {
            key,
            size_bytes: staged.size_bytes,
            sha256: staged.sha256,
        })
    }

    /// Stores what a reader gives, at most `max_bytes`.
    ///
    /// # Errors
    /// See [`BlobStore::stage`]; nothing is left behind.
    pub async fn put_stream<R>(&self, reader: R, max_bytes: u64) -> Result<StoredBlob, BlobError>
    where
        R: AsyncRead + Unpin,
    {
        let staged = self.stage(reader, max_bytes).await?;
        self.keep(staged).await
    }

    /// Stores bytes.
    ///
    /// # Errors
    /// When the disk fails or is full.
    pub async fn put_bytes(&self, bytes: &[u8]) -> Result<StoredBlob, BlobError> {
        self.put_stream(bytes, bytes.len() as u64).await
    }

    /// Opens a blob for reading, with its length.
    ///
    /// # Errors
    /// [`BlobError::NotFound`] when there is none.
    pub async fn open(&self, key: BlobKey) -> Result<(File, u64), BlobError> {
        let file = File::open(self.path(key)).await?;
        let length = file.metadata().await?.len();
        Ok((file, length))
    }

    /// Reads a small blob whole.
    ///
    /// # Errors
    /// [`BlobError::NotFound`], or [`BlobError::TooLarge`] beyond `max_bytes`.
    pub async fn read(&self, key: BlobKey, max_bytes: u64) -> Result<Vec<u8>, BlobError> {
        let (mut file, length) = self.open(key).await?;
        if length > max_bytes {
            return Err(BlobError::TooLarge { max_bytes });
        }
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        file.read_to_end(&mut bytes).await?;
        Ok(bytes)
    }

    /// Removes a blob; `false` when there was none.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn delete(&self, key: BlobKey) -> Result<bool, BlobError> {
        match fs::remove_file(self.path(key)).await {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Bytes still free where blobs are kept.
    ///
    /// # Errors
    /// When the disk does not say.
    pub fn free_bytes(&self) -> Result<u64, BlobError> {
        let system = rustix::fs::statvfs(self.root()).map_err(io::Error::from)?;
        Ok(system.f_bavail.saturating_mul(system.f_frsize))
    }

    /// Bytes of all blobs together. Walks the folders: for reports, not for requests.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub async fn total_bytes(&self) -> Result<u64, BlobError> {
        let root = self.root().to_owned();
        let walked = tokio::task::spawn_blocking(move || size_of(&root, 3)).await;
        Ok(walked.map_err(io::Error::other)??)
    }
}

fn temporary_folder(root: &Path) -> PathBuf {
    root.join("incoming")
}

/// Removes temporary files old enough to belong to no running process.
async fn sweep(folder: &Path) -> io::Result<()> {
    let mut entries = fs::read_dir(folder).await?;
    while let Some(entry) = entries.next_entry().await? {
        let modified = entry
            .metadata()
            .await
            .and_then(|metadata| metadata.modified());
        let age = modified.ok().and_then(|modified| modified.elapsed().ok());
        if age.is_some_and(|age| age > ABANDONED_AFTER) {
            fs::remove_file(entry.path()).await?;
        }
    }
    Ok(())
}

fn size_of(folder: &Path, levels: u8) -> io::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_file() && entry.file_name().len() == 32 {
            bytes += entry.metadata()?.len();
        } else if kind.is_dir() && levels > 1 {
            bytes += size_of(&entry.path(), levels - 1)?;
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use std::pin::Pin;
    use std::task::{Context, Poll};

    use proptest::prelude::*;
    use tokio::io::ReadBuf;

    use super::*;

    async fn store() -> (tempfile::TempDir, BlobStore) {
        let folder = tempfile::tempdir().unwrap();
        let store = BlobStore::on_disk(folder.path().join("media"))
            .await
            .unwrap();
        (folder, store)
    }

    fn files_under(folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(files_under(&path));
            } else {
                found.push(path);
            }
        }
        found
    }

    #[tokio::test]
    async fn what_is_stored_comes_back_with_its_hash() {
        let (folder, store) = store().await;
        let bytes = vec![7_u8; 200_000];
        let blob = store.put_stream(&bytes[..], 1_000_000).await.unwrap();
        assert_eq!(blob.size_bytes, 200_000);
        assert_eq!(blob.sha256, <[u8; 32]>::from(Sha256::digest(&bytes)));
        let (_, length) = store.open(blob.key).await.unwrap();
        assert_eq!(length, 200_000);
        assert_eq!(store.read(blob.key, 200_000).await.unwrap(), bytes);
        assert_eq!(files_under(folder.path()).len(), 1);
        assert_eq!(store.total_bytes().await.unwrap(), 200_000);
        assert!(store.free_bytes().unwrap() > 0);
    }

    #[tokio::test]
    async fn one_byte_too_many_is_refused_and_leaves_nothing() {
        let (folder, store) = store().await;
        assert!(store.put_stream(&[0_u8; 1000][..], 1000).await.is_ok());
        let refused = store.put_stream(&[0_u8; 1001][..], 1000).await;
        assert!(matches!(
            refused,
            Err(BlobError::TooLarge { max_bytes: 1000 })
        ));
        // An endless sender is cut off at the limit, whatever it announced.
        let refused = store.put_stream(tokio::io::repeat(1), 1_000_000).await;
        assert!(matches!(refused, Err(BlobError::TooLarge { .. })));
        assert_eq!(files_under(folder.path()).len(), 1);
    }

    struct BreaksOff;

    impl AsyncRead for BreaksOff {
        fn poll_read(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            _: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
        }
    }

    #[tokio::test]
    async fn a_broken_or_cancelled_upload_leaves_nothing() {
        let (folder, store) = store().await;
        let upload = tokio::io::AsyncReadExt::chain(&[1_u8; 100_000][..], BreaksOff);
        assert!(matches!(
            store.put_stream(upload, 1 << 30).await,
            Err(BlobError::Interrupted(_))
        ));
        assert!(files_under(folder.path()).is_empty());

        let (mut sender, receiver) = tokio::io::duplex(1024);
        let uploading = tokio::spawn({
            let store = store.clone();
            async move { store.put_stream(receiver, 1 << 30).await }
        });
        // More than the pipe holds, so the upload has begun when this returns.
        sender.write_all(&[2_u8; 10_000]).await.unwrap();
        assert_eq!(files_under(folder.path()).len(), 1);
        uploading.abort();
        assert!(uploading.await.unwrap_err().is_cancelled());
        assert!(files_under(folder.path()).is_empty());
    }

    #[tokio::test]
    async fn a_staged_file_goes_unless_it_is_kept() {
        let (folder, store) = store().await;
        let staged = store.stage(&b"hello"[..], 10).await.unwrap();
        assert_eq!(std::fs::read(staged.path()).unwrap(), b"hello");
        drop(staged);
        assert!(files_under(folder.path()).is_empty());
        let staged = store.stage(&b"hello"[..], 10).await.unwrap();
        let blob = store.keep(staged).await.unwrap();
        assert_eq!(store.read(blob.key, 10).await.unwrap(), b"hello");
    }

    #[tokio::test]
    async fn equal_files_are_independent_and_deleting_twice_is_fine() {
        let (_folder, store) = store().await;
        let first = store.put_bytes(b"same").await.unwrap();
        let second = store.put_bytes(b"same").await.unwrap();
        assert_ne!(first.key, second.key);
        assert_eq!(first.sha256, second.sha256);
        assert!(store.delete(first.key).await.unwrap());
        assert!(!store.delete(first.key).await.unwrap());
        assert!(matches!(
            store.open(first.key).await,
            Err(BlobError::NotFound)
        ));
        assert_eq!(store.read(second.key, 4).await.unwrap(), b"same");
    }

    #[tokio::test]
    async fn leftovers_of_a_dead_process_are_swept_and_running_uploads_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let incoming = temporary_folder(folder.path());
        std::fs::create_dir_all(&incoming).unwrap();
        let (old, fresh) = (incoming.join("old.part"), incoming.join("fresh.part"));
        std::fs::write(&fresh, b"x").unwrap();
        std::fs::File::create(&old)
            .unwrap()
            .set_modified(std::time::UNIX_EPOCH)
            .unwrap();
        BlobStore::on_disk(folder.path()).await.unwrap();
        assert!(!old.exists());
        assert!(fresh.exists());
    }

    proptest! {
        #[test]
        fn a_key_round_trips_and_stays_inside(number: u128) {
            let key = BlobKey(number);
            prop_assert_eq!(key.to_string().parse::<BlobKey>(), Ok(key));
            let path = key.relative_path();
            prop_assert!(path.is_relative());
            prop_assert!(path.components().all(|c| matches!(c, std::path::Component::Normal(_))));
        }

        #[test]
        fn nothing_else_is_a_key(text in "[./\\\\0-9a-fA-Z%]{0,40}") {
            if let Ok(key) = text.parse::<BlobKey>() {
                prop_assert_eq!(key.to_string(), text);
            }
        }
    }
}
