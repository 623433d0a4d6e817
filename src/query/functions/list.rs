//! Functions on lists that need no graph.

use super::{Function, FunctionError, Outcome, PLAIN, ValueKind, items, optional, required, whole};
use crate::model::Value;

/// The longest list that `range()` builds: more would not fit memory.
const LONGEST_RANGE: u64 = 1 << 28;

/// In reading order.
pub(super) static FUNCTIONS: &[Function] = &[
    Function {
        name: "range",
        parameters: &[
            required("start", ValueKind::Integer),
            required("end", ValueKind::Integer),
            optional("step", ValueKind::Integer),
        ],
        returns: ValueKind::List,
        meaning: "the whole numbers from start to end, both included, by steps of 1 or of step",
        examples: &[("range(1, 3)", "[1, 2, 3]"), ("range(10, 0, -5)", "[10, 5, 0]"), ("range(0, 1, -1)", "[]")],
        body: |_, args| range(whole(&args[0]), whole(&args[1]), args.get(2).map_or(1, whole)),
        ..PLAIN
    },
    Function {
        name: "tail",
        parameters: &[required("list", ValueKind::List)],
        returns: ValueKind::List,
        meaning: "a list without its first item",
        examples: &[("tail([1, 2, 3])", "[2, 3]"), ("tail([])", "[]")],
        body: |_, args| Ok(Value::list(items(&args[0]).get(1..).unwrap_or_default().to_vec())),
        ..PLAIN
    },
    Function {
        name: "reverse",
        parameters: &[required("value", ValueKind::STRING_OR_LIST)],
        returns: ValueKind::STRING_OR_LIST,
        meaning: "a list or a string from end to start",
        examples: &[("reverse([1, 2])", "[2, 1]"), ("reverse('raksO')", "'Oskar'")],
        body: |_, args| {
            Ok(match &args[0] {
                Value::Text(text) => text.chars().rev().collect::<String>().into(),
                list => Value::list(items(list).iter().rev().cloned().collect()),
            })
        },
        ..PLAIN
    },
];

fn range(start: i64, end: i64, step: i64) -> Outcome {
    if step == 0 {
        return Err(FunctionError::out_of_range("range() takes no step of 0"));
    }
    if (step > 0) != (end > start) && start != end {
        return Ok(Value::list(Vec::new()));
    }
    let length = start.abs_diff(end) / step.unsigned_abs();
    if length >= LONGEST_RANGE {
        return Err(FunctionError::out_of_range(format!("range() of {length} numbers is too long")));
    }
    let numbers = std::iter::successors(Some(start), |at| at.checked_add(step));
    let within = |at: &i64| if step > 0 { *at <= end } else { *at >= end };
    Ok(Value::list(numbers.take_while(within).map(Value::Int).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: i64, end: i64, step: i64, expected: &[i64]) {
        let found = range(start, end, step).expect("a list");
        let expected = Value::list(expected.iter().copied().map(Value::Int).collect());
        assert!(found.is_equivalent(&expected), "range({start}, {end}, {step}) = {found:?}");
    }

    #[test]
    fn ranges_include_both_ends() {
        check(0, 10, 3, &[0, 3, 6, 9]);
        check(1381, -3412, -1298, &[1381, 83, -1215, -2513]);
        check(0, 0, -1, &[0]);
        check(0, 1, -123, &[]);
        check(0, -123, 1, &[]);
        check(i64::MAX - 1, i64::MAX, 1, &[i64::MAX - 1, i64::MAX]);
    }

    #[test]
    fn ranges_refuse_a_step_of_zero_and_endless_lists() {
        assert_eq!(range(2, 8, 0).expect_err("no step").detail, "NumberOutOfRange");
        assert_eq!(range(i64::MIN, i64::MAX, 1).expect_err("too long").detail, "NumberOutOfRange");
    }
}
