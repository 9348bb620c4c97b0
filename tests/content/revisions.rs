//! The history of a text.

use content::policy::may_edit;
use content::{Content, ContentEdit, NewContent, commands, queries};
use kernel::{ContentState, PageArgs, PersonId, Result};
use testkit::on_both_databases;

use crate::world::World;

async fn edit(world: &World, author: PersonId, content: &Content, text: &str) -> Result<Content> {
    let mut tx = world.begin(author).await;
    let permit = may_edit(&tx, content.id).await?;
    let change = ContentEdit {
        source: Some(text.to_owned()),
        ..ContentEdit::default()
    };
    let edited = commands::edit(&mut tx, permit, change).await?;
    tx.commit().await?;
    Ok(edited)
}

async fn history(world: &World, viewer: PersonId, content: &Content) -> Vec<(i32, String)> {
    let args = PageArgs::forward(50, None).unwrap();
    let page = queries::revisions(&world.reader(viewer), content, &args)
        .await
        .unwrap();
    page.items
        .into_iter()
        .map(|(_, r)| (r.number, r.source))
        .collect()
}

#[tokio::test]
async fn every_text_that_was_seen_is_kept() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.bert, community, "one #alpha").await;
        assert_eq!(
            history(&world, world.otto, &post).await,
            [(1, "one #alpha".to_owned())]
        );
        edit(&world, world.bert, &post, "two #beta @carla")
            .await
            .unwrap();
        let post = edit(&world, world.bert, &post, "three").await.unwrap();
        assert_eq!(post.revision, 3);
        assert!(post.edited_at.is_some());
        let texts = history(&world, world.otto, &post).await;
        let expected = [(3, "three"), (2, "two #beta @carla"), (1, "one #alpha")];
        assert_eq!(
            texts,
            expected.map(|(number, text)| (number, text.to_owned()))
        );
        let facts = "SELECT (SELECT COUNT(*) FROM content_topics WHERE content_id = $1) \
                     + (SELECT COUNT(*) FROM mentions WHERE content_id = $1)";
        assert_eq!(
            world.number(facts, vec![post.id.into()]).await,
            0,
            "facts follow the text"
        );

        let args = PageArgs::forward(2, None).unwrap();
        let reader = world.reader(world.otto);
        let first = queries::revisions(&reader, &post, &args).await.unwrap();
        assert!(first.has_next);
        let args = PageArgs::forward(2, first.info().end_cursor).unwrap();
        let second = queries::revisions(&reader, &post, &args).await.unwrap();
        assert_eq!(second.items.len(), 1);

        world.delete_post(world.bert, &post).await.unwrap();
        assert_eq!(
            history(&world, world.bert, &post).await,
            [],
            "nobody reads it after deletion"
        );
        let stored = "SELECT COUNT(*) FROM content_revisions WHERE content_id = $1";
        assert_eq!(world.number(stored, vec![post.id.into()]).await, 3);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn two_edits_at_once_are_both_kept() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.bert, community, "start").await;
        let texts: Vec<String> = (0..6).map(|number| format!("edit {number}")).collect();
        let edits = texts
            .iter()
            .map(|text| edit(&world, world.bert, &post, text));
        for edited in futures_util::future::join_all(edits).await {
            edited.unwrap();
        }
        let post = world.seen(world.bert, post.id).await.unwrap();
        let history = history(&world, world.bert, &post).await;
        let numbers: Vec<i32> = history.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [7, 6, 5, 4, 3, 2, 1]);
        let mut kept: Vec<String> = history.into_iter().map(|(_, text)| text).collect();
        kept.sort();
        assert_eq!(kept[..6], texts[..]);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn before_publication_there_is_no_history() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let later = world.database().now().plus_seconds(3600);
        let post = world
            .insert(world.bert, |id| NewContent {
                state: ContentState::Scheduled,
                scheduled_for: Some(later),
                ..NewContent::post(id, world.bert, community, "first thought".into())
            })
            .await
            .unwrap();
        let post = edit(&world, world.bert, &post, "better thought")
            .await
            .unwrap();
        assert_eq!((post.revision, post.edited_at), (1, None));
        assert_eq!(
            history(&world, world.bert, &post).await,
            [(1, "better thought".to_owned())]
        );
        world.bed
    })
    .await;
}

#[tokio::test]
async fn topics_given_beside_the_text_survive_an_edit_of_the_text() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world
            .insert(world.bert, |id| NewContent {
                topics: vec!["Travel".into()],
                ..NewContent::post(id, world.bert, community, "about #trains".into())
            })
            .await
            .unwrap();
        edit(&world, world.bert, &post, "about #ships").await.unwrap();
        let sql = "SELECT COUNT(*) FROM content_topics WHERE content_id = $1 AND feed_key IS NOT NULL \
                   AND topic IN ('travel', 'ships')";
        assert_eq!(world.number(sql, vec![post.id.into()]).await, 2);
        let sql = "SELECT COUNT(*) FROM content_topics WHERE content_id = $1";
        assert_eq!(world.number(sql, vec![post.id.into()]).await, 2);
        world.bed
    })
    .await;
}
