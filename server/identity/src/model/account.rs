//! Sessions and personal access tokens as their owner sees them.

use kernel::{AccessTokenId, Error, PersonId, Problem, Result, SessionId, Timestamp, TokenScope};

use super::MAX_NAME;
use super::text::line;

/// A device a person is signed in on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// The session's id.
    pub id: SessionId,
    /// Whose it is.
    pub person: PersonId,
    /// The browser as it named itself.
    pub user_agent: String,
    /// Network address of the last renewal.
    pub address: String,
    /// When the person signed in.
    pub created_at: Timestamp,
    /// When the session was last renewed.
    pub last_used_at: Timestamp,
}

/// A personal access token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessTokenView {
    /// The token's id.
    pub id: AccessTokenId,
    /// What the person calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<TokenScope>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, ten minutes precise.
    pub last_used_at: Option<Timestamp>,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
}

/// A personal access token to be made.
#[derive(Debug, Clone)]
pub struct NewAccessToken {
    /// What the person calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<TokenScope>,
    /// When it is to end by itself.
    pub expires_at: Option<Timestamp>,
}

impl NewAccessToken {
    /// The cleaned input. Every token reads, so `READ` is added.
    ///
    /// # Errors
    /// All problems of the input.
    pub fn check(self, now: Timestamp, is_admin: bool) -> Result<Self> {
        let mut problems = Vec::new();
        let name = line("name", &self.name, MAX_NAME).unwrap_or_else(|problem| {
            problems.push(problem);
            String::new()
        });
        if self.scopes.is_empty() {
            problems.push(Problem::new(
                "scopes",
                "REQUIRED",
                "Choose what the token may do.",
            ));
        }
        if self.scopes.contains(&TokenScope::Admin) && !is_admin {
            let message = "Only network admins may make tokens for administration.";
            problems.push(Problem::new("scopes", "SCOPE_NOT_ALLOWED", message));
        }
        if self.expires_at.is_some_and(|end| end <= now) {
            let message = "Choose a moment in the future.";
            problems.push(Problem::new("expiresAt", "TIME_IN_PAST", message));
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let wanted = |scope: &TokenScope| *scope == TokenScope::Read || self.scopes.contains(scope);
        let scopes = ALL_SCOPES.into_iter().filter(wanted).collect();
        Ok(Self {
            name,
            scopes,
            expires_at: self.expires_at,
        })
    }
}

const ALL_SCOPES: [TokenScope; 3] = [TokenScope::Read, TokenScope::Write, TokenScope::Admin];

fn scope_text(scope: TokenScope) -> &'static str {
    match scope {
        TokenScope::Read => "read",
        TokenScope::Write => "write",
        TokenScope::Admin => "admin",
    }
}

/// Scopes as stored: words separated by spaces.
pub fn scopes_to_text(scopes: &[TokenScope]) -> String {
    let words: Vec<_> = scopes.iter().map(|scope| scope_text(*scope)).collect();
    words.join(" ")
}

/// Reads what [`scopes_to_text`] wrote; an unknown word grants nothing.
pub fn scopes_from_text(text: &str) -> Vec<TokenScope> {
    let is_there = |scope: &TokenScope| text.split(' ').any(|word| word == scope_text(*scope));
    ALL_SCOPES.into_iter().filter(is_there).collect()
}
