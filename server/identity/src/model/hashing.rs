//! Hashing of passwords: argon2id with the parameters OWASP names (19 MiB, two passes, one lane).
//!
//! At most two passwords are hashed at a time and only so many may wait, so that a flood of
//! sign-ins takes neither all processors nor all memory. Whether an account exists does not show in
//! the time: where there is no hash, a dummy one is computed.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use kernel::{Error, Result};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::password::Password;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Passwords hashed at the same time.
const AT_ONCE: usize = 2;
/// Requests that may wait for their turn; at 30 ms each the last one waits about three seconds.
const MAX_WAITING: usize = 200;

/// A hash nobody has the password of, made with the same parameters.
const DUMMY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bG9nZ2lhLWR1bW15LXMx$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static SLOTS: Semaphore = Semaphore::const_new(AT_ONCE);
static WAITING: AtomicUsize = AtomicUsize::new(0);

/// A hashed password in PHC string form.
#[derive(Clone)]
pub struct PasswordHash(String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash")
    }
}

impl PasswordHash {
    /// Hashes a password. Call it before a transaction begins, not inside.
    ///
    /// # Errors
    /// `Unavailable` when too many wait already.
    pub async fn of(password: &Password) -> Result<Self> {
        let slot = HashSlot::take().await?;
        let text = password.expose().to_owned();
        slot.work(move || {
            let hash = hasher()?.hash_password(text.as_bytes());
            let hash = hash.map_err(|_| Error::bug("a password could not be hashed"))?;
            Ok(Self(hash.to_string()))
        })
        .await
    }

    /// As stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

struct Waiting;

impl Drop for Waiting {
    fn drop(&mut self) {
        WAITING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// One's turn to hash or check a password.
#[derive(Debug)]
pub struct HashSlot {
    permit: SemaphorePermit<'static>,
}

impl HashSlot {
    /// Waits for one's turn.
    ///
    /// # Errors
    /// `Unavailable` when too many wait already.
    pub async fn take() -> Result<Self> {
        let before = WAITING.fetch_add(1, Ordering::Relaxed);
        let waiting = Waiting;
        if before >= MAX_WAITING {
            return Err(Error::Unavailable("Signing in"));
        }
        let permit = SLOTS.acquire().await;
        drop(waiting);
        let permit = permit.map_err(|_| Error::bug("the semaphore is never closed"))?;
        Ok(Self { permit })
    }

    /// Whether `text` is the password behind `hash`; takes as long when there is no hash.
    ///
    /// # Errors
    /// A stored hash that cannot be read.
    pub async fn verify(self, text: &str, hash: Option<String>) -> Result<bool> {
        let text = Password::normalise(text);
        self.work(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| DUMMY.to_owned());
            match hasher()?.verify_password(text.as_bytes(), hash.as_str()) {
                Ok(()) => Ok(known),
                Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
                Err(_) => Err(Error::bug("a stored password hash cannot be read")),
            }
        })
        .await
    }

    async fn work<T: Send + 'static>(
        self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let permit = self.permit;
        // The permit goes with the work: a request that is given up does not free its place early.
        let task = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        });
        task.await.map_err(Error::internal)?
    }
}

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None);
    let params = params.map_err(|_| Error::bug("argon2 parameters are out of range"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;
    use crate::model::PasswordOwner;

    #[tokio::test]
    async fn only_the_right_password_opens_and_the_dummy_never_does() {
        let password =
            Password::parse("password", "pale tractor hums", PasswordOwner::default()).unwrap();
        let hash = PasswordHash::of(&password).await.unwrap();
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        for (text, hash, right) in [
            ("pale tractor hums", Some(hash.as_str().to_owned()), true),
            ("pale tractor hum", Some(hash.as_str().to_owned()), false),
            ("", Some(hash.as_str().to_owned()), false),
            ("pale tractor hums", None, false),
        ] {
            let slot = HashSlot::take().await.unwrap();
            assert_eq!(slot.verify(text, hash).await.unwrap(), right, "{text}");
        }
    }

    #[test]
    fn the_dummy_costs_what_a_real_one_costs() {
        let dummy = argon2::PasswordHash::new(DUMMY).unwrap();
        let params = Params::try_from(&dummy).unwrap();
        assert_eq!(
            (params.m_cost(), params.t_cost(), params.p_cost()),
            (MEMORY_KIB, PASSES, LANES)
        );
        assert_eq!(dummy.algorithm.as_str(), "argon2id");
    }
}
