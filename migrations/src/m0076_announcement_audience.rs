//! Announcements that are meant for some: the rule as it was when they were written, and its name.

use sea_orm_migration::prelude::*;

use crate::schema;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schema::run(manager, COLUMNS).await
    }
}

const COLUMNS: &str = "
ALTER TABLE posts ADD COLUMN audience_name TEXT
;;
ALTER TABLE posts ADD COLUMN audience_rule TEXT
";
