//! Access tokens: only ours, only for us, only in time.

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::EncodePrivateKey as _;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use identity::Authenticator;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use kernel::Error;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use testkit::on_both_databases;

use crate::support::{House, ISSUER, authenticator, config, reason};

/// What an honest token of this session says.
fn claims(house: &House, person: kernel::PersonId, session: kernel::SessionId) -> Value {
    let now = house.database.now().micros() / 1_000_000;
    json!({
        "iss": ISSUER, "aud": "loggia", "sub": person.to_string(), "sid": session.to_string(),
        "role": "member", "iat": now, "exp": now + 600,
    })
}

/// Signs with a key and a header.
fn sign(pem: &str, header: &Header, claims: &Value) -> String {
    let key = EncodingKey::from_ed_pem(pem.as_bytes()).unwrap();
    jsonwebtoken::encode(header, claims, &key).unwrap()
}

fn header(kid: &str) -> Header {
    let mut header = Header::new(Algorithm::EdDSA);
    header.kid = Some(kid.to_owned());
    header
}

#[tokio::test]
async fn only_what_the_house_signed_for_itself_is_let_in() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let ben = house.member("ben").await;
        let session = house.signed_in("anna").await.session;
        let pem = house
            .texts("SELECT private_key FROM signing_keys")
            .await
            .remove(0);
        let kid = house.texts("SELECT id FROM signing_keys").await.remove(0);
        let honest = claims(&house, anna, session);
        assert!(
            house.lets_in(&sign(&pem, &header(&kid), &honest)).await,
            "the test signs well"
        );

        let with = |name: &str, value: Value| {
            let mut claims = honest.clone();
            claims[name] = value;
            sign(&pem, &header(&kid), &claims)
        };
        let without = |name: &str| {
            let mut claims = honest.clone();
            claims.as_object_mut().unwrap().remove(name);
            sign(&pem, &header(&kid), &claims)
        };
        let now = house.database.now().micros() / 1_000_000;
        let foreign = SigningKey::from_bytes(&[7; 32])
            .to_pkcs8_pem(LineEnding::LF)
            .unwrap();
        let public = house
            .texts("SELECT public_key FROM signing_keys")
            .await
            .remove(0);
        let mut symmetric = header(&kid);
        symmetric.alg = Algorithm::HS256;
        let confused = EncodingKey::from_secret(public.as_bytes());
        let confused = jsonwebtoken::encode(&symmetric, &honest, &confused).unwrap();
        for (why, token) in [
            (
                "another key under our name",
                sign(&foreign, &header(&kid), &honest),
            ),
            (
                "a key nobody knows",
                sign(&foreign, &header("nobody"), &honest),
            ),
            (
                "no key named",
                sign(&pem, &Header::new(Algorithm::EdDSA), &honest),
            ),
            ("our public key as a secret", confused),
            ("no signature", unsigned(&kid, &honest)),
            (
                "another issuer",
                with("iss", json!("https://elsewhere.example.org")),
            ),
            ("another audience", with("aud", json!("elsewhere"))),
            ("somebody else's name", with("sub", json!(ben.to_string()))),
            (
                "no session of that id",
                with("sid", json!("session_0123456789abcdef0123456789abcdef")),
            ),
            (
                "an id of another type",
                with("sid", json!(anna.to_string())),
            ),
            ("over", with("exp", json!(now))),
            ("over for long", with("exp", json!(now - 86_400))),
            ("no end", without("exp")),
            ("no issuer", without("iss")),
            ("no audience", without("aud")),
            ("no subject", without("sub")),
            ("no session", without("sid")),
        ] {
            assert!(!house.lets_in(&token).await, "let in: {why}");
        }
        house.bed
    })
    .await;
}

/// A token that says it needs no signature.
fn unsigned(kid: &str, claims: &Value) -> String {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let header = json!({ "typ": "JWT", "alg": "none", "kid": kid });
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.", encode(&header), encode(claims))
}

#[tokio::test]
async fn a_changed_letter_anywhere_spoils_a_token() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let token = house.signed_in("anna").await.access_token;
        for place in (0..token.len()).step_by(7) {
            let mut bytes = token.clone().into_bytes();
            // Not the last letter of a part, some bits of which carry nothing.
            let is_last = bytes.get(place + 1).is_none_or(|next| *next == b'.');
            if bytes[place] == b'.' || is_last {
                continue;
            }
            bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
            assert!(
                !house.lets_in(&String::from_utf8(bytes).unwrap()).await,
                "at {place}"
            );
        }
        house.bed
    })
    .await;
}

#[tokio::test]
async fn an_access_token_ends_after_its_minutes() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let signed_in = house.signed_in("anna").await;
        assert_eq!(
            signed_in
                .access_expires_at
                .seconds_since(house.database.now()),
            600
        );
        house.bed.clock.advance_seconds(599);
        assert!(house.lets_in(&signed_in.access_token).await);
        house.bed.clock.advance_seconds(1);
        assert!(!house.lets_in(&signed_in.access_token).await);
        house.bed
    })
    .await;
}

#[tokio::test]
async fn whatever_comes_as_a_token_is_let_in_or_refused_never_a_fault() {
    let bed = testkit::TestDatabase::sqlite().await;
    let house = House::open(bed).await;
    let runtime = tokio::runtime::Handle::current();
    let authenticator = house.authenticator.clone();
    tokio::task::spawn_blocking(move || {
        let mut runner = TestRunner::new(Config::with_cases(300));
        let texts = proptest::prop_oneof![
            "\\PC{0,80}",
            "lgp_[A-Za-z0-9]{38,42}",
            "[A-Za-z0-9_-]{0,40}\\.[A-Za-z0-9_-]{0,40}\\.[A-Za-z0-9_-]{0,40}",
            "eyJ[A-Za-z0-9_-]{0,40}\\.eyJ[A-Za-z0-9_-]{0,40}\\.[A-Za-z0-9_-]{0,86}",
        ];
        runner
            .run(&texts, |text| {
                let result = runtime.block_on(authenticator.authenticate(&text));
                assert!(
                    matches!(result, Err(Error::Unauthenticated)),
                    "{text}: {result:?}"
                );
                Ok(())
            })
            .unwrap();
    })
    .await
    .unwrap();
    assert!(!house.lets_in(&"x".repeat(1_000_000)).await);
    house.bed.close().await;
}

#[tokio::test]
async fn keys_change_on_schedule_and_old_tokens_live_to_their_end() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let other_node = authenticator(&house.database).await;
        let kids = async |authenticator: &Authenticator| -> usize {
            authenticator.jwks().await.unwrap()["keys"]
                .as_array()
                .unwrap()
                .len()
        };
        assert_eq!(
            kids(&house.authenticator).await,
            1,
            "nodes share their keys"
        );
        house.bed.clock.advance_seconds(90 * 86_400 - 60);
        let old = house.signed_in("anna").await;
        house.authenticator.maintain().await.unwrap();
        assert_eq!(kids(&house.authenticator).await, 1);
        house.bed.clock.advance_seconds(60);
        house.authenticator.maintain().await.unwrap();
        assert_eq!(kids(&house.authenticator).await, 2);
        let new = house.refresh(&old).await.unwrap();
        for (name, token) in [("old", &old.access_token), ("new", &new.access_token)] {
            assert!(house.lets_in(token).await, "{name}");
            other_node
                .authenticate(token)
                .await
                .unwrap_or_else(|_| panic!("{name}, elsewhere"));
        }
        let header = jsonwebtoken::decode_header(&new.access_token).unwrap();
        assert_ne!(
            header.kid,
            jsonwebtoken::decode_header(&old.access_token).unwrap().kid
        );
        house.bed.clock.advance_seconds(600 + 301);
        assert_eq!(
            kids(&house.authenticator).await,
            1,
            "the old key verifies nothing any more"
        );
        house.bed
    })
    .await;
}

#[tokio::test]
async fn the_key_set_lets_others_check_our_tokens() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let anna = house.member("anna").await;
        let token = house.signed_in("anna").await.access_token;
        let set = house.authenticator.jwks().await.unwrap();
        assert!(set["keys"][0].get("d").is_none(), "no private half");
        let set: jsonwebtoken::jwk::JwkSet = serde_json::from_value(set).unwrap();
        let header = jsonwebtoken::decode_header(&token).unwrap();
        let key = set.find(header.kid.as_deref().unwrap()).unwrap();
        let key = jsonwebtoken::DecodingKey::from_jwk(key).unwrap();
        let mut validation = jsonwebtoken::Validation::new(Algorithm::EdDSA);
        validation.set_audience(&["loggia"]);
        validation.set_issuer(&[ISSUER]);
        validation.validate_exp = false;
        let read = jsonwebtoken::decode::<Value>(&token, &key, &validation).unwrap();
        assert_eq!(read.claims["sub"], json!(anna.to_string()));
        assert_eq!(read.claims["role"], json!("member"));
        house.bed
    })
    .await;
}

#[tokio::test]
async fn a_house_of_another_name_does_not_take_our_tokens() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        house.member("anna").await;
        let token = house.signed_in("anna").await.access_token;
        let moved = "https://moved.example.org".to_owned();
        let moved = Authenticator::start(house.database.clone(), &config(), moved)
            .await
            .unwrap();
        assert_eq!(reason(moved.authenticate(&token).await), "UNAUTHENTICATED");
        house.bed
    })
    .await;
}
