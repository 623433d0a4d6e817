//! What is said beside an answer whose sources disagree.
//!
//! The rules are the graph's ([`disagreement`]); here their findings on the claims of one
//! answer become messages.

use indexmap::IndexSet;

use crate::answer::{Evidence, Message};
use crate::graph::Graph;
use crate::graph::disagreement::{self, Disagreement};
use crate::model::ClaimId;

/// How many disagreements are told one by one.
const TOLD: usize = 3;

/// What to say of disagreements: one message each for the first few, in the order of the evidence, and how many more
/// there are.
#[must_use]
pub fn disagreements(graph: &Graph, evidence: &Evidence) -> Vec<Message> {
    let claims: IndexSet<ClaimId> = evidence
        .claims
        .values()
        .zip(evidence.claims.keys())
        .filter(|(claim, _)| claim.is_live())
        .map(|(_, id)| *id)
        .collect();
    let mut found = disagreement::among(graph, &claims);
    found.retain(|each| each.is_foremost);
    let mut messages: Vec<Message> = found.iter().take(TOLD).map(|each| message(graph, each)).collect();
    if let Some(more @ 1..) = found.len().checked_sub(TOLD) {
        let subject = found.get(TOLD).and_then(|each| each.about.first()).map(|node| graph.name_of(*node));
        let text = format!("the sources behind this answer disagree on {more} more matters");
        let hint = subject.map(|name| format!("ask: disputes about {name}"));
        messages.push(Message { hint, ..Message::warning(text) });
    }
    messages
}

fn message(graph: &Graph, found: &Disagreement) -> Message {
    let about = found.about.first().map(|node| graph.name_of(*node)).unwrap_or_default();
    let [a, b] = found.sides.each_ref().map(|side| (graph.source_record(side.source).id, side.says.as_str()));
    let text = if a.0 == b.0 {
        format!("{} disagrees with itself on {} ({about}): {}; {}", a.0, found.matter, a.1, b.1)
    } else {
        format!("the sources disagree on {} ({about}): {}: {}; {}: {}", found.matter, a.0, a.1, b.0, b.1)
    };
    Message::warning(text)
}
