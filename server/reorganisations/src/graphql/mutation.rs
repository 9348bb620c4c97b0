//! Mutations.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use importers::Watcher;
use importers::org::Sources;
use kernel::{ReorganisationId, Timestamp, UserError, split};
use platform::ContextExt as _;

use super::objects::{Reorganisation, ReorganisationFault};
use crate::model::Rehearsed;
use crate::{commands, queries};

/// Files to be tried out.
#[derive(InputObject)]
pub struct ReorganisationRehearseInput {
    /// Text of `people.csv`.
    people: String,
    /// Text of `org_units.csv`.
    org_units: String,
    /// Text of `assignments.csv`.
    assignments: String,
    /// Moment at which before and after are compared; now when it is not given.
    effective_at: Option<Timestamp>,
}

/// Reorganisation to decide about.
#[derive(InputObject)]
pub struct ReorganisationIdInput {
    /// Reorganisation it is about.
    reorganisation_id: ReorganisationId,
}

/// Answer to files that were to be tried out.
#[derive(SimpleObject)]
pub struct ReorganisationRehearsePayload {
    /// What was tried out; null when the files are refused.
    reorganisation: Option<Reorganisation>,
    /// Every line that is wrong; with one of them all three files are refused.
    faults: Vec<ReorganisationFault>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Answer about a reorganisation.
#[derive(SimpleObject)]
pub struct ReorganisationPayload {
    /// Reorganisation after the change.
    reorganisation: Option<Reorganisation>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

struct Silent;

impl Watcher for Silent {
    fn at(&self, _: u64, _: u64, _: &str) {}
}

async fn payload(
    ctx: &Context<'_>,
    id: ReorganisationId,
    done: kernel::Result<()>,
) -> Result<ReorganisationPayload> {
    let (done, user_errors) = split(done)?;
    let reorganisation = match done {
        Some(()) => Some(queries::one(&ctx.reader(), id).await?.into()),
        None => None,
    };
    Ok(ReorganisationPayload {
        reorganisation,
        user_errors,
    })
}

/// Mutations of reorganisations.
#[derive(Debug, Default, Clone, Copy)]
pub struct ReorganisationsMutation;

/// Mutations of reorganisations.
#[Object]
impl ReorganisationsMutation {
    /// Tries the staff department's files out without changing anything, for network admins. Files too large for
    /// a request of this kind are sent to `POST /reorganisations`.
    async fn reorganisation_rehearse(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Files to try out.")] input: ReorganisationRehearseInput,
    ) -> Result<ReorganisationRehearsePayload> {
        let sources = Sources {
            people: input.people.into_bytes(),
            org_units: input.org_units.into_bytes(),
            assignments: input.assignments.into_bytes(),
        };
        let done = commands::rehearse(
            ctx.database(),
            ctx.viewer(),
            &sources,
            input.effective_at,
            &Silent,
        );
        let (rehearsed, user_errors) = split(done.await)?;
        let (reorganisation, faults) = match rehearsed {
            Some(Rehearsed::Done(id)) => {
                let view = queries::one(&ctx.reader(), id).await?;
                (Some(view.into()), Vec::new())
            }
            Some(Rehearsed::Refused(faults)) => (None, faults),
            None => (None, Vec::new()),
        };
        Ok(ReorganisationRehearsePayload {
            reorganisation,
            faults: faults.into_iter().map(Into::into).collect(),
            user_errors,
        })
    }

    /// Makes the organisation as the files say, whole or not at all, for network admins.
    async fn reorganisation_apply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Reorganisation to apply.")] input: ReorganisationIdInput,
    ) -> Result<ReorganisationPayload> {
        let id = input.reorganisation_id;
        let done = commands::apply(ctx.database(), ctx.viewer(), id, &Silent).await;
        payload(ctx, id, done).await
    }

    /// Makes the organisation as it was before, for network admins. Refused when it was changed since.
    async fn reorganisation_undo(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Reorganisation to take back.")] input: ReorganisationIdInput,
    ) -> Result<ReorganisationPayload> {
        let id = input.reorganisation_id;
        let done = commands::undo(ctx.database(), ctx.viewer(), id).await;
        payload(ctx, id, done).await
    }

    /// Throws away what was tried out, for network admins.
    async fn reorganisation_discard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Reorganisation to throw away.")] input: ReorganisationIdInput,
    ) -> Result<ReorganisationPayload> {
        let id = input.reorganisation_id;
        let done = commands::discard(ctx.database(), ctx.viewer(), id).await;
        payload(ctx, id, done).await
    }
}
