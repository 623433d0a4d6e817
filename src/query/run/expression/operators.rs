//! The operators on values: three-valued connectives, comparison, arithmetic, strings, lists.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::sync::Arc;

use regex::Regex;
use rustc_hash::FxHashMap;

use crate::model::Value;
use crate::query::functions::{ErrorClass, FunctionError, ValueKind, simple_text, temporal};
use crate::query::syntax::ast::{BinaryOp, ComparisonOp, QuantifierKind};
use crate::time::Edtf;
use crate::time::calendar::Temporal;

/// True, false, or not known.
pub(super) type Truth = Option<bool>;

type Outcome = Result<Value, FunctionError>;

/// The truth of a boolean or null.
pub(super) fn truth(value: &Value) -> Result<Truth, FunctionError> {
    match value {
        Value::Bool(bool) => Ok(Some(*bool)),
        Value::Null => Ok(None),
        other => {
            let message = format!("true or false is expected, not {}", ValueKind::of(other));
            Err(FunctionError::wrong_type(message))
        }
    }
}

/// NOT.
pub(super) fn not(of: Truth) -> Truth {
    of.map(|known| !known)
}

/// AND, OR, XOR.
pub(super) fn connect(op: BinaryOp, left: Truth, right: Truth) -> Truth {
    match (op, left, right) {
        (BinaryOp::And, Some(false), _) | (BinaryOp::And, _, Some(false)) => Some(false),
        (BinaryOp::Or, Some(true), _) | (BinaryOp::Or, _, Some(true)) => Some(true),
        (_, None, _) | (_, _, None) => None,
        (BinaryOp::And, ..) => Some(true),
        (BinaryOp::Or, ..) => Some(false),
        (_, Some(a), Some(b)) => Some(a != b),
    }
}

/// `=`, `<>`, `<`, `<=`, `>`, `>=`.
pub(super) fn compare(op: ComparisonOp, left: &Value, right: &Value) -> Truth {
    match op {
        ComparisonOp::Equal => left.equals(right),
        ComparisonOp::NotEqual => not(left.equals(right)),
        _ if is_date(left) || is_date(right) => compare_dates(op, &*as_date(left)?, &*as_date(right)?),
        _ => match left.compare(right) {
            Some(order) => Some(holds(op, order)),
            // Numbers that cannot be ordered: one of them is NaN, and nothing is less or greater than that.
            None if is_number(left) && is_number(right) => Some(false),
            None => None,
        },
    }
}

fn holds(op: ComparisonOp, order: Ordering) -> bool {
    match op {
        ComparisonOp::Equal => order.is_eq(),
        ComparisonOp::NotEqual => order.is_ne(),
        ComparisonOp::Less => order.is_lt(),
        ComparisonOp::LessOrEqual => order.is_le(),
        ComparisonOp::Greater => order.is_gt(),
        ComparisonOp::GreaterOrEqual => order.is_ge(),
    }
}

/// Uncertain dates say more about before and after than an order could: 2012 is surely not after 2012-12-31.
fn compare_dates(op: ComparisonOp, left: &Edtf, right: &Edtf) -> Truth {
    match op {
        ComparisonOp::Equal => left.equals(right),
        ComparisonOp::NotEqual => not(left.equals(right)),
        ComparisonOp::Less => left.is_before(right),
        ComparisonOp::LessOrEqual => left.is_not_after(right),
        ComparisonOp::Greater => right.is_before(left),
        ComparisonOp::GreaterOrEqual => right.is_not_after(left),
    }
}

fn is_date(value: &Value) -> bool {
    matches!(value, Value::Edtf(_))
}

/// A date, or a string that says one.
fn as_date(value: &Value) -> Option<Arc<Edtf>> {
    match value {
        Value::Edtf(date) => Some(date.clone()),
        Value::Temporal(Temporal::Date(date)) => Some(Arc::new(Edtf::of_date(*date))),
        Value::Text(text) => Edtf::parse(text).ok().map(Arc::new),
        _ => None,
    }
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Int(_) | Value::Float(_))
}

/// How many items of a list passed a quantifier's test.
#[derive(Default)]
pub(super) struct Tally {
    yes: usize,
    no: usize,
    unknown: usize,
}

impl Tally {
    pub(super) fn add(&mut self, truth: Truth) {
        match truth {
            Some(true) => self.yes += 1,
            Some(false) => self.no += 1,
            None => self.unknown += 1,
        }
    }

    /// Whether further items cannot change the verdict.
    pub(super) fn settles(&self, kind: QuantifierKind) -> bool {
        match kind {
            QuantifierKind::All => self.no > 0,
            QuantifierKind::Any | QuantifierKind::None => self.yes > 0,
            QuantifierKind::Single => self.yes > 1,
        }
    }

    pub(super) fn verdict(&self, kind: QuantifierKind) -> Truth {
        match kind {
            _ if self.settles(kind) => Some(kind == QuantifierKind::Any),
            _ if self.unknown > 0 => None,
            QuantifierKind::All | QuantifierKind::None => Some(true),
            QuantifierKind::Any => Some(false),
            QuantifierKind::Single => Some(self.yes == 1),
        }
    }
}

/// `-x`.
pub(super) fn negate(of: &Value) -> Outcome {
    match of {
        Value::Null => Ok(Value::Null),
        Value::Int(int) => int.checked_neg().map(Value::Int).ok_or_else(|| overflow("-", of, None)),
        Value::Float(float) => Ok(Value::Float(-float)),
        other => temporal::negated(other).unwrap_or_else(|| {
            Err(FunctionError::wrong_type(format!("a minus sign stands before numbers, not {}", ValueKind::of(other))))
        }),
    }
}

/// `+x`.
pub(super) fn plus(of: Value) -> Outcome {
    match of {
        Value::Null | Value::Int(_) | Value::Float(_) => Ok(of),
        other => {
            Err(FunctionError::wrong_type(format!("a plus sign stands before numbers, not {}", ValueKind::of(&other))))
        }
    }
}

/// The binary operators other than connectives.
pub(super) fn apply(op: BinaryOp, left: &Value, right: &Value, patterns: &Patterns) -> Outcome {
    match op {
        BinaryOp::And | BinaryOp::Or | BinaryOp::Xor => Ok(connect(op, truth(left)?, truth(right)?).into()),
        BinaryOp::In => contains(left, right),
        BinaryOp::StartsWith => Ok(on_texts(left, right, |text, part| text.starts_with(part))),
        BinaryOp::EndsWith => Ok(on_texts(left, right, |text, part| text.ends_with(part))),
        BinaryOp::Contains => Ok(on_texts(left, right, |text, part| text.contains(part))),
        BinaryOp::Matches => patterns.matches(left, right),
        BinaryOp::Add => add(left, right),
        BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Modulo | BinaryOp::Power => {
            arithmetic(op, left, right)
        }
    }
}

fn on_texts(left: &Value, right: &Value, test: fn(&str, &str) -> bool) -> Value {
    match (left, right) {
        (Value::Text(text), Value::Text(part)) => Value::Bool(test(text, part)),
        _ => Value::Null,
    }
}

/// What IN says of a value that is no list.
pub fn no_list(other: &Value) -> FunctionError {
    FunctionError::wrong_type(format!("IN looks into a list, not into {}", ValueKind::of(other)))
}

/// `x IN list`: true if some item equals x, else null if some might, else false.
fn contains(wanted: &Value, list: &Value) -> Outcome {
    let items = match list {
        Value::Null => return Ok(Value::Null),
        Value::List(items) => items,
        other => return Err(no_list(other)),
    };
    let mut found = Some(false);
    for item in items.iter() {
        found = connect(BinaryOp::Or, found, wanted.equals(item));
        if found == Some(true) {
            break;
        }
    }
    Ok(found.into())
}

/// `+`: numbers add up, strings join (with simple values too), lists join and take further items.
fn add(left: &Value, right: &Value) -> Outcome {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::List(a), Value::List(b)) => Ok(Value::list(a.iter().chain(b.iter()).cloned().collect())),
        (Value::List(items), item) => Ok(Value::list(items.iter().chain([item]).cloned().collect())),
        (item, Value::List(items)) => Ok(Value::list([item].into_iter().chain(items.iter()).cloned().collect())),
        (Value::Text(_), _) | (_, Value::Text(_)) => match (simple_text(left), simple_text(right)) {
            (Some(a), Some(b)) => Ok(Value::text(a + &b)),
            _ => Err(unfit(BinaryOp::Add, left, right)),
        },
        _ => arithmetic(BinaryOp::Add, left, right),
    }
}

/// The operators where temporal values take part; `None` where they do not, or the operator does not join the two.
fn temporal(op: BinaryOp, left: &Value, right: &Value) -> Option<Outcome> {
    match op {
        BinaryOp::Add => temporal::sum(left, right),
        BinaryOp::Subtract => temporal::difference(left, right),
        BinaryOp::Multiply => temporal::product(left, right),
        BinaryOp::Divide => temporal::quotient(left, right),
        _ => None,
    }
}

fn arithmetic(op: BinaryOp, left: &Value, right: &Value) -> Outcome {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Int(a), Value::Int(b)) if op != BinaryOp::Power => whole(op, *a, *b),
        _ => match (as_float(left), as_float(right)) {
            (Some(a), Some(b)) => Ok(Value::Float(floating(op, a, b))),
            _ => temporal(op, left, right).unwrap_or_else(|| Err(unfit(op, left, right))),
        },
    }
}

/// Arithmetic of whole numbers, division cut towards zero.
pub(super) fn whole(op: BinaryOp, a: i64, b: i64) -> Outcome {
    let result = match op {
        BinaryOp::Add => a.checked_add(b),
        BinaryOp::Subtract => a.checked_sub(b),
        BinaryOp::Multiply => a.checked_mul(b),
        BinaryOp::Divide | BinaryOp::Modulo if b == 0 => {
            let message = format!("{a} {} 0: whole numbers are not divided by zero", sign(op));
            let error = FunctionError::new(ErrorClass::ArithmeticError, "DivisionByZero", message);
            return Err(error.with_hint("write 0.0 for the division of floats, which yields an infinity or NaN"));
        }
        BinaryOp::Divide => a.checked_div(b),
        // The least integer modulo -1 is 0, though its quotient overflows.
        BinaryOp::Modulo => Some(a.wrapping_rem(b)),
        _ => unreachable!("only arithmetic comes here"),
    };
    result.map(Value::Int).ok_or_else(|| overflow(sign(op), &Value::Int(a), Some(&Value::Int(b))))
}

/// Arithmetic of IEEE 754.
pub(super) fn floating(op: BinaryOp, a: f64, b: f64) -> f64 {
    match op {
        BinaryOp::Add => a + b,
        BinaryOp::Subtract => a - b,
        BinaryOp::Multiply => a * b,
        BinaryOp::Divide => a / b,
        BinaryOp::Modulo => a % b,
        BinaryOp::Power => a.powf(b),
        _ => unreachable!("only arithmetic comes here"),
    }
}

#[expect(clippy::cast_precision_loss, reason = "openCypher widens whole numbers to floats")]
fn as_float(value: &Value) -> Option<f64> {
    match value {
        Value::Int(int) => Some(*int as f64),
        Value::Float(float) => Some(*float),
        _ => None,
    }
}

fn sign(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
        BinaryOp::Multiply => "*",
        BinaryOp::Divide => "/",
        BinaryOp::Modulo => "%",
        BinaryOp::Power => "^",
        _ => unreachable!("only arithmetic comes here"),
    }
}

fn unfit(op: BinaryOp, left: &Value, right: &Value) -> FunctionError {
    let are_instants = op == BinaryOp::Subtract && [left, right].iter().all(|each| ValueKind::INSTANT.holds(each));
    let (left, right) = (ValueKind::of(left), ValueKind::of(right));
    let error = FunctionError::wrong_type(format!("{} does not join {left} and {right}", sign(op)));
    if are_instants { error.with_hint("write duration.between(earlier, later)") } else { error }
}

fn overflow(sign: &str, left: &Value, right: Option<&Value>) -> FunctionError {
    let shown = |value: &Value| simple_text(value).unwrap_or_default();
    let written = match right {
        Some(right) => format!("{} {sign} {}", shown(left), shown(right)),
        None => format!("{sign}({})", shown(left)),
    };
    FunctionError::overflow(format!("{written} is beyond the whole numbers of 64 bits"))
        .with_hint("write toFloat() around one of them")
}

/// The regular expressions of `=~`, each compiled once.
#[derive(Default)]
pub(super) struct Patterns(RefCell<FxHashMap<Arc<str>, Regex>>);

impl Patterns {
    /// `text =~ pattern`: whether the pattern matches the whole text; null of what is no string.
    fn matches(&self, text: &Value, pattern: &Value) -> Outcome {
        let (Value::Text(text), Value::Text(pattern)) = (text, pattern) else { return Ok(Value::Null) };
        if let Some(known) = self.0.borrow().get(pattern) {
            return Ok(Value::Bool(known.is_match(text)));
        }
        let compiled = Regex::new(&format!("^(?:{pattern})$")).map_err(|error| {
            // The crate's report shows the pattern over several lines; the last says what is wrong.
            let report = error.to_string();
            let reason = report.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            let message = format!("'{pattern}' is no regular expression: {reason}");
            FunctionError::new(ErrorClass::ArgumentError, "InvalidRegularExpression", message)
        })?;
        let is_match = compiled.is_match(text);
        self.0.borrow_mut().insert(pattern.clone(), compiled);
        Ok(Value::Bool(is_match))
    }
}
