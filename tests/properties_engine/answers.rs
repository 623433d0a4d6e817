//! Two answers side by side: values with handles translated, rows as a multiset, or in order where it is certain.

use std::collections::BTreeMap;

use griot::model::{EdgeId, NodeId, Value};

use super::graphs::Stored;
use super::naive;

/// Rows as texts that are equal if and only if the values are.
pub struct Answer {
    /// The columns' names.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// See [`naive::Table::places`].
    pub places: Option<Vec<usize>>,
}

/// What nodes and relations are called, so that two answers can be compared.
pub struct Names<'a> {
    /// Of a node.
    pub node: &'a dyn Fn(NodeId) -> String,
    /// Of a relation.
    pub rel: &'a dyn Fn(EdgeId) -> String,
}

/// What the node at a place of the plain graph is called.
pub fn node_name(place: usize) -> String {
    format!("(n{place})")
}

/// What the relation at a place of the plain graph is called.
pub fn rel_name(place: usize) -> String {
    format!("[r{place}]")
}

impl Answer {
    /// The naive matcher's answer.
    pub fn plain(table: &naive::Table, bags: &[bool]) -> Self {
        let names = Names { node: &|id| node_name(id.index()), rel: &|id| rel_name(id.index()) };
        Self {
            columns: table.columns.clone(),
            rows: table.rows.iter().map(|row| shown_row(row, bags, &names)).collect(),
            places: table.places.clone(),
        }
    }

    /// The engine's answer.
    pub fn stored(columns: Vec<String>, rows: &[Vec<Value>], bags: &[bool], stored: &Stored) -> Self {
        let unknown_node = |id: NodeId| format!("(unknown {id:?})");
        let unknown_rel = |id: EdgeId| format!("[unknown {id:?}]");
        let names = Names {
            node: &|id| stored.nodes.get(&id).map_or_else(|| unknown_node(id), |place| node_name(*place)),
            rel: &|id| stored.rels.get(&id).map_or_else(|| unknown_rel(id), |place| rel_name(*place)),
        };
        Self { columns, rows: rows.iter().map(|row| shown_row(row, bags, &names)).collect(), places: None }
    }

    /// Whether another answer has the same columns and rows, in this one's order where it is certain.
    pub fn agrees_with(&self, other: &Self) -> bool {
        if self.columns != other.columns || self.rows.len() != other.rows.len() {
            return false;
        }
        let places = self.places.clone().unwrap_or_else(|| vec![0; self.rows.len()]);
        let sorted = |rows: &[Vec<String>]| {
            let mut rows: Vec<_> = places.iter().copied().zip(rows.to_vec()).collect();
            rows.sort();
            rows
        };
        sorted(&self.rows) == sorted(&other.rows)
    }

    /// To be read by people.
    pub fn shown(&self) -> String {
        let rows = self.rows.iter().map(|row| format!("    | {} |", row.join(" | ")));
        let head = format!("    | {} |", self.columns.join(" | "));
        [head].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
    }
}

/// A row as texts.
pub fn shown_row(row: &[Value], bags: &[bool], names: &Names) -> Vec<String> {
    let is_bag = |column| bags.get(column).copied().unwrap_or(false);
    row.iter().enumerate().map(|(column, value)| shown(value, is_bag(column), names)).collect()
}

/// A value as a text that is equal if and only if the value is.
pub fn shown(value: &Value, bag: bool, names: &Names) -> String {
    let node = |id: &NodeId| (names.node)(*id);
    let rel = |id: &EdgeId| (names.rel)(*id);
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(bool) => bool.to_string(),
        Value::Int(int) => int.to_string(),
        // Means may be computed in several ways, which differ in the last digits.
        Value::Float(float) => format!("{:.9e}", if *float == 0.0 { 0.0 } else { *float }),
        Value::Text(text) => format!("'{text}'"),
        Value::List(items) => {
            let mut items: Vec<_> = items.iter().map(|item| shown(item, bag, names)).collect();
            if bag {
                items.sort();
            }
            format!("[{}]", items.join(", "))
        }
        Value::Map(map) => {
            let entries: BTreeMap<_, _> = map.iter().collect();
            let entries = entries.into_iter().map(|(key, value)| format!("{key}: {}", shown(value, bag, names)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::Node(id) => node(id),
        Value::Rel(id) => rel(id),
        Value::Path(path) => {
            let rels: Vec<_> = path.rels.iter().map(rel).chain([String::new()]).collect();
            path.nodes.iter().map(node).zip(rels).map(|(node, rel)| node + &rel).collect()
        }
        other => format!("{other:?}"),
    }
}
