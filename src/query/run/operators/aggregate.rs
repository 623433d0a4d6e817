//! Grouping: one row for each combination of keys, in the order in which they first come; where only rows are counted, and
//! keys lie close together, in ascending order ([`Histogram`]). Where a whole-graph scan stands before it, parts of that
//! are gathered on all cores ([`Parts`]) and joined in their order.

use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use super::gathering::{Gathering, Rows};
use super::histogram::{Histogram, ROWS};
use super::keys::Keys;
use super::parts::Parts;
use super::{Input, Operator};
use crate::model::{GroupKey, Value};
use crate::query::bind::bound::{BoundAggregate, BoundExpr, Slot};
use crate::query::faults::{Fault, is_injected};
use crate::query::functions::Fold;
use crate::query::run::batch::{Batch, Column};
use crate::query::run::expression::ExpressionError;
use crate::query::run::{Execution, Outcome};

/// About how many bytes a group costs beside its key, for each aggregate.
const GROUP_BYTES: usize = 32;

pub(super) struct Aggregate<'p> {
    input: Input<'p>,
    asked: Asked<'p>,
    /// What stands before it, to be run in parts on all cores.
    parts: Option<Parts<'p>>,
    is_done: bool,
}

/// What is asked of the rows.
#[derive(Clone, Copy)]
pub(super) struct Asked<'p> {
    pub keys: &'p [(BoundExpr, Slot)],
    pub aggregates: &'p [(BoundAggregate, Slot)],
    pub evidence: Option<&'p (BoundExpr, Slot)>,
}

/// All groups so far.
struct Groups<'p> {
    keys: Keys,
    gatherings: Vec<Gathering<'p>>,
    evidence: Vec<Evidence>,
    count: usize,
    /// What has taken over from the keys and what they gathered.
    histogram: Option<Histogram>,
    /// After so many rows more one may take over; never where more than rows is asked for.
    rows_before_histogram: Option<usize>,
    /// So many rows the next time.
    patience: usize,
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
    /// Over an input, and over what stands before it if that can be run in parts.
    pub(super) fn new(input: Input<'p>, asked: Asked<'p>, parts: Option<Parts<'p>>) -> Self {
        Self { input, asked, parts: parts.filter(|_| asked.can_be_joined()), is_done: false }
    }

    /// The groups of all parts; `None` where there are no parts, or where what they gathered does not fit together.
    fn gather_parts(&self, execution: &Execution<'_>) -> Outcome<Option<Groups<'p>>> {
        let (asked, Some(parts)) = (self.asked, &self.parts) else { return Ok(None) };
        let gathered = parts.run(execution, |mut input, execution| asked.gather(&mut input, execution));
        let Some(gathered) = gathered.transpose()? else { return Ok(None) };
        let mut parts = gathered.into_iter();
        let mut all = parts.next();
        for part in parts {
            all = all.map(|all| asked.joined(all, part)).transpose()?.flatten();
        }
        Ok(all)
    }
}

impl Groups<'_> {
    /// Lets a histogram take over once enough rows have come.
    fn count_by_place(&mut self, execution: &Execution<'_>, rows: usize) -> Outcome<()> {
        let Some(left) = &mut self.rows_before_histogram else { return Ok(()) };
        *left = left.saturating_sub(rows);
        if *left > 0 {
            return Ok(());
        }
        let counts = self.gatherings.first().and_then(Gathering::counts);
        if let Some(histogram) = counts.and_then(|counts| Histogram::of(&self.keys, counts)) {
            execution.token.hold(histogram.bytes())?;
            (self.keys, self.gatherings, self.count) = (Keys::Unknown, Vec::new(), 0);
            self.histogram = Some(histogram);
            self.patience = self.patience.saturating_mul(2);
        }
        self.rows_before_histogram = Some(self.patience);
        Ok(())
    }
}

impl<'p> Asked<'p> {
    /// Whether groups of several parts of the rows can be put together, as far as is known before a value has come.
    fn can_be_joined(self) -> bool {
        let args = self.aggregates.iter().flat_map(|(each, _)| &each.args);
        let is_joined = self.aggregates.iter().all(|(each, _)| each.function.fold != Fold::Own);
        is_joined
            && self.evidence.is_none()
            && self.keys.iter().map(|(key, _)| key).chain(args).all(BoundExpr::is_deterministic)
    }

    fn gather(self, input: &mut Input<'_>, execution: &Execution<'_>) -> Outcome<Groups<'p>> {
        let gatherings = self.aggregates.iter().map(|(each, _)| Gathering::new(each)).collect();
        // Without keys there is one group, also of no rows.
        let count = usize::from(self.keys.is_empty());
        let mut groups = Groups {
            keys: Keys::Unknown,
            gatherings,
            evidence: Vec::new(),
            count,
            histogram: None,
            rows_before_histogram: self.only_counts().then_some(ROWS),
            patience: ROWS,
        };
        while let Some(batch) = input.next(execution)? {
            execution.token.check()?;
            if batch.rows > 0 {
                self.gather_batch(execution, &batch, &mut groups)?;
            }
        }
        Ok(groups)
    }

    /// Whether of each key only the number of rows is wanted.
    fn only_counts(self) -> bool {
        let counts = |each: &BoundAggregate| each.function.fold == Fold::Count && each.args.is_empty();
        !self.keys.is_empty() && self.evidence.is_none() && self.aggregates.iter().all(|(each, _)| counts(each))
    }

    /// The groups of a part of the rows and of the part that follows it; `None` where their values are of different
    /// types.
    fn joined(self, mut groups: Groups<'p>, mut others: Groups<'p>) -> Outcome<Option<Groups<'p>>> {
        if let (Some(own), Some(other)) = (&mut groups.histogram, &others.histogram)
            && !is_injected(Fault::PartForgotten)
            && own.join(other)
        {
            return Ok(Some(groups));
        }
        self.settle(&mut groups);
        self.settle(&mut others);
        let numbers = if self.keys.is_empty() {
            vec![0]
        } else if others.count == 0 {
            Vec::new()
        } else {
            let columns: Vec<_> = others.keys.columns(self.keys.len()).into_iter().map(Arc::new).collect();
            groups.keys.number(&columns, others.count)
        };
        groups.count = groups.count.max(groups.keys.len());
        if is_injected(Fault::PartForgotten) {
            return Ok(Some(groups));
        }
        for (((aggregate, _), gathering), other) in
            self.aggregates.iter().zip(&mut groups.gatherings).zip(others.gatherings)
        {
            let is_joined = gathering.join(other, &numbers, groups.count);
            if !is_joined.map_err(|error| ExpressionError::at(aggregate.span, error))? {
                return Ok(None);
            }
        }
        Ok(Some(groups))
    }

    /// Hands back from the histogram to keys by number.
    fn settle(self, groups: &mut Groups<'p>) {
        let Some(histogram) = groups.histogram.take() else { return };
        let (columns, counts) = histogram.finish();
        let columns: Vec<_> = columns.into_iter().map(Arc::new).collect();
        groups.keys.number(&columns, counts.len());
        groups.count = counts.len();
        let counted = |(aggregate, _): &'p (BoundAggregate, Slot)| Gathering::counted(aggregate, counts.clone());
        groups.gatherings = self.aggregates.iter().map(counted).collect();
    }

    fn gather_batch(self, execution: &Execution<'_>, batch: &Batch, groups: &mut Groups<'p>) -> Outcome<()> {
        let column = |expr: &BoundExpr| execution.evaluate(|evaluator| evaluator.column(expr, batch));
        let keys = self.keys.iter().map(|(expr, _)| column(expr)).collect::<Result<Vec<_>, _>>()?;
        if groups.histogram.as_mut().is_some_and(|histogram| histogram.add(&keys, batch.rows)) {
            return Ok(());
        }
        execution.token.release(groups.histogram.as_ref().map_or(0, Histogram::bytes));
        self.settle(groups);
        let numbers = (!keys.is_empty()).then(|| groups.keys.number(&keys, batch.rows));
        if numbers.is_some() {
            let new = groups.keys.len() - groups.count;
            execution.token.hold(new * GROUP_BYTES * self.aggregates.len() + groups.keys.grown())?;
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
        groups.count_by_place(execution, batch.rows)
    }

    /// The groups as rows.
    fn batch(self, groups: Groups<'_>) -> Outcome<Batch> {
        let Groups { keys, gatherings, mut evidence, count, histogram, .. } = groups;
        let mut out = Batch { columns: Vec::new(), rows: count };
        if let Some(histogram) = histogram {
            let (columns, counts) = histogram.finish();
            out.rows = counts.len();
            let aggregates = self.aggregates.iter().map(|(_, slot)| (*slot, Column::Ints(counts.clone())));
            let keys = self.keys.iter().map(|(_, slot)| *slot).zip(columns);
            keys.chain(aggregates).for_each(|(slot, column)| out.set(slot.index(), column));
            return Ok(out);
        }
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
        let groups = match self.gather_parts(execution)? {
            Some(groups) => groups,
            None => self.asked.gather(&mut self.input, execution)?,
        };
        let has_some = groups.count > 0 || groups.histogram.is_some();
        Ok(if has_some { Some(self.asked.batch(groups)?) } else { None })
    }
}
