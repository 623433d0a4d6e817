//! Questions that go through a whole graph, which are answered in parts on all cores: the answers are those of plain
//! loops, and the same from run to run.

use std::collections::BTreeMap;

use griot::graph::{Graph, GraphBuilder};
use griot::model::Value;
use griot::{Cell, Parameters, Session};

/// More nodes than are scanned on one core.
const NODES: u32 = 270_000;

/// What a node has.
struct Node {
    kind: &'static str,
    founded: i64,
    /// Not every node has these.
    strength: Option<i64>,
    share: Option<f64>,
}

fn node(number: u32) -> Node {
    let mixed = number.wrapping_mul(2_654_435_761) >> 7;
    Node {
        kind: ["group", "party", "front"][mixed as usize % 3],
        founded: 1900 + i64::from(mixed / 3 % 120),
        strength: (!mixed.is_multiple_of(5)).then(|| i64::from(mixed % 1000) - 300),
        share: (!mixed.is_multiple_of(7)).then(|| f64::from(mixed % 4096) / 128.0),
    }
}

/// The nodes that a node's relations lead to, with their dates.
fn ties(number: u32) -> impl Iterator<Item = (u32, i64)> {
    (0..number % 4).map(move |each| (number.wrapping_mul(31 + each) % NODES, i64::from(number % 50 + each)))
}

fn session() -> Session {
    let mut builder = GraphBuilder::new();
    let label = builder.label("Actor");
    let [kind, founded, strength, share, since] =
        ["kind", "founded", "strength", "share", "since"].map(|key| builder.key(key));
    let [allied, rival] = ["ALLIED_WITH", "RIVAL_OF"].map(|name| builder.relation_type(name));
    let nodes: Vec<_> = (0..NODES).map(|_| builder.add_node("", &[label])).collect();
    for (number, at) in (0..).zip(&nodes) {
        let node = node(number);
        builder.set_node_property(*at, kind, &node.kind.into());
        builder.set_node_property(*at, founded, &Value::Int(node.founded));
        if let Some(int) = node.strength {
            builder.set_node_property(*at, strength, &Value::Int(int));
        }
        if let Some(float) = node.share {
            builder.set_node_property(*at, share, &Value::Float(float));
        }
        for (target, date) in ties(number) {
            let relation = if target % 3 == 0 { rival } else { allied };
            let edge = builder.add_edge(relation, *at, nodes[target as usize]);
            builder.set_edge_property(edge, since, &Value::Int(date));
        }
    }
    Session::new(Graph::from(builder.freeze()))
}

/// The rows in order, each as text.
fn rows(session: &mut Session, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let read = session.read(text, &Parameters::default(), &mut |rows| {
        for row in 0..rows.len() {
            let cell = |column| match rows.cell(row, column) {
                Cell::Null => "null".to_owned(),
                Cell::Int(int) => int.to_string(),
                Cell::Float(float) => format!("{float:?}"),
                Cell::Text(text) => text.to_owned(),
                other => format!("{other:?}"),
            };
            found.push((0..rows.width()).map(cell).collect::<Vec<_>>().join("|"));
        }
        true
    });
    read.expect("rows");
    found
}

fn check(session: &mut Session, text: &str, mut wanted: Vec<String>) {
    let first = rows(session, text);
    assert_eq!(rows(session, text), first, "{text}");
    let mut found = first;
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted, "{text}");
}

/// How many, their strengths and shares added up, the least and the greatest strength.
type Gathered = (i64, i64, f64, Option<i64>, Option<i64>);

fn shown<T: std::fmt::Debug>(value: Option<T>) -> String {
    value.map_or_else(|| "null".to_owned(), |value| format!("{value:?}"))
}

#[test]
fn groups_of_a_whole_graph_are_those_of_plain_loops() {
    let mut session = session();
    let nodes = || (0..NODES).map(|number| (number, node(number)));

    let mut groups: BTreeMap<&str, Gathered> = BTreeMap::new();
    for (_, node) in nodes().filter(|(_, node)| node.founded >= 1950) {
        let group = groups.entry(node.kind).or_default();
        group.0 += 1;
        group.1 += node.strength.unwrap_or(0);
        group.2 += node.share.unwrap_or(0.0);
        group.3 = group.3.min(node.strength).or(group.3).or(node.strength);
        group.4 = group.4.max(node.strength);
    }
    let row = |(kind, (count, sum, share, least, most)): (&&str, &Gathered)| {
        format!("{kind}|{count}|{sum}|{share:?}|{}|{}", shown(*least), shown(*most))
    };
    let text = "MATCH (a:Actor) WHERE 1950 <= a.founded RETURN a.kind AS kind, count(*) AS n, sum(a.strength) AS s, \
                sum(a.share) AS f, min(a.strength) AS least, max(a.strength) AS most";
    check(&mut session, text, groups.iter().map(row).collect());

    let mut groups: BTreeMap<(Option<i64>, &str), i64> = BTreeMap::new();
    for (number, node) in nodes().filter(|(_, node)| (1910..1990).contains(&node.founded)) {
        for (_, since) in ties(number).filter(|(_, since)| *since > 3) {
            *groups.entry((node.strength.map(|strength| strength / 100), node.kind)).or_default() += since;
        }
    }
    let row = |((strength, kind), sum): (&(Option<i64>, &str), &i64)| format!("{}|{kind}|{sum}", shown(*strength));
    let text = "MATCH (a:Actor)-[r:ALLIED_WITH|RIVAL_OF]->(:Actor) WHERE 1910 <= a.founded < 1990 AND r.since > 3 \
                RETURN a.strength / 100 AS s, a.kind AS kind, sum(r.since) AS n";
    check(&mut session, text, groups.iter().map(row).collect());

    let mut distinct: BTreeMap<&str, std::collections::BTreeSet<i64>> = BTreeMap::new();
    for (_, node) in nodes() {
        distinct.entry(node.kind).or_default().extend(node.strength);
    }
    let row = |(kind, values): (&&str, &std::collections::BTreeSet<i64>)| format!("{kind}|{}", values.len());
    let text = "MATCH (a:Actor) RETURN a.kind AS kind, count(DISTINCT a.strength) AS n";
    check(&mut session, text, distinct.iter().map(row).collect());

    let mut degrees: BTreeMap<u32, i64> = BTreeMap::new();
    for (number, _) in nodes() {
        ties(number)
            .filter(|(target, _)| target % 3 != 0)
            .for_each(|(target, _)| *degrees.entry(target).or_default() += 1);
    }
    let most = degrees.values().max().expect("relations").to_string();
    let text = "MATCH (a:Actor)<-[:ALLIED_WITH]-(:Actor) WITH a, count(*) AS n RETURN max(n) AS n";
    check(&mut session, text, vec![most]);
    let text = "MATCH (a:Actor)<-[:ALLIED_WITH]-(:Actor) RETURN count(DISTINCT a) AS n";
    check(&mut session, text, vec![degrees.len().to_string()]);

    let text = "MATCH (a:Actor) WHERE a.kind STARTS WITH 'gr' OR a.kind IN ['front', 'none'] RETURN count(*) AS n";
    check(&mut session, text, vec![nodes().filter(|(_, node)| node.kind != "party").count().to_string()]);
}

#[test]
fn the_first_rows_by_a_property_with_nulls_are_those_of_a_sorted_list() {
    let mut session = session();
    for (key, wanted) in [
        ("a.strength", (0..NODES).filter_map(|number| node(number).strength).collect::<Vec<_>>()),
        ("a.founded", (0..NODES).map(|number| node(number).founded).collect()),
    ] {
        let mut wanted = wanted;
        wanted.sort_unstable();
        let text = format!("MATCH (a:Actor) RETURN {key} AS n ORDER BY n LIMIT 2500");
        let least: Vec<_> = wanted.iter().take(2500).map(ToString::to_string).collect();
        assert_eq!(rows(&mut session, &text), least);
    }
    let shares = rows(&mut session, "MATCH (a:Actor) RETURN a.share AS n ORDER BY n DESC LIMIT 60000");
    let nulls = (0..NODES).filter(|number| node(*number).share.is_none()).count();
    assert!(shares[..nulls].iter().all(|share| share == "null") && shares[nulls] != "null");
}

#[test]
fn an_error_in_a_part_is_told() {
    let mut session = session();
    let text = "MATCH (a:Actor) RETURN a.kind AS kind, sum(10 / (a.founded - 1950)) AS n";
    let failure = session.run(text, &Parameters::default()).expect_err("a division by zero");
    assert!(format!("{failure:?}").contains("divided by zero"), "{failure:?}");
}

#[test]
fn groups_by_what_is_made_of_strings_types_and_labels_are_those_of_plain_loops() {
    let mut session = session();
    let nodes = || (0..NODES).map(|number| (number, node(number)));

    // Strings made of strings, of numbers, and of nothing.
    let mut groups: BTreeMap<(String, &str), (i64, i64)> = BTreeMap::new();
    for (_, node) in nodes() {
        let size = match node.strength {
            None => "unknown",
            Some(strength) if strength < 0 => "small",
            Some(_) => node.kind,
        };
        let group = groups.entry((node.kind[..2].to_uppercase(), size)).or_default();
        group.0 += 1;
        group.1 += i64::from(node.share.is_none());
    }
    let row =
        |((start, size), (count, missing)): (&(String, &str), &(i64, i64))| format!("{start}|{size}|{count}|{missing}");
    let text = "MATCH (a:Actor) RETURN toUpper(left(a.kind, 2)) AS k, \
                CASE WHEN a.strength IS NULL THEN 'unknown' WHEN a.strength < 0 THEN 'small' ELSE a.kind END AS size, \
                count(*) AS n, sum(CASE WHEN a.share IS NULL THEN 1 ELSE 0 END) AS missing";
    check(&mut session, text, groups.iter().map(row).collect());

    let mut types: BTreeMap<&str, i64> = BTreeMap::new();
    for (target, _) in nodes().flat_map(|(number, _)| ties(number)) {
        *types.entry(if target % 3 == 0 { "RIVAL_OF" } else { "ALLIED_WITH" }).or_default() += 1;
    }
    let row = |(name, count): (&&str, &i64)| format!("Actor|{name}|Actor|{count}");
    let text = "MATCH (a)-[r]->(b) RETURN labels(a)[0] AS a, type(r) AS r, labels(b)[0] AS b, count(*) AS n";
    check(&mut session, text, types.iter().map(row).collect());

    let count = nodes().filter(|(_, node)| node.kind >= "front" && node.kind < "h").count();
    let text = "MATCH (a:Actor) WHERE a.kind >= 'front' AND a.kind < 'h' RETURN count(*) AS n";
    check(&mut session, text, vec![count.to_string()]);
    let count = nodes().filter(|(_, node)| node.share.is_some_and(|share| (2.0..30.0).contains(&share))).count();
    let text = "MATCH (a:Actor) WHERE a.share >= 2 AND a.share < 30.0 AND a.share IS NOT NULL RETURN count(*) AS n";
    check(&mut session, text, vec![count.to_string()]);
    let text = "MATCH (a:Actor) WHERE NOT a.share IS NULL RETURN count(*) AS n";
    check(&mut session, text, vec![nodes().filter(|(_, node)| node.share.is_some()).count().to_string()]);
}
