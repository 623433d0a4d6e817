//! A page of help: headings, paragraphs, rows of a term and what it means.

use unicode_width::UnicodeWidthStr;

use crate::answer::{Meaning, Piece};
use crate::shell::paint::Paint;

/// How wide the terms of a page's rows may be before their meanings go on a line of their own.
const TERM: usize = 34;

/// A page that is being written.
pub struct Page {
    text: String,
    width: usize,
    paint: Paint,
}

impl Page {
    /// An empty page.
    #[must_use]
    pub fn new(width: usize, paint: Paint) -> Self {
        Self { text: String::new(), width: width.clamp(30, 110), paint }
    }

    /// What was written.
    #[must_use]
    pub fn text(self) -> String {
        self.text
    }

    /// A heading, with space before it.
    pub fn heading(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.painted(text, Meaning::Name);
        self.text.push('\n');
    }

    /// A paragraph; an empty one is a blank line.
    pub fn paragraph(&mut self, text: &str) {
        if text.is_empty() {
            self.text.push('\n');
        }
        for line in wrapped(text, self.width) {
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    /// Something to type, as it stands.
    pub fn sample(&mut self, text: &str) {
        for line in text.lines() {
            let deeper = line.len() - line.trim_start().len();
            for (at, part) in wrapped(line, self.width.saturating_sub(deeper + 4)).iter().enumerate() {
                let indent = deeper + if at == 0 { 2 } else { 4 };
                self.text.push_str(&" ".repeat(indent));
                self.painted(part, Meaning::Kind);
                self.text.push('\n');
            }
        }
    }

    /// Lines of a block, as they stand.
    pub fn verbatim<'l>(&mut self, lines: impl IntoIterator<Item = &'l str>) {
        for line in lines {
            self.text.push_str("    ");
            self.painted(line, Meaning::Kind);
            self.text.push('\n');
        }
    }

    /// Rows of a term and its meaning, the meanings below each other.
    pub fn rows<'r>(&mut self, rows: impl IntoIterator<Item = (String, &'r str)>) {
        let rows: Vec<(String, &str)> = rows.into_iter().collect();
        let most = TERM.min(self.width / 2);
        let fitting = rows.iter().map(|(term, _)| term.width()).filter(|width| *width <= most);
        let indent = fitting.max().unwrap_or(most) + 4;
        for (term, meaning) in &rows {
            self.row(term, meaning, indent);
        }
    }

    fn row(&mut self, term: &str, meaning: &str, indent: usize) {
        self.text.push_str("  ");
        let is_long = term.width() + 4 > indent;
        let lines = wrapped(meaning, self.width.saturating_sub(indent).max(10));
        if is_long {
            for (at, line) in wrapped(term, self.width.saturating_sub(4)).iter().enumerate() {
                if at > 0 {
                    self.text.push_str("\n    ");
                }
                self.painted(line, Meaning::Kind);
            }
        } else {
            self.painted(term, Meaning::Kind);
        }
        for (at, line) in lines.iter().enumerate() {
            let gap = if at == 0 && !is_long { indent - 2 - term.width() } else { indent };
            if at > 0 || is_long {
                self.text.push('\n');
            }
            self.text.push_str(&" ".repeat(gap));
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    fn painted(&mut self, text: &str, meaning: Meaning) {
        self.text.push_str(&self.paint.piece(&Piece { text: text.to_owned(), meaning }));
    }
}

/// A text in lines of a width, broken at spaces.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
