//! The consumer `deliveries`: what notifications, conversations and dispatches announce is lined up for
//! those who want it by e-mail or push. Imported events tell nobody.

use dispatches::events as dispatch;
use kernel::{DispatchId, Event, NotificationId, PersonId, Result, Scope};
use messaging::events as messages;
use notifications::events as notices;
use notifications::model::{NotificationCategory, NotificationKind};
use platform::{Consumer, Sql, Tx};
use sea_orm::{FromQueryResult, Value};

use crate::commands::{Line, line_up};
use crate::model::Channel;

/// Follows the journal and lines news up.
#[derive(Debug, Clone)]
pub struct Courier {
    channels: Vec<Channel>,
}

impl Courier {
    /// One for the channels that are configured.
    pub fn new(has_mail: bool, has_push: bool) -> Self {
        let mail = has_mail.then_some(Channel::Email);
        let push = has_push.then_some(Channel::Push);
        Self {
            channels: mail.into_iter().chain(push).collect(),
        }
    }

    async fn line_up(
        &self,
        tx: &mut Tx,
        event: &Event,
        line: &Line,
        who: impl Fn(usize) -> (String, Vec<Value>),
    ) -> Result<()> {
        for channel in &self.channels {
            line_up(tx, event, line, *channel, &who).await?;
        }
        Ok(())
    }

    /// A line of somebody's list.
    async fn notification(&self, tx: &mut Tx, event: &Event) -> Result<()> {
        let Scope::Person(person) = event.scope else {
            return Ok(());
        };
        let mut sql =
            Sql::new("SELECT n.kind, n.bundle, n.dispatch_id FROM notifications n WHERE n.id = ");
        sql.bind(NotificationId(event.subject.id));
        // A line that rose since has another id, and an event of its own.
        let Some(row) = sql.one::<NoticeRow, _>(tx).await? else {
            return Ok(());
        };
        let kind = NotificationKind::parse(&row.kind)?;
        // An urgent dispatch comes through quiet hours where the policy of the person's unit lets it.
        let reminds = row
            .dispatch_id
            .filter(|_| kind == NotificationKind::DispatchReminder);
        let is_urgent = match reminds {
            Some(id) => !dispatches::passes_quiet_hours(tx, id, &[person])
                .await?
                .is_empty(),
            None => false,
        };
        let line = Line {
            category: kind.category(),
            bundle: row.bundle,
            subject: None,
            is_urgent,
        };
        self.line_up(tx, event, &line, |bound| one(person, bound))
            .await
    }

    /// Lines of all members of a community.
    async fn notifications(&self, tx: &mut Tx, event: &Event) -> Result<()> {
        let (Some(bundle), Some(community)) = (notices::bundle(event), event.community()) else {
            return Ok(());
        };
        let kind = bundle.split(':').next().unwrap_or_default();
        let line = Line {
            category: NotificationKind::parse(kind)?.category(),
            bundle: bundle.to_owned(),
            subject: None,
            is_urgent: false,
        };
        self.line_up(tx, event, &line, |bound| {
            let mut sql = Sql::after(bound);
            sql.push(
                "p.id IN (SELECT m.person_id FROM memberships m JOIN notifications n \
                 ON n.person_id = m.person_id AND n.read_at IS NULL AND n.bundle = ",
            );
            sql.bind(bundle)
                .push(" WHERE m.community_id = ")
                .bind(community)
                .push(")");
            sql.into_parts()
        })
        .await
    }

    /// A message: the others of the conversation who have not made it quiet.
    async fn message(&self, tx: &mut Tx, event: &Event) -> Result<()> {
        let Some(conversation) = event.root else {
            return Ok(());
        };
        let line = Line {
            category: NotificationCategory::Message,
            bundle: format!("message:{}", conversation.simple()),
            subject: Some(conversation),
            is_urgent: false,
        };
        let message = event.subject.id;
        self.line_up(tx, event, &line, |bound| {
            let mut sql = Sql::after(bound);
            sql.push(
                "p.id IN (SELECT c.person_id FROM conversation_members c JOIN messages m \
                 ON m.conversation_id = c.conversation_id AND m.author_id <> c.person_id \
                 WHERE NOT c.is_muted AND m.id = ",
            );
            sql.bind(message).push(")");
            sql.into_parts()
        })
        .await
    }

    /// A dispatch: everybody on the roll, or those who joined it with this batch, and at first those who
    /// get a copy.
    async fn dispatch(&self, tx: &mut Tx, event: &Event) -> Result<()> {
        let id = event.subject.id;
        let line = Line {
            category: NotificationCategory::Dispatch,
            bundle: format!("dispatch:{}", id.simple()),
            subject: Some(id),
            is_urgent: false,
        };
        let batch = event
            .payload
            .get("batch")
            .and_then(serde_json::Value::as_i64);
        let is_sent = event.kind == dispatch::SENT;
        self.line_up(tx, event, &line, |bound| {
            let mut sql = Sql::after(bound);
            sql.push("(p.id IN (SELECT r.person_id FROM dispatch_roll r WHERE r.dispatch_id = ");
            sql.bind(id);
            if let Some(batch) = batch {
                sql.push(" AND r.batch = ").bind(batch);
            }
            sql.push(")");
            if is_sent {
                sql.push(
                    " OR p.id IN (SELECT c.person_id FROM dispatch_copies c WHERE c.dispatch_id = ",
                );
                sql.bind(id).push(")");
            }
            sql.push(")");
            sql.into_parts()
        })
        .await
    }
}

#[derive(FromQueryResult)]
struct NoticeRow {
    kind: String,
    bundle: String,
    dispatch_id: Option<DispatchId>,
}

fn one(person: PersonId, bound: usize) -> (String, Vec<Value>) {
    let mut sql = Sql::after(bound);
    sql.push("p.id = ").bind(person);
    sql.into_parts()
}

#[async_trait::async_trait]
impl Consumer for Courier {
    fn name(&self) -> &'static str {
        "deliveries"
    }

    fn wants(&self, event: &Event) -> bool {
        !event.imported
            && !self.channels.is_empty()
            && matches!(
                event.kind.as_str(),
                notices::CREATED
                    | notices::CREATED_MANY
                    | messages::SENT
                    | dispatch::SENT
                    | dispatch::JOINED
                    | dispatch::REVISED
            )
    }

    async fn handle(&self, tx: &mut Tx, event: &Event) -> Result<()> {
        match event.kind.as_str() {
            notices::CREATED => self.notification(tx, event).await,
            notices::CREATED_MANY => self.notifications(tx, event).await,
            messages::SENT => self.message(tx, event).await,
            dispatch::REVISED if !dispatch::is_material(event) => Ok(()),
            _ => self.dispatch(tx, event).await,
        }
    }
}
