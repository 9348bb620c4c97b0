//! Many at once: counts stay exact, attempts stay single, threads stay whole.

use std::collections::HashSet;

use communities::CommunityRole;
use content::queries::timeline;
use content::{NewReply, PostKind};
use kernel::{OrganisationRole, PersonId, PostId, Result, Viewer};
use posts::{NewShare, PollInput, PostInput, commands};
use tokio::task::JoinSet;

use crate::world::{Who, World, client_id, outcome, people, poll};
use crate::worlds;

fn viewer(person: PersonId) -> Viewer {
    Viewer::person(person, OrganisationRole::Member, None)
}

async fn crowd(world: &World, count: usize) -> Vec<PersonId> {
    let crowd = people(world.db(), 1000, count).await;
    let members: Vec<_> = crowd
        .iter()
        .map(|person| (*person, CommunityRole::Member))
        .collect();
    world.enrol(world.public, &members).await;
    crowd
}

worlds!(parallel a_hundred_votes_at_once_are_a_hundred_votes, |world| {
    let crowd = crowd(&world, 100).await;
    let anonymous = PollInput {
        is_anonymous: true,
        ..poll(&["a", "b", "c"])
    };
    let open = world.poll(world.public, poll(&["a", "b", "c"])).await;
    let hidden = world.poll(world.public, anonymous).await;
    let idea = world.post(Who::Member, world.public, PostKind::Idea).await;
    let (of_open, of_hidden) = (world.options(open).await, world.options(hidden).await);
    let mut voters = JoinSet::new();
    for (index, person) in crowd.into_iter().enumerate() {
        let (database, viewer) = (world.db().clone(), viewer(person));
        let (first, second) = (of_open[index % 3], of_hidden[index % 3]);
        voters.spawn(async move {
            commands::poll_vote(&database, &viewer, open, &[first])
                .await
                .unwrap();
            commands::poll_vote(&database, &viewer, hidden, &[second])
                .await
                .unwrap();
            commands::idea_vote(&database, &viewer, idea, true)
                .await
                .unwrap();
        });
    }
    while let Some(done) = voters.join_next().await {
        done.unwrap();
    }
    assert_eq!(world.counts(open).await, [34, 33, 33]);
    assert_eq!(world.counts(hidden).await, [34, 33, 33]);
    let rows = "SELECT COUNT(*) AS number FROM poll_votes v JOIN poll_options o ON o.id = v.option_id WHERE o.post_id = $1";
    assert_eq!(world.number(rows, vec![open.into()]).await, 100);
    assert_eq!(world.number(rows, vec![hidden.into()]).await, 0);
    let seen = world.see(Who::Owner, hidden).await.unwrap();
    assert_eq!(seen.details.poll.unwrap().voter_count, 100);
    assert_eq!(
        world
            .see(Who::Owner, idea)
            .await
            .unwrap()
            .details
            .idea
            .unwrap()
            .vote_count,
        100
    );
});

worlds!(parallel one_person_voting_many_times_at_once_votes_once, |world| {
    let id = world.poll(world.public, poll(&["a", "b"])).await;
    let options = world.options(id).await;
    let mut votes = JoinSet::new();
    for index in 0..20 {
        let (database, viewer, option) = (
            world.db().clone(),
            world.viewer(Who::Other),
            options[index % 2],
        );
        votes.spawn(async move { commands::poll_vote(&database, &viewer, id, &[option]).await });
    }
    while let Some(done) = votes.join_next().await {
        done.unwrap().unwrap();
    }
    assert_eq!(world.counts(id).await.iter().sum::<i64>(), 1);
    assert_eq!(
        world
            .see(Who::Owner, id)
            .await
            .unwrap()
            .details
            .poll
            .unwrap()
            .voter_count,
        1
    );
});

worlds!(parallel one_attempt_sent_twice_is_one_post, |world| {
    let original = world
        .post(Who::Member, world.public, PostKind::Discussion)
        .await;
    for _ in 0..5 {
        let id = client_id();
        let mut attempts = JoinSet::new();
        for _ in 0..4 {
            let (database, viewer, client_id) =
                (world.db().clone(), world.viewer(Who::Member), id.clone());
            let community = world.public;
            attempts.spawn(async move {
                let input = PostInput {
                    audience: None,
                    client_id,
                    community,
                    kind: PostKind::Poll,
                    title: String::new(),
                    body: "Which?".to_owned(),
                    topics: vec!["food".to_owned()],
                    attachments: Vec::new(),
                    poll: Some(poll(&["a", "b"])),
                    praise: None,
                    scheduled_for: None,
                    draft: None,
                };
                commands::create(&database, &viewer, input).await
            });
        }
        let share_id = client_id();
        for _ in 0..3 {
            let (database, viewer) = (world.db().clone(), world.viewer(Who::Member));
            let share = NewShare {
                client_id: share_id.clone(),
                post: original,
                community: world.private,
                body: String::new(),
            };
            attempts.spawn(async move { commands::share(&database, &viewer, share).await });
        }
        let mut made: HashSet<PostId> = HashSet::new();
        while let Some(done) = attempts.join_next().await {
            made.insert(done.unwrap().unwrap());
        }
        assert_eq!(made.len(), 2, "one poll and one share");
        for post in made {
            assert_eq!(world.announced("post.published", post.0).await, 1);
        }
    }
});

worlds!(parallel a_reply_during_a_move_ends_where_the_thread_is, |world| {
    for round in 0..6 {
        let id = world
            .post(Who::Member, world.public, PostKind::Discussion)
            .await;
        let mut tasks: JoinSet<Result<()>> = JoinSet::new();
        for who in [Who::Other, Who::Owner, Who::Moderator, Who::Member] {
            let (database, viewer) = (world.db().clone(), world.viewer(who));
            tasks.spawn(async move {
                let reply = NewReply {
                    client_id: client_id(),
                    post: id,
                    parent: None,
                    body: "Me too".to_owned(),
                    attachments: Vec::new(),
                    draft: None,
                };
                content::commands::create_reply(&database, &viewer, reply)
                    .await
                    .map(|_| ())
            });
            if who == Who::Owner {
                let (database, viewer) = (world.db().clone(), world.viewer(Who::Moderator));
                let target = if round % 2 == 0 {
                    world.private
                } else {
                    world.secret
                };
                tasks.spawn(async move { commands::move_to(&database, &viewer, id, target).await });
            }
        }
        while let Some(done) = tasks.join_next().await {
            done.unwrap().unwrap();
        }
        let astray = "SELECT COUNT(*) AS number FROM contents c JOIN contents r ON r.id = c.root_id \
                      WHERE c.root_id = $1 AND c.community_id <> r.community_id";
        assert_eq!(world.number(astray, vec![id.into()]).await, 0);
        let replies =
            "SELECT COUNT(*) AS number FROM contents WHERE root_id = $1 AND kind = 'reply'";
        assert_eq!(world.number(replies, vec![id.into()]).await, 4);
        assert!(world.see(Who::Outsider, id).await.is_none());
    }
});

worlds!(parallel moderators_pinning_at_once_pin_three, |world| {
    let mut posts = Vec::new();
    for _ in 0..8 {
        posts.push(
            world
                .post(Who::Member, world.public, PostKind::Discussion)
                .await,
        );
    }
    let mut pins = JoinSet::new();
    for (index, id) in posts.into_iter().enumerate() {
        let who = if index % 2 == 0 {
            Who::Owner
        } else {
            Who::Moderator
        };
        let (database, viewer) = (world.db().clone(), world.viewer(who));
        pins.spawn(
            async move { outcome(&commands::set_pinned(&database, &viewer, id, true).await) },
        );
    }
    let mut outcomes = Vec::new();
    while let Some(done) = pins.join_next().await {
        outcomes.push(done.unwrap());
    }
    outcomes.sort_unstable();
    assert_eq!(
        outcomes,
        [
            "PIN_LIMIT",
            "PIN_LIMIT",
            "PIN_LIMIT",
            "PIN_LIMIT",
            "PIN_LIMIT",
            "ok",
            "ok",
            "ok"
        ]
    );
    let reader = world.db().reader(&world.viewer(Who::Outsider));
    assert_eq!(
        timeline::pinned(&reader, world.public).await.unwrap().len(),
        3
    );
});
