//! Changing and taking away what was written.

use content::PostKind;
use kernel::Scope;
use posts::{PostChange, commands};

use crate::world::{Who, outcome};
use crate::worlds;

fn body(text: &str) -> PostChange {
    PostChange {
        body: Some(text.to_owned()),
        ..PostChange::default()
    }
}

worlds!(an_edit_keeps_what_was_there, |world| {
    let id = world
        .post(Who::Member, world.private, PostKind::Discussion)
        .await;
    let before = world.content(id).await;
    world.bed.clock.advance_seconds(60);
    let member = world.viewer(Who::Member);
    commands::update(world.db(), &member, id, body("Let us talk about **soup**."))
        .await
        .unwrap();
    let post = world.see(Who::Other, id).await.unwrap();
    assert!(post.content.html.contains("<strong>soup</strong>"));
    assert_eq!(post.content.edited_at, Some(world.db().now()));
    assert_eq!(
        (post.content.revision, post.content.feed_key),
        (2, before.feed_key)
    );
    let query = format!(
        "{{ post(id: \"{id}\") {{ revisionCount revisions(first: 5) {{ totalCount nodes {{ number bodySource editor {{ id }} }} }} }} }}"
    );
    let (data, _) = world.graphql(Who::Other, &query).await;
    let revisions = &data["post"]["revisions"];
    assert_eq!(
        (&data["post"]["revisionCount"], &revisions["totalCount"]),
        (&2.into(), &2.into())
    );
    assert_eq!(revisions["nodes"][1]["bodySource"], before.source.as_str());
    assert_eq!(
        revisions["nodes"][0]["editor"]["id"],
        world.id(Who::Member).to_string()
    );
    assert_eq!(world.announced("post.edited", id.0).await, 1);
});

worlds!(an_edit_is_checked_like_a_new_text, |world| {
    let id = world
        .post(Who::Member, world.public, PostKind::Discussion)
        .await;
    let member = world.viewer(Who::Member);
    for (text, code) in [("", "TEXT_EMPTY"), (&*"x".repeat(20_001), "TEXT_TOO_LONG")] {
        let result = commands::update(world.db(), &member, id, body(text)).await;
        assert_eq!(outcome(&result), code);
    }
    assert_eq!(world.content(id).await.revision, 1);
});

worlds!(what_people_voted_on_does_not_change, |world| {
    let id = world.post(Who::Member, world.public, PostKind::Poll).await;
    let member = world.viewer(Who::Member);
    commands::update(world.db(), &member, id, body("Which one?"))
        .await
        .unwrap();
    let options = world.options(id).await;
    let other = world.viewer(Who::Other);
    commands::poll_vote(world.db(), &other, id, &options[..1])
        .await
        .unwrap();
    let result = commands::update(world.db(), &member, id, body("Which one not?")).await;
    assert_eq!(outcome(&result), "POLL_HAS_VOTES");
    let topics = PostChange {
        topics: Some(vec!["food".to_owned()]),
        body: Some("Which one?".to_owned()),
        ..PostChange::default()
    };
    commands::update(world.db(), &member, id, topics)
        .await
        .unwrap();
});

worlds!(a_deleted_post_leaves_all_feeds_with_its_thread, |world| {
    let id = world
        .post(Who::Member, world.private, PostKind::Discussion)
        .await;
    let reply = world.reply(Who::Other, id).await.unwrap();
    let moderator = world.viewer(Who::Moderator);
    commands::set_pinned(world.db(), &moderator, id, true)
        .await
        .unwrap();
    commands::delete(world.db(), &moderator, id).await.unwrap();
    for who in Who::ALL {
        assert!(world.see(who, id).await.is_none(), "{who:?}");
        let query = format!("{{ post(id: \"{id}\") {{ id }} reply(id: \"{reply}\") {{ id }} }}");
        let (data, _) = world.graphql(who, &query).await;
        assert!(data["post"].is_null() && data["reply"].is_null(), "{who:?}");
    }
    assert_eq!(outcome(&world.reply(Who::Other, id).await), "NOT_FOUND");
    let pins = "SELECT COUNT(*) AS number FROM posts WHERE pinned_in IS NOT NULL";
    assert_eq!(world.number(pins, vec![]).await, 0);
    let words = "SELECT COUNT(*) AS number FROM contents WHERE id = $1 AND source <> ''";
    assert_eq!(world.number(words, vec![id.into()]).await, 0);
    let events = world.events_about(id.0).await;
    let deleted = events
        .iter()
        .find(|event| event.kind == "post.deleted")
        .unwrap();
    assert_eq!(deleted.scope, Scope::Community(world.private));
});
