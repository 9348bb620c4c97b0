//! One truth of unread: counts are what a recount says, a mark moves forward only, undo takes it back.

use std::collections::BTreeMap;

use content::ThreadSubscription;
use kernel::{CommunityId, PersonId, Position, Scope};
use platform::journal;

use crate::history::{Model, act, found};
use crate::world::{Dice, World, house, member};
use crate::worlds;

async fn counts(world: &World, person: PersonId) -> (BTreeMap<CommunityId, usize>, usize) {
    let document =
        "{ unreadCounts { home notifications messages communities { community { id } count } } }";
    let data = world.graphql(person, document).await;
    let unread = &data["unreadCounts"];
    let communities = unread["communities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let id = entry["community"]["id"].as_str().unwrap().parse().unwrap();
            (
                id,
                usize::try_from(entry["count"].as_u64().unwrap()).unwrap(),
            )
        });
    (
        communities.collect(),
        usize::try_from(unread["home"].as_u64().unwrap()).unwrap(),
    )
}

async fn mark_read(world: &World, person: PersonId, community: Option<CommunityId>) -> String {
    world.tick();
    let id = community.map_or_else(String::new, |id| format!("communityId: \"{id}\""));
    let document = format!(
        "mutation {{ feedMarkRead(input: {{ {id} }}) {{ undoToken unread {{ home }} userErrors {{ code }} }} }}"
    );
    let data = world.graphql(person, &document).await;
    data["feedMarkRead"]["undoToken"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// The code of the user error, or nothing.
async fn undo(world: &World, person: PersonId, token: &str) -> Option<String> {
    let document = format!(
        "mutation {{ feedMarkReadUndo(input: {{ undoToken: \"{token}\" }}) \
         {{ undoToken unread {{ home }} userErrors {{ code }} }} }}"
    );
    let data = world.graphql(person, &document).await;
    let error = data["feedMarkReadUndo"]["userErrors"][0]["code"].as_str();
    error.map(ToOwned::to_owned)
}

async fn visit(world: &World, person: PersonId, community: Option<CommunityId>) {
    world.tick();
    let id = community.map_or_else(String::new, |id| format!("scopeCommunityId: \"{id}\""));
    let document =
        format!("mutation {{ feedVisit(input: {{ {id} }}) {{ done userErrors {{ code }} }} }}");
    let data = world.graphql(person, &document).await;
    assert_eq!(data["feedVisit"]["done"], true, "{data}");
}

async fn check(world: &World, model: &Model, at: &str) {
    for person in &model.people {
        assert_eq!(
            counts(world, *person).await,
            model.unread(*person),
            "{person}, {at}"
        );
        let document = "{ homeFeed(first: 30) { newCount newSince edges { isNew node { id isNewToViewer } } } }";
        let data = world.graphql(*person, document).await;
        let mut new = 0;
        for edge in data["homeFeed"]["edges"].as_array().unwrap() {
            let id = edge["node"]["id"].as_str().unwrap().parse().unwrap();
            assert_eq!(
                edge["isNew"],
                model.is_new(*person, id),
                "{id}, {person}, {at}"
            );
            assert_eq!(
                edge["isNew"], edge["node"]["isNewToViewer"],
                "{id}, {person}, {at}"
            );
            new += u64::from(edge["isNew"] == true);
        }
        if new < 30 {
            assert_eq!(data["homeFeed"]["newCount"], new, "{person}, {at}");
        }
        let since = model.mark(*person, None).visit;
        assert_eq!(
            data["homeFeed"]["newSince"].is_null(),
            since == 0,
            "{person}, {at}"
        );
    }
}

worlds!(counts_are_what_a_recount_says, |world| {
    let mut dice = Dice::new(11);
    let mut model = found(&world).await;
    for round in 0..14 {
        for _ in 0..7 {
            act(&world, &mut model, &mut dice).await;
        }
        let person = dice.pick(&model.people);
        let (community, _) = dice.pick(&model.communities);
        let scope = (dice.roll(2) == 0 && model.can_read(person, community)).then_some(community);
        let before = model.mark(person, scope);
        let what = dice.roll(3);
        if what == 0 {
            visit(&world, person, scope).await;
            let now = world.db().now().micros();
            let mark = model.marks.entry((person, scope)).or_default();
            mark.visit = now;
            mark.read = if scope.is_some() { now } else { mark.read };
        } else {
            let token = mark_read(&world, person, scope).await;
            let now = world.db().now().micros();
            let mark = model.marks.entry((person, scope)).or_default();
            (mark.read, mark.visit) = (now, now);
            if what == 1 {
                check(&world, &model, &format!("round {round}, before undo")).await;
                act(&world, &mut model, &mut dice).await;
                assert_eq!(undo(&world, person, &token).await, None);
                model.marks.insert((person, scope), before);
            }
        }
        check(&world, &model, &format!("round {round}")).await;
    }
});

worlds!(
    undo_works_once_for_ten_minutes_and_for_its_owner_only,
    |world| {
        let (reader, other) = (world.person("reader").await, world.person("other").await);
        let room = world.public("Room").await;
        world.enrol(reader, room).await;
        world.post(world.owner, room, "One").await;
        let expired = Some("UNDO_EXPIRED".to_owned());
        let token = mark_read(&world, reader, None).await;
        assert_eq!(counts(&world, reader).await.1, 0);
        assert_eq!(
            undo(&world, other, &token).await,
            expired,
            "somebody else's"
        );
        assert_eq!(undo(&world, reader, "nonsense").await, expired);
        world.bed.clock.advance_seconds(600);
        assert_eq!(
            undo(&world, reader, &token).await,
            None,
            "after exactly ten minutes"
        );
        assert_eq!(counts(&world, reader).await.1, 1);
        assert_eq!(undo(&world, reader, &token).await, expired, "used");
        let first = mark_read(&world, reader, None).await;
        let second = mark_read(&world, reader, None).await;
        assert_eq!(
            undo(&world, reader, &first).await,
            expired,
            "marked again meanwhile"
        );
        assert_eq!(undo(&world, reader, &second).await, None);
        assert_eq!(
            counts(&world, reader).await.1,
            0,
            "back to the first marking, not behind it"
        );
        let late = mark_read(&world, reader, Some(room)).await;
        world.bed.clock.advance_seconds(601);
        assert_eq!(undo(&world, reader, &late).await, expired, "too late");
    }
);

worlds!(a_visit_that_ended_after_the_marking_stays_ended, |world| {
    let reader = world.person("reader").await;
    let room = world.public("Room").await;
    world.enrol(reader, room).await;
    visit(&world, reader, None).await;
    world.post(world.owner, room, "One").await;
    let token = mark_read(&world, reader, None).await;
    visit(&world, reader, None).await;
    assert_eq!(undo(&world, reader, &token).await, None);
    let data = world
        .graphql(reader, "{ homeFeed(first: 5) { edges { isNew } } }")
        .await;
    assert_eq!(data["homeFeed"]["edges"][0]["isNew"], false);
    assert_eq!(counts(&world, reader).await.0[&room], 1, "unread again");
});

worlds!(
    marks_move_only_where_one_may_read_and_tell_ones_other_devices,
    |world| {
        let reader = world.person("reader").await;
        let hidden = world.private("Hidden").await;
        for document in [
            format!(
                "mutation {{ feedMarkRead(input: {{ communityId: \"{hidden}\" }}) {{ undoToken userErrors {{ code }} }} }}"
            ),
            format!(
                "mutation {{ feedVisit(input: {{ scopeCommunityId: \"{hidden}\" }}) {{ done userErrors {{ code }} }} }}"
            ),
        ] {
            let data = world.graphql(reader, &document).await;
            let payload = data.as_object().unwrap().values().next().unwrap();
            assert_eq!(payload["userErrors"][0]["code"], "NOT_FOUND");
        }
        let room = world.public("Room").await;
        let before = journal_end(&world).await;
        let token = mark_read(&world, reader, Some(room)).await;
        undo(&world, reader, &token).await;
        visit(&world, reader, None).await;
        testkit::settle::settled(world.db()).await;
        let events = journal::read(&world.db().reader(&house()), before, 50)
            .await
            .unwrap();
        let told: Vec<_> = events
            .iter()
            .map(|event| {
                (
                    event.kind.as_str(),
                    event.scope,
                    event.payload_uuid("community"),
                )
            })
            .collect();
        let mine = Scope::Person(reader);
        let expected = [
            (feeds::events::FEED_READ, mine, Some(room.0)),
            (feeds::events::FEED_READ, mine, Some(room.0)),
            (feeds::events::FEED_READ, mine, None),
        ];
        assert_eq!(told, expected);
    }
);

async fn journal_end(world: &World) -> Position {
    testkit::settle::settled(world.db()).await;
    journal::head(&world.db().reader(&house())).await.unwrap()
}

worlds!(counting_ends_at_a_hundred, |world| {
    let reader = world.person("reader").await;
    let room = world.public("Room").await;
    world.enrol(reader, room).await;
    let mut tx = world.db().begin(&house()).await.unwrap();
    for number in 0..130 {
        let new = posts::NewPost::discussion(world.owner, room, format!("Number {number}"));
        posts::commands::create_in(&mut tx, new).await.unwrap();
    }
    tx.commit().await.unwrap();
    let (communities, home) = counts(&world, reader).await;
    assert_eq!((communities[&room], home), (100, 100));
});

worlds!(reading_starts_where_somebody_comes_in, |world| {
    let room = world.public("Room").await;
    world.post(world.owner, room, "Before").await;
    let (joined, enrolled) = (world.person("joined").await, world.person("enrolled").await);
    world.join(joined, room).await;
    world.enrol(enrolled, room).await;
    world.consume().await;
    for person in [joined, enrolled] {
        assert_eq!(
            counts(&world, person).await.1,
            0,
            "what was there before is not unread"
        );
    }
    let after = world.post(world.owner, room, "After").await;
    // Seeing the same events again changes nothing.
    testkit::settle::settled(world.db()).await;
    let mut tx = world.db().begin(&house()).await.unwrap();
    let events = journal::read(&world.db().reader(&house()), Position::START, 200)
        .await
        .unwrap();
    for event in &events {
        let consumer: &dyn platform::Consumer = &feeds::StartReading;
        if consumer.wants(event) {
            consumer.handle(&mut tx, event).await.unwrap();
        }
    }
    tx.rollback().await.unwrap();
    for person in [joined, enrolled] {
        assert_eq!(counts(&world, person).await.0[&room], 1);
        let data = world
            .graphql(
                person,
                "{ homeFeed(first: 5) { newCount edges { isNew node { id } } } }",
            )
            .await;
        assert_eq!(data["homeFeed"]["newCount"], 1);
        assert_eq!(
            data["homeFeed"]["edges"][0]["node"]["id"],
            after.to_string()
        );
        assert_eq!(data["homeFeed"]["edges"][0]["isNew"], true);
        assert_eq!(data["homeFeed"]["edges"][1]["isNew"], false);
    }
    // Muted threads and communities never count.
    world
        .subscribe(joined, after, ThreadSubscription::Muted)
        .await;
    world.mute(enrolled, room, true).await;
    for person in [joined, enrolled] {
        assert_eq!(counts(&world, person).await, (BTreeMap::new(), 0));
    }
    assert!(
        feeds::commands::mark_read(world.db(), &member(joined), Some(room))
            .await
            .is_ok()
    );
});
