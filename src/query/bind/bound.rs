//! Expressions after binding: variables are columns of a batch or locals of the expression, labels, types, keys and
//! functions are resolved, sugar is gone.
//!
//! Subqueries stand in a table of the query (see `BoundQuery::subqueries`) and are referred to by number: the plan
//! keeps the numbers, so that one expression type serves binding, planning and running.

use std::sync::Arc;

use crate::model::{LabelId, TypeId, Value};
use crate::query::functions::{Aggregate, Function, find_aggregate};
use crate::query::syntax::ast::{BinaryOp, ComparisonOp, QuantifierKind, SubqueryKind};
use crate::source::Span;

/// An expression and where it was written.
#[derive(Clone, Debug)]
pub struct BoundExpr {
    /// Where it was written; for sugar, the sugar's place.
    pub span: Span,
    /// What it is.
    pub kind: BoundExprKind,
}

/// A column of the batch, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(pub u32);

impl Slot {
    /// As an index.
    #[inline]
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The expressions.
#[derive(Clone, Debug)]
pub enum BoundExprKind {
    /// A constant.
    Constant(Value),
    /// `$name`: its value is looked up when the query is opened.
    Parameter(Arc<str>),
    /// A column of the batch.
    Column(Slot),
    /// A variable of an enclosing comprehension, quantifier or reduce, counted from the outermost.
    Local(usize),
    /// `[a, b]`.
    List(Vec<BoundExpr>),
    /// `{key: value}` and map projections, piece by piece in order.
    Map(Vec<MapPiece>),
    /// `x.key` of a node, relation, map, date or claim; null of null.
    Property(Box<BoundExpr>, Arc<str>),
    /// `x[i]`.
    Index(Box<BoundExpr>, Box<BoundExpr>),
    /// `x[a..b]`.
    Slice(Box<BoundExpr>, Option<Box<BoundExpr>>, Option<Box<BoundExpr>>),
    /// `NOT x`.
    Not(Box<BoundExpr>),
    /// `-x`.
    Negate(Box<BoundExpr>),
    /// `+x`: x, if it is a number.
    Plus(Box<BoundExpr>),
    /// `a op b`.
    Binary(BinaryOp, Box<BoundExpr>, Box<BoundExpr>),
    /// A comparison chain: one conjunction, each operand computed once.
    Comparison(Box<BoundExpr>, Vec<(ComparisonOp, BoundExpr)>),
    /// `x IS NULL`.
    IsNull(Box<BoundExpr>),
    /// `n:A&B`, `r:TYPE`; null of null.
    HasLabels(Box<BoundExpr>, LabelTest),
    /// A function of the registry.
    Call(&'static Function, Vec<BoundExpr>),
    /// CASE; a simple CASE compares by `=`.
    Case {
        /// The operand of a simple CASE.
        operand: Option<Box<BoundExpr>>,
        /// WHEN and THEN.
        branches: Vec<(BoundExpr, BoundExpr)>,
        /// ELSE; null where none is written.
        otherwise: Option<Box<BoundExpr>>,
    },
    /// `[x IN list WHERE p | e]`: x is the next local.
    ListComprehension {
        /// list.
        list: Box<BoundExpr>,
        /// p.
        filter: Option<Box<BoundExpr>>,
        /// e.
        body: Option<Box<BoundExpr>>,
    },
    /// `all(x IN list WHERE p)`: x is the next local.
    Quantifier {
        /// Which one.
        kind: QuantifierKind,
        /// list.
        list: Box<BoundExpr>,
        /// p.
        filter: Box<BoundExpr>,
    },
    /// `reduce(acc = init, x IN list | e)`: acc is the next local, x the one after.
    Reduce {
        /// init.
        init: Box<BoundExpr>,
        /// list.
        list: Box<BoundExpr>,
        /// e.
        body: Box<BoundExpr>,
    },
    /// A path put together from the columns of its nodes and relations, in walking order; relation columns may hold
    /// lists (variable length). Null if any piece is null.
    Path(Vec<PathPiece>),
    /// A subquery of the query's table.
    Subquery(SubqueryKind, usize),
    /// The relations and claims that the columns hold, flattened, each once: what the row rests on.
    Evidence(Vec<Slot>),
}

/// One piece of a map.
#[derive(Clone, Debug)]
pub enum MapPiece {
    /// `key: value`.
    Entry(Arc<str>, BoundExpr),
    /// All properties of a node, relation or map (`.*`).
    Spread(BoundExpr),
}

/// One piece of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathPiece {
    /// A node's column.
    Node(Slot),
    /// A relation's column: one relation, or a list of them.
    Rel(Slot),
}

/// A label or type expression with resolved names. A name that the graph does not know matches nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelTest {
    /// A node's label.
    Label(Option<LabelId>),
    /// A relation's type: one of these (a role stands for several).
    Types(Vec<TypeId>),
    /// Either, decided by what the value is.
    LabelOrTypes(Option<LabelId>, Vec<TypeId>),
    /// Any label at all; any type.
    Any,
    /// Not so.
    Not(Box<LabelTest>),
    /// Both.
    And(Box<LabelTest>, Box<LabelTest>),
    /// At least one.
    Or(Box<LabelTest>, Box<LabelTest>),
}

/// One aggregate of a grouping projection.
#[derive(Clone, Debug)]
pub struct BoundAggregate {
    /// Which one.
    pub function: &'static Aggregate,
    /// `DISTINCT`.
    pub distinct: bool,
    /// The arguments; none for `count(*)`.
    pub args: Vec<BoundExpr>,
    /// Where it was written.
    pub span: Span,
}

impl BoundAggregate {
    /// The sum of an expression in its place.
    ///
    /// # Panics
    /// If the registry had no `sum`.
    #[must_use]
    pub fn summing(&self, expr: BoundExpr) -> Self {
        let function = find_aggregate("sum").expect("the registry has sum");
        Self { function, distinct: false, args: vec![expr], span: self.span }
    }
}
