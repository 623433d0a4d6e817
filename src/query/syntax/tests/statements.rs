//! Domain statements: where they begin, what they hold, where they end.

use super::super::ast::{Clause, ClauseKind, StatementItemKind};
use super::{check, parse, same};

/// The kinds and items of a query's clauses: statements as `[word|word|'name'|,]` with their number of modifiers.
fn shape(text: &str) -> String {
    let script = parse(text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
    let query = &script.queries[0];
    let parts = std::iter::once(&query.first).chain(query.unions.iter().map(|(_, part)| part));
    let parts = parts.map(|part| part.clauses.iter().map(clause_shape).collect::<Vec<_>>().join(" "));
    parts.collect::<Vec<_>>().join(" U ")
}

fn clause_shape(clause: &Clause) -> String {
    let ClauseKind::Statement(statement) = &clause.kind else {
        let text = clause.to_string();
        return text.split(' ').next().unwrap_or_default().to_owned();
    };
    let items = statement.items.iter().map(|item| match &item.kind {
        StatementItemKind::Word(word) => word.clone(),
        StatementItemKind::Quoted(text) => format!("'{text}'"),
        StatementItemKind::Fuzzy(text) => format!("~'{text}'"),
        StatementItemKind::Parameter(name) => format!("${name}"),
        StatementItemKind::Node(node) => format!("({})", node.variable.as_ref().map_or("", |v| v.value.as_str())),
        StatementItemKind::Comma => ",".to_owned(),
    });
    let items = items.collect::<Vec<_>>().join("|");
    let modifiers = "m".repeat(statement.modifiers.len());
    format!("[{items}]{modifiers}")
}

#[track_caller]
fn shaped(text: &str, expected: &str) {
    assert_eq!(shape(text), expected, "{text}");
}

#[test]
fn the_examples_of_the_language_parse() {
    shaped("lineage from MUJAO to ISGS", "[lineage|from|MUJAO|to|ISGS]");
    shaped("lineage of JNIM export dot to 'jnim.dot'", "[lineage|of|JNIM]");
    shaped("groups sharing network of Iyad Ag Ghali within 2 hops", "[groups|sharing|network|of|Iyad|Ag|Ghali]m");
    shaped("allies and rivals of Ansar Dine as of 2012-07", "[allies|and|rivals|of|Ansar|Dine]m");
    shaped("changes in allies of MNLA from 2012-03 to 2012-08", "[changes|in|allies|of|MNLA|from|2012-03|to|2012-08]");
    shaped("leaders of the Sahara Emirate of AQIM as of 2019-07", "[leaders|of|the|Sahara|Emirate|of|AQIM]m");
    shaped(
        "compare JNIM, HTS, Taliban on fighters, civilians per fighter",
        "[compare|JNIM|,|HTS|,|Taliban|on|fighters|,|civilians|per|fighter]",
    );
    shaped("disputes about JNIM", "[disputes|about|JNIM]");
    shaped(
        "match (g:ArmedGroup)-[:COMPONENT_OF]->(:Coalition 'JNIM') as of 2018
           rivals of g as of 2020 return g.name, collect(actor.name) order by g.name",
        "MATCH [rivals|of|g]m RETURN",
    );
    shaped(
        "match (l:Person)-[r:LED]->(g) return l.name, count(distinct g) as groups, collect(sources(r)) order by groups desc limit 5",
        "MATCH RETURN",
    );
}

#[test]
fn words_are_of_any_script_with_hyphens_apostrophes_and_full_stops() {
    shaped("who is al-Mourabitoun", "[who|is|al-Mourabitoun]");
    shaped("who is Jama'at Nusrat al-Islam", "[who|is|Jama'at|Nusrat|al-Islam]");
    shaped("who is Jama’at Tawhid wa’l Jihad", "[who|is|Jama’at|Tawhid|wa’l|Jihad]");
    shaped("who is Shari‘a", "[who|is|Shari‘a]");
    shaped("who is جماعة نصرة الإسلام", "[who|is|جماعة|نصرة|الإسلام]");
    shaped("who is ʿIyād Ag Ghālī", "[who|is|ʿIyād|Ag|Ghālī]");
    shaped("allies of U.S. troops", "[allies|of|U.S.|troops]");
    shaped("allies of Gen. Haftar", "[allies|of|Gen.|Haftar]");
    shaped("who is 2nd Battalion", "[who|is|2nd|Battalion]");
    shaped("claims about Jama'at as of 2012 return'it' + 'x'", "[claims|about|Jama'at]m RETURN");
}

#[test]
fn subjects_may_be_quoted_fuzzy_parameters_and_nodes() {
    shaped(
        "allies of 'Movement for Oneness and Jihad in West Africa'",
        "[allies|of|'Movement for Oneness and Jihad in West Africa']",
    );
    shaped("rivals of ~'mujao', $p, (g:ArmedGroup 'Katiba Serma')", "[rivals|of|~'mujao'|,|$p|,|(g)]");
    same("MATCH (g:ArmedGroup 'Katiba Serma'), ('MUJAO'), (:Coalition 'JNIM' {x: 1}) RETURN g");
}

#[test]
fn only_both_words_of_a_pair_end_a_run() {
    shaped(
        "allies of Movement for Oneness and Jihad in West Africa as of 2012",
        "[allies|of|Movement|for|Oneness|and|Jihad|in|West|Africa]m",
    );
    shaped("who is Known of Without According", "[who|is|Known|of|Without|According]");
    shaped("who is as within order source", "[who|is|as|within|order|source]");
    shaped("sources for r", "[sources|for|r]");
    shaped("relations between African Union and Mali", "[relations|between|African|Union|and|Mali]");
    shaped("allies of African Union", "[allies|of|African|Union]");
    shaped("allies of African Union as of 2012", "[allies|of|African|Union]m");
    shaped("allies of European Union order by actor", "[allies|of|European|Union]");
}

#[test]
fn statements_stand_between_clauses_in_unions_and_in_subqueries() {
    shaped("allies of MNLA union rivals of MNLA", "[allies|of|MNLA] U [rivals|of|MNLA]");
    shaped("allies of MNLA union all rivals of MNLA", "[allies|of|MNLA] U [rivals|of|MNLA]");
    shaped("allies of MNLA return actor union match (n) return n as actor", "[allies|of|MNLA] RETURN U MATCH RETURN");
    shaped("rivals of g as of 2020 allies of h during 2012..2013 return 1", "[rivals|of|g]m [allies|of|h]m RETURN");
    shaped("rivals of g where actor.x = 1 allies of h", "[rivals|of|g] [allies|of|h]");
    shaped(
        "match (g) optional rivals of g return g",
        "MATCH OPTIONAL RETURN".replace("OPTIONAL", "[rivals|of|g]").as_str(),
    );
    shaped(
        "rivals of g with actor limit 3 call (actor) { allies of actor return count(*) as n } return n",
        "[rivals|of|g] WITH CALL RETURN",
    );
    shaped(
        "leaders of MNLA yield person as p, role where role = 'emir' order by p desc skip 1 limit 5 return p",
        "[leaders|of|MNLA] RETURN",
    );
    shaped("for x in [1, 2] rivals of $x", "UNWIND [rivals|of|$x]");
}

#[test]
fn modifiers_print_as_they_are_written() {
    same("allies of a AS OF 2012-07");
    same("allies of a AS OF TODAY CERTAINLY");
    same("allies of a AS OF $t KNOWN BY 2013-06");
    same("allies of a AS OF (date() - 1)");
    same("allies of a DURING 2012..2015 THROUGHOUT 2014");
    same("allies of a DURING ..2013");
    same("allies of a DURING 2014..");
    same("allies of a DURING [2012..2013]..2012~");
    same("allies of a DURING 199X THROUGHOUT $a..$b");
    same("allies of a DURING (x)..TODAY");
    check("allies of a during '2012..2013' as of '2012-07'", "allies of a DURING 2012..2013 AS OF 2012-07");
    same("lineage of a WITHIN 2 HOPS");
    check("lineage of a within 1..3 hop", "lineage of a WITHIN 1..3 HOPS");
    same("lineage of a VIA MERGED_INTO|SPLIT_FROM");
    same("lineage of a VIA !(ATTACKED|FOUGHT)");
    same("lineage from a to b THROUGH x, y of z AVOIDING w");
    same("allies of a ACCORDING TO weiss-2023, 'UN Panel of Experts' WITHOUT SOURCE x");
    same("allies of a RATED B2 WORDED asserted|assessed");
    same("MATCH (a)-[r]->(b) AS OF 2012 ACCORDING TO weiss-2023 WHERE a.x = 1 RETURN r");
    same("allies of a EXPORT dot TO 'x.dot'");
    same("EXPLAIN PORTABLE allies of a");
    same("PROFILE MATCH (n) RETURN n");
}
