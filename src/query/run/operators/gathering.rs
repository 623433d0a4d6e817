//! Aggregates over whole columns: the state of all groups side by side, without a value for each cell.
//!
//! What is common has a typed state (counts, sums, means and extremes of whole numbers, and any aggregate of distinct
//! words); as soon as a column of another type comes, the state goes over into the accumulators of
//! [`functions`](crate::query::functions), one a group, which know every type.

use std::sync::Arc;

use super::keys::{Sort, Words, words};
use crate::model::Value;
use crate::query::bind::bound::BoundAggregate;
use crate::query::faults::{Fault, is_injected};
use crate::query::functions::{Accumulator, Fold, FunctionError};
use crate::query::run::batch::Column;

/// The rows of a batch, as aggregates see them.
#[derive(Clone, Copy)]
pub(super) struct Rows<'b> {
    /// How many.
    pub count: usize,
    /// The group of each; none where there is but one group.
    pub groups: Option<&'b [u32]>,
    /// How many groups there are by now.
    pub all_groups: usize,
}

impl Rows<'_> {
    #[inline]
    fn group(&self, row: usize) -> usize {
        self.groups.map_or(0, |groups| groups[row] as usize)
    }
}

/// The state of one aggregate in all groups.
pub(super) struct Gathering<'p> {
    aggregate: &'p BoundAggregate,
    state: State,
    /// What has come already, where each value counts once.
    distinct: Option<Distinct>,
}

/// The words that have come in each group.
struct Distinct {
    seen: Words,
    sort: Option<Sort>,
}

enum State {
    Counts(Vec<i64>),
    /// Sums of whole numbers, and how many.
    Totals(Vec<(i128, i64)>),
    /// The least or greatest whole number.
    Extremes(Vec<Option<i64>>),
    Own(Vec<Box<dyn Accumulator>>),
}

impl<'p> Gathering<'p> {
    pub(super) fn new(aggregate: &'p BoundAggregate) -> Self {
        let state = match aggregate.function.fold {
            Fold::Count => State::Counts(Vec::new()),
            Fold::Sum | Fold::Mean => State::Totals(Vec::new()),
            Fold::Least | Fold::Greatest => State::Extremes(Vec::new()),
            Fold::Own => State::Own(Vec::new()),
        };
        let is_distinct = aggregate.distinct && aggregate.args.len() == 1 && !matches!(state, State::Own(_));
        let distinct = is_distinct.then(|| Distinct { seen: Words::new(2), sort: None });
        let state = if aggregate.distinct && !is_distinct { State::Own(Vec::new()) } else { state };
        Self { aggregate, state, distinct }
    }

    /// Takes the arguments of a batch of rows.
    pub(super) fn add(&mut self, rows: Rows<'_>, args: &[Arc<Column>]) -> Result<(), FunctionError> {
        self.settle_for(args)?;
        if let (Some(distinct), [column]) = (&mut self.distinct, args)
            && let Some(sort) = &distinct.sort
        {
            let (kept, groups) = distinct.seen.fresh(sort, column, rows);
            let column = Arc::new(column.gather(&kept));
            let rows = Rows { count: kept.len(), groups: rows.groups.map(|_| groups.as_slice()), ..rows };
            return self.fold(rows, &[column]);
        }
        self.fold(rows, args)
    }

    /// Goes over to accumulators if the state does not take columns of these types.
    fn settle_for(&mut self, args: &[Arc<Column>]) -> Result<(), FunctionError> {
        let takes = match (&self.state, args) {
            (State::Own(_), _) => return Ok(()),
            (State::Counts(_), _) => true,
            (_, [column]) => matches!(&**column, Column::Ints(_)),
            _ => false,
        };
        let tells_apart = match (&mut self.distinct, args) {
            (Some(distinct), [column]) => {
                if distinct.sort.is_none() {
                    distinct.sort = Sort::of(column);
                }
                distinct.sort.as_ref().is_some_and(|sort| sort.fits(column))
            }
            _ => true,
        };
        if takes && tells_apart { Ok(()) } else { self.settle() }
    }

    /// Goes over to accumulators, which take what has come so far.
    fn settle(&mut self) -> Result<(), FunctionError> {
        let new = || self.aggregate.function.accumulator(self.aggregate.distinct);
        let mut own: Vec<Box<dyn Accumulator>> = (0..self.groups()).map(|_| new()).collect();
        if let Some(Distinct { seen, sort: Some(sort) }) = self.distinct.take() {
            for (group, word) in seen.column(0).zip(seen.column(1)) {
                let group = usize::try_from(group).expect("a group's number");
                own[group].add(&[sort.value(word)])?;
            }
        } else {
            self.distinct = None;
            for (group, accumulator) in own.iter_mut().enumerate() {
                self.state.replay(group, &mut **accumulator)?;
            }
        }
        self.state = State::Own(own);
        Ok(())
    }

    fn groups(&self) -> usize {
        match &self.state {
            State::Counts(counts) => counts.len(),
            State::Totals(totals) => totals.len(),
            State::Extremes(found) => found.len(),
            State::Own(own) => own.len(),
        }
    }

    fn fold(&mut self, rows: Rows<'_>, args: &[Arc<Column>]) -> Result<(), FunctionError> {
        let is_greatest = self.aggregate.function.fold == Fold::Greatest;
        match &mut self.state {
            State::Counts(counts) => {
                counts.resize(rows.all_groups, 0);
                count(counts, rows, args.first().map(|column| &**column));
            }
            State::Totals(totals) => {
                totals.resize(rows.all_groups, (0, 0));
                if let [column] = args
                    && let Column::Ints(ints) = &**column
                {
                    for (row, int) in ints.iter().enumerate() {
                        let (sum, count) = &mut totals[rows.group(row)];
                        *sum += i128::from(*int);
                        *count += 1;
                    }
                }
            }
            State::Extremes(found) => {
                found.resize(rows.all_groups, None);
                if let [column] = args
                    && let Column::Ints(ints) = &**column
                {
                    for (row, int) in ints.iter().enumerate() {
                        let best = &mut found[rows.group(row)];
                        let is_better = |best| if is_greatest { *int > best } else { *int < best };
                        if best.is_none_or(is_better) {
                            *best = Some(*int);
                        }
                    }
                }
            }
            State::Own(own) => {
                let BoundAggregate { function, distinct, .. } = self.aggregate;
                own.resize_with(rows.all_groups, || function.accumulator(*distinct));
                let mut values: Vec<Value> = Vec::with_capacity(args.len());
                for row in 0..rows.count {
                    values.clear();
                    values.extend(args.iter().map(|column| column.value(row)));
                    own[rows.group(row)].add(&values)?;
                }
            }
        }
        Ok(())
    }

    /// The value of each of so many groups.
    pub(super) fn finish(self, groups: usize) -> Result<Column, FunctionError> {
        match self.state {
            State::Counts(mut counts) => {
                counts.resize(groups, 0);
                Ok(Column::Ints(counts))
            }
            State::Totals(mut totals) if self.aggregate.function.fold == Fold::Mean => {
                totals.resize(groups, (0, 0));
                Ok(means(&totals))
            }
            State::Totals(mut totals) => {
                totals.resize(groups, (0, 0));
                let whole: Option<Vec<i64>> = totals.iter().map(|(sum, _)| i64::try_from(*sum).ok()).collect();
                match whole {
                    Some(sums) => Ok(Column::Ints(sums)),
                    // An accumulator knows what to say of a sum beyond 64 bits.
                    None => {
                        let mut beyond = Self { state: State::Totals(totals), distinct: None, ..self };
                        beyond.settle()?;
                        beyond.finish(groups)
                    }
                }
            }
            State::Extremes(mut found) => {
                found.resize(groups, None);
                Ok(match found.iter().copied().collect() {
                    Some(ints) => Column::Ints(ints),
                    None => Column::Values(found.into_iter().map(|int| int.map(Value::Int).into()).collect()),
                })
            }
            State::Own(mut own) => {
                let BoundAggregate { function, distinct, .. } = self.aggregate;
                own.resize_with(groups, || function.accumulator(*distinct));
                let values = own.into_iter().map(Accumulator::finish).collect::<Result<_, _>>()?;
                Ok(Column::from_values(values))
            }
        }
    }
}

impl State {
    /// Gives an accumulator values that bring it to the state of a group.
    fn replay(&self, group: usize, into: &mut dyn Accumulator) -> Result<(), FunctionError> {
        match self {
            // Counting never goes over while every value counts.
            Self::Counts(_) | Self::Own(_) => Ok(()),
            Self::Extremes(found) => found[group].map_or(Ok(()), |int| into.add(&[Value::Int(int)])),
            Self::Totals(totals) => {
                let (mut rest, count) = totals[group];
                for _ in 0..count {
                    let part = rest.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
                    rest -= part;
                    let part = i64::try_from(part).expect("clamped to 64 bits");
                    into.add(&[Value::Int(part)])?;
                }
                Ok(())
            }
        }
    }
}

/// The mean of each group; null of none.
#[expect(clippy::cast_precision_loss, reason = "openCypher widens whole numbers to floats")]
fn means(totals: &[(i128, i64)]) -> Column {
    let mean = |(sum, count): &(i128, i64)| (*count > 0).then(|| *sum as f64 / *count as f64);
    let means: Vec<Option<f64>> = totals.iter().map(mean).collect();
    match means.iter().copied().collect() {
        Some(floats) => Column::Floats(floats),
        None => Column::Values(means.into_iter().map(|mean| mean.map(Value::Float).into()).collect()),
    }
}

/// count(x) and count(*).
fn count(counts: &mut [i64], rows: Rows<'_>, values: Option<&Column>) {
    let mut add = |row| counts[rows.group(row)] += 1;
    match values {
        Some(Column::Nodes(nodes)) => (0..rows.count).filter(|row| nodes[*row].some().is_some()).for_each(add),
        Some(Column::Rels(edges)) => (0..rows.count).filter(|row| edges[*row].some().is_some()).for_each(add),
        Some(Column::Texts(texts)) => (0..rows.count).filter(|row| texts.codes[*row].some().is_some()).for_each(add),
        Some(Column::Values(values)) => (0..rows.count).filter(|row| !values[*row].is_null()).for_each(add),
        None | Some(Column::Ints(_) | Column::Floats(_) | Column::Bools(_)) if rows.groups.is_none() => {
            counts[0] += i64::try_from(rows.count).expect("a batch has fewer than 2^63 rows");
        }
        None | Some(Column::Ints(_) | Column::Floats(_) | Column::Bools(_)) => (0..rows.count).for_each(&mut add),
    }
}

impl Words {
    /// The rows whose word is no null and new in their group, and these groups.
    fn fresh(&mut self, sort: &Sort, column: &Column, rows: Rows<'_>) -> (Vec<u32>, Vec<u32>) {
        let (mut kept, mut groups) = (Vec::new(), Vec::new());
        for (row, word) in (0u32..).zip(words(column)) {
            let group = rows.group(row as usize);
            let before = self.len();
            if !sort.is_null(word) && self.number(&[group as u64, word]) == before || is_injected(Fault::CountedTwice) {
                kept.push(row);
                groups.push(u32::try_from(group).expect("fewer than 2^32 groups"));
            }
        }
        (kept, groups)
    }
}
