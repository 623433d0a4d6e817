//! A graph as of a time and under its evidence, by some types, walked some way: filters, without copying.

use super::Graph;
use super::edge_test::EdgeTest;
use super::filter::EdgeFilter;
use super::neighbours::{Direction, Neighbours};
use crate::model::{EdgeId, End, NodeId, TypeId};
use crate::time::Standing;

/// Which way the edges of a view run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// From subject to object.
    #[default]
    AsStored,
    /// From the later end to the earlier, as the schema says which is which: towards forerunners. Types of which it
    /// does not say so run as they are stored.
    LaterToEarlier,
    /// Both ways.
    BothWays,
}

/// A graph through a filter.
///
/// [`petgraph`]'s traits are implemented on `&View` and on `&Graph`, so its algorithms run on either.
#[derive(Clone, Debug)]
pub struct View<'g> {
    graph: &'g Graph,
    filter: EdgeFilter,
    /// The types that are walked, and whether their edges run from target to source.
    relations: Vec<(TypeId, bool)>,
    orientation: Orientation,
}

impl<'g> View<'g> {
    /// Every edge that is not backed by denials alone.
    #[must_use]
    pub fn new(graph: &'g Graph) -> Self {
        let relations = graph.types().map(|relation| (relation, false)).collect();
        Self { graph, filter: EdgeFilter::default(), relations, orientation: Orientation::AsStored }
    }

    /// Only edges that count under a filter.
    #[must_use]
    pub fn under(self, filter: EdgeFilter) -> Self {
        Self { filter, ..self }
    }

    /// Only edges of these types; no type may stand twice.
    #[must_use]
    pub fn via(mut self, relations: &[TypeId]) -> Self {
        self.relations = relations.iter().map(|relation| (*relation, false)).collect();
        let orientation = self.orientation;
        self.oriented(orientation)
    }

    /// Only edges of the types of a role and of the roles below it, by the schema.
    #[must_use]
    pub fn by_role(self, role: &str) -> Self {
        let graph = self.graph;
        let types = graph.schema().types_of_role(role).filter_map(|(name, _)| graph.type_id(name));
        let types: Vec<TypeId> = types.collect();
        self.via(&types)
    }

    /// Only lineage, from the later actor to the earlier.
    #[must_use]
    pub fn lineage(self) -> Self {
        self.by_role("lineage").oriented(Orientation::LaterToEarlier)
    }

    /// With edges that run this way.
    #[must_use]
    pub fn oriented(mut self, orientation: Orientation) -> Self {
        let runs_to_later = |relation: TypeId| {
            let relation = self.graph.schema().types.get(&**self.graph.type_name(relation));
            relation.and_then(|relation| relation.earlier) == Some(End::Subject)
        };
        for (relation, is_reversed) in &mut self.relations {
            *is_reversed = orientation == Orientation::LaterToEarlier && runs_to_later(*relation);
        }
        self.orientation = orientation;
        self
    }

    /// The graph behind it.
    #[must_use]
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// What it asks of edges.
    #[must_use]
    pub fn filter(&self) -> &EdgeFilter {
        &self.filter
    }

    /// How an edge stands under the view's filter.
    #[must_use]
    pub fn standing(&self, edge: EdgeId) -> Standing {
        self.graph.standing(edge, &self.filter)
    }

    /// Whether an edge counts under the view's filter. It does not ask whether the edge is of the view's types.
    #[must_use]
    pub fn admits(&self, edge: EdgeId) -> bool {
        self.standing(edge).is_matched()
    }

    /// The nodes, ascending: with a time, those that exist then.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.graph.nodes().filter(|node| self.graph.exists_at(*node, &self.filter))
    }

    /// The edges, type by type.
    pub fn edges(&self) -> impl Iterator<Item = EdgeId> + '_ {
        self.relations.iter().flat_map(|(relation, _)| {
            let test = self.graph.edge_test(*relation, &self.filter);
            self.graph.edges_of_type(*relation).filter(move |edge| test.admits(*edge))
        })
    }

    /// The edges that run from a node, each with the node where it ends; in reverse, those that run to it.
    pub fn neighbours(&self, node: NodeId, reverse: bool) -> Walk<'_> {
        let direction = match (self.orientation, reverse) {
            (Orientation::BothWays, _) => Direction::Both,
            (_, false) => Direction::Outgoing,
            (_, true) => Direction::Incoming,
        };
        let relations = Relations::These(self.relations.iter());
        Walk { graph: self.graph, filter: Some(&self.filter), node, direction, relations, current: None }
    }

    /// Where an edge starts and where it ends, as the view runs it; both-way edges as they are stored.
    #[must_use]
    pub fn ends(&self, edge: EdgeId) -> (NodeId, NodeId) {
        let (source, target) = (self.graph.source(edge), self.graph.target(edge));
        let relation = self.graph.edge_type(edge);
        let is_reversed = self.relations.iter().any(|(each, is_reversed)| *each == relation && *is_reversed);
        if is_reversed { (target, source) } else { (source, target) }
    }
}

/// The edges at a node, type by type.
#[derive(Clone)]
pub struct Walk<'v> {
    graph: &'v Graph,
    filter: Option<&'v EdgeFilter>,
    node: NodeId,
    direction: Direction,
    relations: Relations<'v>,
    current: Option<(Neighbours<'v>, Option<EdgeTest<'v>>)>,
}

#[derive(Clone)]
enum Relations<'v> {
    All(std::ops::Range<u32>),
    These(std::slice::Iter<'v, (TypeId, bool)>),
}

impl<'v> Walk<'v> {
    /// Over all types, without a filter.
    pub(super) fn unfiltered(graph: &'v Graph, node: NodeId, direction: Direction) -> Self {
        let relations = Relations::All(0..super::array::to_u32(graph.types().count()));
        Self { graph, filter: None, node, direction, relations, current: None }
    }
}

impl Iterator for Walk<'_> {
    type Item = (EdgeId, NodeId);

    fn next(&mut self) -> Option<(EdgeId, NodeId)> {
        loop {
            if let Some((neighbours, test)) = &mut self.current {
                let found = match test {
                    Some(test) => neighbours.find(|(edge, _)| test.admits(*edge)),
                    None => neighbours.next(),
                };
                if found.is_some() {
                    return found;
                }
            }
            let (relation, is_reversed) = match &mut self.relations {
                Relations::All(numbers) => (TypeId(numbers.next()?), false),
                Relations::These(relations) => *relations.next()?,
            };
            let direction = if is_reversed { self.direction.reversed() } else { self.direction };
            let test = self.filter.map(|filter| self.graph.edge_test(relation, filter));
            let test = test.filter(|test| !test.admits_all());
            self.current = Some((self.graph.neighbours(self.node, relation, direction), test));
        }
    }
}
