//! Who may send, see and do what. The right to send comes from the tree or from a dated grant, and
//! is read when it is used; nobody else has it, network admins neither.

use std::collections::{HashMap, HashSet};

use directory::queries::{Below, Placed, UnitHead};
use identity::queries::Reads;
use kernel::{
    AudienceId, ContentState, DispatchId, Error, OrgUnitId, OrganisationRole, PersonId, Result,
    Timestamp, Viewer,
};
use platform::Tx;
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::model::{LineRight, Relation, RightSource, TargetAudience};
use crate::table::{DISPATCH, DispatchRow, GRANT, GrantRow, Sql};

/// Who leads a unit may address everybody below; so may who has a grant for it.
///
/// # Errors
/// Database errors.
pub async fn rights(
    db: &impl ConnectionTrait,
    person: PersonId,
    at: Timestamp,
) -> Result<Vec<LineRight>> {
    let leads = directory::queries::leads(db, person, at).await?;
    let mut rights: Vec<LineRight> = leads
        .into_iter()
        .map(|lead| LineRight {
            unit_id: lead.unit_id,
            source: if lead.is_deputy {
                RightSource::Deputy
            } else {
                RightSource::Head
            },
            grant_id: None,
            roles: Vec::new(),
        })
        .collect();
    for grant in grants(db, person, "send", at).await? {
        rights.push(LineRight {
            unit_id: grant.unit_id,
            source: RightSource::Grant,
            grant_id: Some(grant.id),
            roles: grant.roles()?,
        });
    }
    Ok(rights)
}

async fn grants(
    db: &impl ConnectionTrait,
    person: PersonId,
    right: &str,
    at: Timestamp,
) -> Result<Vec<GrantRow>> {
    let mut sql = Sql::new(format!(
        "SELECT {GRANT} FROM line_grants g WHERE g.revoked_at IS NULL AND g.person_id = "
    ));
    sql.bind(person).push(" AND g.right_kind = ").bind(right);
    sql.push(" AND g.starts_at <= ")
        .bind(at)
        .push(" AND g.ends_at > ")
        .bind(at)
        .push(" ORDER BY g.id");
    sql.all(db).await
}

/// Units whose dispatches the person may audit.
///
/// # Errors
/// Database errors.
pub async fn audited_units(
    db: &impl ConnectionTrait,
    person: PersonId,
    at: Timestamp,
) -> Result<Vec<OrgUnitId>> {
    let grants = grants(db, person, "audit", at).await?;
    let roots: Vec<OrgUnitId> = grants.iter().map(|grant| grant.unit_id).collect();
    let below = directory::queries::below(db, &roots).await?;
    Ok(below.into_iter().map(|unit| unit.id).collect())
}

/// The viewer may send down this line. Proven at the moment of the transaction.
#[derive(Debug)]
pub(crate) struct MaySend {
    pub(crate) right: LineRight,
}

/// Checks the right to address these units and roles over `unit`.
///
/// # Errors
/// `LINE_RIGHT_MISSING`; `UNIT_OUT_OF_REACH` and `ROLE_NOT_GRANTED` as problems of the input.
pub(crate) async fn may_send(
    db: &impl ConnectionTrait,
    sender: PersonId,
    unit: OrgUnitId,
    targets: &[OrgUnitId],
    roles: &[String],
    at: Timestamp,
) -> Result<MaySend> {
    let rights = rights(db, sender, at).await?;
    let of_unit: Vec<LineRight> = rights
        .into_iter()
        .filter(|right| right.unit_id == unit)
        .collect();
    if of_unit.is_empty() {
        return Err(Error::Forbidden("LINE_RIGHT_MISSING"));
    }
    let reach = directory::queries::below(db, &[unit]).await?;
    if targets
        .iter()
        .any(|target| !reach.iter().any(|unit| unit.id == *target))
    {
        let text = "A unit you chose is not below the one you lead.";
        return Err(Error::invalid("targetUnitIds", "UNIT_OUT_OF_REACH", text));
    }
    let covers = |right: &LineRight| {
        right.roles.is_empty()
            || (!roles.is_empty() && roles.iter().all(|role| right.roles.contains(role)))
    };
    match of_unit.into_iter().find(covers) {
        Some(right) => Ok(MaySend { right }),
        None => {
            let text = "Your grant names other roles.";
            Err(Error::invalid("targetRoles", "ROLE_NOT_GRANTED", text))
        }
    }
}

/// A kept audience the viewer may narrow a dispatch to.
///
/// # Errors
/// `AUDIENCE_UNKNOWN` as a problem of the input, also for one the viewer may not see.
pub(crate) async fn audience<R: Reads>(
    db: &R,
    id: Option<AudienceId>,
) -> Result<Option<TargetAudience>> {
    let Some(id) = id else {
        return Ok(None);
    };
    match audiences::queries::saved(db, id).await {
        Ok(saved) => Ok(Some(TargetAudience {
            id,
            name: saved.name,
            rule: saved.rule,
        })),
        Err(Error::NotFound) => {
            let text = "There is no such audience any more.";
            Err(Error::invalid("targetAudienceId", "AUDIENCE_UNKNOWN", text))
        }
        Err(error) => Err(error),
    }
}

/// Whether the sender of a dispatch may still see the members of all communities its audience names: a roll
/// must not tell what their lists would not.
///
/// # Errors
/// `AUDIENCE_HIDDEN` as a problem of the input.
pub(crate) async fn may_narrow<R: Reads>(
    db: &R,
    sender: PersonId,
    audience: &TargetAudience,
) -> Result<()> {
    let viewer = Viewer::person(sender, OrganisationRole::Member, None);
    match audiences::policy::require_visible_to(db, &viewer, &audience.rule).await {
        Err(Error::Invalid(_)) => {
            let text = "The audience names a community whose members you may no longer see.";
            Err(Error::invalid("targetAudienceId", "AUDIENCE_HIDDEN", text))
        }
        other => other,
    }
}

#[derive(FromQueryResult)]
struct RelationRow {
    id: DispatchId,
    is_helper: bool,
    is_recipient: bool,
    has_copy: bool,
}

/// How the viewer stands to one dispatch; nothing holds where he does not see it.
///
/// # Errors
/// Database errors.
pub(crate) async fn relation(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    row: &DispatchRow,
    at: Timestamp,
) -> Result<Relation> {
    let found = relations(db, viewer, std::slice::from_ref(row), at).await?;
    Ok(found.get(&row.id).copied().unwrap_or_default())
}

/// How the viewer stands to each of these dispatches; the number of statements does not grow with them.
///
/// # Errors
/// Database errors.
pub(crate) async fn relations(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    rows: &[DispatchRow],
    at: Timestamp,
) -> Result<HashMap<DispatchId, Relation>> {
    let mut found = HashMap::new();
    let Some(person) = viewer.person_id().filter(|_| viewer.can_read()) else {
        return Ok(found);
    };
    if rows.is_empty() {
        return Ok(found);
    }
    let mut sql = Sql::new("SELECT d.id");
    let place = sql.hold(person);
    for (table, name) in [
        ("dispatch_helpers", "is_helper"),
        ("dispatch_roll", "is_recipient"),
        ("dispatch_copies", "has_copy"),
    ] {
        sql.push(&format!(
            ", EXISTS (SELECT 1 FROM {table} x WHERE x.dispatch_id = d.id AND x.person_id = ${place}) AS {name}"
        ));
    }
    sql.push(" FROM dispatches d WHERE d.id IN (")
        .bind_all(rows.iter().map(|row| row.id))
        .push(")");
    let known: Vec<RelationRow> = sql.all(db).await?;
    let audited = audited_units(db, person, at).await?;
    for row in rows {
        let state = row.state()?;
        let mut relation = Relation {
            is_sender: row.sender_id == person && state != ContentState::Deleted,
            ..Relation::default()
        };
        if let Some(known) = known.iter().find(|known| known.id == row.id)
            && state.is_public_to_audience()
        {
            relation.is_helper = known.is_helper;
            relation.is_recipient = known.is_recipient;
            relation.has_copy = known.has_copy;
            relation.is_auditor = audited.contains(&row.unit_id);
        }
        found.insert(row.id, relation);
    }
    Ok(found)
}

/// A dispatch the viewer sees, locked in the transaction.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) row: DispatchRow,
    pub(crate) relation: Relation,
    pub(crate) person: PersonId,
}

/// Locks a dispatch the viewer sees.
///
/// # Errors
/// `NotFound` for everybody else.
pub(crate) async fn seen(tx: &Tx, id: DispatchId) -> Result<Seen> {
    let person = tx.viewer().person_id().ok_or(Error::Unauthenticated)?;
    let row = locked(tx, id).await?;
    let relation = relation(tx, tx.viewer(), &row, tx.now()).await?;
    if relation.is_any() {
        Ok(Seen {
            row,
            relation,
            person,
        })
    } else {
        Err(Error::NotFound)
    }
}

/// Locks a dispatch for the house's own work.
pub(crate) async fn locked(tx: &Tx, id: DispatchId) -> Result<DispatchRow> {
    let mut sql = Sql::new(format!("SELECT {DISPATCH} FROM dispatches d WHERE d.id = "));
    sql.bind(id).lock(tx, "d");
    sql.one(tx).await?.ok_or(Error::NotFound)
}

/// The sender changes his own dispatch, which is in one of `states`.
///
/// # Errors
/// `NotFound` for everybody who does not see it, `NOT_YOURS` for other viewers, `WRONG_STATE`.
pub(crate) async fn may_change(tx: &Tx, id: DispatchId, states: &[ContentState]) -> Result<Seen> {
    let seen = seen(tx, id).await?;
    if !seen.relation.is_sender {
        return Err(Error::Forbidden("NOT_YOURS"));
    }
    if !states.contains(&seen.row.state()?) {
        return Err(Error::Conflict("WRONG_STATE"));
    }
    Ok(seen)
}

/// A recipient does something about a dispatch that is out.
///
/// # Errors
/// `NotFound`; `NOT_ADDRESSED` for other viewers; `WITHDRAWN`.
pub(crate) async fn may_respond(tx: &Tx, id: DispatchId) -> Result<Seen> {
    let seen = seen(tx, id).await?;
    if !seen.relation.is_recipient {
        return Err(Error::Forbidden("NOT_ADDRESSED"));
    }
    if seen.row.state()? != ContentState::Published {
        return Err(Error::Conflict("WITHDRAWN"));
    }
    Ok(seen)
}

/// The sender's side answers.
///
/// # Errors
/// `NotFound`; `NOT_YOURS` for other viewers.
pub(crate) async fn may_reply(tx: &Tx, id: DispatchId) -> Result<Seen> {
    let seen = seen(tx, id).await?;
    if seen.relation.reads_answers() && seen.row.state()?.is_public_to_audience() {
        Ok(seen)
    } else {
        Err(Error::Forbidden("NOT_YOURS"))
    }
}

/// The units below and above a unit, and who leads them.
pub(crate) struct Line {
    pub(crate) units: Vec<Below>,
    pub(crate) heads: Vec<UnitHead>,
}

impl Line {
    /// Reads the line of a unit at `at`.
    pub(crate) async fn read(
        db: &impl ConnectionTrait,
        unit: OrgUnitId,
        at: Timestamp,
    ) -> Result<Self> {
        let mut units = directory::queries::below(db, &[unit]).await?;
        let above = directory::queries::above(db, &[unit]).await?;
        units.extend(above.into_iter().filter(|above| above.id != unit));
        let ids: Vec<OrgUnitId> = units.iter().map(|unit| unit.id).collect();
        let heads = directory::queries::unit_heads(db, &ids, at).await?;
        Ok(Self { units, heads })
    }

    /// The heads of all units between `top` and the recipients' units, these included and `top` not: they
    /// are passed, and get a copy.
    pub(crate) fn passed(
        &self,
        top: OrgUnitId,
        placed: &[Placed],
        sender: PersonId,
    ) -> Vec<UnitHead> {
        let parents: HashMap<OrgUnitId, Option<OrgUnitId>> = self
            .units
            .iter()
            .map(|unit| (unit.id, unit.parent_id))
            .collect();
        let mut passed: HashSet<OrgUnitId> = HashSet::new();
        for place in placed {
            let mut next = Some(place.unit_id);
            while let Some(unit) = next.filter(|unit| *unit != top && passed.insert(*unit)) {
                next = parents.get(&unit).copied().flatten();
            }
        }
        let is_passed =
            |head: &&UnitHead| passed.contains(&head.unit_id) && head.person_id != sender;
        self.heads.iter().filter(is_passed).copied().collect()
    }
}
