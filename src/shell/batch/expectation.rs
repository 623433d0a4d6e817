//! What an answer looks like as the lines that a batch file expects, and whether lines match.
//!
//! The first line names the columns, then comes a line a row; cells are apart by ` | `, null is empty. A query without
//! columns says what it changed, one that fails what is wrong: `error G0201: nothing in the graph is named 'X'`. In an
//! expected line `…` stands for any text; a line of nothing else stands for any lines.

use crate::Failure;
use crate::answer::{Answer, TextForm};
use crate::model::Value;

/// Stands for anything.
const ANYTHING: &str = "…";

/// The lines of an answer.
#[must_use]
pub fn of_answer(answer: &Answer) -> Vec<String> {
    if let Some(explanation) = &answer.explanation {
        return explanation.trim_end().lines().map(str::to_owned).collect();
    }
    if !answer.has_table() {
        return vec![changes(answer)];
    }
    let form = TextForm::new(&answer.evidence);
    let mut lines = vec![answer.columns.join(" | ")];
    for row in &answer.rows {
        let cells: Vec<String> = row.iter().map(|value| cell(value, &form)).collect();
        lines.push(cells.join(" | ").trim_end().to_owned());
    }
    if answer.rows.is_empty() {
        lines.push("(no rows)".to_owned());
    }
    lines
}

/// The lines of a failure: one a fault.
#[must_use]
pub fn of_failure(failure: &Failure) -> Vec<String> {
    let faults = failure.faults.iter().map(|fault| &fault.diagnostic);
    faults.map(|each| format!("{} {}: {}", each.severity.word(), each.code.id, each.message)).collect()
}

fn changes(answer: &Answer) -> String {
    let counts = answer.effects.counts().into_iter().filter(|(_, count)| *count > 0);
    let told: Vec<String> = counts.map(|(what, count)| format!("{what}: {count}")).collect();
    if told.is_empty() { "(nothing changed)".to_owned() } else { format!("({})", told.join(", ")) }
}

fn cell(value: &Value, form: &TextForm<'_>) -> String {
    match value {
        Value::Null => String::new(),
        other => form.plain(other).replace('\\', "\\\\").replace('|', "\\|").replace('\n', "\\n"),
    }
}

/// Whether an answer is the expected one.
#[must_use]
pub fn matches(expected: &[String], actual: &[String]) -> bool {
    glob(expected, actual, &|line| line.trim() == ANYTHING, &|expected, actual| line_matches(expected, actual))
}

fn line_matches(expected: &str, actual: &str) -> bool {
    let expected: Vec<char> = expected.trim_end().chars().collect();
    let actual: Vec<char> = actual.trim_end().chars().collect();
    glob(&expected, &actual, &|each| ANYTHING.starts_with(*each), &|expected, actual| expected == actual)
}

/// Matching with wildcards, in time of at most the product of both lengths: on a mismatch only the last wildcard
/// takes one more.
fn glob<T>(pattern: &[T], items: &[T], is_wildcard: &dyn Fn(&T) -> bool, is_equal: &dyn Fn(&T, &T) -> bool) -> bool {
    let (mut at, mut item) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while item < items.len() {
        if at < pattern.len() && is_wildcard(&pattern[at]) {
            retry = Some((at, item));
            at += 1;
        } else if at < pattern.len() && is_equal(&pattern[at], &items[item]) {
            (at, item) = (at + 1, item + 1);
        } else if let Some((wildcard, taken)) = retry {
            retry = Some((wildcard, taken + 1));
            (at, item) = (wildcard + 1, taken + 1);
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(is_wildcard)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::sample;

    fn lines(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn an_answer_is_its_columns_and_rows() {
        let expected = [
            "path | since | certainty | sources",
            "MUJAO ←FOUNDED_BY_MEMBERS_OF— ISGS | 2015-05 | certain | ['eizenga-williams-2020']",
            "MUJAO —ALLIED_WITH— ISGS |  | possible | ['eizenga-williams-2020']",
        ];
        assert_eq!(of_answer(&sample::answer()), expected);
        assert_eq!(of_answer(&Answer { rows: vec![], ..sample::answer() })[1], "(no rows)");
        assert_eq!(of_answer(&Answer::default()), ["(nothing changed)"]);
    }

    #[test]
    fn dots_stand_for_text_and_for_lines() {
        let actual = lines(&["a | b", "1 | x", "2 | y", "3 | z"]);
        assert!(matches(&lines(&["a | b", "1 | …", "…", "3 | z"]), &actual));
        assert!(matches(&lines(&["a | b", "…"]), &actual));
        assert!(!matches(&lines(&["a | b", "…", "2 | …"]), &actual));
        assert!(!matches(&lines(&["a | b"]), &actual));
        assert!(matches(&lines(&["…error … named 'X'"]), &lines(&["error G0201: nothing is named 'X'"])));
    }
}
