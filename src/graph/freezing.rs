//! From a graph with changes to a base of its own: what is written to a file.

use super::{ClaimRow, Graph, GraphBuilder, NewClaim, NewEdge, NewFigure, NewName, NewSource, Store};
use crate::model::{About, Claim, EdgeId, LabelId, NodeId, TypeId};
use crate::time::{Bounds, Reading, Stance};

impl Graph {
    /// A store that says what this graph says. Nodes keep their order and edges are ordered anew, without gaps where
    /// something was deleted; labels, types and keys keep their numbers.
    #[must_use]
    pub fn freeze(&self) -> Store {
        Refreezing { graph: self, builder: GraphBuilder::new(), nodes: Vec::new(), edges: Vec::new() }.run()
    }
}

struct Refreezing<'g> {
    graph: &'g Graph,
    builder: GraphBuilder,
    /// The new number of each node; none for a deleted one.
    nodes: Vec<Option<NodeId>>,
    /// The new handle of each edge; none for a deleted one.
    edges: Vec<Option<NewEdge>>,
}

impl Refreezing<'_> {
    fn run(mut self) -> Store {
        let graph = self.graph;
        self.builder.meta().clone_from(graph.meta());
        // The days are said edge by edge: a change may have given an edge others than its dates.
        self.builder.meta().dates = None;
        self.builder.records(graph.records().clone());
        graph.labels().for_each(|label| _ = self.builder.label(graph.label_name(label)));
        graph.types().for_each(|relation| _ = self.builder.relation_type(graph.type_name(relation)));
        graph.keys().for_each(|key| _ = self.builder.key(graph.key_name(key)));
        graph.base.nodes.marked.iter().for_each(|key| self.builder.index_nodes_by(*key));
        self.nodes();
        self.edges();
        self.evidence();
        self.builder.freeze()
    }

    fn nodes(&mut self) {
        self.nodes.resize(self.graph.node_bound(), None);
        for node in self.graph.nodes() {
            let labels: &[LabelId] = self.graph.labels_of(node);
            let new = self.builder.add_node(self.graph.slug(node).unwrap_or_default(), labels);
            for (key, value) in self.graph.node_properties(node) {
                self.builder.set_node_property(new, key, &value);
            }
            let lifetime = self.graph.lifetime(node);
            if lifetime != Bounds::UNBOUNDED {
                self.builder.set_lifetime(new, lifetime);
            }
            self.nodes[node.index()] = Some(new);
        }
    }

    fn edges(&mut self) {
        self.edges.resize(self.graph.edge_bound(), None);
        let relations: Vec<TypeId> = self.graph.types().collect();
        for edge in relations.into_iter().flat_map(|relation| self.graph.edges_of_type(relation)) {
            let ends = [self.graph.source(edge), self.graph.target(edge)].map(|end| self.nodes[end.index()]);
            let [Some(source), Some(target)] = ends else { continue };
            let new = self.builder.add_edge(self.graph.edge_type(edge), source, target);
            for (key, value) in self.graph.edge_properties(edge) {
                self.builder.set_edge_property(new, key, &value);
            }
            if edge.index() < self.graph.base.edge_count() && !self.graph.base.edges.content_keys.is_empty() {
                self.builder.set_edge_key(new, self.graph.edge_key(edge));
            }
            self.time(edge, new);
            self.edges[edge.index()] = Some(new);
        }
    }

    fn time(&mut self, edge: EdgeId, new: NewEdge) {
        let time = self.graph.edge_time(edge);
        let undated = super::edge_times::undated(time.class);
        match time.window.only_reading() {
            Some(_) if time.window == undated && self.graph.claims_of_edge(edge).next().is_none() => {}
            Some(Reading { bounds, stance: Stance::Firm }) if bounds == Bounds::exactly(bounds.hull()) => {
                self.builder.set_edge_days(new, bounds.s1, bounds.e2);
            }
            Some(reading) => self.builder.set_edge_readings(new, &[reading]),
            None => self.builder.set_edge_readings(new, time.readings),
        }
    }

    fn evidence(&mut self) {
        let graph = self.graph;
        for source in graph.sources() {
            let record = graph.source_record(source);
            self.builder.add_source(&NewSource {
                id: record.id.into(),
                author: record.author.into(),
                title: record.title.into(),
                publisher: record.publisher.into(),
                date: record.date.into(),
                kind: record.kind.into(),
                address: record.address.into(),
                reliability: record.reliability.into(),
                origin: record.origin.into(),
            });
        }
        let mut rows: Vec<Option<ClaimRow>> = Vec::with_capacity(graph.claim_count());
        for claim in graph.claims() {
            let claim = graph.claim(claim);
            let row = self.claim(&claim);
            rows.push(row);
        }
        let row_of = |claim: crate::model::ClaimId| rows.get(claim.index()).copied().flatten();
        for node in graph.nodes() {
            let Some(new) = self.nodes[node.index()] else { continue };
            for name in graph.names_of(node) {
                let claim = name.claim.and_then(row_of);
                let (text, kind, language, script) = (name.text, name.kind, name.language, name.script);
                self.builder.add_name(&NewName { node: new, text, kind, language, script, claim });
            }
            for figure in graph.figures_of(node) {
                let Some(claim) = row_of(figure.claim) else { continue };
                self.builder.add_figure(&NewFigure {
                    node: new,
                    measure: figure.measure,
                    value: figure.value,
                    unit: figure.unit,
                    of: figure.of,
                    relative_to: figure.relative_to,
                    jointly_with: figure.jointly_with,
                    scope: figure.scope,
                    period: figure.period,
                    claim,
                });
            }
        }
    }

    /// Adds a claim, unless what it is about is gone.
    fn claim(&mut self, claim: &Claim<'_>) -> Option<ClaimRow> {
        let mut new = NewClaim::from(claim);
        new.attributed_to = claim.attributed_to.and_then(|node| self.nodes[node.index()]);
        match claim.about {
            About::Edge(edge) => {
                let edge = self.edges[edge.index()]?;
                Some(self.builder.add_edge_claim(edge, &new))
            }
            About::Node(node) => {
                let node = self.nodes[node.index()]?;
                Some(self.builder.add_node_claim(node, &new))
            }
        }
    }
}
