//! Scalar functions that need no graph.

use super::{Function, PLAIN, ValueKind, count, items, required, text, variadic};
use crate::model::Value;
use crate::time::calendar::Temporal;

/// In reading order.
pub(super) static FUNCTIONS: &[Function] = &[
    Function {
        name: "coalesce",
        parameters: &[required("value", ValueKind::Any), variadic("value", ValueKind::Any)],
        meaning: "the first of the values that is not null",
        examples: &[("coalesce(null, 1, 2)", "1"), ("coalesce(null)", "null")],
        sees_null: true,
        body: |_, args| Ok(args.iter().find(|value| !value.is_null()).cloned().unwrap_or_default()),
        ..PLAIN
    },
    Function {
        name: "nullIf",
        parameters: &[required("value", ValueKind::Any), required("other", ValueKind::Any)],
        meaning: "null if the two are equal, else the first",
        examples: &[("nullIf(1, 1)", "null"), ("nullIf(1, 2)", "1"), ("nullIf(1, null)", "1")],
        sees_null: true,
        body: |_, args| Ok(if args[0].equals(&args[1]) == Some(true) { Value::Null } else { args[0].clone() }),
        ..PLAIN
    },
    Function {
        name: "head",
        parameters: &[required("list", ValueKind::List)],
        meaning: "the first item of a list; null if it is empty",
        examples: &[("head([1, 2])", "1"), ("head([])", "null")],
        body: |_, args| Ok(items(&args[0]).first().cloned().unwrap_or_default()),
        ..PLAIN
    },
    Function {
        name: "last",
        parameters: &[required("list", ValueKind::List)],
        meaning: "the last item of a list; null if it is empty",
        examples: &[("last([1, 2])", "2"), ("last([])", "null")],
        body: |_, args| Ok(items(&args[0]).last().cloned().unwrap_or_default()),
        ..PLAIN
    },
    Function {
        name: "size",
        parameters: &[required("value", ValueKind::STRING_OR_LIST)],
        returns: ValueKind::Integer,
        meaning: "the number of items of a list, or of characters of a string",
        examples: &[("size([1, null])", "2"), ("size('Adnān')", "5")],
        body: |_, args| {
            Ok(match &args[0] {
                Value::Text(text) => count(text.chars().count()),
                list => count(items(list).len()),
            })
        },
        ..PLAIN
    },
    Function {
        name: "length",
        parameters: &[required("path", ValueKind::Path)],
        returns: ValueKind::Integer,
        meaning: "the number of relationships of a path",
        examples: &[("length(null)", "null")],
        body: |_, args| match &args[0] {
            Value::Path(path) => Ok(count(path.rels.len())),
            _ => unreachable!("the signature admits paths only"),
        },
        ..PLAIN
    },
    Function {
        name: "char_length",
        aliases: &["character_length"],
        parameters: &[required("text", ValueKind::String)],
        returns: ValueKind::Integer,
        meaning: "the number of characters of a string",
        examples: &[("char_length('Kidal')", "5")],
        body: |_, args| Ok(count(text(&args[0]).chars().count())),
        ..PLAIN
    },
    Function {
        name: "valueType",
        parameters: &[required("value", ValueKind::Any)],
        returns: ValueKind::String,
        meaning: "the name of the value's type",
        examples: &[
            ("valueType(1)", "'INTEGER NOT NULL'"),
            ("valueType(null)", "'NULL'"),
            ("valueType([1, 'a', 2])", "'LIST<INTEGER NOT NULL | STRING NOT NULL> NOT NULL'"),
        ],
        sees_null: true,
        body: |_, args| Ok(value_type(&args[0]).into()),
        ..PLAIN
    },
    Function {
        name: "timestamp",
        returns: ValueKind::Integer,
        meaning: "milliseconds since 1970-01-01, UTC; the same all through a query",
        is_deterministic: false,
        body: |context, _| Ok(Value::Int(context.clock.milliseconds())),
        ..PLAIN
    },
];

/// A type as GQL writes it; the members of a union in alphabetical order, each once.
fn value_type(value: &Value) -> String {
    let name = match value {
        Value::Null => return "NULL".to_owned(),
        Value::Bool(_) => "BOOLEAN".to_owned(),
        Value::Int(_) => "INTEGER".to_owned(),
        Value::Float(_) => "FLOAT".to_owned(),
        Value::Text(_) => "STRING".to_owned(),
        Value::List(items) => {
            let members: std::collections::BTreeSet<_> = items.iter().map(value_type).collect();
            let members: Vec<_> = members.into_iter().collect();
            format!("LIST<{}>", if members.is_empty() { "NOTHING".to_owned() } else { members.join(" | ") })
        }
        Value::Map(_) => "MAP".to_owned(),
        Value::Node(_) => "NODE".to_owned(),
        Value::Rel(_) => "RELATIONSHIP".to_owned(),
        Value::Path(_) => "PATH".to_owned(),
        Value::Claim(_) => "CLAIM".to_owned(),
        Value::Edtf(_) => "EDTF".to_owned(),
        Value::Temporal(value) => match value {
            Temporal::DateTime(_) => "ZONED DATETIME",
            Temporal::LocalDateTime(_) => "LOCAL DATETIME",
            Temporal::Date(_) => "DATE",
            Temporal::Time(_) => "ZONED TIME",
            Temporal::LocalTime(_) => "LOCAL TIME",
            Temporal::Duration(_) => "DURATION",
        }
        .to_owned(),
    };
    name + " NOT NULL"
}
