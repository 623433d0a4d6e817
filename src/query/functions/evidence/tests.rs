//! A graph of three groups and what two sources say of them.

use std::cell::RefCell;

use super::super::{ErrorClass, FixedClock, Outcome, SeededRandom, find};
use super::*;
use crate::graph::{GraphBuilder, NewClaim, NewSource};
use crate::model::{NodeId, Path, Rank, RelationType, Role, Schema, Wording};
use crate::time::{Bounds, Day, TimeClass};

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd(year, month, day).expect("the calendar has it")
}

fn from_year(year: i32) -> Bounds {
    Bounds { s1: day(year, 1, 1), s2: day(year, 12, 31), e1: day(year, 1, 1), e2: Day::MAX }
}

fn schema() -> Schema {
    let type_of = |role: &str, time| RelationType {
        reading: String::new(),
        inverse: String::new(),
        meaning: String::new(),
        subject: Vec::new(),
        object: Vec::new(),
        symmetric: false,
        earlier: None,
        role: role.to_owned(),
        time,
        repeats: false,
        transitive: false,
        ends: Vec::new(),
        excludes: Vec::new(),
        from: None,
        single: None,
        style: crate::model::Style::default(),
    };
    let mut schema = Schema::default();
    schema.roles.insert("people".to_owned(), Role::default());
    schema.roles.insert("leadership".to_owned(), Role { within: Some("people".to_owned()), ..Role::default() });
    schema.types.insert("LED".to_owned(), type_of("leadership", TimeClass::Interval));
    schema.types.insert("SPLIT_FROM".to_owned(), type_of("lineage", TimeClass::LastingEvent));
    schema
}

/// `child -[0: LED]-> parent`, of whom `panel` says about 2012, and `weiss`, who copies nobody, 2013 to 2014;
/// `child -[1: SPLIT_FROM]-> parent`, alleged by `weiss` and denied, for 2015, by `wire`, a copy of `panel`.
fn graph() -> Graph {
    let mut builder = GraphBuilder::new();
    builder.schema(schema());
    let label = builder.label("Actor");
    let [child, parent] = ["child", "parent"].map(|slug| builder.add_node(slug, &[label]));
    let source = |id: &str, date: &str, reliability: &str, origin: &str| NewSource {
        id: id.to_owned(),
        date: date.to_owned(),
        reliability: reliability.to_owned(),
        origin: origin.to_owned(),
        ..NewSource::default()
    };
    let told = [("panel", "2013", "B", ""), ("weiss", "2023", "C", ""), ("wire", "", "", "panel")];
    let label = builder.label("Source");
    let [panel, weiss, wire] = told.map(|(id, date, reliability, origin)| {
        builder.add_node(id, &[label]);
        builder.add_source(&source(id, date, reliability, origin))
    });
    let led = builder.relation_type("LED");
    let led = builder.add_edge(led, child, parent);
    let by_panel = NewClaim {
        from: Some("2012~".to_owned()),
        to: Some("2012~".to_owned()),
        bounds: from_year(2012),
        credibility: 2,
        ..NewClaim::new(panel, "page 1")
    };
    let by_weiss = NewClaim {
        from: Some("2013".to_owned()),
        to: Some("2014".to_owned()),
        bounds: Bounds { e1: day(2014, 1, 1), e2: day(2014, 12, 31), ..from_year(2013) },
        attributed_to: Some(parent),
        ..NewClaim::new(weiss, "page 2")
    };
    let taken_back = NewClaim { rank: Rank::Deprecated, ..NewClaim::new(wire, "page 3") };
    for claim in [&by_panel, &by_weiss, &taken_back] {
        builder.add_edge_claim(led, claim);
    }
    let split = builder.relation_type("SPLIT_FROM");
    let split = builder.add_edge(split, child, parent);
    let alleged = NewClaim {
        on: Some("2015-06".to_owned()),
        wording: Wording::Alleged,
        bounds: Bounds { e1: Day::MAX, ..from_year(2015) },
        ..NewClaim::new(weiss, "page 4")
    };
    builder.add_edge_claim(split, &alleged);
    let founded =
        NewClaim { matter: "founded".to_owned(), value: "2011-10".to_owned(), ..NewClaim::new(panel, "page 5") };
    builder.add_node_claim(child, &founded);
    builder.freeze().into()
}

fn run(name: &str, args: &[Value]) -> Outcome {
    let graph = graph();
    let random = RefCell::new(SeededRandom(1));
    let context = Context { graph: &graph, clock: &FixedClock(0), random: &random };
    find(name).expect("a known function").call(&context, args)
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Text(text) => text.to_string(),
        Value::Edtf(date) => date.to_string(),
        Value::Bool(bool) => bool.to_string(),
        Value::Rel(edge) => format!("r{}", edge.0),
        Value::Node(node) => format!("n{}", node.0),
        Value::List(items) => items.iter().map(shown).collect::<Vec<_>>().join(" "),
        other => format!("{other:?}"),
    }
}

fn check(name: &str, args: &[Value], expected: &str) {
    assert_eq!(shown(&run(name, args).expect("a value")), expected, "{name}({args:?})");
}

const LED: Value = Value::Rel(EdgeId(0));
const SPLIT: Value = Value::Rel(EdgeId(1));

fn path() -> Value {
    let nodes = vec![NodeId(0), NodeId(1), NodeId(0)];
    Value::Path(std::sync::Arc::new(Path { nodes, rels: vec![EdgeId(0), EdgeId(1)] }))
}

fn when<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::map(entries)
}

#[test]
fn claims_and_sources_leave_out_what_was_taken_back() {
    check("sources", &[LED], "panel weiss");
    check("sources", &[path()], "panel weiss");
    check("sources", &[Value::list(vec![SPLIT, Value::Null, path()])], "weiss panel");
    check("sources", &[Value::Node(NodeId(0))], "panel");
    let claims = run("claims", &[LED]).expect("claims");
    assert!(matches!(&claims, Value::List(claims) if claims.len() == 2));
}

#[test]
fn sources_answer_for_the_time_that_is_asked() {
    check("sources", &[LED, "2012-06".into()], "panel");
    // By the one it led in 2012, by the other not yet: a dispute cites both sides.
    check("certainty", &[LED, "2012".into()], "disputed");
    check("sources", &[LED, "2012".into()], "panel weiss");
    check("sources", &[LED, when([("accordingTo", "weiss".into())])], "weiss");
    check("sources", &[LED, when([("accordingTo", "parent".into())])], "weiss");
    check("sources", &[LED, when([("withoutSource", Value::list(vec!["panel".into()]))])], "weiss");
    check("sources", &[LED, when([("knownBy", "2020".into())])], "panel");
    check("sources", &[LED, when([("rated", "B2".into())])], "panel");
    check("sources", &[path(), when([("worded", "alleged".into())])], "weiss");
}

#[test]
fn certainty_is_that_of_the_weakest_step() {
    check("certainty", &[LED], "certain");
    check("certainty", &[SPLIT], "possible");
    check("certainty", &[path()], "possible");
    check("certainty", &[LED, "2013-12-31".into()], "certain");
    check("certainty", &[LED, "2010".into()], "null");
    check("certainty", &[LED, when([("asOf", "2014".into()), ("withoutSource", "weiss".into())])], "possible");
    check("certainty", &[LED, when([("during", Value::list(vec![Value::Null, "2011".into()]))])], "null");
    check("certainty", &[SPLIT, when([("accordingTo", "panel".into())])], "null");
    check("certainty", &[Value::Null], "null");
}

#[test]
fn why_names_what_stands_in_the_way() {
    check("why", &[LED], "null");
    check("why", &[path()], "alleged");
}

#[test]
fn the_weakest_step_is_the_least_certain() {
    check("weakest", &[path()], "r1");
    check("weakest", &[Value::list(Vec::new())], "null");
}

#[test]
fn rival_dates_are_a_dispute() {
    check("disputed", &[LED], "true");
    check("disputed", &[LED, when([("accordingTo", "panel".into())])], "false");
    check("disputed", &[SPLIT], "false");
}

#[test]
fn spells_are_told_in_the_words_of_the_sources() {
    check("since", &[LED], "2013");
    check("since", &[LED, when([("accordingTo", "panel".into())])], "2012~");
    check("until", &[LED], "2014");
    check("since", &[LED, when([("withoutSource", "panel".into())])], "2013");
    check("since", &[SPLIT], "2015-06");
    check("until", &[SPLIT], "null");
    check("since", &[path()], "2013");
    check("until", &[path()], "2015-06");
}

#[test]
fn the_most_exact_of_agreeing_dates_is_told() {
    let dates = |texts: &[&str]| texts.iter().map(|text| Edtf::parse(text).expect("a date")).collect::<Vec<_>>();
    for (given, told) in [
        (&["[2016..]", "2017-03", "2017"][..], &["2017-03"][..]),
        (&["2012", "2013"], &["2012", "2013"]),
        (&["..", "2014"], &["2014"]),
        (&["../2014", "2012~"], &["2012~"]),
    ] {
        let found: Vec<String> = spell::most_exact(dates(given).into_iter()).iter().map(Edtf::to_string).collect();
        assert_eq!(found, told);
    }
    // Of several things none narrows the other.
    assert_eq!(spell::earliest(dates(&["[2011..2020]", "2016-09"])).expect("a date").as_str(), "[2011..2020]");
    assert_eq!(spell::latest(dates(&["..", "2016-09"])).expect("a date").as_str(), "2016-09");
}

#[test]
fn roles_climb_the_tree() {
    check("role", &[LED], "leadership");
    check("roles", &[LED], "leadership people");
    check("roles", &[SPLIT], "lineage");
}

#[test]
fn nodes_know_when_they_began() {
    check("founded", &[Value::Node(NodeId(0))], "2011-10");
    check("founded", &[Value::Node(NodeId(1))], "null");
    check("node", &["child".into()], "n0");
    let error = run("node", &["chlid".into()]).expect_err("a slip");
    assert_eq!((error.class, error.detail), (ErrorClass::ArgumentError, "UnknownName"));
}

#[test]
fn claims_have_fields() {
    let Value::List(claims) = run("claims", &[LED]).expect("claims") else { panic!("a list") };
    let graph = graph();
    let field =
        |claim: &Value, key: &str| shown(&super::super::property(&graph, claim, key).expect("a claim has fields"));
    assert_eq!(field(&claims[0], "source"), "panel");
    assert_eq!(field(&claims[0], "locator"), "page 1");
    assert_eq!(field(&claims[0], "matter"), "LED");
    assert_eq!(field(&claims[0], "from"), "2012~");
    assert_eq!(field(&claims[0], "credibility"), "Int(2)");
    assert_eq!(field(&claims[0], "published"), "2013");
    assert_eq!(field(&claims[1], "attributed_to"), "n1");
    assert_eq!(field(&claims[1], "credibility"), "null");
    assert_eq!(field(&claims[1], "unheard of"), "null");
}

#[test]
fn a_question_that_nobody_understands_is_an_error() {
    let error = run("certainty", &[LED, when([("asof", "2012".into())])]).expect_err("a slip");
    assert_eq!(error.hint.as_deref(), Some("write asOf"));
    for bad in [when([("asOf", "soon".into())]), when([("rated", "G7".into())]), when([("worded", "shouted".into())])] {
        assert_eq!(run("certainty", &[LED, bad]).expect_err("nonsense").class, ErrorClass::ArgumentError);
    }
    assert_eq!(run("sources", &[Value::list(vec![1.into()])]).expect_err("no evidence").class, ErrorClass::TypeError);
}

#[test]
fn relations_read_as_sentences() {
    check("sentence", &[SPLIT], "child  parent");
    check("timeClass", &[SPLIT], "lasting_event");
    check("isSymmetric", &[LED], "false");
}

#[test]
fn what_certainly_began_before_is_out_of_order() {
    let backwards = || Value::list(vec![SPLIT, LED]);
    check("inTimeOrder", &[path()], "true");
    check("inTimeOrder", &[backwards()], "false");
    check("inTimeOrder", &[Value::list(Vec::new())], "true");
    // Of the split only `weiss` tells: without it nothing is known of when.
    check("inTimeOrder", &[backwards(), when([("withoutSource", "weiss".into())])], "true");
    check("inTimeOrder", &[Value::Null], "null");
}

#[test]
fn periods_are_in_order_where_some_choice_of_days_runs_forward() {
    let years = |from: i32, to: i32| crate::time::Period::new(day(from, 1, 1), day(to, 12, 31));
    for (periods, expected) in [
        (vec![years(2011, 2011), years(2011, 2011)], true),
        (vec![years(2012, 2015), years(2011, 2013)], true),
        (vec![years(2014, 2015), years(2011, 2013)], false),
        (vec![years(2014, 2015), None, years(2011, 2013)], false),
        (vec![None, years(2011, 2013), None], true),
    ] {
        assert_eq!(spell::is_in_order(periods.clone()), expected, "{periods:?}");
    }
}
