//! Personal access tokens for API clients.

use identity::commands;
use identity::model::{AccessTokenSecret, NewAccessToken, ProfileInput};
use identity::queries;
use kernel::{AccessTokenId, Result, TokenScope, Viewer};
use testkit::on_both_databases;

use crate::support::{House, PASSWORD, problems, reason};

fn token(scopes: &[TokenScope]) -> NewAccessToken {
    NewAccessToken {
        name: "Build server".to_owned(),
        scopes: scopes.to_vec(),
        expires_at: None,
    }
}

async fn make(
    house: &House,
    viewer: &Viewer,
    new: NewAccessToken,
) -> Result<(AccessTokenId, AccessTokenSecret)> {
    commands::access_token_create(&house.database, viewer, new).await
}

#[tokio::test]
async fn a_token_does_what_its_scopes_say() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let viewer = house.viewer(&house.signed_in("anna").await).await;
        let (_, read) = make(&house, &viewer, token(&[TokenScope::Read]))
            .await
            .unwrap();
        let (_, write) = make(&house, &viewer, token(&[TokenScope::Write]))
            .await
            .unwrap();
        assert!(read.expose().starts_with("lgp_") && read.expose().len() == 44);
        let profile = ProfileInput {
            name: "Anna".to_owned(),
            ..ProfileInput::default()
        };

        let reads = house
            .authenticator
            .authenticate(read.expose())
            .await
            .unwrap();
        assert_eq!(reads.person_id(), Some(anna));
        assert!(
            queries::person(&house.database.reader(&reads), house.ada)
                .await
                .is_ok()
        );
        let refused = commands::profile_update(&house.database, &reads, profile.clone()).await;
        assert_eq!(reason(refused), "TOKEN_READ_ONLY");

        let writes = house
            .authenticator
            .authenticate(write.expose())
            .await
            .unwrap();
        commands::profile_update(&house.database, &writes, profile)
            .await
            .unwrap();
        let seen = queries::person(&house.database.reader(&writes), anna)
            .await
            .unwrap();
        assert_eq!(seen.name, "Anna");
        house.bed
    })
    .await;
}

#[tokio::test]
async fn administration_needs_the_scope_and_the_role() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let member = house.viewer(&house.signed_in("anna").await).await;
        let all = token(&[TokenScope::Read, TokenScope::Write, TokenScope::Admin]);
        assert_eq!(
            reason(make(&house, &member, all.clone()).await),
            "SCOPE_NOT_ALLOWED"
        );

        let ada = house
            .viewer(&house.login("ada", PASSWORD).await.unwrap())
            .await;
        let (_, narrow) = make(&house, &ada, token(&[TokenScope::Write]))
            .await
            .unwrap();
        let (_, wide) = make(&house, &ada, all).await.unwrap();
        let rename = async |bearer: &AccessTokenSecret| {
            let viewer = house
                .authenticator
                .authenticate(bearer.expose())
                .await
                .unwrap();
            commands::organisation_update(
                &house.database,
                &viewer,
                "New Name",
                identity::model::HouseChange::default(),
            )
            .await
        };
        assert_eq!(reason(rename(&narrow).await), "NETWORK_ADMIN_REQUIRED");
        rename(&wide).await.unwrap();
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_token_cannot_make_itself_permanent() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let signed_in = house.signed_in("anna").await;
        let viewer = house.viewer(&signed_in).await;
        let (id, secret) = make(&house, &viewer, token(&[TokenScope::Write]))
            .await
            .unwrap();
        let bearer = house
            .authenticator
            .authenticate(secret.expose())
            .await
            .unwrap();
        let database = &house.database;
        let new = "quiet river 77";
        for refused in [
            make(&house, &bearer, token(&[TokenScope::Read]))
                .await
                .err(),
            commands::access_token_revoke(database, &bearer, id)
                .await
                .err(),
            commands::session_revoke(database, &bearer, signed_in.session)
                .await
                .err(),
            commands::end_sessions(database, &bearer).await.err(),
            commands::password_change(&house.authenticator, &bearer, PASSWORD, new)
                .await
                .err(),
        ] {
            assert_eq!(
                refused.expect("must be refused").reason(),
                "SESSION_REQUIRED"
            );
        }
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_token_ends_when_it_is_taken_back_or_over_or_its_person_goes() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        house.member("ben").await;
        let viewer = house.viewer(&house.signed_in("anna").await).await;
        let ben = house.viewer(&house.signed_in("ben").await).await;
        let (first, first_secret) = make(&house, &viewer, token(&[TokenScope::Read]))
            .await
            .unwrap();
        let short = NewAccessToken {
            expires_at: Some(house.database.now().plus_seconds(3600)),
            ..token(&[TokenScope::Read])
        };
        let (_, short_secret) = make(&house, &viewer, short).await.unwrap();
        let (_, last_secret) = make(&house, &viewer, token(&[TokenScope::Read]))
            .await
            .unwrap();
        for secret in [&first_secret, &short_secret, &last_secret] {
            assert!(house.lets_in(secret.expose()).await);
        }
        let theft = commands::access_token_revoke(&house.database, &ben, first).await;
        assert_eq!(reason(theft), "NOT_FOUND");
        commands::access_token_revoke(&house.database, &viewer, first)
            .await
            .unwrap();
        house.pump().await;
        assert!(!house.lets_in(first_secret.expose()).await);
        house.bed.clock.advance_seconds(3600);
        assert!(!house.lets_in(short_secret.expose()).await);
        assert!(house.lets_in(last_secret.expose()).await);
        commands::person_set_active(&house.database, &house.admin(), anna, false)
            .await
            .unwrap();
        house.pump().await;
        assert!(!house.lets_in(last_secret.expose()).await);
        commands::person_set_active(&house.database, &house.admin(), anna, true)
            .await
            .unwrap();
        house.pump().await;
        assert!(
            !house.lets_in(last_secret.expose()).await,
            "what ended stays ended"
        );
        house.bed
    })
    .await;
}

#[tokio::test]
async fn the_last_use_is_noted_every_ten_minutes_at_most() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let viewer = house.viewer(&house.signed_in("anna").await).await;
        let (_, secret) = make(&house, &viewer, token(&[TokenScope::Read]))
            .await
            .unwrap();
        let used = async || {
            let tokens = queries::access_tokens(&house.database.reader(&viewer))
                .await
                .unwrap();
            tokens[0].last_used_at
        };
        assert_eq!(used().await, None);
        let first = house.database.now();
        for _ in 0..5 {
            assert!(house.lets_in(secret.expose()).await);
            house.bed.clock.advance_seconds(100);
        }
        assert_eq!(used().await, Some(first));
        assert_eq!(house.count("access_token.used").await, 1);
        house.bed.clock.advance_seconds(100);
        assert!(house.lets_in(secret.expose()).await);
        assert_eq!(used().await, Some(house.database.now()));
        assert_eq!(house.count("access_token.used").await, 2);
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_token_is_stored_as_a_digest_and_its_input_is_checked() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let viewer = house.viewer(&house.signed_in("anna").await).await;
        let wrong = NewAccessToken {
            name: " ".to_owned(),
            scopes: Vec::new(),
            expires_at: Some(house.database.now()),
        };
        let codes = problems(make(&house, &viewer, wrong).await);
        assert_eq!(codes, ["REQUIRED", "REQUIRED", "TIME_IN_PAST"]);
        let (_, secret) = make(&house, &viewer, token(&[TokenScope::Read]))
            .await
            .unwrap();
        for stored in house.texts("SELECT hash FROM access_tokens").await {
            assert!(!stored.contains(&secret.expose()[4..]));
        }
        for _ in 1..identity::model::MAX_ACCESS_TOKENS {
            make(&house, &viewer, token(&[TokenScope::Read]))
                .await
                .unwrap();
        }
        let surplus = make(&house, &viewer, token(&[TokenScope::Read])).await;
        assert_eq!(reason(surplus), "TOO_MANY_TOKENS");
        house.bed
    })
    .await;
}
