//! Stores new content and everything that hangs on it. Many cost as many statements as one, so that
//! an importer writes thousands in a second.

use std::collections::{BTreeMap, BTreeSet};

use kernel::id::{made_at, uuid_at};
use kernel::{ContentId, ContentState, Error, PersonId, Problem, Result, Timestamp};
use platform::Tx;
use sea_orm::Value;
use uuid::Uuid;

use super::mentions::Text;
use super::prepare::{Prepared, prepare, prepare_many};
use super::thread;
use crate::events;
use crate::model::{Content, ContentKind, NewContent};
use crate::queries;
use crate::table::Sql;

/// Rows written by one statement.
const ROWS: usize = 400;

/// Result of a write that a client may repeat.
#[derive(Debug, Clone)]
pub enum Inserted {
    /// Written by this transaction.
    New(Content),
    /// The same author's client had written it before: nothing was written, so drop the transaction.
    Repeated(Content),
}

impl Inserted {
    /// The content, new or repeated.
    pub fn content(&self) -> &Content {
        match self {
            Self::New(content) | Self::Repeated(content) => content,
        }
    }
}

/// Checks and stores one piece of content.
///
/// # Errors
/// `Invalid` with all problems, `ATTACHMENT_IN_USE`, database errors.
pub async fn insert(tx: &mut Tx, new: NewContent) -> Result<Inserted> {
    let mut problems: Vec<Problem> = Vec::new();
    match prepare(tx, new, &mut problems).await? {
        Some(prepared) => insert_prepared(tx, prepared).await,
        None => Err(Error::Invalid(problems)),
    }
}

/// Stores one piece of content that was checked.
///
/// # Errors
/// `ATTACHMENT_IN_USE`, database errors.
pub async fn insert_prepared(tx: &mut Tx, prepared: Prepared) -> Result<Inserted> {
    let (author, client_id) = (prepared.new.author, prepared.new.client_id);
    let id = prepared.new.id;
    let written = store(tx, vec![prepared]).await?;
    if let Some(content) = written.into_iter().next() {
        return Ok(Inserted::New(content));
    }
    let client_id = client_id.ok_or_else(|| Error::bug("new content was not stored"))?;
    let before = queries::by_client_id(tx, author, client_id).await?;
    match before {
        Some(content) if content.id != id => Ok(Inserted::Repeated(content)),
        _ => Err(Error::bug("new content was not stored")),
    }
}

/// Checks and stores many, for importers: those with problems are left out and reported by their
/// place in the list. Roots must stand before their replies.
///
/// # Errors
/// Database errors.
pub async fn insert_many(
    tx: &mut Tx,
    news: Vec<NewContent>,
) -> Result<(Vec<Content>, Vec<(usize, Vec<Problem>)>)> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for (place, prepared) in prepare_many(tx, news).await?.into_iter().enumerate() {
        match prepared {
            Ok(prepared) => good.push(prepared),
            Err(problems) => bad.push((place, problems)),
        }
    }
    Ok((store(tx, good).await?, bad))
}

fn build(prepared: &Prepared, now: Timestamp) -> Content {
    let new = &prepared.new;
    let at = new.imported.map_or(now, |imported| imported.at);
    let is_published = new.state.is_public_to_audience();
    let key_of_id =
        made_at(new.id.0).is_some_and(|made| made.micros() / 1000 == at.micros() / 1000);
    let feed_key = is_published.then(|| if key_of_id { new.id.0 } else { uuid_at(at) });
    Content {
        id: new.id,
        kind: new.kind,
        state: new.state,
        author: new.author,
        community: Some(new.community),
        root: new.root.unwrap_or(new.id),
        parent: new.parent,
        feed_key,
        title: new.title.clone(),
        source: new.source.clone(),
        html: prepared.text.html.clone(),
        excerpt: prepared.text.excerpt.clone(),
        revision: 1,
        imported: new.imported.is_some(),
        client_id: new.client_id,
        created_at: at,
        published_at: is_published.then_some(at),
        edited_at: None,
        scheduled_for: new
            .scheduled_for
            .filter(|_| new.state == ContentState::Scheduled),
        expires_at: new.expires_at,
        deleted_at: None,
    }
}

/// Stores all of them, and tells what was stored (all but repeated ones).
async fn store(tx: &mut Tx, prepared: Vec<Prepared>) -> Result<Vec<Content>> {
    let mut written = Vec::with_capacity(prepared.len());
    let mut texts = Vec::with_capacity(prepared.len());
    for chunk in prepared.chunks(ROWS) {
        let contents: Vec<Content> = chunk.iter().map(|p| build(p, tx.now())).collect();
        let stored = insert_rows(tx, &contents).await?;
        if stored == contents.len() as u64 {
            written.extend(contents);
            texts.extend(chunk.iter());
        } else if stored != 0 || contents.len() != 1 {
            return Err(Error::Conflict("ALREADY_EXISTS"));
        }
    }
    let parts: Vec<(&Content, &Text)> = written.iter().zip(texts.iter().map(|p| &p.text)).collect();
    insert_threads(tx, &written, &texts).await?;
    insert_facts(tx, &parts).await?;
    for (content, prepared) in written.iter().zip(&texts) {
        super::attach(tx, content, &prepared.new.attachments).await?;
    }
    follow(tx, &written, &texts).await?;
    count(tx, &written).await?;
    for (content, prepared) in written.iter().zip(&texts) {
        tx.announce(events::inserted(
            content,
            &prepared.text,
            &prepared.new.details,
        ));
    }
    Ok(written)
}

async fn insert_rows(tx: &Tx, contents: &[Content]) -> Result<u64> {
    let mut sql = Sql::new(
        "INSERT INTO contents (id, kind, state, author_id, community_id, root_id, parent_id, \
         feed_key, title, source, html, excerpt, revision, imported, client_id, created_at, \
         published_at, scheduled_for, expires_at) VALUES ",
    );
    sql.bind_rows(contents.iter().map(|c| {
        vec![
            c.id.into(),
            c.kind.as_str().into(),
            c.state.as_str().into(),
            c.author.into(),
            c.community.map(|id| id.0).into(),
            c.root.into(),
            c.parent.map(|id| id.0).into(),
            c.feed_key.into(),
            c.title.clone().into(),
            c.source.clone().into(),
            c.html.clone().into(),
            c.excerpt.clone().into(),
            c.revision.into(),
            c.imported.into(),
            c.client_id.into(),
            c.created_at.into(),
            c.published_at.map(|at| at.0).into(),
            c.scheduled_for.map(|at| at.0).into(),
            c.expires_at.map(|at| at.0).into(),
        ]
    }));
    // Waits for the same client's first attempt, if that one is still on its way.
    sql.push(" ON CONFLICT (author_id, client_id) DO NOTHING");
    sql.run(tx).await
}

async fn insert_threads(tx: &Tx, contents: &[Content], prepared: &[&Prepared]) -> Result<()> {
    let rows: Vec<Vec<Value>> = contents
        .iter()
        .zip(prepared)
        .filter(|(content, _)| content.is_root())
        .map(|(content, prepared)| {
            vec![
                content.id.into(),
                0_i64.into(),
                0_i64.into(),
                content.created_at.into(),
                prepared.new.takes_answers.into(),
            ]
        })
        .collect();
    let head = "INSERT INTO threads (root_id, reply_count, reaction_count, last_activity_at, \
                takes_answers) VALUES ";
    insert_all(tx, head, rows, "").await
}

async fn insert_all(tx: &Tx, head: &str, rows: Vec<Vec<Value>>, tail: &str) -> Result<()> {
    for chunk in rows.chunks(ROWS) {
        let mut sql = Sql::new(head);
        sql.bind_rows(chunk.iter().cloned()).push(tail);
        sql.run(tx).await?;
    }
    Ok(())
}

/// Stores topics, mentions and links of texts.
pub(crate) async fn insert_facts(tx: &Tx, texts: &[(&Content, &Text)]) -> Result<()> {
    let mut topics: Vec<Vec<Value>> = Vec::new();
    let mut mentions: Vec<Vec<Value>> = Vec::new();
    let mut links: Vec<Vec<Value>> = Vec::new();
    for (content, text) in texts {
        let id = content.id;
        // Only posts stand in the feed of a topic.
        let feed_key = content
            .feed_key
            .filter(|_| content.kind == ContentKind::Post);
        let topic = |topic: &String| vec![topic.clone().into(), id.into(), feed_key.into()];
        topics.extend(text.topics.iter().map(topic));
        let mention = |(kind, target): (&str, Uuid)| vec![id.into(), kind.into(), target.into()];
        mentions.extend(text.mentions().map(mention));
        let link = |(url, place): (&String, i32)| vec![id.into(), place.into(), url.clone().into()];
        links.extend(text.links.iter().zip(0_i32..).map(link));
    }
    let head = "INSERT INTO content_topics (topic, content_id, feed_key) VALUES ";
    insert_all(tx, head, topics, "").await?;
    let head = "INSERT INTO mentions (content_id, target_kind, target_id) VALUES ";
    insert_all(tx, head, mentions, " ON CONFLICT DO NOTHING").await?;
    let head = "INSERT INTO content_links (content_id, place, url) VALUES ";
    insert_all(tx, head, links, "").await
}

/// Authors and mentioned people follow the thread, unless they muted it.
async fn follow(tx: &Tx, contents: &[Content], prepared: &[&Prepared]) -> Result<()> {
    let mut pairs: BTreeSet<(ContentId, PersonId)> = BTreeSet::new();
    for (content, prepared) in contents.iter().zip(prepared) {
        pairs.insert((content.root, content.author));
        pairs.extend(
            prepared
                .text
                .people
                .iter()
                .map(|person| (content.root, *person)),
        );
    }
    thread::follow_all(tx, &pairs).await
}

/// Counts published replies in their threads.
async fn count(tx: &Tx, contents: &[Content]) -> Result<()> {
    let mut threads: BTreeMap<ContentId, (i64, Timestamp)> = BTreeMap::new();
    for reply in contents.iter().filter(|c| c.kind == ContentKind::Reply) {
        if let Some(at) = reply.published_at {
            let entry = threads.entry(reply.root).or_insert((0, at));
            *entry = (entry.0 + 1, entry.1.max(at));
        }
    }
    for (root, (replies, at)) in threads {
        thread::count_replies(tx, root, replies, Some(at)).await?;
    }
    Ok(())
}
