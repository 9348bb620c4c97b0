//! Writing a dispatch before it is sent. What is kept on the way may lack anything; what is sent may not
//! ([`require_finished`]).

use kernel::{ContentState, DispatchId, Error, Problem, Result, Viewer};
use platform::{Database, Tx};
use sea_orm::{FromQueryResult, Value};

use super::parse;
use crate::events;
use crate::model::{
    DraftInput, MAX_HELPERS, MAX_JOINER_DAYS, MAX_TARGETS, MAX_WORKING_HOURS, NewText,
    TargetAudience, Texts,
};
use crate::policy;
use crate::table::{DispatchRow, Sql, TEXT, TextRow, VersionRow, client_id};

#[derive(FromQueryResult)]
struct Known {
    id: DispatchId,
}

/// Begins a draft, or changes the one with the same client id.
///
/// # Errors
/// `LINE_RIGHT_MISSING`, all problems of the input, `AUDIENCE_UNKNOWN` as one of them, `WRONG_STATE` once it was sent.
pub async fn save(database: &Database, viewer: &Viewer, input: DraftInput) -> Result<DispatchId> {
    let person = viewer.require_person()?;
    let client = client_id(&input.client_id)?;
    let mut problems = settings(&input);
    let texts = parse::texts(1, &input.language, &input.texts);
    let mut questions = input.questions.clone();
    let texts = match texts {
        Ok(texts) => texts,
        Err(Error::Invalid(_)) if input.is_unfinished => {
            parse::unfinished(1, &input.texts, &mut questions, &mut problems)
        }
        Err(Error::Invalid(more)) => {
            problems.extend(more);
            Vec::new()
        }
        Err(error) => return Err(error),
    };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let questions = match parse::questions(&questions, &texts) {
        Err(Error::Invalid(_)) if input.is_unfinished => {
            parse::unfinished_questions(&questions, &texts)
        }
        questions => questions?,
    };
    let mut tx = database.begin(viewer).await?;
    let may = policy::may_send(
        &tx,
        person,
        input.unit_id,
        &input.target_units,
        &input.target_roles,
        tx.now(),
    )
    .await?;
    let audience = policy::audience(&tx, input.audience).await?;
    helpers_exist(&tx, &input).await?;

    let mut sql = Sql::new("SELECT d.id FROM dispatches d WHERE d.sender_id = ");
    sql.bind(person).push(" AND d.client_id = ").bind(client);
    let known: Option<Known> = sql.one(&tx).await?;
    let id = match &known {
        Some(known) => {
            // What will be sent by itself is never left half written.
            let states = [ContentState::Draft, ContentState::Scheduled];
            let states = &states[..if input.is_unfinished { 1 } else { 2 }];
            policy::may_change(&tx, known.id, states).await?;
            known.id
        }
        None => DispatchId::at(tx.now()),
    };
    let mut fields = fields(&input, &may.right)?;
    fields.extend(audience_fields(audience)?);
    if known.is_some() {
        let mut sql = Sql::new("UPDATE dispatches SET updated_at = ");
        sql.bind(tx.now());
        for (name, value) in fields {
            sql.push(&format!(", {name} = ")).bind(value);
        }
        sql.push(" WHERE id = ").bind(id);
        sql.run(&tx).await?;
    } else {
        insert(&tx, id, client, fields).await?;
    }
    store_helpers(&tx, id, &input).await?;
    parse::store_version(&tx, id, 1, true, &texts, &questions).await?;
    tx.announce(events::personal("dispatch.saved", id, person));
    tx.commit().await?;
    Ok(id)
}

/// What is wrong with everything but the texts.
fn settings(input: &DraftInput) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut refuse = |field, code, text: String| problems.push(Problem::new(field, code, text));
    if input.target_units.len() > MAX_TARGETS {
        let text = format!("Choose at most {MAX_TARGETS} units.");
        refuse("targetUnitIds", "TOO_MANY", text);
    }
    if input.target_roles.len() > MAX_TARGETS {
        let text = format!("Choose at most {MAX_TARGETS} roles.");
        refuse("targetRoles", "TOO_MANY", text);
    }
    if input.helpers.len() > MAX_HELPERS {
        let text = format!("Name at most {MAX_HELPERS} helpers.");
        refuse("helperIds", "TOO_MANY", text);
    }
    if !(0..=MAX_JOINER_DAYS).contains(&input.joiner_days) && !input.is_unfinished {
        let text = format!("Add people for 0 to {MAX_JOINER_DAYS} days.");
        refuse("joinerDays", "OUT_OF_RANGE", text);
    }
    match input.working_hours {
        Some(hours) if !(1..=MAX_WORKING_HOURS).contains(&hours) && !input.is_unfinished => {
            let text = format!("Give 1 to {MAX_WORKING_HOURS} working hours.");
            refuse("workingHours", "OUT_OF_RANGE", text);
        }
        None if input.is_must_read && !input.is_unfinished => {
            let text = "Say in how many working hours it is to be confirmed.".to_owned();
            refuse("workingHours", "DEADLINE_MISSING", text);
        }
        _ => {}
    }
    let needs_more = input.needs_signature || !input.questions.is_empty();
    if !input.is_must_read && needs_more && !input.is_unfinished {
        let text = "Only what must be confirmed can be signed or asked about.".to_owned();
        refuse("isMustRead", "NOT_A_MUST_READ", text);
    }
    problems
}

type Field = (&'static str, Value);

fn fields(input: &DraftInput, right: &crate::model::LineRight) -> Result<Vec<Field>> {
    let hours = input.working_hours.filter(|_| input.is_must_read);
    Ok(vec![
        ("unit_id", input.unit_id.into()),
        ("right_source", right.source.as_str().into()),
        ("grant_id", right.grant_id.into()),
        (
            "target_units",
            serde_json::to_string(&input.target_units)?.into(),
        ),
        (
            "target_roles",
            serde_json::to_string(&input.target_roles)?.into(),
        ),
        ("language", input.language.as_str().into()),
        ("is_must_read", input.is_must_read.into()),
        ("needs_signature", input.needs_signature.into()),
        ("is_urgent", (input.is_urgent && input.is_must_read).into()),
        ("takes_answers", input.takes_answers.into()),
        ("working_hours", hours.into()),
        ("joiner_days", input.joiner_days.into()),
    ])
}

fn audience_fields(audience: Option<TargetAudience>) -> Result<[Field; 3]> {
    let rule = audience.as_ref().map(|audience| audience.rule.to_text());
    let rule: Option<String> = rule.transpose()?;
    let (id, name) = audience
        .map(|audience| (audience.id, audience.name))
        .unzip();
    Ok([
        ("audience_id", id.into()),
        ("audience_name", name.into()),
        ("audience_rule", rule.into()),
    ])
}

async fn insert(tx: &Tx, id: DispatchId, client: uuid::Uuid, fields: Vec<Field>) -> Result<()> {
    let person = tx.viewer().require_person()?;
    let fixed: Vec<Field> = vec![
        ("id", id.into()),
        ("state", ContentState::Draft.as_str().into()),
        ("sender_id", person.into()),
        ("addressed", "".into()),
        ("version", 1.into()),
        ("required_version", 1.into()),
        ("recipient_count", 0_i64.into()),
        ("client_id", client.into()),
        ("created_at", tx.now().into()),
        ("updated_at", tx.now().into()),
    ];
    let (names, values): (Vec<_>, Vec<_>) = fixed.into_iter().chain(fields).unzip();
    let mut sql = Sql::new(format!(
        "INSERT INTO dispatches ({}) VALUES ",
        names.join(", ")
    ));
    sql.bind_rows([values]);
    sql.run(tx).await?;
    Ok(())
}

async fn helpers_exist(tx: &Tx, input: &DraftInput) -> Result<()> {
    let found = identity::queries::people_by_ids(tx, &input.helpers).await?;
    let there = |id| {
        found
            .iter()
            .any(|person| person.id == id && person.is_active)
    };
    if input.helpers.iter().all(|id| there(*id)) {
        return Ok(());
    }
    let text = "Somebody you chose as a helper does not work here.";
    Err(Error::invalid("helperIds", "PERSON_NOT_FOUND", text))
}

async fn store_helpers(tx: &Tx, id: DispatchId, input: &DraftInput) -> Result<()> {
    let mut sql = Sql::new("DELETE FROM dispatch_helpers WHERE dispatch_id = ");
    sql.bind(id);
    sql.run(tx).await?;
    let mut helpers = input.helpers.clone();
    helpers.sort();
    helpers.dedup();
    if helpers.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("INSERT INTO dispatch_helpers (dispatch_id, person_id) VALUES ");
    sql.bind_rows(
        helpers
            .into_iter()
            .map(|helper| vec![id.into(), helper.into()]),
    );
    sql.run(tx).await?;
    Ok(())
}

/// Ends with all problems of a draft that was kept on the way and is not ready to be sent.
///
/// # Errors
/// As saving one that is finished.
pub(super) async fn require_finished(tx: &Tx, row: &DispatchRow) -> Result<()> {
    let mut sql = Sql::new(format!(
        "SELECT {TEXT} FROM dispatch_texts t WHERE t.dispatch_id = "
    ));
    sql.bind(row.id).push(" ORDER BY t.language");
    let texts: Vec<TextRow> = sql.all(tx).await?;
    let texts: Vec<NewText> = texts
        .into_iter()
        .map(|text| {
            let text = Texts::from(text);
            NewText {
                language: text.language,
                title: text.title,
                body: text.source,
                talking_points: text.talking_points,
            }
        })
        .collect();
    let texts = parse::texts(row.version, &row.language, &texts)?;
    let mut sql = Sql::new(
        "SELECT v.number, v.is_material, v.questions, v.created_at FROM dispatch_versions v \
         WHERE v.dispatch_id = ",
    );
    sql.bind(row.id).push(" AND v.number = ").bind(row.version);
    let version: Option<VersionRow> = sql.one(tx).await?;
    let questions = version.ok_or(Error::NotFound)?.questions()?;
    parse::questions(&questions, &texts)?;
    let mut problems = Vec::new();
    let hours = row.working_hours.unwrap_or_default();
    if row.is_must_read && !(1..=MAX_WORKING_HOURS).contains(&hours) {
        let text = format!("Give 1 to {MAX_WORKING_HOURS} working hours.");
        problems.push(Problem::new("workingHours", "OUT_OF_RANGE", text));
    }
    if !row.is_must_read && (row.needs_signature || !questions.is_empty()) {
        let text = "Only what must be confirmed can be signed or asked about.";
        problems.push(Problem::new("isMustRead", "NOT_A_MUST_READ", text));
    }
    if !(0..=MAX_JOINER_DAYS).contains(&row.joiner_days) {
        let text = format!("Add people for 0 to {MAX_JOINER_DAYS} days.");
        problems.push(Problem::new("joinerDays", "OUT_OF_RANGE", text));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(problems))
    }
}

/// Throws a draft away.
///
/// # Errors
/// `NotFound`, `NOT_YOURS`, `WRONG_STATE` once it was sent.
pub async fn delete_draft(database: &Database, viewer: &Viewer, id: DispatchId) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let states = [ContentState::Draft, ContentState::Scheduled];
    let seen = policy::may_change(&tx, id, &states).await?;
    let mut sql = Sql::new("UPDATE dispatches SET state = ");
    sql.bind(ContentState::Deleted.as_str())
        .push(", updated_at = ")
        .bind(tx.now())
        .push(" WHERE id = ")
        .bind(id);
    sql.run(&tx).await?;
    tx.announce(events::personal("dispatch.deleted", id, seen.person));
    tx.commit().await
}
