//! The states of aggregates over columns of one type, all groups side by side.

use std::cmp::Ordering;

use super::gathering::Rows;
use crate::model::{TextId, Value};
use crate::query::faults::{Fault, is_injected};
use crate::query::functions::{Accumulator, Fold, FunctionError};
use crate::query::run::batch::{Codes, Column};
use crate::query::run::dictionary::Dictionary;

/// The state of an aggregate in all groups.
pub(super) enum State {
    /// No column has come that would say what it is to be.
    Fresh(Fold),
    Counts(Vec<i64>),
    /// Sums of whole numbers, and of how many.
    Totals(Vec<(i128, i64)>),
    /// Sums of floating-point numbers, and of how many.
    Sums(Vec<(f64, i64)>),
    Extremes(Extremes),
    /// An accumulator a group, for anything else.
    Own(Vec<Box<dyn Accumulator>>),
}

/// The first or last values in the order of ORDER BY; of equals, those that came first.
pub(super) struct Extremes {
    is_greatest: bool,
    cells: ExtremeCells,
    /// Whether each group has any.
    present: Vec<bool>,
}

enum ExtremeCells {
    Ints(Vec<i64>),
    Floats(Vec<f64>),
    Texts(Vec<TextId>, Dictionary),
}

impl State {
    /// Of an aggregate to which nothing has come yet.
    pub(super) fn of(fold: Fold) -> Self {
        match fold {
            Fold::Count => Self::Counts(Vec::new()),
            Fold::Sum | Fold::Mean | Fold::Least | Fold::Greatest => Self::Fresh(fold),
            Fold::Own => Self::Own(Vec::new()),
        }
    }

    /// How many groups it has.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Fresh(_) => 0,
            Self::Counts(counts) => counts.len(),
            Self::Totals(totals) => totals.len(),
            Self::Sums(sums) => sums.len(),
            Self::Extremes(extremes) => extremes.present.len(),
            Self::Own(own) => own.len(),
        }
    }

    /// Gives it so many groups; accumulators are made by those who know the aggregate.
    pub(super) fn resize(&mut self, groups: usize) {
        match self {
            Self::Fresh(_) | Self::Own(_) => {}
            Self::Counts(counts) => counts.resize(groups, 0),
            Self::Totals(totals) => totals.resize(groups, (0, 0)),
            Self::Sums(sums) => sums.resize(groups, (0.0, 0)),
            Self::Extremes(extremes) => extremes.resize(groups),
        }
    }

    /// Whether it takes the values of a column. The first one says what it is to be.
    pub(super) fn takes(&mut self, column: &Column) -> bool {
        let cells = column.cells().0;
        if let Self::Fresh(fold) = self {
            let fresh = match (&*fold, cells) {
                (Fold::Sum | Fold::Mean, Column::Ints(_)) => Some(Self::Totals(Vec::new())),
                (Fold::Sum | Fold::Mean, Column::Floats(_)) => Some(Self::Sums(Vec::new())),
                (Fold::Least | Fold::Greatest, _) => Extremes::of(*fold == Fold::Greatest, cells).map(Self::Extremes),
                _ => None,
            };
            if let Some(fresh) = fresh {
                *self = fresh;
            }
        }
        match (&*self, cells) {
            (Self::Totals(_), Column::Ints(_)) | (Self::Sums(_), Column::Floats(_)) => true,
            (Self::Extremes(extremes), cells) => extremes.takes(cells),
            _ => false,
        }
    }

    /// Takes a column of its type.
    pub(super) fn fold(&mut self, rows: Rows<'_>, column: &Column) {
        self.resize(rows.all_groups);
        let (cells, present) = column.cells();
        let present = present.filter(|_| !is_injected(Fault::MissingIsZero));
        match (self, cells) {
            (Self::Totals(totals), Column::Ints(ints)) => each(rows, present, ints, |group, int| {
                let (sum, count) = &mut totals[group];
                *sum += i128::from(int);
                *count += 1;
            }),
            (Self::Sums(sums), Column::Floats(floats)) => each(rows, present, floats, |group, float| {
                let (sum, count) = &mut sums[group];
                *sum += float;
                *count += 1;
            }),
            (Self::Extremes(extremes), cells) => extremes.fold(rows, present, cells),
            _ => unreachable!("asked before whether it takes the column"),
        }
    }

    /// Takes another state, whose groups have these numbers here; whether the two are of one type.
    pub(super) fn join(&mut self, other: Self, numbers: &[u32], all_groups: usize) -> bool {
        if let (Self::Fresh(fold), false) = (&*self, matches!(other, Self::Fresh(_))) {
            *self = match &other {
                Self::Extremes(extremes) => {
                    let is_greatest = *fold == Fold::Greatest;
                    Extremes::of(is_greatest, &extremes.cells.column()).map_or(Self::Fresh(*fold), Self::Extremes)
                }
                Self::Totals(_) => Self::Totals(Vec::new()),
                Self::Sums(_) => Self::Sums(Vec::new()),
                _ => Self::Fresh(*fold),
            };
        }
        self.resize(all_groups);
        let numbers = numbers.iter().map(|number| *number as usize);
        match (self, other) {
            (_, Self::Fresh(_)) => {}
            (Self::Counts(counts), Self::Counts(others)) => {
                numbers.zip(others).for_each(|(group, count)| counts[group] += count);
            }
            (Self::Totals(totals), Self::Totals(others)) => numbers.zip(others).for_each(|(group, (sum, count))| {
                totals[group].0 += sum;
                totals[group].1 += count;
            }),
            (Self::Sums(sums), Self::Sums(others)) => numbers.zip(others).for_each(|(group, (sum, count))| {
                sums[group].0 += sum;
                sums[group].1 += count;
            }),
            (Self::Extremes(extremes), Self::Extremes(others)) if extremes.takes(&others.cells.column()) => {
                let groups: Vec<u32> = numbers.map(|group| u32::try_from(group).unwrap_or(u32::MAX)).collect();
                let count = others.present.len();
                let rows = Rows { count, groups: Some(&groups[..count]), all_groups };
                extremes.fold(rows, Some(&others.present), &others.cells.column());
            }
            _ => return false,
        }
        true
    }

    /// Gives an accumulator values that bring it to the state of a group.
    pub(super) fn replay(&self, group: usize, into: &mut dyn Accumulator) -> Result<(), FunctionError> {
        match self {
            // Counting never goes over while every value counts.
            Self::Fresh(_) | Self::Counts(_) | Self::Own(_) => Ok(()),
            Self::Extremes(extremes) if extremes.present[group] => into.add(&[extremes.cells.value(group)]),
            Self::Extremes(_) => Ok(()),
            Self::Sums(sums) => {
                let (sum, count) = sums[group];
                (0..count).try_for_each(|number| into.add(&[Value::Float(if number == 0 { sum } else { 0.0 })]))
            }
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

/// Each cell that is there, with its group.
#[inline]
fn each<T: Copy>(rows: Rows<'_>, present: Option<&[bool]>, cells: &[T], mut take: impl FnMut(usize, T)) {
    match (rows.groups, present) {
        (Some(groups), None) => groups.iter().zip(cells).for_each(|(group, cell)| take(*group as usize, *cell)),
        (None, None) => cells.iter().for_each(|cell| take(0, *cell)),
        (_, Some(present)) => {
            let there = cells.iter().zip(present).enumerate().filter(|(_, (_, is_there))| **is_there);
            there.for_each(|(row, (cell, _))| take(rows.group(row), *cell));
        }
    }
}

impl Extremes {
    fn of(is_greatest: bool, cells: &Column) -> Option<Self> {
        let cells = match cells {
            Column::Ints(_) => ExtremeCells::Ints(Vec::new()),
            Column::Floats(_) => ExtremeCells::Floats(Vec::new()),
            Column::Texts(texts) => ExtremeCells::Texts(Vec::new(), texts.texts.clone()),
            _ => return None,
        };
        Some(Self { is_greatest, cells, present: Vec::new() })
    }

    fn takes(&self, cells: &Column) -> bool {
        match (&self.cells, cells) {
            (ExtremeCells::Texts(_, own), Column::Texts(others)) => own.is(&others.texts),
            (ExtremeCells::Ints(_), Column::Ints(_)) | (ExtremeCells::Floats(_), Column::Floats(_)) => true,
            _ => false,
        }
    }

    fn resize(&mut self, groups: usize) {
        self.present.resize(groups, false);
        match &mut self.cells {
            ExtremeCells::Ints(found) => found.resize(groups, 0),
            ExtremeCells::Floats(found) => found.resize(groups, 0.0),
            ExtremeCells::Texts(found, _) => found.resize(groups, TextId::NONE),
        }
    }

    fn fold(&mut self, rows: Rows<'_>, marks: Option<&[bool]>, cells: &Column) {
        let wanted = if self.is_greatest { Ordering::Greater } else { Ordering::Less };
        let present = &mut self.present;
        match (&mut self.cells, cells) {
            (ExtremeCells::Ints(found), Column::Ints(ints)) => each(rows, marks, ints, |group, int| {
                if !present[group] || int.cmp(&found[group]) == wanted {
                    (found[group], present[group]) = (int, true);
                }
            }),
            (ExtremeCells::Floats(found), Column::Floats(floats)) => each(rows, marks, floats, |group, float| {
                if !present[group] || order_of_floats(float, found[group]) == wanted {
                    (found[group], present[group]) = (float, true);
                }
            }),
            (ExtremeCells::Texts(found, own), Column::Texts(texts)) => {
                each(rows, marks, &texts.codes, |group, code| {
                    let is_better = |found| found != code && own.get(code).cmp(own.get(found)) == wanted;
                    if code != TextId::NONE && (!present[group] || is_better(found[group])) {
                        (found[group], present[group]) = (code, true);
                    }
                });
            }
            _ => unreachable!("asked before whether it takes the column"),
        }
    }

    /// The value of each group.
    pub(super) fn column(&self) -> Column {
        match &self.cells {
            ExtremeCells::Texts(..) => self.cells.column(),
            _ => Column::partial(self.cells.column(), self.present.clone()),
        }
    }
}

impl ExtremeCells {
    fn value(&self, group: usize) -> Value {
        match self {
            Self::Ints(found) => Value::Int(found[group]),
            Self::Floats(found) => Value::Float(found[group]),
            Self::Texts(found, texts) => Value::text(texts.get(found[group])),
        }
    }

    fn column(&self) -> Column {
        match self {
            Self::Ints(found) => Column::Ints(found.clone()),
            Self::Floats(found) => Column::Floats(found.clone()),
            Self::Texts(found, texts) => Column::Texts(Codes { codes: found.clone(), texts: texts.clone() }),
        }
    }
}

/// The order of ORDER BY: NaN is greater than any other number.
pub(super) fn order_of_floats(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
}
