//! Whatever a store holds comes back from its bytes, and no damage goes unnoticed.

use std::io::Cursor;
use std::sync::OnceLock;

use proptest::prelude::*;

use super::*;
use crate::graph::{Graph, GraphBuilder, NewClaim, NewFigure, NewName, NewSource, Store};
use crate::model::{FigureValue, KeyId, LabelId, NameKind, NodeId, TypeId, Value, Wording};
use crate::time::{Bounds, Day, Period, Reading, Stance};

fn bytes_of(store: &Store) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(store, &mut bytes).unwrap();
    bytes
}

/// All that can be asked of a graph, as text.
fn contents(graph: &Graph) -> String {
    use std::fmt::Write;
    let mut text = format!("{:?}\n", graph.meta());
    for node in graph.nodes() {
        let labels: Vec<_> = graph.labels_of(node).iter().map(|label| graph.label_name(*label)).collect();
        writeln!(text, "{node:?} {:?} {labels:?} {:?}", graph.slug(node), graph.node_properties(node)).unwrap();
        writeln!(text, "{:?} {:?}", graph.lifetime(node), graph.name_of(node)).unwrap();
        let (names, figures) = (graph.names_of(node), graph.figures_of(node));
        let claims = graph.claims_of_node(node).map(|claim| graph.claim(claim));
        writeln!(text, "{:?} {:?}", names.collect::<Vec<_>>(), figures.collect::<Vec<_>>()).unwrap();
        writeln!(text, "{:?}", claims.collect::<Vec<_>>()).unwrap();
        for relation in graph.types() {
            let (out, incoming) = (graph.base().out(node, relation), graph.base().incoming(node, relation));
            writeln!(text, "{:?} {out:?} {incoming:?}", graph.type_name(relation)).unwrap();
        }
        if let Some(slug) = graph.slug(node) {
            assert_eq!(graph.node_by_slug(slug), Some(node));
        }
    }
    for edge in graph.edges() {
        let ends = (graph.source(edge), graph.edge_type(edge), graph.target(edge));
        let claims: Vec<_> = graph.claims_of_edge(edge).map(|claim| graph.claim(claim)).collect();
        writeln!(text, "{edge:?} {ends:?} {:?} {claims:?}", graph.edge_properties(edge)).unwrap();
        writeln!(text, "{:?} {}", graph.edge_time(edge), graph.edge_key(edge)).unwrap();
    }
    let sources: Vec<_> = graph.sources().map(|source| graph.source_record(source)).collect();
    let labelled: Vec<Vec<_>> = graph.labels().map(|label| graph.nodes_with_label(label).collect()).collect();
    writeln!(text, "{sources:?} {labelled:?}").unwrap();
    for key in graph.keys() {
        writeln!(
            text,
            "{:?} {:?}",
            graph.key_name(key),
            [Value::text("a"), Value::Int(7)].map(|value| graph.nodes_by_value(key, &value))
        )
        .unwrap();
    }
    text
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => Just(Value::Null),
        2 => any::<i64>().prop_map(Value::Int),
        1 => any::<f64>().prop_map(Value::Float),
        1 => any::<bool>().prop_map(Value::Bool),
        2 => "[ab]{0,2}".prop_map(Value::from),
        1 => Just(Value::list(vec![Value::Int(1), Value::text("é")])),
    ]
}

/// Nodes as (bits of labels, whether it has a slug, values by key), edges as (type, ends, how it is dated and backed,
/// value).
type AnyNodes = Vec<(u8, bool, Vec<Value>)>;
type AnyEdges = Vec<(u8, usize, usize, u8, Value)>;

fn any_graph() -> impl Strategy<Value = (AnyNodes, AnyEdges, bool)> {
    let nodes = prop::collection::vec((0u8..8, any::<bool>(), prop::collection::vec(any_value(), 3)), 0..12);
    let edges = prop::collection::vec((0u8..3, any::<usize>(), any::<usize>(), 0u8..6, any_value()), 0..30);
    (nodes, edges, any::<bool>())
}

fn build(nodes: &AnyNodes, edges: &AnyEdges, dated: bool) -> Store {
    let mut builder = GraphBuilder::new();
    builder.meta().label = "of a test".into();
    builder.meta().version = u64::MAX;
    (0..3).for_each(|number| _ = builder.label(&format!("L{number}")));
    (0..3).for_each(|number| _ = builder.relation_type(&format!("T{number}")));
    for key in &["x", "y", "name"] {
        builder.key(key);
    }
    builder.index_nodes_by(KeyId(2));
    builder.index_nodes_by(KeyId(0));
    let source = builder.add_source(&NewSource { id: "n0".into(), date: "2012~".into(), ..NewSource::default() });
    for (number, (labels, has_slug, values)) in nodes.iter().enumerate() {
        let labels: Vec<_> = (0..3).filter(|bit| labels >> bit & 1 == 1).map(LabelId).collect();
        let node = builder.add_node(&if *has_slug { format!("n{number}") } else { String::new() }, &labels);
        (0..).zip(values).for_each(|(key, value)| builder.set_node_property(node, KeyId(key), value));
        if *has_slug && number % 2 == 0 {
            builder.set_lifetime(node, Bounds { s1: Day(0), s2: Day(5), e1: Day(9), e2: Day::MAX });
            let claim = builder.add_node_claim(node, &NewClaim { matter: "name".into(), ..NewClaim::new(source, "p") });
            let (text, kind, language, script) = ("Nom", NameKind::Kunya, "fr", "Latn");
            builder.add_name(&NewName { node, text, kind, language, script, claim: Some(claim) });
            let value = FigureValue::Words("thousands");
            let (measure, unit, of, relative_to) = ("fighters", "persons", "", "");
            let (jointly_with, scope, period) = ("", "north", "2012");
            builder.add_figure(&NewFigure {
                node,
                measure,
                value,
                unit,
                of,
                relative_to,
                jointly_with,
                scope,
                period,
                claim,
            });
        }
    }
    for (relation, source_node, target, sort, value) in edges.iter().filter(|_| !nodes.is_empty()) {
        let [from, to] = [source_node, target].map(|node| NodeId::from_index(node % nodes.len()));
        let edge = builder.add_edge(TypeId(u32::from(*relation)), from, to);
        builder.set_edge_property(edge, KeyId(u32::from(sort % 3)), value);
        let bounds = Bounds::exactly(Period { first: Day(i32::from(*sort)), last: Day(90) });
        let claim = |wording| NewClaim { wording, bounds, note: Some("n".into()), ..NewClaim::new(source, "p. 1") };
        match (dated, sort) {
            (true, _) => builder.set_edge_days(edge, Day(i32::from(*sort)), Day::MAX),
            (false, 0) => builder.set_edge_readings(edge, &[Reading { bounds, stance: Stance::Alleged }]),
            (false, 1) => _ = builder.add_edge_claim(edge, &claim(Wording::Denied)),
            (false, 2) => {
                builder.add_edge_claim(edge, &claim(Wording::Asserted));
                builder.add_edge_claim(edge, &claim(Wording::Denied));
            }
            (false, 3) => builder.set_edge_key(edge, 7),
            (false, _) => {}
        }
    }
    builder.freeze()
}

proptest! {
    #[test]
    fn every_store_comes_back_from_its_bytes((nodes, edges, dated) in any_graph()) {
        let store = build(&nodes, &edges, dated);
        let bytes = bytes_of(&store);
        prop_assert_eq!(bytes.len() % ALIGNMENT, 0);
        let graph = Graph::from(store);
        let said = contents(&graph);
        let opened = Graph::from(open(Cursor::new(&bytes)).unwrap());
        prop_assert_eq!(&contents(&opened), &said);
        prop_assert_eq!(&bytes_of(opened.base()), &bytes);
        let embedded = Graph::from(read(Bytes::Static(bytes.clone().leak())).unwrap());
        prop_assert_eq!(&contents(&embedded), &said);
        prop_assert_eq!(&bytes_of(embedded.base()), &bytes);
        prop_assert_eq!(&contents(&Graph::from(embedded.freeze())), &said);
        let file = on_disk(opened.base());
        let late = Graph::from(open_file(file.reopen().unwrap()).unwrap());
        prop_assert_eq!(&contents(&late), &said);
        prop_assert_eq!(&bytes_of(late.base()), &bytes);
        prop_assert_eq!(&contents(&Graph::from(open(file.reopen().unwrap()).unwrap())), &said);
    }

    #[test]
    fn bytes_that_are_no_graph_file_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(matches!(read(Bytes::Owned(bytes)), Err(StorageError::NotAGraphFile)));
    }
}

/// A store in a packed file.
fn on_disk(store: &Store) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    write_packed(store, file.reopen().unwrap()).unwrap();
    file
}

/// A graph large enough that its arrays are packed, and read late.
fn large() -> Store {
    let mut builder = GraphBuilder::new();
    let (label, name, since, until) =
        (builder.label("Actor"), builder.key("name"), builder.key("since"), builder.key("until"));
    builder.index_nodes_by(name);
    for number in 0..20_000u32 {
        let node = builder.add_node("", &[label]);
        builder.set_node_property(node, name, &format!("actor {number}").into());
    }
    for number in 0..60_000u32 {
        let relation = builder.relation_type(if number % 3 == 0 { "ALLIED_WITH" } else { "RIVAL_OF" });
        let edge = builder.add_edge(relation, NodeId(number * 7 % 20_000), NodeId(number * 13 % 20_000));
        builder.set_edge_int(edge, since, 20_000_101 + i64::from(number % 28));
        builder.set_edge_int(edge, until, if number % 5 == 0 { 99_991_231 } else { 20_100_101 });
    }
    builder.meta().dates = Some(crate::graph::DateColumns {
        since: Some("since".into()),
        until: Some("until".into()),
        format: crate::graph::DateFormat::YearMonthDay,
        open: Some(99_991_231),
        is_inclusive: false,
    });
    builder.freeze()
}

#[test]
fn a_packed_file_read_late_says_the_same() {
    let store = large();
    let (plain, file) = (bytes_of(&store), on_disk(&store));
    let length = file.as_file().metadata().unwrap().len();
    assert!(length * 10 < plain.len() as u64 * 8, "{length} of {} bytes", plain.len());
    let late = Graph::from(open_file(file.reopen().unwrap()).unwrap());
    assert_eq!(contents(&late), contents(&Graph::from(store)));
    assert_eq!(bytes_of(late.base()), plain);
    assert_eq!(std::fs::read(on_disk(late.base()).path()).unwrap(), std::fs::read(file.path()).unwrap());
}

#[test]
fn days_follow_from_date_columns_until_a_change_says_otherwise() {
    let mut graph = Graph::from(large());
    let relation = graph.type_id("ALLIED_WITH").unwrap();
    let edge = graph.edges_of_type(relation).next().unwrap();
    let before = graph.edge_time(edge).window;
    let exactly = Bounds::exactly(Period { first: Day(3), last: Day(4) });
    let last = graph.edges_of_type(relation).last().unwrap();
    graph.set_edge_readings(last, vec![Reading { bounds: exactly, stance: Stance::Firm }]).unwrap();
    let again = Graph::from(open(on_disk(&graph.freeze()).reopen().unwrap()).unwrap());
    let window = |at: crate::model::EdgeId| again.edge_time(at).window;
    assert_eq!(window(edge), before);
    assert_eq!(window(last).only_reading().map(|reading| reading.bounds), Some(exactly));
}

#[test]
fn damage_that_is_first_met_late_is_an_error_of_the_work_that_met_it() {
    let file = on_disk(&large());
    let bytes = std::fs::read(file.path()).unwrap();
    let mut unnoticed = 0;
    for at in (0..bytes.len()).step_by(9973) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << (at % 8);
        let other = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(other.path(), damaged).unwrap();
        let read = open_file(other.reopen().unwrap()).and_then(|store| {
            let graph = Graph::from(store);
            guarded(|| (bytes_of(graph.base()), contents_of_some(&graph)))
        });
        // (Zeros between segments are not read.)
        unnoticed += usize::from(read.is_ok());
    }
    assert!(unnoticed <= 2, "{unnoticed} changes were not noticed");
}

fn contents_of_some(graph: &Graph) -> Vec<crate::time::Window> {
    graph.edges().take(3).map(|edge| graph.edge_time(edge).window).collect()
}

/// The bytes of a small graph with something of everything.
fn sample() -> &'static [u8] {
    static SAMPLE: OnceLock<Vec<u8>> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let value = |number| if number % 2 == 0 { Value::text("a") } else { Value::Int(7) };
        let nodes = (0..6u8).map(|n| (n, n % 3 > 0, vec![value(n), Value::text("b"), Value::text("a")])).collect();
        let edges = (0..12u8).map(|n| (n % 3, n.into(), (n / 2).into(), n % 6, value(n))).collect();
        bytes_of(&build(&nodes, &edges, false))
    })
}

#[test]
fn every_flipped_bit_is_noticed() {
    let sample = sample();
    for at in 0..sample.len() {
        let mut bytes = sample.to_vec();
        bytes[at] ^= 1 << (at % 8);
        let error = read(Bytes::Owned(bytes)).err();
        assert!(error.is_some(), "byte {at} was changed unnoticed");
    }
}

#[test]
fn every_cut_is_noticed() {
    let sample = sample();
    for end in (0..sample.len()).step_by(7).chain([1, 5, 8, 63, 64, 65, sample.len() - 1]) {
        let error = read(Bytes::Owned(sample[..end].to_vec())).unwrap_err();
        assert!(matches!(error, StorageError::Truncated { .. } | StorageError::NotAGraphFile), "{end}: {error}");
    }
    let longer = [sample, &[0; 64]].concat();
    assert!(matches!(read(Bytes::Owned(longer)), Err(StorageError::Damaged { .. })));
}

#[test]
fn errors_say_what_is_wrong() {
    let mut bytes = sample().to_vec();
    bytes[8] = 9;
    let error = read(Bytes::Owned(bytes)).unwrap_err();
    assert_eq!(error.to_string(), "the graph file has format version 9, this griot reads version 3: import it anew");
    let mut bytes = sample().to_vec();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let error = read(Bytes::Owned(bytes)).unwrap_err();
    assert_eq!(error.to_string(), "the graph file is damaged: an index of numbers, slot 1 does not fit its checksum");
    assert_eq!(read(Bytes::Static(b"[package]")).unwrap_err().to_string(), "this is not a griot graph file");
}
