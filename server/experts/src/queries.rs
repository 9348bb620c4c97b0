//! Gathering the evidence, each piece through the eyes of the viewer.

use std::collections::{BTreeSet, HashMap};

use content::queries::{answered_on, asked_since, written_on};
use kernel::{PersonId, Result, Timestamp, Viewer};
use platform::Database;
use profiles::queries::{Known, KnownBy, knowing, suggestable};

use crate::model::{Evidence, LOAD_DAYS, MAX_AGE_DAYS, ReasonKind, Suggestion, weigh};

/// Most words of a text that are looked at.
const MAX_WORDS: usize = 60;
/// Most words a skill or topic is found by.
const LONGEST: usize = 3;
/// Most people whose load is counted; the others have less to say.
const MAX_CANDIDATES: usize = 200;

/// People who may know something about a text: a topic, or the words of a question. The best first; never the
/// viewer.
///
/// # Errors
/// `Unauthenticated` for nobody; database errors.
pub async fn suggestions(
    database: &Database,
    viewer: &Viewer,
    text: &str,
    limit: usize,
) -> Result<Vec<Suggestion>> {
    let me = viewer.require_person()?;
    let reader = database.reader(viewer);
    let now = database.now();
    let phrases = phrases(text);
    if phrases.is_empty() {
        return Ok(Vec::new());
    }
    let days_ago = |days: i64| now.plus_seconds(-days * 86_400);
    let mut evidence = Vec::new();
    for known in knowing(&reader, &folded(&phrases)).await? {
        evidence.push(of_profile(known));
    }
    let topics = topics(&phrases);
    let since = days_ago(MAX_AGE_DAYS);
    for (kind, all) in [
        (
            ReasonKind::AcceptedAnswer,
            answered_on(&reader, &topics, since).await?,
        ),
        (ReasonKind::Post, written_on(&reader, &topics, since).await?),
    ] {
        evidence.extend(all.into_iter().map(|written| Evidence {
            person_id: written.person_id,
            kind,
            about: format!("#{}", written.topic),
            at: Some(written.published_at),
        }));
    }
    evidence.retain(|one| one.person_id != me);
    let candidates = best(&evidence, now);
    let open = suggestable(&reader, &candidates).await?;
    evidence.retain(|one| open.contains(&one.person_id));
    let house = Viewer::system("count how often people are asked");
    let asked = asked_since(&database.reader(&house), &open, days_ago(LOAD_DAYS)).await?;
    let asked: HashMap<PersonId, i64> = asked.into_iter().collect();
    let load = |person: PersonId| asked.get(&person).copied().unwrap_or(0);
    let mut found = weigh(evidence, load, now);
    found.truncate(limit);
    Ok(found)
}

fn of_profile(known: Known) -> Evidence {
    Evidence {
        person_id: known.person_id,
        kind: match known.by {
            KnownBy::AskAbout => ReasonKind::AskAbout,
            KnownBy::Skill => ReasonKind::Skill,
            KnownBy::Endorsement => ReasonKind::Endorsement,
        },
        about: known.name,
        at: known.at,
    }
}

/// Those with most to say before load is counted.
fn best(evidence: &[Evidence], now: Timestamp) -> Vec<PersonId> {
    let all = weigh(evidence.to_vec(), |_| 0, now).into_iter();
    all.take(MAX_CANDIDATES).map(|one| one.person_id).collect()
}

/// All runs of one to three words of a text, in small letters, each once.
fn phrases(text: &str) -> Vec<String> {
    let small = text.to_lowercase();
    let words: Vec<&str> = small
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_')
        .filter(|word| !word.is_empty())
        .take(MAX_WORDS)
        .collect();
    let mut found = BTreeSet::new();
    for length in 1..=LONGEST {
        for run in words.windows(length) {
            let phrase = run.join(" ");
            // Single letters and very short words name nothing but a language or two.
            if phrase.chars().count() > 1 {
                found.insert(phrase);
            }
        }
    }
    found.into_iter().collect()
}

/// As skills and things to ask about are found.
fn folded(phrases: &[String]) -> Vec<String> {
    let folded: BTreeSet<String> = phrases.iter().map(|one| identity::fold(one)).collect();
    folded.into_iter().collect()
}

/// As topics are written: in one word, with or without hyphens.
fn topics(phrases: &[String]) -> Vec<String> {
    let mut topics = BTreeSet::new();
    for phrase in phrases {
        topics.insert(phrase.replace(' ', "-"));
        topics.insert(phrase.replace(' ', ""));
    }
    topics.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_names_skills_of_several_words_and_topics_in_one() {
        let phrases = phrases("Wer kennt sich mit #SEPA-Mandaten und Kredit Risiko aus?");
        assert!(phrases.contains(&"kredit risiko".to_owned()));
        assert!(phrases.contains(&"sepa-mandaten".to_owned()));
        let topics = topics(&phrases);
        assert!(topics.contains(&"kredit-risiko".to_owned()));
        assert!(topics.contains(&"kreditrisiko".to_owned()));
        assert!(super::phrases(" ?! a ").is_empty());
    }

    #[test]
    fn a_long_text_asks_for_a_bounded_number_of_things() {
        let text: Vec<String> = (0..10_000).map(|number| format!("wort{number}")).collect();
        assert!(phrases(&text.join(" ")).len() <= LONGEST * MAX_WORDS);
    }
}
