//! DOSSIER: what the sources say of an actor, on one page, and what they do not.

use super::Piece::{Subject, Word};
use super::{Definition, Tree};

/// `DOSSIER OF a`: one section after the other, each what a statement of its own answers in full.
pub static DOSSIER: Definition = Definition {
    signature: &[Word("DOSSIER"), Word("OF"), Subject("a")],
    meaning: "names, kind, life, leaders, roles, components, lineage, allies, rivals, figures, disputes, gaps, on one page",
    columns: &[
        ("section", "names, kind, life, leaders, roles, components, lineage, allies, rivals, figures, disputes or gaps"),
        ("item", "whom or what it is about"),
        ("detail", "what is said of it"),
        ("since", "from when, as far as the sources say"),
        ("until", "until when"),
        ("certainty", "certain, disputed or possible"),
        ("sources", "whose word it rests on"),
    ],
    takes: &[],
    expansion: "
        MATCH (a)
        CALL (a) {
            UNWIND names(a) AS each
            RETURN 1 AS place, 'names' AS section, each.text AS item, each.kind AS detail, null AS since, null AS until,
                null AS certainty, each.text AS key, each.claims AS claims
            UNION ALL
            WITH a, [claim IN claims(a, EVIDENCE) WHERE claim.matter = 'kind'] AS claims
            RETURN 2 AS place, 'kind' AS section, kind(a) AS item, null AS detail, null AS since, null AS until,
                null AS certainty, '' AS key, claims
            UNION ALL
            UNWIND lifeDates(a, EVIDENCE) AS date
            RETURN 3 AS place, 'life' AS section, date.matter AS item, date.event AS detail, date.time AS since,
                null AS until, date.certainty AS certainty, toString(date.time) AS key, date.claims AS claims
            UNION ALL
            MATCH (person:Person)-[tie:leadership]->(a)
            RETURN 4 AS place, 'leaders' AS section, person AS item, capacity(tie) AS detail, since(tie) AS since,
                until(tie) AS until, certainty(tie, EVIDENCE) AS certainty, toLower(name(person)) AS key,
                claims(tie, EVIDENCE) AS claims
            UNION ALL
            MATCH (a)-[tie:leadership|founding|membership]->(body)
            RETURN 5 AS place, 'roles' AS section, body AS item, capacity(tie) AS detail, since(tie) AS since,
                until(tie) AS until, certainty(tie, EVIDENCE) AS certainty, toLower(name(body)) AS key,
                claims(tie, EVIDENCE) AS claims
            UNION ALL
            MATCH (actor)-[tie:composition]->(a)
            RETURN 6 AS place, 'components' AS section, actor AS item, coalesce(tie.membership, reading(tie)) AS detail,
                since(tie) AS since, until(tie) AS until, certainty(tie, EVIDENCE) AS certainty,
                toLower(name(actor)) AS key, claims(tie, EVIDENCE) AS claims
            UNION ALL
            MATCH path = shortestPath((a)-[:lineage*]->(before))
            RETURN 7 AS place, 'lineage' AS section, before AS item,
                'forerunner, ' + toString(length(path)) + CASE length(path) WHEN 1 THEN ' step' ELSE ' steps' END AS detail,
                since(path) AS since, until(path) AS until, certainty(path, EVIDENCE) AS certainty,
                '1' + toString(length(path)) + toLower(name(before)) AS key, claims(path, EVIDENCE) AS claims
            UNION ALL
            MATCH path = shortestPath((a)<-[:lineage*]-(after))
            RETURN 7 AS place, 'lineage' AS section, after AS item,
                'successor, ' + toString(length(path)) + CASE length(path) WHEN 1 THEN ' step' ELSE ' steps' END AS detail,
                since(path) AS since, until(path) AS until, certainty(path, EVIDENCE) AS certainty,
                '2' + toString(length(path)) + toLower(name(after)) AS key, claims(path, EVIDENCE) AS claims
            UNION ALL
            MATCH (a)-[tie:alliance]-(actor:Actor)
            RETURN 8 AS place, 'allies' AS section, actor AS item, reading(tie, a) AS detail, since(tie) AS since,
                until(tie) AS until, certainty(tie, EVIDENCE) AS certainty, toLower(name(actor)) AS key,
                claims(tie, EVIDENCE) AS claims
            UNION ALL
            MATCH (a)-[tie:rivalry|rupture]-(actor:Actor)
            RETURN 9 AS place, 'rivals' AS section, actor AS item, reading(tie, a) AS detail, since(tie) AS since,
                until(tie) AS until, certainty(tie, EVIDENCE) AS certainty, toLower(name(actor)) AS key,
                claims(tie, EVIDENCE) AS claims
            UNION ALL
            UNWIND figures(a, EVIDENCE) AS figure
            RETURN 10 AS place, 'figures' AS section, figure.measure AS item, figure.text AS detail,
                figure.period AS since, null AS until, null AS certainty, figure.measure AS key, [figure.claim] AS claims
            UNION ALL
            UNWIND [each IN disputes(a, EVIDENCE) WHERE each.foremost] AS found
            RETURN 11 AS place, 'disputes' AS section, found.matter AS item,
                found.source_a + ': ' + found.side_a + '; ' + found.source_b + ': ' + found.side_b AS detail,
                null AS since, null AS until, null AS certainty, found.matter AS key, found.claims AS claims
            UNION ALL
            WITH a WHERE none(date IN lifeDates(a, EVIDENCE) WHERE date.matter IN ['founded', 'born', 'began', 'occurred'])
            RETURN 12 AS place, 'gaps' AS section, 'beginning' AS item, 'no source dates it' AS detail, null AS since,
                null AS until, null AS certainty, '1' AS key, [] AS claims
            UNION ALL
            WITH a WHERE a:ArmedGroup AND NOT EXISTS { (:Person)-[:leadership]->(a) }
            RETURN 12 AS place, 'gaps' AS section, 'leaders' AS item, 'no source names one' AS detail, null AS since,
                null AS until, null AS certainty, '2' AS key, [] AS claims
            UNION ALL
            MATCH (a)-[tie]-()
            WHERE timeClass(tie) <> 'timeless' AND since(tie) IS NULL AND until(tie) IS NULL
            WITH collect(DISTINCT tie) AS ties WHERE size(ties) > 0
            RETURN 12 AS place, 'gaps' AS section, 'dates' AS item,
                'relations that no source dates: ' + toString(size(ties)) AS detail, null AS since, null AS until,
                null AS certainty, '3' AS key, claims(ties, EVIDENCE) AS claims
            UNION ALL
            MATCH (a)-[tie]-()
            WHERE size(sources(tie, EVIDENCE)) = 1
            WITH collect(DISTINCT tie) AS ties WHERE size(ties) > 0
            RETURN 12 AS place, 'gaps' AS section, 'witnesses' AS item,
                'relations on the word of one source: ' + toString(size(ties)) AS detail, null AS since, null AS until,
                null AS certainty, '4' AS key, claims(ties, EVIDENCE) AS claims
        }
        RETURN section, item, detail, since, until, certainty, sources(claims) AS sources
        ORDER BY place, key, since",
    via: None,
    hops: None,
    shown: None,
    silence: &[],
    examples: &["dossier of Ansar Dine", "dossier of Amadou Koufa according to eizenga-williams-2020"],
    tree: Tree::new(),
};
