//! Content keys: what makes two edges, or two claims, the same in every build.
//!
//! A key is a hash of what is said, never of where it stands: moving a claim to another file, or adding one before
//! it, changes no key. Our own words (notes, quotes, ranks, grades) are no part of it, so that they can be bettered.

use super::record::{Amount, ClaimEntry, Date, Matter, Records, RelationEntry, Text};
use crate::graph::content_key;

/// The key of a claim.
#[must_use]
pub(super) fn claim_key(records: &Records, claim: &ClaimEntry) -> u64 {
    let evidence = &claim.evidence;
    let text = |text: &'_ Option<Text>| text.as_ref().map_or_else(String::new, |text| text.value.clone());
    let date = |date: &'_ Option<Date>| date.as_ref().map_or_else(String::new, |date| date.value.as_str().to_owned());
    let mut fields = vec![records.nodes[claim.node].id.value.clone()];
    fields.extend(said(&claim.matter));
    fields.extend([text(&evidence.source), text(&evidence.at), text(&evidence.attributed_to)]);
    fields.extend([&evidence.from, &evidence.to, &evidence.on, &evidence.observed].map(date));
    fields.extend([evidence.wording.word(), evidence.basis.word()].map(str::to_owned));
    fields.extend([text(&evidence.subject_as), text(&evidence.object_as)]);
    content_key(fields.iter().map(String::as_str))
}

fn said(matter: &Matter) -> Vec<String> {
    let text = |text: &'_ Option<Text>| text.as_ref().map_or_else(String::new, |text| text.value.clone());
    match matter {
        Matter::Kind(kind) => vec!["kind".to_owned(), kind.value.clone()],
        Matter::Name(name) => vec!["name".to_owned(), name.text.value.clone(), name.kind.word().to_owned()],
        Matter::Attribute(attribute) => {
            vec!["attribute".to_owned(), attribute.attribute.value.clone(), attribute.value.value.clone()]
        }
        Matter::Relation(relation) => {
            let RelationEntry { relation, object, office, identity, membership, spell } = relation;
            let mut fields = vec!["relation".to_owned(), relation.value.clone(), object.value.clone()];
            fields.extend([office, identity, membership, spell].map(text));
            fields
        }
        Matter::Figure(figure) => {
            let mut fields = vec!["figure".to_owned(), figure.measure.value.clone(), amount(&figure.amount)];
            fields.extend([&figure.unit, &figure.of, &figure.relative_to, &figure.scope].map(text));
            fields.extend(figure.jointly_with.iter().map(|with| with.value.clone()));
            fields.extend(figure.period.iter().map(|period| period.value.as_str().to_owned()));
            fields
        }
    }
}

fn amount(amount: &Amount) -> String {
    match amount {
        Amount::Exact(value) => format!("={value}"),
        Amount::Range(low, high) => format!("{low}..{high}"),
        Amount::AtLeast(value) => format!(">={value}"),
        Amount::AtMost(value) => format!("<={value}"),
        Amount::About(value) => format!("~{value}"),
        Amount::Words(words) => format!("\"{words}"),
    }
}
