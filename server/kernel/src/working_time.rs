//! Working time: opening hours in a time zone, with days that are closed and times somebody is away.
//!
//! Everything is computed with instants: an hour that a change to summer time takes away is not worked, an
//! hour it gives twice is worked twice.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

use crate::time::Timestamp;

/// Days looked ahead at most. Who has no working time in two years has none.
const HORIZON_DAYS: usize = 750;
const MINUTES_OF_DAY: u16 = 24 * 60;

/// Weekdays as written, Monday first.
const NAMES: [&str; 7] = ["mo", "tu", "we", "th", "fr", "sa", "su"];

/// Opening hours of a week in local time. Written `mo-fr 09:00-12:30 13:30-18:00; sa 10:00-13:00`;
/// days not named are closed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct WeeklyHours {
    /// Ranges of minutes since midnight for each day, Monday first, in order and apart.
    days: [Vec<(u16, u16)>; 7],
}

impl WeeklyHours {
    /// Monday to Friday, nine to five: what holds where nothing else is set.
    pub fn office() -> Self {
        let mut hours = Self::default();
        for day in hours.days.iter_mut().take(5) {
            day.push((9 * 60, 17 * 60));
        }
        hours
    }

    /// Whether there is any opening hour.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }

    fn of(&self, weekday: Weekday) -> &[(u16, u16)] {
        let index = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or(0);
        self.days.get(index).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Why opening hours could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a part of opening hours such as `mo-fr 09:00-17:00; sa 10:00-13:00`")]
pub struct InvalidHours(String);

impl FromStr for WeeklyHours {
    type Err = InvalidHours;

    fn from_str(text: &str) -> Result<Self, InvalidHours> {
        let mut hours = Self::default();
        for part in text
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let invalid = || InvalidHours(part.chars().take(60).collect());
            let mut words = part.split_whitespace();
            let days = words.next().and_then(days_of).ok_or_else(invalid)?;
            let ranges: Option<Vec<(u16, u16)>> = words.map(range_of).collect();
            let ranges = ranges
                .filter(|ranges| !ranges.is_empty())
                .ok_or_else(invalid)?;
            for day in days {
                let day = hours.days.get_mut(day).ok_or_else(invalid)?;
                day.extend(&ranges);
                day.sort_unstable();
                if day.windows(2).any(|pair| pair[0].1 > pair[1].0) {
                    return Err(invalid());
                }
            }
        }
        Ok(hours)
    }
}

fn days_of(text: &str) -> Option<Vec<usize>> {
    let day = |name: &str| {
        let name = name.to_ascii_lowercase();
        NAMES.iter().position(|known| *known == name)
    };
    match text.split_once('-') {
        Some((first, last)) => {
            let (first, last) = (day(first)?, day(last)?);
            (first <= last).then(|| (first..=last).collect())
        }
        None => text.split(',').map(day).collect(),
    }
}

fn range_of(text: &str) -> Option<(u16, u16)> {
    let (start, end) = text.split_once('-')?;
    let (start, end) = (minutes_of(start)?, minutes_of(end)?);
    (start < end).then_some((start, end))
}

fn minutes_of(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= MINUTES_OF_DAY).then_some(total)
}

impl fmt::Display for WeeklyHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = 0;
        let mut is_begun = false;
        while first < 7 {
            let ranges = &self.days[first];
            let mut last = first;
            while last + 1 < 7 && self.days[last + 1] == *ranges {
                last += 1;
            }
            if !ranges.is_empty() {
                if is_begun {
                    f.write_str("; ")?;
                }
                is_begun = true;
                f.write_str(NAMES[first])?;
                if last > first {
                    write!(f, "-{}", NAMES[last])?;
                }
                for (start, end) in ranges {
                    let (start, end) = (clock(*start), clock(*end));
                    write!(f, " {start}-{end}")?;
                }
            }
            first = last + 1;
        }
        Ok(())
    }
}

fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// When somebody works.
#[derive(Debug, Clone)]
pub struct WorkingTime {
    zone: TimeZone,
    hours: WeeklyHours,
    closed: BTreeSet<Date>,
    away: Vec<(Timestamp, Timestamp)>,
}

impl WorkingTime {
    /// Hours in a time zone of the IANA database; an unknown one counts as UTC, which is checked where it is
    /// entered (see [`is_time_zone`]).
    pub fn new(zone: &str, hours: WeeklyHours) -> Self {
        Self {
            zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
            hours,
            closed: BTreeSet::new(),
            away: Vec::new(),
        }
    }

    /// Days on which nobody works, such as holidays.
    #[must_use]
    pub fn closed_on(mut self, days: impl IntoIterator<Item = Date>) -> Self {
        self.closed.extend(days);
        self
    }

    /// A time somebody is away.
    #[must_use]
    pub fn away(mut self, from: Timestamp, to: Timestamp) -> Self {
        if from < to {
            self.away.push((from, to));
            self.away.sort_unstable();
        }
        self
    }

    /// The time zone of the hours.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Whether somebody is away at `at`.
    pub fn is_away(&self, at: Timestamp) -> bool {
        self.away.iter().any(|(from, to)| *from <= at && at < *to)
    }

    /// Whether it is working time at `at`.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.next_open(at) == Some(at)
    }

    /// The first moment of working time at or after `at`; nothing where there is none within two years.
    pub fn next_open(&self, at: Timestamp) -> Option<Timestamp> {
        self.spans(at).next().map(|(start, _)| start)
    }

    /// The moment at which `minutes` of working time have passed since `start`. The end of a span counts
    /// as that moment, not the beginning of the next one. Nothing where there is not enough within two years.
    pub fn add(&self, start: Timestamp, minutes: i64) -> Option<Timestamp> {
        let mut left = minutes.max(0).checked_mul(60_000_000)?;
        for (from, to) in self.spans(start) {
            let there = to.micros() - from.micros();
            if left <= there {
                return Some(Timestamp::from_micros(from.micros() + left));
            }
            left -= there;
        }
        None
    }

    /// Minutes of working time from `from` to `to`, rounded down.
    pub fn between(&self, from: Timestamp, to: Timestamp) -> i64 {
        let inside = self
            .spans(from)
            .take_while(|(start, _)| *start < to)
            .map(|(start, end)| end.min(to).micros() - start.micros());
        inside.sum::<i64>() / 60_000_000
    }

    /// Spans of working time from `at` on, in order and apart.
    fn spans(&self, at: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        let first = jiff::Timestamp::from_microsecond(at.micros())
            .unwrap_or_default()
            .to_zoned(self.zone.clone())
            .date();
        // A day earlier: its last span may reach over midnight in another offset.
        let first = first.yesterday().unwrap_or(first);
        first
            .series(jiff::Span::new().days(1))
            .take(HORIZON_DAYS)
            .filter(|day| !self.closed.contains(day))
            .flat_map(|day| self.spans_of(day))
            .flat_map(|span| self.without_away(span))
            .filter_map(move |(start, end)| (end > at).then_some((start.max(at), end)))
    }

    fn spans_of(&self, day: Date) -> Vec<(Timestamp, Timestamp)> {
        let ranges = self.hours.of(day.weekday()).iter();
        ranges
            .filter_map(|(start, end)| Some((self.instant(day, *start)?, self.instant(day, *end)?)))
            .filter(|(start, end)| start < end)
            .collect()
    }

    fn instant(&self, day: Date, minutes: u16) -> Option<Timestamp> {
        let (day, minutes) = if minutes == MINUTES_OF_DAY {
            (day.tomorrow().ok()?, 0)
        } else {
            (day, minutes)
        };
        let hour = i8::try_from(minutes / 60).ok()?;
        let time = Time::new(hour, i8::try_from(minutes % 60).ok()?, 0, 0).ok()?;
        let moment = self
            .zone
            .to_ambiguous_timestamp(day.to_datetime(time))
            .compatible()
            .ok()?;
        Some(Timestamp::from_micros(moment.as_microsecond()))
    }

    fn without_away(&self, span: (Timestamp, Timestamp)) -> Vec<(Timestamp, Timestamp)> {
        let (mut start, end) = span;
        let mut left = Vec::new();
        for (from, to) in &self.away {
            if *to <= start || *from >= end {
                continue;
            }
            if *from > start {
                left.push((start, *from));
            }
            start = start.max(*to);
        }
        if start < end {
            left.push((start, end));
        }
        left
    }
}

/// Whether it is the name of a time zone of the IANA database.
pub fn is_time_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn office(zone: &str) -> WorkingTime {
        WorkingTime::new(zone, WeeklyHours::office())
    }

    #[test]
    fn hours_are_read_and_written() {
        let text = "mo-th 09:00-12:30 13:30-18:00; fr 09:00-14:00; su 10:00-24:00";
        assert_eq!(text.parse::<WeeklyHours>().unwrap().to_string(), text);
        assert!("".parse::<WeeklyHours>().unwrap().is_empty());
        for wrong in [
            "mo",
            "xx 09:00-17:00",
            "mo 9-17",
            "mo 17:00-09:00",
            "fr-mo 09:00-10:00",
            "mo 09:00-12:00 11:00-13:00",
            "mo 09:60-10:00",
            "mo 09:00-24:01",
        ] {
            assert!(wrong.parse::<WeeklyHours>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_deadline_skips_the_night_and_the_weekend() {
        // Friday 15:00 in Berlin, winter.
        let friday = at("2026-01-09T14:00:00Z");
        let berlin = office("Europe/Berlin");
        assert_eq!(berlin.add(friday, 120), Some(at("2026-01-09T16:00:00Z")));
        assert_eq!(berlin.add(friday, 180), Some(at("2026-01-12T09:00:00Z")));
        assert!(!berlin.is_open(at("2026-01-10T10:00:00Z")));
        assert_eq!(
            berlin.next_open(at("2026-01-09T18:00:00Z")),
            Some(at("2026-01-12T08:00:00Z"))
        );
    }

    #[test]
    fn holidays_and_absences_do_not_count() {
        let monday = at("2026-01-05T08:00:00Z");
        let berlin = office("Europe/Berlin")
            .closed_on([jiff::civil::date(2026, 1, 6)])
            .away(at("2026-01-05T10:00:00Z"), at("2026-01-05T12:00:00Z"));
        // Two hours until ten, then four from twelve to four, then Wednesday.
        assert_eq!(berlin.add(monday, 7 * 60), Some(at("2026-01-07T09:00:00Z")));
        assert_eq!(berlin.between(monday, at("2026-01-07T09:00:00Z")), 7 * 60);
    }

    #[test]
    fn summer_time_takes_an_hour_and_gives_one_back() {
        let night = WorkingTime::new("Europe/Berlin", "su 00:00-06:00".parse().unwrap());
        // 29 March 2026: the clock goes from 2 to 3. 25 October 2026: from 3 back to 2.
        let spring = (at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z"));
        let autumn = (at("2026-10-24T12:00:00Z"), at("2026-10-25T12:00:00Z"));
        assert_eq!(night.between(spring.0, spring.1), 5 * 60);
        assert_eq!(night.between(autumn.0, autumn.1), 7 * 60);
    }

    #[test]
    fn half_hour_zones_are_right() {
        // Kolkata is five and a half hours ahead; Lord Howe ten and a half, eleven in summer.
        assert!(office("Asia/Kolkata").is_open(at("2026-01-05T03:30:00Z")));
        assert!(!office("Asia/Kolkata").is_open(at("2026-01-05T03:29:59Z")));
        assert!(office("Australia/Lord_Howe").is_open(at("2026-07-05T22:30:00Z")));
        assert!(office("Australia/Lord_Howe").is_open(at("2026-01-04T22:00:00Z")));
    }

    #[test]
    fn who_never_works_has_no_deadline() {
        let never = WorkingTime::new("Europe/Berlin", WeeklyHours::default());
        assert_eq!(never.add(at("2026-01-05T08:00:00Z"), 1), None);
        let away = office("UTC").away(at("2026-01-01T00:00:00Z"), at("2036-01-01T00:00:00Z"));
        assert_eq!(away.next_open(at("2026-01-05T08:00:00Z")), None);
        assert!(is_time_zone("Europe/Berlin") && !is_time_zone("Mars/Olympus"));
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in ".{0,60}") {
            let _ = text.parse::<WeeklyHours>();
        }

        #[test]
        fn what_is_added_lies_between(start in 0_i64..4_000_000_000, minutes in 0_i64..5_000, zone in 0_usize..4) {
            let zone = ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"][zone];
            let start = Timestamp::from_micros(start * 1_000_000);
            let working = office(zone);
            let end = working.add(start, minutes).unwrap();
            prop_assert!(end >= start);
            prop_assert_eq!(working.between(start, end), minutes);
        }

        #[test]
        fn adding_twice_is_adding_once(start in 0_i64..4_000_000_000, a in 0_i64..2_000, b in 0_i64..2_000) {
            let start = Timestamp::from_micros(start * 1_000_000);
            let working = office("Europe/Berlin");
            let once = working.add(start, a + b);
            let twice = working.add(start, a).and_then(|middle| working.add(middle, b));
            prop_assert_eq!(once, twice);
        }
    }
}
