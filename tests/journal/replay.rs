//! The live hub: in order, each once, also for those who come back.

use std::pin::pin;

use futures_util::{FutureExt, StreamExt};
use kernel::{Position, Viewer};
use platform::live::{Live, LiveHub};
use platform::{Database, journal};
use testkit::crash::write_fact;
use testkit::on_both_databases;
use testkit::settle::settled;
use uuid::Uuid;

async fn write(database: &Database, hub: &LiveHub, numbers: std::ops::Range<u128>) {
    for number in numbers {
        write_fact(database, Uuid::from_u128(number)).await.unwrap();
        settled(database).await;
        hub.pump().await.unwrap();
    }
}

/// What is there to be received now; stops where the stream would wait.
fn available(
    stream: &mut (impl futures_util::Stream<Item = Live> + Unpin),
) -> (Vec<u128>, Position) {
    let (mut numbers, mut last) = (Vec::new(), Position::START);
    while let Some(Some(item)) = stream.next().now_or_never() {
        match item {
            Live::Event(event) => {
                numbers.push(event.subject.id.as_u128());
                last = event.position;
            }
            Live::CaughtUp(position) => last = last.max(position),
            Live::Signal(_) => {}
            Live::ReloadRequired(_) => panic!("nothing was pruned"),
        }
    }
    (numbers, last)
}

#[tokio::test]
async fn a_returning_subscriber_receives_what_it_missed_in_order_and_once() {
    on_both_databases(async |bed| {
        let hub = LiveHub::new(bed.database.clone());
        hub.start().await.unwrap();
        let mut stream = Box::pin(hub.subscribe(None));
        available(&mut stream);
        write(&bed.database, &hub, 1..6).await;
        let (seen, cursor) = available(&mut stream);
        assert_eq!(seen, [1, 2, 3, 4, 5]);
        drop(stream);

        write(&bed.database, &hub, 6..10).await;
        let mut again = Box::pin(hub.subscribe(Some(cursor)));
        write(&bed.database, &hub, 10..12).await;
        assert_eq!(available(&mut again).0, [6, 7, 8, 9, 10, 11]);

        // A node that has just started knows nothing in memory and reads the journal instead.
        let fresh = LiveHub::new(bed.database.clone());
        fresh.start().await.unwrap();
        let mut stream = pin!(fresh.subscribe(Some(cursor)));
        let first = stream.next().await.unwrap();
        let Live::Event(event) = first else {
            panic!("an event was expected, got {first:?}")
        };
        assert_eq!(event.subject.id.as_u128(), 6);
        bed
    })
    .await;
}

#[tokio::test]
async fn who_was_away_longer_than_the_journal_keeps_is_told_to_reload() {
    on_both_databases(async |bed| {
        let hub = LiveHub::new(bed.database.clone());
        hub.start().await.unwrap();
        write(&bed.database, &hub, 1..4).await;
        let viewer = Viewer::system("test");
        let runner = platform::ConsumerRunner::new(
            bed.database.clone(),
            vec![std::sync::Arc::new(testkit::crash::Recorder)],
            std::time::Duration::from_secs(1),
        );
        runner.drain().await.unwrap();
        bed.clock.advance_seconds(100);
        let mut tx = bed.database.begin(&viewer).await.unwrap();
        let before = bed.clock.now();
        assert_eq!(journal::prune(&mut tx, before).await.unwrap(), 3);
        tx.commit().await.unwrap();

        let fresh = LiveHub::new(bed.database.clone());
        fresh.start().await.unwrap();
        for cursor in [
            Position::START,
            Position {
                transaction: i64::MAX,
                sequence: i64::MAX,
            },
        ] {
            let mut stream = pin!(fresh.subscribe(Some(cursor)));
            assert!(matches!(stream.next().await, Some(Live::ReloadRequired(_))));
        }
        bed
    })
    .await;
}
