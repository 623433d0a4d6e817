//! CSV: a head, then a line a row. Lists are joined with `; `, null is empty, and where rows rest on claims a last
//! column `citations` names source and locator of each of them.

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
    in_parts: true,
    knowledge: None,
};

fn write(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    if !answer.has_table() {
        return Ok(());
    }
    let form = TextForm::new(&answer.evidence);
    let is_cited = answer.is_cited;
    let mut table = csv::Writer::from_writer(out);
    let head = answer.columns.iter().map(String::as_str).chain(is_cited.then_some("citations"));
    if !answer.is_continued {
        table.write_record(head).map_err(failed)?;
    }
    for (at, row) in answer.rows.iter().enumerate() {
        let cells = row.iter().map(|value| cell(value, &form));
        let cited = is_cited.then(|| citations(answer, at, &form));
        table.write_record(cells.chain(cited)).map_err(failed)?;
    }
    table.flush()
}

/// What the writer below says, as it says it: a closed pipe must stay one.
fn failed(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
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

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::answer::sample;

    fn written(answer: &Answer) -> String {
        let mut out = Vec::new();
        write(answer, &mut out).expect("memory takes everything");
        String::from_utf8(out).expect("CSV is text")
    }

    #[test]
    fn the_last_column_cites_source_and_locator() {
        assert_snapshot!(written(&sample::answer()), @r#"
        path,since,certainty,sources,citations
        MUJAO ←FOUNDED_BY_MEMBERS_OF— ISGS,2015-05,certain,eizenga-williams-2020,"eizenga-williams-2020: Who is JNIM?, para 3; eizenga-williams-2020: Box 2, para 1"
        MUJAO —ALLIED_WITH— ISGS,,possible,eizenga-williams-2020,eizenga-williams-2020: p. 7
        "#);
    }

    #[test]
    fn quotes_and_semicolons_survive_and_null_is_empty() {
        assert_snapshot!(written(&sample::unnamed()), @r#"
        n,r,list
        "(:A {name: 'it\'s; ""x""'})",[:KNOWS],1; ; NaN
        "#);
    }

    #[test]
    fn a_further_part_has_no_head() {
        let part = Answer { is_continued: true, ..sample::answer() };
        assert_eq!(written(&sample::answer()), format!("path,since,certainty,sources,citations\n{}", written(&part)));
    }

    #[test]
    fn a_statement_without_columns_writes_nothing() {
        assert_eq!(written(&Answer::default()), "");
    }
}
