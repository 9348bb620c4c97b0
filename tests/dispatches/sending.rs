//! Who may send, and who gets it.

use dispatches::commands;
use dispatches::model::{GrantRight, NewGrant, RightSource};
use dispatches::queries::{self, Box};
use kernel::{ContentState, OrganisationRole, Viewer};
use testkit::on_both_databases;

use crate::bank::{Bank, client_id, person, place, reason, system, text, viewer};

#[tokio::test]
async fn all_tellers_below_get_it_and_nobody_else_sees_it() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        for teller in bank.tellers {
            assert_eq!(bank.listed(teller, Box::Received).await, [id]);
            assert_eq!(bank.unread(teller).await, 1);
            assert!(bank.see(teller, id).await.unwrap().relation.is_recipient);
        }
        for other in [
            bank.adviser,
            bank.southern,
            bank.south,
            bank.chief,
            bank.admin,
        ] {
            assert_eq!(reason(bank.see(other, id).await), "NOT_FOUND");
            assert!(bank.listed(other, Box::Received).await.is_empty());
        }
        let sent = bank.see(bank.north, id).await.unwrap();
        assert_eq!(sent.recipient_count, 3);
        assert_eq!(sent.right_source, RightSource::Head);
        assert!(!sent.relation.is_recipient);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn skipped_managers_get_a_copy_at_the_same_moment_and_cannot_change_a_thing() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let mut draft = bank.draft();
        draft.texts[0].talking_points = "Erklärt die Grenze am Schalter.".to_owned();
        let id = bank.send(bank.north, draft).await.unwrap();
        for manager in bank.managers {
            assert_eq!(bank.listed(manager, Box::Copied).await, [id]);
            assert!(bank.listed(manager, Box::Received).await.is_empty());
            let view = bank.see(manager, id).await.unwrap();
            assert!(view.relation.has_copy && !view.relation.reads_answers());
            let withdrawn = commands::withdraw(bank.database(), &viewer(manager), id).await;
            assert_eq!(reason(withdrawn), "NOT_YOURS");
            assert_eq!(
                reason(bank.acknowledge(manager, id, 1).await),
                "NOT_ADDRESSED"
            );
        }
        // The right is used over the district; who leads above it is not passed.
        assert!(bank.listed(bank.chief, Box::Copied).await.is_empty());
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn the_right_comes_from_the_tree_alone() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        for other in [bank.tellers[0], bank.managers[0], bank.south, bank.chief] {
            assert_eq!(
                reason(bank.save(other, bank.draft()).await),
                "LINE_RIGHT_MISSING"
            );
        }
        let admin = Viewer::person(bank.admin, OrganisationRole::NetworkAdmin, None);
        let saved = commands::save(bank.database(), &admin, bank.draft()).await;
        assert_eq!(reason(saved), "LINE_RIGHT_MISSING");
        let mut beyond = bank.draft();
        beyond.target_units = vec![bank.south_unit];
        assert_eq!(
            reason(bank.save(bank.north, beyond).await),
            "UNIT_OUT_OF_REACH"
        );
        // From the top everybody is in reach, whatever lies in between.
        let mut whole = bank.draft();
        whole.unit_id = bank.board;
        let id = bank.send(bank.chief, whole).await.unwrap();
        assert_eq!(bank.see(bank.chief, id).await.unwrap().recipient_count, 4);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn the_right_is_read_again_when_it_is_used() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.save(bank.north, bank.draft()).await.unwrap();
        let house = Viewer::system("test");
        identity::commands::person_set_active(bank.database(), &house, bank.north, false)
            .await
            .unwrap();
        let sent = commands::send(bank.database(), &viewer(bank.north), id).await;
        assert_eq!(reason(sent), "LINE_RIGHT_MISSING");
        assert!(bank.listed(bank.tellers[0], Box::Received).await.is_empty());
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn a_stand_in_may_send_for_a_time_and_then_no_longer() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let database = bank.database();
        let ends_at = database.now().plus_seconds(3600);
        let (unit, adviser) = (bank.north_unit, bank.adviser);
        let teller = viewer(bank.tellers[0]);
        let by_teller =
            directory::commands::stand_in_name(database, &teller, unit, adviser, None, ends_at);
        assert_eq!(reason(by_teller.await), "NOT_YOUR_UNIT");
        directory::commands::stand_in_name(
            database,
            &viewer(bank.north),
            unit,
            adviser,
            None,
            ends_at,
        )
        .await
        .unwrap();
        let id = bank.send(adviser, bank.draft()).await.unwrap();
        let view = bank.see(adviser, id).await.unwrap();
        assert_eq!(view.right_source, RightSource::Deputy);
        // Who stands in names nobody else.
        let deputy = viewer(adviser);
        let named = directory::commands::stand_in_name(
            database,
            &deputy,
            unit,
            bank.southern,
            None,
            ends_at,
        );
        assert_eq!(reason(named.await), "NOT_YOUR_UNIT");
        bank.pass_hours(2);
        let mut again = bank.draft();
        again.client_id = client_id(2);
        assert_eq!(
            reason(bank.save(adviser, again).await),
            "LINE_RIGHT_MISSING"
        );
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn a_grant_is_dated_and_good_for_its_roles_only() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let database = bank.database();
        let admin = Viewer::person(bank.admin, OrganisationRole::NetworkAdmin, None);
        let grant = |person| NewGrant {
            person_id: person,
            unit_id: bank.north_unit,
            right: GrantRight::Send,
            roles: vec!["Adviser".to_owned()],
            reason: "Product launch".to_owned(),
            ends_at: database.now().plus_seconds(86_400),
        };
        let member = viewer(bank.chief);
        let by_member = commands::grant_give(database, &member, grant(bank.south));
        assert_eq!(reason(by_member.await), "NETWORK_ADMIN_REQUIRED");
        let to_oneself = commands::grant_give(database, &admin, grant(bank.admin)).await;
        assert_eq!(reason(to_oneself), "NOT_YOURSELF");
        let given = commands::grant_give(database, &admin, grant(bank.south))
            .await
            .unwrap();
        assert_eq!(
            reason(bank.save(bank.south, bank.draft()).await),
            "ROLE_NOT_GRANTED"
        );
        let mut everybody = bank.draft();
        everybody.target_roles.clear();
        assert_eq!(
            reason(bank.save(bank.south, everybody).await),
            "ROLE_NOT_GRANTED"
        );
        let mut advisers = bank.draft();
        advisers.target_roles = vec!["Adviser".to_owned()];
        let id = bank.send(bank.south, advisers.clone()).await.unwrap();
        assert_eq!(
            bank.see(bank.south, id).await.unwrap().right_source,
            RightSource::Grant
        );
        commands::grant_revoke(database, &admin, given)
            .await
            .unwrap();
        advisers.client_id = client_id(2);
        assert_eq!(
            reason(bank.save(bank.south, advisers).await),
            "LINE_RIGHT_MISSING"
        );
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn a_scheduled_one_is_sent_once_by_whichever_node_comes_first() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.save(bank.north, bank.draft()).await.unwrap();
        let at = bank.database().now().plus_seconds(600);
        let sender = viewer(bank.north);
        commands::schedule(bank.database(), &sender, id, Some(at))
            .await
            .unwrap();
        assert_eq!(commands::send_scheduled(bank.database()).await.unwrap(), 0);
        bank.bed.clock.advance_seconds(601);
        let (a, b) = tokio::join!(
            commands::send_scheduled(bank.database()),
            commands::send_scheduled(bank.database())
        );
        assert_eq!(a.unwrap() + b.unwrap(), 1);
        let view = bank.see(bank.north, id).await.unwrap();
        assert_eq!(
            (view.state, view.recipient_count),
            (ContentState::Published, 3)
        );
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn one_scheduled_by_somebody_who_lost_the_right_goes_back_to_the_drafts() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let database = bank.database();
        let unit = bank.north_unit;
        let ends_at = database.now().plus_seconds(300);
        let (head, adviser) = (viewer(bank.north), bank.adviser);
        directory::commands::stand_in_name(database, &head, unit, adviser, None, ends_at)
            .await
            .unwrap();
        let id = bank.save(adviser, bank.draft()).await.unwrap();
        let at = database.now().plus_seconds(600);
        commands::schedule(database, &viewer(adviser), id, Some(at))
            .await
            .unwrap();
        bank.bed.clock.advance_seconds(601);
        assert_eq!(commands::send_scheduled(database).await.unwrap(), 0);
        assert_eq!(
            bank.see(adviser, id).await.unwrap().state,
            ContentState::Draft
        );
        assert!(bank.listed(bank.tellers[0], Box::Received).await.is_empty());
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn people_who_join_in_time_are_added_by_rule_and_marked() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let mut draft = bank.draft();
        draft.joiner_days = 3;
        let id = bank.send(bank.north, draft).await.unwrap();
        assert_eq!(commands::join_due(bank.database()).await.unwrap(), 0);
        let newcomer = hire(&bank, "newcomer").await;
        assert_eq!(commands::join_due(bank.database()).await.unwrap(), 1);
        assert_eq!(commands::join_due(bank.database()).await.unwrap(), 0);
        assert_eq!(bank.listed(newcomer, Box::Open).await, [id]);
        bank.pass_hours(4 * 24);
        let late = hire(&bank, "late").await;
        assert_eq!(commands::join_due(bank.database()).await.unwrap(), 0);
        assert_eq!(reason(bank.see(late, id).await), "NOT_FOUND");
        bank.bed
    })
    .await;
}

async fn hire(bank: &Bank, handle: &str) -> kernel::PersonId {
    let mut tx = system(bank.database()).await;
    let id = person(&mut tx, handle).await;
    place(&mut tx, bank.branches[1], id, "Teller", false).await;
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_preview_counts_what_sending_then_reaches() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let reader = bank.database().reader(&viewer(bank.north));
        let roles = ["Teller".to_owned()];
        let unit = bank.north_unit;
        let preview = queries::preview(&reader, unit, &[], &roles, None)
            .await
            .unwrap();
        assert_eq!((preview.recipient_count, preview.copy_count), (3, 2));
        assert_eq!(
            preview.units,
            [(bank.branches[0], 2), (bank.branches[1], 1)]
        );
        let other = bank.database().reader(&viewer(bank.tellers[0]));
        let refused = queries::preview(&other, unit, &[], &roles, None).await;
        assert_eq!(reason(refused), "LINE_RIGHT_MISSING");
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_draft_is_said_and_nothing_is_stored() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let mut draft = bank.draft();
        draft.texts = vec![text("en", "Limit", "250")];
        assert_eq!(reason(bank.save(bank.north, draft).await), "TEXT_MISSING");
        let mut draft = bank.draft();
        draft.working_hours = None;
        assert_eq!(
            reason(bank.save(bank.north, draft).await),
            "DEADLINE_MISSING"
        );
        let mut draft = bank.draft();
        draft.target_roles = vec!["Pilot".to_owned()];
        assert_eq!(
            reason(bank.send(bank.north, draft).await),
            "NOBODY_ADDRESSED"
        );
        let drafts = bank.listed(bank.north, Box::Drafts).await;
        assert_eq!(drafts.len(), 1, "the one that reaches nobody stays a draft");
        commands::delete_draft(bank.database(), &viewer(bank.north), drafts[0])
            .await
            .unwrap();
        assert!(bank.listed(bank.north, Box::Drafts).await.is_empty());
        bank.bed
    })
    .await;
}
