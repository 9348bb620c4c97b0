//! Communities through GraphQL: shapes, null for what is not there, and a constant number of
//! statements however long a list is.

use async_graphql::{EmptySubscription, Request, Schema, Value};
use communities::model::{CommunityJoining, CommunityRole, CommunityVisibility};
use communities::{CommunitiesMutation, CommunitiesQuery, commands};
use kernel::Viewer;
use platform::{Database, LiveHub};
use testkit::on_both_databases;

use crate::support::{create, enrol, kind, people, public, secret, viewer};

async fn ask(db: &Database, viewer: &Viewer, query: &str) -> async_graphql::Response {
    let schema = Schema::build(CommunitiesQuery, CommunitiesMutation, EmptySubscription)
        .data(db.clone())
        .data(LiveHub::new(db.clone()))
        .finish();
    let reader = db.reader(viewer);
    let request = Request::new(query).data(platform::graphql::Request {
        viewer: viewer.clone(),
        request_id: "test".to_owned(),
    });
    let request = identity::request_data(request, &reader);
    let request = communities::request_data(request, &reader);
    platform::graphql::batched(schema.execute(request)).await
}

/// The answer, which must have no error, as JSON.
async fn data(db: &Database, viewer: &Viewer, query: &str) -> serde_json::Value {
    let response = ask(db, viewer, query).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    response.data.into_json().unwrap()
}

const EVERYTHING: &str = "id slug name description descriptionHtml visibility joining posting \
     isOfficial isAllCompany isArchived coverColor topics createdAt memberCount \
     viewerMembership { role since isMuted notificationLevel } viewerHasRequested viewerIsInvited \
     viewerCan { read post announce reply join requestToJoin leave edit invite moderate \
     manageMembers transferOwnership archive setOfficial } pendingRequestCount";

#[tokio::test]
async fn long_lists_cost_as_many_statements_as_short_ones() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let crowd = people(db, 60).await;
        for index in 0..60 {
            let id = public(db, crowd[index % 2], &format!("Place {index:02}")).await;
            if index % 3 == 0 {
                enrol(db, id, &[(crowd[0], CommunityRole::Moderator)]).await;
            }
        }
        let big = public(db, crowd[0], "Everybody").await;
        let all: Vec<_> = crowd
            .iter()
            .map(|person| (*person, CommunityRole::Member))
            .collect();
        enrol(db, big, &all).await;
        let lists = [
            format!("communities(first: N) {{ totalCount nodes {{ {EVERYTHING} }} }}"),
            format!(
                "communityMembers(communityId: \"{big}\", first: N) {{ totalCount nodes {{ id role \
                 since viewerCanRemove viewerCanSetRole person {{ id name }} }} }}"
            ),
        ];
        for list in &lists {
            let mut costs = Vec::new();
            for size in ["2", "50"] {
                let me = viewer(crowd[0]);
                let query = format!("{{ {} }}", list.replace('N', size));
                let answer = data(db, &me, &query).await;
                let field = list.split('(').next().unwrap();
                let nodes = answer[field]["nodes"].as_array().unwrap();
                assert_eq!(nodes.len(), size.parse::<usize>().unwrap());
                costs.push(me.statements());
            }
            assert_eq!(costs[0], costs[1], "{list}");
            assert!(costs[1] <= 7, "{} statements", costs[1]);
        }
        bed
    })
    .await;
}

#[tokio::test]
async fn a_community_tells_each_viewer_what_concerns_them() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben, cleo] = people(db, 3).await[..].try_into().unwrap();
        let new = kind(
            "Board",
            CommunityVisibility::Private,
            CommunityJoining::Request,
        );
        let id = create(db, anna, new).await;
        commands::join(db, &viewer(ben), id, Some("Please"))
            .await
            .unwrap();
        let query = format!("{{ community(id: \"{id}\") {{ {EVERYTHING} }} }}");
        let owner = data(db, &viewer(anna), &query).await;
        let owner = &owner["community"];
        assert_eq!(owner["id"], id.to_string());
        assert_eq!(owner["viewerMembership"]["role"], "OWNER");
        assert_eq!(
            owner["viewerMembership"]["notificationLevel"],
            "ANNOUNCEMENTS"
        );
        assert_eq!(owner["pendingRequestCount"], 1);
        assert_eq!(owner["viewerCan"]["edit"], true);
        assert_eq!(owner["viewerCan"]["leave"], false, "the last owner");
        let asking = data(db, &viewer(ben), &query).await;
        let asking = &asking["community"];
        assert_eq!(asking["viewerMembership"], serde_json::Value::Null);
        assert_eq!(asking["pendingRequestCount"], serde_json::Value::Null);
        assert_eq!(asking["viewerHasRequested"], true);
        assert_eq!(asking["viewerCan"]["requestToJoin"], false);
        assert_eq!(asking["viewerCan"]["read"], false);
        assert_eq!(asking["memberCount"], 1);
        let other = data(db, &viewer(cleo), &query).await;
        assert_eq!(other["community"]["viewerCan"]["requestToJoin"], true);
        let query = format!(
            "{{ joinRequests(communityId: \"{id}\", first: 5) {{ totalCount nodes {{ id message \
             createdAt person {{ id }} community {{ id name }} }} }} }}"
        );
        let requests = data(db, &viewer(anna), &query).await;
        assert_eq!(
            requests["joinRequests"]["nodes"][0]["person"]["id"],
            ben.to_string()
        );
        assert_eq!(requests["joinRequests"]["nodes"][0]["message"], "Please");
        bed
    })
    .await;
}

#[tokio::test]
async fn what_is_invisible_is_null_and_lists_of_it_are_not_found() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
        let id = secret(db, anna, "Merger").await;
        let slug = data(
            db,
            &viewer(anna),
            &format!("{{ community(id: \"{id}\") {{ slug }} }}"),
        )
        .await;
        let slug = slug["community"]["slug"].as_str().unwrap().to_owned();
        let never = kernel::CommunityId::at(testkit::MONDAY);
        for argument in [
            format!("id: \"{id}\""),
            format!("slug: \"{slug}\""),
            format!("id: \"{never}\""),
        ] {
            let query = format!("{{ community({argument}) {{ id }} }}");
            let answer = data(db, &viewer(ben), &query).await;
            assert_eq!(answer["community"], serde_json::Value::Null, "{argument}");
        }
        let mut answers = Vec::new();
        for id in [id, never] {
            let query =
                format!("{{ communityMembers(communityId: \"{id}\", first: 5) {{ totalCount }} }}");
            let answer = ask(db, &viewer(ben), &query).await;
            assert_eq!(answer.data, Value::Null);
            answers.push(answer.errors[0].message.clone());
            let mutation = format!(
                "mutation {{ communityJoin(input: {{ communityId: \"{id}\" }}) \
                 {{ community {{ id }} userErrors {{ code }} }} }}"
            );
            let answer = data(db, &viewer(ben), &mutation).await;
            assert_eq!(
                answer["communityJoin"]["userErrors"][0]["code"],
                "NOT_FOUND"
            );
        }
        assert_eq!(answers[0], answers[1]);
        for wrong in [
            "",
            "(id: \"x\")",
            "(id: \"person_00000000000000000000000000000000\")",
        ] {
            let answer = ask(
                db,
                &viewer(ben),
                &format!("{{ community{wrong} {{ id }} }}"),
            )
            .await;
            assert!(!answer.errors.is_empty(), "{wrong}");
        }
        bed
    })
    .await;
}

#[tokio::test]
async fn a_community_lives_through_the_api() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben, cleo] = people(db, 3).await[..].try_into().unwrap();
        let (owner, other) = (viewer(anna), viewer(ben));
        let create = "mutation { communityCreate(input: { clientId: \"00000000-0000-7000-8000-000000000001\", \
                      name: \"Garden\", description: \"\", visibility: SECRET, joining: INVITE_ONLY }) \
                      { community { id posting topics } userErrors { code } } }";
        let made = data(db, &owner, create).await;
        let community = &made["communityCreate"]["community"];
        assert_eq!(community["posting"], "EVERYBODY");
        let id = community["id"].as_str().unwrap().to_owned();
        assert_eq!(data(db, &owner, create).await, made, "the same client id");
        let mutate = async |who: &Viewer, name: &str, input: String, fields: &str| {
            let query = format!(
                "mutation {{ {name}(input: {{ {input} }}) {{ community {{ id memberCount }} \
                 {fields} userErrors {{ code path }} }} }}"
            );
            data(db, who, &query).await[name].clone()
        };
        let to_id = format!("communityId: \"{id}\"");
        let invite = format!("{to_id}, personIds: [\"{ben}\", \"{cleo}\"]");
        let invited = mutate(&owner, "communityInvite", invite, "invitedCount").await;
        assert_eq!(invited["invitedCount"], 2);
        let mine = "{ communityInvitations { id createdAt invitedBy { id } community { name } } }";
        let mine = data(db, &other, mine).await["communityInvitations"].clone();
        assert_eq!(mine[0]["community"]["name"], "Garden");
        assert_eq!(mine[0]["invitedBy"]["id"], anna.to_string());
        let accept = format!("invitationId: {}, accept: true", mine[0]["id"]);
        let joined = mutate(&other, "invitationDecide", accept, "").await;
        assert_eq!(joined["community"]["memberCount"], 2);
        let denied = mutate(&other, "communityUpdate", format!("{to_id}, name: \"Mine\""), "").await;
        assert_eq!(denied["userErrors"][0]["code"], "OWNERS_ONLY");
        let empty = mutate(&owner, "communityUpdate", format!("{to_id}, name: \" \""), "").await;
        assert_eq!(empty["userErrors"][0]["path"], serde_json::json!(["name"]));
        let role = format!("{to_id}, personId: \"{ben}\", role: OWNER");
        mutate(&owner, "memberSetRole", role, "").await;
        let left = mutate(&owner, "communityLeave", to_id.clone(), "").await;
        // It worked, and what is secret is gone for whoever left.
        assert_eq!(left["community"], serde_json::Value::Null);
        assert_eq!(left["userErrors"], serde_json::json!([]));
        let muted = mutate(&other, "communitySetMuted", format!("{to_id}, muted: true"), "").await;
        assert_eq!(muted["community"]["id"], id);
        let bad = mutate(&other, "communityCreate", "clientId: \"7\", name: \"A\", description: \"\", \
                  visibility: PUBLIC, joining: OPEN".to_owned(), "").await;
        assert_eq!(bad["userErrors"][0]["code"], "INVALID_CLIENT_ID");
        bed
    })
    .await;
}
