//! Which news reaches whom how: choices of people and of the house, letters and pushes that wait to go
//! out, browsers that take pushes. And notifications about dispatches.

use sea_orm_migration::prelude::*;

use crate::schema;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for part in [CHOICES, DELIVERIES] {
            schema::run(manager, part).await?;
        }
        Ok(())
    }
}

const CHOICES: &str = "
ALTER TABLE notifications ADD COLUMN dispatch_id {uuid}
;;
ALTER TABLE notifications ADD COLUMN question_id {uuid}
;;
CREATE TABLE notification_defaults (
  category {key} NOT NULL PRIMARY KEY,
  in_app {bool} NOT NULL,
  email TEXT NOT NULL,
  push {bool} NOT NULL
)
;;
CREATE TABLE notification_choices (
  person_id {uuid} NOT NULL REFERENCES people (id),
  category {key} NOT NULL,
  in_app {bool} NOT NULL,
  email TEXT NOT NULL,
  push {bool} NOT NULL,
  PRIMARY KEY (person_id, category)
)
;;
CREATE TABLE notification_rhythms (
  person_id {uuid} PRIMARY KEY REFERENCES people (id),
  quiet_from INTEGER,
  quiet_until INTEGER,
  in_working_hours {bool} NOT NULL,
  digest_at INTEGER NOT NULL
)
;;
CREATE TABLE notification_house (
  id INTEGER PRIMARY KEY,
  text_in_mail {bool} NOT NULL,
  text_in_push {bool} NOT NULL
)
";

// A delivery is one piece of news on its way to one person over one channel. Open ones are found by when they
// are due, and by their bundle, so that more of the same joins them.
const DELIVERIES: &str = "
CREATE TABLE deliveries (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES people (id),
  channel TEXT NOT NULL,
  category TEXT NOT NULL,
  timing TEXT NOT NULL,
  bundle TEXT NOT NULL,
  subject_id {uuid},
  is_urgent {bool} NOT NULL,
  journal_transaction BIGINT NOT NULL,
  journal_sequence BIGINT NOT NULL,
  state TEXT NOT NULL,
  due_at {time} NOT NULL,
  attempts INTEGER NOT NULL,
  letter_id {uuid},
  problem TEXT,
  created_at {time} NOT NULL
)
;;
CREATE UNIQUE INDEX deliveries_event ON deliveries (person_id, channel, journal_transaction, journal_sequence)
;;
CREATE INDEX deliveries_due ON deliveries (state, due_at, id) WHERE state IN ('new', 'waiting', 'sending')
;;
CREATE INDEX deliveries_open ON deliveries (person_id, channel, bundle) WHERE state IN ('new', 'waiting')
;;
CREATE INDEX deliveries_letter ON deliveries (letter_id) WHERE letter_id IS NOT NULL
;;
CREATE TABLE push_devices (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES people (id),
  endpoint TEXT NOT NULL,
  public_key TEXT NOT NULL,
  auth_secret TEXT NOT NULL,
  label TEXT NOT NULL,
  created_at {time} NOT NULL,
  last_used_at {time}
)
;;
CREATE UNIQUE INDEX push_devices_endpoint ON push_devices (endpoint)
;;
CREATE INDEX push_devices_person ON push_devices (person_id, id)
;;
CREATE TABLE delivery_keys (
  name {key} NOT NULL PRIMARY KEY,
  secret TEXT NOT NULL,
  created_at {time} NOT NULL
)
";
