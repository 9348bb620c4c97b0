//! What the organisation allows of what tells about people.

use sea_orm_migration::prelude::*;

use crate::schema;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schema::run(manager, SWITCHES).await
    }
}

const SWITCHES: &str = "
ALTER TABLE organisation ADD COLUMN allows_presence {bool} NOT NULL DEFAULT TRUE
;;
ALTER TABLE organisation ADD COLUMN allows_typing {bool} NOT NULL DEFAULT TRUE
;;
ALTER TABLE organisation ADD COLUMN allows_receipts {bool} NOT NULL DEFAULT TRUE
";
