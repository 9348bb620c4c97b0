//! Nothing is lost and nothing comes twice, whatever the mail server or this one does.

use std::collections::BTreeMap;

use crate::post_office::{PostOffice, Received};
use crate::world::{GATHERED, World};

/// How often each numbered question arrived.
fn arrivals(letters: &[Received]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for letter in letters {
        let number = letter.text.split("question number ").nth(1).unwrap();
        let number: String = number.chars().take_while(char::is_ascii_digit).collect();
        *counts.entry(number).or_default() += 1;
    }
    counts
}

#[tokio::test]
async fn an_hour_without_the_mail_server_loses_nothing_and_doubles_nothing() {
    testkit::on_both_databases(|bed| async move {
        let mut world = World::open(bed).await;
        world.choose(&world.ben, "MENTION", "INSTANT", false).await;
        let spare = PostOffice::open().await;
        let office = std::mem::replace(&mut world.office, spare);
        let port = office.fail().await;
        for number in 0..6 {
            world.mention(&format!("question number {number}.")).await;
            world.deliver_after(600).await;
        }
        assert_eq!(world.states("email").await, ["waiting"; 6]);
        let mut office = PostOffice::open_at(port).await;
        for _ in 0..3 {
            world.deliver_after(3600).await;
        }
        let counts = arrivals(&office.received().await);
        assert_eq!(counts.len(), 6);
        assert!(counts.values().all(|count| *count == 1), "{counts:?}");
        assert_eq!(world.states("email").await, ["sent"; 6]);
        world.house.bed
    })
    .await;
}

#[tokio::test]
async fn a_server_that_says_not_now_is_asked_again_and_one_that_says_no_is_not() {
    testkit::on_both_databases(|bed| async move {
        let mut world = World::open(bed).await;
        world.choose(&world.ben, "MENTION", "INSTANT", false).await;
        world.office.behave("busy").await;
        world.mention("question number 1.").await;
        world.deliver_after(GATHERED).await;
        assert_eq!(world.states("email").await, ["waiting"]);
        world.office.behave("accept").await;
        world.deliver_after(GATHERED).await;
        assert_eq!(world.office.received().await.len(), 1);

        world.office.behave("refuse").await;
        world.mention("question number 2.").await;
        world.deliver_after(GATHERED).await;
        world.office.behave("accept").await;
        world.deliver_after(2 * 3600).await;
        assert!(world.office.received().await.is_empty());
        assert_eq!(world.states("email").await, ["sent", "failed"]);
        let report = world
            .ask(
                &world.admin,
                "{ deliveryReport { email { sent failed waiting unknown } } }",
            )
            .await;
        assert_eq!(report["deliveryReport"]["email"]["failed"], 1);
        world.house.bed
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_may_have_arrived_is_never_sent_again() {
    testkit::on_both_databases(|bed| async move {
        let mut world = World::open(bed).await;
        world.choose(&world.ben, "MENTION", "INSTANT", false).await;
        world.office.behave("mute").await;
        world.mention("question number 1.").await;
        world.deliver_after(GATHERED).await;
        assert_eq!(world.states("email").await, ["unknown"]);
        world.office.behave("accept").await;
        world.deliver_after(86_400).await;
        assert_eq!(
            world.office.received().await.len(),
            1,
            "taken once, and not told so"
        );
        world.house.bed
    })
    .await;
}

/// The sender is cut off at any of its steps, again and again, as by a kill: no letter comes twice, and
/// only those that were just being handed over may be missing, and are said to be.
#[tokio::test]
async fn a_sender_that_dies_at_any_moment_sends_nothing_twice() {
    testkit::on_both_databases(|bed| async move {
        let mut world = World::open(bed).await;
        world.choose(&world.ben, "MENTION", "INSTANT", false).await;
        const LETTERS: usize = 24;
        for number in 0..LETTERS {
            world.mention(&format!("question number {number}.")).await;
        }
        world.deliver().await;
        world.house.bed.clock.advance_seconds(GATHERED);
        for round in 0..12 {
            let app = world.house.app.clone();
            let worker = tokio::spawn(app.deliver());
            // Let it take another number of steps each time.
            for _ in 0..(7 + round * 41) {
                tokio::task::yield_now().await;
            }
            worker.abort();
            let _ = worker.await;
            // What it held comes back when its time is over.
            world.house.bed.clock.advance_seconds(601);
        }
        for _ in 0..3 {
            world.deliver_after(3_700).await;
        }
        let counts = arrivals(&world.office.received().await);
        assert!(counts.values().all(|count| *count == 1), "{counts:?}");
        let states = world.states("email").await;
        assert_eq!(states.len(), LETTERS);
        assert!(
            states
                .iter()
                .all(|state| state == "sent" || state == "unknown"),
            "{states:?}"
        );
        let sent = states.iter().filter(|state| *state == "sent").count();
        assert!(counts.len() >= sent, "whatever counts as sent has arrived");
        world.house.bed
    })
    .await;
}
