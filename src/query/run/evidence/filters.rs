//! What a plan asks of relations: whose word, and of which time. What it does not ask for is not evidence of its answer.

use crate::graph::EdgeFilter;
use crate::model::NodeId;
use crate::query::bind::tree::{BoundEvidence, BoundPoint, BoundTime, TimeMode, Voice};
use crate::query::plan::{Pipeline, Plan, Step};
use crate::time::{Day, Period, Question};

/// What a plan asks of the relations that it walks.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The filters on sources of all its hops. A claim backs the answer if one of them lets it; none where some hop asks
    /// nobody's word in particular, so that every claim does.
    pub sources: Vec<EdgeFilter>,
    /// The time that all of its hops ask for; none where they ask for none, or for several.
    pub time: Option<Question>,
}

impl Asked {
    /// What a plan asks.
    #[must_use]
    pub fn of(plan: &Plan, today: Day) -> Self {
        let mut asked = Vec::new();
        gather(&plan.root, &mut asked);
        let sources: Option<Vec<EdgeFilter>> =
            asked.iter().map(|evidence| evidence.and_then(|evidence| filter(evidence, today))).collect();
        let mut times =
            asked.iter().map(|evidence| evidence.and_then(|evidence| question(evidence.time.as_ref()?, today)));
        let first = times.next().flatten();
        Self { sources: sources.unwrap_or_default(), time: first.filter(|_| times.all(|time| time == first)) }
    }

    /// The filter that says how a relation of the answer stands.
    #[must_use]
    pub fn filter(&self) -> EdgeFilter {
        let sources = match self.sources.as_slice() {
            [one] => one.clone(),
            _ => EdgeFilter::default(),
        };
        EdgeFilter { question: self.time, ..sources }
    }
}

/// Whether the rows of a plan rest on relations.
#[must_use]
pub fn rests_on_relations(plan: &Plan) -> bool {
    let mut asked = Vec::new();
    gather(&plan.root, &mut asked);
    !asked.is_empty()
}

fn gather<'p>(pipeline: &'p Pipeline, asked: &mut Vec<Option<&'p BoundEvidence>>) {
    for step in &pipeline.steps {
        match step {
            Step::Expand(hop) => asked.push(hop.evidence.as_deref()),
            Step::ScanRelations(scan) => asked.push(scan.expand.evidence.as_deref()),
            Step::Intersect(both) => asked.extend([both.first.evidence.as_deref(), both.second.evidence.as_deref()]),
            Step::Walk(walk) => asked.push(walk.evidence.as_deref()),
            Step::Optional { inner, .. } | Step::Call { inner, .. } => gather(inner, asked),
            Step::Join(join) => gather(&join.inner, asked),
            Step::Union { branches, .. } => branches.iter().for_each(|(branch, _)| gather(branch, asked)),
            _ => {}
        }
    }
}

/// Voices that are known without a row; `None` where one is not.
fn known(voices: &[Voice]) -> Option<Vec<NodeId>> {
    let node = |voice: &Voice| match voice {
        Voice::Node(node) => Some(*node),
        Voice::Expr(_) => None,
    };
    voices.iter().map(node).collect()
}

/// The part that asks of sources; `None` where there is none, or its date or a voice is known by row only.
fn filter(evidence: &BoundEvidence, today: Day) -> Option<EdgeFilter> {
    let known_by = match &evidence.known_by {
        None => None,
        Some(BoundPoint::Date(date)) => Some(date.period().last),
        Some(BoundPoint::Today) => Some(today),
        Some(BoundPoint::Expr(_)) => return None,
    };
    let filter = EdgeFilter {
        according_to: match &evidence.according_to {
            Some(voices) => Some(known(voices)?),
            None => None,
        },
        without: known(&evidence.without)?,
        rated: evidence.rated,
        worded: evidence.worded.clone(),
        known_by,
        ..EdgeFilter::default()
    };
    filter.asks_of_sources().then_some(filter)
}

/// The question on time; `None` where a date is known by row only, or the span runs backwards.
fn question(time: &BoundTime, today: Day) -> Option<Question> {
    let end = |point: &Option<BoundPoint>| match point {
        None => Some(Period::ALL),
        Some(BoundPoint::Date(date)) => Some(date.period()),
        Some(BoundPoint::Today) => Some(Period::of_day(today)),
        Some(BoundPoint::Expr(_)) => None,
    };
    let asked = Period { first: end(&time.from)?.first, last: end(&time.to)?.last };
    (asked.first <= asked.last).then_some(match time.mode {
        TimeMode::AsOf => Question::AsOf(asked),
        TimeMode::During => Question::During(asked),
        TimeMode::Throughout => Question::Throughout(asked),
    })
}
