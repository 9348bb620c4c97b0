//! The room as seen through GraphQL.

use async_graphql::{EmptySubscription, Request, Schema, Value};
use identity::model::NewPerson;
use identity::{IdentityMutation, IdentityQuery};
use kernel::{OrganisationRole, PersonId, Viewer};
use serde_json::json;
use testkit::on_both_databases;

use crate::support::{House, PASSWORD, new_person};

/// Runs a document as `viewer`; returns the data and the number of statements.
async fn run(house: &House, viewer: &Viewer, document: &str) -> (serde_json::Value, u64) {
    let (response, statements) = respond(house, viewer, document).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    (response.data.into_json().unwrap(), statements)
}

async fn respond(house: &House, viewer: &Viewer, document: &str) -> (async_graphql::Response, u64) {
    let schema = Schema::build(IdentityQuery, IdentityMutation, EmptySubscription)
        .data(house.database.clone())
        .data(house.hub.clone())
        .data(house.presence.clone())
        .data(house.authenticator.clone())
        .finish();
    let viewer = viewer.for_new_request();
    let reader = house.database.reader(&viewer);
    let known = platform::graphql::Request {
        viewer: viewer.clone(),
        request_id: "test".into(),
    };
    let request = identity::request_data(Request::new(document).data(known), &reader);
    let response = platform::graphql::batched(schema.execute(request)).await;
    (response, viewer.statements())
}

fn member(person: PersonId) -> Viewer {
    Viewer::person(person, OrganisationRole::Member, None)
}

const LIST: &str = "{ people(first: 50) { totalCount nodes { id handle name title aboutHtml \
    avatarUrl avatarColor role isDeactivated joinedAt isFollowedByViewer followerCount presence \
    email lastActiveAt } pageInfo { hasNextPage endCursor } } }";

#[tokio::test]
async fn a_page_of_people_costs_the_same_whatever_its_size() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let few = run(&house, &house.admin(), LIST).await.1;
        for number in 0..30 {
            house.person(new_person(&format!("p{number}"))).await;
        }
        let (data, many) = run(&house, &house.admin(), LIST).await;
        assert_eq!(data["people"]["nodes"].as_array().unwrap().len(), 31);
        assert_eq!(data["people"]["totalCount"], json!(31));
        assert_eq!(many, few, "statements");
        assert!(many <= 4, "page, total, follows, followers: {many}");
        house.bed
    })
    .await;
}

#[tokio::test]
async fn private_fields_are_null_for_others() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        house.signed_in("anna").await;
        let ask = "{ person(handle: \"@Anna\") { email lastActiveAt presence } }";
        let (own, _) = run(&house, &member(anna), ask).await;
        assert_eq!(own["person"]["email"], json!("anna@example.org"));
        assert!(own["person"]["lastActiveAt"].is_string());
        let ben = house
            .person(NewPerson {
                email: None,
                ..new_person("ben")
            })
            .await;
        let (others, _) = run(&house, &member(ben), ask).await;
        assert_eq!(
            others["person"],
            json!({ "email": null, "lastActiveAt": null, "presence": "OFFLINE" })
        );
        house.bed
    })
    .await;
}

#[tokio::test]
async fn nobody_has_no_viewer_and_sees_no_people() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let nobody = Viewer::anonymous();
        let (data, _) = run(&house, &nobody, "{ viewer { person { name } } }").await;
        assert_eq!(data, json!({ "viewer": null }));
        for document in [
            LIST,
            "{ person(handle: \"ada\") { name } }",
            "mutation { organisationUpdate(input: { name: \"x\" }) { userErrors { code } } }",
        ] {
            let (response, _) = respond(&house, &nobody, document).await;
            let source = response.errors[0].source::<kernel::Error>().unwrap();
            assert_eq!(source.reason(), "UNAUTHENTICATED", "{document}");
        }
        house.bed
    })
    .await;
}

#[tokio::test]
async fn the_viewer_sees_what_is_hers() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let (here, there) = (house.signed_in("anna").await, house.signed_in("anna").await);
        let viewer = house.viewer(&here).await;
        let made = "mutation { accessTokenCreate(input: { name: \"Robot\", scopes: [WRITE] }) \
                    { secret accessToken { name scopes lastUsedAt expiresAt } userErrors { code } } }";
        let (made, _) = run(&house, &viewer, made).await;
        let made = &made["accessTokenCreate"];
        assert!(made["secret"].as_str().unwrap().starts_with("lgp_"));
        assert_eq!(made["accessToken"]["scopes"], json!(["READ", "WRITE"]));
        let ask = "{ viewer { person { handle } organisation { name peopleCount } \
                   settings { locale timeZone theme defaultNotificationLevel showPresence sendTyping sendReceipts feedOrder } \
                   viewerCan { createCommunity administerNetwork } mustChangePassword \
                   sessions { id isCurrent userAgent address } accessTokens { name } } }";
        let (data, _) = run(&house, &viewer, ask).await;
        let seen = &data["viewer"];
        assert_eq!(seen["person"]["handle"], json!("anna"));
        assert_eq!(seen["organisation"], json!({ "name": "Example Company", "peopleCount": 2 }));
        assert_eq!(seen["viewerCan"], json!({ "createCommunity": true, "administerNetwork": false }));
        assert_eq!(seen["settings"]["theme"], json!("SYSTEM"));
        assert_eq!(seen["mustChangePassword"], json!(false));
        assert_eq!(seen["accessTokens"], json!([{ "name": "Robot" }]));
        let sessions = seen["sessions"].as_array().unwrap();
        assert_eq!(sessions.len(), 2);
        for session in sessions {
            let is_here = session["id"] == json!(here.session.to_string());
            assert_eq!(session["isCurrent"], json!(is_here));
            assert_eq!(session["address"], json!("192.0.2.1"));
        }
        let end = format!(
            "mutation {{ sessionRevoke(input: {{ sessionId: \"{}\" }}) \
             {{ viewer {{ sessions {{ id }} }} userErrors {{ code }} }} }}",
            there.session
        );
        let (ended, _) = run(&house, &viewer, &end).await;
        assert_eq!(ended["sessionRevoke"]["viewer"]["sessions"].as_array().unwrap().len(), 1);
        let (again, _) = run(&house, &viewer, &end).await;
        assert_eq!(again["sessionRevoke"]["userErrors"], json!([{ "code": "NOT_FOUND" }]));
        house.bed
    })
    .await;
}

#[tokio::test]
async fn what_people_can_mend_comes_back_in_the_payload() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let viewer = house.viewer(&house.signed_in("anna").await).await;
        for (document, field, code) in [
            (
                "mutation { passwordChange(input: { currentPassword: \"x\", newPassword: \"y\" }) \
                 { viewer { mustChangePassword } userErrors { code path } } }",
                "passwordChange",
                json!([{ "code": "PASSWORD_WRONG", "path": ["currentPassword"] }]),
            ),
            (
                "mutation { profileUpdate(input: { name: \"\", title: \"\", about: \"\", \
                 pronunciation: \"\", location: \"\" }) { userErrors { code path } } }",
                "profileUpdate",
                json!([{ "code": "REQUIRED", "path": ["name"] }]),
            ),
            (
                "mutation { settingsUpdate(input: { locale: \"xx\" }) { userErrors { code path } } }",
                "settingsUpdate",
                json!([{ "code": "LOCALE_UNKNOWN", "path": ["locale"] }]),
            ),
            (
                "mutation { personCreate(input: { handle: \"x\", name: \"X\", email: \"\", \
                 title: \"\", role: MEMBER, locale: \"en\" }) \
                 { person { id } oneTimePassword userErrors { code path } } }",
                "personCreate",
                json!([{ "code": "NETWORK_ADMIN_REQUIRED", "path": [] }]),
            ),
        ] {
            let (data, _) = run(&house, &viewer, document).await;
            assert_eq!(data[field]["userErrors"], code, "{field}");
        }
        let follow = format!(
            "mutation {{ personFollow(input: {{ personId: \"{}\", follow: true }}) \
             {{ person {{ isFollowedByViewer followerCount }} userErrors {{ code }} }} }}",
            house.ada
        );
        let (data, _) = run(&house, &member(anna), &follow).await;
        assert_eq!(
            data["personFollow"]["person"],
            json!({ "isFollowedByViewer": true, "followerCount": 1 })
        );
        house.bed
    })
    .await;
}

#[tokio::test]
async fn an_admin_makes_and_changes_people() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let admin = house.viewer(&house.login("ada", PASSWORD).await.unwrap()).await;
        let make = "mutation { personCreate(input: { handle: \"nina\", name: \"Nina\", \
                    email: \"nina@example.org\", title: \"\", role: MEMBER, locale: \"de\" }) \
                    { person { id email isDeactivated } oneTimePassword userErrors { code } } }";
        let (made, _) = run(&house, &admin, make).await;
        let made = &made["personCreate"];
        let id = made["person"]["id"].as_str().unwrap();
        assert!(house.login("nina", made["oneTimePassword"].as_str().unwrap()).await.is_ok());
        let change = format!(
            "mutation {{ role: personSetRole(input: {{ personId: \"{id}\", role: NETWORK_ADMIN }}) \
             {{ person {{ role }} }} off: personSetActive(input: {{ personId: \"{id}\", active: false }}) \
             {{ person {{ isDeactivated }} }} \
             reset: personResetPassword(input: {{ personId: \"{id}\" }}) {{ oneTimePassword }} \
             name: organisationUpdate(input: {{ name: \"New\" }}) {{ organisation {{ name }} }} }}"
        );
        let (changed, _) = run(&house, &admin, &change).await;
        assert_eq!(changed["role"]["person"]["role"], json!("NETWORK_ADMIN"));
        assert_eq!(changed["off"]["person"]["isDeactivated"], json!(true));
        assert!(changed["reset"]["oneTimePassword"].is_string());
        assert_eq!(changed["name"]["organisation"]["name"], json!("New"));
        house.bed
    })
    .await;
}

#[tokio::test]
async fn ids_of_another_type_and_both_keys_at_once_are_refused() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        for document in [
            "{ person(id: \"post_0123456789abcdef0123456789abcdef\") { name } }",
            "{ person(id: \"person_xyz\") { name } }",
            "{ person { name } }",
            "{ person(id: \"person_0123456789abcdef0123456789abcdef\", handle: \"ada\") { name } }",
            "{ people(first: 0) { totalCount } }",
            "{ people(first: 101) { totalCount } }",
            "{ people(first: 5, after: \"!\") { totalCount } }",
        ] {
            let (response, _) = respond(&house, &house.admin(), document).await;
            assert!(!response.errors.is_empty(), "{document}");
        }
        let ask = "{ person(id: \"person_0123456789abcdef0123456789abcdef\") { name } }";
        let (response, _) = respond(&house, &house.admin(), ask).await;
        assert_eq!(
            response.data,
            Value::from_json(json!({ "person": null })).unwrap()
        );
        house.bed
    })
    .await;
}

/// Every type and field of this room has a description.
#[test]
fn everything_is_described() {
    let schema = Schema::build(IdentityQuery, IdentityMutation, EmptySubscription).finish();
    let sdl = schema.sdl();
    let mut described = false;
    let mut bare = Vec::new();
    for line in sdl.lines().map(str::trim) {
        let is_value = !line.is_empty() && line.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        let is_field = line.contains(": ") && !line.starts_with(['"', ')']);
        let is_item = line.ends_with(['{', '(']) || is_field || is_value;
        let is_frame = [
            "directive",
            "schema",
            "query: Identity",
            "mutation: Identity",
        ];
        if is_item && !described && !is_frame.iter().any(|frame| line.starts_with(frame)) {
            bare.push(line.to_owned());
        }
        described = line.ends_with("\"\"\"");
    }
    assert!(bare.is_empty(), "{bare:#?}");
}
