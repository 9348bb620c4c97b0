//! A small bank whose people and units came with files, an audience, and short ways to look and to act.

use std::fmt::Write as _;

use audiences::Rule;
use audiences::model::AudienceDraft;
use directory::commands::{NewAssignment, assign, stand_in_name};
use identity::NewPerson;
use identity::commands::person_set_active;
use importers::Watcher;
use importers::org::{self, Sources};
use kernel::{OrgUnitId, OrganisationRole, PageArgs, PersonId, Position, Viewer};
use platform::{Reader, journal};
use reorganisations::commands;
use reorganisations::model::Rehearsed;
use testkit::TestDatabase;

const PEOPLE: &str = "id,name,email,title,location
1,Henrike Lindner,henrike@example.org,Vorstand,Hamburg
2,Claudia Jansen,claudia@example.org,Bezirksleiterin,Hamburg
3,Lena Carstens,lena@example.org,Kasse,Altona
";
const UNITS: &str = "code,parent_code,name,type
LB,,Lindenbank,company
NORD,LB,Bezirk Nord,district
N1,NORD,Filiale Altona,branch
N2,NORD,Filiale Kiel,branch
";
const PLACES: &str = "person,unit,role,head
1,LB,Vorstand,yes
2,NORD,Bezirksleiterin,yes
3,N1,Kasse,no
";

pub struct Silent;

impl Watcher for Silent {
    fn at(&self, _: u64, _: u64, _: &str) {}
}

pub fn sources([people, units, places]: [&str; 3]) -> Sources {
    Sources {
        people: people.into(),
        org_units: units.into(),
        assignments: places.into(),
    }
}

pub struct World {
    pub bed: TestDatabase,
    pub admin: Viewer,
}

async fn hire(bed: &TestDatabase, handle: &str) -> Viewer {
    let mut tx = bed.database.begin(&Viewer::system("test")).await.unwrap();
    let new = NewPerson {
        handle: handle.to_owned(),
        name: format!("Admin {handle}"),
        role: OrganisationRole::NetworkAdmin,
        locale: "en".to_owned(),
        ..NewPerson::default()
    };
    let id = identity::commands::create_person(&mut tx, new)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    Viewer::person(id, OrganisationRole::NetworkAdmin, None)
}

impl World {
    pub async fn open(bed: TestDatabase) -> Self {
        let mut tx = bed.database.begin(&Viewer::system("test")).await.unwrap();
        identity::commands::create_organisation(&mut tx, "Lindenbank")
            .await
            .unwrap();
        communities::commands::ensure_all_company(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let admin = hire(&bed, "ada").await;
        let mut tx = bed.database.begin(&Viewer::system("test")).await.unwrap();
        let (report, _) = org::bring(&mut tx, &sources([PEOPLE, UNITS, PLACES]), false, &Silent)
            .await
            .unwrap();
        assert!(report.is_accepted(), "{report}");
        tx.commit().await.unwrap();
        let world = Self { bed, admin };
        world.bed.clock.advance_seconds(86_400);
        let north = world.unit("NORD").await;
        world.keep("Alle im Norden", north, true).await;
        world
    }

    pub fn reader(&self) -> Reader {
        self.bed.database.reader(&self.admin)
    }

    pub async fn try_out(&self, files: &Sources) -> Rehearsed {
        let database = &self.bed.database;
        commands::rehearse(database, &self.admin, files, None, &Silent)
            .await
            .unwrap()
    }

    /// Units, lasting places, people and what HR keeps of them, in words.
    pub async fn organisation(&self) -> String {
        let reader = self.reader();
        let mut words = String::new();
        for unit in directory::queries::all_units(&reader).await.unwrap() {
            writeln!(words, "{unit:?}").unwrap();
        }
        let mut places: Vec<String> = directory::queries::everybody_placed(&reader, reader.now())
            .await
            .unwrap()
            .iter()
            .map(|place| format!("{place:?}"))
            .collect();
        places.sort_unstable();
        // Ids of what came and went again differ; those of what was there before must not.
        let lasting = directory::queries::lasting_places(&reader, reader.now())
            .await
            .unwrap();
        for place in lasting {
            let (role, head, end) = (place.role, place.is_head, place.ends_at);
            writeln!(
                words,
                "{} {} {role} {head} {end:?}",
                place.person_id, place.unit_id
            )
            .unwrap();
        }
        words.push_str(&places.join("\n"));
        let filter = identity::queries::PeopleFilter {
            include_deactivated: true,
            ..Default::default()
        };
        let args = PageArgs::forward(100, None).unwrap();
        let people = identity::queries::people(&reader, &filter, &args)
            .await
            .unwrap();
        for (_, person) in people.items {
            let email = person.email.unwrap_or_default();
            if email.starts_with("arno") && !person.is_active {
                continue;
            }
            let state = if person.is_active { "here" } else { "gone" };
            let hr = identity::queries::hr_fields(&reader, person.id)
                .await
                .unwrap();
            let (name, title, place) = (person.name, person.title, person.location);
            let login = email.split('@').next().unwrap_or_default();
            writeln!(words, "\n{name} {title} {place} {hr:?} {login}: {state}").unwrap();
        }
        let mut lines: Vec<&str> = words.lines().filter(|line| !line.is_empty()).collect();
        lines.sort_unstable();
        lines.join("\n")
    }

    pub async fn head(&self) -> Position {
        testkit::settle::settled(&self.bed.database).await;
        journal::head(&self.reader()).await.unwrap()
    }

    /// Nobody may be notified of each of the changes; that somebody may no longer sign in is always told.
    pub async fn no_loud_events(&self, since: Position) {
        testkit::settle::settled(&self.bed.database).await;
        let system = self.bed.database.reader(&Viewer::system("test"));
        let events = journal::read(&system, since, 10_000).await.unwrap();
        let loud: Vec<_> = events
            .iter()
            .filter(|event| !event.imported)
            .map(|event| event.kind.as_str())
            .filter(|kind| kind.starts_with("person.") || kind.starts_with("assignment."))
            .collect();
        assert_eq!(loud, ["person.deactivated"]);
        let applied = events
            .iter()
            .filter(|event| event.kind == "reorganisation.applied");
        assert_eq!(applied.count(), 1);
    }

    pub async fn person(&self, email: &str) -> PersonId {
        let found = identity::queries::person_by_email(&self.reader(), email).await;
        found.unwrap().unwrap().id
    }

    pub async fn unit(&self, code: &str) -> OrgUnitId {
        let units = directory::queries::all_units(&self.reader()).await.unwrap();
        units.iter().find(|unit| unit.code == code).unwrap().id
    }

    pub async fn set_active(&self, person: PersonId, active: bool) {
        person_set_active(&self.bed.database, &self.admin, person, active)
            .await
            .unwrap();
    }

    pub async fn give_a_place(&self, person: PersonId) {
        let unit_id = self.unit("N2").await;
        let mut tx = self.bed.database.begin(&self.admin).await.unwrap();
        let new = NewAssignment {
            unit_id,
            person_id: person,
            role: "Springerin".to_owned(),
            is_head: false,
            starts_at: tx.now(),
        };
        assign(&mut tx, new).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn stand_in_for(&self, unit: OrgUnitId) {
        let henrike = self.person("henrike@example.org").await;
        let now = self.bed.database.now();
        stand_in_name(
            &self.bed.database,
            &self.admin,
            unit,
            henrike,
            None,
            now.plus_seconds(86_400),
        )
        .await
        .unwrap();
    }

    async fn keep(&self, name: &str, unit: OrgUnitId, is_shared: bool) {
        let draft = AudienceDraft {
            name: name.to_owned(),
            rule: Rule::Place {
                units: vec![unit],
                with_below: true,
                roles: Vec::new(),
                heads_only: false,
            },
            is_shared,
        };
        audiences::commands::create(&self.bed.database, &self.admin, draft)
            .await
            .unwrap();
    }

    pub async fn keep_an_audience_of(&self, unit: OrgUnitId) {
        self.keep("Alle in Plön", unit, false).await;
    }

    /// An audience of the admin's own with the board and all below.
    pub async fn keep_a_private_audience(&self) -> &'static str {
        let all = self.unit("LB").await;
        self.keep("Nur für mich", all, false).await;
        "Nur für mich"
    }

    pub async fn another_admin(&self) -> Viewer {
        hire(&self.bed, "bo").await
    }
}
