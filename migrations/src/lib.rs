//! The schema's history. One file per step; a step that has been released is never changed.
//!
//! Migrations run on SQLite and PostgreSQL: the builder where both agree, a marked branch where
//! they do not. Forward only.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DatabaseConnection, DbErr};

mod m0001_foundation;
mod m0002_working_time;
mod m0006_audiences;
mod m0006_saved_audiences;
mod m0007_dispatches;
mod m0050_profiles;
mod m0060_conversations;
mod m0070_delivery;
mod m0071_reorganisations;
mod m0072_absences;
mod m0073_audiences_used;
mod m0074_urgency;
mod m0075_house_switches;
mod m0076_announcement_audience;
mod schema;

/// All steps, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_foundation::Migration),
            Box::new(m0002_working_time::Migration),
            Box::new(m0006_audiences::Migration),
            Box::new(m0006_saved_audiences::Migration),
            Box::new(m0007_dispatches::Migration),
            Box::new(m0050_profiles::Migration),
            Box::new(m0060_conversations::Migration),
            Box::new(m0070_delivery::Migration),
            Box::new(m0071_reorganisations::Migration),
            Box::new(m0072_absences::Migration),
            Box::new(m0073_audiences_used::Migration),
            Box::new(m0074_urgency::Migration),
            Box::new(m0075_house_switches::Migration),
            Box::new(m0076_announcement_audience::Migration),
        ]
    }
}

/// Applies what is not applied yet.
///
/// # Errors
/// The database's.
pub async fn up(connection: &DatabaseConnection) -> Result<(), DbErr> {
    Migrator::up(connection, None).await
}

/// Names of the steps not applied yet, oldest first.
///
/// # Errors
/// The database's.
pub async fn pending(connection: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let pending = Migrator::get_pending_migrations(connection).await?;
    Ok(pending
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect())
}

/// A short text that changes whenever a step is added: the number of steps and the newest one's name.
pub fn version() -> String {
    let steps = Migrator::migrations();
    let newest = steps
        .last()
        .map_or_else(String::new, |step| step.name().to_owned());
    format!("{}_{newest}", steps.len())
}

/// All tables in an order in which rows can be written without breaking a reference.
pub const TABLES: [&str; 90] = [
    "organisation",
    "people",
    "identities",
    "sessions",
    "refresh_tokens",
    "access_tokens",
    "signing_keys",
    "follows",
    "calendars",
    "calendar_days",
    "org_units",
    "assignments",
    "stand_ins",
    "absences",
    "communities",
    "community_slugs",
    "memberships",
    "join_requests",
    "invitations",
    "audiences",
    "audience_communities",
    "contents",
    "content_revisions",
    "threads",
    "thread_subscriptions",
    "reactions",
    "reaction_counts",
    "attachments",
    "content_topics",
    "topic_follows",
    "mentions",
    "link_cards",
    "content_links",
    "drafts",
    "draft_versions",
    "posts",
    "praise_people",
    "poll_options",
    "poll_voters",
    "poll_votes",
    "idea_votes",
    "announcement_views",
    "feed_marks",
    "feed_mark_undos",
    "notifications",
    "conversations",
    "conversation_members",
    "messages",
    "import_keys",
    "journal",
    "journal_cursors",
    "journal_floor",
    "journal_parked",
    "seaql_migrations",
    "line_grants",
    "line_policies",
    "personal_looks",
    "dispatches",
    "dispatch_helpers",
    "dispatch_versions",
    "dispatch_texts",
    "dispatch_roll",
    "dispatch_batches",
    "dispatch_receipts",
    "dispatch_copies",
    "dispatch_steps",
    "dispatch_threads",
    "dispatch_messages",
    "line_questions",
    "message_revisions",
    "message_reactions",
    "message_drafts",
    "scheduled_messages",
    "attachment_circles",
    "person_hr_fields",
    "person_details",
    "person_languages",
    "person_skills",
    "person_ask_topics",
    "skill_endorsements",
    "notification_defaults",
    "notification_choices",
    "notification_rhythms",
    "notification_house",
    "deliveries",
    "push_devices",
    "delivery_keys",
    "reorganisations",
    "reorganisation_files",
    "reorganisation_lines",
];
