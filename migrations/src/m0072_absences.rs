//! Why somebody is away, and who can be asked meanwhile.

use sea_orm_migration::prelude::*;

use crate::schema;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schema::run(manager, ABSENCES).await
    }
}

const ABSENCES: &str = "
ALTER TABLE absences ADD COLUMN kind TEXT NOT NULL DEFAULT 'other'
;;
ALTER TABLE absences ADD COLUMN substitute_id {uuid}
";
