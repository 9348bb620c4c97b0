//! Settings of a community.

use kernel::{CommunityId, Problem, Result, Viewer};
use platform::{Database, Tx};
use sea_orm::Value;

use crate::commands::input::Checks;
use crate::commands::slugs::{self, Secrecy};
use crate::commands::{Outcome, finish};
use crate::events;
use crate::model::{CommunityChange, CommunityJoining, CommunityVisibility, cover_color, sort_key};
use crate::policy::{Archive, Edit, Permit, SetOfficial, permit};
use crate::table;

/// Changes settings; takes effect at once, also on open subscriptions. Owners.
///
/// # Errors
/// `Forbidden` with the reason, `Invalid` with all problems of the input.
pub async fn update(
    database: &Database,
    viewer: &Viewer,
    id: CommunityId,
    change: CommunityChange,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = permit::<Edit>(&tx, id).await?;
    let outcome = apply(&mut tx, permit, change).await?;
    finish(tx, outcome).await
}

/// Columns to set, with the names of the settings they belong to.
#[derive(Default)]
struct Changes {
    columns: Vec<&'static str>,
    values: Vec<Value>,
    fields: Vec<&'static str>,
}

impl Changes {
    fn set(&mut self, column: &'static str, value: impl Into<Value>) {
        self.columns.push(column);
        self.values.push(value.into());
    }
}

async fn apply(tx: &mut Tx, permit: Permit<Edit>, change: CommunityChange) -> Result<Outcome> {
    let old = permit.community();
    let mut checks = Checks::default();
    let mut changes = Changes::default();
    let visibility = change.visibility.unwrap_or(old.visibility);
    let joining = change.joining.unwrap_or(old.joining);
    if old.is_all_company {
        let text = "Everybody is in this community; it stays public and open.";
        if visibility != CommunityVisibility::Public {
            checks.add(Problem::new("visibility", "ALL_COMPANY_COMMUNITY", text));
        }
        if joining != CommunityJoining::Open {
            checks.add(Problem::new("joining", "ALL_COMPANY_COMMUNITY", text));
        }
    }
    let new_name = change.name.as_deref().map(|name| checks.name(name));
    let new_name = new_name.filter(|name| *name != old.name);
    if let Some(name) = &new_name {
        changes.fields.push("name");
        changes.set("name", name.as_str());
        changes.set("search_text", sort_key(name));
        changes.set("cover_color", cover_color(name));
    }
    if let Some(text) = &change.description {
        let (source, html) = checks.description(text);
        if source != old.description {
            changes.fields.push("description");
            changes.set("description", source);
            changes.set("description_html", html);
        }
    }
    if let Some(topics) = &change.topics {
        let topics = checks.topics(topics);
        if topics != old.topics {
            changes.fields.push("topics");
            changes.set("topics", table::topics_to_text(&topics));
        }
    }
    if visibility != old.visibility {
        changes.fields.push("visibility");
        changes.set("visibility", visibility.as_str());
    }
    if joining != old.joining {
        changes.fields.push("joining");
        changes.set("joining", joining.as_str());
    }
    let posting = change.posting.unwrap_or(old.posting);
    if posting != old.posting {
        changes.fields.push("posting");
        changes.set("posting", posting.as_str());
    }
    let secrecy = match visibility {
        CommunityVisibility::Secret => Secrecy::Secret,
        CommunityVisibility::Public | CommunityVisibility::Private => Secrecy::Known,
    };
    let wish = change.slug.as_deref().filter(|wish| *wish != old.slug);
    let slug = match (wish, &new_name) {
        (Some(wish), _) => match slugs::chosen(tx, old.id, wish, secrecy).await? {
            Ok(slug) => Some(slug),
            Err(problem) => {
                checks.add(problem);
                None
            }
        },
        (None, Some(name)) if !name.is_empty() => {
            Some(slugs::from_name(tx, old.id, name, secrecy).await?)
        }
        (None, _) => None,
    };
    checks.done()?;
    if let Some(slug) = slug.filter(|slug| *slug != old.slug) {
        changes.fields.push("slug");
        changes.set("slug", slug);
    }
    store(tx, old.id, changes).await
}

async fn store(tx: &mut Tx, id: CommunityId, mut changes: Changes) -> Result<Outcome> {
    if changes.fields.is_empty() {
        return Ok(Outcome::Unchanged);
    }
    changes.set("updated_at", tx.now());
    let assignments = changes.columns.iter().enumerate();
    let assignments: Vec<String> = assignments
        .map(|(index, column)| format!("{column} = ${}", index + 1))
        .collect();
    changes.values.push(id.into());
    let sql = format!(
        "UPDATE communities SET {} WHERE id = ${}",
        assignments.join(", "),
        changes.values.len()
    );
    table::execute(tx, sql, changes.values).await?;
    tx.announce(events::changed(id, &changes.fields));
    Ok(Outcome::Changed)
}

/// Keeps a community for reading only, or takes it back. Owners and network administrators.
///
/// # Errors
/// `Forbidden` with the reason.
pub async fn set_archived(
    database: &Database,
    viewer: &Viewer,
    id: CommunityId,
    archived: bool,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = permit::<Archive>(&tx, id).await?;
    let outcome = archive(&mut tx, permit, archived).await?;
    finish(tx, outcome).await
}

/// As [`set_archived`], as a part of a larger write.
///
/// # Errors
/// `Forbidden` with the reason.
pub async fn set_archived_in(tx: &mut Tx, id: CommunityId, archived: bool) -> Result<()> {
    let permit = permit::<Archive>(tx, id).await?;
    archive(tx, permit, archived).await.map(|_| ())
}

async fn archive(tx: &mut Tx, permit: Permit<Archive>, archived: bool) -> Result<Outcome> {
    if permit.standing().community.is_archived == archived {
        return Ok(Outcome::Unchanged);
    }
    let (archived_at, kind) = if archived {
        (Some(tx.now()), events::ARCHIVED)
    } else {
        (None, events::UNARCHIVED)
    };
    let sql = "UPDATE communities SET archived_at = $1, updated_at = $2 WHERE id = $3";
    let values = [archived_at.into(), tx.now().into(), permit.id().into()];
    table::execute(tx, sql, values).await?;
    tx.announce(events::community(kind, permit.id()));
    Ok(Outcome::Changed)
}

/// Gives or takes the official mark. Network administrators.
///
/// # Errors
/// `Forbidden` with the reason.
pub async fn set_official(
    database: &Database,
    viewer: &Viewer,
    id: CommunityId,
    official: bool,
) -> Result<()> {
    let mut tx = database.begin(viewer).await?;
    let permit = permit::<SetOfficial>(&tx, id).await?;
    let outcome = mark(&mut tx, permit, official).await?;
    finish(tx, outcome).await
}

async fn mark(tx: &mut Tx, permit: Permit<SetOfficial>, official: bool) -> Result<Outcome> {
    if permit.community().is_official == official {
        return Ok(Outcome::Unchanged);
    }
    let mut changes = Changes::default();
    changes.fields.push("isOfficial");
    changes.set("is_official", official);
    store(tx, permit.id(), changes).await
}
