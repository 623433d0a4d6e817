//! Grouping: one row for each combination of keys, in the order in which they first come.

use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use super::gathering::{Gathering, Rows};
use super::keys::Keys;
use super::{Input, Operator};
use crate::model::{GroupKey, Value};
use crate::query::bind::bound::{BoundAggregate, BoundExpr, Slot};
use crate::query::run::batch::{Batch, Column};
use crate::query::run::expression::ExpressionError;
use crate::query::run::{Execution, Outcome};

/// About how many bytes a group costs beside its key, for each aggregate.
const GROUP_BYTES: usize = 32;

pub(super) struct Aggregate<'p> {
    input: Input<'p>,
    keys: &'p [(BoundExpr, Slot)],
    aggregates: &'p [(BoundAggregate, Slot)],
    evidence: Option<&'p (BoundExpr, Slot)>,
    is_done: bool,
}

/// All groups so far.
struct Groups<'p> {
    keys: Keys,
    gatherings: Vec<Gathering<'p>>,
    evidence: Vec<Evidence>,
    count: usize,
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
        Self { input, keys, aggregates, evidence, is_done: false }
    }

    fn gather(&mut self, execution: &Execution<'_>) -> Outcome<Groups<'p>> {
        let gatherings = self.aggregates.iter().map(|(each, _)| Gathering::new(each)).collect();
        // Without keys there is one group, also of no rows.
        let count = usize::from(self.keys.is_empty());
        let mut groups = Groups { keys: Keys::Unknown, gatherings, evidence: Vec::new(), count };
        while let Some(batch) = self.input.next(execution)? {
            execution.token.check()?;
            if batch.rows > 0 {
                self.gather_batch(execution, &batch, &mut groups)?;
            }
        }
        Ok(groups)
    }

    fn gather_batch(&self, execution: &Execution<'_>, batch: &Batch, groups: &mut Groups<'_>) -> Outcome<()> {
        let column = |expr: &BoundExpr| execution.evaluate(|evaluator| evaluator.column(expr, batch));
        let keys = self.keys.iter().map(|(expr, _)| column(expr)).collect::<Result<Vec<_>, _>>()?;
        let numbers = (!keys.is_empty()).then(|| groups.keys.number(&keys, batch.rows));
        if numbers.is_some() {
            let new = groups.keys.len() - groups.count;
            execution.token.hold(new * (16 * keys.len() + GROUP_BYTES * self.aggregates.len()))?;
            groups.count = groups.keys.len();
        }
        let rows = Rows { count: batch.rows, groups: numbers.as_deref(), all_groups: groups.count };
        for ((aggregate, _), gathering) in self.aggregates.iter().zip(&mut groups.gatherings) {
            let args = aggregate.args.iter().map(column).collect::<Result<Vec<_>, _>>()?;
            gathering.add(rows, &args).map_err(|error| ExpressionError::at(aggregate.span, error))?;
        }
        if let Some((expr, _)) = self.evidence {
            let found = column(expr)?;
            groups.evidence.resize_with(groups.count, Evidence::default);
            for row in 0..batch.rows {
                let group = numbers.as_ref().map_or(0, |numbers| numbers[row] as usize);
                groups.evidence[group].add(&found.value(row));
            }
        }
        Ok(())
    }

    /// The groups as rows.
    fn batch(&self, groups: Groups<'_>) -> Outcome<Batch> {
        let Groups { keys, gatherings, mut evidence, count } = groups;
        let mut out = Batch { columns: Vec::new(), rows: count };
        for ((_, slot), column) in self.keys.iter().zip(keys.columns(self.keys.len())) {
            out.set(slot.index(), column);
        }
        for ((aggregate, slot), gathering) in self.aggregates.iter().zip(gatherings) {
            let column = gathering.finish(count).map_err(|error| ExpressionError::at(aggregate.span, error))?;
            out.set(slot.index(), column);
        }
        if let Some((_, slot)) = self.evidence {
            evidence.resize_with(count, Evidence::default);
            out.set(slot.index(), Column::Values(evidence.into_iter().map(Evidence::finish).collect()));
        }
        Ok(out)
    }
}

impl Operator for Aggregate<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        if std::mem::replace(&mut self.is_done, true) {
            return Ok(None);
        }
        let groups = self.gather(execution)?;
        Ok(if groups.count == 0 { None } else { Some(self.batch(groups)?) })
    }
}
