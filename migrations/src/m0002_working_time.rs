//! When units are open and people are away; who stands in for the head of a unit.

use sea_orm_migration::prelude::*;

use crate::schema;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schema::run(manager, WORKING_TIME).await
    }
}

const WORKING_TIME: &str = "
CREATE TABLE calendars (
  id {uuid} PRIMARY KEY,
  name TEXT NOT NULL,
  created_at {time} NOT NULL
)
;;
CREATE UNIQUE INDEX calendars_name ON calendars (name)
;;
CREATE TABLE calendar_days (
  calendar_id {uuid} NOT NULL REFERENCES calendars (id),
  day TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (calendar_id, day)
)
;;
ALTER TABLE org_units ADD COLUMN time_zone TEXT
;;
ALTER TABLE org_units ADD COLUMN opening_hours TEXT
;;
ALTER TABLE org_units ADD COLUMN calendar_id {uuid}
;;
CREATE TABLE stand_ins (
  id {uuid} PRIMARY KEY,
  unit_id {uuid} NOT NULL REFERENCES org_units (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  named_by {uuid},
  starts_at {time} NOT NULL,
  ends_at {time} NOT NULL
)
;;
CREATE INDEX stand_ins_unit ON stand_ins (unit_id, id)
;;
CREATE INDEX stand_ins_person ON stand_ins (person_id)
;;
CREATE TABLE absences (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES people (id),
  starts_at {time} NOT NULL,
  ends_at {time} NOT NULL
)
;;
CREATE INDEX absences_person ON absences (person_id, ends_at)
";
