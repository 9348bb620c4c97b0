//! Blocks of hand-written HTML, read as paragraphs with a few elements kept.

use crate::blocks::Composer;
use crate::raw_html::{Kind, Piece, Tag, pieces};

impl Composer<'_> {
    /// Writes a block of HTML. Foldable sections stay open for the Markdown that follows, up to
    /// their closing tag or the end of the surrounding block.
    pub(crate) fn html_block(&mut self, source: &str) {
        self.writer.plain_break();
        let mut paragraph = None;
        for piece in pieces(source.trim()) {
            match piece {
                Piece::Text(text) => self.block_text(text, &mut paragraph),
                Piece::Tag(tag) => self.block_tag(&tag, &mut paragraph),
            }
        }
        self.end_paragraph(&mut paragraph);
        let floor = self.floor();
        self.writer.close_raw("summary", floor);
        self.writer.close_raw("pre", floor);
        self.writer.html_line();
        self.writer.plain_break();
    }

    fn block_text(&mut self, text: &str, paragraph: &mut Option<usize>) {
        if self.writer.is_inside(&["pre"]) {
            self.html_block_text(text);
            return;
        }
        if paragraph.is_none() && text.trim().is_empty() {
            return;
        }
        self.begin_paragraph(paragraph);
        self.html_block_text(text);
    }

    fn block_tag(&mut self, tag: &Tag<'_>, paragraph: &mut Option<usize>) {
        let floor = self.floor();
        match (tag.kind, tag.closing) {
            (Kind::Comment, _) => {}
            (Kind::Details, false) => {
                self.end_paragraph(paragraph);
                self.writer.close_raw("summary", floor);
                self.writer.close_raw("pre", floor);
                self.writer.open_raw("details", &[]);
            }
            (Kind::Details, true) => {
                self.end_paragraph(paragraph);
                self.writer.close_raw("details", floor);
            }
            (Kind::Summary, false) => {
                self.end_paragraph(paragraph);
                if self.writer.is_directly_in_raw("details") {
                    self.writer.open_raw("summary", &[]);
                }
            }
            (Kind::Summary, true) => {
                self.writer.close_raw("summary", floor);
                self.writer.plain_break();
            }
            (Kind::Preformatted, false) => {
                self.end_paragraph(paragraph);
                self.writer.close_raw("summary", floor);
                self.writer.close_raw("pre", floor);
                self.writer.open_raw("pre", &[("tabindex", "0")]);
            }
            (Kind::Preformatted, true) => {
                self.writer.close_raw("pre", floor);
                self.writer.plain_break();
            }
            (Kind::Rule, _) => {
                self.end_paragraph(paragraph);
                if !self.writer.is_inside(&["pre", "summary"]) {
                    self.writer.void("hr", &[]);
                }
            }
            (Kind::Block, _) => self.end_paragraph(paragraph),
            (Kind::Item, closing) => {
                self.end_paragraph(paragraph);
                if !closing {
                    self.begin_paragraph(paragraph);
                    self.writer.text("• ");
                }
            }
            _ => {
                if !tag.closing {
                    self.begin_paragraph(paragraph);
                }
                self.inline_tag(tag);
            }
        }
    }

    /// Opens a paragraph unless running text may already stand here.
    fn begin_paragraph(&mut self, paragraph: &mut Option<usize>) {
        if paragraph.is_none() && !self.writer.is_inside(&["summary", "pre"]) {
            *paragraph = Some(self.writer.mark());
            self.writer.plain_break();
            self.writer.open("p", &[]);
        }
    }

    fn end_paragraph(&mut self, paragraph: &mut Option<usize>) {
        if let Some(mark) = paragraph.take() {
            self.writer.close_to(mark);
            self.writer.plain_break();
        }
    }
}
