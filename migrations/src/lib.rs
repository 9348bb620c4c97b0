//! The schema's history. One file per step; a step that has been released is never changed.
//!
//! Migrations run on SQLite and PostgreSQL: the builder where both agree, a marked branch where
//! they do not. Forward only.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DatabaseConnection, DbErr};

mod m0001_foundation;
mod schema;

/// All steps, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_foundation::Migration)]
    }
}

/// Applies what is not applied yet.
///
/// # Errors
/// The database's.
pub async fn up(connection: &DatabaseConnection) -> Result<(), DbErr> {
    Migrator::up(connection, None).await
}

/// Names of the steps not applied yet, oldest first.
///
/// # Errors
/// The database's.
pub async fn pending(connection: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let pending = Migrator::get_pending_migrations(connection).await?;
    Ok(pending
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect())
}

/// A short text that changes whenever a step is added: the number of steps and the newest one's name.
pub fn version() -> String {
    let steps = Migrator::migrations();
    let newest = steps
        .last()
        .map_or_else(String::new, |step| step.name().to_owned());
    format!("{}_{newest}", steps.len())
}
