//! Evidence and time of a graph, base and overlay: who says what of a node or an edge, and when an edge holds.

use std::sync::Arc;

use super::Graph;
use super::edge_times::{self, TypeTimes};
use super::evidence_builder::claim_key;
use super::overlay::Said;
use super::said::{NewClaim, NewSource};
use super::write::WriteError;
use crate::model::{About, Claim, ClaimId, EdgeId, Figure, Name, NodeId, Rank, SourceId, SourceRecord, TypeId};
use crate::time::{Bounds, Day, EdgeTime, Edtf, Reading, TimeClass, Window};

/// Sources and claims.
impl Graph {
    /// How many sources there are.
    #[must_use]
    pub fn source_count(&self) -> usize {
        self.base.evidence.sources.len() + self.overlay.sources.len()
    }

    /// All sources, in the order of their addition.
    pub fn sources(&self) -> impl Iterator<Item = SourceId> + use<> {
        (0..self.source_count()).map(SourceId::from_index)
    }

    /// A source.
    ///
    /// # Panics
    /// For a source of another graph.
    #[must_use]
    pub fn source_record(&self, source: SourceId) -> SourceRecord<'_> {
        let known = &self.base.evidence.sources;
        match known.get(source.index()) {
            Some(stored) => stored.view(source, &self.base.texts),
            None => self.overlay.sources[source.index() - known.len()].view(source),
        }
    }

    /// The source with a slug.
    #[must_use]
    pub fn source_by_slug(&self, slug: &str) -> Option<SourceId> {
        self.sources().find(|source| self.source_record(*source).id == slug)
    }

    /// The source that a node stands for.
    #[must_use]
    pub fn source_of_node(&self, node: NodeId) -> Option<SourceId> {
        self.sources().find(|source| self.node_of_source(*source) == Some(node))
    }

    /// The node that stands for a source.
    #[must_use]
    pub fn node_of_source(&self, source: SourceId) -> Option<NodeId> {
        match self.base.evidence.sources.get(source.index()) {
            Some(stored) => stored.node.some(),
            None => self.node_by_slug(self.source_record(source).id),
        }
    }

    /// By when a source was surely published; `None` where it is undated.
    #[must_use]
    pub fn published_by(&self, source: SourceId) -> Option<Day> {
        let day = match self.base.evidence.sources.get(source.index()) {
            Some(stored) => stored.published_by,
            None => Edtf::parse(self.source_record(source).date).map_or(Day::MAX, |date| date.latest()),
        };
        (day != Day::MAX).then_some(day)
    }

    /// How many claims there are.
    #[must_use]
    pub fn claim_count(&self) -> usize {
        self.base.evidence.claims.len() + self.overlay.claims.len()
    }

    /// All claims: the base's by what they are about, edges first, then those added since.
    pub fn claims(&self) -> impl Iterator<Item = ClaimId> + use<> {
        (0..self.claim_count()).map(ClaimId::from_index)
    }

    /// A claim.
    ///
    /// # Panics
    /// For a claim of another graph.
    #[must_use]
    pub fn claim(&self, claim: ClaimId) -> Claim<'_> {
        let known = &self.base.evidence.claims;
        if let Some(stored) = known.get(claim.index()) {
            return stored.view(claim, &self.base.texts);
        }
        let said = &self.overlay.claims[claim.index() - known.len()];
        said.claim.view(claim, said.id, said.about, &said.matter)
    }

    /// The claims behind an edge, deprecated ones included. None for a relation that nobody vouches for: such a one has
    /// an implied claim of its origin (see [`Meta::origin`](super::Meta::origin)).
    pub fn claims_of_edge(&self, edge: EdgeId) -> impl Iterator<Item = ClaimId> + '_ {
        let rows = self.base.evidence.by_edge.rows(edge.0);
        let new = self.overlay.claims_by_edge.get(&edge).into_iter().flatten().copied();
        rows.map(ClaimId::from_index).chain(new)
    }

    /// The claims about a node itself, deprecated ones included.
    pub fn claims_of_node(&self, node: NodeId) -> impl Iterator<Item = ClaimId> + '_ {
        let (rows, first) = (self.base.evidence.by_node.rows(node.0), self.base.evidence.on_edges as usize);
        let new = self.overlay.claims_by_node.get(&node).into_iter().flatten().copied();
        rows.map(move |row| ClaimId::from_index(first + row)).chain(new)
    }

    /// A node's names, in the order in which they were said.
    pub fn names_of(&self, node: NodeId) -> impl Iterator<Item = Name<'_>> + '_ {
        let evidence = &self.base.evidence;
        evidence.names_by_node.rows(node.0).map(|row| evidence.names[row].view(&self.base.texts))
    }

    /// A node's figures, in the order in which they were said.
    pub fn figures_of(&self, node: NodeId) -> impl Iterator<Item = Figure<'_>> + '_ {
        let evidence = &self.base.evidence;
        evidence.figures_by_node.rows(node.0).map(|row| evidence.figures[row].view(&self.base.texts))
    }

    /// An edge's content key: the same in every build of the same facts. Of an edge of the overlay, its number.
    #[must_use]
    pub fn edge_key(&self, edge: EdgeId) -> u64 {
        if edge.index() < self.base.edge_count() { self.base.edge_key(edge) } else { u64::from(edge.0) }
    }
}

/// Time.
impl Graph {
    /// The time class of a relation type, by the schema.
    #[inline]
    #[must_use]
    pub fn time_class(&self, relation: TypeId) -> TimeClass {
        if relation.index() < self.base.types.len() {
            self.base.time_class(relation)
        } else {
            edge_times::class_of(self.schema(), self.type_name(relation))
        }
    }

    /// All that an edge knows of its time: ask it for the edge's standing, and why.
    #[inline]
    #[must_use]
    pub fn edge_time(&self, edge: EdgeId) -> EdgeTime<'_> {
        if let Some((window, readings)) = self.new_time(edge) {
            return EdgeTime { class: self.time_class(self.edge_type(edge)), window: *window, readings };
        }
        if edge.index() < self.base.edge_count() {
            return self.base.edge_time(edge);
        }
        let class = self.time_class(self.edge_type(edge));
        EdgeTime { class, window: edge_times::undated(class), readings: &[] }
    }

    #[inline]
    fn new_time(&self, edge: EdgeId) -> Option<&(Window, Vec<Reading>)> {
        if self.overlay.times.is_empty() { None } else { self.overlay.times.get(&edge) }
    }

    /// When the edges of a type hold, by place within the type, where that is so for all base edges as it stands; for
    /// the others ask [`Graph::edge_time`].
    #[must_use]
    pub fn type_times(&self, relation: TypeId) -> Option<&TypeTimes> {
        if self.overlay.times.is_empty() { self.base.times(relation) } else { None }
    }

    /// When a node existed, as far as anybody says.
    #[must_use]
    pub fn lifetime(&self, node: NodeId) -> Bounds {
        self.base.lifetime(node)
    }

    /// What the live claims behind an edge say of its time, each.
    #[must_use]
    pub fn live_readings(&self, edge: EdgeId) -> Vec<Reading> {
        let claims = self.claims_of_edge(edge).map(|claim| self.claim(claim));
        claims.filter_map(|claim| reading(&claim)).collect()
    }
}

/// What a claim says of when its edge holds; `None` where it is deprecated and says nothing.
#[must_use]
pub fn reading(claim: &Claim<'_>) -> Option<Reading> {
    let stance = super::stance(claim.wording, claim.basis);
    (claim.rank != Rank::Deprecated).then_some(Reading { bounds: claim.bounds, stance })
}

/// Adding evidence.
impl Graph {
    /// Adds a source.
    pub fn add_source(&mut self, source: NewSource) -> SourceId {
        let handle = SourceId::from_index(self.source_count());
        self.overlay_mut().sources.push(source);
        handle
    }

    /// Adds a claim. One about an edge dates the edge anew, by all its live claims.
    ///
    /// # Errors
    /// If what it is about is not there.
    pub fn add_claim(&mut self, about: About, claim: NewClaim) -> Result<ClaimId, WriteError> {
        let handle = ClaimId::from_index(self.claim_count());
        let (matter, subject): (Arc<str>, u64) = match about {
            About::Edge(edge) => {
                self.expect_edge(edge)?;
                (self.type_name(self.edge_type(edge)).clone(), self.edge_key(edge))
            }
            About::Node(node) => {
                self.expect_node(node)?;
                (claim.matter.as_str().into(), self.base.subject_key(about))
            }
        };
        let earlier: Vec<u64> = match about {
            About::Edge(edge) => self.claims_of_edge(edge).map(|each| self.claim(each).id).collect(),
            About::Node(node) => self.claims_of_node(node).map(|each| self.claim(each).id).collect(),
        };
        let source = self.source_record(claim.source).id;
        let id = claim_key(&claim.view(handle, 0, about, &matter), subject, source, |id| earlier.contains(&id));
        let overlay = self.overlay_mut();
        match about {
            About::Edge(edge) => overlay.claims_by_edge.entry(edge).or_default().push(handle),
            About::Node(node) => overlay.claims_by_node.entry(node).or_default().push(handle),
        }
        overlay.claims.push(Said { id, about, matter, claim });
        if let About::Edge(edge) = about {
            self.date_by_claims(edge);
        }
        Ok(handle)
    }

    fn date_by_claims(&mut self, edge: EdgeId) {
        let readings = self.live_readings(edge);
        self.overlay_mut().times.insert(edge, (Window::of(&readings), readings));
    }

    /// Says when an edge holds: what each of its live claims says.
    ///
    /// # Errors
    /// If the edge is not there.
    pub fn set_edge_readings(&mut self, edge: EdgeId, readings: Vec<Reading>) -> Result<(), WriteError> {
        self.expect_edge(edge)?;
        self.overlay_mut().times.insert(edge, (Window::of(&readings), readings));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ClaimRow, GraphBuilder, NewEdge, NewFigure, NewName};
    use super::*;
    use crate::model::{FigureValue, NameKind, Wording};
    use crate::names::Stage;
    use crate::time::{Period, Question, Standing};

    fn days(first: i32, last: i32) -> Period {
        Period { first: Day(first), last: Day(last) }
    }

    /// Two groups, a split and an alliance, two sources; claims are added in this order or the other.
    fn graph(reversed: bool) -> Graph {
        let mut builder = GraphBuilder::new();
        let group = builder.label("ArmedGroup");
        let (split_from, allied_with) = (builder.relation_type("SPLIT_FROM"), builder.relation_type("ALLIED_WITH"));
        let [mujao, aqim] = ["mujao", "aqim"].map(|slug| builder.add_node(slug, &[group]));
        let paper = NewSource { id: "paper".into(), date: "2015-03".into(), ..NewSource::default() };
        let post = NewSource { id: "post".into(), origin: "paper".into(), ..NewSource::default() };
        let [paper, post] = [paper, post].map(|source| builder.add_source(&source));
        let edges = [builder.add_edge(split_from, mujao, aqim), builder.add_edge(allied_with, mujao, aqim)];
        let said = |source, at: &str, period, wording| NewClaim {
            wording,
            bounds: Bounds::exactly(period),
            ..NewClaim::new(source, at)
        };
        let mut claims: Vec<(NewEdge, NewClaim)> = vec![
            (edges[0], said(paper, "p. 1", days(10, 20), Wording::Asserted)),
            (edges[1], said(paper, "p. 2", days(10, 20), Wording::Asserted)),
            (edges[1], said(post, "para 1", days(15, 20), Wording::Denied)),
            (edges[1], said(post, "para 1", days(15, 20), Wording::Denied)),
        ];
        if reversed {
            claims.reverse();
        }
        let name = NewClaim { matter: "name".into(), value: "MUJAO".into(), ..NewClaim::new(post, "title") };
        let name: ClaimRow = builder.add_node_claim(mujao, &name);
        for (edge, claim) in &claims {
            builder.add_edge_claim(*edge, claim);
        }
        for text in ["MUJAO", "Mouvement pour l'unicité"] {
            let kind = NameKind::Preferred;
            builder.add_name(&NewName { node: mujao, text, kind, language: "fr", script: "", claim: Some(name) });
        }
        let value = FigureValue::Range(100.0, 200.0);
        let (of, relative_to, jointly_with, scope) = ("", "", "", "Gao");
        let (measure, unit, period) = ("fighters", "persons", "2012");
        let figure =
            NewFigure { node: mujao, measure, value, unit, of, relative_to, jointly_with, scope, period, claim: name };
        builder.add_figure(&figure);
        Graph::from(builder.freeze())
    }

    fn edge(graph: &Graph, relation: &str) -> EdgeId {
        graph.edges_of_type(graph.type_id(relation).unwrap()).next().unwrap()
    }

    #[test]
    fn claims_stand_behind_their_edge_and_date_it() {
        let graph = graph(false);
        let alliance = edge(&graph, "ALLIED_WITH");
        let claims: Vec<_> = graph.claims_of_edge(alliance).map(|claim| graph.claim(claim)).collect();
        assert_eq!(claims.len(), 3);
        assert!(claims.iter().all(|claim| claim.about == About::Edge(alliance) && claim.matter == "ALLIED_WITH"));
        assert_eq!((claims[0].at, claims[1].wording), ("p. 2", Wording::Denied));
        let standing = |first, last| graph.edge_time(alliance).standing(Question::AsOf(days(first, last)));
        assert_eq!(standing(11, 12), Standing::Certain);
        assert_eq!(standing(12, 16), Standing::Disputed);
        assert_eq!(standing(30, 40), Standing::No);
        let split = graph.edge_time(edge(&graph, "SPLIT_FROM"));
        assert_eq!(split.standing(Question::AsOf(days(12, 16))), Standing::Certain);
        assert!(split.readings.is_empty());
    }

    #[test]
    fn names_figures_and_sources_are_handed_out_with_their_claim() {
        let graph = graph(false);
        let mujao = graph.node_by_slug("mujao").unwrap();
        let claim = graph.claims_of_node(mujao).next().unwrap();
        let names: Vec<_> = graph.names_of(mujao).map(|name| (name.text, name.claim)).collect();
        assert_eq!(names, [("MUJAO", Some(claim)), ("Mouvement pour l'unicité", Some(claim))]);
        let figure = graph.figures_of(mujao).next().unwrap();
        assert_eq!((figure.scope, figure.claim, figure.value), ("Gao", claim, FigureValue::Range(100.0, 200.0)));
        assert_eq!(graph.claim(claim).value, "MUJAO");
        let post = graph.source_record(graph.claim(claim).source);
        assert_eq!((post.id, post.origin), ("post", "paper"));
        assert_eq!(graph.published_by(SourceId(1)), None);
        assert_eq!(graph.published_by(SourceId(0)), Edtf::parse("2015-03-31").ok().map(|date| date.latest()));
        assert_eq!(graph.name_of(mujao), "MUJAO");
        let found = graph.find_name("mouvement pour l unicite").unwrap();
        assert_eq!((found.stage, found.nodes[0].0), (Stage::Folded, mujao));
        assert_eq!(graph.find_name("aqim").unwrap().stage, Stage::Id);
        assert!(graph.figures_of(graph.node_by_slug("aqim").unwrap()).next().is_none());
    }

    #[test]
    fn keys_come_from_content_not_from_order() {
        let keys = |graph: &Graph| {
            let mut ids: Vec<u64> = graph.claims().map(|claim| graph.claim(claim).id).collect();
            ids.sort_unstable();
            (ids, graph.edges().map(|edge| graph.edge_key(edge)).collect::<Vec<_>>())
        };
        let (ids, edges) = keys(&graph(false));
        assert_eq!((ids.clone(), edges), keys(&graph(true)));
        let mut distinct = ids.clone();
        distinct.dedup();
        assert_eq!(distinct, ids);
        let graph = graph(false);
        let split = edge(&graph, "SPLIT_FROM");
        assert_eq!(graph.base().edge_by_key(graph.edge_key(split)), Some(split));
    }

    #[test]
    fn evidence_added_later_counts_as_well() {
        let mut graph = graph(false);
        let before = graph.clone();
        let split = edge(&graph, "SPLIT_FROM");
        let source = graph.add_source(NewSource { id: "radio".into(), ..NewSource::default() });
        let denial = NewClaim {
            wording: Wording::Denied,
            bounds: Bounds::exactly(days(0, 100)),
            ..NewClaim::new(source, "at noon")
        };
        let claim = graph.add_claim(About::Edge(split), denial).unwrap();
        assert_eq!(graph.claims_of_edge(split).last(), Some(claim));
        assert_eq!(graph.claim(claim).matter, "SPLIT_FROM");
        assert_eq!(graph.source_by_slug("radio"), Some(source));
        let asked = Question::AsOf(days(12, 16));
        assert_eq!(graph.edge_time(split).standing(asked), Standing::Disputed);
        assert_eq!(before.edge_time(split).standing(asked), Standing::Certain);

        let (relation, name) = (graph.intern_type("LED"), graph.intern_key("name"));
        let person = graph.create_node(&[], [(name, "Ahmed al-Tilemsi".into())]);
        let led = graph.create_edge(relation, person, graph.node_by_slug("mujao").unwrap(), []).unwrap();
        assert_eq!(graph.edge_time(led).standing(asked), Standing::Possible);
        assert_eq!(graph.claims_of_edge(led).count(), 0);
        assert_eq!(graph.find_name("ahmed al tilemsi").unwrap().nodes[0].0, person);
        graph.set_node_property(person, name, "Other".into()).unwrap();
        assert!(graph.find_name("Ahmed al-Tilemsi").is_none());
    }
}
