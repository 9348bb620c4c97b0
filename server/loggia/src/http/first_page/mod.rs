//! `/` for somebody who is signed in: the client's page with the first posts already in it, to be
//! read before the client has arrived, and with the answers the client would ask for first.
//!
//! What it keeps true: everything comes from the operations the client itself asks, put to the same
//! gate as the same viewer, so that nothing can be seen here that cannot be seen there. The answer
//! is for one person and never stored. Whoever is not signed in, and anything that goes wrong, gets
//! the page without posts, as every other address does. A page load spends no refresh token: a
//! cookie of its own says who asks, and the session behind it is looked up each time.
//!
//! The markup is the web client's (`web/src/first`), made ready by the web build.

mod words;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use async_graphql::{Request, Variables};
use axum::Extension;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};
use axum::response::{IntoResponse, Response};
use identity::CookiePurpose;
use kernel::{Error, Viewer};
use minijinja::{Environment, context};
use platform::telemetry::RequestId;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use words::{Clock, Words};

use super::{assets, auth};
use crate::app::App;

/// What the web build says about the first page.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Plan {
    /// Texts of the operations, by name.
    queries: HashMap<String, String>,
    /// How many posts are asked for.
    page_size: i64,
    /// The page in each language.
    languages: HashMap<String, Language>,
}

#[derive(Debug, Deserialize)]
struct Language {
    template: String,
    words: Words,
}

/// Where the plan comes from.
#[derive(Debug, Clone, Default)]
pub struct FirstPage {
    fixed: Option<Arc<Plan>>,
}

impl FirstPage {
    /// A first page from a plan's text instead of the bundle's, for tests.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn from_plan(text: &str) -> serde_json::Result<Self> {
        let plan = serde_json::from_str(text)?;
        Ok(Self {
            fixed: Some(Arc::new(plan)),
        })
    }

    /// The plan; none when the binary was built without the client.
    fn plan(&self) -> Option<Arc<Plan>> {
        static OF_THE_BINARY: OnceLock<Option<Arc<Plan>>> = OnceLock::new();
        if self.fixed.is_some() {
            return self.fixed.clone();
        }
        // While developing, the bundle is read from disk and may change.
        if cfg!(debug_assertions) {
            return read_plan();
        }
        OF_THE_BINARY.get_or_init(read_plan).clone()
    }
}

fn read_plan() -> Option<Arc<Plan>> {
    let text = assets::content(assets::FIRST_PAGE_PLAN)?;
    match serde_json::from_slice(&text) {
        Ok(plan) => Some(Arc::new(plan)),
        Err(error) => {
            tracing::error!(%error, "the plan of the first page cannot be read");
            None
        }
    }
}

/// Answers `/`.
pub async fn serve(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if let Some(token) = auth::cookie(&headers, auth::FIRST_PAGE)
        && opens_page(&headers)
    {
        match with_posts(&app, token, &id.to_string()).await {
            Ok(Some(page)) => return private(page),
            Ok(None) | Err(Error::Unauthenticated | Error::Forbidden(_)) => {}
            Err(error) => tracing::warn!(%error, "the first page goes without its posts"),
        }
    }
    assets::serve(uri, headers).await
}

/// Whether a person opens the page, rather than a script reading it or another page showing it.
/// Browsers say so over secure lines; elsewhere nothing is said and the cookie's rules are enough.
fn opens_page(headers: &HeaderMap) -> bool {
    const DESTINATION: HeaderName = HeaderName::from_static("sec-fetch-dest");
    headers
        .get(DESTINATION)
        .is_none_or(|destination| destination == "document")
}

fn private(page: String) -> Response {
    const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "private, no-store"),
        (VARY, "cookie"),
        (RESOURCE_POLICY, "same-origin"),
    ];
    let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
    (HeaderMap::from_iter(headers), page).into_response()
}

/// The page with posts; none where there is nothing to show before the client comes.
async fn with_posts(app: &App, token: &str, request_id: &str) -> kernel::Result<Option<String>> {
    let Some(plan) = app.first_page.plan() else {
        return Ok(None);
    };
    let viewer = app
        .authenticator
        .authenticate_cookie(CookiePurpose::FirstPage, token)
        .await?;
    app.authenticator.check_usable(&viewer).await?;
    let asking = Asking {
        app,
        plan: &plan,
        viewer: &viewer,
        request_id,
    };
    let Some(who) = asking.ask("Viewer", json!({})).await else {
        return Ok(None);
    };
    let settings = &who["answer"]["data"]["viewer"]["settings"];
    let language = settings["locale"].as_str().unwrap_or_default();
    let Some(language) = plan.languages.get(language) else {
        return Ok(None);
    };
    let zone = settings["timeZone"].as_str().unwrap_or_default();
    let clock = Clock::new(app.database.now().micros(), zone);
    let page = json!({ "first": plan.page_size, "order": settings["feedOrder"] });
    let (feed, unread, aside) = tokio::join!(
        asking.ask("HomeFeed", page),
        asking.ask("UnreadCounts", json!({})),
        asking.ask("HomeAside", json!({})),
    );
    let (Some(feed), Some(unread), Some(aside)) = (feed, unread, aside) else {
        return Ok(None);
    };
    // What to do with an empty feed is the client's to say.
    if feed["answer"]["data"]["feed"]["edges"]
        .as_array()
        .is_none_or(Vec::is_empty)
    {
        return Ok(None);
    }
    let answers = [
        ("Viewer", who),
        ("HomeFeed", feed),
        ("UnreadCounts", unread),
        ("HomeAside", aside),
    ];
    let answers = answers.map(|(name, answer)| (name.to_owned(), answer));
    match render(language, clock, &Map::from_iter(answers)) {
        Ok(page) => Ok(Some(page)),
        Err(error) => Err(Error::internal(error)),
    }
}

/// The client's questions, asked here as the viewer.
struct Asking<'a> {
    app: &'a App,
    plan: &'a Plan,
    viewer: &'a Viewer,
    request_id: &'a str,
}

impl Asking<'_> {
    /// The whole answer with the variables it was asked with; none when anything in it failed, for the
    /// client to ask again and to say what is wrong.
    async fn ask(&self, name: &str, variables: Value) -> Option<Value> {
        let request = Request::new(self.plan.queries.get(name)?)
            .operation_name(name)
            .variables(Variables::from_json(variables.clone()));
        let prepared = self.app.gate.prepare(request).ok()?;
        let gate = &self.app.gate;
        let response = gate.execute(prepared, self.viewer, self.request_id).await;
        if !response.errors.is_empty() {
            tracing::warn!(name, errors = ?response.errors, "a question of the first page failed");
            return None;
        }
        let data = response.data.into_json().ok()?;
        Some(json!({ "variables": variables, "answer": { "data": data } }))
    }
}

/// Fills the page in. Made anew each time, since the clock is part of it; a fraction of a millisecond.
fn render(
    language: &Language,
    clock: Clock,
    answers: &Map<String, Value>,
) -> Result<String, minijinja::Error> {
    const NAME: &str = "page.html";
    let data = |name: &str| answers.get(name).map(|answer| &answer["answer"]["data"]);
    let mut templates = Environment::new();
    templates.add_template(NAME, &language.template)?;
    let said = Arc::new((language.words.clone(), clock));
    let known = said.clone();
    templates.add_filter("ago", move |at: &str| known.0.ago(&known.1, at));
    let known = said.clone();
    templates.add_filter("date", move |at: &str| known.0.date(&known.1, at));
    let known = said.clone();
    templates.add_filter("date_time", move |at: &str| known.0.date_time(&known.1, at));
    let known = said.clone();
    templates.add_filter("compact", move |count: i64| known.0.compact(count));
    let known = said.clone();
    templates.add_filter("percent", move |part: i64, whole: i64| {
        known.0.percent(part, whole)
    });
    templates.add_filter("bytes", move |bytes: i64| said.0.bytes(bytes));
    templates.add_filter("initials", words::initials);
    templates.add_filter("host", words::host);
    templates.get_template(NAME)?.render(context! {
        viewer => data("Viewer").map(|data| &data["viewer"]),
        feed => data("HomeFeed").map(|data| &data["feed"]),
        unread => data("UnreadCounts").map(|data| &data["unreadCounts"]),
        aside => data("HomeAside"),
        answers => inert(answers),
    })
}

/// JSON that can stand in a `script` element of a page: nothing in it ends the element or begins another.
fn inert(answers: &Map<String, Value>) -> String {
    Value::Object(answers.clone())
        .to_string()
        .replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_cannot_leave_their_element() {
        let hostile = json!({ "a": "</script><script>alert(1)</script><!--" });
        let text = inert(hostile.as_object().unwrap_or(&Map::new()));
        assert!(!text.contains('<'), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(hostile));
    }

    #[test]
    fn only_a_person_opening_the_page_gets_posts() {
        let with = |destination: &'static str| {
            let name = HeaderName::from_static("sec-fetch-dest");
            opens_page(&HeaderMap::from_iter([(
                name,
                HeaderValue::from_static(destination),
            )]))
        };
        assert!(with("document"));
        for other in ["empty", "iframe", "script", "image"] {
            assert!(!with(other), "{other}");
        }
        assert!(opens_page(&HeaderMap::new()));
    }
}
