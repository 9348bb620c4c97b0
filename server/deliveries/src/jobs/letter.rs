//! Writes letters, as plain text and as HTML from one template that escapes whatever is put in.

use kernel::{Error, Result, Viewer};
use minijinja::{AutoEscape, Environment, context};
use notifications::model::EmailTiming;
use platform::Database;
use serde::Serialize;

use super::words::Language;
use crate::model::{NewsItem, Reader};

const TEMPLATE: &str = include_str!("letter.html");
/// Longest subject, in characters.
const MAX_SUBJECT: usize = 120;

/// A letter, but for its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

#[derive(Serialize)]
struct Item {
    heading: String,
    excerpt: String,
    url: String,
}

/// Writes a letter with this news; where the house wants no text in letters it says only that there is
/// something.
pub(crate) async fn write(
    database: &Database,
    house: &str,
    person: &Reader,
    news: &[NewsItem],
    (timing, unsubscribe): (EmailTiming, Option<&str>),
) -> Result<Written> {
    let reader = database.reader(&Viewer::system("letters"));
    let says_text = notifications::queries::house(&reader).await?.text_in_mail;
    let organisation = identity::queries::organisation(&reader).await?;
    let name = organisation.map_or_else(|| "Loggia".to_owned(), |view| view.name);
    let language = Language::of(&person.locale);
    let items: Vec<Item> = if says_text {
        news.iter()
            .map(|item| Item {
                heading: one_line(&item.heading),
                excerpt: item.excerpt.clone(),
                url: format!("{house}{}", item.path),
            })
            .collect()
    } else {
        vec![Item {
            heading: language.something_new().to_owned(),
            excerpt: String::new(),
            url: format!("{house}/notifications"),
        }]
    };
    let subject = match (says_text, timing, items.first()) {
        (true, EmailTiming::Instant, Some(item)) => item.heading.clone(),
        (true, ..) => language.digest(news.len()),
        (false, ..) => language.something_new().to_owned(),
    };
    let mut categories: Vec<_> = news.iter().map(|item| item.category).collect();
    categories.sort_unstable();
    categories.dedup();
    let foot = Foot {
        settings_url: format!("{house}/settings/notifications"),
        unsubscribe_url: unsubscribe.map(str::to_owned),
        unsubscribe: language.unsubscribe(&categories),
        house: name,
    };
    let greeting = language.greeting(&one_line(&person.name));
    Ok(Written {
        subject: subject.chars().take(MAX_SUBJECT).collect(),
        text: plain(language, &greeting, &items, &foot),
        html: html(language, &subject, &greeting, &items, &foot)?,
    })
}

struct Foot {
    settings_url: String,
    unsubscribe_url: Option<String>,
    unsubscribe: String,
    house: String,
}

fn plain(language: Language, greeting: &str, items: &[Item], foot: &Foot) -> String {
    let mut text = format!("{greeting}\n");
    for item in items {
        text.push_str(&format!("\n* {}\n", item.heading));
        for line in item.excerpt.lines() {
            text.push_str(&format!("  {line}\n"));
        }
        text.push_str(&format!("  {}\n", item.url));
    }
    text.push_str(&format!("\n-- \n{}\n{}\n", foot.house, language.reason()));
    text.push_str(&format!("{}: {}\n", language.settings(), foot.settings_url));
    if let Some(url) = &foot.unsubscribe_url {
        text.push_str(&format!("{}\n{url}\n", foot.unsubscribe));
    }
    text
}

fn html(
    language: Language,
    subject: &str,
    greeting: &str,
    items: &[Item],
    foot: &Foot,
) -> Result<String> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let context = context! {
        lang => language.code(),
        subject,
        greeting,
        items,
        open => language.open(),
        reason => language.reason(),
        settings => language.settings(),
        settings_url => foot.settings_url,
        unsubscribe => foot.unsubscribe,
        unsubscribe_url => foot.unsubscribe_url,
        house => foot.house,
    };
    environment
        .render_str(TEMPLATE, context)
        .map_err(Error::internal)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use super::*;

    #[test]
    fn what_people_write_is_never_markup() {
        let items = [Item {
            heading: "<b>Anna</b> & \"Ben\"".to_owned(),
            excerpt: "<img src=x onerror=alert(1)>".to_owned(),
            url: "https://loggia.example/posts/x?a=\"b".to_owned(),
        }];
        let foot = Foot {
            settings_url: String::new(),
            unsubscribe_url: None,
            unsubscribe: String::new(),
            house: "<i>House</i>".to_owned(),
        };
        let html = html(Language::English, "<u>", "Hello", &items, &foot).unwrap();
        for forbidden in ["<b>", "<img", "<i>", "<u>", "a=\"b"] {
            assert!(!html.contains(forbidden), "{forbidden} in {html}");
        }
    }
}
