//! A page costs the same number of SQL statements however long it is.

use content::PostKind;
use kernel::PersonId;

use crate::world::World;

/// What a page shows of its feed and posts.
const PAGE: &str = "edges { cursor isNew score reasons { code weight topic person { name } } \
    node { id kind title bodyHtml isNewToViewer author { name } community { name } \
    reactions { emoji count viewerReacted } viewerCan { edit reply } } } \
    pageInfo { hasNextPage endCursor } newSince newCount liveCursor";

async fn filled(world: &World) -> (PersonId, PersonId) {
    let reader = world.person("reader").await;
    let authors = [world.person("ann").await, world.person("ben").await];
    world.follow(reader, authors[0], true).await;
    for number in 0..5 {
        let community = world.public(&format!("Room {number}")).await;
        for person in [reader, authors[0], authors[1]] {
            world.enrol(person, community).await;
        }
        for index in 0..22 {
            let kind = if index % 3 == 0 {
                PostKind::Question
            } else {
                PostKind::Discussion
            };
            let author = authors[index % 2];
            let post = world.post_of(author, community, "About #rust", kind).await;
            if index % 4 == 0 {
                world.reply(authors[1], post, "Yes").await;
                world.react(authors[0], post).await;
            }
        }
    }
    (reader, authors[1])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_page_of_five_costs_what_a_page_of_fifty_costs() {
    testkit::on_both_databases(|bed| async move {
        let world = World::new(bed).await;
        check(&world).await;
        world.bed
    })
    .await;
}

async fn check(world: &World) {
    let (reader, author) = filled(world).await;
    for feed in [
        "homeFeed(".to_owned(),
        "homeFeed(order: RANKED, ".to_owned(),
        "followingFeed(".to_owned(),
        format!("personFeed(personId: \"{author}\", "),
        "topicFeed(topic: \"rust\", ".to_owned(),
    ] {
        let sizes = [5, 10, 50];
        let mut costs = Vec::new();
        for first in sizes {
            let document = format!("{{ {feed}first: {first}) {{ {PAGE} }} }}");
            let (data, statements) = world.counted(reader, &document).await;
            let page = data.as_object().unwrap().values().next().unwrap();
            assert_eq!(page["edges"].as_array().unwrap().len(), first, "{feed}");
            costs.push(statements);
        }
        assert!(
            costs.windows(2).all(|pair| pair[0] == pair[1]),
            "{feed}: {costs:?} statements for {sizes:?} items"
        );
    }
}
