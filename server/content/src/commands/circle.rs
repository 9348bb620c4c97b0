//! Files for a closed group of people: whoever is in the circle sees them, nobody else does, also not
//! administrators. The rooms of private texts (messages) hang their files here, so that one rule
//! decides who may open a file.

use kernel::{AttachmentId, ContentId, Error, PersonId, Problem, Result};
use platform::Tx;
use uuid::Uuid;

use super::prepare::{check_attachments, uploads};
use crate::table::Sql;

/// Uploads to be shared with a closed group.
#[derive(Debug, Clone, Copy)]
pub struct Share<'a> {
    /// Who uploaded them.
    pub owner: PersonId,
    /// The group; its people never change.
    pub circle: Uuid,
    /// Its people.
    pub members: &'a [PersonId],
    /// What the files hang on.
    pub subject: Uuid,
    /// The files, in order.
    pub files: &'a [AttachmentId],
}

/// Adds a problem when files are too many, double, somebody else's or used elsewhere.
///
/// # Errors
/// Database errors.
pub async fn check_files(
    tx: &Tx,
    owner: PersonId,
    files: &[AttachmentId],
    problems: &mut Vec<Problem>,
) -> Result<()> {
    let known = uploads(tx, files).await?;
    check_attachments(owner, files, &known, ContentId(Uuid::nil()), problems);
    Ok(())
}

/// Shares uploads of their owner that are not used yet.
///
/// # Errors
/// `Conflict(ATTACHMENT_IN_USE)`, database errors.
pub async fn share(tx: &Tx, share: Share<'_>) -> Result<()> {
    if share.files.is_empty() {
        return Ok(());
    }
    admit(tx, share.circle, share.members).await?;
    for (id, place) in share.files.iter().zip(0_i32..) {
        let mut sql = Sql::new("UPDATE attachments SET circle_id = ");
        sql.bind(share.circle)
            .push(", subject_id = ")
            .bind(share.subject);
        sql.push(", place = ").bind(place);
        sql.push(" WHERE id = ")
            .bind(*id)
            .push(" AND owner_id = ")
            .bind(share.owner);
        sql.push(" AND place >= 0 AND content_id IS NULL AND subject_id IS NULL");
        if sql.run(tx).await? != 1 {
            return Err(Error::Conflict("ATTACHMENT_IN_USE"));
        }
    }
    Ok(())
}

/// Hangs what hung on `from` on another subject, for the people of another circle.
///
/// # Errors
/// Database errors.
pub async fn pass_on(
    tx: &Tx,
    from: Uuid,
    subject: Uuid,
    circle: Uuid,
    members: &[PersonId],
) -> Result<()> {
    let mut sql = Sql::new("UPDATE attachments SET circle_id = ");
    sql.bind(circle).push(", subject_id = ").bind(subject);
    sql.push(" WHERE subject_id = ").bind(from);
    if sql.run(tx).await? > 0 {
        admit(tx, circle, members).await?;
    }
    Ok(())
}

/// Makes what hangs on a subject unused uploads of their owner again, to be removed like any other.
///
/// # Errors
/// Database errors.
pub async fn take_back(tx: &Tx, subject: Uuid) -> Result<()> {
    let mut sql = Sql::new(
        "UPDATE attachments SET circle_id = NULL, subject_id = NULL, place = 0 WHERE subject_id = ",
    );
    sql.bind(subject);
    sql.run(tx).await?;
    Ok(())
}

async fn admit(tx: &Tx, circle: Uuid, members: &[PersonId]) -> Result<()> {
    let mut sql = Sql::new("INSERT INTO attachment_circles (circle_id, person_id) VALUES ");
    let rows = members.iter().map(|id| vec![circle.into(), (*id).into()]);
    sql.bind_rows(rows);
    sql.push(" ON CONFLICT (circle_id, person_id) DO NOTHING");
    sql.run(tx).await?;
    Ok(())
}
