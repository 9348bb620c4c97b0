//! A running server and a client of it.

use std::net::SocketAddr;

use loggia::app::App;
use loggia::http;
use serde_json::{Value, json};
use testkit::TestDatabase;
use tokio_util::task::TaskTracker;

use super::support::House;

/// Password everybody here has.
pub const PASSWORD: &str = "correct horse battery";

/// A server on a free port, stopped with [`Server::stop`].
pub struct Server {
    pub house: House,
    pub address: SocketAddr,
    http: reqwest::Client,
    background: TaskTracker,
    serving: tokio::task::JoinHandle<()>,
}

/// Somebody signed in.
#[derive(Clone)]
pub struct Session {
    pub token: String,
    pub person: String,
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tests are the outside: they speak to a server of their own on this machine"
)]
fn plain_client() -> reqwest::Client {
    reqwest::Client::new()
}

impl Server {
    /// A server over an empty house, set up with the admin `admin`.
    pub async fn start() -> (Self, Session) {
        Self::start_on(TestDatabase::sqlite().await).await
    }

    /// The same over a database.
    pub async fn start_on(bed: TestDatabase) -> (Self, Session) {
        Self::start_with(bed, |_| {}).await
    }

    /// The same with something changed before it listens.
    pub async fn start_with(bed: TestDatabase, change: impl FnOnce(&mut App)) -> (Self, Session) {
        platform::http::install_crypto();
        let mut house = House::open(bed).await;
        change(&mut house.app);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let background = house.app.start_background();
        let router =
            http::router(house.app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let stop = house.app.stop.clone();
        let serving = tokio::spawn(async move {
            let stopped = async move { stop.cancelled().await };
            axum::serve(listener, router)
                .with_graceful_shutdown(stopped)
                .await
                .unwrap();
        });
        let server = Self {
            house,
            address,
            http: plain_client(),
            background,
            serving,
        };
        let setup = json!({
            "organisationName": "Test house", "name": "Ada Admin", "handle": "admin",
            "email": "ada@example.org", "password": PASSWORD, "locale": "en",
        });
        let (status, body) = server.auth("setup", &setup).await;
        assert_eq!(status, 200, "{body}");
        let admin = server.session(&body).await;
        (server, admin)
    }

    /// Ends everything.
    pub async fn stop(self) {
        self.house.app.stop.cancel();
        self.serving.await.unwrap();
        self.house.app.tasks.close();
        self.house.app.tasks.wait().await;
        self.background.wait().await;
        self.house.bed.close().await;
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A request to be filled in.
    pub fn post(&self, path: &str) -> reqwest::RequestBuilder {
        self.http.post(self.url(path))
    }

    /// A request to be filled in.
    pub fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.http.get(self.url(path))
    }

    /// Posts to `/auth/…`.
    pub async fn auth(&self, path: &str, body: &Value) -> (u16, Value) {
        let request = self.post(&format!("/auth/{path}")).header("x-loggia", "1");
        let request = request
            .header("content-type", "application/json")
            .body(body.to_string());
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        (
            status,
            serde_json::from_str(&response.text().await.unwrap()).unwrap_or_default(),
        )
    }

    async fn session(&self, body: &Value) -> Session {
        let token = body["accessToken"].as_str().unwrap().to_owned();
        let mut session = Session {
            token,
            person: String::new(),
        };
        let data = self
            .ask(&session, "{ viewer { person { id } } }", json!({}))
            .await;
        session.person = data["viewer"]["person"]["id"].as_str().unwrap().to_owned();
        session
    }

    /// Makes a person, who signs in with the one-time password and chooses another.
    pub async fn hire(&self, admin: &Session, handle: &str) -> Session {
        let input = json!({
            "handle": handle, "name": format!("Person {handle}"), "email": format!("{handle}@example.org"),
            "title": "", "role": "MEMBER", "locale": "en",
        });
        let query = "mutation($input: PersonCreateInput!) { personCreate(input: $input) { oneTimePassword userErrors { code } } }";
        let made = self.ask(admin, query, json!({ "input": input })).await;
        let once = made["personCreate"]["oneTimePassword"]
            .as_str()
            .unwrap()
            .to_owned();
        let (status, body) = self
            .auth("login", &json!({ "login": handle, "password": once }))
            .await;
        assert_eq!(status, 200, "{body}");
        let token = body["accessToken"].as_str().unwrap().to_owned();
        let first = Session {
            token,
            person: String::new(),
        };
        let refused = self
            .graphql(
                &first,
                "{ communities(first: 1) { totalCount } }",
                json!({}),
            )
            .await;
        assert_eq!(
            refused.1["errors"][0]["extensions"]["reason"],
            "PASSWORD_CHANGE_REQUIRED"
        );
        let query = "mutation($input: PasswordChangeInput!) { passwordChange(input: $input) { userErrors { code } } }";
        let input = json!({ "currentPassword": once, "newPassword": PASSWORD });
        self.ask(&first, query, json!({ "input": input })).await;
        let (status, body) = self
            .auth("login", &json!({ "login": handle, "password": PASSWORD }))
            .await;
        assert_eq!(status, 200, "{body}");
        self.session(&body).await
    }

    /// Sends a query; returns status and answer.
    pub async fn graphql(&self, session: &Session, query: &str, variables: Value) -> (u16, Value) {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = self.post("/graphql").bearer_auth(&session.token);
        let response = request
            .header("content-type", "application/json")
            .body(body)
            .send()
            .await
            .unwrap();
        let status = response.status().as_u16();
        (
            status,
            serde_json::from_str(&response.text().await.unwrap()).unwrap_or_default(),
        )
    }

    /// Sends a query whose answer must hold no error; returns the data.
    pub async fn ask(&self, session: &Session, query: &str, variables: Value) -> Value {
        let (status, answer) = self.graphql(session, query, variables).await;
        assert!(
            status == 200 && answer.get("errors").is_none(),
            "{status} {query}\n{answer:#}"
        );
        answer["data"].clone()
    }

    /// Makes a community and returns its id.
    pub async fn found(
        &self,
        session: &Session,
        name: &str,
        visibility: &str,
        joining: &str,
    ) -> String {
        let query = "mutation($input: CommunityCreateInput!) { communityCreate(input: $input) { community { id } userErrors { code } } }";
        let input = json!({
            "clientId": super::support::client_id(), "name": name, "description": "",
            "visibility": visibility, "joining": joining,
        });
        let data = self.ask(session, query, json!({ "input": input })).await;
        data["communityCreate"]["community"]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Writes a post and returns the payload.
    pub async fn write(&self, session: &Session, community: &str, body: &str) -> Value {
        let query = "mutation($input: PostCreateInput!) { postCreate(input: $input) { post { id bodyHtml } userErrors { code path params { name value } } } }";
        let input = json!({
            "clientId": super::support::client_id(), "communityId": community, "kind": "DISCUSSION", "body": body,
        });
        self.ask(session, query, json!({ "input": input })).await["postCreate"].clone()
    }
}
