//! Many members at once, for importer and demo.

use communities::model::{CommunityJoining, CommunityRole, CommunityVisibility};
use communities::{NewCommunity, NewMember, commands, queries};
use kernel::{NewEvent, Scope, SubjectRef};
use testkit::on_both_databases;

use crate::support::{
    announced, counts, events, house, kind, moment, people, public, reader, role, viewer,
};

#[tokio::test]
async fn a_batch_is_one_event_and_can_be_repeated() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let crowd = people(db, 1_203).await;
        let id = public(db, crowd[0], "Garden").await;
        let batch: Vec<NewMember> = crowd
            .iter()
            .enumerate()
            .map(|(index, person)| NewMember {
                person: *person,
                role: if index % 100 == 0 {
                    CommunityRole::Moderator
                } else {
                    CommunityRole::Member
                },
                since: moment(-1_000 + i64::try_from(index).unwrap()),
            })
            .collect();
        let mut tx = db.begin(&house()).await.unwrap();
        assert_eq!(
            commands::join_many(&mut tx, id, &batch).await.unwrap(),
            1_202
        );
        assert_eq!(commands::join_many(&mut tx, id, &batch).await.unwrap(), 0);
        tx.commit().await.unwrap();
        assert_eq!(counts(db, id).await, (1_203, 1_203));
        assert_eq!(
            role(db, crowd[0], id).await,
            Some(CommunityRole::Owner),
            "kept"
        );
        assert_eq!(
            role(db, crowd[100], id).await,
            Some(CommunityRole::Moderator)
        );
        assert_eq!(announced(db, "membership.joined_many").await, 1);
        let all = events(db).await;
        assert!(
            all.iter()
                .find(|e| e.kind == "membership.joined_many")
                .unwrap()
                .imported
        );
        bed
    })
    .await;
}

#[tokio::test]
async fn what_is_imported_keeps_its_time_and_notifies_nobody() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let began = moment(-90_000_000);
        let mut tx = db.begin(&house()).await.unwrap();
        let new = NewCommunity {
            description: "Old times".to_owned(),
            ..kind(
                "Archive",
                CommunityVisibility::Private,
                CommunityJoining::InviteOnly,
            )
        };
        let id = commands::create_in(&mut tx, anna, new, began)
            .await
            .unwrap();
        let member = NewMember {
            person: ben,
            role: CommunityRole::Member,
            since: began.plus_seconds(60),
        };
        commands::join_many(&mut tx, id, &[member]).await.unwrap();
        commands::set_archived_in(&mut tx, id, true).await.unwrap();
        tx.announce(NewEvent::new(
            "import.done",
            SubjectRef::new("test", id),
            Scope::System,
        ));
        tx.commit().await.unwrap();
        let view = queries::by_id(&reader(db, &viewer(ben)), id).await.unwrap();
        assert_eq!(view.created_at, began);
        assert!(view.archived_at.is_some());
        assert_eq!(kernel::id::made_at(id.0), Some(began));
        let all = events(db).await;
        for kind in ["community.created", "membership.joined"] {
            assert!(
                all.iter().filter(|e| e.kind == kind).all(|e| e.imported),
                "{kind}"
            );
        }
        bed
    })
    .await;
}

#[tokio::test]
async fn being_made_a_member_settles_requests_and_invitations() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let id = public(db, anna, "Garden").await;
        commands::invite(db, &viewer(anna), id, &[ben])
            .await
            .unwrap();
        crate::support::enrol(db, id, &[(ben, CommunityRole::Member)]).await;
        assert!(
            queries::invitations(&reader(db, &viewer(ben)))
                .await
                .unwrap()
                .is_empty()
        );
        bed
    })
    .await;
}
