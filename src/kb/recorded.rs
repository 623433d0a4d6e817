//! What a curator recorded, as the graph keeps it.

use indexmap::IndexSet;

use super::knowledge::Knowledge;
use super::record::{DisputeEntry, Passage, Records, Text};
use crate::model::{Citation, CuratorRecords, LeftOut, ReconciledClaims, RecordedDispute, RecordedSide};

/// The records, with the ids of joined nodes made one.
pub(super) fn curator_records(knowledge: &Knowledge<'_>) -> CuratorRecords {
    let Records { disputes, reconciled, left_out, .. } = knowledge.records;
    let disputes = disputes.iter().map(|entry| dispute(knowledge, entry));
    let reconciled = reconciled.iter().map(|entry| ReconciledClaims {
        about: ids(knowledge, &entry.about),
        matter: entry.matter.value.clone(),
        kind: entry.kind,
        why: entry.why.value.clone(),
        claims: entry.claims.iter().map(citation).collect(),
    });
    let left_out = left_out.iter().map(|entry| LeftOut {
        passage: citation(&entry.passage),
        why: entry.why,
        note: entry.note.as_ref().map(|note| note.value.clone()),
    });
    CuratorRecords { disputes: disputes.collect(), reconciled: reconciled.collect(), left_out: left_out.collect() }
}

fn dispute(knowledge: &Knowledge<'_>, entry: &DisputeEntry) -> RecordedDispute {
    let sides = entry.sides.iter().map(|side| {
        let Citation { source, at } = citation(&side.passage);
        RecordedSide { says: side.says.value.clone(), source, at, silent: side.silent }
    });
    RecordedDispute {
        id: entry.id.value.clone(),
        about: ids(knowledge, &entry.about),
        matter: entry.matter.value.clone(),
        kind: entry.kind,
        note: entry.note.as_ref().map(|note| note.value.clone()),
        sides: sides.collect(),
    }
}

fn ids(knowledge: &Knowledge<'_>, about: &[Text]) -> Vec<String> {
    let ids: IndexSet<&str> = about.iter().map(|id| knowledge.canonical_id(id.as_str())).collect();
    ids.into_iter().map(str::to_owned).collect()
}

fn citation(passage: &Passage) -> Citation {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    Citation { source: text(&passage.source), at: text(&passage.at) }
}
