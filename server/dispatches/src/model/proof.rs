//! The proof: who was obliged, who read what when, and that the roll is the one that was frozen.

use kernel::{PersonId, Timestamp};
use serde::Serialize;

/// Everything about one dispatch that an auditor needs but the lines of the roll, which may be many: they are
/// read page by page ([`ProofEntry`]).
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Proof {
    /// What this is, with the version of the form.
    pub format: &'static str,
    /// The dispatch.
    pub dispatch: String,
    /// Name of who sent it.
    pub sender: String,
    /// Code of the unit whose line was used.
    pub unit: String,
    /// Where the right came from.
    pub right: &'static str,
    /// Who was addressed, in words, as shown at sending.
    pub addressed: String,
    /// When it was sent.
    pub sent_at: Option<String>,
    /// When this report was made.
    pub made_at: String,
    /// Number of the version that must be confirmed.
    pub required_version: i32,
    /// All versions.
    pub versions: Vec<ProofVersion>,
    /// The batches of the roll with their hashes.
    pub batches: Vec<ProofBatch>,
    /// Whether all hashes fit the rows.
    pub verified: bool,
    /// How many people were obliged.
    #[serde(skip)]
    pub obliged: i64,
    /// How many of them have confirmed what is required.
    #[serde(skip)]
    pub done: i64,
}

/// A version of the text.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProofVersion {
    /// Its number.
    pub number: i32,
    /// Whether it had to be confirmed again.
    pub is_material: bool,
    /// When it was made.
    pub made_at: String,
    /// The text in each language.
    pub texts: Vec<ProofText>,
}

/// A version's text in one language.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProofText {
    /// The language.
    pub language: String,
    /// The title.
    pub title: String,
    /// The text as written.
    pub source: String,
    /// Its hash, see [`super::text_hash`].
    pub hash: String,
}

/// A batch of the roll.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProofBatch {
    /// Its number.
    pub number: i32,
    /// `sent`, or `joined` for people added by rule.
    pub reason: String,
    /// How many people.
    pub added: i64,
    /// When.
    pub added_at: String,
    /// Its hash, see [`super::batch_hash`].
    pub hash: String,
}

/// What one recipient was obliged to and did.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProofEntry {
    /// The person's id.
    pub person: String,
    /// The person's name today.
    pub name: String,
    /// The unit's id at that time.
    pub unit: String,
    /// The unit's code at that time.
    pub unit_code: String,
    /// The role at that time.
    pub role: String,
    /// The manager's id at that time.
    pub manager: Option<String>,
    /// The language at that time.
    pub language: String,
    /// The batch.
    pub batch: i32,
    /// The deadline.
    pub due_at: Option<String>,
    /// What was opened and confirmed, version by version.
    pub receipts: Vec<ProofReceipt>,
}

/// A version one recipient opened.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProofReceipt {
    /// Number of the version.
    pub version: i32,
    /// The language it was read in.
    pub language: String,
    /// When it was opened.
    pub seen_at: String,
    /// When it was confirmed.
    pub acknowledged_at: Option<String>,
    /// How: `button` or `password`.
    pub method: Option<String>,
}

/// A name for those who are gone from the directory.
pub fn name_or_id(name: Option<&String>, person: PersonId) -> String {
    name.cloned().unwrap_or_else(|| person.to_string())
}

/// A moment as text.
pub fn moment(at: Timestamp) -> String {
    at.to_string()
}
