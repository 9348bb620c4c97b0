//! Rows of the tables of this room. Private to this crate.

use kernel::{DeliveryId, LetterId, PersonId, PushDeviceId, Timestamp};
use notifications::model::{EmailTiming, NotificationCategory};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::model::Device;

/// Columns of [`DeliveryRow`], of a table named `d`.
pub(crate) const DELIVERY: &str = "d.id, d.person_id, d.channel, d.category, d.timing, d.bundle, \
    d.subject_id, d.is_urgent, d.attempts, d.created_at";

/// A row of `deliveries`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct DeliveryRow {
    pub(crate) id: DeliveryId,
    pub(crate) person_id: PersonId,
    pub(crate) channel: String,
    category: String,
    timing: String,
    pub(crate) bundle: String,
    pub(crate) subject_id: Option<Uuid>,
    pub(crate) is_urgent: bool,
    pub(crate) attempts: i32,
    pub(crate) created_at: Timestamp,
}

impl DeliveryRow {
    /// What it belongs to.
    pub(crate) fn category(&self) -> kernel::Result<NotificationCategory> {
        NotificationCategory::parse(&self.category)
    }

    /// When it goes out.
    pub(crate) fn timing(&self) -> kernel::Result<EmailTiming> {
        EmailTiming::parse(&self.timing)
    }
}

/// A row of `push_devices`.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct DeviceRow {
    pub(crate) id: PushDeviceId,
    pub(crate) endpoint: String,
    pub(crate) public_key: String,
    pub(crate) auth_secret: String,
    label: String,
    created_at: Timestamp,
    last_used_at: Option<Timestamp>,
}

/// Columns of [`DeviceRow`].
pub(crate) const DEVICE: &str = "v.id, v.endpoint, v.public_key, v.auth_secret, v.label, \
    v.created_at, v.last_used_at";

impl DeviceRow {
    /// The view of the row, without its secrets.
    pub(crate) fn into_view(self) -> Device {
        Device {
            id: self.id,
            label: self.label,
            created_at: self.created_at,
            last_used_at: self.last_used_at,
        }
    }
}

/// A secret of `delivery_keys`.
#[derive(Debug, FromQueryResult)]
pub(crate) struct KeyRow {
    pub(crate) secret: String,
}

/// Deliveries that go out together.
#[derive(Debug, Clone)]
pub(crate) struct Bundle {
    /// What carries them.
    pub(crate) letter: LetterId,
    /// To whom.
    pub(crate) person: PersonId,
    /// Alone, or as a digest.
    pub(crate) timing: EmailTiming,
    /// What is told.
    pub(crate) rows: Vec<DeliveryRow>,
}
