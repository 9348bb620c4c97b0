//! What is loaded for many posts at once. A page costs the same statements however long it is.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use communities::policy::{Standing, standings};
use kernel::{CommunityId, PersonId, PostId, Result};
use platform::Reader;
use platform::graphql::Loader;
use uuid::Uuid;

use crate::model::{AddressedTo, PollView, PostView};
use crate::queries;

macro_rules! loader {
    ($(#[$doc:meta])* $name:ident: $key:ty => $value:ty, |$reader:ident, $keys:ident| $load:expr) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub(crate) struct $name {
            /// Reads for the request's viewer.
            pub(crate) reader: Reader,
        }

        impl Loader<$key> for $name {
            type Value = $value;

            async fn load(&self, $keys: &[$key]) -> Result<HashMap<$key, $value>> {
                let $reader = &self.reader;
                $load
            }
        }
    };
}

/// Every key with whether it is among those found.
fn flags<K: Eq + Hash + Copy>(keys: &[K], found: &HashSet<K>) -> HashMap<K, bool> {
    keys.iter().map(|key| (*key, found.contains(key))).collect()
}

loader!(
    /// Posts the viewer may see.
    PostById: PostId => PostView,
    |reader, keys| queries::posts_by_ids(reader, keys).await
);
loader!(
    /// Whom announcements are meant for.
    AudienceByPost: PostId => AddressedTo,
    |reader, keys| queries::audiences_of(reader, keys).await
);
loader!(
    /// Who is praised.
    PraisedByPost: PostId => Vec<PersonId>,
    |reader, keys| queries::praised(reader, keys).await
);
loader!(
    /// Options of polls, and whether the viewer voted.
    PollByPost: PostId => PollView,
    |reader, keys| queries::polls(reader, keys).await
);
loader!(
    /// Whether the viewer is for an idea.
    BackingByPost: PostId => bool,
    |reader, keys| queries::backed_ideas(reader, keys).await.map(|found| flags(keys, &found))
);
loader!(
    /// Whether the viewer has seen an announcement.
    SeenByPost: PostId => bool,
    |reader, keys| queries::seen_announcements(reader, keys).await.map(|found| flags(keys, &found))
);
loader!(
    /// Where the viewer stands in a community.
    StandingByCommunity: CommunityId => Standing,
    |reader, keys| standings(reader, reader.viewer(), keys).await
);
loader!(
    /// Up to where the viewer had come in a community at the last visit.
    VisitByCommunity: CommunityId => Uuid,
    |reader, keys| queries::visits(reader, keys).await
);
