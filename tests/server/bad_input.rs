//! Whatever is malformed gets a clear answer: never a fault of the server, never a lost write.

use serde_json::json;

use super::client::Server;

#[tokio::test]
async fn malformed_requests_are_answered_and_named() {
    let (server, admin) = Server::start().await;
    let bomb = (0..26).fold(String::from("{...f0}"), |query, level| {
        let next = level + 1;
        query + &format!(" fragment f{level} on Query{{...f{next} ...f{next}}}")
    }) + " fragment f26 on Query{__typename}";
    let deep = format!("{}__typename{}", "{viewer".repeat(60), "}".repeat(60));
    let bodies: Vec<(String, u16)> = vec![
        (String::new(), 400),
        ("{".into(), 400),
        ("null".into(), 400),
        ("[]".into(), 400),
        (json!([{ "query": "{__typename}" }]).to_string(), 400),
        ("{\"query\": 7}".into(), 400),
        (json!({ "query": "{__typename}", "variables": "x" }).to_string(), 400),
        (json!({ "query": "{__typename}", "operationName": 3 }).to_string(), 400),
        ("[".repeat(100_000), 400),
        (json!({ "query": bomb }).to_string(), 200),
        (json!({ "query": deep }).to_string(), 200),
        (json!({ "query": "{ a".repeat(20_000) }).to_string(), 200),
        (json!({ "query": "\u{0}\u{202e}{ viewer }" }).to_string(), 200),
        (json!({ "query": "{ nothing }" }).to_string(), 200),
        (json!({ "query": "query A {__typename} query B {__typename}" }).to_string(), 200),
        (json!({ "query": "{ post(id: \"community_00000000000000000000000000000000\") { id } }" }).to_string(), 200),
        (json!({ "query": "{ post(id: \"🙂\") { id } }" }).to_string(), 200),
        (json!({ "query": "{ homeFeed(first: 10, after: \"bm9uc2Vuc2U\") { newCount } }" }).to_string(), 200),
        (json!({ "query": "{ homeFeed(first: -1) { newCount } }" }).to_string(), 200),
        (json!({ "query": "{ homeFeed(first: 1000000) { newCount } }" }).to_string(), 200),
        (json!({ "query": format!("{{ people(query: \"{}\", first: 5) {{ totalCount }} }}", "%_\\\\'".repeat(500)) }).to_string(), 200),
    ];
    for (body, expected) in bodies {
        let request = server
            .post("/graphql")
            .bearer_auth(&admin.token)
            .header("content-type", "application/json");
        let response = request.body(body.clone()).send().await.unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        assert_eq!(status, expected, "{body:.100}: {text:.300}");
        assert!(!text.contains("\"INTERNAL\""), "{body:.100}: {text:.300}");
    }
    let too_large = server
        .post("/graphql")
        .header("content-type", "application/json")
        .body(" ".repeat(3 << 20));
    assert_eq!(too_large.send().await.unwrap().status().as_u16(), 413);
    for token in [
        "x",
        "a.b.c",
        "eyJhbGciOiJub25lIn0.e30.",
        "lgp_0000000000000000000000000000000000000000",
    ] {
        let body = json!({ "query": "{ viewer { mustChangePassword } }" }).to_string();
        let request = server
            .post("/graphql")
            .bearer_auth(token)
            .header("content-type", "application/json")
            .body(body);
        let response = request.send().await.unwrap();
        assert_eq!(response.status().as_u16(), 401, "{token}");
        let answer = response.text().await.unwrap();
        assert!(
            answer.contains("requestId") && answer.contains("UNAUTHENTICATED"),
            "{answer}"
        );
    }
    server
        .ask(&admin, "{ viewer { person { handle } } }", json!({}))
        .await;
    server.stop().await;
}

#[tokio::test]
async fn hostile_texts_are_refused_or_made_harmless() {
    let (server, admin) = Server::start().await;
    let community = server.found(&admin, "Anything", "PUBLIC", "OPEN").await;
    let long = server.write(&admin, &community, &"a".repeat(20_001)).await;
    assert_eq!(long["userErrors"][0]["code"], "TEXT_TOO_LONG");
    assert_eq!(long["userErrors"][0]["params"][0]["value"], "20000");
    for nested in [
        ">".repeat(900_000),
        "[".repeat(900_000),
        "*a_".repeat(300_000),
        "- ".repeat(400_000),
    ] {
        let answer = server.write(&admin, &community, &nested).await;
        assert_eq!(
            answer["userErrors"][0]["code"], "TEXT_TOO_LONG",
            "{nested:.10}"
        );
    }
    let deep = server
        .write(&admin, &community, &format!("{} deep", "> ".repeat(5_000)))
        .await;
    assert_eq!(deep["userErrors"][0]["code"], "TEXT_TOO_DEEP");
    let harmless = "fine\u{0}\u{202e}\u{7} <script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>";
    let answer = server.write(&admin, &community, harmless).await;
    let html = answer["post"]["bodyHtml"].as_str().unwrap();
    for evil in [
        "<script",
        "javascript:",
        "<img",
        "\u{0}",
        "\u{202e}",
        "\u{7}",
    ] {
        assert!(!html.contains(evil), "{evil:?} in {html}");
    }
    server.stop().await;
}

#[tokio::test]
async fn signing_in_tells_nothing_and_forgives_no_guessing() {
    let (server, _) = Server::start().await;
    let guess = |login: &str| json!({ "login": login, "password": "wrong wrong wrong" });
    let (known, unknown) = (
        server.auth("login", &guess("admin")).await,
        server.auth("login", &guess("nobody")).await,
    );
    assert_eq!(known.0, unknown.0);
    assert_eq!(known.1["error"]["code"], unknown.1["error"]["code"]);
    let mut limited = None;
    for _ in 0..40 {
        let (status, body) = server.auth("login", &guess("admin")).await;
        if status == 429 {
            limited = Some(body);
            break;
        }
    }
    let limited = limited.unwrap_or_else(|| panic!("forty wrong passwords in a row were allowed"));
    assert!(
        limited["error"]["retryAfterSeconds"].as_u64().unwrap() > 0,
        "{limited}"
    );
    let no_guard = server
        .post("/auth/login")
        .header("content-type", "application/json")
        .body("{}")
        .send()
        .await
        .unwrap();
    assert_eq!(no_guard.status().as_u16(), 403);
    server.stop().await;
}
