//! Audiences: what makes "all tellers in district 7" one quick statement.

use sea_orm_migration::prelude::*;

use crate::schema;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schema::run(manager, AUDIENCES).await
    }
}

// Both indexes of places hold all that is asked of a place, so that no row is fetched: a branch at
// random costs more than the whole rest.
const AUDIENCES: &str = "
CREATE INDEX assignments_place ON assignments (unit_id, person_id, role, is_head, starts_at, ends_at)
;;
CREATE INDEX assignments_role ON assignments (lower(trim(role)), unit_id, person_id, is_head, starts_at, ends_at)
;;
CREATE INDEX people_location ON people (lower(trim(location)), id)
";
