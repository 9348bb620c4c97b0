//! Batches of a request: whatever is asked for at the same time costs one statement.

use std::collections::HashMap;

use kernel::{DispatchId, Result};
use platform::Reader;
use platform::graphql::Loader;

use crate::model::{DispatchView, Duty, Texts};
use crate::queries;

macro_rules! loader {
    ($(#[$doc:meta])* $name:ident, $value:ty, $query:path) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            /// Reads for the viewer of the request.
            pub reader: Reader,
        }

        impl Loader<DispatchId> for $name {
            type Value = $value;

            async fn load(&self, ids: &[DispatchId]) -> Result<HashMap<DispatchId, $value>> {
                $query(&self.reader, ids).await
            }
        }
    };
}

loader!(/// Dispatches the viewer sees.
    DispatchById, DispatchView, queries::dispatches_by_id);
loader!(/// All texts of dispatches the viewer sees.
    TextsByDispatch, Vec<Texts>, queries::texts);
loader!(/// The viewer's own line on the roll.
    DutyByDispatch, Duty, queries::duties);
