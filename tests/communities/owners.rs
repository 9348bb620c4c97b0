//! A community never loses its last owner.

use communities::model::CommunityRole;
use communities::subscribers::Deactivations;
use communities::{commands, queries};
use kernel::{CommunityId, PersonId};
use platform::Database;
use testkit::on_both_databases;

use crate::support::{
    admin, announced, counts, deactivate, drain, enrol, number, outcome, people, public, reader,
    role, secret, standing, viewer,
};

async fn owners(database: &Database, id: CommunityId) -> i64 {
    let sql =
        "SELECT COUNT(*) AS number FROM memberships WHERE community_id = $1 AND role = 'owner'";
    number(database, sql, vec![id.into()]).await
}

#[tokio::test]
async fn the_last_owner_neither_leaves_nor_steps_down() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let id = public(db, anna, "Garden").await;
        enrol(db, id, &[(ben, CommunityRole::Moderator)]).await;
        let me = viewer(anna);
        assert!(!standing(db, &me, id).await.unwrap().can_leave());
        assert_eq!(outcome(&commands::leave(db, &me, id).await), "LAST_OWNER");
        assert_eq!(
            outcome(&commands::remove_member(db, &me, id, anna).await),
            "LAST_OWNER"
        );
        let down = commands::set_role(db, &me, id, anna, CommunityRole::Member).await;
        assert_eq!(outcome(&down), "LAST_OWNER");
        commands::set_role(db, &me, id, ben, CommunityRole::Owner)
            .await
            .unwrap();
        commands::leave(db, &me, id).await.unwrap();
        assert_eq!(role(db, ben, id).await, Some(CommunityRole::Owner));
        assert_eq!(role(db, anna, id).await, None);
        assert_eq!(owners(db, id).await, 1);
        bed
    })
    .await;
}

#[tokio::test]
async fn handing_over_makes_the_giver_a_moderator() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben, cleo] = people(db, 3).await[..].try_into().unwrap();
        let id = public(db, anna, "Garden").await;
        enrol(db, id, &[(ben, CommunityRole::Member)]).await;
        let me = viewer(anna);
        let stranger = commands::transfer_ownership(db, &me, id, cleo).await;
        assert_eq!(outcome(&stranger), "NOT_A_MEMBER");
        commands::transfer_ownership(db, &me, id, ben)
            .await
            .unwrap();
        assert_eq!(role(db, ben, id).await, Some(CommunityRole::Owner));
        assert_eq!(role(db, anna, id).await, Some(CommunityRole::Moderator));
        assert_eq!(announced(db, "membership.role_changed").await, 2);
        bed
    })
    .await;
}

/// However owners run for the exit at the same moment, one stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_owner_stays_when_all_go_at_once() {
    on_both_databases(|bed| async move {
        let db = bed.database.clone();
        let crowd = people(&db, 6).await;
        for round in 0..4 {
            let id = public(&db, crowd[0], &format!("Round {round}")).await;
            let owners_now: Vec<_> = crowd[1..]
                .iter()
                .map(|person| (*person, CommunityRole::Owner))
                .collect();
            enrol(&db, id, &owners_now).await;
            let tasks: Vec<_> = crowd
                .iter()
                .enumerate()
                .map(|(index, person)| {
                    let (db, person, other) = (db.clone(), *person, crowd[(index + 1) % 6]);
                    tokio::spawn(async move { go(&db, id, person, other, index + round).await })
                })
                .collect();
            let mut refused = 0;
            for task in tasks {
                refused += usize::from(!task.await.unwrap());
            }
            assert!(owners(&db, id).await >= 1, "round {round}");
            assert!(refused >= 1, "round {round}: somebody had to stay");
            let (stored, rows) = counts(&db, id).await;
            assert_eq!(stored, rows);
        }
        bed
    })
    .await;
}

/// One of the ways to lose an owner; whether it was done.
async fn go(db: &Database, id: CommunityId, me: PersonId, other: PersonId, way: usize) -> bool {
    let viewer = viewer(me);
    let done = match way % 3 {
        0 => commands::leave(db, &viewer, id).await,
        1 => commands::set_role(db, &viewer, id, other, CommunityRole::Member).await,
        _ => commands::remove_member(db, &viewer, id, other).await,
    };
    if let Err(error) = &done {
        let known = [
            "LAST_OWNER",
            "OWNERS_ONLY",
            "MODERATORS_ONLY",
            "MEMBERS_ONLY",
            "NOT_FOUND",
        ];
        assert!(known.contains(&error.reason()), "{error}");
    }
    done.is_ok()
}

#[tokio::test]
async fn a_deactivated_last_owner_stays_and_administrators_can_name_another() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben, cleo, dora] = people(db, 4).await[..].try_into().unwrap();
        let id = secret(db, anna, "Garden").await;
        enrol(
            db,
            id,
            &[(ben, CommunityRole::Member), (cleo, CommunityRole::Owner)],
        )
        .await;
        let boss = admin(dora);
        let early = commands::transfer_ownership(db, &boss, id, ben).await;
        assert_eq!(outcome(&early), "MEMBERS_ONLY");
        deactivate(db, anna).await;
        drain(db, Deactivations).await;
        assert_eq!(announced(db, "community.ownerless").await, 0);
        // Anna is deactivated: Cleo is the last owner who can do anything.
        assert_eq!(
            outcome(&commands::leave(db, &viewer(cleo), id).await),
            "LAST_OWNER"
        );
        deactivate(db, cleo).await;
        drain(db, Deactivations).await;
        assert_eq!(announced(db, "community.ownerless").await, 1);
        assert_eq!(role(db, anna, id).await, Some(CommunityRole::Owner));
        let known = queries::ownerless(&reader(db, &boss)).await.unwrap();
        assert_eq!(known.iter().map(|c| c.id).collect::<Vec<_>>(), [id]);
        let hidden = queries::ownerless(&reader(db, &viewer(ben))).await;
        assert_eq!(outcome(&hidden), "NETWORK_ADMIN_REQUIRED");
        let boss_can = standing(db, &boss, id).await.unwrap();
        assert!(boss_can.can_transfer_ownership() && !boss_can.can_read());
        // No way in for the administrator while a member is there to take over.
        let own = commands::transfer_ownership(db, &boss, id, dora).await;
        assert_eq!(outcome(&own), "NOT_A_MEMBER");
        commands::transfer_ownership(db, &boss, id, ben)
            .await
            .unwrap();
        assert_eq!(role(db, ben, id).await, Some(CommunityRole::Owner));
        assert!(
            queries::ownerless(&reader(db, &boss))
                .await
                .unwrap()
                .is_empty()
        );
        bed
    })
    .await;
}

#[tokio::test]
async fn where_nobody_active_is_left_administrators_may_name_anybody() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben, cleo] = people(db, 3).await[..].try_into().unwrap();
        let id = public(db, anna, "Garden").await;
        deactivate(db, anna).await;
        commands::transfer_ownership(db, &admin(cleo), id, ben)
            .await
            .unwrap();
        assert_eq!(role(db, ben, id).await, Some(CommunityRole::Owner));
        let (stored, rows) = counts(db, id).await;
        assert_eq!((stored, rows), (2, 2));
        bed
    })
    .await;
}

#[tokio::test]
async fn requests_of_deactivated_people_are_withdrawn() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let id = public(db, anna, "Garden").await;
        let change = communities::CommunityChange {
            joining: Some(communities::CommunityJoining::Request),
            ..Default::default()
        };
        commands::update(db, &viewer(anna), id, change)
            .await
            .unwrap();
        commands::join(db, &viewer(ben), id, None).await.unwrap();
        assert!(standing(db, &viewer(ben), id).await.unwrap().has_requested);
        deactivate(db, ben).await;
        drain(db, Deactivations).await;
        drain(db, Deactivations).await;
        assert_eq!(announced(db, "join_request.withdrawn").await, 1);
        let open = "SELECT COUNT(*) AS number FROM join_requests WHERE community_id = $1";
        assert_eq!(number(db, open, vec![id.into()]).await, 0);
        bed
    })
    .await;
}
