//! What of the documents stands in a knowledge base, and what it lacks: `griot check --coverage`.
//!
//! A source may name its plain text (`text = "003.txt"` in `[[source]]`). Its paragraphs are found there, and each claim
//! and each `[[left_out]]` by the words that its locator quotes; what cites nothing that stands there is a fault. By
//! actor it is told what no claim says. Nothing is judged: whether a paragraph without a claim says something that
//! belongs into the graph, only a reader can know.

mod actor;
mod document;
mod opening;

use std::collections::BTreeMap;
use std::fmt::Write;

use indexmap::IndexMap;

pub use actor::{Gap, Missing};
use document::{Cited, Sort};
pub use document::{Document, Paragraph, Stray};

use super::knowledge::Knowledge;
use super::record::{Records, Text};
use super::{read, schema};
use crate::source::Source;

/// What of the documents stands in a knowledge base, and what it lacks.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// The documents whose text a source names, in the order of the sources.
    pub documents: Vec<Document>,
    /// Actors of which something is missing.
    pub gaps: Vec<Gap>,
    /// How many actors there are.
    pub actors: usize,
    /// How many of them are armed groups.
    pub groups: usize,
}

/// Reads the files of a knowledge base, and looks its locators up in texts, by file name.
#[must_use]
pub fn coverage(files: Vec<(String, String)>, texts: &BTreeMap<String, String>) -> Coverage {
    let files = schema::missing_files(&files).into_iter().chain(files);
    let sources: Vec<Source> = files.map(|(path, text)| Source::new(path, text)).collect();
    let (records, _) = read::read(&sources);
    let (gaps, actors, groups) = actor::gaps(&Knowledge::new(&records));
    Coverage { documents: documents(&records, &sources, texts), gaps, actors, groups }
}

fn documents(records: &Records, sources: &[Source], texts: &BTreeMap<String, String>) -> Vec<Document> {
    let mut cited: IndexMap<&str, Vec<Cited<'_>>> = IndexMap::new();
    for (source, at, sort) in passages(records) {
        let place = &sources[at.place.source];
        let place = format!("{}:{}", place.name, place.position(at.place.span.start).line);
        cited.entry(source).or_default().push(Cited { at: at.as_str(), sort, place });
    }
    let named = records.sources.iter().filter_map(|source| Some((source.id.as_str(), source.text.as_ref()?.as_str())));
    let document = |(id, name): (&str, &str)| {
        let cited = cited.get(id).map_or(&[][..], Vec::as_slice);
        Document::new(id, name, texts.get(name).map(String::as_str), cited)
    };
    named.map(document).collect()
}

/// All passages that records name: source, locator, and what is said of them.
fn passages(records: &Records) -> Vec<(&str, &Text, Sort<'_>)> {
    let of_claims = records
        .claims
        .iter()
        .filter_map(|claim| Some((claim.evidence.source.as_ref()?.as_str(), claim.evidence.at.as_ref()?, Sort::Claim)));
    let of_left_out = records.left_out.iter().map(|entry| {
        let note = entry.note.as_ref().map(Text::as_str);
        (&entry.passage, Sort::LeftOut(entry.why, note))
    });
    let sides = records.disputes.iter().flat_map(|dispute| &dispute.sides).map(|side| &side.passage);
    let reconciled = records.reconciled.iter().flat_map(|entry| &entry.claims);
    let of_records = of_left_out.chain(sides.chain(reconciled).map(|passage| (passage, Sort::Mentioned)));
    let of_records =
        of_records.filter_map(|(passage, sort)| Some((passage.source.as_ref()?.as_str(), passage.at.as_ref()?, sort)));
    of_claims.chain(of_records).collect()
}

impl Coverage {
    /// The documents and the actors as two tables of Markdown: what stands in `kb/README.md`.
    #[must_use]
    pub fn table(&self) -> String {
        let mut table = String::from(
            "| document | claims | left out | paragraphs | cited | only left out | neither |\n|---|--:|--:|--:|--:|--:|--:|\n",
        );
        for each in &self.documents {
            let counts = each.counts().map_or_else(
                || "| text not at hand | | | |".to_owned(),
                |[all, cited, left_out, bare]| format!("| {all} | {cited} | {left_out} | {bare} |"),
            );
            line(&mut table, &format!("| `{}` | {} | {} {counts}", each.source, each.claims, each.left_out));
        }
        let count = |is_group: bool, what: Missing| {
            self.gaps.iter().filter(|gap| gap.is_group == is_group && gap.missing.contains(&what)).count()
        };
        line(&mut table, "");
        line(&mut table, "| actors | how many | without a founding | without a leader | with one witness |");
        line(&mut table, "|---|--:|--:|--:|--:|");
        let [founding, leader, witness] =
            [Missing::Founding, Missing::Leader, Missing::SecondWitness].map(|what| count(true, what));
        line(&mut table, &format!("| armed groups | {} | {founding} | {leader} | {witness} |", self.groups));
        let others = (self.actors - self.groups, count(false, Missing::SecondWitness));
        line(&mut table, &format!("| others | {} | | | {} |", others.0, others.1));
        table
    }

    /// Paragraph by paragraph what is not cited by a claim, and actor by actor what is missing.
    #[must_use]
    pub fn details(&self) -> String {
        let mut text = String::new();
        for document in &self.documents {
            paragraphs(&mut text, document);
        }
        line(&mut text, "\nactors of which something is missing");
        for gap in &self.gaps {
            let missing: Vec<&str> = gap.missing.iter().map(|what| what.words()).collect();
            line(&mut text, &format!("  {} ({}): {}", gap.name, gap.id, missing.join(", ")));
        }
        text
    }
}

fn paragraphs(text: &mut String, document: &Document) {
    line(text, &format!("\n{} ({})", document.source, document.text));
    let Some(paragraphs) = &document.paragraphs else {
        line(text, "  its text is not at hand, so that no paragraph can be shown");
        return;
    };
    for each in paragraphs {
        let opening = format!("  line {}, ‘{}…’", each.line, each.opening);
        if each.claims == 0 && each.left_out.is_empty() {
            line(text, &format!("{opening}: neither claimed nor left out"));
        } else if each.left_out.is_empty() {
            line(text, &format!("{opening}: {}", counted(each.claims)));
        } else {
            line(text, &format!("{opening}: {}; left out:", counted(each.claims)));
        }
        for (why, note) in &each.left_out {
            let note = note.as_ref().map_or_else(String::new, |note| format!(": {note}"));
            line(text, &format!("    {}{note}", why.word()));
        }
    }
    if document.unquoted > 0 {
        line(text, &format!("  {} without words of the text in the locator", counted(document.unquoted)));
    }
}

fn counted(claims: usize) -> String {
    if claims == 1 { "1 claim".to_owned() } else { format!("{claims} claims") }
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("a String takes any text");
}
