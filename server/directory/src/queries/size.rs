//! How large units are, and what stands directly below them page by page.

use kernel::{Cursor, OrgUnitId, Page, PageArgs, Result};
use platform::{Reader, Sql};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::reach::held;
use super::{require_somebody, unit_of, units};
use crate::model::{MAX_DEPTH, OrgUnit};
use crate::table::org_units;

/// A number that belongs to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct UnitNumber {
    /// The unit.
    pub unit_id: OrgUnitId,
    /// The number.
    pub number: i64,
}

/// How many units stand directly below each of these; those with none are missing.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn child_counts(reader: &Reader, parents: &[OrgUnitId]) -> Result<Vec<UnitNumber>> {
    require_somebody(reader)?;
    let mut sql = Sql::new(
        "SELECT u.parent_id AS unit_id, COUNT(*) AS number FROM org_units u WHERE u.parent_id IN (",
    );
    sql.bind_all(parents.iter().copied())
        .push(") GROUP BY u.parent_id");
    sql.all(reader).await
}

/// How many people who are here have a place in each of these units or below, each person once; units with nobody are
/// missing.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn people_counts(reader: &Reader, roots: &[OrgUnitId]) -> Result<Vec<UnitNumber>> {
    require_somebody(reader)?;
    let mut sql = Sql::new(
        "WITH RECURSIVE reach (root, id, depth) AS (SELECT u.id, u.id, 0 FROM org_units u WHERE u.id IN (",
    );
    sql.bind_all(roots.iter().copied())
        .push(") UNION SELECT reach.root, u.id, reach.depth + 1 FROM org_units u ")
        .push(&format!(
            "JOIN reach ON u.parent_id = reach.id WHERE reach.depth < {MAX_DEPTH}) "
        ))
        .push("SELECT reach.root AS unit_id, COUNT(DISTINCT held.person_id) AS number FROM reach JOIN ");
    held(&mut sql, reader.now());
    sql.push(" held ON held.unit_id = reach.id GROUP BY reach.root");
    sql.all(reader).await
}

/// A page of the units directly below one, by name, and how many there are.
///
/// # Errors
/// `Unauthenticated` for nobody, an invalid cursor, database errors.
pub async fn children_page(
    reader: &Reader,
    parent: OrgUnitId,
    args: &PageArgs,
) -> Result<(Page<OrgUnit>, i64)> {
    require_somebody(reader)?;
    let all = org_units::Entity::find().filter(org_units::Column::ParentId.eq(parent));
    let total = all.clone().count(reader).await?;
    let mut page = all
        .order_by_asc(org_units::Column::Name)
        .order_by_asc(org_units::Column::Id)
        .limit(args.limit + 1);
    if let Some(after) = args.from_key()? {
        let last = units(reader, &[OrgUnitId(after)]).await?.pop();
        let last = last.ok_or_else(kernel::page::invalid_cursor)?;
        let same_name = Condition::all()
            .add(org_units::Column::Name.eq(last.name.clone()))
            .add(org_units::Column::Id.gt(last.id));
        let behind = Condition::any()
            .add(org_units::Column::Name.gt(last.name))
            .add(same_name);
        page = page.filter(behind);
    }
    let rows: Result<Vec<OrgUnit>> = page.all(reader).await?.into_iter().map(unit_of).collect();
    Ok((
        Page::from_rows(rows?, args, |unit: &OrgUnit| Cursor::key(unit.id.0)),
        i64::try_from(total).unwrap_or(i64::MAX),
    ))
}
