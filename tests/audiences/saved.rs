//! Audiences kept under a name: whose they are, who sees them, and what a change needs.

use audiences::commands::{create, delete, update};
use audiences::model::AudienceDraft;
use audiences::{Rule, queries};
use kernel::{OrganisationRole, PageArgs, PersonId, Viewer};
use testkit::on_both_databases;

use crate::world::World;

fn draft(name: &str, rule: Rule, is_shared: bool) -> AudienceDraft {
    AudienceDraft {
        name: name.to_owned(),
        rule,
        is_shared,
    }
}

fn viewer(person: PersonId) -> Viewer {
    Viewer::person(person, OrganisationRole::Member, None)
}

async fn names(world: &World, person: PersonId, owner: Option<PersonId>) -> Vec<String> {
    let page = PageArgs::forward(100, None).unwrap();
    let reader = world.reader(person);
    let found = queries::saved_page(&reader, owner, &page);
    let (page, total) = found.await.unwrap();
    let names: Vec<_> = page
        .items
        .into_iter()
        .map(|(_, saved)| saved.name)
        .collect();
    assert_eq!(total, i64::try_from(names.len()).unwrap());
    names
}

#[tokio::test]
async fn everybody_sees_his_own_and_shared_ones_whose_communities_he_may_look_into() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let (private, inside) = &world.communities[1];
        let active = world.people.iter().filter(|person| person.is_active);
        let active: Vec<_> = active.map(|person| person.id).collect();
        let insiders: Vec<_> = active.iter().filter(|id| inside.contains(id)).collect();
        let outsider = *active.iter().find(|id| !inside.contains(id)).unwrap();
        let [owner, other] = [*insiders[0], *insiders[1]];

        let members = || Rule::Communities {
            communities: vec![*private],
        };
        for (name, rule, is_shared) in [
            ("b shared members", members(), true),
            ("c own", Rule::Everybody, false),
            ("A shared", Rule::Everybody, true),
        ] {
            let draft = draft(name, rule, is_shared);
            create(&world.bed.database, &viewer(owner), draft)
                .await
                .unwrap();
        }
        assert_eq!(
            names(&world, owner, None).await,
            ["A shared", "b shared members", "c own"]
        );
        assert_eq!(
            names(&world, other, None).await,
            ["A shared", "b shared members"]
        );
        assert_eq!(names(&world, outsider, None).await, ["A shared"]);
        assert!(names(&world, other, Some(other)).await.is_empty());

        let outsider = viewer(outsider);
        let refused = create(&world.bed.database, &outsider, draft("x", members(), true)).await;
        assert_eq!(refused.unwrap_err().reason(), "COMMUNITY_MEMBERS_HIDDEN");
        world.bed
    })
    .await;
}

#[tokio::test]
async fn only_the_owner_changes_it_and_only_the_version_he_has_seen() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let [owner, other] = [world.people[0].id, world.people[1].id];
        let database = &world.bed.database;
        let shared = draft("Everybody", Rule::Everybody, true);
        let id = create(database, &viewer(owner), shared.clone())
            .await
            .unwrap();

        let refused = update(database, &viewer(other), (id, 1), shared.clone()).await;
        assert_eq!(refused.unwrap_err().reason(), "NOT_YOURS");
        assert_eq!(
            delete(database, &viewer(other), id)
                .await
                .unwrap_err()
                .reason(),
            "NOT_YOURS"
        );
        let nameless = draft(" ", Rule::Any(Vec::new()), true);
        let refused = update(database, &viewer(owner), (id, 1), nameless)
            .await
            .unwrap_err();
        let kernel::Error::Invalid(problems) = refused else {
            unreachable!("problems of name and rule");
        };
        let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["INVALID_TEXT", "RULE_EMPTY"]);

        let own = draft(
            "Me",
            Rule::People {
                people: vec![owner],
            },
            false,
        );
        update(database, &viewer(owner), (id, 1), own.clone())
            .await
            .unwrap();
        let saved = queries::saved(&world.reader(owner), id).await.unwrap();
        assert_eq!((saved.version, saved.rule), (2, own.rule.clone()));
        assert!(queries::saved(&world.reader(other), id).await.is_err());
        let stale = update(database, &viewer(owner), (id, 1), own).await;
        assert_eq!(stale.unwrap_err().reason(), "CHANGED_MEANWHILE");

        delete(database, &viewer(owner), id).await.unwrap();
        assert!(queries::saved(&world.reader(owner), id).await.is_err());
        world.bed
    })
    .await;
}
