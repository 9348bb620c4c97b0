use content::PostKind;
use kernel::{PersonId, PostId};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::model::plain_reasons;

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn facts() -> Facts {
    Facts {
        post: PostId(Uuid::from_u128(9)),
        kind: PostKind::Discussion,
        reply_count: 0,
        reaction_count: 0,
        is_unanswered: false,
        member_count: 50,
        is_member: true,
        follows_author: false,
        follows_thread: false,
        followed_topic: None,
        mentions_viewer: false,
        is_unseen_announcement: false,
    }
}

const FRESH: Signals = Signals {
    age_hours: 1.0,
    is_seen: false,
};

fn ranked(facts: &Facts, signals: Signals) -> Ranked {
    rank(
        plain_reasons(facts, person(1), Some(person(2))),
        facts,
        signals,
    )
}

fn score(facts: &Facts, signals: Signals) -> f64 {
    ranked(facts, signals).score
}

#[test]
fn a_post_loses_half_its_score_in_a_half_life() {
    let at = |age_hours| {
        score(
            &facts(),
            Signals {
                age_hours,
                is_seen: false,
            },
        )
    };
    assert!((at(HALF_LIFE_HOURS) * 2.0 - at(0.0)).abs() < 1e-9);
}

#[test]
fn each_relation_to_the_viewer_lifts_a_post() {
    let plain = score(&facts(), FRESH);
    for better in [
        Facts {
            follows_author: true,
            ..facts()
        },
        Facts {
            follows_thread: true,
            ..facts()
        },
        Facts {
            followed_topic: Some("rust".into()),
            ..facts()
        },
        Facts {
            mentions_viewer: true,
            ..facts()
        },
        Facts {
            is_unanswered: true,
            ..facts()
        },
        Facts {
            reply_count: 4,
            ..facts()
        },
        Facts {
            reaction_count: 8,
            ..facts()
        },
        Facts {
            member_count: 5,
            ..facts()
        },
    ] {
        assert!(score(&better, FRESH) > plain, "{better:?}");
    }
}

#[test]
fn what_was_shown_before_sinks() {
    let seen = Signals {
        is_seen: true,
        ..FRESH
    };
    assert!(score(&facts(), seen) < score(&facts(), FRESH));
}

#[test]
fn an_unseen_announcement_stays_on_top_however_old() {
    let old = Signals {
        age_hours: 29.0 * 24.0,
        is_seen: true,
    };
    let announcement = Facts {
        is_unseen_announcement: true,
        ..facts()
    };
    let best = Facts {
        follows_author: true,
        follows_thread: true,
        followed_topic: Some("rust".into()),
        mentions_viewer: true,
        is_unanswered: true,
        reply_count: 100_000,
        reaction_count: 100_000,
        member_count: 1,
        ..facts()
    };
    let fresh = Signals {
        age_hours: 0.0,
        is_seen: false,
    };
    assert!(score(&announcement, old) > score(&best, fresh));
}

#[test]
fn a_reader_outside_is_told_that_the_community_is_public() {
    let outside = Facts {
        is_member: false,
        ..facts()
    };
    let reasons = ranked(&outside, FRESH).reasons;
    assert_eq!(reasons[0].code, ReasonCode::PublicCommunity);
    assert_eq!(reasons.len(), 1);
}

#[test]
fn ones_own_post_says_so_and_nothing_of_following_oneself() {
    let own = Facts {
        follows_thread: true,
        follows_author: true,
        ..facts()
    };
    let reasons = plain_reasons(&own, person(2), Some(person(2)));
    let codes: Vec<_> = reasons.iter().map(|reason| reason.code).collect();
    assert_eq!(codes, [ReasonCode::OwnPost, ReasonCode::CommunityMember]);
}

proptest! {
    #[test]
    fn weights_sum_to_the_score_and_stand_strongest_first(
        reply_count in 0_i64..10_000,
        reaction_count in 0_i64..10_000,
        member_count in 0_i64..300_000,
        flags in prop::collection::vec(any::<bool>(), 7),
        age_hours in 0.0_f64..100_000.0,
        is_seen in any::<bool>(),
    ) {
        let facts = Facts {
            reply_count,
            reaction_count,
            member_count,
            is_unanswered: flags[0],
            is_member: flags[1],
            follows_author: flags[2],
            follows_thread: flags[3],
            followed_topic: flags[4].then(|| "rust".to_owned()),
            mentions_viewer: flags[5],
            is_unseen_announcement: flags[6],
            ..facts()
        };
        let ranked = ranked(&facts, Signals { age_hours, is_seen });
        prop_assert!(!ranked.reasons.is_empty());
        prop_assert!(ranked.score.is_finite() && ranked.score >= 0.0);
        let sum: f64 = ranked.reasons.iter().map(|reason| reason.weight).sum();
        prop_assert!((sum - ranked.score).abs() < 1e-9);
        prop_assert!(ranked.reasons.windows(2).all(|pair| pair[0].weight >= pair[1].weight));
    }
}
