//! Whole columns at once: the same values as row by row, by loops over typed vectors where the types allow.
//!
//! Operands of strict operators become columns first; AND and OR evaluate their right side only for the rows that the
//! left one leaves open, as they do row by row; whatever is lazy or has variables of its own goes row by row.

use std::sync::Arc;

use super::{Evaluated, Evaluator, ExpressionError, Row, access, operators};
use crate::model::{EdgeId, NodeId, TextId, Value};
use crate::query::bind::bound::{BoundExpr, BoundExprKind, LabelTest};
use crate::query::faults::{Fault as Deliberate, is_injected};
use crate::query::functions::{Function, FunctionError};
use crate::query::plan::columns::columns_of;
use crate::query::run::batch::{Batch, Column, Partial};
use crate::query::syntax::ast::{BinaryOp, ComparisonOp};

mod by_code;
mod cases;
mod conditions;
mod memory;
mod numbers;
mod sifting;
mod stored;
mod texts;

pub use conditions::Condition;
pub use memory::Memory;
use numbers::Numbers;

/// The values of an operand: one for all rows, or one a row.
enum Operand {
    Constant(Value),
    Column(Arc<Column>),
}

impl Operand {
    fn value(&self, row: usize) -> Value {
        match self {
            Self::Constant(value) => value.clone(),
            Self::Column(column) => column.value(row),
        }
    }
}

impl Evaluator<'_> {
    /// The values of an expression in all rows of a batch.
    ///
    /// # Errors
    /// As [`Evaluator::value`]; of several rows in error, not always the first.
    pub fn column(&self, expr: &BoundExpr, batch: &Batch) -> Evaluated<Arc<Column>> {
        if let Some(column) = self.by_code(expr, batch)? {
            return Ok(Arc::new(column));
        }
        let here = |error| ExpressionError::at(expr.span, error);
        let column = match &expr.kind {
            BoundExprKind::Column(slot) => {
                let shared = batch.columns.get(slot.index()).and_then(Option::as_ref);
                return Ok(shared.expect("a slot is filled before it is read").clone());
            }
            BoundExprKind::Constant(_) | BoundExprKind::Parameter(_) if batch.rows > 0 => {
                self.repeated(&self.value(expr, Row { batch, index: 0 })?, batch.rows)
            }
            BoundExprKind::Case { operand, branches, otherwise } => {
                let (operand, otherwise) = (operand.as_deref(), otherwise.as_deref());
                self.cases(cases::Case { operand, branches, otherwise }, batch)?
            }
            BoundExprKind::Property(of, key) => {
                let of = self.column(of, batch)?;
                self.properties(&of, key).map_err(here)?
            }
            BoundExprKind::IsNull(of) => {
                let of = self.column(of, batch)?;
                Column::Bools((0..batch.rows).map(|row| is_null(&of, row)).collect())
            }
            BoundExprKind::HasLabels(of, test) => {
                let of = self.column(of, batch)?;
                self.labelled(&of, test).map_err(here)?
            }
            BoundExprKind::Not(of) => match &*self.column(of, batch)? {
                Column::Bools(truths) => Column::Bools(truths.iter().map(|truth| !truth).collect()),
                Column::Partial(Partial { cells, present }) if let Column::Bools(truths) = &**cells => {
                    let turned = Column::Bools(truths.iter().map(|truth| !truth).collect());
                    Column::partial(turned, present.clone())
                }
                other => {
                    let there = |error| ExpressionError::at(of.span, error);
                    each_row(batch, |row| Ok(operators::not(operators::truth(&other.value(row))?).into()))
                        .map_err(there)?
                }
            },
            BoundExprKind::Binary(op @ (BinaryOp::And | BinaryOp::Or), left, right) => {
                self.connected(*op, left, right, batch)?
            }
            // XOR blames the operand that is no boolean, which only the row-wise way knows.
            BoundExprKind::Binary(op, left, right) if *op != BinaryOp::Xor => {
                let (left, right) = (self.operand(left, batch)?, self.operand(right, batch)?);
                let patterns = &self.memory.patterns;
                let quick = quick_arithmetic(*op, &left, &right, batch.rows);
                match quick.or_else(|| texts::sought(*op, &left, &right, patterns)) {
                    Some(column) => column.map_err(here)?,
                    None => each_row(batch, |row| operators::apply(*op, &left.value(row), &right.value(row), patterns))
                        .map_err(here)?,
                }
            }
            BoundExprKind::Comparison(first, rest) if rest[1..].iter().all(|(_, next)| cannot_fail(next, batch)) => {
                let mut left = self.operand(first, batch)?;
                let mut all: Option<Column> = None;
                for (op, next) in rest {
                    let right = self.operand(next, batch)?;
                    let holds = compared(*op, &left, &right, batch.rows);
                    all = Some(match all {
                        None => holds,
                        Some(all) => both(&all, &holds),
                    });
                    left = right;
                }
                all.expect("a comparison has two sides at least")
            }
            BoundExprKind::Subquery(kind, number) if self.locals.borrow().is_empty() => {
                match self.subqueries.run_all(*number, *kind, batch)? {
                    Some(column) => column,
                    None => self.row_by_row(expr, batch)?,
                }
            }
            BoundExprKind::Call(function, args) => self.called(function, args, batch).map_err(|error| match error {
                Fault::Argument(error) => error,
                Fault::Call(error) => here(error),
            })?,
            _ => self.row_by_row(expr, batch)?,
        };
        Ok(Arc::new(column))
    }

    fn row_by_row(&self, expr: &BoundExpr, batch: &Batch) -> Evaluated<Column> {
        let values = (0..batch.rows).map(|index| self.value(expr, Row { batch, index }));
        Ok(Column::from_values(values.collect::<Evaluated<_>>()?))
    }

    /// The rows in which a predicate is true, ascending. False and null rows are out.
    ///
    /// # Errors
    /// As [`Evaluator::column`]; `TypeError` (`InvalidArgumentType`) for what is neither true, false nor null.
    pub fn truths(&self, predicate: &BoundExpr, batch: &Batch) -> Evaluated<Vec<u32>> {
        if let Some(kept) = self.truths_by_code(predicate, batch)? {
            return Ok(kept);
        }
        let column = self.column(predicate, batch)?;
        Ok(match &*column {
            Column::Bools(truths) => (0..).zip(truths).filter(|(_, truth)| **truth).map(|(row, _)| row).collect(),
            Column::Partial(Partial { cells, present }) if let Column::Bools(truths) = &**cells => {
                let rows = (0u32..).zip(truths.iter().zip(present));
                rows.filter(|(_, (truth, is_known))| **truth && **is_known).map(|(row, _)| row).collect()
            }
            other => {
                let mut kept = Vec::new();
                for (row, index) in (0..batch.rows).zip(0u32..) {
                    let truth = operators::truth(&other.value(row));
                    if truth.map_err(|error| ExpressionError::at(predicate.span, error))? == Some(true) {
                        kept.push(index);
                    }
                }
                kept
            }
        })
    }

    fn operand(&self, expr: &BoundExpr, batch: &Batch) -> Evaluated<Operand> {
        match &expr.kind {
            BoundExprKind::Constant(value) => Ok(Operand::Constant(value.clone())),
            BoundExprKind::Parameter(_) if batch.rows > 0 => {
                self.value(expr, Row { batch, index: 0 }).map(Operand::Constant)
            }
            BoundExprKind::List(items) if batch.rows > 0 && items.iter().all(is_constant) => {
                self.value(expr, Row { batch, index: 0 }).map(Operand::Constant)
            }
            _ => self.column(expr, batch).map(Operand::Column),
        }
    }

    /// A value in each of so many rows.
    fn repeated(&self, value: &Value, rows: usize) -> Column {
        match value {
            Value::Int(int) => Column::Ints(vec![*int; rows]),
            Value::Float(float) => Column::Floats(vec![*float; rows]),
            Value::Bool(bool) => Column::Bools(vec![*bool; rows]),
            Value::Node(node) => Column::Nodes(vec![*node; rows]),
            Value::Rel(edge) => Column::Rels(vec![*edge; rows]),
            Value::Text(_) if rows > by_code::LEAST_ROWS => {
                self.memory.coded(Column::Values(vec![value.clone()])).gather(&vec![0; rows])
            }
            other => Column::Values(vec![other.clone(); rows]),
        }
    }

    fn labelled(&self, of: &Column, test: &LabelTest) -> Result<Column, FunctionError> {
        let graph = self.graph();
        match of {
            Column::Nodes(nodes) if nodes.iter().all(|node| *node != NodeId::NONE) => {
                let passes = |node: &NodeId| access::label_test(graph, *node, test);
                Ok(Column::Bools(nodes.iter().map(passes).collect()))
            }
            Column::Rels(edges) if edges.iter().all(|edge| *edge != EdgeId::NONE) => {
                let passes = |edge: &EdgeId| access::relation_passes(graph.edge_type(*edge), test);
                Ok(Column::Bools(edges.iter().map(passes).collect()))
            }
            _ => {
                let values = (0..of.len()).map(|row| access::has_labels(graph, &of.value(row), test));
                Ok(Column::from_values(values.collect::<Result<_, _>>()?))
            }
        }
    }

    /// AND and OR.
    fn connected(&self, op: BinaryOp, left: &BoundExpr, right: &BoundExpr, batch: &Batch) -> Evaluated<Column> {
        let decided = Some(op == BinaryOp::Or);
        let mut truths = self.truth_column(left, batch)?;
        let open: Vec<u32> =
            (0u32..).zip(&truths).filter(|(_, truth)| **truth != decided).map(|(row, _)| row).collect();
        if open.len() == batch.rows {
            for (truth, other) in truths.iter_mut().zip(self.truth_column(right, batch)?) {
                let alone = is_injected(Deliberate::RightSideAlone);
                *truth = if alone { other } else { operators::connect(op, *truth, other) };
            }
        } else if !open.is_empty() {
            for (row, other) in open.iter().zip(self.truth_column(right, &part_for(right, batch, &open))?) {
                let truth = &mut truths[*row as usize];
                *truth = operators::connect(op, *truth, other);
            }
        }
        Ok(from_truths(&truths))
    }

    fn truth_column(&self, expr: &BoundExpr, batch: &Batch) -> Evaluated<Vec<operators::Truth>> {
        let there = |error| ExpressionError::at(expr.span, error);
        match &*self.column(expr, batch)? {
            Column::Bools(truths) => Ok(truths.iter().copied().map(Some).collect()),
            Column::Partial(Partial { cells, present }) if let Column::Bools(truths) = &**cells => {
                Ok(truths.iter().zip(present).map(|(truth, is_known)| is_known.then_some(*truth)).collect())
            }
            other => (0..other.len()).map(|row| operators::truth(&other.value(row)).map_err(there)).collect(),
        }
    }

    fn called(&self, function: &Function, args: &[BoundExpr], batch: &Batch) -> Result<Column, Fault> {
        let operands: Vec<Operand> =
            args.iter().map(|arg| self.operand(arg, batch)).collect::<Evaluated<_>>().map_err(Fault::Argument)?;
        let mut values = Vec::with_capacity(operands.len());
        each_row(batch, |row| {
            values.clear();
            values.extend(operands.iter().map(|operand| operand.value(row)));
            function.call(self.context, &values)
        })
        .map_err(Fault::Call)
    }
}

/// Some rows of a batch, as far as an expression reads them.
fn part_for(expr: &BoundExpr, batch: &Batch, rows: &[u32]) -> Batch {
    let Some(slots) = columns_of(expr) else { return batch.gather(rows) };
    let mut part = Batch { columns: Vec::new(), rows: rows.len() };
    for slot in slots {
        part.set(slot.index(), batch.column(slot.index()).gather(rows));
    }
    part
}

/// What went wrong with a call: an argument, at its own place, or the call.
enum Fault {
    Argument(ExpressionError),
    Call(FunctionError),
}

fn each_row(batch: &Batch, value: impl FnMut(usize) -> Result<Value, FunctionError>) -> Result<Column, FunctionError> {
    Ok(Column::from_values((0..batch.rows).map(value).collect::<Result<_, _>>()?))
}

fn is_null(column: &Column, row: usize) -> bool {
    match column {
        Column::Nodes(nodes) => nodes[row] == NodeId::NONE,
        Column::Rels(edges) => edges[row] == EdgeId::NONE,
        Column::Texts(texts) => texts.codes[row] == TextId::NONE,
        Column::Partial(partial) => !partial.present[row],
        Column::Values(values) => values[row].is_null(),
        Column::Ints(_) | Column::Floats(_) | Column::Bools(_) => false,
    }
}

fn from_truths(truths: &[operators::Truth]) -> Column {
    let known = truths.iter().map(|truth| truth.unwrap_or_default()).collect();
    Column::partial(Column::Bools(known), truths.iter().map(Option::is_some).collect())
}

fn compared(op: ComparisonOp, left: &Operand, right: &Operand, rows: usize) -> Column {
    if let (Some(left), Some(right)) = (Numbers::ints(left), Numbers::ints(right)) {
        return left.compared(op, &right, rows);
    }
    if let (Some(left), Some(right)) = (Numbers::floats(left), Numbers::floats(right)) {
        return left.compared(op, &right, rows);
    }
    if let Some(column) = texts::compared(op, left, right) {
        return column;
    }
    let truths: Vec<_> = (0..rows).map(|row| operators::compare(op, &left.value(row), &right.value(row))).collect();
    from_truths(&truths)
}

/// Arithmetic of numbers; `None` where an operand is none, or the operator is none of arithmetic.
fn quick_arithmetic(
    op: BinaryOp,
    left: &Operand,
    right: &Operand,
    rows: usize,
) -> Option<Result<Column, FunctionError>> {
    use BinaryOp::{Add, Divide, Modulo, Multiply, Power, Subtract};
    if !matches!(op, Add | Subtract | Multiply | Divide | Modulo | Power) {
        return None;
    }
    if let (true, Some(left), Some(right)) = (op != Power, Numbers::ints(left), Numbers::ints(right)) {
        return Some(left.whole(op, &right, rows));
    }
    let (left, right) = (Numbers::widened(left)?, Numbers::widened(right)?);
    Some(Ok(left.floating(op, &right, rows)))
}

fn is_constant(expr: &BoundExpr) -> bool {
    matches!(expr.kind, BoundExprKind::Constant(_) | BoundExprKind::Parameter(_))
}

/// Whether an operand of a comparison cannot be in error in any row of a batch.
fn cannot_fail(expr: &BoundExpr, batch: &Batch) -> bool {
    match &expr.kind {
        BoundExprKind::Constant(_) | BoundExprKind::Column(_) => true,
        BoundExprKind::Property(of, _) => match of.kind {
            BoundExprKind::Column(slot) => {
                matches!(batch.column(slot.index()), Column::Nodes(_) | Column::Rels(_))
            }
            _ => false,
        },
        _ => false,
    }
}

/// AND of two columns of truths.
fn both(left: &Column, right: &Column) -> Column {
    if let (Column::Bools(left), Column::Bools(right)) = (left, right) {
        return Column::Bools(left.iter().zip(right).map(|(a, b)| a & b).collect());
    }
    let truth = |column: &Column, row| match column.value(row) {
        Value::Bool(truth) => Some(truth),
        _ => None,
    };
    let joined = (0..left.len()).map(|row| operators::connect(BinaryOp::And, truth(left, row), truth(right, row)));
    from_truths(&joined.collect::<Vec<_>>())
}
