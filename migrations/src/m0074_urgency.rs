//! How urgent dispatches come back: a policy for each unit, and a track of its own for what is said again.

use sea_orm_migration::prelude::*;

use crate::schema;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        schema::run(manager, URGENCY).await
    }
}

// Reminders of urgent dispatches were steps of the same track as the way up the line: those not taken yet
// move to the new one.
const URGENCY: &str = "
CREATE TABLE line_policies (
  unit_id {uuid} PRIMARY KEY REFERENCES org_units (id),
  passes_quiet_hours {bool} NOT NULL,
  repeat_minutes INTEGER NOT NULL,
  max_repeats INTEGER NOT NULL,
  updated_by {uuid},
  updated_at {time} NOT NULL
)
;;
ALTER TABLE dispatches ADD COLUMN reminded_at {time}
;;
ALTER TABLE dispatch_roll ADD COLUMN next_nudge_at {time}
;;
ALTER TABLE dispatch_roll ADD COLUMN nudges INTEGER NOT NULL DEFAULT 0
;;
CREATE INDEX dispatch_roll_nudges ON dispatch_roll (next_nudge_at) WHERE next_nudge_at IS NOT NULL
;;
UPDATE dispatch_roll SET next_nudge_at = next_step_at, nudges = step, next_step_at = due_at, step = 0
WHERE next_step_at IS NOT NULL AND next_step_at <= due_at
AND dispatch_id IN (SELECT d.id FROM dispatches d WHERE d.is_urgent)
;;
UPDATE dispatch_roll SET step = 1
WHERE next_step_at IS NOT NULL AND next_step_at > due_at
AND dispatch_id IN (SELECT d.id FROM dispatches d WHERE d.is_urgent)
";
