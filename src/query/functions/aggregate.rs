//! The aggregates: functions of all rows of a group. Nulls do not count in any of them.
//!
//! The run asks [`Aggregate::accumulator`] for one accumulator a group, adds the arguments of each row, and takes the
//! value at the end. DISTINCT is a wrapper around any of them.

use std::fmt;

use rustc_hash::FxHashSet;

use super::{FunctionError, Outcome, Parameter, ValueKind, arity, optional, parameter, refused, required, signature};
use crate::model::{GroupKey, Value};

mod numbers;
mod percentiles;
mod rows;

/// Every aggregate, in reading order.
pub static AGGREGATES: &[Aggregate] = &[
    Aggregate {
        name: "count",
        aliases: &[],
        parameters: &[optional("value", ValueKind::Any)],
        returns: ValueKind::Integer,
        meaning: "how many values are not null; count(*): how many rows",
        new: rows::count,
        fold: Fold::Count,
    },
    Aggregate {
        name: "collect",
        aliases: &[],
        parameters: &[required("value", ValueKind::Any)],
        returns: ValueKind::List,
        meaning: "the values that are not null, as a list",
        new: rows::collect,
        fold: Fold::Own,
    },
    Aggregate {
        name: "min",
        aliases: &[],
        parameters: &[required("value", ValueKind::Any)],
        returns: ValueKind::Any,
        meaning: "the first value in the order of ORDER BY",
        new: rows::min,
        fold: Fold::Least,
    },
    Aggregate {
        name: "max",
        aliases: &[],
        parameters: &[required("value", ValueKind::Any)],
        returns: ValueKind::Any,
        meaning: "the last value in the order of ORDER BY",
        new: rows::max,
        fold: Fold::Greatest,
    },
    Aggregate {
        name: "sum",
        aliases: &[],
        parameters: &[required("value", ValueKind::SCALED)],
        returns: ValueKind::SCALED,
        meaning: "the sum of the numbers or durations; 0 of none",
        new: numbers::sum,
        fold: Fold::Sum,
    },
    Aggregate {
        name: "avg",
        aliases: &[],
        parameters: &[required("value", ValueKind::SCALED)],
        returns: ValueKind::OneOf(&[ValueKind::Float, ValueKind::Duration]),
        meaning: "the arithmetic mean of the numbers or durations; null of none",
        new: numbers::avg,
        fold: Fold::Mean,
    },
    Aggregate {
        name: "stDev",
        aliases: &[],
        parameters: &[required("value", ValueKind::Number)],
        returns: ValueKind::Float,
        meaning: "the standard deviation of a population that the numbers are a sample of",
        new: numbers::st_dev,
        fold: Fold::Own,
    },
    Aggregate {
        name: "stDevP",
        aliases: &[],
        parameters: &[required("value", ValueKind::Number)],
        returns: ValueKind::Float,
        meaning: "the standard deviation of the numbers as a whole population",
        new: numbers::st_dev_p,
        fold: Fold::Own,
    },
    Aggregate {
        name: "percentileCont",
        aliases: &["percentile_cont"],
        parameters: &[required("value", ValueKind::Number), required("percentile", ValueKind::Number)],
        returns: ValueKind::Float,
        meaning: "the percentile (0.0 to 1.0) of the numbers, interpolated between the two nearest",
        new: percentiles::percentile_cont,
        fold: Fold::Own,
    },
    Aggregate {
        name: "percentileDisc",
        aliases: &["percentile_disc"],
        parameters: &[required("value", ValueKind::Number), required("percentile", ValueKind::Number)],
        returns: ValueKind::Number,
        meaning: "the number that stands at the percentile (0.0 to 1.0)",
        new: percentiles::percentile_disc,
        fold: Fold::Own,
    },
];

/// A function of all rows of a group.
#[derive(Clone, Copy)]
pub struct Aggregate {
    /// Its name as openCypher writes it; looked up in any case.
    pub name: &'static str,
    /// Other names.
    pub aliases: &'static [&'static str],
    /// What it takes from each row.
    pub parameters: &'static [Parameter],
    /// What it yields; null besides.
    pub returns: ValueKind,
    /// One line.
    pub meaning: &'static str,
    /// A fresh accumulator. Ask [`Aggregate::accumulator`] for one.
    pub new: fn() -> Box<dyn Accumulator>,
    /// How whole columns of whole numbers fold into it, for those who have such.
    pub fold: Fold,
}

/// How an aggregate folds its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// It counts what is not null.
    Count,
    /// It adds up.
    Sum,
    /// It adds up, and divides by the count.
    Mean,
    /// It keeps the first in the order of ORDER BY.
    Least,
    /// It keeps the last.
    Greatest,
    /// In a way of its own: only its accumulator knows.
    Own,
}

/// What gathers the rows of one group.
pub trait Accumulator: Send {
    /// Takes the arguments of one row; none for `count(*)`.
    ///
    /// # Errors
    /// As the aggregate says: overflow, a percentile out of range.
    fn add(&mut self, values: &[Value]) -> Result<(), FunctionError>;

    /// The value of the group.
    ///
    /// # Errors
    /// As the aggregate says.
    fn finish(self: Box<Self>) -> Outcome;
}

impl Aggregate {
    /// The least and the greatest number of arguments.
    #[must_use]
    pub fn arity(&self) -> (usize, Option<usize>) {
        arity(self.parameters)
    }

    /// The parameter that takes the argument with this number.
    #[must_use]
    pub fn parameter(&self, argument: usize) -> Option<&'static Parameter> {
        parameter(self.parameters, argument)
    }

    /// Whether it may stand without argument, as `count(*)` does, and then counts rows.
    #[must_use]
    pub fn counts_rows(&self) -> bool {
        self.arity().0 == 0
    }

    /// As it is written: `percentileDisc(value, percentile)`.
    #[must_use]
    pub fn signature(&self) -> String {
        signature(self.name, self.parameters)
    }

    /// A fresh accumulator, which checks the kinds of its arguments and, with `distinct`, takes each value once.
    #[must_use]
    pub fn accumulator(&'static self, distinct: bool) -> Box<dyn Accumulator> {
        let checked = Box::new(Checked { aggregate: self, inner: (self.new)() });
        if distinct { Box::new(Distinct { seen: FxHashSet::default(), inner: checked }) } else { checked }
    }
}

impl fmt::Debug for Aggregate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}()", self.name)
    }
}

/// The aggregate of a name, in any case.
#[must_use]
pub fn find_aggregate(name: &str) -> Option<&'static Aggregate> {
    AGGREGATES.iter().find(|aggregate| {
        aggregate.name.eq_ignore_ascii_case(name)
            || aggregate.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    })
}

/// Refuses values of the wrong kind, so that the accumulators may rely on their signature.
struct Checked {
    aggregate: &'static Aggregate,
    inner: Box<dyn Accumulator>,
}

impl Accumulator for Checked {
    fn add(&mut self, values: &[Value]) -> Result<(), FunctionError> {
        for (number, value) in values.iter().enumerate() {
            let parameter = self.aggregate.parameter(number).expect("the binder checks the number of arguments");
            if !parameter.kind.holds(value) {
                return Err(refused(self.aggregate.name, parameter, value));
            }
        }
        self.inner.add(values)
    }

    fn finish(self: Box<Self>) -> Outcome {
        self.inner.finish()
    }
}

/// Passes each first argument on once.
struct Distinct {
    seen: FxHashSet<GroupKey>,
    inner: Box<dyn Accumulator>,
}

impl Accumulator for Distinct {
    fn add(&mut self, values: &[Value]) -> Result<(), FunctionError> {
        let is_new = values.first().is_none_or(|value| self.seen.insert(GroupKey(value.clone())));
        if is_new { self.inner.add(values) } else { Ok(()) }
    }

    fn finish(self: Box<Self>) -> Outcome {
        self.inner.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::calendar::Duration;

    fn run(name: &str, distinct: bool, rows: &[Vec<Value>]) -> Outcome {
        let mut accumulator = find_aggregate(name).expect("a known aggregate").accumulator(distinct);
        for row in rows {
            accumulator.add(row)?;
        }
        accumulator.finish()
    }

    fn check(name: &str, values: &[Value], expected: impl Into<Value>) {
        let rows: Vec<_> = values.iter().map(|value| vec![value.clone()]).collect();
        let (found, expected) = (run(name, false, &rows).expect("a value"), expected.into());
        assert!(found.is_equivalent(&expected), "{name} = {found:?}, not {expected:?}");
        assert_eq!(found.type_name(), expected.type_name());
    }

    fn ints(values: &[i64]) -> Vec<Value> {
        values.iter().copied().map(Value::Int).collect()
    }

    #[test]
    fn count_counts_rows_or_values() {
        check("count", &[Value::Int(1), Value::Null], Value::Int(1));
        let rows = vec![Vec::new(); 3];
        assert!(run("COUNT", false, &rows).expect("a value").is_equivalent(&Value::Int(3)));
    }

    #[test]
    fn distinct_takes_each_value_once() {
        let rows = [Value::Null, Value::Int(1), Value::Float(1.0), Value::Null, Value::Int(2)].map(|value| vec![value]);
        assert!(run("count", true, &rows).expect("a value").is_equivalent(&Value::Int(2)));
        assert!(run("collect", true, &rows).expect("a value").is_equivalent(&Value::list(ints(&[1, 2]))));
    }

    #[test]
    fn collect_leaves_nulls_out() {
        check("collect", &[Value::Null], Value::list(Vec::new()));
        check("collect", &[Value::Int(1), Value::Null, Value::Int(1)], Value::list(ints(&[1, 1])));
    }

    #[test]
    fn min_and_max_order_mixed_values() {
        let mixed = [Value::Int(1), "a".into(), Value::Null, Value::list(ints(&[1, 2])), 0.2.into(), "b".into()];
        check("max", &mixed, Value::Int(1));
        check("min", &mixed, Value::list(ints(&[1, 2])));
        check("max", &["a".into(), "b".into(), "B".into(), "abc".into()], "b");
        check("min", &[Value::Null], Value::Null);
    }

    #[test]
    fn sums_stay_whole_while_the_numbers_are() {
        check("sum", &[], Value::Int(0));
        check("sum", &ints(&[33, 42]), Value::Int(75));
        check("sum", &[Value::Int(1), Value::Float(0.5), Value::Null], Value::Float(1.5));
        let overflow = run("sum", false, &[vec![Value::Int(i64::MAX)], vec![Value::Int(1)]]);
        assert_eq!(overflow.expect_err("overflow").class, super::super::ErrorClass::ArithmeticError);
        let back = [vec![Value::Int(i64::MAX)], vec![Value::Int(1)], vec![Value::Int(-1)]];
        assert!(run("sum", false, &back).expect("the sum fits").is_equivalent(&Value::Int(i64::MAX)));
    }

    #[test]
    fn means_and_deviations() {
        check("avg", &[], Value::Null);
        check("avg", &ints(&[1, 2, 4]), Value::Float(7.0 / 3.0));
        check("stDevP", &ints(&[2, 4, 4, 4, 5, 5, 7, 9]), Value::Float(2.0));
        check("stDev", &ints(&[1, 3]), Value::Float(2.0_f64.sqrt()));
        check("stDev", &ints(&[1]), Value::Float(0.0));
    }

    #[test]
    fn durations_add_up_among_themselves() {
        let duration = |text: &str| Value::Temporal(Duration::parse(text).expect("a duration").into());
        let days = [duration("P1D"), Value::Null, duration("P2DT1S")];
        check("sum", &days, duration("P3DT1S"));
        check("avg", &days, duration("P1DT12H0.5S"));
        check("max", &days, duration("P2DT1S"));
        for mixed in [["P1D".into(), Value::Int(1)], [Value::Int(1), "P1D".into()]] {
            let mixed = mixed.map(|value| if let Value::Text(text) = value { duration(&text) } else { value });
            let error = run("sum", false, &mixed.map(|value| vec![value])).expect_err("they do not add up");
            assert_eq!(error.class, super::super::ErrorClass::TypeError);
        }
    }

    fn check_percentile(name: &str, values: &[Value], percentile: f64, expected: impl Into<Value>) {
        let rows: Vec<_> = values.iter().map(|value| vec![value.clone(), percentile.into()]).collect();
        let found = run(name, false, &rows).expect("a value");
        assert!(found.is_equivalent(&expected.into()), "{name}({percentile}) = {found:?}");
    }

    #[test]
    fn percentiles_pick_or_interpolate() {
        let prices = [10.0, 30.0, 20.0].map(Value::Float);
        for (percentile, expected) in [(0.0, 10.0), (0.5, 20.0), (1.0, 30.0), (0.34, 20.0)] {
            check_percentile("percentileDisc", &prices, percentile, expected);
        }
        for (percentile, expected) in [(0.0, 10.0), (0.25, 15.0), (0.5, 20.0), (1.0, 30.0)] {
            check_percentile("percentileCont", &prices, percentile, expected);
        }
        check_percentile("percentileDisc", &[Value::Null], 0.5, Value::Null);
    }

    #[test]
    fn percentiles_lie_between_zero_and_one() {
        for bad in [1000.0, -1.0, 1.1, f64::NAN] {
            for name in ["percentileCont", "percentileDisc"] {
                let error = run(name, false, &[vec![Value::Float(10.0), bad.into()]]).expect_err("out of range");
                assert_eq!((error.class, error.detail), (super::super::ErrorClass::ArgumentError, "NumberOutOfRange"));
            }
        }
    }

    #[test]
    fn wrong_kinds_are_refused() {
        let error = run("sum", false, &[vec!["a".into()]]).expect_err("no number");
        assert_eq!(error.message, "sum() takes a number or a duration as value, not a string");
    }
}
