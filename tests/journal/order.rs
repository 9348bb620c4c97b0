//! No reader skips an event, however writers overlap.

use std::collections::BTreeSet;

use kernel::{EventId, NewEvent, Position, Scope, SubjectRef, Viewer};
use platform::{Database, journal};
use sea_orm::{ConnectionTrait, Statement};
use testkit::crash::write_fact;
use testkit::settle::settled;
use testkit::{TestDatabase, on_both_databases};
use uuid::Uuid;

async fn read_all(database: &Database, mut from: Position) -> (Vec<Uuid>, Position) {
    let reader = database.reader(&Viewer::system("test"));
    let mut seen = Vec::new();
    loop {
        let page = journal::read(&reader, from, 7).await.unwrap();
        let Some(last) = page.last() else {
            return (seen, from);
        };
        assert!(
            page.windows(2)
                .all(|pair| pair[0].position < pair[1].position)
        );
        from = last.position;
        seen.extend(page.iter().map(|event| event.subject.id));
    }
}

/// The case that skips events in a naive reader: the number is taken first and committed last.
#[tokio::test]
async fn a_late_commit_with_an_early_number_is_not_skipped_on_postgresql() {
    let Some(bed) = TestDatabase::postgres().await else {
        return;
    };
    let viewer = Viewer::system("test");
    let fact = |subject: Uuid| {
        NewEvent::new(
            "test.written",
            SubjectRef::new("event", subject),
            Scope::System,
        )
    };

    let mut slow = bed.database.begin(&viewer).await.unwrap();
    // Takes a transaction number and a sequence number now, as an INSERT in the middle would.
    let early = "SELECT pg_current_xact_id()::text, nextval(pg_get_serial_sequence('journal', 'sequence'))::text";
    slow.query_one_raw(Statement::from_string(bed.database.backend(), early))
        .await
        .unwrap();
    let slow_subject = Uuid::from_u128(1);
    slow.announce(fact(slow_subject));

    let fast_subject = write_fact(&bed.database, Uuid::from_u128(2)).await.unwrap();
    let (before, cursor) = read_all(&bed.database, Position::START).await;
    assert!(
        before.is_empty(),
        "nothing may pass an open transaction with a smaller number"
    );

    slow.commit().await.unwrap();
    settled(&bed.database).await;
    let (after, _) = read_all(&bed.database, cursor).await;
    assert_eq!(after, [slow_subject, fast_subject]);
    bed.close().await;
}

#[tokio::test]
async fn a_reader_beside_many_writers_sees_each_event_once() {
    const WRITERS: u64 = 8;
    const EACH: u64 = 40;
    on_both_databases(async |bed| {
        let writers = (0..WRITERS).map(|writer| {
            let database = bed.database.clone();
            tokio::spawn(async move {
                for number in 0..EACH {
                    let viewer = Viewer::system("test");
                    let mut tx = database.begin(&viewer).await.unwrap();
                    let subject = EventId::at(database.now()).uuid();
                    tx.announce(NewEvent::new(
                        "test.written",
                        SubjectRef::new("event", subject),
                        Scope::System,
                    ));
                    // Some give up and leave a gap in the numbers behind them.
                    if (number + writer).is_multiple_of(5) {
                        tx.rollback().await.unwrap();
                    } else {
                        tx.commit().await.unwrap();
                    }
                    tokio::task::yield_now().await;
                }
            })
        });
        let writers: Vec<_> = writers.collect();
        let (mut seen, mut from) = (Vec::new(), Position::START);
        while writers.iter().any(|writer| !writer.is_finished()) {
            let (page, reached) = read_all(&bed.database, from).await;
            seen.extend(page);
            from = reached;
            tokio::task::yield_now().await;
        }
        for writer in writers {
            writer.await.unwrap();
        }
        settled(&bed.database).await;
        seen.extend(read_all(&bed.database, from).await.0);

        let (all, _) = read_all(&bed.database, Position::START).await;
        assert_eq!(seen.len() as u64, WRITERS * EACH * 4 / 5);
        assert_eq!(
            seen.iter().collect::<BTreeSet<_>>().len(),
            seen.len(),
            "an event came twice"
        );
        assert_eq!(seen, all, "a later reader must see the same order");
        bed
    })
    .await;
}
