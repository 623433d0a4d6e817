//! What hangs on one string of the dictionary alone is worked out once for each different string.
//!
//! `e.date >= '2012'`, `substring(e.date, 0, 4)` or `toLower(o.name) CONTAINS 'front'` have the same value in all rows
//! whose string is the same. A [`Memo`] keeps the value of each string that has come, by its code, from batch to batch:
//! strings that no row has are never looked at, so that no error comes from them. Where most strings turn out to come
//! but once, keeping costs more than it saves, and the memo is given up.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use super::operators::Patterns;
use super::{Evaluated, Evaluator, part_for};
use crate::graph::Store;
use crate::model::{TextId, Value};
use crate::query::bind::bound::{BoundExpr, BoundExprKind};
use crate::query::faults::{Fault, is_injected};
use crate::query::run::batch::{Batch, Codes, Column};
use crate::query::syntax::ast::ComparisonOp;

/// A batch of fewer rows is not worth it.
const LEAST_ROWS: usize = if cfg!(any(test, feature = "faults")) { 2 } else { 64 };

/// So many strings are tried before a memo may be given up.
const TRIED: usize = 4096;

/// What evaluation keeps from one batch to the next, for as long as the query runs.
pub struct Memory {
    /// The regular expressions of `=~`.
    pub(in crate::query::run::expression) patterns: Patterns,
    memos: RefCell<Vec<Memo>>,
    /// A memo is being filled: what is evaluated now is kept there, and no memo is needed below it.
    is_filling: Cell<bool>,
    /// The graph may change, and with it what an expression yields.
    is_closed: bool,
    /// Bytes that were added since somebody asked.
    growth: Cell<usize>,
}

impl Memory {
    /// Of a query; nothing is kept of one that writes.
    #[must_use]
    pub fn new(writes: bool) -> Self {
        let (memos, is_filling, growth) = (RefCell::default(), Cell::new(false), Cell::new(0));
        Self { patterns: Patterns::default(), memos, is_filling, is_closed: writes, growth }
    }

    /// How many bytes it has grown since this was last asked.
    pub fn growth(&self) -> usize {
        self.growth.take()
    }
}

/// The values of an expression, by the code of the one string that it reads.
struct Memo {
    expr: BoundExpr,
    base: Arc<Store>,
    /// By code, in pages: one more than the place of its value; 0 where the string has not come yet.
    places: Vec<Option<Box<[u32; PAGE]>>>,
    /// The same of null.
    place_of_null: u32,
    values: Column,
    rows: usize,
    is_given_up: bool,
}

/// Codes in a page of a memo.
const PAGE: usize = 1 << 10;

impl Memo {
    fn new(expr: &BoundExpr, base: &Arc<Store>) -> Self {
        let values = Column::Values(Vec::new());
        let (expr, base) = (expr.clone(), base.clone());
        Self { expr, base, places: Vec::new(), place_of_null: 0, values, rows: 0, is_given_up: false }
    }

    fn is_of(&self, expr: &BoundExpr, base: &Arc<Store>) -> bool {
        Arc::ptr_eq(&self.base, base) && is_same(&self.expr, expr)
    }

    /// Where the value of each row is, and the rows whose strings are new: their values come next, in this order.
    fn places(&mut self, codes: &[TextId], growth: &Cell<usize>) -> (Vec<u32>, Vec<u32>) {
        let mut fresh = Vec::new();
        let mut next = u32::try_from(self.values.len()).expect("fewer strings than 2^32");
        let mut place = |row: u32, place: &mut u32| {
            if *place == 0 {
                next += 1;
                *place = next;
                fresh.push(row);
            }
            *place - 1
        };
        let mut found = Vec::with_capacity(codes.len());
        for (row, code) in (0u32..).zip(codes) {
            if *code == TextId::NONE {
                found.push(place(row, &mut self.place_of_null));
                continue;
            }
            let page = code.index() / PAGE;
            if self.places.len() <= page {
                self.places.resize_with(page + 1, || None);
            }
            let page = self.places[page].get_or_insert_with(|| {
                growth.set(growth.get() + PAGE * size_of::<u32>());
                Box::new([0; PAGE])
            });
            found.push(place(row, &mut page[code.index() % PAGE]));
        }
        self.rows += codes.len();
        (found, fresh)
    }

    /// The values of the strings that were new.
    fn add(&mut self, values: &Column) {
        if self.values.is_empty() {
            self.values = values.clone();
        } else if self.values.append(values.clone()).is_none() {
            let all = (0..self.values.len()).map(|row| self.values.value(row));
            let more = (0..values.len()).map(|row| values.value(row));
            self.values = Column::Values(all.chain(more).collect());
        }
    }

    /// Whether most strings came but once.
    fn is_idle(&self) -> bool {
        self.values.len() > TRIED && self.values.len() * 2 > self.rows
    }

    fn give_up(&mut self) {
        self.is_given_up = true;
        self.places = Vec::new();
        self.values = Column::Values(Vec::new());
    }
}

impl Evaluator<'_> {
    /// The column of an expression that reads one string and nothing else; `None` where it does not, or where it is not
    /// worth it.
    pub(super) fn by_text(&self, expr: &BoundExpr, batch: &Batch) -> Evaluated<Option<Column>> {
        let memory = self.memory;
        if batch.rows < LEAST_ROWS || memory.is_closed || memory.is_filling.get() || is_told_by_code(expr) {
            return Ok(None);
        }
        let Some(read) = read_by(expr).filter(|read| self.is_of_texts(read, batch)) else { return Ok(None) };
        let column = self.column(read, batch)?;
        let Column::Texts(Codes { codes, base }) = &*column else { return Ok(None) };
        let mut memos = memory.memos.borrow_mut();
        let at = memos.iter().position(|memo| memo.is_of(expr, base)).unwrap_or_else(|| {
            memos.push(Memo::new(expr, base));
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
            memo.add(&*values?);
            memory.growth.set(memory.growth.get() + fresh.len() * size_of::<Value>());
        }
        let values = memo.values.gather(&places);
        if memo.is_idle() {
            memo.give_up();
        }
        if is_injected(Fault::OneValueForAll) {
            return Ok(Some(memo.values.gather(&vec![0; places.len()])));
        }
        Ok(Some(values))
    }

    /// Whether what is read may be strings of the dictionary: a hint that costs little.
    fn is_of_texts(&self, read: &BoundExpr, batch: &Batch) -> bool {
        let graph = self.graph();
        let slot = |expr: &BoundExpr| match &expr.kind {
            BoundExprKind::Column(slot) => batch.columns.get(slot.index())?.as_deref(),
            _ => None,
        };
        let BoundExprKind::Property(of, key) = &read.kind else { return matches!(slot(read), Some(Column::Texts(_))) };
        let Some(key) = graph.key_id(key) else { return false };
        let column = match slot(of) {
            Some(Column::Nodes(_)) => graph.node_column(key),
            Some(Column::Rels(edges)) => {
                let edge = edges.first().and_then(|edge| edge.some());
                edge.and_then(|edge| graph.edge_column(graph.edge_type(edge), key))
            }
            _ => None,
        };
        column.is_some_and(|column| column.parts().any(|part| matches!(part.cells, crate::graph::Cells::Text(_))))
    }
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

/// The one column, or property of a column, that an expression reads beside constants; `None` where it reads more, or
/// does what cannot be kept.
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
        Kind::Call(function, args) => function.is_deterministic && args.iter().all(|arg| gather(arg, found)),
        Kind::List(_)
        | Kind::Index(..)
        | Kind::Slice(..)
        | Kind::Not(_)
        | Kind::Negate(_)
        | Kind::Plus(_)
        | Kind::Binary(..)
        | Kind::Comparison(..)
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
fn is_same(a: &BoundExpr, b: &BoundExpr) -> bool {
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
