//! Who is there.

use futures_util::{FutureExt as _, StreamExt as _};
use identity::commands;
use identity::model::SettingsUpdate;
use identity::{PresenceState, queries};
use kernel::{OrganisationRole, Viewer};
use platform::live::{Live, Signal};
use testkit::on_both_databases;

use crate::support::House;

#[tokio::test]
async fn a_person_is_there_as_long_as_one_socket_is() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let state = || house.presence.state(anna);
        assert_eq!(state(), PresenceState::Offline);
        let mut desk = house.presence.enter(anna);
        let phone = house.presence.enter(anna);
        assert_eq!(state(), PresenceState::Online);
        desk.set_idle(true);
        assert_eq!(state(), PresenceState::Online, "the phone is active");
        drop(phone);
        assert_eq!(state(), PresenceState::Away);
        desk.set_idle(false);
        assert_eq!(state(), PresenceState::Online);
        desk.set_idle(true);
        drop(desk);
        assert_eq!(state(), PresenceState::Offline);
        house.bed
    })
    .await;
}

#[tokio::test]
async fn changes_are_signalled_once() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        house.pump().await;
        let mut stream = Box::pin(house.hub.subscribe(None));
        assert!(matches!(stream.next().await, Some(Live::CaughtUp(_))));
        let one = house.presence.enter(anna);
        let two = house.presence.enter(anna);
        drop(one);
        drop(two);
        let mut signals = 0;
        while let Some(Some(live)) = stream.next().now_or_never() {
            let Live::Signal(Signal::Presence { person }) = live else {
                panic!("{live:?}")
            };
            assert_eq!(person, anna);
            signals += 1;
        }
        assert_eq!(signals, 2, "came and went");
        house.bed
    })
    .await;
}

#[tokio::test]
async fn who_does_not_show_it_is_seen_as_away_from_everything() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let _socket = house.presence.enter(anna);
        let herself = Viewer::person(anna, OrganisationRole::Member, None);
        let hide = SettingsUpdate {
            show_presence: Some(false),
            ..SettingsUpdate::default()
        };
        let seen_by = async |viewer: &Viewer| {
            let view = queries::person(&house.database.reader(viewer), anna)
                .await
                .unwrap();
            house.presence.state_for(viewer, &view)
        };
        assert_eq!(seen_by(&house.admin()).await, PresenceState::Online);
        commands::settings_update(&house.database, &herself, hide)
            .await
            .unwrap();
        assert_eq!(seen_by(&house.admin()).await, PresenceState::Offline);
        assert_eq!(seen_by(&herself).await, PresenceState::Online);
        house.bed
    })
    .await;
}
