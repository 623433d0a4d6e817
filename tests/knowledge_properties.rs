//! Whatever a file holds, reading it ends with a graph or with faults that stand in it; never with a panic.

use griot::diagnostics::{Format, render};
use griot::kb;
use proptest::prelude::*;

const FILE: &str = r#"
[[source]]
id = "weiss-2023"
title = "Mirage"
date = "[2020..2023]"
same_origin = "adams"
[[source]]
id = "adams"
title = "Étude"
[[node]]
id = "alpha"
kind = "Organisation"
also = ["Collective"]
name = "Alpha"
source = "weiss-2023"
at = "p. 1, ‘Alpha’"
[[node.alias]]
text = "أنصار الدين"
kind = "translation"
at = "p. 1"
[[node.attribute]]
attribute = "founded"
value = "2011-12~"
at = "p. 1"
[[node.relation]]
type = "ALLIED_WITH"
object = "beta"
from = "2012"
to = ".."
observed = "2013/2014"
credibility = 2
complete = true
at = "p. 2"
[[node.relation]]
type = "SPLIT_FROM"
object = "beta"
on = "2011"
wording = "denied"
at = "p. 2"
[[node.figure]]
measure = "fighters"
value = { words = "thousands" }
unit = "persons"
jointly_with = ["beta"]
at = "p. 3"
[[node]]
id = "beta"
kind = "Militia"
name = "Beta"
source = "adams"
at = "p. 4"
[[node.relation]]
type = "MERGED_INTO"
object = "alpha"
on = "2015"
at = "p. 4"
[[node.relation]]
type = "BROKE_WITH"
object = "alpha"
on = "2016-02"
at = "p. 5"
"#;

/// Pieces from which faults are made.
const PIECES: &[&str] = &[
    "",
    "\"",
    "'",
    "\n",
    "[",
    "]]",
    "{",
    "=",
    "..",
    "2012",
    "é",
    "‘",
    "[[node]]\n",
    "alpha",
    "beta",
    "true",
    "SAME_AS",
    "type = \"SAME_AS\"\n",
    "id = \"beta\"\n",
    "9999-12-31",
    "\\u0000",
    "#",
    "to = \"2010\"\n",
    "spell = \"1\"\n",
];

fn any_damage() -> impl Strategy<Value = (usize, usize, &'static str)> {
    (0..FILE.len(), 0..12usize, prop::sample::select(PIECES))
}

/// Cuts some bytes out, at character boundaries, and puts a piece in their place.
fn damaged(text: &str, (at, cut, piece): (usize, usize, &str)) -> String {
    let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (start, end) = (boundary(at), boundary(at + cut));
    format!("{}{piece}{}", &text[..start], &text[end.max(start)..])
}

fn check(text: String) -> Result<(), TestCaseError> {
    let loaded = kb::load(vec![("damaged.toml".to_owned(), text)]);
    prop_assert_eq!(loaded.store.is_none(), loaded.diagnostics.has_errors());
    for diagnostic in &loaded.diagnostics {
        for label in diagnostic.primary.iter().chain(&diagnostic.secondary) {
            let source = &loaded.sources[label.place.source];
            prop_assert!(label.place.span.end as usize <= source.text.len(), "{diagnostic}");
            prop_assert!(source.text.get(label.place.span.range()).is_some(), "{diagnostic} within a character");
        }
    }
    for format in [Format::Full { colour: true }, Format::Concise, Format::Json] {
        let shown = render(&loaded.diagnostics, &loaded.sources, format);
        prop_assert_eq!(shown.is_empty(), loaded.diagnostics.is_empty() && format != Format::Json);
    }
    Ok(())
}

#[test]
fn the_undamaged_file_has_no_errors() {
    let loaded = kb::load(vec![("whole.toml".to_owned(), FILE.to_owned())]);
    assert!(loaded.store.is_some(), "{}", loaded.diagnostics);
}

proptest! {
    // Each case reads the whole built-in schema.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damage_never_panics(damages in prop::collection::vec(any_damage(), 1..4)) {
        let text = damages.into_iter().fold(FILE.to_owned(), |text, damage| damaged(&text, damage));
        check(text)?;
    }

    #[test]
    fn any_text_never_panics(text in "\\PC{0,80}|(\\[\\[node\\]\\]|id = |\"a\"|\n|\\[|name|=){0,20}") {
        check(text)?;
    }
}
