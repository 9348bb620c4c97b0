//! The consumer `notifications`: what happened in other rooms becomes lines of people's lists. And the
//! followers of the live inbox ([`Inbox`]).
//!
//! One event tells each person at most once: the most personal reason wins. Imported events tell
//! nobody.

mod community;
mod content;
mod dispatch;
mod inbox;

pub use inbox::{Inbox, News, Step};

use kernel::{Event, Result};
use platform::{Consumer, Tx};

/// Follows the journal and tells people.
#[derive(Debug, Default, Clone, Copy)]
pub struct Notifier;

#[async_trait::async_trait]
impl Consumer for Notifier {
    fn name(&self) -> &'static str {
        "notifications"
    }

    fn wants(&self, event: &Event) -> bool {
        !event.imported
            && matches!(
                event.kind.as_str(),
                "post.published"
                    | "reply.published"
                    | "post.edited"
                    | "reply.edited"
                    | "post.changed"
                    | "post.closed"
                    | "reaction.added"
                    | "reaction.removed"
                    | communities::events::REQUEST_CREATED
                    | communities::events::REQUEST_APPROVED
                    | communities::events::REQUEST_DECLINED
                    | communities::events::INVITED
                    | communities::events::ROLE_CHANGED
                    | dispatches::events::REMINDED
                    | dispatches::events::ESCALATED
                    | dispatches::events::ANSWERED
                    | dispatches::events::REPLIED
                    | dispatches::events::QUESTION_ASKED
                    | dispatches::events::QUESTION_ANSWERED
            )
    }

    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<()> {
        match event.kind.as_str() {
            "post.published" => content::published(tx, event).await,
            "reply.published" => content::replied(tx, event).await,
            "post.edited" | "reply.edited" => content::edited(tx, event).await,
            "post.changed" => content::changed(tx, event).await,
            "post.closed" => content::closed(tx, event).await,
            "reaction.added" => content::reacted(tx, event, true).await,
            "reaction.removed" => content::reacted(tx, event, false).await,
            kind if kind.starts_with("dispatch.") || kind.starts_with("line_question.") => {
                dispatch::told(tx, event).await
            }
            _ => community::told(tx, event).await,
        }
    }
}
