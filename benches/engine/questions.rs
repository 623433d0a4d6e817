//! The kinds of question that analysts ask of a graph of actors, the same sixteen as in the harness of peers; and domain
//! statements beside core queries that yield the same.

use criterion::Criterion;
use griot::{Parameters, Session};

use super::generated;

const QUESTIONS: &[(&str, &str)] = &[
    ("A01 an actor by name", "MATCH (a:Actor {name: 'shali 1000'}) RETURN a.id, a.kind, a.founded"),
    (
        "A02 allies on a date",
        "MATCH (a:Actor {name: 'kara 12'})-[r:ALLIED_WITH]-(b:Actor) WHERE r.since <= 20101231 AND r.until > 20101231 RETURN b.id",
    ),
    (
        "A03 two hops",
        "MATCH (a:Actor {name: 'kara 12'})-[:ALLIED_WITH]->(:Actor)-[:ALLIED_WITH]->(c:Actor) RETURN count(DISTINCT c.id)",
    ),
    (
        "A04 three hops",
        "MATCH (a:Actor {name: 'kara 12'})-[:ALLIED_WITH]->()-[:ALLIED_WITH]->()-[:ALLIED_WITH]->(c) RETURN count(DISTINCT c.id)",
    ),
    (
        "A05 allies of allies who are rivals",
        "MATCH (x:Actor {name: 'kara 12'})-[:ALLIED_WITH]-(y)-[:ALLIED_WITH]-(z)-[:RIVAL_OF]-(x) RETURN count(DISTINCT z.id)",
    ),
    (
        "A06 triangles",
        "MATCH (x:Actor)-[:ALLIED_WITH]->(y:Actor)-[:ALLIED_WITH]->(z:Actor), (x)-[:RIVAL_OF]->(z) RETURN count(*)",
    ),
    (
        "A07 shortest lineage",
        "MATCH p = shortestPath((a:Actor {name: 'kaven 19992'})-[:SPLIT_FROM|SUCCEEDED|MERGED_INTO*1..60]->(b:Actor {name: 'kara 12'})) RETURN length(p)",
    ),
    (
        "A08 number of lineages",
        "MATCH (a:Actor {name: 'kaven 19992'})-[:SPLIT_FROM|SUCCEEDED|MERGED_INTO*1..60]->(b:Actor {name: 'kara 12'}) RETURN count(*)",
    ),
    (
        "A09 ancestors",
        "MATCH (a:Actor {name: 'kaven 19992'})-[:SPLIT_FROM|SUCCEEDED|MERGED_INTO*1..60]->(b:Actor) RETURN DISTINCT b.id",
    ),
    (
        "A10 descendants",
        "MATCH (a:Actor {name: 'kara 12'})<-[:SPLIT_FROM|SUCCEEDED|MERGED_INTO*1..60]-(b:Actor) RETURN DISTINCT b.id",
    ),
    (
        "A11 the whole family",
        "MATCH (a:Actor {name: 'kara 12'})-[:SPLIT_FROM|SUCCEEDED|MERGED_INTO*1..1000]-(b:Actor) WHERE b.id <> a.id RETURN DISTINCT b.id",
    ),
    (
        "A12 shared leaders",
        "MATCH (x:Actor {name: 'kara 12'})-[:LED_BY]->(l:Actor)<-[:LED_BY]-(y:Actor {name: 'shara 16'}) RETURN l.id",
    ),
    (
        "A13 a leader's network",
        "MATCH (l:Actor {name: 'duka 3'})<-[:LED_BY]-(g:Actor)-[:ALLIED_WITH|AFFILIATED_WITH]-(h:Actor) RETURN count(DISTINCT h.id)",
    ),
    (
        "A14 most allies on a date",
        "MATCH (a:Actor)<-[r:ALLIED_WITH]-(:Actor) WHERE r.since <= 20080808 AND r.until > 20080808 RETURN a.id AS id, count(*) AS n ORDER BY n DESC, id LIMIT 10",
    ),
    (
        "A15 events by kind and year",
        "MATCH (a:Actor)-[r:SPLIT_FROM|SUCCEEDED|MERGED_INTO]->(:Actor) WHERE a.founded >= 1975 AND a.founded < 1990 RETURN a.kind, r.since / 10000, count(*)",
    ),
    (
        "A16 filter and aggregate",
        "MATCH (a:Actor) WHERE a.country = 'C05' AND a.founded >= 1990 RETURN a.kind, count(*), sum(a.strength), max(a.founded)",
    ),
];

const STATEMENTS: &[(&str, &str)] = &[
    ("allies", "allies of 'JNIM' as of 2020"),
    ("ancestors", "ancestors of 'ISGS'"),
    ("lineage", "lineage from 'MUJAO' to 'ISGS'"),
    ("shared leaders", "shared leaders of 'AQIM' and 'Ansar Dine'"),
    ("groups sharing network", "groups sharing network of 'Iyad Ag Ghali'"),
];

/// The statements that ask what some of the questions ask, of the generated graph.
const STATEMENTS_ON_ACTORS: &[(&str, &str)] = &[
    ("A02 allies", "allies of 'kara 12' as of 2010-12-31"),
    ("A09 ancestors", "ancestors of 'shazor 15100'"),
    ("A12 shared leaders", "shared leaders of 'shaka 148' and 'lika 152'"),
    ("A13 shared network", "groups sharing network of 'galka 11'"),
];

/// Runs a question, and says how many rows there were.
fn ask(session: &mut Session, text: &str) -> usize {
    let mut rows = 0;
    let mut take = |part: &griot::Rows<'_>| {
        rows += part.len();
        true
    };
    if let Err(failure) = session.read(text, &Parameters::default(), &mut take) {
        panic!("{text}: {}", failure.diagnostics());
    }
    rows
}

/// Statements, the core queries that they stand for, and these when they were prepared before.
pub fn statements_beside_core(criterion: &mut Criterion) {
    let mut session = generated::session();
    let young = generated::name(15_100);
    let old = "MATCH (a {name: $young})-[:SPLIT_FROM|SUCCEEDED*12]->(b) RETURN b.name";
    let parameters = Parameters::from_iter([("young".into(), young.as_str().into())]);
    let answers = session.run(old, &parameters).unwrap_or_else(|failure| panic!("{}", failure.diagnostics()));
    let lineage = format!("lineage from '{}' to '{young}'", answers[0].rows[0][0].as_text().expect("a name"));
    let mut group = criterion.benchmark_group("statements beside core queries");
    for (name, text) in STATEMENTS_ON_ACTORS.iter().copied().chain([("A07 lineage", lineage.as_str())]) {
        let made = (session.core(text), session.prepare(text));
        let (Ok(core), Ok(prepared)) = made else { panic!("{text}") };
        group.bench_function(format!("{name}, statement"), |bencher| bencher.iter(|| ask(&mut session, text)));
        group.bench_function(format!("{name}, core"), |bencher| bencher.iter(|| ask(&mut session, &core)));
        group.bench_function(format!("{name}, prepared"), |bencher| {
            bencher.iter(|| session.read_prepared(&prepared, &Parameters::default(), &mut |_| true).is_ok());
        });
    }
    group.finish();
}

pub fn questions(criterion: &mut Criterion) {
    ask_all(criterion, "questions", QUESTIONS);
}

/// Measures each of some questions on the generated graph.
pub fn ask_all(criterion: &mut Criterion, group: &str, questions: &[(&str, &str)]) {
    let mut session = generated::session();
    let mut group = criterion.benchmark_group(group);
    for (name, text) in questions {
        group.bench_function(*name, |bencher| bencher.iter(|| ask(&mut session, text)));
    }
    group.finish();
}

/// On the built-in knowledge base, with all of an answer: rows, evidence, claims.
pub fn statements(criterion: &mut Criterion) {
    let mut session = Session::new(griot::built_in().expect("the built-in graph"));
    let mut group = criterion.benchmark_group("statements");
    for (name, text) in STATEMENTS {
        group.bench_function(*name, |bencher| {
            bencher.iter(|| session.run(text, &Parameters::default()).is_ok_and(|answers| !answers[0].rows.is_empty()));
        });
    }
    group.finish();
}
