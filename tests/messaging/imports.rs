//! Messages from elsewhere: private, quiet, with their own times and order.

use kernel::{Position, Timestamp, Viewer};
use messaging::commands::{ensure_conversation, insert_message};
use messaging::{ImportedMessage, queries};
use platform::journal;
use testkit::on_both_databases;
use testkit::settle::settled;

use crate::house::{deactivate, listed, people, reasons, send, start, texts, unread, viewer};

fn message(author: kernel::PersonId, source: &str, millis: i64) -> ImportedMessage {
    ImportedMessage {
        author,
        source: source.to_owned(),
        sent_at: Timestamp::from_millis(millis),
    }
}

#[tokio::test]
async fn imported_messages_are_private_quiet_and_in_their_order() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben, cleo] = people(database, ["anna", "ben", "cleo"]).await;
        deactivate(database, ben).await;
        let house = Viewer::system("import");
        settled(database).await;
        let before = journal::head(&database.reader(&house)).await.unwrap();
        let mut tx = database.begin(&house).await.unwrap();
        let at = Timestamp::from_millis(1_000);
        let talk = ensure_conversation(&mut tx, &[anna, ben], at)
            .await
            .unwrap();
        assert_eq!(
            ensure_conversation(&mut tx, &[ben, anna], at)
                .await
                .unwrap(),
            talk
        );
        // Not in order of time, and several in one moment.
        for (author, source, millis) in [
            (anna, "first", 1_000),
            (ben, "second", 1_000),
            (anna, "fifth", 9_000),
            (ben, "third", 1_000),
            (ben, "fourth", 5_000),
        ] {
            insert_message(&mut tx, talk, message(author, source, millis))
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();

        let expected = ["first", "second", "third", "fourth", "fifth"];
        assert_eq!(
            texts(database, &viewer(anna), talk).await.unwrap(),
            expected
        );
        assert_eq!(listed(database, &viewer(anna)).await, [talk]);
        for person in [anna, ben] {
            assert_eq!(unread(database, &viewer(person), talk).await, (0, 0));
        }
        let admin = Viewer::person(cleo, kernel::OrganisationRole::NetworkAdmin, None);
        assert_eq!(reasons(texts(database, &admin, talk).await), ["NOT_FOUND"]);
        let view = queries::conversation(&database.reader(&viewer(anna)), talk)
            .await
            .unwrap();
        assert_eq!(view.last_activity_at, Timestamp::from_millis(9_000));
        settled(database).await;
        let reader = database.reader(&house);
        let facts = journal::read(&reader, before.max(Position::START), 100)
            .await
            .unwrap();
        assert_eq!(facts.len(), 6);
        assert!(facts.iter().all(|event| event.imported));

        // Life goes on in the same conversation.
        send(database, anna, talk, "today").await.unwrap();
        assert_eq!(unread(database, &viewer(ben), talk).await, (1, 1));
        bed
    })
    .await;
}

#[tokio::test]
async fn an_import_into_a_living_conversation_leaves_what_is_unread_unread() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        send(database, anna, talk, "live").await.unwrap();
        let mut tx = database.begin(&Viewer::system("import")).await.unwrap();
        let later = database.now().micros() / 1000 + 60_000;
        insert_message(&mut tx, talk, message(anna, "old", 1_000))
            .await
            .unwrap();
        insert_message(&mut tx, talk, message(anna, "from elsewhere", later))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(unread(database, &viewer(ben), talk).await, (1, 1));
        let expected = ["old", "live", "from elsewhere"];
        assert_eq!(texts(database, &viewer(ben), talk).await.unwrap(), expected);
        bed
    })
    .await;
}

#[tokio::test]
async fn only_the_house_imports_and_only_members_are_authors() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben, cleo] = people(database, ["anna", "ben", "cleo"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let mut tx = database.begin(&viewer(anna)).await.unwrap();
        let refused = insert_message(&mut tx, talk, message(anna, "fake", 1_000)).await;
        assert_eq!(reasons(refused), ["NOT_FOUND"]);
        let refused = ensure_conversation(&mut tx, &[anna, cleo], database.now()).await;
        assert_eq!(reasons(refused), ["SYSTEM_ONLY"]);
        tx.rollback().await.unwrap();
        let mut tx = database.begin(&Viewer::system("import")).await.unwrap();
        let refused = insert_message(&mut tx, talk, message(cleo, "hello", 1_000)).await;
        assert_eq!(reasons(refused), ["NOT_A_MEMBER"]);
        let refused = insert_message(&mut tx, talk, message(anna, "", 1_000)).await;
        assert_eq!(reasons(refused), ["TEXT_EMPTY"]);
        tx.rollback().await.unwrap();
        bed
    })
    .await;
}
