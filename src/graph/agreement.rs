//! Property test: a graph after any sequence of changes says what a naive model of the same changes says, whichever
//! part of it was frozen first.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Direction, Graph, GraphBuilder, SideEffects};
use crate::model::{EdgeId, KeyId, LabelId, NodeId, TypeId, Value};

const LABELS: usize = 3;
const TYPES: usize = 3;
const KEYS: usize = 3;

/// The naive model: a list of nodes and a list of edges.
#[derive(Clone, Default, Debug)]
struct Model {
    nodes: Vec<Option<ModelNode>>,
    edges: Vec<Option<ModelEdge>>,
}

#[derive(Clone, Default, Debug)]
struct ModelNode {
    labels: Vec<usize>,
    properties: BTreeMap<usize, Value>,
}

#[derive(Clone, Debug)]
struct ModelEdge {
    relation: usize,
    source: usize,
    target: usize,
    properties: BTreeMap<usize, Value>,
}

/// One change; numbers are taken modulo what is there.
#[derive(Clone, Debug)]
enum Change {
    AddNode(Vec<usize>, BTreeMap<usize, Value>),
    AddEdge(usize, usize, usize, BTreeMap<usize, Value>),
    SetNode(usize, usize, Value),
    SetEdge(usize, usize, Value),
    AddLabel(usize, usize),
    RemoveLabel(usize, usize),
    DeleteEdge(usize),
    DeleteNode(usize),
    DetachDelete(usize),
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (-3i64..3).prop_map(Value::Int),
        any::<i64>().prop_map(Value::Int),
        (-2.0f64..2.0).prop_map(Value::Float),
        "[ab]{0,2}".prop_map(Value::from),
        prop::collection::vec((0i64..3).prop_map(Value::Int), 0..3).prop_map(Value::list),
    ]
}

fn any_properties() -> impl Strategy<Value = BTreeMap<usize, Value>> {
    prop::collection::btree_map(0..KEYS, any_value(), 0..3)
}

fn any_change() -> impl Strategy<Value = Change> {
    let labels = || prop::collection::vec(0..LABELS, 0..3);
    let n = || any::<usize>();
    prop_oneof![
        4 => (labels(), any_properties()).prop_map(|(labels, map)| Change::AddNode(labels, map)),
        6 => (0..TYPES, n(), n(), any_properties()).prop_map(|(t, a, b, map)| Change::AddEdge(t, a, b, map)),
        3 => (n(), 0..KEYS, any_value()).prop_map(|(node, key, value)| Change::SetNode(node, key, value)),
        2 => (n(), 0..KEYS, any_value()).prop_map(|(edge, key, value)| Change::SetEdge(edge, key, value)),
        1 => (n(), 0..LABELS).prop_map(|(node, label)| Change::AddLabel(node, label)),
        1 => (n(), 0..LABELS).prop_map(|(node, label)| Change::RemoveLabel(node, label)),
        2 => n().prop_map(Change::DeleteEdge),
        1 => n().prop_map(Change::DeleteNode),
        1 => n().prop_map(Change::DetachDelete),
    ]
}

/// The `pick`th living thing of a list, if there is any.
fn living<T>(list: &[Option<T>], pick: usize) -> Option<usize> {
    let alive: Vec<usize> = (0..list.len()).filter(|at| list[*at].is_some()).collect();
    if alive.is_empty() { None } else { Some(alive[pick % alive.len()]) }
}

fn put(properties: &mut BTreeMap<usize, Value>, key: usize, value: &Value) {
    if value.is_null() {
        properties.remove(&key);
    } else {
        properties.insert(key, value.clone());
    }
}

fn handles(properties: &BTreeMap<usize, Value>) -> Vec<(KeyId, Value)> {
    properties.iter().map(|(key, value)| (KeyId::from_index(*key), value.clone())).collect()
}

/// A model, the graph that should agree with it, and which edge of the graph each edge of the model is.
struct Pair {
    model: Model,
    graph: Graph,
    edges: Vec<EdgeId>,
}

impl Pair {
    /// Freezes the model's living part; deleted things are forgotten, so numbers start anew.
    fn frozen(model: &Model) -> Self {
        let mut builder = GraphBuilder::new();
        (0..LABELS).for_each(|label| _ = builder.label(&format!("L{label}")));
        (0..TYPES).for_each(|relation| _ = builder.relation_type(&format!("T{relation}")));
        (0..KEYS).for_each(|key| _ = builder.key(&format!("k{key}")));
        builder.index_nodes_by(KeyId(0));
        let mut kept = Model::default();
        let mut place = BTreeMap::new();
        for (at, node) in model.nodes.iter().enumerate() {
            let Some(node) = node else { continue };
            let labels: Vec<LabelId> = node.labels.iter().map(|label| LabelId::from_index(*label)).collect();
            let id = builder.add_node("", &labels);
            for (key, value) in &handles(&node.properties) {
                builder.set_node_property(id, *key, value);
            }
            place.insert(at, kept.nodes.len());
            kept.nodes.push(Some(node.clone()));
        }
        let mut added = Vec::new();
        for edge in model.edges.iter().flatten() {
            let mut edge = edge.clone();
            (edge.source, edge.target) = (place[&edge.source], place[&edge.target]);
            let ends = [NodeId::from_index(edge.source), NodeId::from_index(edge.target)];
            let id = builder.add_edge(TypeId::from_index(edge.relation), ends[0], ends[1]);
            for (key, value) in &handles(&edge.properties) {
                builder.set_edge_property(id, *key, value);
            }
            added.push(id);
            kept.edges.push(Some(edge));
        }
        let (store, placed) = builder.freeze_with_edges();
        let edges = added.iter().map(|edge| placed[edge.relation.index()][edge.row as usize]).collect();
        Self { model: kept, graph: Graph::from(store), edges }
    }

    fn apply(&mut self, change: &Change) {
        match change {
            Change::AddNode(labels, properties) => {
                let handles_of: Vec<LabelId> = labels.iter().map(|label| LabelId::from_index(*label)).collect();
                self.graph.create_node(&handles_of, handles(properties));
                let mut node = ModelNode { labels: labels.clone(), ..ModelNode::default() };
                node.labels.sort_unstable();
                node.labels.dedup();
                for (key, value) in properties {
                    put(&mut node.properties, *key, value);
                }
                self.model.nodes.push(Some(node));
            }
            Change::AddEdge(relation, source, target, properties) => {
                let ends = (living(&self.model.nodes, *source), living(&self.model.nodes, *target));
                let (Some(source), Some(target)) = ends else { return };
                let [from, to] = [source, target].map(NodeId::from_index);
                let created = self.graph.create_edge(TypeId::from_index(*relation), from, to, handles(properties));
                self.edges.push(created.unwrap());
                let mut edge = ModelEdge { relation: *relation, source, target, properties: BTreeMap::new() };
                for (key, value) in properties {
                    put(&mut edge.properties, *key, value);
                }
                self.model.edges.push(Some(edge));
            }
            Change::SetEdge(edge, key, value) => {
                let Some(at) = living(&self.model.edges, *edge) else { return };
                self.graph.set_edge_property(self.edges[at], KeyId::from_index(*key), value.clone()).unwrap();
                put(&mut self.model.edges[at].as_mut().unwrap().properties, *key, value);
            }
            Change::DeleteEdge(edge) => {
                let Some(at) = living(&self.model.edges, *edge) else { return };
                self.graph.delete_edge(self.edges[at]).unwrap();
                assert!(self.graph.delete_edge(self.edges[at]).is_err());
                self.model.edges[at] = None;
            }
            Change::SetNode(node, ..)
            | Change::AddLabel(node, _)
            | Change::RemoveLabel(node, _)
            | Change::DeleteNode(node)
            | Change::DetachDelete(node) => {
                if let Some(at) = living(&self.model.nodes, *node) {
                    self.apply_to_node(at, change);
                }
            }
        }
    }

    fn apply_to_node(&mut self, at: usize, change: &Change) {
        let node = NodeId::from_index(at);
        let is_related = self.model.edges.iter().flatten().any(|edge| edge.source == at || edge.target == at);
        let model = self.model.nodes[at].as_mut().unwrap();
        match change {
            Change::SetNode(_, key, value) => {
                self.graph.set_node_property(node, KeyId::from_index(*key), value.clone()).unwrap();
                put(&mut model.properties, *key, value);
            }
            Change::AddLabel(_, label) => {
                self.graph.add_label(node, LabelId::from_index(*label)).unwrap();
                model.labels.push(*label);
                model.labels.sort_unstable();
                model.labels.dedup();
            }
            Change::RemoveLabel(_, label) => {
                self.graph.remove_label(node, LabelId::from_index(*label)).unwrap();
                model.labels.retain(|each| each != label);
            }
            Change::DeleteNode(_) if is_related => assert!(self.graph.delete_node(node).is_err()),
            Change::DeleteNode(_) => {
                self.graph.delete_node(node).unwrap();
                self.model.nodes[at] = None;
            }
            _ => {
                self.graph.detach_delete_node(node).unwrap();
                self.model.nodes[at] = None;
                let is_gone = |edge: &ModelEdge| edge.source == at || edge.target == at;
                self.model.edges.iter_mut().for_each(|edge| drop(edge.take_if(|edge| is_gone(edge))));
            }
        }
    }

    fn assert_agreement(&self) {
        let (graph, model) = (&self.graph, &self.model);
        let alive: Vec<usize> = (0..model.nodes.len()).filter(|at| model.nodes[*at].is_some()).collect();
        assert_eq!(graph.nodes().map(NodeId::index).collect::<Vec<_>>(), alive);
        assert_eq!(graph.node_count(), alive.len());
        assert_eq!(graph.edge_count(), model.edges.iter().flatten().count());
        assert_eq!(graph.edges().count(), graph.edge_count());
        for at in &alive {
            self.assert_node_agrees(*at);
        }
        for (at, edge) in model.edges.iter().enumerate() {
            let id = self.edges[at];
            assert_eq!(graph.has_edge(id), edge.is_some());
            let Some(edge) = edge else { continue };
            assert_eq!(graph.edge_type(id).index(), edge.relation);
            assert_eq!((graph.source(id).index(), graph.target(id).index()), (edge.source, edge.target));
            assert_same(&graph.edge_properties(id), &edge.properties, |key| graph.edge_property(id, key));
        }
        for relation in 0..TYPES {
            let mut expected = self.edges_where(|edge| edge.relation == relation);
            expected.sort_unstable();
            let relation = TypeId::from_index(relation);
            assert_eq!(graph.edges_of_type(relation).collect::<Vec<_>>(), expected);
            assert_eq!(graph.type_count(relation), expected.len());
        }
        for label in 0..LABELS {
            let bears = |at: &&usize| model.nodes[**at].as_ref().unwrap().labels.contains(&label);
            let expected: Vec<usize> = alive.iter().filter(bears).copied().collect();
            let found: Vec<usize> = graph.nodes_with_label(LabelId::from_index(label)).map(NodeId::index).collect();
            assert_eq!(found, expected);
            assert_eq!(graph.label_count(LabelId::from_index(label)), expected.len());
        }
    }

    /// What the frozen graph says, whose numbers have no gaps, is what a model without gaps says.
    fn assert_freezing_agrees(&self) {
        let (frozen, expected) = (Graph::from(self.graph.freeze()), Self::frozen(&self.model));
        let described = |graph: &Graph| {
            let tie = |edge: EdgeId| (graph.edge_type(edge), graph.source(edge), graph.target(edge));
            let of_edges = graph.edges().map(|edge| format!("{:?} {:?}", tie(edge), graph.edge_properties(edge)));
            let mut edges: Vec<String> = of_edges.collect();
            edges.sort();
            edges
        };
        assert_eq!(described(&frozen), described(&expected.graph));
        for node in frozen.nodes() {
            assert_eq!(frozen.labels_of(node), expected.graph.labels_of(node));
            let properties = [&frozen, &expected.graph].map(|graph| format!("{:?}", graph.node_properties(node)));
            assert_eq!(properties[0], properties[1]);
        }
        assert_eq!(frozen.node_count(), expected.graph.node_count());
    }

    fn edges_where(&self, holds: impl Fn(&ModelEdge) -> bool) -> Vec<EdgeId> {
        let edges = self.model.edges.iter().zip(&self.edges);
        edges.filter(|(edge, _)| edge.as_ref().is_some_and(&holds)).map(|(_, id)| *id).collect()
    }

    fn assert_node_agrees(&self, at: usize) {
        let (graph, node) = (&self.graph, NodeId::from_index(at));
        let model = self.model.nodes[at].as_ref().unwrap();
        assert_eq!(graph.labels_of(node).iter().map(|label| label.index()).collect::<Vec<_>>(), model.labels);
        assert_same(&graph.node_properties(node), &model.properties, |key| graph.node_property(node, key));
        for key in (0..KEYS).map(KeyId::from_index) {
            if let Some(column) = graph.node_column(key).filter(|_| graph.base_nodes().contains(&node.0)) {
                let value = column.value(at, graph.base().texts());
                assert!(value.is_equivalent(&graph.node_property(node, key)));
            }
            let (texts, ints) = (["", "a", "ab"].map(Value::from), [-1, 0, 2].map(Value::Int));
            for value in texts.into_iter().chain(ints).chain([Value::Bool(true), Value::Float(1.0), Value::Null]) {
                let Some(found) = graph.nodes_by_value(key, &value) else { continue };
                let expected =
                    graph.nodes().filter(|each| graph.node_property(*each, key).equals(&value) == Some(true));
                assert_eq!(found.to_vec(), expected.collect::<Vec<_>>());
            }
        }
        let mut seen_any_type = [Vec::new(), Vec::new(), Vec::new()];
        for relation in 0..TYPES {
            let id = TypeId::from_index(relation);
            let out = self.edges_where(|edge| edge.relation == relation && edge.source == at);
            let incoming = self.edges_where(|edge| edge.relation == relation && edge.target == at);
            let both = self.edges_where(|edge| edge.relation == relation && (edge.source == at || edge.target == at));
            let directions = [Direction::Outgoing, Direction::Incoming, Direction::Both];
            for (number, (direction, mut expected)) in directions.into_iter().zip([out, incoming, both]).enumerate() {
                let mut found: Vec<(EdgeId, NodeId)> = graph.neighbours(node, id, direction).collect();
                assert!(found.iter().all(|(edge, other)| graph.other_end(*edge, node) == *other));
                found.sort_unstable();
                expected.sort_unstable();
                assert_eq!(found.iter().map(|(edge, _)| *edge).collect::<Vec<_>>(), expected);
                assert_eq!(graph.degree(node, id, direction), expected.len());
                seen_any_type[number].extend(expected);
            }
            if let Some((first, targets)) = graph.out_slice(node, id) {
                let pairs = (first.0..).map(EdgeId).zip(targets.iter().copied());
                assert!(graph.neighbours(node, id, Direction::Outgoing).eq(pairs));
            }
            if let Some((edges, sources)) = graph.in_slice(node, id) {
                let pairs = edges.iter().copied().zip(sources.iter().copied());
                assert!(graph.neighbours(node, id, Direction::Incoming).eq(pairs));
            }
        }
        assert_eq!(graph.all_neighbours(node, Direction::Both).count(), seen_any_type[2].len());
    }
}

fn assert_same(found: &[(KeyId, Value)], expected: &BTreeMap<usize, Value>, read: impl Fn(KeyId) -> Value) {
    assert_eq!(
        found.iter().map(|(key, _)| key.index()).collect::<Vec<_>>(),
        expected.keys().copied().collect::<Vec<_>>()
    );
    for (key, value) in found {
        let wanted = &expected[&key.index()];
        assert!(value.is_equivalent(wanted) && value.type_name() == wanted.type_name(), "{value:?} for {wanted:?}");
        assert!(read(*key).is_equivalent(wanted));
    }
    for key in (0..KEYS).filter(|key| !expected.contains_key(key)) {
        assert!(read(KeyId::from_index(key)).is_null());
    }
}

/// Counts side effects the long way: sets of everything before and after.
fn side_effects(before: &Model, after: &Model) -> SideEffects {
    let missing = |some: &[String], others: &[String]| some.iter().filter(|each| !others.contains(each)).count();
    let nodes = |model: &Model| -> Vec<String> { numbers(&model.nodes) };
    let edges = |model: &Model| -> Vec<String> { numbers(&model.edges) };
    let labels = |model: &Model| -> Vec<String> {
        let mut all: Vec<String> =
            model.nodes.iter().flatten().flat_map(|node| &node.labels).map(ToString::to_string).collect();
        all.sort();
        all.dedup();
        all
    };
    let properties = |model: &Model| -> Vec<String> {
        let of_nodes =
            model.nodes.iter().enumerate().filter_map(|(at, node)| Some(('n', at, &node.as_ref()?.properties)));
        let of_edges =
            model.edges.iter().enumerate().filter_map(|(at, edge)| Some(('e', at, &edge.as_ref()?.properties)));
        let all = of_nodes.chain(of_edges);
        all.flat_map(|(sort, at, map)| map.iter().map(move |(key, value)| format!("{sort}{at} {key} {value:?}")))
            .collect()
    };
    SideEffects {
        nodes_created: missing(&nodes(after), &nodes(before)),
        nodes_deleted: missing(&nodes(before), &nodes(after)),
        relationships_created: missing(&edges(after), &edges(before)),
        relationships_deleted: missing(&edges(before), &edges(after)),
        labels_added: missing(&labels(after), &labels(before)),
        labels_removed: missing(&labels(before), &labels(after)),
        properties_added: missing(&properties(after), &properties(before)),
        properties_removed: missing(&properties(before), &properties(after)),
    }
}

fn numbers<T>(list: &[Option<T>]) -> Vec<String> {
    (0..list.len()).filter(|at| list[*at].is_some()).map(|at| at.to_string()).collect()
}

proptest! {
    #[test]
    fn a_graph_agrees_with_a_naive_model_of_its_changes(
        first in prop::collection::vec(any_change(), 0..40),
        second in prop::collection::vec(any_change(), 0..25),
        third in prop::collection::vec(any_change(), 0..10),
    ) {
        let mut pair = Pair::frozen(&Model::default());
        for change in &first {
            pair.apply(change);
        }
        pair.assert_agreement();

        let mut pair = Pair::frozen(&pair.model);
        pair.assert_agreement();
        prop_assert!(pair.graph.is_unchanged());
        for change in &second {
            pair.apply(change);
        }
        pair.assert_agreement();

        pair.assert_freezing_agrees();
        let (before, snapshot) = (pair.model.clone(), pair.graph.clone());
        for change in &third {
            pair.apply(change);
        }
        pair.assert_agreement();
        prop_assert_eq!(SideEffects::between(&snapshot, &pair.graph), side_effects(&before, &pair.model));
        let undone = Pair { model: before, graph: snapshot, edges: pair.edges };
        undone.assert_agreement();
    }
}
