//! Old lines go; what is newer stays, and nobody is told of the same thing twice.

use notifications::commands::{Which, mark};
use notifications::jobs::prune;
use testkit::on_both_databases;

use crate::world::{World, member};

const DAY: i64 = 86_400;

/// Removes what is older than so many days; returns how many lines went.
async fn pruned(world: &World, days: i64) -> u64 {
    let before = world.db().now().plus_seconds(-days * DAY);
    prune(world.db(), before).await.unwrap()
}

#[tokio::test]
async fn lines_go_when_their_latest_news_is_old_read_or_not() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let ben = world.person("ben").await;
        let community = world.public("Kitchen").await;
        for text in ["old and read @ben", "old and unread @ben"] {
            world.post(world.owner, community, text).await;
        }
        world.notify().await;
        let read = world.ids(ben).await[1];
        mark(world.db(), &member(ben), &Which::These(vec![read]), true)
            .await
            .unwrap();
        world.bed.clock.advance_seconds(10 * DAY);
        world.post(world.owner, community, "new @ben").await;
        world.notify().await;
        assert_eq!(world.list(ben).await.len(), 3);

        assert_eq!(pruned(&world, 11).await, 0);
        assert_eq!(pruned(&world, 9).await, 2);
        let left: Vec<_> = world
            .list(ben)
            .await
            .into_iter()
            .map(|line| line.excerpt)
            .collect();
        assert_eq!(left, ["new @Name of ben"]);
        assert_eq!(pruned(&world, 9).await, 0);

        // The consumer's cursor has passed what the removed lines told.
        world.notify().await;
        assert_eq!(world.list(ben).await.len(), 1);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_line_that_rose_is_as_old_as_its_latest_news() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let ben = world.person("ben").await;
        let community = world.public("Kitchen").await;
        let carla = world.person("carla").await;
        world.join(community, &[ben, carla]).await;
        let post = world.post(ben, community, "my soup").await;
        world.reply(world.owner, post, "first").await;
        world.notify().await;
        world.bed.clock.advance_seconds(10 * DAY);
        world.reply(carla, post, "second").await;
        world.notify().await;

        // Others were told of the post itself, and of nothing since.
        assert_eq!(pruned(&world, 9).await, 2);
        let lines = world.list(ben).await;
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].actor_count, 2);
        world.bed
    })
    .await;
}
