//! The manual's chapters, as they stand in `tests/spec`, written for a terminal.
//!
//! To add one: a file in `tests/spec`, whose blocks the test `spec` runs, and its row in [`CHAPTERS`].

use super::Page;

/// A chapter of the manual.
pub struct Chapter {
    /// Its name as a topic of help.
    pub name: &'static str,
    /// One line.
    pub meaning: &'static str,
    /// Markdown.
    pub text: &'static str,
}

macro_rules! chapter {
    ($name:literal, $file:literal, $meaning:literal) => {
        Chapter { name: $name, meaning: $meaning, text: include_str!(concat!("../../../tests/spec/", $file)) }
    };
}

/// Every chapter, in reading order.
pub const CHAPTERS: &[Chapter] = &[
    chapter!("first-steps", "01-first-steps.md", "a question, its answer, and the evidence below it"),
    chapter!("asking", "02-asking.md", "every question that there are words for, with an example each"),
    chapter!("names", "03-names.md", "how actors are named, found and told apart"),
    chapter!("time", "04-time.md", "at a date, during a span; certain, possible, disputed"),
    chapter!("evidence", "05-evidence.md", "whose word an answer rests on, and what is left without it"),
    chapter!("disagreement", "06-disagreement.md", "where sources contradict each other"),
    chapter!("paths", "07-paths.md", "descent, connections, and patterns that repeat"),
    chapter!("core", "08-core-language.md", "reading with MATCH … RETURN, as in openCypher"),
    chapter!("values", "09-values.md", "values, functions, dates and durations"),
    chapter!("writing", "10-writing.md", "adding to the graph in a session, and saving it"),
    chapter!("procedures", "11-procedures.md", "CALL griot.…, EXPLAIN and EXPLAIN PORTABLE"),
    chapter!("batch-files", "12-batch-files.md", "files of queries, their parameters and expected answers"),
    chapter!("prompt", "13-prompt.md", "exploring at a prompt"),
    chapter!("pictures", "14-pictures.md", "drawings, tables and data: the formats of an answer"),
    chapter!("knowledge-files", "15-knowledge-files.md", "a knowledge base of one's own"),
    chapter!("messages", "16-messages.md", "how to read what griot says"),
    chapter!("messages-syntax", "17-messages-syntax.md", "messages on how a query is written"),
    chapter!("messages-binding", "18-messages-binding.md", "messages on what a query names"),
    chapter!("messages-knowledge", "19-messages-knowledge.md", "messages on the files of a knowledge base"),
    chapter!("messages-running", "20-messages-running.md", "messages while a query runs"),
    chapter!("graph-files", "21-graph-files.md", "graphs from tables, graph files, and how long queries take"),
];

impl Chapter {
    /// Writes it for a terminal: prose to the terminal's width, blocks as they stand.
    pub fn write(&self, page: &mut Page) {
        let mut lines = self.text.lines().peekable();
        while let Some(line) = lines.next() {
            if let Some(info) = line.strip_prefix("```") {
                let body: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
                if let Some((_, name)) = info.split_once("file=") {
                    page.paragraph(&format!("The file {name}:"));
                }
                page.verbatim(body);
                page.paragraph("");
            } else if line.starts_with('#') {
                page.heading(line.trim_start_matches('#').trim());
            } else if line.starts_with('|') {
                let mut rows = vec![line];
                while let Some(row) = lines.next_if(|next| next.starts_with('|')) {
                    rows.push(row);
                }
                table(&rows, page);
            } else if line.is_empty() {
                if lines.peek().is_some_and(|next| !next.starts_with('#')) {
                    page.paragraph("");
                }
            } else {
                let mut text = line.to_owned();
                while let Some(more) = lines.next_if(|next| !begins_part(next)) {
                    text.push(' ');
                    text.push_str(more);
                }
                page.paragraph(&text.replace("**", ""));
            }
        }
    }
}

/// Whether a line begins something else than the paragraph above it.
fn begins_part(line: &str) -> bool {
    line.is_empty() || line.starts_with(['#', '|']) || line.starts_with("```") || line.starts_with("- ")
}

/// A table: its first column as terms, the others as what they mean.
fn table(rows: &[&str], page: &mut Page) {
    let cells = |row: &&str| -> Vec<String> {
        let row = row.replace("\\|", "\u{1}");
        let cells = row.trim_matches('|').split('|').map(|cell| cell.trim().replace('\u{1}', "|"));
        cells.map(|cell| cell.replace("**", "")).collect()
    };
    let is_rule = |row: &&&str| row.chars().all(|c| matches!(c, '|' | '-' | ' ' | ':'));
    let split: Vec<(String, String)> = rows
        .iter()
        .filter(|row| !is_rule(row))
        .map(cells)
        .filter(|cells| cells.iter().any(|cell| !cell.is_empty()))
        .map(|cells| (cells[0].replace('`', ""), cells[1..].join(" · ")))
        .collect();
    page.rows(split.iter().map(|(term, meaning)| (term.clone(), meaning.as_str())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::paint::Paint;

    #[test]
    fn every_chapter_of_the_manual_has_its_row() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
        let files = std::fs::read_dir(folder).expect("the manual").count();
        assert_eq!(CHAPTERS.len(), files);
        for chapter in CHAPTERS {
            assert!(chapter.text.starts_with("# "), "{} begins with its title", chapter.name);
        }
    }

    #[test]
    fn a_chapter_is_written_for_a_terminal() {
        let text = "# A title\n\nSome **strong** words\nof prose.\n\n| a | b |\n|---|---|\n| `x` | y |\n\n```griot\nreturn 1\n```\n";
        let mut page = Page::new(60, Paint { is_coloured: false });
        Chapter { name: "x", meaning: "", text }.write(&mut page);
        let expected = "A title\n\nSome strong words of prose.\n\n  a  b\n  x  y\n\n    return 1\n\n";
        assert_eq!(page.text(), expected);
    }
}
