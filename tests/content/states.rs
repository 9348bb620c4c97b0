//! What happens to content at a set time.

use content::policy::{may_publish, may_system};
use content::{NewContent, commands, jobs, queries};
use kernel::{ContentState, PageArgs};
use testkit::on_both_databases;

use crate::world::{World, codes, house};

fn scheduled(
    world: &World,
    id: kernel::PostId,
    community: kernel::CommunityId,
    seconds: i64,
) -> NewContent {
    NewContent {
        state: ContentState::Scheduled,
        scheduled_for: Some(world.database().now().plus_seconds(seconds)),
        ..NewContent::post(id, world.bert, community, "later, @carla #soon".into())
    }
}

#[tokio::test]
async fn scheduled_content_waits_unseen_and_is_published_once() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world
            .insert(world.bert, |id| scheduled(&world, id, community, 3600))
            .await
            .unwrap();
        assert_eq!((post.feed_key, post.published_at), (None, None));
        assert!(world.seen(world.carla, post.id).await.is_none());
        assert!(world.seen(world.bert, post.id).await.is_some());
        let reader = world.database().reader(&house());
        assert!(
            queries::due(&reader, world.database().now(), 10)
                .await
                .unwrap()
                .is_empty()
        );
        let quiet = "SELECT COUNT(*) FROM journal WHERE subject_id = $1 AND scope_kind <> 'person'";
        assert_eq!(world.number(quiet, vec![post.id.into()]).await, 0);

        world.bed.clock.advance_seconds(3601);
        let due = queries::due(&reader, world.database().now(), 10)
            .await
            .unwrap();
        assert_eq!(
            due.iter().map(|content| content.id).collect::<Vec<_>>(),
            [post.id]
        );
        let mut tx = world.database().begin(&house()).await.unwrap();
        let permit = may_publish(&tx, post.id).await.unwrap();
        let published = commands::publish(&mut tx, permit, &serde_json::Value::Null)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(published.published_at, Some(world.database().now()));
        assert!(
            world
                .seen(world.carla, post.id)
                .await
                .unwrap()
                .feed_key
                .is_some()
        );
        assert!(
            queries::due(&reader, world.database().now(), 10)
                .await
                .unwrap()
                .is_empty()
        );
        let told = "SELECT COUNT(*) FROM journal WHERE kind = 'post.published' \
                    AND scope_kind = 'community' AND payload LIKE '%' || $1 || '%'";
        let carla = world.carla.uuid().simple().to_string();
        assert_eq!(world.number(told, vec![carla.into()]).await, 1);
        let topic = queries::topic(&world.reader(world.carla), "soon")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(topic.post_count, 1);

        let mut tx = world.begin(world.bert).await;
        let permit = may_publish(&tx, post.id).await.unwrap();
        let again = commands::publish(&mut tx, permit, &serde_json::Value::Null).await;
        assert_eq!(codes(again), ["WRONG_STATE"]);
        tx.rollback().await.unwrap();
        world.bed
    })
    .await;
}

#[tokio::test]
async fn ones_own_plans_are_listed_next_first() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let late = world
            .insert(world.bert, |id| scheduled(&world, id, community, 9000))
            .await
            .unwrap();
        let soon = world
            .insert(world.bert, |id| scheduled(&world, id, community, 100))
            .await
            .unwrap();
        world.post(world.bert, community, "now").await;
        let reader = world.reader(world.bert);
        let args = PageArgs::forward(1, None).unwrap();
        let first = queries::scheduled(&reader, &args).await.unwrap();
        assert_eq!(first.items[0].1.id, soon.id);
        assert!(first.has_next);
        let args = PageArgs::forward(5, first.info().end_cursor).unwrap();
        let second = queries::scheduled(&reader, &args).await.unwrap();
        assert_eq!(
            second.items.iter().map(|(_, c)| c.id).collect::<Vec<_>>(),
            [late.id]
        );
        let args = PageArgs::forward(5, None).unwrap();
        let others = queries::scheduled(&world.reader(world.anna), &args)
            .await
            .unwrap();
        assert!(others.items.is_empty());
        let past = world
            .insert(world.bert, |id| scheduled(&world, id, community, -10))
            .await;
        assert_eq!(codes(past), ["SCHEDULED_IN_THE_PAST"]);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn content_expires_at_its_time_and_can_come_back() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let end = world.database().now().plus_seconds(60);
        let post = world
            .insert(world.bert, |id| NewContent {
                expires_at: Some(end),
                ..NewContent::post(id, world.bert, community, "today only".into())
            })
            .await
            .unwrap();
        assert_eq!(jobs::expire_due(world.database()).await.unwrap(), 0);
        world.bed.clock.advance_seconds(61);
        assert_eq!(jobs::expire_due(world.database()).await.unwrap(), 1);
        assert_eq!(jobs::expire_due(world.database()).await.unwrap(), 0);
        assert!(world.seen(world.carla, post.id).await.is_none());
        assert_eq!(
            world.seen(world.bert, post.id).await.unwrap().state,
            ContentState::Expired
        );
        let mut tx = world.database().begin(&house()).await.unwrap();
        let permit = may_system(&tx, post.id).await.unwrap();
        commands::restore(&mut tx, permit).await.unwrap();
        tx.commit().await.unwrap();
        assert!(world.seen(world.carla, post.id).await.is_some());
        world.bed
    })
    .await;
}
