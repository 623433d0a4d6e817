//! Functions that yield true or false.

use super::{Function, PLAIN, ValueKind, required};
use crate::model::Value;

/// In reading order.
pub(super) static FUNCTIONS: &[Function] = &[
    Function {
        name: "exists",
        parameters: &[required("property", ValueKind::Any)],
        returns: ValueKind::Boolean,
        meaning: "whether a property is there: the old way to write IS NOT NULL",
        examples: &[("exists({a: 1}.a)", "true"), ("exists({a: 1}.b)", "false")],
        sees_null: true,
        body: |_, args| Ok(Value::Bool(!args[0].is_null())),
        ..PLAIN
    },
    Function {
        name: "isEmpty",
        parameters: &[required("value", ValueKind::OneOf(&[ValueKind::String, ValueKind::List, ValueKind::Map]))],
        returns: ValueKind::Boolean,
        meaning: "whether a string, a list or a map holds nothing",
        examples: &[("isEmpty([])", "true"), ("isEmpty('a')", "false"), ("isEmpty({})", "true")],
        body: |_, args| {
            Ok(Value::Bool(match &args[0] {
                Value::Text(text) => text.is_empty(),
                Value::List(items) => items.is_empty(),
                Value::Map(map) => map.is_empty(),
                _ => unreachable!("the signature admits strings, lists and maps only"),
            }))
        },
        ..PLAIN
    },
];
