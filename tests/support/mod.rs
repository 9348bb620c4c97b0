//! A whole house in one process for tests across rooms: the merged schema behind the gate's loaders,
//! the live hub and the consumers, over a database of the test's own. Nothing runs by itself: a test
//! lets the journal be followed with [`House::settle`].

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failing unwrap is the test's message"
)]

use async_graphql::{Request, Variables};
use identity::NewPerson;
use kernel::{OrganisationRole, PersonId, Viewer};
use loggia::app::App;
use platform::config::Config;
use platform::graphql::batched;
use serde_json::{Value, json};
use testkit::TestDatabase;

/// A house.
pub struct House {
    /// Its database.
    pub bed: TestDatabase,
    /// The server's insides.
    pub app: App,
}

impl House {
    /// An empty house over a database.
    pub async fn open(bed: TestDatabase) -> Self {
        Self::open_with(bed, |_| {}).await
    }

    /// The same, with something configured.
    pub async fn open_with(bed: TestDatabase, configure: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::default();
        config.server.data_dir = bed.directory();
        config.links.enabled = false;
        configure(&mut config);
        let app = App::open(config, bed.database.clone()).await.unwrap();
        Self { bed, app }
    }

    /// Sets the organisation up and makes a person for each handle; `admin` becomes its admin.
    pub async fn hire(&self, handles: &[&str], email: impl Fn(&str) -> String) -> Vec<Viewer> {
        let mut tx = self
            .bed
            .database
            .begin(&Viewer::system("test"))
            .await
            .unwrap();
        identity::commands::create_organisation(&mut tx, "Test house")
            .await
            .unwrap();
        let mut people: Vec<(PersonId, OrganisationRole)> = Vec::new();
        for handle in handles {
            let role = if *handle == "admin" {
                OrganisationRole::NetworkAdmin
            } else {
                OrganisationRole::Member
            };
            let new = NewPerson {
                handle: (*handle).to_owned(),
                name: format!("Person {handle}"),
                email: Some(email(handle)),
                role,
                locale: "en".to_owned(),
                ..NewPerson::default()
            };
            people.push((
                identity::commands::create_person(&mut tx, new)
                    .await
                    .unwrap(),
                role,
            ));
        }
        tx.commit().await.unwrap();
        self.settle().await;
        people
            .into_iter()
            .map(|(id, role)| Viewer::person(id, role, None))
            .collect()
    }

    /// Lets everything that follows the journal catch up.
    pub async fn settle(&self) {
        // What one consumer announces another follows: a notification becomes a letter. PostgreSQL may hold
        // such news back while a neighbour's transaction is open, so each link of the chain is waited for.
        for _ in 0..3 {
            testkit::settle::settled(&self.bed.database).await;
            self.app.consumer_runner().drain().await.unwrap();
        }
        while self.app.hub.pump().await.unwrap() > 0 {}
    }

    /// A request with everything the gate puts into it.
    pub fn request(&self, viewer: &Viewer, query: &str, variables: Value) -> Request {
        let viewer = viewer.for_new_request();
        let reader = self.bed.database.reader(&viewer);
        let known = platform::graphql::Request {
            viewer,
            request_id: "test".to_owned(),
        };
        let request = Request::new(query)
            .variables(Variables::from_json(variables))
            .data(known);
        loggia::schema::request_data(request, &reader)
    }

    /// Asks and returns the whole answer as JSON.
    pub async fn answer(&self, viewer: &Viewer, query: &str, variables: Value) -> Value {
        let request = self.request(viewer, query, variables);
        let response = batched(self.app.gate.schema().execute(request)).await;
        serde_json::to_value(&response).unwrap()
    }

    /// Asks and returns the data; any error ends the test.
    pub async fn ask(&self, viewer: &Viewer, query: &str, variables: Value) -> Value {
        let answer = self.answer(viewer, query, variables).await;
        assert!(answer.get("errors").is_none(), "{query}\n{answer:#}");
        answer["data"].clone()
    }

    /// Runs a mutation with one input and returns its payload; any error ends the test.
    pub async fn act(
        &self,
        viewer: &Viewer,
        mutation: &str,
        input: Value,
        selection: &str,
    ) -> Value {
        let input_type = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        self.act_with(viewer, mutation, &input_type, input, selection)
            .await
    }

    /// The same where the input's type is not named after the mutation.
    pub async fn act_with(
        &self,
        viewer: &Viewer,
        mutation: &str,
        input_type: &str,
        input: Value,
        selection: &str,
    ) -> Value {
        let query = format!(
            "mutation($input: {input_type}!) {{ {mutation}(input: $input) {{ {selection} userErrors {{ code message path }} }} }}"
        );
        let data = self.ask(viewer, &query, json!({ "input": input })).await;
        let payload = data[mutation].clone();
        assert_eq!(payload["userErrors"], json!([]), "{mutation} {input}");
        payload
    }
}

/// An id made by a client.
pub fn client_id() -> String {
    kernel::EventId::at(kernel::Clock::system().now())
        .uuid()
        .to_string()
}

/// The text at a path of an answer.
pub fn text(value: &Value, path: &str) -> String {
    match value.pointer(path).and_then(Value::as_str) {
        Some(text) => text.to_owned(),
        None => panic!("no text at {path} in {value:#}"),
    }
}
