//! Writing clauses: row by row, and in a row item by item, on a graph that everything behind them sees.
//!
//! openCypher leaves open in which order rows come, and so what a clause makes whose rows get into each other's way.
//! Whoever compares runs a query several times, with the rows of each writing clause in another [`RowOrder`], and takes
//! nothing from a query whose outcomes differ. Some orders are not all of them, so it is also left open at once where one
//! clause gives one property two values, where it reads what it wrote for an earlier row or match, and where MERGE finds
//! what it made for an earlier row and sets something, or could have made it the other way round.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use griot::model::Value;
use griot::query::syntax::ast::{
    Clause, ClauseKind, Direction, Expr, ExprKind, PathPattern, PatternElement, Query, RemoveItem, SetItem,
};

use super::create::create;
use super::operators::identical;
use super::{Fault, Graph, Naive, Row, Table, within_budget};

/// Each row that writes takes a copy of the graph, to which each may add: no more nodes and relations are copied.
const MOST_COPIED: usize = 100_000;

/// What became of a query that writes.
pub struct Written {
    /// Its answer; no columns without a RETURN.
    pub table: Table,
    /// The graph behind it.
    pub graph: Graph,
}

/// In which order a writing clause takes its rows.
#[derive(Clone, Copy, Debug)]
pub enum RowOrder {
    /// As they come.
    Forward,
    /// The last first.
    Backward,
    /// In some order of this number, another for each clause.
    Shuffled(usize),
}

impl RowOrder {
    /// Puts the rows of the clause at a place into this order; `again` says that the clause before has done so.
    fn arrange(self, rows: &mut [Row], place: usize, again: bool) {
        match self {
            Self::Backward if !again => rows.reverse(),
            Self::Forward | Self::Backward => {}
            Self::Shuffled(number) => {
                // Lehmer's generator: any order will do, as long as it is the same each time.
                let mut state = 16_807 * (number + 1) + 48_271 * place;
                for end in (1..rows.len()).rev() {
                    state = state * 48_271 % 0x7FFF_FFFF;
                    rows.swap(end, state % (end + 1));
                }
            }
        }
    }
}

/// Runs a query that may write.
pub fn written(
    graph: &Graph,
    query: &Query,
    parameters: &BTreeMap<String, Value>,
    order: RowOrder,
) -> Result<Written, Fault> {
    let (graph, alone) = (graph.clone(), graph.clone());
    let mut writer = Writer { graph, alone, parameters, given: BTreeMap::new(), before: (0, 0), order: (order, 0) };
    let mut rows = vec![Row::new()];
    let mut columns = None;
    let clauses = &query.first.clauses;
    for (place, clause) in clauses.iter().enumerate() {
        if writes(clause) {
            order.arrange(&mut rows, place, place > 0 && writes(&clauses[place - 1]));
            writer.order.1 = place;
            writer.given.clear();
            writer.before = (writer.graph.nodes.len(), writer.graph.rels.len());
            rows = writer.clause(clause, rows)?;
        } else {
            let output = writer.naive().clause(clause, rows, &Row::new())?;
            (rows, columns) = (output.rows, output.columns);
        }
        within_budget(rows.len())?;
    }
    let graph = writer.graph;
    let is_gone = |place: usize| graph.nodes[place].is_gone;
    if graph.rels.iter().any(|rel| !rel.is_gone && (is_gone(rel.source) || is_gone(rel.target))) {
        return Err(Fault::error("a deleted node still has relations"));
    }
    let columns: Vec<String> = columns.unwrap_or_default();
    let shown = |row: &Row| columns.iter().map(|name| row.get(name).cloned().unwrap_or_default()).collect();
    let rows = if columns.is_empty() { Vec::new() } else { rows.iter().map(shown).collect() };
    Ok(Written { table: Table { rows, columns, places: None }, graph })
}

/// Whether MERGE may make a relation of the pattern either way.
fn has_open_direction(pattern: &PathPattern) -> bool {
    let is_open = |each: &PatternElement| matches!(each, PatternElement::Rel(rel) if rel.direction == Direction::Both);
    pattern.elements.iter().any(is_open)
}

fn writes(clause: &Clause) -> bool {
    matches!(
        clause.kind,
        ClauseKind::Create(_)
            | ClauseKind::Merge { .. }
            | ClauseKind::Set(_)
            | ClauseKind::Remove(_)
            | ClauseKind::Delete { .. }
            | ClauseKind::Foreach { .. }
    )
}

struct Writer<'p> {
    graph: Graph,
    /// The graph as the present row would see it if the clause had given nothing for the rows before: what they made is
    /// there, since it bears the properties that it was made with.
    alone: Graph,
    parameters: &'p BTreeMap<String, Value>,
    /// What the present clause has given: whose property, by whether it is a node and its place, and its value.
    given: BTreeMap<(bool, usize, String), Value>,
    /// How many nodes and relations there were before it.
    before: (usize, usize),
    /// The order of what it finds, and its place.
    order: (RowOrder, usize),
}

impl Writer<'_> {
    fn naive(&self) -> Naive<'_> {
        Naive { graph: &self.graph, parameters: self.parameters }
    }

    fn clause(&mut self, clause: &Clause, rows: Vec<Row>) -> Result<Vec<Row>, Fault> {
        let mut start = self.graph.clone();
        let mut done = Vec::new();
        if rows.len() * (rows.len() + start.nodes.len() + start.rels.len()) > MOST_COPIED {
            return Err(Fault::unspecified("too many rows that write"));
        }
        for row in rows {
            self.alone.clone_from(&start);
            done.extend(self.row(clause, row)?);
            start.nodes.extend_from_slice(&self.alone.nodes[start.nodes.len()..]);
            start.rels.extend_from_slice(&self.alone.rels[start.rels.len()..]);
        }
        Ok(done)
    }

    /// A value that the rows before have no part in.
    fn eval(&self, expr: &Expr, row: &Row) -> Result<Value, Fault> {
        let value = self.naive().eval(expr, row)?;
        let alone = Naive { graph: &self.alone, parameters: self.parameters }.eval(expr, row)?;
        if identical(&value, &alone) { Ok(value) } else { Err(Fault::unspecified("reads what an earlier row wrote")) }
    }

    fn create(&mut self, pattern: &PathPattern, row: &mut Row) -> Result<(), Fault> {
        create(&mut self.graph, pattern, row, self.parameters)?;
        // Both graphs hold the same things, each in the same place.
        self.alone.nodes.extend_from_slice(&self.graph.nodes[self.alone.nodes.len()..]);
        self.alone.rels.extend_from_slice(&self.graph.rels[self.alone.rels.len()..]);
        Ok(())
    }

    /// What a clause makes of one row.
    fn row(&mut self, clause: &Clause, mut row: Row) -> Result<Vec<Row>, Fault> {
        match &clause.kind {
            ClauseKind::Create(patterns) => {
                for pattern in patterns {
                    self.create(pattern, &mut row)?;
                }
            }
            ClauseKind::Merge { pattern, on_create, on_match } => {
                let sets = !on_create.is_empty() || !on_match.is_empty();
                self.refuse_nulls(pattern, &row, sets)?;
                let mut found = self.naive().match_all(std::slice::from_ref(pattern), None, (&row, false))?;
                if sets {
                    let alone = Naive { graph: &self.alone, parameters: self.parameters };
                    let without = alone.match_all(std::slice::from_ref(pattern), None, (&row, false))?;
                    if format!("{found:?}") != format!("{without:?}") {
                        return Err(Fault::unspecified("MERGE that finds by what an earlier row set"));
                    }
                }
                if !found.is_empty() {
                    if (sets || has_open_direction(pattern)) && found.iter().any(|found| self.holds_new(found, &row)) {
                        return Err(Fault::unspecified("MERGE that sets or has no direction, and finds what it made"));
                    }
                    // In which order a pattern is found is as open as in which order rows come.
                    let (order, place) = self.order;
                    order.arrange(&mut found, place, false);
                    let alone = self.alone.clone();
                    for row in &found {
                        self.alone.clone_from(&alone);
                        self.set(on_match, row)?;
                    }
                    return Ok(found);
                }
                self.create(pattern, &mut row)?;
                self.set(on_create, &row)?;
            }
            ClauseKind::Set(items) => self.set(items, &row)?,
            ClauseKind::Remove(items) => items.iter().try_for_each(|item| self.remove(item, &row))?,
            ClauseKind::Delete { detach, targets } => {
                for target in targets {
                    let value = self.naive().eval(target, &row)?;
                    self.delete(&value, *detach)?;
                }
            }
            ClauseKind::Foreach { variable, list, body } => {
                let items = match self.naive().eval(list, &row)? {
                    Value::Null => Vec::new(),
                    Value::List(items) => items.to_vec(),
                    other => return Err(Fault::error(format!("FOREACH over {}", other.type_name()))),
                };
                for item in items {
                    let mut inner = row.clone();
                    inner.insert(variable.value.clone(), item);
                    let mut rows = vec![inner];
                    for clause in body {
                        let parts = rows.into_iter().map(|row| self.row(clause, row));
                        rows = parts.collect::<Result<Vec<_>, _>>()?.concat();
                    }
                }
            }
            _ => return Err(Fault::unspecified("a clause that is not in the naive matcher")),
        }
        Ok(vec![row])
    }

    /// Whether a match holds, beyond the row, what the present clause has made.
    fn holds_new(&self, found: &Row, row: &Row) -> bool {
        found.iter().filter(|(name, _)| !row.contains_key(*name)).any(|(_, value)| match value {
            Value::Node(id) => id.index() >= self.before.0,
            Value::Rel(id) => id.index() >= self.before.1,
            _ => false,
        })
    }

    /// Nothing equals null: MERGE refuses to look for it. Where it sets something, another row may have been first.
    fn refuse_nulls(&self, pattern: &PathPattern, row: &Row, sets: bool) -> Result<(), Fault> {
        for element in &pattern.elements {
            let (variable, properties) = match element {
                PatternElement::Node(node) => (node.variable.as_ref(), node.properties.as_deref()),
                PatternElement::Rel(rel) => (None, rel.properties.as_deref()),
                PatternElement::Group(_) => return Err(Fault::error("MERGE of a group")),
            };
            if variable.and_then(|name| row.get(&name.value)).is_some_and(Value::is_null) {
                return Err(Fault::unspecified("MERGE at a node that is null"));
            }
            if let Some(map) = properties
                && let Value::Map(map) = self.naive().eval(map, row)?
                && map.values().any(Value::is_null)
            {
                let fault = if sets { Fault::unspecified } else { Fault::error };
                return Err(fault("MERGE by a null"));
            }
        }
        Ok(())
    }

    fn set(&mut self, items: &[SetItem], row: &Row) -> Result<(), Fault> {
        for item in items {
            match item {
                SetItem::Property { target, value } => {
                    let ExprKind::Property(of, key) = &target.kind else {
                        return Err(Fault::error("SET of what is no property"));
                    };
                    let (of, value) = (self.naive().eval(of, row)?, self.eval(value, row)?);
                    self.put(&of, &key.value, &value)?;
                }
                SetItem::Replace { target, value } => {
                    let of = known(row, &target.value)?;
                    let map = self.map(value, row)?;
                    let former = properties(&mut self.graph, &of)?.cloned().unwrap_or_default();
                    let dropped = former.into_keys().filter(|key| !map.contains_key(key));
                    dropped.collect::<Vec<_>>().iter().try_for_each(|key| self.put(&of, key, &Value::Null))?;
                    map.into_iter().try_for_each(|(key, value)| self.put(&of, &key, &value))?;
                }
                SetItem::Merge { target, value } => {
                    let of = known(row, &target.value)?;
                    let map = self.map(value, row)?;
                    map.into_iter().try_for_each(|(key, value)| self.put(&of, &key, &value))?;
                }
                SetItem::Labels { target, labels } => {
                    if let Value::Node(id) = known(row, &target.value)? {
                        self.graph.nodes[id.index()].labels.extend(labels.iter().map(|label| label.value.clone()));
                    }
                }
            }
        }
        Ok(())
    }

    fn remove(&mut self, item: &RemoveItem, row: &Row) -> Result<(), Fault> {
        match item {
            RemoveItem::Property(Expr { kind: ExprKind::Property(of, key), .. }) => {
                let of = self.naive().eval(of, row)?;
                self.put(&of, &key.value, &Value::Null)
            }
            RemoveItem::Property(_) => Err(Fault::error("REMOVE of what is no property")),
            RemoveItem::Labels { target, labels } => {
                if let Value::Node(id) = known(row, &target.value)? {
                    let node = &mut self.graph.nodes[id.index()];
                    node.labels.retain(|label| labels.iter().all(|removed| removed.value != *label));
                }
                Ok(())
            }
        }
    }

    fn map(&self, expr: &Expr, row: &Row) -> Result<BTreeMap<String, Value>, Fault> {
        match self.eval(expr, row)? {
            Value::Map(map) => Ok(map.iter().map(|(key, value)| (key.to_string(), value.clone())).collect()),
            other => Err(Fault::unspecified(format!("{} as properties", other.type_name()))),
        }
    }

    fn put(&mut self, of: &Value, key: &str, value: &Value) -> Result<(), Fault> {
        let whose = match of {
            Value::Node(id) => (true, id.index(), key.to_owned()),
            Value::Rel(id) => (false, id.index(), key.to_owned()),
            _ => return properties(&mut self.graph, of).map(|_| ()),
        };
        match self.given.entry(whose) {
            Entry::Occupied(given) if !identical(given.get(), value) => {
                return Err(Fault::unspecified("two values for one property"));
            }
            Entry::Occupied(_) => {}
            Entry::Vacant(open) => {
                open.insert(value.clone());
            }
        }
        match value {
            Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Text(_) | Value::Temporal(_) => {}
            Value::List(items) if items.iter().all(|item| matches!(item, Value::Int(_))) => {}
            other => return Err(Fault::unspecified(format!("{} as a property", other.type_name()))),
        }
        for graph in [&mut self.graph, &mut self.alone] {
            let Some(properties) = properties(graph, of)? else { continue };
            if value.is_null() {
                properties.remove(key);
            } else {
                properties.insert(key.to_owned(), value.clone());
            }
        }
        Ok(())
    }

    fn delete(&mut self, value: &Value, detach: bool) -> Result<(), Fault> {
        match value {
            Value::Null => {}
            Value::Rel(id) => self.graph.rels[id.index()].is_gone = true,
            Value::Node(id) => {
                let place = id.index();
                self.graph.nodes[place].is_gone = true;
                for rel in self.graph.rels.iter_mut().filter(|rel| rel.source == place || rel.target == place) {
                    rel.is_gone |= detach;
                }
            }
            Value::Path(path) => {
                for rel in &path.rels {
                    self.delete(&Value::Rel(*rel), detach)?;
                }
                for node in &path.nodes {
                    self.delete(&Value::Node(*node), detach)?;
                }
            }
            other => return Err(Fault::error(format!("DELETE of {}", other.type_name()))),
        }
        Ok(())
    }
}

fn known(row: &Row, name: &str) -> Result<Value, Fault> {
    row.get(name).cloned().ok_or_else(|| Fault::error(format!("no variable {name}")))
}

/// The properties of a node or relation; none of null.
fn properties<'g>(graph: &'g mut Graph, of: &Value) -> Result<Option<&'g mut BTreeMap<String, Value>>, Fault> {
    match of {
        Value::Null => Ok(None),
        Value::Node(id) => Ok(Some(&mut graph.nodes[id.index()].properties)),
        Value::Rel(id) => Ok(Some(&mut graph.rels[id.index()].properties)),
        other => Err(Fault::error(format!("a property of {}", other.type_name()))),
    }
}
