//! Aggregates over whole columns: the state of all groups side by side, without a value for each cell.
//!
//! What is common has a typed state ([`State`]: counts, sums, means, extremes, also of distinct words); as soon as a column of another type comes, the state goes over into the accumulators of
//! [`functions`](crate::query::functions), one a group, which know every type.

use std::sync::Arc;

use super::keys::Sort;
use super::states::State;
use super::words::{Row, WordColumn, Words};
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
    pub(super) fn group(&self, row: usize) -> usize {
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

impl<'p> Gathering<'p> {
    pub(super) fn new(aggregate: &'p BoundAggregate) -> Self {
        let state = State::of(aggregate.function.fold);
        let is_distinct = aggregate.distinct && aggregate.args.len() == 1 && !matches!(state, State::Own(_));
        let distinct = is_distinct.then(|| Distinct { seen: Words::new(2), sort: None });
        let state = if aggregate.distinct && !is_distinct { State::Own(Vec::new()) } else { state };
        Self { aggregate, state, distinct }
    }

    /// Of an aggregate that has counted so many rows of each group.
    pub(super) fn counted(aggregate: &'p BoundAggregate, counts: Vec<i64>) -> Self {
        Self { aggregate, state: State::Counts(counts), distinct: None }
    }

    /// How many rows each group has, of an aggregate that counts.
    pub(super) fn counts(&self) -> Option<&[i64]> {
        match &self.state {
            State::Counts(counts) => Some(counts),
            _ => None,
        }
    }

    /// Takes the arguments of a batch of rows.
    pub(super) fn add(&mut self, rows: Rows<'_>, args: &[Arc<Column>]) -> Result<(), FunctionError> {
        self.settle_for(args)?;
        if let (Some(distinct), [column]) = (&mut self.distinct, args)
            && let Some(sort) = distinct.sort.clone()
        {
            let (kept, groups) = distinct.fresh(&sort, column, rows);
            let column = Arc::new(column.gather(&kept));
            let rows = Rows { count: kept.len(), groups: rows.groups.map(|_| groups.as_slice()), ..rows };
            return self.fold(rows, &[column]);
        }
        self.fold(rows, args)
    }

    /// Goes over to accumulators if the state does not take columns of these types.
    fn settle_for(&mut self, args: &[Arc<Column>]) -> Result<(), FunctionError> {
        let takes = match (&mut self.state, args) {
            (State::Own(_), _) => return Ok(()),
            (State::Counts(_), _) => true,
            (state, [column]) => state.takes(column),
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
        let mut own: Vec<Box<dyn Accumulator>> = (0..self.state.len()).map(|_| new()).collect();
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

    fn fold(&mut self, rows: Rows<'_>, args: &[Arc<Column>]) -> Result<(), FunctionError> {
        match (&mut self.state, args) {
            (State::Counts(counts), _) => {
                counts.resize(rows.all_groups, 0);
                count(counts, rows, args.first().map(|column| &**column));
            }
            (State::Own(own), _) => {
                let BoundAggregate { function, distinct, .. } = self.aggregate;
                own.resize_with(rows.all_groups, || function.accumulator(*distinct));
                let mut values: Vec<Value> = Vec::with_capacity(args.len());
                for row in 0..rows.count {
                    values.clear();
                    values.extend(args.iter().map(|column| column.value(row)));
                    own[rows.group(row)].add(&values)?;
                }
            }
            (state, [column]) => state.fold(rows, column),
            _ => unreachable!("typed states have one argument"),
        }
        Ok(())
    }

    /// Takes what another one gathered of the rows behind these, whose groups have these numbers here; whether the two
    /// fit together.
    pub(super) fn join(&mut self, other: Self, numbers: &[u32], all_groups: usize) -> Result<bool, FunctionError> {
        match (&self.distinct, other.distinct) {
            (Some(_), Some(Distinct { seen, sort: Some(sort) })) => {
                let number = |group: u64| usize::try_from(group).map_or(0, |group| numbers[group]);
                let groups: Vec<u32> = seen.column(0).map(number).collect();
                let column = Arc::new(sort.column(seen.column(1)));
                let rows = Rows { count: groups.len(), groups: Some(&groups), all_groups };
                self.add(rows, &[column])?;
                Ok(true)
            }
            (Some(_), Some(_)) => Ok(true),
            (None, None) => Ok(self.state.join(other.state, numbers, all_groups)),
            _ => Ok(false),
        }
    }

    /// The value of each of so many groups.
    pub(super) fn finish(mut self, groups: usize) -> Result<Column, FunctionError> {
        self.state.resize(groups);
        let is_mean = self.aggregate.function.fold == Fold::Mean;
        match &mut self.state {
            State::Counts(counts) => return Ok(Column::Ints(std::mem::take(counts))),
            State::Totals(totals) if is_mean => {
                #[expect(clippy::cast_precision_loss, reason = "openCypher widens whole numbers to floats")]
                return Ok(means(totals.iter().map(|(sum, count)| (*sum as f64, *count))));
            }
            State::Sums(sums) if is_mean => return Ok(means(sums.iter().copied())),
            State::Totals(totals) => {
                let whole: Option<Vec<i64>> = totals.iter().map(|(sum, _)| i64::try_from(*sum).ok()).collect();
                if let Some(sums) = whole {
                    return Ok(Column::Ints(sums));
                }
            }
            // The sum of no float is the whole number 0: an accumulator knows.
            State::Sums(sums) if sums.iter().all(|(_, count)| *count > 0) => {
                return Ok(Column::Floats(sums.iter().map(|(sum, _)| *sum).collect()));
            }
            State::Extremes(extremes) => return Ok(extremes.column()),
            State::Own(own) => {
                let BoundAggregate { function, distinct, .. } = self.aggregate;
                own.resize_with(groups, || function.accumulator(*distinct));
                let values = std::mem::take(own).into_iter().map(Accumulator::finish).collect::<Result<_, _>>()?;
                return Ok(Column::from_values(values));
            }
            State::Fresh(_) | State::Sums(_) => {}
        }
        // An accumulator knows what to say of no values, and of a sum beyond 64 bits.
        self.distinct = None;
        self.settle()?;
        self.finish(groups)
    }
}

/// The mean of each group; null of none.
#[expect(clippy::cast_precision_loss, reason = "a float counts exactly up to 2^53 values")]
fn means(totals: impl Iterator<Item = (f64, i64)>) -> Column {
    let mean = |(sum, count): (f64, i64)| (sum / count as f64, count > 0);
    let (means, present) = totals.map(mean).unzip();
    Column::partial(Column::Floats(means), present)
}

/// count(x) and count(*).
fn count(counts: &mut [i64], rows: Rows<'_>, values: Option<&Column>) {
    if let (None | Some(Column::Ints(_) | Column::Floats(_) | Column::Bools(_)), None) = (values, rows.groups) {
        counts[0] += i64::try_from(rows.count).expect("a batch has fewer than 2^63 rows");
        return;
    }
    let add = |row| counts[rows.group(row)] += 1;
    match values {
        Some(Column::Nodes(nodes)) => (0..rows.count).filter(|row| nodes[*row].some().is_some()).for_each(add),
        Some(Column::Rels(edges)) => (0..rows.count).filter(|row| edges[*row].some().is_some()).for_each(add),
        Some(Column::Texts(texts)) => (0..rows.count).filter(|row| texts.codes[*row].some().is_some()).for_each(add),
        Some(Column::Values(values)) => (0..rows.count).filter(|row| !values[*row].is_null()).for_each(add),
        Some(Column::Partial(partial)) => (0..rows.count).filter(|row| partial.present[*row]).for_each(add),
        None | Some(Column::Ints(_) | Column::Floats(_) | Column::Bools(_)) => (0..rows.count).for_each(add),
    }
}

impl Distinct {
    /// The rows whose word is no null and new in their group, and these groups.
    fn fresh(&mut self, sort: &Sort, column: &Column, rows: Rows<'_>) -> (Vec<u32>, Vec<u32>) {
        let is_counted_twice = is_injected(Fault::CountedTwice);
        let words = sort.words(column);
        let group = |row: usize| u32::try_from(rows.group(row)).expect("fewer than 2^32 groups");
        let is_there = |row: &u32| !sort.is_null(words.word(*row as usize));
        let there: Vec<u32> = (0..).take(rows.count).filter(is_there).collect();
        let groups: Vec<u32> = there.iter().map(|row| group(*row as usize)).collect();
        let words = there.iter().map(|row| words.word(*row as usize)).collect();
        let of_groups = groups.iter().map(|group| u64::from(*group)).collect();
        let columns = [(of_groups, u64::MAX), (words, sort.null())]
            .map(|(words, null)| WordColumn { words: Row::Words(words), null });
        let mut known = self.seen.len();
        let numbers = self.seen.number(&columns, there.len());
        let is_new = numbers.into_iter().map(|number| {
            let is_new = number == known;
            known += u32::from(is_new);
            is_new || is_counted_twice
        });
        there.into_iter().zip(groups).zip(is_new).filter(|(_, is_new)| *is_new).map(|(found, _)| found).unzip()
    }
}
