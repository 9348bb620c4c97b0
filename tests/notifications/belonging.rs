//! Joining communities, invitations and roles.

use communities::{CommunityRole, CommunityVisibility};
use kernel::{CommunityId, PageArgs, PersonId};
use notifications::NotificationKind as Kind;
use testkit::on_both_databases;

use crate::world::{World, member};

async fn ask(world: &World, person: PersonId, community: CommunityId) {
    world.tick();
    communities::commands::join(world.db(), &member(person), community, Some("Please"))
        .await
        .unwrap();
}

async fn decide(world: &World, person: PersonId, community: CommunityId, approve: bool) {
    world.tick();
    let owner = member(world.owner);
    let reader = world.db().reader(&owner);
    let args = PageArgs::forward(10, None).unwrap();
    let listed = communities::queries::join_requests(&reader, community, &args).await;
    let requests = listed.unwrap().page.items;
    let request = requests
        .iter()
        .find(|(_, view)| view.person_id == person)
        .unwrap()
        .1
        .id;
    communities::commands::decide_join_request(world.db(), &owner, request, approve)
        .await
        .unwrap();
}

async fn invitation(world: &World, person: PersonId) -> kernel::InvitationId {
    let waiting = communities::queries::invitations(&world.reader(person))
        .await
        .unwrap();
    waiting[0].id
}

#[tokio::test]
async fn requests_reach_those_who_decide_and_decisions_those_who_asked() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let [moderator, reader, ben, cleo] =
            world.people(["moderator", "reader", "ben", "cleo"]).await;
        let community = world
            .community("Kitchen", CommunityVisibility::Private)
            .await;
        world
            .enrol(community, &[moderator], CommunityRole::Moderator)
            .await;
        world.join(community, &[reader]).await;
        world.clean_slate(&[world.owner, moderator, reader]).await;

        ask(&world, ben, community).await;
        ask(&world, cleo, community).await;
        world.notify().await;
        for person in [world.owner, moderator] {
            let lines = world.unread(person).await;
            assert_eq!(lines.len(), 1);
            assert_eq!(
                (lines[0].kind, lines[0].community),
                (Kind::JoinRequest, Some(community))
            );
            assert_eq!(
                (lines[0].actors.as_slice(), lines[0].actor_count),
                ([cleo, ben].as_slice(), 2)
            );
        }
        assert!(world.kinds(reader).await.is_empty());

        // Who wishes to join is nobody else's business, also when a moderator steps down.
        let owner = member(world.owner);
        let role = CommunityRole::Member;
        communities::commands::set_role(world.db(), &owner, community, moderator, role)
            .await
            .unwrap();
        world.notify().await;
        assert_eq!(world.kinds(moderator).await, [Kind::RoleChanged]);

        decide(&world, ben, community, true).await;
        decide(&world, cleo, community, false).await;
        world.notify().await;
        let lines = world.unread(ben).await;
        assert_eq!(
            (lines[0].kind, lines[0].actors.as_slice()),
            (Kind::JoinApproved, [world.owner].as_slice())
        );
        let lines = world.unread(cleo).await;
        assert_eq!(
            (lines[0].kind, lines[0].actors.len()),
            (Kind::JoinDeclined, 0)
        );
        world.bed
    })
    .await;
}

#[tokio::test]
async fn an_invitation_into_a_secret_community_disappears_with_it() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let [ben, cleo] = world.people(["ben", "cleo"]).await;
        let community = world.community("Hidden", CommunityVisibility::Secret).await;
        let owner = member(world.owner);
        communities::commands::invite(world.db(), &owner, community, &[ben, cleo])
            .await
            .unwrap();
        world.notify().await;
        for person in [ben, cleo] {
            let lines = world.unread(person).await;
            assert_eq!(
                (lines[0].kind, lines[0].community),
                (Kind::Invitation, Some(community))
            );
            assert_eq!(lines[0].actors, [world.owner]);
        }
        let (of_ben, of_cleo) = (
            invitation(&world, ben).await,
            invitation(&world, cleo).await,
        );
        communities::commands::decide_invitation(world.db(), &member(ben), of_ben, true)
            .await
            .unwrap();
        communities::commands::decide_invitation(world.db(), &member(cleo), of_cleo, false)
            .await
            .unwrap();
        assert_eq!(world.list(ben).await.len(), 1);
        assert!(world.list(cleo).await.is_empty());
        assert!(world.unread(cleo).await.is_empty());
        world.bed
    })
    .await;
}

#[tokio::test]
async fn a_new_role_is_told_to_whoever_has_it_unless_the_community_is_muted() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let [ben, cleo] = world.people(["ben", "cleo"]).await;
        let community = world.public("Kitchen").await;
        world.join(community, &[ben, cleo]).await;
        world.mute(cleo, community).await;
        let owner = member(world.owner);
        for person in [ben, cleo] {
            let role = CommunityRole::Moderator;
            communities::commands::set_role(world.db(), &owner, community, person, role)
                .await
                .unwrap();
        }
        world.notify().await;
        assert_eq!(world.kinds(ben).await, [Kind::RoleChanged]);
        assert!(world.kinds(cleo).await.is_empty());
        assert!(world.kinds(world.owner).await.is_empty());
        world.bed
    })
    .await;
}
