//! The one client for requests that leave the house, guarded against being turned inward.
//!
//! Invariants: no connection is opened to an address that was not judged by the guard; names are
//! resolved here, once for each request, and exactly the judged addresses are connected to, so a
//! second answer of a hostile name server changes nothing; every redirect is judged like the first
//! address; time, redirects and bytes (after decompression) are limited. There are no cookies, no
//! proxies from the environment, and no credentials in addresses.

mod guard;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, LOCATION, RETRY_AFTER};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::OnceCell;
use url::{Host, Url};

pub use guard::Refusal;

use guard::Guard;

/// How the house introduces itself.
const USER_AGENT: &str = concat!("Loggia/", env!("CARGO_PKG_VERSION"));

/// Longest address that is fetched or followed.
const MAX_URL_BYTES: usize = 4096;

/// Makes `ring` the cryptography of all TLS in this process. Call it first thing in `main`; a
/// second call changes nothing.
pub fn install_crypto() {
    // An error only says that one is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// What a client may fetch.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Whether addresses of private networks, and ports other than 80 and 443, may be fetched.
    /// Link-local addresses and other special ones never may.
    pub allow_private_addresses: bool,
    /// Time for everything together: resolving, redirects, headers and body.
    pub total_time: Duration,
    /// Most redirects followed.
    pub max_redirects: usize,
    /// Most bytes of a body, counted after decompression; what follows is not read.
    pub max_body_bytes: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            allow_private_addresses: false,
            total_time: Duration::from_secs(5),
            max_redirects: 3,
            max_body_bytes: 1024 * 1024,
        }
    }
}

impl From<&crate::config::LinksConfig> for Policy {
    fn from(config: &crate::config::LinksConfig) -> Self {
        Self {
            allow_private_addresses: config.allow_private_addresses,
            ..Self::default()
        }
    }
}

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where the last redirect led.
    pub final_url: Url,
    /// The content type as sent, empty when there was none.
    pub content_type: String,
    /// The body, decompressed.
    pub body: Vec<u8>,
    /// Whether the body was longer than the limit and was cut.
    pub is_truncated: bool,
}

/// The answer to a POST; its body is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posted {
    /// Status of the answer, redirects included: they are not followed.
    pub status: u16,
    /// How long to wait before the next request, where the answer says so in seconds.
    pub retry_after: Option<Duration>,
}

/// Why nothing was fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The guard does not allow this address.
    #[error("the address may not be fetched: {0}")]
    Refused(#[from] Refusal),
    /// The name has no address.
    #[error("the name could not be resolved")]
    NotResolved,
    /// Redirected too often, or to something that is no address.
    #[error("too many or broken redirects")]
    Redirects,
    /// An answer other than success.
    #[error("the answer was {0}")]
    Status(u16),
    /// Took too long.
    #[error("the answer took too long")]
    TimedOut,
    /// The connection failed or broke off.
    #[error("the connection failed")]
    Connection(#[source] reqwest::Error),
}

/// Turns a name into addresses. Tests give their own answers.
type Lookup = Arc<dyn Fn(String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> + Send + Sync>;

/// The guarded client; clones share it.
#[derive(Clone)]
pub struct GuardedClient {
    policy: Policy,
    guard: Guard,
    lookup: Lookup,
    client: Arc<OnceCell<reqwest::Client>>,
}

impl std::fmt::Debug for GuardedClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GuardedClient")
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

impl GuardedClient {
    /// A client for a policy. Nothing is opened or read before the first request.
    pub fn new(policy: Policy) -> Self {
        let guard = Guard::new(policy.allow_private_addresses);
        Self {
            policy,
            guard,
            lookup: Arc::new(system_lookup),
            client: Arc::default(),
        }
    }

    /// Fetches an address, following redirects.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub async fn get(&self, url: &str, accept: &'static str) -> Result<Fetched, FetchError> {
        let url = parse(url)?;
        // Refuse before anything is set up: a refused address costs nothing.
        self.guard.judge_url(&url)?;
        let client = self
            .client
            .get_or_try_init(|| async { self.build() })
            .await?;
        match tokio::time::timeout(self.policy.total_time, self.follow(client, url, accept)).await {
            Ok(result) => result,
            Err(_) => Err(FetchError::TimedOut),
        }
    }

    /// Sends bytes to an address. Redirects are not followed: what is sent was meant for this address.
    ///
    /// # Errors
    /// See [`FetchError`], but for `Redirects` and `Status`. After `TimedOut` and `Connection` it may
    /// have arrived.
    pub async fn post(
        &self,
        url: &str,
        headers: &[(HeaderName, String)],
        body: Vec<u8>,
    ) -> Result<Posted, FetchError> {
        let url = parse(url)?;
        self.guard.judge_url(&url)?;
        let client = self
            .client
            .get_or_try_init(|| async { self.build() })
            .await?;
        let request = headers
            .iter()
            .fold(client.post(url).body(body), |request, (name, value)| {
                request.header(name, value)
            });
        let response = match tokio::time::timeout(self.policy.total_time, request.send()).await {
            Ok(response) => response.map_err(explain)?,
            Err(_) => return Err(FetchError::TimedOut),
        };
        let wait = response.headers().get(RETRY_AFTER);
        let seconds = wait.and_then(|value| value.to_str().ok()?.parse().ok());
        Ok(Posted {
            status: response.status().as_u16(),
            retry_after: seconds.map(Duration::from_secs),
        })
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the door for outgoing requests"
    )]
    fn build(&self) -> Result<reqwest::Client, FetchError> {
        install_crypto();
        reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .dns_resolver(Arc::new(GuardedResolver { guard: self.guard, lookup: self.lookup.clone() }))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            // Every request resolves and judges anew; no connection outlives its judgement.
            .pool_max_idle_per_host(0)
            .build()
            .map_err(FetchError::Connection)
    }

    async fn follow(
        &self,
        client: &reqwest::Client,
        first: Url,
        accept: &str,
    ) -> Result<Fetched, FetchError> {
        let mut url = first;
        for _ in 0..=self.policy.max_redirects {
            self.guard.judge_url(&url)?;
            let response = client.get(url.clone()).header(ACCEPT, accept).send().await;
            let response = response.map_err(explain)?;
            if !response.status().is_redirection() {
                return self.receive(response, url).await;
            }
            let location = response
                .headers()
                .get(LOCATION)
                .and_then(|value| value.to_str().ok());
            let target = location.and_then(|location| url.join(location).ok());
            url = target
                .filter(|url| url.as_str().len() <= MAX_URL_BYTES)
                .ok_or(FetchError::Redirects)?;
        }
        Err(FetchError::Redirects)
    }

    async fn receive(
        &self,
        mut response: reqwest::Response,
        final_url: Url,
    ) -> Result<Fetched, FetchError> {
        if !response.status().is_success() {
            return Err(FetchError::Status(response.status().as_u16()));
        }
        let content_type = response
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|v| v.to_str().ok());
        let content_type = content_type.unwrap_or_default().to_owned();
        let (mut body, mut is_truncated) = (Vec::new(), false);
        while let Some(chunk) = response.chunk().await.map_err(FetchError::Connection)? {
            let room = self.policy.max_body_bytes - body.len();
            body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
            if chunk.len() > room {
                is_truncated = true;
                break;
            }
        }
        Ok(Fetched {
            final_url,
            content_type,
            body,
            is_truncated,
        })
    }
}

fn parse(text: &str) -> Result<Url, Refusal> {
    if text.len() > MAX_URL_BYTES {
        return Err(Refusal::Malformed);
    }
    Url::parse(text).map_err(|_| Refusal::Malformed)
}

/// Resolves names for the client and lets only judged addresses through.
struct GuardedResolver {
    guard: Guard,
    lookup: Lookup,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, lookup) = (self.guard, self.lookup.clone());
        Box::pin(async move {
            let addresses = lookup(name.as_str().to_owned()).await.unwrap_or_default();
            if addresses.is_empty() {
                return Err(FetchError::NotResolved.into());
            }
            // One bad answer spoils all: an honest name does not mix inside and outside.
            for address in &addresses {
                guard.judge_address(*address)?;
            }
            let sockets = addresses
                .into_iter()
                .map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(sockets) as Addrs)
        })
    }
}

/// Finds our own reasons inside the client's error.
fn explain(error: reqwest::Error) -> FetchError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(current) = cause {
        if let Some(refusal) = current.downcast_ref::<Refusal>() {
            return FetchError::Refused(*refusal);
        }
        if let Some(FetchError::NotResolved) = current.downcast_ref::<FetchError>() {
            return FetchError::NotResolved;
        }
        cause = current.source();
    }
    FetchError::Connection(error)
}

fn system_lookup(name: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> {
    Box::pin(async move {
        let found = tokio::net::lookup_host((name, 0)).await?;
        Ok(found.map(|socket| socket.ip()).collect())
    })
}

/// The host as people know it, for showing where a link leads.
pub fn display_host(url: &Url) -> String {
    match url.host() {
        Some(Host::Domain(domain)) => domain.strip_prefix("www.").unwrap_or(domain).to_owned(),
        Some(host) => host.to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
