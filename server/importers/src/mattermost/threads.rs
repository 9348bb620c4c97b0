//! Posts with their replies, reactions and files.

use std::collections::HashMap;

use content::model::{Imported, NewContent};
use kernel::{AttachmentId, CommunityId, ContentId, PersonId, PostId, ReplyId, Timestamp, Viewer};
use platform::Tx;
use posts::model::NewPost;
use uuid::Uuid;

use super::emoji::{named, replace_names};
use super::format::{Attachment, Post, Reaction, Reply};
use super::{Run, SOURCE, Waiting, moment};
use crate::keys;

/// A post of the export with its key.
struct Thread {
    line: u64,
    key: String,
    post: Post,
    replies: Vec<(String, Reply)>,
}

impl Thread {
    fn new(line: u64, mut post: Post) -> Self {
        let time = post.create_at.to_string();
        let key = keys::hashed(
            "post",
            &[&post.team, &post.channel, &post.user, &time, &post.message],
        );
        let replies = post
            .replies
            .take()
            .unwrap_or_default()
            .into_iter()
            .map(|reply| {
                let time = reply.create_at.to_string();
                (
                    keys::hashed("reply", &[&key, &reply.user, &time, &reply.message]),
                    reply,
                )
            });
        let replies = replies.collect();
        Self {
            line,
            key,
            post,
            replies,
        }
    }
}

/// What is written beside the texts of a batch.
#[derive(Default)]
struct Beside {
    keys: Vec<(String, Uuid)>,
    reactions: Vec<(u64, ContentId, Vec<Reaction>)>,
}

impl Run<'_> {
    pub(super) async fn flush_threads(&mut self, waiting: &mut Waiting) -> anyhow::Result<()> {
        let messages = std::mem::take(&mut waiting.messages);
        let threads: Vec<Thread> = std::mem::take(&mut waiting.threads)
            .into_iter()
            .map(|(line, post)| Thread::new(line, post))
            .collect();
        if threads.is_empty() {
            return Ok(());
        }
        let files = self.store_files(&threads).await?;
        let mut tx = self.database.begin(&self.viewer).await?;
        let wanted = threads.iter().flat_map(|thread| {
            std::iter::once(&thread.key)
                .chain(thread.replies.iter().map(|(key, _)| key))
                .cloned()
        });
        let mut known = keys::known(&tx, SOURCE, &wanted.collect::<Vec<_>>()).await?;
        let mut beside = Beside::default();
        self.write_posts(&mut tx, &threads, &files, &mut known, &mut beside)
            .await?;
        self.write_replies(&mut tx, &threads, &files, &mut known, &mut beside)
            .await?;
        self.write_reactions(&mut tx, std::mem::take(&mut beside.reactions))
            .await?;
        self.finish(tx, &beside.keys).await?;
        self.progress(messages);
        Ok(())
    }

    async fn write_posts(
        &mut self,
        tx: &mut Tx,
        threads: &[Thread],
        files: &HashMap<String, Vec<AttachmentId>>,
        known: &mut HashMap<String, Uuid>,
        beside: &mut Beside,
    ) -> anyhow::Result<()> {
        let (mut news, mut sources) = (Vec::new(), Vec::new());
        for thread in threads {
            self.report.count("posts").found += 1;
            // The same text at the same millisecond by the same person is the same post.
            let is_twice = sources
                .iter()
                .any(|known: &&Thread| known.key == thread.key);
            if known.contains_key(&thread.key) || is_twice {
                self.report.count("posts").already_there += 1;
                continue;
            }
            match self.place(
                tx,
                &thread.post.user,
                &thread.post.team,
                &thread.post.channel,
                thread.post.create_at,
            ) {
                Ok((author, community, at)) => {
                    let attachments = files.get(&thread.key).cloned().unwrap_or_default();
                    let body = text_of(&thread.post.message, !attachments.is_empty());
                    news.push(NewPost {
                        attachments,
                        imported: Some(Imported { at }),
                        ..NewPost::discussion(author, community, body)
                    });
                    sources.push(thread);
                }
                Err(reason) => {
                    self.report
                        .leave_out("posts", thread.line, &thread.post.user, reason)
                }
            }
        }
        let answers = posts::commands::create_many_in(tx, news).await?;
        for (thread, answer) in sources.into_iter().zip(answers) {
            match answer {
                Ok(id) => {
                    self.report.count("posts").imported += 1;
                    known.insert(thread.key.clone(), id.0);
                    beside.keys.push((thread.key.clone(), id.0));
                    let reactions = thread.post.reactions.clone().unwrap_or_default();
                    self.note_reactions(thread.line, ContentId(id.0), reactions, beside);
                }
                Err(problems) => {
                    let reasons: Vec<_> = problems
                        .into_iter()
                        .map(|problem| problem.message)
                        .collect();
                    self.report.leave_out(
                        "posts",
                        thread.line,
                        &thread.post.user,
                        reasons.join("; "),
                    );
                }
            }
        }
        Ok(())
    }

    async fn write_replies(
        &mut self,
        tx: &mut Tx,
        threads: &[Thread],
        files: &HashMap<String, Vec<AttachmentId>>,
        known: &mut HashMap<String, Uuid>,
        beside: &mut Beside,
    ) -> anyhow::Result<()> {
        let mut news: Vec<NewContent> = Vec::new();
        let mut sources: Vec<(u64, &String, &Reply)> = Vec::new();
        for thread in threads {
            let root = known.get(&thread.key).copied();
            for (key, reply) in &thread.replies {
                self.report.count("replies").found += 1;
                if known.contains_key(key) || sources.iter().any(|(_, other, _)| *other == key) {
                    self.report.count("replies").already_there += 1;
                    continue;
                }
                let place = self.place(
                    tx,
                    &reply.user,
                    &thread.post.team,
                    &thread.post.channel,
                    reply.create_at,
                );
                match (place, root) {
                    (Ok((author, community, at)), Some(root)) => {
                        let attachments = files.get(key).cloned().unwrap_or_default();
                        let body = text_of(&reply.message, !attachments.is_empty());
                        news.push(NewContent {
                            kind: content::model::ContentKind::Reply,
                            id: ReplyId::at(at).into(),
                            root: Some(ContentId(root)),
                            attachments,
                            imported: Some(Imported { at }),
                            ..NewContent::post(PostId(root), author, community, body)
                        });
                        sources.push((thread.line, key, reply));
                    }
                    (Err(reason), _) => {
                        self.report
                            .leave_out("replies", thread.line, &reply.user, reason)
                    }
                    (_, None) => {
                        let reason = "the post it answers was not brought in";
                        self.report
                            .leave_out("replies", thread.line, &reply.user, reason);
                    }
                }
            }
        }
        let ids: Vec<ContentId> = news.iter().map(|new| new.id).collect();
        let (_, refused) = content::commands::insert_many(tx, news).await?;
        let refused: HashMap<usize, _> = refused.into_iter().collect();
        for (place, ((line, key, reply), id)) in sources.into_iter().zip(ids).enumerate() {
            if let Some(problems) = refused.get(&place) {
                let reasons: Vec<_> = problems
                    .iter()
                    .map(|problem| problem.message.as_str())
                    .collect();
                self.report
                    .leave_out("replies", line, &reply.user, reasons.join("; "));
                continue;
            }
            self.report.count("replies").imported += 1;
            known.insert(key.clone(), id.0);
            beside.keys.push((key.clone(), id.0));
            let reactions = reply.reactions.clone().unwrap_or_default();
            self.note_reactions(line, id, reactions, beside);
        }
        Ok(())
    }

    fn note_reactions(
        &mut self,
        line: u64,
        content: ContentId,
        reactions: Vec<Reaction>,
        beside: &mut Beside,
    ) {
        self.report.count("reactions").found += reactions.len() as u64;
        if !reactions.is_empty() {
            beside.reactions.push((line, content, reactions));
        }
    }

    async fn write_reactions(
        &mut self,
        tx: &mut Tx,
        reactions: Vec<(u64, ContentId, Vec<Reaction>)>,
    ) -> anyhow::Result<()> {
        for (line, content, reactions) in reactions {
            let mut known = Vec::new();
            for reaction in reactions {
                let person = self.people.get(&reaction.user.to_lowercase()).copied();
                let at = moment(reaction.create_at, tx.now()).unwrap_or(tx.now());
                match (person, named(&reaction.emoji_name)) {
                    (Some(person), Some(emoji)) => known.push((person, emoji.to_owned(), at)),
                    (None, _) => {
                        self.report.leave_out(
                            "reactions",
                            line,
                            reaction.user,
                            "not among the users",
                        );
                    }
                    (_, None) => {
                        let reason = "an emoji of its own, which only Mattermost knows";
                        self.report
                            .leave_out("reactions", line, reaction.emoji_name, reason);
                    }
                }
            }
            let permit = content::policy::may_react(tx, content).await?;
            let added = content::commands::add_reactions(tx, permit, &known).await?;
            let count = self.report.count("reactions");
            count.imported += added;
            count.already_there += known.len() as u64 - added;
        }
        Ok(())
    }

    fn place(
        &self,
        tx: &Tx,
        user: &str,
        team: &str,
        channel: &str,
        create_at: i64,
    ) -> Result<(PersonId, CommunityId, Timestamp), String> {
        let author = self.people.get(&user.to_lowercase()).copied();
        let community = self
            .communities
            .get(&(team.to_owned(), channel.to_owned()))
            .copied();
        let author = author.ok_or("its author is not among the users")?;
        let community = community.ok_or("its channel is not among the channels")?;
        Ok((author, community, moment(create_at, tx.now())?))
    }

    /// Stores the files of posts and replies that are not here yet, each as its author's upload.
    async fn store_files(
        &mut self,
        threads: &[Thread],
    ) -> anyhow::Result<HashMap<String, Vec<AttachmentId>>> {
        let mut stored: HashMap<String, Vec<AttachmentId>> = HashMap::new();
        for thread in threads {
            let of_post = thread
                .post
                .attachments
                .iter()
                .flatten()
                .map(|file| (&thread.key, &thread.post.user, file));
            let of_replies = thread.replies.iter().flat_map(|(key, reply)| {
                reply
                    .attachments
                    .iter()
                    .flatten()
                    .map(move |file| (key, &reply.user, file))
            });
            for (key, user, file) in of_post.chain(of_replies) {
                self.report.count("attachments").found += 1;
                if self.is_here(key).await? {
                    self.report.count("attachments").already_there += 1;
                    continue;
                }
                match self.store_file(user, file).await {
                    Ok(id) => {
                        self.report.count("attachments").imported += 1;
                        stored.entry(key.clone()).or_default().push(id);
                    }
                    Err(reason) => {
                        self.report
                            .leave_out("attachments", thread.line, &file.path, reason)
                    }
                }
            }
        }
        Ok(stored)
    }

    async fn is_here(&self, key: &String) -> anyhow::Result<bool> {
        let tx = self.database.begin(&self.viewer).await?;
        let is_here = !keys::known(&tx, SOURCE, std::slice::from_ref(key))
            .await?
            .is_empty();
        tx.rollback().await?;
        Ok(is_here)
    }

    async fn store_file(&self, user: &str, file: &Attachment) -> Result<AttachmentId, String> {
        let owner = self
            .people
            .get(&user.to_lowercase())
            .ok_or("its author is not among the users")?;
        let path = self
            .attachment_path(&file.path)
            .ok_or("the file is not beside the export")?;
        let reader = tokio::fs::File::open(&path)
            .await
            .map_err(|error| error.to_string())?;
        let limit = self.options.media.max_file_bytes;
        let staged = self
            .options
            .blobs
            .stage(reader, limit)
            .await
            .map_err(|error| error.to_string())?;
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let upload = content::commands::Upload {
            file: staged,
            file_name: name,
            alt_text: String::new(),
        };
        let viewer = Viewer::person(*owner, kernel::OrganisationRole::Member, None);
        let options = &self.options;
        let kept = content::commands::upload(
            self.database,
            &viewer,
            &options.blobs,
            &options.media,
            upload,
        )
        .await;
        kept.map(|attachment| attachment.id)
            .map_err(|error| error.to_string())
    }
}

/// The text of a message; a message that is only a file gets a mark, since a text is never empty.
fn text_of(message: &str, has_files: bool) -> String {
    let text = replace_names(message);
    if text.trim().is_empty() && !has_files {
        "…".to_owned()
    } else {
        text.into_owned()
    }
}
