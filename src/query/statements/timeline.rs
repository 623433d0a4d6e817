//! TIMELINE: what happened to some actors, in the order of time.

use super::Piece::{Subjects, Word};
use super::{Definition, Takes, Tree};

/// `TIMELINE OF a, b, …`: foundations, births and ends of the actors themselves; of their relations the dates of events
/// and the starts and ends of what lasts. What nobody dates is not on it.
pub static TIMELINE: Definition = Definition {
    signature: &[Word("TIMELINE"), Word("OF"), Subjects("a")],
    meaning: "foundations, splits, pledges, attacks, deaths, starts and ends, in the order of time",
    columns: &[
        ("time", "when, as far as the sources say"),
        ("event", "what happened, in words"),
        ("kind", "founded, died … of an actor; event, start or end of a relation"),
        ("actors", "who took part"),
        ("certainty", "certain, disputed or possible"),
        ("sources", "whose word it rests on"),
    ],
    takes: &[Takes::Via],
    expansion: "
        UNWIND a AS subject
        CALL (subject) {
            UNWIND lifeDates(subject, EVIDENCE) AS date
            RETURN date.time AS time, date.event AS event, date.matter AS kind, [subject] AS actors,
                date.certainty AS certainty, date.claims AS claims
            UNION ALL
            MATCH (subject)-[tie:VIA]-()
            WITH tie, since(tie) AS time, startNode(tie) AS one, endNode(tie) AS other
            WHERE time IS NOT NULL
            RETURN time, sentence(tie) AS event, CASE timeClass(tie) WHEN 'interval' THEN 'start' ELSE 'event' END AS kind,
                [one, other] AS actors, certainty(tie, EVIDENCE) AS certainty, claims(tie, EVIDENCE) AS claims
            UNION ALL
            MATCH (subject)-[tie:VIA]-()
            WITH tie, until(tie) AS time, startNode(tie) AS one, endNode(tie) AS other
            WHERE timeClass(tie) = 'interval' AND latest(time) IS NOT NULL
            RETURN time, sentence(tie) AS event, 'end' AS kind,
                [one, other] AS actors, certainty(tie, EVIDENCE) AS certainty, claims(tie, EVIDENCE) AS claims
        }
        WITH DISTINCT time, event, kind, actors, certainty, claims
        RETURN time, event, kind, actors, certainty, sources(claims) AS sources
        ORDER BY coalesce(earliest(time), latest(time)), latest(time), CASE kind WHEN 'end' THEN 1 ELSE 0 END, event",
    via: None,
    hops: None,
    shown: None,
    silence: &[(
        "UNWIND a AS subject MATCH (subject)--() WITH subject, count(*) AS ties
            RETURN name(subject) + ' (' + toString(ties) + ')' AS name",
        "ties that nobody dates: {}",
    )],
    examples: &["timeline of Ansar Dine, MNLA", "timeline of Amadou Koufa via people"],
    tree: Tree::new(),
};
