//! The evidence behind an answer: what its handles mean, drawn from the graph when the answer is handed out.
//!
//! After this an [`Answer`](crate::answer::Answer) needs no graph. Rows bring nodes, relations (also inside paths,
//! lists and maps) and claims; relations bring their ends and all claims behind them, and claims their source.

mod record;
mod whole;

use indexmap::IndexSet;

use self::record::Recorder;
pub use self::whole::WholeGraph;
use crate::answer::Evidence;
use crate::graph::Graph;
use crate::model::{ClaimId, EdgeId, NodeId, Value};

/// Draws the evidence of some rows, and by row the claims that it rests on: first those that the row shows, then those
/// behind the relations that it shows, deprecated ones left out. `row_evidence` has for each row the further nodes,
/// relations and claims that it was drawn from and does not show; it may be shorter than `rows`.
#[must_use]
pub fn draw(graph: &Graph, rows: &[Vec<Value>], row_evidence: &[Vec<Value>]) -> (Evidence, Vec<Vec<ClaimId>>) {
    let mut drawn = Drawn::new(graph);
    let further = row_evidence.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
    let citations = rows.iter().zip(further).map(|(row, further)| drawn.row(row, further)).collect();
    (drawn.evidence, citations)
}

struct Drawn<'g> {
    graph: &'g Graph,
    recorder: Recorder<'g>,
    evidence: Evidence,
}

impl<'g> Drawn<'g> {
    fn new(graph: &'g Graph) -> Self {
        Self { graph, recorder: Recorder::new(graph), evidence: Evidence::default() }
    }

    /// Takes in one row, and gives what it rests on.
    fn row(&mut self, row: &[Value], further: &[Value]) -> Vec<ClaimId> {
        let mut met = Met::default();
        row.iter().chain(further).for_each(|value| met.meet(value));
        met.nodes.iter().for_each(|node| self.node(*node));
        let mut cited: IndexSet<ClaimId> = met.claims.clone();
        for edge in &met.edges {
            self.relation(*edge);
            cited.extend(self.evidence.relations[edge].claims.iter().copied());
        }
        cited.iter().for_each(|claim| self.claim(*claim));
        // A deprecated claim backs nothing; it is cited only where the row itself shows it.
        let is_cited = |claim: &ClaimId| met.claims.contains(claim) || self.evidence.claims[claim].is_live();
        cited.into_iter().filter(is_cited).collect()
    }

    fn node(&mut self, node: NodeId) {
        if !self.evidence.nodes.contains_key(&node) {
            self.evidence.nodes.insert(node, self.recorder.node(node));
        }
    }

    fn relation(&mut self, edge: EdgeId) {
        if self.evidence.relations.contains_key(&edge) {
            return;
        }
        let relation = self.recorder.relation(edge);
        self.node(relation.subject);
        self.node(relation.object);
        self.evidence.relations.insert(edge, relation);
    }

    fn claim(&mut self, claim: ClaimId) {
        if self.evidence.claims.contains_key(&claim) {
            return;
        }
        let record = self.recorder.claim(claim);
        let source = record.source;
        self.evidence.claims.insert(claim, record);
        if !self.evidence.sources.contains_key(&source) {
            self.evidence.sources.insert(source, record::source(&self.graph.source_record(source)));
        }
    }
}

/// The handles in some values, each once, in reading order.
#[derive(Default)]
struct Met {
    nodes: IndexSet<NodeId>,
    edges: IndexSet<EdgeId>,
    claims: IndexSet<ClaimId>,
}

impl Met {
    fn meet(&mut self, value: &Value) {
        match value {
            Value::Node(node) => _ = self.nodes.insert(*node),
            Value::Rel(edge) => _ = self.edges.insert(*edge),
            Value::Claim(claim) => _ = self.claims.insert(*claim),
            Value::Path(path) => {
                self.nodes.extend(path.nodes.iter().copied());
                self.edges.extend(path.rels.iter().copied());
            }
            Value::List(items) => items.iter().for_each(|item| self.meet(item)),
            Value::Map(map) => map.values().for_each(|item| self.meet(item)),
            _ => {}
        }
    }
}
