//! Live feeds: in order, each once, resumed by cursor without a gap, and only what one may see at the
//! moment of delivery.

use communities::model::{CommunityChange, CommunityVisibility};
use feeds::model::FeedScope;
use feeds::subscribers::Change;
use futures_util::StreamExt;
use futures_util::future::FutureExt;
use futures_util::stream::BoxStream;
use kernel::{NewEvent, PersonId, PostId, Scope, SubjectRef};
use platform::live::Signal;
use serde_json::Value;

use crate::world::{Dice, Watch, World, house, member};
use crate::worlds;

type Events = BoxStream<'static, Result<Value, String>>;

const FIELDS: &str = "__typename \
    ... on PostPublishedEvent { cursor post { id author { name } reactionCount } } \
    ... on PostChangedEvent { cursor post { id } } \
    ... on PostRemovedEvent { cursor postId } \
    ... on PostCountersEvent { cursor post { id reactionCount replyCount } } \
    ... on ReplyPublishedEvent { cursor post { id replyCount } reply { id bodyHtml } } \
    ... on ReplyChangedEvent { cursor reply { id state bodyHtml } } \
    ... on TypingEvent { cursor postId person { name } } \
    ... on CaughtUpEvent { cursor } \
    ... on ReloadRequiredEvent { cursor reason }";

fn follow(world: &World, person: PersonId, scope: &str, after: Option<&str>) -> Events {
    let from = after.map_or_else(String::new, |cursor| format!(", after: \"{cursor}\""));
    let document =
        format!("subscription {{ feedEvents(scope: {{ {scope} }}{from}) {{ {FIELDS} }} }}");
    world.subscription(person, &document)
}

/// Everything up to and including the event of the post `end`, which is written last.
async fn until(events: &mut Events, end: PostId) -> Vec<Value> {
    let mut all = Vec::new();
    loop {
        let event = events.next().await.unwrap().unwrap()["feedEvents"].clone();
        let is_end = event["post"]["id"] == end.to_string();
        all.push(event);
        if is_end {
            return all;
        }
    }
}

async fn caught_up(events: &mut Events) -> String {
    let event = events.next().await.unwrap().unwrap()["feedEvents"].clone();
    assert_eq!(event["__typename"], "CaughtUpEvent", "{event}");
    event["cursor"].as_str().unwrap().to_owned()
}

fn kinds(events: &[Value]) -> Vec<&str> {
    events
        .iter()
        .map(|event| event["__typename"].as_str().unwrap())
        .collect()
}

worlds!(what_happens_comes_in_order_with_what_it_is_now, |world| {
    let reader = world.person("reader").await;
    let room = world.public("Room").await;
    world.enrol(reader, room).await;
    world.pump().await;
    let mut events = follow(&world, reader, "home: true", None);
    caught_up(&mut events).await;
    let post = world.post(world.owner, room, "Hello").await;
    let reply = world.reply(reader, post, "Hi").await;
    world.react(reader, post).await;
    world.tick();
    let change = posts::PostChange {
        body: Some("Hello all".into()),
        ..Default::default()
    };
    posts::commands::update(world.db(), &member(world.owner), post, change)
        .await
        .unwrap();
    content::commands::delete_reply(world.db(), &member(reader), reply)
        .await
        .unwrap();
    let gone = world.post(world.owner, room, "Gone soon").await;
    world.pump().await;
    world.delete(world.owner, gone).await;
    let end = world.post(world.owner, room, "End").await;
    world.pump().await;
    let all = until(&mut events, end).await;
    assert_eq!(
        kinds(&all),
        [
            "PostPublishedEvent",
            "ReplyPublishedEvent",
            "PostCountersEvent",
            "PostChangedEvent",
            "ReplyChangedEvent",
            "PostRemovedEvent",
            "PostPublishedEvent",
        ]
    );
    assert_eq!(all[2]["post"]["reactionCount"], 1);
    assert_eq!(all[4]["reply"]["state"], "DELETED");
    assert_eq!(all[4]["reply"]["bodyHtml"], "");
    assert_eq!(all[5]["postId"], gone.to_string());
});

worlds!(
    a_client_that_comes_back_misses_nothing_and_gets_nothing_twice,
    |world| {
        let reader = world.person("reader").await;
        let room = world.public("Room").await;
        world.enrol(reader, room).await;
        world.pump().await;
        let feed = "{ homeFeed(first: 1) { liveCursor } }";
        let data = world.graphql(reader, feed).await;
        let mut cursor = data["homeFeed"]["liveCursor"].as_str().unwrap().to_owned();
        let mut dice = Dice::new(8);
        let (mut written, mut received): (Vec<PostId>, Vec<PostId>) = (Vec::new(), Vec::new());
        for _ in 0..25 {
            let mut events = follow(&world, reader, "home: true", Some(&cursor));
            let mut is_live = false;
            let mut waiting = written.len() - received.len();
            if waiting == 0 && dice.roll(2) == 0 {
                cursor = caught_up(&mut events).await;
                is_live = true;
            }
            for _ in 0..dice.roll(5) {
                written.push(world.post(world.owner, room, "News").await);
                waiting += 1;
                if dice.roll(2) == 0 {
                    world.pump().await;
                }
            }
            world.pump().await;
            // The connection breaks after a random number of events, some of them never read.
            let there = waiting + usize::from(!is_live);
            for _ in 0..dice.roll(there + 1) {
                let event = events.next().await.unwrap().unwrap()["feedEvents"].clone();
                cursor = event["cursor"].as_str().unwrap().to_owned();
                if event["__typename"] == "PostPublishedEvent" {
                    received.push(event["post"]["id"].as_str().unwrap().parse().unwrap());
                }
            }
        }
        let end = world.post(world.owner, room, "End").await;
        world.pump().await;
        let mut events = follow(&world, reader, "home: true", Some(&cursor));
        for event in until(&mut events, end).await {
            if event["__typename"] == "PostPublishedEvent" {
                received.push(event["post"]["id"].as_str().unwrap().parse().unwrap());
            }
        }
        written.push(end);
        assert_eq!(received, written);
    }
);

worlds!(a_new_node_replays_from_the_journal, |world| {
    let reader = world.person("reader").await;
    let room = world.public("Room").await;
    world.enrol(reader, room).await;
    world.pump().await;
    let mut events = follow(&world, reader, "home: true", None);
    let cursor = caught_up(&mut events).await;
    drop(events);
    let missed = world.post(world.owner, room, "Missed").await;
    world.pump().await;
    // The node that comes up now has nothing in memory.
    world.change_node().await;
    let mut events = follow(&world, reader, "home: true", Some(&cursor));
    let all = until(&mut events, missed).await;
    assert_eq!(kinds(&all), ["PostPublishedEvent"]);
    caught_up(&mut events).await;
});

worlds!(who_was_away_too_long_is_told_to_reload, |world| {
    let reader = world.person("reader").await;
    let room = world.public("Room").await;
    world.enrol(reader, room).await;
    world.pump().await;
    let mut events = follow(&world, reader, "home: true", None);
    let cursor = caught_up(&mut events).await;
    drop(events);
    for _ in 0..3 {
        world.post(world.owner, room, "Missed").await;
    }
    world.consume().await;
    world.tick();
    let mut tx = world.db().begin(&house()).await.unwrap();
    let before = tx.now();
    assert!(platform::journal::prune(&mut tx, before).await.unwrap() > 0);
    tx.commit().await.unwrap();
    world.change_node().await;
    let mut events = follow(&world, reader, "home: true", Some(&cursor));
    let event = events.next().await.unwrap().unwrap()["feedEvents"].clone();
    assert_eq!(event["__typename"], "ReloadRequiredEvent");
    assert_eq!(event["reason"], "TOO_MUCH_MISSED");
    assert!(events.next().await.is_none(), "the subscription ends");
});

worlds!(losing_access_ends_delivery_at_once, |world| {
    let (reader, witness) = (world.person("reader").await, world.person("witness").await);
    let (room, open) = (world.private("Board").await, world.public("Open").await);
    for person in [reader, witness] {
        world.enrol(person, room).await;
        world.enrol(person, open).await;
    }
    let thread = world.post(world.owner, room, "Thread").await;
    world.pump().await;
    let scopes = [
        FeedScope::Home,
        FeedScope::Community(room),
        FeedScope::Post(thread),
    ];
    let (mut theirs, mut others) = (Vec::new(), Vec::new());
    for scope in &scopes {
        theirs.push(Watch::new(&world, reader, scope.clone()).await);
        others.push(Watch::new(&world, witness, scope.clone()).await);
    }
    // Written before the removal, handed on after it: not delivered either.
    let before = world.post(world.owner, room, "Still secret").await;
    communities::commands::remove_member(world.db(), &member(world.owner), room, reader)
        .await
        .unwrap();
    let after = world.post(world.owner, room, "More secret").await;
    let reply = world.reply(world.owner, thread, "Hush").await;
    world.react(world.owner, thread).await;
    let end = world.post(world.owner, open, "For everybody").await;
    world.pump().await;
    assert_eq!(
        theirs[0].changes().await,
        [Change::Published(end)],
        "home goes on with what is left"
    );
    assert_eq!(theirs[1].changes().await, []);
    assert_eq!(
        theirs[2].changes().await,
        [Change::Removed(thread)],
        "the thread is gone"
    );
    let in_thread = [
        Change::ReplyPublished(thread, reply),
        Change::Counters(thread),
    ];
    let in_room = [
        Change::Published(before),
        Change::Published(after),
        in_thread[0],
        in_thread[1],
    ];
    assert_eq!(others[1].changes().await, in_room, "members go on");
    assert_eq!(others[2].changes().await, in_thread);
    // Whoever comes back gets what comes from now on.
    world.enrol(reader, room).await;
    let again = world.reply(world.owner, thread, "Welcome back").await;
    world.pump().await;
    let back = [Change::ReplyPublished(thread, again)];
    for watch in &mut theirs {
        assert_eq!(watch.changes().await, back);
    }
});

worlds!(what_one_may_not_read_cannot_be_followed, |world| {
    let reader = world.person("reader").await;
    let room = world.private("Board").await;
    let thread = world.post(world.owner, room, "Thread").await;
    world.pump().await;
    for scope in [
        format!("communityId: \"{room}\""),
        format!("postId: \"{thread}\""),
    ] {
        let mut refused = follow(&world, reader, &scope, None);
        assert_eq!(refused.next().await.unwrap().unwrap_err(), "NOT_FOUND");
    }
});

worlds!(a_community_that_closes_takes_its_posts_away, |world| {
    let (member_of_it, reader) = (world.person("member").await, world.person("reader").await);
    let room = world.public("Room").await;
    world.enrol(member_of_it, room).await;
    world.follow(reader, world.owner, true).await;
    world.pump().await;
    let mut outside = follow(&world, reader, "home: true", None);
    let mut inside = follow(&world, member_of_it, "home: true", None);
    caught_up(&mut outside).await;
    caught_up(&mut inside).await;
    let first = world.post(world.owner, room, "Open").await;
    world.pump().await;
    assert_eq!(until(&mut outside, first).await.len(), 1);
    world.tick();
    let change = CommunityChange {
        visibility: Some(CommunityVisibility::Private),
        ..CommunityChange::default()
    };
    communities::commands::update(world.db(), &member(world.owner), room, change)
        .await
        .unwrap();
    world.post(world.owner, room, "Closed").await;
    let other = world.public("Other").await;
    let end = world.post(world.owner, other, "Open").await;
    world.enrol(member_of_it, other).await;
    world.pump().await;
    assert_eq!(
        until(&mut outside, end).await.len(),
        1,
        "only what is public"
    );
    let seen = until(&mut inside, end).await;
    assert_eq!(seen.len(), 3, "{seen:?}");
});

worlds!(a_thread_that_moves_comes_stays_or_goes, |world| {
    let (both, left, right) = (
        world.person("both").await,
        world.person("left").await,
        world.person("right").await,
    );
    let nobody = world.person("nobody").await;
    let (from, to) = (world.private("From").await, world.private("To").await);
    for person in [both, left] {
        world.enrol(person, from).await;
    }
    for person in [both, right] {
        world.enrol(person, to).await;
    }
    let post = world.post(world.owner, from, "Thread").await;
    world.pump().await;
    let (changed, removed, published) = (
        Change::Changed(post),
        Change::Removed(post),
        Change::Published(post),
    );
    let mut watches = Vec::new();
    for (person, scope, expected) in [
        (both, FeedScope::Home, Some(changed)),
        (left, FeedScope::Home, Some(removed)),
        (right, FeedScope::Home, Some(published)),
        (both, FeedScope::Community(from), Some(removed)),
        (both, FeedScope::Community(to), Some(published)),
        (left, FeedScope::Post(post), Some(removed)),
        (both, FeedScope::Post(post), Some(changed)),
        (right, FeedScope::Following, None),
        (nobody, FeedScope::Home, None),
    ] {
        let watch = Watch::new(&world, person, scope.clone()).await;
        watches.push((watch, scope, expected));
    }
    world.move_to(post, to).await;
    world.pump().await;
    for (watch, scope, expected) in &mut watches {
        let expected: Vec<Change> = expected.iter().copied().collect();
        assert_eq!(watch.changes().await, expected, "{scope:?}");
    }
});

worlds!(each_feed_gets_its_own, |world| {
    let (reader, author) = (world.person("reader").await, world.person("author").await);
    let (room, muted, foreign) = (
        world.public("Room").await,
        world.public("Muted").await,
        world.public("Foreign").await,
    );
    for community in [room, muted, foreign] {
        world.enrol(author, community).await;
    }
    world.enrol(reader, room).await;
    world.enrol(reader, muted).await;
    world.mute(reader, muted, true).await;
    world.follow_topic(reader, "soup", true).await;
    let thread = world.post(author, room, "Thread").await;
    let quiet = world.post(author, room, "Quiet").await;
    world
        .subscribe(reader, quiet, content::ThreadSubscription::Muted)
        .await;
    world.pump().await;
    let scopes = [
        FeedScope::Home,
        FeedScope::Following,
        FeedScope::Community(muted),
        FeedScope::Topic("soup".to_owned()),
        FeedScope::Person(world.owner),
        FeedScope::Post(thread),
    ];
    let mut watches = Vec::new();
    for scope in scopes {
        watches.push(Watch::new(&world, reader, scope).await);
    }
    let in_room = Change::Published(world.post(author, room, "In the room").await);
    let in_muted = Change::Published(world.post(author, muted, "Not at home").await);
    let on_topic = Change::Published(world.post(author, foreign, "About #soup").await);
    let by_owner = Change::Published(world.post(world.owner, foreign, "By the owner").await);
    world.reply(author, quiet, "Nobody hears").await;
    let reply = world.reply(author, thread, "In the thread").await;
    let in_thread = Change::ReplyPublished(thread, reply);
    let end = Change::Published(world.post(world.owner, room, "End #soup").await);
    world.pump().await;
    let expected = [
        vec![in_room, on_topic, in_thread, end],
        vec![on_topic, end],
        vec![in_muted],
        vec![on_topic, end],
        vec![by_owner, end],
        vec![in_thread],
    ];
    for (watch, expected) in watches.iter_mut().zip(expected) {
        assert_eq!(watch.changes().await, expected);
    }
    // The same feeds can be asked for by clients.
    for scope in [
        "following: true",
        "topic: \"#Soup\"",
        &format!("personId: \"{author}\""),
    ] {
        caught_up(&mut follow(&world, reader, scope, None)).await;
    }
});

worlds!(bursts_and_imports_do_not_flood, |world| {
    let reader = world.person("reader").await;
    let room = world.public("Room").await;
    let mut crowd = Vec::new();
    for number in 0..6 {
        crowd.push(world.person(&format!("person{number}")).await);
    }
    for person in crowd.iter().copied().chain([reader]) {
        world.enrol(person, room).await;
    }
    let post = world.post(world.owner, room, "Popular").await;
    world.pump().await;
    let mut events = follow(&world, reader, "home: true", None);
    caught_up(&mut events).await;
    for person in &crowd {
        world.react(*person, post).await;
    }
    let mut tx = world.db().begin(&house()).await.unwrap();
    for number in 0..5 {
        let new = posts::NewPost::discussion(world.owner, room, format!("Old {number}"));
        let imported = Some(content::Imported {
            at: testkit::MONDAY.plus_seconds(-1000),
        });
        let new = posts::NewPost { imported, ..new };
        posts::commands::create_in(&mut tx, new).await.unwrap();
    }
    tx.commit().await.unwrap();
    let end = world.post(world.owner, room, "End").await;
    world.pump().await;
    let all = until(&mut events, end).await;
    assert_eq!(kinds(&all), ["PostCountersEvent", "PostPublishedEvent"]);
    assert_eq!(all[0]["post"]["reactionCount"], 6);
});

worlds!(typing_is_told_to_those_who_look_and_may_see, |world| {
    let (writer, reader, stranger) = (
        world.person("writer").await,
        world.person("reader").await,
        world.person("stranger").await,
    );
    let room = world.private("Room").await;
    for person in [writer, reader] {
        world.enrol(person, room).await;
    }
    let post = world.post(world.owner, room, "Thread").await;
    world.pump().await;
    let mut events = follow(&world, reader, &format!("postId: \"{post}\""), None);
    caught_up(&mut events).await;
    let mut theirs = Watch::new(&world, reader, FeedScope::Post(post)).await;
    let mut own = Watch::new(&world, writer, FeedScope::Post(post)).await;
    let mut elsewhere = Watch::new(&world, reader, FeedScope::Home).await;
    let typing = format!(
        "mutation {{ typing(input: {{ postId: \"{post}\" }}) {{ done userErrors {{ code }} }} }}"
    );
    let data = world.graphql(writer, &typing).await;
    assert_eq!(data["typing"]["done"], true);
    let event = events.next().await.unwrap().unwrap()["feedEvents"].clone();
    assert_eq!(event["__typename"], "TypingEvent");
    assert_eq!(event["person"]["name"], "writer");
    assert_eq!(event["postId"], post.to_string());
    assert_eq!(theirs.changes().await, [Change::Typing(post, writer)]);
    assert_eq!(own.changes().await, [], "not to oneself");
    assert_eq!(
        elsewhere.changes().await,
        [],
        "only to those who look at the thread"
    );
    let data = world.graphql(stranger, &typing).await;
    assert_eq!(data["typing"]["userErrors"][0]["code"], "NOT_FOUND");
    // Whoever switched it off is not shown, and that is no error.
    let off = identity::model::SettingsUpdate {
        send_typing: Some(false),
        ..Default::default()
    };
    identity::commands::settings_update(world.db(), &member(reader), off)
        .await
        .unwrap();
    let data = world.graphql(reader, &typing).await;
    assert_eq!(
        data["typing"],
        serde_json::json!({ "done": false, "userErrors": [] })
    );
    assert_eq!(own.changes().await, []);
    // Too much of it is refused.
    let mut refused = Value::Null;
    for _ in 0..25 {
        refused = world.graphql(writer, &typing).await["typing"]["userErrors"][0]["code"].clone();
    }
    assert_eq!(refused, "RATE_LIMITED");
    theirs.changes().await;
    communities::commands::remove_member(world.db(), &member(world.owner), room, reader)
        .await
        .unwrap();
    world.pump().await;
    assert_eq!(theirs.changes().await, [Change::Removed(post)]);
    world.hub.signal(Signal::Typing {
        post,
        person: writer,
    });
    assert_eq!(theirs.changes().await, []);
});

worlds!(presence_of_the_watched_only, |world| {
    let (reader, watched, other) = (
        world.person("reader").await,
        world.person("watched").await,
        world.person("other").await,
    );
    let document = format!(
        "subscription {{ presenceEvents(personIds: [\"{watched}\"]) {{ person {{ name }} }} }}"
    );
    let mut events = world.subscription(reader, &document);
    assert!(events.next().now_or_never().is_none());
    world.hub.signal(Signal::Presence { person: other });
    world.hub.signal(Signal::Presence { person: watched });
    let event = events.next().await.unwrap().unwrap();
    assert_eq!(event["presenceEvents"]["person"]["name"], "watched");
    let many = vec![format!("\"{watched}\""); 101].join(", ");
    let document =
        format!("subscription {{ presenceEvents(personIds: [{many}]) {{ person {{ id }} }} }}");
    let mut refused = world.subscription(reader, &document);
    assert_eq!(refused.next().await.unwrap().unwrap_err(), "INVALID_COUNT");
});

worlds!(events_of_others_and_of_the_house_never_come, |world| {
    let (reader, other) = (world.person("reader").await, world.person("other").await);
    let room = world.public("Room").await;
    world.enrol(reader, room).await;
    let post = world.post(world.owner, room, "Post").await;
    world.pump().await;
    let mut events = follow(&world, reader, "home: true", None);
    caught_up(&mut events).await;
    for scope in [Scope::Person(other), Scope::System] {
        let mut tx = world.db().begin(&house()).await.unwrap();
        tx.announce(
            NewEvent::new("post.changed", SubjectRef::new("post", post), scope).in_root(post),
        );
        tx.announce(
            NewEvent::new("post.deleted", SubjectRef::new("post", post), scope).in_root(post),
        );
        tx.commit().await.unwrap();
    }
    let end = world.post(world.owner, room, "End").await;
    world.pump().await;
    assert_eq!(
        kinds(&until(&mut events, end).await),
        ["PostPublishedEvent"]
    );
    for after in ["nonsense", &kernel::Cursor::key(post.0).encode()] {
        let mut refused = follow(&world, reader, "home: true", Some(after));
        assert_eq!(refused.next().await.unwrap().unwrap_err(), "INVALID_CURSOR");
    }
    let mut refused = follow(&world, reader, "home: false", None);
    assert_eq!(refused.next().await.unwrap().unwrap_err(), "INVALID_SCOPE");
});
