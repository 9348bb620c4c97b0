//! The organisation as an object of the API.

use async_graphql::{Context, Object};
use kernel::Timestamp;
use platform::ContextExt as _;

use crate::model::OrganisationView;
use crate::queries::{self, PeopleFilter};

/// The organisation this house belongs to.
#[derive(Debug, Clone)]
pub struct Organisation {
    row: OrganisationView,
}

impl From<OrganisationView> for Organisation {
    fn from(row: OrganisationView) -> Self {
        Self { row }
    }
}

/// The organisation this house belongs to.
#[Object]
impl Organisation {
    /// Name of the organisation.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Whether people may let others see that they are there.
    async fn allows_presence(&self) -> bool {
        self.row.switches.presence
    }

    /// Whether people may let others see that they are writing.
    async fn allows_typing(&self) -> bool {
        self.row.switches.typing
    }

    /// Whether people may let others see how far they have read.
    async fn allows_receipts(&self) -> bool {
        self.row.switches.receipts
    }

    /// When the organisation was set up.
    async fn created_at(&self) -> Timestamp {
        self.row.created_at
    }

    /// How many people may sign in.
    async fn people_count(&self, ctx: &Context<'_>) -> async_graphql::Result<i32> {
        let count = queries::count_people(&ctx.reader(), &PeopleFilter::default()).await?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }
}
