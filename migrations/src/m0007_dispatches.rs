//! Dispatches: the direct line from the head of a unit to everybody below, with proof of who read what.

use sea_orm_migration::prelude::*;

use crate::schema;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for part in [RIGHTS, DISPATCHES, ROLL, ANSWERS] {
            schema::run(manager, part).await?;
        }
        Ok(())
    }
}

const RIGHTS: &str = "
CREATE INDEX assignments_heads ON assignments (unit_id, person_id) WHERE is_head
;;
CREATE TABLE line_grants (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES people (id),
  unit_id {uuid} NOT NULL REFERENCES org_units (id),
  right_kind TEXT NOT NULL,
  roles TEXT NOT NULL,
  reason TEXT NOT NULL,
  granted_by {uuid},
  starts_at {time} NOT NULL,
  ends_at {time} NOT NULL,
  revoked_at {time},
  created_at {time} NOT NULL
)
;;
CREATE INDEX line_grants_person ON line_grants (person_id)
;;
CREATE TABLE personal_looks (
  id {uuid} PRIMARY KEY,
  viewer_id {uuid} NOT NULL REFERENCES people (id),
  dispatch_id {uuid} NOT NULL,
  person_id {uuid},
  what TEXT NOT NULL,
  looked_at {time} NOT NULL
)
;;
CREATE INDEX personal_looks_dispatch ON personal_looks (dispatch_id, id)
";

const DISPATCHES: &str = "
CREATE TABLE dispatches (
  id {uuid} PRIMARY KEY,
  state TEXT NOT NULL,
  sender_id {uuid} NOT NULL REFERENCES people (id),
  unit_id {uuid} NOT NULL REFERENCES org_units (id),
  right_source TEXT NOT NULL,
  grant_id {uuid},
  target_units TEXT NOT NULL,
  target_roles TEXT NOT NULL,
  addressed TEXT NOT NULL,
  language TEXT NOT NULL,
  is_must_read {bool} NOT NULL,
  needs_signature {bool} NOT NULL,
  is_urgent {bool} NOT NULL,
  takes_answers {bool} NOT NULL,
  working_hours INTEGER,
  joiner_days INTEGER NOT NULL,
  version INTEGER NOT NULL,
  required_version INTEGER NOT NULL,
  recipient_count BIGINT NOT NULL,
  client_id {uuid} NOT NULL,
  created_at {time} NOT NULL,
  updated_at {time} NOT NULL,
  scheduled_for {time},
  sent_at {time},
  withdrawn_at {time}
)
;;
CREATE UNIQUE INDEX dispatches_client ON dispatches (sender_id, client_id)
;;
CREATE INDEX dispatches_sender ON dispatches (sender_id, id)
;;
CREATE INDEX dispatches_scheduled ON dispatches (scheduled_for) WHERE state = 'scheduled'
;;
CREATE INDEX dispatches_joining ON dispatches (sent_at) WHERE state = 'published' AND joiner_days > 0
;;
CREATE TABLE dispatch_helpers (
  dispatch_id {uuid} NOT NULL REFERENCES dispatches (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  PRIMARY KEY (dispatch_id, person_id)
)
;;
CREATE INDEX dispatch_helpers_person ON dispatch_helpers (person_id, dispatch_id)
;;
CREATE TABLE dispatch_versions (
  dispatch_id {uuid} NOT NULL REFERENCES dispatches (id),
  number INTEGER NOT NULL,
  is_material {bool} NOT NULL,
  editor_id {uuid} NOT NULL REFERENCES people (id),
  questions TEXT NOT NULL,
  created_at {time} NOT NULL,
  PRIMARY KEY (dispatch_id, number)
)
;;
CREATE TABLE dispatch_texts (
  dispatch_id {uuid} NOT NULL REFERENCES dispatches (id),
  version INTEGER NOT NULL,
  language TEXT NOT NULL,
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  html TEXT NOT NULL,
  talking_points TEXT NOT NULL,
  talking_points_html TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (dispatch_id, version, language)
)
";

const ROLL: &str = "
CREATE TABLE dispatch_roll (
  dispatch_id {uuid} NOT NULL REFERENCES dispatches (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  unit_id {uuid} NOT NULL REFERENCES org_units (id),
  unit_code TEXT NOT NULL,
  role TEXT NOT NULL,
  manager_id {uuid},
  language TEXT NOT NULL,
  batch INTEGER NOT NULL,
  duty_since {time},
  due_at {time},
  next_step_at {time},
  step INTEGER NOT NULL,
  PRIMARY KEY (dispatch_id, person_id)
)
;;
CREATE INDEX dispatch_roll_person ON dispatch_roll (person_id, dispatch_id)
;;
CREATE INDEX dispatch_roll_steps ON dispatch_roll (next_step_at) WHERE next_step_at IS NOT NULL
;;
CREATE TABLE dispatch_batches (
  dispatch_id {uuid} NOT NULL REFERENCES dispatches (id),
  number INTEGER NOT NULL,
  reason TEXT NOT NULL,
  added BIGINT NOT NULL,
  hash TEXT NOT NULL,
  added_at {time} NOT NULL,
  PRIMARY KEY (dispatch_id, number)
)
;;
CREATE TABLE dispatch_receipts (
  dispatch_id {uuid} NOT NULL REFERENCES dispatches (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  version INTEGER NOT NULL,
  language TEXT NOT NULL,
  seen_at {time} NOT NULL,
  acknowledged_at {time},
  method TEXT,
  PRIMARY KEY (dispatch_id, person_id, version)
)
;;
CREATE TABLE dispatch_copies (
  dispatch_id {uuid} NOT NULL REFERENCES dispatches (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  unit_id {uuid} NOT NULL REFERENCES org_units (id),
  PRIMARY KEY (dispatch_id, person_id, unit_id)
)
;;
CREATE INDEX dispatch_copies_person ON dispatch_copies (person_id, dispatch_id)
;;
CREATE TABLE dispatch_steps (
  dispatch_id {uuid} NOT NULL REFERENCES dispatches (id),
  version INTEGER NOT NULL,
  step INTEGER NOT NULL,
  person_id {uuid} NOT NULL REFERENCES people (id),
  about_count BIGINT NOT NULL,
  taken_at {time} NOT NULL,
  read_at {time},
  PRIMARY KEY (dispatch_id, version, step, person_id, taken_at)
)
;;
CREATE INDEX dispatch_steps_person ON dispatch_steps (person_id, dispatch_id)
";

const ANSWERS: &str = "
CREATE TABLE dispatch_threads (
  dispatch_id {uuid} NOT NULL REFERENCES dispatches (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  unit_id {uuid} NOT NULL REFERENCES org_units (id),
  theme TEXT NOT NULL,
  last_message_id {uuid} NOT NULL,
  is_answered {bool} NOT NULL,
  read_by_person_id {uuid},
  PRIMARY KEY (dispatch_id, person_id)
)
;;
CREATE INDEX dispatch_threads_latest ON dispatch_threads (dispatch_id, last_message_id)
;;
CREATE INDEX dispatch_threads_person ON dispatch_threads (person_id, dispatch_id)
;;
CREATE TABLE dispatch_messages (
  id {uuid} PRIMARY KEY,
  dispatch_id {uuid} NOT NULL REFERENCES dispatches (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  author_id {uuid} NOT NULL REFERENCES people (id),
  source TEXT NOT NULL,
  html TEXT NOT NULL,
  client_id {uuid} NOT NULL,
  sent_at {time} NOT NULL
)
;;
CREATE INDEX dispatch_messages_thread ON dispatch_messages (dispatch_id, person_id, id)
;;
CREATE UNIQUE INDEX dispatch_messages_client ON dispatch_messages (author_id, client_id, person_id)
;;
CREATE TABLE line_questions (
  id {uuid} PRIMARY KEY,
  asker_id {uuid} NOT NULL REFERENCES people (id),
  unit_id {uuid} NOT NULL REFERENCES org_units (id),
  addressee_id {uuid} NOT NULL REFERENCES people (id),
  is_anonymous {bool} NOT NULL,
  source TEXT NOT NULL,
  html TEXT NOT NULL,
  client_id {uuid} NOT NULL,
  asked_at {time} NOT NULL,
  answer_source TEXT,
  answer_html TEXT,
  answered_at {time},
  is_shared {bool} NOT NULL
)
;;
CREATE UNIQUE INDEX line_questions_client ON line_questions (asker_id, client_id)
;;
CREATE INDEX line_questions_addressee ON line_questions (addressee_id, id)
;;
CREATE INDEX line_questions_shared ON line_questions (unit_id, id) WHERE is_shared
";
