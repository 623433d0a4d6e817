//! Lanes: the edges that a search may take from any node, made ready for inner loops.
//!
//! A lane is one relation type, walked one way. In the frozen base its edges at a node are a slice, so that a search
//! over millions of edges pays neither for an iterator's state nor for asking each edge what holds for its whole type.
//! Nodes that a change touches are walked by [`Graph::neighbours`] instead, one by one; the others keep their slices.

use std::cell::Cell;
use std::ops::Range;
use std::sync::OnceLock;

use super::Graph;
use super::edge_test::EdgeTest;
use super::filter::EdgeFilter;
use super::neighbours::Direction;
use super::offsets::Offsets;
use super::ranks::Ranks;
use crate::model::{EdgeId, NodeId, TypeId};

/// What may be taken from any node: relation types and directions under a filter.
#[derive(Debug)]
pub struct Lanes<'g> {
    graph: &'g Graph,
    of_base: Vec<Lane<'g>>,
    /// Types, directions and tests again, for nodes that a change touches; empty where none does.
    changed: Vec<(TypeId, Direction, EdgeTest<'g>)>,
}

#[derive(Debug)]
struct Lane<'g> {
    /// Where each node's edges begin, and the last one's end; of those nodes that have some, where these are few.
    starts: &'g [u32],
    /// The nodes at the far ends, in the order of the near ones.
    ends: &'g [NodeId],
    numbers: Numbers<'g>,
    /// None where every edge counts.
    test: Option<EdgeTest<'g>>,
    /// An edge from a node to itself is given by another lane.
    skips_loops: bool,
    /// Where few nodes have edges: which.
    keys: Option<&'g [u32]>,
    /// How often these were searched, and what is made of them when that was often.
    asked: Cell<usize>,
    ranks: &'g OnceLock<Ranks>,
}

/// Ranks of so many keys are made in about the time of one search among them.
const KEYS_A_SEARCH: usize = 64;

/// So many nodes are looked up one behind the other: what they wait for in memory, they wait for together.
const BLOCK: usize = 32;

/// Which edges lead to the far ends.
#[derive(Debug)]
enum Numbers<'g> {
    /// From this number on, one after the other.
    From(u32),
    /// These.
    These(&'g [EdgeId]),
}

impl Graph {
    /// Makes edges of some types ready to be walked. No type may stand twice.
    #[must_use]
    pub fn lanes<'g>(&'g self, types: impl Iterator<Item = (TypeId, Direction)>, filter: &'g EdgeFilter) -> Lanes<'g> {
        let mut ready = Lanes { graph: self, of_base: Vec::new(), changed: Vec::new() };
        for (relation, direction) in types {
            let test = self.edge_test(relation, filter);
            if direction != Direction::Incoming {
                ready.of_base.extend(self.lane_out(relation, &test));
            }
            if direction != Direction::Outgoing {
                ready.of_base.extend(self.lane_in(relation, &test, direction == Direction::Both));
            }
            if self.has_new_ties() {
                ready.changed.push((relation, direction, test));
            }
        }
        ready
    }

    fn lane_out<'g>(&'g self, relation: TypeId, test: &EdgeTest<'g>) -> Option<Lane<'g>> {
        let edges = self.base.adjacency(relation).filter(|edges| edges.count > 0)?;
        let ends = &*edges.targets;
        let [ranks, _] = self.base.ranks(relation)?;
        Some(Lane::new((&edges.out, ranks), ends, Numbers::From(edges.first), test))
    }

    fn lane_in<'g>(&'g self, relation: TypeId, test: &EdgeTest<'g>, skips_loops: bool) -> Option<Lane<'g>> {
        let edges = self.base.adjacency(relation).filter(|edges| edges.count > 0)?;
        let ends = &*edges.in_sources;
        let numbers = Numbers::These(&edges.in_edges);
        let [_, ranks] = self.base.ranks(relation)?;
        Some(Lane { skips_loops, ..Lane::new((&edges.incoming, ranks), ends, numbers, test) })
    }
}

impl Lanes<'_> {
    /// Shows each edge that may be taken from a node, and the node at its other end: lane by lane, in the order of the
    /// far ends. Which is the order of [`Graph::neighbours`], type by type.
    #[inline]
    pub fn each(&self, node: NodeId, mut visit: impl FnMut(EdgeId, NodeId)) {
        if !self.changed.is_empty() && !self.graph.is_untied(node) {
            self.each_changed(node, visit);
            return;
        }
        for lane in &self.of_base {
            lane.show(node, lane.rows(node), &mut visit);
        }
    }

    /// Shows each edge that may be taken from any of some nodes, and the node at its other end, in an order of its own.
    /// Quicker than node by node, since a large graph lies far off in memory.
    #[inline]
    pub fn each_of(&self, nodes: &[NodeId], mut visit: impl FnMut(EdgeId, NodeId)) {
        if !self.changed.is_empty() {
            nodes.iter().for_each(|node| self.each(*node, &mut visit));
            return;
        }
        for block in nodes.chunks(BLOCK) {
            for lane in &self.of_base {
                let mut rows = [(0, 0); BLOCK];
                for (rows, node) in rows.iter_mut().zip(block) {
                    let Range { start, end } = lane.rows(*node);
                    *rows = (start, end);
                }
                for ((start, end), node) in rows.into_iter().zip(block) {
                    lane.show(*node, start..end, &mut visit);
                }
            }
        }
    }

    #[cold]
    fn each_changed(&self, node: NodeId, mut visit: impl FnMut(EdgeId, NodeId)) {
        for (relation, direction, test) in &self.changed {
            for (edge, far) in self.graph.neighbours(node, *relation, *direction) {
                if test.admits(edge) {
                    visit(edge, far);
                }
            }
        }
    }
}

impl<'g> Lane<'g> {
    fn new(
        (offsets, ranks): (&'g Offsets, &'g OnceLock<Ranks>),
        ends: &'g [NodeId],
        numbers: Numbers<'g>,
        test: &EdgeTest<'g>,
    ) -> Self {
        let test = (!test.admits_all()).then(|| test.clone());
        let (starts, keys, asked) = (offsets.starts(), offsets.sparse_keys(), Cell::new(0));
        Self { starts, ends, numbers, test, skips_loops: false, keys, asked, ranks }
    }

    /// Where a node's edges lie.
    #[inline]
    fn rows(&self, node: NodeId) -> Range<usize> {
        let place = match (self.keys, self.ranks.get()) {
            (None, _) => Some(node.index()),
            (Some(_), Some(ranks)) => ranks.find(node.0),
            (Some(keys), None) => self.searched(node, keys),
        };
        match place.and_then(|place| self.starts.get(place..place + 2)) {
            Some(&[start, end]) => start as usize..end as usize,
            _ => 0..0,
        }
    }

    #[cold]
    fn searched(&self, node: NodeId, keys: &[u32]) -> Option<usize> {
        let asked = self.asked.get() + 1;
        self.asked.set(asked);
        if asked > keys.len() / KEYS_A_SEARCH {
            self.ranks.get_or_init(|| Ranks::of(keys));
        }
        keys.binary_search(&node.0).ok()
    }

    /// Shows those edges in some rows, which are those of a node, that count.
    #[inline]
    fn show(&self, node: NodeId, rows: Range<usize>, visit: &mut impl FnMut(EdgeId, NodeId)) {
        let Some(ends) = self.ends.get(rows.clone()) else { return };
        match self.numbers {
            Numbers::From(first) => {
                let first = first as usize + rows.start;
                self.show_numbered(node, ends, |at| EdgeId::from_index(first + at), visit);
            }
            Numbers::These(edges) => {
                let edges = &edges[rows];
                self.show_numbered(node, ends, |at| edges.get(at).copied().unwrap_or(EdgeId::NONE), visit);
            }
        }
    }

    #[inline]
    fn show_numbered(
        &self,
        node: NodeId,
        ends: &[NodeId],
        edge: impl Fn(usize) -> EdgeId,
        visit: &mut impl FnMut(EdgeId, NodeId),
    ) {
        if self.test.is_none() && !self.skips_loops {
            for (at, far) in ends.iter().enumerate() {
                visit(edge(at), *far);
            }
            return;
        }
        for (at, far) in ends.iter().enumerate() {
            let counts = self.test.as_ref().is_none_or(|test| test.admits(edge(at)));
            if counts && !(self.skips_loops && *far == node) {
                visit(edge(at), *far);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::GraphBuilder;
    use crate::time::{Day, Period, Question};

    /// Whether the lanes of a type lead from each node where the graph says.
    fn check(graph: &Graph, relation: TypeId, filter: &EdgeFilter) {
        for direction in [Direction::Outgoing, Direction::Incoming, Direction::Both] {
            let lanes = graph.lanes([(relation, direction)].into_iter(), filter);
            for node in graph.nodes() {
                let mut found = Vec::new();
                lanes.each(node, |edge, far| found.push((edge, far)));
                let all = graph.neighbours(node, relation, direction);
                let wanted: Vec<_> = all.filter(|(edge, _)| graph.standing(*edge, filter).is_matched()).collect();
                assert_eq!(found, wanted, "{direction:?} from {node:?}");
            }
            let nodes: Vec<NodeId> = graph.nodes().collect();
            let (mut apart, mut together) = (Vec::new(), Vec::new());
            nodes.iter().for_each(|node| lanes.each(*node, |edge, far| apart.push((edge, far))));
            lanes.each_of(&nodes, |edge, far| together.push((edge, far)));
            apart.sort_unstable();
            together.sort_unstable();
            assert_eq!(together, apart, "{direction:?}");
        }
    }

    #[test]
    fn lanes_lead_where_the_graph_says_also_around_changes() {
        let mut builder = GraphBuilder::new();
        let (other, own) = (builder.relation_type("OTHER"), builder.relation_type("OWN"));
        let nodes = [(); 5].map(|()| builder.add_node("", &[]));
        builder.add_edge(other, nodes[1], nodes[0]);
        for (from, to) in [(0, 1), (1, 2), (2, 2), (2, 0), (0, 1), (3, 0)] {
            let edge = builder.add_edge(own, nodes[from], nodes[to]);
            builder.set_edge_days(edge, Day(i32::try_from(from).expect("a small number")), Day::MAX);
        }
        let mut graph = Graph::from(builder.freeze());
        let first_day = EdgeFilter::at(Question::AsOf(Period::of_day(Day(1))));
        let filters = [EdgeFilter::default(), first_day];
        let check_all = |graph: &Graph| filters.iter().for_each(|filter| check(graph, own, filter));
        check_all(&graph);
        graph.create_edge(own, NodeId(1), NodeId(4), []).expect("both ends are there");
        check_all(&graph);
        let gone = graph.neighbours(NodeId(2), own, Direction::Outgoing).next().expect("an edge").0;
        graph.delete_edge(gone).expect("an edge that is there");
        check_all(&graph);
    }
}
