//! kill -9 while dispatches go out: each of them has reached everybody once or nobody yet, whatever moment the
//! server was killed at, and those not sent yet are sent by the next one.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use directory::OrgUnitKind;
use directory::commands::{NewAssignment, NewUnit, assign, create_unit};
use dispatches::model::{DraftInput, NewText};
use dispatches::queries::Box;
use identity::NewPerson;
use kernel::{DispatchId, OrgUnitId, OrganisationRole, PageArgs, PersonId, Viewer};
use platform::Tx;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use testkit::TestDatabase;

/// People each dispatch reaches.
const TELLERS: usize = 3_000;
/// Branches they work in.
const BRANCHES: usize = 50;
/// Dispatches that wait to be sent.
const DISPATCHES: usize = 3;

fn viewer(person: PersonId) -> Viewer {
    Viewer::person(person, OrganisationRole::Member, None)
}

/// A district with many branches, and what its head has to say to all of them.
struct District {
    bed: TestDatabase,
    head: PersonId,
    tellers: BTreeSet<PersonId>,
    dispatches: Vec<DispatchId>,
}

async fn hire(tx: &mut Tx, unit: OrgUnitId, handle: String, is_head: bool) -> PersonId {
    let new = NewPerson {
        name: format!("Person {handle}"),
        handle,
        locale: "de".to_owned(),
        ..NewPerson::default()
    };
    let person = identity::commands::create_person(tx, new).await.unwrap();
    let place = NewAssignment {
        unit_id: unit,
        person_id: person,
        role: if is_head { "Head" } else { "Teller" }.to_owned(),
        is_head,
        starts_at: tx.now(),
    };
    assign(tx, place).await.unwrap();
    person
}

async fn unit(tx: &mut Tx, code: String, parent_id: Option<OrgUnitId>) -> OrgUnitId {
    let new = NewUnit {
        parent_id,
        name: format!("Unit {code}"),
        code,
        kind: OrgUnitKind::Branch,
    };
    create_unit(tx, new).await.unwrap().id
}

impl District {
    async fn open(bed: TestDatabase) -> Self {
        let house = Viewer::system("test");
        let mut tx = bed.database.begin(&house).await.unwrap();
        let top = unit(&mut tx, "top".to_owned(), None).await;
        let head = hire(&mut tx, top, "head".to_owned(), true).await;
        let mut branches = Vec::new();
        for number in 0..BRANCHES {
            branches.push(unit(&mut tx, format!("b{number}"), Some(top)).await);
        }
        let mut tellers = BTreeSet::new();
        for number in 0..TELLERS {
            let branch = branches[number % BRANCHES];
            tellers.insert(hire(&mut tx, branch, format!("t{number}"), false).await);
        }
        tx.commit().await.unwrap();
        let mut dispatches = Vec::new();
        for number in 0..DISPATCHES {
            let draft = draft(top, number);
            let id = dispatches::commands::save(&bed.database, &viewer(head), draft)
                .await
                .unwrap();
            // Long due for the server, whose clock is the machine's.
            let at = Some(bed.database.now().plus_seconds(60));
            dispatches::commands::schedule(&bed.database, &viewer(head), id, at)
                .await
                .unwrap();
            dispatches.push(id);
        }
        Self {
            bed,
            head,
            tellers,
            dispatches,
        }
    }

    /// How many dispatches are sent. Each must be there for everybody, told once, or for nobody.
    async fn sent(&self) -> usize {
        let reader = self.bed.database.reader(&Viewer::system("test"));
        // One statement: the dead server's last commit may still be on its way.
        let sql = "SELECT d.state, (SELECT COUNT(*) FROM dispatch_roll r WHERE r.dispatch_id = d.id) AS people, \
             (SELECT COUNT(*) FROM dispatch_batches b WHERE b.dispatch_id = d.id) AS batches, \
             (SELECT COUNT(*) FROM journal j WHERE j.kind = 'dispatch.sent' AND j.subject_id = d.id) AS told \
             FROM dispatches d";
        let statement = Statement::from_string(reader.get_database_backend(), sql);
        let rows = Standing::find_by_statement(statement).all(&reader).await;
        let rows = rows.unwrap();
        assert_eq!(rows.len(), DISPATCHES);
        for row in &rows {
            let there = (row.people, row.batches, row.told);
            match row.state.as_str() {
                "scheduled" => assert_eq!(there, (0, 0, 0)),
                "published" => assert_eq!(there, (i64::try_from(TELLERS).unwrap(), 1, 1)),
                other => panic!("a dispatch is {other}"),
            }
        }
        rows.iter().filter(|row| row.state == "published").count()
    }

    async fn everybody_got_each_once(&self) {
        let reader = self.bed.database.reader(&viewer(self.head));
        for id in &self.dispatches {
            let proof = dispatches::queries::proof(&reader, *id).await.unwrap();
            assert!(proof.verified);
            let (mut lines, mut after) = (Vec::new(), None);
            loop {
                let piece = dispatches::queries::proof_piece(&reader, *id, 1, after);
                let (entries, last) = piece.await.unwrap();
                if entries.is_empty() {
                    break;
                }
                lines.extend(entries);
                after = last;
            }
            let roll: Vec<PersonId> = lines
                .iter()
                .map(|entry| entry.person.parse().unwrap())
                .collect();
            assert_eq!(roll.len(), TELLERS);
            assert_eq!(roll.into_iter().collect::<BTreeSet<_>>(), self.tellers);
        }
        let page = PageArgs::forward(50, None).unwrap();
        for teller in self.tellers.iter().step_by(499) {
            let reader = self.bed.database.reader(&viewer(*teller));
            let listed = dispatches::queries::list(&reader, Box::Received, &page);
            let listed: Vec<DispatchId> = listed
                .await
                .unwrap()
                .items
                .iter()
                .map(|(_, row)| row.id)
                .collect();
            assert_eq!(listed.len(), DISPATCHES);
            let distinct: BTreeSet<_> = listed.iter().collect();
            assert_eq!(distinct, self.dispatches.iter().collect::<BTreeSet<_>>());
            let unread = dispatches::unread_count(&reader).await.unwrap();
            assert_eq!(unread, i64::try_from(DISPATCHES).unwrap());
        }
    }
}

#[derive(FromQueryResult)]
struct Standing {
    state: String,
    people: i64,
    batches: i64,
    told: i64,
}

fn draft(unit: OrgUnitId, number: usize) -> DraftInput {
    DraftInput {
        client_id: uuid::Uuid::from_u128(number as u128 + 1).to_string(),
        is_unfinished: false,
        unit_id: unit,
        target_units: Vec::new(),
        audience: None,
        target_roles: vec!["Teller".to_owned()],
        language: "de".to_owned(),
        texts: vec![NewText {
            language: "de".to_owned(),
            title: format!("Nummer {number}"),
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

/// A server process over the district's database, and where it listens.
fn start(bed: &TestDatabase) -> (Child, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loggia"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("LOGGIA_")) {
        command.env_remove(name);
    }
    let mut server = command
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(bed.directory())
        .env("LOGGIA_DATABASE_URL", &bed.url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut ready = String::new();
    let mut output = BufReader::new(server.stdout.take().unwrap());
    while !ready.contains("listening on ") {
        ready.clear();
        assert!(output.read_line(&mut ready).unwrap() > 0, "it never began");
    }
    let address = ready.rsplit_once("listening on ").unwrap().1;
    let address = address.trim_end().trim_end_matches(')').to_owned();
    (server, address)
}

/// Whether the server is alive; how often it was asked is how the time is told here.
fn ask(address: &str) {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = "GET /healthz HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.ends_with("ok\n"), "{answer}");
}

async fn survive(bed: TestDatabase) {
    let district = District::open(bed).await;
    let mut round = 0;
    // Each server lives a little longer than the one before it, so that the kills fall all over what it does
    // and the last one has had the time for everything.
    while district.sent().await < DISPATCHES {
        round += 1;
        let (mut server, address) = start(&district.bed);
        for _ in 0..(round * round * 6 + (round * 37) % 23) {
            ask(&address);
        }
        server.kill().unwrap();
        server.wait().unwrap();
    }
    assert!(round > 1, "it was never killed before everything was done");
    district.everybody_got_each_once().await;

    // One more, in peace, finds nothing left to do.
    let (mut server, address) = start(&district.bed);
    for _ in 0..50 {
        ask(&address);
    }
    server.kill().unwrap();
    server.wait().unwrap();
    assert_eq!(district.sent().await, DISPATCHES);
    district.everybody_got_each_once().await;
    district.bed.close().await;
}

#[tokio::test]
async fn a_server_killed_while_sending_reaches_each_once_on_sqlite() {
    survive(TestDatabase::sqlite().await).await;
}

#[tokio::test]
async fn a_server_killed_while_sending_reaches_each_once_on_postgresql() {
    if let Some(bed) = TestDatabase::postgres().await {
        survive(bed).await;
    }
}
