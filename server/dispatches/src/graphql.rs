//! Dispatches in the GraphQL schema: arguments in, domain calls, views out. No rule stands here.

mod exchange;
mod inputs;
mod mutation;
mod object;
mod people;
mod proof;
mod query;

use async_graphql::{Context, Request};
use kernel::DispatchId;
use platform::graphql::loader;
use platform::{ContextExt, Reader};

use crate::loaders::{DispatchById, DutyByDispatch, TextsByDispatch};

pub use exchange::{DispatchMessage, DispatchTheme, DispatchThread, LineQuestion};
pub use mutation::DispatchesMutation;
pub use object::{Dispatch, DispatchConnection, DispatchEdge, DispatchTargetAudience};
pub use people::{DispatchRecipient, LineGrant, LinePolicy, LineRight, PersonalLook};
pub use proof::DispatchProof;
pub use query::DispatchesQuery;

/// Adds the loaders of this room to a request.
pub fn request_data(request: Request, reader: &Reader) -> Request {
    let reader = || reader.clone();
    request
        .data(loader(DispatchById { reader: reader() }))
        .data(loader(TextsByDispatch { reader: reader() }))
        .data(loader(DutyByDispatch { reader: reader() }))
}

/// A dispatch the viewer sees; nothing for everybody else.
///
/// # Errors
/// Database errors.
pub async fn dispatch(
    ctx: &Context<'_>,
    id: DispatchId,
) -> async_graphql::Result<Option<Dispatch>> {
    let found = ctx.loader::<DispatchById, _>().load_one(id).await;
    Ok(found?.map(Dispatch::from))
}
