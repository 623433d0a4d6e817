//! The evidence behind an answer: what its handles mean, drawn from the graph when the answer is handed out.
//!
//! After this an [`Answer`](crate::answer::Answer) needs no graph. Rows bring nodes, relations (also inside paths,
//! lists and maps) and claims; relations bring their ends and all claims behind them, and claims their source.

mod filters;
mod record;
mod whole;

use indexmap::IndexSet;

pub use self::filters::{Asked, rests_on_relations};
use self::record::Recorder;
pub use self::whole::WholeGraph;
use crate::answer::Evidence;
use crate::graph::{EdgeFilter, Graph};
use crate::model::{ClaimId, EdgeId, NodeId, Value};

/// Draws the evidence of some rows, and by row the claims that it rests on: first those that the row shows, then those
/// behind the relations that it shows, deprecated ones left out. `row_evidence` has for each row the further nodes,
/// relations and claims that it was drawn from and does not show; it may be shorter than `rows`. Only claims that are
/// asked for stand behind a relation, and it stands as it does at the time that is asked for.
#[must_use]
pub fn draw(
    graph: &Graph,
    rows: &[Vec<Value>],
    row_evidence: &[Vec<Value>],
    asked: &Asked,
) -> (Evidence, Vec<Vec<ClaimId>>) {
    let recorder = Recorder::new(graph).asked(asked.filter());
    let mut drawn = Drawn { graph, filters: &asked.sources, recorder, evidence: Evidence::default() };
    let further = row_evidence.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
    let citations = rows.iter().zip(further).map(|(row, further)| drawn.row(row, further)).collect();
    (drawn.evidence, citations)
}

struct Drawn<'g> {
    graph: &'g Graph,
    filters: &'g [EdgeFilter],
    recorder: Recorder<'g>,
    evidence: Evidence,
}

impl Drawn<'_> {
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
        let mut relation = self.recorder.relation(edge);
        relation.claims.retain(|claim| self.lets(*claim));
        self.node(relation.subject);
        self.node(relation.object);
        self.evidence.relations.insert(edge, relation);
    }

    fn lets(&self, claim: ClaimId) -> bool {
        self.filters.is_empty() || self.filters.iter().any(|filter| self.graph.counts(claim, filter))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Standing, TextForm};
    use crate::graph::{GraphBuilder, NewClaim, NewName, NewSource};
    use crate::model::{NameKind, Path, Rank, Wording};
    use crate::time::{Edtf, Question};

    /// Two named bodies and one relation with three claims: asserted, alleged, deprecated.
    fn graph() -> Graph {
        let mut builder = GraphBuilder::new();
        let source = builder.add_source(&NewSource { id: "weiss-2023".into(), ..NewSource::default() });
        let label = builder.label("ArmedGroup");
        let bodies = ["MUJAO", "ISGS"].map(|name| {
            let node = builder.add_node(&name.to_lowercase(), &[label]);
            let claim = builder.add_node_claim(node, &NewClaim::new(source, "p. 1"));
            let (language, script) = ("", "");
            let kind = NameKind::Preferred;
            builder.add_name(&NewName { node, text: name, kind, language, script, claim: Some(claim) });
            node
        });
        let relation = builder.relation_type("FOUNDED_BY_MEMBERS_OF");
        let edge = builder.add_edge(relation, bodies[1], bodies[0]);
        let said = NewClaim::new(source, "p. 2");
        builder.add_edge_claim(edge, &NewClaim { rank: Rank::Deprecated, at: "p. 3".into(), ..said.clone() });
        builder.add_edge_claim(edge, &NewClaim { on: Some("2015-05".into()), ..said.clone() });
        builder.add_edge_claim(edge, &NewClaim { wording: Wording::Alleged, on: Some("2015".into()), ..said });
        builder.freeze().into()
    }

    fn path(graph: &Graph) -> Value {
        let node = |slug| graph.node_by_slug(slug).expect("a node of the graph");
        Value::Path(Path { nodes: vec![node("mujao"), node("isgs")], rels: vec![EdgeId(0)] }.into())
    }

    #[test]
    fn a_row_rests_on_the_live_claims_of_the_relations_it_shows() {
        let graph = graph();
        let rows = vec![vec![Value::list(vec![path(&graph)])], vec![Value::Int(1)]];
        let (evidence, citations) = draw(&graph, &rows, &[], &Asked::default());
        let at = |claim: &ClaimId| evidence.claims[claim].at.as_str();
        assert_eq!(citations[0].iter().map(at).collect::<Vec<_>>(), ["p. 2", "p. 2"]);
        assert!(citations[1].is_empty());
        assert_eq!((evidence.nodes.len(), evidence.claims.len(), evidence.sources.len()), (2, 3, 1));
        let relation = &evidence.relations[&EdgeId(0)];
        assert_eq!((relation.since.as_deref(), relation.standing), (Some("2015-05"), Standing::Certain));
        assert_eq!(
            evidence.claims[relation.claims.last().expect("three claims")].at,
            "p. 3",
            "deprecated ones are last"
        );
        assert_eq!(TextForm::new(&evidence).plain(&path(&graph)), "MUJAO ←FOUNDED_BY_MEMBERS_OF— ISGS");
    }

    #[test]
    fn a_row_rests_on_what_it_was_drawn_from_even_where_it_does_not_show_it() {
        let graph = graph();
        let rows = vec![vec![Value::Int(1)]];
        let (evidence, citations) = draw(&graph, &rows, &[vec![Value::Rel(EdgeId(0))]], &Asked::default());
        assert_eq!(citations[0].len(), 2);
        assert_eq!(evidence.nodes.len(), 2, "a relation brings its ends");
    }

    #[test]
    fn a_row_does_not_rest_on_claims_that_its_question_leaves_out() {
        let graph = graph();
        let filter = EdgeFilter { worded: vec![Wording::Alleged], ..EdgeFilter::default() };
        let (evidence, citations) =
            draw(&graph, &[vec![path(&graph)]], &[], &Asked { sources: vec![filter], time: None });
        assert_eq!((citations[0].len(), evidence.claims.len()), (1, 1));
        assert_eq!(evidence.claims[0].wording, Wording::Alleged);
    }

    #[test]
    fn a_relation_stands_as_it_does_at_the_time_that_is_asked_for() {
        let graph = graph();
        let at = |date: &str| Asked {
            sources: Vec::new(),
            time: Some(Question::AsOf(Edtf::parse(date).expect("a date").period())),
        };
        let standing = |asked: &Asked| {
            let (evidence, _) = draw(&graph, &[vec![Value::Rel(EdgeId(0))]], &[], asked);
            let relation = &evidence.relations[&EdgeId(0)];
            (relation.standing, relation.why.is_some())
        };
        assert_eq!(standing(&Asked::default()), (Standing::Certain, false));
        assert_eq!(standing(&at("2016")), (Standing::Possible, true), "nobody says how long it lasted");
    }

    #[test]
    fn a_claim_of_a_node_is_cited_where_it_is_shown() {
        let graph = graph();
        let node = graph.node_by_slug("isgs").expect("a node of the graph");
        let claim = graph.claims_of_node(node).next().expect("a claim");
        let (_, citations) = draw(&graph, &[vec![Value::Claim(claim)]], &[], &Asked::default());
        assert_eq!(citations, [[claim]]);
    }
}
