//! Something rests on every source.

use indexmap::IndexSet;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;
use crate::kb::record::Text;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    let records = knowledge.records;
    let mut used: IndexSet<&str> = IndexSet::new();
    for claim in &records.claims {
        let object = claim.relation().map(|relation| &relation.object);
        let evidence = &claim.evidence;
        let named = evidence.source.iter().chain(&evidence.attributed_to).chain(object);
        used.extend(named.map(Text::as_str));
    }
    used.extend(records.sources.iter().filter_map(|source| source.same_origin.as_ref()).map(Text::as_str));
    for source in records.sources.iter().filter(|source| !used.contains(source.id.as_str())) {
        let message = format!("nothing rests on the source `{}`", source.id.value);
        faults.push(Diagnostic::warning(codes::ORPHANED_SOURCE, message).at(source.id.place, "no claim names it"));
    }
}
