//! SHARED LEADERS: people who led, founded or belonged to two bodies.

use super::Piece::{Subject, Word};
use super::{Definition, Takes, Tree};

const COLUMNS: &[(&str, &str)] = &[
    ("person", "who"),
    ("group_a", "the one body"),
    ("group_b", "the other"),
    ("role_a", "what the person was in the one: offices, or the relations in words"),
    ("role_b", "what the person was in the other"),
    ("since", "when the first of these ties began, as far as the sources say"),
    ("until", "when the last of them ended"),
    ("certainty", "certain, disputed or possible: that of the weaker of the best tie to either"),
    ("sources", "whose word it rests on"),
];

const VIA: Option<&str> = Some("leadership|founding|membership");

/// `SHARED LEADERS OF a AND b`: one row a person, whatever the number of ties.
pub static OF_BOTH: Definition = Definition {
    signature: &[Word("SHARED"), Word("LEADERS"), Word("OF"), Subject("a"), Word("AND"), Subject("b")],
    meaning: "people who led, founded or belonged to both of two bodies",
    columns: COLUMNS,
    takes: &[Takes::Via],
    expansion: "
        MATCH path = (a)<-[first:VIA]-(person:Person)-[second:VIA]->(b)
        WITH person, a AS group_a, b AS group_b, collect(DISTINCT first) AS firsts, collect(DISTINCT second) AS seconds,
            collect(certainty(path, EVIDENCE)) AS standings
        RETURN person, group_a, group_b,
            capacity(firsts) AS role_a, capacity(seconds) AS role_b, since(firsts + seconds) AS since, until(firsts + seconds) AS until,
            CASE WHEN 'certain' IN standings THEN 'certain' WHEN 'disputed' IN standings THEN 'disputed'
                ELSE 'possible' END AS certainty,
            sources(firsts + seconds, EVIDENCE) AS sources
        ORDER BY toLower(name(person))",
    via: VIA,
    hops: None,
    shown: None,
    silence: &[
        (
            "MATCH (person:Person)-[:leadership|founding|membership]->(a) MATCH (b) RETURN DISTINCT name(person) AS name",
            "those whom the sources know of the first: {}",
        ),
        (
            "MATCH (person:Person)-[:leadership|founding|membership]->(b) MATCH (a) RETURN DISTINCT name(person) AS name",
            "those whom the sources know of the second: {}",
        ),
    ],
    examples: &["shared leaders of Ansar Dine and JNIM", "shared leaders of AQIM and JNIM via leadership|membership"],
    tree: Tree::new(),
};

/// `SHARED LEADERS`: every pair of bodies, each once.
pub static OF_ANY: Definition = Definition {
    signature: &[Word("SHARED"), Word("LEADERS")],
    meaning: "people who led, founded or belonged to two bodies, for every pair of armed groups",
    columns: COLUMNS,
    takes: &[Takes::Via],
    expansion: "
        MATCH path = (group_a:ArmedGroup)<-[first:VIA]-(person:Person)-[second:VIA]->(group_b:ArmedGroup)
        WHERE elementId(group_a) < elementId(group_b)
        WITH person, group_a, group_b, collect(DISTINCT first) AS firsts, collect(DISTINCT second) AS seconds,
            collect(certainty(path, EVIDENCE)) AS standings
        RETURN person, group_a, group_b,
            capacity(firsts) AS role_a, capacity(seconds) AS role_b, since(firsts + seconds) AS since, until(firsts + seconds) AS until,
            CASE WHEN 'certain' IN standings THEN 'certain' WHEN 'disputed' IN standings THEN 'disputed'
                ELSE 'possible' END AS certainty,
            sources(firsts + seconds, EVIDENCE) AS sources
        ORDER BY toLower(name(person)), toLower(name(group_a)), toLower(name(group_b))",
    via: VIA,
    hops: None,
    shown: None,
    silence: &[],
    examples: &["shared leaders", "shared leaders certainly via leadership"],
    tree: Tree::new(),
};
