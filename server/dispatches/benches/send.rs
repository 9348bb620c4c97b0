//! What a dispatch to 85,000 people costs, beside the bare statement that would write the same rows.
//!
//! `make bench` runs it on SQLite and on a throw-away PostgreSQL. One bank of 85,000 people in 12,000 branches is
//! built through the commands; then three dispatches are sent to all of it. The floor is one
//! `INSERT … SELECT` of the same people into a table with the same columns and indexes, committed.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement stops at the first fault and prints its table"
)]

use std::time::{Duration, Instant};

use directory::OrgUnitKind;
use directory::commands::{NewAssignment, NewUnit, assign, create_unit};
use dispatches::commands;
use dispatches::model::{DraftInput, NewText};
use dispatches::queries::{self, Box};
use identity::NewPerson;
use kernel::{DispatchId, OrgUnitId, OrganisationRole, PageArgs, PersonId, Viewer};
use platform::{Database, Tx};
use sea_orm::ConnectionTrait as _;
use testkit::TestDatabase;

const PEOPLE: usize = 85_000;
const BRANCHES: usize = 12_000;
const ROUNDS: usize = 3;
/// People made in one transaction.
const BATCH: usize = 5_000;

struct Bank {
    bed: TestDatabase,
    head: PersonId,
    somebody: PersonId,
    top: OrgUnitId,
}

fn viewer(person: PersonId) -> Viewer {
    Viewer::person(person, OrganisationRole::Member, None)
}

async fn hire(tx: &mut Tx, number: usize) -> PersonId {
    let new = NewPerson {
        handle: format!("p{number}"),
        name: format!("Person {number}"),
        locale: if number.is_multiple_of(5) { "en" } else { "de" }.to_owned(),
        imported: true,
        ..NewPerson::default()
    };
    let made = identity::commands::create_person(tx, new).await;
    made.expect("a person is made")
}

async fn unit(tx: &mut Tx, code: String, parent: Option<OrgUnitId>) -> OrgUnitId {
    let new = NewUnit {
        parent_id: parent,
        name: format!("Unit {code}"),
        code,
        kind: OrgUnitKind::Branch,
    };
    create_unit(tx, new).await.expect("a unit is made").id
}

/// A top, a hundred districts, branches below them; seven people in each branch, one of them its head.
async fn build(bed: TestDatabase) -> Bank {
    let database = bed.database.clone();
    let house = Viewer::system("bench");
    let mut tx = database.begin(&house).await.expect("a transaction");
    let top = unit(&mut tx, "TOP".to_owned(), None).await;
    let head = hire(&mut tx, 0).await;
    place(&mut tx, top, head, true).await;
    let mut districts = Vec::new();
    for number in 0..100 {
        districts.push(unit(&mut tx, format!("D{number}"), Some(top)).await);
    }
    let mut branches = Vec::new();
    for number in 0..BRANCHES {
        let above = districts[number % districts.len()];
        branches.push(unit(&mut tx, format!("B{number}"), Some(above)).await);
    }
    tx.commit().await.expect("the tree is kept");
    let mut somebody = head;
    for start in (1..PEOPLE).step_by(BATCH) {
        let mut tx = database.begin(&house).await.expect("a transaction");
        for number in start..(start + BATCH).min(PEOPLE) {
            somebody = hire(&mut tx, number).await;
            let branch = branches[number % BRANCHES];
            place(&mut tx, branch, somebody, number <= BRANCHES).await;
        }
        tx.commit().await.expect("people are kept");
    }
    Bank {
        bed,
        head,
        somebody,
        top,
    }
}

async fn place(tx: &mut Tx, unit: OrgUnitId, person: PersonId, is_head: bool) {
    let starts_at = tx.now();
    let new = NewAssignment {
        unit_id: unit,
        person_id: person,
        role: if is_head { "Manager" } else { "Teller" }.to_owned(),
        is_head,
        starts_at,
    };
    assign(tx, new).await.expect("a place is given");
}

fn draft(bank: &Bank, round: usize) -> DraftInput {
    DraftInput {
        client_id: uuid::Uuid::from_u128(round as u128 + 1).to_string(),
        is_unfinished: false,
        unit_id: bank.top,
        target_units: Vec::new(),
        target_roles: Vec::new(),
        audience: None,
        language: "de".to_owned(),
        texts: vec![NewText {
            language: "de".to_owned(),
            title: "An alle".to_owned(),
            body: "Ab Montag gilt die neue Regel.".to_owned(),
            talking_points: String::new(),
        }],
        questions: Vec::new(),
        is_must_read: true,
        needs_signature: false,
        is_urgent: false,
        takes_answers: true,
        working_hours: Some(16),
        joiner_days: 0,
        helpers: Vec::new(),
    }
}

/// The same rows by one statement, without anything a dispatch promises: not hashed, no deadline in
/// working time, no copies, no event.
async fn floor(bank: &Bank, round: usize) -> Duration {
    let options = sea_orm::ConnectOptions::new(bank.bed.url.clone());
    let connection = sea_orm::Database::connect(options)
        .await
        .expect("a connection");
    let table = format!("floor_{round}");
    let bytes = match connection.get_database_backend() {
        sea_orm::DbBackend::Postgres => "UUID",
        _ => "BLOB",
    };
    let make = format!(
        "CREATE TABLE {table} (dispatch_id {bytes}, person_id {bytes}, unit_id {bytes}, role TEXT, \
         manager_id {bytes}, language TEXT, batch INTEGER, due_at BIGINT, added_at BIGINT, \
         PRIMARY KEY (dispatch_id, person_id))"
    );
    connection.execute_unprepared(&make).await.expect("a table");
    for column in ["person_id", "unit_id"] {
        let index = format!("CREATE INDEX {table}_{column} ON {table} ({column})");
        connection
            .execute_unprepared(&index)
            .await
            .expect("an index");
    }
    let began = Instant::now();
    let fill = format!(
        "INSERT INTO {table} SELECT a.unit_id, a.person_id, a.unit_id, a.role, NULL, p.locale, 1, 0, 0 \
         FROM assignments a JOIN people p ON p.id = a.person_id"
    );
    connection
        .execute_unprepared(&fill)
        .await
        .expect("the rows");
    let took = began.elapsed();
    connection.close().await.expect("the connection closes");
    took
}

async fn timed<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let began = Instant::now();
    let made = work.await;
    (made, began.elapsed())
}

struct Round {
    send: Duration,
    unread: Duration,
    list: Duration,
    progress: Duration,
    proof: Duration,
    floor: Duration,
}

async fn round(bank: &Bank, number: usize) -> Round {
    let database: &Database = &bank.bed.database;
    let sender = viewer(bank.head);
    let id = commands::save(database, &sender, draft(bank, number)).await;
    let id: DispatchId = id.expect("a draft");
    let (sent, send) = timed(commands::send(database, &sender, id)).await;
    sent.expect("it is sent");
    let reader = database.reader(&viewer(bank.somebody));
    let (unread, unread_took) = timed(queries::unread_count(&reader)).await;
    assert!(unread.expect("a count") > 0, "it has reached the last one");
    let page = PageArgs::forward(20, None).expect("a page");
    let (listed, list) = timed(queries::list(&reader, Box::Received, &page)).await;
    assert_eq!(listed.expect("a list").items.len(), number + 1);
    let reader = database.reader(&sender);
    let seen = queries::dispatch(&reader, id).await.expect("it is there");
    let (progress, progress_took) = timed(queries::progress(&reader, &seen)).await;
    let progress = progress.expect("progress").expect("it is the sender's");
    assert_eq!(
        progress.delivered,
        i64::try_from(PEOPLE).unwrap_or_default() - 1
    );
    let (proof, proof_took) = timed(queries::proof(&reader, id)).await;
    assert!(proof.expect("a proof").verified, "the hashes fit");
    Round {
        send,
        unread: unread_took,
        list,
        progress: progress_took,
        proof: proof_took,
        floor: floor(bank, number).await,
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

async fn measure(name: &str, bed: TestDatabase) {
    let (bank, built) = timed(build(bed)).await;
    let mut rounds = Vec::new();
    for number in 0..ROUNDS {
        rounds.push(round(&bank, number).await);
    }
    let of = |pick: fn(&Round) -> Duration| median(rounds.iter().map(pick).collect());
    let (send, floor) = (of(|round| round.send), of(|round| round.floor));
    println!(
        "| {name} | {:.2} s | {:.2} s | {:.1} | {:.1} ms | {:.1} ms | {:.0} ms | {:.2} s | {:.0} s |",
        send.as_secs_f64(),
        floor.as_secs_f64(),
        send.as_secs_f64() / floor.as_secs_f64(),
        of(|round| round.unread).as_secs_f64() * 1_000.0,
        of(|round| round.list).as_secs_f64() * 1_000.0,
        of(|round| round.progress).as_secs_f64() * 1_000.0,
        of(|round| round.proof).as_secs_f64(),
        built.as_secs_f64(),
    );
    bank.bed.close().await;
}

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    println!("A dispatch to {PEOPLE} people in {BRANCHES} branches, median of {ROUNDS}\n");
    println!(
        "| Database | Sent | Bare rows | Ratio | Unread count | List of one | Progress | Proof | Bank built |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    measure("SQLite", TestDatabase::sqlite().await).await;
    match TestDatabase::postgres().await {
        Some(bed) => measure("PostgreSQL", bed).await,
        None => println!("\nPostgreSQL was left out: LOGGIA_TEST_POSTGRES_URL is not set"),
    }
}
