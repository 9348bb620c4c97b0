//! The token for files: long-lived, for loading pictures only, and worthless without its session.

use identity::CookiePurpose;
use testkit::on_both_databases;

use crate::support::House;

#[tokio::test]
async fn a_files_token_opens_files_and_nothing_else_as_long_as_the_session_lasts() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let signed_in = house.signed_in("ada").await;
        let files = house
            .authenticator
            .authenticate_cookie(CookiePurpose::Files, &signed_in.files_token)
            .await
            .unwrap();
        assert_eq!(files.person_id(), Some(signed_in.person));
        assert!(
            !house.lets_in(&signed_in.files_token).await,
            "it must not open the API"
        );
        let access = house
            .authenticator
            .authenticate_cookie(CookiePurpose::Files, &signed_in.access_token)
            .await;
        assert!(access.is_err(), "an access token is no token for files");
        for (purpose, other) in [
            (CookiePurpose::Files, &signed_in.first_page_token),
            (CookiePurpose::FirstPage, &signed_in.files_token),
            (CookiePurpose::FirstPage, &signed_in.access_token),
        ] {
            let foreign = house.authenticator.authenticate_cookie(purpose, other);
            assert!(foreign.await.is_err(), "{purpose:?} is for nothing else");
        }

        house.bed.clock.advance_seconds(86_400);
        assert!(
            !house.lets_in(&signed_in.access_token).await,
            "the access token is over by then"
        );
        house
            .authenticator
            .authenticate_cookie(CookiePurpose::Files, &signed_in.files_token)
            .await
            .unwrap();

        house
            .authenticator
            .sign_out(signed_in.refresh_token.expose())
            .await
            .unwrap();
        let after = house
            .authenticator
            .authenticate_cookie(CookiePurpose::Files, &signed_in.files_token)
            .await;
        assert!(
            after.is_err(),
            "a session that has ended shows no more pictures"
        );
        house.bed
    })
    .await;
}
