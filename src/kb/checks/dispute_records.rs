//! What a curator records names nodes and sources that are there, says where, and is recorded once.

use indexmap::IndexMap;

use super::unknown_sources;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::kb::knowledge::Knowledge;
use crate::kb::record::{Passage, Text};

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    let records = knowledge.records;
    let mut seen: IndexMap<&str, Place> = IndexMap::new();
    for dispute in &records.disputes {
        nodes(knowledge, &dispute.about, faults);
        for side in &dispute.sides {
            passage(knowledge, &side.passage, !side.silent, "the side", faults);
        }
        if let Some(first) = seen.insert(dispute.id.as_str(), dispute.id.place) {
            let fault = Diagnostic::error(codes::DUPLICATE_ID, format!("two disputes are `{}`", dispute.id.value));
            faults.push(fault.at(dispute.id.place, "again here").with_label(first, "first here"));
        }
    }
    for record in &records.reconciled {
        nodes(knowledge, &record.about, faults);
        for claim in &record.claims {
            passage(knowledge, claim, true, "the reconciled claim", faults);
        }
    }
    for record in &records.left_out {
        passage(knowledge, &record.passage, true, "what was left out", faults);
    }
}

fn nodes(knowledge: &Knowledge<'_>, about: &[Text], faults: &mut Diagnostics) {
    for id in about.iter().filter(|id| knowledge.find(id.as_str()).is_none()) {
        faults.push(
            Diagnostic::error(codes::UNKNOWN_ID, format!("there is no node `{}`", id.value))
                .at(id.place, "no node and no source has this id")
                .with_candidates(knowledge.nearest_ids(id.as_str(), false)),
        );
    }
}

fn passage(knowledge: &Knowledge<'_>, passage: &Passage, has_locator: bool, what: &str, faults: &mut Diagnostics) {
    match &passage.source {
        None => {
            let fault = Diagnostic::error(codes::MISSING_SOURCE, format!("{what} has no source"));
            faults.push(fault.at(passage.head, "no `source` here"));
        }
        Some(id) if !id.value.is_empty() && knowledge.source(id.as_str()).is_none() => {
            faults.push(unknown_sources::fault(knowledge, id));
        }
        Some(_) => {}
    }
    if passage.at.is_none() && has_locator {
        let fault = Diagnostic::error(codes::MISSING_LOCATOR, format!("{what} has no locator"));
        faults.push(fault.at(passage.head, "no `at`: where in its source it stands"));
    }
}
