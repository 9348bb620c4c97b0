//! The organisation from the staff department's files: whole or not at all, and the same again writes
//! nothing.

use std::path::{Path, PathBuf};

use identity::model::PersonView;
use importers::org::{self, Options, Report};
use kernel::{Position, Viewer};
use platform::{Database, journal};
use testkit::{TestDatabase, on_both_databases};

use crate::{Silent, head, set_up};

const PEOPLE: &str = "id,name,email,title,location,language,active
1,Henrike Lindner,henrike@example.org,Vorstand,Hamburg,de,yes
2,Claudia Jansen,claudia@example.org,Bezirksleiterin,Hamburg,de,yes
3,Lena Carstens,lena@example.org,Kasse,Altona,de,yes
4,Lena Carstens,,Kasse,Kiel,en,yes
";
const UNITS: &str = "code,parent_code,name,type,time_zone,opening_hours
LB,,Lindenbank,company,Europe/Berlin,Mo-Fr 09:00-17:00
NORD,LB,Bezirk Nord,district,,
N1,NORD,Filiale Altona,branch,,
N2,NORD,Filiale Kiel,branch,,
";
const PLACES: &str = "person,unit,role,head,from,to
1,LB,Vorstand,yes,2020-01-01,
2,NORD,Bezirksleiterin,yes,,
3,N1,Kasse,no,,
4,N2,Kasse,no,,
";

fn folder(bed: &TestDatabase, name: &str, files: [&str; 3]) -> PathBuf {
    let folder = bed.directory().join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let names = ["people.csv", "org_units.csv", "assignments.csv"];
    for (name, text) in names.into_iter().zip(files) {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

async fn import(database: &Database, folder: &Path, dry_run: bool) -> Report {
    let options = Options {
        folder: folder.to_owned(),
        dry_run,
    };
    org::import(database, &options, &Silent).await.unwrap()
}

fn reasons(report: &Report) -> Vec<String> {
    report.faults.iter().map(ToString::to_string).collect()
}

async fn people(database: &Database) -> Vec<PersonView> {
    let reader = database.reader(&Viewer::system("test"));
    let page = kernel::PageArgs::forward(100, None).unwrap();
    let filter = identity::queries::PeopleFilter::default();
    let found = identity::queries::people(&reader, &filter, &page).await;
    found
        .unwrap()
        .items
        .into_iter()
        .map(|(_, person)| person)
        .collect()
}

async fn person(database: &Database, name: &str, title: &str) -> PersonView {
    let all = people(database).await;
    let found = all
        .into_iter()
        .find(|each| each.name == name && each.location == title);
    found.unwrap_or_else(|| panic!("{name} of {title} is not there"))
}

async fn units_of(database: &Database, person: &PersonView) -> Vec<String> {
    let reader = database.reader(&Viewer::system("test"));
    let places = directory::queries::assignments_of(&reader, &[person.id])
        .await
        .unwrap();
    let ids: Vec<_> = places.iter().map(|place| place.unit_id).collect();
    let mut codes: Vec<String> = directory::queries::units(&reader, &ids)
        .await
        .unwrap()
        .into_iter()
        .map(|unit| unit.code)
        .collect();
    codes.sort_unstable();
    codes
}

#[tokio::test]
async fn a_dry_run_tells_what_will_be_written_and_a_second_run_writes_nothing() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        set_up(database).await;
        let files = folder(&bed, "org", [PEOPLE, UNITS, PLACES]);
        let before = head(database).await;
        let dry = import(database, &files, true).await;
        assert_eq!(head(database).await, before, "a dry run writes nothing");
        let first = import(database, &files, false).await;
        assert_eq!(reasons(&first), Vec::<String>::new());
        assert_eq!(
            (dry.counts, dry.joins),
            (first.counts.clone(), first.joins.clone())
        );
        assert_eq!(first.counts["people, new"], 4);
        assert_eq!(first.counts["units, new"], 4);
        assert_eq!(first.counts["places, new"], 4);
        assert_eq!(
            first.units_without_head,
            ["N1 Filiale Altona", "N2 Filiale Kiel"]
        );
        assert_eq!(first.orphaned_reports, Vec::<String>::new());

        let lena = person(database, "Lena Carstens", "Altona").await;
        let other = person(database, "Lena Carstens", "Kiel").await;
        assert_eq!(units_of(database, &lena).await, ["N1"]);
        assert_ne!(lena.handle, other.handle, "each has a handle of her own");
        let after = head(database).await;
        let second = import(database, &files, false).await;
        assert_eq!(
            head(database).await,
            after,
            "a second run writes nothing\n{second}"
        );
        assert_eq!(second.counts["places, the same"], 4);
        no_loud_events(database, before).await;
        bed
    })
    .await;
}

async fn no_loud_events(database: &Database, since: Position) {
    let reader = database.reader(&Viewer::system("test"));
    let events = journal::read(&reader, since, 10_000).await.unwrap();
    let loud: Vec<_> = events
        .iter()
        .filter(|event| !event.imported && event.kind.starts_with("person."))
        .map(|event| event.kind.clone())
        .collect();
    assert_eq!(loud, Vec::<String>::new());
}

#[tokio::test]
async fn moves_leaves_and_a_unit_under_another_head_are_told_and_done() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        set_up(database).await;
        import(
            database,
            &folder(&bed, "old", [PEOPLE, UNITS, PLACES]),
            false,
        )
        .await;
        let units = UNITS.replace("N2,NORD,Filiale Kiel", "N2,LB,Filiale Kiel-Mitte");
        let people = PEOPLE
            .replace(
                "3,Lena Carstens,lena@example.org,Kasse",
                "3,Lena Carstens,lena@example.org,Beraterin",
            )
            .replace(
                "2,Claudia Jansen,claudia@example.org,Bezirksleiterin,Hamburg,de,yes",
                "2,Claudia Jansen,claudia@example.org,Bezirksleiterin,Hamburg,de,no",
            );
        let places = "person;unit;role;head\n1;LB;Vorstand;ja\n3;N2;Kasse;nein\n";
        let files = folder(&bed, "new", [&people, &units, places]);
        let report = import(database, &files, false).await;
        assert_eq!(reasons(&report), Vec::<String>::new());
        assert_eq!(
            report.moves,
            ["Lena Carstens: Filiale Altona → Filiale Kiel-Mitte"]
        );
        assert_eq!(
            report.leaves,
            ["Claudia Jansen: Bezirk Nord", "Lena Carstens: Filiale Kiel"]
        );
        assert_eq!(report.counts["units, changed"], 1);
        assert_eq!(report.counts["people, changed"], 2);
        let lena = person(database, "Lena Carstens", "Altona").await;
        assert_eq!(lena.title, "Beraterin");
        assert_eq!(units_of(database, &lena).await, ["N2"]);
        let reader = database.reader(&Viewer::system("test"));
        let claudia = identity::queries::person_by_email(&reader, "claudia@example.org").await;
        assert!(!claudia.unwrap().unwrap().is_active);
        let again = import(database, &files, true).await;
        assert_eq!(
            again.counts["places, new"] + again.counts["places, ended"],
            0
        );
        bed
    })
    .await;
}

#[tokio::test]
async fn half_broken_files_are_refused_whole_with_every_line_that_is_wrong() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        set_up(database).await;
        let before = head(database).await;
        let people = format!("{PEOPLE}1,Somebody,,,,fr,perhaps\n5,,,,,,\n6,Too,many,columns,in,this,line,here\n");
        let units = format!("{UNITS}N1,NORD,Again,branch,,\nX,NOWHERE,X,hut,Mars/Base,soon\n");
        let places = format!("{PLACES}9,N1,Kasse,no,,\n3,N9,Kasse,no,,\n3,N1,Kasse,no,,\n4,N1,x,no,2026-05-02,2026-05-01\n4,N2,y,no,someday,\n");
        let report = import(database, &folder(&bed, "bad", [&people, &units, &places]), false).await;
        let found = reasons(&report);
        for wanted in [
            "people.csv:6: id \"1\" stands in line 2 already",
            "people.csv:6: language is \"fr\"; write de or en",
            "people.csv:6: active is \"perhaps\"; write yes or no",
            "people.csv:7: name is empty",
            "people.csv:8: this line has 8 columns, the first one has 7",
            "org_units.csv:6: code \"N1\" stands in line 4 already",
            "org_units.csv:7: type is \"hut\"; write one of company, region, district, branch, team",
            "org_units.csv:7: there is no such time_zone; write for example Europe/Berlin",
            "assignments.csv:6: person \"9\" is not in people.csv",
            "assignments.csv:7: unit \"N9\" is not in org_units.csv",
            "assignments.csv:8: the same place stands in line 4 already",
            "assignments.csv:9: to is not after from",
            "assignments.csv:10: from is \"someday\"; write a day like 2026-05-01",
        ] {
            assert!(found.iter().any(|reason| reason == wanted), "{wanted} is missing in {found:#?}");
        }
        assert_eq!(head(database).await, before, "nothing was written");
        bed
    })
    .await;
}

#[tokio::test]
async fn a_ring_of_units_is_refused_by_name() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        set_up(database).await;
        let units = "name;type;code;parent_code;colour\nA;team;A;C;red\nB;team;B;A;red\nC;team;C;B;red\nD;team;D;C;red\n";
        let places = "person,unit\n";
        let report = import(database, &folder(&bed, "ring", [PEOPLE, units, places]), false).await;
        assert_eq!(
            reasons(&report),
            ["org_units.csv:2: these units stand in a ring: A → C → B → A"]
        );
        assert_eq!(report.unknown_columns, ["org_units.csv: colour"]);
        bed
    })
    .await;
}

#[tokio::test]
async fn what_only_the_database_knows_is_a_fault_with_its_line_too() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        set_up(database).await;
        let before = head(database).await;
        let people = PEOPLE.replace("claudia@example.org", "not an address");
        let report = import(
            database,
            &folder(&bed, "mail", [&people, UNITS, PLACES]),
            false,
        )
        .await;
        assert_eq!(report.faults.len(), 1, "{report}");
        assert_eq!(
            (report.faults[0].file, report.faults[0].line),
            ("people.csv", 3)
        );
        assert_eq!(head(database).await, before, "nothing was written");
        let latin = folder(&bed, "latin", ["", UNITS, PLACES]);
        std::fs::write(latin.join("people.csv"), b"id,name\n1,M\xfcller\n").unwrap();
        let report = import(database, &latin, false).await;
        assert!(
            reasons(&report)
                .contains(&"people.csv:2: this is not UTF-8; save the file as UTF-8".to_owned())
        );
        bed
    })
    .await;
}

#[tokio::test]
async fn somebody_who_is_here_already_is_known_by_the_address() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        set_up(database).await;
        let mut tx = database.begin(&Viewer::system("test")).await.unwrap();
        let new = identity::NewPerson {
            handle: "lena".to_owned(),
            name: "Lena C.".to_owned(),
            email: Some("Lena@Example.org".to_owned()),
            locale: "de".to_owned(),
            ..identity::NewPerson::default()
        };
        let known = identity::commands::create_person(&mut tx, new)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let report = import(
            database,
            &folder(&bed, "org", [PEOPLE, UNITS, PLACES]),
            false,
        )
        .await;
        assert_eq!(report.counts["people, new"], 3);
        let lena = person(database, "Lena Carstens", "Altona").await;
        assert_eq!((lena.id, lena.handle.as_str()), (known, "lena"));
        bed
    })
    .await;
}

#[tokio::test]
async fn what_comes_from_the_files_is_marked_and_people_do_not_change_it() {
    on_both_databases(async |bed| {
        let database = &bed.database;
        set_up(database).await;
        import(
            database,
            &folder(&bed, "org", [PEOPLE, UNITS, PLACES]),
            false,
        )
        .await;
        let lena = person(database, "Lena Carstens", "Altona").await;
        let reader = database.reader(&Viewer::system("test"));
        let kept = identity::queries::hr_fields(&reader, lena.id)
            .await
            .unwrap();
        use identity::HrField::{Email, Location, Name, Phone, Title};
        assert_eq!(kept, [Name, Title, Location, Email]);
        // She of the same name in Kiel has no address in the file.
        let other = person(database, "Lena Carstens", "Kiel").await;
        let fields = identity::queries::hr_fields(&reader, other.id)
            .await
            .unwrap();
        assert_eq!(fields, [Name, Title, Location]);

        let herself = Viewer::person(lena.id, kernel::OrganisationRole::Member, None);
        let change = |title: &str, about: &str| identity::model::ProfileInput {
            name: lena.name.clone(),
            title: title.to_owned(),
            about: about.to_owned(),
            pronunciation: String::new(),
            location: lena.location.clone(),
        };
        let refused =
            identity::commands::profile_update(database, &herself, change("Chefin", "")).await;
        assert_eq!(refused.unwrap_err().reason(), "KEPT_BY_HR");
        identity::commands::profile_update(database, &herself, change(&lena.title, "Segelt gern"))
            .await
            .unwrap();

        // Fields that were marked in another way stay so; a column that is not there decides nothing.
        let mut tx = database.begin(&Viewer::system("test")).await.unwrap();
        let fields = [(lena.id, vec![Name, Title, Location, Email, Phone])];
        identity::commands::bring_hr_fields(&mut tx, &fields)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let without_title = PEOPLE.replace(",title,", ",function,");
        let files = folder(&bed, "without", [&without_title, UNITS, PLACES]);
        let report = import(database, &files, false).await;
        assert_eq!(report.unknown_columns, ["people.csv: function"]);
        assert_eq!(report.counts["people, changed"], 0);
        let kept = identity::queries::hr_fields(&reader, lena.id)
            .await
            .unwrap();
        assert_eq!(kept, [Name, Location, Email, Phone]);
        let now = person(database, "Lena Carstens", "Altona").await;
        assert_eq!(
            (now.title, now.about),
            (lena.title.clone(), "Segelt gern".to_owned())
        );
        identity::commands::profile_update(database, &herself, change("Kassiererin", ""))
            .await
            .unwrap();
        let before = head(database).await;
        import(database, &files, false).await;
        assert_eq!(head(database).await, before, "a second run writes nothing");
        bed
    })
    .await;
}
