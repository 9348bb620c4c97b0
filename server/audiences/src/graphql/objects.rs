//! What is said of an audience.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, Object, Result, SimpleObject};
use communities::graphql::Community;
use directory::graphql::OrgUnit;
use identity::graphql::{Person, PersonConnection};
use kernel::{AudienceId, CommunityId, OrgUnitId, PageArgs, PersonId, Timestamp, connection};
use platform::ContextExt as _;

use crate::model::{self, Rule, SavedAudience};
use crate::queries;

/// Most units a count is split into.
const MAX_UNITS: i32 = 100;

/// The language the viewer reads.
pub(super) async fn locale(ctx: &Context<'_>) -> Result<String> {
    Ok(identity::queries::settings(&ctx.reader()).await?.locale)
}

/// Who is meant by a rule at this moment.
#[derive(Debug, Clone)]
pub struct AudiencePreview {
    pub(super) rule: Arc<Rule>,
}

/// Who is meant by a rule at this moment.
#[Object]
impl AudiencePreview {
    /// Number of people who are meant.
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = queries::count(&ctx.reader(), &self.rule).await?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// Rule in words, in the language of the viewer.
    async fn sentence(&self, ctx: &Context<'_>) -> Result<String> {
        let locale = locale(ctx).await?;
        Ok(queries::sentence(&ctx.reader(), &self.rule, &locale).await?)
    }

    /// People who are meant, in the order of their names.
    #[graphql(complexity = "1 + usize::try_from(first).unwrap_or(0) * child_complexity")]
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Size of the page, 1 to 100.")] first: i32,
        #[graphql(desc = "Cursor to start behind.")] after: Option<String>,
    ) -> Result<PersonConnection> {
        let args = PageArgs::forward(first, after)?;
        let reader = ctx.reader();
        // Counting is as much work as the page, and the number often stands beside it already.
        let total = if ctx.look_ahead().field("totalCount").exists() {
            queries::count(&reader, &self.rule).await?
        } else {
            0
        };
        let mut page = queries::people_page(&reader, &self.rule, &args).await?;
        let ids: Vec<_> = page.items.iter().map(|(_, id)| *id).collect();
        let people = identity::graphql::people(ctx, &ids).await?;
        let people: HashMap<_, _> = people.into_iter().map(|one| (one.view().id, one)).collect();
        page.items.retain(|(_, id)| people.contains_key(id));
        Ok(PersonConnection::new(
            page.map(|id| people[&id].clone()),
            total,
        ))
    }

    /// Units in which people hold a place who are meant, the largest number first. Who has several
    /// places counts in each of their units.
    async fn count_by_unit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many units at most, 1 to 100.")] first: i32,
    ) -> Result<Vec<AudienceUnitCount>> {
        let limit = u64::try_from(first.clamp(1, MAX_UNITS)).unwrap_or(1);
        let counts = queries::count_by_unit(&ctx.reader(), &self.rule, limit).await?;
        let ids: Vec<OrgUnitId> = counts.iter().map(|(unit, _)| *unit).collect();
        let units = units(ctx, &ids).await?;
        let units: HashMap<_, _> = units.into_iter().map(|unit| (unit.id, unit)).collect();
        let counts = counts.into_iter().filter_map(|(unit, count)| {
            Some(AudienceUnitCount {
                unit: units.get(&unit)?.clone(),
                count: i32::try_from(count).unwrap_or(i32::MAX),
            })
        });
        Ok(counts.collect())
    }
}

/// How many of an audience hold a place in a unit.
#[derive(Clone, SimpleObject)]
pub struct AudienceUnitCount {
    /// Unit of the places.
    unit: OrgUnit,
    /// Number of people.
    count: i32,
}

/// Role people hold at present.
#[derive(Debug, Clone, SimpleObject)]
pub struct AudienceRole {
    /// Role as it is written most often.
    name: String,
    /// Number of people who hold it.
    count: i32,
}

impl From<(String, i64)> for AudienceRole {
    fn from((name, count): (String, i64)) -> Self {
        let count = i32::try_from(count).unwrap_or(i32::MAX);
        Self { name, count }
    }
}

/// Skill people name in their profile.
#[derive(Debug, Clone, SimpleObject)]
pub struct AudienceSkill {
    /// Skill as somebody writes it.
    name: String,
    /// Number of people who name it.
    count: i32,
}

impl From<(String, i64)> for AudienceSkill {
    fn from((name, count): (String, i64)) -> Self {
        let count = i32::try_from(count).unwrap_or(i32::MAX);
        Self { name, count }
    }
}

/// Why somebody is in an audience, or not.
#[derive(Debug, Clone, SimpleObject)]
pub struct AudienceReasons {
    /// Whether the person is meant.
    pub(super) is_in: bool,
    /// Every condition of the rule and whether it names the person.
    pub(super) reasons: Vec<AudienceReason>,
}

/// One condition of a rule, seen from one person.
#[derive(Debug, Clone, SimpleObject)]
pub struct AudienceReason {
    /// Condition in words, in the language of the viewer.
    sentence: String,
    /// Whether the condition names the person.
    holds: bool,
    /// Whether the rule leaves out whom this condition names.
    excludes: bool,
}

impl From<model::Reason> for AudienceReason {
    fn from(reason: model::Reason) -> Self {
        Self {
            sentence: reason.sentence,
            holds: reason.holds,
            excludes: reason.excludes,
        }
    }
}

/// Kind of a part of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
pub enum AudienceRulePartKind {
    /// Whole organisation.
    Everybody,
    /// Whoever holds a place like this.
    Place,
    /// Members of any of the communities.
    Communities,
    /// People by name.
    People,
    /// Whoever says to work at any of the locations.
    Locations,
    /// Whoever says to speak any of the languages.
    Languages,
    /// Whoever names any of the skills.
    Skills,
    /// Whoever is in all parts below this one.
    All,
    /// Whoever is in any part below this one.
    Any,
    /// Everybody except the part below this one.
    Not,
}

/// One part of a rule. A rule is a tree, which GraphQL cannot select to any depth: its parts come in
/// a list, each before those below it.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub struct AudienceRulePart {
    /// Kind of the part.
    kind: AudienceRulePartKind,
    /// Place in the list of the part above; null for the first part.
    parent: Option<i32>,
    /// Whether units below count too.
    with_below: bool,
    /// Whether only those count who lead the unit.
    heads_only: bool,
    /// Roles, as they were typed; empty for any.
    roles: Vec<String>,
    /// Locations, as they were typed.
    locations: Vec<String>,
    /// Codes of the languages.
    languages: Vec<String>,
    /// Skills, as they were typed.
    skills: Vec<String>,
    #[graphql(skip)]
    unit_ids: Vec<OrgUnitId>,
    #[graphql(skip)]
    community_ids: Vec<CommunityId>,
    #[graphql(skip)]
    person_ids: Vec<PersonId>,
}

#[ComplexObject]
impl AudienceRulePart {
    /// Units of the place; empty for anywhere.
    async fn units(&self, ctx: &Context<'_>) -> Result<Vec<OrgUnit>> {
        units(ctx, &self.unit_ids).await
    }

    /// Communities whose members are meant.
    async fn communities(&self, ctx: &Context<'_>) -> Result<Vec<Community>> {
        let reader = ctx.reader();
        let found =
            communities::queries::by_ids(&reader, reader.viewer(), &self.community_ids).await?;
        Ok(found.into_iter().map(Community::from).collect())
    }

    /// People who are meant by name.
    async fn people(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        identity::graphql::people(ctx, &self.person_ids).await
    }
}

async fn units(ctx: &Context<'_>, ids: &[OrgUnitId]) -> Result<Vec<OrgUnit>> {
    let found = directory::queries::units(&ctx.reader(), ids).await?;
    let mut found: Vec<OrgUnit> = found.into_iter().map(OrgUnit::from).collect();
    found.sort_by_key(|unit| ids.iter().position(|id| *id == unit.id));
    Ok(found)
}

/// A rule as its parts. Only of a rule the viewer may see.
pub fn rule_parts(rule: &Rule) -> Vec<AudienceRulePart> {
    fn walk(rule: &Rule, parent: Option<i32>, parts: &mut Vec<AudienceRulePart>) {
        let here = i32::try_from(parts.len()).ok();
        let mut part = AudienceRulePart {
            kind: AudienceRulePartKind::Everybody,
            parent,
            with_below: false,
            heads_only: false,
            roles: Vec::new(),
            locations: Vec::new(),
            languages: Vec::new(),
            skills: Vec::new(),
            unit_ids: Vec::new(),
            community_ids: Vec::new(),
            person_ids: Vec::new(),
        };
        part.kind = match rule {
            Rule::Everybody => AudienceRulePartKind::Everybody,
            Rule::Place {
                units,
                with_below,
                roles,
                heads_only,
            } => {
                part.unit_ids.clone_from(units);
                part.with_below = *with_below;
                part.roles.clone_from(roles);
                part.heads_only = *heads_only;
                AudienceRulePartKind::Place
            }
            Rule::Communities { communities } => {
                part.community_ids.clone_from(communities);
                AudienceRulePartKind::Communities
            }
            Rule::People { people } => {
                part.person_ids.clone_from(people);
                AudienceRulePartKind::People
            }
            Rule::Locations { locations } => {
                part.locations.clone_from(locations);
                AudienceRulePartKind::Locations
            }
            Rule::Languages { languages } => {
                part.languages.clone_from(languages);
                AudienceRulePartKind::Languages
            }
            Rule::Skills { skills } => {
                part.skills.clone_from(skills);
                AudienceRulePartKind::Skills
            }
            Rule::All(_) => AudienceRulePartKind::All,
            Rule::Any(_) => AudienceRulePartKind::Any,
            Rule::Not(_) => AudienceRulePartKind::Not,
        };
        parts.push(part);
        for rule in rule.inside() {
            walk(rule, here, parts);
        }
    }
    let mut parts = Vec::new();
    walk(rule, None, &mut parts);
    parts
}

/// Audience kept under a name.
#[derive(Debug, Clone)]
pub struct Audience {
    pub(super) saved: Arc<SavedAudience>,
}

impl From<SavedAudience> for Audience {
    fn from(saved: SavedAudience) -> Self {
        let saved = Arc::new(saved);
        Self { saved }
    }
}

connection!(AudienceConnection, AudienceEdge, Audience, total);

/// Audience kept under a name.
#[Object]
impl Audience {
    /// Global id of the audience.
    pub async fn id(&self) -> AudienceId {
        self.saved.id
    }

    /// Name of the audience.
    async fn name(&self) -> &str {
        &self.saved.name
    }

    /// Person whose it is.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Person> {
        identity::graphql::person(ctx, self.saved.owner_id).await
    }

    /// Whether everybody may use it.
    async fn is_shared(&self) -> bool {
        self.saved.is_shared
    }

    /// Whether the viewer may change and delete it.
    async fn viewer_can_edit(&self, ctx: &Context<'_>) -> bool {
        ctx.viewer().can_write() && ctx.viewer().person_id() == Some(self.saved.owner_id)
    }

    /// Number of its version; changes are made for a version.
    async fn version(&self) -> i32 {
        self.saved.version
    }

    /// Time of the last change.
    async fn updated_at(&self) -> Timestamp {
        self.saved.updated_at
    }

    /// Rule as its parts, each before those below it.
    async fn parts(&self) -> Vec<AudienceRulePart> {
        rule_parts(&self.saved.rule)
    }

    /// Who is meant at this moment.
    async fn preview(&self) -> AudiencePreview {
        AudiencePreview {
            rule: Arc::new(self.saved.rule.clone()),
        }
    }
}
