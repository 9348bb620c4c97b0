//! The only way to write.

use kernel::{NewEvent, OrganisationRole, Scope, SubjectRef, TokenScope, Viewer};
use platform::journal;
use sea_orm::{ConnectionTrait, Statement};
use testkit::{TestDatabase, on_both_databases, some_person};

async fn insert_key(tx: &platform::Tx, item: &str) {
    let sql = "INSERT INTO import_keys (source, item, target_id) VALUES ('test', $1, $2)";
    let values = [item.into(), uuid::Uuid::nil().into()];
    tx.execute_raw(Statement::from_sql_and_values(
        tx.get_database_backend(),
        sql,
        values,
    ))
    .await
    .unwrap();
}

async fn keys(bed: &TestDatabase) -> u64 {
    let reader = bed.database.reader(&Viewer::system("test"));
    let count = Statement::from_string(
        bed.database.backend(),
        "SELECT count(*) AS n FROM import_keys",
    );
    let row = reader.query_one_raw(count).await.unwrap().unwrap();
    row.try_get::<i64>("", "n").unwrap().unsigned_abs()
}

#[tokio::test]
async fn nothing_is_written_without_an_event() {
    on_both_databases(async |bed| {
        let tx = bed.database.begin(&Viewer::system("test")).await.unwrap();
        insert_key(&tx, "silent").await;
        assert!(tx.commit().await.is_err());
        assert_eq!(keys(&bed).await, 0);
        bed
    })
    .await;
}

#[tokio::test]
async fn rows_and_events_are_written_together_or_not_at_all() {
    on_both_databases(async |bed| {
        let viewer = Viewer::person(some_person(1), OrganisationRole::Member, None);
        let mut tx = bed.database.begin(&viewer).await.unwrap();
        insert_key(&tx, "kept").await;
        tx.announce(
            NewEvent::new(
                "test.written",
                SubjectRef::new("event", uuid::Uuid::nil()),
                Scope::Organisation,
            )
            .with(serde_json::json!({ "note": "ok" })),
        );
        tx.commit().await.unwrap();

        let mut dropped = bed.database.begin(&viewer).await.unwrap();
        insert_key(&dropped, "lost").await;
        dropped.announce(NewEvent::new(
            "test.lost",
            SubjectRef::new("event", uuid::Uuid::nil()),
            Scope::System,
        ));
        drop(dropped);

        testkit::settle::settled(&bed.database).await;
        let reader = bed.database.reader(&Viewer::system("test"));
        let events = journal::read(&reader, kernel::Position::START, 10)
            .await
            .unwrap();
        let [event] = &events[..] else {
            panic!("one event expected, got {events:?}")
        };
        assert_eq!(
            (event.kind.as_str(), event.actor),
            ("test.written", Some(some_person(1)))
        );
        assert_eq!(event.payload["note"], "ok");
        assert_eq!(event.occurred_at, bed.clock.now());
        assert_eq!(keys(&bed).await, 1);
        bed
    })
    .await;
}

#[tokio::test]
async fn a_token_that_may_only_read_and_nobody_cannot_begin_a_write() {
    on_both_databases(async |bed| {
        let reading = Viewer::token(
            some_person(1),
            OrganisationRole::Member,
            vec![TokenScope::Read],
        );
        assert_eq!(
            bed.database.begin(&reading).await.unwrap_err().reason(),
            "TOKEN_READ_ONLY"
        );
        let nobody = bed.database.begin(&Viewer::anonymous()).await.unwrap_err();
        assert_eq!(nobody.reason(), "UNAUTHENTICATED");
        bed
    })
    .await;
}
