//! The formula: what each reason is worth, how it fades, and how load weighs.

use kernel::{PersonId, Timestamp};

/// After so many days a reason that fades counts half.
pub const HALF_LIFE_DAYS: i64 = 180;
/// What is older than this does not count at all: it would count less than a two hundred and fiftieth.
pub const MAX_AGE_DAYS: i64 = 8 * HALF_LIFE_DAYS;
/// Time over which questions to somebody are counted.
pub const LOAD_DAYS: i64 = 14;
/// Who was asked so often in that time is left out.
pub const MAX_LOAD: i64 = 8;
/// So many questions in that time halve the score.
const HALVING_LOAD: f64 = 4.0;
/// Most reasons of one kind that count for one person.
const MAX_COUNTED: usize = 10;

/// Why somebody may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, async_graphql::Enum)]
#[graphql(name = "ExpertReasonKind")]
pub enum ReasonKind {
    /// An answer that was accepted.
    AcceptedAnswer,
    /// The person says one may ask about it.
    AskAbout,
    /// Somebody endorses the skill.
    Endorsement,
    /// The person names the skill.
    Skill,
    /// A post about it.
    Post,
}

impl ReasonKind {
    /// What one such reason is worth when it is new.
    pub fn weight(self) -> f64 {
        match self {
            Self::AcceptedAnswer => 5.0,
            Self::AskAbout => 4.0,
            Self::Endorsement | Self::Skill => 2.0,
            Self::Post => 1.0,
        }
    }
}

/// One piece of evidence. What has no moment holds at present and does not fade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Who knows.
    pub person_id: PersonId,
    /// Of which kind it is.
    pub kind: ReasonKind,
    /// What it is about, as it is shown.
    pub about: String,
    /// When it happened.
    pub at: Option<Timestamp>,
}

/// Reasons of one kind about one thing, together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Of which kind.
    pub kind: ReasonKind,
    /// What they are about.
    pub about: String,
    /// How many there are.
    pub count: usize,
}

/// Somebody who may know.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Who.
    pub person_id: PersonId,
    /// Why, the weightiest kind first.
    pub reasons: Vec<Reason>,
    /// How much it is worth.
    pub score: f64,
}

/// How much of a reason is left after a time: one half after each half-life.
pub fn decay(at: Option<Timestamp>, now: Timestamp) -> f64 {
    let Some(at) = at else {
        return 1.0;
    };
    let days = i32::try_from(now.seconds_since(at).max(0) / 86_400).unwrap_or(i32::MAX);
    let half_life = i32::try_from(HALF_LIFE_DAYS).map_or(1.0, f64::from);
    0.5_f64.powf(f64::from(days) / half_life)
}

/// How much of a score is left for somebody who was asked so often of late; `None`: left out.
pub fn relief(asked: i64) -> Option<f64> {
    if asked >= MAX_LOAD {
        return None;
    }
    let asked = i32::try_from(asked.max(0)).map_or(0.0, f64::from);
    Some(1.0 / (1.0 + asked / HALVING_LOAD))
}

/// Weighs the evidence about each person; `asked` says how often each was asked of late.
pub fn weigh(
    mut evidence: Vec<Evidence>,
    asked: impl Fn(PersonId) -> i64,
    now: Timestamp,
) -> Vec<Suggestion> {
    // The newest of a kind come first: those are the ones that count.
    evidence.sort_by(|a, b| {
        (a.person_id, a.kind)
            .cmp(&(b.person_id, b.kind))
            .then_with(|| b.at.cmp(&a.at))
            .then_with(|| a.about.cmp(&b.about))
    });
    let mut found: Vec<Suggestion> = Vec::new();
    for own in evidence.chunk_by(|a, b| a.person_id == b.person_id) {
        let Some(person_id) = own.first().map(|one| one.person_id) else {
            continue;
        };
        let Some(relief) = relief(asked(person_id)) else {
            continue;
        };
        let (mut score, mut reasons) = (0.0, Vec::new());
        for kind in own.chunk_by(|a, b| a.kind == b.kind) {
            for one in kind.iter().take(MAX_COUNTED) {
                score += one.kind.weight() * decay(one.at, now);
            }
            reasons.extend(together(kind));
        }
        found.push(Suggestion {
            person_id,
            reasons,
            score: score * relief,
        });
    }
    found.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.person_id.cmp(&b.person_id))
    });
    found
}

/// Evidence of one kind, counted for each thing it is about, in its order.
fn together(kind: &[Evidence]) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    for one in kind {
        match reasons.iter_mut().find(|known| known.about == one.about) {
            Some(known) => known.count += 1,
            None => reasons.push(Reason {
                kind: one.kind,
                about: one.about.clone(),
                count: 1,
            }),
        }
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_767_603_600_000);

    fn days_ago(days: i64) -> Option<Timestamp> {
        Some(NOW.plus_seconds(-days * 86_400))
    }

    fn person(number: u128) -> PersonId {
        testkit::some_person(number)
    }

    fn evidence(number: u128, kind: ReasonKind, at: Option<Timestamp>) -> Evidence {
        Evidence {
            person_id: person(number),
            kind,
            about: "kasse".into(),
            at,
        }
    }

    fn order(evidence: Vec<Evidence>, asked: impl Fn(PersonId) -> i64) -> Vec<PersonId> {
        let found = weigh(evidence, asked, NOW).into_iter();
        found.map(|one| one.person_id).collect()
    }

    #[test]
    fn a_reason_counts_half_after_each_half_life() {
        for (days, left) in [(0, 1.0), (180, 0.5), (360, 0.25), (-3, 1.0)] {
            assert!((decay(days_ago(days), NOW) - left).abs() < 1e-9, "{days}");
        }
        assert!((decay(None, NOW) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn an_answer_of_last_year_is_worth_less_than_an_invitation_to_ask() {
        let old = evidence(1, ReasonKind::AcceptedAnswer, days_ago(300));
        let open = evidence(2, ReasonKind::AskAbout, None);
        assert_eq!(order(vec![old, open], |_| 0), [person(2), person(1)]);
    }

    #[test]
    fn who_was_asked_often_gives_way_and_is_left_out_in_the_end() {
        let both = vec![
            evidence(1, ReasonKind::AcceptedAnswer, days_ago(0)),
            evidence(2, ReasonKind::AskAbout, None),
        ];
        let asked = |times| move |who| if who == person(1) { times } else { 0 };
        assert_eq!(order(both.clone(), asked(0)), [person(1), person(2)]);
        assert_eq!(order(both.clone(), asked(2)), [person(2), person(1)]);
        assert_eq!(order(both, asked(MAX_LOAD)), [person(2)]);
    }

    #[test]
    fn many_small_reasons_do_not_add_up_without_end() {
        let mut all = vec![evidence(1, ReasonKind::AcceptedAnswer, days_ago(0)); 3];
        all.extend(vec![evidence(2, ReasonKind::Post, days_ago(0)); 500]);
        let found = weigh(all, |_| 0, NOW);
        assert_eq!(found.first().map(|one| one.person_id), Some(person(1)));
        let posts = found.last().and_then(|one| one.reasons.first());
        assert_eq!(posts.map(|reason| reason.count), Some(500));
    }
}
