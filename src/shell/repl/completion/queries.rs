//! Candidates in a query: what the language says may stand there, out of the graph and the registries.

use super::{Candidate, Found, Known, cased, cut, leads, names, starts};
use crate::export;
use crate::language::{AGGREGATES, FAMILIES, KEYWORDS, Place, Want, place};

/// How a source can put a claim.
const WORDINGS: &[&str] = &["asserted", "assessed", "reported", "alleged", "doubted", "expected", "denied"];

pub(super) fn complete(text: &str, known: &Known) -> Found {
    let place = place(text);
    let mut offers = Vec::new();
    for want in place.wants.iter().filter(|want| is_worth_listing(want, text, &place)) {
        let from = start_of(want).unwrap_or(place.start);
        let typed = &text[from..];
        offers.extend(candidates(want, typed, known).into_iter().map(|candidate| (from, candidate)));
    }
    offers.sort_by_key(|(_, candidate)| rank(&candidate.kind));
    // All candidates replace from the same place on: those that begin later take over what stands before them.
    let start = offers.iter().map(|(from, _)| *from).min().unwrap_or(place.start);
    let candidates = offers
        .into_iter()
        .map(|(from, candidate)| Candidate { text: format!("{}{}", &text[start..from], candidate.text), ..candidate });
    Found { start, candidates: candidates.collect() }
}

/// Before a letter is typed, only what is likely is listed: no functions, no clauses that write, and no further
/// statement behind one.
fn is_worth_listing(want: &Want, text: &str, place: &Place) -> bool {
    let is_open = text.len() > place.start || text[..place.start].trim().is_empty();
    is_open || !matches!(want, Want::Function | Want::Statement | Want::Clause)
}

/// In which order the kinds are listed.
fn rank(kind: &str) -> usize {
    let order = ["statement", "modifier", "keyword", "clause", "function"];
    match order.iter().position(|each| kind.starts_with(each)) {
        // Names, columns and variables stand before all but a statement's own words.
        None => 1,
        Some(0) => 0,
        Some(at) => at + 1,
    }
}

fn start_of(want: &Want) -> Option<usize> {
    match want {
        Want::Node(from) | Want::Source(from) => Some(*from),
        Want::QuotedNode(after, quote) => Some(after - quote.len_utf8()),
        _ => None,
    }
}

fn candidates(want: &Want, typed: &str, known: &Known) -> Vec<Candidate> {
    let plain = |all: Vec<(String, String)>| -> Vec<Candidate> {
        all.into_iter().filter(|(text, _)| starts(text, typed)).map(|(text, kind)| Candidate::new(text, kind)).collect()
    };
    let kind = |text: &str| text.to_owned();
    match want {
        Want::Statement => {
            plain(leads().into_iter().map(|(lead, _)| (cased(&lead, typed) + " ", kind("statement"))).collect())
        }
        Want::Clause => {
            let clauses = KEYWORDS
                .iter()
                .filter(|word| word.sort == "clause" && !matches!(word.words, "EXPLAIN" | "PROFILE" | "UNION"));
            plain(clauses.map(|word| (cased(word.words, typed) + " ", kind("clause"))).collect())
        }
        Want::Words(words, sort) => plain(vec![(cased(words, typed) + " ", kind(sort))]),
        Want::Node(_) => names::nodes(typed, known),
        Want::QuotedNode(_, quote) => names::quoted_nodes(&typed[quote.len_utf8()..], *quote, known),
        Want::Source(_) => names::sources(typed, known),
        Want::Text => {
            let measures = known.graph.schema().measures.keys();
            plain(measures.map(|name| (name.clone(), kind("measure"))).collect())
        }
        Want::Label => plain(labels(known)),
        Want::Type => plain(types(known)),
        Want::Key => plain(keys(known)),
        Want::Parameter => plain(known.parameters.iter().map(|name| (format!("${name}"), kind("parameter"))).collect()),
        Want::Variable(name) => plain(vec![(name.clone(), kind("variable"))]),
        Want::Function => plain(functions()),
        Want::Column(name, meaning) => plain(vec![((*name).to_owned(), cut(&format!("column: {meaning}")))]),
        Want::Format => plain(export::FORMATS.iter().map(|format| (format.name.to_owned(), kind("format"))).collect()),
        Want::Wording => plain(WORDINGS.iter().map(|word| ((*word).to_owned(), kind("wording"))).collect()),
    }
}

fn labels(known: &Known) -> Vec<(String, String)> {
    let graph = &known.graph;
    let named = graph.labels().map(|label| (graph.label_name(label).to_string(), graph.label_count(label)));
    let mut all: Vec<_> = named.map(|(name, count)| (name, format!("kind, {count}"))).collect();
    all.sort();
    all
}

fn types(known: &Known) -> Vec<(String, String)> {
    let graph = &known.graph;
    let mut all: Vec<_> = graph.schema().roles.keys().map(|role| (role.clone(), "role".to_owned())).collect();
    let named = graph.types().map(|each| (graph.type_name(each).to_string(), graph.type_count(each)));
    let mut types: Vec<_> =
        named.filter(|(_, count)| *count > 0).map(|(name, count)| (name, format!("type, {count}"))).collect();
    types.sort();
    all.extend(types);
    all
}

fn keys(known: &Known) -> Vec<(String, String)> {
    let graph = &known.graph;
    let mut all: Vec<_> = graph.keys().map(|key| (graph.key_name(key).to_string(), "property".to_owned())).collect();
    all.sort();
    all
}

fn functions() -> Vec<(String, String)> {
    let functions = FAMILIES.iter().flat_map(|family| family.functions.iter().map(|each| (each.name, family.name)));
    let aggregates = AGGREGATES.iter().map(|each| (each.name, "aggregate"));
    let named = |(name, family): (&str, &str)| {
        (format!("{name}("), if family == "aggregate" { family.to_owned() } else { format!("function, {family}") })
    };
    functions.chain(aggregates).map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::repl::commands::kind_of;

    fn known() -> Known {
        let graph = crate::built_in().expect("the built-in graph");
        Known { graph, parameters: vec!["name".to_owned()], files: true }
    }

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = complete(text, &known());
        for (whole, kind) in expected {
            let is = |candidate: &Candidate| {
                format!("{}{}", &text[..found.start], candidate.text) == *whole && candidate.kind.starts_with(kind)
            };
            assert!(
                found.candidates.iter().any(is),
                "`{whole}` ({kind}) is missing at `{text}`: {:?}",
                found.candidates
            );
        }
    }

    #[test]
    fn names_are_found_by_any_word_and_any_alias() {
        check("network of Iyad A", &[("network of Iyad Ag Ghali", "Person")]);
        check("network of Ghal", &[("network of Iyad Ag Ghali", "Person")]);
        check("lineage from MUJ", &[("lineage from MUJAO", "Organisation")]);
        check("lineage from MUJAO to isg", &[("lineage from MUJAO to ISGS", "")]);
        check("lineage from MUJAO ", &[("lineage from MUJAO to ", "statement")]);
    }

    #[test]
    fn titles_of_sources_do_not_hide_actors() {
        let candidates = complete("network of Ghali", &known()).candidates;
        assert!(candidates.iter().all(|candidate| candidate.kind != "Source"), "{candidates:?}");
        let only_sources = complete("network of Puzzle of JN", &known()).candidates;
        assert!(only_sources.iter().any(|candidate| candidate.kind.starts_with("Source")), "{only_sources:?}");
    }

    #[test]
    fn names_in_quotes_end_with_the_quote() {
        check("match (g:ArmedGroup 'Katiba Ser", &[("match (g:ArmedGroup 'Katiba Serma'", "")]);
    }

    #[test]
    fn words_of_the_schema_have_their_kind_beside_them() {
        check("match (g:Armed", &[("match (g:ArmedGroup", "kind")]);
        check("match (g)-[:ALL", &[("match (g)-[:alliance", "role"), ("match (g)-[:ALLIED_WITH", "type")]);
        check("network of JNIM via lin", &[("network of JNIM via lineage", "role")]);
        check("match (g) where g.na", &[("match (g) where g.name", "property")]);
        check("match (g) return cou", &[("match (g) return count(", "aggregate")]);
        check("return $n", &[("return $name", "parameter")]);
    }

    #[test]
    fn statements_and_clauses_follow_their_writers_case() {
        check("lin", &[("lineage from ", "statement")]);
        check("LIN", &[("LINEAGE FROM ", "statement")]);
        check("ma", &[("match ", "clause")]);
        check("network of JNIM wi", &[("network of JNIM within ", "modifier")]);
        check("network of JNIM according to weis", &[("network of JNIM according to weiss-2023", "")]);
        check("network of JNIM yield de", &[("network of JNIM yield depth", "column")]);
        check("network of JNIM export d", &[("network of JNIM export dot", "format")]);
    }

    #[test]
    fn before_a_letter_is_typed_only_what_is_likely_is_listed() {
        let listed =
            |text: &str| complete(text, &known()).candidates.iter().map(|each| each.shown.clone()).collect::<Vec<_>>();
        let after_a_statement = listed("network of Ansar Dine ");
        assert!(after_a_statement.contains(&"within".to_owned()) && !after_a_statement.contains(&"create".to_owned()));
        assert_eq!(listed("match (n)-[r]-(m) return ")[..3], ["n", "r", "m"]);
        assert!(listed("match (n)-[r]-(m) return ").len() < 12);
        assert!(listed("").len() > 20, "all statements and clauses");
    }

    #[test]
    fn every_candidate_for_a_subject_is_read_back_as_one_node() {
        let known = known();
        for typed in ["a", "k", "m", "s"] {
            for candidate in names::nodes(typed, &known) {
                let name = candidate.text.trim_matches('\'').replace("\\'", "'");
                let found = known.graph.find_name(&name).unwrap_or_else(|| panic!("{name} names nothing"));
                assert_eq!(found.nodes.len(), 1, "{name}");
                assert!(!kind_of(&known.graph, found.nodes[0].0).is_empty());
            }
        }
    }
}
