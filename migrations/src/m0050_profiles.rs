//! What people say about themselves beside name and title: contact, languages, skills, what to ask them
//! about; who endorses it; and which fields the personnel department keeps.

use sea_orm_migration::prelude::*;

use crate::schema;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schema::run(manager, PROFILES).await
    }
}

const PROFILES: &str = "
CREATE TABLE person_hr_fields (
  person_id {uuid} NOT NULL REFERENCES people (id),
  field {key} NOT NULL,
  PRIMARY KEY (person_id, field)
)
;;
CREATE TABLE person_details (
  person_id {uuid} PRIMARY KEY REFERENCES people (id),
  phone TEXT NOT NULL,
  mobile TEXT NOT NULL,
  office TEXT NOT NULL,
  phone_for TEXT NOT NULL,
  mobile_for TEXT NOT NULL,
  email_for TEXT NOT NULL,
  is_suggested {bool} NOT NULL,
  updated_at {time} NOT NULL
)
;;
CREATE TABLE person_languages (
  person_id {uuid} NOT NULL REFERENCES people (id),
  language {key} NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (person_id, language)
)
;;
CREATE INDEX person_languages_language ON person_languages (language, person_id)
;;
CREATE TABLE person_skills (
  person_id {uuid} NOT NULL REFERENCES people (id),
  skill {key} NOT NULL,
  name TEXT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (person_id, skill)
)
;;
CREATE INDEX person_skills_skill ON person_skills (skill, person_id)
;;
CREATE TABLE person_ask_topics (
  person_id {uuid} NOT NULL REFERENCES people (id),
  topic {key} NOT NULL,
  name TEXT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (person_id, topic)
)
;;
CREATE INDEX person_ask_topics_topic ON person_ask_topics (topic, person_id)
;;
CREATE TABLE skill_endorsements (
  person_id {uuid} NOT NULL REFERENCES people (id),
  skill {key} NOT NULL,
  endorser_id {uuid} NOT NULL REFERENCES people (id),
  created_at {time} NOT NULL,
  PRIMARY KEY (person_id, skill, endorser_id)
)
";
