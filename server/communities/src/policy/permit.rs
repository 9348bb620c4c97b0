//! Permits: proof that somebody may do something to a community, which stays locked meanwhile.
//!
//! Only [`permit`] makes one; commands take it by value, so a write without a check does not compile.

use std::marker::PhantomData;

use kernel::{CommunityId, Error, Result};
use platform::Tx;
use sea_orm::Value;

use crate::model::CommunityView;
use crate::policy::standing::{Standing, lock, standing};
use crate::table::{self, COMMUNITY, CommunityRow};

/// Something one may do to a community.
pub(crate) trait Action {
    /// Whether somebody who stands like this may.
    fn check(standing: &Standing) -> Result<()>;
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $check:expr;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub(crate) struct $name;

            impl Action for $name {
                fn check(standing: &Standing) -> Result<()> {
                    let check: fn(&Standing) -> Result<()> = $check;
                    check(standing)
                }
            }
        )+
    };
}

actions! {
    /// Change the settings.
    Edit = Standing::may_edit;
    /// Archive or take back.
    Archive = Standing::may_archive;
    /// Give or take the official mark.
    SetOfficial = Standing::may_set_official;
    /// Join or ask to join; which of the two (or neither) the command finds out.
    Join = |_| Ok(());
    /// Leave.
    Leave = Standing::may_leave;
    /// Invite people.
    Invite = Standing::may_invite;
    /// Approve and decline requests.
    DecideRequests = Standing::may_manage_members;
    /// Remove members.
    RemoveMembers = Standing::may_manage_members;
    /// Give and take roles.
    ChangeRoles = Standing::may_change_roles;
    /// Make somebody else the owner.
    Transfer = Standing::may_transfer_ownership;
    /// Change one's own membership.
    Membership = |standing| match standing.role {
        Some(_) => Ok(()),
        None => Err(Error::Forbidden("MEMBERS_ONLY")),
    };
}

/// Proof that the writer may do `A` to the community it holds.
#[derive(Debug)]
pub(crate) struct Permit<A> {
    standing: Standing,
    community: CommunityView,
    action: PhantomData<A>,
}

impl<A> Permit<A> {
    /// Where the writer stands.
    pub(crate) fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The locked community.
    pub(crate) fn community(&self) -> &CommunityView {
        &self.community
    }

    /// Its id.
    pub(crate) fn id(&self) -> CommunityId {
        self.community.id
    }
}

/// Locks the community, then checks. Changes of one community's settings and members wait for
/// each other, which is what keeps the last owner and the member count right.
pub(crate) async fn permit<A: Action>(tx: &Tx, id: CommunityId) -> Result<Permit<A>> {
    lock(tx, id, "FOR NO KEY UPDATE").await?;
    let standing = standing(tx, tx.viewer(), id).await?;
    A::check(&standing)?;
    let sql = format!("SELECT {COMMUNITY} FROM communities c WHERE c.id = $1");
    let row: CommunityRow = table::one(tx, sql, [Value::from(id)])
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Permit {
        standing,
        community: row.try_into()?,
        action: PhantomData,
    })
}
