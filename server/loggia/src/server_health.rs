//! The administrators' page on the server's health.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use kernel::{Timestamp, Viewer};
use platform::blobs::BlobStore;
use platform::config::Config;
use platform::metrics::Metrics;
use platform::{ContextExt as _, Reader};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::health::{self, Check};

/// What the health page needs beside the database.
pub struct ServerFacts {
    /// Configuration.
    pub config: Arc<Config>,
    /// Counters.
    pub metrics: Metrics,
    /// Uploaded files.
    pub blobs: BlobStore,
    /// When this process started.
    pub started_at: Timestamp,
}

/// How the server is.
#[derive(SimpleObject)]
pub struct ServerHealth {
    /// Version of Loggia.
    version: String,
    /// Start of this process.
    started_at: Timestamp,
    /// What was checked, and what to do.
    checks: Vec<Check>,
    /// Number of active people.
    people_count: i32,
    /// Number of communities, archived ones included.
    community_count: i32,
    /// Number of published posts.
    post_count: i32,
    /// Open WebSockets of this node.
    open_sockets: i32,
    /// Journal events the slowest consumer still has to handle.
    journal_lag: i32,
    /// Size of the database in bytes.
    database_bytes: f64,
    /// Size of the uploaded files in bytes.
    media_bytes: f64,
}

/// Root part for administrators of the server.
#[derive(Default)]
pub struct HealthQuery;

#[Object]
impl HealthQuery {
    /// Health of the server; network admins only.
    async fn server_health(&self, ctx: &Context<'_>) -> Result<ServerHealth> {
        ctx.viewer().require_network_admin()?;
        let facts = ctx.data_unchecked::<ServerFacts>();
        // Numbers about the whole house are the server's own, not what the admin may read.
        let reader = ctx.database().reader(&Viewer::system("health page"));
        let mut checks = vec![
            health::configuration(&facts.config),
            health::disk(&facts.config).await,
        ];
        checks.extend(health::mail(&facts.config).await);
        checks.extend(health::database_checks(ctx.database()).await);
        let media_bytes = facts.blobs.total_bytes().await.unwrap_or(0);
        Ok(ServerHealth {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            started_at: facts.started_at,
            checks,
            people_count: number(&reader, "SELECT count(*) AS n FROM people WHERE is_active")
                .await?,
            community_count: number(&reader, "SELECT count(*) AS n FROM communities").await?,
            post_count: number(
                &reader,
                "SELECT count(*) AS n FROM contents WHERE kind = 'post' AND state = 'published'",
            )
            .await?,
            open_sockets: i32::try_from(facts.metrics.open_sockets()).unwrap_or(i32::MAX),
            journal_lag: i32::try_from(health::journal_lag(&reader).await?).unwrap_or(i32::MAX),
            database_bytes: database_bytes(&reader).await?,
            #[expect(clippy::cast_precision_loss, reason = "shown rounded to megabytes")]
            media_bytes: media_bytes as f64,
        })
    }
}

async fn big_number(reader: &Reader, sql: &str) -> kernel::Result<i64> {
    let statement = Statement::from_string(reader.get_database_backend(), sql);
    let row = reader.query_one_raw(statement).await?;
    Ok(row
        .map(|row| row.try_get("", "n"))
        .transpose()?
        .unwrap_or(0))
}

async fn number(reader: &Reader, sql: &str) -> kernel::Result<i32> {
    Ok(i32::try_from(big_number(reader, sql).await?).unwrap_or(i32::MAX))
}

async fn database_bytes(reader: &Reader) -> kernel::Result<f64> {
    let sql = match reader.get_database_backend() {
        DbBackend::Postgres => "SELECT pg_database_size(current_database()) AS n",
        _ => "SELECT page_count * page_size AS n FROM pragma_page_count(), pragma_page_size()",
    };
    #[expect(clippy::cast_precision_loss, reason = "shown rounded to megabytes")]
    let bytes = big_number(reader, sql).await? as f64;
    Ok(bytes)
}
