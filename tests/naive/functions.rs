//! Functions of openCypher, plainly.

use griot::model::{EdgeId, NodeId, Value};

use super::operators::float;
use super::{Fault, Naive, clocks, dates};

const NAMES: [&str; 34] = [
    "abs",
    "ceil",
    "date",
    "endnode",
    "floor",
    "head",
    "keys",
    "labels",
    "last",
    "left",
    "length",
    "nodes",
    "properties",
    "relationships",
    "replace",
    "reverse",
    "right",
    "sign",
    "size",
    "split",
    "sqrt",
    "startnode",
    "substring",
    "tail",
    "toboolean",
    "tofloat",
    "tointeger",
    "tolower",
    "tostring",
    "toupper",
    "trim",
    "type",
    "coalesce",
    "range",
];

impl Naive<'_> {
    /// The value of a function.
    pub(super) fn function(&self, name: &str, args: &[Value]) -> Result<Value, Fault> {
        let name = name.to_lowercase();
        if name == "coalesce" {
            return Ok(args.iter().find(|arg| !arg.is_null()).cloned().unwrap_or_default());
        }
        if name == "range" {
            return range(args);
        }
        let is_clock = clocks::NAMES.contains(&name.as_str());
        if !NAMES.contains(&name.as_str()) && !is_clock {
            return Err(Fault::unspecified(format!("{name} is not in the naive matcher")));
        }
        if (name == "date" || is_clock) && !matches!(args, [Value::Null | Value::Text(_)]) {
            return Err(Fault::unspecified("temporal values are named by a text in the naive matcher"));
        }
        // All others are null where any argument is.
        if args.iter().any(Value::is_null) {
            return Ok(Value::Null);
        }
        let unfit = || Fault::error(format!("{name} of {:?}", args.iter().map(Value::type_name).collect::<Vec<_>>()));
        match args {
            [Value::Node(id)] => self.of_node(&name, *id),
            [Value::Rel(id)] => self.of_rel(&name, *id),
            [Value::Path(path)] => Some(match name.as_str() {
                "length" => count(path.rels.len()),
                "nodes" => Value::list(path.nodes.iter().map(|id| Value::Node(*id)).collect()),
                "relationships" => Value::list(path.rels.iter().map(|id| Value::Rel(*id)).collect()),
                _ => return Err(unfit()),
            }),
            [Value::List(items)] => of_list(&name, items),
            [Value::Map(map)] => Some(match name.as_str() {
                "keys" => Value::list(map.keys().map(|key| Value::Text(key.clone())).collect()),
                "properties" => args[0].clone(),
                _ => return Err(unfit()),
            }),
            [Value::Int(_) | Value::Float(_)] => of_number(&name, &args[0]),
            [Value::Bool(bool)] => match name.as_str() {
                "tostring" => Some(Value::text(bool.to_string())),
                "toboolean" => Some(args[0].clone()),
                _ => None,
            },
            [Value::Text(text)] if name == "date" => Some(dates::date(text)?),
            [Value::Text(text)] if is_clock => Some(clocks::made(&name, text)?),
            [Value::Temporal(_)] => return Err(Fault::unspecified("a function of temporal values")),
            [Value::Text(text)] => of_text(&name, text),
            _ => of_several(&name, args),
        }
        .ok_or_else(unfit)
    }

    fn of_node(&self, name: &str, id: NodeId) -> Option<Value> {
        let node = &self.graph.nodes[id.index()];
        Some(match name {
            "labels" => texts(&node.labels),
            "keys" => texts(node.properties.keys()),
            "properties" => Value::map(node.properties.iter().map(|(key, value)| (key.as_str(), value.clone()))),
            _ => return None,
        })
    }

    fn of_rel(&self, name: &str, id: EdgeId) -> Option<Value> {
        let rel = &self.graph.rels[id.index()];
        Some(match name {
            "type" => Value::text(rel.kind.as_str()),
            "startnode" => Value::Node(NodeId::from_index(rel.source)),
            "endnode" => Value::Node(NodeId::from_index(rel.target)),
            "keys" => texts(rel.properties.keys()),
            "properties" => Value::map(rel.properties.iter().map(|(key, value)| (key.as_str(), value.clone()))),
            _ => return None,
        })
    }
}

fn count(number: usize) -> Value {
    Value::Int(i64::try_from(number).expect("it fits into memory"))
}

fn texts<'a>(texts: impl IntoIterator<Item = &'a String>) -> Value {
    Value::list(texts.into_iter().map(|text| Value::text(text.as_str())).collect())
}

fn range(args: &[Value]) -> Result<Value, Fault> {
    let step = args.get(2).unwrap_or(&Value::Int(1));
    let (Some(Value::Int(from)), Some(Value::Int(to)), Value::Int(step)) = (args.first(), args.get(1), step) else {
        return Err(Fault::error("range wants whole numbers"));
    };
    if *step == 0 {
        return Err(Fault::error("a range whose step is 0"));
    }
    let mut items = Vec::new();
    let mut at = *from;
    while if *step > 0 { at <= *to } else { at >= *to } {
        items.push(Value::Int(at));
        at += step;
    }
    Ok(Value::list(items))
}

fn of_list(name: &str, items: &[Value]) -> Option<Value> {
    Some(match name {
        "size" => count(items.len()),
        "head" => items.first().cloned().unwrap_or_default(),
        "last" => items.last().cloned().unwrap_or_default(),
        "tail" => Value::list(items.iter().skip(1).cloned().collect()),
        "reverse" => Value::list(items.iter().rev().cloned().collect()),
        _ => return None,
    })
}

#[expect(clippy::cast_possible_truncation, reason = "toInteger cuts off")]
fn of_number(name: &str, number: &Value) -> Option<Value> {
    let float = float(number);
    Some(match (name, number) {
        ("abs", Value::Int(int)) => Value::Int(int.checked_abs()?),
        ("abs", _) => Value::Float(float.abs()),
        ("sign", Value::Int(int)) => Value::Int(int.signum()),
        ("sign", _) => Value::Int(i64::from(float > 0.0) - i64::from(float < 0.0)),
        ("tointeger", Value::Int(_)) => number.clone(),
        ("tointeger", _) => Value::Int(float as i64),
        ("tofloat", _) => Value::Float(float),
        ("tostring", Value::Int(int)) => Value::text(int.to_string()),
        ("tostring", _) => Value::text(format!("{float:?}")),
        ("ceil", _) => Value::Float(float.ceil()),
        ("floor", _) => Value::Float(float.floor()),
        ("sqrt", _) => Value::Float(float.sqrt()),
        _ => return None,
    })
}

#[expect(clippy::cast_possible_truncation, reason = "toInteger cuts off")]
fn of_text(name: &str, text: &str) -> Option<Value> {
    Some(match name {
        "size" => count(text.chars().count()),
        "reverse" => Value::text(text.chars().rev().collect::<String>()),
        "toupper" => Value::text(text.to_uppercase()),
        "tolower" => Value::text(text.to_lowercase()),
        "trim" => Value::text(text.trim()),
        "tostring" => Value::text(text),
        "tointeger" => match text.parse() {
            Ok(int) => Value::Int(int),
            Err(_) => text.parse().map_or(Value::Null, |float: f64| Value::Int(float as i64)),
        },
        "tofloat" => text.parse().map_or(Value::Null, Value::Float),
        "toboolean" => text.to_lowercase().parse().map_or(Value::Null, Value::Bool),
        _ => return None,
    })
}

fn of_several(name: &str, args: &[Value]) -> Option<Value> {
    let size = |value: &Value| match value {
        Value::Int(int) => usize::try_from(*int).ok(),
        _ => None,
    };
    let text = args.first()?.as_text()?;
    Some(match (name, &args[1..]) {
        ("substring", [from]) => Value::text(text.chars().skip(size(from)?).collect::<String>()),
        ("substring", [from, length]) => {
            Value::text(text.chars().skip(size(from)?).take(size(length)?).collect::<String>())
        }
        ("left", [length]) => Value::text(text.chars().take(size(length)?).collect::<String>()),
        ("right", [length]) => {
            let skipped = text.chars().count().saturating_sub(size(length)?);
            Value::text(text.chars().skip(skipped).collect::<String>())
        }
        ("split", [by]) if !by.as_text()?.is_empty() => {
            Value::list(text.split(by.as_text()?).map(Value::text).collect())
        }
        ("replace", [from, to]) if !from.as_text()?.is_empty() => {
            Value::text(text.replace(from.as_text()?, to.as_text()?))
        }
        _ => return None,
    })
}
