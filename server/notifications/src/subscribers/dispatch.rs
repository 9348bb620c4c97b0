//! Steps of the direct line that concern one person. A new dispatch itself is no line here: it stands in a
//! list of its own.

use dispatches::events::{
    ANSWERED, ESCALATED, QUESTION_ANSWERED, QUESTION_ASKED, REMINDED, REPLIED,
};
use kernel::{DispatchId, Event, LineQuestionId, Result};
use platform::Tx;

use crate::commands::{Notice, tell};
use crate::model::NotificationKind;

/// Tells the person a step concerns. Who asked or answered is read with the dispatch or the question,
/// by whoever may see it: some questions have no name.
pub(super) async fn told(tx: &mut Tx, event: &Event) -> Result<()> {
    let Some(person) = dispatches::events::person(event) else {
        return Ok(());
    };
    let kind = match event.kind.as_str() {
        REMINDED => NotificationKind::DispatchReminder,
        ESCALATED => NotificationKind::DispatchOverdue,
        ANSWERED => NotificationKind::DispatchAnswer,
        REPLIED => NotificationKind::DispatchReply,
        QUESTION_ASKED => NotificationKind::LineQuestion,
        QUESTION_ANSWERED => NotificationKind::LineAnswer,
        _ => return Ok(()),
    };
    let is_question = matches!(
        kind,
        NotificationKind::LineQuestion | NotificationKind::LineAnswer
    );
    let subject = event.subject.id;
    let notice = Notice {
        dispatch: (!is_question).then_some(DispatchId(subject)),
        question: is_question.then_some(LineQuestionId(subject)),
        ..Notice::of(kind, subject)
    };
    tell(tx, event, &notice, &[person]).await
}
