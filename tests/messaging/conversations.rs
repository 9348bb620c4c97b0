//! Starting conversations and writing in them.

use kernel::{Scope, Viewer};
use messaging::model::MAX_MEMBERS;
use messaging::{NewMessage, commands, events, queries};
use platform::journal;
use testkit::on_both_databases;
use testkit::settle::settled;

use crate::house::{
    client_id, deactivate, listed, new_message, people, person, reasons, send, start, texts, viewer,
};

#[tokio::test]
async fn the_same_people_always_have_the_same_conversation() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben, cleo] = people(database, ["anna", "ben", "cleo"]).await;
        let first = start(database, anna, &[ben, cleo]).await.unwrap();
        assert_eq!(
            start(database, anna, &[cleo, ben, ben, anna])
                .await
                .unwrap(),
            first
        );
        assert_eq!(start(database, cleo, &[anna, ben]).await.unwrap(), first);
        assert_ne!(start(database, anna, &[ben]).await.unwrap(), first);
        bed
    })
    .await;
}

#[tokio::test]
async fn two_people_who_start_at_once_meet_in_one_conversation() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let tries = (0..8).map(|n| if n % 2 == 0 { (anna, ben) } else { (ben, anna) });
        let started =
            tries.map(|(one, other)| async move { start(database, one, &[other]).await.unwrap() });
        let ids = futures_util::future::join_all(started).await;
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        bed
    })
    .await;
}

#[tokio::test]
async fn all_that_is_wrong_with_a_start_is_said_at_once() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        assert_eq!(
            reasons(start(database, anna, &[]).await),
            ["CONVERSATION_TOO_SMALL"]
        );
        assert_eq!(
            reasons(start(database, anna, &[anna]).await),
            ["CONVERSATION_TOO_SMALL"]
        );
        deactivate(database, ben).await;
        let nobody = testkit::some_person(7);
        let refused =
            commands::conversation_start(database, &viewer(anna), "first", &[ben, nobody]).await;
        let expected = [
            "INVALID_CLIENT_ID",
            "PERSON_DEACTIVATED",
            "PERSON_NOT_FOUND",
        ];
        assert_eq!(reasons(refused), expected);

        let crowd: Vec<_> = (0..MAX_MEMBERS)
            .map(|n| testkit::some_person(n as u128 + 10))
            .collect();
        assert_eq!(
            reasons(start(database, anna, &crowd).await),
            ["CONVERSATION_TOO_LARGE"]
        );
        let nobody = Viewer::anonymous();
        let refused = commands::conversation_start(database, &nobody, &client_id(1), &[ben]).await;
        assert_eq!(reasons(refused), ["UNAUTHENTICATED"]);
        bed
    })
    .await;
}

#[tokio::test]
async fn the_largest_group_there_may_be_works() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let anna = person(database, "anna").await;
        let mut others = Vec::new();
        for number in 1..MAX_MEMBERS {
            others.push(person(database, &format!("p{number}")).await);
        }
        let group = start(database, anna, &others).await.unwrap();
        send(database, anna, group, "Hello all").await.unwrap();
        let last = viewer(others[others.len() - 1]);
        assert_eq!(texts(database, &last, group).await.unwrap(), ["Hello all"]);
        bed
    })
    .await;
}

#[tokio::test]
async fn messages_keep_the_order_in_which_they_were_accepted_even_within_one_moment() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let mut expected = Vec::new();
        for number in 0..30 {
            let text = format!("message {number}");
            let author = if number % 3 == 0 { ben } else { anna };
            send(database, author, talk, &text).await.unwrap();
            expected.push(text);
        }
        assert_eq!(texts(database, &viewer(ben), talk).await.unwrap(), expected);
        bed
    })
    .await;
}

#[tokio::test]
async fn writers_at_the_same_time_lose_nothing() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let sends = (0..20).map(|n| async move {
            let author = if n % 2 == 0 { anna } else { ben };
            send(database, author, talk, &n.to_string())
                .await
                .unwrap()
                .id
        });
        let mut ids = futures_util::future::join_all(sends).await;
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 20);
        let reader = database.reader(&viewer(anna));
        let view = queries::conversation(&reader, talk).await.unwrap();
        assert_eq!(view.last_message, ids.last().copied());
        bed
    })
    .await;
}

#[tokio::test]
async fn repeating_an_attempt_sends_nothing_twice() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let message = |body: &str| NewMessage {
            client_id: client_id(42),
            body: body.to_owned(),
            ..new_message(talk)
        };
        let first = commands::message_send(database, &viewer(anna), message("one"))
            .await
            .unwrap();
        let again = commands::message_send(database, &viewer(anna), message("two"))
            .await
            .unwrap();
        assert_eq!(again, first);
        // Somebody else's id is no repetition.
        let other = commands::message_send(database, &viewer(ben), message("three"))
            .await
            .unwrap();
        assert_ne!(other.id, first.id);
        assert_eq!(
            texts(database, &viewer(anna), talk).await.unwrap(),
            ["one", "three"]
        );
        bed
    })
    .await;
}

#[tokio::test]
async fn bad_texts_are_refused_and_good_ones_are_made_safe() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        assert_eq!(
            reasons(send(database, anna, talk, " \n\t ").await),
            ["TEXT_EMPTY"]
        );
        let long = "x".repeat(20_001);
        assert_eq!(
            reasons(send(database, anna, talk, &long).await),
            ["TEXT_TOO_LONG"]
        );
        let nested = ">".repeat(20_000);
        assert_eq!(
            reasons(send(database, anna, talk, &nested).await),
            ["TEXT_TOO_DEEP"]
        );
        let new = NewMessage {
            client_id: "x".into(),
            ..new_message(talk)
        };
        let refused = commands::message_send(database, &viewer(anna), new).await;
        assert_eq!(reasons(refused), ["INVALID_CLIENT_ID", "TEXT_EMPTY"]);

        let body = "**Hi** @ben <script>alert(1)</script>";
        let sent = send(database, anna, talk, body).await.unwrap();
        assert!(sent.html.contains("<strong>Hi</strong>"), "{}", sent.html);
        assert!(sent.html.contains("/people/ben"), "{}", sent.html);
        assert!(!sent.html.contains("<script"), "{}", sent.html);
        bed
    })
    .await;
}

#[tokio::test]
async fn a_conversation_shows_in_the_others_lists_once_somebody_writes() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        assert_eq!(listed(database, &viewer(anna)).await, [talk]);
        assert!(listed(database, &viewer(ben)).await.is_empty());
        send(database, anna, talk, "Hello").await.unwrap();
        assert_eq!(listed(database, &viewer(ben)).await, [talk]);
        bed
    })
    .await;
}

#[tokio::test]
async fn the_journal_names_the_members_and_nobody_else_may_learn_of_it() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben, cleo] = people(database, ["anna", "ben", "cleo"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        send(database, anna, talk, "Hello").await.unwrap();
        commands::conversation_mark_read(database, &viewer(ben), talk)
            .await
            .unwrap();
        // Nothing new was read: nothing is told.
        commands::conversation_mark_read(database, &viewer(ben), talk)
            .await
            .unwrap();

        settled(database).await;
        let reader = database.reader(&Viewer::system("test"));
        let facts = journal::read(&reader, kernel::Position::START, 100)
            .await
            .unwrap();
        let ours: Vec<_> = facts.iter().filter(|e| e.scope == Scope::System).collect();
        let kinds: Vec<_> = ours.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds, [events::CREATED, events::SENT, events::READ]);
        assert!(ours.iter().all(|event| events::concerns(event, ben)));
        assert!(ours.iter().all(|event| !events::concerns(event, cleo)));
        assert!(
            !events::concerns(ours[2], anna),
            "who reads what is nobody else's business"
        );
        assert_eq!(ours[1].root, Some(talk.uuid()));
        assert!(
            !ours
                .iter()
                .any(|event| event.payload.to_string().contains("Hello"))
        );
        bed
    })
    .await;
}
