//! Praise: a badge and 1 to 20 people who are there.

use content::{Imported, PostKind};
use kernel::PersonId;
use posts::{NewPost, PraiseBadge, PraiseInput};

use crate::world::{Who, people, problems};
use crate::worlds;

worlds!(praise_names_people_with_a_badge, |world| {
    let id = world
        .post(Who::Member, world.public, PostKind::Praise)
        .await;
    let query = format!(
        "{{ post(id: \"{id}\") {{ praise {{ badge people {{ id }} }} poll {{ isClosed }} }} }}"
    );
    let (data, _) = world.graphql(Who::Other, &query).await;
    let praise = &data["post"]["praise"];
    assert_eq!(praise["badge"], "MENTOR");
    assert_eq!(
        praise["people"][0]["id"],
        world.id(Who::Outsider).to_string()
    );
    assert!(data["post"]["poll"].is_null());
});

worlds!(praise_names_one_to_twenty_who_are_there, |world| {
    let crowd = people(world.db(), 100, 21).await;
    let nobody = PersonId::at(world.db().now());
    world.deactivate(Who::Outsider).await;
    let gone = world.id(Who::Outsider);
    let me = world.id(Who::Member);
    for (named, expected) in [
        (vec![], vec!["PRAISE_NOBODY"]),
        (crowd.clone(), vec!["TOO_MANY_PEOPLE"]),
        (vec![nobody; 5000], vec!["PERSON_NOT_FOUND"]),
        (vec![crowd[0], nobody], vec!["PERSON_NOT_FOUND"]),
        (vec![gone], vec!["PERSON_NOT_FOUND"]),
        (vec![crowd[0], me], vec!["PRAISE_ONESELF"]),
    ] {
        let made = world.try_post(Who::Member, world.public, |input| {
            input.kind = PostKind::Praise;
            input.praise = Some(PraiseInput {
                badge: PraiseBadge::ThankYou,
                person_ids: named.clone(),
            });
        });
        assert_eq!(problems(&made.await), expected, "{} people", named.len());
    }
    let missing = world.try_post(Who::Member, world.public, |input| {
        input.kind = PostKind::Praise;
    });
    assert_eq!(problems(&missing.await), ["PRAISE_REQUIRED"]);
    // Twenty is fine, and naming somebody twice is naming once.
    let mut twenty = crowd[..20].to_vec();
    twenty.push(crowd[0]);
    let made = world.try_post(Who::Member, world.public, |input| {
        input.kind = PostKind::Praise;
        input.praise = Some(PraiseInput {
            badge: PraiseBadge::TeamPlayer,
            person_ids: twenty,
        });
    });
    let id = made.await.unwrap();
    let sql = "SELECT COUNT(*) AS number FROM praise_people WHERE post_id = $1";
    assert_eq!(world.number(sql, vec![id.into()]).await, 20);
});

worlds!(imported_praise_may_name_who_has_left, |world| {
    world.deactivate(Who::Outsider).await;
    let new = NewPost {
        kind: PostKind::Praise,
        praise: Some(PraiseInput {
            badge: PraiseBadge::Mentor,
            person_ids: vec![world.id(Who::Outsider)],
        }),
        imported: Some(Imported {
            at: world.db().now(),
        }),
        ..NewPost::discussion(
            world.id(Who::Member),
            world.public,
            "Thanks for all the fish",
        )
    };
    world.import(new).await.unwrap();
});
