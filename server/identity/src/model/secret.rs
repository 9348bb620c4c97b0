//! Random secrets that clients carry: refresh tokens and personal access tokens. Only their SHA-256
//! is stored; they are random enough (256 and 238 bits) that no slow hash is needed.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng as _;
use rand::distr::Alphanumeric;
use sha2::{Digest as _, Sha256};

/// What a personal access token starts with, so that secret scanners find lost ones.
const ACCESS_TOKEN_PREFIX: &str = "lgp_";
/// Characters of an access token behind its prefix.
const ACCESS_TOKEN_LENGTH: usize = 40;

fn digest(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}

/// Proof of a session, good for one renewal. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken(String);

impl RefreshToken {
    /// A new random token.
    pub fn random() -> Self {
        // The thread's generator is a cryptographic one, seeded and reseeded by the system.
        Self(URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
    }

    /// Reads a token as a client sent it; `None` when it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = (text.len() == 43).then(|| URL_SAFE_NO_PAD.decode(text).ok());
        bytes.flatten().map(|_| Self(text.to_owned()))
    }

    /// The token itself, to be given to the client.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// As stored.
    pub(crate) fn digest(&self) -> String {
        digest(&self.0)
    }
}

/// A personal access token. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessTokenSecret(String);

impl AccessTokenSecret {
    /// A new random token.
    pub fn random() -> Self {
        let letters = rand::rng().sample_iter(Alphanumeric);
        let letters: String = letters.take(ACCESS_TOKEN_LENGTH).map(char::from).collect();
        Self(format!("{ACCESS_TOKEN_PREFIX}{letters}"))
    }

    /// Whether a bearer text claims to be such a token.
    pub fn is_claimed(text: &str) -> bool {
        text.starts_with(ACCESS_TOKEN_PREFIX)
    }

    /// Reads a token as a client sent it; `None` when it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let letters = text.strip_prefix(ACCESS_TOKEN_PREFIX)?;
        let whole = letters.len() == ACCESS_TOKEN_LENGTH
            && letters.bytes().all(|b| b.is_ascii_alphanumeric());
        whole.then(|| Self(text.to_owned()))
    }

    /// The token itself, shown once.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// As stored.
    pub(crate) fn digest(&self) -> String {
        digest(&self.0)
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshToken")
    }
}

impl fmt::Debug for AccessTokenSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessTokenSecret")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn secrets_are_read_back_and_never_printed() {
        let refresh = RefreshToken::random();
        assert_eq!(RefreshToken::parse(refresh.expose()).unwrap(), refresh);
        let token = AccessTokenSecret::random();
        assert_eq!(AccessTokenSecret::parse(token.expose()).unwrap(), token);
        assert!(AccessTokenSecret::is_claimed(token.expose()));
        assert!(!format!("{refresh:?}{token:?}").contains(&token.expose()[4..]));
        assert_ne!(refresh.digest(), refresh.expose());
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in ".{0,60}") {
            let _ = RefreshToken::parse(&text);
            let _ = AccessTokenSecret::parse(&text);
        }
    }
}
