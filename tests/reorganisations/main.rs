//! Reorganisations: tried out without a trace, applied whole, taken back to exactly what was before.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failing unwrap is the test's message"
)]

mod world;

use kernel::{OrganisationRole, PageArgs, ReorganisationId, Viewer};
use reorganisations::model::{Rehearsed, ReorganisationPart as Part};
use reorganisations::{commands, queries};
use testkit::on_both_databases;

use world::{Silent, World, sources};

const NEW_PEOPLE: &str = "id,name,email,title,location,active
1,Henrike Lindner,henrike@example.org,Vorstand,Hamburg,yes
2,Claudia Jansen,claudia@example.org,Bezirksleiterin,Hamburg,no
3,Lena Carstens,lena@example.org,Beraterin,Kiel,yes
4,Arno Kessler,arno@example.org,Kasse,Kiel,yes
";
const NEW_UNITS: &str = "code,parent_code,name,type
LB,,Lindenbank,company
NORD,LB,Bezirk Nord,district
N1,NORD,Filiale Altona,branch
N2,LB,Filiale Kiel-Mitte,branch
N3,NORD,Filiale Plön,branch
";
const NEW_PLACES: &str = "person,unit,role,head
1,LB,Vorstand,yes
3,N2,Beraterin,yes
4,N3,Kasse,no
";

impl World {
    async fn rehearse(&self) -> ReorganisationId {
        let files = sources([NEW_PEOPLE, NEW_UNITS, NEW_PLACES]);
        match self.try_out(&files).await {
            Rehearsed::Done(id) => id,
            Rehearsed::Refused(faults) => panic!("refused: {faults:?}"),
        }
    }

    async fn found(&self, id: ReorganisationId, part: Part) -> Vec<String> {
        self.found_by(&self.admin, id, part).await
    }

    async fn found_by(&self, viewer: &Viewer, id: ReorganisationId, part: Part) -> Vec<String> {
        let reader = self.bed.database.reader(viewer);
        let args = PageArgs::forward(100, None).unwrap();
        let (page, total) = queries::lines(&reader, id, (part, None), &args)
            .await
            .unwrap();
        assert_eq!(usize::try_from(total).unwrap(), page.items.len());
        let lines = page.items.into_iter().map(|(_, line)| {
            let person = line.person_name.map(|name| format!("{name}: "));
            format!("{}{}", person.unwrap_or_default(), line.text)
        });
        lines.collect()
    }

    async fn apply(&self, id: ReorganisationId) -> kernel::Result<()> {
        commands::apply(&self.bed.database, &self.admin, id, &Silent).await
    }

    async fn undo(&self, id: ReorganisationId) -> kernel::Result<()> {
        commands::undo(&self.bed.database, &self.admin, id).await
    }
}

fn reason(result: kernel::Result<()>) -> &'static str {
    result.map_or_else(|error| error.reason(), |()| "done")
}

#[tokio::test]
async fn a_rehearsal_tells_who_gains_and_loses_what_and_changes_nothing() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let before = world.organisation().await;
        let id = world.rehearse().await;
        assert_eq!(world.organisation().await, before, "nothing was changed");
        for (part, lines) in [
            (Part::PeopleNew, vec!["Arno Kessler"]),
            (Part::PeopleDeactivated, vec!["Claudia Jansen"]),
            (
                Part::Moves,
                vec!["Lena Carstens: Filiale Altona → Filiale Kiel-Mitte"],
            ),
            (Part::Leaves, vec!["Claudia Jansen: Bezirk Nord"]),
            (Part::Joins, vec!["Arno Kessler: Filiale Plön"]),
            (Part::UnitsMade, vec!["N3 Filiale Plön"]),
            (
                Part::UnitsMoved,
                vec!["N2 Filiale Kiel-Mitte: Bezirk Nord → Lindenbank"],
            ),
            (
                Part::UnitsRenamed,
                vec!["N2 Filiale Kiel → Filiale Kiel-Mitte"],
            ),
            (Part::UnitsWithoutHead, vec!["N3 Filiale Plön"]),
            (
                Part::UnitGained,
                vec![
                    "Arno Kessler: Filiale Plön",
                    "Lena Carstens: Filiale Kiel-Mitte",
                ],
            ),
            (
                Part::UnitLost,
                vec![
                    "Claudia Jansen: Bezirk Nord",
                    "Lena Carstens: Filiale Altona",
                ],
            ),
            // The board had the whole line before; the new branch comes into it. Claudia's was the district with
            // both branches: told once, at its top.
            (
                Part::LineGained,
                vec![
                    "Henrike Lindner: Filiale Plön",
                    "Lena Carstens: Filiale Kiel-Mitte",
                ],
            ),
            (Part::LineLost, vec!["Claudia Jansen: Bezirk Nord"]),
            (Part::AudienceGained, vec!["Arno Kessler: Alle im Norden"]),
            (
                Part::AudienceLost,
                vec![
                    "Claudia Jansen: Alle im Norden",
                    "Lena Carstens: Alle im Norden",
                ],
            ),
            (Part::CommunityGained, vec!["Arno Kessler: Lindenbank"]),
            (Part::CommunityLost, vec!["Claudia Jansen: Lindenbank"]),
            (Part::Orphaned, vec![]),
        ] {
            assert_eq!(world.found(id, part).await, lines, "{part}");
        }
        let totals = queries::totals(&world.reader(), id).await.unwrap();
        assert_eq!(totals[&Part::UnitLost], 2);
        assert_eq!(totals[&Part::AudienceLost], 2);
        assert!(!totals.contains_key(&Part::Orphaned));
        let lena = (Part::UnitLost, Some("lena"));
        let args = PageArgs::forward(1, None).unwrap();
        let (page, total) = queries::lines(&world.reader(), id, lena, &args)
            .await
            .unwrap();
        assert_eq!((total, page.has_next), (1, false));
        world.bed
    })
    .await;
}

#[tokio::test]
async fn it_is_applied_whole_and_taken_back_to_exactly_what_was() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let before = world.organisation().await;
        let id = world.rehearse().await;
        world.bed.clock.advance_seconds(3_600);
        let since = world.head().await;
        world.apply(id).await.unwrap();
        let after = world.organisation().await;
        assert_ne!(after, before);
        for part in ["Arno Kessler", "Kiel-Mitte", "N3", "claudia: gone"] {
            assert!(after.contains(part), "{part} is missing in\n{after}");
        }
        assert_eq!(reason(world.apply(id).await), "WRONG_STATE");
        world.no_loud_events(since).await;

        world.bed.clock.advance_seconds(3_600);
        world.undo(id).await.unwrap();
        assert_eq!(world.organisation().await, before);
        assert_eq!(reason(world.undo(id).await), "WRONG_STATE");
        // Who came with the files is somebody who may not sign in; the same files find the same person.
        let again = world.rehearse().await;
        assert_eq!(
            world.found(again, Part::PeopleReactivated).await,
            ["Arno Kessler"]
        );
        assert_eq!(
            world.found(again, Part::PeopleNew).await,
            Vec::<String>::new()
        );
        world.apply(again).await.unwrap();
        let again = world.organisation().await;
        assert!(
            again.contains("arno: here") && again.contains("Kiel-Mitte"),
            "{again}"
        );
        world.bed
    })
    .await;
}

#[tokio::test]
async fn an_organisation_that_changed_is_neither_overwritten_nor_taken_back() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let id = world.rehearse().await;
        world.bed.clock.advance_seconds(60);
        let lena = world.person("lena@example.org").await;
        world.set_active(lena, false).await;
        assert_eq!(reason(world.apply(id).await), "PEOPLE_CHANGED");
        let view = queries::one(&world.reader(), id).await.unwrap();
        assert!(queries::is_stale(&world.reader(), &view).await.unwrap());
        world.set_active(lena, true).await;
        world.give_a_place(lena).await;
        assert_eq!(reason(world.apply(id).await), "PLACES_CHANGED");

        let id = world.rehearse().await;
        world.bed.clock.advance_seconds(60);
        world.apply(id).await.unwrap();
        let after = world.organisation().await;
        world.bed.clock.advance_seconds(60);
        let arno = world.person("arno@example.org").await;
        world.set_active(arno, false).await;
        assert_eq!(reason(world.undo(id).await), "PEOPLE_CHANGED");
        world.set_active(arno, true).await;
        assert_eq!(world.organisation().await, after, "nothing was taken back");
        let unit = world.unit("N3").await;
        world.keep_an_audience_of(unit).await;
        assert_eq!(reason(world.undo(id).await), "UNIT_IN_USE");
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_unit_with_somebody_who_stands_in_is_not_taken_back() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let id = world.rehearse().await;
        world.apply(id).await.unwrap();
        let after = world.organisation().await;
        let unit = world.unit("N3").await;
        world.stand_in_for(unit).await;
        assert_eq!(reason(world.undo(id).await), "UNIT_IN_USE");
        assert_eq!(world.organisation().await, after, "nothing was taken back");
        world.bed
    })
    .await;
}

#[tokio::test]
async fn files_with_faults_are_refused_whole_and_leave_nothing() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let since = world.head().await;
        let people = NEW_PEOPLE.replace("arno@example.org", "no address");
        let files = sources([&people, NEW_UNITS, NEW_PLACES]);
        let Rehearsed::Refused(faults) = world.try_out(&files).await else {
            panic!("files with a fault were taken");
        };
        assert_eq!((faults[0].file, faults[0].line), ("people.csv", 5));
        let files = sources([NEW_PEOPLE, NEW_UNITS, "person,unit\n9,N1\n"]);
        let Rehearsed::Refused(faults) = world.try_out(&files).await else {
            panic!("files with a fault were taken");
        };
        assert_eq!(
            faults[0].to_string(),
            "assignments.csv:2: person \"9\" is not in people.csv"
        );
        assert_eq!(world.head().await, since);
        let args = PageArgs::forward(10, None).unwrap();
        let all = queries::list(&world.reader(), &args).await.unwrap();
        assert!(all.items.is_empty());
        world.bed
    })
    .await;
}

#[tokio::test]
async fn places_of_a_day_to_come_count_on_that_day() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let places =
            "person,unit,role,head,from\n1,LB,Vorstand,yes,\n3,N2,Beraterin,no,2026-02-01\n";
        let files = sources([NEW_PEOPLE, NEW_UNITS, places]);
        let at = "2026-02-01T00:00:00Z".parse().unwrap();
        for (at, gained) in [
            (None, vec![]),
            (Some(at), vec!["Lena Carstens: Filiale Kiel-Mitte"]),
        ] {
            let done = commands::rehearse(&world.bed.database, &world.admin, &files, at, &Silent);
            let Rehearsed::Done(id) = done.await.unwrap() else {
                panic!("refused");
            };
            assert_eq!(world.found(id, Part::UnitGained).await, gained);
        }
        world.bed
    })
    .await;
}

#[tokio::test]
async fn only_network_admins_see_it_and_audiences_only_whose_they_are() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let private = world.keep_a_private_audience().await;
        let id = world.rehearse().await;
        let own = world.found(id, Part::AudienceGained).await;
        assert!(own.contains(&format!("Arno Kessler: {private}")), "{own:?}");
        let other = world.another_admin().await;
        let seen = world.found_by(&other, id, Part::AudienceGained).await;
        assert_eq!(seen, ["Arno Kessler: Alle im Norden"]);
        let reader = world.bed.database.reader(&other);
        let totals = queries::totals(&reader, id).await.unwrap();
        assert_eq!(totals[&Part::AudienceGained], 1);

        let lena = world.person("lena@example.org").await;
        let member = Viewer::person(lena, OrganisationRole::Member, None);
        let database = &world.bed.database;
        let reader = database.reader(&member);
        let refused = queries::one(&reader, id).await.map(|_| ());
        assert_eq!(reason(refused), "NETWORK_ADMIN_REQUIRED");
        let files = sources([NEW_PEOPLE, NEW_UNITS, NEW_PLACES]);
        let refused = commands::rehearse(database, &member, &files, None, &Silent).await;
        assert_eq!(reason(refused.map(|_| ())), "NETWORK_ADMIN_REQUIRED");
        for refused in [
            commands::apply(database, &member, id, &Silent).await,
            commands::undo(database, &member, id).await,
            commands::discard(database, &member, id).await,
        ] {
            assert_eq!(reason(refused), "NETWORK_ADMIN_REQUIRED");
        }
        world.bed
    })
    .await;
}

#[tokio::test]
async fn what_is_thrown_away_leaves_no_lines_and_cannot_be_applied() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let id = world.rehearse().await;
        commands::discard(&world.bed.database, &world.admin, id)
            .await
            .unwrap();
        assert_eq!(reason(world.apply(id).await), "WRONG_STATE");
        let totals = queries::totals(&world.reader(), id).await.unwrap();
        assert!(totals.is_empty(), "{totals:?}");
        world.bed
    })
    .await;
}
