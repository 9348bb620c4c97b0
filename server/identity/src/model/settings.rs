//! What a person has chosen for himself.

use kernel::{Error, PersonId, Problem, Result};

/// Languages the house speaks, the fallback last.
pub const LOCALES: [&str; 2] = ["de", "en"];

macro_rules! stored_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum,
            serde::Serialize, serde::Deserialize,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// As stored.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// Reads what `as_str` wrote.
            ///
            /// # Errors
            /// Any other text is a fault of the stored data.
            pub fn parse(text: &str) -> Result<Self> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(Error::bug(concat!("unknown ", stringify!($name), " in the database"))),
                }
            }
        }
    };
}

stored_enum!(/// Colours of the pages.
Theme {
    /// As the device is set.
    System = "system",
    /// Dark text on light ground.
    Light = "light",
    /// Light text on dark ground.
    Dark = "dark",
});

stored_enum!(/// What of a community somebody is notified of.
NotificationLevel {
    /// Every new post.
    All = "all",
    /// Announcements and mentions.
    Announcements = "announcements",
    /// Mentions only.
    Mentions = "mentions",
    /// Nothing.
    None = "none",
});

stored_enum!(/// Order of the home feed.
FeedOrder {
    /// Newest first.
    Latest = "latest",
    /// What matters most to the viewer first.
    Ranked = "ranked",
});

/// What an organisation allows of what tells about people; what it does not allow, nobody's choice
/// brings back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HouseSwitches {
    /// That others see who is there.
    pub presence: bool,
    /// That others see who is writing.
    pub typing: bool,
    /// That others see how far somebody has read.
    pub receipts: bool,
}

impl Default for HouseSwitches {
    fn default() -> Self {
        Self {
            presence: true,
            typing: true,
            receipts: true,
        }
    }
}

/// A change of what the organisation allows; `None` leaves it as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct HouseChange {
    /// See [`HouseSwitches::presence`].
    pub presence: Option<bool>,
    /// See [`HouseSwitches::typing`].
    pub typing: Option<bool>,
    /// See [`HouseSwitches::receipts`].
    pub receipts: Option<bool>,
}

/// What a person has chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsView {
    /// Whose settings.
    pub person: PersonId,
    /// Language of the interface and of messages to the person.
    pub locale: String,
    /// IANA time zone; empty: the device's.
    pub time_zone: String,
    /// Colours.
    pub theme: Theme,
    /// Level in communities where the person has chosen none.
    pub default_notification_level: NotificationLevel,
    /// Whether others see when the person is there.
    pub show_presence: bool,
    /// Whether others see that the person is writing.
    pub send_typing: bool,
    /// Whether the others of a conversation may know how far the person has read, and the person how far they
    /// have; not until the person says so.
    pub send_receipts: bool,
    /// What the organisation allows of this.
    pub house: HouseSwitches,
    /// Order of the home feed.
    pub feed_order: FeedOrder,
    /// Whether the person has to set a new password before anything else.
    pub must_change_password: bool,
}

impl SettingsView {
    /// Whether others see that the person is writing: chosen, and allowed.
    pub fn shows_typing(&self) -> bool {
        self.send_typing && self.house.typing
    }
}

/// A change of settings; `None` leaves a setting as it is.
#[derive(Debug, Clone, Default)]
pub struct SettingsUpdate {
    /// Language.
    pub locale: Option<String>,
    /// IANA time zone; empty: the device's.
    pub time_zone: Option<String>,
    /// Colours.
    pub theme: Option<Theme>,
    /// Level in communities where the person has chosen none.
    pub default_notification_level: Option<NotificationLevel>,
    /// Whether others see when the person is there.
    pub show_presence: Option<bool>,
    /// Whether others see that the person is writing.
    pub send_typing: Option<bool>,
    /// See [`SettingsView::send_receipts`].
    pub send_receipts: Option<bool>,
    /// Order of the home feed.
    pub feed_order: Option<FeedOrder>,
}

impl SettingsUpdate {
    /// The settings after the change.
    ///
    /// # Errors
    /// All problems of the input.
    pub fn apply(self, mut settings: SettingsView) -> Result<SettingsView> {
        let mut problems = Vec::new();
        match self.locale.as_deref().map(parse_locale) {
            Some(Ok(locale)) => settings.locale = locale,
            Some(Err(problem)) => problems.push(problem),
            None => {}
        }
        match self.time_zone.as_deref().map(parse_time_zone) {
            Some(Ok(zone)) => settings.time_zone = zone,
            Some(Err(problem)) => problems.push(problem),
            None => {}
        }
        settings.theme = self.theme.unwrap_or(settings.theme);
        settings.default_notification_level = self
            .default_notification_level
            .unwrap_or(settings.default_notification_level);
        settings.show_presence = self.show_presence.unwrap_or(settings.show_presence);
        settings.send_typing = self.send_typing.unwrap_or(settings.send_typing);
        settings.send_receipts = self.send_receipts.unwrap_or(settings.send_receipts);
        settings.feed_order = self.feed_order.unwrap_or(settings.feed_order);
        if problems.is_empty() {
            Ok(settings)
        } else {
            Err(Error::Invalid(problems))
        }
    }
}

/// A language the house speaks.
///
/// # Errors
/// `LOCALE_UNKNOWN`.
pub fn parse_locale(text: &str) -> Result<String, Problem> {
    if LOCALES.contains(&text) {
        return Ok(text.to_owned());
    }
    let message = format!("Choose one of {}.", LOCALES.join(", "));
    Err(Problem::new("locale", "LOCALE_UNKNOWN", message))
}

/// The name of a time zone, as in `Europe/Berlin`; empty for the device's.
///
/// # Errors
/// `TIME_ZONE_UNKNOWN` for what cannot be one. Which zones exist is for the browser to know.
pub fn parse_time_zone(text: &str) -> Result<String, Problem> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
    let is_name = |name: &str| name.len() <= 64 && name.split('/').count() <= 3;
    let is_part = |part: &str| !part.is_empty() && part.chars().all(is_letter);
    if text.is_empty() || (is_name(text) && text.split('/').all(is_part)) {
        return Ok(text.to_owned());
    }
    let message = "Choose a time zone such as Europe/Berlin.";
    Err(Problem::new("timeZone", "TIME_ZONE_UNKNOWN", message))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;

    #[test]
    fn every_choice_round_trips_as_text() {
        for theme in Theme::ALL {
            assert_eq!(Theme::parse(theme.as_str()).unwrap(), *theme);
        }
        for level in NotificationLevel::ALL {
            assert_eq!(NotificationLevel::parse(level.as_str()).unwrap(), *level);
        }
        for order in FeedOrder::ALL {
            assert_eq!(FeedOrder::parse(order.as_str()).unwrap(), *order);
        }
    }

    #[test]
    fn zones_have_the_form_of_zones() {
        for zone in [
            "",
            "UTC",
            "Europe/Berlin",
            "America/Argentina/Buenos_Aires",
            "Etc/GMT+3",
        ] {
            assert!(parse_time_zone(zone).is_ok(), "{zone}");
        }
        for wrong in ["/", "Europe/", "a b", "../../etc/passwd", "Ä", "a/b/c/d"] {
            assert!(parse_time_zone(wrong).is_err(), "{wrong}");
        }
    }
}
