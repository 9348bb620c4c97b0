//! `serve`: the network itself.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use platform::config::Config;
use tokio::net::TcpListener;

use super::Common;
use crate::app::App;
use crate::http;

/// `loggia serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// Address to listen on; port 0 picks a free one and prints it.
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<String>,
}

impl Serve {
    pub async fn run(&self, common: &Common) -> anyhow::Result<()> {
        let config = common.config(self.listen.clone())?;
        platform::telemetry::init(&config.log);
        platform::telemetry::log_panics();
        let database = super::connect(&config).await?;
        let app = App::open(config, database).await?;
        serve(app).await
    }
}

/// Serves until a signal says stop; then running requests finish and subscribers are told to come back.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(app: App) -> anyhow::Result<()> {
    let listen = app.config.server.listen;
    let listener = TcpListener::bind(listen).await;
    let listener = listener
        .with_context(|| format!("cannot listen on {listen}; is another server running there?"))?;
    let address = listener.local_addr()?;
    let background = app.start_background();
    announce(&app.config, address);

    let router = http::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let stop = app.stop.clone();
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        stopped_by_signal().await;
        tracing::info!("stopping: no new requests, subscribers are told to reconnect");
        stop.cancel();
    });
    let grace = Duration::from_secs(app.config.server.shutdown_grace_seconds);
    let stopping = app.stop.clone();
    let drain = async move {
        stopping.cancelled().await;
        tokio::time::sleep(grace).await;
    };
    tokio::select! {
        result = server => result.context("serving")?,
        () = drain => tracing::warn!("some requests did not finish in time"),
    }
    app.stop.cancel();
    app.tasks.close();
    let rest = async {
        app.tasks.wait().await;
        background.wait().await;
    };
    if tokio::time::timeout(grace, rest).await.is_err() {
        tracing::warn!("some work did not end in time");
    }
    app.database.close().await?;
    tracing::info!("stopped");
    Ok(())
}

/// One line for people and for scripts that wait for the server.
fn announce(config: &Config, address: SocketAddr) {
    let shown = if config.server.public_url.is_some() {
        config.public_url()
    } else {
        format!("http://{address}")
    };
    println!("Loggia is ready at {shown} (listening on {address})");
    tracing::info!(%address, "ready");
}

async fn stopped_by_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
