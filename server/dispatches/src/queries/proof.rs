//! The proof of one dispatch. The look is noted before ([`crate::commands::note_look`]).

use std::collections::HashMap;
use std::ops::RangeInclusive;

use kernel::{Cursor, DispatchId, Error, Page, PageArgs, PersonId, Result};
use platform::Reader;

use crate::model::{
    BatchHasher, LookKind, Proof, ProofBatch, ProofEntry, ProofReceipt, ProofText, ProofVersion,
    Relation, RollEntry, moment, name_or_id,
};
use crate::policy;
use crate::table::{BatchRow, DISPATCH, DispatchRow, ReceiptRow, RollRow, Sql, Total};

/// Lines of the roll read at once.
const PIECE: u64 = 2_000;

/// Who may see the proof of a dispatch, and the dispatch.
async fn allowed(reader: &Reader, id: DispatchId) -> Result<(DispatchRow, Relation)> {
    let mut sql = Sql::new(format!("SELECT {DISPATCH} FROM dispatches d WHERE d.id = "));
    sql.bind(id);
    let row: Option<DispatchRow> = sql.one(reader).await?;
    let row = row.ok_or(Error::NotFound)?;
    let relation = policy::relation(reader, reader.viewer(), &row, reader.now()).await?;
    if !relation.is_any() {
        return Err(Error::NotFound);
    }
    if !super::may_list(&row, relation, LookKind::Proof) {
        return Err(Error::Forbidden("NAMES_HIDDEN"));
    }
    Ok((row, relation))
}

/// Who was obliged and which versions there were; and whether the roll is the one that was frozen. The lines of
/// the roll are read by [`proof_piece`] and [`proof_page`].
///
/// # Errors
/// `NotFound` for who does not see the dispatch, `NAMES_HIDDEN` for who may not see names.
pub async fn proof(reader: &Reader, id: DispatchId) -> Result<Proof> {
    let (row, relation) = allowed(reader, id).await?;
    let view = row.view(relation)?;
    let batches = batches(reader, id).await?;
    let sender = identity::queries::people_by_ids(reader, &[row.sender_id]).await?;
    let sender = sender.first().map(|person| &person.name);
    let unit = directory::queries::units(reader, &[row.unit_id]).await?;
    Ok(Proof {
        format: "loggia-dispatch-proof-1",
        dispatch: id.to_string(),
        sender: name_or_id(sender, row.sender_id),
        unit: unit
            .into_iter()
            .next()
            .map(|unit| unit.code)
            .unwrap_or_default(),
        right: view.right_source.as_str(),
        addressed: row.addressed.clone(),
        sent_at: row.sent_at.map(moment),
        made_at: moment(reader.now()),
        required_version: row.required_version,
        versions: versions(reader, &view).await?,
        verified: verifies(reader, id, &batches).await?,
        obliged: batches.iter().map(|batch| batch.added).sum(),
        done: done(reader, &row).await?,
        batches,
    })
}

/// Whether the stored hashes fit the rows of the roll, read piece by piece.
async fn verifies(reader: &Reader, id: DispatchId, batches: &[ProofBatch]) -> Result<bool> {
    let mut before = "";
    let mut counted = 0;
    for batch in batches {
        let mut hasher = BatchHasher::new(id, batch.number, before);
        let mut last = None;
        loop {
            let rows = roll(reader, id, batch.number..=batch.number, last).await?;
            let Some(row) = rows.last() else { break };
            last = Some(row.person_id);
            counted += i64::try_from(rows.len()).unwrap_or(i64::MAX);
            for row in rows {
                hasher.add(&RollEntry::from(row));
            }
        }
        if hasher.finish() != batch.hash {
            return Ok(false);
        }
        before = &batch.hash;
    }
    let mut sql = Sql::new("SELECT COUNT(*) AS total FROM dispatch_roll r WHERE r.dispatch_id = ");
    let newest = batches.last().map_or(0, |batch| batch.number);
    sql.bind(id).push(" AND r.batch <= ").bind(newest);
    Ok(Total::of(sql.one(reader).await?) == counted)
}

async fn done(reader: &Reader, row: &DispatchRow) -> Result<i64> {
    let mut sql = Sql::new(
        "SELECT COUNT(DISTINCT x.person_id) AS total FROM dispatch_receipts x \
         WHERE x.acknowledged_at IS NOT NULL AND x.dispatch_id = ",
    );
    sql.bind(row.id)
        .push(" AND x.version >= ")
        .bind(row.required_version);
    Ok(Total::of(sql.one(reader).await?))
}

/// Lines of the roll behind a person, in the order of the people's ids, as far as the batch `newest`: the next
/// piece of an export. Nothing when it is at its end.
///
/// # Errors
/// As [`proof`].
pub async fn proof_piece(
    reader: &Reader,
    id: DispatchId,
    newest: i32,
    after: Option<PersonId>,
) -> Result<(Vec<ProofEntry>, Option<PersonId>)> {
    allowed(reader, id).await?;
    let rows = roll(reader, id, 1..=newest, after).await?;
    let last = rows.last().map(|row| row.person_id);
    Ok((entries(reader, id, rows).await?, last))
}

/// Lines of the roll in the order of the people's names, and how many they are.
///
/// # Errors
/// As [`proof`]; an invalid cursor.
pub async fn proof_page(
    reader: &Reader,
    id: DispatchId,
    args: &PageArgs,
) -> Result<(Page<ProofEntry>, i64)> {
    allowed(reader, id).await?;
    let mut sql = Sql::new("SELECT COUNT(*) AS total FROM dispatch_roll r WHERE r.dispatch_id = ");
    sql.bind(id);
    let total = Total::of(sql.one(reader).await?);
    let mut sql = Sql::new(format!(
        "SELECT {ROLL} FROM dispatch_roll r JOIN people p ON p.id = r.person_id WHERE r.dispatch_id = "
    ));
    sql.bind(id);
    super::names::behind(&mut sql, args)?;
    let rows: Vec<RollRow> = sql.all(reader).await?;
    let keys: Vec<PersonId> = rows.iter().map(|row| row.person_id).collect();
    let entries = entries(reader, id, rows).await?;
    let page = Page::from_rows(keys.into_iter().zip(entries).collect(), args, |row| {
        let (person, _): &(PersonId, ProofEntry) = row;
        Cursor::key(person.0)
    });
    Ok((page.map(|(_, entry)| entry), total))
}

/// Columns of [`RollRow`], of a table named `r`.
const ROLL: &str =
    "r.person_id, r.unit_id, r.unit_code, r.role, r.manager_id, r.language, r.batch, r.due_at";

/// One piece of these batches, in the order of the people's ids.
async fn roll(
    reader: &Reader,
    id: DispatchId,
    batches: RangeInclusive<i32>,
    after: Option<PersonId>,
) -> Result<Vec<RollRow>> {
    let mut sql = Sql::new(format!(
        "SELECT {ROLL} FROM dispatch_roll r WHERE r.dispatch_id = "
    ));
    sql.bind(id)
        .push(" AND r.batch >= ")
        .bind(*batches.start())
        .push(" AND r.batch <= ")
        .bind(*batches.end());
    if let Some(after) = after {
        sql.push(" AND r.person_id > ").bind(after);
    }
    sql.push(&format!(" ORDER BY r.person_id LIMIT {PIECE}"));
    sql.all(reader).await
}

/// Lines as the proof shows them: with names, and what each has opened and confirmed.
async fn entries(reader: &Reader, id: DispatchId, rows: Vec<RollRow>) -> Result<Vec<ProofEntry>> {
    let people: Vec<PersonId> = rows.iter().map(|row| row.person_id).collect();
    let names: HashMap<PersonId, String> = identity::queries::people_by_ids(reader, &people)
        .await?
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect();
    let mut receipts = receipts(reader, id, &people).await?;
    let entry = |row: RollRow| {
        let (person, batch, due) = (row.person_id, row.batch, row.due_at);
        let frozen = RollEntry::from(row);
        ProofEntry {
            person: person.to_string(),
            name: name_or_id(names.get(&person), person),
            unit: frozen.unit_id.to_string(),
            unit_code: frozen.unit_code,
            role: frozen.role,
            manager: frozen.manager_id.map(|manager| manager.to_string()),
            language: frozen.language,
            batch,
            due_at: due.map(moment),
            receipts: receipts.remove(&person).unwrap_or_default(),
        }
    };
    Ok(rows.into_iter().map(entry).collect())
}

async fn batches(reader: &Reader, id: DispatchId) -> Result<Vec<ProofBatch>> {
    let mut sql = Sql::new(
        "SELECT b.number, b.reason, b.added, b.hash, b.added_at FROM dispatch_batches b \
         WHERE b.dispatch_id = ",
    );
    sql.bind(id).push(" ORDER BY b.number");
    let rows: Vec<BatchRow> = sql.all(reader).await?;
    Ok(rows
        .into_iter()
        .map(|row| ProofBatch {
            number: row.number,
            reason: row.reason,
            added: row.added,
            added_at: moment(row.added_at),
            hash: row.hash,
        })
        .collect())
}

async fn receipts(
    reader: &Reader,
    id: DispatchId,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Vec<ProofReceipt>>> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(
        "SELECT x.person_id, x.version, x.language, x.seen_at, x.acknowledged_at, x.method \
         FROM dispatch_receipts x WHERE x.dispatch_id = ",
    );
    sql.bind(id)
        .push(" AND x.person_id IN (")
        .bind_all(people.iter().copied())
        .push(") ORDER BY x.person_id, x.version");
    let rows: Vec<ReceiptRow> = sql.all(reader).await?;
    let mut found: HashMap<PersonId, Vec<ProofReceipt>> = HashMap::new();
    for row in rows {
        found.entry(row.person_id).or_default().push(ProofReceipt {
            version: row.version,
            language: row.language,
            seen_at: moment(row.seen_at),
            acknowledged_at: row.acknowledged_at.map(moment),
            method: row.method,
        });
    }
    Ok(found)
}

async fn versions(
    reader: &Reader,
    dispatch: &crate::model::DispatchView,
) -> Result<Vec<ProofVersion>> {
    let texts = super::texts(reader, &[dispatch.id]).await?;
    let texts = texts
        .get(&dispatch.id)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let versions = super::versions(reader, dispatch).await?;
    Ok(versions
        .into_iter()
        .map(|version| ProofVersion {
            number: version.number,
            is_material: version.is_material,
            made_at: moment(version.made_at),
            texts: texts
                .iter()
                .filter(|text| text.version == version.number)
                .map(|text| ProofText {
                    language: text.language.clone(),
                    title: text.title.clone(),
                    source: text.source.clone(),
                    hash: text.hash.clone(),
                })
                .collect(),
        })
        .collect())
}
