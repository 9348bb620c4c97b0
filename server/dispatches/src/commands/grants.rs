//! Rights given by hand: dated, with a reason, by network admins, who get none themselves by it.

use kernel::{Error, LineGrantId, Problem, Result, Viewer};
use platform::Database;
use sea_orm::Value;

use super::parse;
use crate::events;
use crate::model::{MAX_GRANT_DAYS, NewGrant};
use crate::table::Sql;

/// Gives a right.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`; `NOT_YOURSELF`; problems of the input.
pub async fn grant_give(
    database: &Database,
    viewer: &Viewer,
    grant: NewGrant,
) -> Result<LineGrantId> {
    viewer.require_network_admin()?;
    let mut problems = Vec::new();
    let reason = parse::line(&grant.reason, 300, "reason", &mut problems);
    let roles: Vec<String> = grant
        .roles
        .iter()
        .map(|role| parse::line(role, 120, "roles", &mut problems))
        .collect();
    if viewer.person_id() == Some(grant.person_id) {
        let text = "Somebody else has to give you this right.";
        problems.push(Problem::new("personId", "NOT_YOURSELF", text));
    }
    let mut tx = database.begin(viewer).await?;
    let latest = tx.now().plus_seconds(MAX_GRANT_DAYS * 86_400);
    if grant.ends_at <= tx.now() || grant.ends_at > latest {
        let text = "Choose an end that is still to come, within two years.";
        problems.push(Problem::new("endsAt", "OUT_OF_RANGE", text));
    }
    let people = identity::queries::people_by_ids(&tx, &[grant.person_id]).await?;
    if !people.iter().any(|person| person.is_active) {
        let text = "This person does not work here.";
        problems.push(Problem::new("personId", "PERSON_NOT_FOUND", text));
    }
    if directory::queries::below(&tx, &[grant.unit_id])
        .await?
        .is_empty()
    {
        let text = "There is no such unit.";
        problems.push(Problem::new("unitId", "UNIT_NOT_FOUND", text));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let id = LineGrantId::at(tx.now());
    let mut sql = Sql::new(
        "INSERT INTO line_grants (id, person_id, unit_id, right_kind, roles, reason, granted_by, \
         starts_at, ends_at, created_at) VALUES ",
    );
    let row: Vec<Value> = vec![
        id.into(),
        grant.person_id.into(),
        grant.unit_id.into(),
        grant.right.as_str().into(),
        serde_json::to_string(&roles)?.into(),
        reason.into(),
        viewer.person_id().into(),
        tx.now().into(),
        grant.ends_at.into(),
        tx.now().into(),
    ];
    sql.bind_rows([row]);
    sql.run(&tx).await?;
    tx.announce(events::grant("line_grant.given", id, grant.person_id));
    tx.commit().await?;
    Ok(id)
}

/// Takes a right back at once. What was sent with it stays.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, `NotFound`.
pub async fn grant_revoke(database: &Database, viewer: &Viewer, id: LineGrantId) -> Result<()> {
    viewer.require_network_admin()?;
    let mut tx = database.begin(viewer).await?;
    let grant = crate::queries::grant(&tx, id).await?;
    if grant.revoked_at.is_some() {
        return tx.rollback().await;
    }
    let mut sql = Sql::new("UPDATE line_grants SET revoked_at = ");
    sql.bind(tx.now()).push(" WHERE id = ").bind(id);
    sql.run(&tx).await?;
    tx.announce(events::grant("line_grant.revoked", id, grant.person_id));
    tx.commit().await
}
