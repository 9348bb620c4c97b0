//! Posts, replies and what people do with them.

use kernel::{CommunityId, ContentId, Event, PersonId, PostId, ReplyId, Result};
use platform::Tx;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::commands::{Notice, take_back, tell, tell_all};
use crate::model::NotificationKind;
use crate::policy::{Candidates, Levels, Place, audience};
use crate::table::Sql;

/// What an event is about, as it is now; content its audience may no longer see tells nobody.
#[derive(Debug, Clone, FromQueryResult)]
struct Subject {
    id: ContentId,
    kind: String,
    author_id: PersonId,
    community_id: CommunityId,
    root_id: ContentId,
    post_kind: Option<String>,
}

impl Subject {
    async fn load(tx: &Tx, id: Uuid) -> Result<Option<Self>> {
        let sql = Sql::new(
            "SELECT c.id, c.kind, c.author_id, c.community_id, c.root_id, \
             p.kind AS post_kind FROM contents c \
             JOIN contents root ON root.id = c.root_id LEFT JOIN posts p ON p.id = c.root_id \
             WHERE c.state IN ('published', 'archived') AND c.community_id IS NOT NULL \
             AND root.state IN ('published', 'archived') AND c.id = ",
        );
        sql.bind(id).one(tx).await
    }

    fn place(&self, actor: Option<PersonId>) -> Place {
        Place {
            community: self.community_id,
            root: self.root_id,
            actor,
        }
    }

    fn is_reply(&self) -> bool {
        self.kind == content::ContentKind::Reply.as_str()
    }

    fn is(&self, kind: content::PostKind) -> bool {
        self.post_kind.as_deref() == Some(kind.as_str())
    }

    /// Tells of the content itself.
    fn notice(&self, kind: NotificationKind, actor: Option<PersonId>) -> Notice {
        Notice {
            actor,
            post: Some(PostId(self.root_id.0)),
            reply: self.is_reply().then_some(ReplyId(self.id.0)),
            ..Notice::of(kind, self.id)
        }
    }
}

/// Tells those of the candidates who were not told yet, and remembers them.
async fn tell_new(
    tx: &mut Tx,
    event: &Event,
    (notice, place): (&Notice, Place),
    (levels, candidates): (Levels, &Candidates),
    told: &mut Vec<PersonId>,
) -> Result<()> {
    let mut people = audience(tx, place, levels, candidates).await?;
    people.retain(|person| !told.contains(person));
    tell(tx, event, notice, &people).await?;
    told.extend(people);
    Ok(())
}

/// Those who are meant by the text itself: praised, mentioned, in a community that is mentioned.
async fn tell_addressed(tx: &mut Tx, event: &Event, subject: &Subject) -> Result<Vec<PersonId>> {
    use NotificationKind::{CommunityMention, Mention, Praise};
    let author = Some(subject.author_id);
    let place = subject.place(author);
    let mut told = Vec::new();
    if subject.is(content::PostKind::Praise) && !subject.is_reply() {
        let notice = subject.notice(Praise, author);
        let praised = (Levels::Mentions, &Candidates::Praised(subject.id));
        tell_new(tx, event, (&notice, place), praised, &mut told).await?;
    }
    let notice = subject.notice(Mention, author);
    let mentioned = (Levels::Mentions, &Candidates::Mentioned(subject.id));
    tell_new(tx, event, (&notice, place), mentioned, &mut told).await?;
    let notice = subject.notice(CommunityMention, author);
    let near = (
        Levels::Decided,
        &Candidates::MentionedCommunities(subject.id),
    );
    tell_new(tx, event, (&notice, place), near, &mut told).await?;
    Ok(told)
}

/// A post came out: whom it means, then whoever wants to know of it.
pub(super) async fn published(tx: &mut Tx, event: &Event) -> Result<()> {
    use NotificationKind::{Announcement, CommunityMention, Mention, NewPost, Praise};
    let Some(subject) = Subject::load(tx, event.subject.id).await? else {
        return Ok(());
    };
    tell_addressed(tx, event, &subject).await?;
    let (kind, levels) = if subject.is(content::PostKind::Announcement) {
        (Announcement, Levels::Announcements)
    } else {
        (NewPost, Levels::All)
    };
    let author = Some(subject.author_id);
    let told = [Praise, Mention, CommunityMention].map(|kind| kind.bundle(subject.id));
    let notice = subject.notice(kind, author);
    tell_all(tx, event, &notice, (subject.place(author), levels), &told).await
}

/// A reply came out: whom it means, then whoever follows the thread.
pub(super) async fn replied(tx: &mut Tx, event: &Event) -> Result<()> {
    let Some(subject) = Subject::load(tx, event.subject.id).await? else {
        return Ok(());
    };
    let mut told = tell_addressed(tx, event, &subject).await?;
    let author = Some(subject.author_id);
    let notice = Notice {
        bundle: NotificationKind::Reply.bundle(subject.root_id),
        ..subject.notice(NotificationKind::Reply, author)
    };
    let followers = (Levels::Mentions, &Candidates::Followers(subject.root_id));
    tell_new(
        tx,
        event,
        (&notice, subject.place(author)),
        followers,
        &mut told,
    )
    .await
}

/// A text changed: whoever is mentioned only now.
pub(super) async fn edited(tx: &mut Tx, event: &Event) -> Result<()> {
    let mentioned = event
        .payload
        .get("mentioned")
        .and_then(|list| list.as_array());
    let people: Vec<PersonId> = mentioned
        .into_iter()
        .flatten()
        .filter_map(|id| Uuid::try_parse(id.as_str()?).ok())
        .map(PersonId)
        .collect();
    if people.is_empty() {
        return Ok(());
    }
    let Some(subject) = Subject::load(tx, event.subject.id).await? else {
        return Ok(());
    };
    let author = Some(subject.author_id);
    let notice = subject.notice(NotificationKind::Mention, author);
    let place = subject.place(author);
    let people = audience(tx, place, Levels::Mentions, &Candidates::People(people)).await?;
    tell(tx, event, &notice, &people).await
}

/// A best answer was marked, or an idea has another state.
pub(super) async fn changed(tx: &mut Tx, event: &Event) -> Result<()> {
    if let Some(reply) = event.payload_uuid("best_answer") {
        return best_answer(tx, event, reply).await;
    }
    if event.payload.get("idea_state").is_none() {
        return Ok(());
    }
    let Some(subject) = Subject::load(tx, event.subject.id).await? else {
        return Ok(());
    };
    let notice = subject.notice(NotificationKind::IdeaState, event.actor);
    let place = subject.place(event.actor);
    let mut told = Vec::new();
    let author = Candidates::People(vec![subject.author_id]);
    for candidates in [author, Candidates::Voters(subject.id)] {
        let chosen = (Levels::Mentions, &candidates);
        tell_new(tx, event, (&notice, place), chosen, &mut told).await?;
    }
    Ok(())
}

async fn best_answer(tx: &mut Tx, event: &Event, reply: Uuid) -> Result<()> {
    let Some(subject) = Subject::load(tx, reply).await? else {
        return Ok(());
    };
    let notice = subject.notice(NotificationKind::BestAnswer, event.actor);
    let author = Candidates::People(vec![subject.author_id]);
    let people = audience(tx, subject.place(event.actor), Levels::Mentions, &author).await?;
    tell(tx, event, &notice, &people).await
}

/// A thread was closed: whoever follows it.
pub(super) async fn closed(tx: &mut Tx, event: &Event) -> Result<()> {
    let Some(subject) = Subject::load(tx, event.subject.id).await? else {
        return Ok(());
    };
    let notice = subject.notice(NotificationKind::ThreadClosed, event.actor);
    let followers = Candidates::Followers(subject.root_id);
    let people = audience(tx, subject.place(event.actor), Levels::Mentions, &followers).await?;
    tell(tx, event, &notice, &people).await
}

#[derive(FromQueryResult)]
struct Found {
    #[expect(dead_code, reason = "that there is a row is the answer")]
    found: i32,
}

/// Somebody reacted, or took it back.
pub(super) async fn reacted(tx: &mut Tx, event: &Event, added: bool) -> Result<()> {
    let (Some(actor), Some(subject)) = (event.actor, Subject::load(tx, event.subject.id).await?)
    else {
        return Ok(());
    };
    let notice = subject.notice(NotificationKind::Reaction, Some(actor));
    // Only the present counts: who reacted and took it back in one breath has not reacted, and who
    // took one of two emoji back still has.
    let sql = Sql::new("SELECT 1 AS found FROM reactions WHERE content_id = ").bind(subject.id);
    let sql = sql.push(" AND person_id = ").bind(actor).push(" LIMIT 1");
    let reacts = sql.one::<Found>(tx).await?.is_some();
    match (added, reacts) {
        (true, true) => {
            let author = Candidates::People(vec![subject.author_id]);
            let place = subject.place(Some(actor));
            let people = audience(tx, place, Levels::Mentions, &author).await?;
            tell(tx, event, &notice, &people).await
        }
        (false, false) => take_back(tx, event, &notice, subject.author_id).await,
        _ => Ok(()),
    }
}
