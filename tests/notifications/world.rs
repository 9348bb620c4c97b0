//! A small organisation whose notifications are looked at.

use std::sync::Arc;
use std::time::Duration;

use communities::model::{CommunityVisibility, NewCommunity};
use communities::{AccessMap, CommunityJoining, CommunityRole, NewMember};
use content::{NewReply, PostKind, ThreadSubscription};
use identity::model::SettingsUpdate;
use identity::{NewPerson, NotificationLevel};
use kernel::{
    CommunityId, ContentId, NotificationId, OrganisationRole, PageArgs, PersonId, PostId, ReplyId,
    Viewer,
};
use notifications::commands::{Which, mark};
use notifications::{NotificationKind, NotificationView, Notifier, queries};
use platform::{Consumer, ConsumerRunner, Database, LiveHub, Reader};
use posts::{PostInput, PraiseBadge, PraiseInput};
use testkit::TestDatabase;
use testkit::settle::settled;

pub fn house() -> Viewer {
    Viewer::system("test")
}

pub fn member(person: PersonId) -> Viewer {
    Viewer::person(person, OrganisationRole::Member, None)
}

/// A client-made id that no other call makes.
pub fn client_id() -> String {
    kernel::EventId::at(testkit::MONDAY).uuid().to_string()
}

/// The organisation.
pub struct World {
    pub bed: TestDatabase,
    pub hub: LiveHub,
    pub access: Arc<AccessMap>,
    /// Owns every community and wants to hear of everything.
    pub owner: PersonId,
}

impl World {
    pub async fn new(bed: TestDatabase) -> Self {
        let hub = LiveHub::new(bed.database.clone());
        let access = Arc::new(AccessMap::load(&bed.database).await.unwrap());
        hub.observe(access.clone());
        settled(&bed.database).await;
        hub.start().await.unwrap();
        let owner = PersonId(uuid::Uuid::nil());
        let mut world = Self {
            bed,
            hub,
            access,
            owner,
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

    /// Lets the consumer take note of everything that was written.
    pub async fn notify(&self) {
        settled(self.db()).await;
        let consumers: Vec<Arc<dyn Consumer>> = vec![Arc::new(Notifier)];
        let runner = ConsumerRunner::new(self.db().clone(), consumers, Duration::from_secs(1));
        runner.drain().await.unwrap();
    }

    /// Forgets what happened until now, so that a test sees only what it does.
    pub async fn clean_slate(&self, people: &[PersonId]) {
        self.notify().await;
        for person in people {
            let marked = mark(self.db(), &member(*person), &Which::All, true).await;
            marked.unwrap();
        }
    }

    /// Lets the hub hand on everything that was written.
    pub async fn pump(&self) {
        settled(self.db()).await;
        while self.hub.pump().await.unwrap() > 0 {}
    }

    pub async fn person(&self, handle: &str) -> PersonId {
        self.tick();
        let mut tx = self.db().begin(&house()).await.unwrap();
        let new = NewPerson {
            handle: handle.to_owned(),
            name: format!("Name of {handle}"),
            ..NewPerson::default()
        };
        let id = identity::commands::create_person(&mut tx, new)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        self.default_level(id, NotificationLevel::All).await;
        id
    }

    pub async fn people<const N: usize>(&self, handles: [&str; N]) -> [PersonId; N] {
        let mut ids = Vec::new();
        for handle in handles {
            ids.push(self.person(handle).await);
        }
        ids.try_into().unwrap()
    }

    /// Many people at once, with the handles `{name}0`, `{name}1`, …
    pub async fn many(&self, name: &str, count: usize) -> Vec<PersonId> {
        let mut tx = self.db().begin(&house()).await.unwrap();
        let mut people = Vec::with_capacity(count);
        for number in 0..count {
            let new = NewPerson {
                handle: format!("{name}{number}"),
                name: format!("Name of {name}{number}"),
                ..NewPerson::default()
            };
            people.push(
                identity::commands::create_person(&mut tx, new)
                    .await
                    .unwrap(),
            );
        }
        tx.commit().await.unwrap();
        people
    }

    pub async fn default_level(&self, person: PersonId, level: NotificationLevel) {
        let input = SettingsUpdate {
            default_notification_level: Some(level),
            ..SettingsUpdate::default()
        };
        let changed = identity::commands::settings_update(self.db(), &member(person), input).await;
        changed.unwrap();
    }

    pub async fn deactivate(&self, person: PersonId) {
        identity::commands::person_set_active(self.db(), &house(), person, false)
            .await
            .unwrap();
    }

    pub async fn community(&self, name: &str, visibility: CommunityVisibility) -> CommunityId {
        self.tick();
        let new = NewCommunity {
            visibility,
            joining: CommunityJoining::Request,
            ..NewCommunity::named(name)
        };
        communities::commands::create(self.db(), &member(self.owner), new)
            .await
            .unwrap()
    }

    pub async fn public(&self, name: &str) -> CommunityId {
        self.community(name, CommunityVisibility::Public).await
    }

    pub async fn enrol(&self, community: CommunityId, people: &[PersonId], role: CommunityRole) {
        self.tick();
        let mut tx = self.db().begin(&house()).await.unwrap();
        let since = tx.now();
        let members: Vec<NewMember> = people
            .iter()
            .map(|person| NewMember {
                person: *person,
                role,
                since,
            })
            .collect();
        communities::commands::join_many(&mut tx, community, &members)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn join(&self, community: CommunityId, people: &[PersonId]) {
        self.enrol(community, people, CommunityRole::Member).await;
    }

    pub async fn mute(&self, person: PersonId, community: CommunityId) {
        communities::commands::set_muted(self.db(), &member(person), community, true)
            .await
            .unwrap();
    }

    pub async fn level(&self, person: PersonId, community: CommunityId, level: NotificationLevel) {
        let viewer = member(person);
        communities::commands::set_notification_level(self.db(), &viewer, community, level)
            .await
            .unwrap();
    }

    pub async fn subscribe(&self, person: PersonId, post: PostId, state: ThreadSubscription) {
        let viewer = member(person);
        content::commands::subscribe_thread(self.db(), &viewer, post, state)
            .await
            .unwrap();
    }

    pub async fn write(
        &self,
        author: PersonId,
        community: CommunityId,
        change: impl FnOnce(&mut PostInput),
    ) -> PostId {
        self.tick();
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
        posts::commands::create(self.db(), &member(author), input)
            .await
            .unwrap()
    }

    pub async fn post(&self, author: PersonId, community: CommunityId, body: &str) -> PostId {
        self.write(author, community, |input| input.body = body.to_owned())
            .await
    }

    pub async fn post_of_kind(
        &self,
        author: PersonId,
        community: CommunityId,
        kind: PostKind,
    ) -> PostId {
        self.write(author, community, |input| input.kind = kind)
            .await
    }

    pub async fn praise(
        &self,
        author: PersonId,
        community: CommunityId,
        praised: &[PersonId],
    ) -> PostId {
        self.write(author, community, |input| {
            input.kind = PostKind::Praise;
            input.praise = Some(PraiseInput {
                badge: PraiseBadge::Mentor,
                person_ids: praised.to_vec(),
            });
        })
        .await
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

    pub async fn react(&self, person: PersonId, id: impl Into<ContentId>, emoji: &str, on: bool) {
        self.tick();
        let viewer = member(person);
        content::commands::react(self.db(), &viewer, id.into(), emoji, on)
            .await
            .unwrap();
    }

    /// The list of a person, newest first.
    pub async fn list(&self, person: PersonId) -> Vec<NotificationView> {
        let args = PageArgs::forward(100, None).unwrap();
        let page = queries::notifications(&self.reader(person), false, &args)
            .await
            .unwrap();
        page.items.into_iter().map(|(_, view)| view).collect()
    }

    /// The unread part of the list; its count must agree.
    pub async fn unread(&self, person: PersonId) -> Vec<NotificationView> {
        let reader = self.reader(person);
        let args = PageArgs::forward(100, None).unwrap();
        let page = queries::notifications(&reader, true, &args).await.unwrap();
        let count = notifications::unread_count(&reader).await.unwrap();
        assert_eq!(count, i64::try_from(page.items.len()).unwrap());
        page.items.into_iter().map(|(_, view)| view).collect()
    }

    /// Kinds of a person's unread notifications, newest first.
    pub async fn kinds(&self, person: PersonId) -> Vec<NotificationKind> {
        self.unread(person)
            .await
            .into_iter()
            .map(|view| view.kind)
            .collect()
    }

    pub async fn ids(&self, person: PersonId) -> Vec<NotificationId> {
        self.list(person)
            .await
            .into_iter()
            .map(|view| view.id)
            .collect()
    }
}
