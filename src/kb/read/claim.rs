//! The fields that every claim has.

use super::super::record::{Evidence, Text};
use super::table::Table;
use crate::diagnostics::Diagnostics;
use crate::model::{Basis, Extent, NameKind, Rank, Wording};
use crate::time::Form;

/// The keys of every claim.
pub(super) const KEYS: &[&str] = &[
    "source",
    "at",
    "from",
    "to",
    "on",
    "observed",
    "wording",
    "attributed_to",
    "attributed_on",
    "basis",
    "inferred_from",
    "credibility",
    "rank",
    "reason",
    "extent",
    "complete",
    "subject_as",
    "object_as",
    "note",
    "quote",
];

/// The words of an enumeration of the model, with what they stand for.
macro_rules! words {
    ($name:ident) => {
        $name::ALL.iter().map(|each| (each.word(), *each)).collect::<Vec<_>>()
    };
}

/// Reads the fields of a claim; `default` is the source of the node in which it stands.
pub(super) fn evidence(table: &Table<'_>, default: Option<&Text>, faults: &mut Diagnostics) -> Evidence {
    let source = text_or_blank(table, "source", faults).or_else(|| default.cloned());
    Evidence {
        at: text_or_blank(table, "at", faults),
        from: table.date("from", Form::is_point, faults),
        to: table.date("to", |form| form.is_point() || form == Form::NotEnded, faults),
        on: table.date("on", Form::is_point, faults),
        observed: table.date("observed", |form| form != Form::NotEnded, faults),
        wording: table.word("wording", &words!(Wording), faults).unwrap_or(Wording::Asserted),
        attributed_to: table.text("attributed_to", faults),
        attributed_on: table.date("attributed_on", Form::is_point, faults),
        basis: table.word("basis", &words!(Basis), faults).unwrap_or(Basis::Stated),
        inferred_from: table.text("inferred_from", faults),
        credibility: table.number("credibility", 1..=6, faults).unwrap_or(0),
        rank: table.word("rank", &words!(Rank), faults).unwrap_or(Rank::Normal),
        reason: table.text("reason", faults),
        extent: table.word("extent", &words!(Extent), faults),
        complete: table.truth("complete", faults),
        subject_as: table.text("subject_as", faults),
        object_as: table.text("object_as", faults),
        note: table.text("note", faults),
        quote: table.text("quote", faults),
        ..Evidence::of(source, None)
    }
}

/// A text; blank where something else stands in its place, so that it does not count as missing besides.
pub(super) fn text_or_blank(table: &Table<'_>, key: &str, faults: &mut Diagnostics) -> Option<Text> {
    let (_, place) = table.get(key)?;
    Some(table.text(key, faults).unwrap_or(Text { value: String::new(), place }))
}

/// The sorts of names that a further name may be: not the preferred one, which stands in the node.
pub(super) fn further_names() -> Vec<(&'static str, NameKind)> {
    words!(NameKind).into_iter().filter(|(_, kind)| *kind != NameKind::Preferred).collect()
}
