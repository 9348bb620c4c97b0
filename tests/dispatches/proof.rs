//! The frozen roll as evidence.

use dispatches::commands;
use dispatches::model::{GrantRight, NewGrant, ProofEntry};
use dispatches::queries;
use kernel::{DispatchId, OrganisationRole, PageArgs, PersonId, Viewer};
use sea_orm::{ConnectionTrait, Statement};
use testkit::on_both_databases;

use crate::bank::{Bank, place, reason, system, viewer};

async fn audit(bank: &Bank, person: PersonId) {
    let admin = Viewer::person(bank.admin, OrganisationRole::NetworkAdmin, None);
    let grant = NewGrant {
        person_id: person,
        unit_id: bank.board,
        right: GrantRight::Audit,
        roles: Vec::new(),
        reason: "Yearly review".to_owned(),
        ends_at: bank.database().now().plus_seconds(86_400),
    };
    commands::grant_give(bank.database(), &admin, grant)
        .await
        .unwrap();
}

async fn proof(
    bank: &Bank,
    person: PersonId,
    id: DispatchId,
) -> kernel::Result<dispatches::model::Proof> {
    queries::proof(&bank.database().reader(&viewer(person)), id).await
}

/// All lines of a proof, as an export reads them.
async fn roll(bank: &Bank, person: PersonId, id: DispatchId) -> Vec<ProofEntry> {
    let reader = bank.database().reader(&viewer(person));
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let (entries, last) = queries::proof_piece(&reader, id, i32::MAX, after)
            .await
            .unwrap();
        if entries.is_empty() {
            return all;
        }
        all.extend(entries);
        after = last;
    }
}

#[tokio::test]
async fn an_auditor_sees_who_was_obliged_and_who_confirmed_what() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        bank.acknowledge(bank.tellers[0], id, 1).await.unwrap();
        assert_eq!(reason(proof(&bank, bank.chief, id).await), "NOT_FOUND");
        assert_eq!(
            reason(proof(&bank, bank.managers[0], id).await),
            "NAMES_HIDDEN"
        );
        audit(&bank, bank.chief).await;
        let proof = proof(&bank, bank.chief, id).await.unwrap();
        assert!(proof.verified);
        let roll = roll(&bank, bank.chief, id).await;
        assert_eq!((roll.len(), proof.batches.len()), (3, 1));
        assert_eq!((proof.obliged, proof.done), (3, 1));
        let page = PageArgs::forward(2, None).unwrap();
        let reader = bank.database().reader(&viewer(bank.chief));
        let (first, total) = queries::proof_page(&reader, id, &page).await.unwrap();
        assert_eq!((first.items.len(), total), (2, 3));
        let rest = PageArgs::forward(2, Some(first.items[1].0.encode())).unwrap();
        let (rest, _) = queries::proof_page(&reader, id, &rest).await.unwrap();
        let names = first.items.iter().chain(&rest.items);
        let names: Vec<_> = names.map(|(_, entry)| entry.name.as_str()).collect();
        assert_eq!(names, ["Name of t1", "Name of t2en", "Name of t3"]);
        let other = bank.database().reader(&viewer(bank.managers[0]));
        let hidden = queries::proof_page(&other, id, &page);
        assert_eq!(reason(hidden.await), "NAMES_HIDDEN");
        let of = |person: PersonId| {
            let id = person.to_string();
            roll.iter().find(|entry| entry.person == id).unwrap()
        };
        let done = of(bank.tellers[0]);
        assert_eq!(done.receipts[0].version, 1);
        assert_eq!(done.receipts[0].language, "de");
        assert_eq!(done.manager, Some(bank.managers[0].to_string()));
        assert!(of(bank.tellers[2]).receipts.is_empty());
        // Audit is no right to answers.
        let view = bank.see(bank.chief, id).await.unwrap();
        assert!(view.relation.is_auditor && !view.relation.reads_answers());
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn the_roll_stays_as_it_was_whatever_happens_to_the_tree() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        let before = serde_json::to_value(roll(&bank, bank.north, id).await).unwrap();
        let mut tx = system(bank.database()).await;
        place(&mut tx, bank.south_unit, bank.tellers[0], "Adviser", false).await;
        tx.commit().await.unwrap();
        bank.pass_hours(1);
        assert!(proof(&bank, bank.north, id).await.unwrap().verified);
        let after = roll(&bank, bank.north, id).await;
        assert_eq!(serde_json::to_value(after).unwrap(), before);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn a_changed_roll_no_longer_verifies() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        let connection = bank.database().maintenance_connection();
        for forged in [
            "UPDATE dispatch_roll SET role = 'Adviser' WHERE person_id = $1",
            "DELETE FROM dispatch_roll WHERE person_id = $1",
        ] {
            let values = [bank.tellers[0].into()];
            let backend = connection.get_database_backend();
            connection
                .execute_raw(Statement::from_sql_and_values(backend, forged, values))
                .await
                .unwrap();
            assert!(!proof(&bank, bank.north, id).await.unwrap().verified);
        }
        bank.bed
    })
    .await;
}
