//! When a piece of news goes out: quiet hours, working hours, absence and digests, in the person's own
//! time.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use kernel::Timestamp;
use kernel::working_time::WorkingTime;
use notifications::model::{EmailTiming, Rhythm};

use super::Channel;

/// How long a letter waits for more of the same, and for the person to read it in the application.
const GATHERING_SECONDS: i64 = 60;
/// Days looked ahead for a digest on a working day.
const HORIZON_DAYS: usize = 60;

/// What is known of a person's time.
#[derive(Debug, Clone)]
pub struct Habits<'a> {
    /// What the person chose.
    pub rhythm: Rhythm,
    /// Where the person lives.
    pub zone: TimeZone,
    /// When the person works.
    pub working: Option<&'a WorkingTime>,
    /// End of the absence the person is in.
    pub away_until: Option<Timestamp>,
}

/// What becomes of a piece of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planned {
    /// It goes out at this moment, alone or with others.
    At(Timestamp, EmailTiming),
    /// It does not go out: a flood of pushes helps nobody after a holiday.
    Dropped,
}

/// When news that came at `at` go out. Who is away gets a digest at the first digest time after the
/// return, and no pushes. `is_urgent` passes quiet and working hours, but no absence.
pub fn plan(
    channel: Channel,
    timing: EmailTiming,
    at: Timestamp,
    is_urgent: bool,
    habits: &Habits<'_>,
) -> Planned {
    if let Some(back) = habits.away_until.filter(|back| *back > at) {
        return match channel {
            Channel::Email => Planned::At(habits.digest_after(back, timing), digest_of(timing)),
            Channel::Push => Planned::Dropped,
        };
    }
    match (channel, timing) {
        (Channel::Email, EmailTiming::Daily | EmailTiming::Weekly) => {
            Planned::At(habits.digest_after(at, timing), timing)
        }
        (Channel::Email, EmailTiming::Never) => Planned::Dropped,
        (Channel::Email, EmailTiming::Instant) => {
            let ready = at.plus_seconds(GATHERING_SECONDS);
            Planned::At(habits.waking_after(ready, is_urgent), timing)
        }
        (Channel::Push, _) => Planned::At(habits.waking_after(at, is_urgent), EmailTiming::Instant),
    }
}

/// The digest that takes up what would have come at once.
fn digest_of(timing: EmailTiming) -> EmailTiming {
    match timing {
        EmailTiming::Weekly => EmailTiming::Weekly,
        _ => EmailTiming::Daily,
    }
}

impl Habits<'_> {
    /// The first moment at or after `at` at which the person may be disturbed.
    fn waking_after(&self, at: Timestamp, is_urgent: bool) -> Timestamp {
        if is_urgent {
            return at;
        }
        let mut moment = at;
        // The end of the quiet may lie outside working time, and the beginning of work in the quiet.
        for _ in 0..HORIZON_DAYS {
            let awake = self.quiet_over(moment);
            let next = match self.working.filter(|_| self.rhythm.in_working_hours) {
                Some(working) => working.next_open(awake).unwrap_or(awake),
                None => awake,
            };
            if next == moment {
                return moment;
            }
            moment = next;
        }
        moment
    }

    fn quiet_over(&self, at: Timestamp) -> Timestamp {
        let Some((from, until)) = self.rhythm.quiet else {
            return at;
        };
        let time = self.local(at).time();
        let minute = i32::from(time.hour()) * 60 + i32::from(time.minute());
        let is_quiet = if from < until {
            (from..until).contains(&minute)
        } else {
            minute >= from || minute < until
        };
        if is_quiet {
            self.next_minute(at, until)
        } else {
            at
        }
    }

    /// The first digest after `at`: on any day, or on a working day; a weekly one on a Monday or, where
    /// nobody works on it, on the next working day.
    fn digest_after(&self, at: Timestamp, timing: EmailTiming) -> Timestamp {
        let minute = self.rhythm.digest_at;
        let mut moment = self.next_minute(at, minute);
        if timing == EmailTiming::Weekly {
            for _ in 0..7 {
                if self.local(moment).weekday() == jiff::civil::Weekday::Monday {
                    break;
                }
                moment = self.next_minute(moment, minute);
            }
        }
        for _ in 0..HORIZON_DAYS {
            if self.is_worked_on(moment) {
                break;
            }
            moment = self.next_minute(moment, minute);
        }
        moment
    }

    fn is_worked_on(&self, at: Timestamp) -> bool {
        let Some(working) = self.working.filter(|_| self.rhythm.in_working_hours) else {
            return true;
        };
        let day = self.local(at).date();
        let begin = self.moment(day, 0);
        let open = working.next_open(begin);
        open.is_some_and(|open| self.local(open).date() == day)
    }

    /// The first moment after `at` at which the local clock shows this minute of the day. In the hour
    /// that summer time takes away it is the moment the clock jumps to.
    fn next_minute(&self, at: Timestamp, minute: i32) -> Timestamp {
        let mut day = self.local(at).date();
        for _ in 0..3 {
            let moment = self.moment(day, minute);
            if moment > at {
                return moment;
            }
            day = day.tomorrow().unwrap_or(day);
        }
        at
    }

    fn moment(&self, day: Date, minute: i32) -> Timestamp {
        let hour = i8::try_from(minute / 60).unwrap_or(0);
        let minute = i8::try_from(minute % 60).unwrap_or(0);
        let time = Time::new(hour, minute, 0, 0).unwrap_or(Time::midnight());
        match self
            .zone
            .to_ambiguous_zoned(day.to_datetime(time))
            .compatible()
        {
            Ok(zoned) => Timestamp::from_micros(zoned.timestamp().as_microsecond()),
            Err(_) => Timestamp::from_micros(0),
        }
    }

    fn local(&self, at: Timestamp) -> jiff::Zoned {
        let at = jiff::Timestamp::from_microsecond(at.micros());
        at.unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(self.zone.clone())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;
    use kernel::working_time::WeeklyHours;
    use notifications::model::EmailTiming::{Daily, Instant, Weekly};

    fn at(text: &str) -> Timestamp {
        let moment: jiff::Timestamp = text.parse().unwrap();
        Timestamp::from_micros(moment.as_microsecond())
    }

    fn habits(zone: &str, quiet: Option<(i32, i32)>) -> Habits<'static> {
        Habits {
            rhythm: Rhythm {
                quiet,
                ..Rhythm::default()
            },
            zone: TimeZone::get(zone).unwrap(),
            working: None,
            away_until: None,
        }
    }

    fn email(timing: EmailTiming, when: &str, habits: &Habits<'_>) -> Planned {
        plan(Channel::Email, timing, at(when), false, habits)
    }

    #[test]
    fn a_letter_gathers_for_a_minute_and_a_push_does_not() {
        let berlin = habits("Europe/Berlin", None);
        let noon = "2026-01-05T11:00:00Z";
        assert_eq!(
            email(Instant, noon, &berlin),
            Planned::At(at("2026-01-05T11:01:00Z"), Instant)
        );
        assert_eq!(
            plan(Channel::Push, Instant, at(noon), false, &berlin),
            Planned::At(at(noon), Instant)
        );
    }

    #[test]
    fn nothing_comes_in_the_quiet_unless_it_is_urgent() {
        let night = habits("Europe/Berlin", Some((22 * 60, 6 * 60 + 30)));
        let late = "2026-01-05T21:30:00Z";
        assert_eq!(
            email(Instant, late, &night),
            Planned::At(at("2026-01-06T05:30:00Z"), Instant)
        );
        assert_eq!(
            plan(Channel::Push, Instant, at(late), true, &night),
            Planned::At(at(late), Instant)
        );
        // The beginning belongs to the quiet, the end does not.
        assert_eq!(
            plan(
                Channel::Push,
                Instant,
                at("2026-01-05T21:00:00Z"),
                false,
                &night
            ),
            Planned::At(at("2026-01-06T05:30:00Z"), Instant)
        );
        let morning = "2026-01-06T05:30:00Z";
        assert_eq!(
            plan(Channel::Push, Instant, at(morning), false, &night),
            Planned::At(at(morning), Instant)
        );
    }

    #[test]
    fn the_quiet_ends_by_the_clock_on_the_wall_when_summer_time_begins() {
        // On 29 March 2026 the clocks in Berlin jump from 2 to 3.
        let night = habits("Europe/Berlin", Some((22 * 60, 6 * 60)));
        assert_eq!(
            plan(
                Channel::Push,
                Instant,
                at("2026-03-28T22:00:00Z"),
                false,
                &night
            ),
            Planned::At(at("2026-03-29T04:00:00Z"), Instant)
        );
        // An end in the hour that does not exist: the moment the clock jumps to.
        let short = habits("Europe/Berlin", Some((22 * 60, 2 * 60 + 30)));
        assert_eq!(
            plan(
                Channel::Push,
                Instant,
                at("2026-03-28T23:00:00Z"),
                false,
                &short
            ),
            Planned::At(at("2026-03-29T01:30:00Z"), Instant)
        );
    }

    #[test]
    fn digests_come_at_the_local_hour_also_in_half_hour_zones() {
        let kolkata = habits("Asia/Kolkata", None);
        assert_eq!(
            email(Daily, "2026-01-05T02:29:59Z", &kolkata),
            Planned::At(at("2026-01-05T02:30:00Z"), Daily)
        );
        assert_eq!(
            email(Daily, "2026-01-05T02:30:00Z", &kolkata),
            Planned::At(at("2026-01-06T02:30:00Z"), Daily)
        );
        // 5 January 2026 is a Monday.
        assert_eq!(
            email(Weekly, "2026-01-05T03:00:00Z", &kolkata),
            Planned::At(at("2026-01-12T02:30:00Z"), Weekly)
        );
    }

    #[test]
    fn in_working_hours_nothing_comes_on_a_weekend() {
        let hours = WorkingTime::new("Europe/Berlin", WeeklyHours::office());
        let mut office = habits("Europe/Berlin", None);
        office.rhythm.in_working_hours = true;
        office.working = Some(&hours);
        let friday_evening = "2026-01-09T17:30:00Z";
        assert_eq!(
            email(Instant, friday_evening, &office),
            Planned::At(at("2026-01-12T08:00:00Z"), Instant)
        );
        assert_eq!(
            email(Daily, friday_evening, &office),
            Planned::At(at("2026-01-12T07:00:00Z"), Daily)
        );
    }

    #[test]
    fn who_is_away_gets_one_digest_after_the_return_and_no_push() {
        let mut away = habits("Europe/Berlin", None);
        away.away_until = Some(at("2026-01-18T23:00:00Z"));
        for timing in [Instant, Daily] {
            assert_eq!(
                email(timing, "2026-01-05T11:00:00Z", &away),
                Planned::At(at("2026-01-19T07:00:00Z"), Daily)
            );
        }
        assert_eq!(
            plan(
                Channel::Push,
                Instant,
                at("2026-01-05T11:00:00Z"),
                true,
                &away
            ),
            Planned::Dropped
        );
    }
}
