//! Markdown: a table with numbered citations below it, for reports and issues.

use std::io::{self, Write};

use super::Format;
use crate::answer::{Answer, Citations, TextForm};
use crate::model::Value;

/// The row of the registry.
pub const FORMAT: Format = Format {
    name: "markdown",
    extension: "md",
    meaning: "a table with numbered citations, for reports",
    answer: write,
    in_parts: false,
    knowledge: None,
};

/// The column whose lists of sources give way to numbers.
const SOURCES: &str = "sources";

fn write(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    if let Some(explanation) = &answer.explanation {
        writeln!(out, "```text\n{}\n```", explanation.trim_end())?;
    }
    let shown = answer.shown.unwrap_or(usize::MAX).min(answer.rows.len());
    let citations = Citations::of(answer, shown);
    if answer.has_table() {
        table(answer, &citations, shown, out)?;
    }
    if !citations.is_empty() {
        writeln!(out)?;
    }
    for (number, citation) in citations.lines() {
        writeln!(out, "{number}. {}", escaped(&citation.to_string()))?;
    }
    ending(answer, shown, out)
}

fn table(answer: &Answer, citations: &Citations, shown: usize, out: &mut dyn Write) -> io::Result<()> {
    let form = TextForm::numbered(&answer.evidence, citations);
    let is_cited = !citations.is_empty();
    let place = answer.columns.iter().position(|column| column == SOURCES).filter(|_| is_cited);
    let extra = (is_cited && place.is_none()).then(|| "cited".to_owned());
    let head: Vec<String> = answer.columns.iter().map(|column| escaped(column)).chain(extra.clone()).collect();
    line(&head, out)?;
    line(&vec!["---".to_owned(); head.len()], out)?;
    for (at, row) in answer.rows.iter().take(shown).enumerate() {
        let numbers = || numbered(&citations.numbers(answer.citations_of(at)));
        let cell = |(column, value): (usize, &Value)| match value {
            _ if Some(column) == place => numbers(),
            Value::Null => String::new(),
            other => escaped(&form.plain(other)),
        };
        let cells: Vec<String> = row.iter().enumerate().map(cell).chain(extra.iter().map(|_| numbers())).collect();
        line(&cells, out)?;
    }
    Ok(())
}

/// What was changed, how many rows are not shown, how the answer came about, and from which knowledge.
fn ending(answer: &Answer, shown: usize, out: &mut dyn Write) -> io::Result<()> {
    let changes: Vec<String> =
        answer.effects.counts().iter().filter(|(_, n)| *n > 0).map(|(what, n)| format!("{what}: {n}")).collect();
    let changes = (!changes.is_empty()).then(|| changes.join(", "));
    let more = (shown < answer.rows.len()).then(|| format!("rows that are not shown: {}", answer.rows.len() - shown));
    let version = answer.knowledge.as_ref().map(|version| format!("knowledge base {version}"));
    let ending: Vec<String> =
        changes.into_iter().chain(more).chain(answer.footer.iter().cloned()).chain(version).collect();
    match ending.as_slice() {
        [] => Ok(()),
        lines => writeln!(out, "\n*{}*", escaped(&lines.join("; "))),
    }
}

fn numbered(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

fn line(cells: &[String], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| {} |", cells.join(" | "))
}

/// Text in which Markdown and HTML find nothing of theirs.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for each in text.chars() {
        match each {
            '\n' => escaped.push(' '),
            '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\' | '#' => escaped.extend(['\\', each]),
            _ => escaped.push(each),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::answer::sample;

    fn written(answer: &Answer) -> String {
        let mut out = Vec::new();
        write(answer, &mut out).expect("memory takes everything");
        String::from_utf8(out).expect("Markdown is text")
    }

    #[test]
    fn an_answer_is_a_table_with_its_citations_below() {
        assert_snapshot!(written(&sample::answer()), @r#"
        | path | since | certainty | sources |
        | --- | --- | --- | --- |
        | MUJAO ←FOUNDED\_BY\_MEMBERS\_OF— ISGS | 2015-05 | certain | 1, 2 |
        | MUJAO —ALLIED\_WITH— ISGS |  | possible | 3 |

        1. Daniel Eizenga and Wendy Williams, The Puzzle of JNIM (Africa Center, 2020-12), Who is JNIM?, para 3 — asserted
        2. source of \[1\], Box 2, para 1 — reported, on 2015-05, quoting UN "panel"
        3. source of \[1\], p. 7 — alleged

        *depth: unbounded; knowledge base 2026-11*
        "#);
    }

    #[test]
    fn signs_of_markdown_are_escaped() {
        assert_snapshot!(written(&sample::unnamed()), @r#"
        | n | r | list |
        | --- | --- | --- |
        | (:A {name: 'it\\'s; "x"'}) | \[:KNOWS\] | \[1, null, NaN\] |
        "#);
    }
}
