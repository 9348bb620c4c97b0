//! A notification is there only as long as its owner may see what it is about, and nobody else ever
//! sees it.

use communities::CommunityVisibility;
use kernel::{OrganisationRole, PageArgs, Viewer};
use notifications::NotificationKind as Kind;
use notifications::queries;
use testkit::on_both_databases;

use crate::world::{World, house, member};

#[tokio::test]
async fn who_leaves_a_private_community_loses_what_it_told() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let ben = world.person("ben").await;
        let open = world.public("Kitchen").await;
        let closed = world.community("Board", CommunityVisibility::Private).await;
        world.join(open, &[ben]).await;
        world.join(closed, &[ben]).await;
        world.post(world.owner, open, "Lunch, @ben?").await;
        world.post(world.owner, closed, "The merger, @ben").await;
        world.notify().await;
        assert_eq!(world.unread(ben).await.len(), 2);

        let owner = member(world.owner);
        communities::commands::remove_member(world.db(), &owner, closed, ben)
            .await
            .unwrap();
        let lines = world.unread(ben).await;
        assert_eq!(lines.len(), 1, "list and count agree");
        assert_eq!(lines[0].excerpt, "Lunch, @Name of ben?");
        // It can neither be asked for by id nor marked.
        world.join(closed, &[ben]).await;
        let lines = world.unread(ben).await;
        assert_eq!(lines.len(), 2, "it comes back with the right to see it");
        communities::commands::remove_member(world.db(), &owner, closed, ben)
            .await
            .unwrap();
        let ids: Vec<_> = lines.iter().map(|line| line.id).collect();
        let found = queries::notifications_by_id(&world.reader(ben), &ids)
            .await
            .unwrap();
        assert_eq!(found.len(), 1);
        let which = notifications::commands::Which::These(ids);
        let marked = notifications::commands::mark(world.db(), &member(ben), &which, true).await;
        assert_eq!(marked.unwrap().changed.len(), 1);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn what_was_deleted_is_not_told_any_more() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let [ben, cleo] = world.people(["ben", "cleo"]).await;
        let community = world.public("Kitchen").await;
        world.join(community, &[ben, cleo]).await;
        let post = world.post(world.owner, community, "Shall we?").await;
        let kept = world.post(ben, community, "Something else").await;
        world.clean_slate(&[world.owner]).await;
        let first = world.reply(ben, post, "Yes").await;
        world.notify().await;
        content::commands::delete_reply(world.db(), &member(ben), first)
            .await
            .unwrap();
        assert!(world.unread(world.owner).await.is_empty());

        // Of several replies the others are still told, without the words of the one that is gone.
        world.reply(cleo, post, "No").await;
        let last = world.reply(ben, post, "Oh yes").await;
        world.notify().await;
        content::commands::delete_reply(world.db(), &member(ben), last)
            .await
            .unwrap();
        let lines = world.unread(world.owner).await;
        assert_eq!((lines.len(), lines[0].excerpt.as_str()), (1, ""));

        posts::commands::delete(world.db(), &member(world.owner), post)
            .await
            .unwrap();
        assert!(world.unread(world.owner).await.is_empty());

        // A post that is gone before anybody was told of it is not told at all.
        posts::commands::delete(world.db(), &member(ben), kept)
            .await
            .unwrap();
        world.notify().await;
        assert!(world.list(world.owner).await.is_empty());
        world.bed
    })
    .await;
}

#[tokio::test]
async fn nobody_sees_the_list_of_somebody_else() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let [ben, admin] = world.people(["ben", "admin"]).await;
        let community = world.public("Kitchen").await;
        world.post(world.owner, community, "Hello @ben").await;
        world.notify().await;
        let ids = world.ids(ben).await;
        assert_eq!(ids.len(), 1);
        let others = [
            member(world.owner),
            Viewer::person(admin, OrganisationRole::NetworkAdmin, None),
            house(),
            Viewer::anonymous(),
        ];
        for viewer in others {
            let reader = world.db().reader(&viewer);
            assert!(
                queries::notifications_by_id(&reader, &ids)
                    .await
                    .unwrap()
                    .is_empty()
            );
            assert_eq!(queries::unread_count(&reader).await.unwrap(), 0);
            let args = PageArgs::forward(10, None).unwrap();
            match queries::notifications(&reader, false, &args).await {
                Ok(page) => assert!(page.items.is_empty()),
                Err(error) => assert_eq!(error.reason(), "UNAUTHENTICATED"),
            }
            if viewer.person_id().is_some() {
                let which = notifications::commands::Which::These(ids.clone());
                let marked = notifications::commands::mark(world.db(), &viewer, &which, true).await;
                assert!(marked.unwrap().changed.is_empty());
            }
        }
        assert_eq!(world.kinds(ben).await, [Kind::Mention]);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_moved_post_follows_the_rights_of_its_new_place() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let ben = world.person("ben").await;
        let open = world.public("Kitchen").await;
        let closed = world.community("Board", CommunityVisibility::Private).await;
        let post = world.post(world.owner, open, "Hello @ben").await;
        world.notify().await;
        assert_eq!(world.list(ben).await[0].community, Some(open));
        posts::commands::move_to(world.db(), &member(world.owner), post, closed)
            .await
            .unwrap();
        assert!(world.list(ben).await.is_empty());
        world.join(closed, &[ben]).await;
        assert_eq!(world.list(ben).await[0].community, Some(closed));
        world.bed
    })
    .await;
}
