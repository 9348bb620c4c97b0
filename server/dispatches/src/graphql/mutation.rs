//! Root fields that write.

use async_graphql::{Context, Object, Result, SimpleObject};
use identity::Authenticator;
use kernel::{DispatchId, LineQuestionId, OrgUnitId, UserError, split};
use platform::ContextExt;

use super::exchange::{DispatchMessage, LineQuestion};
use super::inputs::{
    DispatchAcknowledgeInput, DispatchAnswerInput, DispatchIdInput, DispatchMarkSeenInput,
    DispatchReplyInput, DispatchReviseInput, DispatchSaveInput, DispatchSendInput,
    DispatchSetThemeInput, LineGrantGiveInput, LineGrantRevokeInput, LinePolicyRemoveInput,
    LinePolicySetInput, LineQuestionAskInput, LineQuestionRespondInput,
};
use super::object::Dispatch;
use super::people::{LineGrant, LinePolicy};
use crate::commands::{self, Revision, Signature};
use crate::model::{ReplyTo, Urgency};
use crate::queries;

/// Answer about a dispatch.
#[derive(SimpleObject)]
pub struct DispatchPayload {
    /// Dispatch after the change.
    dispatch: Option<Dispatch>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Answer to a draft that was thrown away.
#[derive(SimpleObject)]
pub struct DispatchDeletePayload {
    /// Id of what is gone.
    deleted_id: Option<DispatchId>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Answer to a message of a recipient.
#[derive(SimpleObject)]
pub struct DispatchAnswerPayload {
    /// Message that was sent.
    message: Option<DispatchMessage>,
    /// Dispatch after the change.
    dispatch: Option<Dispatch>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Answer to a message of the sender's side.
#[derive(SimpleObject)]
pub struct DispatchReplyPayload {
    /// Number of people it reached.
    reached_count: Option<i32>,
    /// Dispatch after the change.
    dispatch: Option<Dispatch>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Answer about a right on a line.
#[derive(SimpleObject)]
pub struct LineGrantPayload {
    /// Right after the change.
    grant: Option<LineGrant>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Answer to a reminder of all who are overdue.
#[derive(SimpleObject)]
pub struct DispatchRemindPayload {
    /// Number of people who are reminded.
    reminded_count: Option<i32>,
    /// Dispatch after the change.
    dispatch: Option<Dispatch>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Answer about what a unit says about urgent dispatches.
#[derive(SimpleObject)]
pub struct LinePolicySetPayload {
    /// What holds now.
    policy: Option<LinePolicy>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Answer about a unit that no longer says anything about urgent dispatches.
#[derive(SimpleObject)]
pub struct LinePolicyRemovePayload {
    /// Unit.
    removed_unit_id: Option<OrgUnitId>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Answer about a question up the line.
#[derive(SimpleObject)]
pub struct LineQuestionPayload {
    /// Question after the change.
    question: Option<LineQuestion>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

async fn about(
    ctx: &Context<'_>,
    id: DispatchId,
    done: kernel::Result<()>,
) -> Result<DispatchPayload> {
    let (done, user_errors) = split(done)?;
    let dispatch = match done {
        Some(()) => Some(reread(ctx, id).await?),
        None => None,
    };
    Ok(DispatchPayload {
        dispatch,
        user_errors,
    })
}

/// The dispatch after the write.
async fn reread(ctx: &Context<'_>, id: DispatchId) -> Result<Dispatch> {
    Ok(queries::dispatch(&ctx.reader(), id).await?.into())
}

async fn question_payload(
    ctx: &Context<'_>,
    done: kernel::Result<LineQuestionId>,
) -> Result<LineQuestionPayload> {
    let (id, user_errors) = split(done)?;
    let question = match id {
        Some(id) => Some(queries::question(&ctx.reader(), id).await?.into()),
        None => None,
    };
    Ok(LineQuestionPayload {
        question,
        user_errors,
    })
}

/// Mutations of this room.
#[derive(Debug, Default, Clone, Copy)]
pub struct DispatchesMutation;

/// Dispatches and questions up the line.
#[Object]
impl DispatchesMutation {
    /// Begins a dispatch, or changes one that is not sent yet.
    async fn dispatch_save(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Dispatch to be written.")] input: DispatchSaveInput,
    ) -> Result<DispatchPayload> {
        let saved = commands::save(ctx.database(), ctx.viewer(), input.into()).await;
        let (id, user_errors) = split(saved)?;
        let dispatch = match id {
            Some(id) => Some(reread(ctx, id).await?),
            None => None,
        };
        Ok(DispatchPayload {
            dispatch,
            user_errors,
        })
    }

    /// Sends a dispatch now or at a set time. The right is checked, the roll of recipients frozen.
    async fn dispatch_send(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Dispatch to be sent.")] input: DispatchSendInput,
    ) -> Result<DispatchPayload> {
        let (database, viewer, id) = (ctx.database(), ctx.viewer(), input.dispatch_id);
        let done = match input.scheduled_for {
            Some(at) => commands::schedule(database, viewer, id, Some(at)).await,
            None => commands::send(database, viewer, id).await,
        };
        about(ctx, id, done).await
    }

    /// Takes back that a dispatch is to be sent at a set time.
    async fn dispatch_unschedule(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Dispatch.")] input: DispatchIdInput,
    ) -> Result<DispatchPayload> {
        let id = input.dispatch_id;
        let done = commands::schedule(ctx.database(), ctx.viewer(), id, None).await;
        about(ctx, id, done).await
    }

    /// Throws a dispatch away that was not sent.
    async fn dispatch_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Dispatch.")] input: DispatchIdInput,
    ) -> Result<DispatchDeletePayload> {
        let id = input.dispatch_id;
        let done = commands::delete_draft(ctx.database(), ctx.viewer(), id).await;
        let (done, user_errors) = split(done)?;
        Ok(DispatchDeletePayload {
            deleted_id: done.map(|()| id),
            user_errors,
        })
    }

    /// Changes the text of a dispatch that was sent.
    async fn dispatch_revise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "New text.")] input: DispatchReviseInput,
    ) -> Result<DispatchPayload> {
        let revision = Revision {
            texts: input.texts.into_iter().map(Into::into).collect(),
            questions: input.questions.into_iter().map(Into::into).collect(),
            is_material: input.is_material,
        };
        let id = input.dispatch_id;
        let done = commands::revise(ctx.database(), ctx.viewer(), id, revision).await;
        about(ctx, id, done.map(|_| ())).await
    }

    /// Takes a dispatch back: it stays readable, marked, and nobody has to confirm it any more.
    async fn dispatch_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Dispatch.")] input: DispatchIdInput,
    ) -> Result<DispatchPayload> {
        let id = input.dispatch_id;
        let done = commands::withdraw(ctx.database(), ctx.viewer(), id).await;
        about(ctx, id, done).await
    }

    /// Notes that the viewer, as a recipient, has opened a version.
    async fn dispatch_mark_seen(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Version that was opened.")] input: DispatchMarkSeenInput,
    ) -> Result<DispatchPayload> {
        let (id, language) = (input.dispatch_id, input.language.as_str());
        let (database, viewer) = (ctx.database(), ctx.viewer());
        let done = commands::mark_seen(database, viewer, id, input.version, language).await;
        about(ctx, id, done).await
    }

    /// Confirms that the viewer, as a recipient, has read a version.
    async fn dispatch_acknowledge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Version that is confirmed.")] input: DispatchAcknowledgeInput,
    ) -> Result<DispatchPayload> {
        let (database, viewer, id) = (ctx.database(), ctx.viewer(), input.dispatch_id);
        let signature = match &input.password {
            Some(password) => {
                let authenticator = ctx.data_unchecked::<Authenticator>();
                let confirmed =
                    identity::commands::password_confirm(authenticator, viewer, password).await;
                confirmed.map(Signature::Password)
            }
            None => Ok(Signature::Button),
        };
        let done = match signature {
            Ok(signature) => {
                let (version, language) = (input.version, input.language.as_str());
                let answers = &input.answers;
                commands::acknowledge(database, viewer, id, version, language, signature, answers)
                    .await
            }
            Err(error) => Err(error),
        };
        about(ctx, id, done).await
    }

    /// Writes privately to the sender's side.
    async fn dispatch_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Answer.")] input: DispatchAnswerInput,
    ) -> Result<DispatchAnswerPayload> {
        let (id, client) = (input.dispatch_id, input.client_id.as_str());
        let sent = commands::answer(ctx.database(), ctx.viewer(), id, client, &input.body).await;
        let (message, user_errors) = split(sent)?;
        let dispatch = match &message {
            Some(_) => Some(reread(ctx, id).await?),
            None => None,
        };
        Ok(DispatchAnswerPayload {
            message: message.map(DispatchMessage::from),
            dispatch,
            user_errors,
        })
    }

    /// Answers one recipient, a unit, a theme, or all who asked; each gets it privately.
    async fn dispatch_reply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Answer.")] input: DispatchReplyInput,
    ) -> Result<DispatchReplyPayload> {
        let (database, viewer, id) = (ctx.database(), ctx.viewer(), input.dispatch_id);
        let (to, client) = (ReplyTo::from(input.to), input.client_id.as_str());
        let sent = commands::reply(database, viewer, id, &to, client, &input.body).await;
        let (reached, user_errors) = split(sent)?;
        let dispatch = match reached {
            Some(_) => Some(reread(ctx, id).await?),
            None => None,
        };
        Ok(DispatchReplyPayload {
            reached_count: reached.map(|count| i32::try_from(count).unwrap_or(i32::MAX)),
            dispatch,
            user_errors,
        })
    }

    /// Sorts answers under a theme, so that they can be answered together.
    async fn dispatch_set_theme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Theme.")] input: DispatchSetThemeInput,
    ) -> Result<DispatchPayload> {
        let (database, viewer, id) = (ctx.database(), ctx.viewer(), input.dispatch_id);
        let (people, theme) = (&input.person_ids, &input.theme);
        let done = commands::set_theme(database, viewer, id, people, theme).await;
        about(ctx, id, done).await
    }

    /// Marks the newest answer of the sender's side as read by the viewer.
    async fn dispatch_mark_thread_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Dispatch.")] input: DispatchIdInput,
    ) -> Result<DispatchPayload> {
        let id = input.dispatch_id;
        let done = commands::mark_thread_read(ctx.database(), ctx.viewer(), id).await;
        about(ctx, id, done).await
    }

    /// Gives somebody a dated right on a line.
    async fn line_grant_give(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Right to be given.")] input: LineGrantGiveInput,
    ) -> Result<LineGrantPayload> {
        let given = commands::grant_give(ctx.database(), ctx.viewer(), input.into()).await;
        let (id, user_errors) = split(given)?;
        let grant = match id {
            Some(id) => Some(queries::grant(&ctx.reader(), id).await?.into()),
            None => None,
        };
        Ok(LineGrantPayload { grant, user_errors })
    }

    /// Takes a right on a line back at once.
    async fn line_grant_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Right to be taken back.")] input: LineGrantRevokeInput,
    ) -> Result<LineGrantPayload> {
        let id = input.grant_id;
        let done = commands::grant_revoke(ctx.database(), ctx.viewer(), id).await;
        let (done, user_errors) = split(done)?;
        let grant = match done {
            Some(()) => Some(queries::grant(&ctx.reader(), id).await?.into()),
            None => None,
        };
        Ok(LineGrantPayload { grant, user_errors })
    }

    /// Reminds everybody who is overdue, at most every four hours; for the sender.
    async fn dispatch_remind(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Dispatch.")] input: DispatchIdInput,
    ) -> Result<DispatchRemindPayload> {
        let id = input.dispatch_id;
        let done = commands::remind_overdue(ctx.database(), ctx.viewer(), id).await;
        let (reminded, user_errors) = split(done)?;
        let dispatch = match reminded {
            Some(_) => Some(reread(ctx, id).await?),
            None => None,
        };
        Ok(DispatchRemindPayload {
            reminded_count: reminded.map(|count| i32::try_from(count).unwrap_or(i32::MAX)),
            dispatch,
            user_errors,
        })
    }

    /// Says what holds for urgent dispatches in a unit and everything below that says nothing else.
    async fn line_policy_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What holds.")] input: LinePolicySetInput,
    ) -> Result<LinePolicySetPayload> {
        let urgency = Urgency {
            passes_quiet_hours: input.passes_quiet_hours,
            repeat_minutes: input.repeat_minutes,
            max_repeats: input.max_repeats,
        };
        let unit = input.unit_id;
        let done = commands::policy_set(ctx.database(), ctx.viewer(), unit, urgency).await;
        let (done, user_errors) = split(done)?;
        let policy = match done {
            Some(()) => queries::policy(&ctx.reader(), unit).await?,
            None => None,
        };
        Ok(LinePolicySetPayload {
            policy: policy.map(LinePolicy::from),
            user_errors,
        })
    }

    /// Takes back what a unit says about urgent dispatches; what holds above holds there too.
    async fn line_policy_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Unit.")] input: LinePolicyRemoveInput,
    ) -> Result<LinePolicyRemovePayload> {
        let unit = input.unit_id;
        let done = commands::policy_remove(ctx.database(), ctx.viewer(), unit).await;
        let (done, user_errors) = split(done)?;
        Ok(LinePolicyRemovePayload {
            removed_unit_id: done.map(|()| unit),
            user_errors,
        })
    }

    /// Asks somebody up the viewer's own line.
    async fn line_question_ask(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Question.")] input: LineQuestionAskInput,
    ) -> Result<LineQuestionPayload> {
        let (client, addressee) = (input.client_id.as_str(), input.addressee_id);
        let (database, viewer, anonymous) = (ctx.database(), ctx.viewer(), input.is_anonymous);
        let asked =
            commands::ask(database, viewer, client, addressee, &input.body, anonymous).await;
        question_payload(ctx, asked).await
    }

    /// Answers a question that came up the line.
    async fn line_question_respond(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Answer.")] input: LineQuestionRespondInput,
    ) -> Result<LineQuestionPayload> {
        let id = input.question_id;
        let (database, viewer, shared) = (ctx.database(), ctx.viewer(), input.is_shared);
        let done = commands::respond(database, viewer, id, &input.body, shared).await;
        question_payload(ctx, done.map(|()| id)).await
    }
}
