//! CSV: a head, then a line a row. Lists are joined with `; `, null is empty, and a last column `citations` names
//! source and locator of every claim that the row rests on.

use std::io::{self, Write};

use super::Format;
use crate::answer::{Answer, TextForm};
use crate::model::Value;

/// The row of the registry.
pub const FORMAT: Format = Format {
    name: "csv",
    extension: "csv",
    meaning: "a table for spreadsheets, with a column of citations",
    answer: write,
    knowledge: None,
};

fn write(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    if !answer.has_table() {
        return Ok(());
    }
    let form = TextForm::new(&answer.evidence);
    let is_cited = answer.citations.iter().any(|row| !row.is_empty());
    let mut table = csv::Writer::from_writer(out);
    let head = answer.columns.iter().map(String::as_str).chain(is_cited.then_some("citations"));
    table.write_record(head)?;
    for (at, row) in answer.rows.iter().enumerate() {
        let cells = row.iter().map(|value| cell(value, &form));
        let cited = is_cited.then(|| citations(answer, at, &form));
        table.write_record(cells.chain(cited))?;
    }
    table.flush()
}

fn cell(value: &Value, form: &TextForm<'_>) -> String {
    match value {
        Value::Null => String::new(),
        Value::List(items) => items.iter().map(|item| cell(item, form)).collect::<Vec<_>>().join("; "),
        other => form.plain(other),
    }
}

fn citations(answer: &Answer, row: usize, form: &TextForm<'_>) -> String {
    let cited = answer.citations_of(row).iter().map(|claim| form.plain(&Value::Claim(*claim)));
    cited.collect::<Vec<_>>().join("; ")
}
