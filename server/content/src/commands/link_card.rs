//! Cards of linked pages: wanted, fetched, or failed. A card with `fetched_at` 0 is wanted.

use kernel::{ContentId, NewEvent, Result, Scope, SubjectRef};
use platform::Tx;
use sea_orm::FromQueryResult;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::events::{self, Verb};
use crate::model::{Content, LinkCardView};
use crate::table::{CONTENT_COLUMNS, ContentRow, Sql};

/// A failed page is asked again after this many seconds, if somebody links it again.
const RETRY_SECONDS: i64 = 24 * 3600;

/// Contents that are announced as changed when a card arrives; older ones show it when loaded.
const ANNOUNCED: u64 = 20;

#[derive(FromQueryResult)]
struct UrlRow {
    url: String,
}

/// Asks for the cards of a content's links.
pub(crate) async fn want_cards(tx: &Tx, content: ContentId) -> Result<()> {
    let mut sql = Sql::new("SELECT url FROM content_links WHERE content_id = ");
    sql.bind(content).push(" ORDER BY place");
    let rows: Vec<UrlRow> = sql.all(tx).await?;
    for row in rows {
        let mut sql = Sql::new(
            "INSERT INTO link_cards (url, title, description, site_name, failed, fetched_at) VALUES (",
        );
        sql.bind(row.url).push(", '', '', '', ").bind(false);
        sql.push(", 0) ON CONFLICT (url) DO UPDATE SET fetched_at = 0 WHERE link_cards.failed = ");
        sql.bind(true).push(" AND link_cards.fetched_at < ");
        sql.bind(tx.now().plus_seconds(-RETRY_SECONDS));
        sql.run(tx).await?;
    }
    Ok(())
}

/// Stores what was fetched, or that nothing could be, and tells those who look at the links.
pub(crate) async fn store_card(tx: &mut Tx, url: &str, card: Option<&LinkCardView>) -> Result<()> {
    let mut sql = Sql::new("UPDATE link_cards SET title = ");
    sql.bind(card.map_or("", |c| c.title.as_str()));
    sql.push(", description = ")
        .bind(card.map_or("", |c| c.description.as_str()));
    sql.push(", site_name = ")
        .bind(card.map_or("", |c| c.site_name.as_str()));
    sql.push(", failed = ").bind(card.is_none());
    sql.push(", fetched_at = ")
        .bind(tx.now())
        .push(" WHERE url = ")
        .bind(url);
    sql.run(tx).await?;
    let subject = SubjectRef::new("link_card", Uuid::nil());
    let event = NewEvent::new("link_card.fetched", subject, Scope::System);
    tx.announce(event.with(json!({ "url": url, "failed": card.is_none() })));
    if card.is_some() {
        for content in linking(tx, url).await? {
            tx.announce(events::about(
                &content,
                Verb::Changed,
                content.state,
                &Value::Null,
            ));
        }
    }
    Ok(())
}

async fn linking(tx: &Tx, url: &str) -> Result<Vec<Content>> {
    let mut sql = Sql::new("SELECT ");
    sql.push(CONTENT_COLUMNS);
    sql.push(" FROM content_links l JOIN contents c ON c.id = l.content_id WHERE l.url = ");
    sql.bind(url)
        .push(" AND c.state = 'published' ORDER BY l.content_id DESC LIMIT ");
    sql.push(&ANNOUNCED.to_string());
    let rows: Vec<ContentRow> = sql.all(tx).await?;
    ContentRow::into_views(rows)
}
