//! A `[[source]]`.

use super::super::record::{Records, SourceEntry};
use super::table::Table;
use crate::diagnostics::Diagnostics;
use crate::time::Form;

const KEYS: &[&str] =
    &["id", "author", "title", "publisher", "date", "kind", "address", "reliability", "same_origin", "text", "note"];

const RELIABILITY: &[(&str, ())] = &[("A", ()), ("B", ()), ("C", ()), ("D", ()), ("E", ()), ("F", ())];

pub(super) fn read(table: &Table<'_>, records: &mut Records, faults: &mut Diagnostics) {
    table.only(&[KEYS], faults);
    let id = table.id("id", faults);
    let title = table.required("title", faults);
    let grade = table.word("reliability", RELIABILITY, faults);
    let author = table.text("author", faults);
    let publisher = table.text("publisher", faults);
    let date = table.date("date", Form::is_point, faults);
    let kind = table.text("kind", faults);
    let address = table.text("address", faults);
    let reliability = grade.and_then(|()| table.text("reliability", faults));
    let same_origin = table.text("same_origin", faults);
    let text = table.text("text", faults);
    let note = table.text("note", faults);
    if let (Some(id), Some(title)) = (id, title) {
        let head = table.head;
        let entry = SourceEntry {
            head,
            id,
            author,
            title,
            publisher,
            date,
            kind,
            address,
            reliability,
            same_origin,
            text,
            note,
        };
        records.sources.push(entry);
    }
}
