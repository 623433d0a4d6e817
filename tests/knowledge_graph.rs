//! What the records of a knowledge base become: episodes, ends set by ruptures, joined nodes, properties, evidence.

use std::fmt::Write;

use griot::graph::Graph;
use griot::kb;
use griot::model::EdgeId;
use griot::time::{Bounds, Day};

const SOURCES: &str = r#"
[[source]]
id = "weiss-2023"
title = "Mirage"
author = "Weiss"
date = "2023-06"
[[source]]
id = "adams-2020"
title = "A Study"
date = "2020"
same_origin = "weiss-2023"
"#;

/// Two groups, `alpha` and `beta`; the claims given stand with `alpha`.
fn graph_of(claims: &str) -> Graph {
    let actors = format!(
        r#"
[[node]]
id = "beta"
kind = "Organisation"
name = "Beta"
source = "adams-2020"
at = "p. 2"
[[node]]
id = "alpha"
kind = "Organisation"
name = "Alpha"
source = "weiss-2023"
at = "p. 1"
{claims}"#
    );
    let loaded = kb::load(vec![("actors.toml".to_owned(), actors), ("sources.toml".to_owned(), SOURCES.to_owned())]);
    Graph::from(loaded.store.unwrap_or_else(|| panic!("{}", loaded.diagnostics)))
}

fn claim(relation: &str, at: &str, dates: &str) -> String {
    format!("[[node.relation]]\ntype = \"{relation}\"\nobject = \"beta\"\nat = \"{at}\"\n{dates}\n")
}

fn day(day: Day) -> String {
    if day.is_bounded() { day.to_string() } else { "..".to_owned() }
}

fn bounds(bounds: Bounds) -> String {
    let Bounds { s1, s2, e1, e2 } = bounds;
    format!("start {}–{}, end {}–{}", day(s1), day(s2), day(e1), day(e2))
}

/// The edges, one a line: ends, type, properties, and each claim's locator; then when it holds.
fn edges(graph: &Graph) -> String {
    let mut lines: Vec<String> = graph.edges().map(|edge| edge_line(graph, edge)).collect();
    lines.sort();
    lines.join("\n")
}

fn edge_line(graph: &Graph, edge: EdgeId) -> String {
    let slug = |node| graph.slug(node).unwrap_or_default();
    let (subject, object) = (slug(graph.source(edge)), slug(graph.target(edge)));
    let mut line = format!("{subject} {} {object}", graph.type_name(graph.edge_type(edge)));
    for (key, value) in graph.edge_properties(edge) {
        write!(line, " {}={}", graph.key_name(key), value.as_text().unwrap_or_default())
            .expect("a String takes any text");
    }
    let claims: Vec<&str> = graph.claims_of_edge(edge).map(|claim| graph.claim(claim).at).collect();
    format!("{line} ({}): {}", claims.join(", "), bounds(graph.edge_time(edge).window.bounds))
}

fn check(claims: &[String], expected: &str) {
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(edges(&graph_of(&claims.concat())), expected.join("\n"));
}

#[test]
fn claims_that_can_meet_share_an_episode() {
    check(
        &[
            claim("ALLIED_WITH", "p. 1", "from = \"2012\"\nto = \"2013\""),
            claim("ALLIED_WITH", "p. 2", "from = \"2012-07\"\nto = \"2014\""),
        ],
        "alpha ALLIED_WITH beta (p. 1, p. 2): start 2012-01-01–2012-12-31, end 2013-01-01–2014-12-31",
    );
}

#[test]
fn claims_that_cannot_meet_are_episodes_where_the_type_repeats() {
    check(
        &[
            claim("ALLIED_WITH", "p. 1", "from = \"2012\"\nto = \"2013\""),
            claim("ALLIED_WITH", "p. 2", "from = \"2017\"\nto = \"2018\""),
            claim("ALLIED_WITH", "p. 3", "observed = \"2017-05\""),
        ],
        "alpha ALLIED_WITH beta (p. 1): start 2012-01-01–2012-12-31, end 2013-01-01–2013-12-31
         alpha ALLIED_WITH beta (p. 2, p. 3): start ..–2017-12-31, end 2017-05-01–..",
    );
}

#[test]
fn claims_of_a_type_that_does_not_repeat_share_one_edge_and_disagree() {
    check(
        &[claim("SPLIT_FROM", "p. 1", "on = \"2012\""), claim("SPLIT_FROM", "p. 2", "on = \"2014\"")],
        "alpha SPLIT_FROM beta (p. 1, p. 2): start 2012-01-01–2014-12-31, end 2023-06-01–..",
    );
}

#[test]
fn a_spell_forces_claims_into_an_episode_or_out_of_it() {
    check(
        &[
            claim("ALLIED_WITH", "p. 1", "from = \"2012\"\nto = \"2013\"\nspell = \"1\""),
            claim("ALLIED_WITH", "p. 2", "from = \"2017\"\nto = \"2018\"\nspell = \"1\""),
            claim("ALLIED_WITH", "p. 3", "from = \"2012\"\nto = \"2013\"\nspell = \"2\""),
        ],
        "alpha ALLIED_WITH beta (p. 1, p. 2): start 2012-01-01–2017-12-31, end 2013-01-01–2018-12-31
         alpha ALLIED_WITH beta (p. 3): start 2012-01-01–2012-12-31, end 2013-01-01–2013-12-31",
    );
}

#[test]
fn an_office_is_a_part_of_what_an_edge_is() {
    let led = |office: &str, at: &str| {
        format!("[[node.relation]]\ntype = \"LED\"\nobject = \"alpha\"\nat = \"{at}\"\noffice = \"{office}\"\n")
    };
    let person = "[[node]]\nid = \"dan\"\nkind = \"Person\"\nname = \"Dan\"\nsource = \"weiss-2023\"\nat = \"p. 1\"\n";
    check(
        &[person.to_owned(), led("emir", "p. 1"), led("spokesman", "p. 2"), led("emir", "p. 3")],
        "dan LED alpha office=emir (p. 1, p. 3): start ..–.., end ..–..
         dan LED alpha office=spokesman (p. 2): start ..–.., end ..–..",
    );
}

#[test]
fn a_symmetric_relation_is_one_edge_under_either_end() {
    let gamma =
        "[[node]]\nid = \"gamma\"\nkind = \"Organisation\"\nname = \"Gamma\"\nsource = \"weiss-2023\"\nat = \"p. 1\"\n";
    let of = |object: &str, at: &str, names: &str| {
        format!("[[node.relation]]\ntype = \"RIVAL_OF\"\nobject = \"{object}\"\nat = \"{at}\"\n{names}\n")
    };
    let graph =
        graph_of(&[of("gamma", "p. 1", ""), gamma.to_owned(), of("alpha", "p. 2", "subject_as = \"G\"")].concat());
    assert_eq!(edges(&graph), "alpha RIVAL_OF gamma (p. 1, p. 2): start ..–.., end ..–..");
    let edge = graph.edges().next().unwrap();
    let names: Vec<_> =
        graph.claims_of_edge(edge).map(|claim| graph.claim(claim)).map(|c| (c.subject_as, c.object_as)).collect();
    assert_eq!(names, [(None, None), (None, Some("G"))]);
}

#[test]
fn a_rupture_ends_what_was_open_between_the_two() {
    check(
        &[
            claim("PLEDGED_TO", "p. 1", "from = \"2012\""),
            claim("RIVAL_OF", "p. 2", "from = \"2012\""),
            claim("BROKE_WITH", "p. 3", "on = \"2014-05\""),
        ],
        "alpha BROKE_WITH beta (p. 3): start 2014-05-01–2014-05-31, end 2023-06-01–..
         alpha PLEDGED_TO beta (p. 1): start 2012-01-01–2012-12-31, end 2012-01-01–2014-05-31
         alpha RIVAL_OF beta (p. 2): start 2012-01-01–2012-12-31, end 2012-01-01–..",
    );
}

#[test]
fn a_rupture_leaves_what_came_after_it_and_ends_that_a_source_gives() {
    check(
        &[
            claim("PLEDGED_TO", "p. 1", "from = \"2012\"\nto = \"2016\""),
            claim("ALLIED_WITH", "p. 2", "from = \"2017\""),
            claim("AFFILIATE_OF", "p. 3", "observed = \"2019\""),
            claim("BROKE_WITH", "p. 4", "on = \"2014\""),
        ],
        "alpha AFFILIATE_OF beta (p. 3): start ..–2019-12-31, end 2019-01-01–..
         alpha ALLIED_WITH beta (p. 2): start 2017-01-01–2017-12-31, end 2017-01-01–..
         alpha BROKE_WITH beta (p. 4): start 2014-01-01–2014-12-31, end 2023-06-01–..
         alpha PLEDGED_TO beta (p. 1): start 2012-01-01–2012-12-31, end 2016-01-01–2016-12-31",
    );
}

#[test]
fn an_alleged_rupture_ends_nothing() {
    check(
        &[
            claim("PLEDGED_TO", "p. 1", "from = \"2012\""),
            claim("BROKE_WITH", "p. 2", "on = \"2014\"\nwording = \"alleged\""),
        ],
        "alpha BROKE_WITH beta (p. 2): start 2014-01-01–2014-12-31, end 2023-06-01–..
         alpha PLEDGED_TO beta (p. 1): start 2012-01-01–2012-12-31, end 2012-01-01–..",
    );
}

#[test]
fn lives_bound_what_their_bearers_do() {
    let founded = "[[node.attribute]]\nattribute = \"founded\"\nvalue = \"2011-12\"\nat = \"p. 1\"\n";
    let dissolved = "[[node.attribute]]\nattribute = \"dissolved\"\nvalue = \"2015\"\nat = \"p. 1\"\n";
    let graph = graph_of(&[founded, dissolved, &claim("ALLIED_WITH", "p. 2", "")].concat());
    assert_eq!(edges(&graph), "alpha ALLIED_WITH beta (p. 2): start 2011-12-01–2015-12-31, end 2011-12-01–2015-12-31");
    let alpha = graph.node_by_slug("alpha").unwrap();
    assert_eq!(bounds(graph.lifetime(alpha)), "start 2011-12-01–2011-12-31, end 2015-01-01–2015-12-31");
}

#[test]
fn a_deprecated_claim_is_kept_with_its_reason_and_backs_nothing() {
    let graph =
        graph_of(&claim("ALLIED_WITH", "p. 1", "rank = \"deprecated\"\nreason = \"misread\"\nnote = \"Seen.\""));
    let edge = graph.edges().next().unwrap();
    assert!(!graph.edge_time(edge).standing(griot::time::Question::AtSomeTime).is_matched());
    let claim = graph.claims_of_edge(edge).next().map(|claim| graph.claim(claim)).unwrap();
    assert_eq!(claim.note, Some("Seen.; misread"));
}

fn property(graph: &Graph, slug: &str, key: &str) -> Option<String> {
    let node = graph.node_by_slug(slug).expect("the node");
    graph.node_property(node, graph.key_id(key)?).as_text().map(str::to_owned)
}

fn attribute(attribute: &str, value: &str, more: &str) -> String {
    format!("[[node.attribute]]\nattribute = \"{attribute}\"\nvalue = \"{value}\"\nat = \"p. 5\"\n{more}\n")
}

#[test]
fn attributes_without_dispute_are_properties() {
    let graph = graph_of(
        &[
            attribute("founded", "2011", ""),
            attribute("founded", "2011-12", "source = \"adams-2020\""),
            attribute("status", "active", ""),
            attribute("status", "gone", ""),
            attribute("aim", "rule", ""),
            attribute("aim", "rule", "wording = \"denied\"\nsource = \"adams-2020\""),
            attribute("ideology", "none", "wording = \"alleged\""),
        ]
        .concat(),
    );
    let property = |key| property(&graph, "alpha", key);
    assert_eq!(property("id").as_deref(), Some("alpha"));
    assert_eq!(property("name").as_deref(), Some("Alpha"));
    assert_eq!(property("kind").as_deref(), Some("Organisation"));
    assert_eq!(property("founded").as_deref(), Some("2011-12"), "the narrowest of dates that agree");
    assert_eq!(property("status"), None, "two values");
    assert_eq!(property("aim"), None, "denied");
    assert_eq!(property("ideology").as_deref(), Some("none"));
}

#[test]
fn nodes_bear_the_labels_above_their_kinds() {
    let graph = graph_of("also = [\"Collective\"]\n");
    let alpha = graph.node_by_slug("alpha").unwrap();
    let mut labels: Vec<&str> = graph.labels_of(alpha).iter().map(|label| graph.label_name(*label).as_ref()).collect();
    labels.sort_unstable();
    assert_eq!(labels, ["Actor", "ArmedGroup", "Collective", "Organisation"]);
}

#[test]
fn sources_are_nodes_too() {
    let graph = graph_of("");
    assert_eq!(property(&graph, "weiss-2023", "title").as_deref(), Some("Mirage"));
    assert_eq!(property(&graph, "weiss-2023", "author").as_deref(), Some("Weiss"));
    assert_eq!(property(&graph, "weiss-2023", "kind").as_deref(), Some("Source"));
    let copy = graph.source_record(graph.source_by_slug("adams-2020").unwrap());
    assert_eq!((copy.title, copy.origin), ("A Study", "weiss-2023"));
    assert!(graph.find_name("Mirage").is_some());
}

#[test]
fn figures_keep_what_they_are_of() {
    let graph = graph_of(
        "[[node.figure]]\nmeasure = \"fighters\"\nvalue = \"18..35\"\nunit = \"persons\"\nscope = \"north\"\nperiod = \"2019\"\nat = \"p. 7\"\n",
    );
    let figure = graph.figures_of(graph.node_by_slug("alpha").unwrap()).next().unwrap();
    assert_eq!(figure.value, griot::model::FigureValue::Range(18.0, 35.0));
    assert_eq!((figure.measure, figure.unit, figure.scope, figure.period), ("fighters", "persons", "north", "2019"));
    assert_eq!(graph.claim(figure.claim).at, "p. 7");
}

const GAMMA: &str = r#"
[[node]]
id = "gamma"
kind = "Militia"
name = "Gamma"
source = "adams-2020"
at = "p. 4"
[[node.relation]]
type = "RIVAL_OF"
object = "beta"
at = "p. 4"
"#;

#[test]
fn a_claim_of_identity_joins_two_nodes() {
    let same = "[[node.relation]]\ntype = \"SAME_AS\"\nobject = \"gamma\"\nat = \"p. 9\"\n";
    let graph = graph_of(&[&claim("RIVAL_OF", "p. 3", ""), same, GAMMA].concat());
    let alpha = graph.node_by_slug("alpha").unwrap();
    for name in ["Alpha", "Gamma", "gamma"] {
        let found = graph.find_name(name).unwrap_or_else(|| panic!("{name} finds nothing"));
        assert_eq!(found.nodes.iter().map(|(node, _)| *node).collect::<Vec<_>>(), [alpha], "{name}");
    }
    assert_eq!(edges(&graph), "alpha RIVAL_OF beta (p. 3, p. 4): start ..–.., end ..–..");
    let edge = graph.edges().next().unwrap();
    let used: Vec<_> = graph.claims_of_edge(edge).map(|claim| graph.claim(claim).subject_as).collect();
    assert_eq!(used, [None, Some("Gamma")], "the claims keep the name that their source used");
    assert!(graph.labels_of(alpha).contains(&graph.label_id("Militia").unwrap()));
}

#[test]
fn what_is_said_between_joined_nodes_and_of_each_stays_with_its_name() {
    let same = "[[node.relation]]\ntype = \"SAME_AS\"\nobject = \"gamma\"\nat = \"p. 9\"\n";
    let rival = "[[node.relation]]\ntype = \"RIVAL_OF\"\nobject = \"gamma\"\nat = \"p. 10\"\n";
    let status = "[[node.attribute]]\nattribute = \"status\"\nvalue = \"active\"\nat = \"p. 5\"\n";
    let graph = graph_of(&[same, rival, GAMMA, status].concat());
    let alpha = graph.node_by_slug("alpha").unwrap();
    let claims = graph.claims_of_node(alpha).map(|claim| graph.claim(claim));
    let said: Vec<String> = claims
        .filter(|claim| ["SAME_AS", "RIVAL_OF", "status"].contains(&claim.matter))
        .map(|claim| format!("{}: {} ({})", claim.matter, claim.value, claim.subject_as.unwrap_or("-")))
        .collect();
    assert_eq!(
        said,
        [
            "SAME_AS: Alpha is the same as Gamma (-)",
            "RIVAL_OF: Alpha was a rival of Gamma (-)",
            "status: active (Gamma)"
        ]
    );
    let id = graph.names_of(alpha).last().unwrap();
    assert_eq!(id.text, "gamma", "the id is a name behind all others");
    assert_eq!(graph.claim(id.claim.unwrap()).matter, "SAME_AS", "on the word of who says that they are one");
}

#[test]
fn who_is_said_to_be_distinct_or_not_the_same_is_not_joined() {
    let relation = |kind: &str, fields: &str| {
        format!("[[node.relation]]\ntype = \"{kind}\"\nobject = \"gamma\"\nat = \"p. 9\"\n{fields}")
    };
    let same = relation("SAME_AS", "");
    let is_joined = |other: &str| graph_of(&[&same, other, GAMMA].concat()).node_by_slug("gamma").is_none();
    let other = "source = \"adams-2020\"\n";
    assert!(!is_joined(&relation("DISTINCT_FROM", other)));
    assert!(!is_joined(&relation("SAME_AS", &format!("{other}wording = \"denied\"\n"))));
    let taken_back = format!("{other}rank = \"deprecated\"\nreason = \"a misprint\"\n");
    assert!(is_joined(&relation("DISTINCT_FROM", &taken_back)));
    let graph = graph_of(&[&relation("SAME_AS", &taken_back), GAMMA].concat());
    assert!(graph.node_by_slug("gamma").is_some(), "a claim that is taken back joins nothing");
}

#[test]
fn the_title_of_a_source_makes_no_name_ambiguous() {
    let named =
        "[[node]]\nid = \"study\"\nkind = \"Organisation\"\nname = \"TITLE\"\nsource = \"adams-2020\"\nat = \"p. 1\"\n";
    let plain = graph_of("");
    let source = plain.node_by_slug("adams-2020").unwrap();
    let title = plain.name_of(source).into_owned();
    assert_eq!(plain.find_name(&title).unwrap().nodes[0].0, source, "by its title where nothing else has that name");
    for name in [title.clone(), title.to_uppercase()] {
        let graph = graph_of(&named.replace("TITLE", &name));
        let (study, source) = (graph.node_by_slug("study").unwrap(), graph.node_by_slug("adams-2020").unwrap());
        let one = |found: griot::graph::Named<'_>| found.nodes.iter().map(|(node, _)| *node).collect::<Vec<_>>();
        assert_eq!(one(graph.find_name(&title).unwrap()), [study], "{name}");
        assert_eq!(one(graph.find_source(&title).unwrap()), [source], "{name}");
        assert_eq!(one(graph.find_name("adams-2020").unwrap()), [source]);
    }
}

#[test]
fn a_claim_of_identity_that_is_only_alleged_joins_nothing() {
    let same = "[[node.relation]]\ntype = \"SAME_AS\"\nobject = \"gamma\"\nat = \"p. 9\"\nwording = \"alleged\"\n";
    let graph = graph_of(&[same, GAMMA].concat());
    assert!(graph.node_by_slug("gamma").is_some());
}

fn keys(graph: &Graph) -> Vec<(u64, Vec<u64>)> {
    let ids = |edge| graph.claims_of_edge(edge).map(|claim| graph.claim(claim).id).collect::<Vec<_>>();
    let mut keys: Vec<_> = graph.edges().map(|edge| (graph.edge_key(edge), ids(edge))).collect();
    for (_, ids) in &mut keys {
        ids.sort_unstable();
    }
    keys.sort();
    keys
}

#[test]
fn ids_come_from_content_and_not_from_place() {
    let claims = [
        claim("ALLIED_WITH", "p. 1", "from = \"2012\"\nto = \"2013\""),
        claim("ALLIED_WITH", "p. 2", "from = \"2017\""),
        claim("RIVAL_OF", "p. 3", ""),
    ];
    let turned: Vec<String> = claims.iter().rev().cloned().collect();
    assert_eq!(keys(&graph_of(&claims.concat())), keys(&graph_of(&turned.concat())));
    let with_another = format!("{}{}", attribute("status", "active", ""), claims.concat());
    assert_eq!(keys(&graph_of(&claims.concat())), keys(&graph_of(&with_another)));
}

#[test]
fn the_version_changes_with_the_text_alone() {
    let load = |path: &str, text: &str| {
        let files = vec![(path.to_owned(), format!("{SOURCES}{text}"))];
        kb::load(files).store.expect("no errors").meta().version
    };
    let node = "[[node]]\nid = \"a\"\nkind = \"Place\"\nname = \"A\"\nsource = \"weiss-2023\"\nat = \"p. 1\"\n";
    assert_eq!(load("a.toml", node), load("elsewhere/a.toml", node));
    assert_ne!(load("a.toml", node), load("a.toml", &node.replace("p. 1", "p. 2")));
}

#[test]
fn a_folder_may_bring_relation_types_of_its_own_and_keep_the_built_in_kinds() {
    let mentors = r#"
[MENTORED]
reading = "mentored"
inverse = "was mentored by"
meaning = "A person taught another."
subject = ["Person"]
object = ["Person"]
role = "people"
time = "interval"
"#;
    let people = r#"
[[node]]
id = "dan"
kind = "Person"
name = "Dan"
source = "weiss-2023"
at = "p. 1"
[[node.relation]]
type = "MENTORED"
object = "eve"
at = "p. 2"
[[node]]
id = "eve"
kind = "Person"
name = "Eve"
source = "adams-2020"
at = "p. 3"
"#;
    let files = [("kb/schema/relations.toml", mentors), ("kb/people.toml", people), ("kb/sources.toml", SOURCES)];
    let loaded = kb::load(files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec());
    assert_eq!(loaded.diagnostics.to_string(), "");
    assert_eq!(
        edges(&Graph::from(loaded.store.expect("no errors"))),
        "dan MENTORED eve (p. 2): start ..–.., end ..–.."
    );
}
