//! A small bank: a board, a district without a head, two branches; somebody outside of it all.

use directory::OrgUnitKind;
use directory::commands::{NewAssignment, NewUnit, assign, create_unit};
use identity::NewPerson;
use kernel::{OrgUnitId, OrganisationRole, PersonId, Viewer};
use platform::{Reader, Tx};
use profiles::commands::profile_details_update;
use profiles::model::{ProfileChange, ProfileView};
use profiles::queries;
use testkit::TestDatabase;

pub struct Bank {
    pub bed: TestDatabase,
    pub chief: PersonId,
    pub head: PersonId,
    pub teller: PersonId,
    pub colleague: PersonId,
    pub other: PersonId,
    pub outsider: PersonId,
    pub board: OrgUnitId,
    pub branch: OrgUnitId,
    pub second: OrgUnitId,
}

async fn person(tx: &mut Tx, handle: &str) -> PersonId {
    let new = NewPerson {
        handle: handle.to_owned(),
        name: format!("Name of {handle}"),
        email: Some(format!("{handle}@bank.example")),
        location: if handle == "outsider" { "" } else { "Kiel" }.to_owned(),
        ..NewPerson::default()
    };
    identity::commands::create_person(tx, new).await.unwrap()
}

async fn unit(tx: &mut Tx, code: &str, parent_id: Option<OrgUnitId>) -> OrgUnitId {
    let new = NewUnit {
        parent_id,
        code: code.to_owned(),
        name: format!("Unit {code}"),
        kind: OrgUnitKind::Branch,
    };
    create_unit(tx, new).await.unwrap().id
}

async fn place(tx: &mut Tx, unit_id: OrgUnitId, person_id: PersonId, role: &str) {
    let new = NewAssignment {
        unit_id,
        person_id,
        role: role.to_owned(),
        is_head: role == "Head",
        starts_at: tx.now(),
    };
    assign(tx, new).await.unwrap();
}

impl Bank {
    pub async fn open(bed: TestDatabase) -> Self {
        let mut tx = bed.database.begin(&Viewer::system("test")).await.unwrap();
        let board = unit(&mut tx, "board", None).await;
        let district = unit(&mut tx, "district", Some(board)).await;
        let branch = unit(&mut tx, "branch", Some(district)).await;
        let second = unit(&mut tx, "second", Some(district)).await;
        let mut people = Vec::new();
        for handle in ["chief", "head", "teller", "colleague", "other", "outsider"] {
            people.push(person(&mut tx, handle).await);
        }
        let [chief, head, teller, colleague, other, outsider] = people.try_into().unwrap();
        place(&mut tx, board, chief, "Head").await;
        place(&mut tx, branch, head, "Head").await;
        place(&mut tx, branch, teller, "Teller").await;
        place(&mut tx, branch, colleague, "teller").await;
        place(&mut tx, second, other, "Teller").await;
        tx.commit().await.unwrap();
        Self {
            bed,
            chief,
            head,
            teller,
            colleague,
            other,
            outsider,
            board,
            branch,
            second,
        }
    }

    pub fn viewer(&self, person: PersonId) -> Viewer {
        Viewer::person(person, OrganisationRole::Member, None)
    }

    pub fn reader(&self, person: PersonId) -> Reader {
        self.bed.database.reader(&self.viewer(person))
    }

    pub async fn seen_by(&self, viewer: PersonId, person: PersonId) -> ProfileView {
        queries::profile(&self.reader(viewer), person)
            .await
            .unwrap()
    }

    pub async fn change(&self, person: PersonId, change: ProfileChange) -> kernel::Result<()> {
        let viewer = self.viewer(person);
        profile_details_update(&self.bed.database, &viewer, change)
            .await
            .map(|_| ())
    }
}
