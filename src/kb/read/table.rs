//! One TOML table, field by field: each value with its place, each fault reported where it stands.

use toml::de::{DeTable, DeValue};

use super::super::record::{Date, Text, Written};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place, codes};
use crate::names::nearest;
use crate::source::Span;
use crate::time::{Edtf, Form};

/// A table that is being read.
pub(super) struct Table<'t> {
    fields: &'t DeTable<'t>,
    /// The file in which it stands.
    file: usize,
    /// Its head, `[[node.name]]`, or the table's whole text where it is written inline.
    pub head: Place,
    /// What it is called in messages.
    pub title: &'t str,
}

/// A fault of a value that should be one of some words.
const OTHER_TYPE: Code = codes::WRONG_VALUE;

impl<'t> Table<'t> {
    pub fn new(table: &'t DeTable<'t>, file: usize, head: Span, title: &'t str) -> Self {
        Self { fields: table, file, head: Place::new(file, head), title }
    }

    fn place(&self, span: std::ops::Range<usize>) -> Place {
        Place::new(self.file, Span::new(span.start, span.end))
    }

    /// The value of a key, and its place.
    pub fn get(&self, key: &str) -> Option<(&'t DeValue<'t>, Place)> {
        let value = self.fields.get(key)?;
        Some((value.get_ref(), self.place(value.span())))
    }

    /// All keys, with their places, in the order of the file.
    pub fn entries(&self) -> Vec<(&'t str, Place, &'t DeValue<'t>, Place)> {
        let mut entries: Vec<_> = self
            .fields
            .iter()
            .map(|(key, value)| {
                let at = self.place(key.span());
                (key.get_ref().as_ref(), at, value.get_ref(), self.place(value.span()))
            })
            .collect();
        entries.sort_by_key(|(_, at, ..)| *at);
        entries
    }

    /// Reports every key that is none of these.
    pub fn only(&self, known: &[&[&'static str]], faults: &mut Diagnostics) {
        for (key, at, ..) in self.entries() {
            if !known.iter().any(|keys| keys.contains(&key)) {
                let all = known.iter().flat_map(|keys| keys.iter().copied());
                faults.push(
                    Diagnostic::error(codes::UNKNOWN_KEY, format!("{} has no key `{key}`", self.title))
                        .at(at, "unknown key")
                        .with_candidates(nearest(all, key, 3)),
                );
            }
        }
    }

    /// A text that may be absent.
    pub fn text(&self, key: &str, faults: &mut Diagnostics) -> Option<Text> {
        let (value, place) = self.get(key)?;
        let Some(text) = value.as_str() else {
            faults.push(other_type(key, "a text in quotes", value, place));
            return None;
        };
        if text.trim().is_empty() {
            let fault = Diagnostic::error(codes::WRONG_VALUE, format!("`{key}` is empty"));
            faults.push(fault.at(place, "nothing is said here").with_help("leave the key out where nothing is known"));
            return None;
        }
        Some(Written { value: text.to_owned(), place })
    }

    /// A text that must be there.
    pub fn required(&self, key: &str, faults: &mut Diagnostics) -> Option<Text> {
        if self.get(key).is_none() {
            self.missing(key, faults);
        }
        self.text(key, faults)
    }

    /// Reports that a key is missing.
    pub fn missing(&self, key: &str, faults: &mut Diagnostics) {
        let message = format!("{} has no `{key}`", self.title);
        faults.push(Diagnostic::error(codes::MISSING_KEY, message).at(self.head, format!("`{key}` is missing")));
    }

    /// An id: letters a to z, digits and hyphens.
    pub fn id(&self, key: &str, faults: &mut Diagnostics) -> Option<Text> {
        let id = self.required(key, faults)?;
        if !is_slug(&id.value) {
            let message = format!("`{}` is not an id", id.value);
            let fault = Diagnostic::error(codes::BAD_ID, message).at(id.place, "not a slug");
            let slug = crate::names::slug(&id.value);
            faults.push(fault.with_candidates((!slug.is_empty()).then_some(slug)));
        }
        Some(id)
    }

    /// A list of texts; empty where the key is absent.
    pub fn texts(&self, key: &str, faults: &mut Diagnostics) -> Vec<Text> {
        let Some((value, place)) = self.get(key) else { return Vec::new() };
        let Some(items) = value.as_array() else {
            faults.push(other_type(key, "a list of texts in square brackets", value, place));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            let at = self.place(item.span());
            match item.get_ref().as_str() {
                Some(text) => texts.push(Written { value: text.to_owned(), place: at }),
                None => faults.push(other_type(key, "a list of texts", item.get_ref(), at)),
            }
        }
        texts
    }

    /// True or false; false where the key is absent.
    pub fn truth(&self, key: &str, faults: &mut Diagnostics) -> bool {
        let Some((value, place)) = self.get(key) else { return false };
        value.as_bool().unwrap_or_else(|| {
            faults.push(other_type(key, "true or false, without quotes", value, place));
            false
        })
    }

    /// A whole number within a range; `None` where the key is absent.
    pub fn number(&self, key: &str, range: std::ops::RangeInclusive<u8>, faults: &mut Diagnostics) -> Option<u8> {
        let (value, place) = self.get(key)?;
        let number = value.as_integer().and_then(|number| u8::from_str_radix(number.as_str(), number.radix()).ok());
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let wanted = format!("a whole number from {} to {}", range.start(), range.end());
            faults.push(other_type(key, &wanted, value, place));
        }
        number
    }

    /// One of some words.
    pub fn word<T: Copy>(&self, key: &str, words: &[(&'static str, T)], faults: &mut Diagnostics) -> Option<T> {
        let text = self.text(key, faults)?;
        let found = words.iter().find(|(word, _)| *word == text.value).map(|(_, value)| *value);
        if found.is_none() {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            faults.push(
                Diagnostic::error(OTHER_TYPE, format!("`{key}` cannot be `{}`", text.value))
                    .at(text.place, "not one of the words that may stand here")
                    .with_candidates(nearest(all.iter().copied(), &text.value, 2))
                    .with_note(format!("`{key}` is one of: {}", all.join(", "))),
            );
        }
        found
    }

    /// A date of one of some shapes.
    pub fn date(&self, key: &str, fits: fn(Form) -> bool, faults: &mut Diagnostics) -> Option<Date> {
        let (value, place) = self.get(key)?;
        let Some(text) = value.as_str() else {
            let fault = other_type(key, "a date in quotes", value, place);
            let span = place.span.range();
            let is_plain = matches!(value, DeValue::Integer(_) | DeValue::Datetime(_)) && !span.is_empty();
            faults.push(if is_plain { fault.with_help("write the date in quotes") } else { fault });
            return None;
        };
        match Edtf::parse(text) {
            Ok(date) if fits(date.form()) => Some(Written { value: date, place }),
            Ok(_) => {
                let message = format!("`{text}` cannot stand as `{key}`");
                faults.push(Diagnostic::error(codes::BAD_EDTF, message).at(place, misfit(key)));
                None
            }
            Err(error) => {
                faults.push(bad_date(text, place, &error));
                None
            }
        }
    }

    /// The tables of a list of tables, `[[node.name]]`.
    pub fn tables(&self, key: &str, title: &'t str, faults: &mut Diagnostics) -> Vec<Table<'t>> {
        let Some((value, place)) = self.get(key) else { return Vec::new() };
        let Some(items) = value.as_array() else {
            let fault = other_type(key, "a list of tables", value, place);
            faults.push(fault.with_help(format!("write its head with two brackets: {title}")));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            let at = self.place(item.span());
            match item.get_ref().as_table() {
                Some(table) => tables.push(Table::new(table, self.file, at.span, title)),
                None => faults.push(other_type(key, "a list of tables", item.get_ref(), at)),
            }
        }
        tables
    }

    /// A table within this one.
    pub fn table(&self, key: &str, title: &'t str, faults: &mut Diagnostics) -> Option<Table<'t>> {
        let (value, place) = self.get(key)?;
        let table = value.as_table();
        if table.is_none() {
            faults.push(other_type(key, "a table", value, place));
        }
        table.map(|table| Table::new(table, self.file, place.span, title))
    }
}

/// Whether a text is an id: letters a to z, digits and single hyphens between them.
pub(super) fn is_slug(text: &str) -> bool {
    let is_sign = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit();
    text.split('-').all(|part| !part.is_empty() && part.chars().all(is_sign))
}

pub(super) fn other_type(key: &str, wanted: &str, value: &DeValue<'_>, place: Place) -> Diagnostic {
    let found = match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date without quotes",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    Diagnostic::error(OTHER_TYPE, format!("`{key}` must be {wanted}")).at(place, format!("this is {found}"))
}

/// A date that cannot be read, shown at the part of it that is at fault.
pub(super) fn bad_date(text: &str, place: Place, error: &crate::time::EdtfError) -> Diagnostic {
    // The value stands in one quote on either side.
    let inner =
        Span::new(place.span.start as usize + 1 + error.span.start, place.span.start as usize + 1 + error.span.end);
    let is_plain = place.span.range().len() == text.len() + 2;
    let at = if is_plain { Place::new(place.source, inner) } else { place };
    let fault = Diagnostic::error(codes::BAD_EDTF, format!("`{text}` is not a date")).at(at, error.message.clone());
    match &error.hint {
        Some(hint) => fault.with_help(hint.clone()),
        None => fault,
    }
}

fn misfit(key: &str) -> &'static str {
    match key {
        "to" => "an end is a date, or `..` for \"not ended\"",
        "observed" | "period" => "a date or an extent a/b is wanted here",
        _ => "one date is wanted here, which may be uncertain",
    }
}
