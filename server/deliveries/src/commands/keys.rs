//! Keys the server makes itself, once: for signing pushes (VAPID, RFC 8292) and the tokens that end
//! letters. They stand in the database, as the keys that sign access tokens do, so that all nodes share
//! them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{Error, Result, Timestamp, Viewer};
use platform::{Database, Sql};
use rand::RngCore as _;
use serde_json::json;
use web_push_native::p256::SecretKey;
use web_push_native::p256::ecdsa::signature::Signer as _;
use web_push_native::p256::ecdsa::{Signature, SigningKey};
use web_push_native::p256::elliptic_curve::sec1::ToEncodedPoint as _;

use crate::events;
use crate::table::KeyRow;

const PUSH: &str = "push";
const LETTERS: &str = "letters";
/// How long a signature for a push service holds; RFC 8292 allows a day.
const SIGNATURE_SECONDS: i64 = 12 * 3600;

/// The key that signs pushes.
#[derive(Clone)]
pub struct PushKey {
    secret: SecretKey,
}

impl std::fmt::Debug for PushKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PushKey(hidden)")
    }
}

impl PushKey {
    fn read(text: &str) -> Result<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(Error::internal)?;
        let secret = SecretKey::from_slice(&bytes).map_err(Error::internal)?;
        Ok(Self { secret })
    }

    /// The public key as browsers want it: uncompressed, base64url.
    pub fn public_key(&self) -> String {
        let point = self.secret.public_key().to_encoded_point(false);
        URL_SAFE_NO_PAD.encode(point.as_bytes())
    }

    /// The value of `Authorization` for a push service: a signed statement that this server sends, for
    /// this service only, until half a day from `now` (RFC 8292, section 2). `contact` is an https
    /// address of the operator.
    pub fn authorization(&self, service: &str, contact: &str, now: Timestamp) -> String {
        let expires = now.micros() / 1_000_000 + SIGNATURE_SECONDS;
        let header = json!({ "typ": "JWT", "alg": "ES256" });
        let claims = json!({ "aud": service, "exp": expires, "sub": contact });
        let encode = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encode(&header), encode(&claims));
        let signature: Signature = SigningKey::from(&self.secret).sign(signed.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
        format!("vapid t={signed}.{signature}, k={}", self.public_key())
    }
}

/// The key that signs pushes; made when it is first asked for.
///
/// # Errors
/// Database errors.
pub async fn push_key(database: &Database) -> Result<PushKey> {
    PushKey::read(&key(database, PUSH).await?)
}

/// The key that signs what stands in letters.
pub(super) async fn letter_key(database: &Database) -> Result<Vec<u8>> {
    let text = key(database, LETTERS).await?;
    URL_SAFE_NO_PAD.decode(text).map_err(Error::internal)
}

async fn key(database: &Database, name: &str) -> Result<String> {
    let viewer = Viewer::system("delivery keys");
    if let Some(found) = stored(&database.reader(&viewer), name).await? {
        return Ok(found);
    }
    let mut tx = database.begin(&viewer).await?;
    let mut sql = Sql::new("INSERT INTO delivery_keys (name, secret, created_at) VALUES (");
    sql.bind(name).push(", ").bind(new_secret()).push(", ");
    sql.bind(tx.now()).push(") ON CONFLICT (name) DO NOTHING");
    sql.run(&tx).await?;
    // Another node may have been faster; then its key is the key.
    let found = stored(&tx, name).await?;
    tx.announce(events::key_made(name));
    tx.commit().await?;
    found.ok_or_else(|| Error::bug("a key that was just made is missing"))
}

async fn stored(db: &impl sea_orm::ConnectionTrait, name: &str) -> Result<Option<String>> {
    let mut sql = Sql::new("SELECT k.secret FROM delivery_keys k WHERE k.name = ");
    sql.bind(name);
    let row: Option<KeyRow> = sql.one(db).await?;
    Ok(row.map(|row| row.secret))
}

/// 32 random bytes that are also a private key of P-256, base64url.
fn new_secret() -> String {
    let mut bytes = [0; 32];
    loop {
        rand::rng().fill_bytes(&mut bytes);
        // All but one in 2³² are.
        if SecretKey::from_slice(&bytes).is_ok() {
            return URL_SAFE_NO_PAD.encode(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use web_push_native::p256::ecdsa::VerifyingKey;
    use web_push_native::p256::ecdsa::signature::Verifier as _;

    use super::*;

    #[test]
    fn a_push_service_can_verify_who_sends() {
        let key = PushKey::read(&new_secret()).unwrap();
        let now = Timestamp::from_millis(1_767_603_600_000);
        let value = key.authorization("https://push.example", "https://loggia.example", now);
        let token = value.strip_prefix("vapid t=").unwrap();
        let (token, public) = token.split_once(", k=").unwrap();
        assert_eq!(public, key.public_key());
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let public = VerifyingKey::from_sec1_bytes(&URL_SAFE_NO_PAD.decode(public).unwrap());
        let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
        public
            .unwrap()
            .verify(signed.as_bytes(), &signature)
            .unwrap();
        let claims = signed.split_once('.').unwrap().1;
        let claims: serde_json::Value =
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
        assert_eq!(claims["aud"], "https://push.example");
        assert_eq!(claims["exp"], 1_767_603_600 + SIGNATURE_SECONDS);
    }
}
