//! A text of queries and commands, in parts: what `.read`, piped input and batch files run.
//!
//! A query ends with `;`, which the last may leave out. A line that begins with `.` or `:` and a letter, where no query
//! is open, is a command.

use crate::language::{is_ended, queries};

/// A part of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'t> {
    /// Its text, without the semicolon.
    pub text: &'t str,
    /// The line that it begins on, from 1.
    pub line: usize,
    /// Whether it is a command.
    pub is_command: bool,
}

/// Whether a text is a command: `.help`, `:param`.
#[must_use]
pub fn is_command(text: &str) -> bool {
    let mut letters = text.trim_start().chars();
    matches!(letters.next(), Some('.' | ':')) && letters.next().is_some_and(char::is_alphabetic)
}

/// The parts of a script, in order. A first line `#!` is left out.
#[must_use]
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let (start, end) = (at, at + line.len());
        at = end;
        if number == 0 && line.starts_with("#!") {
            continue;
        }
        if open.is_none() && is_command(line) {
            parts.push(Part { text: line.trim(), line: number + 1, is_command: true });
            continue;
        }
        let (first, first_line) = *open.get_or_insert((start, number + 1));
        if is_ended(&text[first..end]) {
            push(&mut parts, text, (first, end), first_line);
            open = None;
        } else if queries(&text[first..end]).is_empty() && !is_in_comment(&text[first..end]) {
            // Only space and comments so far: a command may follow.
            open = None;
        }
    }
    if let Some((first, line)) = open {
        push(&mut parts, text, (first, text.len()), line);
    }
    parts
}

fn is_in_comment(text: &str) -> bool {
    crate::language::tokens(text).last().is_some_and(|last| last.is_unclosed(text))
}

fn push<'t>(parts: &mut Vec<Part<'t>>, text: &'t str, (first, end): (usize, usize), line: usize) {
    let chunk = &text[first..end];
    for query in queries(chunk) {
        let inner = query.of(chunk);
        let skipped = inner.len() - inner.trim_start().len();
        let before = &chunk[..query.range().start + skipped];
        let line = line + before.matches('\n').count();
        parts.push(Part { text: inner.trim(), line, is_command: false });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(usize, &str)]) {
        let found: Vec<(usize, &str)> = parts(text).iter().map(|part| (part.line, part.text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn queries_and_commands_are_told_apart() {
        check(
            "#!/usr/bin/env griot\n// first\n.mode csv\nmatch (n)\nreturn n; return 2;\n:param x 1\nreturn $x\n",
            &[(3, ".mode csv"), (4, "match (n)\nreturn n"), (5, "return 2"), (6, ":param x 1"), (7, "return $x")],
        );
    }

    #[test]
    fn a_line_within_a_query_is_no_command() {
        check("return 1\n.5 + 1;\nreturn '\n.mode csv\n';", &[(1, "return 1\n.5 + 1"), (3, "return '\n.mode csv\n'")]);
        check("/*\n.mode csv\n*/\nreturn 1", &[(4, "return 1")]);
    }
}
