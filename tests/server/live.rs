//! Live over a real WebSocket: what happens arrives, and a session that ends takes its socket along.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::client::{Server, Session};

/// Nothing here takes so long; a test that waits longer has failed.
const PATIENCE: Duration = Duration::from_secs(20);

struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Socket {
    async fn open(server: &Server, session: &Session) -> Self {
        let mut request = format!("ws://{}/graphql/ws", server.address)
            .into_client_request()
            .unwrap();
        request.headers_mut().insert(
            "sec-websocket-protocol",
            "graphql-transport-ws".parse().unwrap(),
        );
        let (stream, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        let mut socket = Self { stream };
        let bearer = format!("Bearer {}", session.token);
        socket
            .send(json!({ "type": "connection_init", "payload": { "authorization": bearer } }))
            .await;
        assert_eq!(socket.next().await["type"], "connection_ack");
        socket
    }

    async fn send(&mut self, message: Value) {
        self.stream
            .send(Message::Text(message.to_string().into()))
            .await
            .unwrap();
    }

    async fn frame(&mut self) -> Message {
        loop {
            let frame = tokio::time::timeout(PATIENCE, self.stream.next()).await;
            match frame
                .unwrap_or_else(|_| panic!("nothing came"))
                .unwrap()
                .unwrap()
            {
                Message::Ping(_) | Message::Pong(_) => {}
                frame => return frame,
            }
        }
    }

    async fn next(&mut self) -> Value {
        match self.frame().await {
            Message::Text(text) => serde_json::from_str(&text).unwrap(),
            other => panic!("a message was expected, got {other:?}"),
        }
    }

    /// The next event of the home feed of a type.
    async fn event(&mut self, ty: &str) -> Value {
        loop {
            let message = self.next().await;
            assert_eq!(message["type"], "next", "{message}");
            let event = message["payload"]["data"]["feedEvents"].clone();
            if event["__typename"] == ty {
                return event;
            }
        }
    }

    async fn follow_home(&mut self, after: Option<&str>) {
        let query = "subscription($after: String) { feedEvents(scope: { home: true }, after: $after) { __typename \
                     ... on PostPublishedEvent { cursor post { id bodyHtml } } ... on CaughtUpEvent { cursor } \
                     ... on ReplyPublishedEvent { cursor reply { id } } } }";
        let payload = json!({ "query": query, "variables": { "after": after } });
        self.send(json!({ "id": "home", "type": "subscribe", "payload": payload }))
            .await;
    }

    async fn close_code(&mut self) -> u16 {
        loop {
            match self.frame().await {
                Message::Close(Some(frame)) => return frame.code.into(),
                Message::Text(_) => {}
                other => panic!("a close was expected, got {other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn a_post_arrives_and_a_client_that_was_away_gets_what_it_missed() {
    let (server, admin) = Server::start().await;
    let reader = server.hire(&admin, "reader").await;
    let community = server.found(&admin, "Talk", "PUBLIC", "OPEN").await;
    let query = "mutation($input: CommunityJoinInput!) { communityJoin(input: $input) { userErrors { code } } }";
    server
        .ask(
            &reader,
            query,
            json!({ "input": { "communityId": community } }),
        )
        .await;

    let mut socket = Socket::open(&server, &reader).await;
    socket.follow_home(None).await;
    socket.event("CaughtUpEvent").await;
    let first = server.write(&admin, &community, "first").await;
    let event = socket.event("PostPublishedEvent").await;
    assert_eq!(event["post"]["id"], first["post"]["id"]);
    let cursor = event["cursor"].as_str().unwrap().to_owned();
    drop(socket);

    let second = server.write(&admin, &community, "second").await;
    let third = server.write(&admin, &community, "third").await;
    let mut socket = Socket::open(&server, &reader).await;
    socket.follow_home(Some(&cursor)).await;
    for missed in [second, third] {
        assert_eq!(
            socket.event("PostPublishedEvent").await["post"]["id"],
            missed["post"]["id"]
        );
    }
    socket.event("CaughtUpEvent").await;
    drop(socket);
    server.stop().await;
}

#[tokio::test]
async fn disabling_a_person_closes_the_open_socket() {
    let (server, admin) = Server::start().await;
    let reader = server.hire(&admin, "reader").await;
    let mut socket = Socket::open(&server, &reader).await;
    socket.follow_home(None).await;
    socket.event("CaughtUpEvent").await;
    let query = "mutation($input: PersonSetActiveInput!) { personSetActive(input: $input) { userErrors { code } } }";
    server
        .ask(
            &admin,
            query,
            json!({ "input": { "personId": reader.person, "active": false } }),
        )
        .await;
    assert_eq!(socket.close_code().await, 4403);
    let (status, _) = server
        .graphql(&reader, "{ viewer { mustChangePassword } }", json!({}))
        .await;
    assert_eq!(status, 401);
    server.stop().await;
}

#[tokio::test]
async fn a_stopping_server_tells_its_subscribers_to_come_back() {
    let (server, admin) = Server::start().await;
    let mut socket = Socket::open(&server, &admin).await;
    socket.follow_home(None).await;
    socket.event("CaughtUpEvent").await;
    server.house.app.stop.cancel();
    assert_eq!(socket.close_code().await, 1001);
    drop(socket);
    server.stop().await;
}
