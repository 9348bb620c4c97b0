//! Passwords: what is accepted, and one-time passwords.

use std::fmt;

use kernel::Problem;
use rand::Rng as _;
use unicode_normalization::UnicodeNormalization as _;

use super::text::fold;

/// Fewest characters of a password.
const MIN_PASSWORD: usize = 10;
/// Most characters of a password.
const MAX_PASSWORD: usize = 200;
/// Letters and digits nobody confuses when reading them from paper.
const ONE_TIME_LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
/// Groups of four letters in a one-time password (79 bits).
const ONE_TIME_GROUPS: usize = 4;

/// The commonest passwords that are long enough to pass the length rule.
const COMMON: &[&str] = &[
    "0123456789",
    "0987654321",
    "1029384756",
    "1111111111",
    "1122334455",
    "123123123123",
    "1234512345",
    "123456123456",
    "1234567890",
    "12345678900",
    "12345678910",
    "1234567891",
    "123456789a",
    "123456789q",
    "1234qwerasdf",
    "1q2w3e4r5t",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "9876543210",
    "abc123456789",
    "abcd123456",
    "abcdefghij",
    "administrator",
    "asdfasdfasdf",
    "asdfghjkl1",
    "asdfghjkl123",
    "bundesliga1",
    "changeme123",
    "computer123",
    "deutschland",
    "fussball123",
    "geheim1234",
    "hallo12345",
    "hallohallo",
    "hallowelt1",
    "helloworld",
    "ichliebedich",
    "iloveyou123",
    "iloveyou12",
    "letmein123",
    "mypassword",
    "p@ssw0rd123",
    "passw0rd123",
    "password01",
    "password10",
    "password11",
    "password12",
    "password123",
    "password1234",
    "password12345",
    "passwordpassword",
    "passwort01",
    "passwort11",
    "passwort12",
    "passwort123",
    "passwort1234",
    "princess123",
    "q1w2e3r4t5",
    "q1w2e3r4t5y6",
    "qazwsxedcrfv",
    "qwer123456",
    "qwerty12345",
    "qwerty123456",
    "qwertyqwerty",
    "qwertyuiop",
    "qwertyuiop123",
    "qwertz12345",
    "qwertzuiop",
    "sommer2024",
    "sommer2025",
    "sommer2026",
    "starwars123",
    "summer2024",
    "summer2025",
    "summer2026",
    "test123456",
    "testtest123",
    "welcome123",
    "welcome1234",
    "willkommen",
    "willkommen1",
    "willkommen123",
    "winter2024",
    "winter2025",
    "winter2026",
    "yxcvbnm123",
    "zaq12wsxcde3",
];

/// Whose password it is to be; a password must not be one of these.
#[derive(Debug, Clone, Copy, Default)]
pub struct PasswordOwner<'a> {
    /// The handle.
    pub handle: &'a str,
    /// The name.
    pub name: &'a str,
    /// The e-mail address.
    pub email: Option<&'a str>,
}

/// A password that may be set. Never printed.
#[derive(Clone)]
pub struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

impl Password {
    /// Checks a new password. Length and guessability count, not kinds of characters.
    ///
    /// # Errors
    /// `PASSWORD_TOO_SHORT`, `PASSWORD_TOO_LONG` or `PASSWORD_TOO_WEAK`, at `field`.
    pub fn parse(field: &str, text: &str, owner: PasswordOwner<'_>) -> Result<Self, Problem> {
        let text = Self::normalise(text);
        let length = text.chars().count();
        if length < MIN_PASSWORD {
            let message = format!("Use at least {MIN_PASSWORD} characters.");
            return Err(
                Problem::new(field, "PASSWORD_TOO_SHORT", message).with("min", MIN_PASSWORD)
            );
        }
        if length > MAX_PASSWORD {
            let message = format!("Use at most {MAX_PASSWORD} characters.");
            return Err(Problem::new(field, "PASSWORD_TOO_LONG", message).with("max", MAX_PASSWORD));
        }
        if is_guessable(&text, owner) {
            let message = "This password is too easy to guess.";
            return Err(Problem::new(field, "PASSWORD_TOO_WEAK", message));
        }
        Ok(Self(text))
    }

    /// A random password, shown once and to be changed at the first sign-in.
    pub fn one_time() -> Self {
        let mut random = rand::rng();
        let mut text = String::new();
        for group in 0..ONE_TIME_GROUPS {
            if group > 0 {
                text.push('-');
            }
            for _ in 0..4 {
                let place = random.random_range(0..ONE_TIME_LETTERS.len());
                text.push(char::from(ONE_TIME_LETTERS[place]));
            }
        }
        Self(text)
    }

    /// The password itself, to hash it or to show a one-time password.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The same text however the keyboard composed its letters (RFC 8265, section 4.2).
    pub fn normalise(text: &str) -> String {
        text.chars().take(4 * MAX_PASSWORD).nfc().collect()
    }
}

fn is_guessable(text: &str, owner: PasswordOwner<'_>) -> bool {
    let folded = fold(text);
    let email = owner.email.unwrap_or_default();
    let mailbox = email.split('@').next().unwrap_or_default();
    let names = [owner.handle, owner.name, email, mailbox];
    let is_name = names
        .iter()
        .any(|name| !name.is_empty() && fold(name) == folded);
    let mut letters: Vec<_> = folded.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    is_name || letters.len() < 4 || COMMON.contains(&folded.as_str())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use proptest::prelude::*;

    use super::*;

    const ANNA: PasswordOwner<'_> = PasswordOwner {
        handle: "anna.keller",
        name: "Anna Müller-Keller",
        email: Some("anna.keller@example.org"),
    };

    fn code(text: &str) -> Option<&'static str> {
        Password::parse("password", text, ANNA)
            .err()
            .map(|problem| problem.code)
    }

    #[test]
    fn weak_passwords_are_named_as_what_they_are() {
        assert_eq!(code("short"), Some("PASSWORD_TOO_SHORT"));
        assert_eq!(code(&"ab1!".repeat(51)), Some("PASSWORD_TOO_LONG"));
        for weak in [
            "Password123",
            "1234567890",
            "Willkommen",
            "anna.keller",
            "Anna.Keller@Example.org",
            "anna muller-keller",
            "aaaaaaaaaaaaaaaa",
            "ababababababab",
        ] {
            assert_eq!(code(weak), Some("PASSWORD_TOO_WEAK"), "{weak}");
        }
        assert_eq!(code("pale tractor hums"), None);
        assert_eq!(code("überall-Äpfel-7"), None);
    }

    #[test]
    fn the_list_of_common_ones_is_reachable() {
        for common in COMMON {
            assert_eq!(fold(common), *common, "must stand there as it is compared");
            assert!(common.chars().count() >= MIN_PASSWORD, "{common}");
        }
    }

    #[test]
    fn composed_and_decomposed_letters_are_one_password() {
        let composed = Password::parse("password", "Gr\u{fc}ne Wiese", ANNA).unwrap();
        let decomposed = Password::parse("password", "Gru\u{308}ne Wiese", ANNA).unwrap();
        assert_eq!(composed.expose(), decomposed.expose());
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_keeps_the_length_rule(text in ".{0,220}") {
            if let Ok(password) = Password::parse("password", &text, ANNA) {
                let length = password.expose().chars().count();
                prop_assert!((MIN_PASSWORD..=MAX_PASSWORD).contains(&length));
            }
        }

        #[test]
        fn one_time_passwords_pass_the_rules(_ in 0..50) {
            let password = Password::one_time();
            prop_assert_eq!(password.expose().len(), 19);
            prop_assert!(Password::parse("password", password.expose(), ANNA).is_ok());
        }
    }
}
