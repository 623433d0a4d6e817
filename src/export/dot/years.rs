//! Descent ranked by year: a spine of years, and beside each year the bodies that came about in it.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::edge;
use crate::answer::{Evidence, Relation};
use crate::model::NodeId;
use crate::time::Edtf;

/// Whether a relation is one of descent.
pub fn is_descent(relation: &Relation) -> bool {
    relation.earlier.is_some()
}

/// The bodies of each year, for those bodies of a lineage whose year is known.
pub fn by_year(evidence: &Evidence) -> BTreeMap<i32, Vec<NodeId>> {
    let mut years: IndexMap<NodeId, i32> = IndexMap::new();
    for relation in evidence.relations.values().filter(|relation| is_descent(relation)) {
        let (earlier, later, _) = edge::ends(relation);
        for node in [earlier, later] {
            let founded = evidence.node(node).and_then(|record| record.since.as_deref()).and_then(year);
            if let Some(founded) = founded {
                years.insert(node, founded);
            }
        }
        // A body whose founding nobody dates is there by the year of its descent.
        if let (false, Some(descent)) = (years.contains_key(&later), relation.since.as_deref().and_then(year)) {
            years.insert(later, descent);
        }
    }
    let mut by_year: BTreeMap<i32, Vec<NodeId>> = BTreeMap::new();
    for (node, year) in years {
        by_year.entry(year).or_default().push(node);
    }
    by_year
}

/// The year of a date, where it can be only one.
fn year(date: &str) -> Option<i32> {
    let date = Edtf::parse(date).ok()?;
    let first = date.earliest().to_ymd()?.0;
    let last = date.latest().to_ymd()?.0;
    (first == last).then_some(first)
}
