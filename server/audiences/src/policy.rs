//! Who may ask about which rule, and what a rule may be used for.
//!
//! A rule may name only communities whose members the viewer may see. So a count, a list or a
//! difference of two counts says nothing the member lists would not say, and no rule needs to be
//! weakened, blurred or refused because of what another one said. Who is where in the tree,
//! and location, languages and skills on the profile are open to everybody.

use identity::queries::Reads;
use kernel::{Error, Problem, Result, Viewer};

use crate::model::Rule;

/// What a rule is to be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Writing to people or showing them something they could find anyway.
    Address,
    /// Opening something that is closed to others.
    Access {
        /// Whether attributes people give themselves count; they would let themselves in.
        own_attributes: bool,
    },
}

fn problem(code: &'static str, message: &str) -> Problem {
    Problem::new("rule", code, message)
}

fn done(problems: Vec<Problem>) -> Result<()> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(problems))
    }
}

/// Checks a rule before it is stored: its form, that all it names exists, and that the viewer may
/// use it for this.
///
/// # Errors
/// `Invalid` with all problems, `Unauthenticated` for nobody, database errors.
pub async fn check<R: Reads>(db: &R, rule: &Rule, purpose: Purpose) -> Result<()> {
    rule.validate()?;
    let mut problems = hidden_communities(db, db.who(), rule).await?;
    let named = rule.named();
    let own_attributes_count = match purpose {
        Purpose::Address => true,
        Purpose::Access { own_attributes } => own_attributes,
    };
    if named.names_own_attributes && !own_attributes_count {
        let text = "People write their location, languages and skills themselves; \
                    these cannot decide who gets in.";
        problems.push(problem("OWN_ATTRIBUTE", text));
    }
    let units: Vec<_> = named.units.into_iter().collect();
    if directory::queries::units(db, &units).await?.len() < units.len() {
        problems.push(problem("UNKNOWN_UNIT", "A unit named here does not exist."));
    }
    let people: Vec<_> = named.people.into_iter().collect();
    if identity::queries::people_by_ids(db, &people).await?.len() < people.len() {
        let text = "A person named here does not exist.";
        problems.push(problem("UNKNOWN_PERSON", text));
    }
    let roles: Vec<_> = named.roles.into_iter().collect();
    for role in directory::queries::unknown_roles(db, &roles).await? {
        let text = format!("Nobody has ever had the role “{role}”.");
        problems.push(problem("UNKNOWN_ROLE", &text).with("role", role));
    }
    done(problems)
}

/// Refuses a rule that names a community whose members the viewer may not see. Each read of this
/// room asks it.
///
/// # Errors
/// `Invalid` with the problems, `Unauthenticated` for nobody, database errors.
pub async fn require_visible<R: Reads>(db: &R, rule: &Rule) -> Result<()> {
    done(hidden_communities(db, db.who(), rule).await?)
}

/// As [`require_visible`], for somebody who is not asking at the moment and uses the rule.
///
/// # Errors
/// `Invalid` with the problems, database errors.
pub async fn require_visible_to<R: Reads>(db: &R, viewer: &Viewer, rule: &Rule) -> Result<()> {
    done(hidden_communities(db, viewer, rule).await?)
}

async fn hidden_communities<R: Reads>(
    db: &R,
    viewer: &Viewer,
    rule: &Rule,
) -> Result<Vec<Problem>> {
    if !viewer.can_read() {
        return Err(Error::Unauthenticated);
    }
    let ids: Vec<_> = rule.named().communities.into_iter().collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let standings = communities::policy::standings(db, viewer, &ids).await?;
    let mut problems = Vec::new();
    // Which one is unknown is not said: of a secret one nobody may learn even that.
    if standings.len() < ids.len() {
        let text = "A community named here does not exist.";
        problems.push(problem("UNKNOWN_COMMUNITY", text));
    }
    if !standings
        .values()
        .all(communities::policy::Standing::can_read)
    {
        let text = "Only members see who is in a private community named here.";
        problems.push(problem("COMMUNITY_MEMBERS_HIDDEN", text));
    }
    Ok(problems)
}
