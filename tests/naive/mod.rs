//! The naive matcher: an evaluator of queries that shares only the syntax tree and the values with the engine.
//!
//! It goes clause by clause over rows that are maps, and tries every node and every relation for every place of a
//! pattern. It is right by being plain, and useless on more than a handful of nodes. It has no statements, no modifiers
//! of time and no schema, zones of time only by their offset, and writing clauses only at the top of a query
//! ([`written`]). Where openCypher leaves the answer open (which of two equal rows LIMIT cuts off, in which order handles
//! sort) it says [`Fault::Unspecified`] and the case proves nothing.

mod aggregates;
mod clauses;
mod clocks;
mod create;
mod dates;
mod expressions;
mod functions;
mod operators;
mod patterns;
#[allow(dead_code, reason = "not everybody writes")]
mod write;

use std::collections::{BTreeMap, BTreeSet};

#[allow(unused_imports, reason = "not everybody makes graphs of texts")]
pub use create::created;
#[allow(unused_imports, reason = "not everybody writes")]
pub use write::{RowOrder, Written, written};

use griot::model::{NodeId, Value};
use griot::query::syntax::ast::Query;

/// A row: every variable in scope.
pub type Row = BTreeMap<String, Value>;

/// A graph: what is at place `i` is `NodeId(i)` or `EdgeId(i)`.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The relations.
    pub rels: Vec<Rel>,
}

/// A node.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Its labels.
    pub labels: BTreeSet<String>,
    /// Its properties; none is null.
    pub properties: BTreeMap<String, Value>,
    /// It was deleted.
    pub is_gone: bool,
}

/// A relation.
#[derive(Clone, Debug, Default)]
pub struct Rel {
    /// Its type.
    pub kind: String,
    /// The place of the node that it starts from.
    pub source: usize,
    /// The place of the node that it leads to.
    pub target: usize,
    /// Its properties; none is null.
    pub properties: BTreeMap<String, Value>,
    /// It was deleted.
    pub is_gone: bool,
}

impl Graph {
    /// The places of the nodes that are there.
    pub fn present(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.nodes.len()).filter(|place| !self.nodes[*place].is_gone)
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The query is wrong, or went wrong: the engine must refuse it too.
    Error(String),
    /// openCypher leaves open what happens, or the matcher lacks it: nothing follows from it.
    Unspecified(String),
}

impl Fault {
    /// An error in words.
    pub fn error(reason: impl Into<String>) -> Self {
        Self::Error(reason.into())
    }

    /// Something left open, in words.
    pub fn unspecified(reason: impl Into<String>) -> Self {
        Self::Unspecified(reason.into())
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Table {
    /// The columns' names.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Value>>,
    /// With a last ORDER BY whose order is certain, the number of each row's place: rows of one number may stand in
    /// any order among themselves. Without one, all rows may.
    pub places: Option<Vec<usize>>,
}

/// How many rows or partial matches one step may make before the matcher gives up.
const MOST_STATES: usize = 1500;

/// An evaluator on one graph.
pub struct Naive<'a> {
    /// The graph.
    pub graph: &'a Graph,
    /// Parameters by name.
    pub parameters: &'a BTreeMap<String, Value>,
}

impl Naive<'_> {
    /// Answers a query.
    pub fn answer(&self, query: &Query) -> Result<Table, Fault> {
        let output = self.query(query, &Row::new())?;
        let columns = output.columns.unwrap_or_default();
        let row = |row: &Row| columns.iter().map(|name| row.get(name).cloned().unwrap_or_default()).collect();
        Ok(Table { rows: output.rows.iter().map(row).collect(), places: output.places, columns })
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.graph.nodes[id.index()]
    }
}

/// Gives up on cases that are too large to be worth their time.
fn within_budget(states: usize) -> Result<(), Fault> {
    if states > MOST_STATES { Err(Fault::unspecified("too many matches")) } else { Ok(()) }
}
