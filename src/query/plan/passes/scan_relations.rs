//! All nodes, and from each of them a hop: all relations of the hop's types instead, as they lie.

use super::Surroundings;
use crate::query::bind::bound::LabelTest;
use crate::query::bind::tree::{RelTypes, Way};
use crate::query::plan::columns::is_for_all_rows;
use crate::query::plan::logical::{Expand, Pipeline, ScanBy, ScanRelations, Step, Takes};

/// `Scan a, Expand a → b` becomes `ScanRelations`, where the scan would find most nodes anyway. Whether `a` exists at the time
/// that is asked for is tested behind it.
pub(super) fn rewrite(pipeline: &mut Pipeline, surroundings: &Surroundings<'_>) {
    if surroundings.literally {
        return;
    }
    let mut at = 0;
    while at + 1 < pipeline.steps.len() {
        let tests = pipeline.steps[at + 1..].iter().take_while(|step| matches!(step, Step::Exists(..))).count();
        if let (Step::Scan { slot, by }, Some(Step::Expand(expand))) =
            (&pipeline.steps[at], pipeline.steps.get(at + 1 + tests))
            && *slot == expand.from
            && has_one_way(expand)
            && finds_most(by, surroundings)
        {
            let mut expand = expand.clone();
            if let RelTypes::Any(way) = expand.types {
                expand.types = RelTypes::These(surroundings.graph.types().map(|each| (each, way)).collect());
            }
            let scan = ScanRelations { expand, from_labels: labels_of(by) };
            pipeline.steps[at] = Step::ScanRelations(Box::new(scan));
            pipeline.steps.remove(at + 1 + tests);
        }
        at += 1;
    }
}

/// Whether it goes to a new node, by relations in one direction each.
fn has_one_way(expand: &Expand) -> bool {
    let is_new = !expand.to_is_bound && !expand.rel_is_bound && expand.from_is_bound && expand.from != expand.to;
    let goes_either_way = match &expand.types {
        RelTypes::Any(way) => *way == Way::Either,
        RelTypes::These(types) => types.iter().any(|(_, way)| *way == Way::Either),
    };
    // Relations that differ from others are found one by one, and what is asked for once ends with the first.
    let is_each = expand.takes == Takes::Each && expand.unlike.is_empty();
    is_new && is_each && is_for_all_rows(expand.evidence.as_deref()) && !goes_either_way
}

/// Whether a scan finds at least every other node.
fn finds_most(by: &ScanBy, surroundings: &Surroundings<'_>) -> bool {
    let graph = surroundings.graph;
    match by {
        ScanBy::All => true,
        ScanBy::Label(label) => graph.label_count(*label) * 2 >= graph.node_count(),
        ScanBy::Is(_) | ScanBy::Value(_) => false,
    }
}

/// What a scan asks of a node's labels.
fn labels_of(by: &ScanBy) -> Option<LabelTest> {
    match by {
        ScanBy::Label(label) => Some(LabelTest::Label(Some(*label))),
        _ => None,
    }
}
