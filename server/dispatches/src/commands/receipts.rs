//! What recipients do, and what is noted when somebody looks at it.

use identity::commands::PasswordConfirmed;
use kernel::{DispatchId, Error, PersonId, PersonalLookId, Problem, Result, Viewer};
use platform::{Database, Tx};
use sea_orm::{FromQueryResult, Value};

use crate::events;
use crate::model::LookKind;
use crate::policy::{self, Seen};
use crate::queries;
use crate::table::{Sql, Total, VersionRow};

/// A look is noted once in so many seconds for each viewer and list.
const SAME_LOOK_SECONDS: i64 = 600;

/// How a confirmation was made.
#[derive(Debug)]
pub enum Signature {
    /// By pressing the button.
    Button,
    /// By giving the password again.
    Password(PasswordConfirmed),
}

impl Signature {
    fn as_str(&self) -> &'static str {
        match self {
            Self::Button => "button",
            Self::Password(_) => "password",
        }
    }
}

/// Notes that the viewer has opened a version in a language. Repeating it changes nothing.
///
/// # Errors
/// `NotFound`, `NOT_ADDRESSED`, `WITHDRAWN`; `VERSION_UNKNOWN`.
pub async fn mark_seen(
    database: &Database,
    viewer: &Viewer,
    id: DispatchId,
    version: i32,
    language: &str,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let seen = policy::may_respond(&tx, id).await?;
    text_exists(&tx, id, version, language).await?;
    if !open(&tx, &seen, version, language).await? {
        return tx.rollback().await;
    }
    tx.announce(events::personal(events::SEEN, id, seen.person));
    tx.commit().await
}

/// Confirms that the viewer has read a version in a language. Repeating it changes nothing.
///
/// # Errors
/// As [`mark_seen`]; `NOT_A_MUST_READ`; `TEXT_CHANGED` when another version has to be confirmed;
/// `SIGNATURE_MISSING`; `ANSWERS_WRONG` with which ones.
pub async fn acknowledge(
    database: &Database,
    viewer: &Viewer,
    id: DispatchId,
    version: i32,
    language: &str,
    signature: Signature,
    answers: &[i32],
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let seen = policy::may_respond(&tx, id).await?;
    if !seen.row.is_must_read {
        return Err(Error::Conflict("NOT_A_MUST_READ"));
    }
    text_exists(&tx, id, version, language).await?;
    if version < seen.row.required_version {
        return Err(Error::Conflict("TEXT_CHANGED"));
    }
    let is_signed =
        matches!(&signature, Signature::Password(confirmed) if confirmed.person() == seen.person);
    if seen.row.needs_signature && !is_signed {
        let text = "Give your password to confirm.";
        return Err(Error::invalid("password", "SIGNATURE_MISSING", text));
    }
    answers_right(&tx, id, version, language, answers).await?;
    open(&tx, &seen, version, language).await?;
    let mut sql = Sql::new("UPDATE dispatch_receipts SET acknowledged_at = ");
    sql.bind(tx.now())
        .push(", language = ")
        .bind(language)
        .push(", method = ")
        .bind(signature.as_str())
        .push(" WHERE acknowledged_at IS NULL AND dispatch_id = ")
        .bind(id)
        .push(" AND person_id = ")
        .bind(seen.person)
        .push(" AND version = ")
        .bind(version);
    if sql.run(&tx).await? == 0 {
        return tx.rollback().await;
    }
    let mut sql = Sql::new(
        "UPDATE dispatch_roll SET next_step_at = NULL, next_nudge_at = NULL WHERE dispatch_id = ",
    );
    sql.bind(id).push(" AND person_id = ").bind(seen.person);
    sql.run(&tx).await?;
    tx.announce(events::personal(events::ACKNOWLEDGED, id, seen.person));
    tx.commit().await
}

async fn text_exists(tx: &Tx, id: DispatchId, version: i32, language: &str) -> Result<()> {
    let mut sql = Sql::new("SELECT COUNT(*) AS total FROM dispatch_texts t WHERE t.dispatch_id = ");
    sql.bind(id)
        .push(" AND t.version = ")
        .bind(version)
        .push(" AND t.language = ")
        .bind(language);
    if Total::of(sql.one(tx).await?) == 0 {
        let text = "There is no such version of the text.";
        return Err(Error::invalid("version", "VERSION_UNKNOWN", text));
    }
    Ok(())
}

async fn open(tx: &Tx, seen: &Seen, version: i32, language: &str) -> Result<bool> {
    let mut sql = Sql::new(
        "INSERT INTO dispatch_receipts (dispatch_id, person_id, version, language, seen_at) VALUES ",
    );
    let row: Vec<Value> = vec![
        seen.row.id.into(),
        seen.person.into(),
        version.into(),
        language.into(),
        tx.now().into(),
    ];
    sql.bind_rows([row])
        .push(" ON CONFLICT (dispatch_id, person_id, version) DO NOTHING");
    Ok(sql.run(tx).await? > 0)
}

async fn answers_right(
    tx: &Tx,
    id: DispatchId,
    version: i32,
    language: &str,
    answers: &[i32],
) -> Result<()> {
    let mut sql = Sql::new(
        "SELECT v.number, v.is_material, v.questions, v.created_at FROM dispatch_versions v \
         WHERE v.dispatch_id = ",
    );
    sql.bind(id).push(" AND v.number = ").bind(version);
    let row: Option<VersionRow> = sql.one(tx).await?;
    let questions = row.ok_or(Error::NotFound)?.questions()?;
    let questions = questions.iter().filter(|q| q.language == language);
    let mut problems = Vec::new();
    for (number, question) in questions.enumerate() {
        let given = answers
            .get(number)
            .and_then(|answer| usize::try_from(*answer).ok());
        if given != Some(question.right) {
            let text = "This answer is not right. Look at the text again.";
            let problem = Problem::new("answers", "ANSWERS_WRONG", text);
            problems.push(problem.with("number", number + 1));
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(problems))
    }
}

/// Notes that the viewer looks at names of a dispatch, before they are shown. `person` is who alone is
/// shown, if it is one.
///
/// # Errors
/// `NotFound` for who does not see it, `NAMES_HIDDEN` for who may not see names.
pub async fn note_look(
    database: &Database,
    viewer: &Viewer,
    id: DispatchId,
    what: LookKind,
    person: Option<PersonId>,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let seen = policy::seen(&tx, id).await?;
    if !queries::may_list(&seen.row, seen.relation, what) {
        return Err(Error::Forbidden("NAMES_HIDDEN"));
    }
    let mut sql = Sql::new("SELECT COUNT(*) AS total FROM personal_looks l WHERE l.dispatch_id = ");
    sql.bind(id)
        .push(" AND l.viewer_id = ")
        .bind(seen.person)
        .push(" AND l.what = ")
        .bind(what.as_str())
        .push(" AND l.looked_at > ")
        .bind(tx.now().plus_seconds(-SAME_LOOK_SECONDS));
    if Total::of(sql.one(&tx).await?) > 0 {
        return tx.rollback().await;
    }
    let mut sql = Sql::new(
        "INSERT INTO personal_looks (id, viewer_id, dispatch_id, person_id, what, looked_at) VALUES ",
    );
    let row: Vec<Value> = vec![
        PersonalLookId::at(tx.now()).into(),
        seen.person.into(),
        id.into(),
        person.into(),
        what.as_str().into(),
        tx.now().into(),
    ];
    sql.bind_rows([row]);
    sql.run(&tx).await?;
    tx.announce(events::looked(id, what.as_str()));
    tx.commit().await
}

/// Whether a duty of the person is open; for jobs.
#[derive(FromQueryResult)]
pub(super) struct Acknowledged {
    pub(super) person_id: PersonId,
}

/// Of these people, who has confirmed what is required.
pub(super) async fn acknowledged(
    tx: &Tx,
    id: DispatchId,
    required: i32,
    people: &[PersonId],
) -> Result<Vec<PersonId>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "SELECT DISTINCT x.person_id FROM dispatch_receipts x WHERE x.acknowledged_at IS NOT NULL \
         AND x.dispatch_id = ",
    );
    sql.bind(id)
        .push(" AND x.version >= ")
        .bind(required)
        .push(" AND x.person_id IN (")
        .bind_all(people.iter().copied())
        .push(")");
    let rows: Vec<Acknowledged> = sql.all(tx).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}
