//! Letters.

use kernel::Result;
use platform::Database;
use platform::mail::{Letter, MailError, Mailer, Session};

use super::claim::{begin_sending, claim, give_up_lost, retry, settle};
use super::letter::{Written, write};
use super::news::{news_of, recipient};
use crate::commands::{Unsubscribe, make_token};
use crate::model::{Channel, Outcome};
use crate::table::Bundle;

/// Sends all letters that are due; returns how many the server took. `house` is the address people
/// type, without a slash at its end. Safe on several nodes at once.
///
/// # Errors
/// Database errors. A server that does not answer is none: the letters wait.
pub async fn send_mail(database: &Database, mailer: &Mailer, house: &str) -> Result<usize> {
    give_up_lost(database).await?;
    let mut sent = 0;
    let mut line = None;
    loop {
        let bundles = claim(database, Channel::Email).await?;
        if bundles.is_empty() {
            break;
        }
        let mut left = bundles.iter();
        while let Some(bundle) = left.next() {
            let Some(letter) = compose(database, mailer, house, bundle).await? else {
                continue;
            };
            let mut session = match line.take() {
                Some(session) => session,
                None => match mailer.open().await {
                    Ok(session) => session,
                    Err(error) => {
                        tracing::warn!(%error, "the mail server cannot be used, letters wait");
                        for bundle in std::iter::once(bundle).chain(left) {
                            retry(database, bundle, &error.to_string(), None).await?;
                        }
                        return Ok(sent);
                    }
                },
            };
            let (taken, is_usable) = hand_over(database, &mut session, bundle, letter).await?;
            sent += usize::from(taken);
            line = is_usable.then_some(session);
        }
    }
    if let Some(session) = line {
        session.close().await;
    }
    Ok(sent)
}

/// What goes over the line; nothing when there is nothing to tell or nobody to tell it to.
async fn compose(
    database: &Database,
    mailer: &Mailer,
    house: &str,
    bundle: &Bundle,
) -> Result<Option<(platform::mail::Recipient, Vec<u8>)>> {
    let person = recipient(database, bundle.person).await?;
    let Some((person, address)) = person.and_then(|p| Some((p.clone(), p.email?))) else {
        settle(
            database,
            bundle.letter,
            Outcome::Dropped,
            Some("no address"),
        )
        .await?;
        return Ok(None);
    };
    let news = news_of(database, &person, &bundle.rows).await?;
    if news.is_empty() {
        settle(database, bundle.letter, Outcome::Dropped, None).await?;
        return Ok(None);
    }
    let mut categories: Vec<_> = news.iter().map(|item| item.category).collect();
    categories.sort_unstable();
    categories.dedup();
    let what = Unsubscribe {
        person: person.id,
        categories,
    };
    let unsubscribe = format!(
        "{house}/mail/unsubscribe/{}",
        make_token(database, &what).await?
    );
    let Written {
        subject,
        text,
        html,
    } = write(
        database,
        house,
        &person,
        &news,
        (bundle.timing, Some(&unsubscribe)),
    )
    .await?;
    let letter = Letter {
        id: bundle.letter.0.simple().to_string(),
        to_name: person.name,
        to: address,
        subject,
        text,
        html,
        unsubscribe: Some(unsubscribe),
    };
    match mailer.compose(&letter) {
        Ok(composed) => Ok(Some(composed)),
        Err(error) => {
            settle(
                database,
                bundle.letter,
                Outcome::Failed,
                Some(&error.to_string()),
            )
            .await?;
            Ok(None)
        }
    }
}

/// Hands a letter over; says whether it was taken, and whether the line can be used on.
async fn hand_over(
    database: &Database,
    session: &mut Session,
    bundle: &Bundle,
    (to, bytes): (platform::mail::Recipient, Vec<u8>),
) -> Result<(bool, bool)> {
    match session.address(to).await {
        Ok(()) => {}
        Err(MailError::Refused(problem)) => {
            settle(database, bundle.letter, Outcome::Failed, Some(&problem)).await?;
            return Ok((false, session.reset().await.is_ok()));
        }
        Err(error) => {
            retry(database, bundle, &error.to_string(), None).await?;
            return Ok((false, false));
        }
    }
    if !begin_sending(database, bundle.letter).await? {
        return Ok((false, false));
    }
    match session.hand_over(&bytes).await {
        Ok(()) => {
            settle(database, bundle.letter, Outcome::Sent, None).await?;
            Ok((true, true))
        }
        Err(MailError::Refused(problem)) => {
            settle(database, bundle.letter, Outcome::Failed, Some(&problem)).await?;
            Ok((false, session.reset().await.is_ok()))
        }
        Err(MailError::Later(problem)) => {
            retry(database, bundle, &problem, None).await?;
            Ok((false, session.reset().await.is_ok()))
        }
        Err(MailError::Unknown(problem)) => {
            tracing::warn!(problem, "a letter may have arrived and is not sent again");
            settle(database, bundle.letter, Outcome::Unknown, Some(&problem)).await?;
            Ok((false, false))
        }
    }
}
