//! Keys that sign access tokens: Ed25519, made at the first start, renewed on schedule.
//!
//! The newest key that is not retired signs. A retired key still verifies for as long as a token
//! signed with it can live (and a little longer, since another node may sign with it until it looks
//! again). Two nodes that start at the same moment may make a key each: both verify, the newer signs.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::KeypairBytes;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use kernel::{Error, Result, Timestamp, Viewer};
use platform::Database;
use sea_orm::FromQueryResult;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::events;
use crate::table;

/// How long after its retirement and the longest token's life a key still verifies.
const RETIRED_GRACE_SECONDS: i64 = 300;

const SECONDS_PER_DAY: i64 = 86_400;

#[derive(Debug, FromQueryResult)]
struct KeyRow {
    id: String,
    private_key: String,
    public_key: String,
    created_at: Timestamp,
    retired_at: Option<Timestamp>,
}

/// A key others may check tokens with.
struct PublicKey {
    key: DecodingKey,
    x: String,
    accepted_until: Option<Timestamp>,
}

/// The keys as read at one moment.
pub(crate) struct KeyRing {
    kid: String,
    signing: EncodingKey,
    public: HashMap<String, PublicKey>,
    /// When they were read.
    pub(crate) loaded_at: Timestamp,
}

impl KeyRing {
    /// Reads the keys. `token_seconds` is the life of an access token.
    pub(crate) async fn load(database: &Database, token_seconds: i64) -> Result<Self> {
        let reader = database.reader(&Viewer::system("signing keys"));
        let sql = "SELECT id, private_key, public_key, created_at, retired_at FROM signing_keys \
                   ORDER BY created_at DESC, id DESC";
        let rows: Vec<KeyRow> = table::all(&reader, sql, Vec::new()).await?;
        let current = rows.iter().find(|row| row.retired_at.is_none());
        let current = current.ok_or_else(|| Error::bug("there is no signing key"))?;
        let signing = EncodingKey::from_ed_pem(current.private_key.as_bytes());
        let signing = signing.map_err(Error::internal)?;
        let kid = current.id.clone();
        let grace = token_seconds + RETIRED_GRACE_SECONDS;
        let public = rows.into_iter().map(|row| public_key(row, grace));
        Ok(Self {
            kid,
            signing,
            public: public.collect::<Result<_>>()?,
            loaded_at: database.now(),
        })
    }

    /// Signs claims.
    pub(crate) fn sign(&self, claims: &impl serde::Serialize) -> Result<String> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(self.kid.clone());
        jsonwebtoken::encode(&header, claims, &self.signing).map_err(Error::internal)
    }

    /// The key of this name, if it verifies at `now`.
    pub(crate) fn verifying(&self, kid: &str, now: Timestamp) -> Option<&DecodingKey> {
        let known = self.public.get(kid)?;
        known
            .accepted_until
            .is_none_or(|until| now <= until)
            .then_some(&known.key)
    }

    /// The public keys as a JSON Web Key Set (RFC 7517, RFC 8037).
    pub(crate) fn jwks(&self, now: Timestamp) -> Value {
        let keys = self.public.iter();
        let keys = keys.filter(|(_, key)| key.accepted_until.is_none_or(|until| now <= until));
        let keys = keys.map(|(kid, key)| {
            json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": kid, "x": key.x })
        });
        json!({ "keys": keys.collect::<Vec<_>>() })
    }
}

fn public_key(row: KeyRow, grace: i64) -> Result<(String, PublicKey)> {
    let bytes = URL_SAFE_NO_PAD
        .decode(&row.public_key)
        .map_err(Error::internal)?;
    if bytes.len() != ed25519_dalek::PUBLIC_KEY_LENGTH {
        return Err(Error::bug("a stored public key has the wrong length"));
    }
    let key = DecodingKey::from_ed_components(&row.public_key).map_err(Error::internal)?;
    let accepted_until = row.retired_at.map(|at| at.plus_seconds(grace));
    let public = PublicKey {
        key,
        x: row.public_key,
        accepted_until,
    };
    Ok((row.id, public))
}

/// Makes a signing key when there is none or the newest is `rotation_days` old. Returns whether.
pub(crate) async fn ensure_key(database: &Database, rotation_days: u64) -> Result<bool> {
    let mut tx = database.begin(&Viewer::system("signing keys")).await?;
    let now = tx.now();
    let sql = "SELECT id, private_key, public_key, created_at, retired_at FROM signing_keys \
               WHERE retired_at IS NULL ORDER BY created_at DESC, id DESC";
    let current: Option<KeyRow> = table::one(&tx, sql, Vec::new()).await?;
    let days = i64::try_from(rotation_days).unwrap_or(i64::MAX);
    let due = |row: KeyRow| {
        row.created_at
            .plus_seconds(days.saturating_mul(SECONDS_PER_DAY))
            <= now
    };
    if !current.is_none_or(due) {
        tx.rollback().await?;
        return Ok(false);
    }
    let (kid, private_key, public_key) = new_key()?;
    let retire = "UPDATE signing_keys SET retired_at = $1 WHERE retired_at IS NULL";
    table::run(&tx, retire, vec![now.into()]).await?;
    let insert = "INSERT INTO signing_keys (id, private_key, public_key, created_at) VALUES ($1, $2, $3, $4)";
    let values = vec![
        kid.into(),
        private_key.into(),
        public_key.into(),
        now.into(),
    ];
    table::run(&tx, insert, values).await?;
    tx.announce(events::housekeeping(events::SIGNING_KEY_CREATED));
    tx.commit().await?;
    Ok(true)
}

/// Name, private key (PKCS#8 PEM) and public key (base64url) of a new key.
fn new_key() -> Result<(String, String, String)> {
    // The thread's generator is a cryptographic one, seeded and reseeded by the system.
    let key = SigningKey::from_bytes(&rand::random::<[u8; 32]>());
    // Version 1 of the format, without the public half: what other tools read too.
    let pair = KeypairBytes {
        secret_key: key.to_bytes(),
        public_key: None,
    };
    let pem = ed25519_dalek::pkcs8::EncodePrivateKey::to_pkcs8_pem(&pair, LineEnding::LF);
    let pem = pem.map_err(|_| Error::bug("a signing key could not be encoded"))?;
    let public = key.verifying_key().to_bytes();
    let kid = URL_SAFE_NO_PAD.encode(&Sha256::digest(public)[..12]);
    Ok((kid, pem.to_string(), URL_SAFE_NO_PAD.encode(public)))
}
