//! A person as others see it, and what is needed to make one.

use kernel::{AttachmentId, Error, OrganisationRole, PersonId, Problem, Result, Timestamp};
use richtext::{Limits, NoMentions, TextProblem};

use super::hashing::PasswordHash;
use super::settings::HouseSwitches;
use super::text::{fold, line, optional_line, problem_of};
use super::{MAX_ABOUT, MAX_LINE, MAX_NAME};

/// Drawn avatars come in so many colours.
const AVATAR_COLORS: u32 = 12;
/// Longest e-mail address (RFC 5321 allows 254 in a path).
const MAX_EMAIL: usize = 254;

/// Whether a person is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
pub enum PresenceState {
    /// There and active.
    Online,
    /// There, but has done nothing for a while.
    Away,
    /// Not there, or does not show it.
    Offline,
}

/// A person as one viewer sees it: what is private to others is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonView {
    /// The person's id.
    pub id: PersonId,
    /// Short name, as in `@anna.keller`.
    pub handle: String,
    /// Full name.
    pub name: String,
    /// Job title.
    pub title: String,
    /// What the person writes about himself (Markdown).
    pub about: String,
    /// The same as safe HTML.
    pub about_html: String,
    /// How the name is said.
    pub pronunciation: String,
    /// Where the person works.
    pub location: String,
    /// The picture, if there is one.
    pub avatar_id: Option<AttachmentId>,
    /// Colour of the drawn avatar, 0 to 11.
    pub avatar_color: i32,
    /// Role in the organisation.
    pub role: OrganisationRole,
    /// Whether the person may sign in.
    pub is_active: bool,
    /// Whether others may see when the person is there.
    pub show_presence: bool,
    /// Since when the person is there.
    pub joined_at: Timestamp,
    /// E-mail address; only for oneself and network admins.
    pub email: Option<String>,
    /// Last sign of life; only for oneself and network admins.
    pub last_active_at: Option<Timestamp>,
}

impl PersonView {
    /// Path of the picture, if there is one; changes with the picture.
    pub fn avatar_url(&self) -> Option<String> {
        let avatar = self.avatar_id?.uuid().simple().to_string();
        let version = avatar.get(20..).unwrap_or_default();
        Some(format!("/media/avatar/{}?v={version}", self.id))
    }
}

/// The organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationView {
    /// Name.
    pub name: String,
    /// When it was set up.
    pub created_at: Timestamp,
    /// What it allows of what tells about people.
    pub switches: HouseSwitches,
}

/// A person to be made. Handle, name and role are what matters; the rest has a default.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The id to give, for callers that must know it before (importers).
    pub id: Option<PersonId>,
    /// Short name.
    pub handle: String,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Job title.
    pub title: String,
    /// About the person (Markdown).
    pub about: String,
    /// How the name is said.
    pub pronunciation: String,
    /// Where the person works.
    pub location: String,
    /// Role in the organisation.
    pub role: OrganisationRole,
    /// Language.
    pub locale: String,
    /// Time zone; empty: the device's.
    pub time_zone: String,
    /// Since when the person is there; `None`: now.
    pub joined_at: Option<Timestamp>,
    /// Whether the person may sign in.
    pub is_active: bool,
    /// Whether an importer brings the person in: nobody is notified.
    pub imported: bool,
    /// The local password, if there is to be one; without it an admin has to reset it first.
    pub password: Option<PasswordHash>,
    /// Whether that password is good for one sign-in only.
    pub must_change_password: bool,
}

impl Default for NewPerson {
    fn default() -> Self {
        Self {
            id: None,
            handle: String::new(),
            name: String::new(),
            email: None,
            title: String::new(),
            about: String::new(),
            pronunciation: String::new(),
            location: String::new(),
            role: OrganisationRole::Member,
            locale: "en".to_owned(),
            time_zone: String::new(),
            joined_at: None,
            is_active: true,
            imported: false,
            password: None,
            must_change_password: false,
        }
    }
}

/// What a person may change about how others see him, as typed.
#[derive(Debug, Clone, Default)]
pub struct ProfileInput {
    /// Full name.
    pub name: String,
    /// Job title.
    pub title: String,
    /// About the person (Markdown).
    pub about: String,
    /// How the name is said.
    pub pronunciation: String,
    /// Where the person works.
    pub location: String,
}

/// A checked profile.
#[derive(Debug, Clone)]
pub struct Profile {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) about_html: String,
    pub(crate) pronunciation: String,
    pub(crate) location: String,
}

impl Profile {
    /// Checks a profile, adding what is wrong with it to `problems`.
    pub fn collect(input: &ProfileInput, problems: &mut Vec<Problem>) -> Self {
        let mut take = |result: Result<String, Problem>| {
            result.unwrap_or_else(|problem| {
                problems.push(problem);
                String::new()
            })
        };
        let name = take(line("name", &input.name, MAX_NAME));
        let title = take(optional_line("title", &input.title, MAX_LINE));
        let about = take(about(&input.about));
        let pronunciation = take(optional_line(
            "pronunciation",
            &input.pronunciation,
            MAX_LINE,
        ));
        let location = take(optional_line("location", &input.location, MAX_LINE));
        let about_html = if about.is_empty() {
            String::new()
        } else {
            richtext::render(&about, &NoMentions).html
        };
        Self {
            name,
            title,
            about,
            about_html,
            pronunciation,
            location,
        }
    }
}

fn about(text: &str) -> Result<String, Problem> {
    let limits = Limits {
        max_chars: MAX_ABOUT,
        ..Limits::POST
    };
    match richtext::clean(text, limits) {
        Err(TextProblem::Empty) => Ok(String::new()),
        other => other.map_err(|problem| problem_of("about", problem)),
    }
}

/// An e-mail address in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Reads an address as typed. Only its form is checked: whether it exists shows in the post.
    ///
    /// # Errors
    /// `EMAIL_INVALID`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let (mailbox, domain) = text.rsplit_once('@').unwrap_or_default();
        let is_mailbox_char = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        let is_label = |label: &str| {
            !label.is_empty()
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let is_mailbox = !mailbox.is_empty()
            && mailbox.len() <= 64
            && mailbox.chars().all(is_mailbox_char)
            && !mailbox.starts_with('.')
            && !mailbox.ends_with('.');
        let is_domain = !domain.is_empty() && domain.split('.').all(is_label);
        if text.len() <= MAX_EMAIL && is_mailbox && is_domain {
            Ok(Self(text.to_lowercase()))
        } else {
            let message = "This is not a valid e-mail address.";
            Err(Problem::new("email", "EMAIL_INVALID", message))
        }
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What people are found by and sorted by: folded name, handle and title.
pub fn search_text(name: &str, handle: &str, title: &str) -> String {
    fold(&format!("{name} {handle} {title}"))
}

/// The colour of a person's drawn avatar: the same on every device, for ever (FNV-1a).
pub fn avatar_color(handle: &str) -> i32 {
    let hash = handle.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    i32::try_from(hash % AVATAR_COLORS).unwrap_or(0)
}

/// A role as stored.
pub fn role_text(role: OrganisationRole) -> &'static str {
    match role {
        OrganisationRole::Member => "member",
        OrganisationRole::NetworkAdmin => "network_admin",
    }
}

/// Reads what [`role_text`] wrote.
///
/// # Errors
/// Any other text is a fault of the stored data.
pub fn parse_role(text: &str) -> Result<OrganisationRole> {
    match text {
        "member" => Ok(OrganisationRole::Member),
        "network_admin" => Ok(OrganisationRole::NetworkAdmin),
        _ => Err(Error::bug("unknown role in the database")),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_have_the_form_of_addresses() {
        for right in [
            "anna@example.org",
            " Anna.K+x@Sub.Example.ORG ",
            "jörg@müller.de",
            "a@intranet",
        ] {
            assert!(Email::parse(right).is_ok(), "{right}");
        }
        assert_eq!(
            Email::parse("Anna@Example.org").unwrap().as_str(),
            "anna@example.org"
        );
        for wrong in [
            "",
            "anna",
            "@example.org",
            "anna@",
            "a b@example.org",
            "a@b@c.org",
            "a@-x.org",
            "a@x..org",
            "a\u{0}@x.org",
            "<a>@x.org",
        ] {
            assert!(Email::parse(wrong).is_err(), "{wrong}");
        }
        assert!(Email::parse(&format!("{}@x.org", "a".repeat(250))).is_err());
    }

    #[test]
    fn colours_use_the_whole_palette() {
        let mut seen = [false; 12];
        for number in 0..500 {
            seen[usize::try_from(avatar_color(&format!("person{number}"))).unwrap()] = true;
        }
        assert!(seen.iter().all(|colour| *colour));
    }

    proptest! {
        #[test]
        fn addresses_never_panic(text in ".{0,300}") {
            let _ = Email::parse(&text);
        }
    }
}
