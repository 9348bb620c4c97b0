//! What a running server holds, and the work it does beside answering requests.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use deliveries::jobs::PushOffice;
use feeds::UnreadSource;
use kernel::{Timestamp, Viewer};
use platform::blobs::BlobStore;
use platform::config::{Config, LinksConfig};
use platform::http::{GuardedClient, Policy};
use platform::mail::Mailer;
use platform::metrics::Metrics;
use platform::{Consumer, ConsumerRunner, Database, LiveHub, Reader, journal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::gate::Gate;
use crate::gate::ws::Sockets;
use crate::http::first_page::FirstPage;
use crate::schema;

/// How often scheduled posts are looked for, in seconds.
const SCHEDULE_EVERY: Duration = Duration::from_secs(5);
/// How often people who came into a place since are added to dispatches.
const JOINERS_EVERY: Duration = Duration::from_secs(60);
/// How often news that leave the house are planned and sent.
const DELIVER_EVERY: Duration = Duration::from_secs(5);
/// Days for which deliveries that ended are kept.
const DELIVERIES_KEPT: u64 = 30;
/// How often the house is tidied: unused uploads, old journal, old sessions.
const TIDY_EVERY: Duration = Duration::from_secs(3600);

/// Everything handlers need. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Configuration, fixed for the life of the process.
    pub config: Arc<Config>,
    /// The database.
    pub database: Database,
    /// The live hub of this node.
    pub hub: LiveHub,
    /// Who is who.
    pub authenticator: identity::Authenticator,
    /// Who is there on this node.
    pub presence: identity::Presence,
    /// Uploaded files.
    pub blobs: BlobStore,
    /// Counters.
    pub metrics: Metrics,
    /// The gate before GraphQL.
    pub gate: Gate,
    /// The page that comes with its posts.
    pub first_page: FirstPage,
    /// Cancelled when the server stops.
    pub stop: CancellationToken,
    /// Open sockets.
    pub tasks: TaskTracker,
    /// When this process started.
    pub started_at: Timestamp,
    consumers: Arc<Vec<Arc<dyn Consumer>>>,
    link_fetcher: Option<LinkFetcher>,
    mailer: Option<Mailer>,
    push: Option<PushOffice>,
}

/// Fetches link cards through the guarded client.
#[derive(Clone)]
struct LinkFetcher {
    client: Arc<GuardedClient>,
}

impl LinkFetcher {
    fn new(config: &LinksConfig) -> Self {
        Self {
            client: Arc::new(GuardedClient::new(Policy::from(config))),
        }
    }
}

/// The address people type, without a slash at its end.
fn house(config: &Config) -> String {
    config.public_url().trim_end_matches('/').to_owned()
}

fn push_office(config: &Config) -> PushOffice {
    let policy = Policy {
        allow_private_addresses: config.push.allow_private_addresses,
        ..Policy::default()
    };
    PushOffice {
        client: GuardedClient::new(policy),
        house: house(config),
    }
}

/// What the unread counters of the shell count beside posts.
fn unread_sources() -> Vec<Arc<dyn UnreadSource>> {
    vec![
        Arc::new(UnreadNotifications),
        Arc::new(UnreadMessages),
        Arc::new(UnreadDispatches),
    ]
}

struct UnreadNotifications;
struct UnreadMessages;
struct UnreadDispatches;

#[async_trait::async_trait]
impl UnreadSource for UnreadNotifications {
    fn name(&self) -> &'static str {
        "notifications"
    }

    async fn count(&self, reader: &Reader) -> kernel::Result<i64> {
        notifications::unread_count(reader).await
    }
}

#[async_trait::async_trait]
impl UnreadSource for UnreadMessages {
    fn name(&self) -> &'static str {
        "messages"
    }

    async fn count(&self, reader: &Reader) -> kernel::Result<i64> {
        messaging::unread_count(reader).await
    }
}

#[async_trait::async_trait]
impl UnreadSource for UnreadDispatches {
    fn name(&self) -> &'static str {
        "dispatches"
    }

    async fn count(&self, reader: &Reader) -> kernel::Result<i64> {
        dispatches::unread_count(reader).await
    }
}

impl App {
    /// Opens the house: database, schema, caches. Nothing runs in the background yet.
    ///
    /// # Errors
    /// Whatever keeps the server from starting, with what it was doing.
    pub async fn open(config: Config, database: Database) -> anyhow::Result<Self> {
        database
            .migrate()
            .await
            .context("bringing the database's schema up to date")?;
        let media: PathBuf = config.server.data_dir.join("media");
        let blobs = BlobStore::on_disk(media)
            .await
            .context("opening the media folder")?;
        let metrics = Metrics::new();
        let hub = LiveHub::new(database.clone());
        let authenticator =
            identity::Authenticator::start(database.clone(), &config.auth, config.public_url())
                .await
                .context("loading the signing keys")?;
        let access = communities::AccessMap::load(&database)
            .await
            .context("loading memberships")?;
        let access = Arc::new(access);
        hub.observe(Arc::new(authenticator.clone()));
        hub.observe(access.clone());
        hub.start().await.context("reading the journal")?;

        let started_at = database.now();
        let stop = CancellationToken::new();
        let presence = identity::Presence::new(hub.clone());
        let link_fetcher = config
            .links
            .enabled
            .then(|| LinkFetcher::new(&config.links));
        let server = crate::server_health::ServerFacts {
            config: Arc::new(config.clone()),
            metrics: metrics.clone(),
            blobs: blobs.clone(),
            started_at,
        };
        let schema = schema::build(database.clone(), hub.clone(), |builder| {
            builder
                .data(access)
                .data(unread_sources())
                .data(presence.clone())
                .data(authenticator.clone())
                .data(blobs.clone())
                .data(Arc::new(config.clone()))
                .data(server)
        });
        let gate = Gate::new(
            schema,
            database.clone(),
            authenticator.clone(),
            config.graphql.clone(),
        );
        let mut consumers: Vec<Arc<dyn Consumer>> = vec![
            Arc::new(communities::subscribers::AllCompany),
            Arc::new(communities::subscribers::Deactivations),
            Arc::new(feeds::StartReading),
            Arc::new(notifications::Notifier),
            Arc::new(dispatches::subscribers::Deadlines),
        ];
        if config.links.enabled {
            consumers.push(Arc::new(content::subscribers::LinkCards));
        }
        let mailer = Mailer::new(&config.mail).map_err(anyhow::Error::msg)?;
        let push = config.push.enabled.then(|| push_office(&config));
        consumers.push(Arc::new(deliveries::Courier::new(
            mailer.is_some(),
            push.is_some(),
        )));
        Ok(Self {
            config: Arc::new(config),
            database,
            hub,
            authenticator,
            presence,
            blobs,
            metrics,
            gate,
            first_page: FirstPage::default(),
            stop,
            tasks: TaskTracker::new(),
            started_at,
            consumers: Arc::new(consumers),
            link_fetcher,
            mailer,
            push,
        })
    }

    /// What the sockets share.
    pub fn sockets(&self) -> Sockets {
        Sockets {
            gate: self.gate.clone(),
            authenticator: self.authenticator.clone(),
            metrics: self.metrics.clone(),
            stop: self.stop.clone(),
            tasks: self.tasks.clone(),
            presence: self.presence.clone(),
        }
    }

    /// Names of the journal's consumers.
    pub fn consumer_names(&self) -> impl Iterator<Item = &'static str> {
        self.consumers
            .iter()
            .map(|consumer| consumer.name())
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The runner of all consumers.
    pub fn consumer_runner(&self) -> ConsumerRunner {
        let poll = Duration::from_millis(self.config.journal.poll_milliseconds);
        ConsumerRunner::new(self.database.clone(), self.consumers.to_vec(), poll)
    }

    /// Starts everything that runs beside the requests; ends when [`App::stop`] is cancelled.
    pub fn start_background(&self) -> TaskTracker {
        let background = TaskTracker::new();
        let poll = Duration::from_millis(self.config.journal.poll_milliseconds);
        let (hub, stop) = (self.hub.clone(), self.stop.clone());
        background.spawn(async move { hub.run(poll, stop).await });
        let (runner, stop) = (self.consumer_runner(), self.stop.clone());
        background.spawn(async move { runner.run(stop).await });
        let (authenticator, stop) = (self.authenticator.clone(), self.stop.clone());
        background.spawn(async move { authenticator.run(stop).await });
        let app = self.clone();
        background.spawn(async move {
            app.every(SCHEDULE_EVERY, "schedule", App::publish_due)
                .await
        });
        let app = self.clone();
        background.spawn(async move { app.every(DELIVER_EVERY, "deliver", App::deliver).await });
        let app = self.clone();
        background.spawn(async move { app.every(TIDY_EVERY, "tidy", App::tidy).await });
        let app = self.clone();
        background
            .spawn(async move { app.every(JOINERS_EVERY, "joiners", App::add_joiners).await });
        background.close();
        background
    }

    async fn every<F>(&self, pause: Duration, name: &'static str, work: impl Fn(Self) -> F)
    where
        F: Future<Output = kernel::Result<()>>,
    {
        while !self.stop.is_cancelled() {
            if let Err(error) = work(self.clone()).await {
                tracing::error!(name, %error, "background work failed, will be tried again");
            }
            tokio::select! {
                () = self.stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    async fn publish_due(self) -> kernel::Result<()> {
        posts::jobs::publish_due(&self.database).await?;
        messaging::jobs::send_due(&self.database).await?;
        content::jobs::expire_due(&self.database).await?;
        dispatches::jobs::run_due(&self.database).await?;
        if let Some(fetcher) = &self.link_fetcher {
            content::jobs::fetch_link_cards(&self.database, fetcher.client.as_ref()).await?;
        }
        Ok(())
    }

    /// Plans and sends what is to leave the house.
    ///
    /// # Errors
    /// Database errors; servers that do not answer are none.
    pub async fn deliver(self) -> kernel::Result<()> {
        deliveries::jobs::plan_due(&self.database).await?;
        if let Some(mailer) = &self.mailer {
            let house = house(&self.config);
            deliveries::jobs::send_mail(&self.database, mailer, &house).await?;
        }
        if let Some(office) = &self.push {
            deliveries::jobs::send_pushes(&self.database, office).await?;
        }
        Ok(())
    }

    async fn add_joiners(self) -> kernel::Result<()> {
        dispatches::jobs::join_due(&self.database).await?;
        Ok(())
    }

    fn days_ago(&self, days: u64) -> Timestamp {
        let days = i64::try_from(days).unwrap_or(i64::MAX / 86_400_000_000);
        let now = self.database.now();
        now.plus_seconds(-days.saturating_mul(86_400))
    }

    async fn tidy(self) -> kernel::Result<()> {
        self.authenticator.maintain().await?;
        content::jobs::sweep_uploads(&self.database, &self.blobs).await?;
        let stale = self.days_ago(self.config.notifications.keep_days);
        match notifications::jobs::prune(&self.database, stale).await? {
            0 => {}
            pruned => tracing::info!(pruned, "old notifications removed"),
        }
        deliveries::jobs::prune(&self.database, self.days_ago(DELIVERIES_KEPT)).await?;
        let before = self.days_ago(self.config.journal.keep_days);
        let mut tx = self
            .database
            .begin(&Viewer::system("prune journal"))
            .await?;
        match journal::prune(&mut tx, before).await? {
            0 => tx.rollback().await,
            pruned => {
                tracing::info!(pruned, "old journal entries removed");
                tx.commit().await
            }
        }
    }
}
