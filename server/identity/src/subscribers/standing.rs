//! What the database says of a credential at this moment, kept for up to a second.
//!
//! The design: requests find a credential's standing in memory when it was read less than a second
//! ago; older ones are read again, by primary key. Events of the journal remove entries at once on
//! every node that follows it. So a revocation counts at once on the node that made it and within a
//! second on all others, even while the journal itself is held up by a long transaction, at the
//! price of one indexed look-up per active session and second.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use kernel::{
    AccessTokenId, Clock, OrganisationRole, PersonId, Result, SessionId, Timestamp, TokenScope,
    Viewer,
};
use platform::Reader;
use sea_orm::FromQueryResult;

use crate::model::{parse_role, scopes_from_text};
use crate::table::{self, id_value, places};

/// How long a standing is believed, in microseconds.
const FRESH_MICROS: i64 = 1_000_000;
/// Standings kept in memory.
const CAPACITY: usize = 50_000;
/// Credentials asked for by one statement.
const BATCH: usize = 400;

/// What somebody shows to be let in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Credential {
    /// A session (from a verified access token).
    Session(SessionId),
    /// A personal access token, by the digest of its secret.
    Token(String),
    /// A person, where only the person is known.
    Person(PersonId),
}

/// What a credential is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) person: PersonId,
    pub(super) role: OrganisationRole,
    pub(super) must_change_password: bool,
    pub(super) token: Option<TokenStanding>,
    expires_at: Option<Timestamp>,
}

/// What else there is to know of a personal access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TokenStanding {
    pub(super) id: AccessTokenId,
    pub(super) scopes: Vec<TokenScope>,
    pub(super) last_used_at: Option<Timestamp>,
}

impl Standing {
    /// The viewer a request with this credential acts as.
    pub(super) fn viewer(&self, session: Option<SessionId>) -> Viewer {
        match &self.token {
            Some(token) => Viewer::token(self.person, self.role, token.scopes.clone()),
            None => Viewer::person(self.person, self.role, session),
        }
    }

    fn lives(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| end > now)
    }
}

#[derive(FromQueryResult)]
struct SessionStandingRow {
    id: SessionId,
    person_id: PersonId,
    role: String,
    must_change_password: bool,
    expires_at: Timestamp,
}

#[derive(FromQueryResult)]
struct TokenStandingRow {
    id: AccessTokenId,
    hash: String,
    scopes: String,
    last_used_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
    person_id: PersonId,
    role: String,
    must_change_password: bool,
}

#[derive(FromQueryResult)]
struct PersonStandingRow {
    id: PersonId,
    role: String,
    must_change_password: bool,
}

/// Reads the standing of credentials; what is revoked, over or unknown is missing in the answer.
pub(super) async fn load(
    reader: &Reader,
    credentials: &[Credential],
) -> Result<HashMap<Credential, Standing>> {
    let mut found = HashMap::with_capacity(credentials.len());
    for batch in credentials.chunks(BATCH) {
        let (mut sessions, mut tokens, mut people) = (Vec::new(), Vec::new(), Vec::new());
        for credential in batch {
            match credential {
                Credential::Session(id) => sessions.push(id_value(*id)),
                Credential::Token(digest) => tokens.push(digest.clone().into()),
                Credential::Person(id) => people.push(id_value(*id)),
            }
        }
        if !sessions.is_empty() {
            load_sessions(reader, sessions, &mut found).await?;
        }
        if !tokens.is_empty() {
            load_tokens(reader, tokens, &mut found).await?;
        }
        if !people.is_empty() {
            load_people(reader, people, &mut found).await?;
        }
    }
    let now = reader.now();
    found.retain(|_, standing| standing.lives(now));
    Ok(found)
}

async fn load_sessions(
    reader: &Reader,
    ids: Vec<sea_orm::Value>,
    found: &mut HashMap<Credential, Standing>,
) -> Result<()> {
    let sql = format!(
        "SELECT s.id, s.person_id, s.expires_at, p.role, p.must_change_password FROM sessions s \
         JOIN people p ON p.id = s.person_id \
         WHERE s.revoked_at IS NULL AND p.is_active AND s.id IN ({})",
        places(1, ids.len())
    );
    let rows: Vec<SessionStandingRow> = table::all(reader, &sql, ids).await?;
    for row in rows {
        let standing = Standing {
            person: row.person_id,
            role: parse_role(&row.role)?,
            must_change_password: row.must_change_password,
            token: None,
            expires_at: Some(row.expires_at),
        };
        found.insert(Credential::Session(row.id), standing);
    }
    Ok(())
}

async fn load_tokens(
    reader: &Reader,
    digests: Vec<sea_orm::Value>,
    found: &mut HashMap<Credential, Standing>,
) -> Result<()> {
    let sql = format!(
        "SELECT t.id, t.hash, t.scopes, t.last_used_at, t.expires_at, t.person_id, p.role, \
         p.must_change_password FROM access_tokens t JOIN people p ON p.id = t.person_id \
         WHERE t.revoked_at IS NULL AND p.is_active AND t.hash IN ({})",
        places(1, digests.len())
    );
    let rows: Vec<TokenStandingRow> = table::all(reader, &sql, digests).await?;
    for row in rows {
        let standing = Standing {
            person: row.person_id,
            role: parse_role(&row.role)?,
            must_change_password: row.must_change_password,
            token: Some(TokenStanding {
                id: row.id,
                scopes: scopes_from_text(&row.scopes),
                last_used_at: row.last_used_at,
            }),
            expires_at: row.expires_at,
        };
        found.insert(Credential::Token(row.hash), standing);
    }
    Ok(())
}

async fn load_people(
    reader: &Reader,
    ids: Vec<sea_orm::Value>,
    found: &mut HashMap<Credential, Standing>,
) -> Result<()> {
    let sql = format!(
        "SELECT p.id, p.role, p.must_change_password FROM people p WHERE p.is_active AND p.id IN ({})",
        places(1, ids.len())
    );
    let rows: Vec<PersonStandingRow> = table::all(reader, &sql, ids).await?;
    for row in rows {
        let standing = Standing {
            person: row.id,
            role: parse_role(&row.role)?,
            must_change_password: row.must_change_password,
            token: None,
            expires_at: None,
        };
        found.insert(Credential::Person(row.id), standing);
    }
    Ok(())
}

struct Entry {
    standing: Standing,
    read_at: Timestamp,
}

/// Standings in memory.
pub(super) struct Standings {
    clock: Clock,
    entries: Mutex<HashMap<Credential, Entry>>,
    removals: AtomicU64,
}

impl Standings {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            clock,
            entries: Mutex::default(),
            removals: AtomicU64::new(0),
        }
    }

    /// The standing of a credential; `None` when it is good for nothing.
    pub(super) async fn get(
        &self,
        reader: &Reader,
        credential: &Credential,
    ) -> Result<Option<Standing>> {
        if let Some(known) = self.fresh(credential) {
            return Ok(Some(known));
        }
        let before = self.removals.load(Ordering::SeqCst);
        let read_at = self.clock.now();
        let found = load(reader, std::slice::from_ref(credential)).await?;
        let standing = found.into_values().next();
        if let Some(standing) = &standing {
            self.put(credential.clone(), standing.clone(), read_at, before);
        }
        Ok(standing)
    }

    fn fresh(&self, credential: &Credential) -> Option<Standing> {
        let now = self.clock.now();
        let entries = self.lock();
        let entry = entries.get(credential)?;
        let age = now.micros() - entry.read_at.micros();
        ((0..FRESH_MICROS).contains(&age) && entry.standing.lives(now))
            .then(|| entry.standing.clone())
    }

    fn put(&self, credential: Credential, standing: Standing, read_at: Timestamp, before: u64) {
        let mut entries = self.lock();
        if self.removals.load(Ordering::SeqCst) != before {
            // Something was revoked while we read: what we read may be from before.
            return;
        }
        if entries.len() >= CAPACITY && !entries.contains_key(&credential) {
            let oldest = read_at.micros() - FRESH_MICROS;
            entries.retain(|_, entry| entry.read_at.micros() > oldest);
            if entries.len() >= CAPACITY {
                entries.clear();
            }
        }
        entries.insert(credential, Entry { standing, read_at });
    }

    /// Forgets what `gone` says, and whatever is being read at this moment.
    pub(super) fn forget(&self, gone: impl Fn(&Credential, &Standing) -> bool) {
        let mut entries = self.lock();
        self.removals.fetch_add(1, Ordering::SeqCst);
        entries.retain(|credential, entry| !gone(credential, &entry.standing));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Credential, Entry>> {
        // Every entry is valid by itself, so a panic elsewhere leaves nothing half done.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
