//! `griot bench`: how long users' own queries take, from their text to the last row of their answers.
//!
//! Each query is run once cold, on a graph that was opened for it (a folder of knowledge is read once for all), and then
//! warm. Nothing is changed: a query that writes is refused.

use std::path::Path;
use std::time::Instant;

use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::arguments::{Access, Base, Bench, TABLE};
use super::batch::script::{self, Entry, Script};
use super::failure::Failure;
use super::library::{self, Library, Piece};
use super::terminal::Terminal;
use super::{batch, import, interrupt};
use crate::Parameters;
use crate::diagnostics::Diagnostics;
use crate::source::Span;

/// What one query took.
struct Figures {
    query: String,
    rows: usize,
    /// From opening the graph to the last row, and the query's own part of it, in milliseconds.
    open: f64,
    cold: f64,
    /// The warm runs, in milliseconds, ascending.
    warm: Vec<f64>,
    /// The most memory that the process held since the graph was opened, in bytes, where the system tells.
    memory: Option<u64>,
}

/// Measures the queries of the files.
pub fn run(arguments: &Bench, base: Base<'_>, terminal: &mut Terminal) -> Result<(), Failure> {
    if arguments.repeat == 0 {
        return Err(Failure::Usage("--repeat takes a number from 1 on".to_owned()));
    }
    interrupt::on_interrupt(0, || ())?;
    let mut all = Vec::new();
    for path in &arguments.files {
        let script = script::read(&batch::name_of(path), &batch::read(path)?);
        if !script.faults.is_empty() {
            let faults: Diagnostics = script.faults.iter().cloned().collect();
            library::tell(&faults, std::slice::from_ref(&script.source), terminal)?;
            return Err(Failure::Faulty);
        }
        measure_file(arguments, base, &script, &mut all, terminal)?;
    }
    let text = if arguments.format == TABLE { table(&all) } else { as_json(&all) };
    Ok(terminal.out().write_all(text.as_bytes())?)
}

fn measure_file(
    arguments: &Bench,
    base: Base<'_>,
    script: &Script,
    all: &mut Vec<Figures>,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let given = library::parameters(&arguments.parameters);
    let mut parameters = given.clone();
    let mut library = open(base, terminal)?;
    for entry in &script.entries {
        match entry {
            Entry::Parameter { name, value } => {
                let piece = Piece { whole: &script.source, span: Span::from(value.clone()) };
                if !given.contains_key(name.as_str()) {
                    let value = library.value(piece, &parameters, terminal)?;
                    parameters.insert(name.as_str().into(), value);
                }
            }
            Entry::Query { query, .. } => {
                let begun = Instant::now();
                if !matches!(base, Base::Folder(_)) {
                    library = open(base, terminal)?;
                }
                let open = milliseconds(begun);
                let piece = Piece { whole: &script.source, span: Span::from(query.clone()) };
                all.push(measure(&mut library, piece, &parameters, (arguments.repeat, open), terminal)?);
            }
        }
    }
    Ok(())
}

fn open(base: Base<'_>, terminal: &mut Terminal) -> Result<Library, Failure> {
    let access = Access { read_only: true, no_files: true };
    Ok(Library::open(base, terminal)?.under(access))
}

fn measure(
    library: &mut Library,
    piece: Piece<'_>,
    parameters: &Parameters,
    (repeat, open): (usize, f64),
    terminal: &mut Terminal,
) -> Result<Figures, Failure> {
    forget_peak();
    let mut rows = 0;
    let mut once = |library: &mut Library| {
        let begun = Instant::now();
        let answers = library.outcome(piece, parameters)?.map_err(|failure| library::failed(&failure, terminal))?;
        rows = answers.iter().map(|answer| answer.rows.len()).sum();
        Ok::<_, Failure>(milliseconds(begun))
    };
    let cold = once(library)?;
    let mut warm = (0..repeat).map(|_| once(library)).collect::<Result<Vec<f64>, _>>()?;
    warm.sort_by(f64::total_cmp);
    Ok(Figures { query: one_line(piece.text()), rows, open: open + cold, cold, warm, memory: peak() })
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

impl Figures {
    /// The time that so many of a hundred runs stay within.
    fn percentile(&self, percent: usize) -> f64 {
        let at = (self.warm.len() * percent).div_ceil(100).saturating_sub(1);
        self.warm.get(at).copied().unwrap_or_default()
    }
}

/// The most memory that this process held, in bytes, since [`forget_peak`].
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kibibytes| kibibytes * 1024)
}

fn forget_peak() {
    // Where this cannot be done, the peak is that of all queries so far.
    let _ = std::fs::write(Path::new("/proc/self/clear_refs"), "5");
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn as_json(all: &[Figures]) -> String {
    let queries: Vec<_> = all
        .iter()
        .map(|figures| {
            json!({
                "query": figures.query, "rows": figures.rows, "open_and_cold_ms": figures.open, "cold_ms": figures.cold,
                "min_ms": figures.percentile(0), "median_ms": figures.percentile(50), "p95_ms": figures.percentile(95),
                "runs": figures.warm.len(), "peak_bytes": figures.memory,
            })
        })
        .collect();
    format!("{}\n", json!({ "version": env!("CARGO_PKG_VERSION"), "queries": queries }))
}

/// How much of a query is shown.
const SHOWN: usize = 48;

const HEAD: [&str; 8] = ["query", "rows", "open+cold ms", "cold ms", "min ms", "median ms", "95% ms", "peak"];

fn table(all: &[Figures]) -> String {
    let mut rows: Vec<[String; 8]> = vec![HEAD.map(str::to_owned)];
    rows.extend(all.iter().map(|figures| {
        let [min, median, most] = [0, 50, 95].map(|percent| time(figures.percentile(percent)));
        let memory = figures.memory.map_or_else(|| "?".to_owned(), import::size);
        let (open, cold) = (time(figures.open), time(figures.cold));
        [shortened(&figures.query), figures.rows.to_string(), open, cold, min, median, most, memory]
    }));
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let widths: [usize; 8] = std::array::from_fn(width);
    let mut text = String::new();
    for row in &rows {
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            let gap = " ".repeat(width - cell.width());
            let cell = if column == 0 { format!("{cell}{gap}") } else { format!("  {gap}{cell}") };
            text.push_str(&cell);
        }
        text.push('\n');
    }
    text
}

fn shortened(query: &str) -> String {
    if query.chars().count() <= SHOWN {
        query.to_owned()
    } else {
        query.chars().take(SHOWN - 1).chain(['…']).collect()
    }
}

/// Milliseconds with three digits that count.
fn time(milliseconds: f64) -> String {
    match milliseconds {
        0.0..1.0 => format!("{milliseconds:.4}"),
        1.0..10.0 => format!("{milliseconds:.2}"),
        10.0..100.0 => format!("{milliseconds:.1}"),
        _ => format!("{milliseconds:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_sorted_runs() {
        let warm = (1..=20).map(f64::from).collect();
        let figures = Figures { query: String::new(), rows: 0, open: 0.0, cold: 0.0, warm, memory: None };
        assert_eq!([0, 50, 95, 100].map(|percent| figures.percentile(percent).to_string()), ["1", "10", "19", "20"]);
    }

    #[test]
    fn the_table_has_a_line_a_query() {
        let query = "match (a) return a ".repeat(9);
        let figures = Figures { query, rows: 3, open: 12.34, cold: 2.0, warm: vec![0.5], memory: Some(3 << 20) };
        let text = table(&[figures]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with("3          12.3     2.00  0.5000     0.5000  0.5000  3.0 MiB"), "{text}");
    }
}
