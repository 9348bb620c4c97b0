//! The door for e-mail: letters to one SMTP server, which the operator names.
//!
//! What matters after a failure is whether the server may have taken the letter. So the steps are
//! told apart: [`Session::open`] and [`Session::address`] take nothing to the server that it could
//! deliver; only [`Session::hand_over`] does, and only when the line breaks before its answer is it
//! unknown what became of the letter. Nothing is sent again from here.

use std::time::Duration;

/// The address a letter goes to.
pub use lettre::Address as Recipient;

use lettre::Address;
use lettre::message::{Mailbox, MultiPart, header};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use url::Url;

use crate::config::{MailConfig, Secret};

/// How long the server may take for a step.
const STEP_TIME: Duration = Duration::from_secs(30);
/// Longest answer of a server that is kept.
const MAX_ANSWER: usize = 300;

/// A letter to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its own name, the part of the `Message-ID` before the `@`; the same for every try.
    pub id: String,
    /// Name of the person, may be empty.
    pub to_name: String,
    /// Address of the person.
    pub to: String,
    /// Subject, one line.
    pub subject: String,
    /// Body as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Address that ends letters of this sort by one POST (RFC 8058).
    pub unsubscribe: Option<String>,
}

/// Why a letter did not go out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// Certainly not taken; the same letter may be tried again later.
    #[error("not now: {0}")]
    Later(String),
    /// Certainly not taken, and never will be.
    #[error("refused: {0}")]
    Refused(String),
    /// The line broke before the answer: it may have been taken.
    #[error("no answer: {0}")]
    Unknown(String),
}

/// Which server is used, and how. Clones are cheap.
#[derive(Debug, Clone)]
pub struct Mailer {
    host: String,
    port: u16,
    security: Security,
    user: String,
    password: Secret,
    from: Mailbox,
    hello: ClientId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Security {
    /// TLS from the first byte.
    Implicit,
    /// STARTTLS, or nothing is sent.
    Required,
    /// In the clear.
    Off,
}

impl Mailer {
    /// The mailer of a configuration; nothing where no server is named.
    ///
    /// # Errors
    /// What is wrong with the configuration, for the operator.
    pub fn new(config: &MailConfig) -> Result<Option<Self>, String> {
        if config.server.is_empty() {
            return Ok(None);
        }
        let url = Url::parse(&config.server).map_err(|_| {
            "mail.server: expected smtp://host:port or smtps://host:port".to_owned()
        })?;
        let (security, port) = match (url.scheme(), config.starttls) {
            ("smtps", _) => (Security::Implicit, 465),
            ("smtp", true) => (Security::Required, 587),
            ("smtp", false) => (Security::Off, 25),
            _ => return Err("mail.server: expected smtp:// or smtps://".to_owned()),
        };
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or("mail.server: names no host")?.to_owned();
        let from: Mailbox = config
            .from
            .parse()
            .map_err(|_| "mail.from: expected an address such as Loggia <loggia@example.org>")?;
        if security == Security::Off && !config.user.is_empty() {
            return Err(
                "mail.user: a password is never sent in the clear; turn mail.starttls on"
                    .to_owned(),
            );
        }
        Ok(Some(Self {
            host,
            port: url.port().unwrap_or(port),
            security,
            user: config.user.clone(),
            password: config.password.clone(),
            hello: ClientId::Domain(from.email.domain().to_owned()),
            from,
        }))
    }

    /// The bytes of a letter as they go over the line. The same letter gives the same headers but
    /// for its date and the boundary of its parts.
    ///
    /// # Errors
    /// `Refused` for an address that is none.
    pub fn compose(&self, letter: &Letter) -> Result<(Address, Vec<u8>), MailError> {
        let refused = |what: &str| MailError::Refused(what.to_owned());
        let address: Address = letter
            .to
            .parse()
            .map_err(|_| refused("the address is not one"))?;
        let name = Some(one_line(&letter.to_name)).filter(|name| !name.is_empty());
        let domain = self.from.email.domain();
        let mut builder = lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(name, address.clone()))
            .subject(one_line(&letter.subject))
            .message_id(Some(format!("<{}@{domain}>", letter.id)))
            // Machines must not answer machines (RFC 3834).
            .raw_header(raw("Auto-Submitted", "auto-generated"));
        if let Some(url) = &letter.unsubscribe {
            builder = builder
                .raw_header(raw("List-Unsubscribe", &format!("<{url}>")))
                .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        let body = MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone());
        let message = builder
            .multipart(body)
            .map_err(|error| refused(&error.to_string()))?;
        Ok((address, message.formatted()))
    }

    /// Opens a line to the server and signs in where a user is configured.
    ///
    /// # Errors
    /// `Later`, whatever it was: a wrong password of the server is mended by the operator, and the
    /// letters wait for that.
    pub async fn open(&self) -> Result<Session, MailError> {
        match tokio::time::timeout(STEP_TIME, self.connect()).await {
            Ok(Ok(connection)) => Ok(Session {
                connection,
                from: self.from.email.clone(),
            }),
            Ok(Err(error)) => Err(MailError::Later(explain(&error))),
            Err(_) => Err(MailError::Later("the server did not answer".to_owned())),
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SmtpError> {
        crate::http::install_crypto();
        let tls = || TlsParameters::new(self.host.clone());
        let implicit = match self.security {
            Security::Implicit => Some(tls()?),
            Security::Required | Security::Off => None,
        };
        let server = (self.host.as_str(), self.port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            server,
            Some(STEP_TIME),
            &self.hello,
            implicit,
            None,
        )
        .await?;
        if self.security == Security::Required {
            connection.starttls(tls()?, &self.hello).await?;
        }
        if !self.user.is_empty() {
            let credentials =
                Credentials::new(self.user.clone(), self.password.expose().to_owned());
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            connection.auth(&mechanisms, &credentials).await?;
        }
        Ok(connection)
    }
}

/// An open line to the server; several letters may go over it, one after the other.
pub struct Session {
    connection: AsyncSmtpConnection,
    from: Address,
}

impl Session {
    /// Tells the server who writes to whom and asks it to take a letter. After this the letter is
    /// not yet taken.
    ///
    /// # Errors
    /// `Later` and `Refused`; the session must not be used after `Later`.
    pub async fn address(&mut self, to: Address) -> Result<(), MailError> {
        let from = Mail::new(Some(self.from.clone()), Vec::new());
        let steps = async {
            self.connection.command(from).await?;
            self.connection.command(Rcpt::new(to, Vec::new())).await?;
            self.connection.command(Data).await
        };
        let Ok(result) = tokio::time::timeout(STEP_TIME, steps).await else {
            return Err(MailError::Later("the server did not answer".to_owned()));
        };
        match result {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(MailError::Refused(explain(&error))),
            Err(error) => Err(MailError::Later(explain(&error))),
        }
    }

    /// Hands the letter's bytes over, after [`Session::address`].
    ///
    /// # Errors
    /// `Later` and `Refused` where the server said no; `Unknown` where it said nothing.
    pub async fn hand_over(&mut self, bytes: &[u8]) -> Result<(), MailError> {
        let sent = self.connection.message(bytes);
        let Ok(result) = tokio::time::timeout(STEP_TIME, sent).await else {
            return Err(MailError::Unknown("the server did not answer".to_owned()));
        };
        match result {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(MailError::Refused(explain(&error))),
            Err(error) if error.is_transient() => Err(MailError::Later(explain(&error))),
            Err(error) => Err(MailError::Unknown(explain(&error))),
        }
    }

    /// Takes an addressed letter back after a refusal, so that the next one can be addressed.
    ///
    /// # Errors
    /// `Later`: the session must not be used any more.
    pub async fn reset(&mut self) -> Result<(), MailError> {
        use lettre::transport::smtp::commands::Rset;
        match tokio::time::timeout(STEP_TIME, self.connection.command(Rset)).await {
            Ok(Ok(_)) => Ok(()),
            _ => Err(MailError::Later("the line broke".to_owned())),
        }
    }

    /// Says good-bye; whatever the server answers does not matter any more.
    pub async fn close(mut self) {
        let _ = tokio::time::timeout(STEP_TIME, self.connection.quit()).await;
    }
}

/// Headers are lines: no break and no other control character gets into one.
fn one_line(text: &str) -> String {
    let plain = text.replace(char::is_control, " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn raw(name: &'static str, value: &str) -> header::HeaderValue {
    let name = header::HeaderName::new_from_ascii_str(name);
    header::HeaderValue::new(name, value.to_owned())
}

fn explain(error: &SmtpError) -> String {
    error.to_string().chars().take(MAX_ANSWER).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;

    fn config(server: &str) -> MailConfig {
        MailConfig {
            server: server.to_owned(),
            from: "Loggia <loggia@bank.example>".to_owned(),
            starttls: true,
            ..MailConfig::default()
        }
    }

    fn letter() -> Letter {
        Letter {
            id: "abc".to_owned(),
            to_name: "Jörg\r\nBcc: evil@x.example".to_owned(),
            to: "joerg@bank.example".to_owned(),
            subject: "Grüße\r\nBcc: evil@x.example".to_owned(),
            text: "Hallo".to_owned(),
            html: "<p>Hallo</p>".to_owned(),
            unsubscribe: Some("https://loggia.example/unsubscribe/x".to_owned()),
        }
    }

    #[test]
    fn no_server_is_no_mailer_and_a_broken_one_says_why() {
        assert!(Mailer::new(&MailConfig::default()).unwrap().is_none());
        assert!(Mailer::new(&config("http://mail")).is_err());
        assert!(
            Mailer::new(&config("smtp://mail.bank.example"))
                .unwrap()
                .is_some()
        );
        let mut open = config("smtp://mail.bank.example");
        open.starttls = false;
        assert!(Mailer::new(&open).is_ok());
        open.user = "loggia".to_owned();
        assert!(Mailer::new(&open).unwrap_err().contains("clear"));
        let mut nobody = config("smtps://mail.bank.example");
        nobody.from = "nobody".to_owned();
        assert!(Mailer::new(&nobody).is_err());
    }

    #[test]
    fn a_letter_has_both_forms_its_own_id_and_no_smuggled_header() {
        let mailer = Mailer::new(&config("smtp://mail.bank.example"))
            .unwrap()
            .unwrap();
        let (to, bytes) = mailer.compose(&letter()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(to.to_string(), "joerg@bank.example");
        assert!(text.contains("Message-ID: <abc@bank.example>"));
        assert!(text.contains("List-Unsubscribe: <https://loggia.example/unsubscribe/x>"));
        assert!(text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
        assert!(text.contains("text/plain") && text.contains("text/html"));
        let head = text.split("\r\n\r\n").next().unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    }

    #[test]
    fn an_address_that_is_none_is_refused() {
        let mailer = Mailer::new(&config("smtp://mail.bank.example"))
            .unwrap()
            .unwrap();
        let mut letter = letter();
        letter.to = "joerg".to_owned();
        assert!(matches!(
            mailer.compose(&letter),
            Err(MailError::Refused(_))
        ));
    }
}
