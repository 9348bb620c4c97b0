//! `user`: people without the browser.

use clap::{Subcommand, ValueEnum};
use identity::commands::{self, NewAccount};
use kernel::{OrganisationRole, PersonId, Viewer};
use platform::Database;
use serde_json::json;

use super::Common;

/// `loggia user …`
#[derive(Debug, Subcommand)]
pub enum User {
    /// Creates a person and prints a password for the first sign-in.
    Create {
        /// Short name to sign in with and to be mentioned by.
        handle: String,
        /// Full name.
        #[arg(long)]
        name: String,
        /// E-mail address.
        #[arg(long, default_value = "")]
        email: String,
        /// Job title.
        #[arg(long, default_value = "")]
        title: String,
        /// Role in the organisation.
        #[arg(long, value_enum, default_value = "member")]
        role: Role,
        /// Language, `de` or `en`.
        #[arg(long, default_value = "en")]
        locale: String,
        /// Sets an organisation of this name up, with this person as its first network admin: instead
        /// of the page that the first visit shows.
        #[arg(long)]
        organisation: Option<String>,
    },
    /// Prints a new password for the next sign-in and ends all sessions.
    ResetPassword {
        /// Whose.
        handle: String,
    },
    /// Gives a person a role in the organisation.
    GrantRole {
        /// Whose.
        handle: String,
        /// Which.
        #[arg(value_enum)]
        role: Role,
    },
}

/// Role in the organisation.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Role {
    /// Uses the network.
    Member,
    /// Administers the network.
    NetworkAdmin,
}

impl From<Role> for OrganisationRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Member => Self::Member,
            Role::NetworkAdmin => Self::NetworkAdmin,
        }
    }
}

impl User {
    pub async fn run(&self, common: &Common) -> anyhow::Result<()> {
        let (_, database) = common.open().await?;
        let viewer = Viewer::system("loggia user");
        match self {
            Self::Create {
                handle,
                name,
                email,
                title,
                role,
                locale,
                organisation,
            } => {
                let account = NewAccount {
                    handle: handle.clone(),
                    name: name.clone(),
                    email: email.clone(),
                    title: title.clone(),
                    role: (*role).into(),
                    locale: locale.clone(),
                };
                let (person, password) = match organisation {
                    Some(name) => commands::found(&database, &viewer, name, account).await?,
                    None => {
                        require_organisation(&database).await?;
                        commands::person_create(&database, &viewer, account).await?
                    }
                };
                tell_password(common, handle, person, password.expose())?;
            }
            Self::ResetPassword { handle } => {
                let person = find(&database, handle).await?;
                let password = commands::person_reset_password(&database, &viewer, person).await?;
                tell_password(common, handle, person, password.expose())?;
            }
            Self::GrantRole { handle, role } => {
                let person = find(&database, handle).await?;
                commands::person_set_role(&database, &viewer, person, (*role).into()).await?;
                let report = json!({ "handle": handle, "person": person });
                common.report(&report, || format!("@{handle} is now {role:?}."))?;
            }
        }
        database.close().await?;
        Ok(())
    }
}

/// Refuses what makes sense only in a house that has been set up.
pub(super) async fn require_organisation(database: &Database) -> anyhow::Result<()> {
    anyhow::ensure!(
        !identity::queries::needs_setup(database).await?,
        "this house has no organisation yet: open it in the browser (`loggia serve`), or run \
         `loggia user create HANDLE --name NAME --organisation ORGANISATION`"
    );
    Ok(())
}

/// The person of a handle.
pub(super) async fn find(database: &Database, handle: &str) -> anyhow::Result<PersonId> {
    let reader = database.reader(&Viewer::system("loggia user"));
    let person = identity::queries::person_by_handle(&reader, handle).await?;
    person
        .map(|person| person.id)
        .ok_or_else(|| anyhow::anyhow!("there is nobody called @{handle}"))
}

fn tell_password(
    common: &Common,
    handle: &str,
    person: PersonId,
    password: &str,
) -> anyhow::Result<()> {
    let report =
        json!({ "handle": handle, "person": person.to_string(), "oneTimePassword": password });
    common.report(&report, || {
        format!(
            "@{handle} signs in once with the password  {password}  and chooses a new one then."
        )
    })
}
