//! `inboxEvents`: in order, each once, only what concerns the viewer and may be seen at that moment.

use async_graphql::Response;
use communities::CommunityVisibility;
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};
use kernel::{OrganisationRole, PersonId};
use messaging::NewMessage;
use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::graphql::{request, schema};
use crate::world::{World, client_id, member};

const EVENTS: &str = "subscription($after: String) {
  inboxEvents(after: $after) {
    __typename
    ... on NotificationEvent { cursor notification { id kind excerpt post { id } } }
    ... on UnreadChangedEvent { cursor unread { home notifications messages } }
    ... on MembershipChangedEvent { cursor communityId }
    ... on MessageEvent { cursor message { bodySource } conversation { title unreadCount } }
    ... on ConversationReadEvent { cursor conversation { unreadCount } }
    ... on CaughtUpEvent { cursor }
    ... on ReloadRequiredEvent { cursor reason }
  }
}";

struct Socket {
    stream: BoxStream<'static, Response>,
}

impl Socket {
    async fn open(world: &World, person: PersonId, after: Option<&str>) -> Self {
        world.pump().await;
        let request = request(world, person, EVENTS, json!({ "after": after }));
        let stream = schema(world).execute_stream(request).boxed();
        Self { stream }
    }

    /// Opens from now on.
    async fn live(world: &World, person: PersonId) -> Self {
        let mut socket = Self::open(world, person, None).await;
        assert_eq!(socket.next().await["__typename"], "CaughtUpEvent");
        socket
    }

    async fn next(&mut self) -> Value {
        let response = self.stream.next().await.unwrap();
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        response.data.into_json().unwrap()["inboxEvents"].clone()
    }

    /// The next event that is not about counts.
    async fn next_news(&mut self) -> Value {
        loop {
            let event = self.next().await;
            if event["__typename"] != "UnreadChangedEvent" {
                return event;
            }
        }
    }
}

async fn send(world: &World, author: PersonId, other: PersonId, body: &str) {
    world.tick();
    let viewer = member(author);
    let (db, id) = (world.db(), client_id());
    let talk = messaging::commands::conversation_start(db, &viewer, &id, &[other]).await;
    let new = NewMessage {
        client_id: client_id(),
        conversation_id: talk.unwrap(),
        body: body.to_owned(),
        thread: None,
        files: Vec::new(),
    };
    messaging::commands::message_send(world.db(), &viewer, new)
        .await
        .unwrap();
}

/// Marks the end of what a test waits for: nothing else of the viewer's comes before it.
async fn bell(world: &World, person: PersonId, socket: &mut Socket) -> Vec<Value> {
    let unique = kernel::EventId::at(world.db().now())
        .uuid()
        .simple()
        .to_string();
    let other = world.person(&format!("bell{}", &unique[16..])).await;
    send(world, other, person, "bell").await;
    world.pump().await;
    let mut before = Vec::new();
    loop {
        let event = socket.next_news().await;
        if event["message"]["bodySource"] == "bell" {
            return before;
        }
        before.push(event);
    }
}

#[tokio::test]
async fn everything_that_concerns_the_viewer_comes_in_order() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let [ben, cleo] = world.people(["ben", "cleo"]).await;
        let community = world.public("Kitchen").await;
        let mut socket = Socket::live(&world, ben).await;

        world.join(community, &[cleo]).await;
        let owner = member(world.owner);
        communities::commands::invite(world.db(), &owner, community, &[ben])
            .await
            .unwrap();
        world.notify().await;
        world.pump().await;
        let event = socket.next_news().await;
        assert_eq!(event["notification"]["kind"], "INVITATION");

        let reader = world.reader(ben);
        let waiting = communities::queries::invitations(&reader).await.unwrap();
        communities::commands::decide_invitation(world.db(), &member(ben), waiting[0].id, true)
            .await
            .unwrap();
        world.pump().await;
        let event = socket.next_news().await;
        assert_eq!(event["__typename"], "MembershipChangedEvent");
        assert_eq!(event["communityId"], community.to_string());

        send(&world, cleo, ben, "Hello").await;
        world.pump().await;
        let event = socket.next_news().await;
        assert_eq!(event["message"]["bodySource"], "Hello");
        assert_eq!(
            event["conversation"],
            json!({ "title": "Name of cleo", "unreadCount": 1 })
        );

        let page = kernel::PageArgs::forward(1, None).unwrap();
        let talks = messaging::queries::conversations(&reader, &page)
            .await
            .unwrap();
        let talk = talks.items[0].1.id;
        messaging::commands::conversation_mark_read(world.db(), &member(ben), talk)
            .await
            .unwrap();
        world.pump().await;
        let event = socket.next_news().await;
        assert_eq!(event["__typename"], "ConversationReadEvent");
        assert_eq!(event["conversation"]["unreadCount"], 0);

        // One for everybody at once, and one that is meant for the viewer.
        let post = world.post(cleo, community, "For all").await;
        world.notify().await;
        world.pump().await;
        let event = socket.next_news().await;
        assert_eq!(event["notification"]["kind"], "NEW_POST");
        assert_eq!(event["notification"]["post"]["id"], post.to_string());
        world.post(cleo, community, "For @ben").await;
        world.notify().await;
        world.pump().await;
        assert_eq!(socket.next_news().await["notification"]["kind"], "MENTION");
        world.bed
    })
    .await;
}

#[tokio::test]
async fn what_happens_between_the_counts_and_the_subscription_is_not_missed() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let [ben] = world.people(["ben"]).await;
        let community = world.public("Kitchen").await;
        world.join(community, &[ben]).await;
        world.notify().await;
        world.pump().await;
        let counts = "{ unreadCounts { notifications liveCursor } }";
        let answer = schema(&world)
            .execute(request(&world, ben, counts, json!({})))
            .await;
        let counts = answer.data.into_json().unwrap()["unreadCounts"].clone();
        assert_eq!(counts["notifications"], 0);

        world.post(world.owner, community, "For @ben").await;
        world.notify().await;
        world.pump().await;
        let after = counts["liveCursor"].as_str();
        let mut socket = Socket::open(&world, ben, after).await;
        let event = socket.next_news().await;
        assert_eq!(event["notification"]["kind"], "MENTION");
        world.bed
    })
    .await;
}

#[tokio::test]
async fn nobody_else_learns_of_it() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let [ben, cleo, admin] = world.people(["ben", "cleo", "admin"]).await;
        let (house, role) = (crate::world::house(), OrganisationRole::NetworkAdmin);
        identity::commands::person_set_role(world.db(), &house, admin, role)
            .await
            .unwrap();
        let community = world.community("Board", CommunityVisibility::Private).await;
        world.join(community, &[ben]).await;
        let mut sockets = Vec::new();
        for person in [cleo, admin] {
            sockets.push((person, Socket::live(&world, person).await));
        }
        send(&world, world.owner, ben, "Between us").await;
        world
            .post(world.owner, community, "For @ben, @cleo and @admin")
            .await;
        world.notify().await;
        world.pump().await;
        for (person, socket) in &mut sockets {
            assert!(bell(&world, *person, socket).await.is_empty());
        }
        world.bed
    })
    .await;
}

#[tokio::test]
async fn rights_count_at_the_moment_of_delivery() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let ben = world.person("ben").await;
        let community = world.community("Board", CommunityVisibility::Private).await;
        world.join(community, &[ben]).await;
        let mut socket = Socket::live(&world, ben).await;
        world.post(world.owner, community, "For @ben").await;
        world.post(world.owner, community, "For all").await;
        world.notify().await;
        // Written while ben was in, handed on when he no longer is.
        let owner = member(world.owner);
        communities::commands::remove_member(world.db(), &owner, community, ben)
            .await
            .unwrap();
        world.pump().await;
        let seen = bell(&world, ben, &mut socket).await;
        let types: Vec<&Value> = seen.iter().map(|event| &event["__typename"]).collect();
        assert_eq!(types, ["MembershipChangedEvent"]);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn who_comes_back_receives_what_was_missed_in_order_and_once() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let [ben, cleo] = world.people(["ben", "cleo"]).await;
        let mut socket = Socket::live(&world, ben).await;
        send(&world, cleo, ben, "one").await;
        world.pump().await;
        let event = socket.next_news().await;
        assert_eq!(event["message"]["bodySource"], "one");
        let cursor = event["cursor"].as_str().unwrap().to_owned();
        drop(socket);

        for text in ["two", "three"] {
            send(&world, cleo, ben, text).await;
        }
        let mut socket = Socket::open(&world, ben, Some(&cursor)).await;
        send(&world, cleo, ben, "four").await;
        world.pump().await;
        for text in ["two", "three"] {
            assert_eq!(socket.next_news().await["message"]["bodySource"], text);
        }
        let mut rest = vec![socket.next_news().await, socket.next_news().await];
        // Live and replay may meet on either side of the mark; the message comes once all the same.
        rest.retain(|event| event["__typename"] != "CaughtUpEvent");
        assert_eq!(rest.len(), 1);
        assert_eq!(rest[0]["message"]["bodySource"], "four");
        assert!(bell(&world, ben, &mut socket).await.is_empty());
        world.bed
    })
    .await;
}

#[tokio::test]
async fn unread_counts_come_at_once_and_together_for_a_burst() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let [ben, cleo] = world.people(["ben", "cleo"]).await;
        let community = world.public("Kitchen").await;
        world.join(community, &[ben, cleo]).await;
        let mut socket = Socket::live(&world, ben).await;
        for number in 0..5 {
            world.post(cleo, community, &format!("News {number}")).await;
        }
        send(&world, cleo, ben, "Hello").await;
        world.notify().await;
        world.pump().await;
        let mut counts = Vec::new();
        let mut news = 0;
        while counts.is_empty() {
            let event = socket.next().await;
            match event["__typename"].as_str() {
                Some("UnreadChangedEvent") => counts.push(event["unread"].clone()),
                _ => news += 1,
            }
        }
        assert_eq!(news, 6);
        assert_eq!(
            counts,
            [json!({ "home": 5, "notifications": 5, "messages": 1 })]
        );
        // Nothing more waits: the burst was told as one.
        assert!(socket.stream.next().now_or_never().is_none());
        world.bed
    })
    .await;
}

#[tokio::test]
async fn strangers_and_bad_cursors_are_refused() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let request = request(&world, world.owner, EVENTS, json!({ "after": "nonsense" }));
        let mut stream = schema(&world).execute_stream(request).boxed();
        let response = stream.next().await.unwrap();
        assert!(response.is_err());
        assert!(stream.next().await.is_none());
        world.bed
    })
    .await;
}
