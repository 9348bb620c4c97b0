//! Reads for a viewer. Each starts from what the viewer may see: content decides that, and what
//! hangs on a post is read only for posts that were seen.

mod audience;

pub(crate) use audience::audiences_of;
pub use audience::{meant_for_others, rule_of};

use std::collections::{HashMap, HashSet};

use content::Content;
use kernel::{
    CommunityId, ContentId, Cursor, Page, PageArgs, PersonId, PollOptionId, PostId, Result,
    Timestamp,
};
use platform::Reader;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::model::{PollChoice, PollView, PostView};
use crate::table::{OptionKey, POST_COLUMNS, PostKey, PostPersonRow, PostRow, Sql};

/// The posts among `ids` that the viewer may see, in two statements.
///
/// # Errors
/// Database errors.
pub async fn posts_by_ids(reader: &Reader, ids: &[PostId]) -> Result<HashMap<PostId, PostView>> {
    let contents: Vec<ContentId> = ids.iter().map(|id| ContentId(id.0)).collect();
    let seen = content::queries::contents(reader, &contents).await?;
    with_details(reader, seen.into_values()).await
}

async fn with_details(
    reader: &Reader,
    seen: impl Iterator<Item = Content>,
) -> Result<HashMap<PostId, PostView>> {
    let mut seen: HashMap<PostId, Content> = seen
        .filter(|content| content.is_root() && !content.is_deleted())
        .map(|content| (content.post_id(), content))
        .collect();
    forget_lost(reader, &mut seen).await?;
    if seen.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = Sql::new("SELECT ")
        .push(POST_COLUMNS)
        .push(" FROM posts p WHERE p.id IN (");
    let rows: Vec<PostRow> = sql
        .bind_all(seen.keys().copied())
        .push(")")
        .all(reader)
        .await?;
    let mut posts = HashMap::with_capacity(rows.len());
    for row in rows {
        if let Some(content) = seen.remove(&row.id) {
            let (id, details) = (row.id, row.into_details()?);
            posts.insert(id, PostView { content, details });
        }
    }
    Ok(posts)
}

/// Leaves out the viewer's own posts that wait in a community the viewer no longer knows of: they
/// could not be shown without it.
async fn forget_lost(reader: &Reader, seen: &mut HashMap<PostId, Content>) -> Result<()> {
    let waits = |content: &&Content| !content.state.is_public_to_audience();
    let waiting = seen
        .values()
        .filter(waits)
        .filter_map(|content| content.community);
    let communities: Vec<CommunityId> = waiting.collect();
    if communities.is_empty() {
        return Ok(());
    }
    let known = communities::policy::standings(reader, reader.viewer(), &communities).await?;
    seen.retain(|_, content| {
        !waits(&&*content) || content.community.is_some_and(|id| known.contains_key(&id))
    });
    Ok(())
}

/// One post, if the viewer may see it.
///
/// # Errors
/// Database errors.
pub async fn post(reader: &Reader, id: PostId) -> Result<Option<PostView>> {
    Ok(posts_by_ids(reader, &[id]).await?.remove(&id))
}

#[derive(FromQueryResult)]
struct WaitingRow {
    id: PostId,
    scheduled_for: Option<Timestamp>,
}

/// The viewer's own posts that wait for their time, the next one first; before them those that could
/// not be published and came back as drafts.
///
/// # Errors
/// `INVALID_CURSOR`, database errors.
pub async fn scheduled(reader: &Reader, args: &PageArgs) -> Result<Page<PostView>> {
    let author = reader.viewer().require_person()?;
    let mut sql = Sql::new("SELECT c.id, c.scheduled_for FROM contents c WHERE c.author_id = ")
        .bind(author)
        .push(" AND c.state IN ('draft', 'pending', 'scheduled') AND c.kind = 'post'");
    if let Some(cursor) = &args.from {
        let [at, id] = cursor.as_parts()?;
        let at: i64 = at.parse().map_err(|_| kernel::page::invalid_cursor())?;
        let id = Uuid::try_parse(id).map_err(|_| kernel::page::invalid_cursor())?;
        let sql_from = sql.push(" AND (COALESCE(c.scheduled_for, 0), c.id) > (");
        sql = sql_from.bind(at).push(", ").bind(id).push(")");
    }
    let sql = sql.push(" ORDER BY COALESCE(c.scheduled_for, 0), c.id LIMIT ");
    let rows: Vec<WaitingRow> = sql
        .bind(args.limit.saturating_add(1).cast_signed())
        .all(reader)
        .await?;
    let ids: Vec<PostId> = rows.iter().map(|row| row.id).collect();
    let posts = posts_by_ids(reader, &ids).await?;
    let page = Page::from_rows(rows, args, |row| {
        let at = row.scheduled_for.map_or(0, Timestamp::micros).to_string();
        Cursor::parts(&[&at, &row.id.0.simple().to_string()])
    });
    let items = page.items.into_iter().filter_map(|(cursor, row)| {
        let post = posts.get(&row.id).cloned()?;
        Some((cursor, post))
    });
    Ok(Page {
        items: items.collect(),
        has_next: page.has_next,
        has_previous: page.has_previous,
    })
}

fn grouped(rows: Vec<PostPersonRow>) -> HashMap<PostId, Vec<PersonId>> {
    let mut people: HashMap<PostId, Vec<PersonId>> = HashMap::new();
    for row in rows {
        people.entry(row.post_id).or_default().push(row.person_id);
    }
    people
}

/// Who is praised in posts the caller has seen.
pub(crate) async fn praised(
    reader: &Reader,
    posts: &[PostId],
) -> Result<HashMap<PostId, Vec<PersonId>>> {
    let sql = Sql::new("SELECT post_id, person_id FROM praise_people WHERE post_id IN (");
    let sql = sql
        .bind_all(posts.iter().copied())
        .push(") ORDER BY post_id, person_id");
    Ok(grouped(sql.all(reader).await?))
}

/// A poll the viewer may see; `None` when there is none.
///
/// # Errors
/// Database errors.
pub async fn poll(reader: &Reader, id: PostId) -> Result<Option<PollView>> {
    match post(reader, id).await? {
        Some(post) if post.details.poll.is_some() => Ok(polls(reader, &[id]).await?.remove(&id)),
        _ => Ok(None),
    }
}

#[derive(FromQueryResult)]
struct ChoiceRow {
    id: PollOptionId,
    post_id: PostId,
    text: String,
    vote_count: i64,
    poll_closes_at: Option<Timestamp>,
    is_thread_closed: bool,
}

/// Polls the caller has seen with what the viewer did: three statements for any number. Here, before
/// anything leaves the room, results are hidden from those who have not voted in an open poll.
pub(crate) async fn polls(reader: &Reader, posts: &[PostId]) -> Result<HashMap<PostId, PollView>> {
    // A closed thread ends its poll; the thread's row is content's, and read in the same moment.
    let sql = Sql::new(
        "SELECT o.id, o.post_id, o.text, o.vote_count, p.poll_closes_at, \
         t.closed_at IS NOT NULL AS is_thread_closed FROM poll_options o \
         JOIN posts p ON p.id = o.post_id JOIN threads t ON t.root_id = o.post_id \
         WHERE o.post_id IN (",
    );
    let sql = sql.bind_all(posts.iter().copied());
    let rows: Vec<ChoiceRow> = sql
        .push(") ORDER BY o.post_id, o.place")
        .all(reader)
        .await?;
    let voted = voted(reader, "poll_voters", posts).await?;
    let mine = chosen(reader, posts).await?;
    let mut polls: HashMap<PostId, PollView> = HashMap::new();
    for row in rows {
        let is_over = row.poll_closes_at.is_some_and(|at| at <= reader.now());
        let poll = polls.entry(row.post_id).or_default();
        poll.is_closed = is_over || row.is_thread_closed;
        poll.viewer_has_voted = voted.contains(&row.post_id);
        let shows_result = poll.is_closed || poll.viewer_has_voted || reader.viewer().is_system();
        poll.choices.push(PollChoice {
            id: row.id,
            text: row.text,
            vote_count: shows_result.then_some(row.vote_count),
            viewer_chose: mine.contains(&row.id),
        });
    }
    Ok(polls)
}

/// Options of these polls that the viewer chose, as far as that is stored.
async fn chosen(reader: &Reader, posts: &[PostId]) -> Result<HashSet<PollOptionId>> {
    let Some(person) = reader.viewer().person_id() else {
        return Ok(HashSet::new());
    };
    let sql = Sql::new("SELECT v.option_id FROM poll_votes v WHERE v.person_id = ");
    let sql = sql
        .bind(person)
        .push(" AND v.option_id IN (SELECT o.id FROM poll_options o WHERE o.post_id IN (");
    let rows: Vec<OptionKey> = sql
        .bind_all(posts.iter().copied())
        .push("))")
        .all(reader)
        .await?;
    Ok(rows.into_iter().map(|row| row.option_id).collect())
}

/// Posts among those the caller has seen for which `table` links the viewer.
async fn voted(reader: &Reader, table: &str, posts: &[PostId]) -> Result<HashSet<PostId>> {
    let Some(person) = reader.viewer().person_id() else {
        return Ok(HashSet::new());
    };
    let sql = format!("SELECT post_id FROM {table} WHERE person_id = ");
    let sql = Sql::new(&sql).bind(person).push(" AND post_id IN (");
    let rows: Vec<PostKey> = sql
        .bind_all(posts.iter().copied())
        .push(")")
        .all(reader)
        .await?;
    Ok(rows.into_iter().map(|row| row.post_id).collect())
}

/// Ideas among those the caller has seen that the viewer is for.
pub(crate) async fn backed_ideas(reader: &Reader, posts: &[PostId]) -> Result<HashSet<PostId>> {
    voted(reader, "idea_votes", posts).await
}

/// Announcements among those the caller has seen that the viewer marked as seen.
pub(crate) async fn seen_announcements(
    reader: &Reader,
    posts: &[PostId],
) -> Result<HashSet<PostId>> {
    voted(reader, "announcement_views", posts).await
}

#[derive(FromQueryResult)]
struct MarkRow {
    scope_id: Uuid,
    visit_key: Uuid,
}

/// Up to where the viewer had come at the last visit, for each community: the later of the marks for
/// the community and for everything. The rows belong to feeds, which alone writes them; they are read
/// here because a post says of itself whether it is new.
pub(crate) async fn visits(
    reader: &Reader,
    communities: &[CommunityId],
) -> Result<HashMap<CommunityId, Uuid>> {
    let Some(person) = reader.viewer().person_id() else {
        return Ok(HashMap::new());
    };
    let scopes = communities.iter().map(|id| id.0).chain([Uuid::nil()]);
    let sql = Sql::new("SELECT scope_id, visit_key FROM feed_marks WHERE person_id = ");
    let sql = sql.bind(person).push(" AND scope_id IN (").bind_all(scopes);
    let rows: Vec<MarkRow> = sql.push(")").all(reader).await?;
    let marks: HashMap<Uuid, Uuid> = rows
        .into_iter()
        .map(|row| (row.scope_id, row.visit_key))
        .collect();
    let everything = marks.get(&Uuid::nil()).copied();
    let latest = |id: &CommunityId| {
        let visit = everything.max(marks.get(&id.0).copied())?;
        Some((*id, visit))
    };
    Ok(communities.iter().filter_map(latest).collect())
}
