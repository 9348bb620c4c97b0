//! Batches of a request: whatever is asked for at the same time costs one statement.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use kernel::{Error, NotificationId};
use platform::Reader;

use crate::model::NotificationView;
use crate::queries;

/// The viewer's notifications.
#[derive(Debug)]
pub struct NotificationById {
    /// Reads for the viewer of the request.
    pub reader: Reader,
}

impl Loader<NotificationId> for NotificationById {
    type Value = NotificationView;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[NotificationId],
    ) -> Result<HashMap<NotificationId, NotificationView>, Arc<Error>> {
        queries::notifications_by_id(&self.reader, keys)
            .await
            .map_err(Arc::new)
    }
}
