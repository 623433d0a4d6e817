//! Descent ranked by year: a spine of years, and beside each year the bodies that came about in it.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::edge;
use crate::answer::{Evidence, Relation};
use crate::model::{End, NodeId};
use crate::time::Edtf;

/// Whether a relation is one of descent.
pub fn is_descent(relation: &Relation) -> bool {
    relation.earlier.is_some()
}

/// The year in which each body came about, for those bodies of a lineage where it is known.
pub fn founding_years(evidence: &Evidence) -> IndexMap<NodeId, i32> {
    let mut years: IndexMap<NodeId, i32> = IndexMap::new();
    for relation in evidence.relations.values().filter(|relation| is_descent(relation)) {
        let (earlier, later, _) = edge::ends(relation);
        for node in [earlier, later] {
            let founded = evidence.node(node).and_then(|record| record.since.as_deref()).and_then(year);
            if let Some(founded) = founded {
                years.insert(node, founded);
            }
        }
        // A body whose founding nobody dates is there by the year of its descent; one that took another in may be
        // much older.
        let is_new = relation.earlier == Some(End::Object);
        if let (true, false, Some(descent)) =
            (is_new, years.contains_key(&later), relation.since.as_deref().and_then(year))
        {
            years.insert(later, descent);
        }
    }
    years
}

/// The bodies of each year.
pub fn by_year(evidence: &Evidence) -> BTreeMap<i32, Vec<NodeId>> {
    let mut by_year: BTreeMap<i32, Vec<NodeId>> = BTreeMap::new();
    for (node, year) in founding_years(evidence) {
        by_year.entry(year).or_default().push(node);
    }
    by_year
}

/// Whether a relation of descent orders its ends: not where the years say otherwise, nor where the later body took the
/// earlier one in after it had itself become something else, since then it is the older one.
pub fn orders(relation: &Relation, evidence: &Evidence) -> bool {
    let (earlier, later, _) = edge::ends(relation);
    let years = founding_years(evidence);
    let is_backwards = years.get(&earlier).zip(years.get(&later)).is_some_and(|(earlier, later)| earlier > later);
    if !is_descent(relation) || is_backwards {
        return false;
    }
    let Some(taken_in) = relation.since.as_deref().and_then(year) else { return true };
    let mut further = evidence.relations.values().filter(|other| is_descent(other) && edge::ends(other).0 == later);
    !further.any(|other| years.get(&edge::ends(other).1).is_some_and(|became| *became < taken_in))
}

/// The year of a date as answers write it, alternatives joined by "or": of several the first that it can be; of one
/// that only has a latest day, that day's.
fn year(date: &str) -> Option<i32> {
    let year_of = |date: &str| {
        let date = Edtf::parse(date).ok()?;
        let (year, ..) = date.earliest().to_ymd().or_else(|| date.latest().to_ymd())?;
        Some(year)
    };
    date.split(" or ").filter_map(year_of).min()
}
