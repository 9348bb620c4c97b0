//! The community everybody is in.

use communities::model::{CommunityChange, CommunityJoining, CommunityRole, CommunityVisibility};
use communities::subscribers::AllCompany;
use communities::{commands, queries};
use kernel::{CommunityId, Error};
use platform::Database;
use testkit::on_both_databases;

use crate::support::{
    admin, announced, counts, drain, execute, house, outcome, people, people_from, reader, role,
    standing, viewer,
};

async fn set_up(db: &Database) {
    let sql =
        "INSERT INTO organisation (id, name, created_at, updated_at) VALUES (1, 'Nordwind', 0, 0)";
    execute(db, "organisation.created", sql, vec![]).await;
}

async fn all_company(db: &Database) -> Option<CommunityId> {
    queries::all_company_id(&reader(db, &house()))
        .await
        .unwrap()
}

#[tokio::test]
async fn it_comes_with_the_organisation_and_takes_everybody_in() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        drain(db, AllCompany).await;
        assert_eq!(all_company(db).await, None);
        let first = people(db, 1).await[0];
        set_up(db).await;
        drain(db, AllCompany).await;
        let id = all_company(db).await.unwrap();
        let view = queries::by_id(&reader(db, &viewer(first)), id)
            .await
            .unwrap();
        assert_eq!(view.name, "Nordwind");
        assert!(view.is_all_company && view.is_official);
        assert_eq!(role(db, first, id).await, Some(CommunityRole::Owner));
        let later = people_from(db, 1, 70).await;
        drain(db, AllCompany).await;
        drain(db, AllCompany).await;
        assert_eq!(counts(db, id).await, (71, 71));
        assert_eq!(role(db, later[69], id).await, Some(CommunityRole::Member));
        assert_eq!(announced(db, "community.created").await, 1);
        bed
    })
    .await;
}

#[tokio::test]
async fn it_takes_in_those_who_were_there_before() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let crowd = people(db, 60).await;
        set_up(db).await;
        let mut tx = db.begin(&house()).await.unwrap();
        let id = commands::ensure_all_company(&mut tx)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            commands::ensure_all_company(&mut tx).await.unwrap(),
            Some(id)
        );
        assert_eq!(
            commands::add_to_all_company(&mut tx, &crowd).await.unwrap(),
            0
        );
        tx.commit().await.unwrap();
        assert_eq!(counts(db, id).await, (60, 60));
        drain(db, AllCompany).await;
        assert_eq!(
            counts(db, id).await,
            (60, 60),
            "the consumer finds nothing to do"
        );
        bed
    })
    .await;
}

#[tokio::test]
async fn nobody_leaves_it_and_it_stays_open_to_all() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let anna = people(db, 1).await[0];
        bed.clock.advance_seconds(1);
        let ben = people_from(db, 1, 1).await[0];
        set_up(db).await;
        drain(db, AllCompany).await;
        let id = all_company(db).await.unwrap();
        let (owner, member) = (viewer(anna), viewer(ben));
        let only = "ALL_COMPANY_COMMUNITY";
        assert_eq!(outcome(&commands::leave(db, &member, id).await), only);
        assert_eq!(
            outcome(&commands::remove_member(db, &owner, id, ben).await),
            only
        );
        assert_eq!(
            outcome(&commands::invite(db, &owner, id, &[ben]).await),
            only
        );
        assert_eq!(
            outcome(&commands::set_archived(db, &owner, id, true).await),
            only
        );
        assert_eq!(
            outcome(&commands::set_archived(db, &admin(ben), id, true).await),
            only
        );
        let change = CommunityChange {
            visibility: Some(CommunityVisibility::Secret),
            joining: Some(CommunityJoining::InviteOnly),
            ..CommunityChange::default()
        };
        let Err(Error::Invalid(problems)) = commands::update(db, &owner, id, change).await else {
            panic!("two problems");
        };
        assert_eq!(
            problems.iter().map(|p| p.code).collect::<Vec<_>>(),
            [only, only]
        );
        let mine = standing(db, &member, id).await.unwrap();
        assert!(mine.can_post() && !mine.can_leave() && !mine.can_invite());
        // Roles are given as elsewhere.
        commands::set_role(db, &owner, id, ben, CommunityRole::Moderator)
            .await
            .unwrap();
        assert_eq!(counts(db, id).await, (2, 2));
        bed
    })
    .await;
}
