//! A text of queries and commands, in parts: what `.read`, piped input and batch files run.
//!
//! A query ends with `;`, which the last may leave out. A line that begins with `.` or `:` and a letter, where no query
//! is open, is a command.

use std::ops::Range;

use crate::language::{is_ended, queries, tokens};

/// A part of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it stands, without the semicolon.
    pub range: Range<usize>,
    /// Whether it is a command.
    pub is_command: bool,
}

/// Whether a text is a command: `.help`, `:param`.
#[must_use]
pub fn is_command(text: &str) -> bool {
    let mut letters = text.trim_start().chars();
    matches!(letters.next(), Some('.' | ':')) && letters.next().is_some_and(char::is_alphabetic)
}

/// The parts of a script, in order. A first line `#!`, and the answers that batch files expect (`-->`), are left out.
#[must_use]
pub fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        if start == 0 && line.starts_with("#!") || open.is_none() && line.starts_with("-->") {
            continue;
        }
        if open.is_none() && is_command(line) {
            parts.push(Part { range: start..start + line.trim_end().len(), is_command: true });
            continue;
        }
        let first = *open.get_or_insert(start);
        let chunk = &text[first..end];
        if is_ended(chunk) || is_blank(chunk) {
            push(&mut parts, text, first..end);
            open = None;
        }
    }
    if let Some(first) = open {
        push(&mut parts, text, first..text.len());
    }
    parts
}

/// Whether a text is only space and whole comments, so that a command may follow.
fn is_blank(text: &str) -> bool {
    queries(text).is_empty() && !tokens(text).last().is_some_and(|last| last.is_unclosed(text))
}

fn push(parts: &mut Vec<Part>, text: &str, chunk: Range<usize>) {
    for query in queries(&text[chunk.clone()]) {
        let inner = query.of(&text[chunk.clone()]);
        let start = chunk.start + query.range().start + (inner.len() - inner.trim_start().len());
        parts.push(Part { range: start..start + inner.trim().len(), is_command: false });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(usize, &str)]) {
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        let parts = parts(text);
        let found: Vec<_> = parts.iter().map(|part| (line(part.range.start), &text[part.range.clone()])).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn queries_and_commands_are_told_apart() {
        check(
            "#!/usr/bin/env griot\n// first\n.mode csv\nmatch (n)\nreturn n; return 2;\n:param x = 1\n--> 1\nreturn $x\n",
            &[(3, ".mode csv"), (4, "match (n)\nreturn n"), (5, "return 2"), (6, ":param x = 1"), (8, "return $x")],
        );
    }

    #[test]
    fn a_line_within_a_query_is_no_command() {
        check("return 1\n.5 + 1;\nreturn '\n.mode csv\n';", &[(1, "return 1\n.5 + 1"), (3, "return '\n.mode csv\n'")]);
        check("/*\n.mode csv\n*/\nreturn 1", &[(4, "return 1")]);
    }
}
