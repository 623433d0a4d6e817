//! A batch file as its parts: queries, parameters, and the answers that are expected of the queries.
//!
//! ```text
//! #!/usr/bin/env -S griot run
//! :param month = '2012-07'
//! allies of MNLA as of $month;
//! --> actor | since
//! --> Ansar Dine | 2012-01
//! ```
//!
//! A query ends with `;` or with the file; it may span lines. Between queries, a line that begins with `:` is a
//! directive, and lines that begin with `-->` are the answer that the query before them should have. Inside a query
//! neither is anything but query.

use std::ops::Range;

use crate::diagnostics::{Diagnostic, codes};
use crate::query::syntax::statement_end;
use crate::source::{Source, Span};

/// How a line of an expected answer begins.
pub const EXPECTED: &str = "-->";

/// A batch file, read.
#[derive(Debug)]
pub struct Script {
    /// Its text.
    pub source: Source,
    /// What is in it, in order.
    pub entries: Vec<Entry>,
    /// Lines that are nothing.
    pub faults: Vec<Diagnostic>,
}

/// A part of a batch file.
#[derive(Debug, PartialEq, Eq)]
pub enum Entry {
    /// `:param name = expression`.
    Parameter {
        /// The name, without `$`.
        name: String,
        /// Where its value stands.
        value: Range<usize>,
    },
    /// A query.
    Query {
        /// Where it stands, without space around it and without `;`.
        query: Range<usize>,
        /// Whether a `;` ends it; the last one of a file may lack it.
        is_ended: bool,
        /// The lines that are expected of it, without their mark; none where nothing is expected.
        expected: Option<Vec<String>>,
        /// Where those lines stand, or would.
        place: Range<usize>,
    },
}

/// Reads a batch file.
#[must_use]
pub fn read(name: &str, text: &str) -> Script {
    let mut reader = Reader { text, at: 0, entries: Vec::new(), faults: Vec::new() };
    if text.starts_with("#!") {
        reader.at = line_end(text, 0);
    }
    while reader.at < text.len() {
        reader.part();
    }
    Script { source: Source::new(name, text), entries: reader.entries, faults: reader.faults }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    entries: Vec<Entry>,
    faults: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// One part, from a place between queries.
    fn part(&mut self) {
        let start = self.at + trivia(&self.text[self.at..]);
        if start == self.text.len() {
            self.at = start;
        } else if self.text[start..].starts_with(':') {
            self.directive(start);
        } else if self.text[start..].starts_with(EXPECTED) {
            self.stray(start, "no query stands before this answer", "put the answer behind the `;` of its query");
        } else {
            self.query(start);
        }
    }

    fn query(&mut self, start: usize) {
        let end = start + statement_end(&self.text[start..]);
        let written = self.text[start..end].trim_end();
        let is_ended = written.ends_with(';');
        let written = written.trim_end_matches(';').trim_end();
        let query = start..start + written.len();
        self.at = end;
        if written.is_empty() {
            return;
        }
        let (expected, place) =
            if is_ended { self.expected(self.expectation_begins(end)) } else { (None, query.end..query.end) };
        self.entries.push(Entry::Query { query, is_ended, expected, place });
    }

    /// Where the line behind a query begins; its own line may end with a comment.
    fn expectation_begins(&self, end: usize) -> usize {
        let rest = self.text[end..line_end(self.text, end)].trim();
        if rest.is_empty() || rest.starts_with("//") { line_end(self.text, end) } else { end }
    }

    /// The lines that begin with the mark, from a line's beginning on.
    fn expected(&mut self, start: usize) -> (Option<Vec<String>>, Range<usize>) {
        let mut lines = Vec::new();
        let mut end = start;
        while let Some(line) = self.text[end..line_end(self.text, end)].trim().strip_prefix(EXPECTED) {
            lines.push(line.strip_prefix(' ').unwrap_or(line).to_owned());
            end = line_end(self.text, end);
        }
        self.at = self.at.max(end);
        ((!lines.is_empty()).then_some(lines), start..end)
    }

    fn directive(&mut self, start: usize) {
        let end = start + self.text[start..line_end(self.text, start)].trim_end().len();
        let written = &self.text[start + 1..end];
        let (word, rest) = written.split_once(char::is_whitespace).unwrap_or((written, ""));
        if word != "param" {
            let fault = "a batch file knows one directive: `:param name = expression`";
            return self.stray(start, &format!("there is no directive `:{word}`"), fault);
        }
        let parts = rest.split_once('=').map(|(name, value)| (name.trim().trim_start_matches('$'), value.trim()));
        match parts {
            Some((name, value)) if !name.is_empty() && !value.is_empty() => {
                let value = value.strip_prefix('>').map_or(value, str::trim_start);
                self.entries.push(Entry::Parameter { name: name.to_owned(), value: end - value.len()..end });
                self.at = line_end(self.text, start);
            }
            _ => self.stray(start, "a parameter needs a name and a value", "write `:param name = expression`"),
        }
    }

    /// A line that is nothing.
    fn stray(&mut self, start: usize, what: &str, help: &str) {
        let end = line_end(self.text, start);
        let span = Span::new(start, start + self.text[start..end].trim_end().len());
        self.faults.push(Diagnostic::error(codes::BAD_DIRECTIVE, what).at(span, "").with_help(help));
        self.at = end;
    }
}

/// Where the line ends that `at` stands in, its line break included.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |found| at + found + 1)
}

/// How much of a text, from its beginning, is space and comments.
fn trivia(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = text[at..].trim_start();
        at = text.len() - rest.len();
        let comment = match rest.get(..2) {
            Some("//") => Some(line_end(rest, 0)),
            Some("/*") => rest.find("*/").map(|end| end + 2),
            _ => None,
        };
        match comment {
            Some(length) => at += length,
            None => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queries(text: &str) -> Vec<(String, Option<Vec<String>>)> {
        let script = read("x.gq", text);
        assert!(script.faults.is_empty(), "{:?}", script.faults);
        let entries = script.entries.into_iter().filter_map(|entry| match entry {
            Entry::Query { query, expected, .. } => Some((text[query].to_owned(), expected)),
            Entry::Parameter { .. } => None,
        });
        entries.collect()
    }

    #[test]
    fn queries_end_at_semicolons_outside_strings_and_comments() {
        let text = "#!/usr/bin/env -S griot run\nreturn ';' // ; \n  as x; /* ; */ return 2;;\n// the end\n";
        let found: Vec<String> = queries(text).into_iter().map(|(query, _)| query).collect();
        assert_eq!(found, ["return ';' // ; \n  as x", "return 2"]);
    }

    #[test]
    fn an_answer_stands_behind_its_query() {
        let text = "return 1 as n; // one\n--> n\n--> 1\n\nmatch (a)\n-->(b) return a;\nreturn 2;\n-->error\n";
        let line = |text: &str| text.to_owned();
        assert_eq!(
            queries(text),
            [
                (line("return 1 as n"), Some(vec![line("n"), line("1")])),
                (line("match (a)\n-->(b) return a"), None),
                (line("return 2"), Some(vec![line("error")])),
            ]
        );
    }

    #[test]
    fn parameters_have_a_name_and_a_value() {
        let text = "// what follows\n:param month = '2012-07'\n:param $n => 3\nreturn $n;";
        let script = read("x.gq", text);
        let values: Vec<(&str, &str)> = script
            .entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Parameter { name, value } => Some((name.as_str(), &text[value.clone()])),
                Entry::Query { .. } => None,
            })
            .collect();
        assert_eq!(values, [("month", "'2012-07'"), ("n", "3")]);
    }

    #[test]
    fn lines_that_are_nothing_are_faults_at_their_place() {
        let script = read("x.gq", "--> 1\n:parm x = 1\n:param x\nreturn 1;");
        let places: Vec<usize> = script
            .faults
            .iter()
            .map(|fault| script.source.position(fault.primary.as_ref().expect("a place").place.span.start).line)
            .collect();
        assert_eq!(places, [1, 2, 3]);
        assert_eq!(script.entries.len(), 1);
    }
}
