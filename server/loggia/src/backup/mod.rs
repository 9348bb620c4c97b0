//! Backup and restore: a folder with all rows as compressed JSON lines, all media files, and a
//! manifest with counts and checksums.
//!
//! Rows are read in one snapshot, so a backup taken while the server runs is consistent; media files
//! never change once written, so those the snapshot knows are there. The format is the same for both
//! databases: a backup of SQLite can be restored into PostgreSQL when a house outgrows one machine.
//!
//! This is the one place that reads and writes rows beside the domains: it moves the whole house with
//! its journal, and into an empty database only.

mod export;
mod rows;
mod unpack;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

pub use export::backup;
pub use unpack::restore;

/// Version of the folder's layout.
const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
const ROWS: &str = "rows.jsonl.gz";
const MEDIA: &str = "media";

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the folder's layout.
    pub format: u32,
    /// Version of Loggia that made it.
    pub version: String,
    /// Database schema it fits.
    pub schema: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Rows by table.
    pub tables: BTreeMap<String, u64>,
    /// SHA-256 of the file with the rows, hexadecimal.
    pub rows_sha256: String,
    /// Number of media files.
    pub media_files: u64,
    /// Bytes of all media files.
    pub media_bytes: u64,
}

impl Manifest {
    fn read(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(MANIFEST);
        let text = std::fs::read_to_string(&path).with_context(|| {
            format!(
                "{} is not a backup: no readable {MANIFEST}",
                folder.display()
            )
        })?;
        let manifest: Self = serde_json::from_str(&text).context("the manifest is damaged")?;
        anyhow::ensure!(
            manifest.format == FORMAT,
            "this backup has format {}, this version reads format {FORMAT}",
            manifest.format
        );
        Ok(manifest)
    }
}

/// All files below a folder, with their path relative to it; temporary files are left out.
fn files_below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(current) = open.pop() {
        let entries = match std::fs::read_dir(&current) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => {
                return Err(error).with_context(|| format!("cannot list {}", current.display()));
            }
        };
        for entry in entries {
            let entry = entry?;
            let kind = entry.file_type()?;
            let hidden = entry.file_name().to_string_lossy().starts_with(['.', '_']);
            if kind.is_dir() && entry.file_name() != "tmp" {
                open.push(entry.path());
            } else if kind.is_file() && !hidden {
                found.push(entry.path().strip_prefix(folder)?.to_owned());
            }
        }
    }
    found.sort();
    Ok(found)
}
