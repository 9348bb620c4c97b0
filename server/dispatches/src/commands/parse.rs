//! From what somebody typed to what is stored.

use kernel::{DispatchId, Error, Problem, Result};
use platform::Tx;
use richtext::{Limits, NoMentions};
use sea_orm::Value;

use crate::model::{Comprehension, MAX_QUESTIONS, MAX_TITLE, NewText, Texts, text_hash};
use crate::table::Sql;

/// Languages a dispatch can be written in.
const LANGUAGES: [&str; 2] = ["de", "en"];

/// The texts of one version, cleaned and rendered.
///
/// # Errors
/// All problems of all texts; `TEXT_MISSING` without the main language, `LANGUAGE_TWICE`.
pub(super) fn texts(version: i32, main: &str, texts: &[NewText]) -> Result<Vec<Texts>> {
    let mut problems = Vec::new();
    let mut ready: Vec<Texts> = Vec::new();
    for text in texts {
        if !LANGUAGES.contains(&text.language.as_str()) {
            let message = "Choose German or English.";
            problems.push(Problem::new("texts", "LANGUAGE_UNKNOWN", message));
            continue;
        }
        if ready.iter().any(|known| known.language == text.language) {
            let message = "Each language can be there once.";
            problems.push(Problem::new("texts", "LANGUAGE_TWICE", message));
            continue;
        }
        let title = line(&text.title, MAX_TITLE, "title", &mut problems);
        let source = body(&text.body, "body", &mut problems);
        let points = if text.talking_points.trim().is_empty() {
            String::new()
        } else {
            body(&text.talking_points, "talkingPoints", &mut problems)
        };
        ready.push(Texts {
            version,
            language: text.language.clone(),
            hash: text_hash(&text.language, &title, &source),
            html: richtext::render(&source, &NoMentions).html,
            talking_points_html: richtext::render(&points, &NoMentions).html,
            title,
            source,
            talking_points: points,
        });
    }
    if problems.is_empty() && !ready.iter().any(|text| text.language == main) {
        let message = "Write the text in its main language.";
        problems.push(Problem::new("texts", "TEXT_MISSING", message));
    }
    if problems.is_empty() {
        Ok(ready)
    } else {
        Err(Error::Invalid(problems))
    }
}

/// The texts of a draft kept on the way: what is empty stays empty, what cannot be stored is a problem. Questions in
/// a language the text is no longer written in go with it.
pub(super) fn unfinished(
    version: i32,
    texts: &[NewText],
    questions: &mut Vec<Comprehension>,
    problems: &mut Vec<Problem>,
) -> Vec<Texts> {
    let mut ready: Vec<Texts> = Vec::new();
    for text in texts {
        let is_known = LANGUAGES.contains(&text.language.as_str());
        if !is_known || ready.iter().any(|known| known.language == text.language) {
            continue;
        }
        let mut some = |text: &str, field: &str, is_line: bool| match text.trim().is_empty() {
            true => String::new(),
            false if is_line => line(text, MAX_TITLE, field, problems),
            false => body(text, field, problems),
        };
        let title = some(&text.title, "title", true);
        let source = some(&text.body, "body", false);
        let points = some(&text.talking_points, "talkingPoints", false);
        ready.push(Texts {
            version,
            language: text.language.clone(),
            hash: text_hash(&text.language, &title, &source),
            html: richtext::render(&source, &NoMentions).html,
            talking_points_html: richtext::render(&points, &NoMentions).html,
            title,
            source,
            talking_points: points,
        });
    }
    questions.retain(|question| ready.iter().any(|text| text.language == question.language));
    ready
}

/// Questions of a draft kept on the way, cut to what can be stored.
pub(super) fn unfinished_questions(
    questions: &[Comprehension],
    texts: &[Texts],
) -> Vec<Comprehension> {
    let short = |text: &str, max: usize| {
        let text: String = text.chars().take(max).collect();
        richtext::clean_line(&text, max).unwrap_or_default()
    };
    let known =
        |question: &&Comprehension| texts.iter().any(|text| text.language == question.language);
    questions
        .iter()
        .filter(known)
        .take(MAX_QUESTIONS * LANGUAGES.len())
        .map(|question| Comprehension {
            language: question.language.clone(),
            prompt: short(&question.prompt, 300),
            options: question
                .options
                .iter()
                .take(5)
                .map(|option| short(option, 200))
                .collect(),
            right: question.right.min(4),
        })
        .collect()
}

/// One line of text, or a problem.
pub(super) fn line(text: &str, max: usize, field: &str, problems: &mut Vec<Problem>) -> String {
    match richtext::clean_line(text, max) {
        Ok(text) => text,
        Err(problem) => {
            problems.push(Problem::new(field, "INVALID_TEXT", problem.to_string()));
            String::new()
        }
    }
}

/// A text of several lines, or a problem.
pub(super) fn body(text: &str, field: &str, problems: &mut Vec<Problem>) -> String {
    match richtext::clean(text, Limits::POST) {
        Ok(text) => text,
        Err(problem) => {
            problems.push(Problem::new(field, "INVALID_TEXT", problem.to_string()));
            String::new()
        }
    }
}

/// Questions of understanding: at most three, the same number in each language they are asked in.
///
/// # Errors
/// `QUESTIONS_INVALID` with what is wrong.
pub(super) fn questions(
    questions: &[Comprehension],
    texts: &[Texts],
) -> Result<Vec<Comprehension>> {
    let refuse = |message: &str| {
        let message = message.to_owned();
        Err(Error::invalid("questions", "QUESTIONS_INVALID", message))
    };
    let mut ready = Vec::new();
    for question in questions {
        let mut problems = Vec::new();
        let prompt = line(&question.prompt, 300, "questions", &mut problems);
        let options: Vec<String> = question
            .options
            .iter()
            .map(|option| line(option, 200, "questions", &mut problems))
            .collect();
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        if !(2..=5).contains(&options.len()) || question.right >= options.len() {
            return refuse("A question has two to five answers, one of them right.");
        }
        ready.push(Comprehension {
            language: question.language.clone(),
            prompt,
            options,
            right: question.right,
        });
    }
    let count = |language: &str| ready.iter().filter(|q| q.language == language).count();
    if ready
        .iter()
        .any(|question| !texts.iter().any(|text| text.language == question.language))
    {
        return refuse("A question is in a language the text is not written in.");
    }
    let counts: Vec<usize> = texts.iter().map(|text| count(&text.language)).collect();
    if counts.iter().any(|count| *count > MAX_QUESTIONS) {
        return refuse("At most three questions.");
    }
    if counts.windows(2).any(|pair| pair[0] != pair[1]) {
        return refuse("Each language has the same questions.");
    }
    Ok(ready)
}

/// Stores a version with its texts; one of that number is replaced.
pub(super) async fn store_version(
    tx: &Tx,
    dispatch: DispatchId,
    number: i32,
    is_material: bool,
    texts: &[Texts],
    questions: &[Comprehension],
) -> Result<()> {
    let editor = tx.viewer().require_person()?;
    for table in [
        "dispatch_texts WHERE version",
        "dispatch_versions WHERE number",
    ] {
        let mut sql = Sql::new(format!("DELETE FROM {table} = "));
        sql.bind(number).push(" AND dispatch_id = ").bind(dispatch);
        sql.run(tx).await?;
    }
    let mut sql = Sql::new(
        "INSERT INTO dispatch_versions (dispatch_id, number, is_material, editor_id, questions, \
         created_at) VALUES ",
    );
    let row: Vec<Value> = vec![
        dispatch.into(),
        number.into(),
        is_material.into(),
        editor.into(),
        serde_json::to_string(questions)?.into(),
        tx.now().into(),
    ];
    sql.bind_rows([row]);
    sql.run(tx).await?;
    let mut sql = Sql::new(
        "INSERT INTO dispatch_texts (dispatch_id, version, language, title, source, html, \
         talking_points, talking_points_html, hash) VALUES ",
    );
    sql.bind_rows(texts.iter().map(|text| {
        vec![
            dispatch.into(),
            number.into(),
            text.language.as_str().into(),
            text.title.as_str().into(),
            text.source.as_str().into(),
            text.html.as_str().into(),
            text.talking_points.as_str().into(),
            text.talking_points_html.as_str().into(),
            text.hash.as_str().into(),
        ]
    }));
    sql.run(tx).await?;
    Ok(())
}
