//! Nothing is claimed twice: by the same source, at the same place, of the same time.

use indexmap::IndexMap;

use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::kb::content;
use crate::kb::knowledge::Knowledge;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    let mut first: IndexMap<(usize, u64), Place> = IndexMap::new();
    for claim in &knowledge.records.claims {
        // A node that is given twice is one fault, not one for each of its claims.
        let key = (claim.node, content::claim_key(knowledge.records, claim));
        if let Some(earlier) = first.get(&key) {
            let message = format!("a claim on `{}` is given twice", knowledge.subject(claim).id.value);
            faults.push(
                Diagnostic::warning(codes::DUPLICATE_CLAIM, message)
                    .at(claim.head, "given again")
                    .with_label(*earlier, "first given here"),
            );
        } else {
            first.insert(key, claim.head);
        }
    }
}
