//! Reads: the viewer's browsers, what the viewer's next digest says, and how deliveries fare.

use kernel::{PersonId, Result};
use platform::{Database, Reader, Sql};
use sea_orm::FromQueryResult;

use crate::jobs::{Written, news_of, recipient, write};
use crate::model::{Channel, Counts, Device};
use crate::table::{DELIVERY, DEVICE, DeliveryRow, DeviceRow};
use notifications::model::EmailTiming;

/// Deliveries a preview looks at.
const PREVIEWED: i64 = 200;

/// The viewer's browsers that take pushes, the newest first.
///
/// # Errors
/// `Unauthenticated`; database errors.
pub async fn devices(reader: &Reader) -> Result<Vec<Device>> {
    let person = reader.viewer().require_person()?;
    let mut sql = Sql::new(format!(
        "SELECT {DEVICE} FROM push_devices v WHERE v.person_id = "
    ));
    sql.bind(person).push(" ORDER BY v.id DESC");
    let rows: Vec<DeviceRow> = sql.all(reader).await?;
    Ok(rows.into_iter().map(DeviceRow::into_view).collect())
}

/// The viewer's own address.
///
/// # Errors
/// `Unauthenticated`; database errors.
pub async fn address(reader: &Reader) -> Result<Option<String>> {
    let person = reader.viewer().require_person()?;
    Ok(identity::queries::person(reader, person).await?.email)
}

/// A letter that would be written now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Its subject.
    pub subject: String,
    /// Its body as plain text.
    pub text: String,
    /// How many pieces of news are in it.
    pub count: usize,
}

/// What the viewer's next digest says; nothing when nothing waits for one. `house` is the address
/// people type, without a slash at its end.
///
/// # Errors
/// `Unauthenticated`; database errors.
pub async fn next_digest(
    database: &Database,
    reader: &Reader,
    house: &str,
) -> Result<Option<Preview>> {
    let person = reader.viewer().require_person()?;
    let rows = waiting(reader, person).await?;
    let Some(person) = recipient(database, person).await? else {
        return Ok(None);
    };
    let news = news_of(database, &person, &rows).await?;
    if news.is_empty() {
        return Ok(None);
    }
    let letter = write(database, house, &person, &news, (EmailTiming::Daily, None)).await?;
    let Written { subject, text, .. } = letter;
    Ok(Some(Preview {
        subject,
        text,
        count: news.len(),
    }))
}

async fn waiting(reader: &Reader, person: PersonId) -> Result<Vec<DeliveryRow>> {
    let mut sql = Sql::new(format!(
        "SELECT {DELIVERY} FROM deliveries d WHERE d.state IN ('new', 'waiting') \
         AND d.timing <> 'instant' AND d.person_id = "
    ));
    sql.bind(person)
        .push(" AND d.channel = ")
        .bind(Channel::Email.as_str());
    sql.push(" ORDER BY d.created_at, d.id LIMIT ")
        .bind(PREVIEWED);
    sql.all(reader).await
}

#[derive(FromQueryResult)]
struct CountRow {
    state: String,
    is_tried: bool,
    total: i64,
}

/// How deliveries of a channel fare, within what is kept; for administrators.
///
/// # Errors
/// `Forbidden` for everybody else; database errors.
pub async fn counts(reader: &Reader, channel: Channel) -> Result<Counts> {
    if !reader.viewer().is_system() {
        reader.viewer().require_network_admin()?;
    }
    let mut sql = Sql::new(
        "SELECT d.state, d.attempts > 0 AS is_tried, COUNT(*) AS total FROM deliveries d \
         WHERE d.channel = ",
    );
    sql.bind(channel.as_str())
        .push(" GROUP BY d.state, d.attempts > 0");
    let rows: Vec<CountRow> = sql.all(reader).await?;
    let mut counts = Counts::default();
    for row in rows {
        match row.state.as_str() {
            "new" | "waiting" | "sending" => {
                counts.waiting += row.total;
                counts.retrying += if row.is_tried { row.total } else { 0 };
            }
            "failed" => counts.failed += row.total,
            "unknown" => counts.unknown += row.total,
            "sent" => counts.sent += row.total,
            _ => {}
        }
    }
    Ok(counts)
}
