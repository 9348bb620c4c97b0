//! Making people.

use kernel::{Error, PersonId, Problem, Result};
use platform::Tx;
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::events;
use crate::model::{
    Email, Handle, NewPerson, PasswordHash, Profile, ProfileInput, avatar_color, parse_locale,
    parse_time_zone, role_text, search_text,
};
use crate::table::{self, id_value, places};

#[derive(FromQueryResult)]
struct TakenRow {
    handle: String,
    email: Option<String>,
}

/// Makes a person, and the local account when a password is given. Announces `person.created`.
///
/// For callers that have decided that this is allowed: set-up, an admin's command, importer, demo.
///
/// # Errors
/// All problems of the input, among them `HANDLE_TAKEN` and `EMAIL_TAKEN`.
pub async fn create_person(tx: &mut Tx, new: NewPerson) -> Result<PersonId> {
    tx.viewer().require_network_admin()?;
    let mut problems = Vec::new();
    let checked = Checked::collect(&new, &mut problems);
    if let Some(checked) = &checked {
        find_taken(tx, checked, &mut problems).await?;
    }
    let (Some(checked), true) = (checked, problems.is_empty()) else {
        return Err(Error::Invalid(problems));
    };
    let now = tx.now();
    let joined_at = new.joined_at.unwrap_or(now);
    let id = new.id.unwrap_or_else(|| PersonId::at(joined_at));
    insert(tx, id, &new, &checked).await?;
    if let Some(hash) = &new.password {
        insert_local_identity(tx, id, hash).await?;
    }
    tx.announce(events::public(events::PERSON_CREATED, id).imported(new.imported));
    Ok(id)
}

struct Checked {
    handle: Handle,
    email: Option<Email>,
    profile: Profile,
    locale: String,
    time_zone: String,
}

impl Checked {
    fn collect(new: &NewPerson, problems: &mut Vec<Problem>) -> Option<Self> {
        let handle = kept(Handle::parse(&new.handle), problems);
        let email = match new.email.as_deref().map(Email::parse) {
            Some(parsed) => kept(parsed, problems).map(Some),
            None => Some(None),
        };
        let input = ProfileInput {
            name: new.name.clone(),
            title: new.title.clone(),
            about: new.about.clone(),
            pronunciation: new.pronunciation.clone(),
            location: new.location.clone(),
        };
        let profile = Profile::collect(&input, problems);
        let locale = kept(parse_locale(&new.locale), problems);
        let time_zone = kept(parse_time_zone(&new.time_zone), problems);
        Some(Self {
            handle: handle?,
            email: email?,
            profile,
            locale: locale?,
            time_zone: time_zone?,
        })
    }
}

fn kept<T>(result: Result<T, Problem>, problems: &mut Vec<Problem>) -> Option<T> {
    result.map_err(|problem| problems.push(problem)).ok()
}

async fn find_taken(tx: &Tx, checked: &Checked, problems: &mut Vec<Problem>) -> Result<()> {
    let email = checked
        .email
        .as_ref()
        .map(|email| email.as_str().to_owned());
    // Two look-ups by two unique indexes in one statement.
    let sql = "SELECT handle, email FROM people WHERE handle = $1 \
               UNION ALL SELECT handle, email FROM people WHERE email = $2";
    let values = vec![checked.handle.as_str().into(), email.clone().into()];
    let taken: Vec<TakenRow> = table::all(tx, sql, values).await?;
    if taken
        .iter()
        .any(|row| row.handle == checked.handle.as_str())
    {
        let message = "This handle is already taken.";
        problems.push(Problem::new("handle", "HANDLE_TAKEN", message));
    }
    if email.is_some() && taken.iter().any(|row| row.email == email) {
        let message = "This e-mail address is already in use.";
        problems.push(Problem::new("email", "EMAIL_TAKEN", message));
    }
    Ok(())
}

async fn insert(tx: &Tx, id: PersonId, new: &NewPerson, checked: &Checked) -> Result<()> {
    let Checked {
        handle,
        email,
        profile,
        locale,
        time_zone,
    } = checked;
    let handle = handle.as_str();
    let values: Vec<Value> = vec![
        id_value(id),
        handle.into(),
        profile.name.clone().into(),
        search_text(&profile.name, handle, &profile.title).into(),
        email.as_ref().map(|email| email.as_str().to_owned()).into(),
        profile.title.clone().into(),
        profile.about.clone().into(),
        profile.about_html.clone().into(),
        profile.pronunciation.clone().into(),
        profile.location.clone().into(),
        None::<Uuid>.into(),
        avatar_color(handle).into(),
        role_text(new.role).into(),
        locale.clone().into(),
        time_zone.clone().into(),
        "system".into(),
        "latest".into(),
        "announcements".into(),
        true.into(),
        true.into(),
        new.is_active.into(),
        new.must_change_password.into(),
        new.joined_at.unwrap_or(tx.now()).into(),
        None::<i64>.into(),
        tx.now().into(),
    ];
    let sql = format!(
        "INSERT INTO people (id, handle, name, search_text, email, title, about, about_html, \
         pronunciation, location, avatar_id, avatar_color, role, locale, time_zone, theme, \
         feed_order, default_notification_level, show_presence, send_typing, is_active, \
         must_change_password, joined_at, last_active_at, updated_at) VALUES ({})",
        places(1, values.len())
    );
    // Somebody may have taken handle or address since we looked; then the whole is tried again.
    table::run(tx, &sql, values).await?;
    Ok(())
}

/// Gives a person a local account. More identities (OIDC, SAML, passkeys) are more rows like this.
pub(super) async fn insert_local_identity(
    tx: &Tx,
    person: PersonId,
    hash: &PasswordHash,
) -> Result<()> {
    let sql = "INSERT INTO identities (id, person_id, provider, subject, secret_hash, created_at, updated_at) \
               VALUES ($1, $2, 'local', $3, $4, $5, $5)";
    let values = vec![
        kernel::id::uuid_at(tx.now()).into(),
        id_value(person),
        person.uuid().simple().to_string().into(),
        hash.as_str().into(),
        tx.now().into(),
    ];
    table::run(tx, sql, values).await?;
    Ok(())
}

/// Sets the local password, making the local account when there is none.
pub(super) async fn set_password(
    tx: &Tx,
    person: PersonId,
    hash: &PasswordHash,
    must_change: bool,
) -> Result<()> {
    let sql = "UPDATE identities SET secret_hash = $2, updated_at = $3 \
               WHERE person_id = $1 AND provider = 'local'";
    let values = vec![id_value(person), hash.as_str().into(), tx.now().into()];
    if table::run(tx, sql, values).await? == 0 {
        insert_local_identity(tx, person, hash).await?;
    }
    let sql = "UPDATE people SET must_change_password = $2, updated_at = $3 WHERE id = $1";
    let values = vec![id_value(person), must_change.into(), tx.now().into()];
    table::run(tx, sql, values).await?;
    Ok(())
}
