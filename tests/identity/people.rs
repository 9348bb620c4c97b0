//! People: found, shown, followed.

use identity::commands;
use identity::model::{NewPerson, ProfileInput, SettingsUpdate};
use identity::queries::{self, PeopleFilter};
use kernel::{Error, OrganisationRole, PageArgs, PersonId, Timestamp, TokenScope, Viewer};
use testkit::on_both_databases;

use crate::support::{House, new_person, problems, reason};

fn member(person: PersonId) -> Viewer {
    Viewer::person(person, OrganisationRole::Member, None)
}

fn named(handle: &str, name: &str, title: &str) -> NewPerson {
    NewPerson {
        name: name.to_owned(),
        title: title.to_owned(),
        ..new_person(handle)
    }
}

async fn found(house: &House, viewer: &Viewer, filter: PeopleFilter) -> Vec<String> {
    let reader = house.database.reader(viewer);
    let args = PageArgs::forward(100, None).unwrap();
    let page = queries::people(&reader, &filter, &args).await.unwrap();
    assert_eq!(
        queries::count_people(&reader, &filter).await.unwrap(),
        i64::try_from(page.items.len()).unwrap()
    );
    page.items
        .into_iter()
        .map(|(_, view)| view.handle)
        .collect()
}

fn query(text: &str) -> PeopleFilter {
    PeopleFilter {
        query: Some(text.to_owned()),
        ..PeopleFilter::default()
    }
}

#[tokio::test]
async fn people_are_found_by_any_part_of_name_handle_and_title() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house
            .person(named("jm", "Jörg Müller", "Head of Sales"))
            .await;
        house
            .person(named("anna", "Anna Muller-Weiß", "Sales"))
            .await;
        house
            .person(named("100_percent", "Per Cent", "50% Sales\\"))
            .await;
        let admin = house.admin();
        let asked = async |text: &str| found(&house, &admin, query(text)).await;
        assert_eq!(asked("muller").await, ["anna", "jm"]);
        assert_eq!(asked("  MÜLLER sales ").await, ["anna", "jm"]);
        assert_eq!(asked("head rg").await, ["jm"]);
        assert_eq!(asked("weiss").await, ["anna"]);
        assert_eq!(asked("%").await, ["100_percent"], "no wildcard");
        assert_eq!(asked("_").await, ["100_percent"], "no wildcard");
        assert_eq!(asked("\\").await, ["100_percent"], "no escape");
        assert_eq!(asked("' OR 1=1 --").await, Vec::<String>::new());
        assert_eq!(asked("").await.len(), 4);
        house.bed
    })
    .await;
}

#[tokio::test]
async fn pages_hold_everybody_once_in_the_order_of_names() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        for number in 0..23 {
            // Some names are equal: the order still has no ties.
            let name = format!("Person {:02}", number % 10);
            house.person(named(&format!("p{number}"), &name, "")).await;
        }
        let reader = house.database.reader(&house.admin());
        let filter = PeopleFilter::default();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let args = PageArgs::forward(5, after.take()).unwrap();
            let page = queries::people(&reader, &filter, &args).await.unwrap();
            after = page.info().end_cursor;
            seen.extend(page.items.iter().map(|(_, view)| view.clone()));
            if !page.has_next {
                break;
            }
        }
        assert_eq!(seen.len(), 24);
        let names: Vec<_> = seen.iter().map(|view| view.name.clone()).collect();
        let mut sorted = names.clone();
        sorted.sort();
        assert_eq!(names, sorted);
        let mut ids: Vec<_> = seen.iter().map(|view| view.id).collect();
        let backward = PageArgs::new(None, None, Some(5), after).unwrap();
        let page = queries::people(&reader, &filter, &backward).await.unwrap();
        let before: Vec<_> = page.items.iter().map(|(_, view)| view.id).collect();
        assert_eq!(
            before,
            ids[ids.len() - 6..ids.len() - 1],
            "the page before the last one"
        );
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 24);
        let foreign = PageArgs::forward(5, Some("nonsense".to_owned()));
        assert_eq!(reason(foreign), "INVALID_CURSOR");
        let cursor = kernel::Cursor::key(testkit::some_person(9).uuid()).encode();
        let unknown = PageArgs::forward(5, Some(cursor)).unwrap();
        assert_eq!(
            reason(queries::people(&reader, &filter, &unknown).await),
            "INVALID_CURSOR"
        );
        house.bed
    })
    .await;
}

#[tokio::test]
async fn lists_know_roles_and_who_has_left() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        house
            .person(NewPerson {
                is_active: false,
                ..new_person("gone")
            })
            .await;
        let (admin, viewer) = (house.admin(), member(anna));
        assert_eq!(
            found(&house, &viewer, PeopleFilter::default()).await,
            ["ada", "anna"]
        );
        let role = Some(OrganisationRole::NetworkAdmin);
        let admins = PeopleFilter {
            role,
            ..PeopleFilter::default()
        };
        assert_eq!(found(&house, &viewer, admins).await, ["ada"]);
        let all = PeopleFilter {
            include_deactivated: true,
            ..PeopleFilter::default()
        };
        assert_eq!(found(&house, &admin, all).await, ["ada", "anna", "gone"]);
        let ids = queries::active_ids_after(&house.database.reader(&admin), None, 10)
            .await
            .unwrap();
        assert_eq!(ids.len(), 2);
        let rest =
            queries::active_ids_after(&house.database.reader(&admin), Some(ids[0]), 10).await;
        assert_eq!(rest.unwrap(), ids[1..]);
        house.bed
    })
    .await;
}

#[tokio::test]
async fn whoever_is_not_signed_in_sees_nobody() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let blind = Viewer::token(
            house.ada,
            OrganisationRole::NetworkAdmin,
            vec![TokenScope::Write],
        );
        for viewer in [Viewer::anonymous(), blind] {
            let reader = house.database.reader(&viewer);
            let filter = PeopleFilter::default();
            let args = PageArgs::forward(10, None).unwrap();
            assert!(
                queries::people(&reader, &filter, &args)
                    .await
                    .unwrap()
                    .items
                    .is_empty()
            );
            assert_eq!(queries::count_people(&reader, &filter).await.unwrap(), 0);
            assert!(matches!(
                queries::person(&reader, house.ada).await,
                Err(Error::NotFound)
            ));
            assert!(
                queries::person_by_handle(&reader, "ada")
                    .await
                    .unwrap()
                    .is_none()
            );
            assert!(
                queries::person_by_email(&reader, "ada@example.org")
                    .await
                    .unwrap()
                    .is_none()
            );
            assert!(
                queries::follower_counts(&reader, &[house.ada])
                    .await
                    .unwrap()
                    .is_empty()
            );
            assert!(queries::settings_of(&reader, &[house.ada]).await.is_err());
            assert!(queries::follower_ids(&reader, house.ada).await.is_err());
        }
        house.bed
    })
    .await;
}

#[tokio::test]
async fn address_and_sign_of_life_are_for_oneself_and_admins() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let ben = house.member("ben").await;
        house.signed_in("anna").await;
        let seen_by = async |viewer: &Viewer| {
            let reader = house.database.reader(viewer);
            let view = queries::person(&reader, anna).await.unwrap();
            let by_address = queries::person_by_email(&reader, "anna@example.org")
                .await
                .unwrap();
            (
                view.email.is_some(),
                view.last_active_at.is_some(),
                by_address.is_some(),
            )
        };
        assert_eq!(seen_by(&member(anna)).await, (true, true, true));
        assert_eq!(seen_by(&house.admin()).await, (true, true, true));
        assert_eq!(seen_by(&member(ben)).await, (false, false, false));
        let scopes = vec![TokenScope::Read, TokenScope::Write];
        let narrow = Viewer::token(house.ada, OrganisationRole::NetworkAdmin, scopes);
        assert_eq!(
            seen_by(&narrow).await,
            (false, false, false),
            "a token without ADMIN"
        );
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_profile_is_cleaned_and_told() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let viewer = member(anna);
        let input = ProfileInput {
            name: " Anna \u{202e} Keller ".to_owned(),
            title: "Painter".to_owned(),
            about: "I **paint**. <script>alert(1)</script> [x](javascript:alert(1))".to_owned(),
            pronunciation: String::new(),
            location: "Köln".to_owned(),
        };
        commands::profile_update(&house.database, &viewer, input)
            .await
            .unwrap();
        let reader = house.database.reader(&viewer);
        let seen = queries::person(&reader, anna).await.unwrap();
        assert_eq!(seen.name, "Anna Keller");
        assert!(seen.about_html.contains("<strong>paint</strong>"));
        assert!(!seen.about_html.contains("<script") && !seen.about_html.contains("javascript:"));
        assert_eq!(house.count("person.changed").await, 1);
        assert_eq!(
            found(&house, &viewer, query("keller painter")).await,
            ["anna"]
        );
        assert!(
            found(&house, &viewer, query("person")).await.is_empty(),
            "the old name is gone"
        );
        let wrong = ProfileInput {
            name: String::new(),
            title: "x".repeat(151),
            about: "x".repeat(2001),
            ..ProfileInput::default()
        };
        let wrong = commands::profile_update(&house.database, &viewer, wrong).await;
        assert_eq!(
            problems(wrong),
            ["REQUIRED", "TEXT_TOO_LONG", "TEXT_TOO_LONG"]
        );
        house.bed
    })
    .await;
}

#[tokio::test]
async fn settings_change_one_by_one() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let viewer = member(anna);
        let reader = house.database.reader(&viewer);
        let before = queries::settings(&reader).await.unwrap();
        let change = SettingsUpdate {
            locale: Some("de".to_owned()),
            time_zone: Some("Europe/Berlin".to_owned()),
            ..SettingsUpdate::default()
        };
        commands::settings_update(&house.database, &viewer, change)
            .await
            .unwrap();
        let after = queries::settings(&reader).await.unwrap();
        assert_eq!(
            (after.locale.as_str(), after.time_zone.as_str()),
            ("de", "Europe/Berlin")
        );
        assert_eq!(after.theme, before.theme);
        assert_eq!(after.show_presence, before.show_presence);
        let wrong = SettingsUpdate {
            locale: Some("xx".to_owned()),
            time_zone: Some("no zone".to_owned()),
            ..SettingsUpdate::default()
        };
        let wrong = commands::settings_update(&house.database, &viewer, wrong).await;
        assert_eq!(problems(wrong), ["LOCALE_UNKNOWN", "TIME_ZONE_UNKNOWN"]);
        let all = house.database.reader(&Viewer::system("test"));
        let listed = queries::settings_of(&all, &[anna, house.ada])
            .await
            .unwrap();
        assert_eq!(listed.len(), 2);
        house.bed
    })
    .await;
}

#[tokio::test]
async fn following_twice_is_following_once() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let ben = house.member("ben").await;
        let viewer = member(anna);
        let database = &house.database;
        for _ in 0..2 {
            commands::person_follow(database, &viewer, ben, true)
                .await
                .unwrap();
        }
        let reader = database.reader(&viewer);
        assert_eq!(queries::following(&reader).await.unwrap(), [ben]);
        assert_eq!(
            queries::follower_counts(&reader, &[ben, anna])
                .await
                .unwrap(),
            [(ben, 1)]
        );
        let house_reader = database.reader(&Viewer::system("test"));
        assert_eq!(
            queries::follower_ids(&house_reader, ben).await.unwrap(),
            [anna]
        );
        for _ in 0..2 {
            commands::person_follow(database, &viewer, ben, false)
                .await
                .unwrap();
        }
        assert!(queries::following(&reader).await.unwrap().is_empty());
        assert_eq!(house.count("person.followed").await, 1);
        assert_eq!(house.count("person.unfollowed").await, 1);

        let follow = |person| commands::person_follow(database, &viewer, person, true);
        assert_eq!(reason(follow(anna).await), "CANNOT_FOLLOW_SELF");
        assert_eq!(reason(follow(testkit::some_person(9)).await), "NOT_FOUND");
        let gone = house
            .person(NewPerson {
                is_active: false,
                ..new_person("gone")
            })
            .await;
        assert_eq!(reason(follow(gone).await), "PERSON_DEACTIVATED");
        house.bed
    })
    .await;
}

#[tokio::test]
async fn importers_bring_people_with_their_past() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let joined = Timestamp::from_millis(1_500_000_000_000);
        let id = PersonId::at(joined);
        let new = NewPerson {
            id: Some(id),
            joined_at: Some(joined),
            imported: true,
            about: "Likes *birds*".to_owned(),
            ..new_person("old.hand")
        };
        assert_eq!(house.person(new.clone()).await, id);
        let reader = house.database.reader(&house.admin());
        let seen = queries::person(&reader, id).await.unwrap();
        assert_eq!(seen.joined_at, joined);
        assert!(seen.about_html.contains("<em>birds</em>"));
        let again = house.try_person(NewPerson { id: None, ..new }).await;
        assert_eq!(problems(again), ["HANDLE_TAKEN", "EMAIL_TAKEN"]);
        let handles = ["old.hand".to_owned(), "ada".to_owned(), "nobody".to_owned()];
        assert_eq!(
            queries::people_by_handles(&reader, &handles)
                .await
                .unwrap()
                .len(),
            2
        );
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_picture_has_an_address_that_changes_with_it() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let viewer = member(anna);
        let set = async |avatar: Option<kernel::AttachmentId>| {
            let mut tx = house.database.begin(&viewer).await.unwrap();
            let permit = identity::policy::may_edit_self(&tx).await.unwrap();
            commands::set_avatar(&mut tx, permit, avatar).await.unwrap();
            tx.commit().await.unwrap();
            let reader = house.database.reader(&viewer);
            queries::person(&reader, anna).await.unwrap().avatar_url()
        };
        let first = set(Some(kernel::AttachmentId::at(house.database.now())))
            .await
            .unwrap();
        let second = set(Some(kernel::AttachmentId::at(house.database.now())))
            .await
            .unwrap();
        assert!(first.starts_with(&format!("/media/avatar/{anna}?v=")));
        assert_ne!(first, second);
        assert_eq!(set(None).await, None);
        assert_eq!(house.count("person.changed").await, 3);
        house.bed
    })
    .await;
}
