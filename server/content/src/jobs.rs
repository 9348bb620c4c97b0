//! Work beside requests. Each function does one round and is safe to run on several nodes.

use std::collections::HashSet;

use async_trait::async_trait;
use kernel::{AttachmentId, Result, Viewer};
use platform::blobs::BlobStore;
use platform::http::GuardedClient;
use platform::{Database, unfurl};

use crate::commands;
use crate::model::LinkCardView;
use crate::policy::may_system;
use crate::queries;

/// An upload nobody used is removed after this many seconds.
const UNUSED_SECONDS: i64 = 24 * 3600;
/// Uploads looked at by one statement.
const SWEPT: u64 = 200;
/// Contents that expire in one round.
const EXPIRED: u64 = 200;
/// Cards fetched in one round.
const FETCHED: u64 = 20;

/// Removes uploads that were never used, with their files. Those kept in a draft stay. Gives how
/// many were removed.
///
/// # Errors
/// Database errors.
pub async fn sweep_uploads(database: &Database, store: &BlobStore) -> Result<u64> {
    let viewer = Viewer::system("sweep uploads");
    let before = database.now().plus_seconds(-UNUSED_SECONDS);
    let mut after: Option<AttachmentId> = None;
    let mut removed = 0;
    loop {
        let reader = database.reader(&viewer);
        let unused = commands::unused_uploads(&reader, before, after, SWEPT).await?;
        let Some(last) = unused.last() else {
            return Ok(removed);
        };
        after = Some(last.id);
        let owners: HashSet<_> = unused.iter().map(|row| row.owner_id).collect();
        let in_drafts = queries::uploads_in_drafts(&reader, &owners).await?;
        let free = unused
            .into_iter()
            .filter(|row| !in_drafts.contains(&row.id));
        let free: Vec<_> = free.collect();
        if !free.is_empty() {
            removed += commands::remove_unused(database, &viewer, store, free).await?;
        }
    }
}

/// Ends what has reached its set end. Gives how many.
///
/// # Errors
/// The first error, after all others have been tried.
pub async fn expire_due(database: &Database) -> Result<u64> {
    let viewer = Viewer::system("expire content");
    let due = queries::expiring(&database.reader(&viewer), database.now(), EXPIRED).await?;
    let (mut expired, mut failure) = (0, None);
    for content in due {
        match expire_one(database, &viewer, content.id).await {
            Ok(true) => expired += 1,
            Ok(false) => {}
            Err(error) => {
                tracing::error!(content = %content.id, %error, "content did not expire");
                failure.get_or_insert(error);
            }
        }
    }
    failure.map_or(Ok(expired), Err)
}

async fn expire_one(database: &Database, viewer: &Viewer, id: kernel::ContentId) -> Result<bool> {
    let mut tx = database.begin(viewer).await?;
    let permit = may_system(&tx, id).await?;
    let is_due = permit.content().expires_at.is_some_and(|at| at <= tx.now());
    if !is_due || !permit.content().state.is_public_to_audience() {
        // Another node was faster, or the time was changed.
        return Ok(false);
    }
    commands::expire(&mut tx, permit).await?;
    tx.commit().await?;
    Ok(true)
}

/// Where cards come from.
#[async_trait]
pub trait CardSource: Send + Sync {
    /// The card of a page; `None` when there is none to be had.
    async fn card(&self, url: &str) -> Option<LinkCardView>;
}

#[async_trait]
impl CardSource for GuardedClient {
    async fn card(&self, url: &str) -> Option<LinkCardView> {
        match unfurl::fetch_card(self, url).await {
            Ok(card) => Some(LinkCardView {
                url: url.to_owned(),
                title: card.title,
                description: card.description.unwrap_or_default(),
                site_name: card.site_name,
            }),
            Err(error) => {
                tracing::debug!(%error, "no link card");
                None
            }
        }
    }
}

/// Fetches the cards that are wanted, one after the other, outside of any transaction; each is
/// written when it arrives. Gives how many were tried: call again soon when it was not 0.
///
/// # Errors
/// Database errors.
pub async fn fetch_link_cards(database: &Database, source: &dyn CardSource) -> Result<u64> {
    let viewer = Viewer::system("fetch link cards");
    let wanted = queries::wanted_cards(&database.reader(&viewer), FETCHED).await?;
    let mut tried = 0;
    for url in wanted {
        let card = source.card(&url).await;
        let mut tx = database.begin(&viewer).await?;
        commands::store_card(&mut tx, &url, card.as_ref()).await?;
        tx.commit().await?;
        tried += 1;
    }
    Ok(tried)
}
