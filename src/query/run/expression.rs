//! Evaluates bound expressions: one row at a time ([`Evaluator::value`]), a whole column at once
//! ([`Evaluator::column`]), or as a filter ([`Evaluator::truths`]). All three agree.
//!
//! Null logic, comparison and arithmetic are those of openCypher 9. Subqueries are run by whoever owns the plan,
//! behind [`SubqueryRunner`]. An evaluator belongs to one thread and one execution; it may be used again while it
//! evaluates (a subquery's runner may hold it).

use std::cell::RefCell;
use std::sync::Arc;

use crate::graph::Graph;
use crate::model::{Map, Value};
use crate::query::bind::bound::{BoundExpr, BoundExprKind, MapPiece};
use crate::query::functions::{Context, ErrorClass, FunctionError, Parameters, ValueKind};
use crate::query::run::batch::{Batch, Column};
use crate::query::run::token::Stopped;
use crate::query::syntax::ast::{BinaryOp, ComparisonOp, QuantifierKind, SubqueryKind};
use crate::source::Span;

mod access;
mod column;
mod operators;
#[cfg(test)]
mod tests;

pub use access::{label_test, labels_pass};
pub use column::{Condition, Memory};
use operators::Truth;
pub use operators::no_list;

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExpressionError {
    /// openCypher's class.
    pub class: ErrorClass,
    /// openCypher's detail, e.g. `InvalidArgumentType`.
    pub detail: &'static str,
    /// One line, in lower case and without a full stop.
    pub message: String,
    /// The expression at fault.
    pub span: Span,
    /// What to do instead, in the imperative.
    pub hint: Option<String>,
    /// The limit that stopped a subquery: then nothing is wrong with the expression.
    pub stopped: Option<Stopped>,
}

impl ExpressionError {
    /// A function's error, at its place.
    #[must_use]
    pub fn at(span: Span, error: FunctionError) -> Self {
        let FunctionError { class, detail, message, hint } = error;
        Self { class, detail, message, span, hint, stopped: None }
    }

    /// A limit that stopped a subquery.
    #[must_use]
    pub fn stopped(stopped: Stopped) -> Self {
        let error = FunctionError::new(ErrorClass::Stopped, "Stopped", stopped.to_string());
        Self { stopped: Some(stopped), ..Self::at(Span::default(), error) }
    }
}

/// What evaluation yields.
pub type Evaluated<T = Value> = Result<T, ExpressionError>;

/// One row of a batch.
#[derive(Clone, Copy, Debug)]
pub struct Row<'b> {
    /// The batch.
    pub batch: &'b Batch,
    /// The row's number in it.
    pub index: usize,
}

/// Runs the subqueries of the query's table.
pub trait SubqueryRunner {
    /// The value of a subquery for one row. `locals` are the variables of the enclosing comprehensions, outermost
    /// first.
    ///
    /// # Errors
    /// Those of the subquery's own expressions.
    fn run(&self, number: usize, kind: SubqueryKind, row: Row<'_>, locals: &[Value]) -> Evaluated;

    /// The values of a subquery outside any comprehension for all rows of a batch; none where it has to be run row by
    /// row.
    ///
    /// # Errors
    /// As [`SubqueryRunner::run`].
    fn run_all(&self, number: usize, kind: SubqueryKind, batch: &Batch) -> Evaluated<Option<Column>>;
}

/// For expressions that cannot hold a subquery: LIMIT, the bounds of a time.
#[derive(Clone, Copy, Debug)]
pub struct NoSubqueries;

impl SubqueryRunner for NoSubqueries {
    fn run(&self, _: usize, _: SubqueryKind, _: Row<'_>, _: &[Value]) -> Evaluated {
        unreachable!("the binder admits no subquery here")
    }

    fn run_all(&self, _: usize, _: SubqueryKind, _: &Batch) -> Evaluated<Option<Column>> {
        unreachable!("the binder admits no subquery here")
    }
}

/// Evaluates expressions over one graph with one set of parameters.
pub struct Evaluator<'a> {
    /// Graph, clock and chance.
    pub context: &'a Context<'a>,
    /// The values of `$name`.
    pub parameters: &'a Parameters,
    /// Who runs subqueries.
    pub subqueries: &'a dyn SubqueryRunner,
    locals: RefCell<Vec<Value>>,
    memory: &'a Memory,
}

impl<'a> Evaluator<'a> {
    /// An evaluator outside any comprehension.
    #[must_use]
    pub fn new(
        context: &'a Context<'a>,
        parameters: &'a Parameters,
        subqueries: &'a dyn SubqueryRunner,
        memory: &'a Memory,
    ) -> Self {
        Self { context, parameters, subqueries, locals: RefCell::default(), memory }
    }

    /// The same inside comprehensions whose variables have these values, outermost first.
    #[must_use]
    pub fn with_locals(self, locals: Vec<Value>) -> Self {
        Self { locals: RefCell::new(locals), ..self }
    }

    /// The graph.
    #[must_use]
    pub fn graph(&self) -> &'a Graph {
        self.context.graph
    }

    /// The value of an expression in a row.
    ///
    /// # Errors
    /// As openCypher says: wrong types, overflow, division by zero, arguments that a function refuses.
    pub fn value(&self, expr: &BoundExpr, row: Row<'_>) -> Evaluated {
        let here = |error| ExpressionError::at(expr.span, error);
        match &expr.kind {
            BoundExprKind::Constant(value) => Ok(value.clone()),
            BoundExprKind::Parameter(name) => self.parameter(name).map_err(here),
            BoundExprKind::Column(slot) => Ok(row.batch.column(slot.index()).value(row.index)),
            BoundExprKind::Local(number) => Ok(self.locals.borrow()[*number].clone()),
            BoundExprKind::List(items) => Ok(Value::list(self.values(items, row)?)),
            BoundExprKind::Map(pieces) => self.map(pieces, row),
            BoundExprKind::Property(of, key) => {
                access::property(self.graph(), &self.value(of, row)?, key).map_err(here)
            }
            BoundExprKind::Index(of, at) => {
                access::index(self.graph(), &self.value(of, row)?, &self.value(at, row)?).map_err(here)
            }
            BoundExprKind::Slice(of, from, to) => {
                let list = self.value(of, row)?;
                let bounds = [self.optional(from.as_deref(), row)?, self.optional(to.as_deref(), row)?];
                access::slice(&list, bounds).map_err(here)
            }
            BoundExprKind::Not(of) => Ok(operators::not(self.truth(of, row)?).into()),
            BoundExprKind::Negate(of) => operators::negate(&self.value(of, row)?).map_err(here),
            BoundExprKind::Plus(of) => operators::plus(self.value(of, row)?).map_err(here),
            BoundExprKind::Binary(op, left, right) => self.binary(*op, (left, right), row, expr.span),
            BoundExprKind::Comparison(first, rest) => Ok(self.comparison(first, rest, row)?.into()),
            BoundExprKind::IsNull(of) => Ok(Value::Bool(self.value(of, row)?.is_null())),
            BoundExprKind::HasLabels(of, test) => {
                access::has_labels(self.graph(), &self.value(of, row)?, test).map_err(here)
            }
            BoundExprKind::Call(function, args) => {
                let args = self.values(args, row)?;
                function.call(self.context, &args).map_err(here)
            }
            BoundExprKind::Case { operand, branches, otherwise } => {
                self.case(operand.as_deref(), branches, otherwise.as_deref(), row)
            }
            BoundExprKind::ListComprehension { list, filter, body } => {
                self.comprehension(list, filter.as_deref(), body.as_deref(), row)
            }
            BoundExprKind::Quantifier { kind, list, filter } => self.quantifier(*kind, list, filter, row),
            BoundExprKind::Reduce { init, list, body } => self.reduce(init, list, body, row),
            BoundExprKind::Path(pieces) => Ok(access::path(self.graph(), pieces, row)),
            BoundExprKind::Subquery(kind, number) => {
                let locals = self.locals.borrow().clone();
                self.subqueries.run(*number, *kind, row, &locals)
            }
            BoundExprKind::Evidence(slots) => Ok(access::evidence(slots, row)),
        }
    }

    fn parameter(&self, name: &str) -> Result<Value, FunctionError> {
        self.parameters.get(name).cloned().ok_or_else(|| {
            let message = format!("no value was given for the parameter ${name}");
            FunctionError::new(ErrorClass::ParameterMissing, "MissingParameter", message)
        })
    }

    fn values(&self, exprs: &[BoundExpr], row: Row<'_>) -> Evaluated<Vec<Value>> {
        exprs.iter().map(|expr| self.value(expr, row)).collect()
    }

    fn optional(&self, expr: Option<&BoundExpr>, row: Row<'_>) -> Evaluated<Option<Value>> {
        expr.map(|expr| self.value(expr, row)).transpose()
    }

    /// Whether a predicate is true in a row: not false, and not null.
    ///
    /// # Errors
    /// As [`Evaluator::value`]; `TypeError` (`InvalidArgumentType`) for what is neither true, false nor null.
    pub fn holds(&self, predicate: &BoundExpr, row: Row<'_>) -> Evaluated<bool> {
        Ok(self.truth(predicate, row)? == Some(true))
    }

    /// The value of an operand that must be true, false or null.
    fn truth(&self, expr: &BoundExpr, row: Row<'_>) -> Evaluated<Truth> {
        operators::truth(&self.value(expr, row)?).map_err(|error| ExpressionError::at(expr.span, error))
    }

    fn map(&self, pieces: &[MapPiece], row: Row<'_>) -> Evaluated {
        let mut map = Map::new();
        for piece in pieces {
            match piece {
                MapPiece::Entry(key, value) => {
                    map.insert(key.clone(), self.value(value, row)?);
                }
                MapPiece::Spread(of) => {
                    let properties = access::properties(self.graph(), &self.value(of, row)?);
                    map.extend(properties.map_err(|error| ExpressionError::at(of.span, error))?);
                }
            }
        }
        Ok(Value::Map(Arc::new(map)))
    }

    fn binary(&self, op: BinaryOp, (left, right): (&BoundExpr, &BoundExpr), row: Row<'_>, span: Span) -> Evaluated {
        match op {
            BinaryOp::And | BinaryOp::Or => {
                let decided = Some(op == BinaryOp::Or);
                let first = self.truth(left, row)?;
                if first == decided {
                    return Ok(first.into());
                }
                Ok(operators::connect(op, first, self.truth(right, row)?).into())
            }
            BinaryOp::Xor => Ok(operators::connect(op, self.truth(left, row)?, self.truth(right, row)?).into()),
            _ => {
                let (left, right) = (self.value(left, row)?, self.value(right, row)?);
                operators::apply(op, &left, &right, &self.memory.patterns)
                    .map_err(|error| ExpressionError::at(span, error))
            }
        }
    }

    /// A chain is true if each link is. A false link ends it.
    fn comparison(&self, first: &BoundExpr, rest: &[(ComparisonOp, BoundExpr)], row: Row<'_>) -> Evaluated<Truth> {
        let mut left = self.value(first, row)?;
        let mut all = Some(true);
        for (op, right) in rest {
            let right = self.value(right, row)?;
            all = operators::connect(BinaryOp::And, all, operators::compare(*op, &left, &right));
            if all == Some(false) {
                break;
            }
            left = right;
        }
        Ok(all)
    }

    fn case(
        &self,
        operand: Option<&BoundExpr>,
        branches: &[(BoundExpr, BoundExpr)],
        otherwise: Option<&BoundExpr>,
        row: Row<'_>,
    ) -> Evaluated {
        let operand = self.optional(operand, row)?;
        for (when, then) in branches {
            let holds = match &operand {
                Some(operand) => operand.equals(&self.value(when, row)?),
                None => self.truth(when, row)?,
            };
            if holds == Some(true) {
                return self.value(then, row);
            }
        }
        Ok(self.optional(otherwise, row)?.unwrap_or_default())
    }
}

/// What runs through a list with variables of its own.
impl Evaluator<'_> {
    /// The items of a list; `None` of null.
    fn items(&self, list: &BoundExpr, row: Row<'_>) -> Evaluated<Option<Arc<Vec<Value>>>> {
        match self.value(list, row)? {
            Value::Null => Ok(None),
            Value::List(items) => Ok(Some(items)),
            other => {
                let message = format!("a list is expected, not {}", ValueKind::of(&other));
                Err(ExpressionError::at(list.span, FunctionError::wrong_type(message)))
            }
        }
    }

    /// Runs something with one more local variable.
    pub(super) fn with_local<T>(&self, value: Value, run: impl FnOnce() -> T) -> T {
        self.locals.borrow_mut().push(value);
        let result = run();
        self.locals.borrow_mut().pop();
        result
    }

    fn comprehension(
        &self,
        list: &BoundExpr,
        filter: Option<&BoundExpr>,
        body: Option<&BoundExpr>,
        row: Row<'_>,
    ) -> Evaluated {
        let Some(items) = self.items(list, row)? else { return Ok(Value::Null) };
        let mut kept = Vec::with_capacity(items.len());
        for item in items.iter() {
            let value = self.with_local(item.clone(), || match filter {
                Some(filter) if self.truth(filter, row)? != Some(true) => Ok(None),
                _ => body.map_or_else(|| Ok(item.clone()), |body| self.value(body, row)).map(Some),
            })?;
            kept.extend(value);
        }
        Ok(Value::list(kept))
    }

    fn quantifier(&self, kind: QuantifierKind, list: &BoundExpr, filter: &BoundExpr, row: Row<'_>) -> Evaluated {
        let Some(items) = self.items(list, row)? else { return Ok(Value::Null) };
        let mut tally = operators::Tally::default();
        for item in items.iter() {
            tally.add(self.with_local(item.clone(), || self.truth(filter, row))?);
            if tally.settles(kind) {
                break;
            }
        }
        Ok(tally.verdict(kind).into())
    }

    fn reduce(&self, init: &BoundExpr, list: &BoundExpr, body: &BoundExpr, row: Row<'_>) -> Evaluated {
        let mut accumulator = self.value(init, row)?;
        let Some(items) = self.items(list, row)? else { return Ok(Value::Null) };
        for item in items.iter() {
            accumulator = self.with_local(accumulator, || self.with_local(item.clone(), || self.value(body, row)))?;
        }
        Ok(accumulator)
    }
}
