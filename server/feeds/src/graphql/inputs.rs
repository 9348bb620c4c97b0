//! Inputs of this room.

use async_graphql::{ID, InputObject, OneofObject};
use content::model::parse_topic;
use kernel::{CommunityId, Error, PersonId, PostId, Result};

use crate::model::FeedScope;

/// Which feed to follow: exactly one of the fields.
#[derive(Debug, OneofObject)]
pub enum FeedScopeInput {
    /// Home feed of the viewer; give `true`.
    Home(bool),
    /// Followed people, topics and threads; give `true`.
    Following(bool),
    /// Feed of a community.
    CommunityId(CommunityId),
    /// Feed of a topic.
    Topic(String),
    /// Feed of a person.
    PersonId(PersonId),
    /// One thread.
    PostId(PostId),
}

/// The feed of a topic as people write it, with or without `#`.
pub(super) fn topic_scope(text: &str) -> Result<FeedScope> {
    let invalid = || Error::invalid("topic", "INVALID_TOPIC", "This is not the name of a topic.");
    parse_topic(text).map(FeedScope::Topic).ok_or_else(invalid)
}

impl TryFrom<FeedScopeInput> for FeedScope {
    type Error = Error;

    fn try_from(input: FeedScopeInput) -> Result<Self> {
        match input {
            FeedScopeInput::Home(true) => Ok(Self::Home),
            FeedScopeInput::Following(true) => Ok(Self::Following),
            FeedScopeInput::Home(false) | FeedScopeInput::Following(false) => Err(Error::invalid(
                "scope",
                "INVALID_SCOPE",
                "Give true, or another field.",
            )),
            FeedScopeInput::CommunityId(id) => Ok(Self::Community(id)),
            FeedScopeInput::Topic(topic) => topic_scope(&topic),
            FeedScopeInput::PersonId(id) => Ok(Self::Person(id)),
            FeedScopeInput::PostId(id) => Ok(Self::Post(id)),
        }
    }
}

/// What to mark as read.
#[derive(Debug, InputObject)]
pub struct FeedMarkReadInput {
    /// Community to mark; null means everything.
    pub community_id: Option<CommunityId>,
}

/// Which marking to take back.
#[derive(Debug, InputObject)]
pub struct FeedMarkReadUndoInput {
    /// Token that came with the marking.
    pub undo_token: String,
}

/// Which visit ends: what was published before now is no longer new next time.
#[derive(Debug, InputObject)]
pub struct FeedVisitInput {
    /// Community that was open; null means the home feed.
    pub scope_community_id: Option<CommunityId>,
}

/// Where the viewer is writing.
#[derive(Debug, InputObject)]
pub struct TypingInput {
    /// Thread in which the viewer is writing.
    pub post_id: PostId,
}

/// The presence of which people to watch.
pub(super) fn watched(ids: Vec<PersonId>) -> Result<std::collections::HashSet<PersonId>> {
    if ids.is_empty() || ids.len() > crate::model::MAX_WATCHED {
        let text = format!("Give 1 to {} people.", crate::model::MAX_WATCHED);
        return Err(Error::invalid("personIds", "INVALID_COUNT", text));
    }
    Ok(ids.into_iter().collect())
}

/// The UUID of an undo token, as text without dashes.
pub(super) fn undo_token(text: &str) -> Result<crate::model::UndoToken> {
    let parsed = uuid::Uuid::try_parse(text).map(crate::model::UndoToken);
    parsed.map_err(|_| Error::Conflict("UNDO_EXPIRED"))
}

/// An undo token as clients see it.
pub(super) fn undo_token_text(token: crate::model::UndoToken) -> String {
    ID::from(token.0.simple()).0
}
