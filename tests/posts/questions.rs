//! Questions and their best answer.

use content::PostKind;
use posts::commands;

use crate::world::{Who, World, outcome};
use crate::worlds;

async fn mark(
    world: &World,
    who: Who,
    id: kernel::PostId,
    reply: Option<kernel::ReplyId>,
) -> &'static str {
    outcome(&commands::best_answer_set(world.db(), &world.viewer(who), id, reply).await)
}

async fn shown(world: &World, id: kernel::PostId) -> serde_json::Value {
    let query = format!(
        "{{ post(id: \"{id}\") {{ viewerCan {{ markBestAnswer }} question {{ isAnswered bestAnswer {{ id isBestAnswer }} }} }} }}"
    );
    world.graphql(Who::Other, &query).await.0["post"].clone()
}

worlds!(who_asked_and_moderators_mark_the_best_answer, |world| {
    let id = world
        .post(Who::Member, world.public, PostKind::Question)
        .await;
    let reply = world.reply(Who::Other, id).await.unwrap();
    let better = world.reply(Who::Owner, id).await.unwrap();
    assert_eq!(
        mark(&world, Who::Other, id, Some(reply)).await,
        "MODERATORS_ONLY"
    );
    assert_eq!(
        mark(&world, Who::Outsider, id, Some(reply)).await,
        "MEMBERS_ONLY"
    );
    assert_eq!(mark(&world, Who::Member, id, Some(reply)).await, "ok");
    let post = shown(&world, id).await;
    assert_eq!(post["question"]["isAnswered"], true);
    assert_eq!(post["question"]["bestAnswer"]["id"], reply.to_string());
    assert_eq!(post["question"]["bestAnswer"]["isBestAnswer"], true);
    assert_eq!(post["viewerCan"]["markBestAnswer"], false);
    assert_eq!(mark(&world, Who::Moderator, id, Some(better)).await, "ok");
    assert_eq!(mark(&world, Who::Moderator, id, Some(better)).await, "ok");
    assert_eq!(
        shown(&world, id).await["question"]["bestAnswer"]["id"],
        better.to_string()
    );
    assert_eq!(mark(&world, Who::Member, id, None).await, "ok");
    assert_eq!(shown(&world, id).await["question"]["isAnswered"], false);
    assert_eq!(
        world.announced("post.changed", id.0).await,
        3,
        "repeating is no change"
    );
});

worlds!(the_best_answer_belongs_to_the_thread, |world| {
    let id = world
        .post(Who::Member, world.public, PostKind::Question)
        .await;
    let elsewhere = world
        .post(Who::Member, world.public, PostKind::Question)
        .await;
    let foreign = world.reply(Who::Other, elsewhere).await.unwrap();
    assert_eq!(
        mark(&world, Who::Member, id, Some(foreign)).await,
        "REPLY_NOT_FOUND"
    );
    let itself = kernel::ReplyId(id.0);
    assert_eq!(
        mark(&world, Who::Member, id, Some(itself)).await,
        "REPLY_NOT_FOUND"
    );
    for kind in [PostKind::Discussion, PostKind::Idea, PostKind::Poll] {
        let other = world.post(Who::Member, world.public, kind).await;
        let reply = world.reply(Who::Other, other).await.unwrap();
        assert_eq!(
            mark(&world, Who::Member, other, Some(reply)).await,
            "NOT_A_QUESTION",
            "{kind:?}"
        );
        assert!(shown(&world, other).await["question"].is_null());
    }
});

worlds!(deleting_the_best_answer_takes_the_mark_away, |world| {
    let id = world
        .post(Who::Member, world.public, PostKind::Question)
        .await;
    let reply = world.reply(Who::Other, id).await.unwrap();
    assert_eq!(mark(&world, Who::Member, id, Some(reply)).await, "ok");
    let other = world.viewer(Who::Other);
    content::commands::delete_reply(world.db(), &other, reply)
        .await
        .unwrap();
    let post = shown(&world, id).await;
    assert_eq!(post["question"]["isAnswered"], false);
    assert!(post["question"]["bestAnswer"].is_null());
    assert_eq!(
        mark(&world, Who::Member, id, Some(reply)).await,
        "REPLY_NOT_FOUND"
    );
});
