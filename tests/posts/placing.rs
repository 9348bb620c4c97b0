//! Pins, closing and opening, moving.

use content::PostKind;
use content::queries::timeline;
use kernel::Scope;
use posts::commands;

use crate::world::{Who, outcome, problems};
use crate::worlds;

worlds!(three_posts_can_be_pinned, |world| {
    let moderator = world.viewer(Who::Moderator);
    let mut posts = Vec::new();
    for _ in 0..4 {
        posts.push(
            world
                .post(Who::Member, world.public, PostKind::Discussion)
                .await,
        );
        world.bed.clock.advance_seconds(1);
    }
    for id in &posts[..3] {
        commands::set_pinned(world.db(), &moderator, *id, true)
            .await
            .unwrap();
        world.bed.clock.advance_seconds(1);
    }
    let fourth = commands::set_pinned(world.db(), &moderator, posts[3], true).await;
    assert_eq!(problems(&fourth), ["PIN_LIMIT"]);
    // Pinning again is no change, and another community has its own three.
    commands::set_pinned(world.db(), &moderator, posts[0], true)
        .await
        .unwrap();
    assert_eq!(world.announced("post.pinned", posts[0].0).await, 1);
    let private = world
        .post(Who::Member, world.private, PostKind::Discussion)
        .await;
    commands::set_pinned(world.db(), &moderator, private, true)
        .await
        .unwrap();
    commands::set_pinned(world.db(), &moderator, posts[1], false)
        .await
        .unwrap();
    commands::set_pinned(world.db(), &moderator, posts[3], true)
        .await
        .unwrap();
    let outsider = world.db().reader(&world.viewer(Who::Outsider));
    let shown = timeline::pinned(&outsider, world.public).await.unwrap();
    let shown: Vec<_> = shown.into_iter().map(|entry| entry.post).collect();
    assert_eq!(shown, [posts[3], posts[2], posts[0]]);
    assert!(
        timeline::pinned(&outsider, world.private)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(world.announced("post.unpinned", posts[1].0).await, 1);
});

worlds!(closing_needs_a_reason_and_ends_replies, |world| {
    let id = world
        .post(Who::Member, world.public, PostKind::Discussion)
        .await;
    let member = world.viewer(Who::Member);
    for (reason, code) in [
        (" ", "REASON_REQUIRED"),
        (&*"x".repeat(301), "TEXT_TOO_LONG"),
    ] {
        assert_eq!(
            outcome(&commands::close(world.db(), &member, id, reason).await),
            code
        );
    }
    commands::close(world.db(), &member, id, "  Answered\n elsewhere ")
        .await
        .unwrap();
    let query = format!(
        "{{ post(id: \"{id}\") {{ closure {{ reason closedBy {{ id }} }} viewerCan {{ reply react vote }} }} }}"
    );
    let (data, _) = world.graphql(Who::Other, &query).await;
    let post = &data["post"];
    assert_eq!(post["closure"]["reason"], "Answered elsewhere");
    assert_eq!(
        post["closure"]["closedBy"]["id"],
        world.id(Who::Member).to_string()
    );
    assert_eq!(
        (&post["viewerCan"]["reply"], &post["viewerCan"]["react"]),
        (&false.into(), &true.into())
    );
    assert_eq!(outcome(&world.reply(Who::Other, id).await), "THREAD_CLOSED");
    // The author opens again what the author closed.
    commands::reopen(world.db(), &member, id).await.unwrap();
    world.reply(Who::Other, id).await.unwrap();
    assert_eq!(world.announced("post.closed", id.0).await, 1);
    assert_eq!(world.announced("post.reopened", id.0).await, 1);
});

worlds!(a_move_takes_the_thread_along_and_access_away, |world| {
    let id = world
        .post(Who::Member, world.public, PostKind::Question)
        .await;
    let reply = world.reply(Who::Other, id).await.unwrap();
    let (member, moderator) = (world.viewer(Who::Member), world.viewer(Who::Moderator));
    commands::best_answer_set(world.db(), &member, id, Some(reply))
        .await
        .unwrap();
    commands::set_pinned(world.db(), &moderator, id, true)
        .await
        .unwrap();
    content::commands::react(world.db(), &moderator, id.into(), "👍", true)
        .await
        .unwrap();
    assert!(world.see(Who::Outsider, id).await.is_some());

    commands::move_to(world.db(), &member, id, world.private)
        .await
        .unwrap();

    for who in [Who::Outsider, Who::Admin] {
        let query = format!("{{ post(id: \"{id}\") {{ id }} reply(id: \"{reply}\") {{ id }} }}");
        let (data, _) = world.graphql(who, &query).await;
        assert!(data["post"].is_null() && data["reply"].is_null(), "{who:?}");
    }
    let query = format!(
        "{{ post(id: \"{id}\") {{ community {{ id }} movedFromCommunity isPinned reactionCount replyCount \
         question {{ bestAnswer {{ id }} }} replies(first: 5) {{ nodes {{ id }} }} }} }}"
    );
    let (data, _) = world.graphql(Who::Other, &query).await;
    let post = &data["post"];
    assert_eq!(post["community"]["id"], world.private.to_string());
    assert_eq!(post["movedFromCommunity"], true);
    assert_eq!(
        post["isPinned"], false,
        "a pin is the other community's decision"
    );
    assert_eq!(
        (&post["reactionCount"], &post["replyCount"]),
        (&1.into(), &1.into())
    );
    assert_eq!(post["question"]["bestAnswer"]["id"], reply.to_string());
    assert_eq!(post["replies"]["nodes"][0]["id"], reply.to_string());
    let events = world.events_about(id.0).await;
    let moved = events
        .iter()
        .find(|event| event.kind == "post.moved")
        .unwrap();
    assert_eq!(moved.scope, Scope::Community(world.private));
    assert_eq!(moved.payload["from"], world.public.0.simple().to_string());
});

worlds!(a_move_needs_the_right_to_post_there, |world| {
    let id = world
        .post(Who::Member, world.public, PostKind::Discussion)
        .await;
    let announcement = world
        .post(Who::Moderator, world.public, PostKind::Announcement)
        .await;
    let restricted = world.restricted;
    for (target, who, expected) in [
        (world.elsewhere, Who::Member, "MEMBERS_ONLY"),
        (restricted, Who::Member, "MODERATORS_ONLY"),
        (world.public, Who::Member, "ALREADY_THERE"),
        (restricted, Who::Moderator, "ok"),
    ] {
        let viewer = world.viewer(who);
        let result = commands::move_to(world.db(), &viewer, id, target).await;
        assert_eq!(outcome(&result), expected, "{who:?}");
    }
    world.archive(world.secret).await;
    let moderator = world.viewer(Who::Moderator);
    let result = commands::move_to(world.db(), &moderator, id, world.secret).await;
    assert_eq!(outcome(&result), "COMMUNITY_ARCHIVED");
    // An announcement needs a moderator on both sides.
    world
        .enrol(
            world.elsewhere,
            &[(world.id(Who::Moderator), communities::CommunityRole::Member)],
        )
        .await;
    let moderator = world.viewer(Who::Moderator);
    let result = commands::move_to(world.db(), &moderator, announcement, world.elsewhere).await;
    assert_eq!(outcome(&result), "MODERATORS_ONLY");
});
