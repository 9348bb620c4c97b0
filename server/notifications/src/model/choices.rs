//! What a person, or the house, chose: which news comes over which channel, and when.

use kernel::{Error, Problem, Result};

/// Minutes of a day.
const MINUTES_OF_DAY: i32 = 24 * 60;
/// When digests come where nobody chose: eight in the morning.
const DIGEST_AT: i32 = 8 * 60;

macro_rules! categories {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $email:ident, $push:literal;)+) => {
        /// News that people choose together.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, async_graphql::Enum)]
        pub enum NotificationCategory { $($(#[$doc])* $name,)+ }

        impl NotificationCategory {
            /// All categories, in the order they are shown.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// As stored.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// Reads what `as_str` wrote.
            ///
            /// # Errors
            /// Any other text is a fault of the stored data.
            pub fn parse(text: &str) -> Result<Self> {
                match text {
                    $($text => Ok(Self::$name),)+
                    _ => Err(Error::bug("unknown notification category in the database")),
                }
            }

            /// What holds where neither the person nor the house chose.
            pub fn built_in(self) -> Choice {
                match self {
                    $(Self::$name => Choice { in_app: true, email: EmailTiming::$email, push: $push },)+
                }
            }
        }
    };
}

categories! {
    /// Somebody mentioned the person, or a community the person follows closely.
    Mention = "mention", Daily, true;
    /// Replies in threads the person follows.
    Reply = "reply", Daily, true;
    /// Reactions to what the person wrote.
    Reaction = "reaction", Never, false;
    /// Praise and best answers.
    Recognition = "recognition", Daily, true;
    /// Announcements.
    Announcement = "announcement", Daily, true;
    /// New posts in communities the person follows closely.
    NewPost = "new_post", Weekly, false;
    /// Requests, invitations and roles in communities.
    Membership = "membership", Daily, false;
    /// Ideas with another state and closed threads.
    Thread = "thread", Weekly, false;
    /// Messages in conversations.
    Message = "message", Daily, true;
    /// Dispatches, reminders of them, and who is overdue.
    Dispatch = "dispatch", Instant, true;
    /// Answers to dispatches and questions up the line.
    Line = "line", Instant, true;
}

impl NotificationCategory {
    /// Whether it always shows in the application: these have a place of their own there.
    pub fn is_always_shown(self) -> bool {
        matches!(self, Self::Message | Self::Dispatch | Self::Line)
    }
}

/// When news come by e-mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
pub enum EmailTiming {
    /// Not at all.
    Never,
    /// At once, but for a minute in which more of the same may join.
    Instant,
    /// Once a day, together with all other news.
    Daily,
    /// On Mondays, together with all other news.
    Weekly,
}

impl EmailTiming {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Instant => "instant",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// Reads what `as_str` wrote.
    ///
    /// # Errors
    /// Any other text is a fault of the stored data.
    pub fn parse(text: &str) -> Result<Self> {
        match text {
            "never" => Ok(Self::Never),
            "instant" => Ok(Self::Instant),
            "daily" => Ok(Self::Daily),
            "weekly" => Ok(Self::Weekly),
            _ => Err(Error::bug("unknown e-mail timing in the database")),
        }
    }
}

/// How news of one category come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Whether they come at all; without the application there is no e-mail and no push either.
    pub in_app: bool,
    /// When they come by e-mail.
    pub email: EmailTiming,
    /// Whether they are pushed to the person's browsers.
    pub push: bool,
}

/// When a person wants to be left in peace, and when digests come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// Minutes of the local day from and until which nothing comes at once; the second may be
    /// earlier than the first, then it is over midnight.
    pub quiet: Option<(i32, i32)>,
    /// Whether things come only in the person's working time.
    pub in_working_hours: bool,
    /// Minute of the local day at which digests come.
    pub digest_at: i32,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self {
            quiet: None,
            in_working_hours: false,
            digest_at: DIGEST_AT,
        }
    }
}

/// A new rhythm as it comes from outside.
#[derive(Debug, Clone, Copy)]
pub struct RhythmChange {
    /// Start of the quiet time; given together with its end or not at all.
    pub quiet_from: Option<i32>,
    /// End of the quiet time.
    pub quiet_until: Option<i32>,
    /// See [`Rhythm::in_working_hours`].
    pub in_working_hours: bool,
    /// See [`Rhythm::digest_at`].
    pub digest_at: i32,
}

impl RhythmChange {
    /// The rhythm.
    ///
    /// # Errors
    /// All problems of the input: `INVALID_TIME`, `QUIET_TIME_INCOMPLETE`.
    pub fn into_rhythm(self) -> Result<Rhythm> {
        let times = [
            ("quietFrom", self.quiet_from),
            ("quietUntil", self.quiet_until),
            ("digestAt", Some(self.digest_at)),
        ];
        let mut problems: Vec<Problem> = times
            .into_iter()
            .filter(|(_, minute)| minute.is_some_and(|minute| !is_minute(minute)))
            .map(|(field, _)| Problem::new(field, "INVALID_TIME", "That is not a time of the day."))
            .collect();
        let quiet = match (self.quiet_from, self.quiet_until) {
            (Some(from), Some(until)) if from != until => Some((from, until)),
            (None, None) => None,
            (from, _) => {
                let field = if from.is_some() {
                    "quietUntil"
                } else {
                    "quietFrom"
                };
                let text = "Quiet time needs a beginning and another end.";
                problems.push(Problem::new(field, "QUIET_TIME_INCOMPLETE", text));
                None
            }
        };
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        Ok(Rhythm {
            quiet,
            in_working_hours: self.in_working_hours,
            digest_at: self.digest_at,
        })
    }
}

/// Whether it is a minute of a day, 0 to 1,439.
pub fn is_minute(minute: i32) -> bool {
    (0..MINUTES_OF_DAY).contains(&minute)
}

/// What the house decides for what leaves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct House {
    /// Whether letters say who wrote what; otherwise only that there is something.
    pub text_in_mail: bool,
    /// Whether pushes say who wrote what.
    pub text_in_push: bool,
}

impl Default for House {
    fn default() -> Self {
        Self {
            text_in_mail: true,
            text_in_push: true,
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;

    #[test]
    fn categories_and_timings_round_trip_as_text() {
        for category in NotificationCategory::ALL {
            assert_eq!(
                NotificationCategory::parse(category.as_str()).unwrap(),
                *category
            );
            let timing = category.built_in().email;
            assert_eq!(EmailTiming::parse(timing.as_str()).unwrap(), timing);
        }
        assert!(NotificationCategory::parse("poke").is_err());
        assert!(EmailTiming::parse("hourly").is_err());
    }

    #[test]
    fn a_rhythm_needs_real_times_and_both_ends_of_the_quiet() {
        let change = |quiet_from, quiet_until, digest_at| RhythmChange {
            quiet_from,
            quiet_until,
            in_working_hours: false,
            digest_at,
        };
        let night = change(Some(22 * 60), Some(6 * 60), 480)
            .into_rhythm()
            .unwrap();
        assert_eq!(night.quiet, Some((1_320, 360)));
        assert_eq!(change(None, None, 0).into_rhythm().unwrap().quiet, None);
        for wrong in [
            change(Some(1_440), Some(0), 480),
            change(Some(60), None, 480),
            change(None, Some(60), 480),
            change(Some(60), Some(60), 480),
            change(None, None, -1),
        ] {
            assert!(matches!(wrong.into_rhythm(), Err(Error::Invalid(_))));
        }
    }
}
