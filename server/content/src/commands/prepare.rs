//! From what somebody typed to what can be stored: cleaned, rendered, looked up. All problems of an
//! input are found at once. Many texts cost as many statements as one.

use std::collections::{HashMap, HashSet};

use kernel::{AttachmentId, ContentId, ContentState, Error, PersonId, Problem, Result, Timestamp};
use platform::Tx;
use richtext::TextProblem;
use sea_orm::FromQueryResult;

use super::mentions::{Names, Text};
use crate::model::{MAX_ATTACHMENTS, MAX_MENTIONS, MAX_TOPICS, NewContent, parse_topic};
use crate::table::Sql;

/// Content that can be stored as it is.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub(crate) new: NewContent,
    pub(crate) text: Text,
}

/// Checks one piece of content. Problems are added to `problems`; with none, it can be stored.
///
/// # Errors
/// Database errors.
pub async fn prepare(
    tx: &Tx,
    new: NewContent,
    problems: &mut Vec<Problem>,
) -> Result<Option<Prepared>> {
    let mut prepared = prepare_many(tx, vec![new]).await?;
    match prepared.pop() {
        Some(Ok(prepared)) => Ok(Some(prepared)),
        Some(Err(found)) => {
            problems.extend(found);
            Ok(None)
        }
        None => Ok(None),
    }
}

/// Checks many pieces of content, in the same order.
///
/// # Errors
/// Database errors.
pub async fn prepare_many(
    tx: &Tx,
    news: Vec<NewContent>,
) -> Result<Vec<std::result::Result<Prepared, Vec<Problem>>>> {
    let mut cleaned: Vec<(NewContent, Vec<Problem>)> = news
        .into_iter()
        .map(|mut new| {
            let problems = clean(&mut new, tx.now());
            (new, problems)
        })
        .collect();
    let names = Names::look_up(
        tx,
        cleaned.iter().map(|(n, _)| (n.author, n.source.as_str())),
    )
    .await?;
    let owned = own_uploads(tx, cleaned.iter().map(|(new, _)| new)).await?;
    for (new, problems) in &mut cleaned {
        check_attachments(new.author, &new.attachments, &owned, new.id, problems);
    }
    Ok(cleaned
        .into_iter()
        .map(|(new, problems)| {
            if problems.is_empty() {
                let lenient = new.imported.is_some();
                let text = names.render(new.author, &new.source, &new.topics);
                match too_many_mentions(&text, lenient) {
                    Some(problem) => Err(vec![problem]),
                    None => Ok(Prepared { new, text }),
                }
            } else {
                Err(problems)
            }
        })
        .collect())
}

fn clean(new: &mut NewContent, now: Timestamp) -> Vec<Problem> {
    let mut problems = Vec::new();
    new.title = clean_title(&new.title, &mut problems);
    let has_more = new.may_be_empty || !new.title.is_empty() || !new.attachments.is_empty();
    new.source = clean_body(&new.source, new.kind.limits(), has_more, &mut problems);
    new.topics = clean_topics(&new.topics, &mut problems);
    let in_future = new.scheduled_for.is_some_and(|at| at > now);
    if new.state == ContentState::Scheduled && !in_future {
        let text = "Choose a time in the future.";
        problems.push(Problem::new("scheduledFor", "SCHEDULED_IN_THE_PAST", text));
    }
    problems
}

fn text_problem(field: &str, problem: TextProblem) -> Problem {
    let code = match problem {
        TextProblem::Empty => "TEXT_EMPTY",
        TextProblem::TooLong { .. } => "TEXT_TOO_LONG",
        TextProblem::ControlCharacters => "TEXT_UNREADABLE",
        TextProblem::TooDeep => "TEXT_TOO_DEEP",
    };
    let found = Problem::new(field, code, problem.to_string());
    match problem {
        TextProblem::TooLong { max, actual } => found.with("max", max).with("actual", actual),
        _ => found,
    }
}

/// A title, cleaned; empty stays empty.
pub(crate) fn clean_title(title: &str, problems: &mut Vec<Problem>) -> String {
    match richtext::clean_line(title, richtext::Limits::LINE.max_chars) {
        Ok(title) => title,
        Err(TextProblem::Empty) => String::new(),
        Err(problem) => {
            problems.push(text_problem("title", problem));
            String::new()
        }
    }
}

/// A text, cleaned; empty is a problem unless `may_be_empty`.
pub(crate) fn clean_body(
    source: &str,
    limits: richtext::Limits,
    may_be_empty: bool,
    problems: &mut Vec<Problem>,
) -> String {
    match richtext::clean(source, limits) {
        Ok(source) => source,
        Err(TextProblem::Empty) if may_be_empty => String::new(),
        Err(problem) => {
            problems.push(text_problem("body", problem));
            String::new()
        }
    }
}

/// A text to be previewed, cleaned, and its length as counted against the limit. What is too long
/// is shown as far as the limit goes: people shorten what they see.
///
/// # Errors
/// `TEXT_UNREADABLE`, `TEXT_TOO_DEEP`.
pub fn clean_preview(body: &str) -> Result<(String, usize)> {
    let limits = richtext::Limits::POST;
    match richtext::clean(body, limits) {
        Ok(source) => {
            let characters = source.chars().count();
            Ok((source, characters))
        }
        Err(TextProblem::Empty) => Ok((String::new(), 0)),
        Err(TextProblem::TooLong { max, actual }) => {
            let shown: String = body.chars().take(max).collect();
            let shown = richtext::clean(&shown, limits).unwrap_or_default();
            Ok((shown, actual))
        }
        Err(problem) => Err(Error::Invalid(vec![text_problem("body", problem)])),
    }
}

/// Topics given beside the text, unified, each once.
pub(crate) fn clean_topics(topics: &[String], problems: &mut Vec<Problem>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for topic in topics.iter().take(MAX_TOPICS + 1) {
        match parse_topic(topic) {
            Some(name) if names.contains(&name) => {}
            Some(name) => names.push(name),
            None => {
                let shown: String = topic.chars().take(60).collect();
                let text = format!("'{shown}' cannot be a topic.");
                let problem = Problem::new("topics", "INVALID_TOPIC", text);
                problems.push(problem.with("topic", shown));
            }
        }
    }
    if topics.len() > MAX_TOPICS {
        let text = format!("At most {MAX_TOPICS} topics are possible.");
        let problem = Problem::new("topics", "TOO_MANY_TOPICS", text).with("max", MAX_TOPICS);
        problems.push(problem.with("actual", topics.len()));
    }
    names
}

/// The problem of a text that addresses more people than anybody reads.
pub(crate) fn too_many_mentions(text: &Text, lenient: bool) -> Option<Problem> {
    let actual = text.people.len() + text.communities.len();
    (actual > MAX_MENTIONS && !lenient).then(|| {
        let words = format!("At most {MAX_MENTIONS} people and communities can be mentioned.");
        Problem::new("body", "TOO_MANY_MENTIONS", words)
            .with("max", MAX_MENTIONS)
            .with("actual", actual)
    })
}

/// Uploads by id: whose they are and what they hang on.
pub(crate) type Uploads = HashMap<AttachmentId, (PersonId, Option<ContentId>)>;

#[derive(FromQueryResult)]
struct UploadRow {
    id: AttachmentId,
    owner_id: PersonId,
    used_by: Option<ContentId>,
}

async fn own_uploads(tx: &Tx, news: impl Iterator<Item = &NewContent>) -> Result<Uploads> {
    let ids: Vec<AttachmentId> = news
        .flat_map(|new| new.attachments.iter().take(MAX_ATTACHMENTS).copied())
        .collect();
    uploads(tx, &ids).await
}

/// Looks uploads up.
pub(crate) async fn uploads(tx: &Tx, ids: &[AttachmentId]) -> Result<Uploads> {
    if ids.is_empty() {
        return Ok(Uploads::new());
    }
    let mut sql = Sql::new(
        "SELECT id, owner_id, COALESCE(content_id, subject_id) AS used_by FROM attachments WHERE id IN (",
    );
    sql.bind_all(ids.iter().copied()).push(")");
    let rows: Vec<UploadRow> = sql.all(tx).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, (row.owner_id, row.used_by)))
        .collect())
}

/// Adds problems of attachments that are too many, double, somebody else's or used elsewhere.
pub(crate) fn check_attachments(
    author: PersonId,
    wanted: &[AttachmentId],
    uploads: &Uploads,
    content: ContentId,
    problems: &mut Vec<Problem>,
) {
    if wanted.len() > MAX_ATTACHMENTS {
        let text = format!("At most {MAX_ATTACHMENTS} files are possible.");
        let problem = Problem::new("attachmentIds", "TOO_MANY_ATTACHMENTS", text);
        problems.push(
            problem
                .with("max", MAX_ATTACHMENTS)
                .with("actual", wanted.len()),
        );
        return;
    }
    let usable = |id: &AttachmentId| {
        uploads
            .get(id)
            .is_some_and(|(owner, used)| *owner == author && used.is_none_or(|c| c == content))
    };
    let mut seen = HashSet::new();
    if !wanted.iter().all(|id| seen.insert(*id) && usable(id)) {
        let text = "A file is not there any more; please add it again.";
        problems.push(Problem::new("attachmentIds", "ATTACHMENT_NOT_FOUND", text));
    }
}
