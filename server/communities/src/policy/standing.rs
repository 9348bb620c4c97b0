//! Where a viewer stands in a community, and what follows from it.

use std::collections::HashMap;

use kernel::{CommunityId, Error, PersonId, Result, Timestamp, Viewer};
use platform::Tx;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value};
use uuid::Uuid;

use crate::model::{CommunityJoining, CommunityPosting, CommunityRole, CommunityVisibility};
use crate::table;

/// What decides about rights in a community.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommunityFacts {
    /// Its id.
    pub id: CommunityId,
    /// Who may know of it and read.
    pub visibility: CommunityVisibility,
    /// How one becomes a member.
    pub joining: CommunityJoining,
    /// Who may start threads.
    pub posting: CommunityPosting,
    /// Whether it is the one everybody is in.
    pub is_all_company: bool,
    /// Whether it is kept for reading only.
    pub is_archived: bool,
}

/// Where a viewer stands in a community. Every `may_…` says why not, every `can_…` only whether.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The community.
    pub community: CommunityFacts,
    /// The viewer's role, when a member.
    pub role: Option<CommunityRole>,
    /// Whether the viewer, a member, has muted it.
    pub is_muted: bool,
    /// Whether the viewer administers the network (and this access may use that).
    pub is_network_admin: bool,
    /// Whether the house itself asks: it may do everything.
    pub is_system: bool,
    /// Whether the viewer has an open invitation.
    pub is_invited: bool,
    /// Whether the viewer has asked to join and waits.
    pub has_requested: bool,
    /// Owners who can still sign in.
    pub active_owners: i64,
}

/// Declares `can_…` beside each `may_…`.
macro_rules! predicates {
    ($($(#[$doc:meta])* $can:ident = $may:ident;)+) => {
        impl Standing {
            $($(#[$doc])* pub fn $can(&self) -> bool { self.$may().is_ok() })+
        }
    };
}

predicates! {
    /// Whether the viewer may start threads.
    can_post = may_post;
    /// Whether the viewer may publish announcements.
    can_announce = may_announce;
    /// Whether the viewer may reply.
    can_reply = may_reply;
    /// Whether the viewer may react and vote.
    can_react = may_react;
    /// Whether the viewer may pin, close, move and delete what others wrote.
    can_moderate = may_moderate;
    /// Whether the viewer may join at once.
    can_join = may_join;
    /// Whether the viewer may ask to join (and has not yet).
    can_request_to_join = may_request_to_join;
    /// Whether the viewer may leave.
    can_leave = may_leave;
    /// Whether the viewer may change the settings.
    can_edit = may_edit;
    /// Whether the viewer may invite people.
    can_invite = may_invite;
    /// Whether the viewer may admit people and remove members.
    can_manage_members = may_manage_members;
    /// Whether the viewer may give and take roles.
    can_change_roles = may_change_roles;
    /// Whether the viewer may make somebody else the owner.
    can_transfer_ownership = may_transfer_ownership;
    /// Whether the viewer may archive it or take it back.
    can_archive = may_archive;
    /// Whether the viewer may give or take the official mark.
    can_set_official = may_set_official;
}

fn refuse(reason: &'static str) -> Result<()> {
    Err(Error::Forbidden(reason))
}

impl Standing {
    /// Whether the viewer may know that the community exists.
    pub fn can_see(&self) -> bool {
        self.is_system
            || self.community.visibility != CommunityVisibility::Secret
            || self.role.is_some()
            || self.is_invited
            || self.is_network_admin
    }

    /// Whether the viewer may read what is written there and who is in it.
    pub fn can_read(&self) -> bool {
        self.is_system
            || self.role.is_some()
            || self.community.visibility == CommunityVisibility::Public
    }

    /// Whether the viewer is a member with at least this role.
    pub fn is_at_least(&self, role: CommunityRole) -> bool {
        self.role.is_some_and(|mine| mine >= role)
    }

    /// Whether the viewer may see who asks to join: moderators.
    pub fn can_see_requests(&self) -> bool {
        self.is_system || self.is_at_least(CommunityRole::Moderator)
    }

    /// Whether nobody who can still sign in owns it.
    pub fn is_ownerless(&self) -> bool {
        self.active_owners == 0
    }

    /// Members with `role` or more, unless the community is archived.
    fn writes_as(&self, role: CommunityRole) -> Result<()> {
        if self.is_system {
            return Ok(());
        }
        match self.role {
            None => refuse("MEMBERS_ONLY"),
            Some(mine) if mine < role && role == CommunityRole::Owner => refuse("OWNERS_ONLY"),
            Some(mine) if mine < role => refuse("MODERATORS_ONLY"),
            Some(_) if self.community.is_archived => refuse("COMMUNITY_ARCHIVED"),
            Some(_) => Ok(()),
        }
    }

    /// Refuses in the all-company community, where everybody is and stays.
    fn not_all_company(&self) -> Result<()> {
        if self.community.is_all_company {
            refuse("ALL_COMPANY_COMMUNITY")
        } else {
            Ok(())
        }
    }

    /// May start threads: members, or only moderators where posting is restricted.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_post(&self) -> Result<()> {
        self.writes_as(match self.community.posting {
            CommunityPosting::Everybody => CommunityRole::Member,
            CommunityPosting::Moderators => CommunityRole::Moderator,
        })
    }

    /// May publish announcements: moderators.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_announce(&self) -> Result<()> {
        self.writes_as(CommunityRole::Moderator)
    }

    /// May reply: members, however posting is restricted.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_reply(&self) -> Result<()> {
        self.writes_as(CommunityRole::Member)
    }

    /// May react and vote: members.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_react(&self) -> Result<()> {
        self.writes_as(CommunityRole::Member)
    }

    /// May look after what others wrote: moderators.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_moderate(&self) -> Result<()> {
        self.writes_as(CommunityRole::Moderator)
    }

    /// May join at once: whoever is invited, or sees a community open to all. Seeing a secret one
    /// as an administrator opens no way in.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_join(&self) -> Result<()> {
        self.may_enter()?;
        match self.community.joining {
            _ if self.is_invited || self.is_system => Ok(()),
            _ if self.community.visibility == CommunityVisibility::Secret => {
                refuse("JOINING_BY_INVITATION")
            }
            CommunityJoining::Open => Ok(()),
            CommunityJoining::Request => refuse("JOINING_BY_REQUEST"),
            CommunityJoining::InviteOnly => refuse("JOINING_BY_INVITATION"),
        }
    }

    /// May ask to join, where that is the way.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_request_to_join(&self) -> Result<()> {
        self.may_enter()?;
        match self.community.joining {
            _ if self.is_invited => refuse("ALREADY_INVITED"),
            _ if self.community.visibility == CommunityVisibility::Secret => {
                refuse("JOINING_BY_INVITATION")
            }
            CommunityJoining::Open => refuse("JOINING_IS_OPEN"),
            CommunityJoining::InviteOnly => refuse("JOINING_BY_INVITATION"),
            CommunityJoining::Request if self.has_requested => refuse("ALREADY_REQUESTED"),
            CommunityJoining::Request => Ok(()),
        }
    }

    fn may_enter(&self) -> Result<()> {
        if self.role.is_some() {
            refuse("ALREADY_MEMBER")
        } else if self.community.is_archived {
            refuse("COMMUNITY_ARCHIVED")
        } else {
            Ok(())
        }
    }

    /// May leave: members, but not the last owner, and nobody leaves the all-company community.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_leave(&self) -> Result<()> {
        let Some(role) = self.role else {
            return refuse("MEMBERS_ONLY");
        };
        self.not_all_company()?;
        if role == CommunityRole::Owner && self.active_owners <= 1 {
            return refuse("LAST_OWNER");
        }
        Ok(())
    }

    /// May change the settings: owners.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_edit(&self) -> Result<()> {
        self.writes_as(CommunityRole::Owner)
    }

    /// May invite: moderators; every member where joining is open.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_invite(&self) -> Result<()> {
        self.writes_as(match self.community.joining {
            CommunityJoining::Open => CommunityRole::Member,
            CommunityJoining::Request | CommunityJoining::InviteOnly => CommunityRole::Moderator,
        })?;
        self.not_all_company()
    }

    /// May admit people and remove members (see [`Standing::may_remove`]): moderators.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_manage_members(&self) -> Result<()> {
        self.writes_as(CommunityRole::Moderator)?;
        self.not_all_company()
    }

    /// May remove a member of this role: moderators remove members, owners everybody.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_remove(&self, target: CommunityRole) -> Result<()> {
        self.may_manage_members()?;
        if self.is_system
            || target == CommunityRole::Member
            || self.role == Some(CommunityRole::Owner)
        {
            Ok(())
        } else {
            refuse("OWNERS_ONLY")
        }
    }

    /// May give and take roles: owners.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_change_roles(&self) -> Result<()> {
        self.writes_as(CommunityRole::Owner)
    }

    /// May make another member the owner: owners, and administrators where no owner is left.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_transfer_ownership(&self) -> Result<()> {
        if self.is_network_admin && self.is_ownerless() && !self.community.is_archived {
            return Ok(());
        }
        self.writes_as(CommunityRole::Owner)
    }

    /// May archive it and take it back: owners and administrators; never the all-company one.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_archive(&self) -> Result<()> {
        self.not_all_company()?;
        match self.role {
            _ if self.is_network_admin || self.is_system => Ok(()),
            Some(CommunityRole::Owner) => Ok(()),
            Some(_) => refuse("OWNERS_ONLY"),
            None => refuse("MEMBERS_ONLY"),
        }
    }

    /// May give and take the official mark: administrators.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn may_set_official(&self) -> Result<()> {
        if self.is_network_admin || self.is_system {
            Ok(())
        } else {
            refuse("NETWORK_ADMIN_REQUIRED")
        }
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: CommunityId,
    visibility: String,
    joining: String,
    posting: String,
    is_all_company: bool,
    archived_at: Option<Timestamp>,
    role: Option<String>,
    is_muted: Option<bool>,
    invitations: i64,
    requests: i64,
    active_owners: i64,
}

// `people.is_active` of owners is read here although people belong to another room: whether a
// community still has an owner must be decided in the same statement as everything else.
const COLUMNS: &str = "SELECT c.id, c.visibility, c.joining, c.posting, c.is_all_company, \
     c.archived_at, m.role, m.is_muted, \
     (SELECT COUNT(*) FROM invitations i WHERE i.community_id = c.id AND i.person_id = $1) AS invitations, \
     (SELECT COUNT(*) FROM join_requests r WHERE r.community_id = c.id AND r.person_id = $1) AS requests, \
     (SELECT COUNT(*) FROM memberships o JOIN people p ON p.id = o.person_id \
      WHERE o.community_id = c.id AND o.role = 'owner' AND p.is_active) AS active_owners \
     FROM communities c LEFT JOIN memberships m ON m.community_id = c.id AND m.person_id = $1";

/// Who asks, as far as communities care.
#[derive(Clone, Copy)]
struct Asker {
    person: Uuid,
    is_network_admin: bool,
    is_system: bool,
}

impl Asker {
    fn of(viewer: &Viewer) -> Option<Self> {
        let is_system = viewer.is_system();
        let person = match viewer.person_id() {
            Some(id) => id.0,
            None if is_system => Uuid::nil(),
            None => return None,
        };
        Some(Self {
            person,
            is_network_admin: viewer.is_network_admin() && !is_system,
            is_system,
        })
    }
}

impl Row {
    fn into_standing(self, asker: Asker) -> Result<Standing> {
        Ok(Standing {
            community: CommunityFacts {
                id: self.id,
                visibility: CommunityVisibility::parse(&self.visibility)?,
                joining: CommunityJoining::parse(&self.joining)?,
                posting: CommunityPosting::parse(&self.posting)?,
                is_all_company: self.is_all_company,
                is_archived: self.archived_at.is_some(),
            },
            role: self.role.as_deref().map(CommunityRole::parse).transpose()?,
            is_muted: self.is_muted.unwrap_or_default(),
            is_network_admin: asker.is_network_admin,
            is_system: asker.is_system,
            is_invited: self.invitations > 0,
            has_requested: self.requests > 0,
            active_owners: self.active_owners,
        })
    }
}

async fn load<C: ConnectionTrait>(
    db: &C,
    asker: Asker,
    ids: &[CommunityId],
) -> Result<HashMap<CommunityId, Standing>> {
    let mut found = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(table::IDS_PER_LIST) {
        let sql = format!(
            "{COLUMNS} WHERE c.id IN ({})",
            table::placeholders(2, chunk.len())
        );
        let values =
            std::iter::once(asker.person.into()).chain(chunk.iter().map(|id| (*id).into()));
        for row in table::all::<Row, _>(db, sql, values).await? {
            let standing = row.into_standing(asker)?;
            if standing.can_see() {
                found.insert(standing.community.id, standing);
            }
        }
    }
    Ok(found)
}

/// Where `viewer` stands in a community.
///
/// # Errors
/// `NotFound` when the viewer may not know of it, `Unauthenticated` for nobody.
pub async fn standing<C: ConnectionTrait>(
    db: &C,
    viewer: &Viewer,
    id: CommunityId,
) -> Result<Standing> {
    let asker = Asker::of(viewer).ok_or(Error::Unauthenticated)?;
    load(db, asker, &[id])
        .await?
        .remove(&id)
        .ok_or(Error::NotFound)
}

/// Where `viewer` stands in several communities, in one statement; invisible ones are absent.
///
/// # Errors
/// Database errors.
pub async fn standings<C: ConnectionTrait>(
    db: &C,
    viewer: &Viewer,
    ids: &[CommunityId],
) -> Result<HashMap<CommunityId, Standing>> {
    match Asker::of(viewer) {
        Some(asker) => load(db, asker, ids).await,
        None => Ok(HashMap::new()),
    }
}

/// Where a person stands who is not asking at the moment (the author of a scheduled post, somebody
/// who might be notified). Administrative rights do not count.
///
/// # Errors
/// `NotFound` when the person may not know of the community.
pub async fn standing_of<C: ConnectionTrait>(
    db: &C,
    person: PersonId,
    id: CommunityId,
) -> Result<Standing> {
    let asker = Asker {
        person: person.0,
        is_network_admin: false,
        is_system: false,
    };
    load(db, asker, &[id])
        .await?
        .remove(&id)
        .ok_or(Error::NotFound)
}

/// Where the writer stands, with the community held still until the end of the transaction:
/// nobody archives it, changes it or removes the writer meanwhile. Writers of content do not
/// exclude each other.
///
/// # Errors
/// `NotFound` when the writer may not know of it.
pub async fn standing_locked(tx: &Tx, id: CommunityId) -> Result<Standing> {
    lock(tx, id, "FOR SHARE").await?;
    standing(tx, tx.viewer(), id).await
}

/// Locks a community's row. A statement of its own: what is read afterwards is read after the wait.
/// On SQLite the transaction is the only writer anyway.
pub(crate) async fn lock(tx: &Tx, id: CommunityId, mode: &str) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        let sql = format!("SELECT 1 FROM communities WHERE id = $1 {mode}");
        table::execute(tx, sql, [Value::from(id)]).await?;
    }
    Ok(())
}
