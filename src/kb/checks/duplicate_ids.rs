//! A node or source is defined once; both share one space of ids.

use indexmap::IndexMap;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;
use crate::kb::record::Text;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    let records = knowledge.records;
    let ids = records.sources.iter().map(|source| &source.id).chain(records.nodes.iter().map(|node| &node.id));
    let mut first: IndexMap<&str, &Text> = IndexMap::new();
    for id in ids {
        if let Some(earlier) = first.get(id.as_str()) {
            faults.push(
                Diagnostic::error(codes::DUPLICATE_ID, format!("the id `{}` is given twice", id.value))
                    .at(id.place, "given again")
                    .with_label(earlier.place, "first given here")
                    .with_help("add the claims to the one, or give the other an id of its own"),
            );
        } else {
            first.insert(id.as_str(), id);
        }
    }
}
