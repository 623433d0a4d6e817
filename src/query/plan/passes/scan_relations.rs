//! All nodes, and from each of them a hop: all relations of the hop's types instead, as they lie.

use super::Surroundings;
use crate::query::bind::bound::LabelTest;
use crate::query::bind::tree::{RelTypes, Way};
use crate::query::plan::columns::is_for_all_rows;
use crate::query::plan::logical::{Expand, Pipeline, ScanBy, ScanRelations, Step, Takes};

/// `Scan a, Expand a → b` becomes `ScanRelations`, where the scan would find most nodes anyway.
pub(super) fn rewrite(pipeline: &mut Pipeline, surroundings: &Surroundings<'_>) {
    if surroundings.literally {
        return;
    }
    let mut at = 0;
    while at + 1 < pipeline.steps.len() {
        if let (Step::Scan { slot, by }, Step::Expand(expand)) = (&pipeline.steps[at], &pipeline.steps[at + 1])
            && *slot == expand.from
            && has_one_way(expand)
            && finds_most(by, surroundings)
        {
            let scan = ScanRelations { expand: expand.clone(), from_labels: labels_of(by) };
            pipeline.steps[at] = Step::ScanRelations(Box::new(scan));
            pipeline.steps.remove(at + 1);
        }
        at += 1;
    }
}

/// Whether it goes to a new node, by relations of certain types in one direction each.
fn has_one_way(expand: &Expand) -> bool {
    let is_new = !expand.to_is_bound && !expand.rel_is_bound && expand.from_is_bound && expand.from != expand.to;
    let RelTypes::These(types) = &expand.types else { return false };
    // Relations that differ from others are found one by one, and what is asked for once ends with the first.
    is_new
        && expand.takes == Takes::Each
        && expand.unlike.is_empty()
        && is_for_all_rows(expand.evidence.as_deref())
        && types.iter().all(|(_, way)| *way != Way::Either)
}

/// Whether a scan finds at least every other node.
fn finds_most(by: &ScanBy, surroundings: &Surroundings<'_>) -> bool {
    let graph = surroundings.graph;
    match by {
        ScanBy::All => true,
        ScanBy::Label(label) => graph.label_count(*label) * 2 >= graph.node_count(),
        ScanBy::Is(_) | ScanBy::Text { .. } => false,
    }
}

/// What a scan asks of a node's labels.
fn labels_of(by: &ScanBy) -> Option<LabelTest> {
    match by {
        ScanBy::Label(label) => Some(LabelTest::Label(Some(*label))),
        _ => None,
    }
}
