//! Times and numbers as the client writes them. The words come from the web build, which asks the
//! same `Intl` the client asks; here is only the choice among them.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::Deserialize;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// What one language says.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Words {
    /// Less than a minute ago.
    now: String,
    /// So many minutes, hours, days ago, by their number.
    minutes: Vec<String>,
    hours: Vec<String>,
    days: Vec<String>,
    /// Dates, one pattern for each month: `{d}`, `{dd}`, `{y}`, `{H}`, `{HH}`, `{h}`, `{mm}`, `{ap}`.
    day_month: Vec<String>,
    date: Vec<String>,
    date_time: Vec<String>,
    /// Before and after noon.
    halves: (String, String),
    decimal: String,
    group: String,
    /// Stands for thousands in short numbers; empty where a language writes them out.
    thousands: String,
    /// `{}` stands for the number.
    percent: String,
    bytes: Vec<String>,
}

/// The words at a moment, for somebody's time zone.
#[derive(Debug, Clone)]
pub struct Clock {
    now: Timestamp,
    zone: TimeZone,
}

impl Clock {
    /// A clock that stands at `micros`; an unknown or empty zone is UTC.
    pub fn new(micros: i64, zone: &str) -> Self {
        Self {
            now: Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH),
            zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
        }
    }
}

impl Words {
    /// "3 minutes ago"; older than a week it is a date. The thresholds are those of
    /// `formatRelative` in the client.
    pub fn ago(&self, clock: &Clock, moment: &str) -> String {
        let Ok(then) = moment.parse::<Timestamp>() else {
            return String::new();
        };
        let seconds = (clock.now.as_millisecond() - then.as_millisecond() + 500).div_euclid(1000);
        let distance = seconds.abs();
        let pick = |words: &[String], unit: i64| {
            // As Math.round does with a negative number: a half counts as less.
            let count = (2 * distance + unit - 1) / (2 * unit);
            usize::try_from(count)
                .ok()
                .and_then(|count| words.get(count).cloned())
        };
        let relative = match distance {
            ..45 => Some(self.now.clone()),
            _ if distance < 45 * MINUTE => pick(&self.minutes, MINUTE),
            _ if distance < 22 * HOUR => pick(&self.hours, HOUR),
            _ if distance < 7 * DAY => pick(&self.days, DAY),
            _ => None,
        };
        relative.unwrap_or_else(|| {
            let then = then.to_zoned(clock.zone.clone());
            let this_year = clock.now.to_zoned(clock.zone.clone()).year();
            let patterns = if then.year() == this_year {
                &self.day_month
            } else {
                &self.date
            };
            self.fill(patterns, &then)
        })
    }

    /// A date.
    pub fn date(&self, clock: &Clock, moment: &str) -> String {
        self.written(&self.date, clock, moment)
    }

    /// A date with the time of day.
    pub fn date_time(&self, clock: &Clock, moment: &str) -> String {
        self.written(&self.date_time, clock, moment)
    }

    fn written(&self, patterns: &[String], clock: &Clock, moment: &str) -> String {
        match moment.parse::<Timestamp>() {
            Ok(then) => self.fill(patterns, &then.to_zoned(clock.zone.clone())),
            Err(_) => String::new(),
        }
    }

    fn fill(&self, patterns: &[String], then: &Zoned) -> String {
        let month = usize::from(then.month().unsigned_abs()).saturating_sub(1);
        let Some(pattern) = patterns.get(month) else {
            return String::new();
        };
        let (day, hour) = (then.day(), then.hour());
        let half = if hour < 12 {
            &self.halves.0
        } else {
            &self.halves.1
        };
        let on_dial = if hour % 12 == 0 { 12 } else { hour % 12 };
        [
            ("{dd}", format!("{day:02}")),
            ("{d}", day.to_string()),
            ("{y}", then.year().to_string()),
            ("{HH}", format!("{hour:02}")),
            ("{H}", hour.to_string()),
            ("{h}", on_dial.to_string()),
            ("{mm}", format!("{:02}", then.minute())),
            ("{ap}", half.clone()),
        ]
        .into_iter()
        .fold(pattern.clone(), |text, (mark, value)| {
            text.replace(mark, &value)
        })
    }

    /// A count in few characters.
    pub fn compact(&self, count: i64) -> String {
        let plain = count.to_string();
        if !(1_000..1_000_000).contains(&count) {
            return plain;
        }
        if !self.thousands.is_empty() {
            return format!("{}{}", self.tenths((count + 50) / 100), self.thousands);
        }
        if count < 10_000 {
            return plain;
        }
        let (thousands, rest) = (count / 1_000, count % 1_000);
        format!("{thousands}{}{rest:03}", self.group)
    }

    /// How much `part` is of `whole`.
    pub fn percent(&self, part: i64, whole: i64) -> String {
        let whole = whole.max(1);
        let hundredths = ((200 * part + whole) / (2 * whole)).clamp(0, 100);
        self.percent.replace("{}", &hundredths.to_string())
    }

    /// A file's size.
    pub fn bytes(&self, bytes: i64) -> String {
        let (mut step, mut unit) = (0, 1);
        while bytes >= unit * 1_000 && step + 1 < self.bytes.len() {
            (step, unit) = (step + 1, unit * 1_000);
        }
        let pattern = self.bytes.get(step).map_or("{}", String::as_str);
        pattern.replace("{}", &self.tenths((20 * bytes + unit) / (2 * unit)))
    }

    fn tenths(&self, tenths: i64) -> String {
        match tenths % 10 {
            0 => (tenths / 10).to_string(),
            rest => format!("{}{}{rest}", tenths / 10, self.decimal),
        }
    }
}

/// First letters of the first and the last word, for whoever has no picture.
pub fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    match (words.next(), words.next_back()) {
        (None, _) => "?".to_owned(),
        (Some(first), None) => first.to_uppercase().collect(),
        (Some(first), Some(last)) => first.to_uppercase().chain(last.to_uppercase()).collect(),
    }
}

/// The host of an address, or the address.
pub fn host(address: &str) -> String {
    url::Url::parse(address)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let of = |unit: &str| (0..60).map(|n| format!("{n} {unit} ago")).collect();
        Words {
            now: "now".to_owned(),
            minutes: of("min"),
            hours: of("h"),
            days: of("d"),
            day_month: vec!["{d} m".to_owned(); 12],
            date: vec!["{dd}.m.{y}".to_owned(); 12],
            date_time: vec!["{d} m {y}, {h}:{mm} {ap} {HH}".to_owned(); 12],
            halves: ("AM".to_owned(), "PM".to_owned()),
            decimal: ",".to_owned(),
            group: ".".to_owned(),
            thousands: String::new(),
            percent: "{} %".to_owned(),
            bytes: ["{} B", "{} kB", "{} MB"].map(str::to_owned).to_vec(),
        }
    }

    #[test]
    fn moments_are_told_as_the_client_tells_them() {
        let now = 1_790_000_000_000_000;
        let clock = Clock::new(now, "Europe/Berlin");
        let at = |seconds: i64| {
            let micros = now - seconds * 1_000_000;
            let moment = Timestamp::from_microsecond(micros).unwrap_or_default();
            words().ago(&clock, &moment.to_string())
        };
        for (seconds, expected) in [
            (0, "now"),
            (44, "now"),
            (45, "1 min ago"),
            (90, "1 min ago"),
            (91, "2 min ago"),
            (45 * MINUTE, "1 h ago"),
            (90 * MINUTE, "1 h ago"),
            (22 * HOUR, "1 d ago"),
            (36 * HOUR + 1, "2 d ago"),
        ] {
            assert_eq!(at(seconds), expected, "{seconds}");
        }
        assert!(at(7 * DAY).ends_with(" m"), "{}", at(7 * DAY));
        assert!(at(400 * DAY).contains(".m.2025"), "{}", at(400 * DAY));
        assert_eq!(words().ago(&clock, "nonsense"), "");
    }

    #[test]
    fn a_day_is_the_reader_s_day() {
        let late = "2026-05-04T22:30:00Z";
        let in_zone = |zone| words().date_time(&Clock::new(0, zone), late);
        assert_eq!(in_zone("Europe/Berlin"), "5 m 2026, 12:30 AM 00");
        assert_eq!(in_zone("Nowhere/Atall"), "4 m 2026, 10:30 PM 22");
    }

    #[test]
    fn numbers_are_short() {
        let mut words = words();
        assert_eq!(words.compact(999), "999");
        assert_eq!(words.compact(1234), "1234");
        assert_eq!(words.compact(12_345), "12.345");
        "K".clone_into(&mut words.thousands);
        assert_eq!(words.compact(1234), "1,2K");
        assert_eq!(words.compact(2000), "2K");
        assert_eq!(words.percent(1, 3), "33 %");
        assert_eq!(words.percent(5, 3), "100 %");
        assert_eq!(words.percent(0, 0), "0 %");
        assert_eq!(words.bytes(999), "999 B");
        assert_eq!(words.bytes(1_250_000), "1,3 MB");
        assert_eq!(words.bytes(5_000_000_000), "5000 MB");
    }

    #[test]
    fn initials_are_those_of_the_client() {
        assert_eq!(initials("Claudia Jansen"), "CJ");
        assert_eq!(initials("  ada "), "A");
        assert_eq!(initials("Dr. (Eva) von Ohm"), "DO");
        assert_eq!(initials("— !"), "?");
        assert_eq!(host("https://example.org/a"), "example.org");
    }
}
