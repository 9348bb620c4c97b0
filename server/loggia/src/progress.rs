//! Progress of long commands: a bar on a terminal, a plain line now and then elsewhere, nothing when
//! a report in JSON is wanted.

use std::io::IsTerminal as _;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How often a plain line is printed at most.
const LINE_EVERY: Duration = Duration::from_secs(2);

/// Tells how far a command is.
pub struct Progress {
    bar: Option<ProgressBar>,
    last_line: Mutex<Option<Instant>>,
    quiet: bool,
}

impl Progress {
    /// Progress on standard error; `quiet` says nothing at all.
    pub fn new(quiet: bool) -> Self {
        let terminal = std::io::stderr().is_terminal() && !quiet;
        let bar = terminal.then(|| {
            let bar = ProgressBar::new_spinner();
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Self {
            bar,
            last_line: Mutex::new(None),
            quiet,
        }
    }

    /// Tells the present step in words.
    pub fn say(&self, text: impl FnOnce() -> String) {
        if let Some(bar) = &self.bar {
            bar.set_message(text());
        } else if !self.quiet && self.line_is_due() {
            eprintln!("{}", text());
        }
    }

    /// Tells how much of a known total is done.
    pub fn at(&self, done: u64, total: u64, what: &str) {
        if let Some(bar) = &self.bar {
            if bar.length() != Some(total) {
                let template = "{msg} {wide_bar} {pos}/{len} {eta}";
                if let Ok(style) = ProgressStyle::with_template(template) {
                    bar.set_style(style);
                }
                bar.set_length(total);
            }
            bar.set_message(what.to_owned());
            bar.set_position(done);
        } else if !self.quiet && self.line_is_due() {
            eprintln!("{what}: {done} of {total}");
        }
    }

    /// Removes the bar.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn line_is_due(&self) -> bool {
        let Ok(mut last) = self.last_line.lock() else {
            return false;
        };
        let due = last.is_none_or(|last| last.elapsed() >= LINE_EVERY);
        if due {
            *last = Some(Instant::now());
        }
        due
    }
}
