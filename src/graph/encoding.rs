//! Property values as bytes, for the columns that hold lists, maps, dates, or values of several types.
//!
//! A tag byte, then the payload, little endian; lengths are 32 bits. Decoding never panics: bytes that no encoder
//! wrote give `None`.

use std::sync::Arc;

use super::array::to_u32;
use crate::model::{Map, Value};
use crate::time::Edtf;

mod temporal;

const NULL: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const INT: u8 = 3;
const FLOAT: u8 = 4;
const TEXT: u8 = 5;
const LIST: u8 = 6;
const MAP: u8 = 7;
const DATE: u8 = 8;
const TEMPORAL: u8 = 9;

/// Deeper values than this are refused when they are read, so that a damaged file cannot exhaust the stack.
const DEEPEST: u32 = 512;

/// Appends a value. Nodes, relations, paths and claims are handles of one graph and no property values: they are
/// written as null.
pub(super) fn encode(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null | Value::Node(_) | Value::Rel(_) | Value::Path(_) | Value::Claim(_) => out.push(NULL),
        Value::Bool(bool) => out.push(if *bool { TRUE } else { FALSE }),
        Value::Int(int) => {
            out.push(INT);
            out.extend_from_slice(&int.to_le_bytes());
        }
        Value::Float(float) => {
            out.push(FLOAT);
            out.extend_from_slice(&float.to_bits().to_le_bytes());
        }
        Value::Text(text) => {
            out.push(TEXT);
            encode_text(text, out);
        }
        Value::List(items) => {
            out.push(LIST);
            encode_length(items.len(), out);
            items.iter().for_each(|item| encode(item, out));
        }
        Value::Edtf(date) => {
            out.push(DATE);
            encode_text(date.as_str(), out);
        }
        Value::Temporal(value) => {
            out.push(TEMPORAL);
            temporal::encode(value, out);
        }
        Value::Map(entries) => {
            out.push(MAP);
            encode_length(entries.len(), out);
            for (key, value) in entries.iter() {
                encode_text(key, out);
                encode(value, out);
            }
        }
    }
}

fn encode_length(length: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&to_u32(length).to_le_bytes());
}

fn encode_text(text: &str, out: &mut Vec<u8>) {
    encode_length(text.len(), out);
    out.extend_from_slice(text.as_bytes());
}

/// Reads back a value that fills the bytes.
pub(super) fn decode(bytes: &[u8]) -> Option<Value> {
    let mut reader = Reader { rest: bytes };
    let value = reader.value(0)?;
    reader.rest.is_empty().then_some(value)
}

struct Reader<'b> {
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    fn value(&mut self, depth: u32) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        Some(match self.bytes::<1>()?[0] {
            NULL => Value::Null,
            FALSE => Value::Bool(false),
            TRUE => Value::Bool(true),
            INT => Value::Int(i64::from_le_bytes(self.bytes()?)),
            FLOAT => Value::Float(f64::from_bits(u64::from_le_bytes(self.bytes()?))),
            TEXT => Value::text(self.text()?),
            LIST => {
                let length = self.length()?;
                Value::list((0..length).map(|_| self.value(depth + 1)).collect::<Option<_>>()?)
            }
            MAP => {
                let length = self.length()?;
                let entries = (0..length).map(|_| Some((Arc::from(self.text()?), self.value(depth + 1)?)));
                Value::Map(Arc::new(entries.collect::<Option<Map>>()?))
            }
            DATE => Value::Edtf(Arc::new(Edtf::parse(self.text()?).ok()?)),
            TEMPORAL => Value::Temporal(self.temporal()?),
            _ => return None,
        })
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*first)
    }

    /// A length that the bytes left over can hold: each entry takes one byte at least.
    fn length(&mut self) -> Option<usize> {
        let length = u32::from_le_bytes(self.bytes()?) as usize;
        (length <= self.rest.len()).then_some(length)
    }

    fn text(&mut self) -> Option<&'b str> {
        let length = self.length()?;
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        std::str::from_utf8(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_they_were() {
        let values = [
            Value::Null,
            Value::Bool(true),
            Value::Int(i64::MIN),
            Value::Float(f64::NAN),
            Value::Float(-0.0),
            Value::text("Jama'at Nuṣrat"),
            Value::list(vec![Value::Int(1), Value::Null, Value::list(vec![Value::text("")])]),
            Value::Edtf(Arc::new(Edtf::parse("2012-07~").unwrap())),
            Value::list(temporal::tests::one_of_each_type()),
            Value::map([("b", Value::Int(1)), ("a", Value::list(vec![]))]),
        ];
        for value in values {
            let mut bytes = Vec::new();
            encode(&value, &mut bytes);
            let back = decode(&bytes).unwrap();
            assert!(back.is_equivalent(&value) && back.type_name() == value.type_name(), "{value:?} became {back:?}");
        }
    }

    #[test]
    fn cut_or_altered_bytes_are_refused_or_read_but_never_panic() {
        let mut bytes = Vec::new();
        encode(&Value::map([("names", Value::list(vec![Value::text("AQIM"), Value::Int(7)]))]), &mut bytes);
        for end in 0..bytes.len() {
            assert!(decode(&bytes[..end]).is_none());
        }
        for at in 0..bytes.len() {
            for value in 0..=255 {
                let mut altered = bytes.clone();
                altered[at] = value;
                let _ = decode(&altered);
            }
        }
        assert!(decode(&[LIST; 4096]).is_none());
    }
}
