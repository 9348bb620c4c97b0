//! A small bank: a board, two districts, branches with a manager and tellers each; and short ways to act.

use std::sync::Arc;
use std::time::Duration;

use directory::OrgUnitKind;
use directory::commands::{NewAssignment, NewUnit, assign, create_unit};
use dispatches::commands::{self, Signature};
use dispatches::model::{Comprehension, DispatchView, DraftInput, NewText};
use dispatches::queries::{self, Box};
use identity::NewPerson;
use kernel::{DispatchId, Error, OrgUnitId, OrganisationRole, PageArgs, PersonId, Viewer};
use platform::{Consumer, ConsumerRunner, Database, Tx};
use testkit::TestDatabase;

/// The bank, with the people tests speak of.
pub struct Bank {
    pub bed: TestDatabase,
    pub admin: PersonId,
    pub chief: PersonId,
    /// Head of the district in the north.
    pub north: PersonId,
    /// Head of the district in the south.
    pub south: PersonId,
    /// Managers of the two northern branches.
    pub managers: [PersonId; 2],
    /// Tellers of the first and, the last one, of the second northern branch.
    pub tellers: [PersonId; 3],
    /// An adviser of the first northern branch.
    pub adviser: PersonId,
    /// A teller in the south.
    pub southern: PersonId,
    pub board: OrgUnitId,
    pub north_unit: OrgUnitId,
    pub south_unit: OrgUnitId,
    pub branches: [OrgUnitId; 2],
}

/// Adds a person.
pub async fn person(tx: &mut Tx, handle: &str) -> PersonId {
    let new = NewPerson {
        handle: handle.to_owned(),
        name: format!("Name of {handle}"),
        locale: if handle.ends_with("en") { "en" } else { "de" }.to_owned(),
        ..NewPerson::default()
    };
    identity::commands::create_person(tx, new).await.unwrap()
}

async fn unit(tx: &mut Tx, code: &str, parent: Option<OrgUnitId>) -> OrgUnitId {
    let new = NewUnit {
        parent_id: parent,
        code: code.to_owned(),
        name: format!("Unit {code}"),
        kind: OrgUnitKind::Branch,
    };
    create_unit(tx, new).await.unwrap().id
}

/// Gives a person a place.
pub async fn place(tx: &mut Tx, unit: OrgUnitId, person: PersonId, role: &str, is_head: bool) {
    let starts_at = tx.now();
    let new = NewAssignment {
        unit_id: unit,
        person_id: person,
        role: role.to_owned(),
        is_head,
        starts_at,
    };
    assign(tx, new).await.unwrap();
}

/// A transaction of the house itself.
pub async fn system(database: &Database) -> Tx {
    database.begin(&Viewer::system("test")).await.unwrap()
}

/// The person, signed in.
pub fn viewer(person: PersonId) -> Viewer {
    Viewer::person(person, OrganisationRole::Member, None)
}

/// A client-made id.
pub fn client_id(number: u128) -> String {
    uuid::Uuid::from_u128(number).to_string()
}

/// The reason of a refusal.
pub fn reason<T>(result: Result<T, Error>) -> &'static str {
    result.map_or_else(|error| error.reason(), |_| "allowed")
}

impl Bank {
    pub async fn open(bed: TestDatabase) -> Self {
        let mut tx = system(&bed.database).await;
        let board = unit(&mut tx, "board", None).await;
        let north_unit = unit(&mut tx, "north", Some(board)).await;
        let south_unit = unit(&mut tx, "south", Some(board)).await;
        let branches = [
            unit(&mut tx, "n1", Some(north_unit)).await,
            unit(&mut tx, "n2", Some(north_unit)).await,
        ];
        let southern_branch = unit(&mut tx, "s1", Some(south_unit)).await;
        let admin = person(&mut tx, "admin").await;
        let chief = person(&mut tx, "chief").await;
        let (north, south) = (
            person(&mut tx, "north").await,
            person(&mut tx, "south").await,
        );
        let managers = [person(&mut tx, "m1").await, person(&mut tx, "m2").await];
        let tellers = [
            person(&mut tx, "t1").await,
            person(&mut tx, "t2en").await,
            person(&mut tx, "t3").await,
        ];
        let adviser = person(&mut tx, "adviser").await;
        let southern = person(&mut tx, "t4").await;
        place(&mut tx, board, chief, "Board", true).await;
        place(&mut tx, north_unit, north, "District manager", true).await;
        place(&mut tx, south_unit, south, "District manager", true).await;
        for (branch, manager) in branches.iter().zip(managers) {
            place(&mut tx, *branch, manager, "Branch manager", true).await;
        }
        place(&mut tx, branches[0], tellers[0], "Teller", false).await;
        place(&mut tx, branches[0], tellers[1], "Teller", false).await;
        place(&mut tx, branches[1], tellers[2], "Teller", false).await;
        place(&mut tx, branches[0], adviser, "Adviser", false).await;
        place(&mut tx, southern_branch, southern, "Teller", false).await;
        tx.commit().await.unwrap();
        Self {
            bed,
            admin,
            chief,
            north,
            south,
            managers,
            tellers,
            adviser,
            southern,
            board,
            north_unit,
            south_unit,
            branches,
        }
    }

    pub fn database(&self) -> &Database {
        &self.bed.database
    }

    /// What the district manager writes to all tellers: to be confirmed within two working days.
    pub fn draft(&self) -> DraftInput {
        DraftInput {
            client_id: client_id(1),
            is_unfinished: false,
            unit_id: self.north_unit,
            target_units: Vec::new(),
            target_roles: vec!["Teller".to_owned()],
            audience: None,
            language: "de".to_owned(),
            texts: vec![text("de", "Neue Obergrenze", "Ab Montag gilt **250 EUR**.")],
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

    pub async fn save(&self, sender: PersonId, draft: DraftInput) -> Result<DispatchId, Error> {
        commands::save(self.database(), &viewer(sender), draft).await
    }

    /// Saves and sends.
    pub async fn send(&self, sender: PersonId, draft: DraftInput) -> Result<DispatchId, Error> {
        let id = self.save(sender, draft).await?;
        commands::send(self.database(), &viewer(sender), id).await?;
        Ok(id)
    }

    /// The dispatch to all northern tellers, sent.
    pub async fn sent(&self) -> DispatchId {
        self.send(self.north, self.draft()).await.unwrap()
    }

    pub async fn see(&self, person: PersonId, id: DispatchId) -> Result<DispatchView, Error> {
        queries::dispatch(&self.database().reader(&viewer(person)), id).await
    }

    pub async fn listed(&self, person: PersonId, which: Box) -> Vec<DispatchId> {
        let page = PageArgs::forward(100, None).unwrap();
        let reader = self.database().reader(&viewer(person));
        let found = queries::list(&reader, which, &page).await.unwrap();
        found.items.into_iter().map(|(_, view)| view.id).collect()
    }

    pub async fn unread(&self, person: PersonId) -> i64 {
        dispatches::unread_count(&self.database().reader(&viewer(person)))
            .await
            .unwrap()
    }

    pub async fn acknowledge(
        &self,
        person: PersonId,
        id: DispatchId,
        version: i32,
    ) -> Result<(), Error> {
        let (database, viewer) = (self.database(), viewer(person));
        commands::acknowledge(database, &viewer, id, version, "de", Signature::Button, &[]).await
    }

    /// Takes all steps that are due, as the running house does.
    pub async fn steps(&self) {
        while dispatches::jobs::take_due(self.database()).await.unwrap() > 0 {}
    }

    /// Lets the journal be followed, then takes all steps that are due.
    pub async fn follow(&self) {
        testkit::settle::settled(self.database()).await;
        let deadlines: Arc<dyn Consumer> = Arc::new(dispatches::subscribers::Deadlines);
        let poll = Duration::from_secs(1);
        let runner = ConsumerRunner::new(self.database().clone(), vec![deadlines], poll);
        runner.drain().await.unwrap();
        self.steps().await;
    }

    /// Lets hours go by.
    pub fn pass_hours(&self, hours: i64) {
        self.bed.clock.advance_seconds(hours * 3600);
    }
}

/// A text without talking points.
pub fn text(language: &str, title: &str, body: &str) -> NewText {
    NewText {
        language: language.to_owned(),
        title: title.to_owned(),
        body: body.to_owned(),
        talking_points: String::new(),
    }
}

/// A question of understanding whose second option is right.
pub fn question(language: &str) -> Comprehension {
    Comprehension {
        language: language.to_owned(),
        prompt: "Wie viel?".to_owned(),
        options: vec!["100".to_owned(), "250".to_owned()],
        right: 1,
    }
}
