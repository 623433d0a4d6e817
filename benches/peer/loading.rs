//! Loading: a folder's `nodes.csv` and `edges.csv` to a graph file.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;
use std::time::Instant;

use griot::graph::GraphBuilder;
use griot::model::{KeyId, NodeId};
use griot::time::Day;
use rustc_hash::FxHashMap;
use serde_json::json;

use super::{Outcome, graph_file, say};

/// The date that means that there is no end.
const OPEN: i64 = 99_991_231;

/// Makes the graph file in `db`, which is emptied first.
pub fn load(data: &Path, db: &Path) -> Outcome<()> {
    let start = Instant::now();
    if db.exists() {
        fs::remove_dir_all(db)?;
    }
    fs::create_dir_all(db)?;
    let mut builder = GraphBuilder::new();
    let nodes = nodes(&mut builder, &data.join("nodes.csv"))?;
    edges(&mut builder, &data.join("edges.csv"), &nodes)?;
    let store = builder.freeze();
    griot::storage::write(&store, BufWriter::new(File::create(graph_file(db))?))?;
    say(&json!({ "loaded_s": start.elapsed().as_secs_f64(), "version": env!("CARGO_PKG_VERSION") }))
}

fn nodes(builder: &mut GraphBuilder, path: &Path) -> Outcome<FxHashMap<i64, NodeId>> {
    let mut table = csv::Reader::from_path(path)?;
    let keys: Vec<KeyId> = table.headers()?.iter().map(|name| builder.key(name)).collect();
    let (label, name) = (builder.label("Actor"), builder.key("name"));
    builder.index_nodes_by(name);
    let mut numbers = FxHashMap::default();
    let mut row = csv::StringRecord::new();
    while table.read_record(&mut row)? {
        let node = builder.add_node("", &[label]);
        for (key, field) in keys.iter().zip(&row) {
            match field.parse() {
                Ok(int) => builder.set_node_int(node, *key, int),
                Err(_) => {
                    let code = builder.text(field);
                    builder.set_node_text(node, *key, code);
                }
            }
        }
        numbers.insert(row[0].parse()?, node);
    }
    Ok(numbers)
}

fn edges(builder: &mut GraphBuilder, path: &Path, nodes: &FxHashMap<i64, NodeId>) -> Outcome<()> {
    let mut table = csv::Reader::from_path(path)?;
    let (since, until) = (builder.key("since"), builder.key("until"));
    let mut row = csv::StringRecord::new();
    while table.read_record(&mut row)? {
        let relation = builder.relation_type(&row[2]);
        let edge = builder.add_edge(relation, nodes[&row[0].parse()?], nodes[&row[1].parse()?]);
        let (from, to): (i64, i64) = (row[3].parse()?, row[4].parse()?);
        builder.set_edge_int(edge, since, from);
        builder.set_edge_int(edge, until, to);
        let last = if to == OPEN { Day::MAX } else { day(to)?.plus(-1) };
        builder.set_edge_days(edge, day(from)?, last);
    }
    Ok(())
}

/// A date as yyyymmdd.
fn day(number: i64) -> Outcome<Day> {
    let part = |number: i64| u32::try_from(number).unwrap_or(0);
    let day = Day::from_ymd(i32::try_from(number / 10_000)?, part(number / 100 % 100), part(number % 100));
    Ok(day.ok_or_else(|| format!("{number} is no date"))?)
}
