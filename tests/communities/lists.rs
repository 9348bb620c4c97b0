//! Lists come in pages by key: each item once, in order, with true totals.

use communities::model::{CommunityRole, CommunityScope};
use communities::queries::{self, CommunityFilter, MemberFilter};
use communities::{NewCommunity, commands};
use kernel::{CommunityId, Cursor, PageArgs};
use platform::Database;
use testkit::on_both_databases;

use crate::support::{
    create, enrol, house, moment, outcome, people, public, reader, secret, viewer,
};

fn filter(scope: CommunityScope, query: &str) -> CommunityFilter {
    CommunityFilter {
        scope,
        query: query.to_owned(),
        ..CommunityFilter::default()
    }
}

/// All names, read in pages of `size`.
async fn walk(
    db: &Database,
    filter: &CommunityFilter,
    size: i32,
    who: kernel::PersonId,
) -> Vec<String> {
    let r = reader(db, &viewer(who));
    let mut names = Vec::new();
    let mut after = None;
    loop {
        let page = PageArgs::forward(size, after).unwrap();
        let listed = queries::list(&r, filter, &page).await.unwrap();
        let info = listed.page.info();
        names.extend(listed.page.items.into_iter().map(|(_, c)| c.name));
        if !info.has_next_page {
            return names;
        }
        after = info.end_cursor;
    }
}

#[tokio::test]
async fn pages_of_communities_hold_each_once_in_the_order_of_names() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        // Equal names, signs, accents and a name that is nothing but signs.
        let names = [
            "Zebra", "apple", "Äpfel", "apple", "a | b", "!!", "日本", "Beta", "beta 2",
        ];
        for name in names {
            public(db, anna, name).await;
        }
        secret(db, anna, "Apple secret").await;
        let whole = walk(db, &filter(CommunityScope::All, ""), 100, ben).await;
        assert_eq!(whole.len(), names.len());
        for size in [1, 2, 4] {
            assert_eq!(
                walk(db, &filter(CommunityScope::All, ""), size, ben).await,
                whole,
                "{size}"
            );
        }
        let sorted = whole.iter().map(|name| communities::model::sort_key(name));
        assert!(sorted.is_sorted());
        bed
    })
    .await;
}

#[tokio::test]
async fn scopes_search_and_archive_narrow_the_list() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let garden = public(db, anna, "Garden friends").await;
        let old = public(db, anna, "Old garden").await;
        let tagged = NewCommunity {
            topics: vec!["gardening".to_owned()],
            ..NewCommunity::named("Plants")
        };
        create(db, anna, tagged).await;
        commands::join(db, &viewer(ben), garden, None)
            .await
            .unwrap();
        let names = async |scope, query| walk(db, &filter(scope, query), 100, ben).await;
        assert_eq!(names(CommunityScope::Mine, "").await, ["Garden friends"]);
        assert_eq!(
            names(CommunityScope::Discover, "").await,
            ["Old garden", "Plants"]
        );
        assert_eq!(
            names(CommunityScope::All, "GARD").await,
            ["Garden friends", "Old garden", "Plants"]
        );
        assert_eq!(
            names(CommunityScope::All, "gard fri").await,
            ["Garden friends"]
        );
        assert_eq!(
            names(CommunityScope::All, "arden").await,
            ["Plants"],
            "words are found by their beginning"
        );
        assert!(names(CommunityScope::All, "%").await.is_empty());
        commands::set_archived(db, &viewer(anna), old, true)
            .await
            .unwrap();
        assert_eq!(names(CommunityScope::Discover, "").await, ["Plants"]);
        let with_archived = CommunityFilter {
            include_archived: true,
            ..filter(CommunityScope::Discover, "")
        };
        assert_eq!(
            walk(db, &with_archived, 100, ben).await,
            ["Old garden", "Plants"]
        );
        bed
    })
    .await;
}

#[tokio::test]
async fn pages_of_members_hold_each_once_owners_first() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let crowd = people(db, 30).await;
        let id = public(db, crowd[0], "Garden").await;
        for (index, person) in crowd.iter().enumerate().skip(1) {
            let role = match index % 10 {
                3 => CommunityRole::Moderator,
                7 => CommunityRole::Owner,
                _ => CommunityRole::Member,
            };
            bed.clock.advance_seconds(1);
            enrol(db, id, &[(*person, role)]).await;
        }
        let r = reader(db, &viewer(crowd[5]));
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = PageArgs::forward(7, after).unwrap();
            let listed = queries::members(&r, id, &MemberFilter::default(), &page)
                .await
                .unwrap();
            assert_eq!(listed.total, 30);
            let info = listed.page.info();
            seen.extend(
                listed
                    .page
                    .items
                    .into_iter()
                    .map(|(_, m)| (m.role, m.since, m.person_id)),
            );
            if !info.has_next_page {
                break;
            }
            after = info.end_cursor;
        }
        assert_eq!(seen.len(), 30);
        assert!(seen.is_sorted_by(|a, b| (a.0, a.1) >= (b.0, b.1)));
        let mut unique: Vec<_> = seen.iter().map(|(_, _, person)| *person).collect();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), 30);
        let only = MemberFilter {
            role: Some(CommunityRole::Owner),
            ..MemberFilter::default()
        };
        let page = PageArgs::forward(2, None).unwrap();
        let owners = queries::members(&r, id, &only, &page).await.unwrap();
        assert_eq!((owners.total, owners.page.items.len()), (4, 2));
        let named = |query: &str| MemberFilter {
            query: query.to_owned(),
            role: None,
        };
        let page = PageArgs::forward(100, None).unwrap();
        let found = queries::members(&r, id, &named("PERSON 7"), &page)
            .await
            .unwrap();
        // Numbers 7, 17 and 27.
        assert_eq!((found.total, found.page.items.len()), (3, 3));
        for nothing in ["per_on", "%", "nobody"] {
            let found = queries::members(&r, id, &named(nothing), &page)
                .await
                .unwrap();
            assert_eq!(found.total, 0, "{nothing}");
        }
        bed
    })
    .await;
}

#[tokio::test]
async fn requests_come_oldest_first() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let crowd = people(db, 6).await;
        let id = public(db, crowd[0], "Board").await;
        let change = communities::CommunityChange {
            joining: Some(communities::CommunityJoining::Request),
            ..Default::default()
        };
        commands::update(db, &viewer(crowd[0]), id, change)
            .await
            .unwrap();
        for person in &crowd[1..] {
            bed.clock.advance_seconds(60);
            commands::join(db, &viewer(*person), id, Some("Hello"))
                .await
                .unwrap();
        }
        let r = reader(db, &viewer(crowd[0]));
        let page = PageArgs::forward(3, None).unwrap();
        let first = queries::join_requests(&r, id, &page).await.unwrap();
        assert_eq!(first.total, 5);
        let page = PageArgs::forward(3, first.page.info().end_cursor).unwrap();
        let second = queries::join_requests(&r, id, &page).await.unwrap();
        let people: Vec<_> = first
            .page
            .items
            .iter()
            .chain(&second.page.items)
            .map(|(_, r)| r.person_id)
            .collect();
        assert_eq!(people, crowd[1..]);
        assert_eq!(first.page.items[0].1.created_at, moment(60));
        bed
    })
    .await;
}

#[tokio::test]
async fn cursors_of_other_lists_are_refused() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let anna = people(db, 1).await[0];
        let id = public(db, anna, "Garden").await;
        let r = reader(db, &viewer(anna));
        for parts in [&["x"][..], &["not an id", "garden"], &["a", "b", "c"]] {
            let page = PageArgs::forward(5, Some(Cursor::parts(parts).encode())).unwrap();
            let list = queries::list(&r, &CommunityFilter::default(), &page).await;
            assert_eq!(outcome(&list), "INVALID_CURSOR");
            let members = queries::members(&r, id, &MemberFilter::default(), &page).await;
            assert_eq!(outcome(&members), "INVALID_CURSOR");
            assert_eq!(
                outcome(&queries::join_requests(&r, id, &page).await),
                "INVALID_CURSOR"
            );
        }
        bed
    })
    .await;
}

#[tokio::test]
async fn feeds_are_made_of_memberships_that_are_not_muted() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let mut ids: Vec<CommunityId> = Vec::new();
        for name in ["One", "Two", "Three"] {
            ids.push(public(db, anna, name).await);
        }
        let me = viewer(ben);
        commands::join(db, &me, ids[0], None).await.unwrap();
        commands::join(db, &me, ids[1], None).await.unwrap();
        commands::set_muted(db, &me, ids[1], true).await.unwrap();
        let r = reader(db, &me);
        let before = me.statements();
        let mut readable = queries::readable_ids(&r).await.unwrap();
        assert_eq!(queries::feed_ids(&r).await.unwrap(), [ids[0]]);
        assert_eq!(me.statements() - before, 2, "one statement each");
        readable.sort_unstable();
        let mut joined = ids[..2].to_vec();
        joined.sort_unstable();
        assert_eq!(readable, joined);
        let all = queries::member_levels(&r, &house(), ids[1], None, 10)
            .await
            .unwrap();
        assert_eq!(
            all.iter()
                .filter(|m| m.is_muted)
                .map(|m| m.person_id)
                .collect::<Vec<_>>(),
            [ben]
        );
        bed
    })
    .await;
}
