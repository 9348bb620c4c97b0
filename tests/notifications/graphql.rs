//! The way in for clients: names as in the contract, a constant number of statements.

use std::sync::Arc;

use async_graphql::{MergedObject, MergedSubscription, Request, Schema};
use communities::CommunityVisibility;
use content::PostKind;
use kernel::PersonId;
use platform::Reader;
use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::world::{World, member};

#[derive(MergedObject, Default)]
pub struct Query(
    identity::IdentityQuery,
    communities::CommunitiesQuery,
    content::ContentQuery,
    posts::PostsQuery,
    feeds::FeedsQuery,
    notifications::NotificationsQuery,
    messaging::MessagingQuery,
);

#[derive(MergedObject, Default)]
pub struct Mutation(
    notifications::NotificationsMutation,
    messaging::MessagingMutation,
);

#[derive(MergedSubscription, Default)]
pub struct Subscription(notifications::NotificationsSubscription);

pub type Roots = Schema<Query, Mutation, Subscription>;

/// As the binary does.
struct Notifications;

#[async_trait::async_trait]
impl feeds::UnreadSource for Notifications {
    fn name(&self) -> &'static str {
        "notifications"
    }

    async fn count(&self, reader: &Reader) -> kernel::Result<i64> {
        notifications::unread_count(reader).await
    }
}

/// As the binary does.
struct Messages;

#[async_trait::async_trait]
impl feeds::UnreadSource for Messages {
    fn name(&self) -> &'static str {
        "messages"
    }

    async fn count(&self, reader: &Reader) -> kernel::Result<i64> {
        messaging::unread_count(reader).await
    }
}

pub fn schema(world: &World) -> Roots {
    let sources: Vec<Arc<dyn feeds::UnreadSource>> =
        vec![Arc::new(Notifications), Arc::new(Messages)];
    Schema::build(
        Query::default(),
        Mutation::default(),
        Subscription::default(),
    )
    .data(world.db().clone())
    .data(world.hub.clone())
    .data(world.access.clone())
    .data(sources)
    .finish()
}

/// A request of a person, with the loaders of all rooms.
pub fn request(world: &World, person: PersonId, document: &str, variables: Value) -> Request {
    request_of(world, &member(person), document, variables)
}

fn request_of(world: &World, viewer: &kernel::Viewer, document: &str, variables: Value) -> Request {
    let reader = world.db().reader(viewer);
    let known = platform::graphql::Request {
        viewer: viewer.clone(),
        request_id: "test".to_owned(),
    };
    let request = Request::new(document)
        .variables(async_graphql::Variables::from_json(variables))
        .data(known);
    let request = identity::request_data(request, &reader);
    let request = communities::request_data(request, &reader);
    let request = content::request_data(request, &reader);
    let request = posts::request_data(request, &reader);
    let request = feeds::request_data(request, &reader);
    let request = notifications::request_data(request, &reader);
    messaging::request_data(request, &reader)
}

/// Answer and number of SQL statements.
async fn run(world: &World, person: PersonId, document: &str, variables: Value) -> (Value, u64) {
    let viewer = member(person);
    let request = request_of(world, &viewer, document, variables);
    let response = platform::graphql::batched(schema(world).execute(request)).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    (response.data.into_json().unwrap(), viewer.statements())
}

const LIST: &str = "query($first: Int!, $unread: Boolean! = false, $after: String) {
  notifications(first: $first, unreadOnly: $unread, after: $after) {
    edges { cursor node {
      id kind createdAt isRead actorCount excerpt
      actors { id name handle avatarUrl }
      post { id title excerpt author { name } }
      reply { id bodyHtml author { name } }
      community { id name slug }
    } }
    pageInfo { hasNextPage endCursor }
    unreadCount
  }
}";

const MARK: &str = "mutation($input: NotificationsMarkReadInput!) {
  notificationsMarkRead(input: $input) {
    changedIds unread { notifications messages } userErrors { code path }
  }
}";

#[tokio::test]
async fn a_list_is_read_marked_and_unmarked() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let ben = world.person("ben").await;
        let community = world.public("Kitchen").await;
        let post = world.post(world.owner, community, "Lunch, @ben?").await;
        world.notify().await;
        let (answer, _) = run(&world, ben, LIST, json!({ "first": 10, "unread": true })).await;
        let list = &answer["notifications"];
        assert_eq!(list["unreadCount"], 1);
        let node = &list["edges"][0]["node"];
        assert_eq!(
            (&node["kind"], &node["isRead"]),
            (&json!("MENTION"), &json!(false))
        );
        assert_eq!(node["actors"][0]["handle"], "owner");
        assert_eq!(node["post"]["id"], post.to_string());
        assert_eq!(
            (&node["reply"], &node["community"]["name"]),
            (&Value::Null, &json!("Kitchen"))
        );
        assert_eq!(node["excerpt"], "Lunch, @Name of ben?");

        let (answer, _) = run(&world, ben, MARK, json!({ "input": {} })).await;
        let marked = &answer["notificationsMarkRead"];
        assert_eq!(marked["changedIds"], json!([node["id"]]));
        assert_eq!(
            marked["unread"],
            json!({ "notifications": 0, "messages": 0 })
        );
        let undo = json!({ "input": { "notificationIds": [node["id"]], "read": false } });
        let (answer, _) = run(&world, ben, MARK, undo).await;
        assert_eq!(
            answer["notificationsMarkRead"]["unread"]["notifications"],
            1
        );

        let wrong = json!({ "input": { "read": false } });
        let (answer, _) = run(&world, ben, MARK, wrong).await;
        let errors = json!([{ "code": "IDS_REQUIRED", "path": ["notificationIds"] }]);
        assert_eq!(answer["notificationsMarkRead"]["userErrors"], errors);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_without_gap() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let ben = world.person("ben").await;
        let community = world.public("Kitchen").await;
        for number in 0..7 {
            world
                .post(world.owner, community, &format!("{number} @ben"))
                .await;
        }
        world.notify().await;
        let all: Vec<String> = world
            .ids(ben)
            .await
            .iter()
            .map(ToString::to_string)
            .collect();
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let variables = json!({ "first": 3, "after": after });
            let (answer, _) = run(&world, ben, LIST, variables).await;
            let page = &answer["notifications"];
            for edge in page["edges"].as_array().unwrap() {
                seen.push(edge["node"]["id"].as_str().unwrap().to_owned());
            }
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(seen, all);
        assert_eq!(seen.len(), 7);
        world.bed
    })
    .await;
}

/// One of each: mention, reply, reaction, role, in communities of several kinds.
async fn fill(world: &World, ben: PersonId, rounds: usize) {
    let mut others = Vec::new();
    for number in 0..6 {
        others.push(world.person(&format!("o{number}")).await);
    }
    for round in 0..rounds {
        let visibility = CommunityVisibility::ALL[round % 3];
        let community = world.community(&format!("Place {round}"), visibility).await;
        world.join(community, &others).await;
        world.join(community, &[ben]).await;
        world
            .post_of_kind(world.owner, community, PostKind::Question)
            .await;
        let post = world.post(ben, community, "Mine").await;
        for other in &others {
            world.reply(*other, post, "An answer").await;
            world.react(*other, post, "👍", true).await;
        }
        world.post(others[round % 6], community, "Hello @ben").await;
        let role = communities::CommunityRole::Moderator;
        let owner = member(world.owner);
        communities::commands::set_role(world.db(), &owner, community, ben, role)
            .await
            .unwrap();
    }
    world.notify().await;
}

#[tokio::test]
async fn a_page_costs_few_statements_however_long_it_is() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let ben = world.person("ben").await;
        fill(&world, ben, 10).await;
        let mut costs = Vec::new();
        for first in [5, 30] {
            let (answer, statements) = run(&world, ben, LIST, json!({ "first": first })).await;
            let edges = answer["notifications"]["edges"].as_array().unwrap();
            assert_eq!(edges.len(), first);
            costs.push(statements);
        }
        // Which loaders meet in one batch may differ by a little; six times the items never cost more.
        assert!(costs.iter().all(|cost| *cost <= 16), "{costs:?}");
        world.bed
    })
    .await;
}

#[test]
fn the_types_are_those_of_the_contract() {
    let sdl = Roots::build(
        Query::default(),
        Mutation::default(),
        Subscription::default(),
    )
    .finish()
    .sdl_with_options(async_graphql::SDLExportOptions::new().sorted_fields());
    let plain: String = sdl
        .lines()
        .map(|line| format!("{}\n", line.trim()))
        .collect();
    for line in [
        "notifications(",
        "notificationsMarkRead(",
        "inboxEvents(",
        "conversationStart(",
        "messageSend(",
        "conversationMarkRead(",
        "union InboxEvent = NotificationEvent | UnreadChangedEvent | MembershipChangedEvent | MessageEvent | MessageChangedEvent | ConversationReadEvent | ConversationChangedEvent | ConversationTypingEvent | CaughtUpEvent | ReloadRequiredEvent",
    ] {
        assert!(plain.contains(line), "{line} is missing");
    }
    for kind in [
        "MENTION",
        "COMMUNITY_MENTION",
        "REPLY",
        "REACTION",
        "BEST_ANSWER",
        "PRAISE",
        "ANNOUNCEMENT",
        "NEW_POST",
        "JOIN_REQUEST",
        "JOIN_APPROVED",
        "JOIN_DECLINED",
        "INVITATION",
        "ROLE_CHANGED",
        "IDEA_STATE",
        "THREAD_CLOSED",
    ] {
        assert!(plain.lines().any(|line| line == kind), "{kind} is missing");
    }
}
