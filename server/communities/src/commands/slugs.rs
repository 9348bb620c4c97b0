//! Names in addresses. Every slug a community ever had stays its own and leads to it.
//!
//! A secret community's slug always has a random ending: otherwise the next community of the same
//! name would learn from its own slug that there is one already.

use kernel::{CommunityId, Error, Problem, Result};
use platform::Tx;
use richtext::slugify;
use sea_orm::{FromQueryResult, Value};

use crate::model::MAX_SLUG;
use crate::table;

/// Words that are addresses of the client.
const RESERVED: [&str; 8] = [
    "new",
    "all",
    "mine",
    "discover",
    "create",
    "settings",
    "search",
    "invitations",
];
/// Numbered slugs that are tried before a random ending.
const NUMBERED: usize = 30;
/// Longest slug without an ending.
const MAX_BASE: usize = MAX_SLUG - 9;

#[derive(FromQueryResult)]
struct SlugRow {
    slug: String,
    community_id: CommunityId,
}

fn with_random_ending(tx: &Tx, base: &str) -> String {
    let random = CommunityId::at(tx.now()).0.simple().to_string();
    format!("{base}-{}", &random[random.len() - 8..])
}

async fn taken(tx: &Tx, slugs: &[String]) -> Result<Vec<SlugRow>> {
    let marks = table::placeholders(1, slugs.len());
    let sql = format!("SELECT slug, community_id FROM community_slugs WHERE slug IN ({marks})");
    table::all(tx, sql, slugs.iter().map(|slug| Value::from(slug.as_str()))).await
}

/// Takes a slug for good; false when another community was faster.
async fn take(tx: &Tx, id: CommunityId, slug: &str) -> Result<bool> {
    let sql = "INSERT INTO community_slugs (slug, community_id) VALUES ($1, $2) \
               ON CONFLICT (slug) DO NOTHING";
    let taken_now = table::execute(tx, sql, [slug.into(), id.into()]).await?;
    if taken_now.rows_affected() > 0 {
        return Ok(true);
    }
    let rows = taken(tx, &[slug.to_owned()]).await?;
    Ok(rows.iter().any(|row| row.community_id == id))
}

/// Whether a community is spoken of in a way that gives nothing away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Secrecy {
    Known,
    Secret,
}

/// Finds and takes a slug for a name. The community's row must be there already.
pub(super) async fn from_name(
    tx: &Tx,
    id: CommunityId,
    name: &str,
    secrecy: Secrecy,
) -> Result<String> {
    let base = slugify(name, MAX_BASE);
    if secrecy == Secrecy::Known {
        let numbered = (2..=NUMBERED).map(|number| format!("{base}-{number}"));
        let candidates: Vec<String> = std::iter::once(base.clone()).chain(numbered).collect();
        let rows = taken(tx, &candidates).await?;
        let free = candidates.iter().find(|slug| {
            let owner = rows.iter().find(|row| row.slug == **slug);
            owner.is_none_or(|row| row.community_id == id) && !RESERVED.contains(&slug.as_str())
        });
        if let Some(slug) = free
            && take(tx, id, slug).await?
        {
            return Ok(slug.clone());
        }
    }
    let slug = with_random_ending(tx, &base);
    if take(tx, id, &slug).await? {
        Ok(slug)
    } else {
        Err(Error::Conflict("SLUG_TAKEN"))
    }
}

/// Takes a slug somebody has chosen.
pub(super) async fn chosen(
    tx: &Tx,
    id: CommunityId,
    wish: &str,
    secrecy: Secrecy,
) -> Result<Result<String, Problem>> {
    let slug = slugify(wish, MAX_BASE);
    let is_readable = wish.len() <= 400 && wish.chars().any(char::is_alphanumeric);
    if !is_readable {
        let text = "Use letters, digits and hyphens.";
        return Ok(Err(Problem::new("slug", "SLUG_INVALID", text)));
    }
    let slug = match secrecy {
        Secrecy::Known => slug,
        Secrecy::Secret => with_random_ending(tx, &slug),
    };
    if RESERVED.contains(&slug.as_str()) || !take(tx, id, &slug).await? {
        let text = "Another community has or had this address.";
        return Ok(Err(Problem::new("slug", "SLUG_TAKEN", text)));
    }
    Ok(Ok(slug))
}
