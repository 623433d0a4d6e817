//! Grouping: one row for each combination of keys, in the order in which they first come.

use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::{Input, Operator};
use crate::model::{GroupKey, Value};
use crate::query::bind::bound::{BoundAggregate, BoundExpr, Slot};
use crate::query::functions::Accumulator;
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::expression::ExpressionError;
use crate::query::run::{Execution, Outcome};

/// About how many bytes a group costs beside its key.
const GROUP_BYTES: usize = 128;

pub(super) struct Aggregate<'p> {
    input: Input<'p>,
    keys: &'p [(BoundExpr, Slot)],
    aggregates: &'p [(BoundAggregate, Slot)],
    evidence: Option<&'p (BoundExpr, Slot)>,
    done: Option<std::vec::IntoIter<(Vec<GroupKey>, Group)>>,
}

struct Group {
    accumulators: Vec<Box<dyn Accumulator>>,
    evidence: Evidence,
}

/// What the rows of a group rested on: each relation and claim once, in the order in which it came.
#[derive(Default)]
pub(super) struct Evidence(indexmap::IndexSet<GroupKey, FxBuildHasher>);

impl Evidence {
    pub(super) fn add(&mut self, value: &Value) {
        if let Value::List(items) = value {
            self.0.extend(items.iter().map(|item| GroupKey(item.clone())));
        }
    }

    pub(super) fn finish(self) -> Value {
        Value::List(Arc::new(self.0.into_iter().map(|key| key.0).collect()))
    }
}

impl<'p> Aggregate<'p> {
    pub(super) fn new(
        input: Input<'p>,
        keys: &'p [(BoundExpr, Slot)],
        aggregates: &'p [(BoundAggregate, Slot)],
        evidence: Option<&'p (BoundExpr, Slot)>,
    ) -> Self {
        Self { input, keys, aggregates, evidence, done: None }
    }

    fn group(&self) -> Group {
        let accumulators = self.aggregates.iter().map(|(each, _)| each.function.accumulator(each.distinct));
        Group { accumulators: accumulators.collect(), evidence: Evidence::default() }
    }

    fn gather(&mut self, execution: &Execution<'_>) -> Outcome<Vec<(Vec<GroupKey>, Group)>> {
        let mut groups: IndexMap<Vec<GroupKey>, Group, FxBuildHasher> = IndexMap::default();
        if self.keys.is_empty() {
            // Without keys there is one group, also of no rows.
            groups.insert(Vec::new(), self.group());
        }
        while let Some(batch) = self.input.next(execution)? {
            execution.token.check()?;
            self.gather_batch(execution, &batch, &mut groups)?;
        }
        Ok(groups.into_iter().collect())
    }

    fn gather_batch(
        &self,
        execution: &Execution<'_>,
        batch: &Batch,
        groups: &mut IndexMap<Vec<GroupKey>, Group, FxBuildHasher>,
    ) -> Outcome<()> {
        let column = |expr: &BoundExpr| execution.evaluate(|evaluator| evaluator.column(expr, batch));
        let keys = self.keys.iter().map(|(expr, _)| column(expr)).collect::<Result<Vec<_>, _>>()?;
        let mut args = Vec::new();
        for (aggregate, _) in self.aggregates {
            args.push(aggregate.args.iter().map(column).collect::<Result<Vec<_>, _>>()?);
        }
        let evidence = self.evidence.map(|(expr, _)| column(expr)).transpose()?;
        for row in 0..batch.rows {
            let key: Vec<GroupKey> = keys.iter().map(|column| GroupKey(column.value(row))).collect();
            let group = match groups.get_mut(&key) {
                Some(group) => group,
                None => {
                    execution.token.hold(GROUP_BYTES)?;
                    groups.entry(key).or_insert_with(|| self.group())
                }
            };
            for (((aggregate, _), args), accumulator) in self.aggregates.iter().zip(&args).zip(&mut group.accumulators)
            {
                let values: Vec<Value> = args.iter().map(|column| column.value(row)).collect();
                accumulator.add(&values).map_err(|error| ExpressionError::at(aggregate.span, error))?;
            }
            if let Some(evidence) = &evidence {
                group.evidence.add(&evidence.value(row));
            }
        }
        Ok(())
    }
}

impl Operator for Aggregate<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        if self.done.is_none() {
            self.done = Some(self.gather(execution)?.into_iter());
        }
        let part: Vec<_> = self.done.as_mut().expect("gathered above").take(BATCH_ROWS).collect();
        if part.is_empty() {
            return Ok(None);
        }
        let rows = part.len();
        let mut columns: Vec<Vec<Value>> = vec![Vec::with_capacity(rows); self.keys.len() + self.aggregates.len()];
        let mut evidence = Vec::new();
        for (key, group) in part {
            for (column, value) in columns.iter_mut().zip(key) {
                column.push(value.0);
            }
            for (number, accumulator) in group.accumulators.into_iter().enumerate() {
                let span = self.aggregates[number].0.span;
                let value = accumulator.finish().map_err(|error| ExpressionError::at(span, error))?;
                columns[self.keys.len() + number].push(value);
            }
            evidence.push(group.evidence.finish());
        }
        let mut out = Batch { columns: Vec::new(), rows };
        let slots = self.keys.iter().map(|(_, slot)| *slot).chain(self.aggregates.iter().map(|(_, slot)| *slot));
        for (slot, values) in slots.zip(columns) {
            out.set(slot.index(), Column::from_values(values));
        }
        if let Some((_, slot)) = self.evidence {
            out.set(slot.index(), Column::Values(evidence));
        }
        Ok(Some(out))
    }
}
