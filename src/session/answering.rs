//! From a prepared query to its answer: running it, and gathering rows, evidence and messages; whole or in parts.

use std::cell::RefCell;
use std::sync::Arc;

use super::failure::{Failure, from_running, from_syntax};
use super::{Prepared, Ready, Session, history};
use crate::answer::{Answer, Drawing, Effects, Message};
use crate::diagnostics::Diagnostic;
use crate::graph::Graph;
use crate::model::Value;
use crate::query::bind::bound::Slot;
use crate::query::bind::expand::portable;
use crate::query::functions::{FixedClock, Parameters, Random};
use crate::query::plan::gauges::Reading;
use crate::query::plan::{self, Plan};
use crate::query::run::batch::Batch;
use crate::query::run::files::Files;
use crate::query::run::{Execution, Setting, disagreement, evidence};
use crate::query::syntax::ast::Mode;
use crate::query::syntax::{parse_query, print};
use crate::source::Source;

/// Rows on their way into an answer, and what each of them rests on.
#[derive(Default)]
struct Gathered {
    rows: Vec<Vec<Value>>,
    evidence: Vec<Vec<Value>>,
}

impl Gathered {
    fn gather(&mut self, batch: &Batch, output: &[Slot], evidence: Option<Slot>) {
        for row in 0..batch.rows {
            self.rows.push(output.iter().map(|slot| batch.column(slot.index()).value(row)).collect());
            let rests_on = evidence.and_then(|slot| batch.columns.get(slot.index()).cloned().flatten());
            self.evidence.push(match rests_on.map(|column| column.value(row)) {
                Some(Value::List(items)) => Arc::unwrap_or_clone(items),
                _ => Vec::new(),
            });
        }
    }
}

impl Session {
    /// The whole answer of a plan that may have been another text's: what is told of a failure or of silence is told in
    /// the words of this one.
    pub(super) fn answer_ready(
        &mut self,
        ready: &Ready,
        text: &str,
        parameters: &Parameters,
    ) -> Result<Answer, Failure> {
        let Some(all) = &ready.parameters else { return self.answer(&ready.prepared, parameters) };
        match self.answer(&ready.prepared, all) {
            Err(failure) if failure.stopped.is_none() => {
                let plain = self.prepare_as_written(text, parameters)?;
                self.answer(&plain, parameters)
            }
            Ok(mut answer) if answer.rows.is_empty() && self.explains_silence => {
                let plain = self.prepare_as_written(text, parameters)?;
                answer.messages.extend(self.why_empty(&plain, parameters));
                Ok(answer)
            }
            outcome => outcome,
        }
    }

    /// A query with its literals in their places.
    pub(super) fn prepare_as_written(&self, text: &str, parameters: &Parameters) -> Result<Prepared, Failure> {
        let source = Source::new("<query>", text);
        let query = parse_query(text).map_err(|errors| from_syntax(&source, errors))?;
        self.prepare_query(&query, &source, Some(parameters))
    }

    /// The whole answer.
    pub(super) fn answer(&mut self, prepared: &Prepared, parameters: &Parameters) -> Result<Answer, Failure> {
        let mut whole = None;
        self.answer_in_parts(prepared, parameters, usize::MAX, &mut |part| {
            whole = Some(part);
            true
        })?;
        Ok(whole.expect("an answer has a last part"))
    }

    /// The answer in parts: see [`Session::stream`].
    pub(super) fn answer_in_parts(
        &mut self,
        prepared: &Prepared,
        parameters: &Parameters,
        rows: usize,
        take: &mut dyn FnMut(Answer) -> bool,
    ) -> Result<(), Failure> {
        let head = self.head(prepared);
        let query = &prepared.query;
        match query.mode {
            Mode::Explain => {
                let core = print::query(&prepared.expanded.query);
                let steps = plan::explain::explain(&prepared.plan, &prepared.named);
                let explanation = Some(format!("{core}\n\n{steps}"));
                let messages = prepared.warnings.iter().map(message).collect();
                take(Answer { columns: Vec::new(), explanation, messages, ..head });
                return Ok(());
            }
            Mode::ExplainPortable => {
                let text = portable(&prepared.expanded.query, &self.graph, self.clock.today());
                let mut messages: Vec<_> = prepared.warnings.iter().map(message).collect();
                messages.push(Message::note(
                    "for a graph in griot's portable encoding (src/ARCHITECTURE.md, “Portable”): dates as days since \
                     1970-01-01, claims as lists on relationships",
                ));
                take(Answer { columns: Vec::new(), explanation: Some(text), messages, ..head });
                return Ok(());
            }
            Mode::Profile => {
                let explanation = Some(self.profile(prepared, parameters)?);
                take(Answer { columns: Vec::new(), explanation, ..head });
                return Ok(());
            }
            Mode::Run => {}
        }
        self.refuse_writing(prepared, query)?;
        let rows = if prepared.plan.writes { usize::MAX } else { rows };
        let mut gathered = Gathered::default();
        let mut part = head.clone();
        let mut is_wanted = true;
        let graph = self.execute_plan(prepared, parameters, |batch, output, evidence| {
            gathered.gather(batch, output, evidence);
            if gathered.rows.len() >= rows {
                let full = std::mem::replace(&mut part, Answer { is_continued: true, ..head.clone() });
                is_wanted = take(self.with_rows(full, std::mem::take(&mut gathered), prepared));
            }
            is_wanted
        })?;
        if !is_wanted {
            return Ok(());
        }
        if prepared.plan.writes {
            part.effects = self.take_over(graph, query.span.of(&prepared.source.text));
        }
        if let Some(last) = prepared.expanded.statements.iter().find(|used| used.is_last) {
            part.shown = last.definition.shown;
            part.footer.clone_from(&last.assumptions);
        }
        if let Some(time) = self.default_time().filter(|_| prepared.takes_default_time) {
            part.footer.push(format!("as of {time}, the time that was set for all questions"));
        }
        let mut last = self.with_rows(part, gathered, prepared);
        let is_silent = last.rows.is_empty() && !last.is_continued && !last.columns.is_empty();
        if is_silent && self.explains_silence && !prepared.is_lifted {
            let why = self.why_empty(prepared, parameters);
            last.messages.extend(why);
        }
        take(last);
        Ok(())
    }

    /// An answer before its rows. Its messages stand in the first part alone.
    fn head(&self, prepared: &Prepared) -> Answer {
        let drawing = prepared.query.export.as_ref().map(|export| Drawing {
            format: export.format.value.clone(),
            file: export.file.as_ref().map(|file| file.value.clone()),
        });
        Answer {
            columns: prepared.plan.output.iter().map(|column| column.name.to_string()).collect(),
            knowledge: (self.graph.meta().version != 0).then(|| self.graph.meta().version_name()),
            drawing,
            is_cited: self.evidence && self.graph.has_claims() && evidence::rests_on_relations(&prepared.plan),
            ..Answer::default()
        }
    }

    /// Fills rows in, with the evidence that they rest on and what is disputed of it.
    fn with_rows(&self, part: Answer, gathered: Gathered, prepared: &Prepared) -> Answer {
        let mut answer = Answer { rows: gathered.rows, ..part };
        if !answer.is_continued {
            answer.messages.extend(prepared.warnings.iter().map(message));
        }
        if self.evidence {
            let asked = evidence::Asked::of(&prepared.plan, self.clock.today());
            let (drawn, citations) = evidence::draw(&self.graph, &answer.rows, &gathered.evidence, &asked);
            // An answer that is about disputes says so in its rows.
            let mut last = prepared.expanded.statements.iter().filter(|used| used.is_last);
            let is_on_disputes = last.any(|used| ["DISPUTES", "DOSSIER"].contains(&used.definition.lead()[0]));
            if !is_on_disputes {
                answer.messages.extend(disagreement::disagreements(&self.graph, &drawn));
            }
            answer.evidence = drawn;
            answer.citations = citations;
        }
        answer
    }

    /// Makes the graph that a statement changed the session's own.
    pub(super) fn take_over(&mut self, graph: Graph, statement: &str) -> Effects {
        let before = std::mem::replace(&mut self.graph, graph);
        let effects = history::effects(&before, &self.graph);
        if effects.any() {
            self.history.note(statement.trim(), before, self.graph.clone());
        }
        effects
    }

    /// Runs a plan on a graph of its own, and hands that graph back. `take` says `false` to stop.
    pub(super) fn execute_plan(
        &self,
        prepared: &Prepared,
        parameters: &Parameters,
        take: impl FnMut(&Batch, &[Slot], Option<Slot>) -> bool,
    ) -> Result<Graph, Failure> {
        self.execute_gauged(&prepared.plan, prepared, parameters, take).map(|(graph, _)| graph)
    }

    /// The same of a query's plan with gauges, and what they read.
    pub(super) fn execute_gauged(
        &self,
        plan: &Plan,
        prepared: &Prepared,
        parameters: &Parameters,
        mut take: impl FnMut(&Batch, &[Slot], Option<Slot>) -> bool,
    ) -> Result<(Graph, Vec<Reading>), Failure> {
        let output: Vec<Slot> = plan.output.iter().map(|column| column.slot).collect();
        let evidence = plan.evidence;
        let random: &RefCell<dyn Random> = &self.random;
        let files = self.files.as_deref().filter(|_| self.reads_files);
        let files = files.map(|files| files as &dyn Files);
        // A query sees one moment, however long it takes.
        let clock = FixedClock(self.clock.milliseconds());
        let setting = Setting { parameters, clock: &clock, random, files, limits: self.limits.clone() };
        let execution = Execution::new(plan, prepared.named.clone(), setting);
        let returns = !output.is_empty();
        let outcome = execution.run(|batch| !returns || take(batch, &output, evidence));
        outcome.map_err(|error| from_running(&prepared.source, error))?;
        Ok(execution.finish())
    }
}

fn message(diagnostic: &Diagnostic) -> Message {
    let hints = diagnostic.question().into_iter().chain(diagnostic.help.iter().cloned());
    let hint = hints.collect::<Vec<_>>().join("; ");
    Message {
        severity: diagnostic.severity,
        text: diagnostic.message.clone(),
        hint: (!hint.is_empty()).then_some(hint),
    }
}
