//! Running: operators pull batches of rows through a planned pipeline.

pub mod admission;
pub mod batch;
pub mod dictionary;
pub mod disagreement;
pub mod error;
pub mod evidence;
pub mod expression;
pub mod files;
mod operators;
mod subqueries;
pub mod token;

use std::cell::RefCell;
use std::sync::Arc;

use batch::Batch;
pub use error::{Outcome, RunError};
use expression::{Evaluated, Evaluator, Memory, Row};
pub use token::{CancelToken, Limits, Stopped};

use crate::graph::Graph;
use crate::model::{NodeId, Value};
use crate::query::functions::{Clock, Context, ErrorClass, Parameters, Random};
use crate::query::plan::Plan;
use crate::query::plan::gauges::Reading;
use crate::source::Span;

/// What a query runs with.
pub struct Setting<'q> {
    /// The values of `$name`.
    pub parameters: &'q Parameters,
    /// The time.
    pub clock: &'q dyn Clock,
    /// Chance.
    pub random: &'q RefCell<dyn Random>,
    /// The files that it may read; none if it may not.
    pub files: Option<&'q dyn files::Files>,
    /// What it may take.
    pub limits: Limits,
}

/// One running query. A graph that it changes is its own until it is done: who started it takes the graph over on
/// success and drops it on failure, so that a statement is done as a whole or not at all.
pub struct Execution<'q> {
    plan: &'q Plan,
    graph: RefCell<Graph>,
    setting: Setting<'q>,
    token: token::Token,
    /// What evaluation keeps between batches.
    memory: Memory,
    /// Nodes that were deleted before their relations.
    bereaved: RefCell<Vec<Bereaved>>,
    /// What PROFILE reads.
    gauges: RefCell<operators::Gauges>,
    /// What searches from the same node again and again have reached.
    spreads: RefCell<operators::Spreads>,
}

/// A node that was deleted while it had relations, and where.
#[derive(Clone, Copy, Debug)]
struct Bereaved {
    node: NodeId,
    span: Span,
}

impl<'q> Execution<'q> {
    /// Sets a plan over a graph.
    #[must_use]
    pub fn new(plan: &'q Plan, graph: Graph, setting: Setting<'q>) -> Self {
        let token = token::Token::new(setting.limits.clone());
        let (bereaved, gauges) = (RefCell::default(), RefCell::default());
        let (memory, spreads) = (Memory::new(plan.writes), RefCell::default());
        Self { plan, graph: RefCell::new(graph), setting, token, memory, bereaved, gauges, spreads }
    }

    /// The same as a part of another one, with which it shares the strings that are made.
    fn sharing(self, made: Arc<dictionary::MadeTexts>) -> Self {
        Self { memory: Memory::of_part(made), ..self }
    }

    /// Runs to the end, and hands each batch to `take`, which may stop early by answering `false`.
    ///
    /// # Errors
    /// What an expression or a limit says.
    pub fn run(&self, mut take: impl FnMut(&Batch) -> bool) -> Outcome<()> {
        let mut top = operators::build(&self.plan.root, Batch::unit());
        while let Some(batch) = top.next(self)? {
            self.token.check()?;
            if batch.rows > 0 && !take(&batch) {
                break;
            }
        }
        self.verify()
    }

    /// What holds of a graph must hold when a statement has come to its end: no relation is without its nodes.
    fn verify(&self) -> Outcome<()> {
        let graph = self.graph.borrow();
        let is_related = |each: &&Bereaved| graph.dangling_edges(each.node).next().is_some();
        let bereaved = self.bereaved.borrow();
        let Some(Bereaved { span, .. }) = bereaved.iter().find(is_related) else { return Ok(()) };
        let message = "a node that still has relationships cannot be deleted";
        let class = ErrorClass::ConstraintVerificationFailed;
        Err(RunError::at(*span, class, "DeleteConnectedNode", message).with_hint("write DETACH DELETE"))
    }

    /// The graph as it is now, and what the plan's gauges have read.
    #[must_use]
    pub fn finish(self) -> (Graph, Vec<Reading>) {
        (self.graph.into_inner(), self.gauges.into_inner().finish())
    }

    fn evaluate<T>(&self, run: impl FnOnce(&Evaluator<'_>) -> Evaluated<T>) -> Evaluated<T> {
        let graph = self.graph.borrow();
        let context = Context { graph: &graph, clock: self.setting.clock, random: self.setting.random };
        let result = run(&Evaluator::new(&context, self.setting.parameters, self, &self.memory))?;
        self.token.hold(self.memory.growth()).map_err(expression::ExpressionError::stopped)?;
        Ok(result)
    }

    /// The number of SKIP or LIMIT.
    fn count(&self, expr: &crate::query::bind::bound::BoundExpr, what: &str) -> Outcome<usize> {
        let unit = Batch::unit();
        let value = self.evaluate(|evaluator| evaluator.value(expr, Row { batch: &unit, index: 0 }))?;
        match value {
            Value::Int(int) => usize::try_from(int).map_err(|_| {
                let message = format!("{what} takes no negative number, and this is {int}");
                RunError::at(expr.span, ErrorClass::SyntaxError, "NegativeIntegerArgument", message)
            }),
            other => {
                let message = format!("{what} takes a whole number, and this is a {}", other.type_name());
                Err(RunError::at(expr.span, ErrorClass::SyntaxError, "InvalidArgumentType", message))
            }
        }
    }
}
