//! A small organisation that has everything a rule can name, and the same as plain data.

use communities::model::{CommunityRole, CommunityVisibility, NewCommunity, NewMember};
use directory::OrgUnitKind;
use directory::commands::{NewAssignment, NewUnit, assign, create_unit};
use identity::NewPerson;
use kernel::{CommunityId, OrgUnitId, OrganisationRole, PersonId, Timestamp, Viewer};
use platform::{Reader, Sql, Tx};
use testkit::TestDatabase;

/// Spelled as people spell: cases differ, also of letters outside ASCII.
pub const ROLES: [&str; 5] = ["Teller", "TELLER", "Ärztin", "ärztin", "Adviser"];
pub const SKILLS: [&str; 4] = ["Baufinanzierung", "Geldwäsche", "GELDWASCHE", "Excel"];
pub const LANGUAGES: [&str; 4] = ["de", "en", "fr", "pl"];
pub const LOCATIONS: [&str; 4] = ["Kiel", "kiel", "Überlingen", ""];

pub struct PersonFacts {
    pub id: PersonId,
    pub is_active: bool,
    pub location: &'static str,
    pub skills: Vec<&'static str>,
    pub languages: Vec<&'static str>,
}

pub struct PlaceFacts {
    pub unit: OrgUnitId,
    pub person: PersonId,
    pub role: &'static str,
    pub is_head: bool,
    pub starts_at: Timestamp,
    pub ends_at: Option<Timestamp>,
}

/// The organisation, as made.
pub struct World {
    pub bed: TestDatabase,
    pub units: Vec<(OrgUnitId, Option<OrgUnitId>)>,
    pub people: Vec<PersonFacts>,
    pub places: Vec<PlaceFacts>,
    pub communities: Vec<(CommunityId, Vec<PersonId>)>,
}

/// Numbers that look random and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

pub async fn system(bed: &TestDatabase) -> Tx {
    bed.database.begin(&Viewer::system("test")).await.unwrap()
}

pub async fn person(tx: &mut Tx, handle: &str, location: &str) -> PersonId {
    let new = NewPerson {
        handle: handle.to_owned(),
        name: handle.to_owned(),
        location: location.to_owned(),
        ..NewPerson::default()
    };
    identity::commands::create_person(tx, new).await.unwrap()
}

/// Somebody writes skills and languages into the own profile.
pub async fn describe(bed: &TestDatabase, person: PersonId, skills: &[&str], languages: &[&str]) {
    let texts = |texts: &[&str]| Some(texts.iter().map(|text| (*text).to_owned()).collect());
    let change = profiles::model::ProfileChange {
        skills: texts(skills),
        languages: texts(languages),
        ..profiles::model::ProfileChange::default()
    };
    let viewer = Viewer::person(person, OrganisationRole::Member, None);
    profiles::commands::profile_details_update(&bed.database, &viewer, change)
        .await
        .unwrap();
}

pub async fn unit(tx: &mut Tx, code: &str, parent_id: Option<OrgUnitId>) -> OrgUnitId {
    let new = NewUnit {
        parent_id,
        code: code.to_owned(),
        name: code.to_owned(),
        kind: OrgUnitKind::Branch,
    };
    create_unit(tx, new).await.unwrap().id
}

pub async fn place(tx: &mut Tx, facts: &PlaceFacts) {
    let new = NewAssignment {
        unit_id: facts.unit,
        person_id: facts.person,
        role: facts.role.to_owned(),
        is_head: facts.is_head,
        starts_at: facts.starts_at,
    };
    let id = assign(tx, new).await.unwrap();
    if let Some(ends_at) = facts.ends_at {
        let mut sql = Sql::new("UPDATE assignments SET ends_at = ");
        sql.bind(ends_at).push(" WHERE id = ").bind(id);
        sql.run(tx).await.unwrap();
    }
}

pub async fn community(
    tx: &mut Tx,
    name: &str,
    visibility: CommunityVisibility,
    members: &[PersonId],
) -> CommunityId {
    let new = NewCommunity {
        visibility,
        ..NewCommunity::named(name)
    };
    let now = tx.now();
    let id = communities::commands::create_in(tx, members[0], new, now)
        .await
        .unwrap();
    let members: Vec<_> = members[1..]
        .iter()
        .map(|person| NewMember {
            person: *person,
            role: CommunityRole::Member,
            since: now,
        })
        .collect();
    communities::commands::join_many(tx, id, &members)
        .await
        .unwrap();
    id
}

impl World {
    pub async fn open(bed: TestDatabase) -> Self {
        let mut dice = Dice(7);
        let mut tx = system(&bed).await;
        let now = tx.now();
        let mut units: Vec<(OrgUnitId, Option<OrgUnitId>)> = Vec::new();
        for number in 0..14 {
            let parent = match number {
                0 | 1 => None,
                _ => Some(units[dice.roll(units.len())].0),
            };
            let id = unit(&mut tx, &format!("unit{number}"), parent).await;
            units.push((id, parent));
        }
        let mut people = Vec::new();
        for number in 0..30 {
            let location = dice.pick(&LOCATIONS);
            let id = person(&mut tx, &format!("person{number}"), location).await;
            let is_active = number % 10 != 9;
            people.push(PersonFacts {
                id,
                is_active,
                location,
                skills: Vec::new(),
                languages: Vec::new(),
            });
        }
        let times = [
            (now, None),
            (now.plus_seconds(-10), None),
            (now.plus_seconds(-10), Some(now)),
            (now.plus_seconds(-10), Some(now.plus_seconds(10))),
            (now.plus_seconds(10), None),
        ];
        let mut places = Vec::new();
        for _ in 0..45 {
            let (starts_at, ends_at) = dice.pick(&times);
            let facts = PlaceFacts {
                unit: dice.pick(&units).0,
                person: people[dice.roll(people.len())].id,
                role: dice.pick(&ROLES),
                is_head: dice.roll(4) == 0,
                starts_at,
                ends_at,
            };
            place(&mut tx, &facts).await;
            places.push(facts);
        }
        let mut communities = Vec::new();
        for (number, visibility) in CommunityVisibility::ALL.into_iter().enumerate() {
            let members = people.iter().map(|person| person.id);
            let members: Vec<_> = members.filter(|_| dice.roll(3) == 0).collect();
            let id = community(
                &mut tx,
                &format!("Community {number}"),
                visibility,
                &members,
            )
            .await;
            communities.push((id, members));
        }
        tx.commit().await.unwrap();
        for person in &mut people {
            let some = |dice: &mut Dice, from: &[&'static str]| {
                let mut some = from.to_vec();
                some.retain(|_| dice.roll(3) == 0);
                some
            };
            person.skills = some(&mut dice, &SKILLS);
            person.languages = some(&mut dice, &LANGUAGES);
            describe(&bed, person.id, &person.skills, &person.languages).await;
        }
        for person in people.iter().filter(|person| !person.is_active) {
            let house = Viewer::system("test");
            identity::commands::person_set_active(&bed.database, &house, person.id, false)
                .await
                .unwrap();
        }
        Self {
            bed,
            units,
            people,
            places,
            communities,
        }
    }

    pub fn house(&self) -> Reader {
        self.bed.database.reader(&Viewer::system("test"))
    }

    pub fn reader(&self, person: PersonId) -> Reader {
        let viewer = Viewer::person(person, OrganisationRole::Member, None);
        self.bed.database.reader(&viewer)
    }
}
