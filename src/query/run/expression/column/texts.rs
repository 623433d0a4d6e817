//! Strings by their dictionary codes: comparisons and searches that make no string of any cell, and look at each string
//! of a column with few of them once.

use rustc_hash::FxHashSet;

use super::{Column, Operand, operators};
use crate::model::{TextId, Value};
use crate::query::faults::{Fault, is_injected};
use crate::query::functions::FunctionError;
use crate::query::run::batch::Codes;
use crate::query::syntax::ast::{BinaryOp, ComparisonOp};

/// How many answers about strings are remembered, by the last bits of their codes.
const REMEMBERED: usize = 256;

/// A comparison of strings; `None` where the operands are no strings of a dictionary.
pub(super) fn compared(op: ComparisonOp, left: &Operand, right: &Operand) -> Option<Column> {
    match (left, right) {
        (Operand::Column(column), Operand::Constant(Value::Text(text))) => {
            let Column::Texts(texts) = &**column else { return None };
            Some(match op {
                ComparisonOp::Equal | ComparisonOp::NotEqual => {
                    let wanted = texts.texts.find(text);
                    by_code(texts, |code| (Some(code) == wanted) == (op == ComparisonOp::Equal))
                }
                _ => by_text(texts, |cell| operators::holds(op, cell.cmp(text))),
            })
        }
        (Operand::Column(left), Operand::Column(right)) => {
            let (Column::Texts(left), Column::Texts(right)) = (&**left, &**right) else { return None };
            let cells = left.codes.iter().zip(&right.codes);
            let present = cells.clone().map(|(a, b)| *a != TextId::NONE && *b != TextId::NONE).collect();
            let truths = match op {
                ComparisonOp::Equal if left.texts.is(&right.texts) => cells.map(|(a, b)| a == b).collect(),
                ComparisonOp::NotEqual if left.texts.is(&right.texts) => cells.map(|(a, b)| a != b).collect(),
                _ => {
                    let order = |(a, b): (&TextId, &TextId)| left.texts.get(*a).cmp(right.texts.get(*b));
                    cells.map(|cells| operators::holds(op, order(cells))).collect()
                }
            };
            Some(Column::partial(Column::Bools(truths), present))
        }
        _ => None,
    }
}

/// STARTS WITH, ENDS WITH, CONTAINS and `=~` with one string for all rows, and IN with one list; `None` of anything else.
pub(super) fn sought(
    op: BinaryOp,
    left: &Operand,
    right: &Operand,
    patterns: &operators::Patterns,
) -> Option<Result<Column, FunctionError>> {
    let (Operand::Column(column), Operand::Constant(sought)) = (left, right) else { return None };
    let found = match (op, &**column, sought) {
        // A pattern that cannot be read is an error only where there is a string.
        (BinaryOp::Matches, Column::Texts(texts), Value::Text(pattern))
            if texts.codes.iter().any(|code| *code != TextId::NONE) =>
        {
            return Some(patterns.with(pattern, |pattern| by_text(texts, |text| pattern.is_match(text))));
        }
        (BinaryOp::StartsWith, Column::Texts(texts), Value::Text(part)) => {
            Some(by_text(texts, |text| text.starts_with(&**part)))
        }
        (BinaryOp::EndsWith, Column::Texts(texts), Value::Text(part)) => {
            Some(by_text(texts, |text| text.ends_with(&**part)))
        }
        (BinaryOp::Contains, Column::Texts(texts), Value::Text(part)) => {
            Some(by_text(texts, |text| text.contains(&**part)))
        }
        (BinaryOp::In, column, Value::List(items)) if !items.is_empty() => listed(column, items),
        _ => None,
    };
    found.map(Ok)
}

/// Which cells are equal to one of several items of their own type.
fn listed(column: &Column, items: &[Value]) -> Option<Column> {
    match column.cells() {
        (Column::Texts(texts), _) => {
            let text = |item: &Value| item.as_text().map(|text| texts.texts.find(text));
            let codes: FxHashSet<TextId> =
                items.iter().map(text).collect::<Option<Vec<_>>>()?.into_iter().flatten().collect();
            Some(by_code(texts, |code| codes.contains(&code)))
        }
        (Column::Ints(ints), present) => {
            let int = |item: &Value| match item {
                Value::Int(int) => Some(*int),
                _ => None,
            };
            let wanted: FxHashSet<i64> = items.iter().map(int).collect::<Option<_>>()?;
            let found = Column::Bools(ints.iter().map(|int| wanted.contains(int)).collect());
            Some(match present {
                Some(present) => Column::partial(found, present.to_vec()),
                None => found,
            })
        }
        _ => None,
    }
}

/// A test of each code; null of none.
fn by_code(texts: &Codes, mut passes: impl FnMut(TextId) -> bool) -> Column {
    let missing_passes = is_injected(Fault::NullDiffers);
    let truths = texts.codes.iter().map(|code| passes(*code)).collect();
    let present = texts.codes.iter().map(|code| *code != TextId::NONE || missing_passes).collect();
    Column::partial(Column::Bools(truths), present)
}

/// A test of each string; null of none.
fn by_text(texts: &Codes, passes: impl Fn(&str) -> bool) -> Column {
    let mut remembered = [(TextId::NONE, false); REMEMBERED];
    by_code(texts, |code| {
        if code == TextId::NONE {
            return false;
        }
        let place = &mut remembered[code.index() % REMEMBERED];
        if place.0 != code {
            *place = (code, passes(texts.texts.get(code)));
        }
        place.1
    })
}
