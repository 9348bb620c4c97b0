//! Unread is one truth for all devices.

use identity::commands::settings_update;
use identity::model::SettingsUpdate;
use kernel::{OrganisationRole, SessionId, Viewer};
use messaging::commands::conversation_mark_read;
use testkit::on_both_databases;

use crate::house::{people, send, start, unread, viewer};

#[tokio::test]
async fn what_is_read_on_one_device_is_read_on_the_other() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let device = || {
            let session = SessionId::at(database.now());
            Viewer::person(ben, OrganisationRole::Member, Some(session))
        };
        let (phone, desk) = (device(), device());
        for text in ["one", "two", "three"] {
            send(database, anna, talk, text).await.unwrap();
        }
        assert_eq!(unread(database, &phone, talk).await, (3, 3));
        assert_eq!(unread(database, &desk, talk).await, (3, 3));
        conversation_mark_read(database, &phone, talk)
            .await
            .unwrap();
        assert_eq!(unread(database, &desk, talk).await, (0, 0));
        send(database, anna, talk, "four").await.unwrap();
        assert_eq!(unread(database, &phone, talk).await, (1, 1));
        assert_eq!(unread(database, &desk, talk).await, (1, 1));
        assert_eq!(
            unread(database, &viewer(anna), talk).await,
            (0, 0),
            "one's own are read"
        );
        bed
    })
    .await;
}

#[tokio::test]
async fn whoever_answers_has_read() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        send(database, anna, talk, "Question").await.unwrap();
        send(database, ben, talk, "Answer").await.unwrap();
        assert_eq!(unread(database, &viewer(ben), talk).await, (0, 0));
        assert_eq!(unread(database, &viewer(anna), talk).await, (1, 1));
        bed
    })
    .await;
}

#[tokio::test]
async fn counts_add_up_over_conversations_and_stop_at_a_hundred() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben, cleo] = people(database, ["anna", "ben", "cleo"]).await;
        let direct = start(database, anna, &[ben]).await.unwrap();
        let group = start(database, anna, &[ben, cleo]).await.unwrap();
        for _ in 0..60 {
            send(database, anna, direct, "ping").await.unwrap();
        }
        assert_eq!(unread(database, &viewer(ben), direct).await, (60, 60));
        send(database, cleo, group, "pong").await.unwrap();
        assert_eq!(unread(database, &viewer(ben), group).await, (1, 61));
        assert_eq!(unread(database, &viewer(anna), group).await, (1, 1));
        for _ in 0..60 {
            send(database, anna, direct, "ping").await.unwrap();
        }
        assert_eq!(unread(database, &viewer(ben), direct).await, (100, 100));
        conversation_mark_read(database, &viewer(ben), direct)
            .await
            .unwrap();
        assert_eq!(unread(database, &viewer(ben), group).await, (1, 1));
        bed
    })
    .await;
}

#[tokio::test]
async fn others_know_how_far_somebody_has_read_only_if_both_want_it() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben, cleo] = people(database, ["anna", "ben", "cleo"]).await;
        let talk = start(database, anna, &[ben, cleo]).await.unwrap();
        let message = send(database, anna, talk, "Read me").await.unwrap();
        let quiet = |on| SettingsUpdate {
            send_receipts: Some(on),
            ..SettingsUpdate::default()
        };
        conversation_mark_read(database, &viewer(ben), talk)
            .await
            .unwrap();
        let readers = async |who| {
            let reader = database.reader(&viewer(who));
            let found = messaging::queries::receipts(&reader, &[talk])
                .await
                .unwrap();
            let receipts = found.get(&talk).cloned().unwrap_or_default();
            let read = receipts.iter().filter(|each| each.read_up_to >= message.id);
            read.map(|each| each.person).collect::<Vec<_>>()
        };
        assert!(readers(anna).await.is_empty(), "nobody has said so");
        for person in [anna, ben, cleo] {
            settings_update(database, &viewer(person), quiet(true))
                .await
                .unwrap();
        }
        assert_eq!(readers(anna).await, [ben]);
        settings_update(database, &viewer(ben), quiet(false))
            .await
            .unwrap();
        assert!(readers(anna).await.is_empty());
        assert!(
            readers(ben).await.is_empty(),
            "who hides it does not see it"
        );
        conversation_mark_read(database, &viewer(cleo), talk)
            .await
            .unwrap();
        assert_eq!(readers(anna).await, [cleo]);
        let [outsider] = people(database, ["dora"]).await;
        assert!(readers(outsider).await.is_empty());
        bed
    })
    .await;
}
