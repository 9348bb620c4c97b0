//! Not one leaked title, name, count, cursor, hit or event.
//!
//! A world is written through the API: communities of every visibility, people of every standing,
//! content of every kind and state. Each text carries a mark of its own, and an independent model
//! says who may see each mark and each id. Then the whole schema is walked as each person: every root
//! field with every argument the world offers, and every field of every answer; and as each person
//! everything that can be followed is followed from the beginning of the world.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failing unwrap is the test's message"
)]

mod model;
#[path = "../support/mod.rs"]
mod support;
mod walk;
mod world;

use std::collections::BTreeSet;

use futures_util::StreamExt;
use kernel::Viewer;
use platform::graphql::batched;
use serde_json::{Value, json};
use support::House;
use testkit::TestDatabase;
use walk::Schema;
use world::World;

async fn nothing_leaks(bed: TestDatabase) {
    let house = House::open(bed).await;
    let schema = Schema::load(&house).await;
    let world = World::write(house).await;
    let mut met = BTreeSet::new();
    for (number, viewer) in world.viewers.iter().enumerate() {
        for query in schema.queries(&world.pools) {
            let answer = world.house.answer(viewer, &query, json!({})).await;
            met.extend(world.model.check(number, &answer, &query));
        }
    }
    world.model.assert_all_met(&met);
    world.check_counts().await;
    no_event_leaks(&world, &schema).await;
    nobody_sees_nothing(&world, &schema).await;
    let World { house, .. } = world;
    house.bed.close().await;
}

/// What happened is told only as far as each person may see it now.
async fn no_event_leaks(world: &World, schema: &Schema) {
    let mut met = BTreeSet::new();
    for (number, viewer) in world.viewers.iter().enumerate() {
        for subscription in schema.subscriptions(&world.pools, &world.beginning) {
            for event in missed(&world.house, viewer, &subscription).await {
                met.extend(world.model.check_event(number, &event, &subscription));
            }
        }
    }
    for expected in [
        "body of a QUESTION",
        "reply of moderator",
        "private message",
    ] {
        for what in world.model.named(expected) {
            assert!(met.contains(&what), "no event told {what} ({expected})");
        }
    }
}

/// What a subscription tells of what was missed; nothing when it is refused.
async fn missed(house: &House, viewer: &Viewer, subscription: &str) -> Vec<Value> {
    let request = house.request(viewer, subscription, json!({}));
    batched(house.app.gate.schema().execute_stream(request))
        .map(|answer| serde_json::to_value(&answer).unwrap())
        .take_while(|answer| {
            let event = answer["data"]
                .as_object()
                .and_then(|data| data.values().next());
            let kind = event.map_or(&Value::Null, |event| &event["__typename"]);
            std::future::ready(*kind != json!("CaughtUpEvent"))
        })
        .collect()
        .await
}

/// Who is not signed in sees no mark at all.
async fn nobody_sees_nothing(world: &World, schema: &Schema) {
    for query in schema.queries(&world.pools) {
        let answer = world
            .house
            .answer(&Viewer::anonymous(), &query, json!({}))
            .await;
        assert!(
            world.model.marks_in(&answer).is_empty(),
            "{query}\n{answer:#}"
        );
    }
}

#[tokio::test]
async fn the_schema_leaks_nothing_on_sqlite() {
    nothing_leaks(TestDatabase::sqlite().await).await;
}

#[tokio::test]
async fn the_schema_leaks_nothing_on_postgresql() {
    if let Some(bed) = TestDatabase::postgres().await {
        nothing_leaks(bed).await;
    }
}

/// An id one may not know of and an id that was never given are answered alike.
#[tokio::test]
async fn the_invisible_and_the_nonexistent_look_the_same() {
    let house = House::open(TestDatabase::sqlite().await).await;
    let schema = Schema::load(&house).await;
    let world = World::write(house).await;
    let outsider = world.number("outsider");
    let hidden = world.model.ids_hidden_from(outsider);
    assert!(
        hidden.len() > 20,
        "the world hides too little to test: {hidden:?}"
    );
    let mut compared = 0;
    for id in hidden {
        let prefix = id.rsplit_once('_').unwrap().0;
        let unknown = format!("{prefix}_{}", "0".repeat(32));
        for template in schema.queries_by_id(prefix, &world.pools) {
            let viewer = &world.viewers[outsider];
            let hidden = world
                .house
                .answer(viewer, &template.replace("$ID", &id), json!({}))
                .await
                .to_string();
            let absent = world
                .house
                .answer(viewer, &template.replace("$ID", &unknown), json!({}))
                .await
                .to_string();
            assert_eq!(
                hidden.replace(&id, "ID"),
                absent.replace(&unknown, "ID"),
                "{template} tells that {id} exists"
            );
            compared += 1;
        }
    }
    assert!(compared > 40, "too few fields take ids: {compared}");
}
