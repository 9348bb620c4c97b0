//! Polls: what may be asked, who sees results when, and that nobody learns who chose what.

use content::PostKind;
use kernel::PollOptionId;
use posts::{PollInput, commands};
use sea_orm::FromQueryResult;

use crate::world::{Who, World, outcome, poll, problems};
use crate::worlds;

async fn vote(world: &World, who: Who, id: kernel::PostId, chosen: &[usize]) -> kernel::Result<()> {
    let options = world.options(id).await;
    let chosen: Vec<PollOptionId> = chosen.iter().map(|place| options[*place]).collect();
    commands::poll_vote(world.db(), &world.viewer(who), id, &chosen).await
}

async fn shown(world: &World, who: Who, id: kernel::PostId) -> serde_json::Value {
    let query = format!(
        "{{ post(id: \"{id}\") {{ viewerCan {{ vote }} poll {{ isClosed isAnonymous isMultipleChoice \
         voterCount viewerHasVoted options {{ text voteCount viewerChose }} }} }} }}"
    );
    world.graphql(who, &query).await.0["post"].clone()
}

worlds!(a_poll_has_two_to_ten_different_options, |world| {
    let many: Vec<String> = (0..11).map(|n| n.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (options, expected) in [
        (&[][..], vec!["POLL_OPTION_COUNT"]),
        (&["one"][..], vec!["POLL_OPTION_COUNT"]),
        (&many[..], vec!["POLL_OPTION_COUNT"]),
        (&["Soup", " soup "][..], vec!["POLL_OPTION_TWICE"]),
        (&["Soup", "\u{200b}"][..], vec!["TEXT_EMPTY"]),
        (&["Soup", &"x".repeat(201)][..], vec!["TEXT_TOO_LONG"]),
    ] {
        let made = world.try_post(Who::Member, world.public, |input| {
            input.kind = PostKind::Poll;
            input.poll = Some(poll(options));
        });
        assert_eq!(problems(&made.await), expected, "{options:?}");
    }
    let missing = world.try_post(Who::Member, world.public, |input| {
        input.kind = PostKind::Poll;
    });
    assert_eq!(problems(&missing.await), ["POLL_REQUIRED"]);
    for options in [&["a", "b"][..], &many[..10]] {
        let id = world.poll(world.public, poll(options)).await;
        assert_eq!(world.options(id).await.len(), options.len());
    }
});

worlds!(a_poll_ends_in_the_future, |world| {
    let now = world.db().now();
    for (seconds, code) in [
        (0, "TIME_IN_THE_PAST"),
        (-1, "TIME_IN_THE_PAST"),
        (posts::model::MAX_AHEAD_SECONDS + 1, "TIME_TOO_FAR_AHEAD"),
    ] {
        let made = world.try_post(Who::Member, world.public, |input| {
            input.kind = PostKind::Poll;
            input.poll = Some(PollInput {
                closes_at: Some(now.plus_seconds(seconds)),
                ..poll(&["a", "b"])
            });
        });
        assert_eq!(problems(&made.await), [code]);
    }
});

worlds!(results_are_hidden_until_one_voted_or_it_is_over, |world| {
    let ends = PollInput {
        closes_at: Some(world.db().now().plus_seconds(600)),
        ..poll(&["Soup", "Salad", "Cake"])
    };
    let id = world.poll(world.public, ends).await;
    vote(&world, Who::Other, id, &[1]).await.unwrap();
    for (who, can_vote) in [
        (Who::Member, true),
        (Who::Owner, true),
        (Who::Outsider, false),
    ] {
        let post = shown(&world, who, id).await;
        let options = post["poll"]["options"].as_array().unwrap().clone();
        assert!(
            options.iter().all(|option| option["voteCount"].is_null()),
            "{who:?}"
        );
        assert_eq!(post["poll"]["voterCount"], 1, "how many voted is no secret");
        assert_eq!(post["viewerCan"]["vote"], can_vote);
    }
    let post = shown(&world, Who::Other, id).await;
    assert_eq!(post["poll"]["options"][1]["voteCount"], 1);
    assert_eq!(post["poll"]["options"][1]["viewerChose"], true);
    assert_eq!(post["poll"]["options"][0]["viewerChose"], false);
    assert_eq!(post["poll"]["viewerHasVoted"], true);

    world.bed.clock.advance_seconds(600);
    for who in [Who::Member, Who::Outsider] {
        let post = shown(&world, who, id).await;
        assert_eq!(post["poll"]["isClosed"], true);
        assert_eq!(post["poll"]["options"][1]["voteCount"], 1, "{who:?}");
        assert_eq!(post["viewerCan"]["vote"], false);
    }
    assert_eq!(
        outcome(&vote(&world, Who::Member, id, &[0]).await),
        "POLL_CLOSED"
    );
});

worlds!(closing_the_thread_ends_the_poll, |world| {
    let id = world.poll(world.public, poll(&["a", "b"])).await;
    vote(&world, Who::Other, id, &[0]).await.unwrap();
    commands::close(world.db(), &world.viewer(Who::Member), id, "Decided")
        .await
        .unwrap();
    let post = shown(&world, Who::Owner, id).await;
    assert_eq!(
        (
            &post["poll"]["isClosed"],
            &post["poll"]["options"][0]["voteCount"]
        ),
        (&true.into(), &1.into())
    );
    assert_eq!(
        outcome(&vote(&world, Who::Owner, id, &[0]).await),
        "THREAD_CLOSED"
    );
});

worlds!(members_vote_and_others_do_not, |world| {
    let public = world.poll(world.public, poll(&["a", "b"])).await;
    let secret = world.poll(world.secret, poll(&["a", "b"])).await;
    for (id, who, expected) in [
        (public, Who::Outsider, "MEMBERS_ONLY"),
        (public, Who::Admin, "MEMBERS_ONLY"),
        (secret, Who::Outsider, "NOT_FOUND"),
        (secret, Who::Admin, "NOT_FOUND"),
        (secret, Who::Member, "ok"),
    ] {
        assert_eq!(
            outcome(&vote(&world, who, id, &[0]).await),
            expected,
            "{who:?}"
        );
    }
    let talk = world
        .post(Who::Member, world.public, PostKind::Discussion)
        .await;
    let options = world.options(public).await;
    let result =
        commands::poll_vote(world.db(), &world.viewer(Who::Other), talk, &options[..1]).await;
    assert_eq!(outcome(&result), "NOT_A_POLL");
    world.archive(world.secret).await;
    assert_eq!(
        outcome(&vote(&world, Who::Other, secret, &[0]).await),
        "COMMUNITY_ARCHIVED"
    );
});

worlds!(a_choice_fits_the_poll, |world| {
    let single = world.poll(world.public, poll(&["a", "b", "c"])).await;
    let multiple = PollInput {
        is_multiple_choice: true,
        ..poll(&["a", "b", "c"])
    };
    let multiple = world.poll(world.public, multiple).await;
    assert_eq!(
        outcome(&vote(&world, Who::Other, single, &[]).await),
        "POLL_CHOICE_REQUIRED"
    );
    assert_eq!(
        outcome(&vote(&world, Who::Other, single, &[0, 1]).await),
        "POLL_SINGLE_CHOICE"
    );
    let foreign = world.options(multiple).await;
    let other = world.viewer(Who::Other);
    let result = commands::poll_vote(world.db(), &other, single, &foreign[..1]).await;
    assert_eq!(outcome(&result), "POLL_OPTION_NOT_FOUND");
    let flood = vec![foreign[0]; 10_000];
    let result = commands::poll_vote(world.db(), &other, multiple, &flood).await;
    assert_eq!(outcome(&result), "POLL_TOO_MANY_CHOICES");
    assert_eq!(
        world.counts(single).await,
        [0, 0, 0],
        "a refused vote counts nothing"
    );
    // The same option twice is one choice.
    vote(&world, Who::Other, single, &[2, 2]).await.unwrap();
    vote(&world, Who::Other, multiple, &[0, 2]).await.unwrap();
    assert_eq!(world.counts(single).await, [0, 0, 1]);
    assert_eq!(world.counts(multiple).await, [1, 0, 1]);
});

worlds!(an_open_vote_can_be_changed_until_the_end, |world| {
    let ends = PollInput {
        is_multiple_choice: true,
        closes_at: Some(world.db().now().plus_seconds(60)),
        ..poll(&["a", "b", "c"])
    };
    let id = world.poll(world.public, ends).await;
    vote(&world, Who::Other, id, &[0, 1]).await.unwrap();
    vote(&world, Who::Other, id, &[1, 2]).await.unwrap();
    assert_eq!(world.counts(id).await, [0, 1, 1]);
    vote(&world, Who::Other, id, &[1, 2]).await.unwrap();
    let post = shown(&world, Who::Other, id).await;
    assert_eq!(post["poll"]["voterCount"], 1);
    assert_eq!(post["viewerCan"]["vote"], true);
    assert_eq!(
        world.announced("post.counters", id.0).await,
        2,
        "the same vote again is no change"
    );
    world.bed.clock.advance_seconds(60);
    assert_eq!(
        outcome(&vote(&world, Who::Other, id, &[0]).await),
        "POLL_CLOSED"
    );
});

/// All rows of all tables that could hold a vote, as text.
async fn traces(world: &World, needle: &str) -> Vec<(String, i64)> {
    #[derive(FromQueryResult)]
    struct Table {
        name: String,
    }
    #[derive(FromQueryResult)]
    struct Column {
        name: String,
    }
    let sqlite = world.db().is_sqlite();
    let tables = if sqlite {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'"
    };
    let mut found = Vec::new();
    for table in world.rows::<Table>(tables, vec![]).await {
        let columns = if sqlite {
            format!("SELECT name FROM pragma_table_info('{}')", table.name)
        } else {
            format!(
                "SELECT column_name::text AS name FROM information_schema.columns WHERE table_name = '{}'",
                table.name
            )
        };
        for column in world.rows::<Column>(&columns, vec![]).await {
            let text = if sqlite {
                format!(
                    "lower(hex(\"{0}\")) || lower(CAST(\"{0}\" AS TEXT))",
                    column.name
                )
            } else {
                format!("replace(lower(CAST(\"{}\" AS TEXT)), '-', '')", column.name)
            };
            let sql = format!(
                "SELECT COUNT(*) AS number FROM {} WHERE {text} LIKE $1",
                table.name
            );
            let number = world.number(&sql, vec![format!("%{needle}%").into()]).await;
            if number > 0 {
                found.push((format!("{}.{}", table.name, column.name), number));
            }
        }
    }
    found
}

worlds!(an_anonymous_vote_leaves_no_trace_and_is_final, |world| {
    let open = world.poll(world.public, poll(&["a", "b"])).await;
    let hidden = PollInput {
        is_anonymous: true,
        ..poll(&["a", "b"])
    };
    let hidden = world.poll(world.public, hidden).await;
    let chosen = world.options(hidden).await[1];
    for id in [open, hidden] {
        vote(&world, Who::Other, id, &[1]).await.unwrap();
        vote(&world, Who::Owner, id, &[0]).await.unwrap();
    }
    assert_eq!(world.counts(hidden).await, [1, 1]);
    assert_eq!(
        outcome(&vote(&world, Who::Other, hidden, &[0]).await),
        "VOTE_IS_FINAL"
    );
    assert_eq!(
        outcome(&vote(&world, Who::Other, hidden, &[1]).await),
        "VOTE_IS_FINAL"
    );
    assert_eq!(world.counts(hidden).await, [1, 1]);

    // The option chosen stands in the whole database only as itself.
    let seen = traces(&world, &chosen.0.simple().to_string()).await;
    assert_eq!(seen, [("poll_options.id".to_owned(), 1)]);
    // The search does find an open vote, so it would have found this one.
    let open_choice = world.options(open).await[1];
    let seen = traces(&world, &open_choice.0.simple().to_string()).await;
    assert_eq!(seen.len(), 2, "{seen:?}");

    let post = shown(&world, Who::Other, hidden).await;
    assert_eq!(post["poll"]["viewerHasVoted"], true);
    assert_eq!(
        post["poll"]["options"][1]["viewerChose"], false,
        "nobody knows"
    );
    assert_eq!(post["poll"]["options"][1]["voteCount"], 1);
    assert_eq!(post["viewerCan"]["vote"], false);
    // Nor does the event of an anonymous vote differ by what was chosen.
    let events = world.events_about(hidden.0).await;
    let payloads: Vec<_> = events
        .iter()
        .filter(|e| e.kind == "post.counters")
        .map(|e| e.payload.clone())
        .collect();
    assert_eq!(payloads.len(), 2);
    assert_eq!(payloads[0], payloads[1]);
});
