//! The frozen base of a graph: arrays, and nothing else.
//!
//! Built once by [`GraphBuilder`](super::GraphBuilder) or read from a graph file; never changed. There is no object
//! per node or edge: a node is a row of the node columns, an edge a row of the edge arrays. Edges are numbered type by
//! type, and within a type by (source, target), so the type of an edge follows from its number.
//!
//! Those who ask a graph go through [`Graph`](super::Graph), which lays the changes of the overlay over this; only
//! inner loops that have asked whether a change is in the way read the arrays here.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::sync::OnceLock;

use super::adjacency::Adjacency;
use super::array::Array;
use super::column::Column;
use super::content::content_key;
use super::edge_times::{self, EdgeReadings, TypeTimes};
use super::ends::EndSets;
use super::evidence::Evidence;
use super::index::{TextIndex, ValueIndex};
use super::meta::Meta;
use super::naming::StoreNames;
use super::offsets::Offsets;
use super::ranks::Ranks;
use super::statistics::TypeStatistics;
use super::symbols::Symbols;
use super::texts::Texts;
use crate::model::{About, CuratorRecords, EdgeId, KeyId, LabelId, NodeId, TextId, TypeId, Value};
use crate::time::{Bounds, EdgeTime, TimeClass, Window};

/// Ranks of so many keys are made in less than the time of one look-up among them without ranks.
const KEYS_A_LOOKUP: usize = 32;

/// The frozen base of a graph.
#[derive(Default)]
pub struct Store {
    pub(crate) meta: Meta,
    pub(crate) texts: Texts,
    pub(crate) labels: Symbols,
    pub(crate) types: Symbols,
    pub(crate) keys: Symbols,
    pub(crate) nodes: NodeTable,
    pub(crate) edges: EdgeTable,
    pub(crate) evidence: Evidence,
    /// What the curator recorded, as JSON: read when somebody asks for it.
    pub(crate) records: Array<u8>,
    pub(crate) read_records: OnceLock<CuratorRecords>,
    pub(crate) names: StoreNames,
    pub(crate) by_key: OnceLock<Vec<(u64, EdgeId)>>,
    pub(crate) all_are_backed: OnceLock<Vec<bool>>,
    pub(crate) statistics: OnceLock<Vec<TypeStatistics>>,
    pub(crate) ranks: OnceLock<Vec<[OnceLock<Ranks>; 2]>>,
    pub(crate) end_sets: EndSets,
    /// Of each node property, whether it tells nodes apart.
    pub(crate) value_distinctness: OnceLock<Vec<OnceLock<bool>>>,
}

/// The nodes: slugs, labels, properties.
#[derive(Clone, Default)]
pub(crate) struct NodeTable {
    /// Slug of each node; [`TextId::NONE`] where it has none. Empty where no node has one.
    pub(crate) slugs: Array<TextId>,
    /// Slug → node.
    pub(crate) by_slug: TextIndex,
    /// Which label set each node bears.
    pub(crate) label_sets: Array<u32>,
    /// The labels of each set, ascending: rows of `set_labels`.
    pub(crate) set_starts: Array<u32>,
    pub(crate) set_labels: Array<LabelId>,
    /// The nodes of each label, ascending: rows of `label_nodes`.
    pub(crate) label_starts: Array<u32>,
    pub(crate) label_nodes: Array<NodeId>,
    /// One column per key; `None` where no node has it.
    pub(crate) columns: Vec<Option<Column>>,
    /// Look-up indexes on node properties, by key: of keys that were marked, from the start; of others, when first
    /// asked for. `None` where the column does not hold strings only.
    pub(crate) indexes: Vec<OnceLock<ValueIndex>>,
    /// The keys that were marked, ascending: a graph file keeps their indexes.
    pub(crate) marked: Vec<KeyId>,
    /// When each node existed; empty where nobody says so of any.
    pub(crate) lifetimes: Array<Bounds>,
}

/// The edges: ends, both orders, properties by type.
#[derive(Clone, Default)]
pub(crate) struct EdgeTable {
    /// Ends and both orders: one per type.
    pub(crate) by_type: Vec<Adjacency>,
    /// The columns of each type, by key, ascending.
    pub(crate) columns: Vec<Vec<(KeyId, Column)>>,
    /// When the edges of each type hold.
    pub(crate) times: Vec<TypeTimes>,
    pub(crate) readings: EdgeReadings,
    /// The time class of each type, by the schema.
    pub(crate) classes: Vec<TimeClass>,
    /// Content key of each edge; empty where all are made from type and ends.
    pub(crate) content_keys: Array<u64>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({} nodes, {} edges)", self.node_count(), self.edge_count())
    }
}

impl Store {
    /// How many nodes.
    #[inline]
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.nodes.label_sets.len()
    }

    /// How many edges.
    #[inline]
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.edges.by_type.last().map_or(0, |edges| edges.first as usize + edges.count as usize)
    }

    /// The dictionary.
    #[must_use]
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// What the graph as a whole says of itself.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// What the curator recorded beside the claims.
    #[must_use]
    pub fn records(&self) -> &CuratorRecords {
        self.read_records.get_or_init(|| serde_json::from_slice(&self.records).unwrap_or_default())
    }

    /// The names of labels.
    #[must_use]
    pub fn labels(&self) -> &Symbols {
        &self.labels
    }

    /// The names of relation types.
    #[must_use]
    pub fn types(&self) -> &Symbols {
        &self.types
    }

    /// The names of property keys.
    #[must_use]
    pub fn keys(&self) -> &Symbols {
        &self.keys
    }

    /// A node's slug.
    #[must_use]
    pub fn slug(&self, node: NodeId) -> Option<&str> {
        self.nodes.slugs.get(node.index()).and_then(|slug| self.texts.optional(*slug))
    }

    /// The node with a slug.
    #[must_use]
    pub fn node_by_slug(&self, slug: &str) -> Option<NodeId> {
        self.nodes.by_slug.nodes(self.texts.find(slug)?).first().copied()
    }

    /// The number of a node's label set: nodes with the same labels have the same.
    #[inline]
    #[must_use]
    pub fn label_set(&self, node: NodeId) -> u32 {
        self.nodes.label_sets.at(node.index()).copied().unwrap_or(0)
    }

    /// The labels of a set, ascending.
    #[inline]
    #[must_use]
    pub fn labels_of_set(&self, set: u32) -> &[LabelId] {
        rows(&self.nodes.set_starts, &self.nodes.set_labels, set)
    }

    /// How many label sets there are.
    #[must_use]
    pub fn label_set_count(&self) -> usize {
        self.nodes.set_starts.len().saturating_sub(1)
    }

    /// A node's labels, ascending.
    #[inline]
    #[must_use]
    pub fn labels_of(&self, node: NodeId) -> &[LabelId] {
        self.labels_of_set(self.label_set(node))
    }

    /// The nodes that bear a label, ascending.
    #[must_use]
    pub fn nodes_with_label(&self, label: LabelId) -> &[NodeId] {
        rows(&self.nodes.label_starts, &self.nodes.label_nodes, label.0)
    }

    /// How many nodes bear a label.
    #[must_use]
    pub fn label_count(&self, label: LabelId) -> usize {
        match self.nodes.label_starts.get(label.index()..label.index() + 2) {
            Some(&[start, end]) => (end - start) as usize,
            _ => 0,
        }
    }

    /// The column of a node property; `None` where no node has it.
    #[inline]
    #[must_use]
    pub fn node_column(&self, key: KeyId) -> Option<&Column> {
        self.nodes.columns.get(key.index())?.as_ref()
    }

    /// A node's property; null where it has none.
    #[inline]
    #[must_use]
    pub fn node_property(&self, node: NodeId, key: KeyId) -> Value {
        self.node_column(key).map_or(Value::Null, |column| column.value(node.index(), &self.texts))
    }

    /// The exact look-up on a node property, made when it is first asked for unless it was marked.
    #[must_use]
    pub fn value_index(&self, key: KeyId) -> &ValueIndex {
        let Some(index) = self.nodes.indexes.get(key.index()) else { return ValueIndex::empty() };
        index.get_or_init(|| match self.node_column(key) {
            Some(column) => ValueIndex::of_column(column, self.texts.len()),
            None => ValueIndex::default(),
        })
    }

    /// Whether an exact look-up on a node property stands ready: it was marked when the graph was built.
    #[must_use]
    pub fn is_indexed(&self, key: KeyId) -> bool {
        self.nodes.marked.binary_search(&key).is_ok()
    }

    /// The edges of a type; none for a type that the base does not know.
    #[inline]
    #[must_use]
    pub fn adjacency(&self, relation: TypeId) -> Option<&Adjacency> {
        self.edges.by_type.get(relation.index())
    }

    /// The edges of a type, by number.
    #[must_use]
    pub fn edges_of_type(&self, relation: TypeId) -> std::ops::Range<u32> {
        self.adjacency(relation).map_or(0..0, |edges| edges.first..edges.first + edges.count)
    }

    /// The edges that leave a node: the number of the first (the others follow), and their targets, ascending.
    #[inline]
    #[must_use]
    pub fn out(&self, node: NodeId, relation: TypeId) -> (EdgeId, &[NodeId]) {
        self.out_near(node, relation, &Cell::new(0))
    }

    /// The same for nodes that come in ascending order, more or less.
    #[inline]
    #[must_use]
    pub fn out_near(&self, node: NodeId, relation: TypeId, hint: &Cell<usize>) -> (EdgeId, &[NodeId]) {
        let Some(edges) = self.adjacency(relation) else { return (EdgeId(0), &[]) };
        let rows = self.rows(&edges.out, (relation, 0), node, hint);
        let first = EdgeId::from_index(edges.first as usize + rows.start);
        (first, edges.targets.part(rows).unwrap_or(&[]))
    }

    /// The edges that enter a node, and their sources, ascending by source.
    #[inline]
    #[must_use]
    pub fn incoming(&self, node: NodeId, relation: TypeId) -> (&[EdgeId], &[NodeId]) {
        self.incoming_near(node, relation, &Cell::new(0))
    }

    /// The same for nodes that come in ascending order, more or less.
    #[inline]
    #[must_use]
    pub fn incoming_near(&self, node: NodeId, relation: TypeId, hint: &Cell<usize>) -> (&[EdgeId], &[NodeId]) {
        let Some(edges) = self.adjacency(relation) else { return (&[], &[]) };
        let rows = self.rows(&edges.incoming, (relation, 1), node, hint);
        (edges.in_edges.part(rows.clone()).unwrap_or(&[]), edges.in_sources.part(rows).unwrap_or(&[]))
    }

    /// Where a node's edges of a type lie, by its sources (0) or its targets (1): by ranks where they have been made.
    #[inline]
    fn rows(
        &self,
        offsets: &Offsets,
        (relation, side): (TypeId, usize),
        node: NodeId,
        hint: &Cell<usize>,
    ) -> std::ops::Range<usize> {
        if offsets.sparse_keys().is_none() {
            return offsets.rows(node.0);
        }
        match self.ranks.get().and_then(|of_all| of_all.get(relation.index())?[side].get()) {
            Some(ranks) => ranks.find(node.0).map_or(0..0, |place| offsets.rows_at(place)),
            None => offsets.rows_near(node.0, hint),
        }
    }

    /// Makes ranks of a type's sources (0) or targets (1) where so many look-ups are worth it.
    pub fn expect_lookups(&self, (relation, side): (TypeId, usize), count: usize) {
        let (Some(edges), Some(ranks)) = (self.adjacency(relation), self.ranks(relation)) else { return };
        let offsets = if side == 0 { &edges.out } else { &edges.incoming };
        if let Some(keys) = offsets.sparse_keys().filter(|keys| keys.len() < count * KEYS_A_LOOKUP) {
            ranks[side].get_or_init(|| Ranks::of(keys));
        }
    }

    /// Where the ranks of a type's sources (0) and targets (1) are kept, for searches that have looked up many of them.
    pub(super) fn ranks(&self, relation: TypeId) -> Option<&[OnceLock<Ranks>; 2]> {
        let of_all = self.ranks.get_or_init(|| self.edges.by_type.iter().map(|_| Default::default()).collect());
        of_all.get(relation.index())
    }

    /// The type of an edge of the base.
    #[inline]
    #[must_use]
    pub fn edge_type(&self, edge: EdgeId) -> TypeId {
        let after = self.edges.by_type.partition_point(|edges| edges.first <= edge.0);
        TypeId::from_index(after.saturating_sub(1))
    }

    /// Where an edge starts.
    #[inline]
    #[must_use]
    pub fn source(&self, edge: EdgeId) -> NodeId {
        let edges = &self.edges.by_type[self.edge_type(edge).index()];
        edges.sources()[edge.index() - edges.first as usize]
    }

    /// Where an edge points.
    #[inline]
    #[must_use]
    pub fn target(&self, edge: EdgeId) -> NodeId {
        let edges = &self.edges.by_type[self.edge_type(edge).index()];
        *edges.targets.at(edge.index() - edges.first as usize).expect("an edge of the type")
    }

    /// The column of a property of a type's edges, by place within the type (see [`Store::edges_of_type`]).
    #[inline]
    #[must_use]
    pub fn edge_column(&self, relation: TypeId, key: KeyId) -> Option<&Column> {
        let columns = self.edges.columns.get(relation.index())?;
        columns.iter().find(|(each, _)| *each == key).map(|(_, column)| column)
    }

    /// An edge's property; null where it has none.
    #[must_use]
    pub fn edge_property(&self, edge: EdgeId, key: KeyId) -> Value {
        let relation = self.edge_type(edge);
        let row = edge.index() - self.edges.by_type[relation.index()].first as usize;
        self.edge_column(relation, key).map_or(Value::Null, |column| column.value(row, &self.texts))
    }

    /// When the edges of a type hold, by place within the type; `None` for a type that the base does not know.
    #[inline]
    #[must_use]
    pub fn times(&self, relation: TypeId) -> Option<&TypeTimes> {
        self.edges.times.get(relation.index())
    }

    /// The time class of a relation type, by the schema.
    #[inline]
    #[must_use]
    pub fn time_class(&self, relation: TypeId) -> TimeClass {
        let of_unknown = || {
            self.types
                .name(relation.index())
                .map_or(TimeClass::Interval, |name| edge_times::class_of(&self.meta.schema, name))
        };
        self.edges.classes.get(relation.index()).copied().unwrap_or_else(of_unknown)
    }

    /// All that an edge knows of its time.
    #[inline]
    #[must_use]
    pub fn edge_time(&self, edge: EdgeId) -> EdgeTime<'_> {
        let relation = self.edge_type(edge);
        let class = self.time_class(relation);
        let row = edge.index() - self.edges.by_type[relation.index()].first as usize;
        let window = self.edges.times[relation.index()].window(row, class);
        let readings = if window.needs_readings() { self.edges.readings.of(edge) } else { &[] };
        EdgeTime { class, window, readings }
    }

    /// Whether something other than denials and deprecated claims stands behind every edge of a type.
    #[must_use]
    pub fn all_are_backed(&self, relation: TypeId) -> bool {
        let all_types = self.all_are_backed.get_or_init(|| {
            let is_backed = |times: &TypeTimes| match times {
                TypeTimes::Windows { flags, .. } => !flags.contains(&Window::UNBACKED.flags()),
                TypeTimes::Undated | TypeTimes::Days { .. } => true,
            };
            self.edges.times.iter().map(is_backed).collect()
        });
        all_types.get(relation.index()).copied().unwrap_or(true)
    }

    /// When a node existed, as far as anybody says.
    #[must_use]
    pub fn lifetime(&self, node: NodeId) -> Bounds {
        self.nodes.lifetimes.get(node.index()).copied().unwrap_or(Bounds::UNBOUNDED)
    }

    /// Whether anything is said of when nodes existed.
    #[must_use]
    pub fn has_lifetimes(&self) -> bool {
        !self.nodes.lifetimes.is_empty()
    }

    /// An edge's content key: the same in every build of the same facts.
    #[must_use]
    pub fn edge_key(&self, edge: EdgeId) -> u64 {
        if let Some(key) = self.edges.content_keys.get(edge.index()) {
            return *key;
        }
        let (relation, source, target) = (self.edge_type(edge), self.source(edge), self.target(edge));
        let parallels = self.out(source, relation).1.partition_point(|other| *other < target);
        let ordinal = edge.index() - self.out(source, relation).0.index() - parallels;
        let name = self.types.name(relation.index()).map_or("", |name| name);
        content_key([name, &self.node_name(source), &self.node_name(target), &ordinal.to_string()])
    }

    /// The content key of what a claim is about.
    pub(super) fn subject_key(&self, about: About) -> u64 {
        match about {
            About::Edge(edge) => self.edge_key(edge),
            About::Node(node) => content_key([self.node_name(node).as_ref()]),
        }
    }

    /// A node's slug, or its number where it has none.
    fn node_name(&self, node: NodeId) -> Cow<'_, str> {
        self.slug(node).map_or_else(|| format!("#{}", node.0).into(), Cow::from)
    }

    /// The edge with a content key.
    #[must_use]
    pub fn edge_by_key(&self, key: u64) -> Option<EdgeId> {
        let by_key = self.by_key.get_or_init(|| {
            let edges = (0..self.edge_count()).map(EdgeId::from_index);
            let mut by_key: Vec<_> = edges.map(|edge| (self.edge_key(edge), edge)).collect();
            by_key.sort_unstable();
            by_key
        });
        let at = by_key.partition_point(|(each, _)| *each < key);
        by_key.get(at).filter(|(each, _)| *each == key).map(|(_, edge)| *edge)
    }

    /// The columns of a type's edges, by key, ascending.
    #[must_use]
    pub fn edge_columns(&self, relation: TypeId) -> &[(KeyId, Column)] {
        self.edges.columns.get(relation.index()).map_or(&[], Vec::as_slice)
    }
}

/// The rows of a key in an array with dense starts.
#[inline]
fn rows<'a, T>(starts: &[u32], items: &'a [T], key: u32) -> &'a [T] {
    let at = key as usize;
    match starts.get(at..at.wrapping_add(2)) {
        Some(&[start, end]) => items.get(start as usize..end as usize).unwrap_or(&[]),
        _ => &[],
    }
}
