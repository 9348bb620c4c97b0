//! Ideas: votes, and what becomes of them.

use content::PostKind;
use posts::{IdeaState, commands};

use crate::world::{Who, World, outcome};
use crate::worlds;

async fn set(
    world: &World,
    who: Who,
    id: kernel::PostId,
    state: IdeaState,
    reason: &str,
) -> &'static str {
    outcome(&commands::idea_set_state(world.db(), &world.viewer(who), id, state, reason).await)
}

async fn vote(world: &World, who: Who, id: kernel::PostId, voted: bool) -> &'static str {
    outcome(&commands::idea_vote(world.db(), &world.viewer(who), id, voted).await)
}

async fn shown(world: &World, who: Who, id: kernel::PostId) -> serde_json::Value {
    let query = format!(
        "{{ post(id: \"{id}\") {{ viewerCan {{ vote setIdeaState }} idea {{ state stateReason voteCount viewerVoted }} }} }}"
    );
    world.graphql(who, &query).await.0["post"].clone()
}

worlds!(everybody_in_it_has_one_vote, |world| {
    let id = world.post(Who::Member, world.public, PostKind::Idea).await;
    for who in [Who::Member, Who::Other, Who::Owner] {
        assert_eq!(vote(&world, who, id, true).await, "ok");
    }
    assert_eq!(vote(&world, Who::Other, id, true).await, "ok");
    assert_eq!(vote(&world, Who::Outsider, id, true).await, "MEMBERS_ONLY");
    let post = shown(&world, Who::Other, id).await;
    assert_eq!(
        (&post["idea"]["voteCount"], &post["idea"]["viewerVoted"]),
        (&3.into(), &true.into())
    );
    assert_eq!(vote(&world, Who::Other, id, false).await, "ok");
    assert_eq!(vote(&world, Who::Other, id, false).await, "ok");
    let post = shown(&world, Who::Other, id).await;
    assert_eq!(
        (&post["idea"]["voteCount"], &post["idea"]["viewerVoted"]),
        (&2.into(), &false.into())
    );
    assert_eq!(
        world.announced("post.counters", id.0).await,
        4,
        "repeating is no change"
    );
    let talk = world
        .post(Who::Member, world.public, PostKind::Discussion)
        .await;
    assert_eq!(vote(&world, Who::Other, talk, true).await, "NOT_AN_IDEA");
});

worlds!(moderators_say_what_becomes_of_it, |world| {
    let id = world.post(Who::Member, world.public, PostKind::Idea).await;
    for who in [Who::Member, Who::Other, Who::Outsider, Who::Admin] {
        let expected = if matches!(who, Who::Outsider | Who::Admin) {
            "MEMBERS_ONLY"
        } else {
            "MODERATORS_ONLY"
        };
        assert_eq!(
            set(&world, who, id, IdeaState::Planned, "").await,
            expected,
            "{who:?}"
        );
        assert_eq!(
            shown(&world, who, id).await["viewerCan"]["setIdeaState"],
            false
        );
    }
    assert_eq!(
        set(&world, Who::Moderator, id, IdeaState::Declined, " \n").await,
        "REASON_REQUIRED"
    );
    let long = "x".repeat(301);
    assert_eq!(
        set(&world, Who::Moderator, id, IdeaState::Declined, &long).await,
        "TEXT_TOO_LONG"
    );
    assert_eq!(
        set(&world, Who::Moderator, id, IdeaState::Declined, "Too dear").await,
        "ok"
    );
    let post = shown(&world, Who::Other, id).await;
    assert_eq!(
        (&post["idea"]["state"], &post["idea"]["stateReason"]),
        (&"DECLINED".into(), &"Too dear".into())
    );
    assert_eq!(post["viewerCan"]["vote"], false);
    assert_eq!(vote(&world, Who::Other, id, true).await, "IDEA_DECIDED");
    assert_eq!(
        set(&world, Who::Owner, id, IdeaState::Planned, "").await,
        "ok"
    );
    assert_eq!(
        set(&world, Who::Owner, id, IdeaState::Planned, "").await,
        "ok"
    );
    let post = shown(&world, Who::Other, id).await;
    assert_eq!(
        (&post["idea"]["state"], &post["idea"]["stateReason"]),
        (&"PLANNED".into(), &"".into())
    );
    assert_eq!(vote(&world, Who::Other, id, true).await, "ok");
    let events = world.events_about(id.0).await;
    let states: Vec<_> = events
        .iter()
        .filter(|e| e.kind == "post.changed")
        .map(|e| e.payload["idea_state"].clone())
        .collect();
    assert_eq!(states, ["declined", "planned"]);
    let talk = world
        .post(Who::Member, world.public, PostKind::Discussion)
        .await;
    assert_eq!(
        set(&world, Who::Owner, talk, IdeaState::Done, "").await,
        "NOT_AN_IDEA"
    );
});
