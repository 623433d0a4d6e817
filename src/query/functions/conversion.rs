//! Conversions between simple values: `toInteger('42')` and its kin.
//!
//! A string that says no value of the wanted type gives null. A value that cannot be converted at all is a `TypeError`,
//! save in the `…OrNull` forms, which give null for that as well.

use super::{Function, FunctionError, Outcome, PLAIN, ValueKind, items, required};
use crate::model::Value;

/// In reading order.
pub(super) static FUNCTIONS: &[Function] = &[
    Function {
        name: "toBoolean",
        parameters: &[required("value", BOOLEAN_SOURCE)],
        returns: ValueKind::Boolean,
        meaning: "true or false of a string or a whole number",
        examples: &[("toBoolean('true')", "true"), ("toBoolean('no')", "null"), ("toBoolean(0)", "false")],
        body: |_, args| to_boolean(&args[0]),
        ..PLAIN
    },
    Function {
        name: "toBooleanOrNull",
        parameters: &[required("value", ValueKind::Any)],
        returns: ValueKind::Boolean,
        meaning: "as toBoolean, and null of what cannot be converted",
        examples: &[("toBooleanOrNull([])", "null"), ("toBooleanOrNull('TRUE')", "true")],
        body: |_, args| Ok(to_boolean(&args[0]).unwrap_or_default()),
        ..PLAIN
    },
    Function {
        name: "toInteger",
        parameters: &[required("value", INTEGER_SOURCE)],
        returns: ValueKind::Integer,
        meaning: "the whole number of a string or of a float, cut towards zero",
        examples: &[("toInteger('2.9')", "2"), ("toInteger(-2.9)", "-2"), ("toInteger('foo')", "null")],
        body: |_, args| to_integer(&args[0]),
        ..PLAIN
    },
    Function {
        name: "toIntegerOrNull",
        parameters: &[required("value", ValueKind::Any)],
        returns: ValueKind::Integer,
        meaning: "as toInteger, and null of what cannot be converted",
        examples: &[("toIntegerOrNull([])", "null"), ("toIntegerOrNull('7')", "7")],
        body: |_, args| Ok(to_integer(&args[0]).unwrap_or_default()),
        ..PLAIN
    },
    Function {
        name: "toFloat",
        parameters: &[required("value", NUMBER_SOURCE)],
        returns: ValueKind::Float,
        meaning: "the floating-point number of a string or a whole number",
        examples: &[("toFloat('1')", "1.0"), ("toFloat(4)", "4.0"), ("toFloat('')", "null")],
        body: |_, args| to_float(&args[0]),
        ..PLAIN
    },
    Function {
        name: "toFloatOrNull",
        parameters: &[required("value", ValueKind::Any)],
        returns: ValueKind::Float,
        meaning: "as toFloat, and null of what cannot be converted",
        examples: &[("toFloatOrNull(true)", "null"), ("toFloatOrNull('0.5')", "0.5")],
        body: |_, args| Ok(to_float(&args[0]).unwrap_or_default()),
        ..PLAIN
    },
    Function {
        name: "toString",
        parameters: &[required("value", STRING_SOURCE)],
        returns: ValueKind::String,
        meaning: "a simple value as a string",
        examples: &[("toString(2.0)", "'2.0'"), ("toString(true)", "'true'"), ("toString(null)", "null")],
        body: |_, args| to_string(&args[0]),
        ..PLAIN
    },
    Function {
        name: "toStringOrNull",
        parameters: &[required("value", ValueKind::Any)],
        returns: ValueKind::String,
        meaning: "as toString, and null of what is no simple value",
        examples: &[("toStringOrNull({})", "null"), ("toStringOrNull(1)", "'1'")],
        body: |_, args| Ok(to_string(&args[0]).unwrap_or_default()),
        ..PLAIN
    },
    Function {
        name: "toBooleanList",
        parameters: &[required("list", ValueKind::List)],
        returns: ValueKind::List,
        meaning: "each item by toBooleanOrNull",
        examples: &[("toBooleanList(['true', 1.5, 0])", "[true, null, false]")],
        body: |_, args| Ok(each(&args[0], to_boolean)),
        ..PLAIN
    },
    Function {
        name: "toIntegerList",
        parameters: &[required("list", ValueKind::List)],
        returns: ValueKind::List,
        meaning: "each item by toIntegerOrNull",
        examples: &[("toIntegerList(['2', 'a', 2.9])", "[2, null, 2]")],
        body: |_, args| Ok(each(&args[0], to_integer)),
        ..PLAIN
    },
    Function {
        name: "toFloatList",
        parameters: &[required("list", ValueKind::List)],
        returns: ValueKind::List,
        meaning: "each item by toFloatOrNull",
        examples: &[("toFloatList(['2', 1, null])", "[2.0, 1.0, null]")],
        body: |_, args| Ok(each(&args[0], to_float)),
        ..PLAIN
    },
    Function {
        name: "toStringList",
        parameters: &[required("list", ValueKind::List)],
        returns: ValueKind::List,
        meaning: "each item by toStringOrNull",
        examples: &[("toStringList([1, 'b', []])", "['1', 'b', null]")],
        body: |_, args| Ok(each(&args[0], to_string)),
        ..PLAIN
    },
];

const BOOLEAN_SOURCE: ValueKind = ValueKind::OneOf(&[ValueKind::Boolean, ValueKind::String, ValueKind::Integer]);
const INTEGER_SOURCE: ValueKind = ValueKind::OneOf(&[ValueKind::Number, ValueKind::String, ValueKind::Boolean]);
const NUMBER_SOURCE: ValueKind = ValueKind::OneOf(&[ValueKind::Number, ValueKind::String]);
const STRING_SOURCE: ValueKind = ValueKind::OneOf(&[
    ValueKind::String,
    ValueKind::Number,
    ValueKind::Boolean,
    ValueKind::Edtf,
    ValueKind::INSTANT,
    ValueKind::Duration,
]);

fn each(list: &Value, convert: fn(&Value) -> Outcome) -> Value {
    Value::list(items(list).iter().map(|item| convert(item).unwrap_or_default()).collect())
}

/// The error of a value that has no form in the wanted type.
fn cannot(value: &Value, wanted: &str) -> FunctionError {
    FunctionError::wrong_value(format!("{} cannot be converted to {wanted}", ValueKind::of(value)))
}

fn to_boolean(value: &Value) -> Outcome {
    match value {
        Value::Null | Value::Bool(_) => Ok(value.clone()),
        Value::Int(int) => Ok(Value::Bool(*int != 0)),
        Value::Text(text) if text.trim().eq_ignore_ascii_case("true") => Ok(Value::Bool(true)),
        Value::Text(text) if text.trim().eq_ignore_ascii_case("false") => Ok(Value::Bool(false)),
        Value::Text(_) => Ok(Value::Null),
        _ => Err(cannot(value, "a boolean")),
    }
}

fn to_integer(value: &Value) -> Outcome {
    match value {
        Value::Null | Value::Int(_) => Ok(value.clone()),
        Value::Bool(bool) => Ok(Value::Int(i64::from(*bool))),
        Value::Float(float) => cut(*float),
        Value::Text(text) => {
            let text = text.trim();
            match (text.parse::<i64>(), text.parse::<f64>()) {
                (Ok(int), _) => Ok(Value::Int(int)),
                (_, Ok(float)) if float.is_finite() => cut(float),
                _ => Ok(Value::Null),
            }
        }
        _ => Err(cannot(value, "an integer")),
    }
}

/// A float without its fraction; null of NaN.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
fn cut(float: f64) -> Outcome {
    const TWO_63: f64 = 9_223_372_036_854_775_808.0;
    if float.is_nan() {
        Ok(Value::Null)
    } else if (-TWO_63..TWO_63).contains(&float) {
        Ok(Value::Int(float as i64))
    } else {
        Err(FunctionError::overflow(format!("{float:?} is beyond the whole numbers of 64 bits")))
    }
}

#[expect(clippy::cast_precision_loss, reason = "openCypher widens whole numbers to floats")]
fn to_float(value: &Value) -> Outcome {
    match value {
        Value::Null | Value::Float(_) => Ok(value.clone()),
        Value::Int(int) => Ok(Value::Float(*int as f64)),
        Value::Text(text) => Ok(text.trim().parse::<f64>().ok().into()),
        _ => Err(cannot(value, "a float")),
    }
}

fn to_string(value: &Value) -> Outcome {
    simple_text(value).map(Value::from).ok_or_else(|| cannot(value, "a string"))
}

/// A simple value as `toString()` and string concatenation write it; `None` of lists, maps and things of the graph.
/// Null is no simple value.
pub(crate) fn simple_text(value: &Value) -> Option<String> {
    match value {
        Value::Bool(bool) => Some(bool.to_string()),
        Value::Int(int) => Some(int.to_string()),
        Value::Float(float) => Some(format!("{float:?}")),
        Value::Text(text) => Some(text.to_string()),
        Value::Edtf(date) => Some(date.to_string()),
        Value::Temporal(value) => Some(value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: &Outcome, expected: &str) {
        assert_eq!(format!("{found:?}"), expected);
    }

    #[test]
    fn strings_of_numbers_become_numbers() {
        check(&to_integer(&"9223372036854775807".into()), "Ok(Int(9223372036854775807))");
        check(&to_integer(&" 12 ".into()), "Ok(Int(12))");
        check(&to_integer(&"1e3".into()), "Ok(Int(1000))");
        check(&to_integer(&"NaN".into()), "Ok(Null)");
        check(&to_float(&"-0.5".into()), "Ok(Float(-0.5))");
    }

    #[test]
    fn numbers_beyond_64_bits_are_no_integers() {
        for value in [Value::Float(1e19), "9223372036854775808".into(), Value::Float(f64::INFINITY)] {
            assert_eq!(to_integer(&value).expect_err("overflow").detail, "IntegerOverflow");
        }
        check(&to_integer(&Value::Float(-9_223_372_036_854_775_808.0)), "Ok(Int(-9223372036854775808))");
    }
}
