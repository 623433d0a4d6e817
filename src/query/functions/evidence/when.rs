//! What is asked of evidence: a time, and whose word counts.
//!
//! As an argument: a date (as of then), or a map with any of `asOf`, `during`, `throughout` (a date, or a list of two,
//! either of them null where it is open), `knownBy` (a date), `accordingTo`, `withoutSource` (names or ids of sources
//! or of those they quote, or nodes), `rated` ('B2'), `worded` (wordings). That is what a statement's modifiers say;
//! without any of it the question is whether something held at some time.

use crate::graph::{EdgeFilter, Graph, reading};
use crate::model::{Claim, ClaimId, EdgeId, Map, NodeId, Value, Wording};
use crate::names;
use crate::query::functions::{Context, FunctionError, ValueKind, dates};
use crate::time::{Edtf, Period, Question, Standing, Why};

/// What may be given as `when`.
pub(super) const KIND: ValueKind =
    ValueKind::OneOf(&[ValueKind::Edtf, ValueKind::Date, ValueKind::String, ValueKind::Integer, ValueKind::Map]);

const KEYS: &[&str] = &["asOf", "during", "throughout", "knownBy", "accordingTo", "withoutSource", "rated", "worded"];

/// A question, and which claims may answer it.
#[derive(Default)]
pub(super) struct When(EdgeFilter);

/// Reading the argument.
impl When {
    /// The question of an argument.
    ///
    /// # Errors
    /// Unknown keys, names and wordings, texts that are no dates.
    pub(super) fn of(context: &Context<'_>, argument: Option<&Value>) -> Result<Self, FunctionError> {
        match argument {
            None | Some(Value::Null) => Ok(Self::default()),
            Some(Value::Map(map)) => Self::of_map(context.graph, map),
            Some(date) => Ok(Self(EdgeFilter::at(Question::AsOf(dates::date(date)?.period())))),
        }
    }

    fn of_map(graph: &Graph, map: &Map) -> Result<Self, FunctionError> {
        let mut when = EdgeFilter::default();
        for (key, value) in map.iter().filter(|(_, value)| !value.is_null()) {
            match &**key {
                "asOf" => when.question = Some(Question::AsOf(period(value)?)),
                "during" => when.question = Some(Question::During(period(value)?)),
                "throughout" => when.question = Some(Question::Throughout(period(value)?)),
                "knownBy" => when.known_by = Some(dates::date(value)?.latest()),
                "accordingTo" => when.according_to = Some(each(value, |name| voice(graph, name))?),
                "withoutSource" => when.without = each(value, |name| voice(graph, name))?,
                "rated" => when.rated = Some(grade(value)?),
                "worded" => when.worded = each(value, wording)?,
                other => {
                    let error =
                        FunctionError::bad_argument(format!("'{other}' is nothing that can be asked of evidence"));
                    let near = names::nearest(KEYS.iter().copied(), other, 1);
                    let known = if near.is_empty() { KEYS.join(", ") } else { near.concat() };
                    return Err(error.with_hint(format!("write {known}")));
                }
            }
        }
        Ok(Self(when))
    }
}

/// A date as the period that it stands for, or a list of two as all from the one to the other.
fn period(value: &Value) -> Result<Period, FunctionError> {
    let Value::List(ends) = value else { return Ok(dates::date(value)?.period()) };
    let [from, to] = ends.as_slice() else {
        return Err(FunctionError::bad_argument("a span of time has two ends"));
    };
    let end =
        |value: &Value| if value.is_null() { Ok(Period::ALL) } else { dates::date(value).map(|date| date.period()) };
    Period::new(end(from)?.first, end(to)?.last)
        .ok_or_else(|| FunctionError::bad_argument("the span of time runs backwards"))
}

/// Each item of a list, or the value itself.
fn each<T>(value: &Value, read: impl Fn(&Value) -> Result<T, FunctionError>) -> Result<Vec<T>, FunctionError> {
    if let Value::List(items) = value { items.iter().map(read).collect() } else { Ok(vec![read(value)?]) }
}

/// Whose word: a node, or the id or name of one.
fn voice(graph: &Graph, value: &Value) -> Result<NodeId, FunctionError> {
    match value {
        Value::Node(node) => Ok(*node),
        Value::Text(name) => super::super::naming::voice_named(graph, name),
        other => {
            let message = format!("a source is named by a string or a node, not by {}", ValueKind::of(other));
            Err(FunctionError::wrong_value(message))
        }
    }
}

fn wording(value: &Value) -> Result<Wording, FunctionError> {
    let word = value.as_text().unwrap_or_default();
    Wording::from_word(&word.to_lowercase()).ok_or_else(|| {
        let known: Vec<&str> = Wording::ALL.iter().map(|each| each.word()).collect();
        FunctionError::bad_argument(format!("'{word}' is no wording")).with_hint(format!("write {}", known.join(", ")))
    })
}

/// `B2`: reliability B or better, credibility 2 or better.
fn grade(value: &Value) -> Result<(char, u8), FunctionError> {
    let text = value.as_text().unwrap_or_default();
    if let [letter @ b'A'..=b'F', digit @ b'1'..=b'6'] = text.to_ascii_uppercase().as_bytes() {
        return Ok((char::from(*letter), digit - b'0'));
    }
    let error = FunctionError::bad_argument(format!("'{text}' is no grade of the Admiralty code"));
    Err(error.with_hint("write a letter from A to F and a digit from 1 to 6, such as B2"))
}

/// Asking it.
impl When {
    /// Whether a claim is live and may answer.
    pub(super) fn admits(&self, graph: &Graph, claim: ClaimId) -> bool {
        graph.counts(claim, &self.0)
    }

    /// Whether a date may lie in the time that is asked for; what has no date may.
    pub(super) fn may_be_within(&self, date: Option<&Edtf>) -> bool {
        let asked = self.0.asked().period();
        date.is_none_or(|date| date.readings().iter().any(|reading| reading.overlaps(asked)))
    }

    /// How an edge stands.
    pub(super) fn standing(&self, graph: &Graph, edge: EdgeId) -> Standing {
        graph.standing(edge, &self.0)
    }

    /// Why an edge is not certain; `None` where it is, or does not hold.
    pub(super) fn why(&self, graph: &Graph, edge: EdgeId) -> Option<Why> {
        graph.why(edge, &self.0)
    }

    /// The claims that say that the edge holds, whenever.
    pub(super) fn backing<'g>(&self, graph: &'g Graph, edge: EdgeId) -> Vec<Claim<'g>> {
        let claims = graph.claims_under(edge, &self.0).map(|claim| graph.claim(claim));
        claims.filter(|claim| reading(claim).is_some_and(|reading| reading.stance.asserts())).collect()
    }

    /// The claims that an answer about an edge rests on: those by which it holds; if it is disputed, all.
    pub(super) fn claims_of_edge(&self, graph: &Graph, edge: EdgeId) -> Vec<ClaimId> {
        let takes_all = self.0.question.is_none() || self.standing(graph, edge) == Standing::Disputed;
        let class = graph.edge_time(edge).class;
        let holds = |claim: &ClaimId| {
            let alone = reading(&graph.claim(*claim));
            alone.is_some_and(|alone| Standing::combine(&[alone], self.0.asked(), class).is_matched())
        };
        graph.claims_under(edge, &self.0).filter(|claim| takes_all || holds(claim)).collect()
    }

    /// How many witnesses say that the edge holds: copies of one story are one.
    pub(super) fn witnesses(&self, graph: &Graph, edge: EdgeId) -> usize {
        let backing = self.backing(graph, edge);
        let mut origins: Vec<&str> = backing.iter().map(|claim| graph.source_record(claim.source).origin).collect();
        origins.sort_unstable();
        origins.dedup();
        origins.len()
    }

    /// Whether anything is asked of time or sources at all.
    pub(super) fn asks(&self) -> bool {
        self.0 != EdgeFilter::default()
    }
}
