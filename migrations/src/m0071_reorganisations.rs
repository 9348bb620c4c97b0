//! Reorganisations: files that were tried out, what was found, and what undoing needs.

use sea_orm_migration::prelude::*;

use crate::schema;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schema::run(manager, REORGANISATIONS).await
    }
}

// People and units in the lines may be ones that come with the files: they have no id yet, and those that
// have one are no references, since a line says what was found then.
const REORGANISATIONS: &str = "
CREATE TABLE reorganisations (
  id {uuid} PRIMARY KEY,
  state TEXT NOT NULL,
  created_by {uuid} REFERENCES people (id),
  created_at {time} NOT NULL,
  effective_at {time} NOT NULL,
  base TEXT NOT NULL,
  applied_by {uuid} REFERENCES people (id),
  applied_at {time},
  after_text TEXT,
  record TEXT,
  undone_by {uuid} REFERENCES people (id),
  undone_at {time}
)
;;
CREATE TABLE reorganisation_files (
  reorganisation_id {uuid} NOT NULL REFERENCES reorganisations (id),
  file TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (reorganisation_id, file)
)
;;
CREATE TABLE reorganisation_lines (
  reorganisation_id {uuid} NOT NULL REFERENCES reorganisations (id),
  part TEXT NOT NULL,
  place BIGINT NOT NULL,
  person_id {uuid},
  person_name TEXT,
  subject_id {uuid},
  text TEXT NOT NULL,
  search_text TEXT NOT NULL,
  PRIMARY KEY (reorganisation_id, part, place)
)
";
