//! What a resolver gets to see of the house: the viewer, readers and transactions made from it, the
//! live hub and the request's loaders. Nothing else; in particular no connection.

mod batch;

use async_graphql::Context;
use kernel::{Result, Viewer};

pub use batch::{Batch, Batched, Key, Loader, batched, loader};

use crate::db::{Database, Reader, Tx};
use crate::live::LiveHub;

/// Put into each request's data by the gate.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who asks.
    pub viewer: Viewer,
    /// The id that also stands in the log and in every error.
    pub request_id: String,
}

/// How resolvers reach the house.
pub trait ContextExt {
    /// Who asks.
    fn viewer(&self) -> &Viewer;
    /// The database; reads and writes need the viewer.
    fn database(&self) -> &Database;
    /// A handle for reading what the viewer asks for.
    fn reader(&self) -> Reader;
    /// Starts a write on behalf of the viewer.
    ///
    /// # Errors
    /// See [`Database::begin`].
    fn begin(&self) -> impl Future<Output = Result<Tx>> + Send;
    /// The node's live hub.
    fn hub(&self) -> &LiveHub;
    /// A loader put there for this request by its room's `request_data`.
    fn loader<T: Loader<K>, K: Key>(&self) -> &Batch<T, K>;
}

impl ContextExt for Context<'_> {
    fn viewer(&self) -> &Viewer {
        &self.data_unchecked::<Request>().viewer
    }

    fn database(&self) -> &Database {
        self.data_unchecked::<Database>()
    }

    fn reader(&self) -> Reader {
        self.database().reader(self.viewer())
    }

    async fn begin(&self) -> Result<Tx> {
        self.database().begin(self.viewer()).await
    }

    fn hub(&self) -> &LiveHub {
        self.data_unchecked::<LiveHub>()
    }

    fn loader<T: Loader<K>, K: Key>(&self) -> &Batch<T, K> {
        self.data_unchecked::<Batch<T, K>>()
    }
}
