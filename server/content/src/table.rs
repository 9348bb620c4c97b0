//! Rows as stored, and statements built piece by piece. Private to this crate.

mod rows;

pub(crate) use platform::Sql;
pub(crate) use rows::{
    AttachmentRow, CONTENT_COLUMNS, ContentRow, DraftRow, THREAD_COLUMNS, ThreadRow,
};
