//! Batched look-ups for one request.

use std::collections::HashMap;
use std::sync::Arc;

use identity::NotificationLevel;
use kernel::{CommunityId, Result};
use platform::Reader;
use platform::graphql::Loader;

use crate::model::{CommunityView, MembershipView};
use crate::policy::{self, Standing};
use crate::queries;

/// Communities the viewer may know of.
pub(crate) struct CommunityById {
    pub(crate) reader: Reader,
}

impl Loader<CommunityId> for CommunityById {
    type Value = Arc<CommunityView>;

    async fn load(&self, ids: &[CommunityId]) -> Result<HashMap<CommunityId, Self::Value>> {
        let views = queries::by_ids(&self.reader, self.reader.viewer(), ids).await?;
        Ok(views
            .into_iter()
            .map(|view| (view.id, Arc::new(view)))
            .collect())
    }
}

/// Where the viewer stands.
pub(crate) struct StandingByCommunity {
    pub(crate) reader: Reader,
}

impl Loader<CommunityId> for StandingByCommunity {
    type Value = Standing;

    async fn load(&self, ids: &[CommunityId]) -> Result<HashMap<CommunityId, Standing>> {
        policy::standings(&self.reader, self.reader.viewer(), ids).await
    }
}

/// The viewer's memberships with the notification level that counts.
pub(crate) struct MembershipByCommunity {
    pub(crate) reader: Reader,
}

impl Loader<CommunityId> for MembershipByCommunity {
    type Value = (MembershipView, NotificationLevel);

    async fn load(&self, ids: &[CommunityId]) -> Result<HashMap<CommunityId, Self::Value>> {
        queries::members_of_viewer(&self.reader, ids).await
    }
}

/// Number of open requests; ask only where the viewer may see them.
pub(crate) struct PendingRequestsByCommunity {
    pub(crate) reader: Reader,
}

impl Loader<CommunityId> for PendingRequestsByCommunity {
    type Value = i64;

    async fn load(&self, ids: &[CommunityId]) -> Result<HashMap<CommunityId, i64>> {
        queries::pending_requests(&self.reader, ids).await
    }
}
