//! Operators on values, in three-valued logic: `None` is null.

use std::cmp::Ordering;

use griot::model::Value;
use griot::query::syntax::ast::{BinaryOp, ComparisonOp, UnaryOp};

use super::{Fault, clocks};

/// A verdict as a value.
pub(super) fn value(verdict: Option<bool>) -> Value {
    verdict.map_or(Value::Null, Value::Bool)
}

/// A value as a verdict.
pub(super) fn truth(value: &Value) -> Result<Option<bool>, Fault> {
    match value {
        Value::Null => Ok(None),
        Value::Bool(bool) => Ok(Some(*bool)),
        other => Err(Fault::error(format!("{} as a condition", other.type_name()))),
    }
}

pub(super) fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn or(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    and(a.map(|a| !a), b.map(|b| !b)).map(|neither| !neither)
}

/// The elements of a list; `None` of null.
pub(super) fn items(value: &Value) -> Result<Option<Vec<Value>>, Fault> {
    match value {
        Value::Null => Ok(None),
        Value::List(items) => Ok(Some(items.to_vec())),
        other => Err(Fault::error(format!("{} as a list", other.type_name()))),
    }
}

fn is_nan(value: &Value) -> bool {
    matches!(value, Value::Float(float) if float.is_nan())
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Int(_) | Value::Float(_))
}

/// `a op b` of a comparison.
pub(super) fn compare(op: ComparisonOp, a: &Value, b: &Value) -> Option<bool> {
    match op {
        ComparisonOp::Equal => return a.equals(b),
        ComparisonOp::NotEqual => return a.equals(b).map(|equal| !equal),
        _ => {}
    }
    if is_number(a) && is_number(b) && (is_nan(a) || is_nan(b)) {
        return Some(false);
    }
    let order = match (a, b) {
        (Value::Temporal(a), Value::Temporal(b)) => clocks::compare(a, b)?,
        _ => a.compare(b)?,
    };
    Some(match op {
        ComparisonOp::Less => order == Ordering::Less,
        ComparisonOp::LessOrEqual => order != Ordering::Greater,
        ComparisonOp::Greater => order == Ordering::Greater,
        _ => order != Ordering::Less,
    })
}

pub(super) fn unary(op: UnaryOp, of: &Value) -> Result<Value, Fault> {
    match (op, of) {
        (UnaryOp::Not, of) => Ok(value(truth(of)?.map(|verdict| !verdict))),
        (_, Value::Null) => Ok(Value::Null),
        (UnaryOp::Minus, Value::Int(int)) => {
            int.checked_neg().map(Value::Int).ok_or_else(|| Fault::error("integer overflow"))
        }
        (UnaryOp::Minus, Value::Float(float)) => Ok(Value::Float(-float)),
        (UnaryOp::Plus, Value::Int(_) | Value::Float(_)) => Ok(of.clone()),
        (UnaryOp::Minus, Value::Temporal(of)) => clocks::negated(of),
        _ => Err(Fault::error(format!("a sign of {}", of.type_name()))),
    }
}

pub(super) fn binary(op: BinaryOp, a: &Value, b: &Value) -> Result<Value, Fault> {
    match op {
        BinaryOp::And => return Ok(value(and(truth(a)?, truth(b)?))),
        BinaryOp::Or => return Ok(value(or(truth(a)?, truth(b)?))),
        BinaryOp::Xor => {
            let (a, b) = (truth(a)?, truth(b)?);
            return Ok(value(a.and_then(|a| b.map(|b| a != b))));
        }
        BinaryOp::In => return contains(b, a).map(value),
        BinaryOp::StartsWith | BinaryOp::EndsWith | BinaryOp::Contains => return Ok(value(text_test(op, a, b))),
        BinaryOp::Matches => {
            let (Value::Text(text), Value::Text(pattern)) = (a, b) else {
                return if a.is_null() || b.is_null() {
                    Ok(Value::Null)
                } else {
                    Err(Fault::error("=~ joins strings"))
                };
            };
            let regex = regex::Regex::new(&format!("^(?:{pattern})$"));
            let regex = regex.map_err(|_| Fault::error("a bad regular expression"))?;
            return Ok(Value::Bool(regex.is_match(text)));
        }
        _ => {}
    }
    match (a, b) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Int(a), Value::Int(b)) => int_arithmetic(op, *a, *b),
        // A list takes what is added to it.
        (Value::List(_), _) | (_, Value::List(_)) if op == BinaryOp::Add => add(a, b),
        (Value::Temporal(_), _) | (_, Value::Temporal(_)) => clocks::arithmetic(op, a, b),
        _ if is_number(a) && is_number(b) => Ok(Value::Float(float_arithmetic(op, float(a), float(b)))),
        _ if op == BinaryOp::Add => add(a, b),
        _ => Err(Fault::error(format!("arithmetic of {} and {}", a.type_name(), b.type_name()))),
    }
}

fn contains(list: &Value, wanted: &Value) -> Result<Option<bool>, Fault> {
    let Some(items) = items(list)? else { return Ok(None) };
    let verdicts: Vec<_> = items.iter().map(|item| item.equals(wanted)).collect();
    let unknown = verdicts.contains(&None);
    Ok(if verdicts.contains(&Some(true)) { Some(true) } else { (!unknown).then_some(false) })
}

fn text_test(op: BinaryOp, a: &Value, b: &Value) -> Option<bool> {
    let (a, b) = (a.as_text()?, b.as_text()?);
    Some(match op {
        BinaryOp::StartsWith => a.starts_with(b),
        BinaryOp::EndsWith => a.ends_with(b),
        _ => a.contains(b),
    })
}

#[expect(clippy::cast_precision_loss, reason = "as openCypher converts")]
pub(super) fn float(value: &Value) -> f64 {
    match value {
        Value::Int(int) => *int as f64,
        Value::Float(float) => *float,
        _ => f64::NAN,
    }
}

#[expect(clippy::cast_precision_loss, reason = "powers are floating-point numbers")]
fn int_arithmetic(op: BinaryOp, a: i64, b: i64) -> Result<Value, Fault> {
    let result = match op {
        BinaryOp::Add => a.checked_add(b),
        BinaryOp::Subtract => a.checked_sub(b),
        BinaryOp::Multiply => a.checked_mul(b),
        BinaryOp::Divide => a.checked_div(b),
        BinaryOp::Modulo => a.checked_rem(b),
        _ => return Ok(Value::Float((a as f64).powf(b as f64))),
    };
    result.map(Value::Int).ok_or_else(|| Fault::error("integer overflow or division by zero"))
}

fn float_arithmetic(op: BinaryOp, a: f64, b: f64) -> f64 {
    match op {
        BinaryOp::Add => a + b,
        BinaryOp::Subtract => a - b,
        BinaryOp::Multiply => a * b,
        BinaryOp::Divide => a / b,
        BinaryOp::Modulo => a % b,
        _ => a.powf(b),
    }
}

fn add(a: &Value, b: &Value) -> Result<Value, Fault> {
    match (a, b) {
        (Value::List(a), Value::List(b)) => Ok(Value::list(a.iter().chain(b.iter()).cloned().collect())),
        (Value::List(a), b) => Ok(Value::list(a.iter().chain([b]).cloned().collect())),
        (a, Value::List(b)) => Ok(Value::list([a].into_iter().chain(b.iter()).cloned().collect())),
        (Value::Text(a), Value::Text(b)) => Ok(Value::text(format!("{a}{b}"))),
        (Value::Text(_), _) | (_, Value::Text(_)) => Err(Fault::unspecified("a string and something else")),
        _ => Err(Fault::error(format!("{} and {}", a.type_name(), b.type_name()))),
    }
}

/// `list[from..to]`.
pub(super) fn slice(of: &Value, from: Option<&Value>, to: Option<&Value>) -> Result<Value, Fault> {
    let Some(items) = items(of)? else { return Ok(Value::Null) };
    let length = i64::try_from(items.len()).expect("lists fit into memory");
    let place = |bound: Option<&Value>, otherwise: i64| match bound {
        None => Ok(Some(otherwise)),
        Some(Value::Null) => Ok(None),
        Some(Value::Int(int)) => Ok(Some(if *int < 0 { int + length } else { *int }.clamp(0, length))),
        Some(other) => Err(Fault::error(format!("{} as the bound of a slice", other.type_name()))),
    };
    let (Some(from), Some(to)) = (place(from, 0)?, place(to, length)?) else { return Ok(Value::Null) };
    let count = usize::try_from(to - from).unwrap_or(0);
    Ok(Value::list(items.into_iter().skip(usize::try_from(from).expect("it is clamped")).take(count).collect()))
}

/// Whether grouping takes the two for the same; where they are the same and yet not identical (1 and 1.0), it is
/// left open which of them stands for both.
pub(super) fn same(a: &Value, b: &Value) -> Result<bool, Fault> {
    if !a.is_equivalent(b) {
        return Ok(false);
    }
    if identical(a, b) { Ok(true) } else { Err(Fault::unspecified("1 and 1.0 in one group")) }
}

/// Whether two equivalent values are also of one type and sign.
pub(super) fn identical(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Int(_), Value::Float(_)) | (Value::Float(_), Value::Int(_)) => false,
        (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()),
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| identical(a, b)),
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| identical(a, b)))
        }
        _ => a.is_equivalent(b),
    }
}

/// The order of ORDER BY; `None` where it hangs on handles, whose order is nobody's business.
pub(super) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Node(_), Value::Node(_)) | (Value::Rel(_), Value::Rel(_)) | (Value::Path(_), Value::Path(_)) => {
            a.is_equivalent(b).then_some(Ordering::Equal)
        }
        (Value::List(a), Value::List(b)) => {
            for (a, b) in a.iter().zip(b.iter()) {
                match order(a, b) {
                    Some(Ordering::Equal) => {}
                    found => return found,
                }
            }
            Some(a.len().cmp(&b.len()))
        }
        (Value::Map(_), Value::Map(_)) => a.is_equivalent(b).then_some(Ordering::Equal),
        _ => Some(a.sort_order(b)),
    }
}
