//! Signing in and staying signed in.

use std::net::IpAddr;

use kernel::{Error, OrganisationRole, PersonId, Result, SessionId, Timestamp, Viewer};
use platform::config::AuthConfig;
use platform::rate::{Limit, RateLimiter};

use super::sessions::{self, Renewal};
use crate::model::{HashSlot, RefreshToken, parse_role};
use crate::queries::{self, LoginAccount};
use crate::subscribers::{Authenticator, CookiePurpose};

/// Longest login that is looked up.
const MAX_LOGIN: usize = 254;
/// Longest password that is checked, in bytes; a password is at most 200 characters.
const MAX_PASSWORD_BYTES: usize = 1_000;
/// Characters of a browser's name that are kept.
const MAX_USER_AGENT: usize = 200;

/// The device a request comes from.
#[derive(Debug, Clone, Default)]
pub struct Device {
    user_agent: String,
    address: Option<IpAddr>,
}

impl Device {
    /// A device by what it says of itself and where it comes from.
    pub fn new(user_agent: &str, address: Option<IpAddr>) -> Self {
        let visible = user_agent.chars().filter(|c| !c.is_control());
        Self {
            user_agent: visible.take(MAX_USER_AGENT).collect(),
            address,
        }
    }

    pub(super) fn user_agent(&self) -> &str {
        &self.user_agent
    }

    pub(super) fn address_text(&self) -> String {
        self.address
            .map(|address| address.to_string())
            .unwrap_or_default()
    }
}

/// What somebody types to sign in.
#[derive(Clone)]
pub struct LoginInput {
    /// Handle or e-mail address.
    pub login: String,
    /// The password.
    pub password: String,
    /// Where from.
    pub device: Device,
}

/// A session's proofs, for the client.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who is signed in.
    pub person: PersonId,
    /// On which session.
    pub session: SessionId,
    /// Short-lived token for requests (a JWT).
    pub access_token: String,
    /// When the access token ends.
    pub access_expires_at: Timestamp,
    /// Token for loading files only (a JWT), as long-lived as the session; belongs into an HttpOnly cookie.
    pub files_token: String,
    /// The same for the first page only.
    pub first_page_token: String,
    /// Token for the next renewal; belongs into an HttpOnly cookie.
    pub refresh_token: RefreshToken,
    /// When the session ends if it is not renewed.
    pub refresh_expires_at: Timestamp,
}

/// Counts failed sign-ins, by account and by address.
///
/// An account locks itself after so many wrong passwords in a row, wherever they come from. An
/// address (an IPv6 network counts as one) has a bucket of failures that refills within the same
/// time; successes cost nothing, since a whole office may share an address.
#[derive(Debug)]
pub(crate) struct Limiters {
    accounts: RateLimiter<String>,
    addresses: RateLimiter<IpAddr>,
}

impl Limiters {
    pub(crate) fn new(clock: &kernel::Clock, config: &AuthConfig) -> Self {
        let seconds = config.lockout_seconds;
        let account = Limit::Lockout {
            attempts: config.login_attempts_per_account,
            seconds,
        };
        let address = Limit::Tokens {
            burst: config.login_attempts_per_address,
            seconds,
        };
        Self {
            accounts: RateLimiter::new(clock.clone(), account),
            addresses: RateLimiter::new(clock.clone(), address),
        }
    }

    /// Counts a try at a known account.
    pub(super) fn count_account(&self, person: PersonId) -> Result<()> {
        Ok(self.accounts.check(&person.to_string())?)
    }

    /// Forgets the tries at an account after the right password.
    pub(super) fn forget_account(&self, person: PersonId) {
        self.accounts.forget(&person.to_string());
    }

    /// Counts a try at whatever was typed, so that a missing account locks like one that exists.
    fn count_login(&self, login: &str, account: Option<&LoginAccount>) -> Result<()> {
        match account {
            Some(account) => self.count_account(account.id),
            None => Ok(self.accounts.check(&format!("login {login}"))?),
        }
    }

    fn require_address(&self, device: &Device) -> Result<()> {
        match device.address {
            Some(address) => Ok(self.addresses.peek(&network(address))?),
            None => Ok(()),
        }
    }

    fn count_failure(&self, device: &Device) {
        if let Some(address) = device.address {
            let _ = self.addresses.check(&network(address));
        }
    }
}

/// What counts as one address: an IPv4 address, or the network an IPv6 customer is given.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let network = v6.to_bits() & !(u128::MAX >> 64);
            IpAddr::V6(network.into())
        }
        v4 => v4,
    }
}

fn wrong_credentials() -> Error {
    let message = "Handle or password is not right.";
    Error::invalid("password", "INVALID_CREDENTIALS", message)
}

impl Authenticator {
    /// Signs a person in with handle or e-mail address and password.
    ///
    /// # Errors
    /// `INVALID_CREDENTIALS`, whatever of the two is wrong; `Forbidden("ACCOUNT_DISABLED")` for the
    /// right password of a deactivated person; `RateLimited` after too many failures.
    pub async fn login(&self, input: LoginInput) -> Result<SignedIn> {
        let LoginInput {
            login,
            password,
            device,
        } = input;
        let login = login.trim().to_lowercase();
        let limiters = self.limiters();
        limiters.require_address(&device)?;
        let reader = self.database().reader(&Viewer::system("sign-in"));
        let usable = !login.is_empty() && login.len() <= MAX_LOGIN && !login.contains('\0');
        let account = if usable {
            queries::login_account(&reader, &login).await?
        } else {
            None
        };
        let known: String = login.chars().take(MAX_LOGIN).collect();
        limiters.count_login(&known, account.as_ref())?;
        let slot = HashSlot::take().await?;
        // Asked again in one's turn, so that many tries sent at once are counted one by one.
        limiters.require_address(&device)?;
        let fits = password.len() <= MAX_PASSWORD_BYTES;
        let text = if fits { password.as_str() } else { "" };
        let hash = account
            .as_ref()
            .and_then(|account| account.secret_hash.clone());
        let right = slot.verify(text, hash).await? && fits;
        let Some(account) = account.filter(|_| right) else {
            limiters.count_failure(&device);
            return Err(wrong_credentials());
        };
        limiters.forget_account(account.id);
        if !account.is_active {
            return Err(Error::Forbidden("ACCOUNT_DISABLED"));
        }
        self.start_session(account.id, parse_role(&account.role)?, &device)
            .await
    }

    /// Begins a session of a person who has proved himself (by password, or by set-up).
    pub(crate) async fn start_session(
        &self,
        person: PersonId,
        role: OrganisationRole,
        device: &Device,
    ) -> Result<SignedIn> {
        let viewer = Viewer::person(person, role, None);
        let mut tx = self.database().begin(&viewer).await?;
        let expires_at = self.session_end(tx.now());
        let (session, token) = sessions::begin(&mut tx, person, device, expires_at).await?;
        tx.commit().await?;
        self.signed_in(person, role, session, token, expires_at)
            .await
    }

    /// Sets up the organisation and signs its first admin in.
    ///
    /// # Errors
    /// See [`super::setup()`].
    pub async fn setup(&self, input: super::SetupInput, device: &Device) -> Result<SignedIn> {
        let person = super::setup(self.database(), input).await?;
        self.start_session(person, OrganisationRole::NetworkAdmin, device)
            .await
    }

    /// Exchanges a refresh token for the next one and a new access token.
    ///
    /// A token is good for one exchange. Presenting a spent one ends the session, whoever does it:
    /// the owner's browser and a thief's copy cannot be told apart. There is no time of grace; the
    /// web client renews in one tab at a time (Web Locks) and hands the result to the others.
    ///
    /// # Errors
    /// `Unauthenticated` when the token is unknown, spent or its session is over.
    pub async fn refresh(&self, token: &str, device: &Device) -> Result<SignedIn> {
        let token = RefreshToken::parse(token).ok_or(Error::Unauthenticated)?;
        let owner = sessions::token_owner(self.database(), &token).await?;
        let owner = owner.ok_or(Error::Unauthenticated)?;
        let role = parse_role(&owner.role)?;
        let viewer = Viewer::person(owner.person_id, role, Some(owner.session_id));
        let mut tx = self.database().begin(&viewer).await?;
        let expires_at = self.session_end(tx.now());
        match sessions::renew(&mut tx, &token, &owner, device, expires_at).await? {
            Renewal::Renewed(next) => {
                tx.commit().await?;
                self.signed_in(owner.person_id, role, owner.session_id, next, expires_at)
                    .await
            }
            Renewal::Reused => {
                tx.commit().await?;
                self.forget_session(owner.session_id);
                tracing::warn!(session = %owner.session_id, "spent refresh token presented; session ended");
                Err(Error::Unauthenticated)
            }
            Renewal::Ended => {
                tx.rollback().await?;
                Err(Error::Unauthenticated)
            }
        }
    }

    /// Signs out the device that holds this refresh token; an unknown token changes nothing.
    ///
    /// # Errors
    /// Database errors.
    pub async fn sign_out(&self, token: &str) -> Result<()> {
        let Some(token) = RefreshToken::parse(token) else {
            return Ok(());
        };
        let Some(owner) = sessions::token_owner(self.database(), &token).await? else {
            return Ok(());
        };
        let role = parse_role(&owner.role)?;
        let viewer = Viewer::person(owner.person_id, role, Some(owner.session_id));
        super::end_session(self.database(), &viewer).await?;
        self.forget_session(owner.session_id);
        Ok(())
    }

    /// Signs the viewer out on all devices; returns on how many.
    ///
    /// # Errors
    /// `SESSION_REQUIRED` for a personal access token, database errors.
    pub async fn sign_out_everywhere(&self, viewer: &Viewer) -> Result<usize> {
        let ended = super::end_sessions(self.database(), viewer).await?;
        if let Some(person) = viewer.person_id() {
            self.forget_person(person);
        }
        Ok(ended)
    }

    async fn signed_in(
        &self,
        person: PersonId,
        role: OrganisationRole,
        session: SessionId,
        refresh_token: RefreshToken,
        refresh_expires_at: Timestamp,
    ) -> Result<SignedIn> {
        let (access_token, access_expires_at) = self.sign(person, session, role).await?;
        let cookie = |purpose| self.sign_cookie(purpose, person, session, role, refresh_expires_at);
        let files_token = cookie(CookiePurpose::Files).await?;
        let first_page_token = cookie(CookiePurpose::FirstPage).await?;
        Ok(SignedIn {
            person,
            session,
            access_token,
            access_expires_at,
            files_token,
            first_page_token,
            refresh_token,
            refresh_expires_at,
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;

    #[test]
    fn an_ipv6_network_counts_as_one_address() {
        let parse = |text: &str| network(text.parse().unwrap());
        assert_eq!(parse("2001:db8:1:2::1"), parse("2001:db8:1:2:ffff::9"));
        assert_ne!(parse("2001:db8:1:2::1"), parse("2001:db8:1:3::1"));
        assert_eq!(parse("::ffff:192.0.2.1"), parse("192.0.2.1"));
        assert_ne!(parse("192.0.2.1"), parse("192.0.2.2"));
    }

    #[test]
    fn a_device_says_nothing_invisible_and_nothing_long() {
        let device = Device::new(&format!("Fire\u{0}fox\n{}", "x".repeat(1000)), None);
        assert!(device.user_agent().starts_with("Firefoxx"));
        assert_eq!(device.user_agent().chars().count(), MAX_USER_AGENT);
    }
}
