//! The subqueries of expressions, for one row or for a whole batch of rows at once.
//!
//! A subquery whose steps treat each row by itself takes a batch: its rows are numbered, one run of the subquery's steps
//! finds what belongs to any of them, and what comes out at the end is told apart by number: EXISTS, COUNT and COLLECT as
//! joins.
//!
//! EXISTS wants one answer a row. What finds very many is stopped, and the rows that are still open are asked one by one.

use std::sync::Arc;

use super::batch::{Batch, Column};
use super::error::RunError;
use super::expression::{Evaluated, ExpressionError, Row, SubqueryRunner};
use super::operators::{self, Input};
use super::{Execution, Outcome};
use crate::model::Value;
use crate::query::bind::bound::{BoundExpr, BoundExprKind};
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::logical::Expand;
use crate::query::plan::{Pipeline, Step};
use crate::query::syntax::ast::SubqueryKind;

/// EXISTS pulls so many batches for the rows of one.
const PULLS: usize = 64;

/// What a subquery has found for each row of a batch.
struct Answers {
    kind: SubqueryKind,
    counts: Vec<usize>,
    lists: Vec<Vec<Value>>,
    /// How many rows have an answer.
    answered: usize,
}

impl Answers {
    fn new(kind: SubqueryKind, rows: usize) -> Self {
        let lists = if kind == SubqueryKind::Collect { vec![Vec::new(); rows] } else { Vec::new() };
        Self { kind, counts: vec![0; rows], lists, answered: 0 }
    }

    /// Takes in what was found; `numbers` are those of the rows for which.
    fn add(&mut self, numbers: &[i64], collected: Option<&Column>) {
        for (found, number) in numbers.iter().enumerate() {
            let row = usize::try_from(*number).expect("a row's number");
            if row + 1 == self.counts.len() && row > 0 && is_injected(Fault::LastOfBatchUnanswered) {
                continue;
            }
            self.answered += usize::from(self.counts[row] == 0);
            self.counts[row] += 1;
            if let Some(column) = collected {
                self.lists[row].push(column.value(found));
            }
        }
    }

    /// Whether nothing more can change an answer.
    fn are_settled(&self) -> bool {
        self.kind == SubqueryKind::Exists && self.answered == self.counts.len()
    }

    fn column(self) -> Column {
        let counts = self.counts.into_iter();
        match self.kind {
            SubqueryKind::Exists => Column::Bools(counts.map(|count| count > 0).collect()),
            SubqueryKind::Count => Column::Ints(counts.map(as_int).collect()),
            SubqueryKind::Collect => Column::Values(self.lists.into_iter().map(Value::list).collect()),
        }
    }
}

fn as_int(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn as_expression_error(error: RunError) -> ExpressionError {
    match error {
        RunError::Expression(error) => error,
        RunError::Stopped(stopped) => ExpressionError::stopped(stopped),
    }
}

/// The hop whose relations are the rows of a pipeline: nothing that follows it leaves any out, or can fail.
fn hop_alone(pipeline: &Pipeline) -> Option<&Expand> {
    let [Step::Expand(hop), others @ ..] = pipeline.steps.as_slice() else { return None };
    let is_plain = |expr: &BoundExpr| matches!(expr.kind, BoundExprKind::Column(_) | BoundExprKind::Constant(_));
    let keeps_all = |step: &Step| match step {
        Step::Compute(items) => items.iter().all(|(expr, _)| is_plain(expr)),
        Step::Keep(_) => true,
        _ => false,
    };
    others.iter().all(keeps_all).then_some(hop)
}

impl Execution<'_> {
    /// Pulls what a subquery finds for a batch whose rows are numbered; whether all of it was found.
    fn pull(&self, top: &mut Input<'_>, collected: Option<usize>, answers: &mut Answers) -> Outcome<bool> {
        let number = self.plan.slots as usize;
        for pulls in 0.. {
            if answers.are_settled() || answers.kind == SubqueryKind::Exists && pulls == PULLS {
                return Ok(false);
            }
            let Some(found) = top.next(self)? else { break };
            if found.rows > 0 {
                let Column::Ints(numbers) = found.column(number) else { unreachable!("rows have whole numbers") };
                answers.add(numbers, collected.map(|slot| found.column(slot)));
            }
        }
        Ok(true)
    }
}

impl SubqueryRunner for Execution<'_> {
    fn run(&self, number: usize, kind: SubqueryKind, row: Row<'_>, locals: &[Value]) -> Evaluated {
        let subplan = &self.plan.subplans[number];
        let mut outer = Batch::unit();
        for slot in &subplan.imports {
            let value = row.batch.column(slot.index()).value(row.index);
            outer.set(slot.index(), Column::from_values(vec![value]));
        }
        for (slot, value) in subplan.locals.iter().zip(locals) {
            outer.set(slot.index(), Column::from_values(vec![value.clone()]));
        }
        let mut top = operators::build(&subplan.pipeline, outer);
        let mut found = Vec::new();
        let mut count = 0usize;
        while let Some(batch) = top.next(self).map_err(as_expression_error)? {
            count += batch.rows;
            match kind {
                SubqueryKind::Exists if count > 0 || is_injected(Fault::EmptyBatchExists) => {
                    return Ok(Value::Bool(true));
                }
                SubqueryKind::Collect => {
                    let column = batch.column(subplan.output[0].slot.index());
                    found.extend((0..batch.rows).map(|row| column.value(row)));
                }
                _ => {}
            }
            if is_injected(Fault::FirstBatchOnly) {
                break;
            }
        }
        Ok(match kind {
            SubqueryKind::Exists => Value::Bool(false),
            SubqueryKind::Count => Value::Int(as_int(count)),
            SubqueryKind::Collect => Value::List(Arc::new(found)),
        })
    }

    fn run_all(&self, number: usize, kind: SubqueryKind, batch: &Batch) -> Evaluated<Option<Column>> {
        let subplan = &self.plan.subplans[number];
        if !subplan.takes_batches || !subplan.locals.is_empty() || batch.rows == 0 {
            return Ok(None);
        }
        let mut outer = Batch { columns: Vec::new(), rows: batch.rows };
        for slot in &subplan.imports {
            outer.set_shared(slot.index(), batch.shared(slot.index()).clone());
        }
        if let (SubqueryKind::Count, Some(hop)) = (kind, hop_alone(&subplan.pipeline)) {
            let degrees = operators::degrees(self, hop, &outer).map_err(as_expression_error)?;
            if let Some(degrees) = degrees {
                return Ok(Some(Column::Ints(degrees.into_iter().map(as_int).collect())));
            }
        }
        outer.set(self.plan.slots as usize, Column::Ints((0..batch.rows).map(as_int).collect()));
        let mut top = operators::build(&subplan.pipeline, outer);
        let collected = (kind == SubqueryKind::Collect).then(|| subplan.output[0].slot.index());
        let mut answers = Answers::new(kind, batch.rows);
        let is_at_end = self.pull(&mut top, collected, &mut answers).map_err(as_expression_error)?;
        if !is_at_end && !answers.are_settled() {
            for index in (0..batch.rows).filter(|row| answers.counts[*row] == 0).collect::<Vec<_>>() {
                let exists = SubqueryRunner::run(self, number, kind, Row { batch, index }, &[])?;
                answers.counts[index] = usize::from(matches!(exists, Value::Bool(true)));
            }
        }
        Ok(Some(answers.column()))
    }
}
