//! Creating and changing communities: checks, slugs, marks.

use communities::model::{
    CommunityChange, CommunityJoining, CommunityPosting, CommunityRole, CommunityVisibility,
    MAX_DESCRIPTION,
};
use communities::{CommunityView, NewCommunity, commands, queries};
use kernel::{CommunityId, Error};
use platform::Database;
use testkit::on_both_databases;

use crate::support::{
    admin, announced, counts, create, events, house, kind, outcome, people, public, reader, role,
    viewer,
};

async fn view(db: &Database, id: CommunityId) -> CommunityView {
    queries::by_id(&reader(db, &house()), id).await.unwrap()
}

fn named(name: &str) -> CommunityChange {
    CommunityChange {
        name: Some(name.to_owned()),
        ..CommunityChange::default()
    }
}

fn slugged(slug: &str) -> CommunityChange {
    CommunityChange {
        slug: Some(slug.to_owned()),
        ..CommunityChange::default()
    }
}

#[tokio::test]
async fn everybody_may_create_and_owns_what_was_created() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let anna = people(db, 1).await[0];
        let new = NewCommunity {
            description: "We **grow** things. <script>alert(1)</script>".to_owned(),
            topics: vec!["Plants".to_owned(), "#plants".to_owned(), "soil".to_owned()],
            posting: CommunityPosting::Moderators,
            ..kind(
                "  Garden   friends ",
                CommunityVisibility::Private,
                CommunityJoining::Request,
            )
        };
        let id = create(db, anna, new).await;
        let view = view(db, id).await;
        assert_eq!(
            (view.name.as_str(), view.slug.as_str()),
            ("Garden friends", "garden-friends")
        );
        assert!(view.description_html.contains("<strong>grow</strong>"));
        assert!(!view.description_html.contains("<script"));
        assert_eq!(view.topics, ["plants", "soil"]);
        assert_eq!(view.visibility, CommunityVisibility::Private);
        assert_eq!(view.posting, CommunityPosting::Moderators);
        assert_eq!(
            view.cover_color,
            communities::model::cover_color("Garden friends")
        );
        assert!(!view.is_official && !view.is_all_company && view.archived_at.is_none());
        assert_eq!(role(db, anna, id).await, Some(CommunityRole::Owner));
        assert_eq!(counts(db, id).await, (1, 1));
        assert_eq!(announced(db, "community.created").await, 1);
        assert_eq!(announced(db, "membership.joined").await, 1);
        bed
    })
    .await;
}

#[tokio::test]
async fn all_problems_of_an_input_come_back_together_and_nothing_is_written() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let anna = people(db, 1).await[0];
        let bad = NewCommunity {
            description: "x".repeat(MAX_DESCRIPTION + 1),
            topics: vec!["two words".to_owned()],
            ..NewCommunity::named("\u{200b} ")
        };
        let Err(Error::Invalid(problems)) = commands::create(db, &viewer(anna), bad).await else {
            panic!("three problems");
        };
        let found: Vec<_> = problems
            .iter()
            .map(|p| (p.path[0].as_str(), p.code))
            .collect();
        let wanted = [
            ("name", "REQUIRED"),
            ("description", "TEXT_TOO_LONG"),
            ("topics", "TOPIC_INVALID"),
        ];
        assert_eq!(found, wanted);
        assert_eq!(announced(db, "community.created").await, 0);
        assert_eq!(
            outcome(&commands::create(db, &house(), NewCommunity::named("A")).await),
            "UNAUTHENTICATED"
        );
        bed
    })
    .await;
}

#[tokio::test]
async fn creating_again_with_the_same_client_id_gives_the_same_community() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let new = || NewCommunity {
            client_id: Some(uuid::Uuid::from_u128(7)),
            ..NewCommunity::named("Garden")
        };
        let id = create(db, anna, new()).await;
        assert_eq!(create(db, anna, new()).await, id);
        assert_ne!(create(db, ben, new()).await, id, "only one's own");
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let (db, me) = (db.clone(), viewer(anna));
                let new = NewCommunity {
                    client_id: Some(uuid::Uuid::from_u128(8)),
                    ..NewCommunity::named("Garden")
                };
                tokio::spawn(async move { commands::create(&db, &me, new).await.unwrap() })
            })
            .collect();
        let mut made = Vec::new();
        for task in tasks {
            made.push(task.await.unwrap());
        }
        made.dedup();
        assert_eq!(made.len(), 1);
        bed
    })
    .await;
}

#[tokio::test]
async fn former_slugs_lead_to_the_community_for_good() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let me = viewer(anna);
        let id = public(db, anna, "Garden").await;
        commands::update(db, &me, id, named("Park")).await.unwrap();
        assert_eq!(view(db, id).await.slug, "park");
        commands::update(db, &me, id, slugged("The Green"))
            .await
            .unwrap();
        let r = reader(db, &viewer(ben));
        for slug in ["garden", "park", "the-green", "PARK"] {
            let found = queries::by_slug(&r, slug).await.unwrap();
            assert_eq!((found.id, found.slug.as_str()), (id, "the-green"), "{slug}");
        }
        // Nobody else gets a slug that was ever used; its community may take it back.
        let other = public(db, ben, "Garden").await;
        assert_eq!(view(db, other).await.slug, "garden-2");
        let theft = commands::update(db, &viewer(ben), other, slugged("park")).await;
        assert_eq!(outcome(&theft), "SLUG_TAKEN");
        commands::update(db, &me, id, slugged("garden"))
            .await
            .unwrap();
        assert_eq!(view(db, id).await.slug, "garden");
        bed
    })
    .await;
}

#[tokio::test]
async fn slugs_that_cannot_be_are_refused_or_avoided() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let anna = people(db, 1).await[0];
        let id = public(db, anna, "New").await;
        assert_eq!(view(db, id).await.slug, "new-2", "an address of the client");
        for (slug, code) in [
            ("new", "SLUG_TAKEN"),
            ("!!", "SLUG_INVALID"),
            ("", "SLUG_INVALID"),
        ] {
            let done = commands::update(db, &viewer(anna), id, slugged(slug)).await;
            assert_eq!(outcome(&done), code, "{slug}");
        }
        let long = "x".repeat(80);
        let id = public(db, anna, &long).await;
        assert!(view(db, id).await.slug.len() <= 64);
        bed
    })
    .await;
}

#[tokio::test]
async fn only_what_changes_is_announced() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let anna = people(db, 1).await[0];
        let me = viewer(anna);
        let id = public(db, anna, "Garden").await;
        let change = CommunityChange {
            name: Some("Garden".to_owned()),
            visibility: Some(CommunityVisibility::Public),
            posting: Some(CommunityPosting::Moderators),
            topics: Some(vec!["soil".to_owned()]),
            ..CommunityChange::default()
        };
        commands::update(db, &me, id, change.clone()).await.unwrap();
        commands::update(db, &me, id, change).await.unwrap();
        let all = events(db).await;
        let changed: Vec<_> = all
            .iter()
            .filter(|e| e.kind == "community.changed")
            .collect();
        assert_eq!(changed.len(), 1, "nothing changed the second time");
        assert_eq!(
            changed[0].payload["fields"],
            serde_json::json!(["topics", "posting"])
        );
        assert_eq!(changed[0].community(), Some(id));
        bed
    })
    .await;
}

#[tokio::test]
async fn the_official_mark_and_the_archive_are_undone_as_they_are_done() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let id = public(db, anna, "Garden").await;
        for official in [true, true, false] {
            commands::set_official(db, &admin(ben), id, official)
                .await
                .unwrap();
            assert_eq!(view(db, id).await.is_official, official);
        }
        assert_eq!(announced(db, "community.changed").await, 2);
        for archived in [true, true, false] {
            commands::set_archived(db, &viewer(anna), id, archived)
                .await
                .unwrap();
            assert_eq!(view(db, id).await.archived_at.is_some(), archived);
        }
        assert_eq!(announced(db, "community.archived").await, 1);
        assert_eq!(announced(db, "community.unarchived").await, 1);
        bed
    })
    .await;
}
