//! What hangs on one code alone is worked out once for each different code: a string of a dictionary, the type of a
//! relation, or the set of labels of a node.
//!
//! `e.date >= '2012'`, `substring(e.date, 0, 4)`, `type(r) = 'LED'` or `labels(n)[0]` have the same value in all rows
//! whose string, type or labels are the same. A [`Memo`] keeps the value of each code that has come, from batch to batch:
//! codes that no row has are never looked at, so that no error comes from them. Strings that are made so are codes
//! again, of the query's own dictionary. Where most codes turn out to come but once, keeping costs more than it saves,
//! and the memo is given up.

use std::sync::Arc;

use super::memory::{Memo, NULL, Source};
use super::stored::Stored;
use super::{Evaluated, Evaluator, part_for};
use crate::graph::{Cells, Graph};
use crate::model::{EdgeId, NodeId, Value};
use crate::query::bind::bound::{BoundExpr, BoundExprKind};
use crate::query::faults::{Fault, is_injected};
use crate::query::run::batch::{Batch, Codes, Column};
use crate::query::run::dictionary::Dictionary;
use crate::query::syntax::ast::ComparisonOp;

/// A batch of fewer rows is not worth it.
pub(super) const LEAST_ROWS: usize = if cfg!(any(test, feature = "faults")) { 2 } else { 64 };

impl Evaluator<'_> {
    /// The column of an expression that hangs on one code and nothing else; `None` where it does not, or where it is not
    /// worth it.
    pub(super) fn by_code(&self, expr: &BoundExpr, batch: &Batch) -> Evaluated<Option<Column>> {
        if is_told_by_code(expr) {
            return Ok(None);
        }
        self.worked_out(expr, batch, |values, places| {
            let is_first = is_injected(Fault::OneValueForAll);
            if is_first { values.gather(&vec![0; places.len()]) } else { values.gather(places) }
        })
    }

    /// The rows in which a condition that hangs on one code is true; `None` as above.
    pub(super) fn truths_by_code(&self, expr: &BoundExpr, batch: &Batch) -> Evaluated<Option<Vec<u32>>> {
        if is_told_by_code(expr) || is_injected(Fault::OneValueForAll) {
            return Ok(None);
        }
        let kept = self.worked_out(expr, batch, |values, places| {
            let (Column::Bools(truths), present) = values.cells() else { return None };
            Some(match present {
                None => sifted(places, |place| truths[place]),
                Some(present) => sifted(places, |place| truths[place] & present[place]),
            })
        });
        Ok(kept?.flatten())
    }

    /// Makes something of the values that an expression has for all codes that have come, and where each row's is.
    fn worked_out<T>(
        &self,
        expr: &BoundExpr,
        batch: &Batch,
        make: impl FnOnce(&Column, &[u32]) -> T,
    ) -> Evaluated<Option<T>> {
        let memory = self.memory;
        if batch.rows < LEAST_ROWS || memory.is_closed || memory.is_filling.get() {
            return Ok(None);
        }
        let Some(read) = read_by(expr) else { return Ok(None) };
        let Some((column, source)) = self.coded(read, batch)? else { return Ok(None) };
        let codes = match &column {
            Coded::Column(column) => match &**column {
                Column::Texts(texts) => bytemuck::cast_slice(&texts.codes),
                _ => return Ok(None),
            },
            Coded::Stored(codes) => codes,
            Coded::Numbers(codes) => codes,
        };
        let mut memos = memory.memos.borrow_mut();
        let at = memos.iter().position(|memo| memo.is_of(expr, &source)).unwrap_or_else(|| {
            memos.push(Memo::new(expr, source));
            memos.len() - 1
        });
        let memo = &mut memos[at];
        if memo.is_given_up {
            return Ok(None);
        }
        let (places, fresh) = memo.places(codes, &memory.growth);
        if !fresh.is_empty() {
            memory.is_filling.set(true);
            let values = self.column(expr, &part_for(expr, batch, &fresh));
            memory.is_filling.set(false);
            let values = values?;
            memo.add(&memory.coded(Arc::unwrap_or_clone(values)));
            memory.grow(fresh.len() * size_of::<Value>());
        }
        let made = make(&memo.values, &places);
        if memo.is_idle() {
            memo.give_up();
        }
        Ok(Some(made))
    }

    /// The codes of what an expression reads, and what they stand for; `None` where it has none.
    fn coded<'b>(&'b self, read: &BoundExpr, batch: &'b Batch) -> Evaluated<Option<(Coded<'b>, Source)>> {
        let slot = |expr: &BoundExpr| match &expr.kind {
            BoundExprKind::Column(slot) => batch.columns.get(slot.index())?.as_ref(),
            _ => None,
        };
        let texts = |column: Arc<Column>| match &*column {
            Column::Texts(Codes { texts, .. }) => {
                let source = Source::Texts(texts.clone());
                Some((Coded::Column(column), source))
            }
            _ => None,
        };
        Ok(match &read.kind {
            BoundExprKind::Column(_) => slot(read).cloned().and_then(texts),
            BoundExprKind::Property(of, key) => {
                let (Some(of), Some(key)) = (slot(of), self.graph().key_id(key)) else { return Ok(None) };
                if let Some(codes) = Stored::of(self.graph(), of, key).and_then(|stored| stored.codes()) {
                    let base = Dictionary::Stored(self.graph().shared_base().clone());
                    return Ok(Some((Coded::Stored(codes), Source::Texts(base))));
                }
                if is_of_texts(self.graph(), of, key) { texts(self.column(read, batch)?) } else { None }
            }
            BoundExprKind::Call(_, args) => match slot(&args[0]).map(|column| &**column) {
                Some(Column::Rels(edges)) => Some((Coded::Numbers(types(self.graph(), edges)), Source::Types)),
                Some(Column::Nodes(nodes)) => {
                    label_sets(self.graph(), nodes).map(|sets| (Coded::Numbers(sets), Source::LabelSets))
                }
                _ => None,
            },
            _ => None,
        })
    }
}

/// Codes, wherever they lie.
enum Coded<'b> {
    /// A column of strings.
    Column(Arc<Column>),
    /// A run of the graph's own cells.
    Stored(&'b [u32]),
    /// Numbers of types or of sets of labels.
    Numbers(Vec<u32>),
}

/// The numbers of the types of relations.
fn types(graph: &Graph, edges: &[EdgeId]) -> Vec<u32> {
    let mut last = (0..0, 0);
    let number = |edge: &EdgeId| {
        let Some(edge) = edge.some() else { return NULL };
        if !last.0.contains(&edge.0) {
            let kind = graph.edge_type(edge);
            last = (graph.base().edges_of_type(kind), kind.0);
            if !last.0.contains(&edge.0) {
                // A relation that is not of the base.
                return kind.0;
            }
        }
        last.1
    };
    edges.iter().map(number).collect()
}

/// The numbers of the sets of labels of nodes; `None` where a change is in the way.
fn label_sets(graph: &Graph, nodes: &[NodeId]) -> Option<Vec<u32>> {
    let all = graph.base_nodes();
    let is_known = |node: &NodeId| *node == NodeId::NONE || all.contains(&node.0);
    if graph.has_relabelled() || graph.has_deletions() || !nodes.iter().all(is_known) {
        return None;
    }
    Some(nodes.iter().map(|node| node.some().map_or(NULL, |node| graph.base().label_set(node))).collect())
}

/// Whether a property may be strings of the dictionary: a hint that costs little.
fn is_of_texts(graph: &Graph, of: &Column, key: crate::model::KeyId) -> bool {
    let column = match of {
        Column::Nodes(_) => graph.node_column(key),
        Column::Rels(edges) => {
            let edge = edges.first().and_then(|edge| edge.some());
            edge.and_then(|edge| graph.edge_column(graph.edge_type(edge), key))
        }
        _ => None,
    };
    column.is_some_and(|column| column.parts().any(|part| matches!(part.cells, Cells::Text(_))))
}

/// The rows whose places pass, ascending; each is written down and overwritten if it does not pass.
fn sifted(places: &[u32], passes: impl Fn(usize) -> bool) -> Vec<u32> {
    let mut kept = vec![0; places.len()];
    let mut count = 0;
    for (row, place) in (0u32..).zip(places) {
        kept[count] = row;
        count += usize::from(passes(*place as usize));
    }
    kept.truncate(count);
    kept
}

/// What codes tell without a look at any string: `x = 'a'`, `x <> 'a'`, `x IS NULL`, and what is no work at all.
fn is_told_by_code(expr: &BoundExpr) -> bool {
    let is_plain = |expr: &BoundExpr| {
        use BoundExprKind::{Column, Constant, Parameter, Property};
        matches!(expr.kind, Column(_) | Property(..) | Constant(_) | Parameter(_))
    };
    match &expr.kind {
        BoundExprKind::IsNull(of) => is_plain(of),
        BoundExprKind::Comparison(first, rest) => match rest.as_slice() {
            [(ComparisonOp::Equal | ComparisonOp::NotEqual, second)] => is_plain(first) && is_plain(second),
            _ => false,
        },
        _ => is_plain(expr),
    }
}

/// The one column, property of a column, type or list of labels that an expression reads beside constants; `None` where
/// it reads more, or does what cannot be kept.
fn read_by(expr: &BoundExpr) -> Option<&BoundExpr> {
    let mut found = None;
    if gather(expr, &mut found) { found } else { None }
}

fn gather<'e>(expr: &'e BoundExpr, found: &mut Option<&'e BoundExpr>) -> bool {
    use BoundExprKind as Kind;
    match &expr.kind {
        Kind::Constant(value) => is_comparable(value),
        Kind::Parameter(_) => true,
        Kind::Column(_) => is_same(found.get_or_insert(expr), expr),
        Kind::Property(of, _) => matches!(of.kind, Kind::Column(_)) && is_same(found.get_or_insert(expr), expr),
        Kind::Call(function, args) if function.hangs_on_kind && matches!(args[0].kind, Kind::Column(_)) => {
            is_same(found.get_or_insert(expr), expr)
        }
        Kind::Call(function, args) => function.is_deterministic && args.iter().all(|arg| gather(arg, found)),
        Kind::List(_)
        | Kind::Index(..)
        | Kind::Slice(..)
        | Kind::Not(_)
        | Kind::Negate(_)
        | Kind::Plus(_)
        | Kind::Binary(..)
        | Kind::Comparison(..)
        | Kind::Case { .. }
        | Kind::IsNull(_) => expr.children().into_iter().all(|child| gather(child, found)),
        _ => false,
    }
}

/// Whether [`is_same`] can tell that it is the same constant.
fn is_comparable(value: &Value) -> bool {
    use Value::{Bool, Float, Int, List, Null, Text};
    matches!(value, Null | Bool(_) | Int(_) | Float(_) | Text(_) | List(_))
}

/// Whether two expressions, of those that [`gather`] lets through, are the same.
pub(super) fn is_same(a: &BoundExpr, b: &BoundExpr) -> bool {
    use BoundExprKind as Kind;
    let is_same_head = match (&a.kind, &b.kind) {
        (Kind::Constant(a), Kind::Constant(b)) => match (a, b) {
            (Value::List(a), Value::List(b)) => Arc::ptr_eq(a, b),
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            _ => std::mem::discriminant(a) == std::mem::discriminant(b) && a.is_equivalent(b),
        },
        (Kind::Parameter(a), Kind::Parameter(b)) => a == b,
        (Kind::Column(a), Kind::Column(b)) => a == b,
        (Kind::Property(_, a), Kind::Property(_, b)) => a == b,
        (Kind::Call(a, _), Kind::Call(b, _)) => std::ptr::eq(*a, *b),
        (Kind::Slice(_, a, b), Kind::Slice(_, c, d)) => a.is_some() == c.is_some() && b.is_some() == d.is_some(),
        (Kind::Binary(a, ..), Kind::Binary(b, ..)) => a == b,
        (Kind::Comparison(_, a), Kind::Comparison(_, b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((a, _), (b, _))| a == b)
        }
        // As many children then mean that both have an ELSE, or none.
        (Kind::Case { operand: a, branches: b, .. }, Kind::Case { operand: c, branches: d, .. }) => {
            a.is_some() == c.is_some() && b.len() == d.len()
        }
        (Kind::List(_), Kind::List(_))
        | (Kind::Index(..), Kind::Index(..))
        | (Kind::Not(_), Kind::Not(_))
        | (Kind::Negate(_), Kind::Negate(_))
        | (Kind::Plus(_), Kind::Plus(_))
        | (Kind::IsNull(_), Kind::IsNull(_)) => true,
        _ => false,
    };
    let (a, b) = (a.children(), b.children());
    is_same_head && a.len() == b.len() && a.into_iter().zip(b).all(|(a, b)| is_same(a, b))
}
