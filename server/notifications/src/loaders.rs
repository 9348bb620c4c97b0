//! Batches of a request: whatever is asked for at the same time costs one statement.

use std::collections::HashMap;

use kernel::{NotificationId, Result};
use platform::Reader;
use platform::graphql::Loader;

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

    async fn load(
        &self,
        keys: &[NotificationId],
    ) -> Result<HashMap<NotificationId, NotificationView>> {
        queries::notifications_by_id(&self.reader, keys).await
    }
}
