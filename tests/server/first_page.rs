//! The first page with posts: for the person alone who is signed in, and for nobody any more when the
//! session is over.

use loggia::http::first_page::FirstPage;
use reqwest::Response;
use serde_json::{Value, json};
use testkit::TestDatabase;

use super::client::{PASSWORD, Server, Session};

/// Stands in for the web build's, so that these tests need none.
fn plan() -> FirstPage {
    let words = json!({
        "now": "now", "minutes": [], "hours": [], "days": [], "dayMonth": [], "date": [], "dateTime": [],
        "halves": ["", ""], "decimal": ".", "group": ",", "thousands": "", "percent": "{}", "bytes": [],
    });
    let template = "<html data-first=\"{{ viewer.person.id }}\"><p>{{ viewer.person.name }}</p>\
        {% for edge in feed.edges %}<article><h2>{{ edge.node.title }}</h2>{{ edge.node.bodyHtml|safe }}\
        <time>{{ edge.node.publishedAt|ago }}</time></article>{% endfor %}\
        <script type=\"application/json\" id=\"answers\">{{ answers|safe }}</script>";
    let plan = json!({
        "queries": {
            "Viewer": "query Viewer { viewer { person { id name } settings { locale timeZone feedOrder } } }",
            "HomeFeed": "query HomeFeed($order: FeedOrder!, $first: Int!) { feed: homeFeed(order: $order, first: $first) \
                { edges { node { id title bodyHtml publishedAt } } } }",
            "UnreadCounts": "query UnreadCounts { unreadCounts { home } }",
            "HomeAside": "query HomeAside { drafts { id } }",
        },
        "pageSize": 20,
        "languages": { "en": { "template": template, "words": words } },
    });
    FirstPage::from_plan(&plan.to_string()).unwrap()
}

async fn start() -> (Server, Session) {
    Server::start_with(TestDatabase::sqlite().await, |app| app.first_page = plan()).await
}

/// A browser's cookies by name, as signing in sets them.
struct Cookies(Vec<(String, String)>);

impl Cookies {
    fn of(response: &Response) -> Self {
        let all = response.headers().get_all("set-cookie").iter();
        let pairs = all.filter_map(|cookie| {
            let (pair, _) = cookie.to_str().ok()?.split_once(';')?;
            let (name, value) = pair.split_once('=')?;
            Some((name.to_owned(), value.to_owned()))
        });
        Self(pairs.collect())
    }

    fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

async fn post(server: &Server, path: &str, cookie: &str, body: &Value) -> Response {
    let request = server.post(path).header("x-loggia", "1");
    let request = request
        .header("content-type", "application/json")
        .header("cookie", cookie)
        .body(body.to_string());
    request.send().await.unwrap()
}

async fn sign_in(server: &Server, login: &str) -> Cookies {
    let body = json!({ "login": login, "password": PASSWORD });
    let response = post(server, "/auth/login", "", &body).await;
    assert_eq!(response.status(), 200);
    Cookies::of(&response)
}

async fn visit(server: &Server, token: &str) -> Response {
    let request = server
        .get("/")
        .header("cookie", format!("loggia_first_page={token}"));
    request.send().await.unwrap()
}

/// Whether the page comes with posts; then it must not be kept by anybody.
async fn posts_come(server: &Server, token: &str) -> bool {
    let response = visit(server, token).await;
    let cache = response.headers().get("cache-control").cloned();
    let has_posts = response.text().await.unwrap().contains("<article>");
    if has_posts {
        assert_eq!(cache.unwrap(), "private, no-store");
    }
    has_posts
}

#[tokio::test]
async fn the_page_comes_with_posts_and_spends_no_refresh_token() {
    let (server, admin) = start().await;
    let community = server.found(&admin, "Canteen", "PUBLIC", "OPEN").await;
    server.write(&admin, &community, "Soup is **ready**").await;
    let cookies = sign_in(&server, "admin").await;
    let token = cookies.get("loggia_first_page");
    for _ in 0..3 {
        let response = visit(&server, token).await;
        assert_eq!(response.status(), 200);
        let headers = response.headers();
        assert_eq!(headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(headers["cache-control"], "private, no-store");
        assert_eq!(headers["cross-origin-resource-policy"], "same-origin");
        assert!(headers.get("set-cookie").is_none(), "nothing is renewed");
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"));
        let page = response.text().await.unwrap();
        assert!(page.contains("<strong>ready</strong>"), "{page}");
        assert!(page.contains("<time>now</time>"), "{page}");
        let (_, answers) = page.split_once("id=\"answers\">").unwrap();
        let answers: Value = serde_json::from_str(answers.trim_end_matches("</script>")).unwrap();
        let feed = &answers["HomeFeed"];
        assert_eq!(feed["variables"]["first"], 20);
        let html = feed["answer"]["data"]["feed"]["edges"][0]["node"]["bodyHtml"].as_str();
        assert!(html.unwrap().contains("Soup"), "{feed}");
    }
    let refresh = format!("loggia_refresh={}", cookies.get("loggia_refresh"));
    let renewed = post(&server, "/auth/refresh", &refresh, &json!({})).await;
    assert_eq!(renewed.status(), 200, "the refresh token is unspent");
    assert!(!Cookies::of(&renewed).get("loggia_first_page").is_empty());
    server.stop().await;
}

#[tokio::test]
async fn each_person_gets_their_own_posts_and_no_others() {
    let (server, admin) = start().await;
    server.hire(&admin, "outsider").await;
    let open = server.found(&admin, "Canteen", "PUBLIC", "OPEN").await;
    let closed = server
        .found(&admin, "Board", "PRIVATE", "INVITE_ONLY")
        .await;
    server.write(&admin, &open, "for everybody").await;
    server.write(&admin, &closed, "for the board").await;
    let mut pages = Vec::new();
    // One after the other and again, so that nothing kept from one could reach the next.
    for handle in ["admin", "outsider", "admin"] {
        let cookies = sign_in(&server, handle).await;
        let page = visit(&server, cookies.get("loggia_first_page")).await;
        pages.push(page.text().await.unwrap());
    }
    let [first, outsider, again] = &pages[..] else {
        panic!("three pages");
    };
    for own in [first, again] {
        assert!(own.contains("for the board") && own.contains("<p>Ada Admin</p>"));
        assert!(!own.contains("Person outsider"));
    }
    assert!(!outsider.contains("for the board"), "{outsider}");
    assert!(!outsider.contains("Board"), "{outsider}");
    server.stop().await;
}

#[tokio::test]
async fn nobody_gets_posts_with_anything_but_a_living_session() {
    let (server, admin) = start().await;
    let community = server.found(&admin, "Canteen", "PUBLIC", "OPEN").await;
    server.write(&admin, &community, "Soup").await;
    let cookies = sign_in(&server, "admin").await;
    assert!(posts_come(&server, cookies.get("loggia_first_page")).await);

    let plain = server.get("/").send().await.unwrap();
    let said = plain.headers().get("cache-control").cloned();
    assert!(!plain.text().await.unwrap().contains("<article>"));
    assert_ne!(
        said.unwrap_or_else(|| "no-cache".parse().unwrap()),
        "private, no-store"
    );
    for foreign in [
        "",
        "nonsense",
        cookies.get("loggia_files"),
        cookies.get("loggia_refresh"),
        &admin.token,
    ] {
        assert!(!posts_come(&server, foreign).await, "{foreign}");
    }
    let read_by_a_script = server
        .get("/")
        .header("sec-fetch-dest", "empty")
        .header(
            "cookie",
            format!("loggia_first_page={}", cookies.get("loggia_first_page")),
        )
        .send()
        .await
        .unwrap();
    assert!(!read_by_a_script.text().await.unwrap().contains("<article>"));
    // The token opens nothing else.
    let stolen = Session {
        token: cookies.get("loggia_first_page").to_owned(),
        person: String::new(),
    };
    let (status, _) = server.graphql(&stolen, "{ __typename }", json!({})).await;
    assert_eq!(status, 401);
    server.stop().await;
}

#[tokio::test]
async fn posts_end_with_the_session() {
    let (server, admin) = start().await;
    let guest = server.hire(&admin, "guest").await;
    let community = server.found(&guest, "Canteen", "PUBLIC", "OPEN").await;
    server.write(&guest, &community, "Soup").await;

    let left = sign_in(&server, "guest").await;
    let token = left.get("loggia_first_page");
    assert!(posts_come(&server, token).await);
    let refresh = format!("loggia_refresh={}", left.get("loggia_refresh"));
    let goodbye = post(&server, "/auth/logout", &refresh, &json!({})).await;
    let cleared = goodbye.headers().get_all("set-cookie").iter();
    let cleared = cleared.filter_map(|cookie| cookie.to_str().ok());
    let gone = "loggia_first_page=; Path=/; Max-Age=0;";
    assert!(cleared.into_iter().any(|cookie| cookie.starts_with(gone)));
    assert!(!posts_come(&server, token).await, "signed out");

    let unused = sign_in(&server, "guest").await;
    let token = unused.get("loggia_first_page");
    assert!(posts_come(&server, token).await);
    server.house.bed.clock.advance_seconds(365 * 86_400);
    assert!(!posts_come(&server, token).await, "expired");

    let dismissed = sign_in(&server, "guest").await;
    let token = dismissed.get("loggia_first_page");
    assert!(posts_come(&server, token).await);
    let (status, body) = server
        .auth("login", &json!({ "login": "admin", "password": PASSWORD }))
        .await;
    assert_eq!(status, 200);
    let boss = Session {
        token: body["accessToken"].as_str().unwrap().to_owned(),
        person: String::new(),
    };
    let query = "mutation($input: PersonSetActiveInput!) { personSetActive(input: $input) { userErrors { code } } }";
    let input = json!({ "personId": guest.person, "active": false });
    server.ask(&boss, query, json!({ "input": input })).await;
    assert!(!posts_come(&server, token).await, "deactivated");
    server.stop().await;
}

#[tokio::test]
async fn somebody_with_a_one_time_password_gets_no_posts() {
    let (server, admin) = start().await;
    let community = server.found(&admin, "Canteen", "PUBLIC", "OPEN").await;
    server.write(&admin, &community, "Soup").await;
    let input = json!({
        "handle": "fresh", "name": "Fresh", "email": "fresh@example.org",
        "title": "", "role": "NETWORK_ADMIN", "locale": "en",
    });
    let query = "mutation($input: PersonCreateInput!) { personCreate(input: $input) { oneTimePassword userErrors { code } } }";
    let made = server.ask(&admin, query, json!({ "input": input })).await;
    let once = &made["personCreate"]["oneTimePassword"];
    let body = json!({ "login": "fresh", "password": once });
    let cookies = Cookies::of(&post(&server, "/auth/login", "", &body).await);
    let token = cookies.get("loggia_first_page");
    assert!(!token.is_empty());
    assert!(!posts_come(&server, token).await);
    server.stop().await;
}

#[tokio::test]
async fn what_people_write_stays_text() {
    let (server, admin) = start().await;
    let community = server.found(&admin, "Canteen", "PUBLIC", "OPEN").await;
    let hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)>";
    let query =
        "mutation($input: PostCreateInput!) { postCreate(input: $input) { userErrors { code } } }";
    let input = json!({
        "clientId": super::support::client_id(), "communityId": community, "kind": "QUESTION",
        "title": hostile, "body": hostile,
    });
    server.ask(&admin, query, json!({ "input": input })).await;
    let cookies = sign_in(&server, "admin").await;
    let page = visit(&server, cookies.get("loggia_first_page")).await;
    let page = page.text().await.unwrap();
    assert!(page.contains("<article>"), "{page}");
    assert_eq!(page.matches("<script").count(), 1, "{page}");
    assert_eq!(page.matches("</script").count(), 1, "{page}");
    assert!(!page.contains("<img"), "{page}");
    server.stop().await;
}
