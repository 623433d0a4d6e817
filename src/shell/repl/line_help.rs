//! What the editor asks while a line is typed: colours, hints, candidates, whether it is whole.

use std::borrow::Cow;

use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::history::SearchDirection;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Context, Helper};

use super::commands;
use super::completion::{self, Known};
use super::script::is_command;
use super::state::Prompt;
use crate::language::{Completeness, classes, completeness, signature_hint};
use crate::shell::paint::Paint;

/// What is between a candidate and its kind.
pub(super) const BESIDE: &str = "  ";

/// What the editor asks.
pub struct LineHelp {
    known: Known,
    paint: Paint,
    colours: bool,
    hints: bool,
}

impl LineHelp {
    /// Knows what the prompt knows.
    pub fn new(prompt: &Prompt<'_>) -> Self {
        let (colours, hints) = (prompt.settings.colours, prompt.settings.hints);
        Self { known: Known::new(prompt), paint: prompt.terminal.paint, colours, hints }
    }

    /// Takes what the last line has changed.
    pub fn refresh(&mut self, prompt: &Prompt<'_>) {
        self.known = Known::new(prompt);
        (self.colours, self.hints) = (prompt.settings.colours, prompt.settings.hints);
    }
}

impl Helper for LineHelp {}

impl Completer for LineHelp {
    type Candidate = Pair;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let found = completion::complete(&line[..pos], &self.known);
        let pairs = found.candidates.into_iter().map(|candidate| Pair {
            display: if candidate.kind.is_empty() {
                candidate.shown
            } else {
                format!("{}{BESIDE}{}", candidate.shown, candidate.kind)
            },
            replacement: candidate.text,
        });
        Ok((found.start, pairs.collect()))
    }
}

/// What may come next.
pub struct Next {
    shown: String,
    taken: Option<String>,
}

impl Hint for Next {
    fn display(&self) -> &str {
        &self.shown
    }

    fn completion(&self) -> Option<&str> {
        self.taken.as_deref()
    }
}

impl Hinter for LineHelp {
    type Hint = Next;

    fn hint(&self, line: &str, pos: usize, context: &Context<'_>) -> Option<Next> {
        if !self.hints || pos < line.len() || line.trim().is_empty() {
            return None;
        }
        if is_command(line) {
            return command_hint(line);
        }
        let of_statement = signature_hint(line).filter(|hint| !hint.rest.is_empty());
        let hint = of_statement
            .map(|hint| Next { shown: hint.rest, taken: Some(hint.words).filter(|words| !words.is_empty()) });
        hint.or_else(|| earlier(line, context))
    }
}

/// The rest of the last line in the history that began like this one.
fn earlier(line: &str, context: &Context<'_>) -> Option<Next> {
    if line.trim().len() < 3 || line.contains('\n') {
        return None;
    }
    let last = context.history_index().min(context.history().len()).checked_sub(1)?;
    let found = context.history().starts_with(line, last, SearchDirection::Reverse).ok()??;
    let rest = found.entry.get(line.len()..).filter(|rest| !rest.is_empty() && !rest.contains('\n'))?.to_owned();
    Some(Next { shown: rest.clone(), taken: Some(rest) })
}

/// The rest of a command's name, and what it takes.
fn command_hint(line: &str) -> Option<Next> {
    let typed = line.trim_start();
    let name = typed.get(1..)?;
    if name.contains(char::is_whitespace) {
        let (name, rest) = commands::split(typed);
        let command = commands::find(name).filter(|_| rest.is_empty())?;
        return Some(Next { shown: command.takes.to_owned(), taken: None }).filter(|next| !next.shown.is_empty());
    }
    let command = commands::ALL.iter().find(|command| command.name.starts_with(name))?;
    let rest = command.name[name.len()..].to_owned();
    let shown = format!("{rest} {}", command.takes).trim_end().to_owned();
    let taken = if command.takes.is_empty() || rest.is_empty() { rest } else { rest + " " };
    Some(Next { shown, taken: Some(taken).filter(|taken| !taken.is_empty()) }).filter(|next| !next.shown.is_empty())
}

impl Highlighter for LineHelp {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        if !self.colours || !self.paint.is_coloured || line.is_empty() {
            return Cow::Borrowed(line);
        }
        if is_command(line) {
            let (name, rest) = line.split_at(line.trim_start().find(char::is_whitespace).unwrap_or(line.len()));
            let is_known = commands::find(commands::split(name).0).is_some();
            return Cow::Owned(format!("{}{rest}", self.paint.command(name, is_known)));
        }
        let mut painted = String::with_capacity(line.len() * 2);
        let mut end = 0;
        for (span, class) in classes(line) {
            let range = span.range();
            painted.push_str(&line[end..range.start]);
            painted.push_str(&self.paint.typed(&line[range.clone()], class));
            end = range.end;
        }
        painted.push_str(&line[end..]);
        Cow::Owned(painted)
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(self.paint.dim(hint))
    }

    fn highlight_candidate<'c>(&self, candidate: &'c str, _: CompletionType) -> Cow<'c, str> {
        match candidate.split_once(BESIDE) {
            Some((text, kind)) => Cow::Owned(format!("{text}{BESIDE}{}", self.paint.dim(kind))),
            None => Cow::Borrowed(candidate),
        }
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        // One letter may change what a whole word is.
        kind != CmdKind::MoveCursor
    }
}

impl Validator for LineHelp {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(if is_whole(context.input()) { ValidationResult::Valid(None) } else { ValidationResult::Incomplete })
    }
}

/// Whether Enter runs a text. An empty line at its end runs it in any case.
fn is_whole(text: &str) -> bool {
    let asks = text.rsplit_once('\n').is_some_and(|(before, last)| last.trim().is_empty() && !before.trim().is_empty());
    let bare = text.trim().trim_end_matches(';');
    asks || is_command(text)
        || super::BARE.iter().any(|(word, _)| word.eq_ignore_ascii_case(bare))
        || completeness(text) != Completeness::Incomplete
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enter_runs_what_is_whole() {
        for text in [".help", "return 1", "match (n);", "help", "match (n)\n", "return 'abc\n\n", "  "] {
            assert!(is_whole(text), "{text:?}");
        }
        for text in ["match (n)", "lineage from", "return 'abc", "match (n)\nwhere"] {
            assert!(!is_whole(text), "{text:?}");
        }
    }

    #[test]
    fn commands_are_hinted_with_what_they_take() {
        let hint = |line: &str| command_hint(line).map(|next| (next.shown, next.taken));
        assert_eq!(hint(".exp"), Some(("ort FORMAT [FILE]".into(), Some("ort ".into()))));
        assert_eq!(hint(".export "), Some(("FORMAT [FILE]".into(), None)));
        assert_eq!(hint(".quit"), None);
        assert_eq!(hint(".zzz"), None);
    }
}
