//! Who is told of an event: people who may see it at this moment, who are not muted there and whose
//! level asks for it. The rules are SQL over the tables that say so, since the answer for a large
//! community must not be carried through the server one by one.

use kernel::{CommunityId, ContentId, PersonId, Result};
use platform::Tx;
use sea_orm::Value;

use crate::model::MAX_MENTIONED_MEMBERS;
use crate::table::{PersonKey, Sql};

/// People looked up at a time.
const PAGE: usize = 500;

/// Where something happened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Whose readers may know.
    pub(crate) community: CommunityId,
    /// The start of the thread.
    pub(crate) root: ContentId,
    /// Who did it; nobody is told of his own deeds.
    pub(crate) actor: Option<PersonId>,
}

/// Which notification levels are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Levels {
    /// Whoever wants every new post.
    All,
    /// Whoever wants announcements.
    Announcements,
    /// Everybody who wants to be told anything.
    Mentions,
    /// Decided elsewhere: by the level in the community that was mentioned.
    Decided,
}

impl Levels {
    /// Condition on the membership `m`, if there is one, and the person `p`: the choice for the
    /// community, else the person's general one.
    fn condition(self) -> &'static str {
        match self {
            Self::All => {
                " AND COALESCE(m.notification_level, p.default_notification_level) = 'all'"
            }
            Self::Announcements => {
                " AND COALESCE(m.notification_level, p.default_notification_level) \
                 IN ('all', 'announcements')"
            }
            Self::Mentions => {
                " AND COALESCE(m.notification_level, p.default_notification_level) <> 'none'"
            }
            Self::Decided => "",
        }
    }
}

/// Who might be told.
#[derive(Debug, Clone)]
pub(crate) enum Candidates {
    /// These people.
    People(Vec<PersonId>),
    /// Whom the text mentions.
    Mentioned(ContentId),
    /// Members who follow closely a community that the text mentions.
    MentionedCommunities(ContentId),
    /// Whom the post praises.
    Praised(ContentId),
    /// Who follows the thread.
    Followers(ContentId),
    /// Who voted for the idea.
    Voters(ContentId),
}

impl Candidates {
    fn condition(&self, sql: Sql) -> Sql {
        match self {
            Self::People(people) => {
                sql.push(" AND p.id IN (").bind_all(people.iter().copied()).push(")")
            }
            Self::Mentioned(id) => sql
                .push(
                    " AND p.id IN (SELECT x.target_id FROM mentions x \
                     WHERE x.target_kind = 'person' AND x.content_id = ",
                )
                .bind(*id)
                .push(")"),
            Self::MentionedCommunities(id) => sql
                .push(
                    " AND p.id IN (SELECT near.person_id FROM mentions x \
                     JOIN communities called ON called.id = x.target_id \
                     JOIN memberships near ON near.community_id = called.id \
                     JOIN people close ON close.id = near.person_id \
                     WHERE x.target_kind = 'community' AND NOT near.is_muted \
                     AND COALESCE(near.notification_level, close.default_notification_level) = 'all' \
                     AND (called.member_count <= ",
                )
                .bind(MAX_MENTIONED_MEMBERS)
                .push(" OR near.role IN ('owner', 'moderator')) AND x.content_id = ")
                .bind(*id)
                .push(")"),
            Self::Praised(id) => {
                let text = " AND p.id IN (SELECT x.person_id FROM praise_people x WHERE x.post_id = ";
                sql.push(text).bind(*id).push(")")
            }
            Self::Followers(id) => sql
                .push(
                    " AND p.id IN (SELECT x.person_id FROM thread_subscriptions x \
                     WHERE x.state = 'following' AND x.root_id = ",
                )
                .bind(*id)
                .push(")"),
            Self::Voters(id) => {
                let text = " AND p.id IN (SELECT x.person_id FROM idea_votes x WHERE x.post_id = ";
                sql.push(text).bind(*id).push(")")
            }
        }
    }
}

/// Those of the candidates who are told of content, each once.
pub(crate) async fn audience(
    tx: &Tx,
    place: Place,
    levels: Levels,
    candidates: &Candidates,
) -> Result<Vec<PersonId>> {
    let mut people: Vec<PersonId> = Vec::new();
    loop {
        let sql = Sql::new("SELECT p.id AS person_id FROM people p JOIN communities k ON k.id = ");
        let sql = sql.bind(place.community).push(
            " LEFT JOIN memberships m ON m.community_id = k.id AND m.person_id = p.id \
             LEFT JOIN thread_subscriptions s ON s.person_id = p.id AND s.root_id = ",
        );
        let sql = sql.bind(place.root).push(
            " WHERE p.is_active AND (k.visibility = 'public' OR m.id IS NOT NULL) \
             AND (m.id IS NULL OR NOT m.is_muted) AND (s.state IS NULL OR s.state <> 'muted')",
        );
        let sql = not_actor(sql.push(levels.condition()), "p.id", place.actor);
        let sql = match people.last() {
            Some(last) => sql.push(" AND p.id > ").bind(*last),
            None => sql,
        };
        let sql = candidates
            .condition(sql)
            .push(&format!(" ORDER BY p.id LIMIT {PAGE}"));
        let found: Vec<PersonKey> = sql.all(tx).await?;
        let is_last = found.len() < PAGE;
        people.extend(found.into_iter().map(|row| row.person_id));
        if is_last {
            return Ok(people);
        }
    }
}

fn not_actor(sql: Sql, column: &str, actor: Option<PersonId>) -> Sql {
    match actor {
        Some(actor) => sql.push(" AND ").push(column).push(" <> ").bind(actor),
        None => sql,
    }
}

/// Who decides about requests to join the community.
pub(crate) async fn moderators(
    tx: &Tx,
    community: CommunityId,
    actor: Option<PersonId>,
) -> Result<Vec<PersonId>> {
    let sql = Sql::new(
        "SELECT m.person_id FROM memberships m JOIN people p ON p.id = m.person_id \
         WHERE p.is_active AND NOT m.is_muted AND m.role IN ('owner', 'moderator') \
         AND m.community_id = ",
    );
    let sql = not_actor(sql.bind(community), "m.person_id", actor);
    let found: Vec<PersonKey> = sql.push(" ORDER BY m.person_id").all(tx).await?;
    Ok(found.into_iter().map(|row| row.person_id).collect())
}

/// The person, if he may know of the community and has not muted it.
pub(crate) async fn one(
    tx: &Tx,
    community: CommunityId,
    person: PersonId,
    actor: Option<PersonId>,
) -> Result<Vec<PersonId>> {
    let sql = Sql::new("SELECT p.id AS person_id FROM people p JOIN communities k ON k.id = ");
    let sql = sql.bind(community).push(
        " LEFT JOIN memberships m ON m.community_id = k.id AND m.person_id = p.id \
         LEFT JOIN invitations i ON i.community_id = k.id AND i.person_id = p.id \
         WHERE p.is_active AND (k.visibility <> 'secret' OR m.id IS NOT NULL OR i.id IS NOT NULL) \
         AND (m.id IS NULL OR NOT m.is_muted) AND p.id = ",
    );
    let sql = not_actor(sql.bind(person), "p.id", actor);
    let found: Vec<PersonKey> = sql.all(tx).await?;
    Ok(found.into_iter().map(|row| row.person_id).collect())
}

/// The end of `INSERT … SELECT …`: every member `m` of the community who is told, but those who
/// have a line in one of the `bundles` already.
pub(crate) fn wide(sql: Sql, place: Place, levels: Levels, bundles: &[String]) -> Sql {
    let sql = sql.push(
        " FROM memberships m JOIN people p ON p.id = m.person_id \
         LEFT JOIN thread_subscriptions s ON s.person_id = m.person_id AND s.root_id = ",
    );
    let sql = sql
        .bind(place.root)
        .push(" WHERE p.is_active AND NOT m.is_muted AND (s.state IS NULL OR s.state <> 'muted')");
    let sql = not_actor(sql.push(levels.condition()), "m.person_id", place.actor);
    sql.push(" AND m.community_id = ")
        .bind(place.community)
        .push(
            " AND NOT EXISTS (SELECT 1 FROM notifications told WHERE told.person_id = m.person_id \
             AND told.bundle IN (",
        )
        .bind_all(bundles.iter().map(|bundle| Value::from(bundle.as_str())))
        .push("))")
}
