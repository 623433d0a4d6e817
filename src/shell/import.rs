//! `griot import`: a graph file of tables, or of a folder of knowledge.

use std::io::{IsTerminal, stderr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::arguments::Import;
use super::failure::Failure;
use super::library::{self, counted};
use super::terminal::Terminal;
use super::{file, interrupt};
use crate::answer::Message;
use crate::graph::Store;
use crate::kb::{self, KbError, LoadedSchema};
use crate::model::Schema;
use crate::storage;
use crate::tables::{DateForm, Dates, EdgeFile, ImportError, NodeFile, Progress, TableOptions, import};

/// Makes the graph file.
pub fn run(arguments: &Import, terminal: &mut Terminal) -> Result<(), Failure> {
    let begun = Instant::now();
    let store = match &arguments.folder {
        Some(folder) => library::read(folder, terminal)?,
        None => read_tables(arguments, terminal)?,
    };
    let bytes = write(&store, &arguments.output)?;
    let held = [counted(store.node_count(), "node"), counted(store.edge_count(), "relation")].join(", ");
    let seconds = begun.elapsed().as_secs_f64();
    let path = arguments.output.display();
    terminal.message(&Message::note(format!("wrote {path}: {held}, {} in {seconds:.1} s", size(bytes))))
}

/// Writes a store to a file that nobody ever sees half of; gives its length in bytes.
fn write(store: &Store, path: &Path) -> Result<u64, Failure> {
    file::write_seekable(path, |out| storage::write_packed(store, out).map_err(std::io::Error::other))?;
    Ok(std::fs::metadata(path).map_or(0, |found| found.len()))
}

fn read_tables(arguments: &Import, terminal: &mut Terminal) -> Result<Store, Failure> {
    let options = options(arguments, terminal)?;
    let is_stopped = Arc::new(AtomicBool::new(false));
    let stop = Arc::clone(&is_stopped);
    interrupt::on_interrupt(1, move || stop.store(true, Ordering::Relaxed))?;
    let mut bar = Bar::new();
    let read = import(&options, &mut |progress| {
        bar.show(progress, terminal);
        !is_stopped.load(Ordering::Relaxed)
    });
    bar.clear(terminal);
    read.or_else(|error| Err(failure(error, terminal)?))
}

/// Shows what is wrong, and says how the command ends.
fn failure(error: ImportError, terminal: &mut Terminal) -> Result<Failure, Failure> {
    Ok(match error {
        ImportError::CannotRead { path, source } => Failure::File { doing: "read", path, source },
        ImportError::Faulty { diagnostics, sources } => {
            library::tell(&diagnostics, &sources, terminal)?;
            Failure::Faulty
        }
        ImportError::Options(what) => Failure::Usage(what),
        ImportError::Cancelled => Failure::Interrupted,
    })
}

fn options(arguments: &Import, terminal: &mut Terminal) -> Result<TableOptions, Failure> {
    let dates = (arguments.since.is_some() || arguments.until.is_some()).then(|| Dates {
        since: arguments.since.clone(),
        until: arguments.until.clone(),
        form: date_form(&arguments.date_format),
        open: arguments.open.clone(),
        is_inclusive: arguments.until_inclusive,
    });
    let delimiter = arguments.delimiter.map(|delimiter| match u8::try_from(delimiter) {
        Ok(byte) if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Ok(byte),
        _ => Err(Failure::Usage(format!("`{delimiter}` cannot stand between fields: take one ASCII character"))),
    });
    Ok(TableOptions {
        nodes: arguments.nodes.iter().map(|text| node_file(text, &arguments.label)).collect(),
        edges: arguments.edges.iter().map(|text| edge_file(text)).collect(),
        id: arguments.id_column.clone(),
        label: arguments.label_column.clone(),
        source: arguments.from_column.clone(),
        target: arguments.to_column.clone(),
        relation: arguments.type_column.clone(),
        dates,
        types: arguments.types.clone(),
        indexes: arguments.index.clone(),
        delimiter: delimiter.transpose()?,
        schema: arguments.schema.as_deref().map_or(Ok(Schema::default()), |path| schema(path, terminal))?,
    })
}

fn date_form(name: &str) -> DateForm {
    let found = DateForm::ALL.iter().find(|(each, _)| *each == name);
    found.expect("the command line takes only forms that there are").1
}

/// What stands before `=`, unless the whole is a file.
fn split(text: &str) -> (Option<&str>, PathBuf) {
    match text.split_once('=') {
        Some((before, path)) if !before.is_empty() && !Path::new(text).exists() => (Some(before), path.into()),
        _ => (None, text.into()),
    }
}

fn node_file(text: &str, everywhere: &[String]) -> NodeFile {
    let (own, path) = split(text);
    let own = own.into_iter().flat_map(|labels| labels.split(':')).map(str::to_owned);
    NodeFile { path, labels: own.chain(everywhere.iter().cloned()).collect() }
}

fn edge_file(text: &str) -> EdgeFile {
    let (what, path) = split(text);
    let parts: Vec<&str> = what.into_iter().flat_map(|what| what.split('-')).collect();
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    match parts[..] {
        [from, relation, to] => EdgeFile { path, relation: some(relation), from: some(from), to: some(to) },
        _ => EdgeFile { path, relation: what.map(str::to_owned), from: None, to: None },
    }
}

fn schema(path: &Path, terminal: &mut Terminal) -> Result<Schema, Failure> {
    let files = if path.is_dir() { kb::read_dir(path) } else { kb::read_file(path).map(|file| vec![file]) };
    let files = files.map_err(|error| match error {
        KbError::CannotRead { path, source } => Failure::File { doing: "read", path, source },
        other => Failure::Outside(other.to_string()),
    })?;
    let LoadedSchema { schema, diagnostics, sources } = kb::load_schema(files);
    library::tell(&diagnostics, &sources, terminal)?;
    schema.ok_or(Failure::Faulty)
}

/// A number of bytes for people.
pub fn size(bytes: u64) -> String {
    let tenths = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KiB", tenths(1024)),
        _ => format!("{} MiB", tenths(1_048_576)),
    }
}

/// How far the import has come, on one line of a terminal that is written again and again.
struct Bar {
    is_shown: bool,
    begun: Instant,
    last: Option<Instant>,
}

/// The line is written anew when so much time has gone by.
const BREATH: Duration = Duration::from_millis(100);

/// How wide the bar is, in characters.
const WIDTH: u64 = 24;

impl Bar {
    fn new() -> Self {
        Self { is_shown: stderr().is_terminal(), begun: Instant::now(), last: None }
    }

    fn show(&mut self, progress: Progress, terminal: &mut Terminal) {
        let is_due = self.last.map_or(self.begun.elapsed() >= BREATH, |last| last.elapsed() >= BREATH);
        if self.is_shown && (is_due || progress.done >= progress.total && self.last.is_some()) {
            self.last = Some(Instant::now());
            let line = bar(progress, self.begun.elapsed());
            // A line of progress that cannot be shown is not worth stopping for.
            let _ = terminal.tell(&format!("\r\x1b[K{line}"));
        }
    }

    /// Takes the line away.
    fn clear(&mut self, terminal: &mut Terminal) {
        if self.last.take().is_some() {
            let _ = terminal.tell("\r\x1b[K");
        }
    }
}

/// The line: what is done, how much of it, how fast, and how long it will take.
fn bar(progress: Progress, elapsed: Duration) -> String {
    let Progress { doing, done, total } = progress;
    let total = total.max(1);
    let done = done.min(total);
    let full = usize::try_from(done * WIDTH / total).unwrap_or(0);
    let empty = usize::try_from(WIDTH).unwrap_or(0) - full;
    let (filled, rest) = ("█".repeat(full), "░".repeat(empty));
    let percent = done * 100 / total;
    let milliseconds = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
    let rate = size(done.saturating_mul(1000) / milliseconds);
    let left = (total - done).saturating_mul(milliseconds) / done.max(1);
    format!("{doing:13} {filled}{rest} {percent:3} %  {rate}/s  {} s left", left.div_ceil(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_named_with_labels_and_types() {
        let node = node_file("Actor:Group=a.csv", &["Thing".to_owned()]);
        assert_eq!((node.labels, node.path), (vec!["Actor".into(), "Group".into(), "Thing".into()], "a.csv".into()));
        let edges = edge_file("Person-LIVES_IN-City=lives.csv");
        assert_eq!(edges.relation.as_deref(), Some("LIVES_IN"));
        assert_eq!((edges.from.as_deref(), edges.to.as_deref()), (Some("Person"), Some("City")));
        assert_eq!(edge_file("KNOWS=knows.csv").relation.as_deref(), Some("KNOWS"));
        assert_eq!(edge_file("knows.csv").relation, None);
    }

    #[test]
    fn the_bar_tells_rate_and_time_left() {
        let progress = Progress { doing: "reading edges", done: 3 << 20, total: 12 << 20 };
        let line = bar(progress, Duration::from_secs(1));
        assert_eq!(line, "reading edges ██████░░░░░░░░░░░░░░░░░░  25 %  3.0 MiB/s  3 s left");
    }
}
