//! Setting up and signing in.

use identity::commands::{self, SetupInput};
use identity::model::NewPerson;
use identity::queries;
use kernel::{Error, OrganisationRole, Viewer};
use testkit::on_both_databases;

use crate::support::{House, PASSWORD, login_input, new_person, problems, reason, setup_input};

#[tokio::test]
async fn the_first_visit_makes_organisation_and_admin_once() {
    on_both_databases(async |bed| {
        assert!(queries::needs_setup(&bed.database).await.unwrap());
        let house = House::open(bed).await;
        assert!(!queries::needs_setup(&house.database).await.unwrap());
        assert_eq!(
            house.kinds().await[..2],
            ["organisation.created", "person.created"]
        );
        let reader = house.database.reader(&house.admin());
        let ada = queries::person(&reader, house.ada).await.unwrap();
        assert_eq!(ada.role, OrganisationRole::NetworkAdmin);
        assert!(house.login("ada", PASSWORD).await.is_ok());
        let again = SetupInput {
            handle: "eve".to_owned(),
            email: String::new(),
            ..setup_input()
        };
        assert_eq!(
            reason(commands::setup(&house.database, again).await),
            "ALREADY_SET_UP"
        );
        assert!(
            queries::person_by_handle(&reader, "eve")
                .await
                .unwrap()
                .is_none()
        );
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_failed_set_up_names_all_problems_and_leaves_nothing() {
    on_both_databases(async |bed| {
        let wrong = SetupInput {
            organisation_name: " ".to_owned(),
            name: String::new(),
            handle: "Ada Admin".to_owned(),
            email: "nowhere".to_owned(),
            password: "short".to_owned(),
            locale: "tlh".to_owned(),
        };
        let codes = problems(commands::setup(&bed.database, wrong).await);
        for code in [
            "PASSWORD_TOO_SHORT",
            "REQUIRED",
            "HANDLE_INVALID",
            "EMAIL_INVALID",
            "LOCALE_UNKNOWN",
        ] {
            assert!(codes.contains(&code), "{code} is missing in {codes:?}");
        }
        assert!(queries::needs_setup(&bed.database).await.unwrap());
        bed
    })
    .await;
}

#[tokio::test]
async fn of_two_who_set_up_at_once_one_wins() {
    on_both_databases(async |bed| {
        let eve = SetupInput {
            handle: "eve".to_owned(),
            email: String::new(),
            ..setup_input()
        };
        let (one, two) = tokio::join!(
            commands::setup(&bed.database, setup_input()),
            commands::setup(&bed.database, eve),
        );
        let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
        assert_eq!(reason(lost), "ALREADY_SET_UP");
        let reader = bed.database.reader(&Viewer::system("test"));
        let filter = queries::PeopleFilter::default();
        assert_eq!(queries::count_people(&reader, &filter).await.unwrap(), 1);
        assert!(queries::person(&reader, won.unwrap()).await.is_ok());
        bed
    })
    .await;
}

#[tokio::test]
async fn handle_and_address_open_whatever_their_case() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna.keller").await;
        for login in ["anna.keller", " Anna.Keller ", "ANNA.KELLER@example.org"] {
            let signed_in = house.login(login, PASSWORD).await.unwrap();
            assert_eq!(signed_in.person, anna, "{login}");
            assert_eq!(house.viewer(&signed_in).await.person_id(), Some(anna));
        }
        house.bed
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_does_not_show() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        house
            .person(NewPerson {
                imported: true,
                ..new_person("imported")
            })
            .await;
        let too_long = "x".repeat(100_000);
        for (login, password) in [
            ("anna", "pale tractor hum"),
            ("nobody", PASSWORD),
            ("imported", PASSWORD),
            ("imported", ""),
        ] {
            assert_eq!(
                reason(house.login(login, password).await),
                "INVALID_CREDENTIALS"
            );
            house.bed.clock.advance_seconds(300);
        }
        for (login, password) in [
            (too_long.as_str(), PASSWORD),
            ("anna\0", PASSWORD),
            ("", ""),
        ] {
            assert_eq!(
                reason(house.login(login, password).await),
                "INVALID_CREDENTIALS"
            );
            house.bed.clock.advance_seconds(300);
        }
        assert_eq!(
            reason(house.login("anna", &too_long).await),
            "INVALID_CREDENTIALS"
        );
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_deactivated_person_learns_it_only_with_the_right_password() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        commands::person_set_active(&house.database, &house.admin(), anna, false)
            .await
            .unwrap();
        assert_eq!(
            reason(house.login("anna", PASSWORD).await),
            "ACCOUNT_DISABLED"
        );
        assert_eq!(
            reason(house.login("anna", "pale tractor hum").await),
            "INVALID_CREDENTIALS"
        );
        house.bed
    })
    .await;
}

#[tokio::test]
async fn an_account_locks_after_too_many_tries_and_opens_again() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let tries = |login: &'static str, password: &'static str, address: &'static str| {
            house
                .authenticator
                .login(login_input(login, password, address))
        };
        // Two wrong ones, then the right one: the count begins anew.
        for _ in 0..2 {
            assert!(tries("anna", "wrong password", "192.0.2.1").await.is_err());
        }
        assert!(tries("anna", PASSWORD, "192.0.2.1").await.is_ok());
        // Handle, address of e-mail, network address: it is one account.
        assert!(tries("anna", "wrong password", "192.0.2.1").await.is_err());
        assert!(
            tries("anna@example.org", "wrong password", "192.0.2.2")
                .await
                .is_err()
        );
        assert!(tries("ANNA", "wrong password", "192.0.2.3").await.is_err());
        let locked = tries("anna", PASSWORD, "192.0.2.4").await.unwrap_err();
        let Error::RateLimited {
            retry_after_seconds,
        } = locked
        else {
            panic!("must be limited: {locked:?}");
        };
        assert_eq!(retry_after_seconds, 300);
        house.bed.clock.advance_seconds(299);
        assert_eq!(
            reason(tries("anna", PASSWORD, "192.0.2.4").await),
            "RATE_LIMITED"
        );
        house.bed.clock.advance_seconds(1);
        assert!(tries("anna", PASSWORD, "192.0.2.4").await.is_ok());
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_missing_account_locks_like_one_that_exists() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        for _ in 0..3 {
            assert_eq!(
                reason(house.login("nobody", "x").await),
                "INVALID_CREDENTIALS"
            );
        }
        assert_eq!(reason(house.login("nobody", "x").await), "RATE_LIMITED");
        house.bed
    })
    .await;
}

#[tokio::test]
async fn an_address_waits_after_failures_at_many_accounts_but_successes_cost_nothing() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let tries = async |login: &str, password: &str, address: &str| {
            house
                .authenticator
                .login(login_input(login, password, address))
                .await
        };
        for _ in 0..6 {
            assert!(tries("anna", PASSWORD, "198.51.100.7").await.is_ok());
        }
        for number in 0..4 {
            let login = format!("guess{number}");
            assert_eq!(
                reason(tries(&login, "x", "198.51.100.7").await),
                "INVALID_CREDENTIALS"
            );
        }
        let right = tries("anna", PASSWORD, "198.51.100.7").await;
        assert_eq!(reason(right), "RATE_LIMITED");
        assert!(tries("anna", PASSWORD, "198.51.100.8").await.is_ok());
        house.bed.clock.advance_seconds(300);
        assert!(tries("anna", PASSWORD, "198.51.100.7").await.is_ok());
        house.bed
    })
    .await;
}

#[tokio::test]
async fn tries_sent_at_once_are_counted_one_by_one() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let tries = (0..10).map(|number| {
            let address = format!("192.0.2.{number}");
            house
                .authenticator
                .login(login_input("anna", "wrong password", &address))
        });
        let results = futures_util::future::join_all(tries).await;
        let checked = results
            .iter()
            .filter(|result| matches!(result, Err(Error::Invalid(_))))
            .count();
        assert_eq!(checked, 3, "only so many passwords are looked at");
        house.bed
    })
    .await;
}

#[tokio::test]
async fn an_imported_person_comes_in_with_an_admins_one_time_password_and_sets_a_new_one() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let admin = house.admin();
        let anna = house
            .person(NewPerson {
                imported: true,
                ..new_person("anna")
            })
            .await;
        let one_time = commands::person_reset_password(&house.database, &admin, anna)
            .await
            .unwrap();
        let signed_in = house.login("anna", one_time.expose()).await.unwrap();
        let viewer = house.viewer(&signed_in).await;
        let refused = house.authenticator.check_usable(&viewer).await;
        assert_eq!(reason(refused), "PASSWORD_CHANGE_REQUIRED");
        let reader = house.database.reader(&viewer);
        assert!(
            queries::settings(&reader)
                .await
                .unwrap()
                .must_change_password
        );

        let change = |current: &'static str, new: &'static str| {
            let viewer = viewer.clone();
            let authenticator = house.authenticator.clone();
            let one_time = one_time.clone();
            async move {
                let current = if current.is_empty() {
                    one_time.expose()
                } else {
                    current
                };
                commands::password_change(&authenticator, &viewer, current, new).await
            }
        };
        assert_eq!(
            reason(change("not the password", "quiet river 77").await),
            "PASSWORD_WRONG"
        );
        assert_eq!(reason(change("", "short").await), "PASSWORD_TOO_SHORT");
        assert_eq!(reason(change("", "person anna").await), "PASSWORD_TOO_WEAK");
        change("", "quiet river 77").await.unwrap();
        house.authenticator.check_usable(&viewer).await.unwrap();
        assert_eq!(
            reason(house.login("anna", one_time.expose()).await),
            "INVALID_CREDENTIALS"
        );
        assert!(house.login("anna", "quiet river 77").await.is_ok());
        assert_eq!(
            reason(change("quiet river 77", "quiet river 77").await),
            "PASSWORD_UNCHANGED"
        );
        house.bed
    })
    .await;
}

#[tokio::test]
async fn nothing_that_opens_is_stored_or_told() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let signed_in = house.signed_in("anna").await;
        let next = house.refresh(&signed_in).await.unwrap();
        let hashes = house.texts("SELECT secret_hash FROM identities").await;
        assert!(
            hashes
                .iter()
                .all(|hash| hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"))
        );
        let stored = house
            .texts("SELECT hash FROM refresh_tokens")
            .await
            .join(" ");
        let told = house.texts("SELECT payload FROM journal").await.join(" ");
        for secret in [
            PASSWORD,
            signed_in.refresh_token.expose(),
            next.refresh_token.expose(),
            next.access_token.as_str(),
        ] {
            assert!(!stored.contains(secret) && !told.contains(secret));
        }
        house.bed
    })
    .await;
}

#[tokio::test]
async fn nobody_is_asked_to_change_a_password() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house
            .authenticator
            .check_usable(&Viewer::anonymous())
            .await
            .unwrap();
        assert!(identity::usable_before_password_change("viewer"));
        assert!(identity::usable_before_password_change("passwordChange"));
        assert!(!identity::usable_before_password_change(
            "accessTokenCreate"
        ));
        house.bed
    })
    .await;
}
