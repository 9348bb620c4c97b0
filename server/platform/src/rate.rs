//! Limits how often something may be tried, by key (an account, an address), in memory.
//!
//! Invariants: memory is bounded, whatever keys an attacker invents; time comes from the clock, so
//! tests move it by hand. Limits are per process and are forgotten at restart.

use std::collections::HashMap;
use std::hash::Hash;
use std::mem;
use std::sync::{Mutex, PoisonError};

use kernel::{Clock, Error};

/// Keys remembered by default.
pub const DEFAULT_CAPACITY: usize = 100_000;

/// How often something may be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// `burst` tries at once, refilled evenly within `seconds`. For ordinary traffic.
    Tokens {
        /// Tries that may come at once.
        burst: u32,
        /// Time in which an empty bucket is full again.
        seconds: u64,
    },
    /// After `attempts` tries nothing for `seconds`. Tries are forgotten when there was none for
    /// that long. For guessing: never more than `attempts` within any `seconds`.
    Lockout {
        /// Tries before the lock.
        attempts: u32,
        /// How long the lock holds.
        seconds: u64,
    },
}

/// Refused; try again after so many seconds (at least 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryAfter {
    /// Seconds to wait.
    pub seconds: u64,
}

impl From<RetryAfter> for Error {
    fn from(after: RetryAfter) -> Self {
        Self::RateLimited {
            retry_after_seconds: after.seconds,
        }
    }
}

/// What is remembered of a key.
#[derive(Debug, Clone, Copy)]
enum State {
    /// When the bucket will be full again, in microseconds (generic cell rate algorithm).
    FullAt(i64),
    /// Tries so far and the moment of the last one.
    Tried { count: u32, last: i64 },
}

/// Two generations instead of an ordered map: when the young one is full it becomes the old one and
/// the old one goes. What was not touched for longest is forgotten first, in constant time.
#[derive(Debug)]
struct Generations<K> {
    young: HashMap<K, State>,
    old: HashMap<K, State>,
}

/// A limiter of one thing, shared by all who ask for it.
#[derive(Debug)]
pub struct RateLimiter<K> {
    clock: Clock,
    limit: Limit,
    capacity: usize,
    states: Mutex<Generations<K>>,
}

impl<K: Eq + Hash + Clone> RateLimiter<K> {
    /// A limiter that remembers [`DEFAULT_CAPACITY`] keys.
    pub fn new(clock: Clock, limit: Limit) -> Self {
        Self::with_capacity(clock, limit, DEFAULT_CAPACITY)
    }

    /// A limiter that remembers at most `capacity` keys and forgets the oldest first.
    pub fn with_capacity(clock: Clock, limit: Limit, capacity: usize) -> Self {
        let states = Mutex::new(Generations {
            young: HashMap::new(),
            old: HashMap::new(),
        });
        Self {
            clock,
            limit,
            capacity: capacity.max(2),
            states,
        }
    }

    /// Counts one try. Call it before the work, so that parallel tries are counted too; after a
    /// success that should not count, call [`RateLimiter::forget`].
    ///
    /// # Errors
    /// How long to wait, when there were too many.
    pub fn check(&self, key: &K) -> Result<(), RetryAfter> {
        let now = self.clock.now().micros();
        let mut states = self.lock();
        let (state, result) = self.limit.step(states.get(key), now);
        states.put(key.clone(), state, self.capacity);
        result
    }

    /// Whether a try would be refused now, without counting one.
    ///
    /// # Errors
    /// How long to wait.
    pub fn peek(&self, key: &K) -> Result<(), RetryAfter> {
        self.limit
            .step(self.lock().get(key), self.clock.now().micros())
            .1
    }

    /// Forgets the tries of a key, for example after the right password.
    pub fn forget(&self, key: &K) {
        let mut states = self.lock();
        states.young.remove(key);
        states.old.remove(key);
    }

    /// Keys remembered now.
    pub fn len(&self) -> usize {
        let states = self.lock();
        states.young.len() + states.old.len()
    }

    /// Whether no key is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Generations<K>> {
        // Every state is valid by itself, so a panic elsewhere leaves nothing half done.
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash> Generations<K> {
    fn get(&self, key: &K) -> Option<State> {
        self.young.get(key).or_else(|| self.old.get(key)).copied()
    }

    fn put(&mut self, key: K, state: State, capacity: usize) {
        self.old.remove(&key);
        if self.young.len() >= capacity / 2 && !self.young.contains_key(&key) {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(key, state);
    }
}

impl Limit {
    /// The state after one try, and whether that try is allowed.
    fn step(self, state: Option<State>, now: i64) -> (State, Result<(), RetryAfter>) {
        match self {
            Self::Tokens { burst, seconds } => tokens(state, now, burst.max(1), micros(seconds)),
            Self::Lockout { attempts, seconds } => {
                lockout(state, now, attempts.max(1), micros(seconds))
            }
        }
    }
}

fn tokens(
    state: Option<State>,
    now: i64,
    burst: u32,
    window: i64,
) -> (State, Result<(), RetryAfter>) {
    let per_try = (window / i64::from(burst)).max(1);
    let full_at = match state {
        Some(State::FullAt(full_at)) => full_at.max(now),
        _ => now,
    };
    let next = full_at + per_try;
    // The bucket is empty when it needs longer than its whole refill to be full again.
    let over = next - now - per_try * i64::from(burst);
    if over > 0 {
        (State::FullAt(full_at), Err(wait(over)))
    } else {
        (State::FullAt(next), Ok(()))
    }
}

fn lockout(
    state: Option<State>,
    now: i64,
    attempts: u32,
    window: i64,
) -> (State, Result<(), RetryAfter>) {
    let first = State::Tried {
        count: 1,
        last: now,
    };
    match state {
        Some(State::Tried { count, last }) if now - last < window => {
            if count >= attempts {
                (State::Tried { count, last }, Err(wait(last + window - now)))
            } else {
                (
                    State::Tried {
                        count: count + 1,
                        last: now.max(last),
                    },
                    Ok(()),
                )
            }
        }
        _ => (first, Ok(())),
    }
}

fn micros(seconds: u64) -> i64 {
    i64::try_from(seconds.clamp(1, 1 << 32)).unwrap_or(1) * 1_000_000
}

fn wait(micros: i64) -> RetryAfter {
    RetryAfter {
        seconds: u64::try_from(micros)
            .unwrap_or(0)
            .div_ceil(1_000_000)
            .max(1),
    }
}

#[cfg(test)]
mod tests {
    use kernel::Timestamp;
    use proptest::prelude::*;

    use super::*;

    fn clock() -> Clock {
        Clock::fixed(Timestamp::from_millis(1_800_000_000_000))
    }

    #[test]
    fn a_bucket_allows_its_burst_and_refills_evenly() {
        let clock = clock();
        let limiter = RateLimiter::new(
            clock.clone(),
            Limit::Tokens {
                burst: 3,
                seconds: 30,
            },
        );
        for _ in 0..3 {
            assert_eq!(limiter.check(&"a"), Ok(()));
        }
        assert_eq!(limiter.check(&"a"), Err(RetryAfter { seconds: 10 }));
        assert_eq!(
            limiter.check(&"b"),
            Ok(()),
            "another key has its own bucket"
        );
        clock.advance_seconds(10);
        assert_eq!(limiter.check(&"a"), Ok(()));
        assert_eq!(limiter.check(&"a"), Err(RetryAfter { seconds: 10 }));
        clock.advance_seconds(3600);
        for _ in 0..3 {
            assert_eq!(limiter.check(&"a"), Ok(()));
        }
        assert!(
            limiter.check(&"a").is_err(),
            "an idle bucket holds no more than its burst"
        );
    }

    #[test]
    fn a_lock_holds_its_full_time_and_is_not_prolonged_by_trying() {
        let clock = clock();
        let limiter = RateLimiter::new(
            clock.clone(),
            Limit::Lockout {
                attempts: 2,
                seconds: 300,
            },
        );
        assert!(limiter.check(&1).is_ok());
        assert!(limiter.check(&1).is_ok());
        assert_eq!(limiter.check(&1), Err(RetryAfter { seconds: 300 }));
        clock.advance_seconds(299);
        assert_eq!(limiter.check(&1), Err(RetryAfter { seconds: 1 }));
        clock.advance_seconds(1);
        assert!(limiter.check(&1).is_ok());
        assert!(limiter.check(&1).is_ok());
        assert!(limiter.check(&1).is_err());
    }

    #[test]
    fn success_forgets_and_peeking_does_not_count() {
        let limiter = RateLimiter::new(
            clock(),
            Limit::Lockout {
                attempts: 2,
                seconds: 60,
            },
        );
        for _ in 0..5 {
            assert!(limiter.peek(&"anna").is_ok());
        }
        assert!(limiter.check(&"anna").is_ok());
        assert!(limiter.check(&"anna").is_ok());
        assert!(limiter.peek(&"anna").is_err());
        limiter.forget(&"anna");
        assert!(limiter.check(&"anna").is_ok());
    }

    #[test]
    fn memory_is_bounded_and_what_is_in_use_stays() {
        let limit = Limit::Lockout {
            attempts: 1,
            seconds: 1_000_000,
        };
        let limiter = RateLimiter::with_capacity(clock(), limit, 100);
        assert!(limiter.check(&0).is_ok());
        for key in 1..10_000 {
            assert!(limiter.check(&key).is_ok());
            assert!(
                limiter.check(&0).is_err(),
                "the key in use was forgotten at {key}"
            );
            assert!(limiter.len() <= 100);
        }
    }

    #[test]
    fn a_refusal_is_an_error_that_says_when_to_come_back() {
        let error = Error::from(RetryAfter { seconds: 7 });
        assert!(matches!(
            error,
            Error::RateLimited {
                retry_after_seconds: 7
            }
        ));
    }

    proptest! {
        /// Counted by an independent list of all granted tries.
        #[test]
        fn never_more_than_the_limit(steps in prop::collection::vec(0i64..20, 1..200), n in 1u32..6, window in 1u64..40) {
            let window_seconds = i64::try_from(window).unwrap_or(1);
            for lock in [true, false] {
                let clock = clock();
                let limit = if lock {
                    Limit::Lockout { attempts: n, seconds: window }
                } else {
                    Limit::Tokens { burst: n, seconds: window }
                };
                let limiter = RateLimiter::new(clock.clone(), limit);
                let (mut granted, mut at) = (Vec::new(), 0i64);
                for step in &steps {
                    clock.advance_seconds(*step);
                    at += step;
                    match limiter.check(&()) {
                        Ok(()) => granted.push(at),
                        Err(after) => prop_assert!(after.seconds >= 1 && after.seconds <= window),
                    }
                }
                for start in &granted {
                    let within = granted.iter().filter(|t| (*start..start + window_seconds).contains(t)).count();
                    let most = if lock { n } else { 2 * n };
                    prop_assert!(u32::try_from(within).unwrap_or(u32::MAX) <= most);
                }
            }
        }
    }
}
