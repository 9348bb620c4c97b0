//! Changes of a text. What its audience has seen is kept: the first edit writes down the original as
//! revision 1, each edit one more. Before publication there is no history, only the text.

use std::collections::HashSet;

use kernel::{ContentId, Error, PersonId, Result};
use platform::Tx;
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::insert::insert_facts;
use super::mentions::{Names, Text};
use super::prepare::{
    check_attachments, clean_body, clean_title, clean_topics, too_many_mentions, uploads,
};
use super::thread;
use crate::events::{self, Verb};
use crate::model::{Content, ContentEdit};
use crate::policy::MayEdit;
use crate::table::Sql;

/// Changes title, text, topics or attachments. Gives the content as it is now.
///
/// # Errors
/// `Invalid` with all problems, `ATTACHMENT_IN_USE`, database errors.
pub async fn edit(tx: &mut Tx, permit: MayEdit, edit: ContentEdit) -> Result<Content> {
    let before = permit.content;
    let mut problems = Vec::new();
    let title = match &edit.title {
        Some(title) => clean_title(title, &mut problems),
        None => before.title.clone(),
    };
    let topics = match &edit.topics {
        Some(topics) => clean_topics(topics, &mut problems),
        None => topics_beside_text(tx, &before).await?,
    };
    if let Some(wanted) = &edit.attachments {
        let known = uploads(tx, &wanted[..wanted.len().min(20)]).await?;
        check_attachments(before.author, wanted, &known, before.id, &mut problems);
    }
    let source = match &edit.source {
        Some(source) => {
            let has_more = !title.is_empty() || has_attachments(tx, &before, &edit).await?;
            clean_body(source, before.kind.limits(), has_more, &mut problems)
        }
        None => before.source.clone(),
    };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let names = Names::look_up(tx, std::iter::once((before.author, source.as_str()))).await?;
    let text = names.render(before.author, &source, &topics);
    if let Some(problem) = too_many_mentions(&text, false) {
        return Err(Error::Invalid(vec![problem]));
    }
    let mentioned = newly_mentioned(tx, before.id, &text).await?;
    let after = write(tx, before, title, source, &text).await?;
    replace_facts(tx, &after, &text).await?;
    if let Some(wanted) = &edit.attachments {
        super::attachment::replace(tx, &after, wanted).await?;
    }
    let follow = mentioned
        .iter()
        .map(|person| (after.root, *person))
        .collect();
    thread::follow_all(tx, &follow).await?;
    let details = serde_json::json!({ "mentioned": events::people(&mentioned) });
    tx.announce(events::about(&after, Verb::Edited, after.state, &details));
    Ok(after)
}

async fn has_attachments(tx: &Tx, content: &Content, edit: &ContentEdit) -> Result<bool> {
    if let Some(wanted) = &edit.attachments {
        return Ok(!wanted.is_empty());
    }
    let mut sql = Sql::new("SELECT id AS target_id FROM attachments WHERE content_id = ");
    sql.bind(content.id).push(" LIMIT 1");
    let row: Option<TargetRow> = sql.one(tx).await?;
    Ok(row.is_some())
}

async fn write(
    tx: &Tx,
    before: Content,
    title: String,
    source: String,
    text: &Text,
) -> Result<Content> {
    let is_published = before.published_at.is_some();
    let is_new_text = title != before.title || source != before.source;
    let mut after = Content {
        title,
        source,
        html: text.html.clone(),
        excerpt: text.excerpt.clone(),
        edited_at: if is_published {
            Some(tx.now())
        } else {
            before.edited_at
        },
        ..before.clone()
    };
    if is_published && is_new_text {
        keep_original(tx, &before).await?;
        after.revision = before.revision + 1;
        let editor = tx.viewer().person_id().unwrap_or(before.author);
        insert_revision(tx, &after, editor, tx.now()).await?;
    }
    let mut sql = Sql::new("UPDATE contents SET title = ");
    sql.bind(after.title.as_str());
    sql.push(", source = ").bind(after.source.as_str());
    sql.push(", html = ").bind(after.html.as_str());
    sql.push(", excerpt = ").bind(after.excerpt.as_str());
    sql.push(", revision = ").bind(after.revision);
    sql.push(", edited_at = ")
        .bind(after.edited_at.map(|at| at.0));
    sql.push(" WHERE id = ").bind(after.id);
    sql.run(tx).await?;
    Ok(after)
}

/// Writes down the original, if no revision has been written yet.
pub(super) async fn keep_original(tx: &Tx, content: &Content) -> Result<()> {
    if content.revision > 1 {
        return Ok(());
    }
    let at = content.published_at.unwrap_or(content.created_at);
    insert_revision(tx, content, content.author, at).await
}

async fn insert_revision(
    tx: &Tx,
    content: &Content,
    editor: PersonId,
    at: kernel::Timestamp,
) -> Result<()> {
    let mut sql = Sql::new(
        "INSERT INTO content_revisions (content_id, number, editor_id, title, source, html, \
         created_at) VALUES ",
    );
    let row: Vec<Value> = vec![
        content.id.into(),
        content.revision.into(),
        editor.into(),
        content.title.clone().into(),
        content.source.clone().into(),
        content.html.clone().into(),
        at.into(),
    ];
    sql.bind_rows([row]);
    sql.run(tx).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct TargetRow {
    target_id: Uuid,
}

#[derive(FromQueryResult)]
struct TopicRow {
    topic: String,
}

async fn newly_mentioned(tx: &Tx, id: ContentId, text: &Text) -> Result<Vec<PersonId>> {
    let mut sql =
        Sql::new("SELECT target_id FROM mentions WHERE target_kind = 'person' AND content_id = ");
    sql.bind(id);
    let rows: Vec<TargetRow> = sql.all(tx).await?;
    let before: HashSet<Uuid> = rows.into_iter().map(|row| row.target_id).collect();
    let new = text
        .people
        .iter()
        .filter(|person| !before.contains(&person.0));
    Ok(new.copied().collect())
}

/// Topics that were given beside the text: those stored that the text does not name.
async fn topics_beside_text(tx: &Tx, content: &Content) -> Result<Vec<String>> {
    let mut sql = Sql::new("SELECT topic FROM content_topics WHERE content_id = ");
    sql.bind(content.id).push(" ORDER BY topic");
    let rows: Vec<TopicRow> = sql.all(tx).await?;
    let named = richtext::render(&content.source, &richtext::NoMentions).topics;
    let topics = rows.into_iter().map(|row| row.topic);
    Ok(topics.filter(|topic| !named.contains(topic)).collect())
}

async fn replace_facts(tx: &Tx, content: &Content, text: &Text) -> Result<()> {
    for table in ["content_topics", "mentions", "content_links"] {
        let mut sql = Sql::new("DELETE FROM ");
        sql.push(table)
            .push(" WHERE content_id = ")
            .bind(content.id);
        sql.run(tx).await?;
    }
    insert_facts(tx, &[(content, text)]).await
}
