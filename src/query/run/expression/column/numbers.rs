//! Numbers of one type, whole columns at a time: comparison and arithmetic by loops without a value for each cell.

use std::borrow::Cow;

use super::{Operand, operators};
use crate::model::Value;
use crate::query::faults::{Fault, is_injected};
use crate::query::functions::FunctionError;
use crate::query::run::batch::Column;
use crate::query::syntax::ast::{BinaryOp, ComparisonOp};

/// An operand of numbers of one type, of which some may be missing.
pub(super) struct Numbers<'c, T: Copy> {
    cells: Cells<'c, T>,
    /// Which are there; all where there are no marks.
    present: Option<&'c [bool]>,
}

/// One number for all rows, or one a row.
enum Cells<'c, T: Copy> {
    One(T),
    Each(Cow<'c, [T]>),
}

impl<T: Copy> Numbers<'_, T> {
    fn one(number: T) -> Self {
        Self { cells: Cells::One(number), present: None }
    }

    #[inline]
    fn at(&self, row: usize) -> T {
        match &self.cells {
            Cells::One(number) => *number,
            Cells::Each(numbers) => numbers[row],
        }
    }

    /// Which rows of two operands have both.
    fn present_with<U: Copy>(&self, other: &Numbers<'_, U>) -> Option<Vec<bool>> {
        match (self.present, other.present) {
            (None, None) => None,
            (Some(one), None) | (None, Some(one)) => Some(one.to_vec()),
            (Some(left), Some(right)) => Some(left.iter().zip(right).map(|(a, b)| a & b).collect()),
        }
    }

    /// Something of both operands in each row.
    #[inline]
    fn joined<U>(&self, other: &Self, rows: usize, mut join: impl FnMut(T, T) -> U) -> Vec<U> {
        match (&self.cells, &other.cells) {
            (Cells::Each(left), Cells::One(right)) => left.iter().map(|left| join(*left, *right)).collect(),
            (Cells::Each(left), Cells::Each(right)) => {
                left.iter().zip(&**right).map(|(left, right)| join(*left, *right)).collect()
            }
            (Cells::One(left), Cells::Each(right)) => right.iter().map(|right| join(*left, *right)).collect(),
            (Cells::One(left), Cells::One(right)) => (0..rows).map(|_| join(*left, *right)).collect(),
        }
    }
}

impl<'c> Numbers<'c, i64> {
    /// The whole numbers of an operand; `None` of any other.
    pub(super) fn ints(operand: &'c Operand) -> Option<Self> {
        match operand {
            Operand::Constant(Value::Int(int)) => Some(Self::one(*int)),
            Operand::Column(column) => match column.cells() {
                (Column::Ints(ints), present) => Some(Self { cells: Cells::Each(Cow::Borrowed(ints)), present }),
                _ => None,
            },
            Operand::Constant(_) => None,
        }
    }

    /// Arithmetic of whole numbers.
    pub(super) fn whole(&self, op: BinaryOp, other: &Self, rows: usize) -> Result<Column, FunctionError> {
        // What is missing may be divided by zero.
        let quick = match op {
            BinaryOp::Add => self.checked(other, rows, i64::checked_add),
            BinaryOp::Subtract => self.checked(other, rows, i64::checked_sub),
            BinaryOp::Multiply => self.checked(other, rows, i64::checked_mul),
            BinaryOp::Divide => self.checked(other, rows, i64::checked_div),
            _ => self.checked(other, rows, |a, b| (b != 0).then(|| a.wrapping_rem(b))),
        };
        let present = self.present_with(other);
        let ints = match quick {
            Some(ints) => ints,
            None => {
                let is_there = |row: usize| present.as_ref().is_none_or(|present| present[row]);
                let int = |row| if is_there(row) { operators::whole(op, self.at(row), other.at(row)) } else { Ok(0) };
                (0..rows).map(int).collect::<Result<_, _>>()?
            }
        };
        Ok(with_marks(Column::Ints(ints), present))
    }

    #[inline]
    fn checked(&self, other: &Self, rows: usize, join: impl Fn(i64, i64) -> Option<i64>) -> Option<Vec<i64>> {
        let mut is_whole = true;
        let ints = self.joined(other, rows, |left, right| {
            let int = join(left, right);
            is_whole &= int.is_some();
            int.unwrap_or_default()
        });
        is_whole.then_some(ints)
    }
}

/// Whole numbers below this are floats without loss.
const EXACT: i64 = 1 << 53;

impl<'c> Numbers<'c, f64> {
    /// The floating-point numbers of an operand; a whole number that is the same as a float counts as one where it
    /// stands for all rows. `None` of any other.
    pub(super) fn floats(operand: &'c Operand) -> Option<Self> {
        match operand {
            Operand::Constant(value) => Self::exact(value).map(Self::one),
            Operand::Column(column) => match column.cells() {
                (Column::Floats(floats), present) => Some(Self { cells: Cells::Each(Cow::Borrowed(floats)), present }),
                _ => None,
            },
        }
    }

    /// The float that a number is, without loss.
    #[expect(clippy::cast_precision_loss, reason = "there is none below 2^53")]
    pub(super) fn exact(value: &Value) -> Option<f64> {
        match value {
            Value::Float(float) => Some(*float),
            Value::Int(int) if (-EXACT..EXACT).contains(int) => Some(*int as f64),
            _ => None,
        }
    }

    /// The numbers of an operand as floats.
    #[expect(clippy::cast_precision_loss, reason = "openCypher widens whole numbers to floats")]
    pub(super) fn widened(operand: &'c Operand) -> Option<Self> {
        if let Operand::Constant(Value::Int(int)) = operand {
            return Some(Self::one(*int as f64));
        }
        Self::floats(operand).or_else(|| {
            let Operand::Column(column) = operand else { return None };
            let (Column::Ints(ints), present) = column.cells() else { return None };
            Some(Self { cells: Cells::Each(ints.iter().map(|int| *int as f64).collect()), present })
        })
    }

    /// Arithmetic of IEEE 754.
    pub(super) fn floating(&self, op: BinaryOp, other: &Self, rows: usize) -> Column {
        let floats = match op {
            BinaryOp::Add => self.joined(other, rows, |a, b| a + b),
            BinaryOp::Subtract => self.joined(other, rows, |a, b| a - b),
            BinaryOp::Multiply => self.joined(other, rows, |a, b| a * b),
            _ => self.joined(other, rows, |a, b| operators::floating(op, a, b)),
        };
        with_marks(Column::Floats(floats), self.present_with(other))
    }
}

impl<T: Copy + PartialOrd> Numbers<'_, T> {
    /// A comparison.
    pub(super) fn compared(&self, op: ComparisonOp, other: &Self, rows: usize) -> Column {
        let truths = match op {
            ComparisonOp::Equal => self.joined(other, rows, |a, b| holds(ComparisonOp::Equal, &a, &b)),
            ComparisonOp::NotEqual => self.joined(other, rows, |a, b| holds(ComparisonOp::NotEqual, &a, &b)),
            ComparisonOp::Less => self.joined(other, rows, |a, b| holds(ComparisonOp::Less, &a, &b)),
            ComparisonOp::LessOrEqual => self.joined(other, rows, |a, b| holds(ComparisonOp::LessOrEqual, &a, &b)),
            ComparisonOp::Greater => self.joined(other, rows, |a, b| holds(ComparisonOp::Greater, &a, &b)),
            ComparisonOp::GreaterOrEqual => {
                self.joined(other, rows, |a, b| holds(ComparisonOp::GreaterOrEqual, &a, &b))
            }
        };
        with_marks(Column::Bools(truths), self.present_with(other))
    }
}

fn with_marks(column: Column, present: Option<Vec<bool>>) -> Column {
    match present {
        Some(present) => Column::partial(column, present),
        None => column,
    }
}

/// A comparison of two numbers of one type. NaN is unequal to all and neither less nor greater, as in openCypher.
#[inline]
pub(super) fn holds<T: PartialOrd>(op: ComparisonOp, left: &T, right: &T) -> bool {
    match op {
        ComparisonOp::Equal => left == right,
        ComparisonOp::NotEqual => left != right,
        ComparisonOp::Less => left < right || is_injected(Fault::LessOrEqual) && left == right,
        ComparisonOp::LessOrEqual => left <= right,
        ComparisonOp::Greater => left > right,
        ComparisonOp::GreaterOrEqual => left >= right,
    }
}
