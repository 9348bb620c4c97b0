//! Writes HTML and plain text side by side, always balanced and never deeper than a fixed bound.

/// Elements open at once; deeper ones are left out and only their text remains. Browsers and the
/// sanitiser walk the open elements again and again.
const MAX_OPEN: usize = 120;
/// Room a table needs to be written with all its parts.
const TABLE_DEPTH: usize = 8;

/// Escapes text for HTML, in elements and in quoted attributes.
pub fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    escape_into(&mut out, text);
    out
}

fn escape_into(out: &mut String, text: &str) {
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[copied..at]);
        out.push_str(entity);
        copied = at + 1;
    }
    out.push_str(&text[copied..]);
}

/// Element that is open at the moment.
struct Open {
    tag: &'static str,
    /// Written by a person as HTML, not made by us from Markdown.
    raw: bool,
}

/// Output of one document under construction.
#[derive(Default)]
pub(crate) struct Writer {
    html: String,
    plain: String,
    open: Vec<Open>,
    plain_break: bool,
    flat: bool,
}

impl Writer {
    /// Position in the open elements, to return to with [`Self::close_to`].
    pub(crate) fn mark(&self) -> usize {
        self.open.len()
    }

    /// Opens an element made from Markdown.
    pub(crate) fn open(&mut self, tag: &'static str, attributes: &[(&str, &str)]) {
        self.start(tag, attributes, false);
    }

    /// Opens an element the writer of the text wrote as HTML.
    pub(crate) fn open_raw(&mut self, tag: &'static str, attributes: &[(&str, &str)]) {
        self.start(tag, attributes, true);
    }

    fn start(&mut self, tag: &'static str, attributes: &[(&str, &str)], raw: bool) {
        if self.flat || self.open.len() >= MAX_OPEN {
            return;
        }
        self.tag(tag, attributes);
        self.open.push(Open { tag, raw });
    }

    /// Writes an element without content.
    pub(crate) fn void(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        if !self.flat {
            self.tag(tag, attributes);
        }
    }

    fn tag(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.html.push('<');
        self.html.push_str(tag);
        for (name, value) in attributes {
            self.html.push(' ');
            self.html.push_str(name);
            self.html.push_str("=\"");
            escape_into(&mut self.html, value);
            self.html.push('"');
        }
        self.html.push('>');
    }

    /// Closes everything opened since the mark.
    pub(crate) fn close_to(&mut self, mark: usize) {
        while self.open.len() > mark {
            if let Some(element) = self.open.pop() {
                self.html.push_str("</");
                self.html.push_str(element.tag);
                self.html.push('>');
            }
        }
    }

    /// Closes the innermost hand-written element of that name, if one is open above the floor.
    pub(crate) fn close_raw(&mut self, tag: &str, floor: usize) {
        let found = self
            .open
            .iter()
            .skip(floor)
            .rposition(|e| e.raw && e.tag == tag);
        if let Some(above) = found {
            self.close_to(floor + above);
        }
    }

    /// Whether one of these elements is open.
    pub(crate) fn is_inside(&self, tags: &[&str]) -> bool {
        self.open.iter().any(|e| tags.contains(&e.tag))
    }

    /// Whether the innermost open element is this one, written by hand.
    pub(crate) fn is_directly_in_raw(&self, tag: &str) -> bool {
        self.open.last().is_some_and(|e| e.raw && e.tag == tag)
    }

    /// Leaves out the elements of a table that would not fit as a whole.
    ///
    /// Returns the state to hand back to [`Self::set_flat`] after the table.
    pub(crate) fn reserve_table(&mut self) -> bool {
        let before = self.flat;
        self.flat |= self.open.len() + TABLE_DEPTH > MAX_OPEN;
        before
    }

    /// Whether elements are left out at the moment.
    pub(crate) fn is_flat(&self) -> bool {
        self.flat
    }

    /// Restores whether elements are written.
    pub(crate) fn set_flat(&mut self, flat: bool) {
        self.flat = flat;
    }

    /// Writes text to both outputs.
    pub(crate) fn text(&mut self, text: &str) {
        escape_into(&mut self.html, text);
        self.plain(text);
    }

    /// Writes text to the HTML only.
    pub(crate) fn html_text(&mut self, text: &str) {
        escape_into(&mut self.html, text);
    }

    /// Writes a line end to the HTML only, where it does not show.
    pub(crate) fn html_line(&mut self) {
        self.html.push('\n');
    }

    /// Writes text to the plain output only.
    pub(crate) fn plain(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if std::mem::take(&mut self.plain_break) && !self.plain.is_empty() {
            self.plain.push('\n');
        }
        self.plain.push_str(text);
    }

    /// Makes the next plain text start on a new line.
    pub(crate) fn plain_break(&mut self) {
        self.plain_break = true;
    }

    /// Returns HTML and plain text.
    pub(crate) fn finish(mut self) -> (String, String) {
        self.close_to(0);
        self.plain.truncate(self.plain.trim_end().len());
        (self.html, self.plain)
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_OPEN, Writer, escape_html};

    #[test]
    fn everything_with_a_meaning_is_escaped() {
        assert_eq!(
            escape_html("<a href=\"x\">'Größe' & co</a>"),
            "&lt;a href=&quot;x&quot;&gt;&#39;Größe&#39; &amp; co&lt;/a&gt;"
        );
    }

    #[test]
    fn elements_are_balanced_and_bounded() {
        let mut writer = Writer::default();
        for _ in 0..MAX_OPEN * 3 {
            writer.open("em", &[]);
        }
        writer.text("deep");
        let (html, plain) = writer.finish();
        assert_eq!(html.matches("<em>").count(), MAX_OPEN);
        assert_eq!(html.matches("</em>").count(), MAX_OPEN);
        assert_eq!(plain, "deep");
    }

    #[test]
    fn closing_by_hand_closes_only_what_was_opened_by_hand() {
        let mut writer = Writer::default();
        writer.open("em", &[]);
        writer.close_raw("em", 0);
        writer.open_raw("b", &[]);
        writer.open_raw("i", &[]);
        writer.close_raw("b", 1);
        assert_eq!(writer.finish().0, "<em><b><i></i></b></em>");
    }
}
