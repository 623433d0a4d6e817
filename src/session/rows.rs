//! Rows as they come from the last operator: read cell by cell where they lie, without a row or a value being made.

use super::{Failure, Parameters, Prepared, Ready, Session};
use crate::model::Value;
use crate::query::bind::bound::Slot;
use crate::query::run::batch::{Batch, Column};
use crate::query::syntax;
use crate::query::syntax::ast::Mode;
use crate::source::Source;

/// Some rows of an answer. They are there only while they are read.
pub struct Rows<'r> {
    batch: &'r Batch,
    output: &'r [Slot],
}

/// What stands in a row and column.
#[derive(Clone, Debug)]
pub enum Cell<'r> {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A floating-point number.
    Float(f64),
    /// A string.
    Text(&'r str),
    /// A node, a relation, a path, a list, a map, a date.
    Value(Value),
}

impl Rows<'_> {
    /// How many rows these are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.batch.rows
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.batch.rows == 0
    }

    /// How many columns each has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.output.len()
    }

    /// What stands in a row and column, both counted from 0.
    ///
    /// # Panics
    /// If there is no such row or column.
    #[must_use]
    #[inline]
    pub fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        let (cells, present) = self.batch.column(self.output[column].index()).cells();
        if present.is_some_and(|present| !present[row]) {
            return Cell::Null;
        }
        match cells {
            Column::Ints(ints) => Cell::Int(ints[row]),
            Column::Floats(floats) => Cell::Float(floats[row]),
            Column::Bools(bools) => Cell::Bool(bools[row]),
            Column::Texts(texts) => texts.text(row).map_or(Cell::Null, Cell::Text),
            Column::Values(values) => match &values[row] {
                Value::Null => Cell::Null,
                Value::Bool(bool) => Cell::Bool(*bool),
                Value::Int(int) => Cell::Int(*int),
                Value::Float(float) => Cell::Float(*float),
                Value::Text(text) => Cell::Text(text),
                other => Cell::Value(other.clone()),
            },
            column @ (Column::Nodes(_) | Column::Rels(_) | Column::Partial(_)) => match column.value(row) {
                Value::Null => Cell::Null,
                value => Cell::Value(value),
            },
        }
    }
}

impl Session {
    /// Runs a query and hands its rows out where they lie, some at a time, without evidence and messages: for programs
    /// that read numbers and strings. `take` says `false` to stop. Plans are kept as by [`Session::run`].
    ///
    /// # Errors
    /// What is wrong with the text, or went wrong while it ran; rows may have come before. A text of several queries is
    /// refused.
    pub fn read(
        &mut self,
        text: &str,
        parameters: &Parameters,
        take: &mut dyn FnMut(&Rows<'_>) -> bool,
    ) -> Result<(), Failure> {
        let ready = match self.plans.find(text, parameters, &self.graph) {
            Some(ready) => ready,
            None => {
                let source = Source::new("<query>", text);
                let query = syntax::parse_query(text).map_err(|errors| super::from_syntax(&source, errors))?;
                self.make_ready(&query, &source, parameters)?
            }
        };
        let Ready { prepared, parameters: all } = ready;
        let Some(all) = all else { return self.read_prepared(&prepared, parameters, take) };
        let mut has_begun = false;
        let outcome = self.read_prepared(&prepared, &all, &mut |rows| {
            has_begun = true;
            take(rows)
        });
        match outcome {
            // The failure is told in the words of this text.
            Err(failure) if failure.stopped.is_none() => {
                let plain = self.prepare_as_written(text, parameters)?;
                self.read_prepared(&plain, parameters, &mut |rows| has_begun || take(rows))
            }
            outcome => outcome,
        }
    }

    /// The same of a prepared query.
    ///
    /// # Errors
    /// What went wrong while it ran; rows may have come before.
    pub fn read_prepared(
        &mut self,
        prepared: &Prepared,
        parameters: &Parameters,
        take: &mut dyn FnMut(&Rows<'_>) -> bool,
    ) -> Result<(), Failure> {
        if !self.graph.is_same_snapshot(&prepared.graph) {
            let again = self.prepare_query(&prepared.query, &prepared.source, None)?;
            return self.read_prepared(&again, parameters, take);
        }
        if prepared.query.mode != Mode::Run {
            // What EXPLAIN says is no row.
            return self.answer(prepared, parameters).map(|_| ());
        }
        self.refuse_writing(prepared, &prepared.query)?;
        let graph = self.execute_plan(prepared, parameters, |batch, output, _| take(&Rows { batch, output }))?;
        if prepared.plan.writes {
            self.take_over(graph, prepared.query.span.of(&prepared.source.text));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(session: &mut Session, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let read = session.read(text, &Parameters::default(), &mut |rows| {
            for row in 0..rows.len() {
                let cells = (0..rows.width()).map(|column| match rows.cell(row, column) {
                    Cell::Null => "null".to_owned(),
                    Cell::Bool(bool) => bool.to_string(),
                    Cell::Int(int) => int.to_string(),
                    Cell::Float(float) => float.to_string(),
                    Cell::Text(text) => format!("'{text}'"),
                    Cell::Value(value) => format!("{value:?}"),
                });
                found.push(cells.collect::<Vec<_>>().join("|"));
            }
            true
        });
        read.expect("rows");
        found
    }

    #[test]
    fn cells_are_read_where_they_lie() {
        let mut session = Session::new(crate::graph::Graph::default());
        rows(&mut session, "CREATE (:A {name: 'x', n: 1}), (:A {n: 2.5}), (:A {name: 'y', n: true})");
        assert_eq!(session.graph().node_count(), 3);
        let text = "MATCH (a:A) RETURN a.name AS name, a.n AS n ORDER BY name";
        assert_eq!(rows(&mut session, text), ["'x'|1", "'y'|true", "null|2.5"]);
        assert_eq!(rows(&mut session, text), ["'x'|1", "'y'|true", "null|2.5"]);
    }

    #[test]
    fn a_plan_serves_other_values() {
        let mut session = Session::new(crate::graph::Graph::default());
        rows(&mut session, "UNWIND range(1, 9) AS n CREATE (:A {n: n, name: 'a' + toString(n)})");
        for n in 1..9 {
            let text = format!("MATCH (a:A {{name: 'a{n}'}}) WHERE a.n < 5 RETURN a.n + 0 AS n LIMIT 2");
            let expected: &[String] = if n < 5 { &[n.to_string()] } else { &[] };
            assert_eq!(rows(&mut session, &text), expected);
            assert_eq!(session.run(&text, &Parameters::default()).expect("an answer")[0].rows.len(), expected.len());
        }
    }

    #[test]
    fn a_failure_is_told_in_the_words_of_its_text() {
        let mut session = Session::new(crate::graph::Graph::default());
        rows(&mut session, "CREATE (:A {n: 1})");
        let none = Parameters::default();
        assert!(session.run("MATCH (a:A) WHERE a.n / 1 = 1 RETURN a.n", &none).is_ok());
        let failure = session.run("MATCH (a:A)   WHERE a.n / 0 = 1 RETURN a.n", &none).unwrap_err();
        assert!(format!("{failure:?}").contains("WHERE a.n / 0"), "{failure:?}");
        let first = session.run("MATCH (a:A) WHERE a.n = 7 AND a.n / 1 = 1 RETURN a.n", &none).expect("silence");
        let second = session.run("MATCH (a:A) WHERE a.n = 8 AND a.n / 1 = 1 RETURN a.n", &none).expect("silence");
        assert_eq!(first[0].messages, second[0].messages);
    }
}
