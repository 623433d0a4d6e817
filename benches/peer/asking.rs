//! Asking: each question's texts in turn, timed from the text to the last cell of the last row.

use std::fs::{self, File};
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use griot::graph::Graph;
use griot::{Cell, Parameters, Rows, Session};
use serde::Deserialize;
use serde_json::json;

use super::{Outcome, digest, graph_file, say};

/// One question: the same in words for several parameters.
#[derive(Deserialize)]
struct Question {
    id: String,
    texts: Vec<String>,
}

/// What took longer than this tells the harness that it still runs.
const SLOW_MS: f64 = 1000.0;

/// Opens the graph file and asks all questions of a file.
pub fn bench(db: &Path, questions: &Path, passes: usize, budget_s: f64) -> Outcome<()> {
    let start = Instant::now();
    let graph = Graph::from(griot::storage::open_file(File::open(graph_file(db))?)?);
    let mut session = Session::new(graph).rows_only();
    say(&json!({ "open_ms": milliseconds(start), "version": env!("CARGO_PKG_VERSION") }))?;
    let questions: Vec<Question> = serde_json::from_slice(&fs::read(questions)?)?;
    for question in &questions {
        say(&json!({ "start": question.id }))?;
        let line = ask(&mut session, question, passes, budget_s * 1e3)
            .unwrap_or_else(|error| json!({ "done": question.id, "error": error.to_string() }));
        say(&line)?;
    }
    say(&json!({ "end": 1 }))
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// Asks one question: once for its digest, then again as often as passes and budget allow.
fn ask(session: &mut Session, question: &Question, passes: usize, budget_ms: f64) -> Outcome<serde_json::Value> {
    let texts = if passes == 0 { &question.texts[..question.texts.len().min(1)] } else { &question.texts[..] };
    let (mut digests, mut count, mut sample, mut times) = (String::new(), 0, Vec::new(), Vec::new());
    for text in texts {
        let (mut rows, start) = (Vec::new(), Instant::now());
        read(session, text, |cells| {
            for row in 0..cells.len() {
                rows.push((0..cells.width()).map(|column| digest::cell(&cells.cell(row, column))).collect());
            }
        })?;
        times.push(taken(start)?);
        count += rows.len();
        digests += &digest::of_rows(&rows);
        sample = rows.first().cloned().unwrap_or(sample);
    }
    let first = times.first().copied().unwrap_or_default();
    if passes > 0 && times.iter().sum::<f64>() <= budget_ms {
        times.clear();
        for _ in 0..passes {
            for text in texts {
                let start = Instant::now();
                read(session, text, read_cells)?;
                times.push(taken(start)?);
            }
            if times.iter().sum::<f64>() > budget_ms {
                break;
            }
        }
    }
    let digest = digest::of_all(&digests);
    Ok(json!({
        "done": question.id, "first_ms": first, "ms": times, "rows": count, "digest": digest, "sample": sample
    }))
}

/// Runs a text, and shows its rows as they come.
fn read(session: &mut Session, text: &str, mut take: impl FnMut(&Rows<'_>)) -> Outcome<()> {
    let done = session.read(text, &Parameters::default(), &mut |rows| {
        take(rows);
        true
    });
    Ok(done.map_err(|failure| failed(&failure))?)
}

/// The milliseconds since; after a long time, the harness is told that we are alive.
fn taken(since: Instant) -> Outcome<f64> {
    let took = milliseconds(since);
    if took > SLOW_MS {
        say(&json!({ "tick": 1 }))?;
    }
    Ok(took)
}

/// Reads each cell as a number or a slice.
fn read_cells(rows: &Rows<'_>) {
    for row in 0..rows.len() {
        for column in 0..rows.width() {
            match rows.cell(row, column) {
                Cell::Int(int) => _ = black_box(int),
                Cell::Float(float) => _ = black_box(float),
                Cell::Text(text) => _ = black_box(text.as_bytes()),
                other => _ = black_box(other),
            }
        }
    }
}

fn failed(failure: &griot::Failure) -> String {
    failure.diagnostics().iter().map(|each| each.message.clone()).collect::<Vec<_>>().join("; ")
}
