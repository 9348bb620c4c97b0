//! A person as a business card: vCard 4.0 (RFC 6350), skills by RFC 6715.

use kernel::PersonId;

/// Longest line in octets, without its end (RFC 6350, section 3.2).
const MAX_LINE: usize = 75;

/// What stands on a card; what is empty is left out.
#[derive(Debug, Clone, Default)]
pub struct Card {
    /// Whose; names the card for address books that have it already.
    pub person_id: Option<PersonId>,
    /// Full name.
    pub name: String,
    /// Job title.
    pub title: String,
    /// Organisation and units, from the top down.
    pub units: Vec<String>,
    /// Phone on the desk.
    pub phone: String,
    /// Mobile phone.
    pub mobile: String,
    /// E-mail address.
    pub email: String,
    /// Room or floor.
    pub office: String,
    /// Town or site.
    pub location: String,
    /// Languages, the one the person names first first.
    pub languages: Vec<String>,
    /// Skills.
    pub skills: Vec<String>,
    /// Address of the profile.
    pub url: String,
}

impl Card {
    /// The card as text.
    pub fn to_text(&self) -> String {
        let mut card = Lines::default();
        card.line("BEGIN:VCARD");
        card.line("VERSION:4.0");
        if let Some(person) = self.person_id {
            card.line(&format!("UID:urn:uuid:{}", person.uuid().hyphenated()));
        }
        card.line("KIND:individual");
        card.text("FN", &[&self.name], ';');
        card.text("N", &name_parts(&self.name), ';');
        card.text("TITLE", &[&self.title], ';');
        let units: Vec<&str> = self.units.iter().map(String::as_str).collect();
        card.text("ORG", &units, ';');
        card.text("TEL;TYPE=\"work,voice\"", &[&self.phone], ';');
        card.text("TEL;TYPE=\"work,cell\"", &[&self.mobile], ';');
        card.text("EMAIL;TYPE=work", &[&self.email], ';');
        let address = ["", &self.office, "", &self.location, "", "", ""];
        card.text("ADR;TYPE=work", &address, ';');
        for (index, language) in self.languages.iter().enumerate() {
            card.text(&format!("LANG;PREF={}", index + 1), &[language], ';');
        }
        for (index, skill) in self.skills.iter().enumerate() {
            card.text(&format!("EXPERTISE;INDEX={}", index + 1), &[skill], ';');
        }
        if !self.url.is_empty() {
            card.line(&format!("URL:{}", self.url));
        }
        card.line("END:VCARD");
        card.text
    }
}

/// Family name, given names, and the three parts nobody fills in. The last word is the family name.
fn name_parts(name: &str) -> [&str; 5] {
    match name.rsplit_once(' ') {
        Some((given, family)) => [family, given, "", "", ""],
        None => [name, "", "", "", ""],
    }
}

#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    /// A property of texts; nothing when all of them are empty.
    fn text(&mut self, name: &str, parts: &[&str], between: char) {
        if parts.iter().all(|part| part.is_empty()) {
            return;
        }
        let parts: Vec<String> = parts.iter().map(|part| escape(part)).collect();
        self.line(&format!("{name}:{}", parts.join(&between.to_string())));
    }

    /// One logical line, folded so that no line is too long; characters stay whole.
    fn line(&mut self, line: &str) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > MAX_LINE {
                self.text.push_str("\r\n ");
                length = 1;
            }
            self.text.push(c);
            length += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// A text as a value: what has a meaning in a card is escaped, line ends become `\n`, other control
/// characters go.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ',' | ';' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' | '\r' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

    use proptest::prelude::*;

    use super::*;

    /// Reads a card back as RFC 6350 says: unfold, split, unescape.
    fn read(text: &str) -> Vec<(String, Vec<String>)> {
        let unfolded = text.replace("\r\n ", "");
        let lines = unfolded.strip_suffix("\r\n").unwrap().split("\r\n");
        lines
            .map(|line| {
                let (name, value) = line.split_once(':').unwrap();
                let (mut parts, mut part) = (Vec::new(), String::new());
                let mut chars = value.chars();
                while let Some(c) = chars.next() {
                    match c {
                        '\\' => match chars.next().unwrap() {
                            'n' => part.push('\n'),
                            other => part.push(other),
                        },
                        ';' => parts.push(std::mem::take(&mut part)),
                        other => part.push(other),
                    }
                }
                parts.push(part);
                (name.to_owned(), parts)
            })
            .collect()
    }

    #[test]
    fn a_card_says_what_is_known_and_nothing_else() {
        let card = Card {
            name: "Dr. Ralf Steinbach".into(),
            units: vec!["Lindenbank".into(), "Recht; Compliance, Revision".into()],
            mobile: "+49 170 1".into(),
            ..Card::default()
        };
        let text = card.to_text();
        assert!(text.starts_with("BEGIN:VCARD\r\nVERSION:4.0\r\n"), "{text}");
        assert!(text.ends_with("\r\nEND:VCARD\r\n"), "{text}");
        assert!(text.contains("\r\nN:Steinbach;Dr. Ralf;;;\r\n"), "{text}");
        assert!(
            text.contains("\r\nORG:Lindenbank;Recht\\; Compliance\\, Revision\r\n"),
            "{text}"
        );
        assert!(!text.contains("EMAIL") && !text.contains("ADR"), "{text}");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            name in "[^\r\n\\p{C}]{1,120}", unit in "\\PC{1,200}", skill in "[\\PC\n]{1,90}",
        ) {
            let card = Card {
                name: name.clone(),
                units: vec![unit.clone(), "below".into()],
                skills: vec![skill.clone()],
                ..Card::default()
            };
            let text = card.to_text();
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= MAX_LINE, "{}", line);
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let lines = read(&text);
            let of = |wanted: &str| lines.iter().find(|(name, _)| name == wanted).unwrap().1.clone();
            prop_assert_eq!(of("FN"), vec![name]);
            prop_assert_eq!(of("ORG"), vec![unit, "below".to_owned()]);
            prop_assert_eq!(of("EXPERTISE;INDEX=1"), vec![skill]);
        }
    }
}
