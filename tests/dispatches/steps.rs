//! Reminders and the way up the line, in working time. The clock starts on a Monday at ten in Berlin.

use directory::commands::NewAbsence;
use directory::model::AbsenceKind;
use dispatches::queries;
use kernel::{DispatchId, PersonId, Timestamp};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use testkit::on_both_databases;

use crate::bank::{Bank, viewer};

#[derive(Debug, PartialEq, Eq, FromQueryResult)]
struct Told {
    step: i32,
    person_id: PersonId,
    about_count: i64,
}

/// Who was told of how many at which step, in order.
async fn told(bank: &Bank) -> Vec<(i32, PersonId, i64)> {
    let reader = bank.database().reader(&kernel::Viewer::system("test"));
    let sql = "SELECT step, person_id, about_count FROM dispatch_steps ORDER BY step, person_id";
    let statement = Statement::from_string(reader.get_database_backend(), sql);
    let rows = Told::find_by_statement(statement)
        .all(&reader)
        .await
        .unwrap();
    rows.into_iter()
        .map(|row| (row.step, row.person_id, row.about_count))
        .collect()
}

pub fn away_from(starts_at: Timestamp, ends_at: Timestamp) -> NewAbsence {
    NewAbsence {
        starts_at,
        ends_at,
        kind: AbsenceKind::Vacation,
        substitute_id: None,
    }
}

async fn due(bank: &Bank, person: PersonId, id: DispatchId) -> Timestamp {
    let reader = bank.database().reader(&viewer(person));
    queries::duties(&reader, &[id]).await.unwrap()[&id]
        .due_at
        .unwrap()
}

#[tokio::test]
async fn who_does_not_confirm_is_reminded_then_the_manager_learns_it_then_the_next() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        let [done, slow, slower] = bank.tellers;
        // Sixteen working hours after Monday at ten: Wednesday at ten.
        assert_eq!(
            due(&bank, slow, id).await,
            "2026-01-07T09:00:00Z".parse().unwrap()
        );
        bank.acknowledge(done, id, 1).await.unwrap();
        bank.pass_hours(23);
        bank.steps().await;
        assert_eq!(told(&bank).await, []);
        bank.pass_hours(1);
        bank.steps().await;
        let mut reminded = vec![(0, slow, 1), (0, slower, 1)];
        reminded.sort();
        assert_eq!(told(&bank).await, reminded);
        bank.steps().await;
        assert_eq!(told(&bank).await.len(), 2, "each step is taken once");

        bank.pass_hours(24);
        bank.steps().await;
        let mut overdue = vec![(1, bank.managers[0], 1), (1, bank.managers[1], 1)];
        overdue.sort();
        assert_eq!(told(&bank).await[2..], overdue);
        bank.pass_hours(24);
        bank.steps().await;
        assert_eq!(told(&bank).await[4..], [(2, bank.north, 2)]);
        bank.pass_hours(24 * 30);
        bank.steps().await;
        assert_eq!(told(&bank).await.len(), 5);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn a_deadline_waits_for_who_is_away() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let away = bank.tellers[0];
        let from: Timestamp = "2026-01-05T00:00:00Z".parse().unwrap();
        let back: Timestamp = "2026-01-12T00:00:00Z".parse().unwrap();
        directory::commands::absence_add(bank.database(), &viewer(away), &away_from(from, back))
            .await
            .unwrap();
        let id = bank.sent().await;
        // Back on Monday the twelfth, two working days.
        assert_eq!(
            due(&bank, away, id).await,
            "2026-01-13T16:00:00Z".parse().unwrap()
        );
        // Somebody who falls ill later is not told on either.
        let ill = bank.tellers[1];
        bank.pass_hours(1);
        let from = bank.database().now();
        directory::commands::absence_add(bank.database(), &viewer(ill), &away_from(from, back))
            .await
            .unwrap();
        bank.pass_hours(47);
        bank.steps().await;
        bank.steps().await;
        let told = told(&bank).await;
        assert!(
            !told
                .iter()
                .any(|(_, person, _)| [away, ill, bank.managers[0]].contains(person))
        );
        assert!(told.contains(&(1, bank.managers[1], 1)));
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn units_have_their_own_hours_holidays_and_time_zones() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let database = bank.database();
        let house = kernel::Viewer::system("test");
        let days = [("2026-01-06".to_owned(), "Dreikönig".to_owned())];
        let calendar = directory::commands::calendar_save(database, &house, "Bayern", &days)
            .await
            .unwrap();
        let times = directory::model::UnitTimes {
            time_zone: Some("Asia/Kolkata".to_owned()),
            opening_hours: Some("mo-sa 10:00-14:00".to_owned()),
            calendar_id: Some(calendar),
        };
        directory::commands::unit_set_times(database, &house, bank.branches[1], &times)
            .await
            .unwrap();
        let id = bank.sent().await;
        // In the second branch it is half past two on Monday, after closing; Tuesday is a holiday; four hours
        // each on Wednesday to Saturday make sixteen.
        assert_eq!(
            due(&bank, bank.tellers[2], id).await,
            "2026-01-10T08:30:00Z".parse().unwrap()
        );
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn two_nodes_take_each_step_once() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        bank.sent().await;
        bank.pass_hours(24);
        let (a, b) = tokio::join!(
            dispatches::jobs::take_due(bank.database()),
            dispatches::jobs::take_due(bank.database())
        );
        assert_eq!(a.unwrap() + b.unwrap(), 3);
        assert_eq!(told(&bank).await.len(), 3);
        bank.bed
    })
    .await;
}
