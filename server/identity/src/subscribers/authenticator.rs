//! Who is who: verifies what a request shows and keeps open sockets honest.
//!
//! Three paths lead to the end of a right, so that it counts within two seconds everywhere:
//! the journal's events, seen before any subscriber of this node sees them; the standing of a
//! credential, which is read again when it is older than a second; and [`Authenticator::run`],
//! which asks once a second for what all open sockets rest on.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jsonwebtoken::{Algorithm, Validation};
use kernel::{
    AccessTokenId, Error, Event, OrganisationRole, PersonId, Result, SessionId, Timestamp, Viewer,
};
use platform::Database;
use platform::config::AuthConfig;
use platform::live::Observer;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::connections::{Connection, Connections};
use super::standing::{self, Credential, Standing, Standings};
use crate::commands::{KeyRing, Limiters, ensure_key, prune};
use crate::events;
use crate::model::{AccessTokenSecret, role_text};
use crate::table::{self, id_value};

/// Whom our access tokens are for.
const AUDIENCE: &str = "loggia";
/// Longest bearer text that is looked at.
const MAX_BEARER: usize = 2_048;
/// Keys are read again after so long, since another node may have made a new one.
const KEYS_FRESH_SECONDS: i64 = 60;
/// How long the last use of a personal access token may be out of date.
const TOKEN_USE_SECONDS: i64 = 600;
/// How often open sockets are checked against the database.
const REVALIDATE_EVERY: Duration = Duration::from_secs(1);

/// Root fields a person may use before setting a new password in place of a one-time one.
const BEFORE_PASSWORD_CHANGE: [&str; 3] = ["viewer", "passwordChange", "__typename"];

/// Whether a root field may be used by somebody who has to change the password first.
pub fn usable_before_password_change(root_field: &str) -> bool {
    BEFORE_PASSWORD_CHANGE.contains(&root_field)
}

/// What a token in a cookie is good for, and nothing else: browsers load these without a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookiePurpose {
    /// Pictures and files.
    Files,
    /// The first page, which comes with its posts.
    FirstPage,
}

impl CookiePurpose {
    /// Whom such tokens are for.
    fn audience(self) -> &'static str {
        match self {
            Self::Files => "loggia-files",
            Self::FirstPage => "loggia-first-page",
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    sid: String,
    role: String,
    iat: i64,
    exp: i64,
}

struct Inner {
    database: Database,
    config: AuthConfig,
    issuer: String,
    keys: RwLock<Arc<KeyRing>>,
    standings: Standings,
    connections: Arc<Connections>,
    limiters: Limiters,
}

/// Signs people in and knows who asks. Cheap to clone; one per process.
#[derive(Clone)]
pub struct Authenticator {
    inner: Arc<Inner>,
}

impl Authenticator {
    /// Starts with the keys of the database, making the first one. `issuer` is the public URL.
    ///
    /// # Errors
    /// Database errors.
    pub async fn start(database: Database, config: &AuthConfig, issuer: String) -> Result<Self> {
        ensure_key(&database, config.key_rotation_days).await?;
        let keys = KeyRing::load(&database, token_seconds(config)).await?;
        let clock = database.clock().clone();
        let inner = Inner {
            keys: RwLock::new(Arc::new(keys)),
            standings: Standings::new(clock.clone()),
            connections: Arc::default(),
            limiters: Limiters::new(&clock, config),
            config: config.clone(),
            database,
            issuer,
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// The database behind it.
    pub(crate) fn database(&self) -> &Database {
        &self.inner.database
    }

    pub(crate) fn limiters(&self) -> &Limiters {
        &self.inner.limiters
    }

    /// When a session that is used at `now` ends if it is not used again.
    pub(crate) fn session_end(&self, now: Timestamp) -> Timestamp {
        let days = i64::try_from(self.inner.config.refresh_token_days).unwrap_or(i64::MAX);
        now.plus_seconds(days.saturating_mul(86_400))
    }

    /// Signs an access token.
    pub(crate) async fn sign(
        &self,
        person: PersonId,
        session: SessionId,
        role: OrganisationRole,
    ) -> Result<(String, Timestamp)> {
        let now = self.inner.database.now();
        let expires_at = now.plus_seconds(token_seconds(&self.inner.config));
        let token = self
            .sign_for(AUDIENCE, person, session, role, expires_at)
            .await?;
        Ok((token, expires_at))
    }

    /// Signs a token that is good for one purpose only, and for as long as the session may last: it
    /// stays in a cookie no script reads, and the session's standing is asked at each use.
    pub(crate) async fn sign_cookie(
        &self,
        purpose: CookiePurpose,
        person: PersonId,
        session: SessionId,
        role: OrganisationRole,
        expires_at: Timestamp,
    ) -> Result<String> {
        self.sign_for(purpose.audience(), person, session, role, expires_at)
            .await
    }

    async fn sign_for(
        &self,
        audience: &str,
        person: PersonId,
        session: SessionId,
        role: OrganisationRole,
        expires_at: Timestamp,
    ) -> Result<String> {
        let now = self.inner.database.now();
        let seconds = |at: Timestamp| at.micros() / 1_000_000;
        let claims = Claims {
            iss: self.inner.issuer.clone(),
            aud: audience.to_owned(),
            sub: person.to_string(),
            sid: session.to_string(),
            role: role_text(role).to_owned(),
            iat: seconds(now),
            exp: seconds(expires_at),
        };
        let keys = self.keys_no_older_than(KEYS_FRESH_SECONDS).await?;
        keys.sign(&claims)
    }

    /// The public keys, as served at `/.well-known/jwks.json`.
    ///
    /// # Errors
    /// Database errors.
    pub async fn jwks(&self) -> Result<Value> {
        let keys = self.keys_no_older_than(KEYS_FRESH_SECONDS).await?;
        Ok(keys.jwks(self.inner.database.now()))
    }

    fn keys(&self) -> Arc<KeyRing> {
        let keys = self.inner.keys.read();
        keys.unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn keys_no_older_than(&self, seconds: i64) -> Result<Arc<KeyRing>> {
        let keys = self.keys();
        let age = self.inner.database.now().seconds_since(keys.loaded_at);
        if (0..seconds).contains(&age) {
            return Ok(keys);
        }
        let seconds = token_seconds(&self.inner.config);
        let keys = Arc::new(KeyRing::load(&self.inner.database, seconds).await?);
        let mut place = self
            .inner
            .keys
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *place = keys.clone();
        Ok(keys)
    }

    /// Who shows this bearer text: an access token of a session, or a personal access token.
    ///
    /// # Errors
    /// `Unauthenticated` for anything but a valid one; database errors.
    pub async fn authenticate(&self, bearer: &str) -> Result<Viewer> {
        let (credential, standing) = self.identify(bearer).await?;
        Ok(viewer_of(&credential, &standing))
    }

    /// Who shows this token from a cookie, which opens nothing but its purpose.
    ///
    /// # Errors
    /// See [`Authenticator::authenticate`].
    pub async fn authenticate_cookie(&self, purpose: CookiePurpose, token: &str) -> Result<Viewer> {
        if token.len() > MAX_BEARER {
            return Err(Error::Unauthenticated);
        }
        let (person, session) = self.verify(token, purpose.audience()).await?;
        let credential = Credential::Session(session);
        let standing = self.standing(&credential).await?;
        let standing = standing.filter(|standing| standing.person == person);
        Ok(viewer_of(
            &credential,
            &standing.ok_or(Error::Unauthenticated)?,
        ))
    }

    /// The same for a socket, which is told when it must close.
    ///
    /// # Errors
    /// See [`Authenticator::authenticate`].
    pub async fn connect(&self, bearer: &str) -> Result<Connection> {
        let (credential, standing) = self.identify(bearer).await?;
        let viewer = viewer_of(&credential, &standing);
        let connections = &self.inner.connections;
        let connection = Connections::add(connections, viewer, credential.clone(), standing);
        // What was revoked between the look and the note of the connection must not be missed.
        if self.standing(&credential).await?.is_none() {
            return Err(Error::Unauthenticated);
        }
        Ok(connection)
    }

    async fn identify(&self, bearer: &str) -> Result<(Credential, Standing)> {
        if bearer.len() > MAX_BEARER {
            return Err(Error::Unauthenticated);
        }
        let (credential, person) = if AccessTokenSecret::is_claimed(bearer) {
            let secret = AccessTokenSecret::parse(bearer).ok_or(Error::Unauthenticated)?;
            (Credential::Token(secret.digest()), None)
        } else {
            let (person, session) = self.verify(bearer, AUDIENCE).await?;
            (Credential::Session(session), Some(person))
        };
        let standing = self
            .standing(&credential)
            .await?
            .ok_or(Error::Unauthenticated)?;
        if person.is_some_and(|person| person != standing.person) {
            return Err(Error::Unauthenticated);
        }
        if let Some(token) = &standing.token {
            self.note_token_use(token.id, standing.person, token.last_used_at)
                .await;
        }
        Ok((credential, standing))
    }

    /// Verifies a token: our key, our algorithm, our name, for this audience, not over.
    async fn verify(&self, token: &str, audience: &str) -> Result<(PersonId, SessionId)> {
        let refused = |_| Error::Unauthenticated;
        let header = jsonwebtoken::decode_header(token).map_err(refused)?;
        let kid = header.kid.filter(|_| header.alg == Algorithm::EdDSA);
        let kid = kid.ok_or(Error::Unauthenticated)?;
        let now = self.inner.database.now();
        let mut keys = self.keys();
        if keys.verifying(&kid, now).is_none() {
            // Perhaps another node has made a new key; made-up names cost one look a second at most.
            keys = self.keys_no_older_than(1).await?;
        }
        let key = keys.verifying(&kid, now).ok_or(Error::Unauthenticated)?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[audience]);
        validation.set_issuer(&[&self.inner.issuer]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // The end is compared below with the house's own clock, without leeway.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, key, &validation)
            .map_err(refused)?
            .claims;
        if claims.exp <= now.micros() / 1_000_000 {
            return Err(Error::Unauthenticated);
        }
        let person = claims.sub.parse().map_err(|_| Error::Unauthenticated)?;
        let session = claims.sid.parse().map_err(|_| Error::Unauthenticated)?;
        Ok((person, session))
    }

    async fn standing(&self, credential: &Credential) -> Result<Option<Standing>> {
        let reader = self
            .inner
            .database
            .reader(&Viewer::system("authentication"));
        self.inner.standings.get(&reader, credential).await
    }

    /// Whether what `viewer` was let in with is still good, with the same rights.
    ///
    /// A viewer does not know the token it came with: for one from a personal access token only the
    /// person is checked here. Sockets use [`Authenticator::connect`], which knows.
    pub async fn still_valid(&self, viewer: &Viewer) -> bool {
        match self.standing_of(viewer).await {
            Ok(None) => viewer.is_system(),
            Ok(Some(standing)) => {
                let is_admin = standing.role == OrganisationRole::NetworkAdmin;
                viewer.session_id().is_none() || viewer.is_network_admin() == is_admin
            }
            Err(_) => false,
        }
    }

    async fn standing_of(&self, viewer: &Viewer) -> Result<Option<Standing>> {
        let credential = match (viewer.session_id(), viewer.person_id()) {
            (Some(session), _) => Credential::Session(session),
            (None, Some(person)) => Credential::Person(person),
            (None, None) => return Ok(None),
        };
        let standing = self
            .standing(&credential)
            .await?
            .ok_or(Error::Unauthenticated)?;
        Ok(Some(standing))
    }

    /// Whether `viewer` may use the house at this moment; for anything but the root fields of
    /// [`usable_before_password_change`]. Nobody and the house itself are not refused here.
    ///
    /// # Errors
    /// `Unauthenticated` when the session is over, `Forbidden("PASSWORD_CHANGE_REQUIRED")` for
    /// somebody with a one-time password.
    pub async fn check_usable(&self, viewer: &Viewer) -> Result<()> {
        match self.standing_of(viewer).await? {
            Some(standing) if standing.must_change_password => {
                Err(Error::Forbidden("PASSWORD_CHANGE_REQUIRED"))
            }
            _ => Ok(()),
        }
    }

    /// Writes the last use of a personal access token, at most once in ten minutes. A failure is
    /// logged and does not refuse the request.
    async fn note_token_use(
        &self,
        token: AccessTokenId,
        person: PersonId,
        last: Option<Timestamp>,
    ) {
        let now = self.inner.database.now();
        if last.is_some_and(|last| now.seconds_since(last) < TOKEN_USE_SECONDS) {
            return;
        }
        if let Err(error) = self.write_token_use(token, person).await {
            tracing::warn!(%error, "last use of an access token was not written");
        }
        self.inner.standings.forget(|_, standing| {
            standing
                .token
                .as_ref()
                .is_some_and(|known| known.id == token)
        });
    }

    async fn write_token_use(&self, token: AccessTokenId, person: PersonId) -> Result<()> {
        let database = &self.inner.database;
        let mut tx = database.begin(&Viewer::system("access token use")).await?;
        let sql = "UPDATE access_tokens SET last_used_at = $2 WHERE id = $1 \
                   AND (last_used_at IS NULL OR last_used_at <= $3)";
        let due = tx.now().plus_seconds(-TOKEN_USE_SECONDS);
        let values = vec![id_value(token), tx.now().into(), due.into()];
        if table::run(&tx, sql, values).await? == 0 {
            return tx.rollback().await;
        }
        tx.announce(events::token(events::ACCESS_TOKEN_USED, token, person));
        tx.commit().await
    }

    /// Lets go of a session at once on this node.
    pub(crate) fn forget_session(&self, session: SessionId) {
        let is_it = |credential: &Credential| *credential == Credential::Session(session);
        self.inner
            .standings
            .forget(|credential, _| is_it(credential));
        self.inner
            .connections
            .end(|credential, _| is_it(credential));
    }

    /// Reads everything about a person anew on this node; connections go on if they still may.
    pub(crate) fn forget_person(&self, person: PersonId) {
        self.inner
            .standings
            .forget(|_, standing| standing.person == person);
    }

    fn forget_token(&self, token: AccessTokenId) {
        let is_it = |standing: &Standing| {
            standing
                .token
                .as_ref()
                .is_some_and(|known| known.id == token)
        };
        self.inner.standings.forget(|_, standing| is_it(standing));
        self.inner.connections.end(|_, standing| is_it(standing));
    }

    fn end_person(&self, person: PersonId) {
        self.forget_person(person);
        self.inner.connections.end_person(person);
    }

    /// Compares all open sockets of this node with the database once.
    ///
    /// # Errors
    /// Database errors; the sockets stay as they are.
    pub async fn revalidate(&self) -> Result<()> {
        let asked = self.inner.connections.credentials();
        if asked.is_empty() {
            return Ok(());
        }
        let reader = self
            .inner
            .database
            .reader(&Viewer::system("authentication"));
        let found = standing::load(&reader, &asked).await?;
        self.inner.connections.keep(&asked, &found);
        Ok(())
    }

    /// Keeps open sockets honest until `stop`.
    pub async fn run(&self, stop: CancellationToken) {
        let mut every = tokio::time::interval(REVALIDATE_EVERY);
        every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = every.tick() => {}
            }
            if let Err(error) = self.revalidate().await {
                tracing::error!(%error, "open sockets could not be checked");
            }
        }
    }

    /// Makes a new signing key when one is due and removes what ended long ago. Call it daily or
    /// more often.
    ///
    /// # Errors
    /// Database errors.
    pub async fn maintain(&self) -> Result<()> {
        ensure_key(&self.inner.database, self.inner.config.key_rotation_days).await?;
        self.keys_no_older_than(1).await?;
        let now = self.inner.database.now();
        let life = self.session_end(now).seconds_since(now);
        prune(&self.inner.database, now.plus_seconds(-life)).await?;
        Ok(())
    }
}

fn token_seconds(config: &AuthConfig) -> i64 {
    i64::try_from(config.access_token_minutes)
        .unwrap_or(i64::MAX / 60)
        .saturating_mul(60)
}

fn viewer_of(credential: &Credential, standing: &Standing) -> Viewer {
    let session = match credential {
        Credential::Session(session) => Some(*session),
        Credential::Token(_) | Credential::Person(_) => None,
    };
    standing.viewer(session)
}

#[async_trait::async_trait]
impl Observer for Authenticator {
    async fn observe(&self, event: &Event) {
        let subject = event.subject.id;
        match event.kind.as_str() {
            events::SESSION_REVOKED => self.forget_session(SessionId(subject)),
            events::ACCESS_TOKEN_REVOKED => self.forget_token(AccessTokenId(subject)),
            events::PERSON_DEACTIVATED | events::PERSON_ROLE_CHANGED | events::PASSWORD_RESET => {
                self.end_person(PersonId(subject));
            }
            events::PERSON_REACTIVATED | events::PASSWORD_CHANGED => {
                self.forget_person(PersonId(subject));
            }
            _ => {}
        }
    }
}
