//! Statements as clauses: modifiers, and every place where a statement may stand. On a small knowledge base of its own,
//! so that what `kb/` comes to hold changes nothing here.

mod changes;
mod explain;
mod modifiers;
mod places;
mod portable;
mod procedures;
mod slips;

use griot::answer::{Answer, TextForm};
use griot::diagnostics::{Format, render};
use griot::graph::Graph;
use griot::model::Value;
use griot::{FixedClock, Parameters, Session, kb};

const KNOWLEDGE: &str = include_str!("knowledge.toml");
const SOURCES: &str = r#"
[[source]]
id = "early-2012"
title = "The Early Word"
date = "2012-08"
reliability = "B"
[[source]]
id = "late-2020"
title = "The Late Word"
date = "2020"
reliability = "D"
[[source]]
id = "undated"
title = "The Word Without a Date"
"#;

pub(crate) fn graph() -> Graph {
    let files = [("actors.toml", KNOWLEDGE), ("sources.toml", SOURCES)];
    let loaded = kb::load(files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec());
    Graph::from(loaded.store.unwrap_or_else(|| panic!("{}", loaded.diagnostics)))
}

pub(crate) fn session() -> Session {
    // 2013-01-01
    Session::new(graph()).with_clock(FixedClock(1_356_998_400_000))
}

pub(crate) fn ask_with(query: &str, parameters: &[(&str, Value)]) -> Answer {
    let parameters: Parameters = parameters.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
    session().run(query, &parameters).unwrap_or_else(|failure| panic!("{query}\n{failure}")).remove(0)
}

/// The rows, one a line, values joined by spaces.
pub(crate) fn lines(answer: &Answer) -> Vec<String> {
    let form = TextForm::new(&answer.evidence);
    let line = |row: &Vec<Value>| row.iter().map(|value| form.plain(value)).collect::<Vec<_>>().join(" ");
    answer.rows.iter().map(line).collect()
}

/// The rows of a query, in any order, and those that are expected.
#[track_caller]
pub(crate) fn check(query: &str, expected: &[&str]) {
    check_with(query, &[], expected);
}

#[track_caller]
pub(crate) fn check_with(query: &str, parameters: &[(&str, Value)], expected: &[&str]) {
    let mut found = lines(&ask_with(query, parameters));
    let mut expected = expected.to_vec();
    found.sort();
    expected.sort_unstable();
    assert_eq!(found, expected, "{query}");
}

/// The query cannot be run, and the message says so.
#[track_caller]
pub(crate) fn refused(query: &str, parts: &[&str]) {
    let failure = match session().run(query, &Parameters::default()) {
        Err(failure) => {
            render(&failure.diagnostics(), std::slice::from_ref(&failure.source), Format::Full { colour: false })
        }
        Ok(answers) => panic!("{query} answers {:?}", lines(&answers[0])),
    };
    for part in parts {
        assert!(failure.contains(part), "{query}\n{failure}\nwithout `{part}`");
    }
}

/// Some message beside the answer says so.
#[track_caller]
pub(crate) fn says(query: &str, part: &str) {
    let answer = ask_with(query, &[]);
    let messages: Vec<String> = answer.messages.iter().map(|message| message.text.clone()).collect();
    assert!(messages.iter().any(|message| message.contains(part)), "{query}: {messages:?} without `{part}`");
}
