//! The engine as the property test sees it.

use std::collections::BTreeMap;
use std::time::Duration;

use griot::graph::Graph;
use griot::model::Value;
use griot::{Limits, Parameters, Session};

/// How a query ended.
pub enum Ran {
    /// Columns and rows, and the graph behind the query.
    Answered(Vec<String>, Vec<Vec<Value>>, Graph),
    /// An error.
    Failed(String),
    /// The engine lacks a part of the language, and says so.
    NotBuiltYet,
}

/// Runs a text of one query.
pub fn run(graph: Graph, text: &str, parameters: &BTreeMap<String, Value>) -> Ran {
    let parameters: Parameters = parameters.iter().map(|(name, value)| (name.as_str().into(), value.clone())).collect();
    // With a deliberate fault (`fuzz/faults`) a query may read what it writes, without end.
    let limits = Limits { time: Some(Duration::from_secs(30)), memory: Some(1 << 28), ..Limits::default() };
    let mut session = Session::new(graph).with_limits(limits);
    // Whatever can be run can be explained, in which a panic would show.
    let _ = session.run(&format!("EXPLAIN {text}"), &parameters);
    match session.run(text, &parameters) {
        Ok(mut answers) => {
            let answer = answers.pop().expect("a text of one query has an answer");
            Ran::Answered(answer.columns, answer.rows, session.graph().clone())
        }
        Err(failure) if failure.faults.iter().any(|fault| fault.detail == "NotBuiltYet") => Ran::NotBuiltYet,
        Err(failure) => Ran::Failed(failure.to_string()),
    }
}
