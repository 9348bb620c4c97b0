//! Writing a post: who may, what is checked, what is stored, once per attempt.

use content::model::DraftSave;
use content::{Imported, PostKind};
use kernel::{CommunityId, ContentState, DraftId, Error, Scope};
use posts::model::MAX_AHEAD_SECONDS;
use posts::{NewPost, commands, queries};
use serde_json::json;

use crate::world::{Who, client_id, house, outcome, poll, problems};
use crate::worlds;

worlds!(members_post_and_others_do_not, |world| {
    for (who, community, expected) in [
        (Who::Owner, world.public, "ok"),
        (Who::Moderator, world.public, "ok"),
        (Who::Member, world.public, "ok"),
        (Who::Outsider, world.public, "MEMBERS_ONLY"),
        (Who::Admin, world.public, "MEMBERS_ONLY"),
        (Who::Member, world.private, "ok"),
        (Who::Outsider, world.private, "MEMBERS_ONLY"),
        (Who::Member, world.secret, "ok"),
        (Who::Outsider, world.secret, "NOT_FOUND"),
        (Who::Admin, world.secret, "MEMBERS_ONLY"),
        (Who::Owner, world.restricted, "ok"),
        (Who::Moderator, world.restricted, "ok"),
        (Who::Member, world.restricted, "MODERATORS_ONLY"),
    ] {
        let result = world.try_post(who, community, |_| {}).await;
        assert_eq!(outcome(&result), expected, "{who:?}");
    }
    world.archive(world.public).await;
    let result = world.try_post(Who::Owner, world.public, |_| {}).await;
    assert_eq!(outcome(&result), "COMMUNITY_ARCHIVED");
    let nowhere = CommunityId::at(world.db().now());
    let result = world.try_post(Who::Owner, nowhere, |_| {}).await;
    assert_eq!(outcome(&result), "NOT_FOUND");
});

worlds!(a_post_reaches_readers_and_the_journal, |world| {
    let id = world
        .try_post(Who::Member, world.private, |input| {
            input.title = "  Lunch \u{202e}plans ".to_owned();
            input.body = "Soup #Food\n\nor **cake**?".to_owned();
            input.topics = vec!["Canteen".to_owned()];
        })
        .await
        .unwrap();
    let post = world.see(Who::Other, id).await.unwrap();
    assert_eq!(post.content.title, "Lunch plans");
    assert!(post.content.html.contains("<strong>cake</strong>"));
    assert_eq!(post.content.state, ContentState::Published);
    assert_eq!(post.content.published_at, Some(world.db().now()));
    assert_eq!(post.kind(), PostKind::Discussion);
    for stranger in [Who::Outsider, Who::Admin] {
        assert!(world.see(stranger, id).await.is_none(), "{stranger:?}");
    }
    let events = world.events_about(id.0).await;
    assert_eq!(events.len(), 1);
    let event = &events[0];
    assert_eq!(
        (event.kind.as_str(), event.scope),
        ("post.published", Scope::Community(world.private))
    );
    assert_eq!(event.actor, Some(world.id(Who::Member)));
    assert_eq!(event.payload["post_kind"], json!("discussion"));
    assert!(!event.imported);
});

worlds!(all_problems_come_at_once, |world| {
    let too_late = world.db().now().plus_seconds(MAX_AHEAD_SECONDS + 1);
    let result = world
        .try_post(Who::Member, world.public, |input| {
            input.kind = PostKind::Poll;
            input.body = "x".repeat(20_001);
            input.title = "y".repeat(201);
            input.poll = Some(poll(&["only one"]));
            input.scheduled_for = Some(too_late);
            input.topics = (0..11).map(|n| format!("topic{n}")).collect();
        })
        .await;
    let found = problems(&result);
    for code in [
        "TEXT_TOO_LONG",
        "POLL_OPTION_COUNT",
        "TIME_TOO_FAR_AHEAD",
        "TOO_MANY_TOPICS",
    ] {
        assert!(found.contains(&code), "{code} in {found:?}");
    }
    assert_eq!(
        found
            .iter()
            .filter(|code| **code == "TEXT_TOO_LONG")
            .count(),
        2
    );
});

worlds!(an_empty_post_is_refused_and_a_titled_one_is_not, |world| {
    for kind in [
        PostKind::Discussion,
        PostKind::Question,
        PostKind::Poll,
        PostKind::Idea,
    ] {
        let empty = world.try_post(Who::Member, world.public, |input| {
            world.fill(input, kind);
            input.body = " \n ".to_owned();
        });
        assert_eq!(problems(&empty.await), ["TEXT_EMPTY"], "{kind:?}");
        let titled = world.try_post(Who::Member, world.public, |input| {
            world.fill(input, kind);
            input.title = "Which soup?".to_owned();
            input.body = String::new();
        });
        assert_eq!(outcome(&titled.await), "ok", "{kind:?}");
    }
});

worlds!(details_of_another_kind_are_refused, |world| {
    for kind in PostKind::ALL {
        let result = world
            .try_post(Who::Moderator, world.public, |input| {
                world.fill(input, PostKind::Poll);
                world.fill(input, PostKind::Praise);
                input.kind = kind;
            })
            .await;
        let expected = match kind {
            PostKind::Poll | PostKind::Praise => vec!["NOT_FOR_THIS_KIND"],
            _ => vec!["NOT_FOR_THIS_KIND", "NOT_FOR_THIS_KIND"],
        };
        assert_eq!(problems(&result), expected, "{kind:?}");
    }
});

worlds!(repeating_an_attempt_gives_the_first_post, |world| {
    let id = client_id();
    let first = world.try_post(Who::Member, world.public, |input| {
        input.client_id = id.clone();
    });
    let first = first.await.unwrap();
    let again = world
        .try_post(Who::Member, world.public, |input| {
            input.client_id = id.clone();
            input.body = "Changed my mind".to_owned();
        })
        .await;
    assert_eq!(again.unwrap(), first);
    assert_eq!(world.announced("post.published", first.0).await, 1);
    // Somebody else's attempt with the same id is his own.
    let other = world.try_post(Who::Other, world.public, |input| {
        input.client_id = id.clone();
    });
    assert_ne!(other.await.unwrap(), first);
    let bad = world.try_post(Who::Other, world.public, |input| {
        input.client_id = "7".to_owned();
    });
    assert_eq!(outcome(&bad.await), "INVALID_CLIENT_ID");
});

worlds!(the_draft_goes_with_its_publication, |world| {
    let member = world.viewer(Who::Member);
    let save = |id: DraftId| DraftSave {
        id,
        base_version: 0,
        kind: PostKind::Discussion,
        community: Some(world.public),
        reply_to: None,
        title: String::new(),
        body: "Half a thought".to_owned(),
        extras: "{}".to_owned(),
        attachments: Vec::new(),
    };
    let mine = DraftId::at(world.db().now());
    content::commands::save_draft(world.db(), &member, save(mine))
        .await
        .unwrap();
    let foreign = DraftId::at(world.db().now());
    let other = world.viewer(Who::Other);
    content::commands::save_draft(world.db(), &other, save(foreign))
        .await
        .unwrap();
    for draft in [mine, foreign] {
        let made = world.try_post(Who::Member, world.public, |input| input.draft = Some(draft));
        made.await.unwrap();
    }
    let left = "SELECT COUNT(*) AS number FROM drafts WHERE id = $1";
    assert_eq!(world.number(left, vec![mine.into()]).await, 0);
    assert_eq!(
        world.number(left, vec![foreign.into()]).await,
        1,
        "only one's own"
    );
});

worlds!(an_importer_keeps_times_and_authors, |world| {
    let at = world.db().now().plus_seconds(-90 * 24 * 3600);
    let new = NewPost {
        kind: PostKind::Question,
        imported: Some(Imported { at }),
        ..NewPost::discussion(
            world.id(Who::Outsider),
            world.public,
            "How was it in autumn?",
        )
    };
    let id = world.import(new.clone()).await.unwrap();
    let post = world.see(Who::Member, id).await.unwrap();
    assert_eq!(post.content.author, world.id(Who::Outsider));
    assert_eq!(
        (post.content.created_at, post.content.published_at),
        (at, Some(at))
    );
    assert!(post.content.imported);
    assert!(
        world
            .events_about(id.0)
            .await
            .iter()
            .all(|event| event.imported)
    );
    // Importers are the house; people go through their permits.
    let mut tx = world.db().begin(&world.viewer(Who::Owner)).await.unwrap();
    let refused = commands::create_in(&mut tx, new).await;
    assert!(matches!(refused, Err(Error::Forbidden("SYSTEM_ONLY"))));
});

worlds!(many_are_imported_at_once_and_the_bad_ones_named, |world| {
    let at = world.db().now().plus_seconds(-3600);
    let imported = |body: &str| NewPost {
        imported: Some(Imported { at }),
        ..NewPost::discussion(world.id(Who::Member), world.public, body)
    };
    let mut stray = imported("A poll without options");
    stray.kind = PostKind::Poll;
    let news = vec![imported("One"), imported(""), stray, imported("Four")];
    let mut tx = world.db().begin(&house()).await.unwrap();
    let answers = commands::create_many_in(&mut tx, news).await.unwrap();
    tx.commit().await.unwrap();
    let codes = |at: usize| answers[at].as_ref().unwrap_err()[0].code;
    assert_eq!(answers.len(), 4);
    assert_eq!((codes(1), codes(2)), ("TEXT_EMPTY", "POLL_REQUIRED"));
    let reader = world.db().reader(&world.viewer(Who::Other));
    let good = [*answers[0].as_ref().unwrap(), *answers[3].as_ref().unwrap()];
    let seen = queries::posts_by_ids(&reader, &good).await.unwrap();
    assert_eq!(seen[&good[0]].content.source, "One");
    assert_eq!(seen[&good[1]].content.source, "Four");
});
