//! What can be told of an expression's value before it runs. Only sure conflicts are faults: what may fit, passes.

use crate::query::functions::ValueKind;
use crate::query::syntax::ast::BinaryOp;

/// Whether `.key` can never follow such a value.
pub(super) fn has_no_properties(kind: ValueKind) -> bool {
    use ValueKind::{Boolean, Float, Integer, List, Number, Path, String};
    matches!(kind, Boolean | Integer | Float | Number | String | List | Path)
}

/// What a binary operator yields.
pub(super) fn of_binary(op: BinaryOp, left: ValueKind, right: ValueKind) -> ValueKind {
    use ValueKind::{Any, Boolean, Float, Integer, List, Number, String};
    match op {
        BinaryOp::Or
        | BinaryOp::Xor
        | BinaryOp::And
        | BinaryOp::In
        | BinaryOp::StartsWith
        | BinaryOp::EndsWith
        | BinaryOp::Contains
        | BinaryOp::Matches => Boolean,
        BinaryOp::Power => Float,
        BinaryOp::Add if left == List || right == List => List,
        BinaryOp::Add if left == String && right == String => String,
        _ => match (left, right) {
            (Integer, Integer) => Integer,
            (Float, Integer | Float) | (Integer, Float) => Float,
            (Number, Integer | Float | Number) | (Integer | Float, Number) => Number,
            _ => Any,
        },
    }
}
