//! A rupture ends what was open between the two: by the types that its own type `ends`.
//!
//! The break-up of a pair bounds the end of each open episode of theirs, in either direction, that is not known to
//! have started or been seen after it. An end that a source gives stands: then the sources disagree, and both are
//! shown.

use super::knowledge::Knowledge;
use super::record::{ClaimEntry, RelationEntry};
use super::timing::Timing;
use crate::time::{Bounds, Stance, TimeClass};

/// A firm rupture of two nodes.
struct Rupture<'r> {
    ends: &'r [String],
    pair: (&'r str, &'r str),
    when: Bounds,
}

/// The timing of every claim, with the ends that ruptures set.
pub(super) fn close(knowledge: &Knowledge<'_>) -> Vec<Timing> {
    let ruptures = ruptures(knowledge);
    let claims = knowledge.records.claims.iter().zip(&knowledge.timings);
    claims
        .map(|(claim, timing)| ruptures.iter().fold(timing.clone(), |now, each| closed(knowledge, claim, now, each)))
        .collect()
}

fn ruptures<'r>(knowledge: &Knowledge<'r>) -> Vec<Rupture<'r>> {
    let claims = knowledge.records.claims.iter().zip(&knowledge.timings);
    let firm = claims.filter(|(claim, timing)| claim.evidence.is_live() && timing.stance == Stance::Firm);
    let ruptures = firm.filter_map(|(claim, timing)| {
        let relation = claim.relation()?;
        let ends = knowledge.relation_type(relation)?.ends.as_slice();
        let is_dated = timing.bounds.s1.is_bounded() || timing.bounds.s2.is_bounded();
        let pair = pair(knowledge, claim, relation);
        (!ends.is_empty() && is_dated).then_some(Rupture { ends, pair, when: timing.bounds })
    });
    ruptures.collect()
}

fn closed(knowledge: &Knowledge<'_>, claim: &ClaimEntry, timing: Timing, rupture: &Rupture<'_>) -> Timing {
    let Some(relation) = claim.relation() else { return timing };
    let (subject, object) = pair(knowledge, claim, relation);
    let is_of_pair = rupture.pair == (subject, object) || rupture.pair == (object, subject);
    let is_open = claim.evidence.to.as_ref().is_none_or(|to| to.value.is_open_end());
    let is_ended = rupture.ends.iter().any(|name| name == relation.relation.as_str());
    if !(is_of_pair && is_open && is_ended && timing.stance.asserts()) {
        return timing;
    }
    let bounds = timing.bounds;
    // What has happened is in force up to its source's date by rule, not because the source saw it then.
    let is_by_rule = timing.class == TimeClass::LastingEvent && claim.evidence.observed.is_none();
    let e1 = if is_by_rule { bounds.e1.min(rupture.when.s1.max(bounds.s1)) } else { bounds.e1 };
    let ended = Bounds { e1, e2: bounds.e2.min(rupture.when.s2), ..bounds };
    match ended.tightened() {
        Some(bounds) => Timing { bounds, ..timing },
        None => timing,
    }
}

/// The ids that stand for both ends.
fn pair<'r>(knowledge: &Knowledge<'r>, claim: &ClaimEntry, relation: &'r RelationEntry) -> (&'r str, &'r str) {
    let subject = knowledge.subject(claim).id.as_str();
    (knowledge.canonical_id(subject), knowledge.canonical_id(relation.object.as_str()))
}
