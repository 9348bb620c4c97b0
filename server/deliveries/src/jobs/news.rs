//! What is told in a letter or push: read as the person, at the moment of writing.

use std::collections::{HashMap, HashSet};

use dispatches::model::{DispatchView, Texts};
use kernel::{
    CommunityId, ConversationId, DispatchId, Error, OrganisationRole, PersonId, Result, TokenScope,
    Viewer,
};
use notifications::model::{NotificationCategory, NotificationKind, NotificationView};
use platform::Database;

use super::words::Language;
use crate::model::{NewsItem, Reader};
use crate::table::DeliveryRow;

/// Longest excerpt, in graphemes.
const EXCERPT: usize = 280;

/// Reads as a person reads, and can do nothing else.
fn as_person(person: PersonId) -> Viewer {
    Viewer::token(person, OrganisationRole::Member, vec![TokenScope::Read])
}

/// How to reach a person; nothing when there is no such account any more.
pub(crate) async fn recipient(database: &Database, person: PersonId) -> Result<Option<Reader>> {
    let reader = database.reader(&as_person(person));
    let view = match identity::queries::person(&reader, person).await {
        Ok(view) if view.is_active => view,
        Ok(_) | Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let settings = identity::queries::settings(&reader).await?;
    Ok(Some(Reader {
        id: person,
        name: view.name,
        email: view.email,
        locale: settings.locale,
        time_zone: settings.time_zone,
    }))
}

/// What of these deliveries is still news for the person, each once, in their order.
pub(crate) async fn news_of(
    database: &Database,
    person: &Reader,
    rows: &[DeliveryRow],
) -> Result<Vec<NewsItem>> {
    let source = Source::load(database, person, rows).await?;
    let mut told = HashSet::new();
    let mut news = Vec::new();
    for row in rows {
        if !told.insert(row.bundle.as_str()) {
            continue;
        }
        news.extend(source.item(row)?);
    }
    Ok(news)
}

/// Everything the deliveries of one person are about, as far as the person may see it.
struct Source {
    language: Language,
    zone: String,
    notices: HashMap<String, NotificationView>,
    names: HashMap<PersonId, String>,
    places: HashMap<CommunityId, (String, String)>,
    conversations: HashMap<ConversationId, (String, i64, String)>,
    dispatches: HashMap<DispatchId, (DispatchView, Option<Texts>)>,
    open_duties: HashMap<DispatchId, dispatches::model::Duty>,
}

impl Source {
    async fn load(database: &Database, person: &Reader, rows: &[DeliveryRow]) -> Result<Self> {
        let viewer = as_person(person.id);
        let reader = database.reader(&viewer);
        let mut notices = HashMap::new();
        for row in rows.iter().filter(|row| row.subject_id.is_none()) {
            let view = notifications::queries::unread_in_bundle(&reader, &row.bundle).await?;
            notices.extend(view.map(|view| (row.bundle.clone(), view)));
        }
        let of = |prefix: &str| {
            let rows = rows.iter().filter(|row| row.bundle.starts_with(prefix));
            rows.filter_map(|row| row.subject_id).collect::<Vec<_>>()
        };
        let talks: Vec<ConversationId> = of("message:").into_iter().map(ConversationId).collect();
        let mut dispatch_ids: Vec<DispatchId> =
            of("dispatch:").into_iter().map(DispatchId).collect();
        dispatch_ids.extend(notices.values().filter_map(|view| view.dispatch));
        let found = dispatches::queries::dispatches_by_id(&reader, &dispatch_ids).await?;
        let mut texts = dispatches::queries::texts(&reader, &dispatch_ids).await?;
        let dispatches: HashMap<_, _> = found
            .into_iter()
            .map(|(id, view)| {
                let texts = texts.remove(&id).unwrap_or_default();
                (id, (view, chosen(texts, &person.locale)))
            })
            .collect();
        let open_duties = dispatches::queries::duties(&reader, &dispatch_ids).await?;
        let mut people: Vec<PersonId> = notices
            .values()
            .flat_map(|view: &NotificationView| view.actors.iter().copied())
            .chain(dispatches.values().map(|(view, _)| view.sender_id))
            .collect();
        people.sort_unstable();
        people.dedup();
        let names = identity::queries::people_by_ids(&reader, &people).await?;
        let places: Vec<CommunityId> = notices.values().filter_map(|view| view.community).collect();
        let places = communities::queries::by_ids(&reader, &viewer, &places).await?;
        Ok(Self {
            language: Language::of(&person.locale),
            zone: person.time_zone.clone(),
            notices,
            names: names.into_iter().map(|view| (view.id, view.name)).collect(),
            places: places
                .into_iter()
                .map(|view| (view.id, (view.name, view.slug)))
                .collect(),
            conversations: conversations(&reader, &talks).await?,
            dispatches,
            open_duties,
        })
    }

    fn item(&self, row: &DeliveryRow) -> Result<Option<NewsItem>> {
        let category = row.category()?;
        Ok(match row.subject_id {
            None => self.notice(category, &row.bundle),
            Some(id) if category == NotificationCategory::Message => self.talk(id.into()),
            Some(id) => self.dispatch(id.into()),
        })
    }

    fn notice(&self, category: NotificationCategory, bundle: &str) -> Option<NewsItem> {
        let view = self.notices.get(bundle)?;
        let names: Vec<&str> = view
            .actors
            .iter()
            .filter_map(|actor| self.names.get(actor))
            .map(String::as_str)
            .collect();
        let place = view.community.and_then(|id| self.places.get(&id));
        let dispatch = view.dispatch.and_then(|id| self.dispatches.get(&id));
        let title = dispatch.and_then(|(_, texts)| Some(texts.as_ref()?.title.clone()));
        Some(NewsItem {
            category,
            heading: self
                .language
                .sentence(view, &names, place.map(|(name, _)| name.as_str())),
            excerpt: title.unwrap_or_else(|| view.excerpt.clone()),
            path: path_of(view, place.map(|(_, slug)| slug.as_str())),
        })
    }

    fn talk(&self, id: ConversationId) -> Option<NewsItem> {
        let (title, unread, last) = self.conversations.get(&id)?;
        Some(NewsItem {
            category: NotificationCategory::Message,
            heading: self.language.messages(*unread, title),
            excerpt: richtext::excerpt(last, EXCERPT),
            path: format!("/messages/{id}"),
        })
    }

    /// A dispatch that was not opened yet. The copy of somebody in between has no duty.
    fn dispatch(&self, id: DispatchId) -> Option<NewsItem> {
        let (view, texts) = self.dispatches.get(&id)?;
        let duty = self.open_duties.get(&id);
        let is_known = duty.is_some_and(|duty| {
            let done = duty
                .acknowledged_version
                .or(duty.seen_version.filter(|_| !view.is_must_read));
            done.is_some_and(|version| version >= view.required_version)
        });
        if is_known || view.state != kernel::ContentState::Published {
            return None;
        }
        let sender = self.names.get(&view.sender_id).map(String::as_str);
        let due = duty
            .filter(|_| view.is_must_read)
            .and_then(|duty| duty.due_at);
        Some(NewsItem {
            category: NotificationCategory::Dispatch,
            heading: self
                .language
                .dispatch(sender, due.map(|at| (at, self.zone.as_str()))),
            excerpt: texts
                .as_ref()
                .map(|texts| texts.title.clone())
                .unwrap_or_default(),
            path: format!("/dispatches/{id}"),
        })
    }
}

/// The newest text in the person's language, else in another.
fn chosen(texts: Vec<Texts>, locale: &str) -> Option<Texts> {
    let newest = texts.iter().map(|text| text.version).max()?;
    let mut newest: Vec<Texts> = texts.into_iter().filter(|t| t.version == newest).collect();
    newest.sort_by_key(|text| !locale.starts_with(&text.language));
    newest.into_iter().next()
}

/// Those of these conversations with something unread: who is in it, how much, the latest text.
async fn conversations(
    reader: &platform::Reader,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, (String, i64, String)>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let own = messaging::queries::own_by_conversation(reader, ids).await?;
    let unread: Vec<ConversationId> = own
        .iter()
        .filter(|(_, own)| own.unread > 0 && !own.is_muted)
        .map(|(id, _)| *id)
        .collect();
    let views = messaging::queries::conversations_by_id(reader, &unread).await?;
    let last: Vec<_> = views
        .values()
        .filter_map(|view| view.last_message)
        .collect();
    let messages = messaging::queries::messages_by_id(reader, &last).await?;
    let mut titles = messaging::queries::titles(reader, &unread).await?;
    let found = views.into_iter().map(|(id, view)| {
        let last = view.last_message.and_then(|id| messages.get(&id));
        let text = last
            .map(|message| message.source.clone())
            .unwrap_or_default();
        let title = titles.remove(&id).unwrap_or_default();
        (id, (title, own.get(&id).map_or(0, |own| own.unread), text))
    });
    Ok(found.collect())
}

/// Where a line leads: the same place as in the application.
fn path_of(view: &NotificationView, slug: Option<&str>) -> String {
    use NotificationKind as Kind;
    if let Some(id) = view.dispatch {
        return format!("/dispatches/{id}");
    }
    if view.question.is_some() {
        return "/dispatches/questions".to_owned();
    }
    if view.kind.category() == NotificationCategory::Membership
        && let Some(slug) = slug
    {
        let tab = if view.kind == Kind::JoinRequest {
            "?tab=requests"
        } else {
            ""
        };
        return format!("/communities/{slug}{tab}");
    }
    match (view.post, view.reply) {
        (Some(post), Some(reply)) => format!("/posts/{post}?reply={reply}"),
        (Some(post), None) => format!("/posts/{post}"),
        _ => "/notifications".to_owned(),
    }
}
