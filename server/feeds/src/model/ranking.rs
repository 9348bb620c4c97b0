//! The ranked order: a pure function of what is known of a post and its age. Explained for people in
//! `docs/feeds.md`; change both together.
//!
//! score = freshness × Σ points, plus a flat amount for an announcement not yet opened. Each reason
//! carries the part of the score it brought, so the weights of an item sum to its score.

use content::queries::timeline::Facts;

use super::reason::{Reason, ReasonCode, activity};

/// A post loses half its points in this many hours.
pub const HALF_LIFE_HOURS: f64 = 24.0;
/// What is left of the points of a post the viewer has been shown before.
pub const SEEN_FACTOR: f64 = 0.35;
/// Points of an announcement not yet opened; they do not age, so that it stays on top.
pub const ANNOUNCEMENT_POINTS: f64 = 100.0;

/// What the order knows of a post beside its facts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Signals {
    /// Hours since it was published; never negative.
    pub age_hours: f64,
    /// Whether the viewer has been shown it before.
    pub is_seen: bool,
}

/// The signals of a post published at `published_ms`, for a snapshot taken at `now_ms`.
pub fn signals(now_ms: i64, published_ms: i64, is_seen: bool) -> Signals {
    let age_ms = now_ms.saturating_sub(published_ms).max(0);
    // Ages beyond 2^52 ms do not occur; the rounding of larger ones would not matter either.
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of an age fit")]
    let age_hours = age_ms as f64 / 3_600_000.0;
    Signals { age_hours, is_seen }
}

/// A scored post.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Sum of the weights of its reasons.
    pub score: f64,
    /// Why it is there, strongest first.
    pub reasons: Vec<Reason>,
}

/// Points of one reason.
fn points(code: ReasonCode, facts: &Facts) -> f64 {
    match code {
        ReasonCode::AnnouncementUnseen => ANNOUNCEMENT_POINTS,
        ReasonCode::Mentioned => 2.0,
        ReasonCode::FollowedPerson => 1.0,
        ReasonCode::FollowedThread => 0.7,
        ReasonCode::FollowedTopic => 0.6,
        ReasonCode::OwnPost => 0.3,
        ReasonCode::UnansweredQuestion => 0.5,
        ReasonCode::Popular => 0.4 * ln(1 + activity(facts)),
        ReasonCode::CommunityMember => lift(facts.member_count),
        ReasonCode::PublicCommunity => 0.5 * lift(facts.member_count),
    }
}

/// Lifts posts of small communities, which large ones would otherwise bury: 2 for one member, 1.5
/// for ten, 1.2 for ten thousand.
fn lift(member_count: i64) -> f64 {
    1.0 + 1.0 / (1.0 + ln(member_count.max(1)) / std::f64::consts::LN_10)
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn ln(count: i64) -> f64 {
    (count.max(1) as f64).ln()
}

/// Gives the reasons their weights and the post its score.
pub fn rank(mut reasons: Vec<Reason>, facts: &Facts, signals: Signals) -> Ranked {
    let fresh = (-signals.age_hours.max(0.0) / HALF_LIFE_HOURS).exp2();
    let factor = if signals.is_seen {
        fresh * SEEN_FACTOR
    } else {
        fresh
    };
    for reason in &mut reasons {
        let ages = reason.code != ReasonCode::AnnouncementUnseen;
        reason.weight = points(reason.code, facts) * if ages { factor } else { 1.0 };
    }
    reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.code.cmp(&b.code)));
    Ranked {
        score: reasons.iter().map(|reason| reason.weight).sum(),
        reasons,
    }
}

#[cfg(test)]
#[path = "ranking_tests.rs"]
mod tests;
