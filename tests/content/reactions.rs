//! Reactions and their counters.

use content::policy::may_react;
use content::{Content, commands, queries};
use kernel::{PageArgs, PersonId, Result};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use testkit::on_both_databases;

use crate::world::{World, codes, house};

const EMOJI: [&str; 4] = ["👍", "🎉", "❤️", "😂"];

async fn react(
    world: &World,
    person: PersonId,
    content: &Content,
    emoji: &str,
    reacted: bool,
) -> Result<Content> {
    let viewer = world.viewer(person);
    commands::react(world.database(), &viewer, content.id, emoji, reacted).await
}

/// Compares every counter with what it counts.
async fn assert_counted(world: &World) {
    let wrong_totals = "SELECT COUNT(*) FROM (SELECT content_id, emoji, COUNT(*) AS n FROM reactions \
        GROUP BY content_id, emoji) r FULL JOIN reaction_counts k \
        ON k.content_id = r.content_id AND k.emoji = r.emoji WHERE r.n IS NULL OR k.total IS NULL OR r.n <> k.total";
    assert_eq!(world.number(wrong_totals, vec![]).await, 0);
    let wrong_threads = "SELECT COUNT(*) FROM threads t WHERE \
        t.reply_count <> (SELECT COUNT(*) FROM contents c WHERE c.root_id = t.root_id \
            AND c.kind = 'reply' AND c.state = 'published') \
        OR t.reaction_count <> (SELECT COUNT(*) FROM reactions r JOIN contents c ON c.id = r.content_id \
            WHERE c.root_id = t.root_id AND c.state = 'published')";
    assert_eq!(world.number(wrong_threads, vec![]).await, 0);
}

#[tokio::test]
async fn counters_equal_a_recount_after_anything() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.anna, community, "start").await;
        let people = [world.anna, world.bert, world.carla];
        let mut targets = vec![post.clone()];
        for number in 0..5 {
            targets.push(world.reply(world.bert, &post, &format!("{number}")).await);
        }
        let step = (0..people.len(), 0..targets.len(), 0..EMOJI.len(), 0..10_u8);
        let mut runner = TestRunner::deterministic();
        let steps = proptest::collection::vec(step, 160)
            .new_tree(&mut runner)
            .unwrap()
            .current();
        for (person, target, emoji, what) in steps {
            let (person, target) = (people[person], &targets[target]);
            match what {
                0 if !target.is_root() => drop(world.delete_reply(world.bert, target).await),
                1 => drop(world.try_reply(person, &post, |_| {}).await.unwrap()),
                2..=4 => drop(react(&world, person, target, EMOJI[emoji], false).await),
                _ => drop(react(&world, person, target, EMOJI[emoji], true).await),
            }
        }
        assert_counted(&world).await;
        let sql = "SELECT COUNT(*) FROM reactions";
        assert!(
            world.number(sql, vec![]).await > 10,
            "something was there to be counted"
        );
        world.bed
    })
    .await;
}

#[tokio::test]
async fn many_react_at_once_and_all_are_counted() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.anna, community, "start").await;
        let people = [world.anna, world.bert, world.carla];
        let reactions = people.iter().flat_map(|person| {
            EMOJI
                .iter()
                .map(|emoji| react(&world, *person, &post, emoji, true))
        });
        for reaction in futures_util::future::join_all(reactions).await {
            reaction.unwrap();
        }
        assert_counted(&world).await;
        let reader = world.reader(world.otto);
        assert_eq!(queries::reactor_count(&reader, &post).await.unwrap(), 12);
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let args = PageArgs::forward(5, after).unwrap();
            let page = queries::reactors(&reader, &post, &args).await.unwrap();
            seen.extend(page.items.iter().map(|(_, r)| (r.emoji.clone(), r.person)));
            after = page.info().end_cursor;
            if !page.has_next {
                break;
            }
        }
        seen.dedup();
        assert_eq!(seen.len(), 12);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_reaction_is_one_emoji_and_repeating_it_changes_nothing() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.anna, community, "start").await;
        for text in ["", "nice", "👍👍", "<b>", ":+1:", "1"] {
            assert_eq!(
                codes(react(&world, world.bert, &post, text, true).await),
                ["INVALID_EMOJI"]
            );
        }
        for _ in 0..3 {
            react(&world, world.bert, &post, "👍", true).await.unwrap();
        }
        assert_eq!(
            queries::reactor_count(&world.reader(world.anna), &post)
                .await
                .unwrap(),
            1
        );
        react(&world, world.bert, &post, "👍", false).await.unwrap();
        react(&world, world.bert, &post, "👍", false).await.unwrap();
        assert_eq!(
            queries::reactor_count(&world.reader(world.anna), &post)
                .await
                .unwrap(),
            0
        );
        assert_eq!(
            codes(react(&world, world.otto, &post, "👍", true).await),
            ["MEMBERS_ONLY"]
        );
        world.bed
    })
    .await;
}

#[tokio::test]
async fn there_are_at_most_thirty_emoji_under_one_content() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.anna, community, "start").await;
        let faces = (0x1F600_u32..).filter_map(char::from_u32).map(String::from);
        let faces: Vec<String> = faces
            .filter(|face| content::model::parse_emoji(face).is_some())
            .take(31)
            .collect();
        for face in &faces[..30] {
            react(&world, world.bert, &post, face, true).await.unwrap();
        }
        let full = react(&world, world.bert, &post, &faces[30], true).await;
        assert_eq!(codes(full), ["TOO_MANY_EMOJI"]);
        react(&world, world.carla, &post, &faces[0], true)
            .await
            .unwrap();
        assert_counted(&world).await;
        world.bed
    })
    .await;
}

#[tokio::test]
async fn imported_reactions_are_counted_once_however_often_they_come() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.anna, community, "start").await;
        let now = world.database().now();
        let reaction = |person, emoji: &str| (person, emoji.to_owned(), now);
        let reactions = [
            reaction(world.bert, "👍"),
            reaction(world.carla, "👍"),
            reaction(world.bert, "🎉"),
            reaction(world.bert, "👍"),
            reaction(world.bert, "no emoji"),
        ];
        let mut added = Vec::new();
        for _ in 0..2 {
            let mut tx = world.database().begin(&house()).await.unwrap();
            let permit = may_react(&tx, post.id).await.unwrap();
            let new = commands::add_reactions(&mut tx, permit, &reactions)
                .await
                .unwrap();
            if new > 0 {
                tx.commit().await.unwrap();
            }
            added.push(new);
        }
        assert_eq!(added, [3, 0]);
        assert_counted(&world).await;
        let reader = world.reader(world.otto);
        assert_eq!(queries::reactor_count(&reader, &post).await.unwrap(), 3);
        let silent = "SELECT COUNT(*) FROM journal WHERE kind = 'reaction.added' AND imported";
        assert_eq!(world.number(silent, vec![]).await, 3);
        world.bed
    })
    .await;
}
