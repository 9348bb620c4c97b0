//! `Notification`. A value exists only for its owner.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use communities::graphql::{Community, visible_community};
use content::graphql::{Reply, reply};
use dispatches::graphql::{Dispatch, dispatch};
use identity::graphql::{Person, people};
use kernel::{LineQuestionId, NotificationId, Page, PageInfo, Timestamp};
use platform::ContextExt;
use posts::graphql::{Post, post};

use crate::loaders::NotificationById;
use crate::model::{NotificationKind, NotificationView};

/// Line in the viewer's list of notifications.
#[derive(Debug, Clone)]
pub struct Notification {
    view: Arc<NotificationView>,
}

impl From<NotificationView> for Notification {
    fn from(view: NotificationView) -> Self {
        Self { view: view.into() }
    }
}

/// Line in the viewer's list of notifications.
#[Object]
impl Notification {
    /// Id of the notification; a line that rises because more happened gets a new one.
    pub async fn id(&self) -> NotificationId {
        self.view.id
    }

    /// What the notification tells.
    async fn kind(&self) -> NotificationKind {
        self.view.kind
    }

    /// Moment at which the latest of it happened.
    async fn created_at(&self) -> Timestamp {
        self.view.created_at
    }

    /// Whether the viewer has read the notification.
    async fn is_read(&self) -> bool {
        self.view.read_at.is_some()
    }

    /// People who did it, the latest first, up to five.
    async fn actors(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        people(ctx, &self.view.actors).await
    }

    /// Number of people who did it.
    async fn actor_count(&self) -> i32 {
        self.view.actor_count
    }

    /// Post the notification is about, or in whose thread it happened.
    async fn post(&self, ctx: &Context<'_>) -> Result<Option<Post>> {
        match self.view.post {
            Some(id) => post(ctx, id).await,
            None => Ok(None),
        }
    }

    /// Reply the notification is about.
    async fn reply(&self, ctx: &Context<'_>) -> Result<Option<Reply>> {
        match self.view.reply {
            Some(id) => reply(ctx, id).await,
            None => Ok(None),
        }
    }

    /// Dispatch the notification is about; null when the viewer may not see it any more.
    async fn dispatch(&self, ctx: &Context<'_>) -> Result<Option<Dispatch>> {
        match self.view.dispatch {
            Some(id) => dispatch(ctx, id).await,
            None => Ok(None),
        }
    }

    /// Id of the question up the line the notification is about.
    async fn line_question_id(&self) -> Option<LineQuestionId> {
        self.view.question
    }

    /// Community the notification is about, or in which it happened.
    async fn community(&self, ctx: &Context<'_>) -> Result<Option<Community>> {
        match self.view.community {
            Some(id) => visible_community(ctx, id).await,
            None => Ok(None),
        }
    }

    /// First words of what the notification is about; empty when there is no text.
    async fn excerpt(&self) -> &str {
        &self.view.excerpt
    }
}

/// One notification in the list.
#[derive(SimpleObject)]
pub struct NotificationEdge {
    /// Place of this item in the list.
    pub cursor: String,
    /// Item itself.
    pub node: Notification,
}

/// A page of the viewer's notifications, newest first.
pub struct NotificationConnection {
    page: Page<Notification>,
}

impl NotificationConnection {
    /// The connection of a page.
    pub fn new(page: Page<NotificationView>) -> Self {
        Self {
            page: page.map(Notification::from),
        }
    }
}

/// A page of the viewer's notifications, newest first.
#[Object]
impl NotificationConnection {
    /// Items of the page with their cursors.
    async fn edges(&self) -> Vec<NotificationEdge> {
        let items = self.page.items.iter();
        items
            .map(|(cursor, node)| NotificationEdge {
                cursor: cursor.encode(),
                node: node.clone(),
            })
            .collect()
    }

    /// Items of the page without cursors.
    async fn nodes(&self) -> Vec<Notification> {
        let items = self.page.items.iter();
        items.map(|(_, node)| node.clone()).collect()
    }

    /// Place of the page in the whole list.
    async fn page_info(&self) -> PageInfo {
        self.page.info()
    }

    /// Number of unread notifications in the whole list, counted up to 100.
    async fn unread_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = crate::queries::unread_count(&ctx.reader()).await?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }
}

/// A notification of the viewer; nothing for everybody else.
///
/// # Errors
/// Database errors.
pub async fn notification(ctx: &Context<'_>, id: NotificationId) -> Result<Option<Notification>> {
    let found = ctx.loader::<NotificationById, _>().load_one(id).await;
    Ok(found?.map(Notification::from))
}
