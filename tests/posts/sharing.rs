//! Sharing into another community: with attribution, and never telling of something hidden.

use content::PostKind;
use kernel::{CommunityId, PostId, Result};
use posts::{NewShare, commands};

use crate::world::{Who, World, client_id, outcome};
use crate::worlds;

async fn share(world: &World, who: Who, post: PostId, community: CommunityId) -> Result<PostId> {
    let share = NewShare {
        client_id: client_id(),
        post,
        community,
        body: String::new(),
    };
    commands::share(world.db(), &world.viewer(who), share).await
}

worlds!(a_share_names_its_original, |world| {
    let id = world.post(Who::Member, world.public, PostKind::Idea).await;
    let shared = share(&world, Who::Other, id, world.private).await.unwrap();
    let query = format!(
        "{{ post(id: \"{shared}\") {{ kind author {{ id }} sharedFrom {{ post {{ id kind author {{ id }} }} }} }} }}"
    );
    let (data, _) = world.graphql(Who::Moderator, &query).await;
    let post = &data["post"];
    assert_eq!(
        (&post["kind"], &post["author"]["id"]),
        (
            &"DISCUSSION".into(),
            &world.id(Who::Other).to_string().into()
        )
    );
    assert_eq!(post["sharedFrom"]["post"]["id"], id.to_string());
    assert_eq!(
        post["sharedFrom"]["post"]["author"]["id"],
        world.id(Who::Member).to_string()
    );
});

worlds!(
    the_original_is_shown_only_to_those_who_may_see_it,
    |world| {
        world
            .enrol(
                world.elsewhere,
                &[(world.id(Who::Member), communities::CommunityRole::Member)],
            )
            .await;
        world
            .enrol(
                world.elsewhere,
                &[(world.id(Who::Outsider), communities::CommunityRole::Member)],
            )
            .await;
        let id = world
            .post(Who::Member, world.public, PostKind::Discussion)
            .await;
        let shared = share(&world, Who::Member, id, world.elsewhere)
            .await
            .unwrap();
        commands::move_to(world.db(), &world.viewer(Who::Member), id, world.private)
            .await
            .unwrap();
        let query = format!("{{ post(id: \"{shared}\") {{ sharedFrom {{ post {{ id }} }} }} }}");
        for (who, expected) in [
            (Who::Member, true),
            (Who::Outsider, false),
            (Who::Admin, false),
        ] {
            let (data, _) = world.graphql(who, &query).await;
            let shows = !data["post"]["sharedFrom"]["post"].is_null();
            assert!(
                data["post"]["sharedFrom"].is_object(),
                "that it is a share is no secret"
            );
            assert_eq!(shows, expected, "{who:?}");
        }
    }
);

worlds!(only_what_everybody_reads_is_shared, |world| {
    for (community, who, expected) in [
        (world.private, Who::Member, "SHARE_WOULD_LEAK"),
        (world.secret, Who::Member, "SHARE_WOULD_LEAK"),
        (world.private, Who::Owner, "SHARE_WOULD_LEAK"),
        (world.private, Who::Outsider, "NOT_FOUND"),
        (world.secret, Who::Admin, "NOT_FOUND"),
    ] {
        let id = world
            .post(Who::Member, community, PostKind::Discussion)
            .await;
        let result = share(&world, who, id, world.public).await;
        assert_eq!(outcome(&result), expected, "{who:?}");
    }
    let id = world
        .post(Who::Member, world.public, PostKind::Discussion)
        .await;
    for (who, target, expected) in [
        (Who::Member, world.public, "ALREADY_THERE"),
        (Who::Member, world.restricted, "MODERATORS_ONLY"),
        (Who::Member, world.elsewhere, "MEMBERS_ONLY"),
        (Who::Outsider, world.secret, "NOT_FOUND"),
        (Who::Moderator, world.restricted, "ok"),
        (Who::Member, world.secret, "ok"),
    ] {
        let result = share(&world, who, id, target).await;
        assert_eq!(outcome(&result), expected, "{who:?}");
    }
    commands::delete(world.db(), &world.viewer(Who::Member), id)
        .await
        .unwrap();
    assert_eq!(
        outcome(&share(&world, Who::Member, id, world.private).await),
        "NOT_FOUND"
    );
    let waiting = world.scheduled(Who::Member, world.public, 60).await;
    let result = share(&world, Who::Member, waiting, world.private).await;
    assert_eq!(outcome(&result), "NOT_PUBLISHED");
});

worlds!(repeating_a_share_gives_the_first_one, |world| {
    let id = world
        .post(Who::Member, world.public, PostKind::Discussion)
        .await;
    let new = NewShare {
        client_id: client_id(),
        post: id,
        community: world.private,
        body: "Look at this!".to_owned(),
    };
    let other = world.viewer(Who::Other);
    let first = commands::share(world.db(), &other, new.clone())
        .await
        .unwrap();
    assert_eq!(
        commands::share(world.db(), &other, new).await.unwrap(),
        first
    );
});
