//! Who sees what.

use std::collections::HashSet;

use communities::CommunityVisibility;
use content::policy::{Facts, can_see, can_see_place};
use content::queries;
use kernel::{CommunityId, ContentId, ContentState, PersonId, PostId, Viewer};
use platform::Database;
use sea_orm::Value;
use testkit::on_both_databases;

use crate::world::{World, codes, house};

struct Case {
    id: ContentId,
    author: PersonId,
    state: ContentState,
    root_state: ContentState,
    community: CommunityId,
    is_reply: bool,
}

/// Every kind of content in every state of its own and of its thread's start, by somebody who is
/// there and by somebody who is not, in one community.
async fn fill(world: &World, community: CommunityId, cases: &mut Vec<Case>) {
    for author in [world.bert, world.otto] {
        for root_state in ContentState::ALL {
            let root = write(world, author, community, root_state, None).await;
            let case = |id, state, is_reply| Case {
                id,
                author,
                state,
                root_state,
                community,
                is_reply,
            };
            cases.push(case(root, root_state, false));
            for state in ContentState::ALL {
                let reply = write(world, author, community, state, Some(root)).await;
                cases.push(case(reply, state, true));
            }
        }
    }
}

async fn write(
    world: &World,
    author: PersonId,
    community: CommunityId,
    state: ContentState,
    root: Option<ContentId>,
) -> ContentId {
    let id = ContentId(PostId::at(world.database().now()).0);
    let kind = if root.is_some() { "reply" } else { "post" };
    let values: Vec<Value> = vec![
        id.into(),
        kind.into(),
        state.as_str().into(),
        author.into(),
        community.into(),
        root.unwrap_or(id).into(),
        world.database().now().into(),
        false.into(),
    ];
    let sql = "INSERT INTO contents (id, kind, state, author_id, community_id, root_id, feed_key, \
               title, source, html, excerpt, revision, imported, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $1, '', 'x', 'x', 'x', 1, $8, $7)";
    world.force(sql, values).await;
    id
}

async fn is_readable(database: &Database, viewer: &Viewer, community: CommunityId) -> bool {
    let reader = database.reader(viewer);
    let standings = communities::policy::standings(&reader, viewer, &[community])
        .await
        .unwrap();
    standings
        .get(&community)
        .is_some_and(communities::Standing::can_read)
}

#[tokio::test]
async fn sql_and_predicate_agree_about_everything() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let mut cases = Vec::new();
        for visibility in CommunityVisibility::ALL {
            let community = world.community(visibility.as_str(), visibility).await;
            fill(&world, community, &mut cases).await;
        }
        let ids: Vec<ContentId> = cases.iter().map(|case| case.id).collect();
        let viewers = [world.admin, world.anna, world.bert, world.otto].map(|p| world.viewer(p));
        let mut seen_by_somebody = 0;
        for viewer in viewers.into_iter().chain([Viewer::anonymous(), house()]) {
            let reader = world.database().reader(&viewer);
            let seen = queries::contents_by_ids(&reader, &ids).await.unwrap();
            let seen: HashSet<ContentId> = seen.into_iter().map(|content| content.id).collect();
            let places = queries::contents(&reader, &ids).await.unwrap();
            for case in &cases {
                let facts = Facts {
                    author: case.author,
                    state: case.state,
                    root_state: case.root_state,
                    readable: is_readable(world.database(), &viewer, case.community).await,
                };
                let about = format!("{viewer:?} {facts:?} reply: {}", case.is_reply);
                assert_eq!(seen.contains(&case.id), can_see(&viewer, &facts), "{about}");
                let place = can_see_place(&viewer, &facts, case.is_reply);
                assert_eq!(places.contains_key(&case.id), place, "place: {about}");
                seen_by_somebody += usize::from(place);
            }
        }
        assert!(seen_by_somebody > 100);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn only_members_see_what_is_private() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.community("Quiet", CommunityVisibility::Private).await;
        let post = world.post(world.anna, community, "for us").await;
        let reply = world.reply(world.bert, &post, "yes").await;
        for id in [post.id, reply.id] {
            assert!(world.seen(world.carla, id).await.is_some());
            assert!(world.seen(world.otto, id).await.is_none());
            assert!(world.seen(world.admin, id).await.is_none());
        }
        assert_eq!(
            codes(world.try_reply(world.otto, &post, |_| {}).await),
            ["NOT_FOUND"]
        );
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_deleted_post_takes_its_thread_along() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.anna, community, "soon gone").await;
        let reply = world.reply(world.bert, &post, "really?").await;
        world.delete_post(world.anna, &post).await.unwrap();
        for viewer in [world.anna, world.bert, world.otto] {
            assert!(world.seen(viewer, post.id).await.is_none());
            assert!(world.seen(viewer, reply.id).await.is_none());
        }
        assert_eq!(
            codes(world.try_reply(world.bert, &post, |_| {}).await),
            ["NOT_FOUND"]
        );
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_deleted_reply_leaves_an_empty_place() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.anna, community, "question").await;
        let reply = world.reply(world.bert, &post, "a secret word").await;
        world.delete_reply(world.bert, &reply).await.unwrap();
        for viewer in [world.carla, world.bert, world.otto] {
            let place = world.seen(viewer, reply.id).await.unwrap();
            assert_eq!(place.state, ContentState::Deleted);
            assert_eq!(
                [&place.source, &place.html, &place.excerpt, &place.title],
                ["", "", "", ""]
            );
        }
        let stored = "SELECT COUNT(*) FROM content_revisions WHERE content_id = $1";
        assert_eq!(world.number(stored, vec![reply.id.into()]).await, 1);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_secret_community_is_named_only_by_those_who_know_it() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let place = world.public().await;
        let secret = world.community("Merger", CommunityVisibility::Secret).await;
        let reader = world.reader(world.bert);
        let named = communities::queries::by_id(&reader, secret).await.unwrap();
        let slug = named.slug;
        let address = format!("/communities/{slug}");
        let insider = world
            .post(world.bert, place, &format!("ask @+{slug}"))
            .await;
        assert!(insider.html.contains(&address), "{}", insider.html);
        let mut tx = world.database().begin(&house()).await.unwrap();
        let member = communities::model::NewMember {
            person: world.otto,
            role: communities::CommunityRole::Member,
            since: tx.now(),
        };
        communities::commands::join_many(&mut tx, place, &[member])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let outsider = world
            .post(world.otto, place, &format!("ask @+{slug}, @bert"))
            .await;
        assert!(
            !outsider.html.contains("/communities/"),
            "{}",
            outsider.html
        );
        assert!(outsider.html.contains("/people/bert"), "{}", outsider.html);
        let mentions = "SELECT COUNT(*) FROM mentions WHERE target_id = $1";
        assert_eq!(world.number(mentions, vec![secret.into()]).await, 1);
        world.bed
    })
    .await;
}
