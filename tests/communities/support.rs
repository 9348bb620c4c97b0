//! People and communities to test with.

use std::sync::Arc;
use std::time::Duration;

use communities::model::{CommunityJoining, CommunityRole, CommunityVisibility, NewCommunity};
use communities::{NewMember, commands, policy};
use kernel::{
    CommunityId, Event, NewEvent, OrganisationRole, PersonId, Position, Scope, SubjectRef,
    Timestamp, TokenScope, Viewer,
};
use platform::{Consumer, ConsumerRunner, Database, LiveHub, Reader, journal};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

/// A member's view of things.
pub fn viewer(person: PersonId) -> Viewer {
    Viewer::person(person, OrganisationRole::Member, None)
}

/// A network administrator's.
pub fn admin(person: PersonId) -> Viewer {
    Viewer::person(person, OrganisationRole::NetworkAdmin, None)
}

/// A network administrator with a token that does not carry that right.
pub fn admin_without_scope(person: PersonId) -> Viewer {
    let scopes = vec![TokenScope::Read, TokenScope::Write];
    Viewer::token(person, OrganisationRole::NetworkAdmin, scopes)
}

pub fn house() -> Viewer {
    Viewer::system("test")
}

pub fn reader(database: &Database, viewer: &Viewer) -> Reader {
    database.reader(viewer)
}

/// Runs one statement in a transaction of its own, as another room would.
pub async fn execute(database: &Database, kind: &'static str, sql: &str, values: Vec<Value>) {
    let mut tx = database.begin(&house()).await.unwrap();
    let statement = Statement::from_sql_and_values(database.backend(), sql, values);
    tx.execute_raw(statement).await.unwrap();
    tx.announce(NewEvent::new(
        kind,
        SubjectRef::new("test", uuid::Uuid::nil()),
        Scope::System,
    ));
    tx.commit().await.unwrap();
}

#[derive(FromQueryResult)]
struct Number {
    number: i64,
}

/// The one number a query answers with, seen by nobody in particular.
pub async fn number(database: &Database, sql: &str, values: Vec<Value>) -> i64 {
    let statement = Statement::from_sql_and_values(database.backend(), sql, values);
    let reader = database.reader(&house());
    Number::find_by_statement(statement)
        .one(&reader)
        .await
        .unwrap()
        .unwrap()
        .number
}

/// `count` active people called `Person 0`, `Person 1` and so on.
pub async fn people(database: &Database, count: usize) -> Vec<PersonId> {
    people_from(database, 0, count).await
}

/// The same, numbered from `first`.
pub async fn people_from(database: &Database, first: usize, count: usize) -> Vec<PersonId> {
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
        let statement = Statement::from_sql_and_values(database.backend(), sql, values);
        tx.execute_raw(statement).await.unwrap();
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

/// Deactivates somebody as identity does.
pub async fn deactivate(database: &Database, person: PersonId) {
    let mut tx = database.begin(&house()).await.unwrap();
    let sql = "UPDATE people SET is_active = $1 WHERE id = $2";
    let values: Vec<Value> = vec![false.into(), person.into()];
    let statement = Statement::from_sql_and_values(database.backend(), sql, values);
    tx.execute_raw(statement).await.unwrap();
    let subject = SubjectRef::new(PersonId::PREFIX, person);
    tx.announce(NewEvent::new(
        "person.deactivated",
        subject,
        Scope::Organisation,
    ));
    tx.commit().await.unwrap();
}

/// A community of this kind, owned by `owner`.
pub fn kind(
    name: &str,
    visibility: CommunityVisibility,
    joining: CommunityJoining,
) -> NewCommunity {
    NewCommunity {
        visibility,
        joining,
        ..NewCommunity::named(name)
    }
}

pub async fn create(database: &Database, owner: PersonId, new: NewCommunity) -> CommunityId {
    commands::create(database, &viewer(owner), new)
        .await
        .unwrap()
}

/// A public, open community.
pub async fn public(database: &Database, owner: PersonId, name: &str) -> CommunityId {
    create(database, owner, NewCommunity::named(name)).await
}

pub async fn secret(database: &Database, owner: PersonId, name: &str) -> CommunityId {
    let new = kind(
        name,
        CommunityVisibility::Secret,
        CommunityJoining::InviteOnly,
    );
    create(database, owner, new).await
}

/// Makes people members without asking anybody.
pub async fn enrol(
    database: &Database,
    community: CommunityId,
    members: &[(PersonId, CommunityRole)],
) {
    let mut tx = database.begin(&house()).await.unwrap();
    let since = tx.now();
    let members: Vec<NewMember> = members
        .iter()
        .map(|(person, role)| NewMember {
            person: *person,
            role: *role,
            since,
        })
        .collect();
    // Nothing new is nothing to tell.
    if commands::join_many(&mut tx, community, &members)
        .await
        .unwrap()
        > 0
    {
        tx.commit().await.unwrap();
    }
}

/// What somebody may do, or why the community is not there.
pub async fn standing(
    database: &Database,
    viewer: &Viewer,
    community: CommunityId,
) -> kernel::Result<policy::Standing> {
    policy::standing(&database.reader(viewer), viewer, community).await
}

pub async fn role(
    database: &Database,
    person: PersonId,
    community: CommunityId,
) -> Option<CommunityRole> {
    let reader = database.reader(&house());
    policy::standing_of(&reader, person, community)
        .await
        .ok()
        .and_then(|s| s.role)
}

/// Stored number of members and number of rows.
pub async fn counts(database: &Database, community: CommunityId) -> (i64, i64) {
    let stored = "SELECT member_count AS number FROM communities WHERE id = $1";
    let rows = "SELECT COUNT(*) AS number FROM memberships WHERE community_id = $1";
    (
        number(database, stored, vec![community.into()]).await,
        number(database, rows, vec![community.into()]).await,
    )
}

/// Everything in the journal that is settled, oldest first.
pub async fn events(database: &Database) -> Vec<Event> {
    testkit::settle::settled(database).await;
    let reader = database.reader(&house());
    let mut events: Vec<Event> = Vec::new();
    loop {
        let after = events
            .last()
            .map_or(Position::START, |event| event.position);
        let page = journal::read(&reader, after, 500).await.unwrap();
        if page.is_empty() {
            return events;
        }
        events.extend(page);
    }
}

/// How often something was announced.
pub async fn announced(database: &Database, kind: &str) -> usize {
    events(database)
        .await
        .iter()
        .filter(|event| event.kind == kind)
        .count()
}

/// What a result comes to: `ok`, the reason, or the code.
pub fn outcome<T>(result: &kernel::Result<T>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(error) => error.reason(),
    }
}

/// Lets consumers handle everything there is.
pub async fn drain(database: &Database, consumer: impl Consumer + 'static) {
    testkit::settle::settled(database).await;
    let consumers: Vec<Arc<dyn Consumer>> = vec![Arc::new(consumer)];
    let poll = Duration::from_secs(1);
    ConsumerRunner::new(database.clone(), consumers, poll)
        .drain()
        .await
        .unwrap();
}

/// Hands everything there is to the observers of a hub.
pub async fn pump(database: &Database, hub: &LiveHub) {
    testkit::settle::settled(database).await;
    while hub.pump().await.unwrap() > 0 {}
}

pub fn moment(seconds: i64) -> Timestamp {
    testkit::MONDAY.plus_seconds(seconds)
}
