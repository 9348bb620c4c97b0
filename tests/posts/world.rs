//! A small organisation to test with: people of every role, communities of every visibility.

use async_graphql::{EmptySubscription, MergedObject, Request, Schema, Value as GraphqlValue};
use communities::model::{CommunityPosting, CommunityRole, CommunityVisibility, NewCommunity};
use communities::{CommunityJoining, NewMember};
use content::{Content, NewReply, PostKind};
use kernel::{
    CommunityId, ContentState, NewEvent, OrganisationRole, PersonId, PollOptionId, PostId, ReplyId,
    Result, Scope, SubjectRef, Viewer,
};
use platform::{Database, LiveHub, Tx};
use posts::{NewPost, PollInput, PostInput, PostView, PraiseBadge, PraiseInput, commands, queries};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use testkit::TestDatabase;
use uuid::Uuid;

/// Who somebody is in the communities of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    Owner,
    Moderator,
    /// A member who writes.
    Member,
    /// Another member.
    Other,
    /// Somebody in no community.
    Outsider,
    /// A network administrator in no community.
    Admin,
}

impl Who {
    pub const ALL: [Self; 6] = [
        Self::Owner,
        Self::Moderator,
        Self::Member,
        Self::Other,
        Self::Outsider,
        Self::Admin,
    ];
}

/// The organisation.
pub struct World {
    pub bed: TestDatabase,
    pub people: Vec<PersonId>,
    pub public: CommunityId,
    pub private: CommunityId,
    pub secret: CommunityId,
    /// Public; only moderators start threads.
    pub restricted: CommunityId,
    /// Public, owned by `Owner`; nobody else is in it.
    pub elsewhere: CommunityId,
}

pub fn house() -> Viewer {
    Viewer::system("test")
}

pub fn client_id() -> String {
    kernel::EventId::at(testkit::MONDAY).uuid().to_string()
}

impl World {
    pub async fn new(bed: TestDatabase) -> Self {
        let people = people(&bed.database, 0, Who::ALL.len()).await;
        let owner = people[0];
        let mut made = Vec::new();
        for (name, visibility, posting) in [
            (
                "Public",
                CommunityVisibility::Public,
                CommunityPosting::Everybody,
            ),
            (
                "Private",
                CommunityVisibility::Private,
                CommunityPosting::Everybody,
            ),
            (
                "Secret",
                CommunityVisibility::Secret,
                CommunityPosting::Everybody,
            ),
            (
                "Restricted",
                CommunityVisibility::Public,
                CommunityPosting::Moderators,
            ),
            (
                "Elsewhere",
                CommunityVisibility::Public,
                CommunityPosting::Everybody,
            ),
        ] {
            let new = NewCommunity {
                visibility,
                posting,
                joining: CommunityJoining::InviteOnly,
                ..NewCommunity::named(name)
            };
            let viewer = Viewer::person(owner, OrganisationRole::Member, None);
            made.push(
                communities::commands::create(&bed.database, &viewer, new)
                    .await
                    .unwrap(),
            );
        }
        let world = Self {
            people,
            public: made[0],
            private: made[1],
            secret: made[2],
            restricted: made[3],
            elsewhere: made[4],
            bed,
        };
        for community in &made[..4] {
            world
                .enrol(
                    *community,
                    &[
                        (world.id(Who::Moderator), CommunityRole::Moderator),
                        (world.id(Who::Member), CommunityRole::Member),
                        (world.id(Who::Other), CommunityRole::Member),
                    ],
                )
                .await;
        }
        world
    }

    pub fn db(&self) -> &Database {
        &self.bed.database
    }

    pub fn id(&self, who: Who) -> PersonId {
        self.people[who as usize]
    }

    pub fn viewer(&self, who: Who) -> Viewer {
        let role = if who == Who::Admin {
            OrganisationRole::NetworkAdmin
        } else {
            OrganisationRole::Member
        };
        Viewer::person(self.id(who), role, None)
    }

    pub async fn enrol(&self, community: CommunityId, members: &[(PersonId, CommunityRole)]) {
        let mut tx = self.db().begin(&house()).await.unwrap();
        let since = tx.now();
        let members: Vec<NewMember> = members
            .iter()
            .map(|(person, role)| NewMember {
                person: *person,
                role: *role,
                since,
            })
            .collect();
        communities::commands::join_many(&mut tx, community, &members)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn remove(&self, community: CommunityId, who: Who) {
        let (owner, person) = (self.viewer(Who::Owner), self.id(who));
        communities::commands::remove_member(self.db(), &owner, community, person)
            .await
            .unwrap();
    }

    pub async fn archive(&self, community: CommunityId) {
        let owner = self.viewer(Who::Owner);
        communities::commands::set_archived(self.db(), &owner, community, true)
            .await
            .unwrap();
    }

    /// Deactivates somebody as identity does.
    pub async fn deactivate(&self, who: Who) {
        let sql = "UPDATE people SET is_active = $1 WHERE id = $2";
        self.execute(sql, vec![false.into(), self.id(who).into()])
            .await;
    }

    /// Writes a post as somebody.
    pub async fn try_post(
        &self,
        who: Who,
        community: CommunityId,
        change: impl FnOnce(&mut PostInput),
    ) -> Result<PostId> {
        let mut input = PostInput {
            audience: None,
            client_id: client_id(),
            community,
            kind: PostKind::Discussion,
            title: String::new(),
            body: "Shall we talk about the canteen?".to_owned(),
            topics: Vec::new(),
            attachments: Vec::new(),
            poll: None,
            praise: None,
            scheduled_for: None,
            draft: None,
        };
        change(&mut input);
        commands::create(self.db(), &self.viewer(who), input).await
    }

    pub async fn post(&self, who: Who, community: CommunityId, kind: PostKind) -> PostId {
        self.try_post(who, community, |input| self.fill(input, kind))
            .await
            .unwrap()
    }

    /// Makes an input one of `kind`.
    pub fn fill(&self, input: &mut PostInput, kind: PostKind) {
        input.kind = kind;
        if kind == PostKind::Poll {
            input.poll = Some(poll(&["Soup", "Salad", "Cake"]));
        }
        if kind == PostKind::Praise {
            input.praise = Some(PraiseInput {
                badge: PraiseBadge::Mentor,
                person_ids: vec![self.id(Who::Outsider)],
            });
        }
    }

    pub async fn poll(&self, community: CommunityId, poll: PollInput) -> PostId {
        let made = self.try_post(Who::Member, community, |input| {
            input.kind = PostKind::Poll;
            input.poll = Some(poll);
        });
        made.await.unwrap()
    }

    pub async fn scheduled(&self, who: Who, community: CommunityId, seconds: i64) -> PostId {
        let at = self.db().now().plus_seconds(seconds);
        self.try_post(who, community, |input| input.scheduled_for = Some(at))
            .await
            .unwrap()
    }

    pub async fn reply(&self, who: Who, post: PostId) -> Result<ReplyId> {
        let new = NewReply {
            client_id: client_id(),
            post,
            parent: None,
            body: "An answer.".to_owned(),
            attachments: Vec::new(),
            draft: None,
        };
        let reply = content::commands::create_reply(self.db(), &self.viewer(who), new).await?;
        Ok(reply.reply_id())
    }

    /// The post as somebody sees it.
    pub async fn see(&self, who: Who, post: PostId) -> Option<PostView> {
        queries::post(&self.db().reader(&self.viewer(who)), post)
            .await
            .unwrap()
    }

    pub async fn state(&self, post: PostId) -> ContentState {
        queries::post(&self.db().reader(&house()), post)
            .await
            .unwrap()
            .unwrap()
            .content
            .state
    }

    pub async fn content(&self, post: PostId) -> Content {
        queries::post(&self.db().reader(&house()), post)
            .await
            .unwrap()
            .unwrap()
            .content
    }

    pub async fn options(&self, post: PostId) -> Vec<PollOptionId> {
        #[derive(FromQueryResult)]
        struct Row {
            id: PollOptionId,
        }
        let sql = "SELECT id FROM poll_options WHERE post_id = $1 ORDER BY place";
        let rows: Vec<Row> = self.rows(sql, vec![post.into()]).await;
        rows.into_iter().map(|row| row.id).collect()
    }

    /// Votes stored per option, in order.
    pub async fn counts(&self, post: PostId) -> Vec<i64> {
        #[derive(FromQueryResult)]
        struct Row {
            vote_count: i64,
        }
        let sql = "SELECT vote_count FROM poll_options WHERE post_id = $1 ORDER BY place";
        let rows: Vec<Row> = self.rows(sql, vec![post.into()]).await;
        rows.into_iter().map(|row| row.vote_count).collect()
    }

    /// The one number a query answers with.
    pub async fn number(&self, sql: &str, values: Vec<Value>) -> i64 {
        #[derive(FromQueryResult)]
        struct Row {
            number: i64,
        }
        let rows: Vec<Row> = self.rows(sql, values).await;
        rows[0].number
    }

    pub async fn rows<R: FromQueryResult>(&self, sql: &str, values: Vec<Value>) -> Vec<R> {
        let statement = Statement::from_sql_and_values(self.db().backend(), sql, values);
        R::find_by_statement(statement)
            .all(&self.db().reader(&house()))
            .await
            .unwrap()
    }

    /// Runs one statement as another room would.
    pub async fn execute(&self, sql: &str, values: Vec<Value>) {
        let mut tx = self.db().begin(&house()).await.unwrap();
        run(&tx, sql, values).await;
        let subject = SubjectRef::new("test", Uuid::nil());
        tx.announce(NewEvent::new("test.happened", subject, Scope::System));
        tx.commit().await.unwrap();
    }

    /// What was announced about one thing, oldest first. Read from the table: the journal's readers
    /// wait for every open transaction of the server, those of other tests included.
    pub async fn events_about(&self, id: Uuid) -> Vec<Announced> {
        let sql = "SELECT kind, actor_id, scope_kind, scope_id, imported, payload FROM journal \
                   WHERE subject_id = $1 ORDER BY transaction_id, sequence";
        let rows: Vec<AnnouncedRow> = self.rows(sql, vec![id.into()]).await;
        rows.into_iter().map(Announced::from).collect()
    }

    /// How often something was announced about one thing.
    pub async fn announced(&self, kind: &str, id: Uuid) -> usize {
        self.events_about(id)
            .await
            .iter()
            .filter(|event| event.kind == kind)
            .count()
    }

    /// Writes a post as an importer would.
    pub async fn import(&self, new: NewPost) -> Result<PostId> {
        let mut tx = self.db().begin(&house()).await?;
        let id = commands::create_in(&mut tx, new).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Runs a GraphQL request as somebody; gives the data and the number of SQL statements.
    pub async fn graphql(&self, who: Who, document: &str) -> (serde_json::Value, u64) {
        let viewer = self.viewer(who);
        let hub = LiveHub::new(self.db().clone());
        let reader = self.db().reader(&viewer);
        let request = Request::new(document)
            .data(platform::graphql::Request {
                viewer: viewer.clone(),
                request_id: "test".to_owned(),
            })
            .data(self.db().clone())
            .data(hub);
        let request = identity::request_data(request, &reader);
        let request = communities::request_data(request, &reader);
        let request = content::request_data(request, &reader);
        let request = posts::request_data(request, &reader);
        let before = viewer.statements();
        let response = platform::graphql::batched(schema().execute(request)).await;
        assert!(
            response.errors.is_empty(),
            "{document}: {:?}",
            response.errors
        );
        let GraphqlValue::Object(_) = &response.data else {
            panic!("no data for {document}");
        };
        (
            response.data.into_json().unwrap(),
            viewer.statements() - before,
        )
    }
}

#[derive(FromQueryResult)]
struct AnnouncedRow {
    kind: String,
    actor_id: Option<PersonId>,
    scope_kind: String,
    scope_id: Option<Uuid>,
    imported: bool,
    payload: String,
}

/// One line of the journal.
#[derive(Debug)]
pub struct Announced {
    pub kind: String,
    pub actor: Option<PersonId>,
    pub scope: Scope,
    pub imported: bool,
    pub payload: serde_json::Value,
}

impl From<AnnouncedRow> for Announced {
    fn from(row: AnnouncedRow) -> Self {
        Self {
            kind: row.kind,
            actor: row.actor_id,
            scope: match (row.scope_kind.as_str(), row.scope_id) {
                ("community", Some(id)) => Scope::Community(CommunityId(id)),
                ("person", Some(id)) => Scope::Person(PersonId(id)),
                other => panic!("no event about a post has scope {other:?}"),
            },
            imported: row.imported,
            payload: serde_json::from_str(&row.payload).unwrap(),
        }
    }
}

/// Read root of the rooms posts stand on.
#[derive(MergedObject, Default)]
pub struct Query(
    identity::IdentityQuery,
    communities::CommunitiesQuery,
    content::ContentQuery,
    posts::PostsQuery,
);

/// Write root of the rooms posts stand on.
#[derive(MergedObject, Default)]
pub struct Mutation(content::ContentMutation, posts::PostsMutation);

pub fn schema() -> Schema<Query, Mutation, EmptySubscription> {
    Schema::new(Query::default(), Mutation::default(), EmptySubscription)
}

/// A public poll with these options.
pub fn poll(options: &[&str]) -> PollInput {
    PollInput {
        options: options.iter().map(|text| (*text).to_owned()).collect(),
        is_multiple_choice: false,
        is_anonymous: false,
        closes_at: None,
    }
}

pub async fn run(tx: &Tx, sql: &str, values: Vec<Value>) {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    tx.execute_raw(statement).await.unwrap();
}

/// `count` active people, numbered from `first`.
pub async fn people(database: &Database, first: usize, count: usize) -> Vec<PersonId> {
    let mut tx = database.begin(&house()).await.unwrap();
    let mut made = Vec::with_capacity(count);
    for index in first..first + count {
        let id = PersonId::at(tx.now());
        let sql = "INSERT INTO people (id, handle, name, search_text, title, about, about_html, \
                   pronunciation, location, avatar_color, role, locale, time_zone, theme, \
                   feed_order, default_notification_level, show_presence, send_typing, is_active, \
                   must_change_password, joined_at, updated_at) VALUES ($1, $2, $3, $4, '', '', '', \
                   '', '', 0, 'member', 'en', '', 'system', 'latest', 'announcements', $5, $5, $5, \
                   $6, $7, $7)";
        let values: Vec<Value> = vec![
            id.into(),
            format!("person{index}").into(),
            format!("Person {index}").into(),
            format!("person {index} person{index}").into(),
            true.into(),
            false.into(),
            tx.now().into(),
        ];
        run(&tx, sql, values).await;
        let subject = SubjectRef::new(PersonId::PREFIX, id);
        tx.announce(NewEvent::new(
            "person.created",
            subject,
            Scope::Organisation,
        ));
        made.push(id);
    }
    tx.commit().await.unwrap();
    made
}

/// What a result comes to: `ok`, or the reason.
pub fn outcome<T>(result: &Result<T>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(error) => error.reason(),
    }
}

/// Reasons of all problems of an invalid input.
pub fn problems<T: std::fmt::Debug>(result: &Result<T>) -> Vec<&'static str> {
    match result {
        Err(kernel::Error::Invalid(problems)) => problems.iter().map(|p| p.code).collect(),
        other => panic!("expected problems, got {other:?}"),
    }
}

/// Runs a test in a world of its own, on SQLite and on PostgreSQL; a `parallel` one on several threads.
#[macro_export]
macro_rules! worlds {
    (parallel $name:ident, |$world:ident| $body:block) => {
        $crate::worlds!(@test (flavor = "multi_thread", worker_threads = 2), $name, $world, $body);
    };
    ($name:ident, |$world:ident| $body:block) => {
        $crate::worlds!(@test (flavor = "current_thread"), $name, $world, $body);
    };
    (@test ($($runtime:tt)*), $name:ident, $world:ident, $body:block) => {
        #[tokio::test($($runtime)*)]
        async fn $name() {
            testkit::on_both_databases(|bed| async move {
                let $world = $crate::world::World::new(bed).await;
                $body
                $world.bed
            })
            .await;
        }
    };
}
