//! Batched look-ups for one request.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use identity::NotificationLevel;
use kernel::{CommunityId, Error};
use platform::Reader;

use crate::model::{CommunityView, MembershipView};
use crate::policy::{self, Standing};
use crate::queries;

type Shared = Arc<Error>;

/// Communities the viewer may know of.
pub(crate) struct CommunityById {
    pub(crate) reader: Reader,
}

impl Loader<CommunityId> for CommunityById {
    type Value = Arc<CommunityView>;
    type Error = Shared;

    async fn load(&self, ids: &[CommunityId]) -> Result<HashMap<CommunityId, Self::Value>, Shared> {
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
    type Error = Shared;

    async fn load(&self, ids: &[CommunityId]) -> Result<HashMap<CommunityId, Standing>, Shared> {
        Ok(policy::standings(&self.reader, self.reader.viewer(), ids).await?)
    }
}

/// The viewer's memberships with the notification level that counts.
pub(crate) struct MembershipByCommunity {
    pub(crate) reader: Reader,
}

impl Loader<CommunityId> for MembershipByCommunity {
    type Value = (MembershipView, NotificationLevel);
    type Error = Shared;

    async fn load(&self, ids: &[CommunityId]) -> Result<HashMap<CommunityId, Self::Value>, Shared> {
        Ok(queries::members_of_viewer(&self.reader, ids).await?)
    }
}

/// Number of open requests; ask only where the viewer may see them.
pub(crate) struct PendingRequestsByCommunity {
    pub(crate) reader: Reader,
}

impl Loader<CommunityId> for PendingRequestsByCommunity {
    type Value = i64;
    type Error = Shared;

    async fn load(&self, ids: &[CommunityId]) -> Result<HashMap<CommunityId, i64>, Shared> {
        Ok(queries::pending_requests(&self.reader, ids).await?)
    }
}
