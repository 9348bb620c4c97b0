//! What the tests of this room share: people, and short ways to write and read.

use identity::NewPerson;
use kernel::{ConversationId, Error, MessageId, OrganisationRole, PageArgs, PersonId, Viewer};
use messaging::queries::{self, Wanted};
use messaging::{MessageView, NewMessage, commands};
use platform::Database;

/// Adds a person.
pub async fn person(database: &Database, handle: &str) -> PersonId {
    let mut tx = database.begin(&Viewer::system("test")).await.unwrap();
    let new = NewPerson {
        handle: handle.to_owned(),
        name: format!("Name of {handle}"),
        ..NewPerson::default()
    };
    let id = identity::commands::create_person(&mut tx, new)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

/// Takes a person's account away.
pub async fn deactivate(database: &Database, person: PersonId) {
    let house = Viewer::system("test");
    identity::commands::person_set_active(database, &house, person, false)
        .await
        .unwrap();
}

/// Several people.
pub async fn people<const N: usize>(database: &Database, handles: [&str; N]) -> [PersonId; N] {
    let mut ids = Vec::new();
    for handle in handles {
        ids.push(person(database, handle).await);
    }
    ids.try_into().unwrap()
}

/// The person, signed in on some device.
pub fn viewer(person: PersonId) -> Viewer {
    Viewer::person(person, OrganisationRole::Member, None)
}

/// A client-made id.
pub fn client_id(number: u128) -> String {
    uuid::Uuid::from_u128(number).to_string()
}

/// Starts the conversation of `starter` with `others`.
pub async fn start(
    database: &Database,
    starter: PersonId,
    others: &[PersonId],
) -> Result<ConversationId, Error> {
    commands::conversation_start(database, &viewer(starter), &client_id(1), others).await
}

/// A message without a text, to be filled in.
pub fn new_message(conversation: ConversationId) -> NewMessage {
    NewMessage {
        client_id: client_id(1),
        conversation_id: conversation,
        body: String::new(),
        thread: None,
        files: Vec::new(),
    }
}

/// Sends a text, once.
pub async fn send(
    database: &Database,
    author: PersonId,
    conversation: ConversationId,
    body: &str,
) -> Result<MessageView, Error> {
    let new = NewMessage {
        client_id: kernel::EventId::at(database.now()).uuid().to_string(),
        body: body.to_owned(),
        ..new_message(conversation)
    };
    commands::message_send(database, &viewer(author), new).await
}

/// A message of a conversation as its author sent it.
pub async fn sent(
    database: &Database,
    author: PersonId,
    conversation: ConversationId,
    body: &str,
) -> MessageId {
    send(database, author, conversation, body).await.unwrap().id
}

/// All texts of a conversation as the viewer reads them, oldest first.
pub async fn texts(
    database: &Database,
    viewer: &Viewer,
    conversation: ConversationId,
) -> Result<Vec<String>, Error> {
    let page = PageArgs::forward(100, None).unwrap();
    let reader = database.reader(viewer);
    let page = queries::messages(&reader, conversation, &Wanted::All, &page).await?;
    Ok(page
        .items
        .into_iter()
        .map(|(_, message)| message.source)
        .collect())
}

/// Ids of the conversations in the viewer's list.
pub async fn listed(database: &Database, viewer: &Viewer) -> Vec<ConversationId> {
    let page = PageArgs::forward(100, None).unwrap();
    let page = queries::conversations(&database.reader(viewer), &page)
        .await
        .unwrap();
    page.items.into_iter().map(|(_, view)| view.id).collect()
}

/// Unread messages of one conversation, and of all.
pub async fn unread(
    database: &Database,
    viewer: &Viewer,
    conversation: ConversationId,
) -> (i64, i64) {
    let reader = database.reader(viewer);
    let found = queries::own_by_conversation(&reader, &[conversation])
        .await
        .unwrap();
    let one = found.get(&conversation).map_or(0, |own| own.unread);
    (one, messaging::unread_count(&reader).await.unwrap())
}

/// The reasons of a refusal, sorted.
pub fn reasons<T>(result: Result<T, Error>) -> Vec<&'static str> {
    let mut codes: Vec<&'static str> = match result {
        Ok(_) => Vec::new(),
        Err(Error::Invalid(problems)) => problems.iter().map(|p| p.code).collect(),
        Err(error) => vec![error.reason()],
    };
    codes.sort_unstable();
    codes
}

/// Ids of messages that a viewer can read when asking for them by id.
pub async fn readable(database: &Database, viewer: &Viewer, ids: &[MessageId]) -> Vec<MessageId> {
    let found = queries::messages_by_id(&database.reader(viewer), ids)
        .await
        .unwrap();
    found.into_keys().collect()
}
