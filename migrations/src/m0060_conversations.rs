//! Conversations as people expect them: answers joined to what they answer, reactions, files, changed
//! and deleted messages, drafts, messages to be sent later, and quiet conversations.

use sea_orm_migration::prelude::*;

use crate::schema;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for part in [MESSAGES, FILES] {
            schema::run(manager, part).await?;
        }
        Ok(())
    }
}

const MESSAGES: &str = "
ALTER TABLE messages ADD COLUMN thread_id {uuid}
;;
ALTER TABLE messages ADD COLUMN search_text TEXT NOT NULL DEFAULT ''
;;
ALTER TABLE messages ADD COLUMN edited_at {time}
;;
ALTER TABLE messages ADD COLUMN deleted_at {time}
;;
CREATE INDEX messages_thread ON messages (thread_id, id) WHERE thread_id IS NOT NULL
;;
ALTER TABLE people ADD COLUMN send_receipts {bool} NOT NULL DEFAULT FALSE
;;
ALTER TABLE conversation_members ADD COLUMN is_muted {bool} NOT NULL DEFAULT FALSE
;;
CREATE TABLE message_revisions (
  message_id {uuid} NOT NULL REFERENCES messages (id),
  number INTEGER NOT NULL,
  source TEXT NOT NULL,
  replaced_at {time} NOT NULL,
  PRIMARY KEY (message_id, number)
)
;;
CREATE TABLE message_reactions (
  message_id {uuid} NOT NULL REFERENCES messages (id),
  emoji {key} NOT NULL,
  person_id {uuid} NOT NULL REFERENCES people (id),
  created_at {time} NOT NULL,
  PRIMARY KEY (message_id, emoji, person_id)
)
;;
CREATE TABLE message_drafts (
  conversation_id {uuid} NOT NULL REFERENCES conversations (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  source TEXT NOT NULL,
  updated_at {time} NOT NULL,
  PRIMARY KEY (conversation_id, person_id)
)
;;
CREATE TABLE scheduled_messages (
  id {uuid} PRIMARY KEY,
  conversation_id {uuid} NOT NULL REFERENCES conversations (id),
  author_id {uuid} NOT NULL REFERENCES people (id),
  thread_id {uuid},
  source TEXT NOT NULL,
  client_id {uuid} NOT NULL,
  send_at {time} NOT NULL,
  created_at {time} NOT NULL
)
;;
CREATE INDEX scheduled_messages_due ON scheduled_messages (send_at)
;;
CREATE INDEX scheduled_messages_author ON scheduled_messages (author_id, conversation_id)
";

// A circle is a closed group of people who alone see what was shared with them; the subject is what
// a file hangs on there.
const FILES: &str = "
ALTER TABLE attachments ADD COLUMN circle_id {uuid}
;;
ALTER TABLE attachments ADD COLUMN subject_id {uuid}
;;
CREATE INDEX attachments_subject ON attachments (subject_id, place) WHERE subject_id IS NOT NULL
;;
CREATE TABLE attachment_circles (
  circle_id {uuid} NOT NULL,
  person_id {uuid} NOT NULL REFERENCES people (id),
  PRIMARY KEY (circle_id, person_id)
)
";
