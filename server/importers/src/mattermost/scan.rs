//! The first look at a file: what is in it and what of it we cannot bring in. Writes nothing.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use kernel::Timestamp;

use super::Lines;
use super::format::{Attachment, Line, Reaction};
use crate::Watcher;
use crate::report::Report;

/// What a file holds.
#[derive(Default)]
pub(super) struct Scan {
    /// What a dry run reports.
    pub(super) report: Report,
    /// Lines that no run can use.
    pub(super) unreadable: Report,
    /// Posts, replies and direct messages.
    pub(super) messages: u64,
    /// First message of each channel.
    pub(super) channel_since: HashMap<(String, String), Timestamp>,
    /// First message of each person.
    pub(super) person_since: HashMap<String, Timestamp>,
    users: HashSet<String>,
    channels: HashSet<(String, String)>,
}

impl Scan {
    /// Reads the whole file once.
    pub(super) fn read(path: &Path, watcher: &dyn Watcher) -> anyhow::Result<Self> {
        let mut scan = Self::default();
        let mut lines = Lines::open(path)?;
        let mut has_version = false;
        while let Some((number, text)) = lines.next()? {
            scan.report.lines = number;
            let line = match serde_json::from_str::<Line>(&text) {
                Ok(line) => line,
                Err(error) => {
                    anyhow::ensure!(
                        has_version,
                        "line {number} is not JSON of a Mattermost export: {error}"
                    );
                    scan.unusable(number, &error.to_string());
                    continue;
                }
            };
            if !has_version {
                let fits = line.kind == "version" && line.version == Some(1);
                anyhow::ensure!(
                    fits,
                    "the first line must be {{\"type\":\"version\",\"version\":1}}"
                );
                has_version = true;
            } else {
                scan.take(number, line);
            }
            if number.is_multiple_of(2_000) {
                watcher.at(number, number, "lines read");
            }
        }
        anyhow::ensure!(has_version, "the file is empty");
        Ok(scan)
    }

    /// The report of a dry run.
    pub(super) fn into_report(self) -> Report {
        self.report
    }

    fn unusable(&mut self, number: u64, reason: &str) {
        for report in [&mut self.report, &mut self.unreadable] {
            report.count("unreadable lines").found += 1;
            report.leave_out("unreadable lines", number, "line", reason);
        }
    }

    fn take(&mut self, number: u64, line: Line) {
        match line.kind.as_str() {
            "team" if line.team.is_some() => self.would("teams", 1),
            "channel" => match line.channel {
                Some(channel) => {
                    self.channels.insert((channel.team, channel.name));
                    self.would("communities", 1);
                }
                None => self.unusable(number, "a channel line without a channel"),
            },
            "user" => match line.user {
                Some(user) => {
                    if user
                        .roles
                        .split_whitespace()
                        .any(|role| role == "system_admin")
                    {
                        self.report.unmapped(
                            "the role system_admin (grant it with `loggia user grant-role`)",
                        );
                    }
                    let memberships: usize = user
                        .teams
                        .iter()
                        .flatten()
                        .filter_map(|team| team.channels.as_ref())
                        .map(Vec::len)
                        .sum();
                    self.users.insert(user.username.to_lowercase());
                    self.would("people", 1);
                    self.would("memberships", memberships as u64);
                }
                None => self.unusable(number, "a user line without a user"),
            },
            "post" => match line.post {
                Some(post) => {
                    let place = (post.team.clone(), post.channel.clone());
                    self.message(&post.user, post.create_at);
                    let first = self
                        .channel_since
                        .entry(place.clone())
                        .or_insert(Timestamp::from_millis(post.create_at));
                    *first = (*first).min(Timestamp::from_millis(post.create_at));
                    self.judge_post(number, &post.user, Some(&place), "posts");
                    self.parts(post.reactions.as_deref(), post.attachments.as_deref());
                    for reply in post.replies.iter().flatten() {
                        self.message(&reply.user, reply.create_at);
                        self.judge_post(number, &reply.user, Some(&place), "replies");
                        self.parts(reply.reactions.as_deref(), reply.attachments.as_deref());
                    }
                }
                None => self.unusable(number, "a post line without a post"),
            },
            "direct_channel" if line.direct_channel.is_some() => self.would("conversations", 1),
            "direct_post" => match line.direct_post {
                Some(message) => {
                    self.message(&message.user, message.create_at);
                    self.judge_post(number, &message.user, None, "private messages");
                    for reply in message.replies.iter().flatten() {
                        self.message(&reply.user, reply.create_at);
                        self.judge_post(number, &reply.user, None, "private messages");
                    }
                    for _ in message.reactions.iter().flatten() {
                        self.report.unmapped("reactions to private messages");
                    }
                    for _ in message.attachments.iter().flatten() {
                        self.report.unmapped("files of private messages");
                    }
                }
                None => self.unusable(number, "a direct_post line without a message"),
            },
            other => self.report.unmapped(format!("lines of type {other}")),
        }
    }

    fn would(&mut self, what: &'static str, times: u64) {
        let count = self.report.count(what);
        count.found += times;
        count.imported += times;
    }

    fn message(&mut self, user: &str, millis: i64) {
        self.messages += 1;
        let at = Timestamp::from_millis(millis);
        let first = self.person_since.entry(user.to_lowercase()).or_insert(at);
        *first = (*first).min(at);
    }

    fn judge_post(
        &mut self,
        number: u64,
        user: &str,
        place: Option<&(String, String)>,
        what: &'static str,
    ) {
        self.report.count(what).found += 1;
        if !self.users.contains(&user.to_lowercase()) {
            self.report
                .leave_out(what, number, user, "its author is not among the users");
        } else if place.is_some_and(|place| !self.channels.contains(place)) {
            self.report
                .leave_out(what, number, user, "its channel is not among the channels");
        } else {
            self.report.count(what).imported += 1;
        }
    }

    fn parts(&mut self, reactions: Option<&[Reaction]>, attachments: Option<&[Attachment]>) {
        self.would("reactions", reactions.map_or(0, |list| list.len() as u64));
        self.would(
            "attachments",
            attachments.map_or(0, |list| list.len() as u64),
        );
    }
}
