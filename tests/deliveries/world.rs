//! A house with a mail server, and what people do in it.

use kernel::Viewer;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use serde_json::{Value, json};
use testkit::TestDatabase;

use crate::post_office::PostOffice;
use crate::support::{House, client_id, text};

/// Seconds after which what came at once goes out.
pub const GATHERED: i64 = 61;

#[derive(FromQueryResult)]
struct StateRow {
    state: String,
}

/// A house whose people write to each other.
pub struct World {
    pub house: House,
    pub office: PostOffice,
    pub anna: Viewer,
    pub ben: Viewer,
    pub admin: Viewer,
    /// A public community; all are in it.
    pub community: String,
}

impl World {
    pub async fn open(bed: TestDatabase) -> Self {
        let office = PostOffice::open().await;
        let port = office.port;
        let house = House::open_with(bed, |config| {
            config.mail.server = format!("smtp://127.0.0.1:{port}");
            config.mail.starttls = false;
            config.mail.from = "Loggia <loggia@bank.example>".to_owned();
            config.push.enabled = true;
            config.push.allow_private_addresses = true;
        })
        .await;
        let people = house
            .hire(&["admin", "anna", "ben"], |handle| {
                format!("{handle}@bank.example")
            })
            .await;
        let [admin, anna, ben] = <[Viewer; 3]>::try_from(people).unwrap();
        let mut world = Self {
            house,
            office,
            anna,
            ben,
            admin,
            community: String::new(),
        };
        let input = json!({ "clientId": client_id(), "description": "", "name": "Credit", "visibility": "PUBLIC", "joining": "OPEN" });
        let payload = world
            .house
            .act(&world.anna, "communityCreate", input, "community { id }")
            .await;
        world.community = text(&payload, "/community/id");
        let input = json!({ "communityId": world.community });
        world
            .house
            .act_with(
                &world.ben,
                "communityJoin",
                "CommunityJoinInput",
                input,
                "community { id }",
            )
            .await;
        world.house.settle().await;
        world
    }

    /// Chooses how a category comes to somebody.
    pub async fn choose(&self, viewer: &Viewer, category: &str, email: &str, push: bool) {
        let input = json!({ "category": category, "inApp": true, "email": email, "push": push });
        self.house
            .act_with(
                viewer,
                "notificationChoiceSet",
                "NotificationChoiceInput",
                input,
                "choices { category }",
            )
            .await;
    }

    /// Anna writes a post; returns its id.
    pub async fn post(&self, body: &str) -> String {
        let input = json!({ "clientId": client_id(), "kind": "DISCUSSION", "communityId": self.community, "title": "", "body": body });
        let payload = self
            .house
            .act(&self.anna, "postCreate", input, "post { id }")
            .await;
        text(&payload, "/post/id")
    }

    /// Anna mentions Ben; returns the id of the post.
    pub async fn mention(&self, words: &str) -> String {
        let post = self.post(&format!("@ben {words}")).await;
        self.house.settle().await;
        post
    }

    /// Lets what is due go out.
    pub async fn deliver(&self) {
        self.house.app.clone().deliver().await.unwrap();
    }

    /// Lets so much time pass, then what is due go out.
    pub async fn deliver_after(&self, seconds: i64) {
        // What is new is planned by the moment it came.
        self.deliver().await;
        self.house.bed.clock.advance_seconds(seconds);
        self.deliver().await;
    }

    /// The states of all deliveries over a channel, in the order they were made.
    pub async fn states(&self, channel: &str) -> Vec<String> {
        let reader = self.house.bed.database.reader(&Viewer::system("test"));
        let statement = Statement::from_sql_and_values(
            reader.get_database_backend(),
            "SELECT state FROM deliveries WHERE channel = $1 ORDER BY journal_transaction, journal_sequence",
            [channel.into()],
        );
        let rows = StateRow::find_by_statement(statement)
            .all(&reader)
            .await
            .unwrap();
        rows.into_iter().map(|row| row.state).collect()
    }

    /// Asks and returns the data.
    pub async fn ask(&self, viewer: &Viewer, query: &str) -> Value {
        self.house.ask(viewer, query, json!({})).await
    }
}
