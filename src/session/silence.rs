//! Why an answer is empty. "Not in the sources" must never look like "no".

use super::{Prepared, Session};
use crate::answer::Message;
use crate::model::Value;
use crate::query::bind::expand::{Expanded, expand_without};
use crate::query::bind::{BindOptions, bind};
use crate::query::functions::Parameters;
use crate::query::plan::passes::{self, Surroundings};
use crate::query::plan::{self};
use crate::query::syntax::ast::Query;

/// How many names a sentence lists.
const LISTED: usize = 6;

impl Session {
    /// What can be said of an empty answer: what its conditions left out, and what the statement knows besides.
    pub(super) fn why_empty(&self, prepared: &Prepared, parameters: &Parameters) -> Vec<Message> {
        let left_out = self.left_out(prepared, parameters);
        if !left_out.is_empty() {
            return left_out;
        }
        let mut messages = Vec::new();
        let Some(last) = prepared.expanded.statements.iter().find(|used| used.is_last) else { return messages };
        messages.push(Message::note("the sources in this graph do not say; that is not the same as “no”"));
        for (query, words) in &last.silence {
            let names: Vec<String> = self
                .rows_of(query, parameters)
                .into_iter()
                .filter_map(|row| row.into_iter().next())
                .filter_map(|value| value.as_text().map(str::to_owned))
                .collect();
            if !names.is_empty() {
                let mut listed = names[..names.len().min(LISTED)].join(", ");
                if names.len() > LISTED {
                    listed = format!("{listed} and {} more", names.len() - LISTED);
                }
                messages.push(Message::note(words.replace("{}", &listed)));
            }
        }
        messages
    }

    /// How many rows there are without each of the conditions; without all of them, where no single one decides.
    fn left_out(&self, prepared: &Prepared, parameters: &Parameters) -> Vec<Message> {
        let conditions = &prepared.expanded.conditions;
        let count = |without: &[String]| {
            let relaxed = expand_without(&prepared.query, &self.graph, without);
            relaxed.map_or(0, |relaxed| self.rows_of(&relaxed.query, parameters).len())
        };
        let say = |rows: usize, what: &str| {
            let rows = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
            Message::note(format!("nothing under these conditions; {rows} without {what}"))
        };
        let alone = conditions.iter().map(|each| (count(std::slice::from_ref(each)), each));
        let found: Vec<Message> =
            alone.filter(|(rows, _)| *rows > 0).map(|(rows, condition)| say(rows, condition)).collect();
        if !found.is_empty() || conditions.len() < 2 {
            return found;
        }
        let rows = count(conditions);
        if rows == 0 { Vec::new() } else { vec![say(rows, &conditions.join(" and "))] }
    }

    /// The rows of a core query, none if it cannot be run: this is only for what is said beside an answer.
    pub(super) fn rows_of(&self, query: &Query, parameters: &Parameters) -> Vec<Vec<Value>> {
        let options = BindOptions { parameters: Some(parameters), procedures: Some(&self.procedures), evidence: false };
        let Ok(bound) = bind(query, &self.graph, options) else { return Vec::new() };
        let mut plan = plan::build(&bound.query);
        let surroundings = Surroundings::of(&plan, &self.graph, self.is_literal);
        passes::run(&mut plan, &surroundings);
        let prepared = Prepared {
            plan,
            query: query.clone(),
            expanded: Expanded {
                query: query.clone(),
                statements: Vec::new(),
                notes: bound.warnings,
                conditions: Vec::new(),
            },
            warnings: crate::diagnostics::Diagnostics::new(),
            source: crate::source::Source::new("<query>", ""),
            graph: self.graph.clone(),
            named: self.graph.clone(),
            takes_default_time: false,
            is_lifted: false,
        };
        let mut rows = Vec::new();
        let outcome = self.execute_plan(&prepared, parameters, |batch, output, _| {
            for row in 0..batch.rows {
                rows.push(output.iter().map(|slot| batch.column(slot.index()).value(row)).collect());
            }
            true
        });
        if outcome.is_ok() { rows } else { Vec::new() }
    }
}
