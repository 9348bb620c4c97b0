//! Events that come again, that were imported, or that come from elsewhere at the same time.

use content::PostKind;
use kernel::Viewer;
use notifications::NotificationKind as Kind;
use posts::NewPost;
use sea_orm::{ConnectionTrait, Statement};
use testkit::on_both_databases;

use crate::world::{World, house, member};

/// The consumer forgets how far it had come, as after a restore from a backup.
async fn rewind(world: &World) {
    let mut tx = world.db().begin(&Viewer::system("test")).await.unwrap();
    let sql = "DELETE FROM journal_cursors WHERE name = $1";
    let statement =
        Statement::from_sql_and_values(world.db().backend(), sql, ["notifications".into()]);
    assert_eq!(tx.execute_raw(statement).await.unwrap().rows_affected(), 1);
    let subject = kernel::SubjectRef::new("test", uuid::Uuid::nil());
    tx.announce(kernel::NewEvent::new(
        "test.happened",
        subject,
        kernel::Scope::System,
    ));
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_consumer_that_starts_over_tells_nobody_twice() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let [ben, cleo] = world.people(["ben", "cleo"]).await;
        let community = world.public("Kitchen").await;
        world.join(community, &[ben, cleo]).await;
        let post = world.post(world.owner, community, "Ask @ben").await;
        world
            .post_of_kind(world.owner, community, PostKind::Announcement)
            .await;
        world.praise(world.owner, community, &[cleo]).await;
        for text in ["Yes", "No", "Yes"] {
            world.reply(ben, post, text).await;
            world.reply(cleo, post, text).await;
        }
        world.react(ben, post, "👍", true).await;
        world.react(cleo, post, "👍", true).await;
        world.react(ben, post, "👍", false).await;
        world.notify().await;
        // Some of it is read, some not.
        world.clean_slate(&[cleo]).await;
        world.reply(ben, post, "Once more").await;
        world.notify().await;

        let people = [world.owner, ben, cleo];
        let mut before = Vec::new();
        for person in people {
            before.push(world.list(person).await);
        }
        assert!(before.iter().all(|list| list.len() >= 2));
        for _ in 0..2 {
            rewind(&world).await;
            world.notify().await;
            for (person, list) in people.iter().zip(&before) {
                assert_eq!(&world.list(*person).await, list);
            }
        }
        world.bed
    })
    .await;
}

#[tokio::test]
async fn what_is_imported_tells_nobody() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let ben = world.person("ben").await;
        let community = world.public("Kitchen").await;
        world.join(community, &[ben]).await;
        world.clean_slate(&[ben, world.owner]).await;
        let mut tx = world.db().begin(&house()).await.unwrap();
        let at = kernel::Timestamp::from_millis(1_000_000_000_000);
        let new = NewPost {
            imported: Some(content::Imported { at }),
            ..NewPost::discussion(world.owner, community, "Long ago, @ben")
        };
        let post = posts::commands::create_in(&mut tx, new).await.unwrap();
        tx.commit().await.unwrap();
        world.notify().await;
        assert!(world.list(ben).await.is_empty());

        // What people do with it today is told, and a typo mended does not dig up old mentions.
        world.react(ben, post, "👍", true).await;
        let change = posts::model::PostChange {
            body: Some("Long ago: @ben".to_owned()),
            ..posts::model::PostChange::default()
        };
        let owner = member(world.owner);
        posts::commands::update(world.db(), &owner, post, change)
            .await
            .unwrap();
        world.notify().await;
        assert!(world.list(ben).await.is_empty());
        assert_eq!(world.kinds(world.owner).await, [Kind::Reaction]);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn marking_while_the_consumer_works_loses_nothing() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let ben = world.person("ben").await;
        let community = world.public("Kitchen").await;
        world.join(community, &[ben]).await;
        let post = world.post(world.owner, community, "Shall we?").await;
        world.notify().await;
        for round in 0..15 {
            world.reply(ben, post, &format!("{round}")).await;
            let all = notifications::commands::Which::All;
            let owner = member(world.owner);
            let marking = notifications::commands::mark(world.db(), &owner, &all, true);
            let (marked, ()) = futures_util::join!(marking, world.notify());
            marked.unwrap();
            // Whichever came first: the newest reply stands on top, read or not.
            let newest = &world.list(world.owner).await[0];
            assert_eq!(newest.excerpt, format!("{round}"));
        }
        world.bed
    })
    .await;
}
