//! What network admins do, and what keeps them from locking everybody out.

use identity::commands::{self, NewAccount};
use identity::model::{HouseChange, SettingsUpdate};
use identity::queries;
use kernel::{Error, OrganisationRole, PersonId, Viewer};
use testkit::on_both_databases;

use crate::support::{House, new_person, problems, reason};

fn member(person: PersonId) -> Viewer {
    Viewer::person(person, OrganisationRole::Member, None)
}

fn account(handle: &str) -> NewAccount {
    NewAccount {
        handle: handle.to_owned(),
        name: "Nina Neu".to_owned(),
        email: String::new(),
        title: String::new(),
        role: OrganisationRole::Member,
        locale: "de".to_owned(),
    }
}

#[tokio::test]
async fn only_network_admins_administer() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let (database, viewer) = (&house.database, member(anna));
        let role = OrganisationRole::NetworkAdmin;
        let mut refused = vec![
            commands::person_create(database, &viewer, account("nina"))
                .await
                .err(),
            commands::person_set_active(database, &viewer, house.ada, false)
                .await
                .err(),
            commands::person_set_role(database, &viewer, anna, role)
                .await
                .err(),
            commands::person_reset_password(database, &viewer, house.ada)
                .await
                .err(),
            commands::organisation_update(database, &viewer, "Mine", HouseChange::default())
                .await
                .err(),
        ];
        let mut tx = database.begin(&viewer).await.unwrap();
        refused.push(
            commands::create_person(&mut tx, new_person("nina"))
                .await
                .err(),
        );
        refused.push(commands::create_organisation(&mut tx, "Mine").await.err());
        for error in refused {
            assert_eq!(
                error.expect("must be refused").reason(),
                "NETWORK_ADMIN_REQUIRED"
            );
        }
        drop(tx);
        let nobody = commands::organisation_update(
            database,
            &Viewer::anonymous(),
            "x",
            HouseChange::default(),
        )
        .await;
        assert!(matches!(nobody, Err(Error::Unauthenticated)));
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_new_person_gets_a_one_time_password() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let made = commands::person_create(&house.database, &house.admin(), account("Nina")).await;
        let (nina, password) = made.unwrap();
        let signed_in = house.login("nina", password.expose()).await.unwrap();
        assert_eq!(signed_in.person, nina);
        let viewer = house.viewer(&signed_in).await;
        let refused = house.authenticator.check_usable(&viewer).await;
        assert_eq!(reason(refused), "PASSWORD_CHANGE_REQUIRED");
        let wrong = NewAccount {
            name: String::new(),
            email: "ADA@example.org".to_owned(),
            ..account("nina")
        };
        let wrong = commands::person_create(&house.database, &house.admin(), wrong).await;
        assert_eq!(problems(wrong), ["REQUIRED", "HANDLE_TAKEN", "EMAIL_TAKEN"]);
        house.bed
    })
    .await;
}

#[tokio::test]
async fn the_last_admin_stays() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let (database, admin) = (&house.database, house.admin());
        let anna = house.member("anna").await;
        let demote = async |person| {
            commands::person_set_role(database, &admin, person, OrganisationRole::Member).await
        };
        let deactivate =
            async |person| commands::person_set_active(database, &admin, person, false).await;
        assert_eq!(reason(demote(house.ada).await), "LAST_NETWORK_ADMIN");
        assert_eq!(reason(deactivate(house.ada).await), "LAST_NETWORK_ADMIN");
        let role = OrganisationRole::NetworkAdmin;
        commands::person_set_role(database, &admin, anna, role)
            .await
            .unwrap();
        deactivate(anna).await.unwrap();
        let left = demote(house.ada).await;
        assert_eq!(
            reason(left),
            "LAST_NETWORK_ADMIN",
            "a deactivated admin is none"
        );
        commands::person_set_active(database, &admin, anna, true)
            .await
            .unwrap();
        demote(house.ada).await.unwrap();
        house.bed
    })
    .await;
}

#[tokio::test]
async fn two_admins_cannot_take_the_right_from_each_other_at_once() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let (database, ada) = (&house.database, house.admin());
        let role = OrganisationRole::NetworkAdmin;
        for _ in 0..5 {
            commands::person_set_role(database, &ada, anna, role)
                .await
                .unwrap();
            let as_anna = Viewer::person(anna, role, None);
            let member = OrganisationRole::Member;
            let (one, two) = tokio::join!(
                commands::person_set_role(database, &ada, anna, member),
                commands::person_set_role(database, &as_anna, house.ada, member),
            );
            assert_eq!(
                [one.is_ok(), two.is_ok()]
                    .iter()
                    .filter(|done| **done)
                    .count(),
                1
            );
            commands::person_set_role(database, &as_anna, house.ada, role)
                .await
                .unwrap();
        }
        house.bed
    })
    .await;
}

#[tokio::test]
async fn whoever_goes_is_signed_out_and_keeps_a_face() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let signed_in = house.signed_in("anna").await;
        commands::person_set_active(&house.database, &house.admin(), anna, false)
            .await
            .unwrap();
        house.pump().await;
        assert!(!house.lets_in(&signed_in.access_token).await);
        assert_eq!(reason(house.refresh(&signed_in).await), "UNAUTHENTICATED");
        let reader = house.database.reader(&member(house.member("ben").await));
        let seen = queries::person(&reader, anna).await.unwrap();
        assert!(!seen.is_active);
        assert_eq!(seen.name, "Person anna");
        commands::person_set_active(&house.database, &house.admin(), anna, true)
            .await
            .unwrap();
        house.pump().await;
        assert!(
            !house.lets_in(&signed_in.access_token).await,
            "what ended stays ended"
        );
        assert!(
            house
                .lets_in(&house.signed_in("anna").await.access_token)
                .await
        );
        assert_eq!(house.count("person.deactivated").await, 1);
        assert_eq!(house.count("person.reactivated").await, 1);
        house.bed
    })
    .await;
}

#[tokio::test]
async fn what_changes_nothing_is_not_told() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let (database, admin) = (&house.database, house.admin());
        let before = house.kinds().await.len();
        commands::person_set_active(database, &admin, anna, true)
            .await
            .unwrap();
        let role = OrganisationRole::Member;
        commands::person_set_role(database, &admin, anna, role)
            .await
            .unwrap();
        assert_eq!(house.kinds().await.len(), before);
        let nobody = testkit::some_person(99);
        let missing = commands::person_set_active(database, &admin, nobody, false).await;
        assert_eq!(reason(missing), "NOT_FOUND");
        house.bed
    })
    .await;
}

#[tokio::test]
async fn the_organisation_gets_a_new_name() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let (database, admin) = (&house.database, house.admin());
        let wrong =
            commands::organisation_update(database, &admin, "\u{202e} ", HouseChange::default())
                .await;
        assert_eq!(reason(wrong), "REQUIRED");
        commands::organisation_update(
            database,
            &admin,
            "  Other   Company ",
            HouseChange::default(),
        )
        .await
        .unwrap();
        let seen = queries::organisation(&database.reader(&admin))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(seen.name, "Other Company");
        assert_eq!(house.count("organisation.changed").await, 1);
        house.bed
    })
    .await;
}

/// What works councils ask for: the house can switch off what tells about people, whatever they chose, and
/// their choice is there again when it switches it on.
#[tokio::test]
async fn what_the_house_switches_off_nobody_shows() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let (database, admin) = (&house.database, house.admin());
        let anna = house.person(new_person("anna")).await;
        let viewer = member(anna);
        let all = SettingsUpdate {
            show_presence: Some(true),
            send_typing: Some(true),
            send_receipts: Some(true),
            ..SettingsUpdate::default()
        };
        commands::settings_update(database, &viewer, all)
            .await
            .unwrap();
        let shown = async || {
            let reader = database.reader(&admin);
            let person = queries::person(&reader, anna).await.unwrap();
            let receipts = queries::people_with_receipts(&reader, &[anna])
                .await
                .unwrap();
            let settings = queries::settings(&database.reader(&viewer)).await.unwrap();
            assert!(settings.show_presence && settings.send_typing && settings.send_receipts);
            [
                person.show_presence,
                settings.shows_typing(),
                !receipts.is_empty(),
            ]
        };
        assert_eq!(shown().await, [true; 3]);
        let switch = async |on: bool| {
            let change = HouseChange {
                presence: Some(on),
                typing: Some(on),
                receipts: Some(on),
            };
            commands::organisation_update(database, &admin, "House", change)
                .await
                .unwrap();
        };
        switch(false).await;
        assert_eq!(shown().await, [false; 3]);
        switch(true).await;
        assert_eq!(shown().await, [true; 3]);
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_renewal_beside_a_deactivation_is_done_or_refused_never_a_fault() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let (database, admin) = (&house.database, house.admin());
        for _ in 0..10 {
            let signed_in = house.signed_in("anna").await;
            let (renewed, off) = tokio::join!(
                house.refresh(&signed_in),
                commands::person_set_active(database, &admin, anna, false),
            );
            off.unwrap();
            match renewed {
                Ok(next) => assert_eq!(reason(house.refresh(&next).await), "UNAUTHENTICATED"),
                Err(error) => assert_eq!(error.reason(), "UNAUTHENTICATED", "{error:?}"),
            }
            commands::person_set_active(database, &admin, anna, true)
                .await
                .unwrap();
        }
        house.bed
    })
    .await;
}
