//! A house with people in it, and ways to look at what happened.

use std::net::IpAddr;
use std::sync::Arc;

use identity::commands::{Device, LoginInput, SetupInput, SignedIn};
use identity::model::{NewPerson, Password, PasswordHash, PasswordOwner};
use identity::{Authenticator, Presence};
use kernel::{Error, OrganisationRole, PersonId, Result, SessionId, Viewer};
use platform::config::{AuthConfig, Config};
use platform::{Database, LiveHub};
use sea_orm::{ConnectionTrait, Statement, Value};
use testkit::TestDatabase;

pub const ISSUER: &str = "https://loggia.example.org";
pub const PASSWORD: &str = "pale tractor hums";

/// Configuration with few tries, so that tests need few hashes.
pub fn config() -> AuthConfig {
    AuthConfig {
        login_attempts_per_account: 3,
        login_attempts_per_address: 4,
        lockout_seconds: 300,
        ..Config::default().auth
    }
}

/// A house that is set up: its admin `ada`, its authenticator, its hub.
pub struct House {
    pub bed: TestDatabase,
    pub database: Database,
    pub authenticator: Authenticator,
    pub hub: LiveHub,
    pub presence: Presence,
    pub ada: PersonId,
}

impl House {
    pub async fn open(bed: TestDatabase) -> Self {
        let database = bed.database.clone();
        let ada = identity::commands::setup(&database, setup_input())
            .await
            .unwrap();
        let authenticator = authenticator(&database).await;
        let hub = LiveHub::new(database.clone());
        hub.observe(Arc::new(authenticator.clone()));
        hub.start().await.unwrap();
        let presence = Presence::new(hub.clone());
        Self {
            bed,
            database,
            authenticator,
            hub,
            presence,
            ada,
        }
    }

    /// The admin, signed in on no device in particular.
    pub fn admin(&self) -> Viewer {
        Viewer::person(self.ada, OrganisationRole::NetworkAdmin, None)
    }

    /// A member with [`PASSWORD`].
    pub async fn member(&self, handle: &str) -> PersonId {
        let password = Password::parse("password", PASSWORD, PasswordOwner::default()).unwrap();
        let hash = PasswordHash::of(&password).await.unwrap();
        self.person(NewPerson {
            password: Some(hash),
            ..new_person(handle)
        })
        .await
    }

    pub async fn person(&self, new: NewPerson) -> PersonId {
        self.try_person(new).await.unwrap()
    }

    pub async fn try_person(&self, new: NewPerson) -> Result<PersonId> {
        let mut tx = self.database.begin(&Viewer::system("test")).await.unwrap();
        let person = identity::commands::create_person(&mut tx, new).await?;
        tx.commit().await?;
        Ok(person)
    }

    pub async fn login(&self, login: &str, password: &str) -> Result<SignedIn> {
        self.authenticator
            .login(login_input(login, password, "192.0.2.1"))
            .await
    }

    pub async fn signed_in(&self, login: &str) -> SignedIn {
        self.login(login, PASSWORD).await.unwrap()
    }

    pub async fn viewer(&self, signed_in: &SignedIn) -> Viewer {
        self.authenticator
            .authenticate(&signed_in.access_token)
            .await
            .unwrap()
    }

    /// Whether an access token or personal access token is let in.
    pub async fn lets_in(&self, bearer: &str) -> bool {
        match self.authenticator.authenticate(bearer).await {
            Ok(viewer) => viewer.person_id().is_some(),
            Err(Error::Unauthenticated) => false,
            Err(error) => panic!("neither let in nor refused: {error:?}"),
        }
    }

    pub async fn refresh(&self, signed_in: &SignedIn) -> Result<SignedIn> {
        let token = signed_in.refresh_token.expose();
        self.authenticator.refresh(token, &Device::default()).await
    }

    /// Hands all events so far to the authenticator.
    pub async fn pump(&self) {
        testkit::settle::settled(&self.database).await;
        while self.hub.pump().await.unwrap() > 0 {}
    }

    /// Kinds of all events so far, oldest first.
    pub async fn kinds(&self) -> Vec<String> {
        self.texts("SELECT kind FROM journal ORDER BY sequence")
            .await
    }

    pub async fn count(&self, kind: &str) -> usize {
        self.kinds()
            .await
            .iter()
            .filter(|known| *known == kind)
            .count()
    }

    /// Runs a statement past all rules, in a transaction of its own.
    pub async fn execute(&self, sql: &str, values: Vec<Value>) -> u64 {
        let mut tx = self.database.begin(&Viewer::system("test")).await.unwrap();
        let statement = Statement::from_sql_and_values(self.database.backend(), sql, values);
        let done = tx.execute_raw(statement).await.unwrap();
        let subject = kernel::SubjectRef::new("test", uuid::Uuid::nil());
        tx.announce(kernel::NewEvent::new(
            "test.ran",
            subject,
            kernel::Scope::System,
        ));
        tx.commit().await.unwrap();
        done.rows_affected()
    }

    /// The texts of one column, whoever may see them.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let reader = self.database.reader(&Viewer::system("test"));
        let statement = Statement::from_string(self.database.backend(), sql);
        let rows = reader.query_all_raw(statement).await.unwrap();
        rows.iter()
            .map(|row| row.try_get_by_index::<String>(0).unwrap())
            .collect()
    }
}

pub async fn authenticator(database: &Database) -> Authenticator {
    Authenticator::start(database.clone(), &config(), ISSUER.to_owned())
        .await
        .unwrap()
}

pub fn setup_input() -> SetupInput {
    SetupInput {
        organisation_name: "Example Company".to_owned(),
        name: "Ada Admin".to_owned(),
        handle: "ada".to_owned(),
        email: "ada@example.org".to_owned(),
        password: PASSWORD.to_owned(),
        locale: "en".to_owned(),
    }
}

pub fn new_person(handle: &str) -> NewPerson {
    NewPerson {
        handle: handle.to_owned(),
        name: format!("Person {handle}"),
        email: Some(format!("{handle}@example.org")),
        ..NewPerson::default()
    }
}

pub fn login_input(login: &str, password: &str, address: &str) -> LoginInput {
    let address: IpAddr = address.parse().unwrap();
    LoginInput {
        login: login.to_owned(),
        password: password.to_owned(),
        device: Device::new("Firefox on Linux", Some(address)),
    }
}

pub fn on_device(person: PersonId, session: SessionId) -> Viewer {
    Viewer::person(person, OrganisationRole::Member, Some(session))
}

/// The reason code of what must have failed.
pub fn reason<T>(result: Result<T>) -> &'static str {
    match result {
        Ok(_) => panic!("must be refused"),
        Err(error) => error.reason(),
    }
}

/// All problem codes of what must have failed.
pub fn problems<T>(result: Result<T>) -> Vec<&'static str> {
    match result {
        Err(Error::Invalid(problems)) => problems.iter().map(|problem| problem.code).collect(),
        Err(error) => panic!("not a problem of the input: {error:?}"),
        Ok(_) => panic!("must be refused"),
    }
}
