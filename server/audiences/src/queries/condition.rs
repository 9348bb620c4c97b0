//! A rule as one SQL condition.
//!
//! Each part is a set of people built once (a hash in both databases) and asked once for each
//! person of one walk through the people. The whole is wrapped in `IS TRUE`: PostgreSQL would
//! otherwise turn the parts into joins, whose sizes it cannot guess behind a recursive tree, and
//! pick loops over hundreds of thousands of people.

use directory::policy::{Places, holders_sql};
use kernel::Timestamp;
use platform::Sql;
use sea_orm::Value;

use crate::model::Rule;

/// `SELECT p.id FROM people p WHERE …` for all who are meant at a moment, to be used in a statement
/// that has `bound` values already ([`Sql::append`]). Sees everything: whoever lets a viewer choose
/// the rule asks [`crate::policy::check`] or [`crate::policy::require_visible`] first.
pub fn people_part(rule: &Rule, at: Timestamp, bound: usize) -> (String, Vec<Value>) {
    identity::policy::active_people_sql(condition(rule, at, "p.id", bound))
}

/// Whether the person whose id stands in `column` is meant, as a boolean expression.
pub(super) fn condition(
    rule: &Rule,
    at: Timestamp,
    column: &str,
    bound: usize,
) -> (String, Vec<Value>) {
    let mut sql = Sql::after(bound);
    sql.push("(");
    add(&mut sql, rule, at, column);
    sql.push(") IS TRUE");
    sql.into_parts()
}

fn add(sql: &mut Sql, rule: &Rule, at: Timestamp, column: &str) {
    match rule {
        Rule::All(rules) => join(sql, rules, at, column, ("TRUE", " AND ")),
        Rule::Any(rules) => join(sql, rules, at, column, ("FALSE", " OR ")),
        Rule::Not(rule) => {
            sql.push("NOT (");
            add(sql, rule, at, column);
            sql.push(")");
        }
        part => match set(part, at, sql.bound()) {
            Some(set) => {
                sql.push(column).push(" IN (").append(set).push(")");
            }
            None => {
                sql.push("TRUE");
            }
        },
    }
}

fn join(sql: &mut Sql, rules: &[Rule], at: Timestamp, column: &str, (nothing, word): (&str, &str)) {
    if rules.is_empty() {
        sql.push(nothing);
    }
    for (index, rule) in rules.iter().enumerate() {
        sql.push(if index > 0 { word } else { "" }).push("(");
        add(sql, rule, at, column);
        sql.push(")");
    }
}

/// The people a part names, as a query with one column `person_id` (or a list of ids); `None` for
/// everybody and for groups.
fn set(part: &Rule, at: Timestamp, bound: usize) -> Option<(String, Vec<Value>)> {
    match part {
        Rule::Place {
            units,
            with_below,
            roles,
            heads_only,
        } => {
            let places = Places {
                units,
                with_below: *with_below,
                roles,
                heads_only: *heads_only,
            };
            Some(holders_sql(&places, at, bound))
        }
        Rule::Communities { communities } => {
            Some(communities::policy::members_sql(communities, bound))
        }
        Rule::Locations { locations } => Some(identity::policy::located_sql(locations, bound)),
        Rule::Languages { languages } => Some(profiles::policy::speaking_sql(languages, bound)),
        Rule::Skills { skills } => Some(profiles::policy::skilled_sql(skills, bound)),
        Rule::People { people } => {
            let mut sql = Sql::after(bound);
            sql.bind_all(people.iter().copied());
            Some(sql.into_parts())
        }
        Rule::Everybody | Rule::All(_) | Rule::Any(_) | Rule::Not(_) => None,
    }
}

/// Whether a part that is no group names the person `$1`, as a boolean expression that looks only
/// at that person's rows.
pub(super) fn names_first(part: &Rule, at: Timestamp, bound: usize) -> (String, Vec<Value>) {
    let mut sql = Sql::after(bound);
    match (part, set(part, at, bound)) {
        (Rule::People { .. }, Some(ids)) => {
            sql.push("$1 IN (").append(ids).push(")");
        }
        (_, Some(people)) => {
            sql.push("EXISTS (SELECT 1 FROM (")
                .append(people)
                .push(") named WHERE named.person_id = $1)");
        }
        (_, None) => {
            sql.push("TRUE");
        }
    }
    sql.into_parts()
}
