//! Votes. The post's content stays locked while one vote is counted, so that counts are exact however
//! many vote at once.
//!
//! Of an anonymous poll the choice is only added to the options' counts: no row, event or log line
//! links it to the person.

use std::collections::BTreeSet;

use kernel::{Error, PersonId, PollOptionId, PostId, Problem, Result, Viewer};
use platform::{Database, Tx};
use sea_orm::Value;

use crate::events;
use crate::model::{MAX_POLL_OPTIONS, PollDetails};
use crate::policy;
use crate::table::{OptionKey, Sql};

/// Votes in a poll; in one that is not anonymous voting again changes the vote.
///
/// # Errors
/// `NotFound`, `Forbidden` (`POLL_CLOSED`, `THREAD_CLOSED`, `VOTE_IS_FINAL`, …), `Invalid` for
/// options that are not there, too few or too many, database errors.
pub async fn poll_vote(
    database: &Database,
    viewer: &Viewer,
    id: PostId,
    chosen: &[PollOptionId],
) -> Result<()> {
    let person = viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_vote_in_poll(&tx, id).await?;
    let poll = permit.details().poll.clone();
    let poll = poll.ok_or(Error::Forbidden("NOT_A_POLL"))?;
    let chosen = check_choice(&tx, id, &poll, chosen).await?;
    let is_first = remember_voter(&tx, id, person).await?;
    let before = if poll.is_anonymous {
        BTreeSet::new()
    } else {
        replace_votes(&tx, id, person, &chosen).await?
    };
    if !is_first && before == chosen {
        return Ok(());
    }
    count(&tx, chosen.difference(&before), 1).await?;
    count(&tx, before.difference(&chosen), -1).await?;
    if is_first {
        let sql = Sql::new("UPDATE posts SET poll_voter_count = poll_voter_count + 1 WHERE id = ");
        sql.bind(id).run(&tx).await?;
    }
    let permit = permit.into_inner();
    let event = events::counters(permit.root());
    tx.announce(event);
    tx.commit().await
}

async fn check_choice(
    tx: &Tx,
    id: PostId,
    poll: &PollDetails,
    chosen: &[PollOptionId],
) -> Result<BTreeSet<PollOptionId>> {
    let refuse = |code: &'static str, text: &str| {
        let problem = Problem::new("optionIds", code, text);
        Err(Error::Invalid(vec![problem]))
    };
    // Nobody can choose more options than there are; what is longer is not even looked at.
    if chosen.len() > MAX_POLL_OPTIONS {
        return refuse("POLL_TOO_MANY_CHOICES", "Choose fewer options.");
    }
    let chosen: BTreeSet<PollOptionId> = chosen.iter().copied().collect();
    if chosen.is_empty() {
        return refuse("POLL_CHOICE_REQUIRED", "Choose an option.");
    }
    if !poll.is_multiple_choice && chosen.len() > 1 {
        return refuse("POLL_SINGLE_CHOICE", "Choose only one option.");
    }
    let sql = Sql::new("SELECT o.id AS option_id FROM poll_options o WHERE o.post_id = ").bind(id);
    let options: Vec<OptionKey> = sql.all(tx).await?;
    if chosen
        .iter()
        .any(|id| options.iter().all(|option| option.option_id != *id))
    {
        return refuse("POLL_OPTION_NOT_FOUND", "This option is not in this poll.");
    }
    Ok(chosen)
}

/// Remembers that the person voted; tells whether for the first time.
async fn remember_voter(tx: &Tx, id: PostId, person: PersonId) -> Result<bool> {
    let sql = Sql::new("INSERT INTO poll_voters (post_id, person_id, voted_at) VALUES ");
    let sql = sql.bind_rows([vec![id.into(), person.into(), tx.now().into()]]);
    Ok(sql.push(" ON CONFLICT DO NOTHING").run(tx).await? > 0)
}

/// Stores what the person chose; gives what the person had chosen before.
async fn replace_votes(
    tx: &Tx,
    id: PostId,
    person: PersonId,
    chosen: &BTreeSet<PollOptionId>,
) -> Result<BTreeSet<PollOptionId>> {
    const OF_POLL: &str = "option_id IN (SELECT o.id FROM poll_options o WHERE o.post_id = ";
    let sql = Sql::new("SELECT option_id FROM poll_votes WHERE ")
        .push(OF_POLL)
        .bind(id);
    let sql = sql.push(") AND person_id = ").bind(person);
    let before: Vec<OptionKey> = sql.all(tx).await?;
    let before: BTreeSet<PollOptionId> = before.into_iter().map(|row| row.option_id).collect();
    if before != *chosen {
        let sql = Sql::new("DELETE FROM poll_votes WHERE ")
            .push(OF_POLL)
            .bind(id);
        sql.push(") AND person_id = ").bind(person).run(tx).await?;
        let rows = chosen.iter();
        let rows = rows.map(|option| vec![Value::from(*option), Value::from(person)]);
        let sql = Sql::new("INSERT INTO poll_votes (option_id, person_id) VALUES ");
        sql.bind_rows(rows).run(tx).await?;
    }
    Ok(before)
}

async fn count(tx: &Tx, options: impl Iterator<Item = &PollOptionId>, change: i64) -> Result<()> {
    let options: Vec<PollOptionId> = options.copied().collect();
    if options.is_empty() {
        return Ok(());
    }
    let sql = Sql::new("UPDATE poll_options SET vote_count = vote_count + ").bind(change);
    let sql = sql.push(" WHERE id IN (").bind_all(options);
    sql.push(")").run(tx).await?;
    Ok(())
}

/// Votes for an idea or takes the vote back. Doing it twice changes nothing.
///
/// # Errors
/// `NotFound`, `Forbidden` (`IDEA_DECIDED`, `THREAD_CLOSED`, …), database errors.
pub async fn idea_vote(
    database: &Database,
    viewer: &Viewer,
    id: PostId,
    voted: bool,
) -> Result<()> {
    let person = viewer.require_person()?;
    let mut tx = database.begin(viewer).await?;
    let permit = policy::may_vote_for_idea(&tx, id).await?;
    let changed = if voted {
        let sql = Sql::new("INSERT INTO idea_votes (post_id, person_id, voted_at) VALUES ");
        let sql = sql.bind_rows([vec![id.into(), person.into(), tx.now().into()]]);
        sql.push(" ON CONFLICT DO NOTHING").run(&tx).await?
    } else {
        let sql = Sql::new("DELETE FROM idea_votes WHERE post_id = ").bind(id);
        sql.push(" AND person_id = ").bind(person).run(&tx).await?
    };
    if changed == 0 {
        return Ok(());
    }
    let change: i64 = if voted { 1 } else { -1 };
    let sql = Sql::new("UPDATE posts SET idea_vote_count = idea_vote_count + ").bind(change);
    sql.push(" WHERE id = ").bind(id).run(&tx).await?;
    let permit = permit.into_inner();
    let event = events::counters(permit.root());
    tx.announce(event);
    tx.commit().await
}
