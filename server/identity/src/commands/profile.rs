//! What people change about themselves, and whom they follow.

use kernel::{AttachmentId, Error, PersonId, Problem, Result, Viewer};
use platform::{Database, Tx};

use super::hr_problem;
use crate::events;
use crate::model::{HrField, Profile, ProfileInput, SettingsUpdate, search_text};
use crate::policy::{self, MayEditSelf, MayFollow};
use crate::queries;
use crate::table::{self, id_value};

/// Changes the viewer's profile.
///
/// # Errors
/// All problems of the input.
pub async fn profile_update(
    database: &Database,
    viewer: &Viewer,
    input: ProfileInput,
) -> Result<PersonId> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_edit_self(&tx).await?;
    let person = update_profile(&mut tx, permit, &input).await?;
    tx.commit().await?;
    Ok(person)
}

async fn update_profile(
    tx: &mut Tx,
    permit: MayEditSelf,
    input: &ProfileInput,
) -> Result<PersonId> {
    let person = permit.row().id;
    let mut problems = Vec::new();
    let profile = Profile::collect(input, &mut problems);
    let row = permit.row();
    for field in queries::hr_fields(&*tx, person).await? {
        let is_kept = match field {
            HrField::Name => profile.name == row.name,
            HrField::Title => profile.title == row.title,
            HrField::Location => profile.location == row.location,
            _ => true,
        };
        if !is_kept {
            problems.push(hr_problem(field));
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let search = search_text(&profile.name, &permit.row().handle, &profile.title);
    let sql = "UPDATE people SET name = $2, title = $3, about = $4, about_html = $5, \
               pronunciation = $6, location = $7, search_text = $8, updated_at = $9 WHERE id = $1";
    let values = vec![
        id_value(person),
        profile.name.into(),
        profile.title.into(),
        profile.about.into(),
        profile.about_html.into(),
        profile.pronunciation.into(),
        profile.location.into(),
        search.into(),
        tx.now().into(),
    ];
    table::run(tx, sql, values).await?;
    tx.announce(events::public(events::PERSON_CHANGED, person));
    Ok(person)
}

/// Changes the viewer's settings.
///
/// # Errors
/// All problems of the input.
pub async fn settings_update(
    database: &Database,
    viewer: &Viewer,
    input: SettingsUpdate,
) -> Result<PersonId> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_edit_self(&tx).await?;
    let person = update_settings(&mut tx, permit, input).await?;
    tx.commit().await?;
    Ok(person)
}

async fn update_settings(
    tx: &mut Tx,
    permit: MayEditSelf,
    input: SettingsUpdate,
) -> Result<PersonId> {
    let person = permit.row().id;
    let before = permit.row().settings()?;
    let after = input.apply(before.clone())?;
    let sql = "UPDATE people SET locale = $2, time_zone = $3, theme = $4, \
               default_notification_level = $5, show_presence = $6, send_typing = $7, \
               feed_order = $8, send_receipts = $9, updated_at = $10 WHERE id = $1";
    let values = vec![
        id_value(person),
        after.locale.into(),
        after.time_zone.into(),
        after.theme.as_str().into(),
        after.default_notification_level.as_str().into(),
        after.show_presence.into(),
        after.send_typing.into(),
        after.feed_order.as_str().into(),
        after.send_receipts.into(),
        tx.now().into(),
    ];
    table::run(tx, sql, values).await?;
    tx.announce(events::private(events::SETTINGS_CHANGED, person));
    if before.show_presence != after.show_presence {
        // Others see the difference.
        tx.announce(events::public(events::PERSON_CHANGED, person));
    }
    Ok(person)
}

/// Sets or removes the viewer's picture. The room that keeps files has checked that the file is a
/// picture of the viewer's own.
///
/// # Errors
/// `Unauthenticated` without a person, database errors.
pub async fn set_avatar(
    tx: &mut Tx,
    permit: MayEditSelf,
    avatar: Option<AttachmentId>,
) -> Result<PersonId> {
    let person = permit.row().id;
    let sql = "UPDATE people SET avatar_id = $2, updated_at = $3 WHERE id = $1";
    let avatar = avatar.map(AttachmentId::uuid);
    table::run(
        tx,
        sql,
        vec![id_value(person), avatar.into(), tx.now().into()],
    )
    .await?;
    tx.announce(events::public(events::PERSON_CHANGED, person));
    Ok(person)
}

/// Follows somebody, or no longer. Doing it twice changes nothing.
///
/// # Errors
/// `NotFound`; `CANNOT_FOLLOW_SELF`, `PERSON_DEACTIVATED`.
pub async fn person_follow(
    database: &Database,
    viewer: &Viewer,
    person: PersonId,
    follow: bool,
) -> Result<PersonId> {
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_follow(&tx, person).await?;
    let changed = if follow {
        start_following(&mut tx, &permit).await?
    } else {
        stop_following(&mut tx, &permit).await?
    };
    if changed {
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    Ok(person)
}

async fn start_following(tx: &mut Tx, permit: &MayFollow) -> Result<bool> {
    let (follower, person) = (permit.follower(), permit.row().id);
    if !permit.row().is_active {
        let message = "This person is no longer here.";
        let problem = Problem::new("personId", "PERSON_DEACTIVATED", message);
        return Err(Error::Invalid(vec![problem]));
    }
    let sql = "INSERT INTO follows (follower_id, person_id, created_at) VALUES ($1, $2, $3) \
               ON CONFLICT (follower_id, person_id) DO NOTHING";
    let values = vec![id_value(follower), id_value(person), tx.now().into()];
    let changed = table::run(tx, sql, values).await? > 0;
    if changed {
        tx.announce(events::follow(events::PERSON_FOLLOWED, follower, person));
    }
    Ok(changed)
}

async fn stop_following(tx: &mut Tx, permit: &MayFollow) -> Result<bool> {
    let (follower, person) = (permit.follower(), permit.row().id);
    let sql = "DELETE FROM follows WHERE follower_id = $1 AND person_id = $2";
    let changed = table::run(tx, sql, vec![id_value(follower), id_value(person)]).await? > 0;
    if changed {
        tx.announce(events::follow(events::PERSON_UNFOLLOWED, follower, person));
    }
    Ok(changed)
}
