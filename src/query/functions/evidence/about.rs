//! What is said of a node itself: its attributes, the dates of its life, and all claims about it.

use indexmap::IndexMap;

use super::When;
use super::spell::most_exact;
use crate::graph::{Direction, Graph, stance};
use crate::model::{Claim, ClaimId, LIFE_DATES, NodeId, RECORDED_SIDE, Value};
use crate::query::functions::dates;
use crate::query::functions::naming::said;
use crate::time::{Edtf, Stance, Standing};

/// Every claim about a node and about its relations, denials among them; deprecated ones left out.
pub(super) fn all_claims(graph: &Graph, node: NodeId, when: &When) -> Vec<ClaimId> {
    let own = graph.claims_of_node(node).filter(|claim| when.admits(graph, *claim));
    let edges = graph.types().flat_map(|relation| graph.neighbours(node, relation, Direction::Both));
    own.chain(edges.flat_map(|(edge, _)| when.claims_of_edge(graph, edge))).collect()
}

/// The live claims on attributes: all about the node but its kind, its names, its figures, and what joins it.
fn on_attributes<'g>(graph: &'g Graph, node: NodeId, when: &'g When) -> impl Iterator<Item = Claim<'g>> {
    let figures: Vec<ClaimId> = graph.figures_of(node).map(|figure| figure.claim).collect();
    let claims = graph.claims_of_node(node).filter(move |claim| !figures.contains(claim) && when.admits(graph, *claim));
    let is_attribute = |claim: &Claim<'_>| {
        !matches!(claim.matter, "kind" | "name" | RECORDED_SIDE) && !graph.schema().types.contains_key(claim.matter)
    };
    claims.map(|claim| graph.claim(claim)).filter(is_attribute)
}

/// Maps of `attribute`, `value`, `since`, `until`, `wording`, `attributed_to`, `source`, `claim`; one a claim.
pub(super) fn attributes(graph: &Graph, node: NodeId, when: &When) -> Vec<Value> {
    let maps = on_attributes(graph, node, when).map(|claim| {
        Value::map([
            ("attribute", claim.matter.into()),
            ("value", said(claim.value)),
            ("since", dates::read(claim.from.or(claim.on))),
            ("until", dates::read(claim.to)),
            ("wording", claim.wording.word().into()),
            ("attributed_to", claim.attributed_to.map_or(Value::Null, Value::Node)),
            ("source", graph.source_record(claim.source).id.into()),
            ("claim", Value::Claim(claim.handle)),
        ])
    });
    maps.collect()
}

/// Maps of `time`, `event`, `matter`, `certainty`, `claims`: the dates of a node's life, each as exactly as the claims
/// agree on it. Dates of one matter that no day reconciles are disputed.
pub(super) fn life_dates(graph: &Graph, node: NodeId, when: &When) -> Vec<Value> {
    let mut by_matter: IndexMap<&str, Vec<(Claim<'_>, Edtf)>> = IndexMap::new();
    for claim in on_attributes(graph, node, when).filter(|claim| LIFE_DATES.contains(&claim.matter)) {
        if let Ok(date) = Edtf::parse(claim.value) {
            by_matter.entry(claim.matter).or_default().push((claim, date));
        }
    }
    let mut found = Vec::new();
    for (matter, said) in by_matter {
        let mut dates = most_exact(said.iter().map(|(_, date)| date.clone()));
        dates.sort_by(Edtf::sort_order);
        dates.dedup_by(|a, b| a.as_str() == b.as_str());
        let is_disputed = dates.iter().any(|a| dates.iter().any(|b| !a.period().overlaps(b.period())));
        for date in dates.iter().filter(|date| when.may_be_within(Some(date))) {
            let behind: Vec<&Claim<'_>> =
                said.iter().filter(|(_, other)| date.is_narrower_than(other)).map(|(claim, _)| claim).collect();
            let Some(standing) = standing(&behind, is_disputed) else { continue };
            found.push(Value::map([
                ("time", dates::read(Some(date.as_str()))),
                ("event", format!("{} {}", graph.name_of(node), happened(matter)).into()),
                ("matter", matter.into()),
                ("certainty", standing.word().into()),
                ("claims", Value::list(behind.iter().map(|claim| Value::Claim(claim.handle)).collect())),
            ]));
        }
    }
    found
}

/// How a date stands on its claims; none where they only deny it.
fn standing(claims: &[&Claim<'_>], has_rivals: bool) -> Option<Standing> {
    let stances: Vec<Stance> = claims.iter().map(|claim| stance(claim.wording, claim.basis)).collect();
    let is_firm = stances.contains(&Stance::Firm);
    if !stances.iter().any(|stance| stance.asserts()) {
        None
    } else if has_rivals || is_firm && stances.contains(&Stance::Denied) {
        Some(Standing::Disputed)
    } else {
        Some(if is_firm { Standing::Certain } else { Standing::Possible })
    }
}

fn happened(matter: &str) -> &str {
    match matter {
        "founded" => "was founded",
        "dissolved" => "was dissolved",
        "born" => "was born",
        "occurred" => "took place",
        other => other,
    }
}
