//! Every kind in every state, as everybody, for every action: compared with a model of its own.

use content::PostKind;
use kernel::{PostId, Result};
use posts::{PostChange, commands};

use crate::world::{Who, World, outcome};
use crate::worlds;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Scheduled,
    Published,
    /// Published, and its thread closed by the owner.
    Closed,
    Deleted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Edit,
    Delete,
    Pin,
    Close,
    Reopen,
    Move,
}

const STATES: [State; 4] = [
    State::Scheduled,
    State::Published,
    State::Closed,
    State::Deleted,
];
const ACTIONS: [(Action, &str); 6] = [
    (Action::Edit, "edit"),
    (Action::Delete, "delete"),
    (Action::Pin, "pin"),
    (Action::Close, "close"),
    (Action::Reopen, "reopen"),
    (Action::Move, "move"),
];

/// Announcements are written by moderators only.
fn author(kind: PostKind) -> Who {
    if kind == PostKind::Announcement {
        Who::Moderator
    } else {
        Who::Member
    }
}

fn sees(who: Who, author: Who, state: State) -> bool {
    match state {
        State::Scheduled => who == author,
        State::Published | State::Closed => !matches!(who, Who::Outsider | Who::Admin),
        State::Deleted => false,
    }
}

/// What should come of it, said without the code's own rules.
fn expected(who: Who, author: Who, state: State, action: Action) -> &'static str {
    let is_author = who == author;
    let moderates = matches!(who, Who::Owner | Who::Moderator);
    let looks_after = is_author || moderates;
    match (action, state) {
        _ if !sees(who, author, state) => "NOT_FOUND",
        (Action::Edit, _) if is_author => "ok",
        (Action::Edit, _) => "NOT_THE_AUTHOR",
        (Action::Delete, _) if looks_after => "ok",
        (_, State::Scheduled) => "NOT_PUBLISHED",
        (Action::Pin, _) if moderates => "ok",
        (Action::Delete | Action::Pin, _) => "MODERATORS_ONLY",
        (Action::Close | Action::Reopen | Action::Move, _) if !looks_after => "MODERATORS_ONLY",
        (Action::Close, State::Closed) => "ALREADY_CLOSED",
        (Action::Reopen, State::Published) => "NOT_CLOSED",
        (Action::Reopen, _) if !moderates => "CLOSED_BY_MODERATOR",
        (Action::Close | Action::Reopen | Action::Move, _) => "ok",
    }
}

async fn make(world: &World, kind: PostKind, state: State) -> PostId {
    let (who, owner) = (author(kind), world.viewer(Who::Owner));
    let at = world.db().now().plus_seconds(3600);
    let made = world.try_post(who, world.private, |input| {
        world.fill(input, kind);
        input.scheduled_for = (state == State::Scheduled).then_some(at);
    });
    let id = made.await.unwrap();
    match state {
        State::Scheduled | State::Published => {}
        State::Closed => commands::close(world.db(), &owner, id, "Enough")
            .await
            .unwrap(),
        State::Deleted => commands::delete(world.db(), &owner, id).await.unwrap(),
    }
    id
}

async fn act(world: &World, who: Who, id: PostId, action: Action) -> Result<()> {
    let (db, viewer) = (world.db(), world.viewer(who));
    match action {
        Action::Edit => {
            let change = PostChange {
                body: Some("Better said".to_owned()),
                ..PostChange::default()
            };
            commands::update(db, &viewer, id, change).await
        }
        Action::Delete => commands::delete(db, &viewer, id).await,
        Action::Pin => commands::set_pinned(db, &viewer, id, true).await,
        Action::Close => commands::close(db, &viewer, id, "Done").await,
        Action::Reopen => commands::reopen(db, &viewer, id).await,
        Action::Move => commands::move_to(db, &viewer, id, world.public).await,
    }
}

async fn abilities(world: &World, who: Who, id: PostId) -> serde_json::Value {
    let query =
        format!("{{ post(id: \"{id}\") {{ viewerCan {{ edit delete pin close reopen move }} }} }}");
    let (data, _) = world.graphql(who, &query).await;
    data["post"]["viewerCan"].clone()
}

async fn check(world: &World, kind: PostKind) {
    for state in STATES {
        let shared = make(world, kind, state).await;
        for who in Who::ALL {
            let can = abilities(world, who, shared).await;
            for (action, name) in ACTIONS {
                let expected = expected(who, author(kind), state, action);
                let case = format!("{kind:?} {state:?} {who:?} {action:?}");
                if can.is_null() {
                    assert_eq!(expected, "NOT_FOUND", "{case}");
                } else {
                    assert_eq!(
                        can[name],
                        expected == "ok",
                        "what the client is told: {case}"
                    );
                }
                // What is refused changes nothing, so one post serves all refusals.
                let id = if expected == "ok" {
                    make(world, kind, state).await
                } else {
                    shared
                };
                let result = act(world, who, id, action).await;
                assert_eq!(outcome(&result), expected, "{case}");
                if expected == "ok" && action == Action::Pin {
                    commands::delete(world.db(), &world.viewer(Who::Owner), id)
                        .await
                        .unwrap();
                }
            }
        }
    }
}

worlds!(discussions_and_questions_follow_the_rules, |world| {
    check(&world, PostKind::Discussion).await;
    check(&world, PostKind::Question).await;
});

worlds!(praise_and_polls_follow_the_rules, |world| {
    check(&world, PostKind::Praise).await;
    check(&world, PostKind::Poll).await;
});

worlds!(announcements_and_ideas_follow_the_rules, |world| {
    check(&world, PostKind::Announcement).await;
    check(&world, PostKind::Idea).await;
});

worlds!(every_kind_is_started_by_those_who_may, |world| {
    for kind in PostKind::ALL {
        for who in Who::ALL {
            let expected = match who {
                Who::Outsider | Who::Admin => "MEMBERS_ONLY",
                Who::Member | Who::Other if kind == PostKind::Announcement => "MODERATORS_ONLY",
                _ => "ok",
            };
            let result = world.try_post(who, world.public, |input| {
                world.fill(input, kind);
                input
                    .praise
                    .iter_mut()
                    .for_each(|praise| praise.person_ids = vec![other(&world, who)]);
            });
            assert_eq!(outcome(&result.await), expected, "{kind:?} {who:?}");
        }
    }
});

/// Somebody who is not `who`, to be praised.
fn other(world: &World, who: Who) -> kernel::PersonId {
    world.id(if who == Who::Outsider {
        Who::Admin
    } else {
        Who::Outsider
    })
}

worlds!(nobody_writes_in_an_archived_community, |world| {
    let id = world
        .post(Who::Member, world.private, PostKind::Discussion)
        .await;
    world.archive(world.private).await;
    for who in [Who::Owner, Who::Moderator, Who::Member] {
        assert!(world.see(who, id).await.is_some(), "still read by {who:?}");
        for (action, _) in ACTIONS {
            let result = act(&world, who, id, action).await;
            let expected = match action {
                Action::Edit if who != Who::Member => "NOT_THE_AUTHOR",
                Action::Pin if who == Who::Member => "MODERATORS_ONLY",
                _ => "COMMUNITY_ARCHIVED",
            };
            assert_eq!(outcome(&result), expected, "{who:?} {action:?}");
        }
    }
});

worlds!(who_has_left_may_still_take_the_own_words_away, |world| {
    let id = world
        .post(Who::Member, world.public, PostKind::Discussion)
        .await;
    world.remove(world.public, Who::Member).await;
    for (action, _) in ACTIONS {
        if action != Action::Delete {
            let result = act(&world, Who::Member, id, action).await;
            assert_eq!(outcome(&result), "MEMBERS_ONLY", "{action:?}");
        }
    }
    assert_eq!(
        outcome(&act(&world, Who::Member, id, Action::Delete).await),
        "ok"
    );
});
