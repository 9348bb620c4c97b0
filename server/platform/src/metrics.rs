//! What Prometheus may ask for. One cloneable handle; every label comes from a closed set, so no
//! client can make the page grow.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

/// Content type of [`Metrics::encode`].
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// How an operation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Done.
    Ok,
    /// Refused: the caller can mend it.
    Refused,
    /// A fault of the server.
    Failed,
}

/// How a sign-in ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LoginOutcome {
    /// Signed in.
    Success,
    /// Unknown account or wrong password.
    WrongCredentials,
    /// The right password of a disabled account.
    Disabled,
    /// Too many tries.
    RateLimited,
    /// A spent refresh token came back; its family was revoked.
    TokenReuse,
}

/// Which door a statement went through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatementKind {
    /// A reader.
    Read,
    /// A writing transaction.
    Write,
}

/// Writes an enumeration as a label's value.
macro_rules! label_value {
    ($name:ident { $($variant:ident => $text:literal),+ $(,)? }) => {
        impl EncodeLabelValue for $name {
            fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> Result<(), std::fmt::Error> {
                let text = match self {
                    $(Self::$variant => $text,)+
                };
                EncodeLabelValue::encode(&text, encoder)
            }
        }
    };
}

label_value!(Outcome { Ok => "ok", Refused => "refused", Failed => "failed" });
label_value!(StatementKind { Read => "read", Write => "write" });
label_value!(LoginOutcome {
    Success => "success",
    WrongCredentials => "wrong_credentials",
    Disabled => "disabled",
    RateLimited => "rate_limited",
    TokenReuse => "token_reuse",
});

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct HttpLabels {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OperationLabels {
    operation: &'static str,
    outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ClassLabels {
    operation: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ConsumerLabels {
    consumer: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct LoginLabels {
    outcome: LoginOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StatementLabels {
    kind: StatementKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct UploadLabels {
    kind: &'static str,
    outcome: Outcome,
}

#[derive(Debug)]
struct Inner {
    registry: Registry,
    http_requests: Family<HttpLabels, Counter>,
    http_durations: Family<RouteLabels, Histogram>,
    operations: Family<OperationLabels, Counter>,
    operation_durations: Family<ClassLabels, Histogram>,
    sockets: Gauge,
    subscriptions: Gauge,
    statements: Family<StatementLabels, Counter>,
    journal_position: Gauge,
    consumer_positions: Family<ConsumerLabels, Gauge>,
    consumer_lags: Family<ConsumerLabels, Gauge>,
    logins: Family<LoginLabels, Counter>,
    uploads: Family<UploadLabels, Counter>,
    uploaded_bytes: Counter<u64, AtomicU64>,
}

/// The handle everybody counts with.
#[derive(Debug, Clone)]
pub struct Metrics {
    inner: Arc<Inner>,
}

/// Counts something open until it is dropped.
#[derive(Debug)]
#[must_use = "it is counted as closed when this is dropped"]
pub struct OpenGuard {
    gauge: Gauge,
}

impl Drop for OpenGuard {
    fn drop(&mut self) {
        self.gauge.dec();
    }
}

fn open(gauge: &Gauge) -> OpenGuard {
    gauge.inc();
    OpenGuard {
        gauge: gauge.clone(),
    }
}

fn durations() -> Histogram {
    // 1 ms to 16 s, doubling.
    Histogram::new(exponential_buckets(0.001, 2.0, 15))
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    /// Metrics at zero.
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("loggia");
        let build = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "Version of the server", build);
        let mut inner = Inner {
            registry,
            http_requests: Family::default(),
            http_durations: Family::new_with_constructor(durations),
            operations: Family::default(),
            operation_durations: Family::new_with_constructor(durations),
            sockets: Gauge::default(),
            subscriptions: Gauge::default(),
            statements: Family::default(),
            journal_position: Gauge::default(),
            consumer_positions: Family::default(),
            consumer_lags: Family::default(),
            logins: Family::default(),
            uploads: Family::default(),
            uploaded_bytes: Counter::default(),
        };
        inner.register();
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Counts an answered HTTP request. `route` is the pattern (`/media/{id}`), never the address.
    pub fn http_request(&self, method: &str, route: &str, status: u16, took: Duration) {
        let labels = HttpLabels {
            method: known_method(method),
            route: route.to_owned(),
            status,
        };
        self.inner.http_requests.get_or_create(&labels).inc();
        let labels = RouteLabels {
            route: route.to_owned(),
        };
        self.inner
            .http_durations
            .get_or_create(&labels)
            .observe(took.as_secs_f64());
    }

    /// Counts a GraphQL operation. `operation` is a class from a fixed set, such as `query` or the
    /// name of a known document: a client's own operation name must not get here.
    pub fn graphql_operation(&self, operation: &'static str, outcome: Outcome, took: Duration) {
        self.inner
            .operations
            .get_or_create(&OperationLabels { operation, outcome })
            .inc();
        let labels = ClassLabels { operation };
        self.inner
            .operation_durations
            .get_or_create(&labels)
            .observe(took.as_secs_f64());
    }

    /// Counts an open socket until the guard is dropped.
    pub fn socket(&self) -> OpenGuard {
        open(&self.inner.sockets)
    }

    /// How many sockets are open.
    pub fn open_sockets(&self) -> i64 {
        self.inner.sockets.get()
    }

    /// Counts an open subscription until the guard is dropped.
    pub fn subscription(&self) -> OpenGuard {
        open(&self.inner.subscriptions)
    }

    /// Counts SQL statements.
    pub fn statements(&self, kind: StatementKind, count: u64) {
        self.inner
            .statements
            .get_or_create(&StatementLabels { kind })
            .inc_by(count);
    }

    /// Notes the newest fact's number.
    pub fn journal_position(&self, sequence: i64) {
        self.inner.journal_position.set(sequence);
    }

    /// Notes how far a consumer is, and how many facts it still has to read.
    pub fn consumer(&self, name: &str, sequence: i64, lag: i64) {
        let labels = ConsumerLabels {
            consumer: name.to_owned(),
        };
        self.inner
            .consumer_positions
            .get_or_create(&labels)
            .set(sequence);
        self.inner.consumer_lags.get_or_create(&labels).set(lag);
    }

    /// Counts a sign-in.
    pub fn login(&self, outcome: LoginOutcome) {
        self.inner
            .logins
            .get_or_create(&LoginLabels { outcome })
            .inc();
    }

    /// Counts an upload. `kind` is what the file turned out to be, such as `image`.
    pub fn upload(&self, kind: &'static str, outcome: Outcome, bytes: u64) {
        self.inner
            .uploads
            .get_or_create(&UploadLabels { kind, outcome })
            .inc();
        self.inner.uploaded_bytes.inc_by(bytes);
    }

    /// All metrics in the OpenMetrics text format, see [`CONTENT_TYPE`].
    pub fn encode(&self) -> String {
        let mut page = String::new();
        // Writing into a text cannot fail.
        let _ = text::encode(&mut page, &self.inner.registry);
        page
    }
}

impl Inner {
    fn register(&mut self) {
        let r = &mut self.registry;
        r.register(
            "http_requests",
            "HTTP requests answered",
            self.http_requests.clone(),
        );
        let took = self.http_durations.clone();
        r.register_with_unit(
            "http_request_duration",
            "Time to answer",
            Unit::Seconds,
            took,
        );
        r.register(
            "graphql_operations",
            "GraphQL operations",
            self.operations.clone(),
        );
        let took = self.operation_durations.clone();
        r.register_with_unit("graphql_duration", "Time to execute", Unit::Seconds, took);
        r.register("open_sockets", "Open WebSockets", self.sockets.clone());
        r.register(
            "open_subscriptions",
            "Open subscriptions",
            self.subscriptions.clone(),
        );
        r.register("sql_statements", "SQL statements", self.statements.clone());
        r.register(
            "journal_position",
            "Number of the newest fact",
            self.journal_position.clone(),
        );
        let positions = self.consumer_positions.clone();
        r.register(
            "consumer_position",
            "Number of the fact a consumer read last",
            positions,
        );
        r.register(
            "consumer_lag",
            "Facts a consumer has yet to read",
            self.consumer_lags.clone(),
        );
        r.register("logins", "Sign-ins by outcome", self.logins.clone());
        r.register(
            "uploads",
            "Uploads by kind and outcome",
            self.uploads.clone(),
        );
        let bytes = self.uploaded_bytes.clone();
        r.register_with_unit("uploaded", "Bytes received in uploads", Unit::Bytes, bytes);
    }
}

fn known_method(method: &str) -> &'static str {
    ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(metrics: &Metrics, line: &str) {
        let page = metrics.encode();
        assert!(
            page.lines().any(|l| l == line),
            "'{line}' is missing in:\n{page}"
        );
    }

    #[test]
    fn everything_counted_stands_on_the_page() {
        let metrics = Metrics::new();
        let other = metrics.clone();
        other.http_request("GET", "/media/{id}", 200, Duration::from_millis(3));
        other.http_request("BREW", "/media/{id}", 405, Duration::from_millis(3));
        other.graphql_operation("query", Outcome::Ok, Duration::from_millis(30));
        other.graphql_operation("mutation", Outcome::Refused, Duration::from_millis(30));
        other.statements(StatementKind::Read, 4);
        other.statements(StatementKind::Write, 2);
        other.journal_position(42);
        other.consumer("feeds", 40, 2);
        other.login(LoginOutcome::WrongCredentials);
        other.upload("image", Outcome::Ok, 1000);
        other.upload("pdf", Outcome::Refused, 24);
        has(
            &metrics,
            "loggia_http_requests_total{method=\"GET\",route=\"/media/{id}\",status=\"200\"} 1",
        );
        has(
            &metrics,
            "loggia_http_requests_total{method=\"other\",route=\"/media/{id}\",status=\"405\"} 1",
        );
        has(
            &metrics,
            "loggia_http_request_duration_seconds_count{route=\"/media/{id}\"} 2",
        );
        has(
            &metrics,
            "loggia_graphql_operations_total{operation=\"query\",outcome=\"ok\"} 1",
        );
        has(
            &metrics,
            "loggia_graphql_operations_total{operation=\"mutation\",outcome=\"refused\"} 1",
        );
        has(&metrics, "loggia_sql_statements_total{kind=\"read\"} 4");
        has(&metrics, "loggia_sql_statements_total{kind=\"write\"} 2");
        has(&metrics, "loggia_journal_position 42");
        has(&metrics, "loggia_consumer_position{consumer=\"feeds\"} 40");
        has(&metrics, "loggia_consumer_lag{consumer=\"feeds\"} 2");
        has(
            &metrics,
            "loggia_logins_total{outcome=\"wrong_credentials\"} 1",
        );
        has(
            &metrics,
            "loggia_uploads_total{kind=\"pdf\",outcome=\"refused\"} 1",
        );
        has(&metrics, "loggia_uploaded_bytes_total 1024");
        has(&metrics, "# EOF");
    }

    #[test]
    fn open_things_are_counted_until_they_are_dropped() {
        let metrics = Metrics::new();
        let first = metrics.socket();
        let second = metrics.socket();
        let subscription = metrics.subscription();
        has(&metrics, "loggia_open_sockets 2");
        has(&metrics, "loggia_open_subscriptions 1");
        drop(first);
        drop(second);
        drop(subscription);
        has(&metrics, "loggia_open_sockets 0");
        has(&metrics, "loggia_open_subscriptions 0");
    }

    #[test]
    fn a_hostile_method_does_not_become_a_label() {
        let metrics = Metrics::new();
        for n in 0..100 {
            metrics.http_request(&format!("X{n}"), "/", 405, Duration::ZERO);
        }
        assert_eq!(
            metrics
                .encode()
                .matches("loggia_http_requests_total{")
                .count(),
            1
        );
    }
}
