//! The proof of a dispatch: what it says in whole, and the lines of its roll page by page.

use async_graphql::{Context, Object, Result, SimpleObject};
use kernel::{DispatchId, PageArgs};
use platform::ContextExt;

use super::object::int;
use crate::model::{Proof, ProofBatch, ProofEntry, ProofReceipt, ProofText, ProofVersion};
use crate::queries;

/// Text of a version, as its hash names it.
#[derive(Debug, Clone, SimpleObject)]
pub struct DispatchProofText {
    /// Language: `de` or `en`.
    language: String,
    /// Title.
    title: String,
    /// SHA-256 of language, title and text.
    hash: String,
}

impl From<ProofText> for DispatchProofText {
    fn from(text: ProofText) -> Self {
        Self {
            language: text.language,
            title: text.title,
            hash: text.hash,
        }
    }
}

/// Version of the text.
#[derive(Debug, Clone, SimpleObject)]
pub struct DispatchProofVersion {
    /// Number, counted from 1.
    number: i32,
    /// Whether it had to be confirmed again.
    is_material: bool,
    /// Moment at which it was made.
    made_at: String,
    /// Text in each language.
    texts: Vec<DispatchProofText>,
}

impl From<ProofVersion> for DispatchProofVersion {
    fn from(version: ProofVersion) -> Self {
        Self {
            number: version.number,
            is_material: version.is_material,
            made_at: version.made_at,
            texts: version.texts.into_iter().map(Into::into).collect(),
        }
    }
}

/// Batch of the roll.
#[derive(Debug, Clone, SimpleObject)]
pub struct DispatchProofBatch {
    /// Number, counted from 1.
    number: i32,
    /// Number of people in it.
    added: i32,
    /// Moment at which they were added.
    added_at: String,
    /// SHA-256 over its lines and the hash before it.
    hash: String,
}

impl From<ProofBatch> for DispatchProofBatch {
    fn from(batch: ProofBatch) -> Self {
        Self {
            number: batch.number,
            added: int(batch.added),
            added_at: batch.added_at,
            hash: batch.hash,
        }
    }
}

/// Version a recipient opened.
#[derive(Debug, Clone, SimpleObject)]
pub struct DispatchProofReceipt {
    /// Number of the version.
    version: i32,
    /// Language it was read in.
    language: String,
    /// Moment at which it was opened.
    seen_at: String,
    /// Moment at which it was confirmed.
    acknowledged_at: Option<String>,
    /// How: `button` or `password`.
    method: Option<String>,
}

impl From<ProofReceipt> for DispatchProofReceipt {
    fn from(receipt: ProofReceipt) -> Self {
        Self {
            version: receipt.version,
            language: receipt.language,
            seen_at: receipt.seen_at,
            acknowledged_at: receipt.acknowledged_at,
            method: receipt.method,
        }
    }
}

/// What one recipient was obliged to and did.
#[derive(Debug, Clone, SimpleObject)]
pub struct DispatchProofEntry {
    /// Name of the person today.
    name: String,
    /// Code of the unit when it was sent.
    unit_code: String,
    /// Role when it was sent.
    role: String,
    /// Deadline.
    due_at: Option<String>,
    /// What was opened and confirmed, version by version.
    receipts: Vec<DispatchProofReceipt>,
}

impl From<ProofEntry> for DispatchProofEntry {
    fn from(entry: ProofEntry) -> Self {
        Self {
            name: entry.name,
            unit_code: entry.unit_code,
            role: entry.role,
            due_at: entry.due_at,
            receipts: entry.receipts.into_iter().map(Into::into).collect(),
        }
    }
}

kernel::connection!(
    DispatchProofEntryConnection,
    DispatchProofEntryEdge,
    DispatchProofEntry,
    total
);

/// Who was obliged, who read which version when, and whether the roll is the one that was frozen.
#[derive(Debug, Clone)]
pub struct DispatchProof {
    proof: Proof,
}

impl From<Proof> for DispatchProof {
    fn from(proof: Proof) -> Self {
        Self { proof }
    }
}

/// Who was obliged, who read which version when, and whether the roll is the one that was frozen.
#[Object]
impl DispatchProof {
    /// Name of who sent it.
    async fn sender(&self) -> &str {
        &self.proof.sender
    }

    /// Who was addressed, in words, as shown at sending.
    async fn addressed(&self) -> &str {
        &self.proof.addressed
    }

    /// Moment at which it was sent.
    async fn sent_at(&self) -> Option<&str> {
        self.proof.sent_at.as_deref()
    }

    /// Moment at which this proof was made.
    async fn made_at(&self) -> &str {
        &self.proof.made_at
    }

    /// Number of the version that must be confirmed.
    async fn required_version(&self) -> i32 {
        self.proof.required_version
    }

    /// Number of people who were obliged.
    async fn obliged_count(&self) -> i32 {
        int(self.proof.obliged)
    }

    /// Number of people who have confirmed what is required.
    async fn done_count(&self) -> i32 {
        int(self.proof.done)
    }

    /// Whether all hashes fit the lines.
    async fn is_verified(&self) -> bool {
        self.proof.verified
    }

    /// Versions of the text, the oldest first.
    async fn versions(&self) -> Vec<DispatchProofVersion> {
        let versions = self.proof.versions.clone();
        versions.into_iter().map(Into::into).collect()
    }

    /// Batches of the roll, the oldest first.
    async fn batches(&self) -> Vec<DispatchProofBatch> {
        let batches = self.proof.batches.clone();
        batches.into_iter().map(Into::into).collect()
    }
}

/// Lines of a proof, in the order of the people's names.
pub(super) async fn entries(
    ctx: &Context<'_>,
    id: DispatchId,
    page: &PageArgs,
) -> Result<DispatchProofEntryConnection> {
    let (page, total) = queries::proof_page(&ctx.reader(), id, page).await?;
    let page = page.map(DispatchProofEntry::from);
    Ok(DispatchProofEntryConnection::new(page, total))
}
