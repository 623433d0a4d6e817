//! Text to records: TOML with positions, many faults at once.
//!
//! This knows the shape of the files and the words of the model; whether an id, a kind or a type exists is a question
//! for [`checks`](super::checks). A table with a fault is read as far as it goes, so that the faults of others show
//! too; only what has no id, kind or name is left out.

mod claim;
mod figure;
mod node;
mod records;
mod schema;
mod source;
mod table;

use toml::de::DeTable;

use super::record::{ClaimEntry, MoreEntry, Records};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::names::nearest;
use crate::source::{Source, Span};
use table::Table;

pub(super) use schema::is_schema_file;

type ReadTable = fn(&Table<'_>, &mut Records, &mut Diagnostics);

/// The tables of a file that is none of the schema, and how each is read.
const TABLES: &[(&str, &str, ReadTable)] = &[
    ("source", "[[source]]", source::read),
    ("node", "[[node]]", node::read),
    ("more", "[[more]]", node::read_more),
    ("dispute", "[[dispute]]", records::dispute),
    ("reconciled", "[[reconciled]]", records::reconciled),
    ("left_out", "[[left_out]]", records::left_out),
];

/// Reads all files, in the order given.
pub(super) fn read(sources: &[Source]) -> (Records, Diagnostics) {
    let (mut records, mut faults) = (Records::default(), Diagnostics::new());
    for (number, source) in sources.iter().enumerate() {
        read_file(number, source, &mut records, &mut faults);
    }
    place_more(&mut records, &mut faults);
    (records, faults)
}

/// Reads files that are all of a schema, wherever they lie.
pub(super) fn read_schema(sources: &[Source]) -> (Records, Diagnostics) {
    let (mut records, mut faults) = (Records::default(), Diagnostics::new());
    for (number, source) in sources.iter().enumerate() {
        read_one(number, source, true, &mut records, &mut faults);
    }
    (records, faults)
}

fn read_file(number: usize, source: &Source, records: &mut Records, faults: &mut Diagnostics) {
    read_one(number, source, is_schema_file(&source.name), records, faults);
}

fn read_one(number: usize, source: &Source, is_schema: bool, records: &mut Records, faults: &mut Diagnostics) {
    let (root, errors) = DeTable::parse_recoverable(&source.text);
    let root = Table::new(root.get_ref(), number, Span::new(0, 0), "this file");
    let mut own = Diagnostics::new();
    if is_schema {
        schema::read(&source.name, &root, records, &mut own);
    } else {
        read_tables(&root, records, &mut own);
    }
    let broken: Vec<Diagnostic> = errors.iter().map(|error| syntax_fault(number, error)).collect();
    // What the parser could not read it replaces by something empty; faults of that are no news.
    let lines: Vec<usize> = broken.iter().filter_map(|fault| line(source, fault)).collect();
    faults.extend(broken);
    faults.extend(own.into_iter().filter(|fault| line(source, fault).is_none_or(|line| !lines.contains(&line))));
}

fn read_tables(root: &Table<'_>, records: &mut Records, faults: &mut Diagnostics) {
    for (key, at, ..) in root.entries() {
        if !TABLES.iter().any(|(table, ..)| *table == key) {
            faults.push(
                Diagnostic::error(codes::UNKNOWN_TABLE, format!("a knowledge-base file has no table `{key}`"))
                    .at(at, "unknown table")
                    .with_candidates(nearest(TABLES.iter().map(|(_, title, _)| *title), key, 1)),
            );
        }
    }
    for (key, title, read) in TABLES {
        for table in root.tables(key, title, faults) {
            read(&table, records, faults);
        }
    }
}

/// Puts the claims of each `[[more]]` with its node, wherever that stands.
fn place_more(records: &mut Records, faults: &mut Diagnostics) {
    for MoreEntry { node, claims } in std::mem::take(&mut records.more) {
        let Some(number) = records.nodes.iter().position(|each| each.id.value == node.value) else {
            let known = records.nodes.iter().map(|each| each.id.as_str());
            faults.push(
                Diagnostic::error(codes::UNKNOWN_ID, format!("there is no node `{}`", node.value))
                    .at(node.place, "no [[node]] has this id")
                    .with_candidates(nearest(known, &node.value, 3)),
            );
            continue;
        };
        let claims =
            claims.into_iter().map(|(head, matter, evidence)| ClaimEntry { node: number, head, matter, evidence });
        records.claims.extend(claims);
    }
}

fn syntax_fault(number: usize, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().map_or(Span::default(), |span| Span::new(span.start, span.end));
    let message = error.message().lines().next().unwrap_or("this is not TOML");
    Diagnostic::error(codes::TOML_SYNTAX, message).at(Place::new(number, span), "")
}

fn line(source: &Source, fault: &Diagnostic) -> Option<usize> {
    fault.primary.as_ref().map(|label| source.position(label.place.span.start).line)
}
