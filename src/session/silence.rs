//! Why an answer is empty. "Not in the sources" must never look like "no".

use super::{Prepared, Session};
use crate::answer::Message;
use crate::model::Value;
use crate::query::bind::expand::Expanded;
use crate::query::bind::{BindOptions, bind};
use crate::query::functions::Parameters;
use crate::query::plan::passes::{self, Surroundings};
use crate::query::plan::{self};
use crate::query::syntax::ast::{Match, Query};
use crate::query::syntax::rewrite::{self, Rewriter};

/// How many names a sentence lists.
const LISTED: usize = 6;

/// Takes time and evidence out of every pattern.
#[derive(Default)]
struct Lift {
    lifted: usize,
}

impl Rewriter for Lift {
    fn matched(&mut self, matched: &mut Match) {
        self.lifted += matched.modifiers.len();
        matched.modifiers.clear();
    }
}

impl Session {
    /// What can be said of an empty answer: what its time and sources left out, and what the statement knows besides.
    pub(super) fn why_empty(&self, prepared: &Prepared, parameters: &Parameters) -> Vec<Message> {
        let mut messages = Vec::new();
        let mut lift = Lift::default();
        let mut lifted = prepared.expanded.query.clone();
        rewrite::query(&mut lifted, &mut lift);
        let without = if lift.lifted > 0 { self.rows_of(&lifted, parameters).len() } else { 0 };
        if without > 0 {
            let rows = if without == 1 { "row" } else { "rows" };
            let text = format!("nothing at that time or by those sources; {without} {rows} without that condition");
            messages.push(Message::note(text));
            return messages;
        }
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

    /// The rows of a core query, none if it cannot be run: this is only for what is said beside an answer.
    pub(super) fn rows_of(&self, query: &Query, parameters: &Parameters) -> Vec<Vec<Value>> {
        let options = BindOptions { parameters: Some(parameters), procedures: Some(&self.procedures), evidence: false };
        let Ok(bound) = bind(query, &self.graph, options) else { return Vec::new() };
        let mut plan = plan::build(&bound.query);
        passes::run(&mut plan, &Surroundings { graph: &self.graph, literally: self.is_literal });
        let prepared = Prepared {
            plan,
            query: query.clone(),
            expanded: Expanded { query: query.clone(), statements: Vec::new(), notes: bound.warnings },
            warnings: crate::diagnostics::Diagnostics::new(),
            source: crate::source::Source::new("<query>", ""),
            graph: self.graph.clone(),
            named: self.graph.clone(),
            takes_default_time: false,
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
