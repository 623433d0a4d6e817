//! The procedures that scenarios bring along: a signature such as `test.my.proc(in :: INTEGER?) :: (out :: STRING?)`,
//! and a table of inputs and outputs.

use griot::query::functions::ValueKind;

use super::literal;
use super::value::TckValue;

/// A procedure.
#[derive(Clone, Debug)]
pub struct Procedure {
    /// Its dotted name.
    pub name: String,
    /// What it takes.
    pub inputs: Vec<(String, ValueKind)>,
    /// What it yields.
    pub outputs: Vec<(String, ValueKind)>,
    /// Values of inputs, then of outputs.
    pub rows: Vec<Vec<TckValue>>,
}

impl Procedure {
    /// Reads a signature and a table; the table's columns come in the order of the signature.
    pub fn read(signature: &str, table: &[Vec<String>]) -> Result<Self, String> {
        let unreadable = || format!("`{signature}` is no signature");
        let (name, rest) = signature.split_once('(').ok_or_else(unreadable)?;
        let (inputs, rest) = rest.split_once(')').ok_or_else(unreadable)?;
        let rest = rest.trim().strip_prefix("::").ok_or_else(unreadable)?.trim();
        let outputs = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).ok_or_else(unreadable)?;
        let (inputs, outputs) = (fields(inputs)?, fields(outputs)?);
        let width = inputs.len() + outputs.len();
        let rows = table.iter().skip(1).map(|row| {
            if row.len() == width {
                row.iter().map(|cell| literal::parse(cell)).collect()
            } else {
                Err(format!("a row of {} cells for {width} columns", row.len()))
            }
        });
        Ok(Self { name: name.trim().to_owned(), inputs, outputs, rows: rows.collect::<Result<_, _>>()? })
    }
}

fn fields(text: &str) -> Result<Vec<(String, ValueKind)>, String> {
    let fields = text.split(',').map(str::trim).filter(|field| !field.is_empty());
    fields
        .map(|field| {
            let (name, kind) = field.split_once("::").ok_or_else(|| format!("`{field}` has no type"))?;
            Ok((name.trim().to_owned(), self::kind(kind.trim().trim_end_matches('?'))?))
        })
        .collect()
}

fn kind(name: &str) -> Result<ValueKind, String> {
    Ok(match name {
        "ANY" => ValueKind::Any,
        "BOOLEAN" => ValueKind::Boolean,
        "INTEGER" => ValueKind::Integer,
        "FLOAT" => ValueKind::Float,
        "NUMBER" => ValueKind::Number,
        "STRING" => ValueKind::String,
        "MAP" => ValueKind::Map,
        "NODE" => ValueKind::Node,
        "RELATIONSHIP" => ValueKind::Relationship,
        "PATH" => ValueKind::Path,
        _ if name.starts_with("LIST") => ValueKind::List,
        _ => return Err(format!("`{name}` is no type of a procedure")),
    })
}
