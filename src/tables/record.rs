//! Rows and fields of a chunk: CSV as RFC 4180 has it, with any delimiter.

use std::borrow::Cow;
use std::ops::Range;

use super::fault::RowFault;

/// A field: where in the chunk it stands, without its quotes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) quoting: Quoting,
}

/// How a field is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoting {
    None,
    Quoted,
    /// With quotes in it, each written twice.
    Doubled,
}

impl Field {
    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The bytes, as they stand there.
    #[inline]
    pub(super) fn raw(self, bytes: &[u8]) -> &[u8] {
        &bytes[self.range()]
    }

    /// Whether it says nothing: it is empty, and no quotes say that it is the empty string.
    #[inline]
    pub(super) fn is_missing(self) -> bool {
        self.start == self.end && self.quoting == Quoting::None
    }

    /// The text.
    pub(super) fn text(self, bytes: &[u8]) -> Result<Cow<'_, str>, RowFault> {
        let Ok(text) = std::str::from_utf8(self.raw(bytes)) else {
            return Err(RowFault::new(self.range(), "this is not UTF-8").help("convert the file to UTF-8"));
        };
        Ok(if self.quoting == Quoting::Doubled { text.replace("\"\"", "\"").into() } else { text.into() })
    }
}

/// The rows of a chunk, one after the other.
pub(super) struct Rows<'c> {
    bytes: &'c [u8],
    delimiter: u8,
    at: usize,
}

impl<'c> Rows<'c> {
    pub(super) fn new(bytes: &'c [u8], delimiter: u8) -> Self {
        Self { bytes, delimiter, at: 0 }
    }

    /// All bytes.
    pub(super) fn bytes(&self) -> &'c [u8] {
        self.bytes
    }

    /// Where the next row begins.
    pub(super) fn at(&self) -> usize {
        self.at.min(self.bytes.len())
    }

    /// Takes the fields of the next row; `false` at the end. Lines with nothing on them are passed over. After a fault,
    /// the next row is the one on the next line.
    #[inline]
    pub(super) fn next(&mut self, fields: &mut Vec<Field>) -> Result<bool, RowFault> {
        loop {
            fields.clear();
            if self.at >= self.bytes.len() {
                return Ok(false);
            }
            while !self.field(fields)? {}
            if !matches!(fields[..], [field] if field.is_missing()) {
                return Ok(true);
            }
        }
    }

    /// Takes a field; `true` if it is the last of its row.
    #[inline]
    fn field(&mut self, fields: &mut Vec<Field>) -> Result<bool, RowFault> {
        let start = self.at;
        if self.bytes.get(start) == Some(&b'"') {
            return self.quoted(fields);
        }
        let rest = &self.bytes[start..];
        let delimiter = self.delimiter;
        let length = rest.iter().position(|byte| *byte == delimiter || *byte == b'\n' || *byte == b'"');
        let end = start + length.unwrap_or(rest.len());
        match self.bytes.get(end) {
            Some(b'"') => {
                self.skip_line(end);
                let fault = RowFault::new(end..end + 1, "a quote within a field that does not begin with one");
                Err(fault.help("put the whole field in quotes, and write each quote in it twice"))
            }
            Some(byte) if *byte == delimiter => {
                fields.push(field(start, end, Quoting::None));
                self.at = end + 1;
                Ok(false)
            }
            _ => {
                fields.push(field(start, without_return(self.bytes, start, end), Quoting::None));
                self.at = end + 1;
                Ok(true)
            }
        }
    }

    fn quoted(&mut self, fields: &mut Vec<Field>) -> Result<bool, RowFault> {
        let open = self.at;
        let (mut at, mut quoting) = (open + 1, Quoting::Quoted);
        let end = loop {
            match self.bytes[at.min(self.bytes.len())..].iter().position(|byte| *byte == b'"') {
                None => {
                    self.skip_line(open);
                    return Err(RowFault::new(open..open + 1, "this quote is not closed"));
                }
                Some(length) if self.bytes.get(at + length + 1) == Some(&b'"') => {
                    at += length + 2;
                    quoting = Quoting::Doubled;
                }
                Some(length) => break at + length,
            }
        };
        fields.push(field(open + 1, end, quoting));
        let next = end + 1 + usize::from(self.bytes[end + 1..].starts_with(b"\r\n"));
        match self.bytes.get(next) {
            None | Some(b'\n') => {
                self.at = next + 1;
                Ok(true)
            }
            Some(byte) if *byte == self.delimiter => {
                self.at = next + 1;
                Ok(false)
            }
            Some(_) => {
                self.skip_line(next);
                let fault = RowFault::new(next..next + 1, "something stands behind the closing quote of a field");
                Err(fault.help("write a quote within a quoted field twice"))
            }
        }
    }

    /// Goes on behind the next line break.
    fn skip_line(&mut self, from: usize) {
        let rest = &self.bytes[from..];
        self.at = from + rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a chunk is far shorter than 4 GiB")]
#[inline]
fn field(start: usize, end: usize, quoting: Quoting) -> Field {
    Field { start: start as u32, end: end as u32, quoting }
}

/// The end of a line without its carriage return.
#[inline]
fn without_return(bytes: &[u8], start: usize, end: usize) -> usize {
    if end > start && bytes[end - 1] == b'\r' { end - 1 } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&[&str]]) {
        let (mut rows, mut fields, mut found) = (Rows::new(text.as_bytes(), b','), Vec::new(), Vec::new());
        while rows.next(&mut fields).expect("rows without faults") {
            let texts = fields.iter().map(|field| field.text(text.as_bytes()).expect("text").into_owned());
            found.push(texts.collect::<Vec<_>>());
        }
        assert_eq!(found, expected, "{text:?}");
    }

    fn check_fault(text: &str, at: usize, message: &str) {
        let (mut rows, mut fields) = (Rows::new(text.as_bytes(), b','), Vec::new());
        let fault = loop {
            match rows.next(&mut fields) {
                Ok(true) => {}
                Ok(false) => panic!("{text:?} has no fault"),
                Err(fault) => break fault,
            }
        };
        assert_eq!((fault.at.start, fault.message.as_str()), (at, message));
    }

    #[test]
    fn fields_stand_between_delimiters_and_rows_on_lines() {
        check("a,b\n1,2\n", &[&["a", "b"], &["1", "2"]]);
        check("a,b\r\n1,2", &[&["a", "b"], &["1", "2"]]);
        check("\n\na,,\n\n,\n", &[&["a", "", ""], &["", ""]]);
    }

    #[test]
    fn quoted_fields_hold_anything() {
        check("\"a,\nb\",\"\",\"say \"\"no\"\"\"\r\n\"x\"", &[&["a,\nb", "", "say \"no\""], &["x"]]);
    }

    #[test]
    fn quotes_that_do_not_fit_are_faults() {
        check_fault("a,b\n1,5\" gun\n", 7, "a quote within a field that does not begin with one");
        check_fault("a,\"b\n", 2, "this quote is not closed");
        check_fault("a,\"b\"c\n", 5, "something stands behind the closing quote of a field");
    }
}
