//! What is accepted as text, and what is not.

use content::{Imported, NewContent, commands};
use kernel::{ContentId, Error, PostId, Problem, Timestamp};
use testkit::on_both_databases;

use crate::world::{World, codes, house};

fn param<'a>(problem: &'a Problem, name: &str) -> &'a str {
    problem
        .params
        .iter()
        .find(|(key, _)| *key == name)
        .map_or("", |(_, value)| value)
}

#[tokio::test]
async fn all_problems_of_a_text_are_told_at_once() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let refused = world
            .insert(world.bert, |id| NewContent {
                title: "t".repeat(300),
                topics: vec!["two words".into()],
                attachments: vec![kernel::AttachmentId(id.0)],
                ..NewContent::post(id, world.bert, community, "x".repeat(20_001))
            })
            .await;
        let Err(Error::Invalid(problems)) = refused else {
            panic_with(&refused)
        };
        let codes: Vec<_> = problems
            .iter()
            .map(|p| (p.path[0].as_str(), p.code))
            .collect();
        assert_eq!(
            codes,
            [
                ("title", "TEXT_TOO_LONG"),
                ("body", "TEXT_TOO_LONG"),
                ("topics", "INVALID_TOPIC"),
                ("attachmentIds", "ATTACHMENT_NOT_FOUND"),
            ]
        );
        assert_eq!(
            (param(&problems[1], "max"), param(&problems[1], "actual")),
            ("20000", "20001")
        );
        let whole = world.post(world.bert, community, &"x".repeat(20_000)).await;
        assert_eq!(whole.source.len(), 20_000);
        world.bed
    })
    .await;
}

#[expect(clippy::panic, reason = "the message of a failing test")]
fn panic_with(found: &dyn std::fmt::Debug) -> ! {
    panic!("unexpected: {found:?}")
}

#[tokio::test]
async fn hostile_texts_are_refused_or_made_harmless() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let write = async |text: &str| {
            world
                .insert(world.bert, |id| {
                    NewContent::post(id, world.bert, community, text.to_owned())
                })
                .await
        };
        assert_eq!(codes(write("").await), ["TEXT_EMPTY"]);
        assert_eq!(codes(write(" \n\u{200b}\u{2800}").await), ["TEXT_EMPTY"]);
        assert_eq!(
            codes(write(&format!("{}a", "> ".repeat(5_000))).await),
            ["TEXT_TOO_DEEP"]
        );
        let crowd: String = (0..200).map(|_| "@anna ").collect();
        assert!(write(&crowd).await.is_ok(), "one person, however often");
        let shown = write("hi\u{0}\u{202e}<script>alert(1)</script> <img src=x onerror=alert(1)>")
            .await
            .unwrap();
        assert!(
            !shown.html.contains("<script") && !shown.html.contains("onerror=\""),
            "{}",
            shown.html
        );
        assert!(!shown.source.contains('\u{0}') && !shown.source.contains('\u{202e}'));
        world.bed
    })
    .await;
}

#[tokio::test]
async fn nobody_calls_more_people_than_a_hundred() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let mut tx = world.database().begin(&house()).await.unwrap();
        for number in 0..101 {
            let new = identity::NewPerson {
                handle: format!("p{number}"),
                name: format!("Person {number}"),
                ..identity::NewPerson::default()
            };
            identity::commands::create_person(&mut tx, new)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        let crowd = |count| (0..count).map(|n| format!("@p{n} ")).collect::<String>();
        let post = world.post(world.bert, community, &crowd(100)).await;
        let called = "SELECT COUNT(*) FROM mentions WHERE content_id = $1";
        assert_eq!(world.number(called, vec![post.id.into()]).await, 100);
        let refused = world
            .insert(world.bert, |id| {
                NewContent::post(id, world.bert, community, crowd(101))
            })
            .await;
        assert_eq!(codes(refused), ["TOO_MANY_MENTIONS"]);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn imports_keep_their_time_and_order() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let at = |seconds: i64| Timestamp::from_millis(1_500_000_000_000).plus_seconds(seconds);
        let mut tx = world.database().begin(&house()).await.unwrap();
        let root = PostId::at(at(0));
        let post = NewContent {
            imported: Some(Imported { at: at(0) }),
            ..NewContent::post(root, world.anna, community, "old".into())
        };
        let replies = (1..=40).map(|number| NewContent {
            id: ContentId(PostId::at(at(number)).0),
            kind: content::ContentKind::Reply,
            root: Some(root.into()),
            author: world.bert,
            source: if number == 7 { String::new() } else { format!("answer {number} for @anna") },
            ..post.clone()
        });
        let news: Vec<NewContent> = std::iter::once(post.clone())
            .chain(replies.map(|reply| {
                let at = kernel::id::made_at(reply.id.0).unwrap();
                NewContent { imported: Some(Imported { at }), ..reply }
            }))
            .collect();
        let before = tx.viewer().statements();
        let (written, refused) = commands::insert_many(&mut tx, news).await.unwrap();
        let statements = tx.viewer().statements() - before;
        tx.commit().await.unwrap();
        assert_eq!(written.len(), 40);
        assert_eq!(refused.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [7]);
        assert!(statements < 20, "{statements} statements for 41 contents");
        assert!(written.iter().all(|c| c.imported && c.published_at == Some(c.created_at)));
        let thread = "SELECT reply_count FROM threads WHERE root_id = $1";
        assert_eq!(world.number(thread, vec![root.into()]).await, 39);
        let activity = "SELECT last_activity_at FROM threads WHERE root_id = $1";
        assert_eq!(world.number(activity, vec![root.into()]).await, at(40).micros());
        let silent = "SELECT COUNT(*) FROM journal WHERE kind IN ('post.published', 'reply.published') AND imported";
        assert_eq!(world.number(silent, vec![]).await, 40);
        world.bed
    })
    .await;
}
