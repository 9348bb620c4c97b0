//! What a viewer may ask about, and what a rule may be used for.

use audiences::{Purpose, Rule, queries};
use kernel::{CommunityId, OrgUnitId, PageArgs, PersonId, Viewer};
use platform::Reader;
use testkit::{on_both_databases, some_person};

use crate::world::World;

fn not(rule: Rule) -> Rule {
    Rule::Not(Box::new(rule))
}

fn members(community: CommunityId) -> Rule {
    Rule::Communities {
        communities: vec![community],
    }
}

/// All ways to ask about a rule; the reason for which each is refused, or nothing.
async fn refusals(reader: &Reader, rule: &Rule, person: PersonId) -> Vec<&'static str> {
    let page = PageArgs::forward(1, None).unwrap();
    let refused = [
        queries::check(reader, rule, Purpose::Address).await.err(),
        queries::count(reader, rule).await.err(),
        queries::people(reader, rule, &page).await.err(),
        queries::contains(reader, rule, person).await.err(),
        queries::why(reader, rule, person, "en").await.err(),
        queries::sentence(reader, rule, "en").await.err(),
    ];
    let mut reasons: Vec<_> = refused
        .iter()
        .flatten()
        .map(kernel::Error::reason)
        .collect();
    assert!([0, refused.len()].contains(&reasons.len()), "{reasons:?}");
    reasons.dedup();
    reasons
}

#[tokio::test]
async fn no_rule_tells_who_is_in_a_community_one_may_not_look_into() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let [public, private, secret] = [0, 1, 2].map(|at| &world.communities[at]);
        let outside = |(_, inside): &(CommunityId, Vec<PersonId>)| {
            let people = world.people.iter().filter(|person| person.is_active);
            people
                .map(|person| person.id)
                .find(|id| !inside.contains(id))
                .unwrap()
        };
        let someone = world.people[0].id;
        for (community, refusal) in [
            (private, "COMMUNITY_MEMBERS_HIDDEN"),
            (secret, "UNKNOWN_COMMUNITY"),
        ] {
            let stranger = world.reader(outside(community));
            let member = world.reader(*community.1.first().unwrap());
            let everybody_else = not(members(community.0));
            // However deep it is hidden, and also where it could not change the outcome.
            for rule in [
                members(community.0),
                everybody_else.clone(),
                Rule::Any(vec![Rule::Everybody, members(community.0)]),
                Rule::All(vec![
                    Rule::People {
                        people: vec![someone],
                    },
                    not(Rule::Any(vec![not(everybody_else)])),
                ]),
            ] {
                assert_eq!(
                    refusals(&stranger, &rule, someone).await,
                    [refusal],
                    "{rule:?}"
                );
                assert!(refusals(&member, &rule, someone).await.is_empty());
                let admin = Viewer::person(
                    outside(community),
                    kernel::OrganisationRole::NetworkAdmin,
                    None,
                );
                let admin = world.bed.database.reader(&admin);
                assert_eq!(
                    refusals(&admin, &rule, someone).await,
                    ["COMMUNITY_MEMBERS_HIDDEN"]
                );
                let nobody = world.bed.database.reader(&Viewer::anonymous());
                assert_eq!(refusals(&nobody, &rule, someone).await, ["UNAUTHENTICATED"]);
            }
        }
        let stranger = world.reader(outside(public));
        assert!(
            refusals(&stranger, &members(public.0), someone)
                .await
                .is_empty()
        );
        world.bed
    })
    .await;
}

#[tokio::test]
async fn what_a_rule_names_must_exist_before_it_is_stored() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let reader = world.reader(world.people[0].id);
        let place = |unit: OrgUnitId, role: &str| Rule::Place {
            units: vec![unit],
            with_below: true,
            roles: vec![role.to_owned()],
            heads_only: false,
        };
        let known = world.units[0].0;
        let unknown = OrgUnitId::from(some_person(1).uuid());
        for (rule, reason) in [
            (place(known, "teller"), None),
            (place(unknown, "teller"), Some("UNKNOWN_UNIT")),
            (place(known, "Astronaut"), Some("UNKNOWN_ROLE")),
            (
                Rule::People {
                    people: vec![some_person(1)],
                },
                Some("UNKNOWN_PERSON"),
            ),
            (Rule::Any(Vec::new()), Some("RULE_EMPTY")),
        ] {
            let checked = queries::check(&reader, &rule, Purpose::Address).await;
            assert_eq!(
                checked.err().map(|error| error.reason()),
                reason,
                "{rule:?}"
            );
        }
        world.bed
    })
    .await;
}

#[tokio::test]
async fn nobody_lets_himself_in_by_what_he_writes_about_himself() {
    on_both_databases(async |bed| {
        let world = World::open(bed).await;
        let reader = world.reader(world.people[0].id);
        let location = || Rule::Locations {
            locations: vec!["Vault".to_owned()],
        };
        let skill = || Rule::Skills {
            skills: vec!["Safe cracking".to_owned()],
        };
        let language = || {
            Rule::Any(vec![
                Rule::Everybody,
                Rule::Languages {
                    languages: vec!["de".to_owned()],
                },
            ])
        };
        for (own_attributes, reason) in [(false, Some("OWN_ATTRIBUTE")), (true, None)] {
            let purpose = Purpose::Access { own_attributes };
            for rule in [location(), not(not(location())), skill(), language()] {
                let checked = queries::check(&reader, &rule, purpose).await;
                assert_eq!(checked.err().map(|error| error.reason()), reason);
            }
            assert!(
                queries::check(&reader, &Rule::Everybody, purpose)
                    .await
                    .is_ok()
            );
        }
        for rule in [location(), skill(), language()] {
            assert!(
                queries::check(&reader, &rule, Purpose::Address)
                    .await
                    .is_ok()
            );
        }
        world.bed
    })
    .await;
}
