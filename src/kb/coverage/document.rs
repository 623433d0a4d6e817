//! One document: its paragraphs, and what rests on each.
//!
//! The plain text of a publication has no marks for its paragraphs. Blank lines part them, or every line is one where
//! there are no blank lines; a block that goes on in the middle of a sentence (a page was turned) belongs to the one
//! before; and wherever a locator points, a paragraph begins.

use std::collections::BTreeMap;

use super::opening::{Squeezed, openings};
use crate::model::LeftOutWhy;

/// How much of a paragraph names it, in words.
const OPENING_WORDS: usize = 6;

/// Shorter blocks, by letters, are headings, page numbers and cells of tables: they count only where something cites them.
const SHORTEST: usize = 60;

/// What a record says of a passage.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sort<'r> {
    /// A claim rests on it.
    Claim,
    /// A statement of it was left out: why, and our words.
    LeftOut(LeftOutWhy, Option<&'r str>),
    /// A record of the curator names it: looked up, and not counted.
    Mentioned,
}

/// A passage that a record names.
#[derive(Clone, Debug)]
pub(super) struct Cited<'r> {
    /// The locator.
    pub at: &'r str,
    /// What the record says of it.
    pub sort: Sort<'r>,
    /// File and line of the record.
    pub place: String,
}

/// A paragraph of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its line in the text, from 1.
    pub line: usize,
    /// Its first words.
    pub opening: String,
    /// How many claims cite it.
    pub claims: usize,
    /// What was left out of it: the reason, and our words on what it says.
    pub left_out: Vec<(LeftOutWhy, Option<String>)>,
}

/// A locator that does not stand in its document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stray {
    /// The locator.
    pub at: String,
    /// The words that are not there.
    pub words: String,
    /// The file and line of the first claim that has it.
    pub place: String,
}

/// What is known of one document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The id of the source.
    pub source: String,
    /// The name of its text.
    pub text: String,
    /// How many claims rest on the source.
    pub claims: usize,
    /// How many statements were left out.
    pub left_out: usize,
    /// The paragraphs; `None` where the text is not at hand.
    pub paragraphs: Option<Vec<Paragraph>>,
    /// Locators whose words are not in the text.
    pub strays: Vec<Stray>,
    /// How many locators quote no words, so that nothing can be looked up.
    pub unquoted: usize,
}

impl Document {
    pub(super) fn new(source: &str, name: &str, text: Option<&str>, cited: &[Cited<'_>]) -> Self {
        let mut document = Self {
            source: source.to_owned(),
            text: name.to_owned(),
            claims: cited.iter().filter(|each| matches!(each.sort, Sort::Claim)).count(),
            left_out: cited.iter().filter(|each| matches!(each.sort, Sort::LeftOut(..))).count(),
            ..Self::default()
        };
        if let Some(text) = text {
            document.read(text, cited);
        }
        document
    }

    fn read(&mut self, text: &str, cited: &[Cited<'_>]) {
        let squeezed = Squeezed::new(text);
        let mut placed: Vec<(usize, &Cited<'_>)> = Vec::new();
        let mut strays: BTreeMap<&str, Stray> = BTreeMap::new();
        for each in cited {
            let words = openings(each.at);
            match squeezed.locate(&words) {
                _ if words.is_empty() => self.unquoted += 1,
                Ok(place) => placed.push((place, each)),
                Err(missing) => {
                    let stray =
                        || Stray { at: each.at.to_owned(), words: missing.to_owned(), place: each.place.clone() };
                    strays.entry(each.at).or_insert_with(stray);
                }
            }
        }
        self.strays = strays.into_values().collect();
        let starts = paragraph_starts(text, placed.iter().map(|(place, _)| *place));
        let mut paragraphs: Vec<Paragraph> = starts.iter().map(|start| paragraph(text, *start)).collect();
        for (place, each) in placed {
            let number = starts.partition_point(|start| *start <= place).saturating_sub(1);
            match each.sort {
                Sort::Claim => paragraphs[number].claims += 1,
                Sort::LeftOut(why, note) => paragraphs[number].left_out.push((why, note.map(str::to_owned))),
                Sort::Mentioned => {}
            }
        }
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let letters = starts
            .iter()
            .zip(ends)
            .map(|(start, end)| text[*start..end].chars().filter(|c| c.is_alphanumeric()).count());
        let kept = paragraphs.into_iter().zip(letters).filter(|(paragraph, letters)| {
            *letters >= SHORTEST || paragraph.claims > 0 || !paragraph.left_out.is_empty()
        });
        self.paragraphs = Some(kept.map(|(paragraph, _)| paragraph).collect());
    }

    /// How many paragraphs there are, are cited by claims, have only statements that were left out, and have neither.
    #[must_use]
    pub fn counts(&self) -> Option<[usize; 4]> {
        let paragraphs = self.paragraphs.as_ref()?;
        let cited = paragraphs.iter().filter(|each| each.claims > 0).count();
        let bare = paragraphs.iter().filter(|each| each.claims == 0 && each.left_out.is_empty()).count();
        Some([paragraphs.len(), cited, paragraphs.len() - cited - bare, bare])
    }
}

fn paragraph(text: &str, start: usize) -> Paragraph {
    let words: Vec<&str> = text[start..].split_whitespace().take(OPENING_WORDS).collect();
    let line = text[..start].matches('\n').count() + 1;
    Paragraph { line, opening: words.join(" "), claims: 0, left_out: Vec::new() }
}

/// Where paragraphs start: by the layout, and where locators point.
fn paragraph_starts(text: &str, located: impl Iterator<Item = usize>) -> Vec<usize> {
    let has_blank_lines = text.trim().lines().any(|line| line.trim().is_empty());
    let mut starts: Vec<usize> = located.collect();
    let (mut offset, mut is_start) = (0, true);
    for line in text.split_inclusive('\n') {
        let first = line.find(|letter: char| !letter.is_whitespace());
        if let Some(first) = first {
            let goes_on = line[first..].starts_with(char::is_lowercase);
            if (is_start || !has_blank_lines) && !goes_on {
                starts.push(offset + first);
            }
            is_start = false;
        } else {
            is_start = true;
        }
        offset += line.len();
    }
    if starts.iter().all(|start| *start > 0) && !text.is_empty() {
        starts.push(0);
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(at: &str) -> Cited<'_> {
        Cited { at, sort: Sort::Claim, place: "kb/x.toml:1".to_owned() }
    }

    const TEXT: &str = "A heading\n\nThe first paragraph is long enough to count as one of those that say something, and\n\n\
        goes on behind the turn of a page with what it had to say. The second begins in the middle of a block here.\n\n\
        Nobody cites the third paragraph, which is as long as any other one of this little text is.\n";

    #[test]
    fn paragraphs_are_cited_left_out_or_bare() {
        let mut left_out = cited("para ‘The second begins…’");
        left_out.sort = Sort::LeftOut(LeftOutWhy::Opinion, Some("a likeness"));
        let document = Document::new("a", "a.txt", Some(TEXT), &[cited("para ‘The first paragraph…’"), left_out]);
        assert_eq!(document.counts(), Some([3, 1, 1, 1]));
        let openings: Vec<(usize, &str)> =
            document.paragraphs.as_ref().unwrap().iter().map(|each| (each.line, each.opening.as_str())).collect();
        assert_eq!(
            openings,
            [
                (3, "The first paragraph is long enough"),
                (5, "The second begins in the middle"),
                (7, "Nobody cites the third paragraph, which")
            ]
        );
    }

    #[test]
    fn words_that_are_not_there_are_told_with_the_place_that_has_them() {
        let document = Document::new("a", "a.txt", Some(TEXT), &[cited("para ‘The fourth…’"), cited("a table")]);
        let stray = Stray {
            at: "para ‘The fourth…’".to_owned(),
            words: "The fourth…".to_owned(),
            place: "kb/x.toml:1".to_owned(),
        };
        assert_eq!((document.strays, document.unquoted), (vec![stray], 1));
    }

    #[test]
    fn without_the_text_claims_are_counted_all_the_same() {
        let document = Document::new("a", "a.txt", None, &[cited("para ‘The first…’")]);
        assert_eq!((document.claims, document.counts()), (1, None));
    }
}
