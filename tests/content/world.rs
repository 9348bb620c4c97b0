//! A small company: an administrator, four people, and communities of every visibility.

use communities::model::{NewCommunity, NewMember};
use communities::{CommunityRole, CommunityVisibility};
use content::{Content, NewContent, NewReply};
use identity::NewPerson;
use kernel::{
    CommunityId, ContentId, Error, NewEvent, OrganisationRole, PersonId, PostId, ReplyId, Result,
    Scope, SubjectRef, Viewer,
};
use platform::{Database, Reader, Tx};
use sea_orm::{ConnectionTrait, Statement, Value};
use testkit::TestDatabase;
use uuid::Uuid;

/// The company and its database.
pub struct World {
    pub bed: TestDatabase,
    /// Administers the network, is in no community.
    pub admin: PersonId,
    /// Owns every community.
    pub anna: PersonId,
    /// Member of every community.
    pub bert: PersonId,
    /// Member of every community.
    pub carla: PersonId,
    /// In no community.
    pub otto: PersonId,
}

impl World {
    pub async fn new(bed: TestDatabase) -> Self {
        let mut tx = bed.database.begin(&house()).await.unwrap();
        let admin = person(&mut tx, "admin", OrganisationRole::NetworkAdmin).await;
        let anna = person(&mut tx, "anna", OrganisationRole::Member).await;
        let bert = person(&mut tx, "bert", OrganisationRole::Member).await;
        let carla = person(&mut tx, "carla", OrganisationRole::Member).await;
        let otto = person(&mut tx, "otto", OrganisationRole::Member).await;
        tx.commit().await.unwrap();
        Self {
            bed,
            admin,
            anna,
            bert,
            carla,
            otto,
        }
    }

    pub fn database(&self) -> &Database {
        &self.bed.database
    }

    pub fn viewer(&self, person: PersonId) -> Viewer {
        let role = if person == self.admin {
            OrganisationRole::NetworkAdmin
        } else {
            OrganisationRole::Member
        };
        Viewer::person(person, role, None)
    }

    pub fn reader(&self, person: PersonId) -> Reader {
        self.database().reader(&self.viewer(person))
    }

    /// A transaction of a person; the clock moves on, so that order is certain.
    pub async fn begin(&self, person: PersonId) -> Tx {
        self.bed.clock.advance_seconds(1);
        self.database().begin(&self.viewer(person)).await.unwrap()
    }

    /// A community of Anna's with Bert and Carla in it.
    pub async fn community(&self, name: &str, visibility: CommunityVisibility) -> CommunityId {
        let mut tx = self.database().begin(&house()).await.unwrap();
        let new = NewCommunity {
            visibility,
            ..NewCommunity::named(name)
        };
        let now = tx.now();
        let id = communities::commands::create_in(&mut tx, self.anna, new, now)
            .await
            .unwrap();
        let member = |person| NewMember {
            person,
            role: CommunityRole::Member,
            since: now,
        };
        let members = [member(self.bert), member(self.carla)];
        communities::commands::join_many(&mut tx, id, &members)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub async fn public(&self) -> CommunityId {
        self.community("Everybody", CommunityVisibility::Public)
            .await
    }

    pub async fn post(&self, author: PersonId, community: CommunityId, text: &str) -> Content {
        self.insert(author, |id| {
            NewContent::post(id, author, community, text.to_owned())
        })
        .await
        .unwrap()
    }

    pub async fn insert(
        &self,
        author: PersonId,
        new: impl FnOnce(PostId) -> NewContent,
    ) -> Result<Content> {
        let mut tx = self.begin(author).await;
        let new = new(PostId::at(tx.now()));
        let inserted = content::commands::insert(&mut tx, new).await?;
        tx.commit().await?;
        Ok(inserted.content().clone())
    }

    pub async fn try_reply(
        &self,
        author: PersonId,
        post: &Content,
        change: impl FnOnce(&mut NewReply),
    ) -> Result<Content> {
        self.bed.clock.advance_seconds(1);
        let mut new = NewReply {
            client_id: uuid(self.database()).to_string(),
            post: post.post_id(),
            parent: None,
            body: "An answer".to_owned(),
            attachments: Vec::new(),
            draft: None,
        };
        change(&mut new);
        content::commands::create_reply(self.database(), &self.viewer(author), new).await
    }

    pub async fn reply(&self, author: PersonId, post: &Content, text: &str) -> Content {
        self.try_reply(author, post, |new| new.body = text.to_owned())
            .await
            .unwrap()
    }

    pub async fn delete_reply(&self, viewer: PersonId, reply: &Content) -> Result<Content> {
        let viewer = self.viewer(viewer);
        content::commands::delete_reply(self.database(), &viewer, reply.reply_id()).await
    }

    pub async fn delete_post(&self, viewer: PersonId, post: &Content) -> Result<Content> {
        let mut tx = self.begin(viewer).await;
        let permit = content::policy::may_delete(&tx, post.id).await?;
        let deleted = content::commands::delete(&mut tx, permit).await?;
        tx.commit().await?;
        Ok(deleted)
    }

    pub async fn seen(&self, viewer: PersonId, id: ContentId) -> Option<Content> {
        content::queries::content(&self.reader(viewer), id)
            .await
            .unwrap()
    }

    /// The one number a statement asks for.
    pub async fn number(&self, sql: &str, values: Vec<Value>) -> i64 {
        let reader = self.database().reader(&house());
        let statement = Statement::from_sql_and_values(self.database().backend(), sql, values);
        let row = reader.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    /// Changes rows behind the back of the rules, to see what the rules make of them.
    pub async fn force(&self, sql: &str, values: Vec<Value>) {
        let mut tx = self.database().begin(&house()).await.unwrap();
        let statement = Statement::from_sql_and_values(self.database().backend(), sql, values);
        tx.execute_raw(statement).await.unwrap();
        tx.announce(NewEvent::new(
            "test.forced",
            SubjectRef::new("post", Uuid::nil()),
            Scope::System,
        ));
        tx.commit().await.unwrap();
    }
}

/// The house itself.
pub fn house() -> Viewer {
    Viewer::system("test")
}

async fn person(tx: &mut Tx, handle: &str, role: OrganisationRole) -> PersonId {
    let new = NewPerson {
        handle: handle.to_owned(),
        name: format!("{}{} Test", handle[..1].to_uppercase(), &handle[1..]),
        role,
        ..NewPerson::default()
    };
    identity::commands::create_person(tx, new).await.unwrap()
}

/// A fresh UUID.
pub fn uuid(database: &Database) -> Uuid {
    ReplyId::at(database.now()).uuid()
}

/// The codes of an error's problems, or its reason.
pub fn codes<T: std::fmt::Debug>(result: Result<T>) -> Vec<&'static str> {
    match result.unwrap_err() {
        Error::Invalid(problems) => problems.into_iter().map(|problem| problem.code).collect(),
        error => vec![error.reason()],
    }
}
