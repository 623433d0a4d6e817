//! A small answer, made by hand, for the tests of everything that renders answers.

use super::{Answer, Claim, Evidence, Message, Node, NodeRef, Relation, Source, Standing};
use crate::model::{About, Basis, ClaimId, EdgeId, End, Map, NodeId, Path, Rank, SourceId, Value, Wording};
use crate::time::{Bounds, Day, Edtf, TimeClass};

/// A source with every field that a citation names.
pub fn source() -> Source {
    Source {
        id: "eizenga-williams-2020".into(),
        author: "Daniel Eizenga and Wendy Williams".into(),
        title: "The Puzzle of JNIM".into(),
        publisher: "Africa Center".into(),
        date: "2020-12".into(),
        ..Source::default()
    }
}

/// A claim that asserts, without dates.
pub fn claim(at: &str) -> Claim {
    Claim {
        id: "00ff".into(),
        about: About::Edge(EdgeId(0)),
        matter: "LED".into(),
        value: String::new(),
        source: SourceId(0),
        at: at.into(),
        from: None,
        to: None,
        on: None,
        observed: None,
        wording: Wording::Asserted,
        attributed_to: None,
        attributed_on: None,
        basis: Basis::Stated,
        inferred_from: None,
        credibility: 0,
        rank: Rank::Normal,
        extent: None,
        complete: false,
        note: None,
        quote: None,
        subject_as: None,
        object_as: None,
        bounds: Bounds { s1: Day::MIN, s2: Day::MAX, e1: Day::MIN, e2: Day::MAX },
    }
}

/// A body with a name.
pub fn body(id: &str, name: &str, kind: &str) -> Node {
    let labels = [kind, "ArmedGroup", "Actor"].into_iter().map(str::to_owned).collect();
    Node {
        id: Some(id.to_owned()),
        name: Some(name.to_owned()),
        kinds: vec![kind.to_owned()],
        labels,
        ..Node::default()
    }
}

/// Two bodies, two relations (one certain, one possible), three claims of one source.
pub fn evidence() -> Evidence {
    let mut evidence = Evidence::default();
    let isgs = Node { since: Some("2015-05".into()), ..body("isgs", "ISGS", "Organisation") };
    let mujao =
        Node { since: Some("2011".into()), until: Some("2013".into()), ..body("mujao", "MUJAO", "Organisation") };
    evidence.nodes.insert(NodeId(0), mujao);
    evidence.nodes.insert(NodeId(1), isgs);
    evidence.sources.insert(SourceId(0), source());
    let quoted = Claim {
        id: "0abc".into(),
        on: Some("2015-05".into()),
        attributed_to: Some(NodeRef { id: "un".into(), name: "UN \"panel\"".into() }),
        wording: Wording::Reported,
        ..claim("Box 2, para 1")
    };
    evidence.claims.insert(ClaimId(0), claim("Who is JNIM?, para 3"));
    evidence.claims.insert(ClaimId(1), quoted);
    evidence.claims.insert(ClaimId(2), Claim { id: "0def".into(), wording: Wording::Alleged, ..claim("p. 7") });
    let founded = Relation {
        id: Some("a1".into()),
        roles: vec!["lineage".into()],
        reading: "was founded by members of".into(),
        earlier: Some(End::Object),
        time: Some(TimeClass::LastingEvent),
        since: Some("2015-05".into()),
        standing: Standing::Certain,
        claims: vec![ClaimId(0), ClaimId(1)],
        ..Relation::bare(NodeId(1), "FOUNDED_BY_MEMBERS_OF", NodeId(0))
    };
    let allied = Relation {
        id: Some("b2".into()),
        roles: vec!["alliance".into()],
        reading: "was allied with".into(),
        symmetric: true,
        time: Some(TimeClass::Interval),
        standing: Standing::Possible,
        why: Some("alleged".into()),
        claims: vec![ClaimId(2)],
        ..Relation::bare(NodeId(0), "ALLIED_WITH", NodeId(1))
    };
    evidence.relations.insert(EdgeId(0), founded);
    evidence.relations.insert(EdgeId(1), allied);
    evidence
}

/// A table of two rows with a path, a date, a word of certainty and a list of sources.
pub fn answer() -> Answer {
    let date = Edtf::parse("2015-05").expect("a date");
    let sources = Value::list(vec![Value::text("eizenga-williams-2020")]);
    let path = |edge| Value::Path(Path { nodes: vec![NodeId(0), NodeId(1)], rels: vec![EdgeId(edge)] }.into());
    Answer {
        columns: ["path", "since", "certainty", "sources"].map(str::to_owned).to_vec(),
        rows: vec![
            vec![path(0), Value::Edtf(date.into()), Value::text("certain"), sources.clone()],
            vec![path(1), Value::Null, Value::text("possible"), sources],
        ],
        citations: vec![vec![ClaimId(0), ClaimId(1)], vec![ClaimId(2)]],
        is_cited: true,
        evidence: evidence(),
        messages: vec![Message::warning("no relation type `FOUND`").with_hint("did you mean FOUNDED?")],
        knowledge: Some("2026-11".into()),
        footer: vec!["depth: unbounded".into()],
        ..Answer::default()
    }
}

/// A graph without names: openCypher's own.
pub fn unnamed() -> Answer {
    let mut evidence = Evidence::default();
    let properties: Map = [("name".into(), Value::text("it's; \"x\""))].into_iter().collect();
    evidence.nodes.insert(NodeId(0), Node { labels: vec!["A".into()], properties, ..Node::default() });
    evidence.nodes.insert(NodeId(1), Node::default());
    evidence.relations.insert(EdgeId(0), Relation::bare(NodeId(0), "KNOWS", NodeId(1)));
    let list = Value::list(vec![Value::Int(1), Value::Null, Value::Float(f64::NAN)]);
    Answer {
        columns: vec!["n".into(), "r".into(), "list".into()],
        rows: vec![vec![Value::Node(NodeId(0)), Value::Rel(EdgeId(0)), list]],
        citations: vec![vec![]],
        evidence,
        ..Answer::default()
    }
}
