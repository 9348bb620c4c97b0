//! What a letter says, and to whom.

use serde_json::json;

use crate::world::{GATHERED, World};

#[tokio::test]
async fn a_mention_comes_as_a_letter_in_two_forms_once() {
    testkit::on_both_databases(|bed| async move {
        let mut world = World::open(bed).await;
        world.choose(&world.ben, "MENTION", "INSTANT", false).await;
        let post = world.mention("could you look at the <b>figures</b>?").await;
        world.deliver().await;
        assert!(
            world.office.received().await.is_empty(),
            "a letter gathers for a minute"
        );
        world.deliver_after(GATHERED).await;
        let letters = world.office.received().await;
        assert_eq!(letters.len(), 1);
        let letter = &letters[0];
        assert_eq!(letter.to, "ben@bank.example");
        assert!(
            letter.text.starts_with("Person anna mentioned you\n"),
            "{}",
            letter.text
        );
        assert!(letter.text.contains("Hello Person ben,"));
        assert!(letter.text.contains("could you look at the"));
        assert!(letter.text.contains(&format!("/posts/{post}")));
        assert!(letter.raw.contains("text/html"));
        assert!(
            letter
                .header("Message-ID")
                .unwrap()
                .ends_with("@bank.example>")
        );
        assert_eq!(
            letter.header("List-Unsubscribe-Post").unwrap(),
            "List-Unsubscribe=One-Click"
        );
        world.deliver_after(3600).await;
        assert!(world.office.received().await.is_empty());
        assert_eq!(world.states("email").await, ["sent"]);
        world.house.bed
    })
    .await;
}

#[tokio::test]
async fn what_was_read_meanwhile_is_not_told() {
    testkit::on_both_databases(|bed| async move {
        let mut world = World::open(bed).await;
        world.choose(&world.ben, "MENTION", "INSTANT", false).await;
        world.mention("please look").await;
        world
            .house
            .act(
                &world.ben,
                "notificationsMarkRead",
                json!({ "read": true }),
                "changedIds",
            )
            .await;
        world.deliver_after(GATHERED).await;
        assert!(world.office.received().await.is_empty());
        assert_eq!(world.states("email").await, ["dropped"]);
        world.house.bed
    })
    .await;
}

#[tokio::test]
async fn what_may_not_be_seen_any_more_is_not_told() {
    testkit::on_both_databases(|bed| async move {
        let mut world = World::open(bed).await;
        world.choose(&world.ben, "MENTION", "INSTANT", false).await;
        let post = world.mention("please look").await;
        let input = json!({ "postId": post });
        world
            .house
            .act_with(&world.anna, "postDelete", "PostIdInput", input, "postId")
            .await;
        world.deliver_after(GATHERED).await;
        assert!(world.office.received().await.is_empty());
        world.house.bed
    })
    .await;
}

#[tokio::test]
async fn more_of_the_same_joins_what_waits_and_a_digest_holds_everything() {
    testkit::on_both_databases(|bed| async move {
        let mut world = World::open(bed).await;
        world.choose(&world.anna, "REPLY", "INSTANT", false).await;
        let post = world.post("What do you think?").await;
        let reply = async |body: &str| {
            let input =
                json!({ "clientId": crate::support::client_id(), "postId": post, "body": body });
            world
                .house
                .act(&world.ben, "replyCreate", input, "reply { id }")
                .await;
            world.house.settle().await;
        };
        reply("First thought").await;
        reply("Second thought").await;
        world.deliver_after(GATHERED).await;
        let letters = world.office.received().await;
        assert_eq!(letters.len(), 1, "two replies in one thread are one letter");
        assert!(letters[0].text.contains("Second thought"));

        world.choose(&world.ben, "MENTION", "DAILY", false).await;
        world.choose(&world.ben, "MESSAGE", "DAILY", false).await;
        world.mention("one").await;
        world.mention("two").await;
        let me = world.ask(&world.ben, "{ viewer { person { id } } }").await;
        let ben = crate::support::text(&me, "/viewer/person/id");
        let input = json!({ "clientId": crate::support::client_id(), "personIds": [ben] });
        let payload = world
            .house
            .act(
                &world.anna,
                "conversationStart",
                input,
                "conversation { id }",
            )
            .await;
        let conversation = crate::support::text(&payload, "/conversation/id");
        let input = json!({ "clientId": crate::support::client_id(),
                            "conversationId": conversation, "body": "A word between us" });
        world
            .house
            .act(&world.anna, "messageSend", input, "message { id }")
            .await;
        world.house.settle().await;
        world.deliver().await;
        let preview = world
            .ask(
                &world.ben,
                "{ viewerDelivery { nextDigest { subject text count } } }",
            )
            .await;
        assert_eq!(preview["viewerDelivery"]["nextDigest"]["count"], 3);
        // 09:02 on a Monday in UTC; digests come at eight by the house's clock, which is Berlin's.
        world.deliver_after(21 * 3600).await;
        assert!(world.office.received().await.is_empty());
        world.deliver_after(3600).await;
        let letters = world.office.received().await;
        assert_eq!(letters.len(), 1);
        let text = &letters[0].text;
        assert!(text.starts_with("3 pieces of news for you"), "{text}");
        for part in [
            "one",
            "two",
            "New message from Person anna",
            "A word between us",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        world.house.bed
    })
    .await;
}

#[tokio::test]
async fn a_house_that_wants_no_text_outside_gets_none() {
    testkit::on_both_databases(|bed| async move {
        let mut world = World::open(bed).await;
        let input = json!({ "textInMail": false, "textInPush": false });
        world
            .house
            .act(
                &world.admin,
                "notificationHouseSet",
                input,
                "house { textInMail }",
            )
            .await;
        world.choose(&world.ben, "MENTION", "INSTANT", false).await;
        world.mention("the secret figures").await;
        world.deliver_after(GATHERED).await;
        let letters = world.office.received().await;
        assert_eq!(letters.len(), 1);
        assert!(
            letters[0]
                .text
                .starts_with("There is something new for you.")
        );
        for word in ["secret", "anna"] {
            assert!(
                !letters[0].raw.contains(word),
                "{word} in {}",
                letters[0].raw
            );
        }
        world.house.bed
    })
    .await;
}
