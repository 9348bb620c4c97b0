//! The very first thing: organisation and first admin, together or not at all.

use kernel::{Error, OrganisationRole, PersonId, Problem, Result, Viewer};
use platform::{Database, Tx};

use super::people::create_person;
use crate::events;
use crate::model::{MAX_NAME, NewPerson, Password, PasswordHash, PasswordOwner, line};
use crate::queries;
use crate::table;

/// What the set-up page asks for.
#[derive(Debug, Clone, Default)]
pub struct SetupInput {
    /// Name of the organisation.
    pub organisation_name: String,
    /// Name of the first admin.
    pub name: String,
    /// Handle of the first admin.
    pub handle: String,
    /// E-mail address of the first admin; may be empty.
    pub email: String,
    /// Password of the first admin.
    pub password: String,
    /// Language of the first admin.
    pub locale: String,
}

/// Sets up the organisation and its first admin.
///
/// # Errors
/// All problems of the input; `Conflict("ALREADY_SET_UP")` ever after.
pub async fn setup(database: &Database, input: SetupInput) -> Result<PersonId> {
    if !queries::needs_setup(database).await? {
        return Err(Error::Conflict("ALREADY_SET_UP"));
    }
    let email = Some(input.email.trim().to_owned()).filter(|email| !email.is_empty());
    let owner = PasswordOwner {
        handle: &input.handle,
        name: &input.name,
        email: email.as_deref(),
    };
    let mut problems = Vec::new();
    let password = Password::parse("password", &input.password, owner);
    let hash = match &password {
        Ok(password) => Some(PasswordHash::of(password).await?),
        Err(problem) => {
            problems.push(problem.clone());
            None
        }
    };
    let mut tx = database.begin(&Viewer::system("setup")).await?;
    merge(
        &mut problems,
        create_organisation(&mut tx, &input.organisation_name).await,
    )?;
    let admin = NewPerson {
        handle: input.handle,
        name: input.name,
        email,
        role: OrganisationRole::NetworkAdmin,
        locale: input.locale,
        password: hash,
        ..NewPerson::default()
    };
    let person = merge(&mut problems, create_person(&mut tx, admin).await)?;
    match person {
        Some(person) if problems.is_empty() => {
            tx.commit().await?;
            Ok(person)
        }
        _ => {
            tx.rollback().await?;
            Err(Error::Invalid(problems))
        }
    }
}

/// Keeps problems for later, so that the person sees all of them at once.
fn merge<T>(problems: &mut Vec<Problem>, result: Result<T>) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Error::Invalid(more)) => {
            problems.extend(more);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Makes the organisation, for set-up, importer and demo.
///
/// # Errors
/// A problem with the name; `Conflict("ALREADY_SET_UP")` when there is one.
pub async fn create_organisation(tx: &mut Tx, name: &str) -> Result<()> {
    tx.viewer().require_network_admin()?;
    let name = line("organisationName", name, MAX_NAME);
    let name = name.map_err(|problem| Error::Invalid(vec![problem]))?;
    let sql = "INSERT INTO organisation (id, name, created_at, updated_at) VALUES (1, $1, $2, $2) \
               ON CONFLICT (id) DO NOTHING";
    if table::run(tx, sql, vec![name.into(), tx.now().into()]).await? == 0 {
        return Err(Error::Conflict("ALREADY_SET_UP"));
    }
    tx.announce(events::organisation(events::ORGANISATION_CREATED));
    Ok(())
}
