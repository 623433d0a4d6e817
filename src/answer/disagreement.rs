//! Where the sources behind one answer contradict each other.
//!
//! Looks only at the evidence of the answer itself, so that whoever reads an answer is told that its own sources
//! disagree. Finding every disagreement of a graph is another matter.

use indexmap::{IndexMap, IndexSet};

use super::{Evidence, Message};
use crate::model::{NodeId, SourceId};

/// What to say of disagreements: one message each, in the order of the evidence.
#[must_use]
pub fn disagreements(evidence: &Evidence) -> Vec<Message> {
    whole_lists(evidence).into_iter().filter_map(|list| list.message(evidence)).collect()
}

/// The lists that sources mean to be whole, of one thing by one relation type.
struct WholeLists {
    kind: String,
    of: NodeId,
    by_source: IndexMap<SourceId, IndexSet<NodeId>>,
}

/// Gathers the claims that belong to whole lists. Claims are of the object's list: its components, its members.
fn whole_lists(evidence: &Evidence) -> Vec<WholeLists> {
    let mut lists: Vec<WholeLists> = Vec::new();
    for relation in evidence.relations.values() {
        for claim in relation.claims.iter().filter_map(|claim| evidence.claim(*claim)) {
            if !claim.complete || !claim.is_live() {
                continue;
            }
            let found = lists.iter_mut().find(|list| list.kind == relation.kind && list.of == relation.object);
            let list = match found {
                Some(list) => list,
                None => {
                    let (kind, of) = (relation.kind.clone(), relation.object);
                    lists.push(WholeLists { kind, of, by_source: IndexMap::new() });
                    lists.last_mut().expect("just pushed")
                }
            };
            list.by_source.entry(claim.source).or_default().insert(relation.subject);
        }
    }
    lists
}

impl WholeLists {
    fn message(&self, evidence: &Evidence) -> Option<Message> {
        let first = self.by_source.values().next()?;
        let agree = self
            .by_source
            .values()
            .all(|other| other.len() == first.len() && other.iter().all(|it| first.contains(it)));
        if agree {
            return None;
        }
        let name = |node: NodeId| evidence.node(node).and_then(super::Node::title).unwrap_or("?").to_owned();
        let sides = self.by_source.iter().map(|(source, members)| {
            let source = evidence.sources.get(source).map_or("?", |source| source.id.as_str());
            let members: Vec<String> = members.iter().map(|member| name(*member)).collect();
            format!("{source} names {} ({})", members.len(), members.join(", "))
        });
        let sides: Vec<String> = sides.collect();
        let text =
            format!("the sources disagree on the whole list of {} {}: {}", self.kind, name(self.of), sides.join("; "));
        Some(Message::warning(text))
    }
}
