//! The directory: people by words and by what they are, in the order of their names.

use directory::policy::{Places, holders_sql};
use identity::PersonView;
use identity::model::search_words;
use identity::queries::{Reads, count_matching, people_matching};
use kernel::{OrgUnitId, Page, PageArgs, Result};
use platform::Sql;

use super::FacetKind;
use super::require_somebody;
use crate::policy::{skilled_sql, speaking_sql};

/// Whom the directory is to show; an empty list asks for nothing, several values of one kind mean any of them.
#[derive(Debug, Clone, Default)]
pub struct DirectoryFilter {
    /// Words that name, handle or title contain, all of them.
    pub query: String,
    /// In these units or below.
    pub units: Vec<OrgUnitId>,
    /// With one of these roles.
    pub roles: Vec<String>,
    /// At one of these locations.
    pub locations: Vec<String>,
    /// Speaking one of these languages.
    pub languages: Vec<String>,
    /// With one of these skills.
    pub skills: Vec<String>,
}

impl DirectoryFilter {
    /// The condition on the table `people` named `s`, without what is asked of `except`: the other choices of
    /// one kind are counted as if none of them had been made.
    pub(super) fn condition<R: Reads>(
        &self,
        reader: &R,
        except: Option<FacetKind>,
        bound: usize,
    ) -> Sql {
        let mut sql = Sql::after(bound);
        sql.push("s.is_active");
        for word in search_words(&self.query) {
            sql.push(" AND s.search_text LIKE ")
                .bind(contains(&word))
                .push(" ESCAPE '\\'");
        }
        let asked = |kind: FacetKind| except != Some(kind);
        let units: &[OrgUnitId] = if asked(FacetKind::Unit) {
            &self.units
        } else {
            &[]
        };
        let roles: &[String] = if asked(FacetKind::Role) {
            &self.roles
        } else {
            &[]
        };
        if !units.is_empty() || !roles.is_empty() {
            let places = Places {
                units,
                with_below: true,
                roles,
                heads_only: false,
            };
            let holders = holders_sql(&places, reader.moment(), sql.bound());
            sql.push(" AND s.id IN (").append(holders).push(")");
        }
        if asked(FacetKind::Location) && !self.locations.is_empty() {
            sql.push(" AND ")
                .push_same_text("s.location", &self.locations);
        }
        if asked(FacetKind::Language) && !self.languages.is_empty() {
            let speaking = speaking_sql(&self.languages, sql.bound());
            sql.push(" AND s.id IN (").append(speaking).push(")");
        }
        if asked(FacetKind::Skill) && !self.skills.is_empty() {
            let skilled = skilled_sql(&self.skills, sql.bound());
            sql.push(" AND s.id IN (").append(skilled).push(")");
        }
        sql
    }
}

/// A LIKE pattern for texts that contain `word`.
pub(super) fn contains(word: &str) -> String {
    let mut pattern = String::from("%");
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// A page of the people meant, in the order of their names, and how many they are.
///
/// # Errors
/// `INVALID_CURSOR`, `Unauthenticated` for nobody, database errors.
pub async fn people<R: Reads>(
    reader: &R,
    filter: &DirectoryFilter,
    page: &PageArgs,
) -> Result<(Page<PersonView>, i64)> {
    require_somebody(reader)?;
    let condition = || filter.condition(reader, None, 0).into_parts();
    let total = count_matching(reader, condition()).await?;
    Ok((people_matching(reader, condition(), page).await?, total))
}
