//! The door between the command line and the library: open a graph, ask it, check a folder.

use std::fs::File;
use std::path::Path;

use serde_json::Value as Json;

use super::arguments::{Access, Base};
use super::failure::Failure;
use super::file;
use super::terminal::Terminal;
use crate::answer::{Answer, Evidence, Message, TextForm};
use crate::diagnostics::{Diagnostics, Format, Severity, render};
use crate::graph::{Graph, Store};
use crate::kb::{self, KbError, Loaded};
use crate::model::Value;
use crate::source::{Source, Span};
use crate::storage::{self, StorageError};
use crate::{CancelToken, Parameters, Session, Stopped, WholeGraph};

/// An open graph.
pub struct Library {
    session: Session,
    /// Whether queries and commands may read and write files.
    pub uses_files: bool,
}

impl Library {
    /// Opens the graph of a file or of a folder of knowledge, or the built-in one.
    pub fn open(base: Base<'_>, terminal: &mut Terminal) -> Result<Self, Failure> {
        let graph = match base {
            Base::Folder(folder) => read(folder, terminal)?.into(),
            Base::File(path) => open_file(path)?,
            Base::BuiltIn => crate::built_in()
                .map_err(|error| Failure::Outside(format!("cannot open the built-in graph: {error}")))?,
        };
        Ok(Self { session: Session::new(graph).with_files(file::Disk), uses_files: true })
    }

    /// With what its queries may touch.
    pub fn under(mut self, access: Access) -> Self {
        if access.read_only {
            self.session = self.session.read_only();
        }
        if access.no_files {
            self.session = self.session.without_files();
            self.uses_files = false;
        }
        self
    }

    /// Runs one query, and hands its answer out in parts of about so many rows; `take` says `false` to stop.
    pub fn stream(
        &mut self,
        piece: Piece<'_>,
        parameters: &Parameters,
        rows: usize,
        take: &mut dyn FnMut(Answer) -> bool,
    ) -> Result<(), crate::Failure> {
        let ran = self.session.stream(piece.text(), parameters, rows, take);
        ran.map_err(|failure| piece.place(failure, 0))
    }

    /// Runs one query to its answer, or what is wrong with it; an interruption is no outcome.
    pub fn outcome(
        &mut self,
        piece: Piece<'_>,
        parameters: &Parameters,
    ) -> Result<Result<Vec<Answer>, crate::Failure>, Failure> {
        match self.session.run(piece.text(), parameters) {
            Err(failure) if failure.stopped == Some(Stopped::Cancelled) => Err(Failure::Interrupted),
            outcome => Ok(outcome.map_err(|failure| piece.place(failure, 0))),
        }
    }

    /// The value of an expression.
    pub fn value(
        &mut self,
        piece: Piece<'_>,
        parameters: &Parameters,
        terminal: &mut Terminal,
    ) -> Result<Value, Failure> {
        let before = "RETURN ";
        match self.session.run(&format!("{before}{}", piece.text()), parameters) {
            Ok(answers) => {
                Ok(answers.into_iter().flat_map(|answer| answer.rows).flatten().next().unwrap_or(Value::Null))
            }
            Err(failure) => Err(failed(&piece.place(failure, before.len()), terminal)),
        }
    }

    /// The whole graph.
    pub fn knowledge(&self) -> WholeGraph<'_> {
        WholeGraph::new(self.session.graph())
    }

    /// The session, for what the prompt asks of it.
    pub fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    /// The graph with the session's changes.
    pub fn graph(&self) -> &Graph {
        self.session.graph()
    }

    /// Writes what the session made as one more file of the knowledge base in a folder, and gives its path.
    pub fn save(&self, folder: &Path, terminal: &mut Terminal) -> Result<String, Failure> {
        let existing = match kb::read_dir(folder) {
            Ok(files) => files,
            Err(KbError::Empty { .. }) => Vec::new(),
            Err(KbError::CannotRead { path, source }) => return Err(Failure::File { doing: "read", path, source }),
            Err(error) => return Err(Failure::Outside(error.to_string())),
        };
        match self.session.save_changes(&folder.to_string_lossy(), existing) {
            Ok(saved) => {
                file::write(Path::new(&saved.path), |out| out.write_all(saved.text.as_bytes()))?;
                Ok(saved.path)
            }
            Err(failure) => {
                tell(&failure.diagnostics, &failure.sources, terminal)?;
                Err(Failure::Faulty)
            }
        }
    }

    /// Stops the running query, from another thread.
    pub fn cancel_token(&self) -> CancelToken {
        self.session.cancel_token()
    }
}

/// A query, or a part of one, in the text that it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'t> {
    /// The whole text.
    pub whole: &'t Source,
    /// Where in it.
    pub span: Span,
}

impl Piece<'_> {
    /// Its own text.
    pub fn text(&self) -> &str {
        self.span.of(&self.whole.text)
    }

    /// A failure of the piece, with so many bytes put before it, as one of the whole text.
    fn place(&self, failure: crate::Failure, before: usize) -> crate::Failure {
        let at = |bytes: usize| i64::try_from(bytes).unwrap_or(i64::MAX);
        failure.within(self.whole, i64::from(self.span.start) - at(before))
    }
}

/// Shows why a query has no answer, and says how the command goes on.
pub fn failed(failure: &crate::Failure, terminal: &mut Terminal) -> Failure {
    if failure.stopped == Some(Stopped::Cancelled) {
        return Failure::Interrupted;
    }
    match tell(&failure.diagnostics(), std::slice::from_ref(&failure.source), terminal) {
        Ok(()) => Failure::Faulty,
        Err(worse) => worse,
    }
}

/// Parameters of the command line as the library takes them.
pub fn parameters(given: &[(String, Json)]) -> Parameters {
    given.iter().map(|(name, value)| (name.as_str().into(), self::value(value))).collect()
}

/// A value in words.
pub fn literal(value: &Value) -> String {
    TextForm::new(&Evidence::default()).plain(value)
}

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(bool) => Value::Bool(*bool),
        Json::Number(number) => {
            number.as_i64().map_or_else(|| number.as_f64().map_or(Value::Null, Value::Float), Value::Int)
        }
        Json::String(text) => Value::text(text.as_str()),
        Json::Array(items) => Value::list(items.iter().map(value).collect()),
        Json::Object(entries) => Value::map(entries.iter().map(|(key, each)| (key.as_str(), value(each)))),
    }
}

/// Opens a graph file, of which only what is asked for is read.
fn open_file(path: &Path) -> Result<Graph, Failure> {
    let file = File::open(path).map_err(|source| cannot_read(path, source))?;
    storage::open_file(file).map(Graph::from).map_err(|error| unusable(path, error))
}

/// Reads a graph file to its end, and says how much it holds.
pub fn check_file(path: &Path) -> Result<String, Failure> {
    let file = File::open(path).map_err(|source| cannot_read(path, source))?;
    let store = storage::open(file).map_err(|error| unusable(path, error))?;
    let held = [counted(store.node_count(), "node"), counted(store.edge_count(), "relation")];
    Ok(format!("{}: {}; the file is whole", path.display(), held.join(", ")))
}

fn cannot_read(path: &Path, source: std::io::Error) -> Failure {
    Failure::File { doing: "read", path: path.to_owned(), source }
}

fn unusable(path: &Path, error: StorageError) -> Failure {
    match error {
        StorageError::Io(source) => cannot_read(path, source),
        error => Failure::Outside(format!("{}: {error}", path.display())),
    }
}

/// How many errors of a knowledge base are shown to somebody who wants to ask it.
const FIRST_ERRORS: usize = 5;

/// Reads a knowledge base to ask it: only errors are shown, since warnings are for its curator.
pub fn read(folder: &Path, terminal: &mut Terminal) -> Result<Store, Failure> {
    let Loaded { store, diagnostics, sources, .. } = load(folder)?;
    if let Some(store) = store {
        return Ok(store);
    }
    let errors = || diagnostics.iter().filter(|each| each.severity == Severity::Error);
    tell(&errors().take(FIRST_ERRORS).cloned().collect(), &sources, terminal)?;
    if let Some(more) = errors().count().checked_sub(FIRST_ERRORS).filter(|more| *more > 0) {
        let rest = Message::note(format!("{} in this knowledge base", counted(more, "more error")));
        terminal.message(&rest.with_hint(format!("run griot check {}", folder.display())))?;
    }
    Err(Failure::Faulty)
}

/// Reads a knowledge base and shows all its faults; gives how much it holds, and whether it can be used.
pub fn check(folder: &Path, terminal: &mut Terminal) -> Result<(String, bool), Failure> {
    let Loaded { store, diagnostics, sources, report } = load(folder)?;
    tell(&diagnostics, &sources, terminal)?;
    let held = [
        counted(report.nodes, "node"),
        counted(report.relations, "relation"),
        counted(report.claims, "claim"),
        counted(report.figures, "figure"),
        counted(report.sources, "source"),
        counted(report.files, "file"),
    ];
    let faults = format!("{}, {}", counted(report.errors, "error"), counted(report.warnings, "warning"));
    Ok((format!("{}: {}; {faults}", folder.display(), held.join(", ")), store.is_some()))
}

/// A count and what it counts: `1 node`, `2 nodes`.
pub fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn load(folder: &Path) -> Result<Loaded, Failure> {
    files(folder).map(kb::load)
}

/// The files of a knowledge base.
pub fn files(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    match kb::read_dir(folder) {
        Ok(files) => Ok(files),
        Err(KbError::CannotRead { path, source }) => Err(Failure::File { doing: "read", path, source }),
        Err(error) => Err(Failure::Outside(error.to_string())),
    }
}

/// Shows diagnostics on standard error.
pub fn tell(diagnostics: &Diagnostics, sources: &[Source], terminal: &mut Terminal) -> Result<(), Failure> {
    let format = Format::Full { colour: terminal.error_paint.is_coloured };
    terminal.tell(&render(diagnostics, sources, format))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_parameters_become_values() {
        let given = [("list".to_owned(), json!([1, 2.5, "a", null, {"b": true}]))];
        let expected = Value::list(vec![
            Value::Int(1),
            Value::Float(2.5),
            Value::text("a"),
            Value::Null,
            Value::map([("b", Value::Bool(true))]),
        ]);
        assert!(parameters(&given)["list"].is_equivalent(&expected));
    }
}
