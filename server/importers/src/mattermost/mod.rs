//! Import of a Mattermost bulk export (JSONL, also gzipped).
//!
//! Channels become communities (open channels public and open, private ones private and by
//! invitation), threads become discussions with replies, direct messages stay private
//! conversations. What a channel's admin is becomes a moderator; owner is the person named with the
//! import, so that no community is without one.

mod direct;
mod emoji;
mod format;
mod people;
mod places;
mod scan;
mod threads;

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context as _;
use flate2::read::MultiGzDecoder;
use kernel::{CommunityId, PersonId, Timestamp, Viewer};
use platform::Database;
use platform::blobs::BlobStore;
use platform::config::MediaConfig;

use crate::Watcher;
use crate::report::Report;
use format::Line;
use scan::Scan;

/// Name under which the keys of this source are stored.
const SOURCE: &str = "mattermost";
/// Longest line read, in bytes; a thread with thousands of replies is one line.
const MAX_LINE: u64 = 256 * 1024 * 1024;
/// Messages written in one transaction, roughly.
const BATCH: usize = 400;

/// What to import and how.
pub struct Options {
    /// The file: `.jsonl` or `.jsonl.gz`.
    pub file: PathBuf,
    /// Only tells what would happen.
    pub dry_run: bool,
    /// Who owns the communities that are made.
    pub owner: PersonId,
    /// Where attachments go.
    pub blobs: BlobStore,
    /// Limits of attachments.
    pub media: MediaConfig,
}

/// Imports a file, or tells what an import would do.
///
/// # Errors
/// A file that cannot be read or is of another format, database errors. What was written before the
/// error stays; running the import again continues.
pub async fn import(
    database: &Database,
    options: &Options,
    watcher: &dyn Watcher,
) -> anyhow::Result<Report> {
    let started = Instant::now();
    let scan = Scan::read(&options.file, watcher)?;
    let mut report = if options.dry_run {
        scan.into_report()
    } else {
        let mut run = Run::new(database, options, watcher, scan);
        run.all().await?;
        run.report
    };
    report.dry_run = options.dry_run;
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

/// An import under way: who is who, and what became of everything.
struct Run<'a> {
    database: &'a Database,
    options: &'a Options,
    watcher: &'a dyn Watcher,
    scan: Scan,
    viewer: Viewer,
    report: Report,
    people: HashMap<String, PersonId>,
    communities: HashMap<(String, String), CommunityId>,
    memberships: HashMap<(String, String), Vec<(PersonId, bool)>>,
    done: u64,
}

/// What waits for the next transaction.
#[derive(Default)]
struct Waiting {
    people: Vec<(u64, format::User)>,
    threads: Vec<(u64, format::Post)>,
    messages: usize,
    direct: Vec<(u64, format::DirectPost)>,
}

impl<'a> Run<'a> {
    fn new(
        database: &'a Database,
        options: &'a Options,
        watcher: &'a dyn Watcher,
        scan: Scan,
    ) -> Self {
        let mut report = Report {
            lines: scan.report.lines,
            unmapped: scan.report.unmapped.clone(),
            ..Report::default()
        };
        // Lines that cannot be read are left out by both runs alike.
        report.problems.clone_from(&scan.unreadable.problems);
        report.problem_count = scan.unreadable.problem_count;
        report.types.clone_from(&scan.unreadable.types);
        Self {
            database,
            options,
            watcher,
            scan,
            viewer: Viewer::system("import mattermost"),
            report,
            people: HashMap::new(),
            communities: HashMap::new(),
            memberships: HashMap::new(),
            done: 0,
        }
    }

    async fn all(&mut self) -> anyhow::Result<()> {
        let mut waiting = Waiting::default();
        let mut members_are_in = false;
        let mut lines = Lines::open(&self.options.file)?;
        while let Some((number, line)) = lines.next()? {
            let Ok(line) = serde_json::from_str::<Line>(&line) else {
                continue;
            };
            let is_content = matches!(
                line.kind.as_str(),
                "post" | "direct_channel" | "direct_post"
            );
            if is_content && !members_are_in {
                self.flush_people(&mut waiting).await?;
                self.join_members().await?;
                members_are_in = true;
            }
            self.take(number, line, &mut waiting).await?;
        }
        self.flush_people(&mut waiting).await?;
        self.join_members().await?;
        self.flush_threads(&mut waiting).await?;
        self.flush_direct(&mut waiting).await?;
        Ok(())
    }

    async fn take(&mut self, number: u64, line: Line, waiting: &mut Waiting) -> anyhow::Result<()> {
        if let Some(channel) = line.channel {
            self.community(number, channel).await?;
        } else if let Some(user) = line.user {
            waiting.people.push((number, user));
            if waiting.people.len() >= BATCH / 2 {
                self.flush_people(waiting).await?;
            }
        } else if let Some(post) = line.post {
            waiting.messages += 1 + post.replies.as_ref().map_or(0, Vec::len);
            waiting.threads.push((number, post));
            if waiting.messages >= BATCH {
                self.flush_threads(waiting).await?;
            }
        } else if let Some(message) = line.direct_post {
            waiting.direct.push((number, message));
            if waiting.direct.len() >= BATCH {
                self.flush_direct(waiting).await?;
            }
        } else if let Some(conversation) = line.direct_channel {
            self.conversation(number, &conversation).await?;
        } else if line.team.is_some() {
            self.report.count("teams").found += 1;
            self.report.count("teams").imported += 1;
        }
        Ok(())
    }

    fn progress(&mut self, messages: usize) {
        self.done += messages as u64;
        self.watcher.at(
            self.done.min(self.scan.messages),
            self.scan.messages,
            "messages",
        );
    }

    /// A file named in the export, if it lies where the export is and nowhere else.
    fn attachment_path(&self, path: &str) -> Option<PathBuf> {
        let base = self
            .options
            .file
            .parent()
            .unwrap_or(Path::new("."))
            .canonicalize()
            .ok()?;
        let found = [base.join(path), base.join("data").join(path)];
        found
            .into_iter()
            .filter_map(|path| path.canonicalize().ok())
            .find(|path| path.starts_with(&base) && path.is_file())
    }
}

/// A moment in the export: milliseconds, refused when outside of what a calendar holds.
fn moment(millis: i64, now: Timestamp) -> Result<Timestamp, String> {
    let at = Timestamp::from_millis(millis);
    if millis <= 0 || at > now {
        return Err(format!("{millis} is no time in the past"));
    }
    Ok(at)
}

/// The lines of a plain or gzipped file, with their numbers from 1.
struct Lines {
    reader: Box<dyn BufRead + Send>,
    number: u64,
    buffer: Vec<u8>,
}

impl Lines {
    fn open(path: &Path) -> anyhow::Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut plain = BufReader::with_capacity(1 << 18, file);
        let gzipped = plain.fill_buf()?.starts_with(&[0x1f, 0x8b]);
        let reader: Box<dyn BufRead + Send> = if gzipped {
            Box::new(BufReader::with_capacity(
                1 << 18,
                MultiGzDecoder::new(plain),
            ))
        } else {
            Box::new(plain)
        };
        Ok(Self {
            reader,
            number: 0,
            buffer: Vec::new(),
        })
    }

    /// The next line that is not empty. Bytes that are no UTF-8 become the replacement character.
    fn next(&mut self) -> anyhow::Result<Option<(u64, String)>> {
        use std::io::Read as _;
        loop {
            self.buffer.clear();
            let read = self
                .reader
                .by_ref()
                .take(MAX_LINE)
                .read_until(b'\n', &mut self.buffer)?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            anyhow::ensure!(
                (read as u64) < MAX_LINE,
                "line {} is longer than 256 MB",
                self.number
            );
            let line = String::from_utf8_lossy(&self.buffer);
            let line = line.trim();
            if !line.is_empty() {
                return Ok(Some((self.number, line.to_owned())));
            }
        }
    }
}
