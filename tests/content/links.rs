//! Link cards: fetched once, outside of requests, and shown with the text.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use content::jobs::{CardSource, fetch_link_cards};
use content::subscribers::LinkCards;
use content::{Imported, LinkCardView, NewContent};
use platform::ConsumerRunner;
use testkit::on_both_databases;
use testkit::settle::settled;

use crate::world::World;

/// A web of which every page but `broken` has a card; remembers what was asked for.
#[derive(Default)]
struct Web {
    asked: Mutex<HashMap<String, u32>>,
}

#[async_trait::async_trait]
impl CardSource for Web {
    async fn card(&self, url: &str) -> Option<LinkCardView> {
        *self
            .asked
            .lock()
            .unwrap()
            .entry(url.to_owned())
            .or_default() += 1;
        (!url.contains("broken")).then(|| LinkCardView {
            url: url.to_owned(),
            title: format!("Title of {url}"),
            description: String::new(),
            site_name: "Example".into(),
        })
    }
}

impl Web {
    fn asked(&self, url: &str) -> u32 {
        self.asked.lock().unwrap().get(url).copied().unwrap_or(0)
    }
}

async fn follow(world: &World, web: &Web) {
    settled(world.database()).await;
    let consumer = Arc::new(LinkCards);
    let runner = ConsumerRunner::new(
        world.database().clone(),
        vec![consumer],
        Duration::from_secs(1),
    );
    runner.drain().await.unwrap();
    while fetch_link_cards(world.database(), web).await.unwrap() > 0 {}
}

#[tokio::test]
async fn links_get_their_cards_and_readers_learn_of_it() {
    on_both_databases(async |bed| {
        let (world, web) = (World::new(bed).await, Web::default());
        let community = world.public().await;
        let links = (0..5)
            .map(|n| format!("https://example.org/{n} "))
            .collect::<String>();
        let post = world.post(world.bert, community, &links).await;
        world
            .reply(world.carla, &post, "also https://example.org/0")
            .await;
        follow(&world, &web).await;
        follow(&world, &web).await;
        let asked: Vec<u32> = (0..5)
            .map(|n| web.asked(&format!("https://example.org/{n}")))
            .collect();
        assert_eq!(asked, [1, 1, 1, 0, 0], "the first three links, each once");
        let cards = "SELECT COUNT(*) FROM link_cards WHERE fetched_at > 0 AND title <> ''";
        assert_eq!(world.number(cards, vec![]).await, 3);
        let told = "SELECT COUNT(*) FROM journal WHERE kind IN ('post.changed', 'reply.changed')";
        assert_eq!(world.number(told, vec![]).await, 4);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_page_that_failed_is_asked_again_after_a_day_at_the_earliest() {
    on_both_databases(async |bed| {
        let (world, web) = (World::new(bed).await, Web::default());
        let community = world.public().await;
        let url = "https://example.org/broken";
        world.post(world.bert, community, url).await;
        follow(&world, &web).await;
        world.post(world.carla, community, url).await;
        follow(&world, &web).await;
        assert_eq!(web.asked(url), 1);
        world.bed.clock.advance_seconds(25 * 3600);
        world.post(world.anna, community, url).await;
        follow(&world, &web).await;
        assert_eq!(web.asked(url), 2);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn imports_send_nothing_outside() {
    on_both_databases(async |bed| {
        let (world, web) = (World::new(bed).await, Web::default());
        let community = world.public().await;
        let at = world.database().now().plus_seconds(-1_000_000);
        world
            .insert(world.bert, |id| NewContent {
                imported: Some(Imported { at }),
                ..NewContent::post(id, world.bert, community, "https://example.org/old".into())
            })
            .await
            .unwrap();
        follow(&world, &web).await;
        assert_eq!(web.asked("https://example.org/old"), 0);
        world.bed
    })
    .await;
}
