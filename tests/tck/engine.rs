//! The engine as the TCK sees it: queries with parameters in, tables of graph-free values or a fault out, and a census
//! of the graph. All that the runner knows of griot's interface stands in this file.

use std::collections::{BTreeMap, BTreeSet};

use super::step::Phase;
use super::value::{Properties, TckValue};

/// A result table.
#[derive(Clone, Debug)]
pub struct Table {
    /// The columns' names, in order.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<TckValue>>,
}

/// Why a query failed.
#[derive(Clone, Debug)]
pub struct Fault {
    /// `SyntaxError`, `TypeError` …
    pub class: String,
    /// When it showed.
    pub phase: Phase,
    /// `UndefinedVariable` …
    pub detail: String,
    /// In words.
    pub message: String,
}

/// Everything in a graph that the TCK counts side effects by, things by their handles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// The nodes.
    pub nodes: BTreeSet<u32>,
    /// The relations.
    pub rels: BTreeSet<u32>,
    /// The labels that some node bears.
    pub labels: BTreeSet<String>,
    /// Every property of every node (`n`) and relation (`r`), its value as text.
    pub properties: BTreeSet<(char, u32, String, String)>,
}

/// A procedure that a scenario asks for.
#[derive(Clone, Debug)]
pub struct Procedure {
    /// Its dotted name.
    pub name: String,
    /// Names and types of its arguments.
    pub inputs: Vec<(String, String)>,
    /// Names and types of its columns.
    pub outputs: Vec<(String, String)>,
    /// For each row, the arguments it answers and then its columns.
    pub rows: Vec<Vec<TckValue>>,
}

/// One session on a graph of its own.
pub struct Engine;

impl Engine {
    /// A session on an empty graph without a schema.
    pub fn empty() -> Self {
        Self
    }

    /// Makes a procedure known to the session.
    pub fn register(&mut self, procedure: &Procedure) -> Result<(), String> {
        Err(format!("the engine takes no procedures from outside ({})", procedure.name))
    }

    /// Runs a text of one query.
    pub fn run(&mut self, query: &str, parameters: &Properties) -> Result<Table, Fault> {
        let _ = (query, parameters);
        Err(Fault {
            class: "none".to_owned(),
            phase: Phase::CompileTime,
            detail: "none".to_owned(),
            message: "the engine is not there yet".to_owned(),
        })
    }

    /// Counts what the graph holds.
    pub fn census(&self) -> Census {
        let _ = BTreeMap::<u32, u32>::new();
        Census::default()
    }
}
