//! Of a secret community nobody learns anything but those who may; of a private one nobody reads.

use communities::model::{CommunityChange, CommunityJoining, CommunityScope, CommunityVisibility};
use communities::queries::{self, CommunityFilter, MemberFilter};
use communities::{NewCommunity, commands};
use kernel::{InvitationId, JoinRequestId, PageArgs, Viewer};
use platform::Database;
use testkit::on_both_databases;

use crate::support::{
    admin, create, house, kind, outcome, people, public, reader, secret, standing, viewer,
};

/// Names in a list, and its total.
async fn listed(db: &Database, viewer: &Viewer, filter: CommunityFilter) -> (Vec<String>, i64) {
    let page = PageArgs::forward(100, None).unwrap();
    let listed = queries::list(&reader(db, viewer), &filter, &page)
        .await
        .unwrap();
    (
        listed.page.items.into_iter().map(|(_, c)| c.name).collect(),
        listed.total,
    )
}

fn all(query: &str) -> CommunityFilter {
    CommunityFilter {
        query: query.to_owned(),
        include_archived: true,
        ..CommunityFilter::default()
    }
}

#[tokio::test]
async fn a_secret_community_is_not_there_for_others() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben, cleo] = people(db, 3).await[..].try_into().unwrap();
        let new = NewCommunity {
            topics: vec!["merger".to_owned()],
            ..kind(
                "Merger",
                CommunityVisibility::Secret,
                CommunityJoining::Open,
            )
        };
        let id = create(db, anna, new).await;
        let slug = queries::by_id(&reader(db, &viewer(anna)), id)
            .await
            .unwrap()
            .slug;
        let other = viewer(ben);
        let r = reader(db, &other);
        assert_eq!(outcome(&queries::by_id(&r, id).await), "NOT_FOUND");
        assert_eq!(outcome(&queries::by_slug(&r, &slug).await), "NOT_FOUND");
        assert!(
            queries::by_slugs(&r, &other, std::slice::from_ref(&slug))
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(outcome(&standing(db, &other, id).await), "NOT_FOUND");
        let page = PageArgs::forward(10, None).unwrap();
        let members = queries::members(&r, id, &MemberFilter::default(), &page).await;
        assert_eq!(outcome(&members), "NOT_FOUND");
        assert_eq!(
            outcome(&queries::join_requests(&r, id, &page).await),
            "NOT_FOUND"
        );
        for filter in [all(""), all("merger"), all("mer")] {
            assert_eq!(listed(db, &other, filter).await, (vec![], 0));
        }
        for scope in [
            CommunityScope::Mine,
            CommunityScope::Discover,
            CommunityScope::All,
        ] {
            let filter = CommunityFilter { scope, ..all("") };
            assert_eq!(listed(db, &other, filter).await, (vec![], 0), "{scope:?}");
        }
        // Every write answers as for a community that never was.
        let never = kernel::CommunityId::at(testkit::MONDAY);
        for id in [id, never] {
            assert_eq!(
                outcome(&commands::join(db, &other, id, None).await),
                "NOT_FOUND"
            );
            assert_eq!(outcome(&commands::leave(db, &other, id).await), "NOT_FOUND");
            assert_eq!(
                outcome(&commands::invite(db, &other, id, &[cleo]).await),
                "NOT_FOUND"
            );
            assert_eq!(
                outcome(&commands::withdraw_join_request(db, &other, id).await),
                "NOT_FOUND"
            );
            assert_eq!(
                outcome(&commands::set_muted(db, &other, id, true).await),
                "NOT_FOUND"
            );
            assert_eq!(
                outcome(&commands::remove_member(db, &other, id, anna).await),
                "NOT_FOUND"
            );
        }
        bed
    })
    .await;
}

#[tokio::test]
async fn the_name_of_a_secret_community_does_not_show_in_the_slug_of_the_next() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        secret(db, anna, "Merger").await;
        let id = public(db, ben, "Merger").await;
        let view = queries::by_id(&reader(db, &viewer(ben)), id).await.unwrap();
        assert_eq!(view.slug, "merger");
        bed
    })
    .await;
}

#[tokio::test]
async fn the_invited_see_the_community_but_not_inside() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben, cleo] = people(db, 3).await[..].try_into().unwrap();
        let id = secret(db, anna, "Merger").await;
        commands::invite(db, &viewer(anna), id, &[ben])
            .await
            .unwrap();
        let invited = viewer(ben);
        let got = standing(db, &invited, id).await.unwrap();
        assert!(got.can_see() && got.can_join() && !got.can_read());
        assert_eq!(listed(db, &invited, all("merger")).await.1, 1);
        let mine = queries::invitations(&reader(db, &invited)).await.unwrap();
        assert_eq!(mine.len(), 1);
        // Somebody else's invitation is not there.
        let thief = viewer(cleo);
        let foreign = queries::invitation(&reader(db, &thief), &thief, mine[0].id).await;
        assert_eq!(outcome(&foreign), "NOT_FOUND");
        let theft = commands::decide_invitation(db, &viewer(cleo), mine[0].id, true).await;
        assert_eq!(outcome(&theft), "NOT_FOUND");
        commands::decide_invitation(db, &invited, mine[0].id, false)
            .await
            .unwrap();
        assert_eq!(outcome(&standing(db, &invited, id).await), "NOT_FOUND");
        assert_eq!(listed(db, &invited, all("")).await.1, 0);
        bed
    })
    .await;
}

#[tokio::test]
async fn an_administrator_sees_that_it_is_there_and_no_more() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let id = secret(db, anna, "Merger").await;
        let boss = admin(ben);
        let got = standing(db, &boss, id).await.unwrap();
        assert!(got.can_see() && !got.can_read() && !got.can_join() && !got.can_request_to_join());
        assert!(got.can_set_official() && got.can_archive() && !got.can_edit());
        let page = PageArgs::forward(10, None).unwrap();
        let r = reader(db, &boss);
        let members = queries::members(&r, id, &MemberFilter::default(), &page)
            .await
            .unwrap();
        assert_eq!((members.total, members.page.items.len()), (0, 0));
        assert_eq!(listed(db, &boss, all("merger")).await.1, 1);
        assert_eq!(queries::readable_ids(&r).await.unwrap(), []);
        // The same person through a token without that right sees nothing.
        let narrowed = crate::support::admin_without_scope(ben);
        assert_eq!(outcome(&standing(db, &narrowed, id).await), "NOT_FOUND");
        assert_eq!(listed(db, &narrowed, all("")).await.1, 0);
        bed
    })
    .await;
}

#[tokio::test]
async fn a_change_of_visibility_takes_effect_at_once() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let id = public(db, anna, "Garden").await;
        let other = viewer(ben);
        let steps = [
            (CommunityVisibility::Private, true, false),
            (CommunityVisibility::Secret, false, false),
            (CommunityVisibility::Public, true, true),
        ];
        assert!(standing(db, &other, id).await.unwrap().can_read());
        for (visibility, sees, reads) in steps {
            let change = CommunityChange {
                visibility: Some(visibility),
                ..CommunityChange::default()
            };
            commands::update(db, &viewer(anna), id, change)
                .await
                .unwrap();
            let got = standing(db, &other, id).await.ok();
            assert_eq!(got.is_some(), sees, "{visibility:?}");
            assert_eq!(got.is_some_and(|s| s.can_read()), reads, "{visibility:?}");
            assert_eq!(
                listed(db, &other, all("")).await.1,
                i64::from(sees),
                "{visibility:?}"
            );
        }
        bed
    })
    .await;
}

#[tokio::test]
async fn requests_are_seen_by_those_who_ask_and_those_who_decide() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben, cleo, dora] = people(db, 4).await[..].try_into().unwrap();
        let new = kind(
            "Board",
            CommunityVisibility::Private,
            CommunityJoining::Request,
        );
        let id = create(db, anna, new).await;
        for person in [ben, cleo] {
            bed.clock.advance_seconds(1);
            commands::join(db, &viewer(person), id, Some("Let me in"))
                .await
                .unwrap();
        }
        let page = PageArgs::forward(10, None).unwrap();
        for (who, seen) in [(anna, 2), (ben, 1), (dora, 0)] {
            let r = reader(db, &viewer(who));
            let listed = queries::join_requests(&r, id, &page).await.unwrap();
            assert_eq!(
                (listed.total, listed.page.items.len()),
                (seen, seen as usize)
            );
        }
        let r = reader(db, &viewer(anna));
        let request = queries::join_requests(&r, id, &page)
            .await
            .unwrap()
            .page
            .items[0]
            .1
            .clone();
        for (who, found) in [(anna, true), (ben, true), (cleo, false), (dora, false)] {
            let (viewer, r) = (viewer(who), reader(db, &viewer(who)));
            assert_eq!(
                queries::join_request(&r, &viewer, request.id).await.is_ok(),
                found
            );
        }
        bed
    })
    .await;
}

#[tokio::test]
async fn ids_that_never_were_are_not_found() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let anna = people(db, 1).await[0];
        let me = viewer(anna);
        let request = JoinRequestId::at(testkit::MONDAY);
        let invitation = InvitationId::at(testkit::MONDAY);
        assert_eq!(
            outcome(&commands::decide_join_request(db, &me, request, true).await),
            "NOT_FOUND"
        );
        assert_eq!(
            outcome(&commands::decide_invitation(db, &me, invitation, true).await),
            "NOT_FOUND"
        );
        let nobody = Viewer::anonymous();
        let id = public(db, anna, "Garden").await;
        assert_eq!(outcome(&standing(db, &nobody, id).await), "UNAUTHENTICATED");
        assert_eq!(listed(db, &nobody, all("")).await, (vec![], 0));
        assert_eq!(listed(db, &house(), all("")).await.1, 1);
        bed
    })
    .await;
}
