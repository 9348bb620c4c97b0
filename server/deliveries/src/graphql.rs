//! GraphQL of this room.

use std::sync::Arc;

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use kernel::{PushDeviceId, Timestamp, UserError, split};
use platform::ContextExt;
use platform::config::Config;

use crate::model::{Channel, Counts, Device, NewDevice};
use crate::{commands, queries};

/// Browser that takes pushes.
#[derive(Debug, Clone, SimpleObject)]
pub struct PushDevice {
    /// Id of the browser.
    id: PushDeviceId,
    /// What its owner knows it by.
    label: String,
    /// Moment at which it was added.
    created_at: Timestamp,
    /// Moment at which a push last went there.
    last_used_at: Option<Timestamp>,
}

impl From<Device> for PushDevice {
    fn from(device: Device) -> Self {
        Self {
            id: device.id,
            label: device.label,
            created_at: device.created_at,
            last_used_at: device.last_used_at,
        }
    }
}

/// Letter that would be written now.
#[derive(Debug, Clone, SimpleObject)]
pub struct DigestPreview {
    /// Subject of the letter.
    subject: String,
    /// Body as plain text.
    text: String,
    /// Number of pieces of news in it.
    count: i32,
}

/// How deliveries of a channel fare.
#[derive(Debug, Clone, SimpleObject)]
pub struct DeliveryCounts {
    /// Not yet due, or to be tried again.
    waiting: i32,
    /// Of them, tried at least once without success.
    retrying: i32,
    /// Refused for good.
    failed: i32,
    /// Possibly arrived; not sent again.
    unknown: i32,
    /// Taken by the server or service.
    sent: i32,
}

impl From<Counts> for DeliveryCounts {
    fn from(counts: Counts) -> Self {
        let number = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
        Self {
            waiting: number(counts.waiting),
            retrying: number(counts.retrying),
            failed: number(counts.failed),
            unknown: number(counts.unknown),
            sent: number(counts.sent),
        }
    }
}

/// How the viewer can be reached outside the application.
#[derive(Debug)]
pub struct ViewerDelivery;

/// How the viewer can be reached outside the application.
#[Object]
impl ViewerDelivery {
    /// Whether this house writes e-mail at all.
    async fn has_mail(&self, ctx: &Context<'_>) -> bool {
        !config(ctx).mail.server.is_empty()
    }

    /// Address letters go to; null where there is none.
    async fn email_address(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(queries::address(&ctx.reader()).await?)
    }

    /// Public key a browser needs to take pushes of this server; null where pushes are off.
    async fn push_public_key(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        if !config(ctx).push.enabled {
            return Ok(None);
        }
        Ok(Some(commands::push_key(ctx.database()).await?.public_key()))
    }

    /// Browsers that take pushes, the newest first.
    async fn push_devices(&self, ctx: &Context<'_>) -> Result<Vec<PushDevice>> {
        let devices = queries::devices(&ctx.reader()).await?;
        Ok(devices.into_iter().map(PushDevice::from).collect())
    }

    /// What the next digest says; null when nothing waits for one.
    async fn next_digest(&self, ctx: &Context<'_>) -> Result<Option<DigestPreview>> {
        let house = config(ctx).public_url();
        let house = house.trim_end_matches('/');
        let preview = queries::next_digest(ctx.database(), &ctx.reader(), house).await?;
        Ok(preview.map(|preview| DigestPreview {
            subject: preview.subject,
            text: preview.text,
            count: i32::try_from(preview.count).unwrap_or(i32::MAX),
        }))
    }
}

/// How letters and pushes fare.
#[derive(Debug, SimpleObject)]
pub struct DeliveryReport {
    /// Whether this house writes e-mail at all.
    has_mail: bool,
    /// Whether pushes are on.
    has_push: bool,
    /// Letters.
    email: DeliveryCounts,
    /// Pushes.
    push: DeliveryCounts,
}

fn config<'a>(ctx: &Context<'a>) -> &'a Config {
    ctx.data_unchecked::<Arc<Config>>()
}

/// Queries of this room.
#[derive(Debug, Default, Clone, Copy)]
pub struct DeliveriesQuery;

/// Deliveries.
#[Object]
impl DeliveriesQuery {
    /// How the viewer can be reached outside the application.
    async fn viewer_delivery(&self, ctx: &Context<'_>) -> Result<ViewerDelivery> {
        ctx.viewer().require_person()?;
        Ok(ViewerDelivery)
    }

    /// How letters and pushes fare; for administrators.
    async fn delivery_report(&self, ctx: &Context<'_>) -> Result<DeliveryReport> {
        let reader = ctx.reader();
        Ok(DeliveryReport {
            has_mail: !config(ctx).mail.server.is_empty(),
            has_push: config(ctx).push.enabled,
            email: queries::counts(&reader, Channel::Email).await?.into(),
            push: queries::counts(&reader, Channel::Push).await?.into(),
        })
    }
}

/// Browser's subscription (W3C Push API).
#[derive(InputObject)]
pub struct PushDeviceAddInput {
    /// Address of its push service for it.
    endpoint: String,
    /// Its public key, base64url.
    public_key: String,
    /// Its authentication secret, base64url.
    auth_secret: String,
    /// What its owner knows it by.
    label: String,
}

/// Answer with the viewer's browsers.
#[derive(SimpleObject)]
pub struct PushDevicesPayload {
    /// Browsers as they are now.
    push_devices: Option<Vec<PushDevice>>,
    /// What the person can mend.
    user_errors: Vec<UserError>,
}

async fn payload(ctx: &Context<'_>, done: kernel::Result<()>) -> Result<PushDevicesPayload> {
    let (done, user_errors) = split(done)?;
    let push_devices = match done {
        Some(()) => {
            let devices = queries::devices(&ctx.reader()).await?;
            Some(devices.into_iter().map(PushDevice::from).collect())
        }
        None => None,
    };
    Ok(PushDevicesPayload {
        push_devices,
        user_errors,
    })
}

/// Mutations of this room.
#[derive(Debug, Default, Clone, Copy)]
pub struct DeliveriesMutation;

/// Deliveries.
#[Object]
impl DeliveriesMutation {
    /// Adds a browser of the viewer that takes pushes.
    async fn push_device_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the browser says.")] input: PushDeviceAddInput,
    ) -> Result<PushDevicesPayload> {
        let new = NewDevice {
            endpoint: input.endpoint,
            public_key: input.public_key,
            auth_secret: input.auth_secret,
            label: input.label,
        };
        let done = commands::add_device(ctx.database(), ctx.viewer(), new).await;
        payload(ctx, done).await
    }

    /// Removes a browser of the viewer.
    async fn push_device_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the browser.")] push_device_id: PushDeviceId,
    ) -> Result<PushDevicesPayload> {
        let done = commands::remove_device(ctx.database(), ctx.viewer(), push_device_id).await;
        payload(ctx, done).await
    }
}
