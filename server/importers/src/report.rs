//! What an import found and what became of it.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

/// Problems listed one by one; beyond this they are only counted.
const LISTED: usize = 200;

/// What became of the items of one type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Count {
    /// In the file.
    pub found: u64,
    /// Written by this run (in a dry run: that would be written).
    pub imported: u64,
    /// Written by an earlier run, or twice in the file.
    pub already_there: u64,
    /// Left out, with a problem each.
    pub not_imported: u64,
}

/// Something that could not be brought in, or not as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Line of the file, from 1.
    pub line: u64,
    /// What it is about.
    pub item: String,
    /// Why.
    pub reason: String,
}

/// The reconciliation of an import.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Lines read.
    pub lines: u64,
    /// What became of the items, by type.
    pub types: BTreeMap<&'static str, Count>,
    /// The first problems.
    pub problems: Vec<Problem>,
    /// Number of all problems.
    pub problem_count: u64,
    /// What the format holds and we have no place for, with the number of times it was met.
    pub unmapped: BTreeMap<String, u64>,
    /// How long it took, in seconds.
    pub seconds: f64,
}

impl Report {
    /// The count of a type.
    pub fn count(&mut self, what: &'static str) -> &mut Count {
        self.types.entry(what).or_default()
    }

    /// Notes something that was left out.
    pub fn leave_out(
        &mut self,
        what: &'static str,
        line: u64,
        item: impl Into<String>,
        reason: impl Into<String>,
    ) {
        self.count(what).not_imported += 1;
        self.note(line, item, reason);
    }

    /// Notes something that was brought in but not as it was.
    pub fn note(&mut self, line: u64, item: impl Into<String>, reason: impl Into<String>) {
        self.problem_count += 1;
        if self.problems.len() < LISTED {
            let item: String = item.into().chars().take(120).collect();
            self.problems.push(Problem {
                line,
                item,
                reason: reason.into(),
            });
        }
    }

    /// Notes something there is no place for.
    pub fn unmapped(&mut self, what: impl Into<String>) {
        *self.unmapped.entry(what.into()).or_default() += 1;
    }

    /// Whether each item that was found is accounted for.
    pub fn is_reconciled(&self) -> bool {
        let whole = |count: &Count| {
            count.found == count.imported + count.already_there + count.not_imported
        };
        self.types.values().all(whole)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = if self.dry_run {
            "would import"
        } else {
            "imported"
        };
        writeln!(
            f,
            "{:<22} {:>10} {:>14} {:>14} {:>14}",
            "", "found", written, "already there", "not imported"
        )?;
        for (what, count) in &self.types {
            writeln!(
                f,
                "{what:<22} {:>10} {:>14} {:>14} {:>14}",
                count.found, count.imported, count.already_there, count.not_imported
            )?;
        }
        for (what, times) in &self.unmapped {
            writeln!(f, "no place for {what}: {times} times")?;
        }
        for problem in &self.problems {
            writeln!(
                f,
                "line {}: {}: {}",
                problem.line, problem.item, problem.reason
            )?;
        }
        let more = self
            .problem_count
            .saturating_sub(self.problems.len() as u64);
        if more > 0 {
            writeln!(f, "and {more} more problems")?;
        }
        let balance = if self.is_reconciled() {
            "every item is accounted for"
        } else {
            "ITEMS ARE MISSING"
        };
        write!(
            f,
            "{} lines in {:.1} s; {balance}",
            self.lines, self.seconds
        )
    }
}
