//! Deadlines move with working time: who falls ill, and units that open at other hours.

use directory::commands::{absence_add, absence_remove, calendar_save, unit_set_times};
use directory::model::UnitTimes;
use dispatches::queries;
use kernel::{DispatchId, OrgUnitId, PersonId, Timestamp, Viewer};
use testkit::on_both_databases;

use crate::bank::{Bank, place, system, viewer};
use crate::steps::away_from;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

async fn due(bank: &Bank, person: PersonId, id: DispatchId) -> Timestamp {
    let reader = bank.database().reader(&viewer(person));
    queries::duties(&reader, &[id]).await.unwrap()[&id]
        .due_at
        .unwrap()
}

async fn open(bank: &Bank, unit: OrgUnitId, zone: &str, hours: &str) {
    let times = UnitTimes {
        time_zone: Some(zone.to_owned()),
        opening_hours: Some(hours.to_owned()),
        calendar_id: None,
    };
    unit_set_times(bank.database(), &Viewer::system("test"), unit, &times)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_running_deadline_waits_for_who_falls_ill_and_comes_back_when_that_is_taken_back() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        let [ill, well, _] = bank.tellers;
        bank.follow().await;
        let before = at("2026-01-07T09:00:00Z");
        assert_eq!(due(&bank, ill, id).await, before);
        let database = bank.database();
        let (from, to) = (at("2026-01-06T00:00:00Z"), at("2026-01-08T00:00:00Z"));
        let absence = absence_add(database, &viewer(ill), &away_from(from, to))
            .await
            .unwrap();
        bank.follow().await;
        // Seven hours of Monday, eight of Thursday, one of Friday.
        assert_eq!(due(&bank, ill, id).await, at("2026-01-09T09:00:00Z"));
        assert_eq!(due(&bank, well, id).await, before);
        absence_remove(database, &viewer(ill), absence)
            .await
            .unwrap();
        bank.follow().await;
        assert_eq!(due(&bank, ill, id).await, before);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn who_is_away_when_the_deadline_passes_is_not_told_on_by_it() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        let ill = bank.tellers[0];
        bank.pass_hours(24);
        bank.follow().await;
        let from = bank.database().now();
        let to = at("2026-01-19T00:00:00Z");
        absence_add(bank.database(), &viewer(ill), &away_from(from, to))
            .await
            .unwrap();
        bank.follow().await;
        bank.pass_hours(72);
        bank.follow().await;
        let reader = bank.database().reader(&viewer(bank.north));
        let view = bank.see(bank.north, id).await.unwrap();
        let progress = queries::progress(&reader, &view).await.unwrap().unwrap();
        assert_eq!(progress.overdue, Some(2));
        assert_eq!(due(&bank, ill, id).await, at("2026-01-19T16:00:00Z"));
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_opens_at_other_hours_moves_the_deadlines_of_everybody_below() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        let [first, _, second] = bank.tellers;
        let before = at("2026-01-07T09:00:00Z");
        // Half an hour off: half past two on Monday afternoon; half an hour is left of it, then four days of four hours.
        open(&bank, bank.branches[1], "Asia/Kolkata", "mo-fr 11:00-15:00").await;
        bank.follow().await;
        assert_eq!(due(&bank, second, id).await, at("2026-01-09T09:00:00Z"));
        assert_eq!(due(&bank, first, id).await, before);
        // Three quarters of an hour, said by the district: the branch that says something keeps its own.
        open(
            &bank,
            bank.north_unit,
            "Asia/Kathmandu",
            "mo-fr 12:00-16:00",
        )
        .await;
        bank.follow().await;
        assert_eq!(due(&bank, second, id).await, at("2026-01-09T09:00:00Z"));
        assert_eq!(due(&bank, first, id).await, at("2026-01-09T09:00:00Z"));
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn a_holiday_named_late_moves_the_deadline() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let (database, house) = (bank.database(), Viewer::system("test"));
        let calendar = calendar_save(database, &house, "Bayern", &[])
            .await
            .unwrap();
        let times = UnitTimes {
            calendar_id: Some(calendar),
            ..UnitTimes::default()
        };
        unit_set_times(database, &house, bank.north_unit, &times)
            .await
            .unwrap();
        let id = bank.sent().await;
        bank.follow().await;
        let days = [("2026-01-06".to_owned(), "Dreikönig".to_owned())];
        calendar_save(database, &house, "Bayern", &days)
            .await
            .unwrap();
        bank.follow().await;
        let due = due(&bank, bank.tellers[0], id).await;
        assert_eq!(due, at("2026-01-08T09:00:00Z"));
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn hours_that_the_clocks_skip_or_repeat_are_not_worked_or_worked_twice() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        for (sent_at, hours, moved) in [
            // From two to three in the night to the 29th of March there is no hour.
            (
                "2026-03-28T20:00:00Z",
                "2026-03-29T03:00:00Z",
                "2026-03-29T04:00:00Z",
            ),
            // From two to three in the night to the 25th of October there are two.
            (
                "2026-10-24T20:00:00Z",
                "2026-10-25T02:00:00Z",
                "2026-10-25T03:00:00Z",
            ),
        ] {
            open(&bank, bank.north_unit, "Europe/Berlin", "mo-su 00:00-08:00").await;
            let ahead = at(sent_at).micros() - bank.database().now().micros();
            bank.bed.clock.advance_seconds(ahead / 1_000_000);
            let mut draft = bank.draft();
            draft.client_id = uuid::Uuid::from_u128(ahead.unsigned_abs().into()).to_string();
            draft.working_hours = Some(4);
            let id = bank.send(bank.north, draft).await.unwrap();
            assert_eq!(due(&bank, bank.tellers[0], id).await, at(hours));
            open(&bank, bank.north_unit, "Europe/Berlin", "mo-su 01:00-08:00").await;
            bank.follow().await;
            assert_eq!(due(&bank, bank.tellers[0], id).await, at(moved));
        }
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn a_second_place_elsewhere_moves_nothing() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let id = bank.sent().await;
        let teller = bank.tellers[0];
        let before = due(&bank, teller, id).await;
        // A second place changes nothing: the oldest one counts.
        open(&bank, bank.south_unit, "Europe/Berlin", "mo 09:00-10:00").await;
        bank.pass_hours(1);
        let mut tx = system(bank.database()).await;
        place(&mut tx, bank.south_unit, teller, "Adviser", false).await;
        tx.commit().await.unwrap();
        bank.follow().await;
        assert_eq!(due(&bank, teller, id).await, before);
        bank.bed
    })
    .await;
}
