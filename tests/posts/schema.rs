//! The GraphQL contract: mutations answer with what is now, or with what the person can mend.

use content::PostKind;
use kernel::PostId;
use posts::commands;
use sea_orm::Value;

use crate::world::{Who, World, client_id, schema};
use crate::worlds;

#[test]
fn every_type_and_field_is_described() {
    let sdl = schema().sdl();
    for name in [
        "type Post ",
        "type Poll ",
        "type PollOption ",
        "type Praise ",
        "type Idea ",
        "type Question ",
        "type Announcement ",
        "type Closure ",
        "type SharedPost ",
        "type PostAbilities ",
        "type PostPayload ",
        "type ReplyPayload ",
        "type ReactionPayload ",
        "type PostDeletePayload ",
        "input PostCreateInput ",
        "input PollInput ",
        "input PraiseInput ",
        "enum PraiseBadge ",
        "enum IdeaState ",
        "type PostConnection ",
        "type PostEdge ",
    ] {
        let at = sdl
            .find(name)
            .unwrap_or_else(|| panic!("{name} is in the schema"));
        let before = sdl[..at].trim_end();
        assert!(before.ends_with("\"\"\""), "{name} is described");
        let body = &sdl[at..];
        let body = &body[body.find('{').unwrap() + 1..body.find("\n}").unwrap()];
        let mut described = false;
        let mut inside = false;
        for line in body.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if line == "\"\"\"" {
                inside = !inside;
                described = true;
            } else if !inside && !line.starts_with(['"', ')']) {
                assert!(described, "{name}: {line} is described");
                described = false;
            }
        }
    }
}

async fn mutate(
    world: &World,
    who: Who,
    field: &str,
    input: &str,
    fields: &str,
) -> serde_json::Value {
    let document = format!(
        "mutation {{ {field}(input: {{ {input} }}) {{ {fields} userErrors {{ code path params {{ name value }} }} }} }}"
    );
    world.graphql(who, &document).await.0[field].clone()
}

fn errors(payload: &serde_json::Value) -> Vec<&str> {
    let errors = payload["userErrors"].as_array().unwrap();
    errors
        .iter()
        .map(|error| error["code"].as_str().unwrap())
        .collect()
}

worlds!(
    a_post_is_written_voted_on_and_answered_through_graphql,
    |world| {
        let input = format!(
            "clientId: \"{}\" communityId: \"{}\" kind: POLL body: \"Which?\" \
         poll: {{ options: [\"a\", \"b\"] isMultipleChoice: false isAnonymous: false }}",
            client_id(),
            world.public
        );
        let made = mutate(
            &world,
            Who::Member,
            "postCreate",
            &input,
            "post { id state poll { options { id voteCount } } }",
        )
        .await;
        assert!(errors(&made).is_empty(), "{made}");
        let id = made["post"]["id"].as_str().unwrap().to_owned();
        let option = made["post"]["poll"]["options"][1]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let input = format!("postId: \"{id}\" optionIds: [\"{option}\"]");
        let voted = mutate(
            &world,
            Who::Other,
            "pollVote",
            &input,
            "post { poll { voterCount options { voteCount } } }",
        )
        .await;
        assert_eq!(voted["post"]["poll"]["options"][1]["voteCount"], 1);
        let input = format!(
            "clientId: \"{}\" postId: \"{id}\" body: \"b of course\"",
            client_id()
        );
        let replied = mutate(
            &world,
            Who::Other,
            "replyCreate",
            &input,
            "reply { id bodyHtml } post { replyCount }",
        )
        .await;
        assert_eq!(replied["post"]["replyCount"], 1);
        let reply = replied["reply"]["id"].as_str().unwrap().to_owned();
        for (subject, is_reply) in [(&id, false), (&reply, true)] {
            let input = format!("subjectId: \"{subject}\" emoji: \"🎉\" reacted: true");
            let reacted = mutate(
                &world,
                Who::Owner,
                "reactionSet",
                &input,
                "post { id reactionCount } reply { id reactionCount }",
            )
            .await;
            assert_eq!(reacted["post"]["id"], id.as_str());
            assert_eq!(reacted["reply"].is_null(), !is_reply);
            let counted = if is_reply {
                &reacted["reply"]
            } else {
                &reacted["post"]
            };
            assert_eq!(counted["reactionCount"], 1);
        }
        let wrong = format!(
            "subjectId: \"{}\" emoji: \"🎉\" reacted: true",
            world.public
        );
        let wrong = mutate(&world, Who::Owner, "reactionSet", &wrong, "post { id }").await;
        assert_eq!(errors(&wrong), ["INVALID_ID"]);
        let input = format!("postId: \"{id}\" subscription: MUTED");
        let muted = mutate(
            &world,
            Who::Owner,
            "threadSubscribe",
            &input,
            "post { viewerSubscription }",
        )
        .await;
        assert_eq!(muted["post"]["viewerSubscription"], "MUTED");
        let input = format!("replyId: \"{reply}\"");
        let deleted = mutate(
            &world,
            Who::Other,
            "replyDelete",
            &input,
            "reply { id state bodyHtml } post { replyCount }",
        )
        .await;
        assert_eq!(
            (&deleted["reply"]["state"], &deleted["post"]["replyCount"]),
            (&"DELETED".into(), &0.into())
        );
        let deleted = mutate(
            &world,
            Who::Member,
            "postDelete",
            &format!("postId: \"{id}\""),
            "postId",
        )
        .await;
        assert_eq!(deleted["postId"], id.as_str());
        let again = mutate(
            &world,
            Who::Member,
            "postDelete",
            &format!("postId: \"{id}\""),
            "postId",
        )
        .await;
        assert_eq!(errors(&again), ["NOT_FOUND"]);
        assert!(again["postId"].is_null());
    }
);

worlds!(what_can_be_mended_names_its_field, |world| {
    let input = format!(
        "clientId: \"{}\" communityId: \"{}\" kind: POLL body: \"Which?\" \
         poll: {{ options: [\"a\", \"\"] isMultipleChoice: false isAnonymous: false }}",
        client_id(),
        world.public
    );
    let made = mutate(&world, Who::Member, "postCreate", &input, "post { id }").await;
    assert!(made["post"].is_null());
    assert_eq!(errors(&made), ["TEXT_EMPTY"]);
    let path: Vec<_> = made["userErrors"][0]["path"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p.as_str().unwrap())
        .collect();
    assert_eq!(path, ["poll", "options", "1"]);
    let id = world
        .post(Who::Member, world.secret, PostKind::Discussion)
        .await;
    let hidden = mutate(
        &world,
        Who::Outsider,
        "postClose",
        &format!("postId: \"{id}\" reason: \"x\""),
        "post { id }",
    )
    .await;
    assert_eq!(errors(&hidden), ["NOT_FOUND"]);
    let visible = world
        .post(Who::Member, world.public, PostKind::Discussion)
        .await;
    let refused = mutate(
        &world,
        Who::Outsider,
        "postClose",
        &format!("postId: \"{visible}\" reason: \"x\""),
        "post { id }",
    )
    .await;
    assert_eq!(errors(&refused), ["MEMBERS_ONLY"]);
});

async fn is_new(world: &World, who: Who, id: PostId) -> bool {
    let (data, _) = world
        .graphql(
            who,
            &format!("{{ post(id: \"{id}\") {{ isNewToViewer }} }}"),
        )
        .await;
    data["post"]["isNewToViewer"].as_bool().unwrap()
}

worlds!(what_came_after_the_last_visit_is_new, |world| {
    let old = world
        .post(Who::Member, world.public, PostKind::Discussion)
        .await;
    world.bed.clock.advance_seconds(10);
    let visit = kernel::id::uuid_at(world.db().now());
    world.bed.clock.advance_seconds(10);
    let fresh = world
        .post(Who::Member, world.public, PostKind::Discussion)
        .await;
    let elsewhere = world
        .post(Who::Member, world.private, PostKind::Discussion)
        .await;
    assert!(
        !is_new(&world, Who::Other, fresh).await,
        "without a visit there is nothing to compare with"
    );
    let mark = "INSERT INTO feed_marks (person_id, scope_id, read_key, visit_key, updated_at) VALUES ($1, $2, $3, $3, 0)";
    let marks = |scope: uuid::Uuid, who: Who| -> Vec<Value> {
        vec![world.id(who).into(), scope.into(), visit.into()]
    };
    world
        .execute(mark, marks(uuid::Uuid::nil(), Who::Other))
        .await;
    world
        .execute(mark, marks(uuid::Uuid::nil(), Who::Member))
        .await;
    assert!(!is_new(&world, Who::Other, old).await);
    assert!(is_new(&world, Who::Other, fresh).await);
    assert!(is_new(&world, Who::Other, elsewhere).await);
    assert!(
        !is_new(&world, Who::Member, fresh).await,
        "one's own is not new"
    );
    // A later visit of the community counts for the community.
    world.bed.clock.advance_seconds(10);
    let later = vec![
        world.id(Who::Other).into(),
        world.public.into(),
        kernel::id::uuid_at(world.db().now()).into(),
    ];
    world.execute(mark, later).await;
    assert!(!is_new(&world, Who::Other, fresh).await);
    assert!(is_new(&world, Who::Other, elsewhere).await);
});

worlds!(waiting_posts_are_listed_for_their_author, |world| {
    let id = world.scheduled(Who::Member, world.private, 60).await;
    let query = "{ scheduledPosts(first: 10) { nodes { id state scheduledFor replyCount viewerCan { edit delete reply vote share } } edges { cursor } pageInfo { hasNextPage } } }";
    let (data, _) = world.graphql(Who::Member, query).await;
    let post = &data["scheduledPosts"]["nodes"][0];
    assert_eq!(
        (&post["id"], &post["state"]),
        (&id.to_string().into(), &"SCHEDULED".into())
    );
    assert_eq!(
        post["viewerCan"],
        serde_json::json!({ "edit": true, "delete": true, "reply": false, "vote": false, "share": false })
    );
    let (data, _) = world.graphql(Who::Other, query).await;
    assert!(
        data["scheduledPosts"]["nodes"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    // One's own waiting post in a community one no longer knows is not shown, and breaks no list.
    let lost = world.scheduled(Who::Member, world.secret, 90).await;
    world.remove(world.secret, Who::Member).await;
    let (data, _) = world.graphql(Who::Member, query).await;
    assert_eq!(data["scheduledPosts"]["nodes"].as_array().unwrap().len(), 1);
    let (data, _) = world
        .graphql(Who::Member, &format!("{{ post(id: \"{lost}\") {{ id }} }}"))
        .await;
    assert!(data["post"].is_null());
    let member = world.viewer(Who::Member);
    assert!(
        commands::schedule(world.db(), &member, lost, None)
            .await
            .is_err()
    );
});
