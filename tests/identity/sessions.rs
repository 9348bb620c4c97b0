//! The life of a session.

use identity::commands::{self, Device};
use identity::queries;
use kernel::{SessionId, Timestamp};
use sea_orm::Value;
use testkit::on_both_databases;

use crate::support::{House, PASSWORD, on_device, reason};

#[tokio::test]
async fn a_renewal_gives_new_proofs_of_the_same_session() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let first = house.signed_in("anna").await;
        house.bed.clock.advance_seconds(60);
        let second = house.refresh(&first).await.unwrap();
        assert_eq!((second.person, second.session), (anna, first.session));
        assert_ne!(second.access_token, first.access_token);
        assert!(house.lets_in(&second.access_token).await);
        assert!(second.refresh_expires_at > first.refresh_expires_at);
        let third = house.refresh(&second).await.unwrap();
        assert!(house.lets_in(&third.access_token).await);
        assert_eq!(house.count("session.started").await, 1);
        assert_eq!(house.count("session.refreshed").await, 2);
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_spent_token_ends_the_session_for_thief_and_owner() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let first = house.signed_in("anna").await;
        let elsewhere = house.signed_in("anna").await;
        let second = house.refresh(&first).await.unwrap();
        let third = house.refresh(&second).await.unwrap();
        assert_eq!(reason(house.refresh(&first).await), "UNAUTHENTICATED");
        assert_eq!(reason(house.refresh(&third).await), "UNAUTHENTICATED");
        assert!(
            !house.lets_in(&third.access_token).await,
            "access ends with the session"
        );
        assert_eq!(house.count("session.revoked").await, 1);
        assert!(
            house.lets_in(&elsewhere.access_token).await,
            "other devices stay"
        );
        assert_eq!(reason(house.refresh(&first).await), "UNAUTHENTICATED");
        assert_eq!(house.count("session.revoked").await, 1, "it ends once");
        house.bed
    })
    .await;
}

#[tokio::test]
async fn of_two_renewals_with_one_token_at_most_one_wins_and_then_both_lose() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        for _ in 0..5 {
            let signed_in = house.signed_in("anna").await;
            let (one, two) = tokio::join!(house.refresh(&signed_in), house.refresh(&signed_in));
            let won: Vec<_> = [one, two].into_iter().flatten().collect();
            assert_eq!(won.len(), 1, "exactly one gets the next token");
            assert_eq!(reason(house.refresh(&won[0]).await), "UNAUTHENTICATED");
            assert!(!house.lets_in(&won[0].access_token).await);
        }
        house.bed
    })
    .await;
}

#[tokio::test]
async fn made_up_tokens_renew_nothing() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let made_up = identity::model::RefreshToken::random();
        let long = "A".repeat(100_000);
        for text in ["", "x", made_up.expose(), long.as_str(), "\u{0}"] {
            let result = house.authenticator.refresh(text, &Device::default()).await;
            assert_eq!(reason(result), "UNAUTHENTICATED");
            house.authenticator.sign_out(text).await.unwrap();
        }
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_lives_on_when_it_is() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let mut used = house.signed_in("anna").await;
        let unused = house.signed_in("anna").await;
        for _ in 0..3 {
            house.bed.clock.advance_seconds(15 * 86_400);
            used = house.refresh(&used).await.unwrap();
        }
        assert_eq!(reason(house.refresh(&unused).await), "UNAUTHENTICATED");
        let viewer = house.viewer(&used).await;
        let listed = queries::sessions(&house.database.reader(&viewer))
            .await
            .unwrap();
        assert_eq!(
            listed.iter().map(|session| session.id).collect::<Vec<_>>(),
            [used.session]
        );
        house.bed
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_this_device_or_all() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        house.member("ben").await;
        let (one, two, three) = (
            house.signed_in("anna").await,
            house.signed_in("anna").await,
            house.signed_in("anna").await,
        );
        let ben = house.signed_in("ben").await;
        house
            .authenticator
            .sign_out(one.refresh_token.expose())
            .await
            .unwrap();
        house
            .authenticator
            .sign_out(one.refresh_token.expose())
            .await
            .unwrap();
        assert!(!house.lets_in(&one.access_token).await);
        assert!(house.lets_in(&two.access_token).await);
        let viewer = house.viewer(&two).await;
        assert_eq!(
            house
                .authenticator
                .sign_out_everywhere(&viewer)
                .await
                .unwrap(),
            2
        );
        assert!(!house.lets_in(&two.access_token).await);
        assert!(!house.lets_in(&three.access_token).await);
        assert_eq!(reason(house.refresh(&three).await), "UNAUTHENTICATED");
        assert!(house.lets_in(&ben.access_token).await);
        house.bed
    })
    .await;
}

#[tokio::test]
async fn people_end_their_own_sessions_only() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        house.member("ben").await;
        let (here, there) = (house.signed_in("anna").await, house.signed_in("anna").await);
        let ben = house.signed_in("ben").await;
        let viewer = house.viewer(&here).await;
        let end = |session| commands::session_revoke(&house.database, &viewer, session);
        assert_eq!(reason(end(ben.session).await), "NOT_FOUND");
        assert!(house.lets_in(&ben.access_token).await);
        end(there.session).await.unwrap();
        assert_eq!(reason(end(there.session).await), "NOT_FOUND");
        assert_eq!(reason(house.refresh(&there).await), "UNAUTHENTICATED");
        assert!(house.lets_in(&here.access_token).await);
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_new_password_signs_the_other_devices_out() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let (here, there) = (house.signed_in("anna").await, house.signed_in("anna").await);
        let viewer = house.viewer(&here).await;
        let new = "quiet river 77";
        commands::password_change(&house.authenticator, &viewer, PASSWORD, new)
            .await
            .unwrap();
        house.pump().await;
        assert!(house.lets_in(&here.access_token).await);
        assert!(!house.lets_in(&there.access_token).await);
        assert_eq!(reason(house.refresh(&there).await), "UNAUTHENTICATED");
        assert!(house.refresh(&here).await.is_ok());
        house.bed
    })
    .await;
}

#[tokio::test]
async fn guessing_the_current_password_from_a_stolen_session_is_limited() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let viewer = house.viewer(&house.signed_in("anna").await).await;
        for expected in [
            "PASSWORD_WRONG",
            "PASSWORD_WRONG",
            "PASSWORD_WRONG",
            "RATE_LIMITED",
        ] {
            let guess =
                commands::password_change(&house.authenticator, &viewer, "guess", "quiet river 77");
            assert_eq!(reason(guess.await), expected);
        }
        house.bed
    })
    .await;
}

#[tokio::test]
async fn the_device_not_used_for_longest_gives_way() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let oldest = house.signed_in("anna").await;
        for _ in 1..identity::model::MAX_SESSIONS {
            house.bed.clock.advance_seconds(1);
            let now = house.database.now();
            let end = now.plus_seconds(86_400);
            let values: Vec<Value> = vec![
                SessionId::at(now).into(),
                anna.into(),
                now.into(),
                end.into(),
            ];
            let sql = "INSERT INTO sessions (id, person_id, user_agent, address, created_at, \
                       last_used_at, expires_at) VALUES ($1, $2, '', '', $3, $3, $4)";
            house.execute(sql, values).await;
        }
        house.bed.clock.advance_seconds(1);
        let newest = house.signed_in("anna").await;
        let viewer = house.viewer(&newest).await;
        let living = queries::sessions(&house.database.reader(&viewer))
            .await
            .unwrap();
        assert_eq!(living.len(), identity::model::MAX_SESSIONS);
        assert!(living.iter().any(|session| session.id == newest.session));
        assert!(!living.iter().any(|session| session.id == oldest.session));
        assert_eq!(reason(house.refresh(&oldest).await), "UNAUTHENTICATED");
        house.bed
    })
    .await;
}

#[tokio::test]
async fn what_ended_long_ago_is_removed_and_what_may_still_betray_a_thief_is_kept() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let over = house.signed_in("anna").await;
        let alive = house.signed_in("anna").await;
        house.bed.clock.advance_seconds(20 * 86_400);
        let next = house.refresh(&alive).await.unwrap();
        house.bed.clock.advance_seconds(20 * 86_400);
        let last = house.refresh(&next).await.unwrap();
        house.authenticator.maintain().await.unwrap();
        let sessions = house.texts("SELECT user_agent FROM sessions").await;
        assert_eq!(sessions.len(), 2, "over for ten days: still kept");
        house.bed.clock.advance_seconds(25 * 86_400);
        house.authenticator.maintain().await.unwrap();
        assert_eq!(
            house.texts("SELECT user_agent FROM sessions").await.len(),
            1
        );
        assert_eq!(reason(house.refresh(&over).await), "UNAUTHENTICATED");
        // Spent 25 days ago: known, and it ends the session.
        assert_eq!(reason(house.refresh(&next).await), "UNAUTHENTICATED");
        assert_eq!(reason(house.refresh(&last).await), "UNAUTHENTICATED");
        let viewer = on_device(anna, last.session);
        assert!(
            queries::sessions(&house.database.reader(&viewer))
                .await
                .unwrap()
                .is_empty()
        );
        let removed = house.count("session.pruned").await;
        house.authenticator.maintain().await.unwrap();
        assert_eq!(
            house.count("session.pruned").await,
            removed,
            "nothing to do, nothing told"
        );
        house.bed
    })
    .await;
}

#[tokio::test]
async fn signing_in_and_renewing_are_signs_of_life() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let seen = async || -> Option<Timestamp> {
            let reader = house.database.reader(&house.admin());
            queries::person(&reader, anna).await.unwrap().last_active_at
        };
        assert_eq!(seen().await, None);
        let signed_in = house.signed_in("anna").await;
        assert_eq!(seen().await, Some(house.database.now()));
        house.bed.clock.advance_seconds(600);
        house.refresh(&signed_in).await.unwrap();
        assert_eq!(seen().await, Some(house.database.now()));
        house.bed
    })
    .await;
}
