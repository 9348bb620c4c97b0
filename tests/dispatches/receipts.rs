//! What is confirmed, and what of it others may know.

use dispatches::commands::{self, Revision, Signature};
use dispatches::model::{LookKind, Progress, RecipientFilter};
use dispatches::queries::{self, Box};
use kernel::{DispatchId, PageArgs, PersonId};
use testkit::on_both_databases;

use crate::bank::{Bank, client_id, question, reason, text, viewer};

async fn revise(bank: &Bank, id: DispatchId, body: &str, is_material: bool) {
    let revision = Revision {
        texts: vec![text("de", "Neue Obergrenze", body)],
        questions: Vec::new(),
        is_material,
    };
    commands::revise(bank.database(), &viewer(bank.north), id, revision)
        .await
        .unwrap();
}

async fn progress(bank: &Bank, person: PersonId, id: DispatchId) -> Option<Progress> {
    let reader = bank.database().reader(&viewer(person));
    let view = bank.see(person, id).await.unwrap();
    queries::progress(&reader, &view).await.unwrap()
}

#[tokio::test]
async fn a_material_change_has_to_be_confirmed_again_a_typo_does_not() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        let teller = bank.tellers[0];
        bank.acknowledge(teller, id, 1).await.unwrap();
        assert_eq!(bank.unread(teller).await, 0);
        revise(&bank, id, "Ab Montag gilt **250 EUR**!", false).await;
        assert_eq!(bank.unread(teller).await, 0);
        assert_eq!(
            progress(&bank, bank.north, id).await.unwrap().acknowledged,
            Some(1)
        );
        revise(&bank, id, "Ab Montag gilt **300 EUR**.", true).await;
        assert_eq!(bank.unread(teller).await, 1);
        assert_eq!(
            progress(&bank, bank.north, id).await.unwrap().acknowledged,
            Some(0)
        );
        assert_eq!(
            reason(bank.acknowledge(teller, id, 2).await),
            "TEXT_CHANGED"
        );
        bank.acknowledge(teller, id, 3).await.unwrap();
        assert!(bank.listed(teller, Box::Open).await.is_empty());
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn an_acknowledgement_names_version_and_language_and_is_given_once() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        let teller = viewer(bank.tellers[0]);
        let database = bank.database();
        let unknown = commands::mark_seen(database, &teller, id, 1, "en").await;
        assert_eq!(reason(unknown), "VERSION_UNKNOWN");
        commands::mark_seen(database, &teller, id, 1, "de")
            .await
            .unwrap();
        bank.pass_hours(1);
        bank.acknowledge(bank.tellers[0], id, 1).await.unwrap();
        let first = duty(&bank, id).await;
        bank.pass_hours(1);
        bank.acknowledge(bank.tellers[0], id, 1).await.unwrap();
        let second = duty(&bank, id).await;
        assert_eq!(first, second);
        assert_eq!(first.acknowledged_version, Some(1));
        assert!(first.seen_at < first.acknowledged_at);
        bank.bed
    })
    .await;
}

async fn duty(bank: &Bank, id: DispatchId) -> dispatches::model::Duty {
    let reader = bank.database().reader(&viewer(bank.tellers[0]));
    queries::duties(&reader, &[id]).await.unwrap()[&id]
}

#[tokio::test]
async fn questions_have_to_be_answered_and_signatures_given() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let mut draft = bank.draft();
        draft.questions = vec![question("de")];
        let id = bank.send(bank.north, draft).await.unwrap();
        let teller = viewer(bank.tellers[0]);
        for wrong in [&[][..], &[0][..], &[-1][..]] {
            let database = bank.database();
            let signature = Signature::Button;
            let refused =
                commands::acknowledge(database, &teller, id, 1, "de", signature, wrong).await;
            assert_eq!(reason(refused), "ANSWERS_WRONG");
        }
        let signature = Signature::Button;
        commands::acknowledge(bank.database(), &teller, id, 1, "de", signature, &[1])
            .await
            .unwrap();

        let mut signed = bank.draft();
        signed.client_id = client_id(2);
        signed.needs_signature = true;
        let id = bank.send(bank.north, signed).await.unwrap();
        assert_eq!(
            reason(bank.acknowledge(bank.tellers[0], id, 1).await),
            "SIGNATURE_MISSING"
        );
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn names_are_for_the_sender_and_each_look_is_shown_to_whom_it_concerns() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        let database = bank.database();
        let note = async |person, what| {
            reason(commands::note_look(database, &viewer(person), id, what, None).await)
        };
        assert_eq!(
            note(bank.managers[0], LookKind::Recipients).await,
            "NAMES_HIDDEN"
        );
        assert_eq!(
            note(bank.tellers[0], LookKind::Recipients).await,
            "NAMES_HIDDEN"
        );
        assert_eq!(note(bank.southern, LookKind::Recipients).await, "NOT_FOUND");
        assert_eq!(note(bank.north, LookKind::Recipients).await, "allowed");
        // Looking again in the same minutes is the same look.
        assert_eq!(note(bank.north, LookKind::Recipients).await, "allowed");
        let page = PageArgs::forward(100, None).unwrap();
        let looks = async |person| {
            let reader = database.reader(&viewer(person));
            let found = queries::looks(&reader, &page).await.unwrap();
            found.items.len()
        };
        assert_eq!(looks(bank.tellers[0]).await, 1);
        assert_eq!(looks(bank.southern).await, 0);
        assert_eq!(looks(bank.north).await, 0);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn managers_see_numbers_and_names_of_the_overdue_in_their_own_unit_only() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        let manager = bank.managers[0];
        bank.acknowledge(bank.tellers[0], id, 1).await.unwrap();
        let own = progress(&bank, manager, id).await.unwrap();
        assert_eq!(own.delivered, 2);
        // Two people are too few to tell a number without telling a name.
        assert_eq!((own.seen, own.acknowledged), (None, None));
        assert_eq!(progress(&bank, bank.tellers[0], id).await, None);

        let reader = bank.database().reader(&viewer(manager));
        let view = bank.see(manager, id).await.unwrap();
        let page = PageArgs::forward(100, None).unwrap();
        let listed = async |filter| queries::recipients(&reader, &view, filter, None, &page).await;
        assert_eq!(reason(listed(RecipientFilter::Open).await), "NAMES_HIDDEN");
        assert_eq!(listed(RecipientFilter::Overdue).await.unwrap().1, 0);
        bank.pass_hours(3 * 24);
        let (overdue, total) = listed(RecipientFilter::Overdue).await.unwrap();
        let names: Vec<_> = overdue
            .items
            .into_iter()
            .map(|(_, row)| row.person_id)
            .collect();
        assert_eq!((names, total), (vec![bank.tellers[1]], 1));
        let foreign = Some(bank.branches[1]);
        let (_, total) =
            queries::recipients(&reader, &view, RecipientFilter::Overdue, foreign, &page)
                .await
                .unwrap();
        assert_eq!(total, 0);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn progress_is_summed_up_the_tree() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        bank.acknowledge(bank.tellers[2], id, 1).await.unwrap();
        let reader = bank.database().reader(&viewer(bank.north));
        let view = bank.see(bank.north, id).await.unwrap();
        let top = queries::unit_progress(&reader, &view, None).await.unwrap();
        assert_eq!(top.len(), 1);
        assert_eq!(
            (top[0].progress.delivered, top[0].progress.acknowledged),
            (3, Some(1))
        );
        let below = queries::unit_progress(&reader, &view, Some(bank.north_unit))
            .await
            .unwrap();
        let numbers: Vec<_> = below
            .iter()
            .map(|row| {
                (
                    row.unit_id,
                    row.progress.delivered,
                    row.progress.acknowledged,
                )
            })
            .collect();
        assert_eq!(
            numbers,
            [
                (bank.branches[0], 2, Some(0)),
                (bank.branches[1], 1, Some(1))
            ]
        );
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_one_stays_readable_and_asks_nothing_any_more() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        commands::withdraw(bank.database(), &viewer(bank.north), id)
            .await
            .unwrap();
        assert_eq!(bank.unread(bank.tellers[0]).await, 0);
        assert_eq!(bank.listed(bank.tellers[0], Box::Received).await, [id]);
        assert_eq!(
            reason(bank.acknowledge(bank.tellers[0], id, 1).await),
            "WITHDRAWN"
        );
        bank.pass_hours(5 * 24);
        assert_eq!(
            dispatches::jobs::take_due(bank.database()).await.unwrap(),
            0
        );
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn helpers_who_may_see_no_names_get_no_numbers_of_small_groups() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let mut draft = bank.draft();
        draft.target_roles = Vec::new();
        draft.helpers = vec![bank.southern];
        let id = bank.send(bank.north, draft).await.unwrap();
        // A manager and three more in the first branch, a manager and one more in the second: six people.
        bank.acknowledge(bank.tellers[0], id, 1).await.unwrap();
        bank.pass_hours(5 * 24);
        let helper = bank.southern;
        let whole = progress(&bank, helper, id).await.unwrap();
        assert_eq!(
            (whole.delivered, whole.acknowledged, whole.overdue),
            (6, Some(1), Some(5))
        );
        let reader = bank.database().reader(&viewer(helper));
        let view = bank.see(helper, id).await.unwrap();
        let parts = queries::unit_progress(&reader, &view, Some(bank.north_unit))
            .await
            .unwrap();
        assert_eq!(parts.len(), 2);
        for part in parts {
            let numbers = part.progress;
            assert_eq!(
                (numbers.seen, numbers.acknowledged, numbers.overdue),
                (None, None, None)
            );
        }
        bank.bed
    })
    .await;
}
