//! Who may learn of what in feeds. Posts themselves are guarded by `content`; here stand the rules of
//! marks, of live events and of typing.

use communities::policy::{AccessMap, standing};
use kernel::{CommunityId, Error, Event, PersonId, PostId, Result, Scope, Viewer};
use platform::{Reader, Tx};

/// Whether the viewer may learn of an event at this moment, by its scope. The first of two checks: the
/// object is then read through the viewer's reader.
pub fn visible(access: &AccessMap, viewer: &Viewer, event: &Event) -> bool {
    let Some(person) = viewer.person_id().filter(|_| viewer.can_read()) else {
        return false;
    };
    match event.scope {
        Scope::Community(community) => access.can_read(person, community),
        Scope::Person(only) => only == person,
        Scope::Organisation => true,
        Scope::System => false,
    }
}

/// The viewer may move the marks of a feed. Made only here.
#[derive(Debug)]
pub struct MayMark {
    person: PersonId,
    community: Option<CommunityId>,
}

impl MayMark {
    /// Whose marks.
    pub(crate) fn person(&self) -> PersonId {
        self.person
    }

    /// The community the mark is of; `None` for everything.
    pub(crate) fn community(&self) -> Option<CommunityId> {
        self.community
    }
}

/// May move one's own marks: for everything, or for a community one may read.
///
/// # Errors
/// `Unauthenticated`, `NotFound`, database errors.
pub async fn may_mark(tx: &Tx, community: Option<CommunityId>) -> Result<MayMark> {
    let person = tx.viewer().require_person()?;
    if let Some(community) = community
        && !standing(tx, tx.viewer(), community).await?.can_read()
    {
        return Err(Error::NotFound);
    }
    Ok(MayMark { person, community })
}

/// The viewer may tell a thread that he or she is writing. Made only here.
#[derive(Debug)]
pub struct MayType {
    person: PersonId,
    post: PostId,
}

impl MayType {
    /// Who writes.
    pub(crate) fn person(&self) -> PersonId {
        self.person
    }

    /// In which thread.
    pub(crate) fn post(&self) -> PostId {
        self.post
    }
}

/// May be shown as writing: whoever may reply there and has not switched it off; `None` for those who
/// have, which is no error.
///
/// # Errors
/// `NotFound`, `Forbidden`, database errors.
pub async fn may_type(reader: &Reader, post: PostId) -> Result<Option<MayType>> {
    let viewer = reader.viewer();
    let person = viewer.require_person()?;
    if !viewer.can_write() {
        return Err(Error::Forbidden("TOKEN_READ_ONLY"));
    }
    let view = posts::queries::post(reader, post)
        .await?
        .ok_or(Error::NotFound)?;
    let community = view.content.community.ok_or(Error::NotFound)?;
    standing(reader, viewer, community).await?.may_reply()?;
    let settings = identity::queries::settings(reader).await?;
    Ok(settings.shows_typing().then_some(MayType { person, post }))
}
