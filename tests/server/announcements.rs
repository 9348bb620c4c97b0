//! Announcements that are meant for some: read by all who may, told to and kept on top for those alone.

use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::support::{House, client_id, text};

#[tokio::test]
async fn an_announcement_for_an_audience_presses_on_those_it_means_alone() {
    on_both_databases(|bed| async move {
        let house = House::open(bed).await;
        let people = house
            .hire(&["admin", "anna", "ben", "cora"], |h| format!("{h}@bank.example"))
            .await;
        let [_, anna, ben, cora] = <[_; 4]>::try_from(people).unwrap();
        let input = json!({ "clientId": client_id(), "name": "Counters", "description": "",
                            "visibility": "PUBLIC", "joining": "OPEN" });
        let made = house.act(&anna, "communityCreate", input, "community { id }").await;
        let community = text(&made, "/community/id");
        for viewer in [&ben, &cora] {
            let input = json!({ "communityId": community });
            house
                .act_with(viewer, "communityJoin", "CommunityJoinInput", input, "community { id }")
                .await;
        }
        let me = house.ask(&ben, "{ viewer { person { id } } }", json!({})).await;
        let rule = json!({ "people": { "personIds": [text(&me, "/viewer/person/id")] } });
        let input = json!({ "name": "Only Ben", "isShared": false, "rule": rule });
        let made = house.act(&anna, "audienceCreate", input, "audience { id }").await;
        let audience = text(&made, "/audience/id");
        house.settle().await;

        let post = |kind: &str| {
            json!({ "clientId": client_id(), "communityId": community, "kind": kind, "title": "",
                    "body": "New opening hours", "audienceId": audience })
        };
        let refused = "mutation($input: PostCreateInput!) { postCreate(input: $input) { post { id } userErrors { code } } }";
        let answer = house.ask(&anna, refused, json!({ "input": post("DISCUSSION") })).await;
        assert_eq!(answer["postCreate"]["userErrors"][0]["code"], "AUDIENCE_NOT_ALLOWED");
        let made = house.act(&anna, "postCreate", post("ANNOUNCEMENT"), "post { id }").await;
        let id = text(&made, "/post/id");
        house.settle().await;

        let told = async |viewer| {
            let query = "{ notifications(first: 5) { nodes { kind } } }";
            house.ask(viewer, query, json!({})).await["notifications"]["nodes"].clone()
        };
        assert_eq!(told(&ben).await, json!([{ "kind": "ANNOUNCEMENT" }]));
        assert_eq!(told(&cora).await, json!([]));

        // Something newer, so that what stands on top stands there for being an announcement.
        house.bed.clock.advance_seconds(60);
        let newer = json!({ "clientId": client_id(), "communityId": community, "kind": "DISCUSSION",
                            "title": "", "body": "Something newer" });
        house.act(&anna, "postCreate", newer, "post { id }").await;
        house.settle().await;
        let first = async |viewer| {
            let query = "{ homeFeed(first: 5) { edges { node { id announcement { audience { name meansViewer sentence(locale: \"en\") } } } } } }";
            house.ask(viewer, query, json!({})).await["homeFeed"]["edges"].clone()
        };
        let of_ben: Value = first(&ben).await;
        assert_eq!(of_ben[0]["node"]["id"], id);
        assert_eq!(of_ben[0]["node"]["announcement"]["audience"]["name"], "Only Ben");
        assert_eq!(of_ben[0]["node"]["announcement"]["audience"]["meansViewer"], true);
        let of_cora = first(&cora).await;
        assert_ne!(of_cora[0]["node"]["id"], id);
        let there = of_cora.as_array().unwrap().iter().find(|e| e["node"]["id"] == *id);
        let audience = &there.unwrap()["node"]["announcement"]["audience"];
        assert_eq!(audience["meansViewer"], false);
        assert!(text(audience, "/sentence").contains("Person ben"));
        house.bed
    })
    .await;
}
