//! The frozen roll as evidence.

use dispatches::commands;
use dispatches::model::{GrantRight, NewGrant};
use dispatches::queries;
use kernel::{DispatchId, OrganisationRole, PersonId, Viewer};
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
        assert_eq!((proof.roll.len(), proof.batches.len()), (3, 1));
        let of = |person: PersonId| {
            let id = person.to_string();
            proof.roll.iter().find(|entry| entry.person == id).unwrap()
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
        let before =
            serde_json::to_value(proof(&bank, bank.north, id).await.unwrap().roll).unwrap();
        let mut tx = system(bank.database()).await;
        place(&mut tx, bank.south_unit, bank.tellers[0], "Adviser", false).await;
        tx.commit().await.unwrap();
        bank.pass_hours(1);
        let after = proof(&bank, bank.north, id).await.unwrap();
        assert!(after.verified);
        assert_eq!(serde_json::to_value(after.roll).unwrap(), before);
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
