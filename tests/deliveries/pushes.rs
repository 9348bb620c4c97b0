//! Pushes: a service gets what only the browser can read, signed by this server.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use web_push_native::p256::elliptic_curve::sec1::ToEncodedPoint as _;
use web_push_native::p256::{PublicKey, SecretKey};

use crate::world::World;

type Got = (HeaderMap, Vec<u8>);

/// A push service of a test, and the browser behind it.
#[derive(Clone)]
struct Service {
    secret: SecretKey,
    auth: [u8; 16],
    got: Arc<Mutex<Vec<Got>>>,
    answer: Arc<Mutex<StatusCode>>,
    address: String,
}

impl Service {
    async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/push/abc", listener.local_addr().unwrap());
        let service = Self {
            secret: SecretKey::from_slice(&[7; 32]).unwrap(),
            auth: [9; 16],
            got: Arc::default(),
            answer: Arc::new(Mutex::new(StatusCode::CREATED)),
            address,
        };
        let router = Router::new()
            .route("/push/abc", post(Self::take))
            .with_state(service.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        service
    }

    async fn take(
        State(service): State<Self>,
        headers: HeaderMap,
        body: axum::body::Bytes,
    ) -> StatusCode {
        service.got.lock().unwrap().push((headers, body.to_vec()));
        *service.answer.lock().unwrap()
    }

    fn subscription(&self) -> Value {
        let key = self.secret.public_key().to_encoded_point(false);
        json!({ "endpoint": self.address, "publicKey": URL_SAFE_NO_PAD.encode(key.as_bytes()),
                "authSecret": URL_SAFE_NO_PAD.encode(self.auth), "label": "Browser" })
    }

    /// What the browser reads (RFC 8291).
    fn read(&self) -> Vec<Value> {
        let got = self.got.lock().unwrap();
        got.iter()
            .map(|(_, body)| {
                let auth = web_push_native::Auth::from(self.auth);
                let text = web_push_native::decrypt(body.clone(), &self.secret, &auth).unwrap();
                serde_json::from_slice(&text).unwrap()
            })
            .collect()
    }
}

async fn add(world: &World, service: &Service) {
    world
        .house
        .act(
            &world.ben,
            "pushDeviceAdd",
            service.subscription(),
            "pushDevices { id label }",
        )
        .await;
}

#[tokio::test]
async fn a_push_says_what_happened_to_the_browser_and_nothing_to_the_service() {
    testkit::on_both_databases(|bed| async move {
        let world = World::open(bed).await;
        let service = Service::open().await;
        add(&world, &service).await;
        world.choose(&world.ben, "MENTION", "NEVER", true).await;
        let post = world.mention("the secret figures").await;
        world.deliver().await;
        world.deliver().await;
        let read = service.read();
        assert_eq!(read.len(), 1);
        assert_eq!(read[0]["title"], "Person anna mentioned you");
        assert_eq!(read[0]["path"], format!("/posts/{post}"));
        {
            let got = service.got.lock().unwrap();
            let (headers, body) = &got[0];
            assert_eq!(headers["content-encoding"], "aes128gcm");
            assert!(headers.contains_key("ttl"));
            let signed = headers["authorization"].to_str().unwrap();
            assert!(signed.starts_with("vapid t="));
            assert!(!String::from_utf8_lossy(body).contains("secret"));
        }
        assert_eq!(world.states("push").await, ["sent"]);
        world.house.bed
    })
    .await;
}

#[tokio::test]
async fn without_text_a_push_says_only_that_there_is_something() {
    testkit::on_both_databases(|bed| async move {
        let world = World::open(bed).await;
        let service = Service::open().await;
        add(&world, &service).await;
        let input = json!({ "textInMail": true, "textInPush": false });
        world
            .house
            .act(
                &world.admin,
                "notificationHouseSet",
                input,
                "house { textInPush }",
            )
            .await;
        world.choose(&world.ben, "MENTION", "NEVER", true).await;
        world.mention("the secret figures").await;
        world.deliver().await;
        let read = service.read();
        assert_eq!(read.len(), 1);
        assert_eq!(read[0]["body"], "There is something new for you.");
        assert!(!read[0].to_string().contains("secret") && !read[0].to_string().contains("anna"));
        world.house.bed
    })
    .await;
}

#[tokio::test]
async fn a_busy_service_is_asked_again_and_a_browser_that_is_gone_is_forgotten() {
    testkit::on_both_databases(|bed| async move {
        let world = World::open(bed).await;
        let service = Service::open().await;
        add(&world, &service).await;
        world.choose(&world.ben, "MENTION", "NEVER", true).await;
        *service.answer.lock().unwrap() = StatusCode::TOO_MANY_REQUESTS;
        world.mention("one").await;
        world.deliver().await;
        assert_eq!(world.states("push").await, ["waiting"]);
        *service.answer.lock().unwrap() = StatusCode::CREATED;
        world.deliver_after(61).await;
        assert_eq!(world.states("push").await, ["sent"]);
        *service.answer.lock().unwrap() = StatusCode::GONE;
        world.mention("two").await;
        world.deliver().await;
        let devices = world
            .ask(&world.ben, "{ viewerDelivery { pushDevices { id } } }")
            .await;
        assert_eq!(devices["viewerDelivery"]["pushDevices"], json!([]));
        assert_eq!(service.read().len(), 3);
        world.house.bed
    })
    .await;
}

#[tokio::test]
async fn what_no_browser_says_is_refused_and_another_owner_takes_over() {
    testkit::on_both_databases(|bed| async move {
        let world = World::open(bed).await;
        let service = Service::open().await;
        let good = service.subscription();
        for (field, value) in [
            ("endpoint", "file:///etc/passwd"),
            ("endpoint", "nonsense"),
            ("publicKey", "AAAA"),
            ("authSecret", "AAAA"),
        ] {
            let mut bad = good.clone();
            bad[field] = json!(value);
            let query = "mutation($input: PushDeviceAddInput!) { pushDeviceAdd(input: $input) { pushDevices { id } userErrors { code } } }";
            let answer = world.house.ask(&world.ben, query, json!({ "input": bad })).await;
            let errors = &answer["pushDeviceAdd"]["userErrors"];
            assert_eq!(errors[0]["code"], "INVALID_PUSH_SUBSCRIPTION", "{field}");
        }
        add(&world, &service).await;
        world
            .house
            .act(&world.anna, "pushDeviceAdd", good, "pushDevices { id }")
            .await;
        let devices = world.ask(&world.ben, "{ viewerDelivery { pushDevices { id } } }").await;
        assert_eq!(devices["viewerDelivery"]["pushDevices"], json!([]));
        let key = PublicKey::from_sec1_bytes(
            &URL_SAFE_NO_PAD
                .decode(
                    world.ask(&world.ben, "{ viewerDelivery { pushPublicKey } }").await
                        ["viewerDelivery"]["pushPublicKey"]
                        .as_str()
                        .unwrap(),
                )
                .unwrap(),
        );
        assert!(key.is_ok());
        world.house.bed
    })
    .await;
}
