//! Telling people. While a line is unread, more of the same joins it and it rises; a line that was
//! read stays as it was and a new one begins. Each line knows the newest event in it, so that
//! handling an event twice changes nothing.

use std::collections::{HashMap, HashSet};

use kernel::{CommunityId, DispatchId, Event, LineQuestionId, PersonId, PostId, ReplyId, Result};
use platform::Tx;
use sea_orm::{DbBackend, Value};
use uuid::Uuid;

use crate::events;
use crate::model::{
    MAX_REMEMBERED, NotificationKind, actors_from_text, actors_to_text, key, key_prefix,
};
use crate::policy::{Levels, Place, Wish, wide, wish_sql};
use crate::table::{BundleRow, PersonKey, Sql};

/// People told by one statement.
const PEOPLE: usize = 500;

const COLUMNS: &str = "INSERT INTO notifications (id, person_id, kind, bundle, actor_ids, \
    actor_count, post_id, reply_id, community_id, dispatch_id, question_id, journal_transaction, journal_sequence, created_at) ";

/// What is told.
#[derive(Debug, Clone)]
pub(crate) struct Notice {
    /// What happened.
    pub(crate) kind: NotificationKind,
    /// Lines of one bundle are one line until it is read.
    pub(crate) bundle: String,
    /// Who did it, if that is to be known.
    pub(crate) actor: Option<PersonId>,
    /// The post it is about.
    pub(crate) post: Option<PostId>,
    /// The reply it is about.
    pub(crate) reply: Option<ReplyId>,
    /// The community it is about; what is written somewhere brings its own.
    pub(crate) community: Option<CommunityId>,
    /// The dispatch it is about.
    pub(crate) dispatch: Option<DispatchId>,
    /// The question up the line it is about.
    pub(crate) question: Option<LineQuestionId>,
}

impl Notice {
    /// What happened to a subject; by nobody and about nothing until more is said.
    pub(crate) fn of(kind: NotificationKind, subject: impl Into<Uuid>) -> Self {
        Self {
            kind,
            bundle: kind.bundle(subject),
            actor: None,
            post: None,
            reply: None,
            community: None,
            dispatch: None,
            question: None,
        }
    }
}

/// Tells each of these people who want such news at all.
pub(crate) async fn tell(
    tx: &mut Tx,
    event: &Event,
    notice: &Notice,
    people: &[PersonId],
) -> Result<()> {
    for chunk in people.chunks(PEOPLE) {
        let wanting = wanting(tx, notice.kind, chunk).await?;
        let lines = lines_of(tx, notice, chunk).await?;
        let mut rows = Vec::with_capacity(chunk.len());
        let mut outgrown = Vec::new();
        for person in chunk.iter().filter(|person| wanting.contains(person)) {
            let known = lines.get(person).map(Vec::as_slice).unwrap_or_default();
            if is_told(known, notice.kind, event) {
                continue;
            }
            let open = known.iter().find(|line| line.read_at.is_none());
            outgrown.extend(open.map(|line| line.id));
            let (actors, count) = join(open, notice.actor)?;
            let id = key(key_prefix(tx.now(), event.position.sequence), tx.now());
            rows.push(row(id.into(), *person, event, notice, (&actors, count)));
            tx.announce(events::created(id, *person));
        }
        if !outgrown.is_empty() {
            let sql = Sql::new("DELETE FROM notifications WHERE id IN (");
            sql.bind_all(outgrown).push(")").run(tx).await?;
        }
        if !rows.is_empty() {
            Sql::new(COLUMNS)
                .push("VALUES ")
                .bind_rows(rows)
                .run(tx)
                .await?;
        }
    }
    Ok(())
}

/// Those of these people who want such news.
async fn wanting(
    tx: &Tx,
    kind: NotificationKind,
    people: &[PersonId],
) -> Result<HashSet<PersonId>> {
    if kind.category().is_always_shown() {
        return Ok(people.iter().copied().collect());
    }
    let sql = Sql::new("SELECT p.id AS person_id FROM people p WHERE p.id IN (");
    let sql = sql.bind_all(people.iter().copied()).push(") AND ");
    let part = wish_sql(Wish::InApp, kind.category(), "p.id", sql.bound());
    let rows: Vec<PersonKey> = sql.part(part).all(tx).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

/// All lines these people have of the bundle, held still until the end of the transaction.
async fn lines_of(
    tx: &Tx,
    notice: &Notice,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Vec<BundleRow>>> {
    let sql = Sql::new(
        "SELECT n.id, n.person_id, n.actor_ids, n.actor_count, n.read_at, n.journal_transaction, \
         n.journal_sequence FROM notifications n WHERE n.bundle = ",
    );
    let sql = sql
        .bind(notice.bundle.as_str())
        .push(" AND n.person_id IN (");
    let sql = sql.bind_all(people.iter().copied()).push(") ORDER BY n.id");
    let rows: Vec<BundleRow> = sql.lock(tx, " FOR UPDATE").all(tx).await?;
    let mut lines: HashMap<PersonId, Vec<BundleRow>> = HashMap::new();
    for row in rows {
        lines.entry(row.person_id).or_default().push(row);
    }
    Ok(lines)
}

fn is_told(lines: &[BundleRow], kind: NotificationKind, event: &Event) -> bool {
    let seen = lines.iter().any(|line| line.position() >= event.position);
    seen || (kind.is_once() && !lines.is_empty())
}

/// Who did it, the latest first and each once, and how many they are.
fn join(open: Option<&BundleRow>, actor: Option<PersonId>) -> Result<(Vec<PersonId>, i32)> {
    let (mut actors, mut count) = match open {
        Some(line) => (actors_from_text(&line.actor_ids)?, line.actor_count),
        None => (Vec::new(), 0),
    };
    if let Some(actor) = actor {
        let before = actors.len();
        actors.retain(|known| *known != actor);
        if actors.len() == before {
            count = count.saturating_add(1);
        }
        actors.insert(0, actor);
        actors.truncate(MAX_REMEMBERED);
    }
    Ok((actors, count))
}

fn row(
    id: Value,
    person: PersonId,
    event: &Event,
    notice: &Notice,
    (actors, count): (&[PersonId], i32),
) -> Vec<Value> {
    let mut row = vec![id, person.into()];
    row.extend(common(event, notice, actors, count));
    row
}

/// Values behind id and person, in the order of [`COLUMNS`].
fn common(event: &Event, notice: &Notice, actors: &[PersonId], count: i32) -> Vec<Value> {
    vec![
        notice.kind.as_str().into(),
        notice.bundle.as_str().into(),
        actors_to_text(actors).into(),
        count.into(),
        notice.post.map(|id| id.0).into(),
        notice.reply.map(|id| id.0).into(),
        notice.community.map(|id| id.0).into(),
        notice.dispatch.map(|id| id.0).into(),
        notice.question.map(|id| id.0).into(),
        event.position.transaction.into(),
        event.position.sequence.into(),
        event.occurred_at.into(),
    ]
}

/// Tells all members of a community of a new post, or those of them an announcement is meant for, in one statement; `told` names bundles whose
/// owners have been told of it otherwise.
pub(crate) async fn tell_all(
    tx: &mut Tx,
    event: &Event,
    notice: &Notice,
    (place, levels): (Place, Levels),
    told: &[String],
) -> Result<()> {
    let Some(post) = notice.post else {
        return Ok(());
    };
    let actors: Vec<PersonId> = notice.actor.into_iter().collect();
    let count = i32::try_from(actors.len()).unwrap_or(0);
    let sql = random_key(Sql::new(COLUMNS).push("SELECT "), tx, event);
    let sql = sql
        .push(", m.person_id, ")
        .bind_all(common(event, notice, &actors, count));
    let mut bundles = told.to_vec();
    bundles.push(notice.bundle.clone());
    let sql = wide(sql, place, levels, &bundles).push(" AND ");
    let wish = wish_sql(
        Wish::InApp,
        notice.kind.category(),
        "m.person_id",
        sql.bound(),
    );
    let mut sql = sql.part(wish);
    if let Some(rule) = posts::queries::rule_of(tx, post).await? {
        sql = sql.push(" AND m.person_id IN (");
        let meant = audiences::queries::people_part(&rule, tx.now(), sql.bound());
        sql = sql.part(meant).push(")");
    }
    if sql.run(tx).await? > 0 {
        tx.announce(events::created_many(post, place.community, &notice.bundle));
    }
    Ok(())
}

/// A key for each row: the event's prefix and six random bytes of the database.
fn random_key(sql: Sql, tx: &Tx, event: &Event) -> Sql {
    use sea_orm::ConnectionTrait;
    let prefix = key_prefix(tx.now(), event.position.sequence);
    if tx.get_database_backend() == DbBackend::Postgres {
        let mut bytes = [0; 16];
        bytes[..10].copy_from_slice(&prefix);
        let text: String = Uuid::from_bytes(bytes)
            .to_string()
            .chars()
            .take(24)
            .collect();
        sql.push("CAST(")
            .bind(text)
            .push(" || substr(CAST(gen_random_uuid() AS text), 25) AS uuid)")
    } else {
        sql.push("CAST(")
            .bind(prefix.to_vec())
            .push(" || randomblob(6) AS BLOB)")
    }
}

/// Takes an actor out of a person's unread line; the last one takes the line along.
pub(crate) async fn take_back(
    tx: &mut Tx,
    event: &Event,
    notice: &Notice,
    person: PersonId,
) -> Result<()> {
    let lines = lines_of(tx, notice, &[person]).await?;
    let open = lines
        .get(&person)
        .and_then(|lines| lines.iter().find(|l| l.read_at.is_none()));
    let (Some(line), Some(actor)) = (open, notice.actor) else {
        return Ok(());
    };
    let mut actors = actors_from_text(&line.actor_ids)?;
    let before = actors.len();
    actors.retain(|known| *known != actor);
    if actors.len() == before || line.position() >= event.position {
        return Ok(());
    }
    let sql = if line.actor_count > 1 && !actors.is_empty() {
        let sql = Sql::new("UPDATE notifications SET actor_ids = ").bind(actors_to_text(&actors));
        sql.push(", actor_count = ").bind(line.actor_count - 1)
    } else {
        Sql::new("DELETE FROM notifications")
    };
    sql.push(" WHERE id = ").bind(line.id).run(tx).await?;
    tx.announce(events::removed(line.id, person));
    Ok(())
}
