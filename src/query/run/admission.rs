//! Which edges and nodes count under the time and the evidence that a pattern asks for.

use super::expression::Row;
use super::{Execution, Outcome, RunError};
use crate::graph::{EdgeFilter, Graph};
use crate::model::{EdgeId, NodeId, Value};
use crate::query::bind::tree::{BoundEvidence, BoundPoint, BoundTime, TimeMode};
use crate::query::functions::ErrorClass;
use crate::source::Span;
use crate::time::calendar::Temporal;
use crate::time::{Day, Edtf, Period, Question};

/// A pattern's question on time and evidence, resolved for one row.
#[derive(Clone, Debug)]
pub struct Admission {
    filter: EdgeFilter,
}

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
            according_to: evidence.according_to.clone(),
            without: evidence.without.clone(),
            rated: evidence.rated,
            worded: evidence.worded.clone(),
            ..EdgeFilter::default()
        };
        if let Some(time) = &evidence.time {
            filter.question = Some(question(time, execution, row)?);
        }
        if let Some(point) = &evidence.known_by {
            filter.known_by = Some(period(point, execution, row)?.last);
        }
        Ok(Some(Self { filter }))
    }

    /// Whether an edge counts.
    #[must_use]
    pub fn admits(&self, graph: &Graph, edge: EdgeId) -> bool {
        graph.standing(edge, &self.filter).is_matched()
    }

    /// Whether a node exists at the time that is asked for.
    #[must_use]
    pub fn admits_node(&self, graph: &Graph, node: NodeId) -> bool {
        graph.exists_at(node, &self.filter)
    }
}

fn question(time: &BoundTime, execution: &Execution<'_>, row: Row<'_>) -> Outcome<Question> {
    let first = time.from.as_ref().map(|from| period(from, execution, row)).transpose()?;
    let last = time.to.as_ref().map(|to| period(to, execution, row)).transpose()?;
    let asked = Period {
        first: first.map_or(Day::MIN, |period| period.first),
        last: last.map_or(Day::MAX, |period| period.last),
    };
    if asked.first > asked.last {
        return Err(refused(Span::default(), "the span of time runs backwards"));
    }
    Ok(match time.mode {
        TimeMode::AsOf => Question::AsOf(asked),
        TimeMode::During => Question::During(asked),
        TimeMode::Throughout => Question::Throughout(asked),
    })
}

/// The period of a point in time: its precision.
fn period(point: &BoundPoint, execution: &Execution<'_>, row: Row<'_>) -> Outcome<Period> {
    match point {
        BoundPoint::Date(date) => Ok(date.period()),
        BoundPoint::Today => Ok(Period::of_day(execution.setting.clock.today())),
        BoundPoint::Expr(expr) => match execution.evaluate(|evaluator| evaluator.value(expr, row))? {
            Value::Edtf(date) => Ok(date.period()),
            Value::Temporal(Temporal::Date(date)) => Ok(Edtf::of_date(date).period()),
            Value::Text(text) => Edtf::parse(&text)
                .map(|date| date.period())
                .map_err(|error| refused(expr.span, &format!("'{text}' is no date: {}", error.message))),
            Value::Int(year) => Edtf::parse(&year.to_string())
                .map(|date| date.period())
                .map_err(|error| refused(expr.span, &error.message)),
            other => Err(refused(expr.span, &format!("a date is expected, and this is a {}", other.type_name()))),
        },
    }
}

fn refused(span: Span, message: &str) -> RunError {
    RunError::at(span, ErrorClass::ArgumentError, "InvalidArgumentValue", message)
}
