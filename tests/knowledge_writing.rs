//! Writing in a graph with the knowledge schema: what CREATE asks for, and that what is saved opens again as it was.

use griot::graph::Graph;
use griot::kb;
use griot::model::Value;
use griot::{Failure, Parameters, Session};

const BASE: &str = r#"
[[source]]
id = "report-2020"
title = "A report"
date = "2020-06"

[[source]]
id = "report-2024"
title = "Another report"
date = "2024"

[[node]]
id = "mnla"
kind = "ArmedGroup"
name = "MNLA"
source = "report-2020"
at = "p. 1"

[[node.relation]]
type = "ALLIED_WITH"
object = "hcua"
at = "p. 2"
from = "2012"
to = "2013"

[[node]]
id = "hcua"
kind = "ArmedGroup"
name = "HCUA"
source = "report-2020"
at = "p. 1"

[[node]]
id = "mali"
kind = "State"
name = "Mali"
source = "report-2020"
at = "p. 3"
"#;

fn files() -> Vec<(String, String)> {
    vec![("base/base.toml".to_owned(), BASE.to_owned())]
}

fn open(files: Vec<(String, String)>) -> Session {
    let loaded = kb::load(files);
    let store = loaded.store.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    Session::new(Graph::from(store))
}

fn run(session: &mut Session, query: &str) -> Result<Vec<Vec<Value>>, Failure> {
    session.run(query, &Parameters::default()).map(|mut answers| answers.pop().expect("an answer").rows)
}

/// All that can be seen of a graph without its numbers, sorted.
fn content(session: &mut Session) -> Vec<String> {
    let nodes = "MATCH (n) RETURN 'node', n.id, labels(n), properties(n) ORDER BY n.id";
    let claims = "MATCH (a)-[r]->(b) UNWIND claims(r) AS c
        RETURN a.id, type(r), b.id, properties(r), properties(c), toString(since(r)), toString(until(r))";
    let mut found = Vec::new();
    for query in [nodes, claims] {
        let rows = run(session, query).unwrap_or_else(|failure| panic!("{failure}"));
        found.extend(rows.iter().map(|row| row.iter().map(shown).collect::<Vec<_>>().join(" | ")));
    }
    found.sort();
    found
}

/// Handles of sources and nodes differ between two builds; what they stand for does not.
fn shown(value: &Value) -> String {
    match value {
        Value::Node(_) | Value::Rel(_) | Value::Claim(_) => "#".to_owned(),
        Value::List(items) => {
            let mut items: Vec<String> = items.iter().map(shown).collect();
            items.sort();
            format!("[{}]", items.join(", "))
        }
        Value::Map(map) => {
            let mut entries: Vec<String> = map
                .iter()
                .filter(|(key, _)| key.as_ref() != "id")
                .map(|(key, value)| format!("{key}: {}", shown(value)))
                .collect();
            entries.sort();
            format!("{{{}}}", entries.join(", "))
        }
        other => format!("{other:?}"),
    }
}

fn refused(query: &str) -> String {
    let mut session = open(files());
    let before = session.graph().clone();
    let failure = run(&mut session, query).expect_err("it is refused");
    assert_eq!(failure.faults[0].diagnostic.code.id, "G0226", "{failure}");
    assert!(session.graph().is_same_snapshot(&before), "a refused statement changes nothing");
    failure.faults[0].diagnostic.message.clone()
}

#[test]
fn a_relation_rests_on_the_claim_that_its_properties_make() {
    let mut session = open(files());
    let create = "MATCH (a {id: 'mnla'}), (b {id: 'mali'})
        CREATE (a)-[r:FOUGHT {source: 'report-2024', at: 'para 3', from: '2012', wording: 'assessed'}]->(b) RETURN r";
    run(&mut session, create).expect("a relation");
    let rows = run(
        &mut session,
        "MATCH ({id: 'mnla'})-[r:FOUGHT]->() UNWIND claims(r) AS c RETURN c.at, c.wording, toString(since(r))",
    );
    let rows = rows.expect("a row");
    let texts: Vec<_> = rows[0].iter().map(|value| value.as_text().unwrap_or_default().to_owned()).collect();
    assert_eq!(texts, ["para 3", "assessed", "2012"]);
    assert_eq!(session.changes()[0].effects.claims_added, 1);
}

#[test]
fn what_is_missing_is_said_at_once() {
    let of = |properties: &str| {
        refused(&format!("MATCH (a {{id: 'mnla'}}), (b {{id: 'mali'}}) CREATE (a)-[:FOUGHT {properties}]->(b)"))
    };
    assert_eq!(
        of(""),
        "every relation of this graph rests on a claim: it has no `source`; it has no locator `at`: where in its source it stands"
    );
    let wrong = of("{source: 'report-2023', at: 'p. 1', from: '2012-13', wording: 'guessed', nite: 'x'}");
    for part in ["did you mean `report-2020`", "`2012-13` is no date", "`wording` is one of", "no field `nite`"] {
        assert!(wrong.contains(part), "`{part}` is missing in: {wrong}");
    }
    assert!(of("{source: 'report-2020', at: 'p. 1', from: '2021'}").contains("exclude each other"));
    assert!(refused("CREATE (:ArmedGruop {name: 'X'})").contains("did you mean `ArmedGroup`?"));
    assert!(refused("CREATE (:ArmedGroup)").contains("it has no `name`"));
    assert!(refused("CREATE ({name: 'X'})").contains("it has no kind"));
    assert!(refused("CREATE (:State {name: 'X', id: 'mali'})").contains("another node has the id"));
    let ends = "MATCH (a {id: 'mali'}), (b {id: 'mnla'}) CREATE (a)-[:LED {source: 'report-2020', at: 'p. 1'}]->(b)";
    assert!(refused(ends).contains("Mali cannot be the subject of `LED`"));
    assert!(refused("MATCH ()-[r:ALLIED_WITH]->() SET r.from = '2011'").contains("SET changes no claim"));
}

#[test]
fn claims_that_can_meet_share_an_edge() {
    let mut session = open(files());
    let claim = |from: &str, to: &str| {
        format!(
            "MATCH (a {{id: 'hcua'}}), (b {{id: 'mnla'}})
             MERGE (a)-[:ALLIED_WITH {{source: 'report-2024', at: 'p. 9', from: '{from}', to: '{to}'}}]->(b)"
        )
    };
    for query in [claim("2013", "2014"), claim("2013", "2014"), claim("2019", "2020")] {
        run(&mut session, &query).unwrap_or_else(|failure| panic!("{failure}"));
    }
    let rows = run(&mut session, "MATCH ()-[r:ALLIED_WITH]->() RETURN size(claims(r)) AS n ORDER BY n").expect("rows");
    let counts: Vec<_> = rows.iter().map(|row| row[0].clone()).collect();
    assert!(matches!(counts.as_slice(), [Value::Int(1), Value::Int(2)]), "{counts:?}");
}

#[test]
fn what_is_saved_opens_again_as_it_was() {
    let mut session = open(files());
    let queries = [
        "CREATE (:ArmedGroup {name: 'Katiba \"Serma\"', source: 'report-2020', at: 'p. 7', strength: 'about 50'})",
        "MATCH (k {name: 'Katiba \"Serma\"'}), (b {id: 'mali'}) CREATE (k)-[:FOUGHT {source: 'report-2024', at: 'p. 1',
            from: '2018~', observed: '2019', wording: 'reported', attributed_to: 'HCUA', credibility: 3,
            quote: 'they fought', note: 'a \\\\ and a line\\nbreak'}]->(b)",
        "MATCH (a {id: 'mnla'}), (b {id: 'hcua'})
            CREATE (a)-[:ALLIED_WITH {source: 'report-2024', at: 'p. 5', from: '2012-06', to: '2013'}]->(b)",
        "MATCH (a {id: 'hcua'}), (b {id: 'mali'}) CREATE (a)-[:SIGNED {source: 'report-2024', at: 'p. 6'}]->(b)",
    ];
    for query in &queries[..3] {
        run(&mut session, query).unwrap_or_else(|failure| panic!("{query}\n{failure}"));
    }
    assert!(run(&mut session, queries[3]).is_err(), "a state is no agreement");
    let saved = session.save_changes("base/", files()).unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(saved.path, "base/session-1.toml");
    let mut all = files();
    all.push((saved.path, saved.text.clone()));
    let mut again = open(all.clone());
    assert_eq!(content(&mut session), content(&mut again), "{}", saved.text);
    let next = session.save_changes("base", all);
    assert!(next.is_err(), "the node stands in the folder already");
}

#[test]
fn what_no_file_can_say_is_not_saved() {
    let because = |queries: &[&str]| {
        let mut session = open(files());
        queries.iter().for_each(|query| _ = run(&mut session, query).unwrap_or_else(|failure| panic!("{failure}")));
        session.save_changes("base", files()).expect_err("it cannot be saved").to_string()
    };
    assert!(because(&[]).contains("nothing that could be saved"));
    assert!(because(&["MATCH ()-[r:ALLIED_WITH]->() DELETE r"]).contains("was deleted"));
    assert!(because(&["CREATE (:State {name: 'Niger'})"]).contains("no source and no locator"));
    assert!(because(&["MATCH (n {id: 'mali'}) SET n.capital = 'Bamako'"]).contains("without a source"));
    let mut plain = Session::new(Graph::default());
    run(&mut plain, "CREATE (:A)").expect("a node");
    assert!(plain.save_changes("x", Vec::new()).expect_err("no schema").to_string().contains("knowledge schema"));
    let mut session = open(files());
    run(&mut session, "CREATE (:State {name: 'Niger', source: 'report-2020', at: 'p. 1'})").expect("a node");
    let alone = session.save_changes("empty", Vec::new()).expect_err("its sources are elsewhere");
    assert!(alone.to_string().contains("does not hold the knowledge base"), "{alone}");
}
