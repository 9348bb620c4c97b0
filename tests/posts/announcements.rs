//! Announcements: by moderators, on top until seen, counted once for each person.

use content::PostKind;
use content::queries::timeline;
use kernel::Scope;
use posts::commands;

use crate::world::{Who, World, outcome};
use crate::worlds;

async fn waiting(world: &World, who: Who) -> Vec<kernel::PostId> {
    let reader = world.db().reader(&world.viewer(who));
    let found = timeline::unseen_announcements(&reader, 10).await.unwrap();
    found.into_iter().map(|entry| entry.post).collect()
}

worlds!(an_announcement_waits_until_seen, |world| {
    world.bed.clock.advance_seconds(1);
    let first = world
        .post(Who::Moderator, world.private, PostKind::Announcement)
        .await;
    world.bed.clock.advance_seconds(1);
    let second = world
        .post(Who::Owner, world.public, PostKind::Announcement)
        .await;
    assert_eq!(waiting(&world, Who::Member).await, [second, first]);
    assert_eq!(
        waiting(&world, Who::Moderator).await,
        [second],
        "not one's own"
    );
    assert!(
        waiting(&world, Who::Outsider).await.is_empty(),
        "only for members"
    );
    let member = world.viewer(Who::Member);
    for _ in 0..2 {
        commands::announcement_mark_seen(world.db(), &member, second)
            .await
            .unwrap();
    }
    assert_eq!(waiting(&world, Who::Member).await, [first]);
    assert_eq!(waiting(&world, Who::Other).await, [second, first]);
    let query =
        format!("{{ post(id: \"{second}\") {{ announcement {{ seenByViewer seenCount }} }} }}");
    for (who, seen) in [
        (Who::Member, true),
        (Who::Other, false),
        (Who::Outsider, false),
    ] {
        let (data, _) = world.graphql(who, &query).await;
        let announcement = &data["post"]["announcement"];
        assert_eq!(
            (&announcement["seenByViewer"], &announcement["seenCount"]),
            (&seen.into(), &1.into())
        );
    }
    let events = world.events_about(second.0).await;
    let seen: Vec<_> = events
        .iter()
        .filter(|event| event.kind == "announcement.seen")
        .collect();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].scope, Scope::Person(world.id(Who::Member)));
});

worlds!(only_what_was_announced_to_somebody_waits, |world| {
    world.bed.clock.advance_seconds(1);
    let id = world
        .post(Who::Moderator, world.private, PostKind::Announcement)
        .await;
    world.bed.clock.advance_seconds(60);
    world
        .enrol(
            world.private,
            &[(world.id(Who::Outsider), communities::CommunityRole::Member)],
        )
        .await;
    assert!(
        waiting(&world, Who::Outsider).await.is_empty(),
        "from before one joined"
    );
    world.remove(world.private, Who::Member).await;
    assert!(
        waiting(&world, Who::Member).await.is_empty(),
        "left the community"
    );
    commands::delete(world.db(), &world.viewer(Who::Owner), id)
        .await
        .unwrap();
    assert!(waiting(&world, Who::Other).await.is_empty(), "deleted");
    let scheduled = world.try_post(Who::Moderator, world.private, |input| {
        input.kind = PostKind::Announcement;
        input.scheduled_for = Some(world.db().now().plus_seconds(60));
    });
    scheduled.await.unwrap();
    assert!(
        waiting(&world, Who::Other).await.is_empty(),
        "not published yet"
    );
});

worlds!(marking_seen_is_for_those_who_see_an_announcement, |world| {
    let id = world
        .post(Who::Moderator, world.private, PostKind::Announcement)
        .await;
    let talk = world
        .post(Who::Moderator, world.private, PostKind::Discussion)
        .await;
    for (who, post, expected) in [
        (Who::Outsider, id, "NOT_FOUND"),
        (Who::Admin, id, "NOT_FOUND"),
        (Who::Member, talk, "NOT_AN_ANNOUNCEMENT"),
        (Who::Member, id, "ok"),
    ] {
        let viewer = world.viewer(who);
        let result = commands::announcement_mark_seen(world.db(), &viewer, post).await;
        assert_eq!(outcome(&result), expected, "{who:?}");
    }
    // Where nobody writes any more, announcements can still be put away.
    world.archive(world.private).await;
    let other = world.viewer(Who::Other);
    commands::announcement_mark_seen(world.db(), &other, id)
        .await
        .unwrap();
    assert!(waiting(&world, Who::Other).await.is_empty());
});
