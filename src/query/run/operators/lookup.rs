//! Nodes by the value of a property: by the graph's index; where it has none, by comparing all, and as soon as a second
//! value is asked for, by a table that is made once for the query. So two parts of a pattern that only a value joins are
//! joined in the time that it takes to read both.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::graph::Graph;
use crate::model::{KeyId, NodeId, Value};
use crate::query::faults::{Fault, is_injected};
use crate::query::run::{Execution, Outcome};

/// Looks nodes up by one property.
#[derive(Default)]
pub(super) struct Lookup {
    has_compared: bool,
    table: Option<Table>,
}

/// The nodes by what they have, each list ascending.
struct Table {
    by_word: FxHashMap<Word, Vec<NodeId>>,
    /// Those whose value is no word: they are always compared. Only an EDTF value can equal a word, a string.
    rest: Vec<NodeId>,
}

/// What equals only what is the same word.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Word {
    Int(i64),
    Bool(bool),
    Text(Arc<str>),
}

impl Word {
    /// Numbers that are whole are one word, however they are written, as far as a float tells them apart.
    fn of(value: &Value) -> Option<Self> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        match value {
            Value::Int(int) if int.unsigned_abs() < 1 << 53 => Some(Self::Int(*int)),
            #[expect(clippy::cast_possible_truncation, reason = "a whole number of 53 bits")]
            Value::Float(float) if float.fract() == 0.0 && float.abs() < EXACT => Some(Self::Int(*float as i64)),
            Value::Bool(bool) => Some(Self::Bool(*bool)),
            Value::Text(text) => Some(Self::Text(text.clone())),
            _ => None,
        }
    }
}

/// About how much an entry takes.
const ENTRY_BYTES: usize = 64;

impl Lookup {
    /// The nodes whose property equals a value, ascending.
    pub(super) fn nodes<'g>(
        &mut self,
        execution: &Execution<'_>,
        graph: &'g Graph,
        key: &str,
        value: &Value,
    ) -> Outcome<Cow<'g, [NodeId]>> {
        let Some(key) = graph.key_id(key) else { return Ok(Cow::Borrowed(&[])) };
        if let Some(found) = graph.nodes_by_value(key, value) {
            return Ok(found);
        }
        let equals = |node: &NodeId| graph.node_property(*node, key).equals(value) == Some(true);
        // A query that writes may change what the table holds.
        let word = Word::of(value).filter(|_| !execution.plan.writes && self.has_compared);
        let Some(word) = word else {
            self.has_compared = true;
            return Ok(graph.nodes().filter(equals).collect());
        };
        if self.table.is_none() {
            self.table = Some(Table::of(execution, graph, key)?);
        }
        let table = self.table.as_ref().expect("just made");
        let mut found = table.by_word.get(&word).cloned().unwrap_or_default();
        if is_injected(Fault::LookupForgets) {
            found.pop();
        }
        let before = found.len();
        found.extend(table.rest.iter().copied().filter(equals));
        if found.len() > before {
            found.sort_unstable();
        }
        Ok(Cow::Owned(found))
    }
}

impl Table {
    fn of(execution: &Execution<'_>, graph: &Graph, key: KeyId) -> Outcome<Self> {
        let mut table = Self { by_word: FxHashMap::default(), rest: Vec::new() };
        for node in graph.nodes() {
            execution.token.step()?;
            match graph.node_property(node, key) {
                Value::Null => continue,
                value => match Word::of(&value) {
                    Some(word) => table.by_word.entry(word).or_default().push(node),
                    None => table.rest.push(node),
                },
            }
            execution.token.hold(ENTRY_BYTES)?;
        }
        Ok(table)
    }
}
