//! What kept audiences are used for: a dispatch may be narrowed to one.

use sea_orm_migration::prelude::*;

use crate::schema;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schema::run(manager, DISPATCHES).await
    }
}

/// The audience by id and name, and a copy of its rule as it was when the draft was saved.
const DISPATCHES: &str = "
ALTER TABLE dispatches ADD COLUMN audience_id {uuid}
;;
ALTER TABLE dispatches ADD COLUMN audience_name TEXT
;;
ALTER TABLE dispatches ADD COLUMN audience_rule TEXT
";
