//! A whole graph, record by record, for the formats that can hold one.

use std::cell::RefCell;

use super::record::{self, Recorder};
use crate::answer::{Claim, Figure, FigureAmount, Knowledge, Node, NodeName, Relation, Source};
use crate::graph::Graph;
use crate::model::{ClaimId, EdgeId, FigureValue, NameKind, NodeId, SourceId};

/// A graph as exports read it.
pub struct WholeGraph<'g> {
    graph: &'g Graph,
    recorder: RefCell<Recorder<'g>>,
}

impl<'g> WholeGraph<'g> {
    /// All of a graph.
    #[must_use]
    pub fn new(graph: &'g Graph) -> Self {
        Self { graph, recorder: RefCell::new(Recorder::new(graph)) }
    }
}

impl Knowledge for WholeGraph<'_> {
    fn version(&self) -> Option<String> {
        Some(self.graph.meta().version_name()).filter(|version| !version.is_empty())
    }

    fn nodes(&self) -> Box<dyn Iterator<Item = (NodeId, Node)> + '_> {
        Box::new(self.graph.nodes().map(|node| (node, self.recorder.borrow_mut().node(node))))
    }

    fn names(&self, node: NodeId) -> Vec<NodeName> {
        let mut names: Vec<_> = self.graph.names_of(node).collect();
        names.sort_by_key(|name| name.kind != NameKind::Preferred);
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let name = |name: crate::model::Name<'_>| NodeName {
            text: name.text.to_owned(),
            kind: name.kind.word(),
            language: some(name.language),
            script: some(name.script),
            claim: name.claim,
        };
        names.into_iter().map(name).collect()
    }

    fn claims_about(&self, node: NodeId) -> Vec<Claim> {
        self.graph.claims_of_node(node).map(|claim| self.claim(claim)).collect()
    }

    fn relations(&self) -> Box<dyn Iterator<Item = (EdgeId, Relation)> + '_> {
        Box::new(self.graph.edges().map(|edge| (edge, self.recorder.borrow().relation(edge))))
    }

    fn claim(&self, claim: ClaimId) -> Claim {
        self.recorder.borrow().claim(claim)
    }

    fn figures(&self) -> Box<dyn Iterator<Item = Figure> + '_> {
        let figures = self.graph.nodes().flat_map(|node| self.graph.figures_of(node));
        Box::new(figures.map(|figure| self.figure(&figure)))
    }

    fn sources(&self) -> Box<dyn Iterator<Item = (SourceId, Source)> + '_> {
        Box::new(self.graph.sources().map(|source| (source, record::source(&self.graph.source_record(source)))))
    }

    fn slug(&self, node: NodeId) -> String {
        self.graph.slug(node).map_or_else(|| format!("#{}", node.0), str::to_owned)
    }
}

impl WholeGraph<'_> {
    fn figure(&self, figure: &crate::model::Figure<'_>) -> Figure {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Figure {
            node: figure.node,
            measure: figure.measure.to_owned(),
            amount: amount(figure.value),
            unit: figure.unit.to_owned(),
            of: some(figure.of),
            relative_to: some(figure.relative_to),
            jointly_with: some(figure.jointly_with),
            scope: some(figure.scope),
            period: some(figure.period),
            claim: self.claim(figure.claim),
        }
    }
}

fn amount(value: FigureValue<'_>) -> FigureAmount {
    match value {
        FigureValue::Exact(value) => FigureAmount::Exact(value),
        FigureValue::Range(low, high) => FigureAmount::Range(low, high),
        FigureValue::AtLeast(value) => FigureAmount::AtLeast(value),
        FigureValue::AtMost(value) => FigureAmount::AtMost(value),
        FigureValue::About(value) => FigureAmount::About(value),
        FigureValue::Words(words) => FigureAmount::Words(words.to_owned()),
    }
}
