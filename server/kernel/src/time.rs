//! Time: UTC, microseconds since 1970, truncated here and nowhere else.
//!
//! Both databases store the integer, so a value is equal before and after a round trip. Order never
//! comes from a clock: it comes from the journal position or from UUID v7 keys.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

/// A moment in UTC with microseconds.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    Default,
    sea_orm::DeriveValueType,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// Latest moment accepted from outside: the end of the year 9999, in microseconds.
const LATEST_MICROS: i64 = 253_402_300_799_999_999;

impl Timestamp {
    /// From microseconds since 1970-01-01T00:00:00Z.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From milliseconds since 1970-01-01T00:00:00Z.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1000))
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// This moment moved by `seconds` (negative: into the past).
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// Seconds from `earlier` to `self`; negative when `earlier` is later.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0) / 1_000_000
    }

    /// The day it is in a time zone of the IANA database, written like `2026-12-25`; in UTC where the zone is unknown.
    pub fn day_in(self, time_zone: &str) -> String {
        let zone = jiff::tz::TimeZone::get(time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(moment) => moment.to_zoned(zone).date().to_string(),
            Err(_) => String::new(),
        }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(moment) => write!(f, "{moment}"),
            Err(_) => write!(f, "{}us", self.0),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Timestamp {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let moment: jiff::Timestamp = text
            .parse()
            .map_err(|_| "expected an RFC 3339 time such as 2026-05-01T08:30:00Z".to_owned())?;
        let micros = moment.as_microsecond();
        if (0..=LATEST_MICROS).contains(&micros) {
            Ok(Self(micros))
        } else {
            Err("expected a time between the years 1970 and 9999".to_owned())
        }
    }
}

/// A moment in UTC as RFC 3339 text with up to microseconds, for example `2026-05-01T08:30:00Z`.
#[Scalar(
    name = "DateTime",
    specified_by_url = "https://scalars.graphql.org/andimarek/date-time"
)]
impl ScalarType for Timestamp {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => text.parse().map_err(InputValueError::custom),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

/// Where "now" comes from. Tests use a fixed clock and move it by hand.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    fixed_micros: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands at `at` until it is moved.
    pub fn fixed(at: Timestamp) -> Self {
        Self {
            fixed_micros: Some(Arc::new(AtomicI64::new(at.micros()))),
        }
    }

    /// Moves a fixed clock forward; the machine's clock is not moved.
    pub fn advance_seconds(&self, seconds: i64) {
        if let Some(fixed) = &self.fixed_micros {
            fixed.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
        }
    }

    /// The present moment.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the machine's clock"
    )]
    pub fn now(&self) -> Timestamp {
        match &self.fixed_micros {
            Some(fixed) => Timestamp(fixed.load(Ordering::SeqCst)),
            None => Timestamp(jiff::Timestamp::now().as_microsecond()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_round_trips(micros in 0..=LATEST_MICROS) {
            let moment = Timestamp::from_micros(micros);
            prop_assert_eq!(moment.to_string().parse::<Timestamp>().unwrap(), moment);
        }

        #[test]
        fn parsing_never_panics(text in ".{0,60}") {
            let _ = text.parse::<Timestamp>();
        }
    }

    #[test]
    fn a_fixed_clock_moves_only_by_hand() {
        let clock = Clock::fixed(Timestamp::from_micros(5));
        assert_eq!(clock.now(), Timestamp::from_micros(5));
        clock.advance_seconds(2);
        assert_eq!(clock.now(), Timestamp::from_micros(2_000_005));
    }
}
