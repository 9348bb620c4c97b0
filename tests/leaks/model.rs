//! Who may see what, written down while the world is made and independent of the server's own rules.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// Numbers of the people who may see something.
pub type Audience = BTreeSet<usize>;

/// The marks and ids of a world.
#[derive(Default)]
pub struct Model {
    marks: BTreeMap<String, (Audience, String)>,
    ids: BTreeMap<String, Audience>,
    /// Who knew of an id before its audience changed.
    once: BTreeMap<String, Audience>,
}

impl Model {
    /// A new mark to be put into a text; `what` names the text in failures.
    pub fn mark(&mut self, audience: &Audience, what: impl Into<String>) -> String {
        let mark = format!("cnry{:05}x", self.marks.len());
        self.marks
            .insert(mark.clone(), (audience.clone(), what.into()));
        mark
    }

    /// A text that serves as a mark itself, where letters may not stand: it must be found nowhere else.
    pub fn number(&mut self, number: &str, audience: &Audience, what: impl Into<String>) {
        self.marks
            .insert(number.to_owned(), (audience.clone(), what.into()));
    }

    /// Notes who may know of an id.
    pub fn id(&mut self, id: &str, audience: &Audience) {
        self.ids.insert(id.to_owned(), audience.clone());
    }

    /// Changes who may know of an id.
    pub fn change_id(&mut self, id: &str, change: impl Fn(&mut Audience)) {
        if let Some(audience) = self.ids.get_mut(id) {
            self.once
                .entry(id.to_owned())
                .or_default()
                .extend(audience.iter());
            change(audience);
        }
    }

    /// Takes somebody out of every audience that satisfies `of`, by what it is about.
    pub fn remove_person(&mut self, person: usize, of: impl Fn(&str) -> bool) {
        for (audience, what) in self.marks.values_mut() {
            if of(what) {
                audience.remove(&person);
            }
        }
    }

    /// Narrows every audience of what ends with `what` to these people.
    pub fn narrow(&mut self, what: &str, to: &Audience) {
        for (audience, known) in self.marks.values_mut() {
            if known.ends_with(what) {
                audience.retain(|person| to.contains(person));
            }
        }
    }

    /// Marks in an answer.
    pub fn marks_in(&self, answer: &Value) -> Vec<String> {
        let text = answer.to_string();
        let found = text
            .match_indices("cnry")
            .filter_map(|(at, _)| text.get(at..at + 10));
        let found = found.filter(|mark| self.marks.contains_key(*mark));
        let numbers = self.marks.keys().map(String::as_str);
        let numbers = numbers.filter(|mark| !mark.starts_with("cnry") && text.contains(*mark));
        found.chain(numbers).map(str::to_owned).collect()
    }

    /// Ends the test if an event holds what person `number` may not see; returns the marks it holds.
    /// That something is gone may be told by its id to those who knew it.
    pub fn check_event(&self, number: usize, event: &Value, query: &str) -> BTreeSet<String> {
        let text = event.to_string();
        let tells_of_an_end = ["PostRemovedEvent", "MembershipChangedEvent"]
            .iter()
            .any(|kind| text.contains(&format!("\"__typename\":\"{kind}\"")));
        let mut told = event.clone();
        if tells_of_an_end {
            let mut known = text;
            for (id, _) in self.once.iter().filter(|(_, once)| once.contains(&number)) {
                known = known.replace(id, "known");
            }
            told = serde_json::from_str(&known).unwrap();
        }
        self.check(number, &told, query)
    }

    /// Ends the test if an answer holds what person `number` may not see; returns the marks it holds.
    pub fn check(&self, number: usize, answer: &Value, query: &str) -> BTreeSet<String> {
        let marks: BTreeSet<String> = self.marks_in(answer).into_iter().collect();
        for mark in &marks {
            let (audience, what) = &self.marks[mark];
            assert!(
                audience.contains(&number),
                "person {number} sees {mark} ({what})\n{query}\n{answer:#}"
            );
        }
        let text = answer.to_string();
        let cursors: String = cursors(answer);
        for (id, audience) in &self.ids {
            if audience.contains(&number) {
                continue;
            }
            let hex = id.rsplit_once('_').map_or("", |(_, hex)| hex);
            // The id that was asked for may come back in an error.
            let told = text.contains(id.as_str()) && !query.contains(id.as_str());
            assert!(
                !told,
                "person {number} sees the id {id}\n{query}\n{answer:#}"
            );
            assert!(
                !cursors.contains(hex),
                "person {number} gets a cursor made of {id}\n{query}"
            );
        }
        marks
    }

    /// Ids one person may not know of.
    pub fn ids_hidden_from(&self, number: usize) -> Vec<String> {
        let hidden = self
            .ids
            .iter()
            .filter(|(_, audience)| !audience.contains(&number));
        hidden.map(|(id, _)| id.clone()).collect()
    }

    /// Marks of what is named like this and somebody may see.
    pub fn named(&self, what: &str) -> Vec<String> {
        let named = self
            .marks
            .iter()
            .filter(|(_, (audience, known))| !audience.is_empty() && known.starts_with(what));
        named.map(|(mark, _)| mark.clone()).collect()
    }

    /// Ends the test if a mark that somebody may see was never met: the walk would prove nothing.
    pub fn assert_all_met(&self, met: &BTreeSet<String>) {
        let missed: Vec<_> = self
            .marks
            .iter()
            .filter(|(mark, (audience, _))| !audience.is_empty() && !met.contains(*mark))
            .map(|(mark, (_, what))| format!("{mark} ({what})"))
            .collect();
        assert!(missed.is_empty(), "the walk never met {missed:#?}");
    }
}

/// Everything in an answer's cursors, decoded as far as it can be.
fn cursors(answer: &Value) -> String {
    let mut found = String::new();
    let mut open = vec![answer];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    if let (true, Some(text)) =
                        (name.to_lowercase().contains("cursor"), value.as_str())
                    {
                        let decoded = URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
                        found.push_str(&String::from_utf8_lossy(&decoded).replace('-', ""));
                        found.push(' ');
                    }
                    open.push(value);
                }
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}
