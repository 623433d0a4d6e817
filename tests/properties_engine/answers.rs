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

/// The plain graph's places of things behind handles.
struct Places<'a> {
    nodes: Option<&'a BTreeMap<NodeId, usize>>,
    rels: Option<&'a BTreeMap<EdgeId, usize>>,
}

impl Answer {
    /// The naive matcher's answer.
    pub fn plain(table: &naive::Table, bags: &[bool]) -> Self {
        let places = Places { nodes: None, rels: None };
        Self {
            columns: table.columns.clone(),
            rows: table.rows.iter().map(|row| shown_row(row, bags, &places)).collect(),
            places: table.places.clone(),
        }
    }

    /// The engine's answer.
    pub fn stored(columns: Vec<String>, rows: &[Vec<Value>], bags: &[bool], stored: &Stored) -> Self {
        let places = Places { nodes: Some(&stored.nodes), rels: Some(&stored.rels) };
        Self { columns, rows: rows.iter().map(|row| shown_row(row, bags, &places)).collect(), places: None }
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

fn shown_row(row: &[Value], bags: &[bool], places: &Places) -> Vec<String> {
    let is_bag = |column| bags.get(column).copied().unwrap_or(false);
    row.iter().enumerate().map(|(column, value)| shown(value, is_bag(column), places)).collect()
}

fn shown(value: &Value, bag: bool, places: &Places) -> String {
    let node = |id: &NodeId| {
        let place = places.nodes.map_or(Some(id.index()), |nodes| nodes.get(id).copied());
        place.map_or_else(|| format!("(unknown {id:?})"), |place| format!("(n{place})"))
    };
    let rel = |id: &EdgeId| {
        let place = places.rels.map_or(Some(id.index()), |rels| rels.get(id).copied());
        place.map_or_else(|| format!("[unknown {id:?}]"), |place| format!("[r{place}]"))
    };
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(bool) => bool.to_string(),
        Value::Int(int) => int.to_string(),
        // Means may be computed in several ways, which differ in the last digits.
        Value::Float(float) => format!("{:.9e}", if *float == 0.0 { 0.0 } else { *float }),
        Value::Text(text) => format!("'{text}'"),
        Value::List(items) => {
            let mut items: Vec<_> = items.iter().map(|item| shown(item, bag, places)).collect();
            if bag {
                items.sort();
            }
            format!("[{}]", items.join(", "))
        }
        Value::Map(map) => {
            let entries: BTreeMap<_, _> = map.iter().collect();
            let entries = entries.into_iter().map(|(key, value)| format!("{key}: {}", shown(value, bag, places)));
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
