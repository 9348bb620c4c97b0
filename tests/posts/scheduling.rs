//! Publishing at a set time: once, at the right time, with the rights of that moment.

use content::PostKind;
use kernel::{ContentState, PageArgs, Scope};
use posts::jobs::publish_due;
use posts::model::MAX_AHEAD_SECONDS;
use posts::{commands, queries};
use serde_json::json;

use crate::world::{Who, house, outcome, poll, problems};
use crate::worlds;

worlds!(a_scheduled_post_waits_unseen_and_comes_out, |world| {
    let at = world.db().now().plus_seconds(600);
    let id = world
        .try_post(Who::Member, world.public, |input| {
            world.fill(input, PostKind::Praise);
            input.scheduled_for = Some(at);
        })
        .await
        .unwrap();
    for who in Who::ALL {
        assert_eq!(
            world.see(who, id).await.is_some(),
            who == Who::Member,
            "{who:?}"
        );
    }
    assert_eq!(publish_due(world.db()).await.unwrap(), 0);
    let created = &world.events_about(id.0).await[0];
    assert_eq!(created.kind, "post.created");
    assert_eq!(created.scope, Scope::Person(world.id(Who::Member)));

    world.bed.clock.advance_seconds(600);
    assert_eq!(publish_due(world.db()).await.unwrap(), 1);
    assert_eq!(publish_due(world.db()).await.unwrap(), 0);

    let post = world.see(Who::Outsider, id).await.unwrap();
    assert_eq!(post.content.state, ContentState::Published);
    assert_eq!(post.content.published_at, Some(world.db().now()));
    assert_eq!(post.content.scheduled_for, None);
    assert!(post.content.feed_key.is_some());
    let events = world.events_about(id.0).await;
    let published = events
        .iter()
        .find(|event| event.kind == "post.published")
        .unwrap();
    assert_eq!(published.scope, Scope::Community(world.public));
    assert_eq!(
        published.payload["author"],
        json!(world.id(Who::Member).0.simple().to_string())
    );
    assert_eq!(
        published.payload["praised"],
        json!([world.id(Who::Outsider).0.simple().to_string()])
    );
});

worlds!(overdue_posts_come_out_after_a_restart, |world| {
    for seconds in [10, 20, 30] {
        world.scheduled(Who::Member, world.public, seconds).await;
    }
    world.bed.clock.advance_seconds(7 * 24 * 3600);
    assert_eq!(publish_due(world.db()).await.unwrap(), 3);
});

worlds!(parallel two_workers_publish_each_post_once, |world| {
    let mut ids = Vec::new();
    for _ in 0..12 {
        ids.push(world.scheduled(Who::Member, world.public, 60).await);
    }
    world.bed.clock.advance_seconds(61);
    let workers = (0..4).map(|_| {
        let database = world.db().clone();
        tokio::spawn(async move { publish_due(&database).await.unwrap() })
    });
    let mut published = 0;
    for worker in workers.collect::<Vec<_>>() {
        published += worker.await.unwrap();
    }
    assert_eq!(published, 12);
    for id in ids {
        assert_eq!(world.announced("post.published", id.0).await, 1);
    }
});

worlds!(who_may_not_post_any_more_gets_the_text_back, |world| {
    let removed = world.scheduled(Who::Member, world.private, 60).await;
    let lost = world.scheduled(Who::Member, world.secret, 60).await;
    let archived = world.scheduled(Who::Moderator, world.restricted, 60).await;
    world.remove(world.private, Who::Member).await;
    world.remove(world.secret, Who::Member).await;
    world.archive(world.restricted).await;
    world.bed.clock.advance_seconds(61);
    assert_eq!(publish_due(world.db()).await.unwrap(), 3);
    for id in [removed, lost, archived] {
        assert_eq!(world.state(id).await, ContentState::Draft);
        assert_eq!(world.announced("post.published", id.0).await, 0);
        assert_eq!(world.announced("post.returned", id.0).await, 1);
    }
    assert!(
        world.see(Who::Member, removed).await.is_some(),
        "the text is not lost"
    );
    assert!(
        world.see(Who::Member, lost).await.is_none(),
        "nor is the secret"
    );
    assert!(world.see(Who::Other, removed).await.is_none());
    // It can be published once one may again.
    let member = world.viewer(Who::Member);
    let refused = commands::schedule(world.db(), &member, removed, None).await;
    assert_eq!(outcome(&refused), "MEMBERS_ONLY");
    world
        .enrol(
            world.private,
            &[(world.id(Who::Member), communities::CommunityRole::Member)],
        )
        .await;
    commands::schedule(world.db(), &member, removed, None)
        .await
        .unwrap();
    assert!(world.see(Who::Other, removed).await.is_some());
});

worlds!(the_time_is_ahead_and_within_a_year, |world| {
    let now = world.db().now();
    for (seconds, code) in [
        (0, "SCHEDULED_IN_THE_PAST"),
        (-5, "SCHEDULED_IN_THE_PAST"),
        (MAX_AHEAD_SECONDS + 1, "TIME_TOO_FAR_AHEAD"),
    ] {
        let at = Some(now.plus_seconds(seconds));
        let made = world
            .try_post(Who::Member, world.public, |input| input.scheduled_for = at)
            .await;
        assert_eq!(problems(&made), [code], "{seconds}");
        let id = world.scheduled(Who::Member, world.public, 60).await;
        let member = world.viewer(Who::Member);
        let again = commands::schedule(world.db(), &member, id, at).await;
        assert_eq!(problems(&again), [code], "{seconds}");
    }
});

worlds!(the_author_changes_the_time_or_publishes_now, |world| {
    let id = world.scheduled(Who::Member, world.public, 60).await;
    let member = world.viewer(Who::Member);
    let later = world.db().now().plus_seconds(3600);
    commands::schedule(world.db(), &member, id, Some(later))
        .await
        .unwrap();
    world.bed.clock.advance_seconds(120);
    assert_eq!(publish_due(world.db()).await.unwrap(), 0);
    for who in [Who::Owner, Who::Other, Who::Admin] {
        let viewer = world.viewer(who);
        let result = commands::schedule(world.db(), &viewer, id, None).await;
        assert_eq!(outcome(&result), "NOT_FOUND", "{who:?}");
    }
    commands::schedule(world.db(), &member, id, None)
        .await
        .unwrap();
    assert_eq!(world.state(id).await, ContentState::Published);
    let again = commands::schedule(world.db(), &member, id, Some(later.plus_seconds(60))).await;
    assert_eq!(outcome(&again), "WRONG_STATE");
    world.bed.clock.advance_seconds(7200);
    assert_eq!(publish_due(world.db()).await.unwrap(), 0);
    assert_eq!(world.announced("post.published", id.0).await, 1);
});

worlds!(a_poll_does_not_end_before_it_starts, |world| {
    let now = world.db().now();
    let made = world.try_post(Who::Member, world.public, |input| {
        world.fill(input, PostKind::Poll);
        input.poll = Some(posts::PollInput {
            closes_at: Some(now.plus_seconds(100)),
            ..poll(&["a", "b"])
        });
        input.scheduled_for = Some(now.plus_seconds(200));
    });
    assert_eq!(problems(&made.await), ["TIME_IN_THE_PAST"]);
    let made = world.try_post(Who::Member, world.public, |input| {
        world.fill(input, PostKind::Poll);
        input.poll = Some(posts::PollInput {
            closes_at: Some(now.plus_seconds(100)),
            ..poll(&["a", "b"])
        });
        input.scheduled_for = Some(now.plus_seconds(50));
    });
    let id = made.await.unwrap();
    let member = world.viewer(Who::Member);
    let later = commands::schedule(world.db(), &member, id, Some(now.plus_seconds(100))).await;
    assert_eq!(problems(&later), ["POLL_ENDS_BEFORE"]);
});

worlds!(the_list_of_waiting_posts_is_ones_own_in_order, |world| {
    let third = world.scheduled(Who::Member, world.public, 300).await;
    let first = world.scheduled(Who::Member, world.private, 100).await;
    let second = world.scheduled(Who::Member, world.public, 200).await;
    world.scheduled(Who::Other, world.public, 50).await;
    world
        .post(Who::Member, world.public, PostKind::Discussion)
        .await;
    let reader = world.db().reader(&world.viewer(Who::Member));
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let args = PageArgs::forward(2, after).unwrap();
        let page = queries::scheduled(&reader, &args).await.unwrap();
        seen.extend(page.items.iter().map(|(_, post)| post.id()));
        after = page.info().end_cursor;
        if !page.has_next {
            break;
        }
    }
    assert_eq!(seen, [first, second, third]);
    let anonymous = world.db().reader(&kernel::Viewer::anonymous());
    let args = PageArgs::forward(2, None).unwrap();
    assert!(queries::scheduled(&anonymous, &args).await.is_err());
    let foreign = PageArgs::forward(2, Some("bm90LWEtY3Vyc29y".to_owned())).unwrap();
    assert_eq!(
        outcome(&queries::scheduled(&reader, &foreign).await),
        "INVALID_CURSOR"
    );
    assert!(world.db().reader(&house()).viewer().is_system());
});
