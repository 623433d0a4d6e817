//! The words of the language that are neither statements nor functions, each with one line: for help and completion.

/// A word, or a fixed group of words.
#[derive(Clone, Copy, Debug)]
pub struct Keyword {
    /// As it is written, in capitals; in any case.
    pub words: &'static str,
    /// What it is: `clause`, `modifier`, `keyword`.
    pub sort: &'static str,
    /// What it takes after it.
    pub takes: &'static str,
    /// One line.
    pub meaning: &'static str,
}

const fn clause(words: &'static str, takes: &'static str, meaning: &'static str) -> Keyword {
    Keyword { words, sort: "clause", takes, meaning }
}

const fn modifier(words: &'static str, takes: &'static str, meaning: &'static str) -> Keyword {
    Keyword { words, sort: "modifier", takes, meaning }
}

const fn keyword_of(words: &'static str, takes: &'static str, meaning: &'static str) -> Keyword {
    Keyword { words, sort: "keyword", takes, meaning }
}

/// All of them, in reading order: clauses, what follows a statement or a clause, modifiers, operators.
pub const KEYWORDS: &[Keyword] = &[
    clause("MATCH", "pattern, …", "find every place in the graph where the pattern fits"),
    clause("OPTIONAL MATCH", "pattern, …", "the same, but keep the row with nulls where nothing fits"),
    clause("OPTIONAL", "MATCH … or a statement", "keep the row with nulls where nothing is found"),
    clause("RETURN", "expression [AS name], …", "the columns of the answer"),
    clause("WITH", "expression [AS name], …", "what goes on to the next clause; groups where it aggregates"),
    clause("UNWIND", "list AS name", "one row for each element of a list"),
    clause("FOR", "name IN list", "one row for each element of a list"),
    clause("LET", "name = expression, …", "name a value"),
    clause("FILTER", "condition", "keep the rows for which it is true"),
    clause("CALL", "procedure(…) or { query }", "run a procedure or a subquery for each row"),
    clause("CREATE", "pattern, …", "make nodes and relations"),
    clause("MERGE", "pattern", "find the pattern, or else make it"),
    clause("SET", "n.key = value, …", "change properties and labels"),
    clause("REMOVE", "n.key, n:Label, …", "take properties and labels away"),
    clause("DELETE", "n, r, …", "delete nodes and relations"),
    clause("DETACH DELETE", "n, …", "delete nodes together with their relations"),
    clause("FOREACH", "(name IN list | SET …)", "change something for each element of a list"),
    clause("LOAD CSV", "FROM 'file' AS row", "one row for each line of a file"),
    clause("UNION", "[ALL] query", "the rows of two queries, each once, or all of them"),
    clause("EXPLAIN", "[PORTABLE] query", "show the core query and the plan instead of running it"),
    clause("PROFILE", "query", "run it, and show what each step took"),
    keyword_of("YIELD", "column [AS name], …", "which of the statement's columns to keep"),
    keyword_of("WHERE", "condition", "keep the rows for which it is true"),
    keyword_of("ORDER BY", "expression [DESC], …", "sort the rows"),
    keyword_of("SKIP", "n", "leave out the first rows"),
    keyword_of("OFFSET", "n", "leave out the first rows"),
    keyword_of("LIMIT", "n", "keep so many rows"),
    keyword_of("EXPORT", "format [TO 'file']", "write the answer in another format: dot, json, csv"),
    modifier("AS OF", "date", "what held at a date, such as 2012-07 or TODAY"),
    modifier("DURING", "date or date..date", "what held at some time in a span; either side may be open"),
    modifier("THROUGHOUT", "date or date..date", "what held all through a span"),
    modifier("CERTAINLY", "", "only what is certain"),
    modifier("KNOWN BY", "date", "only what sources published by then say"),
    modifier("WITHIN", "n HOPS", "how far to go: WITHIN 2 HOPS, WITHIN 1..3 HOPS"),
    modifier("VIA", "types or roles", "which relations to follow: VIA alliance, VIA !(ATTACKED|FOUGHT)"),
    modifier("THROUGH", "name, …", "only by way of these"),
    modifier("AVOIDING", "name, …", "not by way of these"),
    modifier("ACCORDING TO", "source or voice, …", "only what these sources, or those whom they quote, say"),
    modifier("WITHOUT SOURCE", "source, …", "what is left if a source is distrusted"),
    modifier("RATED", "grade", "only sources and claims of this grade or better: RATED B2"),
    modifier("WORDED", "asserted|reported|…", "only claims that the sources put in these ways"),
    keyword_of("HOPS", "", "after WITHIN n"),
    keyword_of("TODAY", "", "this day, as a date"),
    keyword_of("PORTABLE", "query", "after EXPLAIN: as plain openCypher for other engines"),
    keyword_of("AS", "name", "name a column"),
    keyword_of("DISTINCT", "", "each row or value once"),
    keyword_of("ALL", "", "all of them, also those that are the same"),
    keyword_of("DESC", "", "the greatest first"),
    keyword_of("ASC", "", "the least first"),
    keyword_of("AND", "condition", "both are true"),
    keyword_of("OR", "condition", "one of them is true"),
    keyword_of("XOR", "condition", "just one of them is true"),
    keyword_of("NOT", "condition", "it is not true"),
    keyword_of("IN", "list", "it is an element of the list"),
    keyword_of("CONTAINS", "string", "it holds the string"),
    keyword_of("STARTS WITH", "string", "it begins with the string"),
    keyword_of("ENDS WITH", "string", "it ends with the string"),
    keyword_of("IS NULL", "", "it is unknown"),
    keyword_of("IS NOT NULL", "", "it is known"),
    keyword_of("CASE", "WHEN condition THEN value … END", "the value of the first condition that is true"),
    keyword_of("WHEN", "condition", "a branch of CASE"),
    keyword_of("THEN", "value", "the value of a branch"),
    keyword_of("ELSE", "value", "the value where no branch is true"),
    keyword_of("END", "", "the end of CASE"),
    keyword_of("ON CREATE SET", "n.key = value", "after MERGE: where it was made"),
    keyword_of("ON MATCH SET", "n.key = value", "after MERGE: where it was found"),
    keyword_of("SHORTEST", "[n]", "before a path: only the shortest"),
    keyword_of("ANY", "", "before a path: any one"),
    keyword_of("NULL", "", "unknown"),
    keyword_of("TRUE", "", "true"),
    keyword_of("FALSE", "", "false"),
    keyword_of("FROM", "'file'", "after LOAD CSV"),
    keyword_of("WITH HEADERS", "", "after LOAD CSV: the first line names the columns"),
    keyword_of("FIELDTERMINATOR", "';'", "after LOAD CSV: what separates the fields"),
    keyword_of("TO", "'file'", "after EXPORT"),
];

/// The row of a word or group of words, in any case.
#[must_use]
pub fn keyword(words: &str) -> Option<&'static Keyword> {
    KEYWORDS.iter().find(|each| each.words.eq_ignore_ascii_case(words))
}

/// Whether a word is one of the words above, alone or in a group.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|each| each.words.split(' ').any(|part| part.eq_ignore_ascii_case(word)))
}

/// Whether a word ends a run of a statement's words: the first word of a clause, of a modifier, or of what follows a
/// statement.
pub(super) fn ends_subject(word: &str, next: Option<&str>) -> bool {
    let is_next = |wanted: &str| next.is_some_and(|next| next.eq_ignore_ascii_case(wanted));
    let is_first = |each: &Keyword| {
        let mut words = each.words.split(' ');
        let is_first = words.next().is_some_and(|first| first.eq_ignore_ascii_case(word));
        // `for`, `all`, `any` are words of names too.
        is_first && words.next().is_none_or(is_next)
    };
    let is_stop = |each: &&Keyword| {
        matches!(each.sort, "clause" | "modifier")
            && !matches!(each.words, "FOR" | "LET" | "UNION" | "EXPLAIN" | "PROFILE")
            || matches!(each.words, "YIELD" | "WHERE" | "ORDER BY" | "SKIP" | "OFFSET" | "LIMIT" | "EXPORT")
    };
    KEYWORDS.iter().filter(is_stop).any(is_first)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every keyword of the grammar has its line, so that help and completion know it.
    #[test]
    fn the_table_knows_every_keyword_of_the_grammar() {
        let grammar = [
            include_str!("../../grammar/lexical.pest"),
            include_str!("../../grammar/statement.pest"),
            include_str!("../../grammar/clause.pest"),
        ];
        // Words of paths and functions, which stand in their own places.
        let elsewhere = ["allshortestpaths", "shortestpath", "groups", "paths", "reduce"];
        for line in grammar.iter().flat_map(|text| text.lines()).filter(|line| line.starts_with("kw_")) {
            let name = line.split(' ').next().unwrap_or("").trim_start_matches("kw_");
            assert!(is_keyword(name) || elsewhere.contains(&name), "{name} has no line in KEYWORDS");
        }
    }

    #[test]
    fn words_of_names_end_no_subject() {
        for word in ["for", "all", "any", "in", "and", "to", "by", "is", "union", "as"] {
            assert!(!ends_subject(word, Some("x")), "{word}");
        }
        assert!(ends_subject("as", Some("of")) && ends_subject("within", None) && ends_subject("return", Some("n")));
    }
}
