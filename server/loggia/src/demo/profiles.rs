//! What the people of the invented bank speak, can do and may be asked.

use anyhow::Context as _;
use identity::HrField;
use kernel::Viewer;
use profiles::commands::{profile_details_update, set_from_hr, skill_endorse};
use profiles::model::{ProfileAudience, ProfileChange};

use super::people::PEOPLE;
use super::{Bank, pick};

/// Skills by the beginning of a unit's code.
const SKILLS: [(&str, &[&str]); 8] = [
    (
        "N",
        &["Kasse", "Kundenberatung", "SEPA", "Bausparen", "Girokonto"],
    ),
    (
        "S",
        &[
            "Kasse",
            "Kundenberatung",
            "SEPA",
            "Wertpapiere",
            "Girokonto",
        ],
    ),
    (
        "IT",
        &[
            "Kubernetes",
            "SQL",
            "Barrierefreiheit",
            "Informationssicherheit",
        ],
    ),
    ("CMP", &["Geldwäsche", "Datenschutz", "Compliance"]),
    (
        "PRD",
        &["Kredit", "Bausparen", "Girokonto", "Produktentwicklung"],
    ),
    ("COM", &["Redaktion", "Social Media", "Barrierefreiheit"]),
    ("HR", &["Ausbildung", "Personalentwicklung"]),
    ("V", &["Strategie", "Risikomanagement"]),
];
/// Languages beside the own one.
const LANGUAGES: [&str; 6] = ["en", "tr", "pl", "fr", "da", "uk"];

impl Bank<'_> {
    /// The personnel department brings desk phones and rooms; the people say the rest themselves and endorse
    /// each other.
    pub(super) async fn fill_profiles(&self) -> anyhow::Result<()> {
        let kept = [
            HrField::Name,
            HrField::Title,
            HrField::Phone,
            HrField::Office,
        ];
        let mut tx = self.database.begin(&Viewer::system("demo")).await?;
        for (index, somebody) in PEOPLE.iter().enumerate() {
            let values = ProfileChange {
                phone: Some(format!("+49 40 5550 {}", 100 + index)),
                office: Some(format!(
                    "{}.{:02}",
                    1 + pick(index, 1, 4),
                    1 + pick(index, 2, 30)
                )),
                ..ProfileChange::default()
            };
            set_from_hr(&mut tx, self.people[index], values, &kept)
                .await
                .with_context(|| format!("profile of {}", somebody.name))?;
        }
        tx.commit().await?;
        let mut skills_of = Vec::with_capacity(PEOPLE.len());
        for index in 0..PEOPLE.len() {
            let skills = self.tell_about(index).await?;
            skills_of.push(skills);
        }
        for index in 0..PEOPLE.len() {
            let other = (index + 1 + pick(index, 5, 5)) % PEOPLE.len();
            if let Some(skill) = skills_of[other].first() {
                let (viewer, person) = (self.viewer(index)?, self.people[other]);
                skill_endorse(self.database, &viewer, person, skill, true).await?;
            }
        }
        Ok(())
    }

    /// Somebody fills in the own profile; gives the skills.
    async fn tell_about(&self, index: usize) -> anyhow::Result<Vec<String>> {
        let somebody = &PEOPLE[index];
        let known = SKILLS
            .iter()
            .find(|(unit, _)| somebody.unit.starts_with(unit))
            .map_or(&[][..], |(_, skills)| skills);
        let skills: Vec<String> = (0..3_usize.min(known.len()))
            .map(|step| known[(index + step) % known.len()].to_owned())
            .collect();
        let mut languages = vec![somebody.locale.to_owned()];
        let second = LANGUAGES[pick(index, 3, LANGUAGES.len())];
        if second != somebody.locale {
            languages.push(second.to_owned());
        }
        let change = ProfileChange {
            mobile: Some(format!("+49 170 5550 {}", 100 + index)),
            mobile_for: Some(if somebody.is_head {
                ProfileAudience::Everybody
            } else {
                ProfileAudience::UnitLine
            }),
            languages: Some(languages),
            ask_about: Some(skills.iter().take(1).cloned().collect()),
            skills: Some(skills.clone()),
            ..ProfileChange::default()
        };
        let viewer = self.viewer(index)?;
        profile_details_update(self.database, &viewer, change).await?;
        Ok(skills)
    }
}
