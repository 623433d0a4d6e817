//! A founding, birth, death or end that is dated twice, with no day in common. `2006` agrees with `2006-09-11`;
//! `2013-08-20` and `2013-08-22` do not.

use super::{Found, are_apart, claims_on, date};
use crate::graph::Graph;
use crate::model::{LIFE_DATES, NodeId};

pub(super) fn find(graph: &Graph, node: NodeId, found: &mut Found) {
    for matter in LIFE_DATES {
        let dated = claims_on(graph, node, matter).filter_map(|claim| {
            let date = date(Some(claim.value))?;
            Some((claim.clone(), date, claim.value.to_owned()))
        });
        let claims: Vec<_> = dated.collect();
        found.pairs(&[node], matter, &claims, are_apart);
    }
}
