//! Where claims disagree: each rule on a small knowledge base, from its files to what DISPUTES answers.

use griot::answer::TextForm;
use griot::graph::{Graph, disagreement};
use griot::{Parameters, Session, kb};

const SOURCES: &str = r#"
[[source]]
id = "weiss"
title = "Mirage"
date = "2023"
[[source]]
id = "adams"
title = "A Study"
date = "2020-06"
[[source]]
id = "wire"
title = "A Wire Story"
date = "2023"
[[source]]
id = "copy"
title = "A Copy of It"
date = "2023"
same_origin = "wire"
"#;

const ACTORS: &str = r#"
[[node]]
id = "alpha"
kind = "Organisation"
name = "Alpha"
source = "weiss"
at = "p. 1"
[[node]]
id = "beta"
kind = "Organisation"
name = "Beta"
source = "weiss"
at = "p. 1"
[[node]]
id = "carla"
kind = "Person"
name = "Carla"
source = "weiss"
at = "p. 1"
[[node]]
id = "dora"
kind = "Person"
name = "Dora"
source = "weiss"
at = "p. 1"
[[node]]
id = "mali"
kind = "State"
name = "Mali"
source = "weiss"
at = "p. 1"
[[node]]
id = "niger"
kind = "State"
name = "Niger"
source = "weiss"
at = "p. 1"
[[node]]
id = "gao"
kind = "Place"
name = "Gao"
source = "weiss"
at = "p. 1"
[[node.relation]]
type = "LOCATED_IN"
object = "mali"
at = "p. 1"
[[node]]
id = "gamma"
kind = "Person"
name = "Gamma"
source = "weiss"
at = "p. 1"
"#;

fn graph(text: &str) -> Graph {
    let files = [("kb/sources.toml", SOURCES), ("kb/actors.toml", ACTORS), ("kb/new.toml", text)];
    let loaded = kb::load(files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec());
    Graph::from(loaded.store.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics)))
}

/// A group `delta` with these tables.
fn delta(tables: &str) -> String {
    let node =
        "[[node]]\nid = \"delta\"\nkind = \"Organisation\"\nname = \"Delta\"\nsource = \"weiss\"\nat = \"p. 2\"\n";
    format!("{node}{tables}")
}

fn relation(relation: &str, object: &str, fields: &str) -> String {
    format!("[[node.relation]]\ntype = \"{relation}\"\nobject = \"{object}\"\nat = \"p. 3\"\n{fields}\n")
}

fn attribute(attribute: &str, value: &str, fields: &str) -> String {
    format!("[[node.attribute]]\nattribute = \"{attribute}\"\nvalue = \"{value}\"\nat = \"p. 3\"\n{fields}\n")
}

/// The disagreements as lines: rule, subject, matter, the two sides.
fn found(graph: &Graph) -> Vec<String> {
    let line = |found: &disagreement::Disagreement| {
        let side = |side: &disagreement::Side| format!("{}: {}", graph.source_record(side.source).id, side.says);
        let [a, b] = found.sides.each_ref().map(side);
        format!("{} | {} | {} | {a} | {b}", found.found_by, graph.name_of(found.about[0]), found.matter)
    };
    disagreement::all(graph).iter().map(line).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(found(&graph(text)), expected, "{text}");
}

#[test]
fn a_life_has_one_beginning() {
    let two = |a: &str, b: &str| delta(&(attribute("founded", a, "") + &attribute("founded", b, "source = \"adams\"")));
    check(
        &two("2013-08-20", "2013-08-22"),
        &["date of a life | Delta | founded | weiss: 2013-08-20 | adams: 2013-08-22"],
    );
    check(&two("2006", "2006-09-11"), &[]);
    check(&two("2012~", "2013"), &[]);
    check(&two("[2011..2012]", "2014"), &["date of a life | Delta | founded | weiss: [2011..2012] | adams: 2014"]);
}

#[test]
fn one_source_may_disagree_with_itself() {
    let text = delta(&(attribute("founded", "2013", "") + &attribute("founded", "2014", "")));
    check(&text, &["date of a life | Delta | founded | weiss: 2013 | weiss: 2014"]);
}

#[test]
fn doubts_and_forecasts_contradict_nobody_and_allegations_do() {
    let worded = |wording: &str| {
        let fields = format!("source = \"adams\"\nwording = \"{wording}\"");
        delta(&(attribute("founded", "2013", "") + &attribute("founded", "2015", &fields)))
    };
    for wording in ["doubted", "expected"] {
        check(&worded(wording), &[]);
    }
    check(&worded("alleged"), &["date of a life | Delta | founded | weiss: 2013 | adams: 2015"]);
}

#[test]
fn deprecated_claims_take_part_and_are_marked() {
    let fields = "source = \"adams\"\nrank = \"deprecated\"\nreason = \"a misprint\"";
    let text = delta(&(attribute("founded", "2013", "") + &attribute("founded", "2015", fields)));
    check(&text, &["date of a life | Delta | founded | weiss: 2013 | adams: 2015 (deprecated)"]);
}

#[test]
fn nobody_acts_after_the_end() {
    let text = delta(
        &(attribute("dissolved", "2012", "") + &relation("FOUGHT", "alpha", "source = \"adams\"\nfrom = \"2015\"")),
    );
    check(&text, &["outside a lifetime | Delta | FOUGHT | adams: FOUGHT in 2015 | weiss: dissolved 2012"]);
    let text = delta(
        &(attribute("dissolved", "2012", "") + &relation("FOUGHT", "alpha", "source = \"adams\"\nfrom = \"2012\"")),
    );
    check(&text, &[]);
}

#[test]
fn what_is_asserted_and_denied_is_disputed_where_no_room_is_left() {
    let said = relation("ALLIED_WITH", "alpha", "from = \"2012\"\nto = \"2014\"");
    let denied =
        |when: &str| relation("ALLIED_WITH", "alpha", &format!("source = \"adams\"\nwording = \"denied\"\n{when}"));
    check(
        &delta(&(said.clone() + &denied("from = \"2012\"\nto = \"2015\""))),
        &["asserted and denied | Delta | ALLIED_WITH | weiss: so | adams: not so"],
    );
    check(&delta(&(said + &denied("from = \"2018\"\nto = \"2019\""))), &[]);
}

#[test]
fn a_value_of_an_attribute_may_be_denied() {
    let denied = attribute("status", "active", "source = \"adams\"\nwording = \"denied\"");
    check(
        &delta(&(attribute("status", "active", "") + &denied)),
        &["asserted and denied | Delta | status | weiss: active | adams: not active"],
    );
}

#[test]
fn one_episode_starts_and_ends_once() {
    let spell = |fields: &str| relation("LED_BY_NOBODY", "alpha", fields).replace("LED_BY_NOBODY", "PART_OF");
    check(
        &delta(&(spell("from = \"2012\"") + &spell("source = \"adams\"\nfrom = \"2014\""))),
        &["start or end | Delta | PART_OF | weiss: from 2012 | adams: from 2014"],
    );
    check(
        &delta(&(spell("to = \"2012\"") + &spell("source = \"adams\"\nto = \"2014-03\""))),
        &["start or end | Delta | PART_OF | weiss: to 2012 | adams: to 2014-03"],
    );
    // Not ended, as of 2020: it cannot have ended in 2015; it can in 2021.
    let open = spell("source = \"adams\"\nto = \"..\"");
    check(
        &delta(&(spell("to = \"2015\"") + &open)),
        &["start or end | Delta | PART_OF | weiss: to 2015 | adams: not ended"],
    );
    check(&delta(&(spell("to = \"2021\"") + &open)), &[]);
}

#[test]
fn an_event_that_does_not_repeat_has_one_date() {
    let split = |fields: &str| relation("SPLIT_FROM", "alpha", fields);
    check(
        &delta(&(split("on = \"2012-01\"") + &split("source = \"adams\"\non = \"2013\""))),
        &["date of an event | Delta | SPLIT_FROM | weiss: in 2012-01 | adams: in 2013"],
    );
    check(&delta(&(split("on = \"2012-01\"") + &split("source = \"adams\"\non = \"2012\""))), &[]);
    // Two attacks are two attacks.
    let arrests = relation("ARRESTED", "carla", "on = \"2012\"") + &relation("ARRESTED", "carla", "on = \"2014\"");
    check(&delta(&arrests), &[]);
}

#[test]
fn exclusive_relations_do_not_hold_together() {
    let both = |to: &str| {
        delta(
            &(relation("ALLIED_WITH", "alpha", &format!("from = \"2012\"\nto = \"{to}\""))
                + &relation("FOUGHT", "alpha", "source = \"adams\"\nfrom = \"2013\"\nto = \"2016\"")),
        )
    };
    check(&both("2015"), &["exclusive | Delta | ALLIED_WITH | weiss: ALLIED_WITH | adams: FOUGHT"]);
    check(&both("2012"), &[]);
}

#[test]
fn whole_lists_are_the_same_list() {
    let part = |id: &str, source: &str| {
        format!(
            "[[node]]\nid = \"{id}\"\nkind = \"Organisation\"\nname = \"{id}\"\nsource = \"{source}\"\nat = \"p. 2\"\n{}",
            relation("COMPONENT_OF", "alpha", "complete = true")
        )
    };
    check(
        &(part("one", "weiss") + &part("two", "adams")),
        &["whole list | Alpha | the whole list of COMPONENT_OF | weiss: 1: one | adams: 1: two"],
    );
    check(&(part("one", "weiss") + &part("two", "weiss")), &[]);
}

#[test]
fn a_body_has_one_leader_at_a_time() {
    let led = |id: &str, source: &str, fields: &str| {
        let fields = format!("{fields}\nsource = \"{source}\"");
        format!(
            "[[node]]\nid = \"{id}\"\nkind = \"Person\"\nname = \"{id}\"\nsource = \"weiss\"\nat = \"p. 2\"\n{}",
            relation("LED", "alpha", &fields)
        )
    };
    let ana = led("ana", "weiss", "from = \"2012\"\nto = \"2018\"");
    check(
        &(ana.clone() + &led("bob", "adams", "from = \"2014\"\nto = \"2016\"")),
        &["leader | Alpha | LED | weiss: ana | adams: bob"],
    );
    check(&(ana.clone() + &led("bob", "adams", "from = \"2019\"\nto = \"2020-01\"")), &[]);
    check(&(ana.clone() + &led("bob", "adams", "office = \"deputy\"\nfrom = \"2014\"\nto = \"2016\"")), &[]);
    // Whom one passage names together led together.
    check(&(ana + &led("bob", "weiss", "from = \"2014\"\nto = \"2016\"")), &[]);
}

#[test]
fn nobody_is_born_in_two_states() {
    let born = |a: &str, b: &str| {
        let node = "[[node]]\nid = \"ana\"\nkind = \"Person\"\nname = \"Ana\"\nsource = \"weiss\"\nat = \"p. 2\"\n";
        format!("{node}{}{}", relation("BORN_IN", a, ""), relation("BORN_IN", b, "source = \"adams\""))
    };
    check(&born("mali", "niger"), &["place | Ana | BORN_IN | weiss: Mali | adams: Niger"]);
    check(&born("gao", "niger"), &["place | Ana | BORN_IN | adams: Niger | weiss: Gao"]);
    check(&born("gao", "mali"), &[]);
}

#[test]
fn one_measure_of_one_scope_and_period_has_one_value() {
    let figure = |value: &str, period: &str, source: &str| {
        format!(
            "[[node.figure]]\nmeasure = \"fighters\"\nvalue = \"{value}\"\nunit = \"persons\"\nperiod = \"{period}\"\nat = \"p. 4\"\nsource = \"{source}\"\n"
        )
    };
    let two = |a: &str, b: &str| delta(&(figure(a, "2018", "weiss") + &figure(b, "2018", "adams")));
    check(&two("2000", ">=3000"), &["figure | Delta | fighters | weiss: 2000 persons | adams: >=3000 persons"]);
    check(&two("~2000", "2500"), &[]);
    check(&two("1000..2000", "1500"), &[]);
    check(&delta(&(figure("2000", "2017", "weiss") + &figure("3000", "2018", "adams"))), &[]);
}

const RECORDED: &str = r#"
[[dispute]]
id = "one-body"
about = ["alpha", "beta"]
matter = "whether Alpha and Beta are one body"
kind = "naming"
[[dispute.side]]
says = "They are one."
source = "weiss"
at = "p. 7"
[[dispute.side]]
says = "It knows of no link."
source = "adams"
at = "p. 8"
silent = true
"#;

#[test]
fn what_no_rule_sees_the_curator_records() {
    check(
        RECORDED,
        &[
            "curator | Alpha | whether Alpha and Beta are one body | weiss: They are one. | adams: It knows of no link. (silent)",
        ],
    );
    let graph = graph(RECORDED);
    let beta = graph.node_by_slug("beta").expect("a node");
    assert_eq!(disagreement::about(&graph, beta).len(), 1);
    let gamma = graph.node_by_slug("gamma").expect("a node");
    assert!(disagreement::about(&graph, gamma).is_empty());
}

#[test]
fn later_sides_of_a_record_stand_against_the_first() {
    let third = "[[dispute.side]]\nsays = \"They are two.\"\nsource = \"wire\"\nat = \"p. 9\"\n";
    let graph = graph(&format!("{RECORDED}{third}"));
    let yields = "yield source_a, source_b";
    assert_eq!(rows(&graph, &format!("disputes about Alpha {yields}")), ["weiss | adams", "weiss | wire"]);
    assert_eq!(rows(&graph, &format!("disputes between sources adams, wire {yields}")), ["adams | wire"]);
}

#[test]
fn what_the_curator_reconciled_is_no_dispute() {
    let claims = delta(&(attribute("founded", "2013", "") + &attribute("founded", "2014", "source = \"adams\"")));
    let record = r#"
[[reconciled]]
about = ["delta"]
matter = "founded"
why = "One dates the decision, the other the first act."
kind = "granularity"
[[reconciled.claim]]
source = "weiss"
at = "p. 3"
[[reconciled.claim]]
source = "adams"
at = "p. 3"
"#;
    check(&claims, &["date of a life | Delta | founded | weiss: 2013 | adams: 2014"]);
    check(&format!("{claims}{record}"), &[]);
}

#[test]
fn records_are_kept_in_the_graph_file() {
    let mut bytes = Vec::new();
    let store = graph(RECORDED).freeze();
    griot::storage::write(&store, &mut bytes).expect("written");
    let read = Graph::from(griot::storage::read(griot::storage::Bytes::Owned(bytes)).expect("read"));
    assert_eq!(read.records().disputes.len(), 1);
    assert_eq!(found(&read), found(&graph(RECORDED)));
}

fn rows(graph: &Graph, query: &str) -> Vec<String> {
    let mut session = Session::new(graph.clone());
    let answer = session.run(query, &Parameters::default()).unwrap_or_else(|failure| panic!("{failure}")).remove(0);
    let form = TextForm::new(&answer.evidence);
    let row = |row: &Vec<_>| row.iter().map(|value| form.plain(value)).collect::<Vec<_>>().join(" | ");
    assert!(answer.citations.iter().all(|cited| !cited.is_empty()), "{query}: a row without a citation");
    answer.rows.iter().map(row).collect()
}

#[test]
fn copies_of_one_story_are_one_witness() {
    let two = |a: &str, b: &str| {
        let (a, b) = (format!("source = \"{a}\""), format!("source = \"{b}\""));
        graph(&delta(&(attribute("founded", "2013", &a) + &attribute("founded", "2014", &b))))
    };
    let query = "disputes about Delta yield matter, independent";
    assert_eq!(rows(&two("weiss", "wire"), query), ["founded | true"]);
    assert_eq!(rows(&two("copy", "wire"), query), ["founded | false"]);
}

#[test]
fn disputes_are_asked_by_source_and_by_whom_a_source_quotes() {
    let fields = "source = \"adams\"\nattributed_to = \"beta\"";
    let graph = graph(&delta(&(attribute("founded", "2013", "") + &attribute("founded", "2014", fields))));
    let between = |sources: &str| rows(&graph, &format!("disputes between sources {sources} yield matter"));
    assert_eq!(between("weiss, adams"), ["founded"]);
    assert_eq!(between("weiss, Beta"), ["founded"]);
    assert!(between("adams, Beta").is_empty());
    assert!(rows(&graph, "disputes about Delta between sources weiss and wire").is_empty());
    assert_eq!(rows(&graph, "disputes about Delta without source wire yield matter"), ["founded"]);
    assert!(rows(&graph, "disputes about Delta without source adams yield matter").is_empty());
}

#[test]
fn an_answer_on_disputed_evidence_says_so() {
    let said = relation("PART_OF", "alpha", "from = \"2012\"")
        + &relation("PART_OF", "alpha", "source = \"adams\"\nfrom = \"2014\"");
    let mut session = Session::new(graph(&delta(&said)));
    let answer =
        session.run("match (:Organisation 'Delta')-[r:PART_OF]->(a) return a, disputed(r)", &Parameters::default());
    let answer = answer.expect("an answer").remove(0);
    let says = answer
        .messages
        .iter()
        .any(|message| message.text == "the sources disagree on PART_OF (Delta): weiss: from 2012; adams: from 2014");
    assert!(says, "{:?}", answer.messages);
    assert!(matches!(answer.rows[0][1], griot::model::Value::Bool(true)));
}
