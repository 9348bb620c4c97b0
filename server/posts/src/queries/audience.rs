//! Whom announcements are meant for.

use std::collections::{HashMap, HashSet};

use audiences::Rule;
use kernel::{PostId, Result};
use platform::Reader;
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::model::AddressedTo;
use crate::table::Sql;

#[derive(FromQueryResult)]
struct AudienceRow {
    id: PostId,
    audience_name: String,
    audience_rule: String,
}

async fn stored(
    db: &impl ConnectionTrait,
    posts: &[PostId],
) -> Result<HashMap<PostId, AddressedTo>> {
    if posts.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = Sql::new(
        "SELECT p.id, p.audience_name, p.audience_rule FROM posts p \
         WHERE p.audience_rule IS NOT NULL AND p.id IN (",
    );
    let rows: Vec<AudienceRow> = sql
        .bind_all(posts.iter().copied())
        .push(")")
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let rule: Rule = serde_json::from_str(&row.audience_rule)?;
            let name = row.audience_name;
            Ok((row.id, AddressedTo { name, rule }))
        })
        .collect()
}

/// Whom posts the caller has seen are meant for; those for everybody are missing.
pub(crate) async fn audiences_of(
    reader: &Reader,
    posts: &[PostId],
) -> Result<HashMap<PostId, AddressedTo>> {
    stored(reader, posts).await
}

/// Whom an announcement is meant for, for the house itself; nothing: everybody.
///
/// # Errors
/// Database errors.
pub async fn rule_of(db: &impl ConnectionTrait, post: PostId) -> Result<Option<Rule>> {
    Ok(stored(db, &[post]).await?.remove(&post).map(|to| to.rule))
}

/// Those of these announcements that are not meant for the viewer. Whoever may read the community can
/// read them all the same; they only do not wait on top.
///
/// # Errors
/// Database errors.
pub async fn meant_for_others(reader: &Reader, posts: &[PostId]) -> Result<HashSet<PostId>> {
    let mut others = HashSet::new();
    for (post, to) in stored(reader, posts).await? {
        if !audiences::queries::means_viewer(reader, &to.rule).await? {
            others.insert(post);
        }
    }
    Ok(others)
}
