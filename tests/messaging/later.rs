//! What is one's own in a conversation: quiet, half written, waiting to be sent.

use kernel::{ConversationId, PersonId};
use messaging::model::MAX_DAYS_AHEAD;
use messaging::{NewMessage, ScheduledView, commands, jobs, queries};
use platform::Database;
use testkit::on_both_databases;

use crate::house::{
    client_id, deactivate, new_message, people, reasons, send, start, texts, unread, viewer,
};

async fn waiting(
    database: &Database,
    person: PersonId,
    talk: ConversationId,
) -> Vec<ScheduledView> {
    let reader = database.reader(&viewer(person));
    let mut found = queries::scheduled(&reader, &[talk]).await.unwrap();
    found.remove(&talk).unwrap_or_default()
}

fn letter(talk: ConversationId, number: u128, body: &str) -> NewMessage {
    NewMessage {
        client_id: client_id(number),
        body: body.to_owned(),
        ..new_message(talk)
    }
}

#[tokio::test]
async fn a_quiet_conversation_is_not_counted_with_the_others() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        send(database, anna, talk, "one").await.unwrap();
        commands::conversation_set_muted(database, &viewer(ben), talk, true)
            .await
            .unwrap();
        assert_eq!(unread(database, &viewer(ben), talk).await, (1, 0));
        send(database, ben, talk, "two").await.unwrap();
        assert_eq!(unread(database, &viewer(anna), talk).await, (1, 1));
        commands::conversation_set_muted(database, &viewer(ben), talk, false)
            .await
            .unwrap();
        send(database, anna, talk, "three").await.unwrap();
        assert_eq!(unread(database, &viewer(ben), talk).await, (1, 1));
        bed
    })
    .await;
}

#[tokio::test]
async fn what_is_half_written_is_there_on_every_device_of_its_author_only() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben, cleo] = people(database, ["anna", "ben", "cleo"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let draft = async |person| {
            let reader = database.reader(&viewer(person));
            queries::drafts(&reader, &[talk])
                .await
                .unwrap()
                .remove(&talk)
        };
        for body in ["Dear", "Dear Ben"] {
            commands::message_draft_save(database, &viewer(anna), talk, body)
                .await
                .unwrap();
        }
        assert_eq!(draft(anna).await.as_deref(), Some("Dear Ben"));
        assert_eq!(draft(ben).await, None);
        commands::message_draft_save(database, &viewer(anna), talk, " ")
            .await
            .unwrap();
        assert_eq!(draft(anna).await, None);
        let refused = commands::message_draft_save(database, &viewer(cleo), talk, "Hi").await;
        assert_eq!(reasons(refused), ["NOT_FOUND"]);
        let long = "x".repeat(40_001);
        let refused = commands::message_draft_save(database, &viewer(anna), talk, &long).await;
        assert_eq!(reasons(refused), ["TEXT_TOO_LONG"]);
        bed
    })
    .await;
}

#[tokio::test]
async fn a_message_waits_for_its_time_and_is_sent_once() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let at = database.now().plus_seconds(3600);
        let kept =
            commands::message_schedule(database, &viewer(anna), letter(talk, 9, "Later"), at)
                .await
                .unwrap();
        let again =
            commands::message_schedule(database, &viewer(anna), letter(talk, 9, "Later"), at)
                .await
                .unwrap();
        assert_eq!(kept, again);
        assert_eq!(waiting(database, anna, talk).await.len(), 1);
        assert!(waiting(database, ben, talk).await.is_empty());

        assert_eq!(jobs::send_due(database).await.unwrap(), 0);
        assert!(
            texts(database, &viewer(ben), talk)
                .await
                .unwrap()
                .is_empty()
        );
        bed.clock.advance_seconds(3601);
        let rounds = futures_util::future::join_all((0..4).map(|_| jobs::send_due(database))).await;
        assert_eq!(rounds.into_iter().map(|sent| sent.unwrap()).sum::<u64>(), 1);
        assert_eq!(
            texts(database, &viewer(ben), talk).await.unwrap(),
            ["Later"]
        );
        assert_eq!(unread(database, &viewer(ben), talk).await, (1, 1));
        assert!(waiting(database, anna, talk).await.is_empty());
        bed
    })
    .await;
}

#[tokio::test]
async fn a_waiting_message_can_be_taken_back_by_its_author() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let at = database.now().plus_seconds(60);
        let kept = commands::message_schedule(database, &viewer(anna), letter(talk, 9, "No"), at)
            .await
            .unwrap();
        let refused = commands::scheduled_message_cancel(database, &viewer(ben), kept.id).await;
        assert_eq!(reasons(refused), ["NOT_FOUND"]);
        commands::scheduled_message_cancel(database, &viewer(anna), kept.id)
            .await
            .unwrap();
        bed.clock.advance_seconds(61);
        assert_eq!(jobs::send_due(database).await.unwrap(), 0);
        bed
    })
    .await;
}

#[tokio::test]
async fn a_time_that_cannot_be_is_refused() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let now = database.now();
        for (at, reason) in [
            (now, "SCHEDULED_IN_THE_PAST"),
            (
                now.plus_seconds(MAX_DAYS_AHEAD * 86_400 + 1),
                "SCHEDULED_TOO_FAR",
            ),
        ] {
            let refused =
                commands::message_schedule(database, &viewer(anna), letter(talk, 9, "x"), at).await;
            assert_eq!(reasons(refused), [reason]);
        }
        bed
    })
    .await;
}

#[tokio::test]
async fn nothing_is_sent_for_somebody_who_left() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let at = database.now().plus_seconds(60);
        commands::message_schedule(database, &viewer(anna), letter(talk, 9, "Bye"), at)
            .await
            .unwrap();
        deactivate(database, anna).await;
        bed.clock.advance_seconds(61);
        assert_eq!(jobs::send_due(database).await.unwrap(), 1);
        assert!(
            texts(database, &viewer(ben), talk)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(jobs::send_due(database).await.unwrap(), 0);
        bed
    })
    .await;
}
