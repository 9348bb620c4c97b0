//! What a rehearsal found, as far as the viewer may see it: lines about an audience or a community are
//! only for whoever may see that one.

use std::collections::{BTreeMap, HashMap};

use audiences::queries as audiences;
use communities::queries as communities;
use identity::queries::Reads;
use kernel::{
    AudienceId, CommunityId, Cursor, OrgUnitId, Page, PageArgs, ReorganisationId, Result, page,
};
use platform::Sql;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::model::{LineView, ReorganisationPart};
use crate::table::{LineRow, TotalRow};

/// How many lines each part has, for the parts that have any.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, database errors.
pub async fn totals<R: Reads>(
    reader: &R,
    id: ReorganisationId,
) -> Result<BTreeMap<ReorganisationPart, i64>> {
    reader.who().require_network_admin()?;
    let mut sql = Sql::new(
        "SELECT l.part, l.hidden_id AS subject_id, COUNT(*) AS total FROM (\
         SELECT part, CASE WHEN part IN ('audience_gained', 'audience_lost', 'community_gained', \
         'community_lost') THEN subject_id END AS hidden_id FROM reorganisation_lines \
         WHERE reorganisation_id = ",
    );
    sql.bind(id).push(") l GROUP BY l.part, l.hidden_id");
    let rows: Vec<TotalRow> = sql.all(reader).await?;
    let mut parts: Vec<(ReorganisationPart, Option<Uuid>, i64)> = Vec::with_capacity(rows.len());
    for row in rows {
        let part = ReorganisationPart::parse(&row.part)?;
        parts.push((part, row.subject_id, row.total));
    }
    let of = |wanted: fn(ReorganisationPart) -> bool| -> Vec<Uuid> {
        let subjects = parts.iter().filter(|(part, ..)| wanted(*part));
        subjects.filter_map(|(_, subject, _)| *subject).collect()
    };
    let mut seen = audience_names(reader, &of(ReorganisationPart::is_of_audiences)).await?;
    seen.extend(community_names(reader, &of(ReorganisationPart::is_of_communities)).await?);
    let mut totals = BTreeMap::new();
    for (part, subject, total) in parts {
        if subject.is_none_or(|subject| seen.contains_key(&subject)) {
            *totals.entry(part).or_default() += total;
        }
    }
    Ok(totals)
}

async fn audience_names<R: Reads>(reader: &R, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let ids: Vec<AudienceId> = ids.iter().copied().map(AudienceId).collect();
    let names = audiences::names(reader, &ids).await?;
    Ok(names.into_iter().map(|(id, name)| (id.0, name)).collect())
}

async fn community_names<R: Reads>(reader: &R, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let ids: Vec<CommunityId> = ids.iter().copied().map(CommunityId).collect();
    let found = communities::by_ids(reader, reader.who(), &ids).await?;
    Ok(found.into_iter().map(|one| (one.id.0, one.name)).collect())
}

#[derive(FromQueryResult)]
struct SubjectRow {
    subject_id: Uuid,
}

#[derive(FromQueryResult)]
struct CountRow {
    total: i64,
}

/// A page of the lines of one part, and how many there are; with `query` only those in which it occurs.
///
/// # Errors
/// `NETWORK_ADMIN_REQUIRED`, `INVALID_CURSOR`, database errors.
pub async fn lines<R: Reads>(
    reader: &R,
    id: ReorganisationId,
    (part, query): (ReorganisationPart, Option<&str>),
    args: &PageArgs,
) -> Result<(Page<LineView>, i64)> {
    reader.who().require_network_admin()?;
    let names = if part.is_of_audiences() || part.is_of_communities() {
        let mut sql = Sql::new(
            "SELECT DISTINCT l.subject_id FROM reorganisation_lines l WHERE l.subject_id IS NOT NULL \
             AND l.reorganisation_id = ",
        );
        sql.bind(id).push(" AND l.part = ").bind(part.as_str());
        let rows: Vec<SubjectRow> = sql.all(reader).await?;
        let ids: Vec<Uuid> = rows.into_iter().map(|row| row.subject_id).collect();
        Some(match part.is_of_audiences() {
            true => audience_names(reader, &ids).await?,
            false => community_names(reader, &ids).await?,
        })
    } else {
        None
    };
    let filter = |sql: &mut Sql| {
        sql.bind(id).push(" AND l.part = ").bind(part.as_str());
        match &names {
            Some(names) if names.is_empty() => {
                sql.push(" AND FALSE");
            }
            Some(names) => {
                sql.push(" AND l.subject_id IN (")
                    .bind_all(names.keys().copied())
                    .push(")");
            }
            None => {}
        }
        let wanted: String = query.unwrap_or_default().trim().to_lowercase();
        let wanted = wanted.replace(['%', '_', '\\'], "");
        if !wanted.is_empty() {
            sql.push(" AND l.search_text LIKE ")
                .bind(format!("%{wanted}%"));
        }
    };
    let mut count = Sql::new(
        "SELECT COUNT(*) AS total FROM reorganisation_lines l WHERE l.reorganisation_id = ",
    );
    filter(&mut count);
    let total: Option<CountRow> = count.one(reader).await?;

    let mut sql = Sql::new(
        "SELECT l.place, l.person_id, l.person_name, l.subject_id, l.text \
         FROM reorganisation_lines l WHERE l.reorganisation_id = ",
    );
    filter(&mut sql);
    if let Some(cursor) = &args.from {
        let [place] = cursor.as_parts::<1>()?;
        let place: i64 = place.parse().map_err(|_| page::invalid_cursor())?;
        sql.push(" AND l.place > ").bind(place);
    }
    sql.push(&format!(" ORDER BY l.place LIMIT {}", args.limit + 1));
    let rows: Vec<LineRow> = sql.all(reader).await?;
    let page = Page::from_rows(rows, args, |row: &LineRow| {
        Cursor::parts(&[&row.place.to_string()])
    });
    let is_of_units = matches!(
        part,
        ReorganisationPart::UnitGained
            | ReorganisationPart::UnitLost
            | ReorganisationPart::LineGained
            | ReorganisationPart::LineLost
    );
    let page = page.map(|row| LineView {
        person_name: row.person_name,
        person_id: row.person_id,
        text: match (&names, row.subject_id) {
            (Some(names), Some(subject)) => names.get(&subject).cloned().unwrap_or_default(),
            _ => row.text,
        },
        unit_id: row.subject_id.filter(|_| is_of_units).map(OrgUnitId),
    });
    Ok((page, total.map_or(0, |row| row.total)))
}
