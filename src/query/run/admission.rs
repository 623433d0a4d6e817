//! Which edges and nodes count under the time and the evidence that a pattern asks for.

use super::expression::Row;
use super::{Execution, Outcome, RunError};
use crate::graph::{EdgeFilter, EdgeTest, Graph};
use crate::model::{EdgeId, NodeId, TypeId, Value};
use crate::query::bind::tree::{BoundEvidence, BoundPoint, BoundTime, TimeMode, Voice};
use crate::query::functions::ErrorClass;
use crate::source::Span;
use crate::time::calendar::Temporal;
use crate::time::{Edtf, Period, Question};

/// A pattern's question on time and evidence, resolved for one row.
#[derive(Clone, Debug)]
pub struct Admission {
    filter: EdgeFilter,
    /// A date is null: at no time that is known.
    admits_nothing: bool,
}

/// A question that is the same for all rows, resolved: none where nothing is asked.
#[derive(Clone, Debug)]
pub(super) struct ForAllRows(pub(super) Option<Admission>);

impl Admission {
    /// Resolves a question for a row; `None` where nothing is asked, or where a date is null, which admits nothing.
    ///
    /// # Errors
    /// If a date cannot be read.
    pub(super) fn of(
        evidence: Option<&BoundEvidence>,
        execution: &Execution<'_>,
        row: Row<'_>,
    ) -> Outcome<Option<Self>> {
        let Some(evidence) = evidence else { return Ok(None) };
        let mut filter = EdgeFilter {
            certainly: evidence.certainly,
            according_to: evidence.according_to.as_ref().map(|said| voices(said, execution, row)).transpose()?,
            without: voices(&evidence.without, execution, row)?,
            rated: evidence.rated,
            worded: evidence.worded.clone(),
            ..EdgeFilter::default()
        };
        let mut admits_nothing = false;
        if let Some(time) = &evidence.time {
            filter.question = question(time, execution, row)?;
            admits_nothing = filter.question.is_none();
        }
        if let Some(point) = &evidence.known_by {
            filter.known_by = period(point, execution, row)?.map(|period| period.last);
            admits_nothing |= filter.known_by.is_none();
        }
        Ok(Some(Self { filter, admits_nothing }))
    }

    /// The filter on edges; none where a date is null, so that no edge counts.
    #[must_use]
    pub fn filter(&self) -> Option<&EdgeFilter> {
        (!self.admits_nothing).then_some(&self.filter)
    }

    /// Whether no edge counts, since a date is null.
    #[must_use]
    pub fn admits_nothing(&self) -> bool {
        self.admits_nothing
    }

    /// Made ready for the edges of a type, where it admits any.
    #[must_use]
    pub fn test<'g>(&'g self, graph: &'g Graph, relation: TypeId) -> EdgeTest<'g> {
        graph.edge_test(relation, &self.filter)
    }

    /// Whether an edge counts.
    #[must_use]
    pub fn admits(&self, graph: &Graph, edge: EdgeId) -> bool {
        !self.admits_nothing && graph.standing(edge, &self.filter).is_matched()
    }

    /// Whether a node exists at the time that is asked for.
    #[must_use]
    pub fn admits_node(&self, graph: &Graph, node: NodeId) -> bool {
        !self.admits_nothing && graph.exists_at(node, &self.filter)
    }

    /// Whether it admits each node, as far as that can be told without asking them.
    #[must_use]
    pub fn admits_all_nodes(&self, graph: &Graph) -> bool {
        !self.admits_nothing && graph.all_exist_at(&self.filter)
    }
}

/// The nodes of those whose word is asked for.
fn voices(voices: &[Voice], execution: &Execution<'_>, row: Row<'_>) -> Outcome<Vec<NodeId>> {
    let mut nodes = Vec::with_capacity(voices.len());
    for voice in voices {
        let expr = match voice {
            Voice::Node(node) => {
                nodes.push(*node);
                continue;
            }
            Voice::Expr(expr) => expr,
        };
        let value = execution.evaluate(|evaluator| evaluator.value(expr, row))?;
        let each = match &value {
            Value::List(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        for value in each {
            nodes.push(match value {
                Value::Node(node) => *node,
                Value::Text(name) => named(name, &execution.graph.borrow(), expr.span)?,
                other => {
                    let message =
                        format!("a source is named by a string or a node, and this is a {}", other.type_name());
                    return Err(refused(expr.span, &message));
                }
            });
        }
    }
    Ok(nodes)
}

/// The one node whose word a name asks for.
fn named(name: &str, graph: &Graph, span: Span) -> Outcome<NodeId> {
    let found: Vec<NodeId> =
        graph.find_source(name).map(|named| named.nodes.iter().map(|(node, _)| *node).collect()).unwrap_or_default();
    match found.as_slice() {
        [node] => Ok(*node),
        [] => Err(refused(span, &format!("nothing in the graph is named '{name}'"))),
        several => Err(refused(span, &format!("'{name}' is the name of {} nodes; use an id", several.len()))),
    }
}

/// The question on time; none where an end is null.
fn question(time: &BoundTime, execution: &Execution<'_>, row: Row<'_>) -> Outcome<Option<Question>> {
    let end = |point: &Option<BoundPoint>| match point {
        None => Ok(Some(Period::ALL)),
        Some(point) => period(point, execution, row),
    };
    let (Some(first), Some(last)) = (end(&time.from)?, end(&time.to)?) else { return Ok(None) };
    let asked = Period { first: first.first, last: last.last };
    if asked.first > asked.last {
        return Err(refused(
            Span::default(),
            "the span of time runs backwards; the earlier date stands first: DURING 2012..2015",
        ));
    }
    Ok(Some(match time.mode {
        TimeMode::AsOf => Question::AsOf(asked),
        TimeMode::During => Question::During(asked),
        TimeMode::Throughout => Question::Throughout(asked),
    }))
}

/// The period of a point in time: its precision; none of null.
fn period(point: &BoundPoint, execution: &Execution<'_>, row: Row<'_>) -> Outcome<Option<Period>> {
    match point {
        BoundPoint::Date(date) => Ok(Some(date.period())),
        BoundPoint::Today => Ok(Some(Period::of_day(execution.setting.clock.today()))),
        BoundPoint::Expr(expr) => match execution.evaluate(|evaluator| evaluator.value(expr, row))? {
            Value::Null => Ok(None),
            Value::Edtf(date) => Ok(Some(date.period())),
            Value::Temporal(Temporal::Date(date)) => Ok(Some(Edtf::of_date(date).period())),
            Value::Text(text) => Edtf::parse(&text)
                .map(|date| Some(date.period()))
                .map_err(|error| refused(expr.span, &format!("'{text}' is no date: {}", error.message))),
            Value::Int(year) => Edtf::parse(&year.to_string())
                .map(|date| Some(date.period()))
                .map_err(|error| refused(expr.span, &error.message)),
            other => Err(refused(expr.span, &format!("a date is expected, and this is a {}", other.type_name()))),
        },
    }
}

fn refused(span: Span, message: &str) -> RunError {
    RunError::at(span, ErrorClass::ArgumentError, "InvalidArgumentValue", message)
}
