//! Marking as read, and taking that back.

use kernel::{Error, NotificationId, PersonId};
use notifications::NotificationKind as Kind;
use notifications::commands::{Which, mark};
use testkit::on_both_databases;

use crate::world::{World, member};

async fn set(world: &World, person: PersonId, which: Which, read: bool) -> Vec<NotificationId> {
    mark(world.db(), &member(person), &which, read)
        .await
        .unwrap()
        .changed
}

#[tokio::test]
async fn marking_names_what_it_changed_so_that_it_can_be_taken_back() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let ben = world.person("ben").await;
        let community = world.public("Kitchen").await;
        for number in 0..3 {
            world
                .post(world.owner, community, &format!("{number} @ben"))
                .await;
        }
        world.notify().await;
        let ids = world.ids(ben).await;
        assert_eq!(
            set(&world, ben, Which::These(vec![ids[1]]), true).await,
            [ids[1]]
        );
        assert_eq!(world.unread(ben).await.len(), 2);
        // Marking again changes nothing and tells nothing.
        assert!(
            set(&world, ben, Which::These(vec![ids[1]]), true)
                .await
                .is_empty()
        );

        let changed = set(&world, ben, Which::All, true).await;
        assert_eq!(changed, [ids[0], ids[2]]);
        assert!(world.unread(ben).await.is_empty());
        assert_eq!(
            set(&world, ben, Which::These(changed.clone()), false).await,
            changed
        );
        let unread: Vec<_> = world
            .unread(ben)
            .await
            .into_iter()
            .map(|line| line.id)
            .collect();
        assert_eq!(unread, changed);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn undo_leaves_alone_what_has_gone_on_meanwhile() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let ben = world.person("ben").await;
        let community = world.public("Kitchen").await;
        world.join(community, &[ben]).await;
        let post = world.post(world.owner, community, "Shall we?").await;
        world.reply(ben, post, "Yes").await;
        world.notify().await;
        let first = set(&world, world.owner, Which::All, true).await;
        world.reply(ben, post, "Or not").await;
        world.notify().await;
        assert!(
            set(&world, world.owner, Which::These(first.clone()), false)
                .await
                .is_empty()
        );
        assert_eq!(world.kinds(world.owner).await, [Kind::Reply]);
        // Both read: only the newest line of the thread becomes unread again.
        let second = set(&world, world.owner, Which::All, true).await;
        let both = [first, second.clone()].concat();
        assert_eq!(
            set(&world, world.owner, Which::These(both), false).await,
            second
        );
        world.bed
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_meant_is_refused() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let viewer = member(world.owner);
        let refused = mark(world.db(), &viewer, &Which::All, false).await;
        assert!(matches!(refused, Err(Error::Invalid(p)) if p[0].code == "IDS_REQUIRED"));
        let flood = Which::These(vec![NotificationId(uuid::Uuid::nil()); 1_001]);
        let refused = mark(world.db(), &viewer, &flood, true).await;
        assert!(matches!(refused, Err(Error::Invalid(p)) if p[0].code == "TOO_MANY_IDS"));
        assert!(
            set(&world, world.owner, Which::These(Vec::new()), true)
                .await
                .is_empty()
        );
        world.bed
    })
    .await;
}
