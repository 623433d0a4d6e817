//! LINEAGE, ANCESTORS and DESCENDANTS walk forward in time, and through no actor twice.

use griot::answer::{Answer, TextForm};
use griot::graph::Graph;
use griot::{Parameters, Session, kb};

const SOURCES: &str = r#"
[[source]]
id = "early"
title = "Early"
date = "2020"
[[source]]
id = "late"
title = "Late"
date = "2021"
"#;

/// As it was around al Mourabitoun: `south` split from `stem`; with `mask` it merged into `guards`; from these `state`
/// split; and in the end `guards` merged into `stem`, where all had begun.
const DESCENT: [(&str, &[(&str, &str, &str)]); 7] = [
    ("stem", &[]),
    ("south", &[("SPLIT_FROM", "stem", "on = \"2011\"")]),
    ("mask", &[]),
    ("guards", &[("MERGED_INTO", "stem", "on = \"2015-12\"")]),
    ("state", &[("SPLIT_FROM", "guards", "on = \"2015-05\"")]),
    ("child", &[]),
    ("grandchild", &[]),
];

/// `south` and `mask` merged into `guards`, then.
const MERGER: [(&str, &str, &str); 2] =
    [("south", "guards", "on = \"2013-08\""), ("mask", "guards", "on = \"2013-08\"")];

fn graph(further: &[(&str, &str, &str, &str)]) -> Graph {
    let relation = |(relation, object, fields): &(&str, &str, &str)| {
        format!("[[node.relation]]\ntype = \"{relation}\"\nobject = \"{object}\"\nat = \"p. 1\"\n{fields}\n")
    };
    let mut text = String::new();
    for (id, relations) in DESCENT {
        text.extend([format!(
            "[[node]]\nid = \"{id}\"\nkind = \"Organisation\"\nname = \"{id}\"\nsource = \"early\"\nat = \"p. 1\"\n"
        )]);
        text.extend(relations.iter().map(relation));
        let merged = MERGER.iter().filter(|(part, ..)| *part == id);
        text.extend(merged.map(|(_, whole, fields)| relation(&("MERGED_INTO", *whole, *fields))));
        let own = further.iter().filter(|(subject, ..)| *subject == id);
        text.extend(own.map(|(_, kind, object, fields)| relation(&(*kind, *object, *fields))));
    }
    let files = [("kb/sources.toml", SOURCES), ("kb/groups.toml", &text)];
    let loaded = kb::load(files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec());
    Graph::from(loaded.store.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics)))
}

fn run(session: &mut Session, query: &str) -> Answer {
    let answers = session.run(query, &Parameters::default());
    answers.unwrap_or_else(|failure| panic!("{query}\n{failure}")).remove(0)
}

fn lines(answer: &Answer) -> Vec<String> {
    let form = TextForm::new(&answer.evidence);
    let line = |row: &Vec<_>| row.iter().map(|value| form.plain(value)).collect::<Vec<_>>().join(" | ");
    answer.rows.iter().map(line).collect()
}

fn rows(graph: &Graph, query: &str) -> Vec<String> {
    lines(&run(&mut Session::new(graph.clone()), query))
}

/// The chains of a statement, each as the names along it.
fn chains(graph: &Graph, statement: &str) -> Vec<String> {
    let query = format!(
        "{statement} RETURN reduce(names = '', each IN nodes(path) | names + name(each) + ' ') AS names ORDER BY names"
    );
    rows(graph, &query).iter().map(|row| row.trim_end().to_owned()).collect()
}

#[test]
fn a_chain_does_not_come_back_through_where_it_began() {
    let graph = graph(&[]);
    assert_eq!(chains(&graph, "LINEAGE FROM south TO state"), ["south guards state"]);
    assert_eq!(chains(&graph, "LINEAGE FROM stem TO state"), ["stem south guards state"]);
    assert_eq!(chains(&graph, "LINEAGE FROM stem TO stem"), Vec::<String>::new());
}

#[test]
fn what_joined_after_the_others_had_left_did_not_come_down_to_them() {
    let graph = graph(&[]);
    // `guards` came to `stem` years after `south` had left it.
    assert_eq!(chains(&graph, "LINEAGE FROM mask TO south"), Vec::<String>::new());
    assert_eq!(chains(&graph, "LINEAGE FROM mask TO stem"), ["mask guards stem"]);
    let names = |statement: &str| rows(&graph, &format!("{statement} RETURN name(node) AS name, depth ORDER BY name"));
    assert_eq!(names("DESCENDANTS OF mask"), ["guards | 1", "state | 2", "stem | 2"]);
    assert_eq!(names("ANCESTORS OF south"), ["stem | 1"]);
    assert_eq!(names("ANCESTORS OF stem"), ["guards | 1", "mask | 2", "south | 2"]);
}

#[test]
fn a_whole_lineage_ends_where_no_further_step_is_in_time() {
    let graph = graph(&[]);
    assert_eq!(
        chains(&graph, "LINEAGE OF south"),
        ["south guards stem", "stem south guards state"],
        "the chain back to `stem` begins at `south`, since `stem` would stand in it twice"
    );
    assert_eq!(chains(&graph, "LINEAGE OF mask"), ["mask guards state", "mask guards stem"]);
}

#[test]
fn a_step_without_a_date_excludes_nothing() {
    // The source of the undated step is of 2020, so that it happened by then if at all; that is no date.
    let expected = ("child", "SPLIT_FROM", "state", "on = \"2022\"\nwording = \"expected\"");
    let graph = graph(&[expected, ("grandchild", "SPLIT_FROM", "child", "")]);
    assert_eq!(chains(&graph, "LINEAGE FROM south TO grandchild"), ["south guards state child grandchild"]);
}

#[test]
fn steps_out_of_order_stay_so_with_an_undated_one_between_them() {
    let graph = graph(&[("child", "SPLIT_FROM", "state", ""), ("grandchild", "SPLIT_FROM", "child", "on = \"2014\"")]);
    assert_eq!(chains(&graph, "LINEAGE FROM state TO grandchild"), ["state child grandchild"]);
    assert_eq!(chains(&graph, "LINEAGE FROM guards TO grandchild"), Vec::<String>::new());
}

#[test]
fn one_reading_of_the_dates_is_enough_and_only_those_that_count_are_read() {
    let fields = "on = \"2016\"\nsource = \"late\"";
    let graph = graph(&[("south", "SPLIT_FROM", "stem", fields)]);
    let road = "LINEAGE FROM mask TO south";
    // By `late` the split came after the merger of 2015.
    let rivals = chains(&graph, "LINEAGE FROM stem TO south");
    assert!(!rivals.is_empty());
    assert_eq!(chains(&graph, road), ["mask guards stem south"]);
    assert_eq!(chains(&graph, &format!("{road} WITHOUT SOURCE late")), Vec::<String>::new());
}

#[test]
fn silence_says_that_the_only_chains_run_back_in_time() {
    let answer = run(&mut Session::new(graph(&[])), "LINEAGE FROM mask TO south");
    let said: Vec<String> = answer.messages.iter().map(|message| format!("{message:?}")).collect();
    let found = said.iter().any(|said| said.contains("run back in time") && said.contains("stem"));
    assert!(found, "{said:?}");
}

#[test]
fn explain_shows_the_order_of_time_and_the_portable_text_gives_the_same_rows() {
    let graph = graph(&[("child", "SPLIT_FROM", "state", "")]);
    let mut here = Session::new(graph);
    let mut there = Session::new(Graph::default());
    there.run(&here.portable_graph(), &Parameters::default()).expect("the encoding is openCypher");
    for (road, count) in [
        ("LINEAGE FROM south TO state", 1),
        ("LINEAGE FROM mask TO south", 0),
        ("LINEAGE FROM south TO child WITHOUT SOURCE late", 1),
        ("LINEAGE OF mask", 2),
        ("ANCESTORS OF stem", 3),
        ("DESCENDANTS OF mask", 4),
    ] {
        let explained = run(&mut here, &format!("EXPLAIN {road}")).explanation.expect("EXPLAIN explains");
        assert!(explained.contains("inTimeOrder("), "{explained}");
        let portable = run(&mut here, &format!("EXPLAIN PORTABLE {road} RETURN certainty"));
        let portable = portable.explanation.expect("EXPLAIN explains");
        assert!(!portable.contains("ACYCLIC") && !portable.contains("inTimeOrder"), "{portable}");
        let own = lines(&run(&mut here, &format!("{road} RETURN certainty")));
        assert_eq!(own.len(), count, "{road}: {own:?}");
        assert_eq!(lines(&run(&mut there, &portable)), own, "{road}\n{portable}");
    }
}
