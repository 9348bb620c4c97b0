//! The proof of one dispatch. The look is noted before ([`crate::commands::note_look`]).

use std::collections::HashMap;

use kernel::{DispatchId, Error, PersonId, Result};
use platform::Reader;

use crate::model::{
    LookKind, Proof, ProofBatch, ProofEntry, ProofReceipt, ProofText, ProofVersion, RollEntry,
    moment, name_or_id, verifies,
};
use crate::policy;
use crate::table::{BatchRow, DISPATCH, DispatchRow, ReceiptRow, RollRow, Sql};

/// Who was obliged, who read which version when; and whether the roll is the one that was frozen.
///
/// # Errors
/// `NotFound` for who does not see the dispatch, `NAMES_HIDDEN` for who may not see names.
pub async fn proof(reader: &Reader, id: DispatchId) -> Result<Proof> {
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
    let view = row.view(relation)?;
    let roll = roll(reader, id).await?;
    let batches = batches(reader, id).await?;
    let mut receipts = receipts(reader, id).await?;
    let people: Vec<PersonId> = roll
        .iter()
        .map(|row| row.person_id)
        .chain([row.sender_id])
        .collect();
    let names: HashMap<PersonId, String> = identity::queries::people_by_ids(reader, &people)
        .await?
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect();
    let unit = directory::queries::units(reader, &[row.unit_id]).await?;
    let numbered: Vec<(i32, RollEntry)> = roll
        .iter()
        .map(|row| (row.batch, RollEntry::from(row.clone())))
        .collect();
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
    Ok(Proof {
        format: "loggia-dispatch-proof-1",
        dispatch: id.to_string(),
        sender: name_or_id(names.get(&row.sender_id), row.sender_id),
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
        verified: verifies(id, &batches, &numbered),
        batches,
        roll: roll.into_iter().map(entry).collect(),
    })
}

async fn roll(reader: &Reader, id: DispatchId) -> Result<Vec<RollRow>> {
    let mut sql = Sql::new(
        "SELECT r.person_id, r.unit_id, r.unit_code, r.role, r.manager_id, r.language, r.batch, r.due_at \
         FROM dispatch_roll r WHERE r.dispatch_id = ",
    );
    sql.bind(id).push(" ORDER BY r.person_id");
    sql.all(reader).await
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

async fn receipts(reader: &Reader, id: DispatchId) -> Result<HashMap<PersonId, Vec<ProofReceipt>>> {
    let mut sql = Sql::new(
        "SELECT x.person_id, x.version, x.language, x.seen_at, x.acknowledged_at, x.method \
         FROM dispatch_receipts x WHERE x.dispatch_id = ",
    );
    sql.bind(id).push(" ORDER BY x.person_id, x.version");
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
