//! A name stands for one actor: a look-up of a shared one is ambiguous, and the reader of an answer must choose.
//!
//! Only nodes that have a kind in common are compared: that a state and its capital share a name confuses nobody.
//! Nodes that are claimed to be the same, or to be distinct, are known to share it.

use indexmap::{IndexMap, IndexSet};

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;
use crate::kb::record::{ClaimEntry, Matter, NameEntry};
use crate::names::fold;

const IDENTITY: &str = "identity";

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    let mut bearers: IndexMap<String, Vec<(usize, &NameEntry)>> = IndexMap::new();
    for claim in &knowledge.records.claims {
        let Matter::Name(name) = &claim.matter else { continue };
        let bearers = bearers.entry(fold(name.text.as_str())).or_default();
        if !bearers.iter().any(|(node, _)| *node == claim.node) {
            bearers.push((claim.node, name));
        }
    }
    let told_apart = told_apart(knowledge);
    for bearers in bearers.values() {
        for (at, (second, name)) in bearers.iter().enumerate() {
            let clash = bearers[..at].iter().find(|(first, _)| {
                are_alike(knowledge, *first, *second) && !told_apart.contains(&pair(*first, *second))
            });
            if let Some((first, earlier)) = clash {
                faults.push(fault(knowledge, (*first, earlier), (*second, name)));
            }
        }
    }
}

fn are_alike(knowledge: &Knowledge<'_>, a: usize, b: usize) -> bool {
    let labels = |node: usize| knowledge.labels(knowledge.records.nodes[node].id.as_str());
    labels(a).zip(labels(b)).is_some_and(|(a, b)| a.iter().any(|label| b.contains(label)))
}

fn told_apart(knowledge: &Knowledge<'_>) -> IndexSet<(usize, usize)> {
    let is_identity = |claim: &&ClaimEntry| {
        let known = claim.relation().and_then(|relation| knowledge.relation_type(relation));
        known.is_some_and(|known| known.role == IDENTITY)
    };
    let claims = knowledge.records.claims.iter().filter(is_identity);
    let pairs = claims.filter_map(|claim| {
        let object = knowledge.node(claim.relation()?.object.as_str())?;
        Some(pair(claim.node, object))
    });
    pairs.collect()
}

fn pair(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

fn fault(knowledge: &Knowledge<'_>, first: (usize, &NameEntry), second: (usize, &NameEntry)) -> Diagnostic {
    let id = |node: usize| knowledge.records.nodes[node].id.as_str();
    let (a, b) = (&first.1.text, &second.1.text);
    let how = if a.value == b.value { "share the name" } else { "have names that fold alike:" };
    let names = if a.value == b.value { format!("`{}`", a.value) } else { format!("`{}` and `{}`", a.value, b.value) };
    let message = format!("`{}` and `{}` {how} {names}", id(first.0), id(second.0));
    Diagnostic::warning(codes::SHARED_NAME, message)
        .at(b.place, format!("also a name of `{}`", id(first.0)))
        .with_label(a.place, "borne here")
        .with_help("say with DISTINCT_FROM that they are two, or with SAME_AS that they are one")
}
