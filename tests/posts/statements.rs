//! A page of posts costs the same statements however long it is.

use content::{NewReply, PostKind};
use posts::commands;

use crate::world::{Who, World, client_id};
use crate::worlds;

/// Everything a page may ask for.
const FIELDS: &str = "
     id kind state title bodyHtml bodySource excerpt isPinned isImported movedFromCommunity createdAt
     publishedAt editedAt scheduledFor lastActivityAt revisionCount
     author { id name handle avatarUrl avatarColor isDeactivated }
     community { id name slug memberCount visibility viewerMembership { role } }
     topics attachments { id url } links { url title } reactionCount viewerSubscription isNewToViewer
     reactions { emoji count viewerReacted } idea { state voteCount viewerVoted }
     announcement { seenByViewer seenCount }
     closure { reason closedBy { id name } }
     latestReplies(count: 3) {
         id bodyHtml isBestAnswer reactions { emoji count } author { id name }
         viewerCan { edit delete react markAsBestAnswer }
     }
     question { isAnswered bestAnswer { id author { id } } }
     praise { badge people { id name } } sharedFrom { post { id } }
     poll { isClosed voterCount viewerHasVoted options { id text voteCount viewerChose } }
     viewerCan { edit delete reply react pin close reopen move share markBestAnswer setIdeaState vote }";

/// One round of posts of all kinds in three communities, all with replies, reactions and votes.
async fn fill(world: &World, posts: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for index in 0..posts {
        let community = [world.public, world.private, world.restricted][index % 3];
        let kind = PostKind::ALL[index % PostKind::ALL.len()];
        let id = world.post(Who::Moderator, community, kind).await;
        for who in [Who::Other, Who::Member, Who::Owner] {
            let new = NewReply {
                client_id: client_id(),
                post: id,
                parent: None,
                body: format!("An answer by {who:?} #food"),
                attachments: Vec::new(),
                draft: None,
            };
            let viewer = world.viewer(who);
            let reply = content::commands::create_reply(world.db(), &viewer, new)
                .await
                .unwrap();
            for subject in [id.into(), reply.id] {
                content::commands::react(world.db(), &viewer, subject, "🎉", true)
                    .await
                    .unwrap();
            }
            if kind == PostKind::Question {
                let (db, asker) = (world.db(), world.viewer(Who::Moderator));
                commands::best_answer_set(db, &asker, id, Some(reply.reply_id()))
                    .await
                    .unwrap();
            }
        }
        let member = world.viewer(Who::Member);
        if kind == PostKind::Poll {
            let option = world.options(id).await[0];
            commands::poll_vote(world.db(), &member, id, &[option])
                .await
                .unwrap();
        }
        if index % 5 == 0 {
            let owner = world.viewer(Who::Owner);
            commands::close(world.db(), &owner, id, "Enough")
                .await
                .unwrap();
        }
        ids.push(id.to_string());
    }
    ids
}

async fn statements(world: &World, ids: &[String], fields: &str) -> u64 {
    let posts: String = ids
        .iter()
        .enumerate()
        .map(|(index, id)| format!("p{index}: post(id: \"{id}\") {{ ...All }} "))
        .collect();
    let document = format!("query {{ {posts} }} fragment All on Post {{ replyCount {fields} }}");
    let (data, statements) = world.graphql(Who::Member, &document).await;
    for index in 0..ids.len() {
        assert_eq!(data[format!("p{index}")]["replyCount"], 3);
    }
    statements
}

worlds!(fifty_posts_cost_what_six_cost, |world| {
    let ids = fill(&world, 50).await;
    // Six posts have every kind, each community and a closed thread among them.
    let six = statements(&world, &ids[..6], FIELDS).await;
    let fifty = statements(&world, &ids, FIELDS).await;
    assert_eq!(six, fifty);
    assert!(fifty <= 40, "{fifty} statements");
});
