//! A statement is its expansion: every example of the registry gives the same rows as the core query that EXPLAIN shows
//! for it, run by itself.

use griot::answer::TextForm;
use griot::model::Value;
use griot::query::statements;
use griot::query::syntax::rewrite::{self, Rewriter};
use griot::query::syntax::{self, ast};
use griot::{Parameters, Session};

/// Counts the statements and the procedures of griot in a query, and in those within it.
struct Statements(usize);

impl Rewriter for Statements {
    fn enter(&mut self, part: &mut ast::Part) {
        let is_left = |clause: &&ast::Clause| match &clause.kind {
            ast::ClauseKind::Statement(_) => true,
            ast::ClauseKind::Call(call) => call.name.value.starts_with("griot."),
            _ => false,
        };
        self.0 += part.clauses.iter().filter(is_left).count();
    }
}

#[test]
fn each_example_has_a_portable_text_that_is_plain_core() {
    let mut session = session();
    for (example, _) in examples() {
        let explained = session.run(&format!("EXPLAIN PORTABLE {example}"), &Parameters::default());
        let answer = explained.unwrap_or_else(|failure| panic!("{example}\n{failure}")).remove(0);
        let text = answer.explanation.expect("EXPLAIN explains");
        let mut parsed = syntax::parse_query(&text).unwrap_or_else(|errors| panic!("{example}\n{text}\n{errors:?}"));
        let mut finder = Statements(0);
        rewrite::query(&mut parsed, &mut finder);
        assert_eq!(finder.0, 0, "{example} still holds a statement:\n{text}");
        for modifier in [" AS OF ", " CERTAINLY", " ACCORDING TO ", " DURING "] {
            assert!(!text.contains(modifier), "{example} still has{modifier}:\n{text}");
        }
    }
}

fn session() -> Session {
    Session::new(griot::built_in().expect("the embedded graph"))
}

fn rows(session: &mut Session, query: &str) -> (Vec<String>, Vec<Vec<Value>>) {
    let answer =
        session.run(query, &Parameters::default()).unwrap_or_else(|failure| panic!("{query}\n{failure}")).remove(0);
    (answer.columns, answer.rows)
}

fn examples() -> impl Iterator<Item = (&'static str, &'static statements::Definition)> {
    statements::ALL.iter().flat_map(|definition| definition.examples.iter().map(|example| (*example, *definition)))
}

#[test]
fn each_example_gives_the_rows_of_its_expansion() {
    let mut session = session();
    for (example, _) in examples() {
        let core = session.core(example).unwrap_or_else(|failure| panic!("{example}\n{failure}"));
        let parsed = syntax::parse_query(&core).unwrap_or_else(|errors| panic!("{example}\n{core}\n{errors:?}"));
        let mut finder = Statements(0);
        rewrite::query(&mut parsed.clone(), &mut finder);
        assert_eq!(finder.0, 0, "{example} still holds a statement:\n{core}");
        let (columns, found) = rows(&mut session, example);
        let (core_columns, core_found) = rows(&mut session, &core);
        assert_eq!(columns, core_columns, "{example}\n{core}");
        assert_eq!(found.len(), core_found.len(), "{example}\n{core}");
        for (row, core_row) in found.iter().zip(&core_found) {
            let is_same = row.iter().zip(core_row).all(|(a, b)| a.is_equivalent(b));
            assert!(is_same, "{example}\n{core}\n{row:?}\n{core_row:?}");
        }
    }
}

#[test]
fn each_example_answers_from_the_built_in_knowledge() {
    let mut session = session();
    for (example, _) in examples() {
        let answer =
            session.run(example, &Parameters::default()).unwrap_or_else(|failure| panic!("{failure}")).remove(0);
        assert!(!answer.rows.is_empty(), "{example} has no answer: {:?}", answer.messages);
    }
}

#[test]
fn each_row_of_each_example_rests_on_claims() {
    let mut session = session();
    for (example, _) in examples() {
        let answer =
            session.run(example, &Parameters::default()).unwrap_or_else(|failure| panic!("{failure}")).remove(0);
        let form = TextForm::new(&answer.evidence);
        for (row, citations) in answer.rows.iter().zip(&answer.citations) {
            let row: Vec<String> = row.iter().map(|value| form.plain(value)).collect();
            // That no source says something rests on no claim.
            let is_gap = row.first().is_some_and(|section| section == "gaps");
            assert!(is_gap || !citations.is_empty(), "{example}: no claim behind {row:?}");
        }
    }
}

#[test]
fn the_optimiser_changes_no_answer_of_a_statement() {
    let graph = griot::built_in().expect("the embedded graph");
    let mut optimised = Session::new(graph.clone());
    let mut literal = Session::new(graph).without_optimiser();
    for (example, _) in examples() {
        let sorted = |session: &mut Session| {
            let (_, mut rows) = rows(session, example);
            rows.sort_by(|a, b| Value::list(a.clone()).sort_order(&Value::list(b.clone())));
            rows
        };
        let (a, b) = (sorted(&mut optimised), sorted(&mut literal));
        let is_same =
            a.len() == b.len() && a.iter().zip(&b).all(|(x, y)| x.iter().zip(y).all(|(x, y)| x.sort_order(y).is_eq()));
        assert!(is_same, "{example}");
    }
}

#[test]
fn a_part_of_a_union_may_rest_on_nothing() {
    let query = "return 'nobody says' as said union all match (:ArmedGroup 'GSPC')-[r]-() return type(r) as said";
    let mut session = session();
    let answer = session.run(query, &Parameters::default()).unwrap_or_else(|failure| panic!("{failure}")).remove(0);
    assert!(answer.citations[0].is_empty() && answer.citations[1..].iter().all(|cited| !cited.is_empty()));
}
