//! Rows as stored, and statements built piece by piece. Private to this crate.

mod rows;
mod sql;

pub(crate) use rows::{
    AttachmentRow, CONTENT_COLUMNS, ContentRow, DraftRow, THREAD_COLUMNS, ThreadRow,
};
pub(crate) use sql::Sql;
