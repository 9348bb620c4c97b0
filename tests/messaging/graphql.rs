//! The way in for clients: names as in the contract, typed user errors, a constant number of
//! statements.

use async_graphql::{EmptySubscription, MergedObject, Request, Schema};
use kernel::{OrganisationRole, PersonId, Viewer};
use messaging::{MessagingMutation, MessagingQuery};
use platform::Database;
use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::house::{client_id, people, person, send, start, viewer};

#[derive(MergedObject, Default)]
struct Query(MessagingQuery);

#[derive(MergedObject, Default)]
struct Mutation(MessagingMutation);

/// Answer and number of SQL statements.
async fn run(database: &Database, viewer: &Viewer, query: &str, variables: Value) -> (Value, u64) {
    let schema = Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .data(database.clone())
        .finish();
    let viewer = viewer.for_new_request();
    let reader = database.reader(&viewer);
    let known = platform::graphql::Request {
        viewer: viewer.clone(),
        request_id: "test".to_owned(),
    };
    let variables = async_graphql::Variables::from_json(variables);
    let request = Request::new(query).variables(variables).data(known);
    let request = identity::request_data(request, &reader);
    let request = messaging::request_data(request, &reader);
    let response = platform::graphql::batched(schema.execute(request)).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    (response.data.into_json().unwrap(), viewer.statements())
}

const LIST: &str = "query($first: Int!, $after: String) {
  conversations(first: $first, after: $after) {
    edges { cursor node { id title unreadCount createdAt lastActivityAt members { name }
      lastMessage { id conversationId bodyHtml bodySource sentAt isImported author { handle } } } }
    pageInfo { hasNextPage endCursor }
  }
}";

const START: &str = "mutation($input: ConversationStartInput!) {
  conversationStart(input: $input) {
    conversation { id title members { handle } messages(last: 5) { nodes { bodySource } } }
    userErrors { code path }
  }
}";

const SEND: &str = "mutation($input: MessageSendInput!) {
  messageSend(input: $input) {
    message { id bodyHtml author { handle } }
    conversation { unreadCount lastMessage { bodySource } }
    userErrors { code message path params { name value } }
  }
}";

const READ: &str = "mutation($input: ConversationMarkReadInput!) {
  conversationMarkRead(input: $input) { conversation { unreadCount } userErrors { code } }
}";

#[tokio::test]
async fn a_conversation_from_its_start_to_its_reading() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let [anna, ben, cleo] = people(database, ["anna", "ben", "cleo"]).await;
        let others = [ben.to_string(), cleo.to_string()];
        let input = json!({ "input": { "clientId": client_id(1), "personIds": others } });
        let (answer, _) = run(database, &viewer(anna), START, input).await;
        let conversation = &answer["conversationStart"]["conversation"];
        assert_eq!(conversation["title"], "Name of ben, Name of cleo");
        assert_eq!(conversation["members"].as_array().unwrap().len(), 3);
        assert_eq!(conversation["messages"]["nodes"], json!([]));
        let id = conversation["id"].as_str().unwrap();

        let message =
            json!({ "input": { "clientId": client_id(2), "conversationId": id, "body": "*Hi*" } });
        let (answer, _) = run(database, &viewer(anna), SEND, message).await;
        let sent = &answer["messageSend"];
        assert_eq!(sent["userErrors"], json!([]));
        assert_eq!(sent["message"]["author"]["handle"], "anna");
        assert_eq!(sent["conversation"]["lastMessage"]["bodySource"], "*Hi*");
        assert!(
            sent["message"]["bodyHtml"]
                .as_str()
                .unwrap()
                .contains("<em>Hi</em>")
        );

        let (answer, _) = run(database, &viewer(ben), LIST, json!({ "first": 10 })).await;
        let listed = &answer["conversations"]["edges"][0]["node"];
        assert_eq!(listed["title"], "Name of anna, Name of cleo");
        assert_eq!(listed["unreadCount"], 1);
        let read = json!({ "input": { "conversationId": id } });
        let (answer, _) = run(database, &viewer(ben), READ, read.clone()).await;
        assert_eq!(
            answer["conversationMarkRead"]["conversation"]["unreadCount"],
            0
        );

        // For everybody else it does not exist, and the answer does not tell why.
        let admin = Viewer::person(
            PersonId::at(bed.clock.now()),
            OrganisationRole::NetworkAdmin,
            None,
        );
        let (answer, _) = run(database, &admin, READ, read).await;
        assert_eq!(answer["conversationMarkRead"]["conversation"], Value::Null);
        assert_eq!(
            answer["conversationMarkRead"]["userErrors"][0]["code"],
            "NOT_FOUND"
        );
        let query = "query($id: ID!) { conversation(id: $id) { id title } }";
        let (answer, _) = run(database, &admin, query, json!({ "id": id })).await;
        assert_eq!(answer["conversation"], Value::Null);
        bed
    })
    .await;
}

#[tokio::test]
async fn what_a_person_can_mend_comes_back_typed() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let anna = person(database, "anna").await;
        let input = json!({ "input": { "clientId": "x", "personIds": [] } });
        let (answer, _) = run(database, &viewer(anna), START, input).await;
        assert_eq!(
            answer["conversationStart"],
            json!({ "conversation": null, "userErrors": [
                { "code": "INVALID_CLIENT_ID", "path": ["clientId"] },
                { "code": "CONVERSATION_TOO_SMALL", "path": ["personIds"] },
            ] })
        );
        bed
    })
    .await;
}

#[tokio::test]
async fn a_page_costs_few_statements_however_long_it_is() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        let anna = person(database, "anna").await;
        for number in 0..30 {
            let other = person(database, &format!("p{number}")).await;
            let talk = start(database, anna, &[other]).await.unwrap();
            send(database, other, talk, "Hello").await.unwrap();
        }
        let (short, few) = run(database, &viewer(anna), LIST, json!({ "first": 3 })).await;
        let (long, many) = run(database, &viewer(anna), LIST, json!({ "first": 30 })).await;
        assert_eq!(short["conversations"]["edges"].as_array().unwrap().len(), 3);
        assert_eq!(long["conversations"]["edges"].as_array().unwrap().len(), 30);
        // Two loaders of people may or may not meet in one batch; more items never cost more.
        assert!(few <= 10 && many <= 10, "{few} and {many} statements");
        bed
    })
    .await;
}
