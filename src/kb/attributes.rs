//! Attributes on which all live claims agree: those that a node bears as plain properties.

use indexmap::{IndexMap, IndexSet};

use super::knowledge::Knowledge;
use super::record::{AttributeEntry, Matter};

/// Properties that a node has of itself; an attribute of such a name stays evidence.
const RESERVED: &[&str] = &["id", "name", "kind"];

/// Per node, the attributes of which all live claims say the same, and none denies; of dates that agree, the narrowest.
pub(super) fn undisputed<'r>(knowledge: &Knowledge<'r>) -> IndexMap<usize, Vec<(&'r str, &'r str)>> {
    let mut said: IndexMap<(usize, &str), Vec<Option<&AttributeEntry>>> = IndexMap::new();
    for (claim, timing) in knowledge.records.claims.iter().zip(&knowledge.timings) {
        let Matter::Attribute(attribute) = &claim.matter else { continue };
        let name = attribute.attribute.as_str();
        if claim.evidence.is_live() && !RESERVED.contains(&name) {
            let asserted = timing.stance.asserts().then_some(attribute);
            said.entry((knowledge.canonical[claim.node], name)).or_default().push(asserted);
        }
    }
    let mut attributes: IndexMap<usize, Vec<(&str, &str)>> = IndexMap::new();
    for ((node, name), values) in said {
        let asserted: Option<Vec<&AttributeEntry>> = values.into_iter().collect();
        if let Some(value) = asserted.and_then(|asserted| one_value(&asserted)) {
            attributes.entry(node).or_default().push((name, value));
        }
    }
    attributes
}

fn one_value<'r>(said: &[&'r AttributeEntry]) -> Option<&'r str> {
    let values: IndexSet<&str> = said.iter().map(|attribute| attribute.value.as_str()).collect();
    if values.len() == 1 {
        return values.first().copied();
    }
    let narrowest = said.iter().find(|narrow| {
        said.iter().all(|wide| {
            let dates = narrow.date.as_ref().zip(wide.date.as_ref());
            dates.is_some_and(|(narrow, wide)| narrow.is_narrower_than(wide))
        })
    });
    narrowest.map(|attribute| attribute.value.as_str())
}
