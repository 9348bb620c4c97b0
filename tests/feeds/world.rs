//! A small organisation with a live hub and the GraphQL schema of the rooms feeds stand on.

use std::sync::{Arc, Mutex};

use async_graphql::{MergedObject, Request, Schema};
use communities::model::{CommunityVisibility, NewCommunity};
use communities::{AccessMap, CommunityRole, NewMember};
use content::{NewReply, PostKind, ThreadSubscription};
use feeds::model::FeedScope;
use feeds::subscribers::{Change, Follower};
use futures_util::StreamExt;
use futures_util::future::FutureExt;
use futures_util::stream::BoxStream;
use identity::NewPerson;
use kernel::{CommunityId, ContentId, OrganisationRole, PersonId, PostId, ReplyId, Viewer};
use platform::live::Live;
use platform::{Database, LiveHub, Reader};
use posts::PostInput;
use serde_json::Value;
use testkit::TestDatabase;

pub fn house() -> Viewer {
    Viewer::system("test")
}

pub fn member(person: PersonId) -> Viewer {
    Viewer::person(person, OrganisationRole::Member, None)
}

#[derive(MergedObject, Default)]
pub struct Query(
    identity::IdentityQuery,
    communities::CommunitiesQuery,
    content::ContentQuery,
    posts::PostsQuery,
    feeds::FeedsQuery,
);

#[derive(MergedObject, Default)]
pub struct Mutation(
    content::ContentMutation,
    posts::PostsMutation,
    feeds::FeedsMutation,
);

pub type Roots = Schema<Query, Mutation, feeds::FeedsSubscription>;

/// The organisation.
pub struct World {
    pub bed: TestDatabase,
    pub hub: LiveHub,
    pub access: Arc<AccessMap>,
    schema: Mutex<Roots>,
    /// Owns every community.
    pub owner: PersonId,
}

impl World {
    pub async fn new(bed: TestDatabase) -> Self {
        let hub = LiveHub::new(bed.database.clone());
        let access = Arc::new(AccessMap::load(&bed.database).await.unwrap());
        hub.observe(access.clone());
        hub.start().await.unwrap();
        let schema = Mutex::new(schema(&bed.database, &hub, &access));
        let mut world = Self {
            bed,
            hub,
            access,
            schema,
            owner: PersonId(uuid::Uuid::nil()),
        };
        world.owner = world.person("owner").await;
        world
    }

    pub fn db(&self) -> &Database {
        &self.bed.database
    }

    pub fn reader(&self, person: PersonId) -> Reader {
        self.db().reader(&member(person))
    }

    /// Moves the clock on, so that order is certain.
    pub fn tick(&self) {
        self.bed.clock.advance_seconds(1);
    }

    /// Hands on everything that was written.
    pub async fn pump(&self) {
        testkit::settle::settled(self.db()).await;
        while self.hub.pump().await.unwrap() > 0 {}
    }

    /// From now on questions are answered by another node, which has nothing in memory.
    pub async fn change_node(&self) {
        testkit::settle::settled(self.db()).await;
        let hub = LiveHub::new(self.db().clone());
        hub.observe(self.access.clone());
        hub.start().await.unwrap();
        *self.schema.lock().unwrap() = schema(self.db(), &hub, &self.access);
    }

    fn node(&self) -> Roots {
        self.schema.lock().unwrap().clone()
    }

    /// Runs the consumer of this room until it has seen everything.
    pub async fn consume(&self) {
        testkit::settle::settled(self.db()).await;
        let consumers: Vec<Arc<dyn platform::Consumer>> = vec![Arc::new(feeds::StartReading)];
        let poll = std::time::Duration::from_secs(1);
        platform::ConsumerRunner::new(self.db().clone(), consumers, poll)
            .drain()
            .await
            .unwrap();
    }

    pub async fn person(&self, handle: &str) -> PersonId {
        self.tick();
        let mut tx = self.db().begin(&house()).await.unwrap();
        let new = NewPerson {
            handle: handle.to_owned(),
            name: handle.to_owned(),
            ..NewPerson::default()
        };
        let id = identity::commands::create_person(&mut tx, new)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub async fn community(&self, name: &str, visibility: CommunityVisibility) -> CommunityId {
        self.tick();
        let new = NewCommunity {
            visibility,
            ..NewCommunity::named(name)
        };
        communities::commands::create(self.db(), &member(self.owner), new)
            .await
            .unwrap()
    }

    pub async fn public(&self, name: &str) -> CommunityId {
        self.community(name, CommunityVisibility::Public).await
    }

    pub async fn private(&self, name: &str) -> CommunityId {
        self.community(name, CommunityVisibility::Private).await
    }

    /// Makes somebody a member, whatever the community's rules for joining.
    pub async fn enrol(&self, person: PersonId, community: CommunityId) {
        self.tick();
        let mut tx = self.db().begin(&house()).await.unwrap();
        let since = tx.now();
        let new = NewMember {
            person,
            role: CommunityRole::Member,
            since,
        };
        communities::commands::join_many(&mut tx, community, &[new])
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn join(&self, person: PersonId, community: CommunityId) {
        self.tick();
        communities::commands::join(self.db(), &member(person), community, None)
            .await
            .unwrap();
    }

    pub async fn leave(&self, person: PersonId, community: CommunityId) {
        self.tick();
        communities::commands::leave(self.db(), &member(person), community)
            .await
            .unwrap();
    }

    pub async fn mute(&self, person: PersonId, community: CommunityId, muted: bool) {
        self.tick();
        communities::commands::set_muted(self.db(), &member(person), community, muted)
            .await
            .unwrap();
    }

    pub async fn subscribe(&self, person: PersonId, post: PostId, state: ThreadSubscription) {
        self.tick();
        content::commands::subscribe_thread(self.db(), &member(person), post, state)
            .await
            .unwrap();
    }

    pub async fn follow(&self, person: PersonId, other: PersonId, follow: bool) {
        self.tick();
        identity::commands::person_follow(self.db(), &member(person), other, follow)
            .await
            .unwrap();
    }

    pub async fn follow_topic(&self, person: PersonId, topic: &str, follow: bool) {
        self.tick();
        content::commands::follow_topic(self.db(), &member(person), topic, follow)
            .await
            .unwrap();
    }

    pub async fn post(&self, author: PersonId, community: CommunityId, body: &str) -> PostId {
        self.post_of(author, community, body, PostKind::Discussion)
            .await
    }

    pub async fn post_of(
        &self,
        author: PersonId,
        community: CommunityId,
        body: &str,
        kind: PostKind,
    ) -> PostId {
        self.tick();
        let input = PostInput {
            audience: None,
            client_id: client_id(),
            community,
            kind,
            title: String::new(),
            body: body.to_owned(),
            topics: Vec::new(),
            attachments: Vec::new(),
            poll: None,
            praise: None,
            scheduled_for: None,
            draft: None,
        };
        posts::commands::create(self.db(), &member(author), input)
            .await
            .unwrap()
    }

    pub async fn delete(&self, author: PersonId, post: PostId) {
        self.tick();
        posts::commands::delete(self.db(), &member(author), post)
            .await
            .unwrap();
    }

    /// The owner of both communities moves a thread.
    pub async fn move_to(&self, post: PostId, community: CommunityId) {
        self.tick();
        posts::commands::move_to(self.db(), &member(self.owner), post, community)
            .await
            .unwrap();
    }

    pub async fn reply(&self, author: PersonId, post: PostId, body: &str) -> ReplyId {
        self.tick();
        let new = NewReply {
            client_id: client_id(),
            post,
            parent: None,
            body: body.to_owned(),
            attachments: Vec::new(),
            draft: None,
        };
        let reply = content::commands::create_reply(self.db(), &member(author), new).await;
        reply.unwrap().reply_id()
    }

    pub async fn react(&self, person: PersonId, id: impl Into<ContentId>) {
        self.tick();
        content::commands::react(self.db(), &member(person), id.into(), "👍", true)
            .await
            .unwrap();
    }

    fn request(&self, person: PersonId, document: &str) -> (Request, Viewer) {
        let viewer = member(person);
        let reader = self.db().reader(&viewer);
        let request = Request::new(document).data(platform::graphql::Request {
            viewer: viewer.clone(),
            request_id: "test".to_owned(),
        });
        let request = identity::request_data(request, &reader);
        let request = communities::request_data(request, &reader);
        let request = content::request_data(request, &reader);
        let request = posts::request_data(request, &reader);
        (feeds::request_data(request, &reader), viewer)
    }

    /// Runs a query or mutation as somebody; gives the data and the number of SQL statements.
    pub async fn counted(&self, person: PersonId, document: &str) -> (Value, u64) {
        let (request, viewer) = self.request(person, document);
        let response = platform::graphql::batched(self.node().execute(request)).await;
        assert!(
            response.errors.is_empty(),
            "{document}: {:?}",
            response.errors
        );
        (response.data.into_json().unwrap(), viewer.statements())
    }

    pub async fn graphql(&self, person: PersonId, document: &str) -> Value {
        self.counted(person, document).await.0
    }

    /// The reason a query or mutation is refused with.
    pub async fn refused(&self, person: PersonId, document: &str) -> String {
        let (request, _) = self.request(person, document);
        let mut response = platform::graphql::batched(self.node().execute(request)).await;
        let mut error = response
            .errors
            .pop()
            .unwrap_or_else(|| panic!("not refused: {document}"));
        reason(&mut error)
    }

    /// Subscribes as somebody; each item is the data of one event, or the reason of an error.
    pub fn subscription(
        &self,
        person: PersonId,
        document: &str,
    ) -> BoxStream<'static, Result<Value, String>> {
        let (request, _) = self.request(person, document);
        let stream = self.node().execute_stream(request);
        stream
            .map(|mut response| match response.errors.pop() {
                Some(mut error) => Err(reason(&mut error)),
                None => Ok(response.data.into_json().unwrap()),
            })
            .boxed()
    }
}

/// Somebody who follows a feed, without GraphQL around it: what has been handed on is judged at once,
/// so that "nothing came" can be said for sure.
pub struct Watch {
    follower: Follower,
    news: BoxStream<'static, Live>,
}

impl Watch {
    pub async fn new(world: &World, person: PersonId, scope: FeedScope) -> Self {
        let follower = Follower::new(world.db(), world.access.clone(), &member(person), scope)
            .await
            .unwrap();
        let news = world.hub.subscribe(None).boxed();
        let mut watch = Self { follower, news };
        assert_eq!(watch.changes().await, [Change::CaughtUp]);
        watch
    }

    /// What came since the last call.
    pub async fn changes(&mut self) -> Vec<Change> {
        let mut news = Vec::new();
        while let Some(Some(live)) = self.news.next().now_or_never() {
            news.push(live);
        }
        let steps = self.follower.admit(news).await.unwrap();
        steps.into_iter().map(|step| step.change).collect()
    }
}

fn reason(error: &mut async_graphql::ServerError) -> String {
    kernel::error::complete(error, "test");
    let json = serde_json::to_value(&*error).unwrap();
    json["extensions"]["reason"]
        .as_str()
        .map_or_else(|| json.to_string(), ToOwned::to_owned)
}

/// The schema of a node.
fn schema(database: &Database, hub: &LiveHub, access: &Arc<AccessMap>) -> Roots {
    Schema::build(
        Query::default(),
        Mutation::default(),
        feeds::FeedsSubscription,
    )
    .data(database.clone())
    .data(hub.clone())
    .data(access.clone())
    .data(identity::Presence::new(hub.clone()))
    .finish()
}

/// The schema as text.
pub fn roots_text(options: async_graphql::SDLExportOptions) -> String {
    let roots = Schema::build(
        Query::default(),
        Mutation::default(),
        feeds::FeedsSubscription,
    );
    roots.finish().sdl_with_options(options)
}

pub fn client_id() -> String {
    kernel::EventId::at(testkit::MONDAY).uuid().to_string()
}

/// Random numbers that are the same in every run.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

/// Runs a test in a world of its own, on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! worlds {
    ($(#[$doc:meta])* $name:ident, |$world:ident| $body:block) => {
        $(#[$doc])*
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
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
