//! Lists page by key: nothing is missed, nothing comes twice, in both directions.

use kernel::{Cursor, PageArgs};
use messaging::queries::{self, Wanted};
use testkit::on_both_databases;

use crate::house::{people, person, reasons, send, start, viewer};

#[tokio::test]
async fn the_conversation_with_the_newest_message_comes_first_on_every_page() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let anna = person(database, "anna").await;
        let mut talks = Vec::new();
        for number in 0..9 {
            let other = person(database, &format!("p{number}")).await;
            let talk = start(database, anna, &[other]).await.unwrap();
            bed.clock.advance_seconds(1);
            send(database, anna, talk, "Hello").await.unwrap();
            talks.push(talk);
        }
        bed.clock.advance_seconds(1);
        send(database, anna, talks[3], "Again").await.unwrap();
        let moved = talks.remove(3);
        talks.push(moved);
        talks.reverse();

        let reader = database.reader(&viewer(anna));
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let args = PageArgs::forward(4, after.take()).unwrap();
            let page = queries::conversations(&reader, &args).await.unwrap();
            let info = page.info();
            assert_eq!(info.has_previous_page, !seen.is_empty());
            seen.extend(page.items.into_iter().map(|(_, view)| view.id));
            if !info.has_next_page {
                break;
            }
            after = info.end_cursor;
        }
        assert_eq!(seen, talks);
        bed
    })
    .await;
}

#[tokio::test]
async fn messages_page_forwards_and_backwards() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben] = people(database, ["anna", "ben"]).await;
        let talk = start(database, anna, &[ben]).await.unwrap();
        let mut all = Vec::new();
        for number in 0..11 {
            all.push(
                send(database, anna, talk, &number.to_string())
                    .await
                    .unwrap()
                    .id,
            );
        }
        let reader = database.reader(&viewer(ben));
        for size in [1, 3, 4, 11, 12] {
            let (mut forwards, mut after) = (Vec::new(), None);
            loop {
                let args = PageArgs::new(Some(size), after.take(), None, None).unwrap();
                let page = queries::messages(&reader, talk, &Wanted::All, &args)
                    .await
                    .unwrap();
                let info = page.info();
                forwards.extend(page.items.into_iter().map(|(_, view)| view.id));
                if !info.has_next_page {
                    break;
                }
                after = info.end_cursor;
            }
            assert_eq!(forwards, all);

            let (mut backwards, mut before) = (Vec::new(), None);
            loop {
                let args = PageArgs::new(None, None, Some(size), before.take()).unwrap();
                let page = queries::messages(&reader, talk, &Wanted::All, &args)
                    .await
                    .unwrap();
                let info = page.info();
                let ids = page.items.into_iter().map(|(_, view)| view.id);
                backwards.splice(0..0, ids);
                if !info.has_previous_page {
                    break;
                }
                before = info.start_cursor;
            }
            assert_eq!(backwards, all);
        }
        let foreign = Some(Cursor::parts(&["a", "b"]).encode());
        let args = PageArgs::forward(5, foreign).unwrap();
        assert_eq!(
            reasons(queries::messages(&reader, talk, &Wanted::All, &args).await),
            ["INVALID_CURSOR"]
        );
        bed
    })
    .await;
}
