//! The ranked order: stable from page to page, and every item says why it is there.

use content::PostKind;
use kernel::{PersonId, PostId};
use serde_json::Value;

use crate::world::{Dice, World, member};
use crate::worlds;

const EDGE: &str = "edges { cursor score isNew reasons { code weight topic person { name } } node { id } } \
                    pageInfo { hasNextPage endCursor }";

async fn page(world: &World, person: PersonId, first: usize, after: Option<&str>) -> Value {
    let from = after.map_or_else(String::new, |cursor| format!(", after: \"{cursor}\""));
    let document = format!("{{ homeFeed(order: RANKED, first: {first}{from}) {{ {EDGE} }} }}");
    world.graphql(person, &document).await["homeFeed"].clone()
}

fn ids(page: &Value) -> Vec<PostId> {
    let edges = page["edges"].as_array().unwrap().iter();
    edges
        .map(|edge| edge["node"]["id"].as_str().unwrap().parse().unwrap())
        .collect()
}

fn codes(page: &Value, post: PostId) -> Vec<String> {
    let edges = page["edges"].as_array().unwrap();
    let edge = edges
        .iter()
        .find(|edge| edge["node"]["id"] == post.to_string())
        .unwrap();
    let reasons = edge["reasons"].as_array().unwrap().iter();
    reasons
        .map(|reason| reason["code"].as_str().unwrap().to_owned())
        .collect()
}

async fn read_all(world: &World, person: PersonId, dice: &mut Dice) -> Vec<PostId> {
    let (mut all, mut after): (Vec<PostId>, Option<String>) = (Vec::new(), None);
    loop {
        let page = page(world, person, 1 + dice.roll(9), after.as_deref()).await;
        all.extend(ids(&page));
        if page["pageInfo"]["hasNextPage"] != true {
            return all;
        }
        after = Some(page["pageInfo"]["endCursor"].as_str().unwrap().to_owned());
    }
}

struct Company {
    reader: PersonId,
    author: PersonId,
    posts: Vec<PostId>,
}

async fn company(world: &World) -> Company {
    let (reader, author) = (world.person("reader").await, world.person("author").await);
    let mut posts = Vec::new();
    for number in 0..4 {
        let room = world.public(&format!("Room {number}")).await;
        for person in [reader, author] {
            world.enrol(person, room).await;
        }
        for index in 0..10 {
            world.bed.clock.advance_seconds(1800);
            posts.push(
                world
                    .post(author, room, &format!("Number {index} #soup"))
                    .await,
            );
        }
    }
    Company {
        reader,
        author,
        posts,
    }
}

worlds!(paging_is_stable_while_people_react, |world| {
    let company = company(&world).await;
    let whole = ids(&page(&world, company.reader, 100, None).await);
    assert_eq!(whole.len(), company.posts.len());
    let mut dice = Dice::new(4);
    let first = page(&world, company.reader, 7, None).await;
    let (mut read, mut after) = (ids(&first), first["pageInfo"]["endCursor"].clone());
    let mut more = first["pageInfo"]["hasNextPage"] == true;
    while more {
        // Between two pages the world goes on: reactions, new posts, a visit that ends.
        world.react(company.author, dice.pick(&company.posts)).await;
        world
            .reply(company.author, dice.pick(&company.posts), "Me too")
            .await;
        let room = communities::queries::by_slug(&world.reader(company.reader), "room-1").await;
        world
            .post(company.author, room.unwrap().id, "Meanwhile")
            .await;
        feeds::commands::end_visit(world.db(), &member(company.reader), None)
            .await
            .unwrap();
        world.bed.clock.advance_seconds(3600);
        let next = page(&world, company.reader, 1 + dice.roll(8), after.as_str()).await;
        read.extend(ids(&next));
        after = next["pageInfo"]["endCursor"].clone();
        more = next["pageInfo"]["hasNextPage"] == true;
    }
    assert_eq!(
        read, whole,
        "each post once, in the order of the first page's snapshot"
    );
});

worlds!(another_node_goes_on_where_the_first_one_stopped, |world| {
    let company = company(&world).await;
    let whole = ids(&page(&world, company.reader, 100, None).await);
    let first = page(&world, company.reader, 11, None).await;
    let cursor = first["pageInfo"]["endCursor"].as_str().unwrap().to_owned();
    world.change_node().await;
    world.bed.clock.advance_seconds(7200);
    let rest = page(&world, company.reader, 100, Some(&cursor)).await;
    let read: Vec<PostId> = ids(&first).into_iter().chain(ids(&rest)).collect();
    assert_eq!(read, whole);
});

worlds!(what_went_out_of_sight_meanwhile_is_left_out, |world| {
    let company = company(&world).await;
    let first = page(&world, company.reader, 5, None).await;
    let whole = ids(&page(&world, company.reader, 100, None).await);
    world.delete(company.author, whole[6]).await;
    let cursor = first["pageInfo"]["endCursor"].as_str().unwrap();
    let rest = ids(&page(&world, company.reader, 100, Some(cursor)).await);
    let expected: Vec<PostId> = whole[5..]
        .iter()
        .copied()
        .filter(|post| *post != whole[6])
        .collect();
    assert_eq!(rest, expected);
});

worlds!(
    behind_the_ranked_posts_the_feed_goes_on_by_publication,
    |world| {
        let (reader, author) = (world.person("reader").await, world.person("author").await);
        let room = world.public("Room").await;
        for person in [reader, author] {
            world.enrol(person, room).await;
        }
        let mut tx = world.db().begin(&crate::world::house()).await.unwrap();
        let mut all = Vec::new();
        for number in 0..345 {
            world.bed.clock.advance_seconds(60);
            let new = posts::NewPost::discussion(author, room, format!("Number {number}"));
            let imported = Some(content::Imported {
                at: world.db().now(),
            });
            let new = posts::NewPost { imported, ..new };
            all.push(posts::commands::create_in(&mut tx, new).await.unwrap());
        }
        tx.commit().await.unwrap();
        let read = read_all(&world, reader, &mut Dice::new(2)).await;
        assert_eq!(read.len(), all.len());
        let mut each = read.clone();
        each.sort_unstable();
        each.dedup();
        assert_eq!(each.len(), all.len(), "each once");
        all.reverse();
        assert_eq!(read[300..], all[300..], "older ones by publication");
    }
);

worlds!(every_item_says_why_it_is_there, |world| {
    let (reader, author, liked) = (
        world.person("reader").await,
        world.person("author").await,
        world.person("liked").await,
    );
    let (mine, foreign) = (world.public("Mine").await, world.public("Foreign").await);
    for person in [reader, author, liked] {
        world.enrol(person, mine).await;
    }
    for person in [author, liked] {
        world.enrol(person, foreign).await;
    }
    world.follow(reader, liked, true).await;
    world.follow_topic(reader, "soup", true).await;
    let plain = world.post(author, mine, "Nothing special").await;
    let announced = world
        .post_of(world.owner, mine, "News", PostKind::Announcement)
        .await;
    let asked = world
        .post_of(author, mine, "Who knows?", PostKind::Question)
        .await;
    let named = world.post(author, mine, "Ask @reader").await;
    let own = world.post(reader, mine, "I wrote this").await;
    let by_liked = world.post(liked, foreign, "From elsewhere").await;
    let on_topic = world.post(author, foreign, "About #soup").await;
    let unrelated = world.post(author, foreign, "Not for this reader").await;
    let popular = world.post(author, mine, "Everybody talks").await;
    world.reply(liked, popular, "Yes").await;
    world.react(reader, popular).await;
    let all = page(&world, reader, 100, None).await;
    assert!(!ids(&all).contains(&unrelated));
    assert_eq!(
        ids(&all)[0],
        announced,
        "an announcement not yet opened is on top"
    );
    for (post, expected) in [
        (plain, vec!["COMMUNITY_MEMBER"]),
        (announced, vec!["ANNOUNCEMENT_UNSEEN", "COMMUNITY_MEMBER"]),
        (asked, vec!["COMMUNITY_MEMBER", "UNANSWERED_QUESTION"]),
        (
            named,
            vec!["MENTIONED", "COMMUNITY_MEMBER", "FOLLOWED_THREAD"],
        ),
        (own, vec!["COMMUNITY_MEMBER", "OWN_POST"]),
        (by_liked, vec!["FOLLOWED_PERSON", "PUBLIC_COMMUNITY"]),
        (on_topic, vec!["PUBLIC_COMMUNITY", "FOLLOWED_TOPIC"]),
        (popular, vec!["COMMUNITY_MEMBER", "POPULAR"]),
    ] {
        assert_eq!(codes(&all, post), expected, "{post}");
    }
    let mut last = f64::INFINITY;
    for edge in all["edges"].as_array().unwrap() {
        let reasons = edge["reasons"].as_array().unwrap();
        let weights: Vec<f64> = reasons
            .iter()
            .map(|reason| reason["weight"].as_f64().unwrap())
            .collect();
        let score = edge["score"].as_f64().unwrap();
        assert!((weights.iter().sum::<f64>() - score).abs() < 1e-9, "{edge}");
        assert!(weights.windows(2).all(|pair| pair[0] >= pair[1]), "{edge}");
        assert!(score <= last, "highest first");
        last = score;
        for reason in reasons {
            assert_eq!(
                reason["person"].is_null(),
                reason["code"] != "FOLLOWED_PERSON"
            );
            assert_eq!(
                reason["topic"].is_null(),
                reason["code"] != "FOLLOWED_TOPIC"
            );
        }
    }
    let document = format!("{{ homeFeed(first: 100) {{ {EDGE} }} }}");
    let latest = world.graphql(reader, &document).await["homeFeed"].clone();
    for edge in latest["edges"].as_array().unwrap() {
        assert_eq!(edge["score"], 0.0);
        assert!(
            edge["reasons"]
                .as_array()
                .unwrap()
                .iter()
                .all(|reason| reason["weight"] == 0.0)
        );
    }
    posts::commands::announcement_mark_seen(world.db(), &member(reader), announced)
        .await
        .unwrap();
    let all = page(&world, reader, 100, None).await;
    assert_ne!(ids(&all)[0], announced);
});
