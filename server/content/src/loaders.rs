//! Batched look-ups for one request: a page of twenty threads costs as many statements as one.

use std::collections::HashMap;
use std::sync::Arc;

use communities::policy::{Standing, standings};
use kernel::{AttachmentId, CommunityId, ContentId, Result};
use platform::Reader;
use platform::graphql::Loader;
use uuid::Uuid;

use crate::model::{
    AttachmentView, Content, LinkCardView, ReactionTotal, Thread, ThreadSubscription,
};
use crate::queries;

macro_rules! loader {
    ($(#[$doc:meta])* $name:ident: $key:ty => $value:ty, |$reader:ident, $keys:ident| $load:expr) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub(crate) struct $name {
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

/// Values behind a pointer, so that handing them out is cheap.
fn shared<K: Eq + std::hash::Hash, V>(found: HashMap<K, V>) -> HashMap<K, Arc<V>> {
    found
        .into_iter()
        .map(|(key, value)| (key, Arc::new(value)))
        .collect()
}

loader!(
    /// Content the viewer may see, and the empty places of deleted replies.
    ContentById: ContentId => Arc<Content>,
    |reader, keys| queries::contents(reader, keys).await.map(shared)
);
loader!(
    /// Threads by their starts.
    ThreadByRoot: ContentId => Arc<Thread>,
    |reader, keys| queries::threads_of(reader, keys).await.map(shared)
);
loader!(
    /// How the viewer follows threads.
    SubscriptionByRoot: ContentId => ThreadSubscription,
    |reader, keys| queries::subscriptions_of(reader, keys).await
);
loader!(
    /// The newest replies of threads; the key says how many.
    LatestRepliesByRoot: (ContentId, u64) => Vec<Content>,
    |reader, keys| async {
        let found = queries::latest_replies(reader, keys).await?;
        let newest = |(root, count): &(ContentId, u64)| {
            let replies = found.get(root)?;
            let skipped = replies.len().saturating_sub(usize::try_from(*count).unwrap_or(0));
            Some(((*root, *count), replies[skipped..].to_vec()))
        };
        Ok(keys.iter().filter_map(newest).collect())
    }.await
);
loader!(
    /// Reactions by emoji.
    ReactionsByContent: ContentId => Vec<ReactionTotal>,
    |reader, keys| queries::totals_of(reader, keys).await
);
loader!(
    /// Attachments in order.
    AttachmentsByContent: ContentId => Vec<AttachmentView>,
    |reader, keys| queries::attachments_of(reader, keys).await
);
loader!(
    /// Files shared in the viewer's circles, by what they hang on.
    SharedFilesBySubject: Uuid => Vec<AttachmentView>,
    |reader, keys| queries::shared_files(reader, keys).await
);
loader!(
    /// The viewer's own uploads, for drafts.
    OwnUploadById: AttachmentId => AttachmentView,
    |reader, keys| queries::own_uploads(reader, keys).await
);
loader!(
    /// Topics.
    TopicsByContent: ContentId => Vec<String>,
    |reader, keys| queries::topics_of(reader, keys).await
);
loader!(
    /// Link cards.
    LinksByContent: ContentId => Vec<LinkCardView>,
    |reader, keys| queries::links_of(reader, keys).await
);
loader!(
    /// Where the viewer stands, for what the viewer may do.
    StandingByCommunity: CommunityId => Standing,
    |reader, keys| standings(reader, reader.viewer(), keys).await
);
