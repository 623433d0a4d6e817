//! `griot run`: files of queries. Each query is a statement of its own, done as a whole or not at all; what came before a
//! failing one stays done.
//!
//! A file can hold the answers that its queries should have ([`script`], [`expectation`]): `--test` compares them, and
//! `--bless` writes them.

mod expectation;
pub(super) mod script;

use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};

use self::script::{EXPECTED, Entry, Script};
use super::arguments::{Access, Base, Run};
use super::failure::Failure;
use super::library::{self, Library, Piece};
use super::show::Showing;
use super::terminal::Terminal;
use super::{bug, file, interrupt};
use crate::Parameters;
use crate::answer::Message;
use crate::diagnostics::Diagnostics;
use crate::source::Span;

/// The file name that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Runs the files, in order, in one session.
pub fn run(arguments: &Run, base: Base<'_>, access: Access, terminal: &mut Terminal) -> Result<(), Failure> {
    let library = Library::open(base, terminal)?.under(access);
    let cancel = library.cancel_token();
    interrupt::on_interrupt(1, move || cancel.cancel())?;
    let given = library::parameters(&arguments.parameters);
    let showing = Showing::new(&arguments.format);
    let mut batch = Batch { arguments, library, given, showing, count: Count::default() };
    for path in &arguments.files {
        batch.file(path, terminal)?;
    }
    batch.conclude(terminal)
}

/// How many queries there were, and how they went.
#[derive(Default)]
struct Count {
    queries: usize,
    failed: usize,
    different: usize,
    blessed: usize,
}

struct Batch<'a> {
    arguments: &'a Run,
    library: Library,
    /// Parameters of the command line: they go before those of a file.
    given: Parameters,
    showing: Showing,
    count: Count,
}

impl Batch<'_> {
    fn file(&mut self, path: &Path, terminal: &mut Terminal) -> Result<(), Failure> {
        let text = read(path)?;
        let script = script::read(&name_of(path), &text);
        if !script.faults.is_empty() {
            let faults: Diagnostics = script.faults.iter().cloned().collect();
            library::tell(&faults, std::slice::from_ref(&script.source), terminal)?;
            self.fail()?;
        }
        let mut parameters = self.given.clone();
        let mut blessed = Blessed { text: String::new(), upto: 0 };
        for entry in &script.entries {
            match entry {
                Entry::Parameter { name, value } => {
                    if !self.given.contains_key(name.as_str()) {
                        let piece = Piece { whole: &script.source, span: Span::from(value.clone()) };
                        match self.library.value(piece, &parameters, terminal) {
                            Ok(value) => _ = parameters.insert(name.as_str().into(), value),
                            Err(failure) => self.go_on(failure, terminal)?,
                        }
                    }
                }
                Entry::Query { query, is_ended, expected, place } => {
                    let piece = Piece { whole: &script.source, span: Span::from(query.clone()) };
                    self.count.queries += 1;
                    let Some(lines) = self.query(piece, expected.as_deref(), &parameters, terminal)? else { continue };
                    blessed.put(&script, place.clone(), *is_ended, &lines);
                    self.count.blessed += 1;
                }
            }
        }
        if self.arguments.bless && blessed.upto > 0 {
            let text = blessed.finish(&script);
            file::write(path, |out| out.write_all(text.as_bytes()))?;
        }
        Ok(())
    }

    /// Runs one query; gives the lines to be written in the place of the expected ones, where they differ.
    fn query(
        &mut self,
        piece: Piece<'_>,
        expected: Option<&[String]>,
        parameters: &Parameters,
        terminal: &mut Terminal,
    ) -> Result<Option<Vec<String>>, Failure> {
        if !self.arguments.test && !self.arguments.bless {
            let shown = bug::caught(|| self.showing.query(&mut self.library, piece, parameters, terminal));
            return shown.or_else(|failure| self.go_on(failure, terminal)).map(|()| None);
        }
        let outcome = bug::caught(|| self.library.outcome(piece, parameters))?;
        let actual = match &outcome {
            Ok(answers) => answers.iter().flat_map(expectation::of_answer).collect(),
            Err(failure) => expectation::of_failure(failure),
        };
        let is_right = match (expected, &outcome) {
            (Some(expected), _) => expectation::matches(expected, &actual),
            // What nobody expects may be anything, but no failure.
            (None, Ok(_)) => !self.arguments.bless,
            (None, Err(failure)) if !self.arguments.bless => {
                library::tell(&failure.diagnostics(), std::slice::from_ref(&failure.source), terminal)?;
                return self.fail().map(|()| None);
            }
            (None, Err(_)) => false,
        };
        if is_right {
            return Ok(None);
        }
        if self.arguments.bless {
            return Ok(Some(actual));
        }
        self.count.different += 1;
        difference(&piece, expected.unwrap_or_default(), &actual, terminal)?;
        Ok(None)
    }

    /// A failure that has been shown: stop, or go on if that is wanted.
    fn fail(&mut self) -> Result<(), Failure> {
        self.count.failed += 1;
        if self.arguments.keep_going || self.arguments.test { Ok(()) } else { Err(Failure::Faulty) }
    }

    fn go_on(&mut self, failure: Failure, terminal: &mut Terminal) -> Result<(), Failure> {
        match failure {
            Failure::Faulty => self.fail(),
            Failure::Interrupted | Failure::ClosedPipe | Failure::Output(_) => Err(failure),
            other => {
                if self.arguments.keep_going {
                    terminal.failure(&other);
                    self.count.failed += 1;
                    return Ok(());
                }
                Err(other)
            }
        }
    }

    /// What is said at the end, and how it ends.
    fn conclude(&self, terminal: &mut Terminal) -> Result<(), Failure> {
        let Count { queries, failed, different, blessed } = self.count;
        if self.arguments.bless {
            terminal.message(&Message::note(format!("{queries} queries, {blessed} answers written")))?;
        } else if self.arguments.test {
            let text = format!("{queries} queries, {different} different answers, {failed} failures");
            terminal.message(&Message::note(text))?;
        } else if failed > 0 {
            terminal.message(&Message::note(format!("{failed} of {queries} queries failed")))?;
        }
        match (failed, different) {
            (0, 0) => Ok(()),
            (0, _) => Err(Failure::Different),
            _ => Err(Failure::Faulty),
        }
    }
}

/// The text of a file with other answers in it.
struct Blessed {
    text: String,
    /// How much of the file has been taken over.
    upto: usize,
}

impl Blessed {
    fn put(&mut self, script: &Script, place: std::ops::Range<usize>, is_ended: bool, lines: &[String]) {
        self.text.push_str(&script.source.text[self.upto..place.start]);
        if !is_ended {
            self.text.push(';');
        }
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        for line in lines {
            let space = if line.is_empty() { "" } else { " " };
            let _ = writeln!(self.text, "{EXPECTED}{space}{line}");
        }
        self.upto = place.end;
    }

    fn finish(mut self, script: &Script) -> String {
        self.text.push_str(&script.source.text[self.upto..]);
        self.text
    }
}

fn difference(
    piece: &Piece<'_>,
    expected: &[String],
    actual: &[String],
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let position = piece.whole.position(piece.span.start);
    let mut text = format!("{}:{}:{}: the answer is another one\n", piece.whole.name, position.line, position.column);
    for (mark, lines) in [('-', expected), ('+', actual)] {
        for line in lines {
            let _ = writeln!(text, "  {mark} {line}");
        }
    }
    terminal.tell(&text)
}

pub(super) fn name_of(path: &Path) -> String {
    if path == Path::new(STANDARD_INPUT) { "<stdin>".to_owned() } else { path.display().to_string() }
}

pub(super) fn read(path: &Path) -> Result<String, Failure> {
    let failed = |source| Failure::File { doing: "read", path: PathBuf::from(name_of(path)), source };
    if path == Path::new(STANDARD_INPUT) {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(failed)?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(failed)
}
