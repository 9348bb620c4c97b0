//! While a line is unread, more of the same joins it and it rises.

use content::ThreadSubscription;
use notifications::NotificationKind as Kind;
use notifications::commands::{Which, mark};
use testkit::on_both_databases;

use crate::world::{World, member};

#[tokio::test]
async fn replies_of_a_thread_share_a_line_that_rises_until_it_is_read() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let [ben, cleo, dan] = world.people(["ben", "cleo", "dan"]).await;
        let community = world.public("Kitchen").await;
        world.join(community, &[ben, cleo, dan]).await;
        let post = world.post(world.owner, community, "Shall we?").await;
        let other = world.post(world.owner, community, "And this?").await;

        world.reply(ben, post, "Yes").await;
        world.notify().await;
        let first = world.unread(world.owner).await;
        assert_eq!(first.len(), 1);
        assert_eq!((first[0].kind, first[0].post), (Kind::Reply, Some(post)));

        world.reply(cleo, other, "Elsewhere").await;
        world.notify().await;
        world.reply(cleo, post, "No").await;
        world.reply(ben, post, "Well").await;
        let last = world.reply(dan, post, "Perhaps").await;
        world.notify().await;
        let lines = world.unread(world.owner).await;
        let posts: Vec<_> = lines.iter().map(|line| line.post.unwrap()).collect();
        assert_eq!(posts, [post, other], "the line has risen");
        assert_eq!(lines[0].actors, [dan, ben, cleo]);
        assert_eq!(lines[0].actor_count, 3, "each person counts once");
        assert_eq!(lines[0].reply, Some(last));
        assert_eq!(lines[0].excerpt, "Perhaps");
        assert_ne!(lines[0].id, first[0].id);

        mark(world.db(), &member(world.owner), &Which::All, true)
            .await
            .unwrap();
        world.reply(ben, post, "Later").await;
        world.notify().await;
        let lines = world.unread(world.owner).await;
        assert_eq!(lines.len(), 1);
        assert_eq!(
            (lines[0].actors.as_slice(), lines[0].actor_count),
            ([ben].as_slice(), 1)
        );
        assert_eq!(
            world.list(world.owner).await.len(),
            3,
            "what was read stays as it was"
        );
        world.bed
    })
    .await;
}

#[tokio::test]
async fn many_people_are_counted_and_the_newest_five_named() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public("Kitchen").await;
        let post = world
            .post(world.owner, community, "Cake in the kitchen")
            .await;
        let mut people = Vec::new();
        for number in 0..8 {
            people.push(world.person(&format!("p{number}")).await);
        }
        world.join(community, &people).await;
        for person in &people {
            world.react(*person, post, "🎉", true).await;
            world.react(*person, post, "👍", true).await;
        }
        // Somebody from before the five named ones again: still eight people.
        world.react(people[0], post, "❤️", true).await;
        world.notify().await;
        let lines = world.unread(world.owner).await;
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].kind, lines[0].actor_count), (Kind::Reaction, 8));
        let expected = [people[0], people[7], people[6], people[5], people[4]];
        assert_eq!(lines[0].actors, expected);
        assert_eq!(lines[0].excerpt, "Cake in the kitchen");
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_reaction_taken_back_takes_its_notification_along() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let [ben, cleo] = world.people(["ben", "cleo"]).await;
        let community = world.public("Kitchen").await;
        world.join(community, &[ben, cleo]).await;
        let post = world.post(world.owner, community, "Cake").await;
        world.react(ben, post, "🎉", true).await;
        world.react(ben, post, "👍", true).await;
        world.react(cleo, post, "👍", true).await;
        world.notify().await;
        assert_eq!(world.unread(world.owner).await[0].actor_count, 2);

        world.react(ben, post, "🎉", false).await;
        world.notify().await;
        assert_eq!(
            world.unread(world.owner).await[0].actors,
            [cleo, ben],
            "one emoji is left"
        );
        world.react(ben, post, "👍", false).await;
        world.notify().await;
        assert_eq!(world.unread(world.owner).await[0].actors, [cleo]);
        world.react(cleo, post, "👍", false).await;
        world.notify().await;
        assert!(world.list(world.owner).await.is_empty());

        // In one breath: nothing is told at all.
        world.react(ben, post, "🎉", true).await;
        world.react(ben, post, "🎉", false).await;
        world.notify().await;
        assert!(world.list(world.owner).await.is_empty());
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_muted_thread_tells_nothing_and_a_followed_one_everything() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let [ben, cleo] = world.people(["ben", "cleo"]).await;
        let community = world.public("Kitchen").await;
        world.join(community, &[ben, cleo]).await;
        let post = world.post(world.owner, community, "Shall we?").await;
        world.clean_slate(&[ben, cleo]).await;

        world.reply(ben, post, "Yes").await;
        world.notify().await;
        assert!(
            world.kinds(cleo).await.is_empty(),
            "nobody follows by reading"
        );
        world
            .subscribe(cleo, post, ThreadSubscription::Following)
            .await;
        world.reply(ben, post, "Really").await;
        world.notify().await;
        assert_eq!(world.kinds(cleo).await, [Kind::Reply]);
        world.clean_slate(&[cleo, world.owner]).await;

        world.subscribe(cleo, post, ThreadSubscription::Muted).await;
        world.reply(ben, post, "@cleo come on").await;
        world.notify().await;
        assert!(world.kinds(cleo).await.is_empty());
        assert_eq!(world.kinds(world.owner).await, [Kind::Reply]);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn an_edit_tells_only_those_who_are_mentioned_anew() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let [ben, cleo] = world.people(["ben", "cleo"]).await;
        let community = world.public("Kitchen").await;
        let post = world.post(world.owner, community, "Ask @ben").await;
        world.clean_slate(&[ben, cleo]).await;
        for body in ["Ask @ben or @cleo", "Ask @ben, or @cleo"] {
            let change = posts::model::PostChange {
                body: Some(body.to_owned()),
                ..posts::model::PostChange::default()
            };
            let owner = member(world.owner);
            posts::commands::update(world.db(), &owner, post, change)
                .await
                .unwrap();
        }
        world.notify().await;
        assert!(world.kinds(ben).await.is_empty());
        assert_eq!(world.kinds(cleo).await, [Kind::Mention]);
        world.bed
    })
    .await;
}
