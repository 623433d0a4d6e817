//! Evidence while a graph is built: records in the order in which they were said, put in the order of the store when
//! it is frozen.

use super::array::to_u32;
use super::builder::{GraphBuilder, NewEdge};
use super::content::ContentHasher;
use super::evidence::{Evidence, StoredClaim, StoredFigure, StoredName, StoredSource, UNSAID};
use super::offsets::Offsets;
use super::said::{ClaimRow, NewClaim, NewFigure, NewName, NewSource};
use super::store::Store;
use super::texts::TextsBuilder;
use crate::model::{Claim, ClaimId, EdgeId, FigureValue, NodeId, SourceId, TextId};
use crate::time::{Day, Edtf};

/// Evidence said so far.
#[derive(Default)]
pub(super) struct EvidenceBuilder {
    sources: Vec<StoredSource>,
    claims: Vec<(Subject, StoredClaim)>,
    names: Vec<StoredName>,
    figures: Vec<StoredFigure>,
}

/// What a claim is about while its edge has no number yet.
#[derive(Clone, Copy)]
enum Subject {
    Edge(NewEdge),
    Node(NodeId),
}

impl GraphBuilder {
    /// Adds a source.
    pub fn add_source(&mut self, source: &NewSource) -> SourceId {
        let handle = SourceId::from_index(self.evidence.sources.len());
        let published_by = Edtf::parse(&source.date).map_or(Day::MAX, |date| date.latest());
        let view = source.view(handle);
        let mut code = |text: &str| self.texts.intern(text);
        self.evidence.sources.push(StoredSource {
            id: code(view.id),
            author: code(view.author),
            title: code(view.title),
            publisher: code(view.publisher),
            date: code(view.date),
            kind: code(view.kind),
            address: code(view.address),
            reliability: code(view.reliability),
            origin: code(view.origin),
            node: NodeId::NONE,
            published_by,
        });
        handle
    }

    /// Adds a claim that backs an edge, and, unless it is deprecated, dates it by its bounds.
    pub fn add_edge_claim(&mut self, edge: NewEdge, claim: &NewClaim) -> ClaimRow {
        self.edges[edge.relation.index()].times.add_claim(edge.row, claim.reading());
        let matter = self.types.name(edge.relation.index()).expect("an edge has a type of its graph").clone();
        let record = stored_claim(&mut self.texts, claim, &matter);
        self.push_claim(Subject::Edge(edge), record)
    }

    /// Adds a claim about a node: its kind, a name, a date, an attribute, a figure.
    pub fn add_node_claim(&mut self, node: NodeId, claim: &NewClaim) -> ClaimRow {
        let record = stored_claim(&mut self.texts, claim, &claim.matter);
        self.push_claim(Subject::Node(node), StoredClaim { is_about_node: 1, ..record })
    }

    fn push_claim(&mut self, subject: Subject, record: StoredClaim) -> ClaimRow {
        let row = ClaimRow(to_u32(self.evidence.claims.len()));
        self.evidence.claims.push((subject, record));
        row
    }

    /// Adds a name.
    pub fn add_name(&mut self, name: &NewName<'_>) {
        let mut code = |text: &str| self.texts.intern(text);
        self.evidence.names.push(StoredName {
            node: name.node,
            text: code(name.text),
            language: code(name.language),
            script: code(name.script),
            claim: name.claim.map_or(ClaimId::NONE, |row| ClaimId(row.0)),
            kind: name.kind as u32,
        });
    }

    /// Adds a figure.
    pub fn add_figure(&mut self, figure: &NewFigure<'_>) {
        let (sort, low, high, words) = match figure.value {
            FigureValue::Exact(value) => (0, value, value, ""),
            FigureValue::Range(low, high) => (1, low, high, ""),
            FigureValue::AtLeast(low) => (2, low, low, ""),
            FigureValue::AtMost(high) => (3, high, high, ""),
            FigureValue::About(value) => (4, value, value, ""),
            FigureValue::Words(words) => (5, 0.0, 0.0, words),
        };
        let mut code = |text: &str| self.texts.intern(text);
        self.evidence.figures.push(StoredFigure {
            node: figure.node,
            measure: code(figure.measure),
            unit: code(figure.unit),
            of: code(figure.of),
            relative_to: code(figure.relative_to),
            jointly_with: code(figure.jointly_with),
            scope: code(figure.scope),
            period: code(figure.period),
            claim: ClaimId(figure.claim.0),
            words: code(words),
            sort,
            unused: 0,
            low,
            high,
        });
    }
}

fn stored_claim(texts: &mut TextsBuilder, claim: &NewClaim, matter: &str) -> StoredClaim {
    let mut optional = |text: &Option<String>| text.as_deref().map_or(TextId::NONE, |text| texts.intern(text));
    StoredClaim {
        id: 0,
        about: 0,
        source: claim.source,
        from: optional(&claim.from),
        to: optional(&claim.to),
        on: optional(&claim.on),
        observed: optional(&claim.observed),
        attributed_to: claim.attributed_to.unwrap_or(NodeId::NONE),
        attributed_on: optional(&claim.attributed_on),
        inferred_from: optional(&claim.inferred_from),
        note: optional(&claim.note),
        quote: optional(&claim.quote),
        subject_as: optional(&claim.subject_as),
        object_as: optional(&claim.object_as),
        matter: texts.intern(matter),
        value: texts.intern(&claim.value),
        at: texts.intern(&claim.at),
        bounds: claim.bounds,
        is_about_node: 0,
        wording: claim.wording as u8,
        basis: claim.basis as u8,
        credibility: claim.credibility,
        rank: claim.rank as u8,
        extent: claim.extent.map_or(UNSAID, |extent| extent as u8),
        complete: u8::from(claim.complete),
        unused: 0,
    }
}

impl EvidenceBuilder {
    /// Whether nothing was said.
    pub(super) fn is_empty(&self) -> bool {
        self.sources.is_empty() && self.claims.is_empty() && self.names.is_empty() && self.figures.is_empty()
    }

    /// The evidence of a store that is frozen but for it; `edges[type][row]` is the edge that each added edge became.
    pub(super) fn freeze(self, store: &Store, edges: &[Vec<EdgeId>]) -> Evidence {
        let mut sources = self.sources;
        for source in &mut sources {
            source.node = store.node_by_slug(store.texts.get(source.id)).unwrap_or(NodeId::NONE);
        }
        let (mut claims, new_rows) = ordered_claims(self.claims, edges);
        set_ids(&mut claims, &sources, store);

        let renumbered = |claim: ClaimId| claim.some().map_or(ClaimId::NONE, |old| new_rows[old.index()]);
        let (mut names, mut figures) = (self.names, self.figures);
        for name in &mut names {
            name.claim = renumbered(name.claim);
        }
        for figure in &mut figures {
            figure.claim = renumbered(figure.claim);
        }
        names.sort_by_key(|name| name.node);
        figures.sort_by_key(|figure| figure.node);

        let (nodes, on_edges) = (store.node_count(), claims.partition_point(|claim| claim.is_about_node == 0));
        let (of_edges, of_nodes) = claims.split_at(on_edges);
        Evidence {
            by_edge: Offsets::of_sorted(of_edges.iter().map(|claim| claim.about), store.edge_count()),
            by_node: Offsets::of_sorted(of_nodes.iter().map(|claim| claim.about), nodes),
            names_by_node: Offsets::of_sorted(names.iter().map(|name| name.node.0), nodes),
            figures_by_node: Offsets::of_sorted(figures.iter().map(|figure| figure.node.0), nodes),
            on_edges: to_u32(on_edges),
            sources: sources.into(),
            claims: claims.into(),
            names: names.into(),
            figures: figures.into(),
        }
    }
}

/// Claims in the order of the store, and where each said one went.
fn ordered_claims(said: Vec<(Subject, StoredClaim)>, edges: &[Vec<EdgeId>]) -> (Vec<StoredClaim>, Vec<ClaimId>) {
    let placed = said.into_iter().map(|(subject, record)| match subject {
        Subject::Edge(edge) => StoredClaim { about: edges[edge.relation.index()][edge.row as usize].0, ..record },
        Subject::Node(node) => StoredClaim { about: node.0, ..record },
    });
    let mut claims: Vec<(u32, StoredClaim)> = (0..).zip(placed).collect();
    claims.sort_by_key(|(_, claim)| (claim.is_about_node, claim.about));
    let mut new_rows = vec![ClaimId::NONE; claims.len()];
    (0..).zip(&claims).for_each(|(new, (old, _))| new_rows[*old as usize] = ClaimId(new));
    (claims.into_iter().map(|(_, claim)| claim).collect(), new_rows)
}

/// Gives each claim its content key: what it is about, who says what where, and, among claims that are the same in
/// all of that, the how manyth it is.
fn set_ids(claims: &mut [StoredClaim], sources: &[StoredSource], store: &Store) {
    for at in 0..claims.len() {
        let claim = claims[at];
        let source = sources.get(claim.source.index()).map_or("", |source| store.texts.get(source.id));
        let view = claim.view(ClaimId::NONE, &store.texts);
        let subject = store.subject_key(view.about);
        let is_same_subject = |other: &&StoredClaim| other.about() == view.about;
        let earlier: Vec<u64> = claims[..at].iter().rev().take_while(is_same_subject).map(|other| other.id).collect();
        claims[at].id = claim_key(&view, subject, source, |id| earlier.contains(&id));
    }
}

/// The content key of a claim about something with this key, by the source with this slug; one that is not `taken`.
pub(super) fn claim_key(claim: &Claim<'_>, subject: u64, source: &str, taken: impl Fn(u64) -> bool) -> u64 {
    let mut hasher = ContentHasher::new();
    hasher.number(subject);
    let said = [claim.from, claim.to, claim.on, claim.observed].map(Option::unwrap_or_default);
    let fields = [source, claim.matter, claim.value, claim.at, claim.wording.word(), claim.basis.word()];
    fields.iter().chain(&said).for_each(|field| hasher.text(field));
    while taken(hasher.finish()) {
        hasher.number(1);
    }
    hasher.finish()
}
