//! Who gets what how is chosen by the person, else by the house.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::world::{GATHERED, World};

async fn emails(world: &World, viewer: &kernel::Viewer) -> Value {
    world
        .ask(
            viewer,
            "{ notificationChoices { category inApp email push isChosen } }",
        )
        .await["notificationChoices"]
        .clone()
}

fn of<'a>(choices: &'a Value, category: &str) -> &'a Value {
    let list = choices.as_array().unwrap();
    list.iter()
        .find(|choice| choice["category"] == category)
        .unwrap()
}

#[tokio::test]
async fn the_house_decides_until_the_person_does() {
    testkit::on_both_databases(|bed| async move {
        let world = World::open(bed).await;
        assert_eq!(of(&emails(&world, &world.ben).await, "MENTION")["email"], "DAILY");
        let input = json!({ "category": "MENTION", "inApp": true, "email": "WEEKLY", "push": false });
        let kind = "NotificationChoiceInput";
        let selection = "house { textInMail }";
        world
            .house
            .act_with(&world.admin, "notificationDefaultSet", kind, input.clone(), selection)
            .await;
        let choices = emails(&world, &world.ben).await;
        assert_eq!(of(&choices, "MENTION")["email"], "WEEKLY");
        assert_eq!(of(&choices, "MENTION")["isChosen"], false);
        world.choose(&world.ben, "MENTION", "NEVER", true).await;
        let choices = emails(&world, &world.ben).await;
        assert_eq!(of(&choices, "MENTION")["email"], "NEVER");
        assert_eq!(of(&choices, "MENTION")["isChosen"], true);
        assert_eq!(of(&emails(&world, &world.anna).await, "MENTION")["email"], "WEEKLY");
        let reset = "mutation { notificationChoicesReset { choices { category email } } }";
        let answer = world.ask(&world.ben, reset).await;
        let choices = &answer["notificationChoicesReset"]["choices"];
        assert_eq!(of(choices, "MENTION")["email"], "WEEKLY");

        let query = "mutation($input: NotificationChoiceInput!) { notificationDefaultSet(input: $input) { house { textInMail } userErrors { code } } }";
        let refused = world.house.answer(&world.ben, query, json!({ "input": input })).await;
        let payload = &refused["data"]["notificationDefaultSet"];
        assert!(payload["house"].is_null(), "{refused}");
        let query = "{ notificationHouse { textInMail } }";
        let refused = world.house.answer(&world.ben, query, json!({})).await;
        assert!(refused["data"].is_null(), "{refused}");
        world.house.bed
    })
    .await;
}

#[tokio::test]
async fn what_is_not_wanted_at_all_does_not_come_at_all() {
    testkit::on_both_databases(|bed| async move {
        let mut world = World::open(bed).await;
        let input =
            json!({ "category": "MENTION", "inApp": false, "email": "INSTANT", "push": true });
        let kind = "NotificationChoiceInput";
        world
            .house
            .act_with(
                &world.ben,
                "notificationChoiceSet",
                kind,
                input,
                "choices { category }",
            )
            .await;
        world.mention("please look").await;
        world.deliver_after(GATHERED).await;
        assert!(world.office.received().await.is_empty());
        let list = world
            .ask(&world.ben, "{ notifications(first: 5) { nodes { kind } } }")
            .await;
        assert_eq!(list["notifications"]["nodes"], json!([]));
        // Messages have a place of their own; they cannot be switched off there.
        let input =
            json!({ "category": "MESSAGE", "inApp": false, "email": "NEVER", "push": false });
        world
            .house
            .act_with(
                &world.ben,
                "notificationChoiceSet",
                kind,
                input,
                "choices { category }",
            )
            .await;
        assert_eq!(
            of(&emails(&world, &world.ben).await, "MESSAGE")["inApp"],
            true
        );
        world.house.bed
    })
    .await;
}

#[tokio::test]
async fn one_click_in_a_letter_ends_letters_of_its_sort_and_a_forged_one_nothing() {
    testkit::on_both_databases(|bed| async move {
        let mut world = World::open(bed).await;
        world.choose(&world.ben, "MENTION", "INSTANT", false).await;
        world.choose(&world.ben, "REPLY", "INSTANT", false).await;
        world.mention("please look").await;
        world.deliver_after(GATHERED).await;
        let letters = world.office.received().await;
        let [letter] = &letters[..] else {
            panic!("one letter, not {}", letters.len());
        };
        let header = letter.header("List-Unsubscribe").unwrap();
        let url = header.trim_matches(['<', '>']);
        let path = url.split_once("/mail/").unwrap().1;
        let ask = async |method: &str, path: &str| {
            let request = Request::builder()
                .method(method)
                .uri(format!("/mail/{path}"))
                .body(Body::from("List-Unsubscribe=One-Click"))
                .unwrap();
            let router = loggia::http::router(world.house.app.clone());
            router.oneshot(request).await.unwrap().status()
        };
        // A program that only looks at links ends nothing.
        assert_eq!(ask("GET", path).await, StatusCode::OK);
        assert_eq!(
            of(&emails(&world, &world.ben).await, "MENTION")["email"],
            "INSTANT"
        );
        let (signed, _) = path.rsplit_once('.').unwrap();
        assert_eq!(
            ask("POST", &format!("{signed}.AAAA")).await,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            ask("POST", "unsubscribe/nonsense").await,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            of(&emails(&world, &world.ben).await, "MENTION")["email"],
            "INSTANT"
        );
        for _ in 0..2 {
            assert_eq!(ask("POST", path).await, StatusCode::OK);
        }
        let choices = emails(&world, &world.ben).await;
        assert_eq!(of(&choices, "MENTION")["email"], "NEVER");
        assert_eq!(of(&choices, "REPLY")["email"], "INSTANT");
        world.house.bed
    })
    .await;
}
