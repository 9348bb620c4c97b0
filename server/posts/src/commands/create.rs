//! New posts: written by a person, shared from elsewhere, or brought in by an importer.

use audiences::Purpose;
use content::commands::Inserted;
use content::model::parse_client_id;
use content::{ContentKind, NewContent, PostKind};
use kernel::{ContentState, Error, PersonId, PostId, Problem, Result, Viewer};
use platform::{Database, Tx};
use sea_orm::{FromQueryResult, Value};
use std::collections::HashSet;
use uuid::Uuid;

use crate::events;
use crate::kinds::{self, Addition};
use crate::model::{AddressedTo, MAX_AHEAD_SECONDS, NewPost, NewShare, PostInput};
use crate::policy;
use crate::table::Sql;

/// Posts stored by one statement.
const ROWS: usize = 400;
/// Ids of people that are looked up for one praise; it may name nobody more often than this.
const MAX_PRAISED_INPUT: usize = 100;

/// Writes a post for the viewer: publishes it, or keeps it until its time. Repeating the client's id
/// gives the first post back.
///
/// # Errors
/// `NotFound` where the viewer may not know of the community, `Forbidden` where the viewer may not
/// start such a post, `Invalid` with all problems, database errors.
pub async fn create(database: &Database, viewer: &Viewer, input: PostInput) -> Result<PostId> {
    let author = viewer.require_person()?;
    let client_id = parse_client_id(&input.client_id)?;
    let result = try_create(database, viewer, author, client_id, input).await;
    or_repeated(database, viewer, author, client_id, result).await
}

async fn try_create(
    database: &Database,
    viewer: &Viewer,
    author: PersonId,
    client_id: Uuid,
    input: PostInput,
) -> Result<PostId> {
    let mut tx = database.begin(viewer).await?;
    if let Some(before) = written_before(&tx, author, client_id).await? {
        return Ok(before);
    }
    let permit = policy::may_post(&tx, input.community, input.kind).await?;
    let draft = input.draft;
    let audience = addressed_to(&tx, &input).await?;
    let new = NewPost {
        audience,
        author,
        community: permit.community(),
        kind: input.kind,
        title: input.title,
        body: input.body,
        topics: input.topics,
        attachments: input.attachments,
        poll: input.poll,
        praise: input.praise,
        shared_from: None,
        client_id: Some(client_id),
        scheduled_for: input.scheduled_for,
        imported: None,
    };
    let Inserted::New(content) = write(&mut tx, new).await? else {
        return Err(Error::Conflict("ALREADY_EXISTS"));
    };
    if let Some(draft) = draft {
        content::commands::discard_draft(&mut tx, author, draft).await?;
    }
    tx.commit().await?;
    Ok(content.post_id())
}

/// The kept audience an announcement is meant for, as it is now.
async fn addressed_to(tx: &Tx, input: &PostInput) -> Result<Option<AddressedTo>> {
    let Some(id) = input.audience else {
        return Ok(None);
    };
    if input.kind != PostKind::Announcement {
        let text = "Only announcements are meant for some.";
        return Err(Error::invalid("audienceId", "AUDIENCE_NOT_ALLOWED", text));
    }
    let kept = audiences::queries::saved(tx, id).await?;
    audiences::policy::check(tx, &kept.rule, Purpose::Address).await?;
    Ok(Some(AddressedTo {
        name: kept.name,
        rule: kept.rule,
    }))
}

/// Shares a public post into another community, with words of one's own or none.
///
/// # Errors
/// `NotFound` for what the viewer may not see, `Forbidden` (`SHARE_WOULD_LEAK` unless everybody
/// reads the original), `Invalid`, database errors.
pub async fn share(database: &Database, viewer: &Viewer, input: NewShare) -> Result<PostId> {
    let author = viewer.require_person()?;
    let client_id = parse_client_id(&input.client_id)?;
    let result = try_share(database, viewer, author, client_id, input).await;
    or_repeated(database, viewer, author, client_id, result).await
}

async fn try_share(
    database: &Database,
    viewer: &Viewer,
    author: PersonId,
    client_id: Uuid,
    input: NewShare,
) -> Result<PostId> {
    let mut tx = database.begin(viewer).await?;
    if let Some(before) = written_before(&tx, author, client_id).await? {
        return Ok(before);
    }
    let permit = policy::may_share(&tx, input.post, input.community).await?;
    let new = NewPost {
        shared_from: Some(permit.original()),
        client_id: Some(client_id),
        ..NewPost::discussion(author, permit.target(), input.body)
    };
    let Inserted::New(content) = write(&mut tx, new).await? else {
        return Err(Error::Conflict("ALREADY_EXISTS"));
    };
    tx.commit().await?;
    Ok(content.post_id())
}

/// The post this client id has made before.
async fn written_before(tx: &Tx, author: PersonId, client_id: Uuid) -> Result<Option<PostId>> {
    match content::queries::by_client_id(tx, author, client_id).await? {
        Some(before) if before.kind == ContentKind::Post => Ok(Some(before.post_id())),
        Some(_) => Err(Error::Conflict("CLIENT_ID_USED")),
        None => Ok(None),
    }
}

/// The result, or what a simultaneous first attempt of the same client has made meanwhile: whatever
/// the second attempt stumbled over, it was its own twin.
async fn or_repeated(
    database: &Database,
    viewer: &Viewer,
    author: PersonId,
    client_id: Uuid,
    result: Result<PostId>,
) -> Result<PostId> {
    if matches!(result, Err(Error::Conflict(_) | Error::Invalid(_))) {
        let tx = database.begin(viewer).await?;
        if let Some(before) = written_before(&tx, author, client_id).await? {
            return Ok(before);
        }
    }
    result
}

/// Writes a post on behalf of its author.
///
/// # Errors
/// `Forbidden` for any person, `Invalid` with all problems, database errors.
pub async fn create_in(tx: &mut Tx, new: NewPost) -> Result<PostId> {
    require_system(tx)?;
    let written = write(tx, new).await?;
    Ok(written.content().post_id())
}

/// Writes many posts on behalf of their authors with as many statements as for one. Those with
/// problems are left out; the answer has one entry for each, in order.
///
/// # Errors
/// `Forbidden` for any person, database errors.
pub async fn create_many_in(
    tx: &mut Tx,
    news: Vec<NewPost>,
) -> Result<Vec<std::result::Result<PostId, Vec<Problem>>>> {
    require_system(tx)?;
    let known = people_who_exist(tx, news.iter().flat_map(praised), false).await?;
    let mut answers = Vec::with_capacity(news.len());
    let mut contents = Vec::new();
    let mut rows = Vec::new();
    for new in news {
        let mut problems = Vec::new();
        let addition = check(tx, &new, &known, &mut problems);
        let id = PostId::at(new.imported.map_or(tx.now(), |imported| imported.at));
        answers.push(if problems.is_empty() {
            contents.push(into_content(id, &new, &addition));
            rows.push((answers.len(), id, new, addition));
            Ok(id)
        } else {
            Err(problems)
        });
    }
    let (_, refused) = content::commands::insert_many(tx, contents).await?;
    let refused_places: HashSet<usize> = refused.iter().map(|(place, _)| *place).collect();
    for (place, problems) in refused {
        if let Some(answer) = rows.get(place).and_then(|row| answers.get_mut(row.0)) {
            *answer = Err(problems);
        }
    }
    let rows: Vec<_> = rows
        .into_iter()
        .enumerate()
        .filter(|(place, _)| !refused_places.contains(place))
        .map(|(_, (_, id, new, addition))| (id, new, addition))
        .collect();
    insert_rows(tx, &rows).await?;
    Ok(answers)
}

fn require_system(tx: &Tx) -> Result<()> {
    if tx.viewer().is_system() {
        Ok(())
    } else {
        Err(Error::Forbidden("SYSTEM_ONLY"))
    }
}

/// Checks and stores one post; the event is announced with its content.
async fn write(tx: &mut Tx, new: NewPost) -> Result<Inserted> {
    let known = people_who_exist(tx, praised(&new), new.imported.is_none()).await?;
    let mut problems = Vec::new();
    let addition = check(tx, &new, &known, &mut problems);
    let id = PostId::at(new.imported.map_or(tx.now(), |imported| imported.at));
    let content = into_content(id, &new, &addition);
    let prepared = content::commands::prepare(tx, content, &mut problems).await?;
    let prepared = match prepared {
        Some(prepared) if problems.is_empty() => prepared,
        _ => return Err(Error::Invalid(problems)),
    };
    let inserted = content::commands::insert_prepared(tx, prepared).await?;
    if matches!(inserted, Inserted::New(_)) {
        insert_rows(tx, &[(id, new, addition)]).await?;
    }
    Ok(inserted)
}

fn praised(new: &NewPost) -> impl Iterator<Item = PersonId> {
    // More than allowed are refused before anybody is looked up.
    let named = new
        .praise
        .iter()
        .filter(|praise| praise.person_ids.len() <= MAX_PRAISED_INPUT);
    named.flat_map(|praise| praise.person_ids.iter().copied())
}

/// Everything but the text: the kind's details, the people named, the time.
fn check(
    tx: &Tx,
    new: &NewPost,
    known: &HashSet<PersonId>,
    problems: &mut Vec<Problem>,
) -> Addition {
    let from = new.scheduled_for.unwrap_or(tx.now());
    let addition = kinds::check(new, from, problems);
    for person in addition.people.iter().filter(|id| !known.contains(id)) {
        let text = "Somebody named here does not exist or is not active any more.";
        let problem = kinds::person_problem("PERSON_NOT_FOUND", text);
        problems.push(problem.with("person", person));
    }
    problems.extend(too_far_ahead(tx, new.scheduled_for));
    addition
}

/// The problem of a time more than a year ahead.
pub(super) fn too_far_ahead(tx: &Tx, at: Option<kernel::Timestamp>) -> Option<Problem> {
    let latest = tx.now().plus_seconds(MAX_AHEAD_SECONDS);
    at.filter(|at| *at > latest).map(|_| {
        let text = "Choose a time within a year.";
        Problem::new("scheduledFor", "TIME_TOO_FAR_AHEAD", text)
    })
}

fn into_content(id: PostId, new: &NewPost, addition: &Addition) -> NewContent {
    let state = if new.scheduled_for.is_some() {
        ContentState::Scheduled
    } else {
        ContentState::Published
    };
    NewContent {
        state,
        title: new.title.clone(),
        may_be_empty: new.shared_from.is_some(),
        topics: new.topics.clone(),
        attachments: new.attachments.clone(),
        client_id: new.client_id,
        scheduled_for: new.scheduled_for,
        imported: new.imported,
        takes_answers: kinds::of(new.kind).takes_answers(),
        details: events::details(new.kind, &addition.people, new.shared_from),
        ..NewContent::post(id, new.author, new.community, new.body.clone())
    }
}

#[derive(FromQueryResult)]
struct PersonRow {
    id: PersonId,
    is_active: bool,
}

/// Who of them exists, and is active where that matters. People belong to another room; whether they
/// are there is asked in the transaction that names them.
async fn people_who_exist(
    tx: &Tx,
    people: impl Iterator<Item = PersonId>,
    active_only: bool,
) -> Result<HashSet<PersonId>> {
    let people: HashSet<PersonId> = people.collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let mut known = HashSet::with_capacity(people.len());
    for chunk in people.chunks(ROWS) {
        let sql = Sql::new("SELECT id, is_active FROM people WHERE id IN (");
        let rows: Vec<PersonRow> = sql
            .bind_all(chunk.iter().copied())
            .push(")")
            .all(tx)
            .await?;
        let rows = rows.into_iter().filter(|row| row.is_active || !active_only);
        known.extend(rows.map(|row| row.id));
    }
    Ok(known)
}

/// Stores what posts have beside their content.
async fn insert_rows(tx: &Tx, posts: &[(PostId, NewPost, Addition)]) -> Result<()> {
    for chunk in posts.chunks(ROWS) {
        let sql = Sql::new(
            "INSERT INTO posts (id, kind, shared_from, badge, poll_multiple, poll_anonymous, \
             poll_closes_at, poll_voter_count, idea_state, idea_reason, idea_vote_count, \
             seen_count, audience_name, audience_rule) VALUES ",
        );
        let rows = chunk
            .iter()
            .map(|(id, new, addition)| row(*id, new, addition))
            .collect::<Result<Vec<_>>>()?;
        sql.bind_rows(rows).run(tx).await?;
    }
    for (id, new, addition) in posts {
        kinds::of(new.kind).insert(tx, *id, addition).await?;
    }
    Ok(())
}

fn row(id: PostId, new: &NewPost, addition: &Addition) -> Result<Vec<Value>> {
    let poll = addition.poll.as_ref();
    let idea = addition.idea;
    let audience = new.audience.as_ref();
    let rule = audience
        .map(|to| serde_json::to_string(&to.rule))
        .transpose()?;
    Ok(vec![
        id.into(),
        new.kind.as_str().into(),
        new.shared_from.map(|id| id.0).into(),
        addition.badge.map(|badge| badge.as_str()).into(),
        poll.map(|poll| poll.is_multiple_choice).into(),
        poll.map(|poll| poll.is_anonymous).into(),
        poll.and_then(|poll| poll.closes_at).map(|at| at.0).into(),
        poll.map(|_| 0_i64).into(),
        idea.map(|state| state.as_str()).into(),
        idea.map(|_| "").into(),
        idea.map(|_| 0_i64).into(),
        addition.counts_views.then_some(0_i64).into(),
        audience.map(|to| to.name.clone()).into(),
        rule.into(),
    ])
}
