//! A `[[node.figure]]` and its value.

use super::super::record::{Amount, FigureEntry, Matter, Text};
use super::claim;
use super::table::{Table, other_type};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::time::Form;

const KEYS: &[&str] = &["measure", "value", "unit", "of", "relative_to", "jointly_with", "scope", "period"];

pub(super) fn read(table: &Table<'_>, faults: &mut Diagnostics) -> Option<Matter> {
    table.only(&[KEYS, claim::KEYS], faults);
    let measure = table.required("measure", faults);
    let amount = amount(table, faults);
    let unit = table.text("unit", faults);
    let of = table.text("of", faults);
    let relative_to = table.text("relative_to", faults);
    let jointly_with = table.texts("jointly_with", faults);
    let scope = table.text("scope", faults);
    let period = table.date("period", |form| form != Form::NotEnded, faults);
    let (amount, value) = amount?;
    Some(Matter::Figure(FigureEntry {
        measure: measure?,
        amount,
        value,
        unit,
        of,
        relative_to,
        jointly_with,
        scope,
        period,
    }))
}

/// The value and its text; in words, `{ words = "thousands" }`.
fn amount(table: &Table<'_>, faults: &mut Diagnostics) -> Option<(Amount, Text)> {
    let (value, place) = table.get("value").or_else(|| {
        table.missing("value", faults);
        None
    })?;
    if value.is_table() {
        let inner = table.table("value", "a value in words", faults)?;
        inner.only(&[&["words"]], faults);
        let words = inner.required("words", faults)?;
        return Some((Amount::Words(words.value.clone()), words));
    }
    if value.is_integer() || value.is_float() {
        let fault = other_type("value", "a text in quotes", value, place);
        faults.push(fault.with_help("write the number in quotes: \"6000\", \"18..35\", \"~5000\""));
        return None;
    }
    let text = table.text("value", faults)?;
    let amount = parse(&text.value);
    if amount.is_none() {
        faults.push(
            Diagnostic::error(codes::BAD_FIGURE, format!("`{}` is not a figure", text.value))
                .at(text.place, "not a number")
                .with_note("a figure is \"6000\", \"18..35\", \">=1000\", \"<=20\" or \"~5000\"")
                .with_help("write it as { words = \"…\" } if the source gives no number"),
        );
    }
    Some((amount?, text))
}

fn parse(text: &str) -> Option<Amount> {
    if let Some((low, high)) = text.split_once("..") {
        let (low, high) = (number(low)?, number(high)?);
        return (low <= high).then_some(Amount::Range(low, high));
    }
    if let Some(least) = text.strip_prefix(">=") {
        return number(least).map(Amount::AtLeast);
    }
    if let Some(most) = text.strip_prefix("<=") {
        return number(most).map(Amount::AtMost);
    }
    if let Some(about) = text.strip_prefix('~') {
        return number(about).map(Amount::About);
    }
    number(text).map(Amount::Exact)
}

/// Digits with an optional sign and fraction; Rust's own parser would also take `inf` and `1e9`.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_plain = text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | '-'));
    text.parse().ok().filter(|number: &f64| is_plain && number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_numbers_ranges_and_bounds() {
        assert_eq!(parse("6000"), Some(Amount::Exact(6000.0)));
        assert_eq!(parse("18..35"), Some(Amount::Range(18.0, 35.0)));
        assert_eq!(parse(">=1000"), Some(Amount::AtLeast(1000.0)));
        assert_eq!(parse("<= 20"), Some(Amount::AtMost(20.0)));
        assert_eq!(parse("~5000"), Some(Amount::About(5000.0)));
        assert_eq!(parse("2.5"), Some(Amount::Exact(2.5)));
    }

    #[test]
    fn everything_else_is_refused() {
        for text in ["6,000", "many", "35..18", "inf", "1e9", "", ">1000", "18.."] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
