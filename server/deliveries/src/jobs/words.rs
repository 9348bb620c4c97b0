//! What letters and pushes say. The sentences about notifications are those of the web client, from the
//! same files, so that a thing has one name everywhere.

use std::sync::OnceLock;

use jiff::tz::TimeZone;
use kernel::Timestamp;
use notifications::model::{NotificationCategory, NotificationKind, NotificationView};
use serde_json::Value;

/// A language letters are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    German,
    English,
}

impl Language {
    /// The language of a locale; English where there is no German.
    pub(crate) fn of(locale: &str) -> Self {
        if locale.starts_with("de") {
            Self::German
        } else {
            Self::English
        }
    }

    /// Its code, for `lang`.
    pub(crate) fn code(self) -> &'static str {
        self.pick("de", "en")
    }

    fn pick<'a>(self, german: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::German => german,
            Self::English => english,
        }
    }

    fn client(self) -> &'static Value {
        static GERMAN: OnceLock<Value> = OnceLock::new();
        static ENGLISH: OnceLock<Value> = OnceLock::new();
        let (cell, text) = match self {
            Self::German => (
                &GERMAN,
                include_str!("../../../../web/locales/de/notifications.json"),
            ),
            Self::English => (
                &ENGLISH,
                include_str!("../../../../web/locales/en/notifications.json"),
            ),
        };
        cell.get_or_init(|| serde_json::from_str(text).unwrap_or_default())
    }

    fn text(self, group: &str, key: &str) -> &'static str {
        let found = self.client().get(group).and_then(|group| group.get(key));
        found.and_then(Value::as_str).unwrap_or_default()
    }

    /// What happened, as in the list of notifications.
    pub(crate) fn sentence(
        self,
        view: &NotificationView,
        names: &[&str],
        place: Option<&str>,
    ) -> String {
        let count = usize::try_from(view.actor_count)
            .unwrap_or(0)
            .max(names.len());
        let who = match (names, count) {
            ([], _) => self.text("who", "nobody").to_owned(),
            ([one, ..], 0 | 1) => (*one).to_owned(),
            ([a, b, ..], 2) => self
                .text("who", "two")
                .replace("{{a}}", a)
                .replace("{{b}}", b),
            ([a, ..], count) => {
                let key = if count == 2 { "more_one" } else { "more_other" };
                let number = (count - 1).to_string();
                self.text("who", key)
                    .replace("{{a}}", a)
                    .replace("{{number}}", &number)
            }
        };
        let somewhere = self.client().get("somewhere").and_then(Value::as_str);
        let place = place.or(somewhere).unwrap_or_default();
        let sentence = self.text("kind", &sentence_key(view, count));
        sentence
            .replace("{{who}}", &who)
            .replace("{{where}}", place)
    }

    /// Messages in a conversation.
    pub(crate) fn messages(self, unread: i64, with: &str) -> String {
        match (self, unread) {
            (Self::German, 1) => format!("Neue Nachricht von {with}"),
            (Self::German, _) => format!("{unread} neue Nachrichten von {with}"),
            (Self::English, 1) => format!("New message from {with}"),
            (Self::English, _) => format!("{unread} new messages from {with}"),
        }
    }

    /// A dispatch to the person, and until when it is to be confirmed.
    pub(crate) fn dispatch(self, sender: Option<&str>, due: Option<(Timestamp, &str)>) -> String {
        let sender = sender.unwrap_or_else(|| self.text("who", "nobody"));
        let first = match self {
            Self::German => format!("{sender} schreibt Ihnen."),
            Self::English => format!("{sender} writes to you."),
        };
        let Some((at, zone)) = due else {
            return first;
        };
        let when = self.moment(at, zone);
        match self {
            Self::German => format!("{first} Bitte bestätigen Sie bis {when}."),
            Self::English => format!("{first} Please confirm by {when}."),
        }
    }

    fn moment(self, at: Timestamp, zone: &str) -> String {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let at = jiff::Timestamp::from_microsecond(at.micros()).unwrap_or_default();
        let at = at.to_zoned(zone);
        at.strftime(self.pick("%d.%m.%Y, %H:%M Uhr", "%-d %b %Y, %H:%M"))
            .to_string()
    }

    /// That there is something, and no more.
    pub(crate) fn something_new(self) -> &'static str {
        self.pick("Es gibt Neues für Sie.", "There is something new for you.")
    }

    /// The first line of a letter.
    pub(crate) fn greeting(self, name: &str) -> String {
        match self {
            Self::German => format!("Guten Tag {name},"),
            Self::English => format!("Hello {name},"),
        }
    }

    /// The subject of a digest.
    pub(crate) fn digest(self, count: usize) -> String {
        match (self, count) {
            (Self::German, 1) => "Eine Neuigkeit für Sie".to_owned(),
            (Self::German, _) => format!("{count} Neuigkeiten für Sie"),
            (Self::English, 1) => "One piece of news for you".to_owned(),
            (Self::English, _) => format!("{count} pieces of news for you"),
        }
    }

    /// What the links say.
    pub(crate) fn open(self) -> &'static str {
        self.pick("Öffnen", "Open")
    }

    /// Why the letter came.
    pub(crate) fn reason(self) -> &'static str {
        self.pick(
            "Sie erhalten diese E-Mail, weil Sie es in den Einstellungen so gewählt haben oder Ihr Haus es so vorsieht.",
            "You receive this e-mail because you chose so in your settings, or because your organisation did.",
        )
    }

    /// The link to the settings.
    pub(crate) fn settings(self) -> &'static str {
        self.pick("Einstellungen ändern", "Change the settings")
    }

    /// The link that ends letters of this sort.
    pub(crate) fn unsubscribe(self, categories: &[NotificationCategory]) -> String {
        let names: Vec<&str> = categories
            .iter()
            .map(|category| self.category(*category))
            .collect();
        let names = names.join(", ");
        match self {
            Self::German => format!("Keine E-Mails mehr zu: {names}"),
            Self::English => format!("No more e-mails about: {names}"),
        }
    }

    /// What people choose together, by its name.
    pub(crate) fn category(self, category: NotificationCategory) -> &'static str {
        let key = category.as_str().to_ascii_uppercase();
        self.text("category", &key)
    }
}

/// The names of these categories in the language of a locale, in one line.
pub fn category_names(locale: &str, categories: &[NotificationCategory]) -> String {
    let language = Language::of(locale);
    let names: Vec<&str> = categories.iter().map(|c| language.category(*c)).collect();
    names.join(", ")
}

/// The key of a sentence in the client's file.
fn sentence_key(view: &NotificationView, count: usize) -> String {
    let kind = match (view.kind, view.reply) {
        (NotificationKind::Reaction, Some(_)) => "REACTION_REPLY".to_owned(),
        (kind, _) => kind.as_str().to_ascii_uppercase(),
    };
    format!("{kind}_{}", if count > 1 { "other" } else { "one" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(kind: NotificationKind, count: i32) -> NotificationView {
        NotificationView {
            id: kernel::NotificationId::at(Timestamp::from_micros(0)),
            kind,
            actors: Vec::new(),
            actor_count: count,
            post: None,
            reply: None,
            community: None,
            dispatch: None,
            question: None,
            excerpt: String::new(),
            created_at: Timestamp::from_micros(0),
            read_at: None,
        }
    }

    #[test]
    fn every_kind_has_a_sentence_in_both_languages_with_nothing_left_to_fill_in() {
        for language in [Language::German, Language::English] {
            for kind in NotificationKind::ALL {
                for names in [&[][..], &["Anna"], &["Anna", "Ben"]] {
                    let count = i32::try_from(names.len()).unwrap_or(0);
                    let text = language.sentence(&view(*kind, count), names, Some("Kredit"));
                    assert!(!text.is_empty() && !text.contains("{{"), "{kind:?}: {text}");
                }
            }
            for category in NotificationCategory::ALL {
                assert!(!language.category(*category).is_empty(), "{category:?}");
            }
        }
    }

    #[test]
    fn people_are_named_and_the_others_counted() {
        let many = view(NotificationKind::Reply, 4);
        let text = Language::English.sentence(&many, &["Anna", "Ben"], None);
        assert_eq!(text, "Anna and 3 others replied");
    }

    #[test]
    fn a_deadline_is_told_in_the_local_time_of_the_person() {
        let due = Timestamp::from_millis(1_767_603_600_000);
        let text = Language::German.dispatch(Some("Claudia"), Some((due, "Asia/Kolkata")));
        assert_eq!(
            text,
            "Claudia schreibt Ihnen. Bitte bestätigen Sie bis 05.01.2026, 14:30 Uhr."
        );
        assert_eq!(
            Language::English.dispatch(Some("Claudia"), None),
            "Claudia writes to you."
        );
    }
}
