//! Facts for a link card: title, description and site of a page somewhere else.
//!
//! What comes out is plain text, cleaned and short, whatever the page contained: no markup, no
//! control or bidirectional characters. Pictures of the page are never loaded or linked, so that
//! reading a card tells nobody that it was read.

mod charset;
mod entities;
mod html;

use url::Url;

use crate::http::{FetchError, Fetched, GuardedClient, display_host};
use crate::media::is_deceptive;

/// Most bytes of a page that are looked at; what describes a page stands at its top.
const MAX_HTML_BYTES: usize = 512 * 1024;

/// Longest title and site name, in characters.
pub const MAX_TITLE_CHARS: usize = 200;

/// Longest description, in characters.
pub const MAX_DESCRIPTION_CHARS: usize = 400;

/// What a link card says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LinkCard {
    /// Where the link finally leads.
    pub url: String,
    /// Title of the page.
    pub title: String,
    /// What the page says of itself, where it does.
    pub description: Option<String>,
    /// Name of the site: its own, or the host.
    pub site_name: String,
}

/// Why there is no card.
#[derive(Debug, thiserror::Error)]
pub enum UnfurlError {
    /// Nothing was fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// Not a web page.
    #[error("not a web page")]
    NotHtml,
    /// The page does not even have a title.
    #[error("the page has no title")]
    NoTitle,
}

/// Fetches a page and makes its card.
///
/// # Errors
/// See [`UnfurlError`].
pub async fn fetch_card(client: &GuardedClient, url: &str) -> Result<LinkCard, UnfurlError> {
    let page = client
        .get(url, "text/html,application/xhtml+xml;q=0.9")
        .await?;
    card(&page)
}

/// Makes the card of a fetched page.
///
/// # Errors
/// When it is no web page or has no title.
pub fn card(page: &Fetched) -> Result<LinkCard, UnfurlError> {
    if !is_html(&page.content_type) {
        return Err(UnfurlError::NotHtml);
    }
    let bytes = page.body.get(..MAX_HTML_BYTES).unwrap_or(&page.body);
    let text = charset::decode(bytes, &page.content_type);
    card_of(&html::facts(&text), &page.final_url).ok_or(UnfurlError::NoTitle)
}

fn card_of(facts: &html::Facts, url: &Url) -> Option<LinkCard> {
    let first = |candidates: &[&Option<String>], max_chars| {
        let cleaned = candidates
            .iter()
            .filter_map(|c| c.as_deref())
            .map(|c| plain_line(c, max_chars));
        cleaned.into_iter().find(|text| !text.is_empty())
    };
    let title = first(
        &[&facts.og_title, &facts.twitter_title, &facts.title],
        MAX_TITLE_CHARS,
    )?;
    let descriptions = [
        &facts.og_description,
        &facts.twitter_description,
        &facts.description,
    ];
    let description = first(&descriptions, MAX_DESCRIPTION_CHARS).filter(|text| *text != title);
    let site_name = first(
        &[&facts.og_site_name, &facts.application_name],
        MAX_TITLE_CHARS,
    );
    let site_name = site_name.unwrap_or_else(|| display_host(url));
    Some(LinkCard {
        url: url.to_string(),
        title,
        description,
        site_name,
    })
}

fn is_html(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("text/html") || kind.eq_ignore_ascii_case("application/xhtml+xml")
}

/// One line of text without deceptive characters, single spaces, at most `max_chars` long; a cut
/// line ends with an ellipsis.
pub fn plain_line(text: &str, max_chars: usize) -> String {
    let visible: String = text
        .chars()
        .filter(|c| c.is_whitespace() || !is_deceptive(*c))
        .take(max_chars.saturating_mul(8).saturating_add(1024))
        .collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().count() <= max_chars {
        return line;
    }
    let kept: String = line.chars().take(max_chars.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests;
