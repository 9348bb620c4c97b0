//! Drafts: no text that reached the server is lost.

use std::collections::HashSet;

use content::commands::{SavedDraft, delete_draft, save_draft};
use content::model::DraftSave;
use content::{PostKind, queries};
use kernel::{DraftId, PersonId, Result};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use testkit::on_both_databases;

use crate::world::{World, codes};

fn draft(id: DraftId, base_version: i32, body: &str) -> DraftSave {
    DraftSave {
        id,
        base_version,
        kind: PostKind::Question,
        community: None,
        reply_to: None,
        title: "A title".into(),
        body: body.to_owned(),
        extras: "{}".into(),
        attachments: Vec::new(),
    }
}

async fn save(world: &World, person: PersonId, save: DraftSave) -> Result<SavedDraft> {
    world.bed.clock.advance_seconds(1);
    save_draft(world.database(), &world.viewer(person), save).await
}

#[tokio::test]
async fn saving_goes_on_from_the_version_that_was_read() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let id = DraftId::at(world.database().now());
        let first = save(&world, world.bert, draft(id, 0, "one"))
            .await
            .unwrap()
            .draft;
        assert_eq!(first.version, 1);
        let retried = save(&world, world.bert, draft(id, 0, "one")).await.unwrap();
        assert_eq!(
            (retried.draft.version, retried.conflict),
            (1, None),
            "a retry changes nothing"
        );
        let second = save(&world, world.bert, draft(id, 1, "two"))
            .await
            .unwrap()
            .draft;
        assert_eq!((second.id, second.version), (id, 2));
        let reader = world.reader(world.bert);
        let versions = queries::draft_versions(&reader, id).await.unwrap();
        let bodies: Vec<_> = versions.iter().map(|v| v.body.as_str()).collect();
        assert_eq!(bodies, ["two", "one"]);
        for number in 2..60 {
            save(
                &world,
                world.bert,
                draft(id, number, &format!("text {number}")),
            )
            .await
            .unwrap();
        }
        let versions = queries::draft_versions(&reader, id).await.unwrap();
        assert_eq!((versions.len(), versions[0].version), (50, 60));
        world.bed
    })
    .await;
}

#[tokio::test]
async fn two_devices_at_once_keep_both_texts() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let id = DraftId::at(world.database().now());
        save(&world, world.bert, draft(id, 0, "start"))
            .await
            .unwrap();
        let (a, b) = tokio::join!(
            save(&world, world.bert, draft(id, 1, "from the phone")),
            save(&world, world.bert, draft(id, 1, "from the desk")),
        );
        let (a, b) = (a.unwrap(), b.unwrap());
        assert_eq!(
            (a.draft.body.as_str(), b.draft.body.as_str()),
            ("from the phone", "from the desk")
        );
        let later = if a.conflict.is_some() { &a } else { &b };
        assert_eq!(later.conflict.as_ref().map(|other| other.id), Some(id));
        assert_eq!(later.draft.conflict_of, Some(id));
        let again = draft(id, 1, &later.draft.body);
        let again = save(&world, world.bert, again).await.unwrap();
        assert_eq!(
            again.draft.id, later.draft.id,
            "a retry makes no third copy"
        );
        let bodies: HashSet<String> = queries::drafts(&world.reader(world.bert))
            .await
            .unwrap()
            .into_iter()
            .map(|draft| draft.body)
            .collect();
        assert_eq!(
            bodies,
            HashSet::from(["from the phone".to_owned(), "from the desk".to_owned()])
        );
        world.bed
    })
    .await;
}

#[tokio::test]
async fn whatever_order_devices_save_in_every_text_can_be_found() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        // Each step: which of three devices saves, and whether it looks at the server's state before.
        let steps = proptest::collection::vec((0..3_usize, proptest::bool::ANY), 40);
        let mut runner = TestRunner::deterministic();
        let steps = steps.new_tree(&mut runner).unwrap().current();
        let id = DraftId::at(world.database().now());
        let reader = world.reader(world.bert);
        let mut known = [0_i32; 3];
        let mut written = Vec::new();
        for (number, (device, looks)) in steps.into_iter().enumerate() {
            if looks {
                let now = queries::draft(&reader, id).await.unwrap();
                known[device] = now.map_or(0, |draft| draft.version);
            }
            let body = format!("text {number} of device {device}");
            let saved = save(&world, world.bert, draft(id, known[device], &body))
                .await
                .unwrap();
            assert_eq!(saved.draft.body, body, "what was saved is what comes back");
            if saved.draft.id == id {
                known[device] = saved.draft.version;
            }
            written.push(body);
        }
        let mut kept = HashSet::new();
        for draft in queries::drafts(&reader).await.unwrap() {
            let versions = queries::draft_versions(&reader, draft.id).await.unwrap();
            kept.extend(versions.into_iter().map(|version| version.body));
        }
        assert!(written.iter().all(|text| kept.contains(text)));
        world.bed
    })
    .await;
}

#[tokio::test]
async fn drafts_belong_to_one_person() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let id = DraftId::at(world.database().now());
        save(&world, world.bert, draft(id, 0, "mine"))
            .await
            .unwrap();
        for stranger in [world.carla, world.admin] {
            assert_eq!(
                codes(save(&world, stranger, draft(id, 1, "yours")).await),
                ["NOT_FOUND"]
            );
            let viewer = world.viewer(stranger);
            assert_eq!(
                codes(delete_draft(world.database(), &viewer, id).await),
                ["NOT_FOUND"]
            );
            let reader = world.reader(stranger);
            assert!(queries::draft(&reader, id).await.unwrap().is_none());
            assert!(
                queries::draft_versions(&reader, id)
                    .await
                    .unwrap()
                    .is_empty()
            );
            assert!(queries::drafts(&reader).await.unwrap().is_empty());
        }
        let viewer = world.viewer(world.bert);
        delete_draft(world.database(), &viewer, id).await.unwrap();
        assert!(
            queries::drafts(&world.reader(world.bert))
                .await
                .unwrap()
                .is_empty()
        );
        let rest = "SELECT COUNT(*) FROM draft_versions";
        assert_eq!(world.number(rest, vec![]).await, 0);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_a_draft_is_told() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let id = DraftId::at(world.database().now());
        let bad = DraftSave {
            title: "t".repeat(1001),
            extras: "[]".into(),
            ..draft(id, 0, &"x".repeat(100_001))
        };
        let expected = ["TEXT_TOO_LONG", "TEXT_TOO_LONG", "INVALID_EXTRAS"];
        assert_eq!(codes(save(&world, world.bert, bad).await), expected);
        let odd = save(&world, world.bert, draft(id, 0, "a\u{0}b"))
            .await
            .unwrap();
        assert_eq!(odd.draft.body, "ab", "what no database stores is left out");
        for number in 1..200 {
            let id = DraftId::at(world.database().now());
            save(&world, world.bert, draft(id, 0, &number.to_string()))
                .await
                .unwrap();
        }
        let full = save(
            &world,
            world.bert,
            draft(DraftId::at(world.database().now()), 0, "x"),
        )
        .await;
        assert_eq!(codes(full), ["TOO_MANY_DRAFTS"]);
        world.bed
    })
    .await;
}
