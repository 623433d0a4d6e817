//! Who checks the oracle? openCypher's own scenarios, as far as they only read: the naive matcher must agree with all
//! of them, else its verdict on the engine is worth nothing.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stderr)]

#[path = "tck/gherkin.rs"]
mod gherkin;
#[path = "tck/literal.rs"]
mod literal;
mod naive;
#[path = "tck/step.rs"]
mod step;
#[path = "tck/value.rs"]
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use gherkin::Scenario;
use griot::model::{EdgeId, NodeId, Value};
use griot::query::syntax::parse;
use naive::{Fault, Graph, Naive, Table};
use step::Meaning;
use value::{TckHop, TckNode, TckRel, TckValue, same_bag};

fn feature_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            feature_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "feature") {
            files.push(path);
        }
    }
}

/// How the naive matcher fares with a scenario.
enum Verdict {
    Agrees,
    /// It writes, calls procedures, wants an error, or leaves open what happens.
    NotItsBusiness,
    Differs(String),
}

fn judge(scenario: &Scenario) -> Verdict {
    run(scenario).unwrap_or_else(|fault| match fault {
        Fault::Error(reason) => Verdict::Differs(reason),
        Fault::Unspecified(_) => Verdict::NotItsBusiness,
    })
}

fn run(scenario: &Scenario) -> Result<Verdict, Fault> {
    let mut graph = Graph::default();
    let mut parameters = BTreeMap::new();
    let mut found: Option<(Table, Graph)> = None;
    for step in &scenario.steps {
        let doc = step.doc.as_deref().unwrap_or_default();
        match Meaning::of(&step.text) {
            Some(Meaning::EmptyGraph | Meaning::NoSideEffects) => {}
            Some(Meaning::Executed) => {
                let Ok(script) = parse(doc) else { return Ok(Verdict::Differs(format!("{doc} does not parse"))) };
                graph = naive::created(graph, &script.queries[0])?;
            }
            Some(Meaning::Parameters) => {
                for row in &step.table {
                    parameters.insert(row[0].clone(), given(&literal::parse(&row[1]).unwrap()));
                }
            }
            Some(Meaning::Query) => {
                if wants_error(scenario) {
                    return Ok(Verdict::NotItsBusiness);
                }
                let Ok(script) = parse(doc) else { return Ok(Verdict::Differs(format!("{doc} does not parse"))) };
                let table = Naive { graph: &graph, parameters: &parameters }.answer(&script.queries[0])?;
                found = Some((table, graph.clone()));
            }
            Some(Meaning::Result { ordered, lists_as_bags }) => {
                let (table, graph) = found.as_ref().unwrap();
                let wanted: Vec<Vec<TckValue>> = step.table[1..]
                    .iter()
                    .map(|row| row.iter().map(|cell| literal::parse(cell).unwrap()).collect())
                    .collect();
                let rows = table.rows.iter();
                let rows = rows.map(|row| row.iter().map(|value| described(value, graph)).collect::<Option<_>>());
                // Dates have no form in the scenarios' literals.
                let Some(rows) = rows.collect::<Option<Vec<Vec<TckValue>>>>() else {
                    return Ok(Verdict::NotItsBusiness);
                };
                let same =
                    |a: &Vec<TckValue>, b: &Vec<TckValue>| a.iter().zip(b).all(|(a, b)| a.same(b, lists_as_bags));
                let all_same = if ordered {
                    wanted.len() == rows.len() && wanted.iter().zip(&rows).all(|(a, b)| same(a, b))
                } else {
                    same_bag(&wanted, &rows, same)
                };
                if !all_same || table.columns != step.table[0] {
                    return Ok(Verdict::Differs(format!("wanted {wanted:?}\ngot {:?} {rows:?}", table.columns)));
                }
            }
            _ => return Ok(Verdict::NotItsBusiness),
        }
    }
    Ok(Verdict::Agrees)
}

fn wants_error(scenario: &Scenario) -> bool {
    scenario.steps.iter().any(|step| matches!(Meaning::of(&step.text), Some(Meaning::Error(_))))
}

fn given(value: &TckValue) -> Value {
    match value {
        TckValue::Null | TckValue::Node(_) | TckValue::Rel(_) | TckValue::Path(..) => Value::Null,
        TckValue::Bool(bool) => Value::Bool(*bool),
        TckValue::Int(int) => Value::Int(*int),
        TckValue::Float(float) => Value::Float(*float),
        TckValue::Text(text) => Value::text(text.as_str()),
        TckValue::List(items) => Value::list(items.iter().map(given).collect()),
        TckValue::Map(map) => Value::map(map.iter().map(|(key, value)| (key.as_str(), given(value)))),
    }
}

fn described(value: &Value, graph: &Graph) -> Option<TckValue> {
    let all = |properties: &BTreeMap<String, Value>| {
        properties.iter().map(|(key, value)| Some((key.clone(), described(value, graph)?))).collect::<Option<_>>()
    };
    let node = |id: &NodeId| {
        let node = &graph.nodes[id.index()];
        Some(TckNode {
            labels: node.labels.iter().cloned().collect::<BTreeSet<_>>(),
            properties: all(&node.properties)?,
        })
    };
    let rel = |id: &EdgeId| {
        let rel = &graph.rels[id.index()];
        Some(TckRel { kind: rel.kind.clone(), properties: all(&rel.properties)? })
    };
    Some(match value {
        Value::Null => TckValue::Null,
        Value::Bool(bool) => TckValue::Bool(*bool),
        Value::Int(int) => TckValue::Int(*int),
        Value::Float(float) => TckValue::Float(*float),
        Value::Text(text) => TckValue::Text(text.to_string()),
        Value::List(items) => TckValue::List(items.iter().map(|item| described(item, graph)).collect::<Option<_>>()?),
        Value::Map(map) => TckValue::Map(
            map.iter().map(|(key, value)| Some((key.to_string(), described(value, graph)?))).collect::<Option<_>>()?,
        ),
        Value::Node(id) => TckValue::Node(node(id)?),
        Value::Rel(id) => TckValue::Rel(rel(id)?),
        Value::Path(path) => {
            let hops = path.rels.iter().enumerate().map(|(at, id)| {
                let forward = graph.rels[id.index()].source == path.nodes[at].index();
                Some(TckHop { forward, rel: rel(id)?, node: node(&path.nodes[at + 1])? })
            });
            TckValue::Path(node(&path.nodes[0])?, hops.collect::<Option<_>>()?)
        }
        _ => return None,
    })
}

#[test]
fn the_naive_matcher_agrees_with_opencypher() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tck/features");
    let folder = env::var_os("TCK_FEATURES").map_or(beside, PathBuf::from);
    if !folder.is_dir() {
        return;
    }
    let mut files = Vec::new();
    feature_files(&folder, &mut files);
    files.sort();
    let (mut agree, mut passed_over, mut different) = (0, 0, Vec::new());
    for file in files {
        for scenario in gherkin::read(&fs::read_to_string(&file).unwrap()).unwrap().scenarios {
            let place = format!("{}:{} {}", file.display(), scenario.line, scenario.name);
            match judge(&scenario) {
                Verdict::Agrees => agree += 1,
                Verdict::NotItsBusiness => passed_over += 1,
                Verdict::Differs(reason) => different.push(format!("{place}\n    {reason}")),
            }
        }
    }
    eprintln!("the naive matcher agrees with {agree} scenarios; {passed_over} are not its business");
    assert!(agree > 0, "nothing was compared");
    assert!(different.is_empty(), "{} of {agree} (and {passed_over}):\n{}", different.len(), different.join("\n"));
}

/// The answer to a query on a graph of three nodes, `i` being 1, 1 and 2.
fn answer(query: &str) -> Result<Table, Fault> {
    let create = parse("CREATE ({i: 1}), ({i: 1}), ({i: 2})").unwrap();
    let graph = naive::created(Graph::default(), &create.queries[0]).unwrap();
    Naive { graph: &graph, parameters: &BTreeMap::new() }.answer(&parse(query).unwrap().queries[0])
}

#[test]
fn rows_have_places_only_where_their_order_is_certain() {
    let check = |query: &str, places: Option<Vec<usize>>| assert_eq!(answer(query).unwrap().places, places, "{query}");
    check("MATCH (n) RETURN n.i", None);
    check("MATCH (n) RETURN n.i ORDER BY n.i", Some(vec![0, 0, 1]));
    check("MATCH (n) RETURN n.i AS i ORDER BY i DESC", Some(vec![0, 1, 1]));
    check("MATCH (n) RETURN n ORDER BY n", None);
}

#[test]
fn what_is_left_open_is_not_decided() {
    let check = |query: &str, is_open: bool| {
        let found = answer(query).map(|_| ());
        assert_eq!(matches!(found, Err(Fault::Unspecified(_))), is_open, "{query}: {found:?}");
    };
    check("MATCH (n) RETURN n LIMIT 1", true);
    check("MATCH (n) RETURN n ORDER BY n.i LIMIT 1", true);
    check("MATCH (n) RETURN n.i ORDER BY n.i LIMIT 1", false);
    check("MATCH (n) RETURN n ORDER BY n.i DESC LIMIT 1", false);
    check("UNWIND [1, 1.0] AS x RETURN DISTINCT x", true);
    check("UNWIND [1, 2.0] AS x RETURN DISTINCT x", false);
}
