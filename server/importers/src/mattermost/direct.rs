//! Direct and group messages: private conversations, read by their members only.

use kernel::{ConversationId, Error, PersonId};
use messaging::model::ImportedMessage;

use super::emoji::replace_names;
use super::format::{DirectChannel, DirectPost};
use super::{Run, SOURCE, Waiting, moment};
use crate::keys;

/// A message to be written.
struct Message {
    line: u64,
    key: String,
    members: Vec<PersonId>,
    author: PersonId,
    source: String,
    create_at: i64,
}

impl Run<'_> {
    pub(super) async fn conversation(
        &mut self,
        line: u64,
        channel: &DirectChannel,
    ) -> anyhow::Result<()> {
        self.report.count("conversations").found += 1;
        let Some(members) = self.members(&channel.members) else {
            let reason = "one of its members is not among the users";
            self.report
                .leave_out("conversations", line, channel.members.join(", "), reason);
            return Ok(());
        };
        let key = keys::hashed("conversation", &sorted(&channel.members));
        let mut tx = self.database.begin(&self.viewer).await?;
        if !keys::known(&tx, SOURCE, std::slice::from_ref(&key))
            .await?
            .is_empty()
        {
            self.report.count("conversations").already_there += 1;
            tx.rollback().await?;
            return Ok(());
        }
        let at = tx.now();
        let id = messaging::commands::ensure_conversation(&mut tx, &members, at).await?;
        self.finish(tx, &[(key, id.0)]).await?;
        self.report.count("conversations").imported += 1;
        Ok(())
    }

    pub(super) async fn flush_direct(&mut self, waiting: &mut Waiting) -> anyhow::Result<()> {
        let posts = std::mem::take(&mut waiting.direct);
        let mut messages = Vec::new();
        for (line, post) in &posts {
            self.collect(*line, post, &mut messages);
        }
        if messages.is_empty() {
            return Ok(());
        }
        let mut tx = self.database.begin(&self.viewer).await?;
        let wanted: Vec<String> = messages.iter().map(|message| message.key.clone()).collect();
        let mut known = keys::known(&tx, SOURCE, &wanted).await?;
        let (mut new, total) = (Vec::new(), messages.len());
        for message in messages {
            if known.contains_key(&message.key) {
                self.report.count("private messages").already_there += 1;
                continue;
            }
            let sent_at = match moment(message.create_at, tx.now()) {
                Ok(at) => at,
                Err(reason) => {
                    self.report
                        .leave_out("private messages", message.line, "time", reason);
                    continue;
                }
            };
            let conversation: ConversationId =
                messaging::commands::ensure_conversation(&mut tx, &message.members, sent_at)
                    .await?;
            let imported = ImportedMessage {
                author: message.author,
                source: message.source,
                sent_at,
            };
            match messaging::commands::insert_message(&mut tx, conversation, imported).await {
                Ok(id) => {
                    self.report.count("private messages").imported += 1;
                    known.insert(message.key.clone(), id.0);
                    new.push((message.key, id.0));
                }
                Err(Error::Invalid(problems)) => {
                    let reasons: Vec<_> = problems
                        .into_iter()
                        .map(|problem| problem.message)
                        .collect();
                    self.report.leave_out(
                        "private messages",
                        message.line,
                        "text",
                        reasons.join("; "),
                    );
                }
                Err(error) => return Err(error.into()),
            }
        }
        self.finish(tx, &new).await?;
        self.progress(total);
        Ok(())
    }

    fn collect(&mut self, line: u64, post: &DirectPost, messages: &mut Vec<Message>) {
        let replies = post.replies.iter().flatten();
        let replies = replies.map(|reply| (&reply.user, &reply.message, reply.create_at));
        let all = std::iter::once((&post.user, &post.message, post.create_at)).chain(replies);
        let names = sorted(&post.channel_members).join(",");
        for (user, text, create_at) in all {
            self.report.count("private messages").found += 1;
            let author = self.people.get(&user.to_lowercase()).copied();
            let (Some(members), Some(author)) = (self.members(&post.channel_members), author)
            else {
                let reason = "its author or a member is not among the users";
                self.report
                    .leave_out("private messages", line, user, reason);
                continue;
            };
            let time = create_at.to_string();
            messages.push(Message {
                line,
                key: keys::hashed("direct", &[&names, user, &time, text]),
                members,
                author,
                source: replace_names(text).into_owned(),
                create_at,
            });
        }
    }

    fn members(&self, names: &[String]) -> Option<Vec<PersonId>> {
        names
            .iter()
            .map(|name| self.people.get(&name.to_lowercase()).copied())
            .collect()
    }
}

fn sorted(names: &[String]) -> Vec<&str> {
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_unstable();
    names
}
