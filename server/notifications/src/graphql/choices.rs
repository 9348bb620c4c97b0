//! Choices of the viewer, and what the house decides.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use kernel::{UserError, split};
use platform::ContextExt;

use crate::model::{Choice, EmailTiming, House, NotificationCategory, Rhythm, RhythmChange};
use crate::{commands, queries};

/// How news of one category come.
#[derive(Debug, Clone, SimpleObject)]
pub struct NotificationChoice {
    /// What is chosen for.
    category: NotificationCategory,
    /// Whether such news come at all; without it there is no e-mail and no push either.
    in_app: bool,
    /// Moment at which they come by e-mail.
    email: EmailTiming,
    /// Whether they are pushed to the person's browsers.
    push: bool,
    /// Whether the person chose this; otherwise it holds for everybody who did not choose.
    is_chosen: bool,
    /// Whether they always show in the application.
    is_always_shown: bool,
}

impl NotificationChoice {
    fn new(category: NotificationCategory, choice: Choice, is_chosen: bool) -> Self {
        Self {
            category,
            in_app: choice.in_app,
            email: choice.email,
            push: choice.push,
            is_chosen,
            is_always_shown: category.is_always_shown(),
        }
    }
}

/// When a person is left in peace, and when digests come.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct NotificationRhythm {
    /// Minute of the local day at which quiet time begins; null without quiet time.
    quiet_from: Option<i32>,
    /// Minute of the local day at which quiet time ends, perhaps on the next day.
    quiet_until: Option<i32>,
    /// Whether e-mail and pushes come in the person's working time only.
    in_working_hours: bool,
    /// Minute of the local day at which digests come.
    digest_at: i32,
}

impl From<Rhythm> for NotificationRhythm {
    fn from(rhythm: Rhythm) -> Self {
        Self {
            quiet_from: rhythm.quiet.map(|quiet| quiet.0),
            quiet_until: rhythm.quiet.map(|quiet| quiet.1),
            in_working_hours: rhythm.in_working_hours,
            digest_at: rhythm.digest_at,
        }
    }
}

/// What the house decides for everybody.
#[derive(Debug, Clone, SimpleObject)]
pub struct NotificationHouse {
    /// What holds for people who have chosen nothing.
    defaults: Vec<NotificationChoice>,
    /// Whether letters say who wrote what; otherwise only that there is something.
    text_in_mail: bool,
    /// Whether pushes say who wrote what; otherwise only that there is something.
    text_in_push: bool,
}

async fn house(ctx: &Context<'_>) -> kernel::Result<NotificationHouse> {
    let reader = ctx.reader();
    let House {
        text_in_mail,
        text_in_push,
    } = queries::house(&reader).await?;
    let defaults = queries::defaults(&reader).await?;
    let defaults = defaults
        .into_iter()
        .map(|(category, choice)| NotificationChoice::new(category, choice, false));
    Ok(NotificationHouse {
        defaults: defaults.collect(),
        text_in_mail,
        text_in_push,
    })
}

async fn own_choices(ctx: &Context<'_>) -> kernel::Result<Vec<NotificationChoice>> {
    let reader = ctx.reader();
    let person = reader.viewer().require_person()?;
    let choices = queries::choices(&reader, person).await?;
    let choices = choices
        .into_iter()
        .map(|(category, choice, is_chosen)| NotificationChoice::new(category, choice, is_chosen));
    Ok(choices.collect())
}

/// Queries about choices.
#[derive(Debug, Default, Clone, Copy)]
pub struct ChoicesQuery;

/// Choices.
#[Object]
impl ChoicesQuery {
    /// How news come to the viewer, by category.
    async fn notification_choices(&self, ctx: &Context<'_>) -> Result<Vec<NotificationChoice>> {
        Ok(own_choices(ctx).await?)
    }

    /// When the viewer is left in peace, and when digests come.
    async fn notification_rhythm(&self, ctx: &Context<'_>) -> Result<NotificationRhythm> {
        let reader = ctx.reader();
        let person = reader.viewer().require_person()?;
        let rhythms = queries::rhythms(&reader, &[person]).await?;
        Ok(rhythms.get(&person).copied().unwrap_or_default().into())
    }

    /// What the house decides for everybody; for administrators.
    async fn notification_house(&self, ctx: &Context<'_>) -> Result<NotificationHouse> {
        ctx.viewer().require_network_admin()?;
        Ok(house(ctx).await?)
    }
}

/// How news of one category are to come.
#[derive(Debug, InputObject)]
pub struct NotificationChoiceInput {
    /// What is chosen for.
    category: NotificationCategory,
    /// Whether such news come at all.
    in_app: bool,
    /// Moment at which they come by e-mail.
    email: EmailTiming,
    /// Whether they are pushed to the viewer's browsers.
    push: bool,
}

impl NotificationChoiceInput {
    fn parts(&self) -> (NotificationCategory, Choice) {
        let choice = Choice {
            in_app: self.in_app,
            email: self.email,
            push: self.push,
        };
        (self.category, choice)
    }
}

/// When the viewer is to be left in peace, and when digests are to come.
#[derive(Debug, InputObject)]
pub struct NotificationRhythmSetInput {
    /// Minute of the local day at which quiet time begins; null: no quiet time.
    quiet_from: Option<i32>,
    /// Minute of the local day at which quiet time ends; earlier than the beginning: on the next day.
    quiet_until: Option<i32>,
    /// Whether e-mail and pushes come in the viewer's working time only.
    in_working_hours: bool,
    /// Minute of the local day at which digests come, 0 to 1,439.
    digest_at: i32,
}

/// What letters and pushes may say.
#[derive(Debug, InputObject)]
pub struct NotificationHouseSetInput {
    /// Whether letters say who wrote what.
    text_in_mail: bool,
    /// Whether pushes say who wrote what.
    text_in_push: bool,
}

/// Answer with the viewer's choices.
#[derive(SimpleObject)]
pub struct NotificationChoicesPayload {
    /// Choices as they are now.
    choices: Option<Vec<NotificationChoice>>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Answer with the viewer's rhythm.
#[derive(SimpleObject)]
pub struct NotificationRhythmPayload {
    /// Rhythm as it is now.
    rhythm: Option<NotificationRhythm>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

/// Answer with what the house decides.
#[derive(SimpleObject)]
pub struct NotificationHousePayload {
    /// What holds now.
    house: Option<NotificationHouse>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

async fn choices_payload(
    ctx: &Context<'_>,
    result: kernel::Result<()>,
) -> Result<NotificationChoicesPayload> {
    let (done, user_errors) = split(result)?;
    let choices = match done {
        Some(()) => Some(own_choices(ctx).await?),
        None => None,
    };
    Ok(NotificationChoicesPayload {
        choices,
        user_errors,
    })
}

async fn house_payload(
    ctx: &Context<'_>,
    result: kernel::Result<()>,
) -> Result<NotificationHousePayload> {
    let (done, user_errors) = split(result)?;
    let house = match done {
        Some(()) => Some(house(ctx).await?),
        None => None,
    };
    Ok(NotificationHousePayload { house, user_errors })
}

/// Mutations about choices.
#[derive(Debug, Default, Clone, Copy)]
pub struct ChoicesMutation;

/// Choices.
#[Object]
impl ChoicesMutation {
    /// Chooses how news of a category come to the viewer.
    async fn notification_choice_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is chosen.")] input: NotificationChoiceInput,
    ) -> Result<NotificationChoicesPayload> {
        let (category, choice) = input.parts();
        let done = commands::choose(ctx.database(), ctx.viewer(), category, choice).await;
        choices_payload(ctx, done).await
    }

    /// Goes back to what holds for everybody who chose nothing.
    async fn notification_choices_reset(
        &self,
        ctx: &Context<'_>,
    ) -> Result<NotificationChoicesPayload> {
        let done = commands::forget_choices(ctx.database(), ctx.viewer()).await;
        choices_payload(ctx, done).await
    }

    /// Chooses when the viewer is left in peace, and when digests come.
    async fn notification_rhythm_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is chosen.")] input: NotificationRhythmSetInput,
    ) -> Result<NotificationRhythmPayload> {
        let change = RhythmChange {
            quiet_from: input.quiet_from,
            quiet_until: input.quiet_until,
            in_working_hours: input.in_working_hours,
            digest_at: input.digest_at,
        };
        let done = commands::set_rhythm(ctx.database(), ctx.viewer(), change).await;
        let (rhythm, user_errors) = split(done)?;
        Ok(NotificationRhythmPayload {
            rhythm: rhythm.map(NotificationRhythm::from),
            user_errors,
        })
    }

    /// Decides how news of a category come to people who have chosen nothing; for administrators.
    async fn notification_default_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is decided.")] input: NotificationChoiceInput,
    ) -> Result<NotificationHousePayload> {
        let (category, choice) = input.parts();
        let done = commands::set_default(ctx.database(), ctx.viewer(), category, choice).await;
        house_payload(ctx, done).await
    }

    /// Decides whether letters and pushes say who wrote what; for administrators.
    async fn notification_house_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is decided.")] input: NotificationHouseSetInput,
    ) -> Result<NotificationHousePayload> {
        let house = House {
            text_in_mail: input.text_in_mail,
            text_in_push: input.text_in_push,
        };
        let done = commands::set_house(ctx.database(), ctx.viewer(), house).await;
        house_payload(ctx, done).await
    }
}
