//! Order and paging are exact: page by page a feed is what a plain model says it is.

use communities::model::CommunityVisibility;
use content::PostKind;
use kernel::{PersonId, PostId};

use crate::history::{TOPICS, act, found, publish};
use crate::world::{Dice, World, member};
use crate::worlds;

/// Reads a whole feed in pages of random sizes; checks each page on the way.
pub async fn read_all(world: &World, person: PersonId, feed: &str, dice: &mut Dice) -> Vec<PostId> {
    let (mut all, mut after): (Vec<PostId>, Option<String>) = (Vec::new(), None);
    loop {
        let first = 1 + dice.roll(9);
        let from = after
            .as_ref()
            .map_or_else(String::new, |c| format!(", after: \"{c}\""));
        let document = format!(
            "{{ {feed}first: {first}{from}) {{ edges {{ cursor reasons {{ code }} node {{ id }} }} \
             nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
        );
        let data = world.graphql(person, &document).await;
        let page = data.as_object().unwrap().values().next().unwrap();
        let edges = page["edges"].as_array().unwrap();
        assert!(edges.len() <= first, "{feed}: {} of {first}", edges.len());
        assert_eq!(page["pageInfo"]["hasPreviousPage"], after.is_some());
        for edge in edges {
            assert!(
                !edge["reasons"].as_array().unwrap().is_empty(),
                "an item without a reason"
            );
            all.push(edge["node"]["id"].as_str().unwrap().parse().unwrap());
        }
        if page["pageInfo"]["hasNextPage"] != true {
            return all;
        }
        assert!(all.len() < 2000, "{feed} does not end");
        after = Some(page["pageInfo"]["endCursor"].as_str().unwrap().to_owned());
    }
}

worlds!(feeds_are_what_a_plain_model_says, |world| {
    for seed in 1..=2 {
        let mut dice = Dice::new(seed);
        let world = World::new(another_bed(&world).await).await;
        let mut model = found(&world).await;
        for round in 0..3 {
            for _ in 0..45 {
                act(&world, &mut model, &mut dice).await;
            }
            for person in model.people.clone() {
                let at = format!("seed {seed}, round {round}, {person}");
                let home = read_all(&world, person, "homeFeed(", &mut dice).await;
                assert_eq!(home, model.home(person), "home, {at}");
                let following = read_all(&world, person, "followingFeed(", &mut dice).await;
                assert_eq!(following, model.following(person), "following, {at}");
                let (community, _) = dice.pick(&model.communities);
                let feed = format!("communityFeed(communityId: \"{community}\", ");
                let shown = read_all(&world, person, &feed, &mut dice).await;
                let expected = model.list(person, |post| post.community == community);
                assert_eq!(shown, expected, "community, {at}");
                let feed = format!("communityFeed(communityId: \"{community}\", kind: QUESTION, ");
                let shown = read_all(&world, person, &feed, &mut dice).await;
                let expected = model.list(person, |post| {
                    post.community == community && post.kind == PostKind::Question
                });
                assert_eq!(shown, expected, "questions, {at}");
                let topic = dice.pick(&TOPICS);
                let feed = format!("topicFeed(topic: \"#{topic}\", ");
                let shown = read_all(&world, person, &feed, &mut dice).await;
                let expected = model.list(person, |post| post.topics.contains(&topic));
                assert_eq!(shown, expected, "topic, {at}");
                let author = dice.pick(&model.people);
                let feed = format!("personFeed(personId: \"{author}\", ");
                let shown = read_all(&world, person, &feed, &mut dice).await;
                let expected = model.list(person, |post| post.author == author);
                assert_eq!(shown, expected, "author, {at}");
            }
        }
        world.bed.close().await;
    }
});

/// Another empty database of the same kind.
async fn another_bed(world: &World) -> testkit::TestDatabase {
    if world.db().is_sqlite() {
        testkit::TestDatabase::sqlite().await
    } else {
        testkit::TestDatabase::postgres().await.unwrap()
    }
}

worlds!(
    what_most_readers_may_not_see_does_not_hide_the_rest,
    |world| {
        // An author, a topic and a kind with more posts than one window that are not for this reader.
        let (author, reader) = (world.person("author").await, world.person("reader").await);
        let (open, closed) = (world.public("Open").await, world.private("Closed").await);
        for community in [open, closed] {
            world.enrol(author, community).await;
        }
        let mut seen = vec![
            world
                .post_of(author, open, "First #rust", PostKind::Idea)
                .await,
        ];
        let mut tx = world.db().begin(&crate::world::house()).await.unwrap();
        for number in 0..700 {
            let text = format!("Number {number} #rust");
            let place = if number % 350 == 349 { open } else { closed };
            let new = posts::NewPost::discussion(author, place, text);
            world.bed.clock.advance_seconds(1);
            let imported = Some(content::Imported {
                at: world.db().now(),
            });
            let new = posts::NewPost { imported, ..new };
            let id = posts::commands::create_in(&mut tx, new).await.unwrap();
            if place == open {
                seen.push(id);
            }
        }
        tx.commit().await.unwrap();
        seen.reverse();
        let mut dice = Dice::new(5);
        world.follow(reader, author, true).await;
        for feed in [
            format!("personFeed(personId: \"{author}\", "),
            "topicFeed(topic: \"rust\", ".to_owned(),
            "followingFeed(".to_owned(),
            "homeFeed(".to_owned(),
        ] {
            assert_eq!(
                read_all(&world, reader, &feed, &mut dice).await,
                seen,
                "{feed}"
            );
        }
        let feed = format!("communityFeed(communityId: \"{closed}\", kind: IDEA, ");
        assert!(read_all(&world, author, &feed, &mut dice).await.is_empty());
        let feed = format!("communityFeed(communityId: \"{open}\", kind: IDEA, ");
        assert_eq!(read_all(&world, author, &feed, &mut dice).await, [seen[2]]);
    }
);

worlds!(
    pinned_posts_and_unseen_announcements_stand_on_top_once,
    |world| {
        let (author, reader) = (world.owner, world.person("reader").await);
        let room = world.public("Room").await;
        world.enrol(reader, room).await;
        let mut posts = Vec::new();
        for number in 0..8 {
            let kind = if number == 1 {
                PostKind::Announcement
            } else {
                PostKind::Discussion
            };
            posts.push(
                world
                    .post_of(author, room, &format!("Number {number}"), kind)
                    .await,
            );
        }
        posts::commands::set_pinned(world.db(), &member(author), posts[2], true)
            .await
            .unwrap();
        let without = |top: PostId| {
            let rest = posts.iter().rev().copied().filter(move |post| *post != top);
            std::iter::once(top).chain(rest).collect::<Vec<_>>()
        };
        for seed in 1..6 {
            let mut dice = Dice::new(seed);
            let home = read_all(&world, reader, "homeFeed(", &mut dice).await;
            assert_eq!(
                home,
                without(posts[1]),
                "the announcement first, and only once"
            );
            let feed = format!("communityFeed(communityId: \"{room}\", ");
            let shown = read_all(&world, reader, &feed, &mut dice).await;
            assert_eq!(
                shown,
                without(posts[2]),
                "the pinned post first, and only once"
            );
        }
        let by_author = read_all(&world, author, "homeFeed(", &mut Dice::new(1)).await;
        assert_eq!(
            by_author[0], posts[7],
            "one's own announcement is not on top"
        );
        posts::commands::announcement_mark_seen(world.db(), &member(reader), posts[1])
            .await
            .unwrap();
        let home = read_all(&world, reader, "homeFeed(", &mut Dice::new(1)).await;
        assert_eq!(home, posts.iter().rev().copied().collect::<Vec<_>>());
        // Somebody who joins later is not held up by what was announced before.
        let late = world.person("late").await;
        world.enrol(late, room).await;
        assert_eq!(
            read_all(&world, late, "homeFeed(", &mut Dice::new(1)).await[0],
            posts[7]
        );
    }
);

worlds!(foreign_cursors_and_sizes_are_refused, |world| {
    let reader = world.person("reader").await;
    let room = world.community("Room", CommunityVisibility::Secret).await;
    let mut model = found(&world).await;
    for _ in 0..3 {
        publish(&world, &mut model, &mut Dice::new(3)).await;
    }
    let ranked = "{ homeFeed(order: RANKED, first: 1) { pageInfo { endCursor } } }";
    let data = world.graphql(model.people[0], ranked).await;
    let cursor = data["homeFeed"]["pageInfo"]["endCursor"]
        .as_str()
        .unwrap()
        .to_owned();
    for (first, after, reason) in [
        (0, "", "INVALID_PAGE_SIZE"),
        (101, "", "INVALID_PAGE_SIZE"),
        (5, "nonsense", "INVALID_CURSOR"),
        (5, "8J-YgA", "INVALID_CURSOR"),
        (5, cursor.as_str(), "INVALID_CURSOR"),
    ] {
        let after = if after.is_empty() {
            String::new()
        } else {
            format!(", after: \"{after}\"")
        };
        let document = format!("{{ homeFeed(first: {first}{after}) {{ edges {{ cursor }} }} }}");
        assert_eq!(world.refused(reader, &document).await, reason, "{document}");
    }
    let document = "{ topicFeed(topic: \"two words\", first: 1) { edges { cursor } } }";
    assert_eq!(world.refused(reader, document).await, "INVALID_TOPIC");
    // A secret community answers like one that does not exist.
    world.post(world.owner, room, "Hush").await;
    for id in [room.to_string(), format!("community_{}", "0".repeat(32))] {
        let document = format!(
            "{{ communityFeed(communityId: \"{id}\", first: 5) {{ edges {{ cursor }} newSince newCount }} }}"
        );
        let data = world.graphql(reader, &document).await;
        let empty = serde_json::json!({ "edges": [], "newSince": null, "newCount": 0 });
        assert_eq!(data["communityFeed"], empty);
    }
});
