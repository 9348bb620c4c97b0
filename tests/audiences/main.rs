//! Audiences: who is meant.

#![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

mod naive;
mod privacy;
mod saved;
mod sentences;
mod world;

use audiences::{Rule, queries};
use directory::commands::{NewAssignment, assign};
use kernel::{PageArgs, PersonId, Timestamp, Viewer};
use platform::{Reader, Sql};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use sea_orm::FromQueryResult;
use testkit::on_both_databases;

use world::World;

/// Rules tried on each database.
const TRIES: usize = 150;

#[derive(FromQueryResult)]
struct Id {
    id: PersonId,
}

async fn compiled(reader: &Reader, rule: &Rule, at: Timestamp) -> Vec<PersonId> {
    let mut sql = Sql::new("SELECT found.id FROM (");
    // A value before it, as in somebody's own statement.
    let part = queries::people_part(rule, at, 1);
    sql.hold(at);
    sql.append(part)
        .push(") found WHERE $1 = $1 ORDER BY found.id");
    let rows: Vec<Id> = sql.all(reader).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

async fn listed(reader: &Reader, rule: &Rule) -> (Vec<PersonId>, i64) {
    let (mut met, mut after) = (Vec::new(), None);
    loop {
        let args = PageArgs::forward(7, after).unwrap();
        let (page, total) = queries::people(reader, rule, &args).await.unwrap();
        after = page.info().end_cursor;
        let has_next = page.has_next;
        met.extend(page.items.into_iter().map(|(_, id)| id));
        if !has_next {
            return (met, total);
        }
    }
}

#[tokio::test]
async fn any_rule_means_the_same_in_sql_as_person_by_person() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let reader = world.house();
        let mut runner = TestRunner::deterministic();
        let rules = world.rules();
        for _ in 0..TRIES {
            let rule = rules.new_tree(&mut runner).unwrap().current();
            let mut meant = world.meant(&rule, reader.now());
            meant.sort();
            assert_eq!(
                compiled(&reader, &rule, reader.now()).await,
                meant,
                "{rule:?}"
            );
            let count = queries::count(&reader, &rule).await.unwrap();
            assert_eq!(count, i64::try_from(meant.len()).unwrap(), "{rule:?}");
            let person = &world.people[meant.len() % world.people.len()];
            let is_in = queries::contains(&reader, &rule, person.id).await.unwrap();
            assert_eq!(is_in, meant.contains(&person.id), "{rule:?}");
            let (why, reasons) = queries::why(&reader, &rule, person.id, "de").await.unwrap();
            assert_eq!(
                (why, reasons.len()),
                (is_in, rule.parts().len()),
                "{rule:?}"
            );
        }
        world.bed
    })
    .await;
}

#[tokio::test]
async fn the_list_has_everybody_once_in_the_order_of_names() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let reader = world.house();
        let (listed, total) = listed(&reader, &Rule::Everybody).await;
        let mut names: Vec<_> = (0..30).filter(|number| number % 10 != 9).collect();
        names.sort_by_key(|number| format!("person{number} person{number}"));
        let expected: Vec<_> = names
            .iter()
            .map(|number| world.people[*number].id)
            .collect();
        assert_eq!(listed, expected);
        assert_eq!(total, 27);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_change_of_the_directory_counts_at_once_and_days_count_as_they_come() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let person = &world.people[0];
        let rule = Rule::Place {
            units: vec![world.units[0].0],
            with_below: true,
            roles: vec!["night watch".to_owned()],
            heads_only: false,
        };
        let is_in = async || {
            queries::contains(&world.house(), &rule, person.id)
                .await
                .unwrap()
        };
        assert!(!is_in().await);
        let mut tx = world::system(&world.bed).await;
        let starts_at = tx.now().plus_seconds(60);
        let new = NewAssignment {
            unit_id: world.units[0].0,
            person_id: person.id,
            role: "Night Watch".to_owned(),
            is_head: false,
            starts_at,
        };
        assign(&mut tx, new).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!is_in().await);
        world.bed.clock.advance_seconds(60);
        assert!(is_in().await);
        assert_eq!(queries::count(&world.house(), &rule).await.unwrap(), 1);

        let house = Viewer::system("test");
        identity::commands::person_set_active(&world.bed.database, &house, person.id, false)
            .await
            .unwrap();
        assert!(!is_in().await);
        assert_eq!(queries::count(&world.house(), &rule).await.unwrap(), 0);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn skills_are_found_by_a_part_of_their_name() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let reader = world.house();
        let found = queries::named_skills(&reader, "WÄSCH", 5).await.unwrap();
        let [(name, total)] = found.as_slice() else {
            unreachable!("one skill in two spellings: {found:?}")
        };
        let skills = vec![name.clone()];
        let count = queries::count(&reader, &Rule::Skills { skills }).await;
        assert!(*total > 0 && count.unwrap() == *total);
        assert!(
            queries::named_skills(&reader, "%", 5)
                .await
                .unwrap()
                .is_empty()
        );
        world.bed
    })
    .await;
}

#[tokio::test]
async fn roles_come_once_whatever_their_case_with_the_number_of_people() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let reader = world.house();
        let roles = queries::roles(&reader).await.unwrap();
        let keys: Vec<_> = roles.iter().map(|(role, _)| role.to_lowercase()).collect();
        assert_eq!(keys, ["adviser", "teller", "ärztin"]);
        for (role, total) in roles {
            let rule = Rule::Place {
                units: Vec::new(),
                with_below: false,
                roles: vec![role],
                heads_only: false,
            };
            assert_eq!(queries::count(&reader, &rule).await.unwrap(), total);
        }
        world.bed
    })
    .await;
}
