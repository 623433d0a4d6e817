//! Where the edges of a type begin at each node, at hand for those who go through many nodes: a look-up is two reads, or,
//! of a type with few edges, a bit and two reads where the node has any.

use std::ops::Range;

use super::Store;
use super::ranks::Ranks;
use crate::model::{NodeId, TypeId};

/// Reading all starts pays where one in so many nodes is looked up.
const NODES_A_LOOKUP: usize = 16;

/// The starts of a type's edges, by their sources or by their targets.
#[derive(Clone, Copy, Debug)]
pub struct RowStarts<'g> {
    starts: &'g [u32],
    /// Where not every node has a start: those that have.
    ranks: Option<&'g Ranks>,
}

impl RowStarts<'_> {
    /// Where the edges of each of some nodes lie, and the place of the node among these; those that have none are left
    /// out. Until `take` says that it is enough; the place behind that.
    #[inline]
    pub fn each(&self, nodes: &[NodeId], take: impl FnMut(usize, Range<usize>) -> bool) -> Option<usize> {
        match self.ranks {
            None => self.each_by(nodes, |node| Some(node.index()), take),
            Some(ranks) => self.each_by(nodes, |node| ranks.find(node.0), take),
        }
    }

    #[inline]
    fn each_by(
        &self,
        nodes: &[NodeId],
        find: impl Fn(NodeId) -> Option<usize>,
        mut take: impl FnMut(usize, Range<usize>) -> bool,
    ) -> Option<usize> {
        for (place, node) in nodes.iter().enumerate() {
            // A missing node is found nowhere.
            let Some(&[start, end]) = find(*node).and_then(|at| self.starts.get(at..at + 2)) else { continue };
            if start < end && !take(place, start as usize..end as usize) {
                return Some(place + 1);
            }
        }
        None
    }
}

impl Store {
    /// Where a type's edges begin by their sources (0) or their targets (1), for those who look up so many nodes; `None`
    /// where so few are not worth it.
    #[must_use]
    pub fn row_starts(&self, (relation, side): (TypeId, usize), lookups: usize) -> Option<RowStarts<'_>> {
        let edges = self.adjacency(relation)?;
        let offsets = if side == 0 { &edges.out } else { &edges.incoming };
        let ranks = match offsets.sparse_keys() {
            Some(_) => Some(self.ranks(relation)?[side].get()?),
            None => None,
        };
        let is_worth_it = ranks.is_some() || lookups * NODES_A_LOOKUP >= self.node_count();
        is_worth_it.then(|| RowStarts { starts: offsets.starts(), ranks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Graph, GraphBuilder};

    #[test]
    fn edges_lie_where_each_node_says() {
        let mut builder = GraphBuilder::new();
        let (many, few) = (builder.relation_type("MANY"), builder.relation_type("FEW"));
        let nodes: Vec<NodeId> = (0..200).map(|_| builder.add_node("", &[])).collect();
        for number in 0..400 {
            builder.add_edge(many, nodes[number * 7 % 200], nodes[number * 13 % 190]);
        }
        for number in 0..9 {
            builder.add_edge(few, nodes[number * number], nodes[199 - number / 2]);
        }
        let graph = Graph::from(builder.freeze());
        let base = graph.base();
        let asked: Vec<NodeId> = nodes.iter().copied().chain([NodeId::NONE, nodes[4]]).collect();
        for (relation, side) in [(many, 0), (many, 1), (few, 0), (few, 1)] {
            base.expect_lookups((relation, side), 200);
            let starts = base.row_starts((relation, side), 200).expect("so many look-ups");
            let mut found = Vec::new();
            assert_eq!(
                starts.each(&asked, |place, rows| {
                    found.push((place, rows));
                    true
                }),
                None
            );
            let edges = base.adjacency(relation).expect("a type of the base");
            let offsets = if side == 0 { &edges.out } else { &edges.incoming };
            let wanted = asked.iter().enumerate().map(|(place, node)| (place, offsets.rows(node.0)));
            assert_eq!(found, wanted.filter(|(_, rows)| !rows.is_empty()).collect::<Vec<_>>());
            assert_eq!(starts.each(&asked, |_, _| false), Some(found[0].0 + 1));
        }
    }
}
