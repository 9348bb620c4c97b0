//! Plain types of profiles, and their rules.

mod vcard;

use identity::HrField;
use identity::model::{fold, line, optional_line};
use kernel::{Error, PersonId, Problem, Result};

pub use vcard::{Card, escape};

/// Longest phone number or room.
pub const MAX_CONTACT: usize = 60;
/// Longest name of a skill or of something to ask about.
pub const MAX_WORDS: usize = 60;
/// Most skills of one person.
pub const MAX_SKILLS: usize = 50;
/// Most things one can be asked about.
pub const MAX_TOPICS: usize = 20;
/// Most languages of one person.
pub const MAX_LANGUAGES: usize = 20;

/// Who sees a private field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, async_graphql::Enum)]
pub enum ProfileAudience {
    /// Everybody who is signed in.
    Everybody,
    /// People of one's units, of the units above them and of those below them.
    UnitLine,
    /// Only oneself.
    Nobody,
}

impl ProfileAudience {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::UnitLine => "unit_line",
            Self::Nobody => "nobody",
        }
    }

    /// Reads what [`ProfileAudience::as_str`] wrote.
    ///
    /// # Errors
    /// Any other text is a fault of the stored data.
    pub fn parse(text: &str) -> Result<Self> {
        [Self::Everybody, Self::UnitLine, Self::Nobody]
            .into_iter()
            .find(|audience| audience.as_str() == text)
            .ok_or_else(|| Error::bug("unknown audience of a field in the database"))
    }
}

/// What the person alone sees of the own choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choices {
    /// Who sees the phone number.
    pub phone: ProfileAudience,
    /// Who sees the mobile number.
    pub mobile: ProfileAudience,
    /// Who sees the e-mail address.
    pub email: ProfileAudience,
    /// Whether the person is suggested to those who look for somebody who knows.
    pub is_suggested: bool,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            phone: ProfileAudience::Everybody,
            mobile: ProfileAudience::UnitLine,
            email: ProfileAudience::Nobody,
            is_suggested: true,
        }
    }
}

/// A skill of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillView {
    /// Whose.
    pub person_id: PersonId,
    /// The folded name, under which it is found.
    pub key: String,
    /// As the person writes it.
    pub name: String,
    /// How many endorse it.
    pub endorsement_count: i64,
    /// Whether the viewer does.
    pub is_endorsed_by_viewer: bool,
}

/// A profile as one viewer sees it: what the owner does not show to the viewer is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileView {
    /// Whose.
    pub person_id: PersonId,
    /// Phone on the desk; empty when there is none.
    pub phone: Option<String>,
    /// Mobile phone.
    pub mobile: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Room or floor; may be empty.
    pub office: String,
    /// Languages, as primary subtags of BCP 47.
    pub languages: Vec<String>,
    /// Skills, in the order of the person.
    pub skills: Vec<SkillView>,
    /// What one may ask the person about.
    pub ask_about: Vec<String>,
    /// Fields that come from the personnel department; all others are the person's own.
    pub hr_fields: Vec<HrField>,
    /// The own choices; only for oneself.
    pub choices: Option<Choices>,
}

/// What changes about a profile; `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct ProfileChange {
    /// Phone on the desk.
    pub phone: Option<String>,
    /// Mobile phone.
    pub mobile: Option<String>,
    /// Room or floor.
    pub office: Option<String>,
    /// Who sees the phone number.
    pub phone_for: Option<ProfileAudience>,
    /// Who sees the mobile number.
    pub mobile_for: Option<ProfileAudience>,
    /// Who sees the e-mail address.
    pub email_for: Option<ProfileAudience>,
    /// Whether the person is suggested as somebody who knows.
    pub is_suggested: Option<bool>,
    /// Languages.
    pub languages: Option<Vec<String>>,
    /// Skills.
    pub skills: Option<Vec<String>>,
    /// What one may ask the person about.
    pub ask_about: Option<Vec<String>>,
}

/// A name with the key it is found under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Folded name.
    pub key: String,
    /// As written.
    pub name: String,
}

/// A [`ProfileChange`] that was checked.
#[derive(Debug, Clone, Default)]
pub struct CheckedChange {
    pub(crate) phone: Option<String>,
    pub(crate) mobile: Option<String>,
    pub(crate) office: Option<String>,
    pub(crate) languages: Option<Vec<String>>,
    pub(crate) skills: Option<Vec<Named>>,
    pub(crate) ask_about: Option<Vec<Named>>,
}

impl CheckedChange {
    /// Checks a change, adding what is wrong with it to `problems`.
    pub fn collect(change: &ProfileChange, problems: &mut Vec<Problem>) -> Self {
        let mut contact = |field: &str, text: &Option<String>, is_number: bool| {
            let text = text.as_ref()?;
            let checked = optional_line(field, text, MAX_CONTACT).and_then(|line| {
                if is_number && !is_phone_number(&line) {
                    let message = "Write a phone number with digits, for example +49 40 123456.";
                    return Err(Problem::new(field, "PHONE_INVALID", message));
                }
                Ok(line)
            });
            checked.map_err(|problem| problems.push(problem)).ok()
        };
        Self {
            phone: contact("phone", &change.phone, true),
            mobile: contact("mobile", &change.mobile, true),
            office: contact("office", &change.office, false),
            languages: change
                .languages
                .as_ref()
                .and_then(|list| checked(languages(list), problems)),
            skills: change
                .skills
                .as_ref()
                .and_then(|list| checked(named("skills", list, MAX_SKILLS), problems)),
            ask_about: change
                .ask_about
                .as_ref()
                .and_then(|list| checked(named("askAbout", list, MAX_TOPICS), problems)),
        }
    }
}

fn checked<T>(result: Result<T, Problem>, problems: &mut Vec<Problem>) -> Option<T> {
    result.map_err(|problem| problems.push(problem)).ok()
}

/// Whether a line may be a phone number, also with an extension; an empty one may.
fn is_phone_number(line: &str) -> bool {
    let fits = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '/' | '(' | ')' | '.');
    line.is_empty()
        || (line.chars().all(fits) && line.chars().filter(char::is_ascii_digit).count() >= 3)
}

fn too_many(field: &str, max: usize) -> Problem {
    let message = format!("At most {max} fit.");
    Problem::new(field, "TOO_MANY", message).with("max", max)
}

fn languages(list: &[String]) -> Result<Vec<String>, Problem> {
    let mut found: Vec<String> = Vec::with_capacity(list.len());
    for text in list {
        let tag = text.trim().to_ascii_lowercase();
        let is_tag = matches!(tag.len(), 2 | 3) && tag.bytes().all(|b| b.is_ascii_lowercase());
        if !is_tag {
            let message = "Name languages by their codes, for example de or en.";
            return Err(Problem::new("languages", "LANGUAGE_UNKNOWN", message));
        }
        if !found.contains(&tag) {
            found.push(tag);
        }
    }
    if found.len() > MAX_LANGUAGES {
        return Err(too_many("languages", MAX_LANGUAGES));
    }
    Ok(found)
}

fn named(field: &str, list: &[String], max: usize) -> Result<Vec<Named>, Problem> {
    let mut found: Vec<Named> = Vec::with_capacity(list.len());
    for text in list {
        let name = line(field, text, MAX_WORDS)?;
        let key = fold(&name);
        if !found.iter().any(|other| other.key == key) {
            found.push(Named { key, name });
        }
    }
    if found.len() > max {
        return Err(too_many(field, max));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_other_text() {
        for right in ["", "+49 40 123-456", "(040) 12 34/5", "110"] {
            assert!(is_phone_number(right), "{right}");
        }
        for wrong in ["call me", "12", "+49 40 x"] {
            assert!(!is_phone_number(wrong), "{wrong}");
        }
    }

    #[test]
    fn the_same_skill_in_two_spellings_is_one() {
        let list = ["Geldwäsche", "geldwasche ", "Excel"].map(str::to_owned);
        let found = named("skills", &list, MAX_SKILLS).unwrap_or_default();
        let names: Vec<_> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Geldwäsche", "Excel"]);
    }
}
