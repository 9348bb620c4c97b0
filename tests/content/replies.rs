//! Replies and threads.

use content::model::DraftSave;
use content::policy::{may_answer, may_close, may_see};
use content::{ContentEdit, PostKind, ThreadSubscription, commands, queries};
use kernel::{ContentState, DraftId, PageArgs, ReplyId};
use testkit::on_both_databases;

use crate::world::{World, codes, house, uuid};

#[tokio::test]
async fn replies_are_counted_and_one_level_deep() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.anna, community, "start").await;
        let first = world.reply(world.bert, &post, "first").await;
        let below = world
            .try_reply(world.carla, &post, |new| {
                new.parent = Some(first.reply_id());
            })
            .await
            .unwrap();
        let deeper = world
            .try_reply(world.bert, &post, |new| new.parent = Some(below.reply_id()))
            .await
            .unwrap();
        assert_eq!(first.parent, None);
        assert_eq!(below.parent, Some(first.id));
        assert_eq!(
            deeper.parent,
            Some(first.id),
            "an answer to an answer stands beside it"
        );

        let tx = world.begin(world.anna).await;
        let thread = queries::thread_in(&tx, &post).await.unwrap();
        assert_eq!(thread.reply_count, 3);
        assert_eq!(Some(thread.last_activity_at), deeper.published_at);
        tx.rollback().await.unwrap();

        let other = world.post(world.anna, community, "another").await;
        let astray = world
            .try_reply(world.bert, &other, |new| {
                new.parent = Some(first.reply_id());
            })
            .await;
        assert_eq!(codes(astray), ["PARENT_NOT_FOUND"]);
        let nowhere = world.try_reply(world.bert, &first, |_| {}).await;
        assert_eq!(codes(nowhere), ["NOT_FOUND"], "a reply starts no thread");
        world.bed
    })
    .await;
}

#[tokio::test]
async fn only_members_reply_and_only_where_it_is_possible() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.bert, community, "start").await;
        assert_eq!(
            codes(world.try_reply(world.otto, &post, |_| {}).await),
            ["MEMBERS_ONLY"]
        );

        let mut tx = world.begin(world.bert).await;
        let permit = may_close(&tx, post.id).await.unwrap();
        commands::set_closed(&mut tx, permit, "said it all")
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            codes(world.try_reply(world.carla, &post, |_| {}).await),
            ["THREAD_CLOSED"]
        );
        let mut tx = world.begin(world.anna).await;
        let permit = may_close(&tx, post.id).await.unwrap();
        commands::set_open(&mut tx, permit).await.unwrap();
        tx.commit().await.unwrap();
        let reply = world.reply(world.carla, &post, "one more").await;

        let mut tx = world.database().begin(&house()).await.unwrap();
        communities::commands::set_archived_in(&mut tx, community, true)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let archived = ["COMMUNITY_ARCHIVED"];
        assert_eq!(
            codes(world.try_reply(world.carla, &post, |_| {}).await),
            archived
        );
        assert_eq!(
            codes(world.delete_reply(world.carla, &reply).await),
            archived
        );
        assert!(
            world.seen(world.otto, reply.id).await.is_some(),
            "it is still read"
        );
        world.bed
    })
    .await;
}

#[tokio::test]
async fn moderators_delete_what_members_wrote_and_members_do_not() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.anna, community, "start").await;
        let reply = world.reply(world.bert, &post, "rude").await;
        assert_eq!(
            codes(world.delete_reply(world.carla, &reply).await),
            ["MODERATORS_ONLY"]
        );
        let edited = content::ReplyEdit {
            body: "polite".into(),
            attachments: None,
        };
        let viewer = world.viewer(world.anna);
        let refused =
            commands::update_reply(world.database(), &viewer, reply.reply_id(), edited).await;
        assert_eq!(codes(refused), ["NOT_THE_AUTHOR"]);
        world.delete_reply(world.anna, &reply).await.unwrap();
        assert_eq!(
            codes(world.delete_reply(world.anna, &reply).await),
            ["NOT_FOUND"]
        );
        let tx = world.begin(world.anna).await;
        assert_eq!(queries::thread_in(&tx, &post).await.unwrap().reply_count, 0);
        tx.rollback().await.unwrap();
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_repeated_attempt_gives_the_first_reply() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.anna, community, "start").await;
        let client_id = uuid(world.database()).to_string();
        let attempt =
            |author| world.try_reply(author, &post, |new| new.client_id.clone_from(&client_id));
        let (a, b, c) = tokio::join!(
            attempt(world.bert),
            attempt(world.bert),
            attempt(world.bert)
        );
        let ids = [a.unwrap().id, b.unwrap().id, c.unwrap().id];
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(attempt(world.bert).await.unwrap().id, ids[0]);
        let of_another = attempt(world.carla).await.unwrap();
        assert_ne!(
            of_another.id, ids[0],
            "ids of clients belong to their author"
        );
        let tx = world.begin(world.anna).await;
        assert_eq!(queries::thread_in(&tx, &post).await.unwrap().reply_count, 2);
        tx.rollback().await.unwrap();
        let bad = world
            .try_reply(world.bert, &post, |new| new.client_id = "no".into())
            .await;
        assert_eq!(codes(bad), ["INVALID_CLIENT_ID"]);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn paging_meets_every_reply_once_in_both_directions() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.anna, community, "start").await;
        let mut written = Vec::new();
        for number in 0..7 {
            written.push(
                world
                    .reply(world.bert, &post, &format!("number {number}"))
                    .await,
            );
        }
        world.delete_reply(world.bert, &written[3]).await.unwrap();
        let ids: Vec<_> = written.iter().map(|reply| reply.id).collect();
        let reader = world.reader(world.otto);

        let (mut forward, mut after) = (Vec::new(), None);
        loop {
            let args = PageArgs::forward(3, after.clone()).unwrap();
            let page = queries::replies(&reader, &post, &args).await.unwrap();
            forward.extend(page.items.iter().map(|(_, reply)| reply.id));
            after = page.info().end_cursor;
            if !page.has_next {
                break;
            }
        }
        assert_eq!(forward, ids);

        let (mut backward, mut before) = (Vec::new(), None);
        loop {
            let args = PageArgs::new(None, None, Some(3), before.clone()).unwrap();
            let page = queries::replies(&reader, &post, &args).await.unwrap();
            let found: Vec<_> = page.items.iter().map(|(_, reply)| reply.id).collect();
            backward.splice(0..0, found);
            before = page.info().start_cursor;
            if !page.has_previous {
                break;
            }
        }
        assert_eq!(backward, ids);
        assert_eq!(queries::reply_total(&reader, &post).await.unwrap(), 7);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_reply_takes_its_draft_along() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.anna, community, "start").await;
        let draft = DraftId::at(world.database().now());
        let save = DraftSave {
            id: draft,
            base_version: 0,
            kind: PostKind::Discussion,
            community: None,
            reply_to: Some(post.post_id()),
            title: String::new(),
            body: "half a thought".into(),
            extras: "{}".into(),
            attachments: Vec::new(),
        };
        let viewer = world.viewer(world.bert);
        commands::save_draft(world.database(), &viewer, save)
            .await
            .unwrap();
        let stolen = world
            .try_reply(world.carla, &post, |new| new.draft = Some(draft))
            .await;
        assert!(stolen.is_ok(), "somebody else's draft is nobody's business");
        let reader = world.reader(world.bert);
        assert!(queries::draft(&reader, draft).await.unwrap().is_some());
        world
            .try_reply(world.bert, &post, |new| new.draft = Some(draft))
            .await
            .unwrap();
        assert!(queries::draft(&reader, draft).await.unwrap().is_none());
        world.bed
    })
    .await;
}

#[tokio::test]
async fn taking_part_follows_the_thread_unless_muted() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let post = world.post(world.anna, community, "what do you think, @carla?").await;
        let follows = async |person| {
            let sql = "SELECT COUNT(*) FROM thread_subscriptions WHERE root_id = $1 AND person_id = $2 \
                       AND state = 'following'";
            world.number(sql, vec![post.id.into(), person]).await == 1
        };
        assert!(follows(world.anna.into()).await, "who wrote it");
        assert!(follows(world.carla.into()).await, "who was asked");
        assert!(!follows(world.bert.into()).await);
        let viewer = world.viewer(world.bert);
        let muted = ThreadSubscription::Muted;
        commands::subscribe_thread(world.database(), &viewer, post.post_id(), muted).await.unwrap();
        world.reply(world.bert, &post, "hm").await;
        assert!(!follows(world.bert.into()).await, "muted stays muted");
        let normal = ThreadSubscription::Normal;
        commands::subscribe_thread(world.database(), &viewer, post.post_id(), normal).await.unwrap();
        world.reply(world.bert, &post, "well").await;
        assert!(follows(world.bert.into()).await);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn the_best_answer_is_a_reply_of_the_thread_and_goes_with_it() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let question = world
            .insert(world.bert, |id| content::NewContent {
                takes_answers: true,
                ..content::NewContent::post(id, world.bert, community, "how?".into())
            })
            .await
            .unwrap();
        let answer = world.reply(world.carla, &question, "so").await;
        let other = world.post(world.anna, community, "no question").await;
        let astray = world.reply(world.carla, &other, "elsewhere").await;

        let mark = async |viewer, reply: ReplyId| {
            let mut tx = world.begin(viewer).await;
            let permit = may_answer(&tx, question.id).await?;
            commands::set_best_answer(&mut tx, permit, Some(reply)).await?;
            tx.commit().await
        };
        assert_eq!(
            codes(mark(world.carla, answer.reply_id()).await),
            ["MODERATORS_ONLY"]
        );
        assert_eq!(
            codes(mark(world.bert, astray.reply_id()).await),
            ["REPLY_NOT_FOUND"]
        );
        mark(world.bert, answer.reply_id()).await.unwrap();
        let best = async || {
            let tx = world.begin(world.anna).await;
            let best = queries::thread_in(&tx, &question)
                .await
                .unwrap()
                .best_answer;
            tx.rollback().await.unwrap();
            best
        };
        assert_eq!(best().await, Some(answer.reply_id()));
        world.delete_reply(world.anna, &answer).await.unwrap();
        assert_eq!(best().await, None);
        let tx = world.begin(world.anna).await;
        assert_eq!(codes(may_answer(&tx, other.id).await), ["NOT_A_QUESTION"]);
        tx.rollback().await.unwrap();
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_moved_thread_is_seen_where_it_is_now() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public().await;
        let private = world
            .community("Inside", communities::CommunityVisibility::Private)
            .await;
        let post = world.post(world.bert, community, "start").await;
        let reply = world.reply(world.carla, &post, "yes").await;
        let mut tx = world.begin(world.anna).await;
        let permit = may_close(&tx, post.id).await.unwrap();
        let moved = commands::move_thread(&mut tx, permit, private)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(moved.community, Some(private));
        for id in [post.id, reply.id] {
            assert_eq!(
                world.seen(world.carla, id).await.unwrap().community,
                Some(private)
            );
            assert!(world.seen(world.otto, id).await.is_none());
        }
        world.bed
    })
    .await;
}

#[tokio::test]
async fn nobody_subscribes_to_or_edits_what_is_not_seen() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let private = world
            .community("Inside", communities::CommunityVisibility::Private)
            .await;
        let post = world.post(world.bert, private, "start").await;
        let mut tx = world.begin(world.otto).await;
        assert_eq!(codes(may_see(&tx, post.id).await), ["NOT_FOUND"]);
        assert_eq!(
            codes(content::policy::may_edit(&tx, post.id).await),
            ["NOT_FOUND"]
        );
        assert_eq!(
            codes(content::policy::may_react(&tx, post.id).await),
            ["NOT_FOUND"]
        );
        assert_eq!(
            codes(content::policy::may_system(&tx, post.id).await),
            ["SYSTEM_ONLY"]
        );
        tx.rollback().await.unwrap();
        tx = world.begin(world.bert).await;
        let permit = content::policy::may_edit(&tx, post.id).await.unwrap();
        let edit = ContentEdit {
            source: Some("changed".into()),
            ..ContentEdit::default()
        };
        let edited = commands::edit(&mut tx, permit, edit).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(edited.state, ContentState::Published);
        world.bed
    })
    .await;
}
