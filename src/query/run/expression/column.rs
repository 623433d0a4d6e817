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
use crate::query::run::batch::{Batch, Column};
use crate::query::syntax::ast::{BinaryOp, ComparisonOp};

mod sifting;
mod stored;

pub use sifting::is_plain_test;

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

/// A run of numbers of one type: a column, or a constant for all rows.
enum Numbers<'c, T> {
    One(T),
    Each(&'c [T]),
}

impl<T: Copy> Numbers<'_, T> {
    #[inline]
    fn at(&self, row: usize) -> T {
        match self {
            Self::One(number) => *number,
            Self::Each(numbers) => numbers[row],
        }
    }
}

impl Evaluator<'_> {
    /// The values of an expression in all rows of a batch.
    ///
    /// # Errors
    /// As [`Evaluator::value`]; of several rows in error, not always the first.
    pub fn column(&self, expr: &BoundExpr, batch: &Batch) -> Evaluated<Arc<Column>> {
        let here = |error| ExpressionError::at(expr.span, error);
        let column = match &expr.kind {
            BoundExprKind::Column(slot) => {
                let shared = batch.columns.get(slot.index()).and_then(Option::as_ref);
                return Ok(shared.expect("a slot is filled before it is read").clone());
            }
            BoundExprKind::Constant(_) | BoundExprKind::Parameter(_) if batch.rows > 0 => {
                repeated(&self.value(expr, Row { batch, index: 0 })?, batch.rows)
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
                match quick_arithmetic(*op, &left, &right, batch.rows) {
                    Some(column) => column.map_err(here)?,
                    None => each_row(batch, |row| {
                        operators::apply(*op, &left.value(row), &right.value(row), &self.patterns)
                    })
                    .map_err(here)?,
                }
            }
            BoundExprKind::Comparison(first, rest) if rest.len() == 1 => {
                let (op, second) = &rest[0];
                compared(*op, &self.operand(first, batch)?, &self.operand(second, batch)?, batch.rows)
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
        let column = self.column(predicate, batch)?;
        let mut rows = Vec::with_capacity(batch.rows);
        for (row, index) in (0..batch.rows).zip(0u32..) {
            let holds = match &*column {
                Column::Bools(truths) => truths[row],
                other => {
                    let truth = operators::truth(&other.value(row));
                    truth.map_err(|error| ExpressionError::at(predicate.span, error))? == Some(true)
                }
            };
            if holds {
                rows.push(index);
            }
        }
        Ok(rows)
    }

    fn operand(&self, expr: &BoundExpr, batch: &Batch) -> Evaluated<Operand> {
        match &expr.kind {
            BoundExprKind::Constant(value) => Ok(Operand::Constant(value.clone())),
            BoundExprKind::Parameter(_) if batch.rows > 0 => {
                self.value(expr, Row { batch, index: 0 }).map(Operand::Constant)
            }
            _ => self.column(expr, batch).map(Operand::Column),
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

fn repeated(value: &Value, rows: usize) -> Column {
    match value {
        Value::Int(int) => Column::Ints(vec![*int; rows]),
        Value::Float(float) => Column::Floats(vec![*float; rows]),
        Value::Bool(bool) => Column::Bools(vec![*bool; rows]),
        Value::Node(node) => Column::Nodes(vec![*node; rows]),
        Value::Rel(edge) => Column::Rels(vec![*edge; rows]),
        other => Column::Values(vec![other.clone(); rows]),
    }
}

fn is_null(column: &Column, row: usize) -> bool {
    match column {
        Column::Nodes(nodes) => nodes[row] == NodeId::NONE,
        Column::Rels(edges) => edges[row] == EdgeId::NONE,
        Column::Texts(texts) => texts.codes[row] == TextId::NONE,
        Column::Values(values) => values[row].is_null(),
        Column::Ints(_) | Column::Floats(_) | Column::Bools(_) => false,
    }
}

fn from_truths(truths: &[operators::Truth]) -> Column {
    let known: Option<Vec<bool>> = truths.iter().copied().collect();
    known.map_or_else(|| Column::Values(truths.iter().map(|truth| (*truth).into()).collect()), Column::Bools)
}

fn ints(operand: &Operand) -> Option<Numbers<'_, i64>> {
    match operand {
        Operand::Constant(Value::Int(int)) => Some(Numbers::One(*int)),
        Operand::Column(column) => match &**column {
            Column::Ints(ints) => Some(Numbers::Each(ints)),
            _ => None,
        },
        Operand::Constant(_) => None,
    }
}

fn floats(operand: &Operand) -> Option<Numbers<'_, f64>> {
    match operand {
        Operand::Constant(Value::Float(float)) => Some(Numbers::One(*float)),
        Operand::Column(column) => match &**column {
            Column::Floats(floats) => Some(Numbers::Each(floats)),
            _ => None,
        },
        Operand::Constant(_) => None,
    }
}

fn compared(op: ComparisonOp, left: &Operand, right: &Operand, rows: usize) -> Column {
    if let (Some(left), Some(right)) = (ints(left), ints(right)) {
        return Column::Bools((0..rows).map(|row| holds(op, &left.at(row), &right.at(row))).collect());
    }
    if let (Some(left), Some(right)) = (floats(left), floats(right)) {
        return Column::Bools((0..rows).map(|row| holds(op, &left.at(row), &right.at(row))).collect());
    }
    if let Some(column) = told_apart_by_code(op, left, right) {
        return column;
    }
    let truths: Vec<_> = (0..rows).map(|row| operators::compare(op, &left.value(row), &right.value(row))).collect();
    from_truths(&truths)
}

/// Strings of a dictionary that are equal to a constant or not, without making a string of any.
fn told_apart_by_code(op: ComparisonOp, left: &Operand, right: &Operand) -> Option<Column> {
    let (Operand::Column(column), Operand::Constant(Value::Text(text))) = (left, right) else { return None };
    let Column::Texts(texts) = &**column else { return None };
    let is_equal = match op {
        ComparisonOp::Equal => true,
        ComparisonOp::NotEqual => false,
        _ => return None,
    };
    let wanted = texts.base.texts().find(text);
    let is_null = |code: &TextId| *code == TextId::NONE && !is_injected(Deliberate::NullDiffers);
    let truth = |code: &TextId| (!is_null(code)).then(|| (Some(*code) == wanted) == is_equal);
    Some(from_truths(&texts.codes.iter().map(truth).collect::<Vec<_>>()))
}

/// A comparison of two numbers of one type. NaN is unequal to all and neither less nor greater, as in openCypher.
#[inline]
fn holds<T: PartialOrd>(op: ComparisonOp, left: &T, right: &T) -> bool {
    match op {
        ComparisonOp::Equal => left == right,
        ComparisonOp::NotEqual => left != right,
        ComparisonOp::Less => left < right || is_injected(Deliberate::LessOrEqual) && left == right,
        ComparisonOp::LessOrEqual => left <= right,
        ComparisonOp::Greater => left > right,
        ComparisonOp::GreaterOrEqual => left >= right,
    }
}

/// Arithmetic of numbers of one type; `None` where the operands are of others, or the operator is none of arithmetic.
fn quick_arithmetic(
    op: BinaryOp,
    left: &Operand,
    right: &Operand,
    rows: usize,
) -> Option<Result<Column, FunctionError>> {
    use BinaryOp::{Add, Divide, Modulo, Multiply, Power, Subtract};
    let as_int = |value| match value {
        Value::Int(int) => int,
        _ => unreachable!("whole numbers yield whole numbers"),
    };
    if let (Add | Subtract | Multiply | Divide | Modulo, Some(left), Some(right)) = (op, ints(left), ints(right)) {
        let ints = (0..rows).map(|row| operators::whole(op, left.at(row), right.at(row)).map(as_int));
        return Some(ints.collect::<Result<_, _>>().map(Column::Ints));
    }
    if let (Add | Subtract | Multiply | Divide | Modulo | Power, Some(left), Some(right)) =
        (op, floats(left), floats(right))
    {
        let floats = (0..rows).map(|row| operators::floating(op, left.at(row), right.at(row)));
        return Some(Ok(Column::Floats(floats.collect())));
    }
    None
}
