//! Building a store: say nodes, edges, properties and evidence in any order, then freeze.
//!
//! Columnar from the start: an added edge is two numbers in two vectors, a property one cell of its column. Freezing
//! orders each type's edges with counting sorts and moves columns one at a time, so ten million edges take seconds,
//! and memory beyond the store itself stays near the size of its largest type.

use std::sync::OnceLock;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::array::{Array, to_u32};
use super::column::Column;
use super::column_builder::ColumnBuilder;
use super::edge_freezing::{self, FrozenEdges};
use super::edge_times::{self, TimesBuilder};
use super::evidence_builder::EvidenceBuilder;
use super::index::{TextIndex, ValueIndex};
use super::meta::Meta;
use super::store::{NodeTable, Store};
use super::symbols::Symbols;
use super::texts::TextsBuilder;
use crate::model::{CuratorRecords, EdgeId, KeyId, LabelId, NodeId, Schema, TextId, TypeId, Value};
use crate::time::{Bounds, Day, Period, Reading, TimeClass};

pub(super) type KeyColumns = IndexMap<KeyId, ColumnBuilder, FxBuildHasher>;

/// An edge of a graph that is being built. Its [`EdgeId`] is known when the graph is frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NewEdge {
    /// Its type.
    pub relation: TypeId,
    /// The how manyth edge of this type it is, from 0.
    pub row: u32,
}

/// A graph that is being built.
///
/// ```
/// use griot::graph::{Graph, GraphBuilder};
/// let mut builder = GraphBuilder::new();
/// let (group, split_from, name) = (builder.label("ArmedGroup"), builder.relation_type("SPLIT_FROM"), builder.key("name"));
/// let mujao = builder.add_node("mujao", &[group]);
/// let aqim = builder.add_node("aqim", &[group]);
/// builder.set_node_property(mujao, name, &"MUJAO".into());
/// builder.add_edge(split_from, mujao, aqim);
/// let graph = Graph::from(builder.freeze());
/// assert_eq!(graph.node_by_slug("mujao"), Some(mujao));
/// ```
#[derive(Default)]
pub struct GraphBuilder {
    meta: Meta,
    records: CuratorRecords,
    pub(super) texts: TextsBuilder,
    labels: Symbols,
    pub(super) types: Symbols,
    keys: Symbols,
    slugs: Vec<TextId>,
    label_sets: IndexMap<Vec<LabelId>, (), FxBuildHasher>,
    pub(super) set_of_node: Vec<u32>,
    pub(super) node_columns: KeyColumns,
    marked: Vec<KeyId>,
    pub(super) edges: Vec<TypeEdges>,
    lifetimes: Vec<(NodeId, Bounds)>,
    pub(super) evidence: EvidenceBuilder,
}

/// The edges of one type, as they were said.
#[derive(Default)]
pub(super) struct TypeEdges {
    pub(super) sources: Vec<NodeId>,
    pub(super) targets: Vec<NodeId>,
    pub(super) columns: KeyColumns,
    pub(super) times: TimesBuilder,
    pub(super) keys: Vec<(u32, u64)>,
}

impl GraphBuilder {
    /// An empty graph with the empty schema.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the graph its schema.
    pub fn schema(&mut self, schema: Schema) {
        self.meta.schema = schema;
    }

    /// What the graph says of itself.
    pub fn meta(&mut self) -> &mut Meta {
        &mut self.meta
    }

    /// Gives the graph what its curator recorded beside the claims.
    pub fn records(&mut self, records: CuratorRecords) {
        self.records = records;
    }

    /// The label with a name, new or known.
    pub fn label(&mut self, name: &str) -> LabelId {
        LabelId::from_index(self.labels.intern(name))
    }

    /// The relation type with a name, new or known.
    pub fn relation_type(&mut self, name: &str) -> TypeId {
        let number = self.types.intern(name);
        if number == self.edges.len() {
            self.edges.push(TypeEdges::default());
        }
        TypeId::from_index(number)
    }

    /// The property key with a name, new or known.
    pub fn key(&mut self, name: &str) -> KeyId {
        KeyId::from_index(self.keys.intern(name))
    }

    /// The dictionary code of a string, new or known.
    pub fn text(&mut self, text: &str) -> TextId {
        self.texts.intern(text)
    }

    /// The code of an optional string, [`TextId::NONE`] for none.
    pub fn optional_text(&mut self, text: Option<&str>) -> TextId {
        text.map_or(TextId::NONE, |text| self.texts.intern(text))
    }

    /// Adds a node. `slug` is its stable id, unique in the graph; empty for a node without one. Labels as they are:
    /// what the schema says stands above a kind is added by the caller.
    pub fn add_node(&mut self, slug: &str, labels: &[LabelId]) -> NodeId {
        let node = NodeId::from_index(self.set_of_node.len());
        let set = self.label_set(labels);
        self.set_of_node.push(set);
        if !slug.is_empty() {
            self.slugs.resize(node.index(), TextId::NONE);
            let slug = self.texts.intern(slug);
            self.slugs.push(slug);
        }
        node
    }

    /// The number of a set of labels, new or known.
    pub(super) fn label_set(&mut self, labels: &[LabelId]) -> u32 {
        let mut labels = labels.to_vec();
        labels.sort_unstable();
        labels.dedup();
        let set = match self.label_sets.get_index_of(&labels) {
            Some(set) => set,
            None => self.label_sets.insert_full(labels, ()).0,
        };
        to_u32(set)
    }

    /// How many nodes were added.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.set_of_node.len()
    }

    /// Gives a node a property; the last value said counts, null says nothing.
    pub fn set_node_property(&mut self, node: NodeId, key: KeyId, value: &Value) {
        self.node_columns.entry(key).or_default().push(node.0, value, &mut self.texts);
    }

    /// Marks a node property for exact look-up: if it holds strings only or whole numbers only, the store keeps an index
    /// on it.
    pub fn index_nodes_by(&mut self, key: KeyId) {
        if !self.marked.contains(&key) {
            self.marked.push(key);
        }
    }

    /// Adds an edge between nodes that were added before.
    pub fn add_edge(&mut self, relation: TypeId, source: NodeId, target: NodeId) -> NewEdge {
        debug_assert!(source.index() < self.node_count() && target.index() < self.node_count());
        let edges = &mut self.edges[relation.index()];
        let row = to_u32(edges.sources.len());
        edges.sources.push(source);
        edges.targets.push(target);
        NewEdge { relation, row }
    }

    /// Gives an edge a property; the last value said counts, null says nothing.
    pub fn set_edge_property(&mut self, edge: NewEdge, key: KeyId, value: &Value) {
        let columns = &mut self.edges[edge.relation.index()].columns;
        columns.entry(key).or_default().push(edge.row, value, &mut self.texts);
    }

    /// Gives an edge a whole number as property: the quick way for tables.
    pub fn set_edge_int(&mut self, edge: NewEdge, key: KeyId, int: i64) {
        let columns = &mut self.edges[edge.relation.index()].columns;
        columns.entry(key).or_default().push_int(edge.row, int);
    }

    /// Gives a node a whole number as property: the quick way for tables.
    pub fn set_node_int(&mut self, node: NodeId, key: KeyId, int: i64) {
        self.node_columns.entry(key).or_default().push_int(node.0, int);
    }

    /// Gives a node a string of the dictionary as property: the quick way for tables.
    pub fn set_node_text(&mut self, node: NodeId, key: KeyId, code: TextId) {
        self.node_columns.entry(key).or_default().push_text(node.0, code);
    }

    /// Says when an edge holds: what each of its live claims says. Without it, an edge is dated by the claims that are
    /// added to it; without claims too, it is undated (or timeless, where its type is).
    pub fn set_edge_readings(&mut self, edge: NewEdge, readings: &[Reading]) {
        self.edges[edge.relation.index()].times.set_readings(edge.row, readings);
    }

    /// Says that an edge holds from one day to another, for certain: the quick way for tables, with [`Day::MIN`] and
    /// [`Day::MAX`] for "open". Said of all edges of a type in the order of their addition, it takes the least room.
    pub fn set_edge_days(&mut self, edge: NewEdge, first: Day, last: Day) {
        self.edges[edge.relation.index()].times.set_days(edge.row, Period { first, last });
    }

    /// Gives an edge its content key. Without it, the key is made from type, ends, and place among its parallels.
    pub fn set_edge_key(&mut self, edge: NewEdge, key: u64) {
        self.edges[edge.relation.index()].keys.push((edge.row, key));
    }

    /// Says when a node existed.
    pub fn set_lifetime(&mut self, node: NodeId, lifetime: Bounds) {
        self.lifetimes.push((node, lifetime));
    }

    /// The frozen store.
    #[must_use]
    pub fn freeze(self) -> Store {
        self.frozen(false).0
    }

    /// The frozen store, and for each type the edge that each added edge became: `edges[type][row]`.
    #[must_use]
    pub fn freeze_with_edges(self) -> (Store, Vec<Vec<EdgeId>>) {
        self.frozen(true)
    }

    fn frozen(mut self, asks_places: bool) -> (Store, Vec<Vec<EdgeId>>) {
        let node_count = self.set_of_node.len();
        let schema = &self.meta.schema;
        let classes: Vec<TimeClass> = self.types.iter().map(|name| edge_times::class_of(schema, name)).collect();
        let type_edges = std::mem::take(&mut self.edges);
        let asks_places = asks_places || !self.evidence.is_empty();
        let FrozenEdges { mut table, placed, keys } =
            edge_freezing::freeze(type_edges, node_count, classes, asks_places);
        if let Some(dates) = self.meta.dates.clone() {
            dates.derive_times(&mut table, dates.keys(&self.keys));
        }
        let edges = table;
        let texts = std::mem::take(&mut self.texts).freeze();
        let nodes = self.freeze_nodes(texts.len());
        let Self { meta, records, labels, types, keys: key_names, evidence, .. } = self;
        let written = if records.is_empty() { None } else { serde_json::to_vec(&records).ok() };
        let mut store = Store { meta, texts, labels, types, keys: key_names, nodes, edges, ..Store::default() };
        store.records = written.unwrap_or_default().into();
        if !keys.is_empty() {
            let mut all: Vec<u64> = (0..to_u32(store.edge_count())).map(|edge| store.edge_key(EdgeId(edge))).collect();
            for (edge, key) in keys {
                all[edge.index()] = key;
            }
            store.edges.content_keys = all.into();
        }
        if !evidence.is_empty() {
            store.evidence = evidence.freeze(&store, &placed);
        }
        (store, placed)
    }

    fn freeze_nodes(&mut self, texts: usize) -> NodeTable {
        let node_count = self.set_of_node.len();
        if !self.slugs.is_empty() {
            self.slugs.resize(node_count, TextId::NONE);
        }
        let mut columns: Vec<Option<Column>> = (0..self.keys.len()).map(|_| None).collect();
        for (key, column) in self.node_columns.drain(..).filter(|(_, column)| !column.is_empty()) {
            columns[key.index()] = Some(column.freeze(node_count, None));
        }
        let indexes: Vec<OnceLock<_>> = columns.iter().map(|_| OnceLock::new()).collect();
        let mut marked = std::mem::take(&mut self.marked);
        marked.sort_unstable();
        for key in &marked {
            let column = columns[key.index()].as_ref();
            let built = column.map_or_else(ValueIndex::default, |column| ValueIndex::of_column(column, texts));
            indexes[key.index()].get_or_init(|| built);
        }
        let slugged = (0..).zip(&self.slugs).filter(|(_, slug)| **slug != TextId::NONE);
        let by_slug = TextIndex::of(slugged.map(|(node, slug)| (*slug, NodeId(node))), texts);
        let (label_starts, label_nodes) = self.nodes_by_label();
        let mut lifetimes = Vec::new();
        if !self.lifetimes.is_empty() {
            lifetimes.resize(node_count, Bounds::UNBOUNDED);
            self.lifetimes.iter().for_each(|(node, lifetime)| lifetimes[node.index()] = *lifetime);
        }
        NodeTable {
            by_slug,
            set_starts: starts(self.label_sets.keys().map(Vec::len)),
            set_labels: self.label_sets.keys().flatten().copied().collect(),
            lifetimes: lifetimes.into(),
            label_starts,
            label_nodes,
            indexes,
            marked,
            columns,
            slugs: std::mem::take(&mut self.slugs).into(),
            label_sets: std::mem::take(&mut self.set_of_node).into(),
        }
    }

    /// The nodes of each label, ascending, and the starts of each label's part.
    fn nodes_by_label(&self) -> (Array<u32>, Array<NodeId>) {
        let sets: Vec<&Vec<LabelId>> = self.label_sets.keys().collect();
        let mut counts = vec![0usize; self.labels.len()];
        for set in &self.set_of_node {
            sets[*set as usize].iter().for_each(|label| counts[label.index()] += 1);
        }
        let starts = starts(counts.into_iter());
        let mut next: Vec<u32> = starts.to_vec();
        let mut nodes = vec![NodeId::NONE; starts.last().map_or(0, |end| *end as usize)];
        for (node, set) in (0..).zip(&self.set_of_node) {
            for label in sets[*set as usize] {
                let at = &mut next[label.index()];
                nodes[*at as usize] = NodeId(node);
                *at += 1;
            }
        }
        (starts, nodes.into())
    }
}

/// Running sums: where each part starts, and where the last ends.
fn starts(lengths: impl Iterator<Item = usize>) -> Array<u32> {
    let ends = lengths.scan(0, |end, length| {
        *end += length;
        Some(to_u32(*end))
    });
    std::iter::once(0).chain(ends).collect()
}
