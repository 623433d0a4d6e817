//! What the built-in knowledge must answer: every `griot` block of `tests/answers/*.md` is run, and its `answer` block
//! holds. The blocks are explained in `spine.md`.

use std::fs;
use std::path::Path;

use griot::answer::{Answer, TextForm};
use griot::{Parameters, Session};

/// A query and what it must answer.
struct Case {
    place: String,
    query: String,
    expected: Vec<String>,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("tests/answers").map(|it| it.expect("an entry").path()).collect();
    files.sort();
    files.iter().flat_map(|file| read(file)).collect()
}

fn read(file: &Path) -> Vec<Case> {
    let text = fs::read_to_string(file).expect("a file of answers");
    let mut cases: Vec<Case> = Vec::new();
    let mut block: Option<&str> = None;
    for (number, line) in text.lines().enumerate() {
        match (block, line.trim_end()) {
            (None, "```griot") => {
                let place = format!("{}:{}", file.display(), number + 1);
                cases.push(Case { place, query: String::new(), expected: Vec::new() });
                block = Some("griot");
            }
            (None, "```answer") => block = Some("answer"),
            (Some(_), "```") => block = None,
            (Some("griot"), line) => {
                let query = &mut cases.last_mut().expect("in a block").query;
                query.push_str(line);
                query.push('\n');
            }
            (Some(_), line) => cases.last_mut().expect("in a block").expected.push(line.to_owned()),
            (None, _) => {}
        }
    }
    cases
}

fn rows(answer: &Answer) -> Vec<String> {
    let form = TextForm::new(&answer.evidence);
    let row = |row: &Vec<_>| row.iter().map(|value| form.plain(value)).collect::<Vec<_>>().join(" | ");
    answer.rows.iter().map(row).collect()
}

fn faults(case: &Case) -> Vec<String> {
    let mut session = Session::new(griot::built_in().expect("the embedded graph"));
    let outcome = session.run(&case.query, &Parameters::default());
    let fails: Vec<&str> = case.expected.iter().filter_map(|line| line.strip_prefix("fails: ")).collect();
    let answer = match outcome {
        Ok(mut answers) if fails.is_empty() => answers.pop().expect("one query"),
        Ok(_) => return vec!["it answers, and should not".to_owned()],
        Err(failure) => {
            let said = format!("{:?}", failure.diagnostics());
            if fails.is_empty() {
                return vec![format!("it fails: {failure}")];
            }
            return fails.iter().filter(|text| !said.contains(**text)).map(|text| format!("unsaid: {text}")).collect();
        }
    };
    let rows = rows(&answer);
    let mut faults = Vec::new();
    let exact: Vec<&str> = case.expected.iter().filter_map(|line| line.strip_prefix("= ")).collect();
    if !exact.is_empty() && exact != rows {
        faults.push(format!("the rows are not those expected: {exact:#?}"));
    }
    for line in &case.expected {
        let is_met = if let Some(row) = line.strip_prefix("+ ") {
            rows.iter().any(|found| found == row)
        } else if let Some(row) = line.strip_prefix("- ") {
            rows.iter().all(|found| found != row)
        } else if let Some(text) = line.strip_prefix("says: ") {
            answer.messages.iter().any(|message| message.text.contains(text))
        } else if let Some(citation) = line.strip_prefix("cites ") {
            let (source, locator) = citation.split_once(':').unwrap_or((citation, ""));
            answer.evidence.claims.values().any(|claim| {
                claim.at.contains(locator.trim()) && answer.evidence.source_of(claim).is_some_and(|it| it.id == source)
            })
        } else {
            line.starts_with("= ") || line.is_empty()
        };
        if !is_met {
            faults.push(format!("not met: {line}"));
        }
    }
    if !faults.is_empty() {
        faults.push(format!("rows: {rows:#?}"));
        faults.push(format!("messages: {:#?}", answer.messages.iter().map(|it| &it.text).collect::<Vec<_>>()));
    }
    faults
}

#[test]
fn the_built_in_knowledge_answers_as_the_documents_say() {
    let cases = cases();
    assert!(cases.len() >= 15, "the answers are missing");
    let mut wrong = Vec::new();
    for case in &cases {
        let faults = faults(case);
        if !faults.is_empty() {
            wrong.push(format!("{}\n{}{}", case.place, case.query, faults.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}
