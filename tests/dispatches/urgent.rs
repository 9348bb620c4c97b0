//! What is urgent comes back until it is confirmed, as often and at such hours as the unit allows; and reminders
//! the sender asks for.

use dispatches::commands::{policy_remove, policy_set, remind_overdue};
use dispatches::model::Urgency;
use kernel::{DispatchId, OrgUnitId, OrganisationRole, PersonId, Viewer};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use testkit::on_both_databases;

use crate::bank::{Bank, reason, viewer};

#[derive(FromQueryResult)]
struct Told {
    told: i64,
}

/// How often this person was reminded, with something like this in the event.
async fn told(bank: &Bank, payload: &str, person: PersonId) -> i64 {
    let reader = bank.database().reader(&Viewer::system("test"));
    let sql = "SELECT COUNT(*) AS told FROM journal WHERE kind = 'dispatch.reminded' \
               AND payload LIKE $1 AND scope_kind = 'person' AND scope_id = $2";
    let values = [payload.into(), person.into()];
    let statement = Statement::from_sql_and_values(reader.get_database_backend(), sql, values);
    let found = Told::find_by_statement(statement).one(&reader).await;
    found.unwrap().unwrap().told
}

async fn repeated(bank: &Bank, person: PersonId) -> i64 {
    told(bank, "%\"urgent\":true%", person).await
}

fn admin(bank: &Bank) -> Viewer {
    Viewer::person(bank.admin, OrganisationRole::NetworkAdmin, None)
}

async fn allow(bank: &Bank, unit: OrgUnitId, passes_quiet_hours: bool, minutes: i32, times: i32) {
    let urgency = Urgency {
        passes_quiet_hours,
        repeat_minutes: minutes,
        max_repeats: times,
    };
    policy_set(bank.database(), &admin(bank), unit, urgency)
        .await
        .unwrap();
}

async fn send_urgent(bank: &Bank) -> DispatchId {
    let mut draft = bank.draft();
    draft.is_urgent = true;
    draft.working_hours = Some(4);
    bank.send(bank.north, draft).await.unwrap()
}

#[tokio::test]
async fn it_comes_back_every_working_hour_past_the_deadline_until_it_is_confirmed() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = send_urgent(&bank).await;
        let [first, second, _] = bank.tellers;
        for hour in 1..=6 {
            bank.pass_hours(1);
            bank.steps().await;
            assert_eq!(repeated(&bank, first).await, hour);
        }
        bank.acknowledge(first, id, 1).await.unwrap();
        // Ten at night and six in the morning: nothing; ten past nine: one more.
        bank.pass_hours(6);
        bank.steps().await;
        bank.pass_hours(8);
        bank.steps().await;
        // The hour from four to five in the afternoon was the seventh.
        assert_eq!(repeated(&bank, second).await, 7);
        bank.pass_hours(4);
        bank.steps().await;
        assert_eq!(repeated(&bank, first).await, 6);
        assert_eq!(repeated(&bank, second).await, 8);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn what_fell_into_a_time_nobody_ran_the_server_is_made_good_by_one() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        send_urgent(&bank).await;
        bank.pass_hours(5);
        bank.steps().await;
        assert_eq!(repeated(&bank, bank.tellers[0]).await, 1);
        bank.pass_hours(1);
        bank.steps().await;
        assert_eq!(repeated(&bank, bank.tellers[0]).await, 2);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn a_unit_says_how_often_and_whether_at_night_and_those_below_follow() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        allow(&bank, bank.board, false, 120, 2).await;
        allow(&bank, bank.branches[1], true, 60, 30).await;
        let id = send_urgent(&bank).await;
        let [inherits, _, own] = bank.tellers;
        // Until ten at night.
        for _ in 0..12 {
            bank.pass_hours(1);
            bank.steps().await;
        }
        assert_eq!(repeated(&bank, inherits).await, 2);
        assert_eq!(repeated(&bank, own).await, 12);
        let passes = async |people: &[PersonId]| {
            let reader = bank.database().reader(&Viewer::system("test"));
            dispatches::passes_quiet_hours(&reader, id, people)
                .await
                .unwrap()
        };
        assert_eq!(passes(&[inherits, own, bank.southern]).await, [own]);
        // Taken back, the branch does as the board says, which has had its two.
        policy_remove(bank.database(), &admin(&bank), bank.branches[1])
            .await
            .unwrap();
        for _ in 0..30 {
            bank.pass_hours(1);
            bank.steps().await;
        }
        assert_eq!(repeated(&bank, own).await, 12);
        assert!(passes(&[inherits, own]).await.is_empty());
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn what_is_not_urgent_never_passes_quiet_hours_and_what_is_confirmed_no_longer_does() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        allow(&bank, bank.board, true, 60, 30).await;
        let plain = bank.sent().await;
        let mut draft = bank.draft();
        draft.client_id = uuid::Uuid::from_u128(7).to_string();
        draft.is_urgent = true;
        let urgent = bank.send(bank.north, draft).await.unwrap();
        let teller = bank.tellers[0];
        let reader = bank.database().reader(&Viewer::system("test"));
        let passes = async |id| dispatches::passes_quiet_hours(&reader, id, &[teller]).await;
        assert!(passes(plain).await.unwrap().is_empty());
        assert_eq!(passes(urgent).await.unwrap(), [teller]);
        bank.acknowledge(teller, urgent, 1).await.unwrap();
        assert!(passes(urgent).await.unwrap().is_empty());
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn only_network_admins_say_what_a_unit_allows_and_within_limits() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let database = bank.database();
        let some = Urgency::default();
        let refused = policy_set(database, &viewer(bank.north), bank.north_unit, some).await;
        assert_eq!(reason(refused), "NETWORK_ADMIN_REQUIRED");
        let refused = policy_remove(database, &viewer(bank.north), bank.north_unit).await;
        assert_eq!(reason(refused), "NETWORK_ADMIN_REQUIRED");
        for (repeat_minutes, max_repeats) in [(1, 3), (2_000, 3), (60, -1), (60, 1_000)] {
            let urgency = Urgency {
                repeat_minutes,
                max_repeats,
                ..some
            };
            let refused = policy_set(database, &admin(&bank), bank.board, urgency).await;
            assert_eq!(reason(refused), "OUT_OF_RANGE");
        }
        let unsaid = policy_remove(database, &admin(&bank), bank.board).await;
        assert_eq!(reason(unsaid), "NOT_FOUND");
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn the_sender_reminds_who_is_overdue_and_not_again_at_once() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        let [done, slow, slower] = bank.tellers;
        let remind = async |person| remind_overdue(bank.database(), &viewer(person), id).await;
        assert_eq!(reason(remind(bank.north).await), "NOBODY_OVERDUE");
        bank.acknowledge(done, id, 1).await.unwrap();
        bank.pass_hours(49);
        bank.steps().await;
        let kind = "%";
        let before = [told(&bank, kind, slow).await, told(&bank, kind, done).await];
        for other in [bank.managers[0], slow, bank.southern] {
            assert_ne!(reason(remind(other).await), "allowed");
        }
        assert_eq!(remind(bank.north).await.unwrap(), 2);
        assert_eq!(reason(remind(bank.north).await), "REMINDED_LATELY");
        bank.steps().await;
        bank.steps().await;
        let after = [told(&bank, kind, slow).await, told(&bank, kind, done).await];
        assert_eq!(after, [before[0] + 1, before[1]]);
        bank.pass_hours(4);
        bank.acknowledge(slower, id, 1).await.unwrap();
        assert_eq!(remind(bank.north).await.unwrap(), 1);
        bank.bed
    })
    .await;
}
