//! What this crate does when something was published: it asks for link cards.

use async_trait::async_trait;
use kernel::{ContentId, Event, Result};
use platform::{Consumer, Tx};

use crate::commands;

/// Asks for the cards of what is linked in new and changed posts and replies. Fetching is the work
/// of [`crate::jobs::fetch_link_cards`]: nothing goes outside within a transaction. Register it only
/// where links are enabled.
#[derive(Debug, Default)]
pub struct LinkCards;

#[async_trait]
impl Consumer for LinkCards {
    fn name(&self) -> &'static str {
        "link_cards"
    }

    fn wants(&self, event: &Event) -> bool {
        let is_text = matches!(
            event.kind.as_str(),
            "post.published" | "post.edited" | "reply.published" | "reply.edited"
        );
        // An import brings years of links; they get their cards when somebody links them again.
        is_text && !event.imported && event.community().is_some()
    }

    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<()> {
        commands::want_cards(tx, ContentId(event.subject.id)).await
    }
}
