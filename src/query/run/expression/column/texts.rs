//! Strings of the dictionary tested against constants, where they lie: no value is made of any.

use super::{Operand, operators};
use crate::model::{TextId, Value};
use crate::query::faults::{Fault, is_injected};
use crate::query::functions::FunctionError;
use crate::query::run::batch::{Codes, Column};
use crate::query::syntax::ast::{BinaryOp, ComparisonOp};

/// Strings compared with a constant; `None` of anything else.
pub(super) fn compared(op: ComparisonOp, left: &Operand, right: &Operand) -> Option<Column> {
    let (texts, constant, op) = match (texts(left), constant(right), texts(right), constant(left)) {
        (Some(texts), Some(Value::Text(text)), ..) => (texts, text, op),
        (_, _, Some(texts), Some(Value::Text(text))) => (texts, text, super::sifting::turned(op)),
        _ => return None,
    };
    let is_equal = match op {
        ComparisonOp::Equal => true,
        ComparisonOp::NotEqual => false,
        _ => return Some(tested(texts, |text| operators::holds(op, text.cmp(constant)))),
    };
    let wanted = texts.base.texts().find(constant);
    let is_null = |code: &TextId| *code == TextId::NONE && !is_injected(Fault::NullDiffers);
    let truth = |code: &TextId| (!is_null(code)).then(|| (Some(*code) == wanted) == is_equal);
    Some(super::from_truths(&texts.codes.iter().map(truth).collect::<Vec<_>>()))
}

/// An operator on strings and a constant: `None` of anything else.
pub(super) fn combined(
    op: BinaryOp,
    left: &Operand,
    right: &Operand,
    patterns: &operators::Patterns,
) -> Option<Result<Column, FunctionError>> {
    let (texts, constant) = (texts(left)?, constant(right)?);
    match (op, constant) {
        (BinaryOp::StartsWith, Value::Text(part)) => Some(Ok(tested(texts, |text| text.starts_with(&**part)))),
        (BinaryOp::EndsWith, Value::Text(part)) => Some(Ok(tested(texts, |text| text.ends_with(&**part)))),
        (BinaryOp::Contains, Value::Text(part)) => Some(Ok(tested(texts, |text| text.contains(&**part)))),
        (BinaryOp::Matches, Value::Text(pattern)) if texts.codes.iter().any(|code| *code != TextId::NONE) => {
            Some(patterns.with(pattern, |pattern| tested(texts, |text| pattern.is_match(text))))
        }
        (BinaryOp::In, Value::List(items)) => one_of(texts, items).map(Ok),
        _ => None,
    }
}

/// Which strings are among the items of a list; `None` where an item is neither string nor null.
fn one_of(texts: &Codes, items: &[Value]) -> Option<Column> {
    let wanted: Vec<Option<TextId>> = items
        .iter()
        .map(|item| match item {
            Value::Text(text) => Some(texts.base.texts().find(text).filter(|code| *code != TextId::NONE)),
            Value::Null => Some(None),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let mut wanted: Vec<TextId> = wanted.into_iter().flatten().collect();
    wanted.sort_unstable();
    let might = items.iter().any(Value::is_null) && !is_injected(Fault::NullNotListed);
    let truth = |code: &TextId| match wanted.binary_search(code) {
        Ok(_) => Some(true),
        Err(_) if might || *code == TextId::NONE && !items.is_empty() => None,
        Err(_) => Some(false),
    };
    Some(super::from_truths(&texts.codes.iter().map(truth).collect::<Vec<_>>()))
}

/// A test of each string; null of null.
fn tested(texts: &Codes, test: impl Fn(&str) -> bool) -> Column {
    let truths: Vec<_> = (0..texts.codes.len()).map(|row| texts.text(row).map(&test)).collect();
    super::from_truths(&truths)
}

fn texts(operand: &Operand) -> Option<&Codes> {
    match operand {
        Operand::Column(column) => match &**column {
            Column::Texts(texts) => Some(texts),
            _ => None,
        },
        Operand::Constant(_) => None,
    }
}

fn constant(operand: &Operand) -> Option<&Value> {
    match operand {
        Operand::Constant(value) => Some(value),
        Operand::Column(_) => None,
    }
}
