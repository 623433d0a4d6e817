//! Whose word a plan asks for: what it does not ask for is not evidence of its answer.

use crate::graph::EdgeFilter;
use crate::model::NodeId;
use crate::query::bind::tree::{BoundEvidence, BoundPoint, Voice};
use crate::query::plan::{Pipeline, Plan, Step};
use crate::time::Day;

/// The filters on sources of all hops of a plan. A claim backs the answer if one of them lets it; none where some hop
/// asks nobody's word in particular, so that every claim does.
#[must_use]
pub fn source_filters(plan: &Plan, today: Day) -> Vec<EdgeFilter> {
    let mut asked = Vec::new();
    gather(&plan.root, &mut asked);
    let filters: Option<Vec<EdgeFilter>> =
        asked.into_iter().map(|evidence| evidence.and_then(|evidence| filter(evidence, today))).collect();
    filters.unwrap_or_default()
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
            Step::Walk(walk) => asked.push(walk.evidence.as_deref()),
            Step::Optional { inner, .. } | Step::Call { inner, .. } => gather(inner, asked),
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
