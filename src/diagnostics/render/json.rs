//! Diagnostics as JSON: the objects that stand in `messages` of an answer, and in the report of `griot check`.

use serde_json::{Value, json};

use crate::diagnostics::{Diagnostic, Diagnostics, Label};
use crate::source::Source;

/// All diagnostics, one object each.
#[must_use]
pub fn array(diagnostics: &Diagnostics, sources: &[Source]) -> Value {
    diagnostics.iter().map(|diagnostic| object(diagnostic, sources)).collect()
}

/// One diagnostic. Lines and columns count from 1, columns in characters; the end is exclusive.
#[must_use]
pub fn object(diagnostic: &Diagnostic, sources: &[Source]) -> Value {
    json!({
        "severity": diagnostic.severity.word(),
        "code": diagnostic.code.id,
        "title": diagnostic.code.title,
        "message": diagnostic.message,
        "place": diagnostic.primary.as_ref().and_then(|primary| label(primary, sources)),
        "related": diagnostic.secondary.iter().filter_map(|each| label(each, sources)).collect::<Vec<_>>(),
        "notes": diagnostic.notes,
        "help": diagnostic.help,
        "candidates": diagnostic.candidates,
    })
}

fn label(label: &Label, sources: &[Source]) -> Option<Value> {
    let source = sources.get(label.place.source)?;
    let (start, end) = (source.position(label.place.span.start), source.position(label.place.span.end));
    Some(json!({
        "file": source.name,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "label": label.text,
    }))
}
