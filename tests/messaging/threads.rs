//! Answers and searching: both are views of one order.

use kernel::PageArgs;
use messaging::queries::{self, Wanted};
use messaging::{NewMessage, commands};
use testkit::on_both_databases;

use crate::house::{
    client_id, new_message, people, reasons, send, sent, start, texts, unread, viewer,
};

#[tokio::test]
async fn an_answer_stands_in_the_order_of_all_and_belongs_to_a_thread() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let question = sent(database, anna, talk, "Who has the key?").await;
        sent(database, ben, talk, "Something else").await;
        let answer = |number, to, body: &str| NewMessage {
            client_id: client_id(number),
            body: body.to_owned(),
            thread: Some(to),
            ..new_message(talk)
        };
        let first = commands::message_send(database, &viewer(ben), answer(7, question, "I have"))
            .await
            .unwrap();
        assert_eq!(first.thread, Some(question));
        // An answer to an answer belongs to the same thread.
        let second = commands::message_send(database, &viewer(anna), answer(8, first.id, "Thanks"))
            .await
            .unwrap();
        assert_eq!(second.thread, Some(question));

        let reader = database.reader(&viewer(ben));
        let page = PageArgs::forward(10, None).unwrap();
        let thread = queries::messages(&reader, talk, &Wanted::Thread(question), &page).await;
        let thread = thread.unwrap().items.into_iter();
        let thread: Vec<String> = thread.map(|(_, message)| message.source).collect();
        assert_eq!(thread, ["Who has the key?", "I have", "Thanks"]);
        assert_eq!(
            texts(database, &viewer(ben), talk).await.unwrap(),
            ["Who has the key?", "Something else", "I have", "Thanks"]
        );
        let counts = queries::thread_counts(&reader, &[question, first.id]).await;
        assert_eq!(counts.unwrap(), [(question, 2)].into());
        assert_eq!(unread(database, &viewer(ben), talk).await, (1, 1));
        bed
    })
    .await;
}

#[tokio::test]
async fn an_answer_needs_a_message_of_the_same_conversation() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben, cleo] = people(database, ["anna", "ben", "cleo"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let other = start(database, anna, &[cleo]).await.unwrap();
        let elsewhere = sent(database, anna, other, "elsewhere").await;
        let gone = sent(database, anna, talk, "gone").await;
        commands::message_delete(database, &viewer(anna), gone)
            .await
            .unwrap();
        for to in [elsewhere, gone] {
            let new = NewMessage {
                body: "answer".into(),
                thread: Some(to),
                ..new_message(talk)
            };
            let refused = commands::message_send(database, &viewer(anna), new).await;
            assert_eq!(reasons(refused), ["MESSAGE_NOT_FOUND"]);
        }
        bed
    })
    .await;
}

#[tokio::test]
async fn a_search_finds_words_as_people_type_them() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben, cleo] = people(database, ["anna", "ben", "cleo"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        for text in [
            "Die **Prüfung** der Kasse ist am Montag",
            "100 % sicher",
            "Kassenprüfung verschoben",
            "under_score",
        ] {
            send(database, anna, talk, text).await.unwrap();
        }
        let reader = database.reader(&viewer(ben));
        let find = async |query: &str| {
            let page = PageArgs::new(None, None, Some(10), None).unwrap();
            let wanted = Wanted::Words(identity::search_words(query));
            let found = queries::messages(&reader, talk, &wanted, &page)
                .await
                .unwrap();
            let found = found.items.into_iter();
            found.map(|(_, message)| message.source).collect::<Vec<_>>()
        };
        assert_eq!(find("PRUFUNG kasse").await.len(), 2);
        assert_eq!(find("prüfung montag").await.len(), 1);
        assert_eq!(find("%").await, ["100 % sicher"]);
        assert_eq!(find("r_s").await, ["under_score"]);
        assert!(find("\\").await.is_empty());
        assert!(find("gibtesnicht").await.is_empty());

        let outsider = database.reader(&viewer(cleo));
        let page = PageArgs::new(None, None, Some(10), None).unwrap();
        let wanted = Wanted::Words(identity::search_words("kasse"));
        let refused = queries::messages(&outsider, talk, &wanted, &page).await;
        assert_eq!(reasons(refused), ["NOT_FOUND"]);
        bed
    })
    .await;
}

#[tokio::test]
async fn a_search_finds_the_text_as_it_is_now() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let id = sent(database, anna, talk, "the blue folder").await;
        commands::message_edit(database, &viewer(anna), id, "the red folder")
            .await
            .unwrap();
        let reader = database.reader(&viewer(ben));
        let count = async |query: &str| {
            let page = PageArgs::forward(10, None).unwrap();
            let wanted = Wanted::Words(identity::search_words(query));
            let found = queries::messages(&reader, talk, &wanted, &page).await;
            found.unwrap().items.len()
        };
        assert_eq!((count("blue").await, count("red").await), (0, 1));
        commands::message_delete(database, &viewer(anna), id)
            .await
            .unwrap();
        assert_eq!(count("red").await, 0);
        bed
    })
    .await;
}
