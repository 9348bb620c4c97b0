//! Quiet hours, absence and dispatches to many.

use serde_json::json;

use crate::world::{GATHERED, World};

#[tokio::test]
async fn quiet_hours_hold_letters_back_until_they_are_over() {
    testkit::on_both_databases(|bed| async move {
        let mut world = World::open(bed).await;
        world.choose(&world.ben, "MENTION", "INSTANT", false).await;
        // Monday, nine o'clock; quiet from eight to eleven.
        let input = json!({ "quietFrom": 480, "quietUntil": 660, "inWorkingHours": false, "digestAt": 480 });
        world
            .house
            .act(&world.ben, "notificationRhythmSet", input, "rhythm { quietFrom }")
            .await;
        world.mention("please look").await;
        world.deliver_after(GATHERED).await;
        assert!(world.office.received().await.is_empty());
        world.deliver_after(2 * 3600).await;
        assert_eq!(world.office.received().await.len(), 1);
        world.house.bed
    })
    .await;
}

#[tokio::test]
async fn who_is_away_gets_one_digest_after_the_return() {
    testkit::on_both_databases(|bed| async move {
        let mut world = World::open(bed).await;
        world.choose(&world.ben, "MENTION", "INSTANT", false).await;
        let input = json!({ "startsAt": "2026-01-05T08:00:00Z", "endsAt": "2026-01-10T00:00:00Z" });
        world
            .house
            .act(&world.ben, "absenceAdd", input, "absences { id }")
            .await;
        for day in 0..4 {
            world.mention(&format!("question number {day}")).await;
            world.deliver_after(86_400).await;
        }
        assert!(
            world.office.received().await.is_empty(),
            "nobody is disturbed while away"
        );
        world.deliver_after(2 * 86_400).await;
        let letters = world.office.received().await;
        assert_eq!(letters.len(), 1);
        for day in 0..4 {
            assert!(letters[0].text.contains(&format!("question number {day}")));
        }
        world.house.bed
    })
    .await;
}
