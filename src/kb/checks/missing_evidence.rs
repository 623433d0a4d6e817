//! Every claim has a source and a locator.

use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::kb::knowledge::Knowledge;
use crate::kb::record::Matter;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    // The kind and the preferred name of a node are two claims with one evidence, and one fault.
    let mut reported: Vec<(Place, &str)> = Vec::new();
    for claim in &knowledge.records.claims {
        let what = what(&claim.matter);
        let missing = [
            (claim.evidence.source.is_none(), codes::MISSING_SOURCE, "no `source` here, and none in the node"),
            (claim.evidence.at.is_none(), codes::MISSING_LOCATOR, "no `at`: where in its source it stands"),
        ];
        for (is_missing, code, label) in missing {
            if is_missing && !reported.contains(&(claim.head, code.id)) {
                reported.push((claim.head, code.id));
                let thing = if code == codes::MISSING_SOURCE { "source" } else { "locator" };
                let id = &knowledge.subject(claim).id.value;
                let message = match claim.matter {
                    Matter::Kind(_) => format!("the node `{id}` has no {thing}"),
                    _ => format!("{what} of `{id}` has no {thing}"),
                };
                faults.push(Diagnostic::error(code, message).at(claim.head, label));
            }
        }
    }
}

fn what(matter: &Matter) -> String {
    match matter {
        Matter::Kind(_) => "the kind".to_owned(),
        Matter::Name(name) => format!("the name `{}`", name.text.value),
        Matter::Attribute(attribute) => format!("the attribute `{}`", attribute.attribute.value),
        Matter::Relation(relation) => format!("the relation `{} {}`", relation.relation.value, relation.object.value),
        Matter::Figure(figure) => format!("the figure `{}`", figure.measure.value),
    }
}
