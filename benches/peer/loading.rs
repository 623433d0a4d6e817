//! Loading: a folder's `nodes.csv` and `edges.csv` to a graph file, as `griot import` makes it.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;
use std::time::Instant;

use griot::graph::DateFormat;
use griot::tables::{DateForm, Dates, EdgeFile, ImportError, NodeFile, TableOptions, import};
use serde_json::json;

use super::{Outcome, graph_file, say};

/// Makes the graph file in `db`, which is emptied first.
pub fn load(data: &Path, db: &Path) -> Outcome<()> {
    let start = Instant::now();
    if db.exists() {
        fs::remove_dir_all(db)?;
    }
    fs::create_dir_all(db)?;
    let store = import(&options(data), &mut |_| true).map_err(|error| match error {
        ImportError::Faulty { diagnostics, .. } => diagnostics.to_string(),
        other => other.to_string(),
    })?;
    griot::storage::write_packed(&store, BufWriter::new(File::create(graph_file(db))?))?;
    say(&json!({ "loaded_s": start.elapsed().as_secs_f64(), "version": env!("CARGO_PKG_VERSION") }))?;
    // The operating system takes the memory back faster than the graph could be taken apart.
    std::process::exit(0)
}

/// How the harness's tables are to be read: what `griot import` is told by its options.
fn options(data: &Path) -> TableOptions {
    let edges = EdgeFile { path: data.join("edges.csv"), relation: None, from: None, to: None };
    TableOptions {
        nodes: vec![NodeFile { path: data.join("nodes.csv"), labels: vec!["Actor".into()] }],
        edges: vec![edges],
        indexes: vec!["name".into()],
        dates: Some(Dates {
            since: Some("since".into()),
            until: Some("until".into()),
            form: DateForm::Number(DateFormat::YearMonthDay),
            open: Some("99991231".into()),
            is_inclusive: false,
        }),
        ..TableOptions::default()
    }
}
