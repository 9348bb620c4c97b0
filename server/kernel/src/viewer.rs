//! Who asks. Every read and every write carries a viewer; there is no way to the data without one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{Error, Result};
use crate::id::{PersonId, SessionId};

/// What a person may do for the whole organisation.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    async_graphql::Enum,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationRole {
    /// Uses the network.
    Member,
    /// Administers people, communities' metadata and the server; does not thereby read private content.
    NetworkAdmin,
}

/// What an API client may do with a personal access token.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    async_graphql::Enum,
    serde::Serialize,
    serde::Deserialize,
)]
#[graphql(name = "AccessTokenScope")]
#[serde(rename_all = "snake_case")]
pub enum TokenScope {
    /// Reads what the person may read.
    Read,
    /// Writes what the person may write.
    Write,
    /// Uses the person's administrative rights, if the person has them.
    Admin,
}

#[derive(Debug, Clone)]
enum Principal {
    Person {
        id: PersonId,
        role: OrganisationRole,
        session: Option<SessionId>,
        scopes: Vec<TokenScope>,
    },
    System {
        reason: &'static str,
    },
    Anonymous,
}

/// Who asks, with what rights. Made by the gate for a request or socket, or by name for system work.
#[derive(Debug, Clone)]
pub struct Viewer {
    principal: Principal,
    statements: Arc<AtomicU64>,
}

impl Viewer {
    fn with(principal: Principal) -> Self {
        Self {
            principal,
            statements: Arc::new(AtomicU64::new(0)),
        }
    }

    /// A signed-in person with all rights the person has.
    pub fn person(id: PersonId, role: OrganisationRole, session: Option<SessionId>) -> Self {
        let scopes = vec![TokenScope::Read, TokenScope::Write, TokenScope::Admin];
        Self::with(Principal::Person {
            id,
            role,
            session,
            scopes,
        })
    }

    /// A person through a personal access token, narrowed to its scopes.
    pub fn token(id: PersonId, role: OrganisationRole, scopes: Vec<TokenScope>) -> Self {
        Self::with(Principal::Person {
            id,
            role,
            session: None,
            scopes,
        })
    }

    /// The house itself, for work that must see everything. `reason` names the work and is logged.
    pub fn system(reason: &'static str) -> Self {
        Self::with(Principal::System { reason })
    }

    /// Nobody: sees nothing but the sign-in page.
    pub fn anonymous() -> Self {
        Self::with(Principal::Anonymous)
    }

    /// The same viewer with a statement counter of its own (one per request or delivered event).
    #[must_use]
    pub fn for_new_request(&self) -> Self {
        Self::with(self.principal.clone())
    }

    /// The person, if a person asks.
    pub fn person_id(&self) -> Option<PersonId> {
        match &self.principal {
            Principal::Person { id, .. } => Some(*id),
            _ => None,
        }
    }

    /// The session, if the person is signed in on a device.
    pub fn session_id(&self) -> Option<SessionId> {
        match &self.principal {
            Principal::Person { session, .. } => *session,
            _ => None,
        }
    }

    /// The name of the system work, if the house itself asks.
    pub fn system_reason(&self) -> Option<&'static str> {
        match &self.principal {
            Principal::System { reason } => Some(reason),
            _ => None,
        }
    }

    /// Whether the house itself asks.
    pub fn is_system(&self) -> bool {
        matches!(self.principal, Principal::System { .. })
    }

    /// Whether the person administers the network and this access may use that right.
    pub fn is_network_admin(&self) -> bool {
        match &self.principal {
            Principal::Person { role, scopes, .. } => {
                *role == OrganisationRole::NetworkAdmin && scopes.contains(&TokenScope::Admin)
            }
            Principal::System { .. } => true,
            Principal::Anonymous => false,
        }
    }

    /// Whether this access may write at all.
    pub fn can_write(&self) -> bool {
        match &self.principal {
            Principal::Person { scopes, .. } => scopes.contains(&TokenScope::Write),
            Principal::System { .. } => true,
            Principal::Anonymous => false,
        }
    }

    /// Whether this access may read at all.
    pub fn can_read(&self) -> bool {
        match &self.principal {
            Principal::Person { scopes, .. } => scopes.contains(&TokenScope::Read),
            Principal::System { .. } => true,
            Principal::Anonymous => false,
        }
    }

    /// The person, or the error that sends the client to sign in.
    pub fn require_person(&self) -> Result<PersonId> {
        self.person_id().ok_or(Error::Unauthenticated)
    }

    /// Refuses whoever does not administer the network.
    pub fn require_network_admin(&self) -> Result<()> {
        if self.is_network_admin() {
            Ok(())
        } else if matches!(self.principal, Principal::Anonymous) {
            Err(Error::Unauthenticated)
        } else {
            Err(Error::Forbidden("NETWORK_ADMIN_REQUIRED"))
        }
    }

    /// Counts one SQL statement; called by the database handles.
    pub fn count_statement(&self) {
        self.statements.fetch_add(1, Ordering::Relaxed);
    }

    /// SQL statements run for this viewer's request so far.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }
}
