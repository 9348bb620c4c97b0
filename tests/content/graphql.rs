//! What clients send and get back.

use std::sync::Arc;

use async_graphql::{EmptySubscription, Request, Schema};
use content::{ContentMutation, ContentQuery};
use kernel::{DraftId, PersonId};
use platform::LiveHub;
use platform::blobs::BlobStore;
use platform::config::Config;
use platform::graphql::Request as HouseRequest;
use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::world::World;

/// Runs an operation as a person.
async fn run(world: &World, person: PersonId, query: &str, variables: Value) -> Value {
    let store = BlobStore::on_disk(world.bed.directory().join("media"));
    let database = world.database();
    let schema = Schema::build(ContentQuery, ContentMutation, EmptySubscription)
        .data(database.clone())
        .data(LiveHub::new(database.clone()))
        .data(store.await.unwrap())
        .data(Arc::new(Config::default()))
        .finish();
    let viewer = world.viewer(person);
    let reader = database.reader(&viewer);
    let request = Request::new(query)
        .variables(async_graphql::Variables::from_json(variables))
        .data(HouseRequest {
            viewer,
            request_id: String::new(),
        });
    let request = identity::request_data(request, &reader);
    let request = communities::request_data(request, &reader);
    let request = content::request_data(request, &reader);
    let response = platform::graphql::batched(schema.execute(request)).await;
    assert_eq!(response.errors, []);
    response.data.into_json().unwrap()
}

const SAVE: &str = "mutation($input: DraftSaveInput!) { draftSave(input: $input) { \
    draft { id version kind body conflictOfDraftId community { name } versions { version body } } \
    conflict { id body } userErrors { code path params { name value } } } }";

#[tokio::test]
async fn drafts_are_saved_and_conflicts_shown() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let id = DraftId::at(world.database().now()).to_string();
        let input = |base: i32, body: &str| {
            json!({ "input": { "draftId": id, "baseVersion": base, "kind": "QUESTION",
                "communityId": community.to_string(), "title": "", "body": body } })
        };
        let saved = run(&world, world.bert, SAVE, input(0, "one")).await;
        let expected = json!({ "draft": { "id": id, "version": 1, "kind": "QUESTION", "body": "one",
            "conflictOfDraftId": null, "community": { "name": "Everybody" },
            "versions": [{ "version": 1, "body": "one" }] }, "conflict": null, "userErrors": [] });
        assert_eq!(saved["draftSave"], expected);
        run(&world, world.bert, SAVE, input(1, "two")).await;
        let clash = run(&world, world.bert, SAVE, input(1, "three")).await;
        assert_eq!(clash["draftSave"]["draft"]["body"], "three");
        assert_eq!(clash["draftSave"]["draft"]["conflictOfDraftId"], json!(id));
        assert_eq!(
            clash["draftSave"]["conflict"],
            json!({ "id": id, "body": "two" })
        );
        let long = run(&world, world.bert, SAVE, input(2, &"x".repeat(100_001))).await;
        let error = json!([{ "code": "TEXT_TOO_LONG", "path": ["body"], "params": [
            { "name": "max", "value": "100000" }, { "name": "actual", "value": "100001" }] }]);
        assert_eq!(long["draftSave"]["userErrors"], error);
        let others = run(&world, world.carla, "{ drafts { id } }", json!({})).await;
        assert_eq!(others["drafts"], json!([]));
        let remove = "mutation($input: DraftIdInput!) { draftDelete(input: $input) \
                      { draftId userErrors { code } } }";
        let input = json!({ "input": { "draftId": id } });
        let removed = run(&world, world.bert, remove, input.clone()).await;
        assert_eq!(removed["draftDelete"]["draftId"], json!(id));
        let again = run(&world, world.bert, remove, input).await;
        assert_eq!(
            again["draftDelete"]["userErrors"],
            json!([{ "code": "NOT_FOUND" }])
        );
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_preview_shows_what_will_be_published() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let query = "query($body: String!) { preview(body: $body) \
                     { bodyHtml characterCount maxCharacters } }";
        let body = "**Hello** @anna";
        let shown = run(&world, world.bert, query, json!({ "body": body })).await;
        let community = world.public().await;
        let post = world.post(world.bert, community, body).await;
        let expected =
            json!({ "bodyHtml": post.html, "characterCount": 15, "maxCharacters": 20000 });
        assert_eq!(shown["preview"], expected);
        assert!(post.html.contains("/people/anna"));
        let long = json!({ "body": "x".repeat(20_010) });
        let long = run(&world, world.bert, query, long).await;
        assert_eq!(
            long["preview"]["characterCount"], 20_010,
            "people see what they have to shorten"
        );
        let none = run(&world, world.bert, query, json!({ "body": "  " })).await;
        let expected = json!({ "bodyHtml": "", "characterCount": 0, "maxCharacters": 20000 });
        assert_eq!(none["preview"], expected);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn topics_and_pictures_answer_with_what_changed() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let follow = "mutation($input: TopicFollowInput!) { topicFollow(input: $input) \
                      { topic { name postCount isFollowedByViewer } userErrors { code path } } }";
        let input =
            |topic: &str, follow: bool| json!({ "input": { "topic": topic, "follow": follow } });
        let followed = run(&world, world.bert, follow, input("#Neues", true)).await;
        let topic = json!({ "name": "neues", "postCount": 0, "isFollowedByViewer": true });
        assert_eq!(followed["topicFollow"]["topic"], topic);
        let left = run(&world, world.bert, follow, input("neues", false)).await;
        assert_eq!(left["topicFollow"]["topic"]["isFollowedByViewer"], false);
        let bad = run(&world, world.bert, follow, input("not one", true)).await;
        let error = json!([{ "code": "INVALID_TOPIC", "path": ["topic"] }]);
        assert_eq!(bad["topicFollow"]["userErrors"], error);
        let avatar = "mutation { avatarSet(input: { attachmentId: null }) \
                      { person { handle avatarUrl } userErrors { code } } }";
        let set = run(&world, world.bert, avatar, json!({})).await;
        let person = json!({ "handle": "bert", "avatarUrl": null });
        assert_eq!(set["avatarSet"]["person"], person);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_deleted_reply_answers_with_its_empty_place() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.anna, community, "start").await;
        let reply = world
            .reply(world.bert, &post, "gone https://example.org")
            .await;
        let query = "query($id: ID!) { reply(id: $id) { state bodyHtml bodySource postId \
            revisionCount reactionCount links { url } attachments { id } author { handle } \
            revisions(first: 5) { totalCount nodes { bodySource editor { handle } } } \
            viewerCan { edit delete react markAsBestAnswer } } }";
        let id = json!({ "id": reply.reply_id().to_string() });
        let before = run(&world, world.bert, query, id.clone()).await;
        let can = json!({ "edit": true, "delete": true, "react": true, "markAsBestAnswer": false });
        assert_eq!(before["reply"]["viewerCan"], can);
        assert_eq!(before["reply"]["revisions"]["totalCount"], 1);
        world.delete_reply(world.bert, &reply).await.unwrap();
        let after = run(&world, world.bert, query, id).await;
        let cannot =
            json!({ "edit": false, "delete": false, "react": false, "markAsBestAnswer": false });
        let expected = json!({ "state": "DELETED", "bodyHtml": "", "bodySource": "",
            "postId": post.post_id().to_string(), "revisionCount": 0, "reactionCount": 0,
            "links": [], "attachments": [], "author": { "handle": "bert" },
            "revisions": { "totalCount": 0, "nodes": [] }, "viewerCan": cannot });
        assert_eq!(after["reply"], expected);
        world.bed
    })
    .await;
}
