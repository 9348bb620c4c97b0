//! Joining, asking, inviting, and each member's own settings.

use communities::model::{CommunityJoining, CommunityRole, CommunityVisibility, MAX_MESSAGE};
use communities::{commands, queries};
use identity::NotificationLevel;
use kernel::{CommunityId, JoinRequestId, PageArgs, PersonId, Scope};
use platform::Database;
use testkit::on_both_databases;

use crate::support::{
    announced, counts, create, deactivate, enrol, events, house, kind, outcome, people, public,
    reader, role, secret, standing, viewer,
};

async fn by_request(db: &Database, owner: PersonId) -> CommunityId {
    create(
        db,
        owner,
        kind(
            "Board",
            CommunityVisibility::Private,
            CommunityJoining::Request,
        ),
    )
    .await
}

async fn requests(db: &Database, who: PersonId, id: CommunityId) -> Vec<JoinRequestId> {
    let page = PageArgs::forward(10, None).unwrap();
    let listed = queries::join_requests(&reader(db, &viewer(who)), id, &page)
        .await
        .unwrap();
    listed.page.items.into_iter().map(|(_, r)| r.id).collect()
}

#[tokio::test]
async fn joining_twice_is_joining_once() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let id = public(db, anna, "Garden").await;
        for _ in 0..2 {
            commands::join(db, &viewer(ben), id, None).await.unwrap();
        }
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let (db, me) = (db.clone(), viewer(ben));
                tokio::spawn(async move { commands::join(&db, &me, id, None).await.unwrap() })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(counts(db, id).await, (2, 2));
        commands::leave(db, &viewer(ben), id).await.unwrap();
        assert_eq!(
            outcome(&commands::leave(db, &viewer(ben), id).await),
            "MEMBERS_ONLY"
        );
        assert_eq!(counts(db, id).await, (1, 1));
        assert_eq!(announced(db, "membership.left").await, 1);
        bed
    })
    .await;
}

#[tokio::test]
async fn a_request_is_made_once_and_granted() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben, cleo] = people(db, 3).await[..].try_into().unwrap();
        let id = by_request(db, anna).await;
        enrol(db, id, &[(cleo, CommunityRole::Moderator)]).await;
        for _ in 0..2 {
            commands::join(db, &viewer(ben), id, Some(" Please "))
                .await
                .unwrap();
        }
        assert_eq!(role(db, ben, id).await, None);
        let open = requests(db, cleo, id).await;
        assert_eq!(open.len(), 1);
        let mine = standing(db, &viewer(ben), id).await.unwrap();
        assert!(mine.has_requested && !mine.can_request_to_join());
        // Nobody grants a wish of one's own.
        let own = commands::decide_join_request(db, &viewer(ben), open[0], true).await;
        assert_eq!(outcome(&own), "MEMBERS_ONLY");
        commands::decide_join_request(db, &viewer(cleo), open[0], true)
            .await
            .unwrap();
        assert_eq!(role(db, ben, id).await, Some(CommunityRole::Member));
        assert!(requests(db, cleo, id).await.is_empty());
        let again = commands::decide_join_request(db, &viewer(cleo), open[0], true).await;
        assert_eq!(outcome(&again), "NOT_FOUND");
        let all = events(db).await;
        let told: Vec<_> = all
            .iter()
            .filter(|e| e.kind.starts_with("join_request."))
            .collect();
        assert!(told.iter().all(|e| e.scope == Scope::Person(ben)));
        assert_eq!(told.len(), 2);
        assert_eq!(counts(db, id).await, (3, 3));
        bed
    })
    .await;
}

#[tokio::test]
async fn a_request_is_declined_or_withdrawn_and_can_be_made_again() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let id = by_request(db, anna).await;
        commands::join(db, &viewer(ben), id, None).await.unwrap();
        let open = requests(db, anna, id).await;
        commands::decide_join_request(db, &viewer(anna), open[0], false)
            .await
            .unwrap();
        assert!(
            standing(db, &viewer(ben), id)
                .await
                .unwrap()
                .can_request_to_join()
        );
        commands::join(db, &viewer(ben), id, None).await.unwrap();
        for _ in 0..2 {
            commands::withdraw_join_request(db, &viewer(ben), id)
                .await
                .unwrap();
        }
        assert!(requests(db, anna, id).await.is_empty());
        assert_eq!(announced(db, "join_request.withdrawn").await, 1);
        assert_eq!(role(db, ben, id).await, None);
        let long = "x".repeat(MAX_MESSAGE + 1);
        let done = commands::join(db, &viewer(ben), id, Some(&long)).await;
        assert_eq!(outcome(&done), "TEXT_TOO_LONG");
        bed
    })
    .await;
}

#[tokio::test]
async fn whoever_waits_may_walk_in_when_the_door_opens() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let id = by_request(db, anna).await;
        commands::join(db, &viewer(ben), id, None).await.unwrap();
        let change = communities::CommunityChange {
            joining: Some(CommunityJoining::Open),
            ..Default::default()
        };
        commands::update(db, &viewer(anna), id, change)
            .await
            .unwrap();
        commands::join(db, &viewer(ben), id, None).await.unwrap();
        assert_eq!(role(db, ben, id).await, Some(CommunityRole::Member));
        assert!(requests(db, anna, id).await.is_empty());
        bed
    })
    .await;
}

#[tokio::test]
async fn one_may_withdraw_from_what_has_become_secret() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let id = by_request(db, anna).await;
        commands::join(db, &viewer(ben), id, None).await.unwrap();
        let change = communities::CommunityChange {
            visibility: Some(CommunityVisibility::Secret),
            ..Default::default()
        };
        commands::update(db, &viewer(anna), id, change)
            .await
            .unwrap();
        commands::withdraw_join_request(db, &viewer(ben), id)
            .await
            .unwrap();
        assert!(requests(db, anna, id).await.is_empty());
        bed
    })
    .await;
}

#[tokio::test]
async fn invitations_open_every_door_and_are_made_once() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben, cleo] = people(db, 3).await[..].try_into().unwrap();
        let id = secret(db, anna, "Merger").await;
        let me = viewer(anna);
        assert_eq!(
            commands::invite(db, &me, id, &[ben, ben, cleo, anna])
                .await
                .unwrap(),
            2
        );
        assert_eq!(commands::invite(db, &me, id, &[ben]).await.unwrap(), 0);
        assert_eq!(announced(db, "invitation.created").await, 2);
        let mine = queries::invitations(&reader(db, &viewer(ben)))
            .await
            .unwrap();
        assert_eq!(mine[0].invited_by, anna);
        assert_eq!(
            commands::decide_invitation(db, &viewer(ben), mine[0].id, true)
                .await
                .unwrap(),
            id
        );
        assert_eq!(role(db, ben, id).await, Some(CommunityRole::Member));
        let again = commands::decide_invitation(db, &viewer(ben), mine[0].id, true).await;
        assert_eq!(outcome(&again), "NOT_FOUND");
        // The button "join" does the same.
        commands::join(db, &viewer(cleo), id, None).await.unwrap();
        assert_eq!(role(db, cleo, id).await, Some(CommunityRole::Member));
        assert_eq!(announced(db, "invitation.accepted").await, 2);
        assert!(
            queries::invitations(&reader(db, &viewer(cleo)))
                .await
                .unwrap()
                .is_empty()
        );
        let all = events(db).await;
        let mut told = all.iter().filter(|e| e.kind.starts_with("invitation."));
        assert!(told.all(|e| [Scope::Person(ben), Scope::Person(cleo)].contains(&e.scope)));
        assert_eq!(counts(db, id).await, (3, 3));
        bed
    })
    .await;
}

#[tokio::test]
async fn only_people_who_are_there_are_invited() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let id = public(db, anna, "Garden").await;
        let me = viewer(anna);
        deactivate(db, ben).await;
        let stranger = PersonId::at(testkit::MONDAY);
        for nobody in [ben, stranger] {
            let done = commands::invite(db, &me, id, &[nobody]).await;
            assert_eq!(outcome(&done), "PERSON_NOT_FOUND");
        }
        assert_eq!(
            outcome(&commands::invite(db, &me, id, &[]).await),
            "NOBODY_NAMED"
        );
        let crowd: Vec<PersonId> = (0..101).map(|_| PersonId::at(testkit::MONDAY)).collect();
        assert_eq!(
            outcome(&commands::invite(db, &me, id, &crowd).await),
            "TOO_MANY_PEOPLE"
        );
        assert_eq!(announced(db, "invitation.created").await, 0);
        bed
    })
    .await;
}

#[tokio::test]
async fn each_member_decides_what_to_hear() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let id = public(db, anna, "Garden").await;
        commands::join(db, &viewer(ben), id, None).await.unwrap();
        let me = viewer(ben);
        for _ in 0..2 {
            commands::set_muted(db, &me, id, true).await.unwrap();
            commands::set_notification_level(db, &me, id, NotificationLevel::None)
                .await
                .unwrap();
        }
        assert_eq!(announced(db, "membership.changed").await, 2);
        let r = reader(db, &house());
        let levels = queries::member_levels(&r, &house(), id, None, 10)
            .await
            .unwrap();
        let of = |person| *levels.iter().find(|m| m.person_id == person).unwrap();
        assert_eq!(
            (of(ben).is_muted, of(ben).level),
            (true, NotificationLevel::None)
        );
        assert_eq!(
            (of(anna).is_muted, of(anna).level),
            (false, NotificationLevel::Announcements)
        );
        let first = queries::member_levels(&r, &house(), id, None, 1)
            .await
            .unwrap();
        let rest = queries::member_levels(&r, &house(), id, Some(first[0].person_id), 10).await;
        assert_eq!(rest.unwrap().len(), 1);
        assert!(
            queries::member_levels(&r, &me, id, None, 1).await.is_err(),
            "not for people"
        );
        deactivate(db, ben).await;
        assert_eq!(
            queries::member_levels(&r, &house(), id, None, 10)
                .await
                .unwrap()
                .len(),
            1
        );
        bed
    })
    .await;
}
