//! Every visibility × joining × person × action, carried out through the commands and compared with
//! a table written by hand.

use communities::model::{
    CommunityChange, CommunityJoining, CommunityPosting, CommunityRole, CommunityVisibility,
};
use communities::policy::Standing;
use communities::queries::{self, MemberFilter};
use communities::{NewMember, commands};
use identity::NotificationLevel;
use kernel::{CommunityId, JoinRequestId, PageArgs, PersonId, Viewer};
use platform::Database;
use testkit::on_both_databases;

use crate::support::{
    admin, admin_without_scope, deactivate, house, kind, number, outcome, people, reader, standing,
    viewer,
};

/// Who acts, in the order of the table's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Outsider,
    Invited,
    Member,
    Moderator,
    Owner,
    Admin,
}

const EVERYBODY: [Who; 6] = [
    Who::Outsider,
    Who::Invited,
    Who::Member,
    Who::Moderator,
    Who::Owner,
    Who::Admin,
];

const MEMBERS: &str = "MEMBERS_ONLY";
const MODERATORS: &str = "MODERATORS_ONLY";
const OWNERS: &str = "OWNERS_ONLY";
const OK: &str = "ok";

/// What comes of each action in a community that is not archived, whatever its kind. Outsiders of a
/// secret community get NOT_FOUND instead.
const TABLE: [(&str, [&str; 6]); 10] = [
    ("edit", [MEMBERS, MEMBERS, OWNERS, OWNERS, OK, MEMBERS]),
    (
        "remove member",
        [MEMBERS, MEMBERS, MODERATORS, OK, OK, MEMBERS],
    ),
    (
        "remove moderator",
        [MEMBERS, MEMBERS, MODERATORS, OWNERS, OK, MEMBERS],
    ),
    ("set role", [MEMBERS, MEMBERS, OWNERS, OWNERS, OK, MEMBERS]),
    ("mute", [MEMBERS, MEMBERS, OK, OK, OK, MEMBERS]),
    ("level", [MEMBERS, MEMBERS, OK, OK, OK, MEMBERS]),
    (
        "decide",
        ["NOT_FOUND", "NOT_FOUND", "NOT_FOUND", OK, OK, "NOT_FOUND"],
    ),
    (
        "official",
        [
            "NETWORK_ADMIN_REQUIRED",
            "NETWORK_ADMIN_REQUIRED",
            "NETWORK_ADMIN_REQUIRED",
            "NETWORK_ADMIN_REQUIRED",
            "NETWORK_ADMIN_REQUIRED",
            OK,
        ],
    ),
    ("archive", [MEMBERS, MEMBERS, OWNERS, OWNERS, OK, OK]),
    ("transfer", [MEMBERS, MEMBERS, OWNERS, OWNERS, OK, MEMBERS]),
];

struct Scene {
    database: Database,
    id: CommunityId,
    viewer: Viewer,
    plain: PersonId,
    moderator: PersonId,
    stranger: PersonId,
    request: JoinRequestId,
}

impl Scene {
    async fn act(&self, action: &str) -> &'static str {
        let (db, viewer, id) = (&self.database, &self.viewer, self.id);
        match action {
            "edit" => {
                let change = CommunityChange {
                    description: Some(format!("Changed by {:?}", viewer.person_id())),
                    ..CommunityChange::default()
                };
                outcome(&commands::update(db, viewer, id, change).await)
            }
            "remove member" => outcome(&commands::remove_member(db, viewer, id, self.plain).await),
            "remove moderator" => {
                outcome(&commands::remove_member(db, viewer, id, self.moderator).await)
            }
            "set role" => {
                let role = CommunityRole::Moderator;
                outcome(&commands::set_role(db, viewer, id, self.plain, role).await)
            }
            "mute" => outcome(&commands::set_muted(db, viewer, id, true).await),
            "level" => {
                let level = NotificationLevel::Mentions;
                outcome(&commands::set_notification_level(db, viewer, id, level).await)
            }
            "decide" => {
                outcome(&commands::decide_join_request(db, viewer, self.request, true).await)
            }
            "official" => outcome(&commands::set_official(db, viewer, id, true).await),
            "archive" => {
                let done = commands::set_archived(db, viewer, id, true).await;
                commands::set_archived(db, &house(), id, false)
                    .await
                    .unwrap();
                outcome(&done)
            }
            "transfer" => {
                outcome(&commands::transfer_ownership(db, viewer, id, self.moderator).await)
            }
            "invite" => outcome(&commands::invite(db, viewer, id, &[self.stranger]).await),
            "join" => outcome(&commands::join(db, viewer, id, Some("Hello")).await),
            "leave" => outcome(&commands::leave(db, viewer, id).await),
            other => panic!("no action {other}"),
        }
    }
}

/// A community of this kind with a member of each role, somebody who asks to join, and `who`.
async fn scene(
    database: &Database,
    cast: &[PersonId],
    (visibility, joining): (CommunityVisibility, CommunityJoining),
    who: Who,
) -> Scene {
    let [founder, plain, moderator, stranger, asking, actor] = cast[..6].try_into().unwrap();
    let mut tx = database.begin(&house()).await.unwrap();
    let since = tx.now();
    let new = kind("Scene", visibility, CommunityJoining::Request);
    let id = commands::create_in(&mut tx, founder, new, since)
        .await
        .unwrap();
    let mut members = vec![
        (plain, CommunityRole::Member),
        (moderator, CommunityRole::Moderator),
    ];
    match who {
        Who::Member => members.push((actor, CommunityRole::Member)),
        Who::Moderator => members.push((actor, CommunityRole::Moderator)),
        Who::Owner => members.push((actor, CommunityRole::Owner)),
        Who::Outsider | Who::Invited | Who::Admin => {}
    }
    let members: Vec<NewMember> = members
        .into_iter()
        .map(|(person, role)| NewMember {
            person,
            role,
            since,
        })
        .collect();
    commands::join_many(&mut tx, id, &members).await.unwrap();
    tx.commit().await.unwrap();
    let owner = viewer(founder);
    if who == Who::Invited {
        commands::invite(database, &owner, id, &[actor])
            .await
            .unwrap();
    }
    let request = ask_while_possible(database, &owner, id, visibility, asking).await;
    let change = CommunityChange {
        joining: Some(joining),
        ..CommunityChange::default()
    };
    commands::update(database, &owner, id, change)
        .await
        .unwrap();
    Scene {
        database: database.clone(),
        id,
        viewer: if who == Who::Admin {
            admin(actor)
        } else {
            viewer(actor)
        },
        plain,
        moderator,
        stranger,
        request,
    }
}

/// A request made while the community was private, before it became what it is.
async fn ask_while_possible(
    database: &Database,
    owner: &Viewer,
    id: CommunityId,
    visibility: CommunityVisibility,
    asking: PersonId,
) -> JoinRequestId {
    let show = |visibility| CommunityChange {
        visibility: Some(visibility),
        ..CommunityChange::default()
    };
    commands::update(database, owner, id, show(CommunityVisibility::Private))
        .await
        .unwrap();
    commands::join(database, &viewer(asking), id, Some("Please"))
        .await
        .unwrap();
    commands::update(database, owner, id, show(visibility))
        .await
        .unwrap();
    let page = PageArgs::forward(10, None).unwrap();
    let listed = queries::join_requests(&reader(database, owner), id, &page)
        .await
        .unwrap();
    listed.page.items[0].1.id
}

fn expected(
    action: &str,
    (visibility, joining): (CommunityVisibility, CommunityJoining),
    who: Who,
) -> &'static str {
    let column = EVERYBODY.iter().position(|w| *w == who).unwrap();
    if visibility == CommunityVisibility::Secret && who == Who::Outsider {
        return "NOT_FOUND";
    }
    let is_member = matches!(who, Who::Member | Who::Moderator | Who::Owner);
    match action {
        "invite" if !is_member => MEMBERS,
        "invite" if who == Who::Member && joining != CommunityJoining::Open => MODERATORS,
        "invite" => OK,
        "leave" if is_member => OK,
        "leave" => MEMBERS,
        // Joining again changes nothing; the invited come in everywhere.
        "join" if is_member || who == Who::Invited => OK,
        "join" if visibility == CommunityVisibility::Secret => "JOINING_BY_INVITATION",
        "join" if joining == CommunityJoining::InviteOnly => "JOINING_BY_INVITATION",
        "join" => OK,
        _ => TABLE.iter().find(|(name, _)| *name == action).unwrap().1[column],
    }
}

fn kinds() -> impl Iterator<Item = (CommunityVisibility, CommunityJoining)> {
    CommunityVisibility::ALL
        .into_iter()
        .flat_map(|v| CommunityJoining::ALL.into_iter().map(move |j| (v, j)))
}

#[tokio::test]
async fn everybody_can_do_exactly_what_the_table_says() {
    on_both_databases(|bed| async move {
        let cast = people(&bed.database, 6).await;
        // What takes somebody's right or target away comes last.
        let actions = [
            "edit",
            "mute",
            "level",
            "official",
            "archive",
            "invite",
            "decide",
            "set role",
            "remove moderator",
            "leave",
            "join",
        ];
        for kind in kinds() {
            for who in EVERYBODY {
                let scene = scene(&bed.database, &cast, kind, who).await;
                for action in actions {
                    let mut who = who;
                    // Whoever left just before is an outsider now.
                    if action == "join" && matches!(who, Who::Member | Who::Moderator | Who::Owner)
                    {
                        who = Who::Outsider;
                    }
                    let got = scene.act(action).await;
                    let wanted = expected(action, kind, who);
                    assert_eq!(got, wanted, "{kind:?} {who:?} {action}");
                }
            }
        }
        bed
    })
    .await;
}

#[tokio::test]
async fn members_are_removed_and_ownership_is_handed_over_by_those_in_the_table() {
    on_both_databases(|bed| async move {
        let cast = people(&bed.database, 6).await;
        for kind in kinds() {
            for who in EVERYBODY {
                for action in ["remove member", "transfer"] {
                    let scene = scene(&bed.database, &cast, kind, who).await;
                    let got = scene.act(action).await;
                    assert_eq!(
                        got,
                        expected(action, kind, who),
                        "{kind:?} {who:?} {action}"
                    );
                }
            }
        }
        bed
    })
    .await;
}

#[tokio::test]
async fn in_an_archived_community_nobody_writes_but_everybody_may_leave() {
    on_both_databases(|bed| async move {
        let cast = people(&bed.database, 6).await;
        let kind = (CommunityVisibility::Public, CommunityJoining::Open);
        for who in EVERYBODY {
            let scene = scene(&bed.database, &cast, kind, who).await;
            commands::set_archived(&bed.database, &house(), scene.id, true)
                .await
                .unwrap();
            for action in [
                "edit",
                "invite",
                "decide",
                "set role",
                "remove member",
                "transfer",
            ] {
                let open = expected(action, kind, who);
                let wanted = if open == OK {
                    "COMMUNITY_ARCHIVED"
                } else {
                    open
                };
                assert_eq!(scene.act(action).await, wanted, "{who:?} {action}");
            }
            let got = standing(&bed.database, &scene.viewer, scene.id)
                .await
                .unwrap();
            assert!(got.can_read() && !got.can_post() && !got.can_reply() && !got.can_react());
            assert!(!got.can_announce() && !got.can_moderate() && !got.can_join());
            assert_eq!(
                scene.act("leave").await,
                expected("leave", kind, who),
                "{who:?}"
            );
            if who == Who::Outsider {
                assert_eq!(scene.act("join").await, "COMMUNITY_ARCHIVED");
            }
        }
        bed
    })
    .await;
}

#[tokio::test]
async fn members_are_listed_for_those_who_may_read() {
    on_both_databases(|bed| async move {
        let cast = people(&bed.database, 6).await;
        for kind in kinds() {
            for who in EVERYBODY {
                let scene = scene(&bed.database, &cast, kind, who).await;
                let page = PageArgs::forward(50, None).unwrap();
                let reader = reader(&bed.database, &scene.viewer);
                let listed =
                    queries::members(&reader, scene.id, &MemberFilter::default(), &page).await;
                let is_member = matches!(who, Who::Member | Who::Moderator | Who::Owner);
                let reads = is_member || kind.0 == CommunityVisibility::Public;
                if who == Who::Outsider && kind.0 == CommunityVisibility::Secret {
                    assert_eq!(outcome(&listed), "NOT_FOUND");
                    continue;
                }
                let listed = listed.unwrap();
                let all = 3 + i64::from(is_member);
                assert_eq!(
                    listed.total,
                    if reads { all } else { 0 },
                    "{kind:?} {who:?}"
                );
                assert_eq!(listed.page.items.is_empty(), !reads, "{kind:?} {who:?}");
            }
        }
        bed
    })
    .await;
}

/// The same facts through SQL as through the predicates, for every kind of community and person.
#[tokio::test]
async fn sql_and_predicates_agree() {
    on_both_databases(|bed| async move {
        let cast = people(&bed.database, 6).await;
        for kind in kinds() {
            for who in EVERYBODY {
                let scene = scene(&bed.database, &cast, kind, who).await;
                let narrowed = admin_without_scope(cast[5]);
                for viewer in [&scene.viewer, &narrowed, &house(), &Viewer::anonymous()] {
                    let got = standing(&bed.database, viewer, scene.id).await.ok();
                    let readable = selects(&bed.database, viewer, scene.id, true).await;
                    let visible = selects(&bed.database, viewer, scene.id, false).await;
                    assert_eq!(
                        readable,
                        got.is_some_and(|s| s.can_read()),
                        "{kind:?} {who:?}"
                    );
                    assert_eq!(
                        visible,
                        got.is_some_and(|s| s.can_see()),
                        "{kind:?} {who:?}"
                    );
                }
            }
        }
        bed
    })
    .await;
}

async fn selects(database: &Database, viewer: &Viewer, id: CommunityId, read: bool) -> bool {
    let sql = if read {
        communities::policy::readable_sql(viewer, "c.id", 1)
    } else {
        communities::policy::visible_sql(viewer, "c.id", 1)
    };
    let sql = format!("SELECT COUNT(*) AS number FROM communities c WHERE {sql} AND c.id = $2");
    let values = vec![communities::policy::viewer_value(viewer), id.into()];
    number(database, &sql, values).await == 1
}

/// The pure table of what may be written where.
#[test]
fn who_writes_what() {
    let facts = |posting, is_archived| communities::CommunityFacts {
        id: CommunityId(uuid::Uuid::nil()),
        visibility: CommunityVisibility::Public,
        joining: CommunityJoining::Open,
        posting,
        is_all_company: false,
        is_archived,
    };
    let who = |role, posting, is_archived| Standing {
        community: facts(posting, is_archived),
        role,
        is_muted: false,
        is_network_admin: false,
        is_system: false,
        is_invited: false,
        has_requested: false,
        active_owners: 2,
    };
    use CommunityPosting::{Everybody, Moderators};
    use CommunityRole::{Member, Moderator, Owner};
    // (role, posting) → post, announce, reply, react, moderate
    let table = [
        (None, Everybody, [false, false, false, false, false]),
        (Some(Member), Everybody, [true, false, true, true, false]),
        (Some(Moderator), Everybody, [true, true, true, true, true]),
        (Some(Owner), Everybody, [true, true, true, true, true]),
        (None, Moderators, [false, false, false, false, false]),
        (Some(Member), Moderators, [false, false, true, true, false]),
        (Some(Moderator), Moderators, [true, true, true, true, true]),
        (Some(Owner), Moderators, [true, true, true, true, true]),
    ];
    for (role, posting, wanted) in table {
        let s = who(role, posting, false);
        let got = [
            s.can_post(),
            s.can_announce(),
            s.can_reply(),
            s.can_react(),
            s.can_moderate(),
        ];
        assert_eq!(got, wanted, "{role:?} {posting:?}");
        let s = who(role, posting, true);
        let got = [
            s.can_post(),
            s.can_announce(),
            s.can_reply(),
            s.can_react(),
            s.can_moderate(),
        ];
        assert_eq!(got, [false; 5], "archived {role:?} {posting:?}");
    }
}

#[tokio::test]
async fn a_deactivated_person_cannot_be_given_more_rights() {
    on_both_databases(|bed| async move {
        let cast = people(&bed.database, 6).await;
        let kind = (CommunityVisibility::Public, CommunityJoining::Open);
        let scene = scene(&bed.database, &cast, kind, Who::Owner).await;
        deactivate(&bed.database, scene.plain).await;
        assert_eq!(scene.act("set role").await, "PERSON_DEACTIVATED");
        deactivate(&bed.database, scene.moderator).await;
        assert_eq!(scene.act("transfer").await, "PERSON_DEACTIVATED");
        bed
    })
    .await;
}
