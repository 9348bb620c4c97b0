//! Messages that are changed, deleted and reacted to.

use kernel::{Error, MessageId};
use messaging::model::MAX_EMOJI;
use messaging::{MessageView, commands, queries};
use platform::Database;
use testkit::on_both_databases;

use crate::house::{people, reasons, sent, start, texts, unread, viewer};

async fn message(database: &Database, person: kernel::PersonId, id: MessageId) -> MessageView {
    let reader = database.reader(&viewer(person));
    let mut found = queries::messages_by_id(&reader, &[id]).await.unwrap();
    found.remove(&id).unwrap()
}

#[tokio::test]
async fn a_changed_text_says_so_and_keeps_what_stood_there() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let id = sent(database, anna, talk, "At ten").await;
        assert_eq!(message(database, ben, id).await.edited_at, None);
        for body in ["At **eleven**", "At noon"] {
            commands::message_edit(database, &viewer(anna), id, body)
                .await
                .unwrap();
        }
        let now = message(database, ben, id).await;
        assert_eq!(now.source, "At noon");
        assert!(now.html.contains("noon") && now.edited_at.is_some());
        let reader = database.reader(&viewer(ben));
        let mut before = queries::revisions(&reader, &[id]).await.unwrap();
        let before: Vec<String> = before
            .remove(&id)
            .unwrap()
            .into_iter()
            .map(|r| r.source)
            .collect();
        assert_eq!(before, ["At **eleven**", "At ten"]);
        bed
    })
    .await;
}

#[tokio::test]
async fn the_same_text_again_is_no_change() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let id = sent(database, anna, talk, "At ten").await;
        let same = commands::message_edit(database, &viewer(anna), id, "At ten").await;
        assert_eq!(same.unwrap().edited_at, None);
        let refused = commands::message_edit(database, &viewer(anna), id, "  ").await;
        assert_eq!(reasons(refused), ["TEXT_EMPTY"]);
        bed
    })
    .await;
}

#[tokio::test]
async fn only_the_author_changes_or_deletes() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben, cleo] = people(database, ["anna", "ben", "cleo"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let id = sent(database, anna, talk, "Mine").await;
        for (person, reason) in [(ben, "NOT_AUTHOR"), (cleo, "NOT_FOUND")] {
            let edited = commands::message_edit(database, &viewer(person), id, "Yours").await;
            assert_eq!(reasons(edited), [reason]);
            let deleted = commands::message_delete(database, &viewer(person), id).await;
            assert_eq!(reasons(deleted), [reason]);
        }
        assert_eq!(texts(database, &viewer(ben), talk).await.unwrap(), ["Mine"]);
        bed
    })
    .await;
}

#[tokio::test]
async fn a_deleted_message_leaves_its_place_and_nothing_to_read() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        sent(database, anna, talk, "before").await;
        let id = sent(database, anna, talk, "secret plan").await;
        commands::message_edit(database, &viewer(anna), id, "secret idea")
            .await
            .unwrap();
        commands::message_react(database, &viewer(ben), id, "👍", true)
            .await
            .unwrap();
        assert_eq!(unread(database, &viewer(ben), talk).await, (2, 2));
        commands::message_delete(database, &viewer(anna), id)
            .await
            .unwrap();

        let gone = message(database, ben, id).await;
        assert!(gone.deleted_at.is_some());
        assert_eq!((gone.source.as_str(), gone.html.as_str()), ("", ""));
        let reader = database.reader(&viewer(ben));
        assert!(queries::revisions(&reader, &[id]).await.unwrap().is_empty());
        assert!(queries::reactions(&reader, &[id]).await.unwrap().is_empty());
        assert_eq!(unread(database, &viewer(ben), talk).await, (1, 1));
        for result in [
            commands::message_edit(database, &viewer(anna), id, "again").await,
            commands::message_delete(database, &viewer(anna), id).await,
            commands::message_react(database, &viewer(ben), id, "👍", true).await,
        ] {
            assert!(matches!(result, Err(Error::NotFound)));
        }
        bed
    })
    .await;
}

#[tokio::test]
async fn reactions_are_counted_once_for_each_person() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben, cleo] = people(database, ["anna", "ben", "cleo"]).await;
        let talk = start(database, anna, &[ben, cleo]).await.unwrap();
        let id = sent(database, anna, talk, "Cake in the kitchen").await;
        for (person, emoji) in [(ben, "🎉"), (ben, "🎉"), (cleo, "🎉"), (cleo, "👍")] {
            commands::message_react(database, &viewer(person), id, emoji, true)
                .await
                .unwrap();
        }
        let totals = async |person| {
            let reader = database.reader(&viewer(person));
            let mut found = queries::reactions(&reader, &[id]).await.unwrap();
            let totals = found.remove(&id).unwrap_or_default();
            let totals = totals.into_iter();
            totals
                .map(|total| (total.emoji, total.count, total.viewer_reacted))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            totals(ben).await,
            [("🎉".to_owned(), 2, true), ("👍".to_owned(), 1, false)]
        );
        commands::message_react(database, &viewer(cleo), id, "🎉", false)
            .await
            .unwrap();
        let mut left = totals(cleo).await;
        left.sort_unstable();
        assert_eq!(
            left,
            [("🎉".to_owned(), 1, false), ("👍".to_owned(), 1, true)]
        );
        let refused = commands::message_react(database, &viewer(ben), id, "great", true).await;
        assert_eq!(reasons(refused), ["INVALID_EMOJI"]);
        bed
    })
    .await;
}

#[tokio::test]
async fn there_is_an_end_to_the_kinds_of_reactions() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let id = sent(database, anna, talk, "hi").await;
        let faces = (0x1F600..).filter_map(char::from_u32).map(String::from);
        let limit = usize::try_from(MAX_EMOJI).unwrap();
        let faces: Vec<String> = faces.take(limit + 1).collect();
        for face in &faces[..limit] {
            commands::message_react(database, &viewer(ben), id, face, true)
                .await
                .unwrap();
        }
        let refused =
            commands::message_react(database, &viewer(ben), id, &faces[limit], true).await;
        assert_eq!(reasons(refused), ["TOO_MANY_EMOJI"]);
        commands::message_react(database, &viewer(anna), id, &faces[0], true)
            .await
            .unwrap();
        bed
    })
    .await;
}
