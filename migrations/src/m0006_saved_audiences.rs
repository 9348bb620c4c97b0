//! Audiences that are kept under a name.

use sea_orm_migration::prelude::*;

use crate::schema;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schema::run(manager, SAVED).await
    }
}

// Which communities a rule names stands beside it, so that SQL can keep it from those who may not
// look into one of them.
const SAVED: &str = "
CREATE TABLE audiences (
  id {uuid} PRIMARY KEY,
  owner_id {uuid} NOT NULL REFERENCES people (id),
  name TEXT NOT NULL,
  search_text TEXT NOT NULL,
  rule TEXT NOT NULL,
  is_shared {bool} NOT NULL,
  version INTEGER NOT NULL,
  created_at {time} NOT NULL,
  updated_at {time} NOT NULL
)
;;
CREATE INDEX audiences_owner ON audiences (owner_id)
;;
CREATE INDEX audiences_order ON audiences (search_text, id)
;;
CREATE TABLE audience_communities (
  audience_id {uuid} NOT NULL REFERENCES audiences (id),
  community_id {uuid} NOT NULL REFERENCES communities (id),
  PRIMARY KEY (audience_id, community_id)
)
";
