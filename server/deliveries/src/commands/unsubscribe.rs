//! The one click in a letter that ends letters of its sort, without signing in (RFC 8058). The letter
//! carries a signed token; it can do nothing else.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use kernel::{Error, PersonId, Result, Viewer};
use notifications::model::NotificationCategory;
use platform::Database;
use serde::{Deserialize, Serialize};

use super::keys::letter_key;

/// What a token is for, so that no other token of the house is taken for one.
const PURPOSE: &str = "unsubscribe";

#[derive(Serialize, Deserialize)]
struct Claims {
    aud: String,
    sub: String,
    cat: Vec<String>,
}

/// What a token ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsubscribe {
    /// Whose letters.
    pub person: PersonId,
    /// Letters about what.
    pub categories: Vec<NotificationCategory>,
}

/// A token that ends letters of these categories.
pub(crate) async fn make_token(database: &Database, what: &Unsubscribe) -> Result<String> {
    let key = EncodingKey::from_secret(&letter_key(database).await?);
    let claims = Claims {
        aud: PURPOSE.to_owned(),
        sub: what.person.to_string(),
        cat: what
            .categories
            .iter()
            .map(|c| c.as_str().to_owned())
            .collect(),
    };
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(Error::internal)
}

/// What a token from a letter ends.
///
/// # Errors
/// `NotFound` for one the house did not sign; database errors.
pub async fn read_token(database: &Database, token: &str) -> Result<Unsubscribe> {
    let key = DecodingKey::from_secret(&letter_key(database).await?);
    let mut rules = Validation::new(Algorithm::HS256);
    // Letters are kept for years; the click must still work.
    rules.validate_exp = false;
    rules.set_required_spec_claims(&["aud", "sub"]);
    rules.set_audience(&[PURPOSE]);
    let claims = jsonwebtoken::decode::<Claims>(token, &key, &rules);
    let claims = claims.map_err(|_| Error::NotFound)?.claims;
    let categories = claims
        .cat
        .iter()
        .map(|text| NotificationCategory::parse(text));
    Ok(Unsubscribe {
        person: claims.sub.parse().map_err(|_| Error::NotFound)?,
        categories: categories.collect::<Result<_>>()?,
    })
}

/// Ends what a token from a letter ends. Doing it twice does no harm.
///
/// # Errors
/// `NotFound` for one the house did not sign; database errors.
pub async fn unsubscribe(database: &Database, token: &str) -> Result<Unsubscribe> {
    let what = read_token(database, token).await?;
    let mut tx = database.begin(&Viewer::system("unsubscribe")).await?;
    notifications::commands::end_email(&mut tx, what.person, &what.categories).await?;
    tx.commit().await?;
    Ok(what)
}
