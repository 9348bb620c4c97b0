//! GraphQL over WebSocket, protocol `graphql-transport-ws`
//! (<https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md>), behind the same gate as HTTP.
//!
//! A socket belongs to one viewer from `connection_init` on. It is closed at once when the viewer's
//! session ends or the person is disabled, and told to come back when the server stops.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::Response;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::{SinkExt, StreamExt};
use identity::{Authenticator, Connection, Presence, PresenceGuard};
use kernel::Viewer;
use platform::metrics::Metrics;
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::Gate;
use super::protocol::{Body, is_request_error};

/// Longest wait for `connection_init`.
const INIT_TIMEOUT: Duration = Duration::from_secs(10);
/// How often an idle client is asked whether it is still there.
const PING_EVERY: Duration = Duration::from_secs(25);
/// A client that takes nothing for this long is dropped; it resumes with its cursor.
const WRITE_TIMEOUT: Duration = Duration::from_secs(20);
/// Operations one socket may run at the same time.
const MAX_OPERATIONS: usize = 40;
/// Answers that wait for a slow client.
const QUEUE: usize = 64;

/// Why a socket is closed, with the protocol's code.
struct Close(u16, &'static str);

const NORMAL: Close = Close(1000, "Bye");
const GOING_AWAY: Close = Close(1001, "Server restarts, reconnect");
const BAD_REQUEST: Close = Close(4400, "Invalid message");
const UNAUTHORIZED: Close = Close(4401, "Unauthorized");
const FORBIDDEN: Close = Close(4403, "Forbidden");
const INIT_TIMED_OUT: Close = Close(4408, "Connection initialisation timeout");
const TOO_MANY_INITS: Close = Close(4429, "Too many initialisation requests");

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum ClientMessage {
    ConnectionInit {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Subscribe {
        id: String,
        payload: Operation,
    },
    Complete {
        id: String,
    },
    /// The web client says in the payload whether anybody sits in front of it.
    Ping {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Pong {
        #[serde(default)]
        #[expect(dead_code, reason = "the protocol allows any payload, we ignore it")]
        payload: Option<Map<String, Value>>,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Operation {
    query: String,
    #[serde(default)]
    operation_name: Option<String>,
    #[serde(default)]
    variables: Option<Map<String, Value>>,
    #[serde(default)]
    #[expect(dead_code, reason = "the protocol allows extensions, none are defined")]
    extensions: Option<Map<String, Value>>,
}

/// What all sockets of a node share.
#[derive(Clone)]
pub struct Sockets {
    /// The gate.
    pub gate: Gate,
    /// Who is who.
    pub authenticator: Authenticator,
    /// Counters.
    pub metrics: Metrics,
    /// Cancelled when the server stops.
    pub stop: CancellationToken,
    /// Who is there on this node.
    pub presence: Presence,
    /// Open sockets, so that the server can wait until each was told to come back.
    pub tasks: TaskTracker,
}

/// Serves one socket until it closes.
pub async fn serve(shared: Sockets, socket: WebSocket, request_id: String) {
    let _open = shared.metrics.socket();
    let (mut sink, mut stream) = socket.split();
    let (outgoing, mut queue) = mpsc::channel::<Message>(QUEUE);
    let writer = tokio::spawn(async move {
        while let Some(message) = queue.recv().await {
            let last = matches!(message, Message::Close(_));
            let sent = tokio::time::timeout(WRITE_TIMEOUT, sink.send(message)).await;
            if last || !matches!(sent, Ok(Ok(()))) {
                break;
            }
        }
    });
    let mut session = Session {
        shared: shared.clone(),
        outgoing: outgoing.clone(),
        viewer: None,
        present: None,
        running: HashMap::new(),
        request_id,
    };
    let close = session.run(&mut stream, &writer).await;
    session.stop_all();
    let frame = CloseFrame {
        code: close.0,
        reason: Utf8Bytes::from_static(close.1),
    };
    let _ = tokio::time::timeout(WRITE_TIMEOUT, outgoing.send(Message::Close(Some(frame)))).await;
    drop(session);
    drop(outgoing);
    let abort = writer.abort_handle();
    if tokio::time::timeout(WRITE_TIMEOUT, writer).await.is_err() {
        abort.abort();
    }
}

struct Session {
    shared: Sockets,
    outgoing: mpsc::Sender<Message>,
    viewer: Option<Connection>,
    present: Option<PresenceGuard>,
    running: HashMap<String, AbortHandle>,
    request_id: String,
}

impl Session {
    async fn run(
        &mut self,
        stream: &mut futures_util::stream::SplitStream<WebSocket>,
        writer: &tokio::task::JoinHandle<()>,
    ) -> Close {
        let deadline = tokio::time::sleep(INIT_TIMEOUT);
        tokio::pin!(deadline);
        let mut ping =
            tokio::time::interval_at(tokio::time::Instant::now() + PING_EVERY, PING_EVERY);
        let stop = self.shared.stop.clone();
        loop {
            let ended = ended(self.viewer.as_ref());
            tokio::select! {
                biased;
                () = stop.cancelled() => return GOING_AWAY,
                () = ended => return FORBIDDEN,
                () = &mut deadline, if self.viewer.is_none() => return INIT_TIMED_OUT,
                message = stream.next() => {
                    let text = match message {
                        Some(Ok(Message::Text(text))) => text,
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return NORMAL,
                        Some(Ok(Message::Binary(_))) => return BAD_REQUEST,
                    };
                    let Ok(message) = serde_json::from_str(&text) else { return BAD_REQUEST };
                    if let Err(close) = self.take(message).await {
                        return close;
                    }
                }
                _ = ping.tick() => {
                    if writer.is_finished() {
                        return NORMAL;
                    }
                    self.send_text(r#"{"type":"ping"}"#.to_owned()).await;
                }
            }
        }
    }

    async fn take(&mut self, message: ClientMessage) -> Result<(), Close> {
        match message {
            ClientMessage::ConnectionInit { payload } => self.init(payload).await,
            ClientMessage::Ping { payload } => {
                let is_idle = payload.and_then(|payload| payload.get("idle")?.as_bool());
                if let (Some(present), Some(is_idle)) = (&mut self.present, is_idle) {
                    present.set_idle(is_idle);
                }
                self.send_text(r#"{"type":"pong"}"#.to_owned()).await;
                Ok(())
            }
            ClientMessage::Pong { .. } => Ok(()),
            ClientMessage::Complete { id } => {
                if let Some(task) = self.running.remove(&id) {
                    task.abort();
                }
                Ok(())
            }
            ClientMessage::Subscribe { id, payload } => self.subscribe(id, payload).await,
        }
    }

    async fn init(&mut self, payload: Option<Map<String, Value>>) -> Result<(), Close> {
        if self.viewer.is_some() {
            return Err(TOO_MANY_INITS);
        }
        let header = payload.as_ref().and_then(|payload| {
            payload
                .get("authorization")
                .or_else(|| payload.get("Authorization"))?
                .as_str()
        });
        let Some(bearer) = header.and_then(|text| text.strip_prefix("Bearer ")) else {
            return Err(UNAUTHORIZED);
        };
        let connection = self.shared.authenticator.connect(bearer).await;
        let connection = connection.map_err(|_| UNAUTHORIZED)?;
        self.present = connection
            .viewer()
            .person_id()
            .map(|person| self.shared.presence.enter(person));
        self.viewer = Some(connection);
        self.send_text(r#"{"type":"connection_ack"}"#.to_owned())
            .await;
        Ok(())
    }

    async fn subscribe(&mut self, id: String, operation: Operation) -> Result<(), Close> {
        let Some(connection) = &self.viewer else {
            return Err(UNAUTHORIZED);
        };
        self.running.retain(|_, task| !task.is_finished());
        if self.running.contains_key(&id) {
            return Err(Close(4409, "Subscriber already exists"));
        }
        if self.running.len() >= MAX_OPERATIONS {
            return Err(Close(4429, "Too many operations on one socket"));
        }
        let mut request = async_graphql::Request::new(operation.query);
        request.operation_name = operation.operation_name;
        if let Some(variables) = operation.variables {
            request.variables = async_graphql::Variables::from_json(Value::Object(variables));
        }
        let task = Running {
            id: id.clone(),
            shared: self.shared.clone(),
            viewer: connection.viewer().clone(),
            outgoing: self.outgoing.clone(),
            request_id: self.request_id.clone(),
        };
        self.running
            .insert(id, tokio::spawn(task.run(request)).abort_handle());
        Ok(())
    }

    fn stop_all(&mut self) {
        for (_, task) in self.running.drain() {
            task.abort();
        }
    }

    async fn send_text(&self, text: String) {
        let _ = self.outgoing.send(Message::Text(text.into())).await;
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.stop_all();
    }
}

async fn ended(connection: Option<&Connection>) {
    match connection {
        Some(connection) => connection.ended().await,
        None => std::future::pending().await,
    }
}

struct Running {
    id: String,
    shared: Sockets,
    viewer: Viewer,
    outgoing: mpsc::Sender<Message>,
    request_id: String,
}

impl Running {
    async fn run(self, request: async_graphql::Request) {
        let prepared = match self.shared.gate.prepare(request) {
            Ok(prepared) => prepared,
            Err(mut error) => {
                kernel::error::complete(&mut error, &self.request_id);
                return self.fail(&Response::from_errors(vec![*error])).await;
            }
        };
        if !prepared.before_password_change
            && let Err(error) = self.shared.authenticator.check_usable(&self.viewer).await
        {
            let mut server_error = async_graphql::ServerError::new(error.to_string(), None);
            server_error.source = Some(Arc::new(error));
            kernel::error::complete(&mut server_error, &self.request_id);
            return self.fail(&Response::from_errors(vec![server_error])).await;
        }
        let stream = self
            .shared
            .gate
            .execute_stream(prepared, &self.viewer, &self.request_id);
        tokio::pin!(stream);
        while let Some(response) = stream.next().await {
            if is_request_error(&response) {
                return self.fail(&response).await;
            }
            if self.send("next", &Body(&response)).await.is_err() {
                return;
            }
        }
        let done = serde_json::json!({ "id": self.id, "type": "complete" });
        let _ = self
            .outgoing
            .send(Message::Text(done.to_string().into()))
            .await;
    }

    async fn fail(&self, response: &Response) {
        let _ = self.send("error", &response.errors).await;
    }

    async fn send(&self, kind: &str, payload: &impl serde::Serialize) -> Result<(), ()> {
        #[derive(serde::Serialize)]
        struct Envelope<'a, T> {
            id: &'a str,
            r#type: &'a str,
            payload: &'a T,
        }
        let envelope = Envelope {
            id: &self.id,
            r#type: kind,
            payload,
        };
        let text = serde_json::to_string(&envelope).map_err(|error| {
            tracing::error!(%error, "answer cannot be written as JSON");
        })?;
        self.outgoing
            .send(Message::Text(text.into()))
            .await
            .map_err(|_| ())
    }
}
