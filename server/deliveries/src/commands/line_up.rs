//! Lining news up for all who want them, in one statement for each channel, however many they are.

use kernel::{Event, Result};
use notifications::model::NotificationCategory;
use notifications::policy::{Wish, wish_sql};
use platform::{Sql, Tx};
use sea_orm::{ConnectionTrait as _, DbBackend, Value};
use uuid::Uuid;

use crate::model::Channel;

/// News for somebody.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// What they belong to.
    pub(crate) category: NotificationCategory,
    /// News of one bundle join while they wait.
    pub(crate) bundle: String,
    /// What they are about, where the bundle is not a notification's.
    pub(crate) subject: Option<Uuid>,
    /// Whether they may come at any hour.
    pub(crate) is_urgent: bool,
}

/// Lines news up for those of the people `p` who fit `who` and want them over this channel. `who` is the
/// end of a condition on `p`, made for a statement with the given number of values.
pub(crate) async fn line_up(
    tx: &mut Tx,
    event: &Event,
    line: &Line,
    channel: Channel,
    who: impl Fn(usize) -> (String, Vec<Value>),
) -> Result<u64> {
    let id = match tx.get_database_backend() {
        DbBackend::Postgres => "gen_random_uuid()",
        _ => "randomblob(16)",
    };
    let mut sql = Sql::new(
        "INSERT INTO deliveries (id, person_id, channel, category, timing, bundle, subject_id, \
         is_urgent, journal_transaction, journal_sequence, state, due_at, attempts, created_at) \
         SELECT ",
    );
    sql.push(id)
        .push(", p.id, ")
        .bind(channel.as_str())
        .push(", ");
    sql.bind(line.category.as_str()).push(", ");
    match channel {
        Channel::Email => {
            let wish = wish_sql(Wish::Email, line.category, "p.id", sql.bound());
            sql.append(wish);
        }
        Channel::Push => {
            sql.push("'instant'");
        }
    }
    // Numbers and ids say what they are: between SELECT and INSERT PostgreSQL would guess.
    let urgent = if line.is_urgent { "TRUE" } else { "FALSE" };
    sql.push(", ").bind(line.bundle.as_str()).push(", ");
    push_id(&mut sql, tx, line.subject);
    sql.push(", ").push(urgent).push(&format!(
        ", {}, {}, 'new', {now}, 0, {now} FROM people p WHERE p.is_active AND ",
        event.position.transaction,
        event.position.sequence,
        now = tx.now().micros(),
    ));
    match channel {
        Channel::Email => {
            sql.push("p.email IS NOT NULL AND ");
            let wish = wish_sql(Wish::Email, line.category, "p.id", sql.bound());
            sql.append(wish).push(" <> 'never'");
        }
        Channel::Push => {
            sql.push("EXISTS (SELECT 1 FROM push_devices v WHERE v.person_id = p.id) AND ");
            let wish = wish_sql(Wish::Push, line.category, "p.id", sql.bound());
            sql.append(wish);
        }
    }
    sql.push(
        " AND NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.person_id = p.id \
         AND o.state IN ('new', 'waiting') AND o.channel = ",
    );
    sql.bind(channel.as_str()).push(" AND o.bundle = ");
    sql.bind(line.bundle.as_str()).push(") AND ");
    let part = who(sql.bound());
    sql.append(part).push(
        " ON CONFLICT (person_id, channel, journal_transaction, journal_sequence) DO NOTHING",
    );
    sql.run(tx).await
}

fn push_id(sql: &mut Sql, tx: &Tx, id: Option<Uuid>) {
    match id {
        Some(id) => {
            sql.bind(id);
        }
        None if tx.get_database_backend() == DbBackend::Postgres => {
            sql.push("CAST(NULL AS uuid)");
        }
        None => {
            sql.push("NULL");
        }
    }
}
