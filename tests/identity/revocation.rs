//! The end of a right counts at once on this node and within a second on the others, on open
//! sockets too.

use futures_util::FutureExt as _;
use identity::Connection;
use identity::commands::{self, SignedIn};
use identity::model::NewAccessToken;
use kernel::{OrganisationRole, TokenScope};
use testkit::on_both_databases;

use crate::support::{House, authenticator, reason};

async fn socket(house: &House, signed_in: &SignedIn) -> Connection {
    house
        .authenticator
        .connect(&signed_in.access_token)
        .await
        .unwrap()
}

fn is_open(socket: &Connection) -> bool {
    let waiting = socket.ended().now_or_never().is_none();
    assert_eq!(waiting, !socket.has_ended());
    waiting
}

#[tokio::test]
async fn events_close_exactly_the_sockets_they_concern() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let ben = house.member("ben").await;
        let carl = house.member("carl").await;
        let (here, there) = (house.signed_in("anna").await, house.signed_in("anna").await);
        let (at_ben, at_carl) = (house.signed_in("ben").await, house.signed_in("carl").await);
        let sockets = [
            socket(&house, &here).await,
            socket(&house, &there).await,
            socket(&house, &at_ben).await,
            socket(&house, &at_carl).await,
        ];
        let open = async || -> [bool; 4] {
            house.pump().await;
            sockets.each_ref().map(is_open)
        };
        assert_eq!(open().await, [true; 4]);
        let viewer = sockets[0].viewer().clone();
        assert_eq!(viewer.person_id(), Some(anna));
        commands::session_revoke(&house.database, &viewer, there.session)
            .await
            .unwrap();
        assert_eq!(open().await, [true, false, true, true]);
        let admin = house.admin();
        commands::person_set_active(&house.database, &admin, ben, false)
            .await
            .unwrap();
        assert_eq!(open().await, [true, false, false, true]);
        let new_role = OrganisationRole::NetworkAdmin;
        commands::person_set_role(&house.database, &admin, carl, new_role)
            .await
            .unwrap();
        assert_eq!(open().await, [true, false, false, false]);
        commands::person_reset_password(&house.database, &admin, anna)
            .await
            .unwrap();
        assert_eq!(open().await, [false; 4]);
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_socket_of_a_token_closes_when_the_token_is_taken_back() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let viewer = house.viewer(&house.signed_in("anna").await).await;
        let new = NewAccessToken {
            name: "Board in the lobby".to_owned(),
            scopes: vec![TokenScope::Read],
            expires_at: Some(house.database.now().plus_seconds(60)),
        };
        let database = &house.database;
        let make = || commands::access_token_create(database, &viewer, new.clone());
        let (first, first_secret) = make().await.unwrap();
        let (_, second_secret) = make().await.unwrap();
        let first_socket = house
            .authenticator
            .connect(first_secret.expose())
            .await
            .unwrap();
        let second_socket = house
            .authenticator
            .connect(second_secret.expose())
            .await
            .unwrap();
        commands::access_token_revoke(database, &viewer, first)
            .await
            .unwrap();
        house.pump().await;
        assert!(!is_open(&first_socket));
        house.authenticator.revalidate().await.unwrap();
        assert!(is_open(&second_socket));
        house.bed.clock.advance_seconds(60);
        house.authenticator.revalidate().await.unwrap();
        assert!(!is_open(&second_socket), "it is over");
        house.bed
    })
    .await;
}

#[tokio::test]
async fn another_node_notices_without_the_journal() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let signed_in = house.signed_in("anna").await;
        // A node whose journal is held up: it sees no event at all.
        let elsewhere = authenticator(&house.database).await;
        let socket = elsewhere.connect(&signed_in.access_token).await.unwrap();
        let viewer = socket.viewer().clone();
        assert!(elsewhere.still_valid(&viewer).await);
        commands::person_set_active(&house.database, &house.admin(), anna, false)
            .await
            .unwrap();
        house.bed.clock.advance_seconds(1);
        let request = elsewhere.authenticate(&signed_in.access_token).await;
        assert_eq!(reason(request), "UNAUTHENTICATED");
        assert!(!elsewhere.still_valid(&viewer).await);
        assert_eq!(
            reason(elsewhere.check_usable(&viewer).await),
            "UNAUTHENTICATED"
        );
        assert!(is_open(&socket));
        elsewhere.revalidate().await.unwrap();
        assert!(!is_open(&socket));
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_new_role_counts_with_the_next_request_and_closes_sockets() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let signed_in = house.signed_in("anna").await;
        let elsewhere = authenticator(&house.database).await;
        let socket = elsewhere.connect(&signed_in.access_token).await.unwrap();
        let role = OrganisationRole::NetworkAdmin;
        commands::person_set_role(&house.database, &house.admin(), anna, role)
            .await
            .unwrap();
        house.pump().await;
        assert!(
            house.viewer(&signed_in).await.is_network_admin(),
            "the token said member"
        );
        assert!(!house.authenticator.still_valid(socket.viewer()).await);
        elsewhere.revalidate().await.unwrap();
        assert!(!is_open(&socket));
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_session_that_is_over_opens_no_socket_and_a_closed_socket_is_forgotten() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let signed_in = house.signed_in("anna").await;
        drop(socket(&house, &signed_in).await);
        let before = house.database.reader(&house.admin());
        house.authenticator.revalidate().await.unwrap();
        assert_eq!(before.viewer().statements(), 0);
        house
            .authenticator
            .sign_out(signed_in.refresh_token.expose())
            .await
            .unwrap();
        let late = house.authenticator.connect(&signed_in.access_token).await;
        assert_eq!(
            late.expect_err("must be refused").reason(),
            "UNAUTHENTICATED"
        );
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_busy_session_costs_one_look_a_second() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let signed_in = house.signed_in("anna").await;
        assert!(house.lets_in(&signed_in.access_token).await);
        // Past all rules and without an event: only a look at the database can tell.
        let sql = "UPDATE people SET is_active = $1 WHERE id = $2";
        house.execute(sql, vec![false.into(), anna.into()]).await;
        assert!(house.lets_in(&signed_in.access_token).await, "from memory");
        house.bed.clock.advance_seconds(1);
        assert!(
            !house.lets_in(&signed_in.access_token).await,
            "looked again"
        );
        house.bed
    })
    .await;
}
