//! Asking: each question's texts in turn, timed from the text to the last cell of the last row.

use std::fs::{self, File};
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use griot::graph::Graph;
use griot::model::Value;
use griot::{Parameters, Session};
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
    let graph = Graph::from(griot::storage::open(File::open(graph_file(db))?)?);
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
        let (rows, took) = timed(session, text)?;
        times.push(took);
        count += rows.len();
        digests += &digest::of_rows(&rows);
        sample = rows.first().map(|row| row.iter().map(digest::cell).collect()).unwrap_or(sample);
    }
    let first = times.first().copied().unwrap_or_default();
    if passes > 0 && times.iter().sum::<f64>() <= budget_ms {
        times.clear();
        for _ in 0..passes {
            for text in texts {
                times.push(timed(session, text)?.1);
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

/// Runs a text, and reads every cell of its answers; gives the rows and the milliseconds.
fn timed(session: &mut Session, text: &str) -> Outcome<(Vec<Vec<Value>>, f64)> {
    let start = Instant::now();
    let answers = session.run(text, &Parameters::default());
    let rows: Vec<Vec<Value>> = answers.map_err(failed)?.into_iter().flat_map(|answer| answer.rows).collect();
    for cell in rows.iter().flatten() {
        read(cell);
    }
    let took = milliseconds(start);
    if took > SLOW_MS {
        say(&json!({ "tick": 1 }))?;
    }
    Ok((rows, took))
}

/// A cell as a number or a slice.
fn read(cell: &Value) {
    match cell {
        Value::Int(int) => _ = black_box(*int),
        Value::Float(float) => _ = black_box(*float),
        Value::Text(text) => _ = black_box(text.as_bytes().first()),
        other => _ = black_box(other),
    }
}

fn failed(failure: griot::Failure) -> String {
    failure.diagnostics().iter().map(|each| each.message.clone()).collect::<Vec<_>>().join("; ")
}
