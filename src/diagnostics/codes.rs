//! Every code of a diagnostic, in one table.
//!
//! To add a code: a constant in its group, with the next free number, and its name in [`ALL`]. A number is never
//! used again for something else.

/// A sort of fault: its number, its short title, and one line of explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Code {
    /// `G` and four digits, of which the first two are the group.
    pub id: &'static str,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// One line that explains it.
    pub explanation: &'static str,
}

/// What a code is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// G01xx: the text of a query.
    Syntax,
    /// G02xx: what a query names.
    Binding,
    /// G03xx: the files of a knowledge base.
    Knowledge,
    /// G04xx: what happens while a query runs.
    Running,
    /// G05xx: files on disk.
    Files,
}

impl Code {
    const fn new(id: &'static str, title: &'static str, explanation: &'static str) -> Self {
        Self { id, title, explanation }
    }

    /// What it is about.
    #[must_use]
    pub fn group(self) -> Group {
        match &self.id[1..3] {
            "01" => Group::Syntax,
            "02" => Group::Binding,
            "03" => Group::Knowledge,
            "04" => Group::Running,
            _ => Group::Files,
        }
    }

    /// The code with this id, in any case.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        ALL.iter().copied().find(|code| code.id.eq_ignore_ascii_case(id))
    }
}

// G01: the text of a query

/// Unexpected text.
pub const UNEXPECTED_TEXT: Code =
    Code::new("G0101", "unexpected text", "the query cannot go on like this at this place");
/// Unfinished query.
pub const UNFINISHED_QUERY: Code =
    Code::new("G0102", "unfinished query", "the query ends where something must still follow");
/// Nested too deeply.
pub const NESTED_TOO_DEEPLY: Code =
    Code::new("G0103", "nested too deeply", "brackets and lists may be nested 512 deep at most");
/// Bad literal.
pub const BAD_LITERAL: Code = Code::new("G0104", "bad literal", "a number, a string or an escape in it cannot be read");
/// Not a date.
pub const BAD_DATE: Code = Code::new(
    "G0105",
    "not a date",
    "dates are EDTF: 2012, 2012-07, 2012-07-14, 2012~, 199X, ../2012-07, [2012..2013]",
);
/// Never closed.
pub const UNCLOSED: Code =
    Code::new("G0107", "never closed", "a string, a comment or a bracket is opened and never closed");
/// Not built yet.
pub const NOT_BUILT_YET: Code =
    Code::new("G0109", "not built yet", "this part of the language is known and not built yet");
// G02: what a query names

/// Unknown name.
pub const UNKNOWN_NAME: Code = Code::new("G0201", "unknown name", "no node has this id or name, folded or not");
/// Ambiguous name.
pub const AMBIGUOUS_NAME: Code =
    Code::new("G0202", "ambiguous name", "several nodes bear this name, and griot never guesses");
/// Unknown variable.
pub const UNKNOWN_VARIABLE: Code = Code::new("G0203", "unknown variable", "the variable is not defined here");
/// Variable already defined.
pub const VARIABLE_TAKEN: Code =
    Code::new("G0204", "variable already defined", "a name stands for one thing in one scope");
/// Unknown label.
pub const UNKNOWN_LABEL: Code =
    Code::new("G0205", "unknown label", "no node of the graph bears this label, so the pattern matches nothing");
/// Unknown relation type.
pub const UNKNOWN_TYPE: Code = Code::new(
    "G0206",
    "unknown relation type",
    "no relation of the graph has this type or role, so the pattern matches nothing",
);
/// Unknown function.
pub const UNKNOWN_FUNCTION: Code = Code::new("G0208", "unknown function", "no function has this name");
/// Wrong arguments.
pub const WRONG_ARGUMENTS: Code =
    Code::new("G0209", "wrong arguments", "the function or statement takes other arguments");
/// Wrong type.
pub const WRONG_TYPE: Code = Code::new("G0210", "wrong type", "the expression yields something that cannot stand here");
/// Clause in the wrong place.
pub const CLAUSE_ORDER: Code =
    Code::new("G0211", "clause in the wrong place", "this clause cannot follow the one before it");
/// Misplaced aggregate.
pub const MISPLACED_AGGREGATE: Code = Code::new(
    "G0212",
    "misplaced aggregate",
    "an aggregate stands in RETURN or WITH only, and never in another aggregate",
);
/// Unknown statement.
pub const UNKNOWN_STATEMENT: Code =
    Code::new("G0213", "unknown statement", "no statement of the language has this name");
/// Unknown column.
pub const UNKNOWN_COLUMN: Code =
    Code::new("G0214", "unknown column", "the statement or procedure yields no column of this name");
/// Modifier does not fit.
pub const BAD_MODIFIER: Code =
    Code::new("G0215", "modifier does not fit", "the modifier is given twice, or the statement does not take it");
/// Missing parameter.
pub const MISSING_PARAMETER: Code =
    Code::new("G0216", "missing parameter", "the query uses a parameter that was not given");
/// Several ways to read the names.
pub const AMBIGUOUS_SPLIT: Code = Code::new(
    "G0217",
    "several ways to read the names",
    "words such as `and` may join names or belong to one, and more than one reading fits",
);
/// Unknown procedure.
pub const UNKNOWN_PROCEDURE: Code = Code::new("G0218", "unknown procedure", "no procedure has this name");
/// Arrow against the stored direction.
pub const AGAINST_THE_ARROW: Code = Code::new(
    "G0219",
    "arrow against the stored direction",
    "an arrow matches the stored direction, and all relations of this sort point the other way",
);
/// Missing alias.
pub const MISSING_ALIAS: Code = Code::new("G0220", "missing alias", "an expression in WITH needs a name of its own");
/// Different columns.
pub const DIFFERENT_COLUMNS: Code =
    Code::new("G0221", "different columns", "both sides of a UNION return columns of the same names");
/// Pattern does not fit.
pub const BAD_PATTERN: Code =
    Code::new("G0222", "pattern does not fit", "the pattern cannot stand here, or cannot be created");
/// Cannot write here.
pub const CANNOT_WRITE_HERE: Code =
    Code::new("G0225", "cannot write here", "this graph or this place takes no changes");
/// Missing evidence.
pub const MISSING_EVIDENCE: Code = Code::new(
    "G0226",
    "missing evidence",
    "in a graph with the knowledge schema a relation needs a source and a locator",
);
// G03: the files of a knowledge base

/// Not TOML.
pub const TOML_SYNTAX: Code = Code::new("G0301", "not TOML", "the file cannot be read as TOML at this place");
/// Unknown table.
pub const UNKNOWN_TABLE: Code = Code::new(
    "G0302",
    "unknown table",
    "tables of a knowledge-base file are source, node and, within it, name, attribute, relation and figure",
);
/// Unknown key.
pub const UNKNOWN_KEY: Code = Code::new("G0303", "unknown key", "the table has no such key");
/// Missing key.
pub const MISSING_KEY: Code = Code::new("G0304", "missing key", "the table needs this key");
/// Wrong value.
pub const WRONG_VALUE: Code =
    Code::new("G0305", "wrong value", "the value is of another type, or none of the words that may stand here");
/// Not an id.
pub const BAD_ID: Code = Code::new("G0306", "not an id", "an id is made of the letters a to z, digits and hyphens");
/// Id given twice.
pub const DUPLICATE_ID: Code = Code::new("G0307", "id given twice", "a node or source is defined once");
/// Unknown kind.
pub const UNKNOWN_KIND: Code = Code::new("G0308", "unknown kind", "the kind stands in no table of schema/kinds.toml");
/// Unknown role.
pub const UNKNOWN_ROLE: Code = Code::new("G0309", "unknown role", "the role stands in no table of schema/roles.toml");
/// Unknown relation type.
pub const UNKNOWN_RELATION_TYPE: Code =
    Code::new("G0310", "unknown relation type", "the type stands in no table of schema/relations.toml");
/// Unknown measure.
pub const UNKNOWN_MEASURE: Code =
    Code::new("G0311", "unknown measure", "the measure stands in no table of schema/measures.toml");
/// Unknown id.
pub const UNKNOWN_ID: Code = Code::new("G0312", "unknown id", "no node and no source has this id");
/// Unknown source.
pub const UNKNOWN_SOURCE: Code = Code::new("G0313", "unknown source", "no [[source]] has this id");
/// Wrong kind at an end.
pub const WRONG_KIND_AT_END: Code =
    Code::new("G0314", "wrong kind at an end", "the relation type does not allow this kind of node at this end");
/// Claim without source.
pub const MISSING_SOURCE: Code =
    Code::new("G0315", "claim without source", "every claim names its source, or stands in a node that does");
/// Claim without locator.
pub const MISSING_LOCATOR: Code =
    Code::new("G0316", "claim without locator", "every claim says where in its source it stands");
/// Not a date.
pub const BAD_EDTF: Code = Code::new(
    "G0317",
    "not a date",
    "dates are EDTF: 2012, 2012-07, 2012-07-14, 2012~, 199X, ../2012-07, [2012..2013]",
);
/// Dates that cross.
pub const CROSSED_BOUNDS: Code = Code::new("G0318", "dates that cross", "no start and no end fit what the claim says");
/// Outside a lifetime.
pub const OUTSIDE_LIFETIME: Code = Code::new(
    "G0319",
    "outside a lifetime",
    "somebody acts before their birth or after their death, by any reading of the dates",
);
/// Descent that loops.
pub const DESCENT_LOOPS: Code = Code::new("G0320", "descent that loops", "nothing descends from itself");
/// Descent that runs backwards.
pub const DESCENT_BACKWARDS: Code =
    Code::new("G0321", "descent that runs backwards", "a successor cannot be there before its forerunner");
/// One name for two actors.
pub const SHARED_NAME: Code = Code::new("G0322", "one name for two actors", "a look-up of this name will be ambiguous");
/// Actor without a claim.
pub const UNUSED_ACTOR: Code =
    Code::new("G0323", "actor without a claim", "nothing is said of this actor beyond its name");
/// Figure without a unit.
pub const MISSING_UNIT: Code =
    Code::new("G0324", "figure without a unit", "a figure without its unit cannot be compared");
/// Unknown unit.
pub const UNKNOWN_UNIT: Code = Code::new("G0325", "unknown unit", "the measure is not given in this unit");
/// Deprecated without a reason.
pub const MISSING_REASON: Code = Code::new("G0326", "deprecated without a reason", "a deprecated claim says why");
/// Inferred without its ground.
pub const MISSING_INFERENCE: Code =
    Code::new("G0327", "inferred without its ground", "an inferred claim says from what it is inferred");
/// Quote too long.
pub const LONG_QUOTE: Code = Code::new("G0328", "quote too long", "a quote has 25 words at most");
/// Tree that loops.
pub const TREE_LOOPS: Code = Code::new("G0329", "tree that loops", "nothing stands above itself");
/// Dates that do not fit the type.
pub const DATES_DO_NOT_FIT: Code =
    Code::new("G0331", "dates that do not fit the type", "an event has a date, an interval has a start and an end");
/// Not a figure.
pub const BAD_FIGURE: Code =
    Code::new("G0332", "not a figure", "a figure is a number, a range, a bound, about a number, or words");
/// Relation to itself.
pub const SELF_RELATION: Code = Code::new("G0333", "relation to itself", "both ends of the relation are the same node");
/// Claim given twice.
pub const DUPLICATE_CLAIM: Code =
    Code::new("G0334", "claim given twice", "the same source says the same thing at the same place twice");
/// Origin that loops.
pub const SAME_ORIGIN_LOOPS: Code = Code::new("G0335", "origin that loops", "a source cannot be a copy of itself");
/// Source without a claim.
pub const ORPHANED_SOURCE: Code = Code::new("G0336", "source without a claim", "nothing rests on this source");
/// Empty knowledge base.
pub const EMPTY_BASE: Code = Code::new("G0337", "empty knowledge base", "the folder holds no TOML file with a node");
/// Several episodes fit.
pub const AMBIGUOUS_EPISODE: Code =
    Code::new("G0338", "several episodes fit", "the claim could belong to more than one episode of the relation");
/// No such claim.
pub const NO_SUCH_CLAIM: Code =
    Code::new("G0339", "no such claim", "no claim of these nodes on this matter has this source and locator");
/// Too few sides.
pub const TOO_FEW_SIDES: Code = Code::new("G0340", "too few sides", "a dispute has two sides or more");

// G04: what happens while a query runs

/// Wrong kind of value.
pub const BAD_OPERAND: Code =
    Code::new("G0401", "wrong kind of value", "an operator or function met a value that it does not take");
/// Arithmetic fault.
pub const ARITHMETIC: Code = Code::new("G0402", "arithmetic fault", "a division by zero, or a number out of range");
/// Interrupted.
pub const INTERRUPTED: Code = Code::new("G0403", "interrupted", "the query was cancelled");
/// Time limit reached.
pub const TIME_LIMIT: Code = Code::new("G0404", "time limit reached", "the query ran longer than it may");
/// Memory limit reached.
pub const MEMORY_LIMIT: Code = Code::new("G0405", "memory limit reached", "the query held more memory than it may");
/// Still connected.
pub const STILL_CONNECTED: Code =
    Code::new("G0408", "still connected", "a node that has relations cannot be deleted without DETACH");
// G05: files

/// Cannot read.
pub const CANNOT_READ: Code = Code::new("G0501", "cannot read", "the file or folder cannot be read");
/// Cannot write.
pub const CANNOT_WRITE: Code = Code::new("G0502", "cannot write", "the file cannot be written");
/// A line of a batch file that is neither query nor directive.
pub const BAD_DIRECTIVE: Code =
    Code::new("G0506", "bad directive", "a batch file has no such line between its queries");
/// A row of a table that cannot be taken.
pub const BAD_ROW: Code = Code::new("G0507", "bad row", "a row of a table cannot become a node or a relation");

/// Every code, by number.
pub const ALL: &[Code] = &[
    UNEXPECTED_TEXT,
    UNFINISHED_QUERY,
    NESTED_TOO_DEEPLY,
    BAD_LITERAL,
    BAD_DATE,
    UNCLOSED,
    NOT_BUILT_YET,
    UNKNOWN_NAME,
    AMBIGUOUS_NAME,
    UNKNOWN_VARIABLE,
    VARIABLE_TAKEN,
    UNKNOWN_LABEL,
    UNKNOWN_TYPE,
    UNKNOWN_FUNCTION,
    WRONG_ARGUMENTS,
    WRONG_TYPE,
    CLAUSE_ORDER,
    MISPLACED_AGGREGATE,
    UNKNOWN_STATEMENT,
    UNKNOWN_COLUMN,
    BAD_MODIFIER,
    MISSING_PARAMETER,
    AMBIGUOUS_SPLIT,
    UNKNOWN_PROCEDURE,
    AGAINST_THE_ARROW,
    MISSING_ALIAS,
    DIFFERENT_COLUMNS,
    BAD_PATTERN,
    CANNOT_WRITE_HERE,
    MISSING_EVIDENCE,
    TOML_SYNTAX,
    UNKNOWN_TABLE,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_VALUE,
    BAD_ID,
    DUPLICATE_ID,
    UNKNOWN_KIND,
    UNKNOWN_ROLE,
    UNKNOWN_RELATION_TYPE,
    UNKNOWN_MEASURE,
    UNKNOWN_ID,
    UNKNOWN_SOURCE,
    WRONG_KIND_AT_END,
    MISSING_SOURCE,
    MISSING_LOCATOR,
    BAD_EDTF,
    CROSSED_BOUNDS,
    OUTSIDE_LIFETIME,
    DESCENT_LOOPS,
    DESCENT_BACKWARDS,
    SHARED_NAME,
    UNUSED_ACTOR,
    MISSING_UNIT,
    UNKNOWN_UNIT,
    MISSING_REASON,
    MISSING_INFERENCE,
    LONG_QUOTE,
    TREE_LOOPS,
    DATES_DO_NOT_FIT,
    BAD_FIGURE,
    SELF_RELATION,
    DUPLICATE_CLAIM,
    SAME_ORIGIN_LOOPS,
    ORPHANED_SOURCE,
    EMPTY_BASE,
    AMBIGUOUS_EPISODE,
    NO_SUCH_CLAIM,
    TOO_FEW_SIDES,
    BAD_OPERAND,
    ARITHMETIC,
    INTERRUPTED,
    TIME_LIMIT,
    MEMORY_LIMIT,
    STILL_CONNECTED,
    CANNOT_READ,
    CANNOT_WRITE,
    BAD_DIRECTIVE,
    BAD_ROW,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_in_the_table_once_and_in_order() {
        let declared = include_str!("codes.rs").lines().filter(|line| line.contains(": Code =")).count();
        assert_eq!(declared, ALL.len() + 1, "a constant is missing in ALL; the one more is the line above");
        assert!(ALL.windows(2).all(|pair| pair[0].id < pair[1].id));
    }

    #[test]
    fn titles_and_explanations_are_in_lower_case_without_a_full_stop() {
        for code in ALL {
            for text in [code.title, code.explanation] {
                assert!(!text.ends_with('.'), "{}: {text}", code.id);
                let first = text.chars().next().expect("a text");
                assert!(!first.is_uppercase() || code.title == "not TOML", "{}: {text}", code.id);
            }
        }
    }

    #[test]
    fn a_code_is_found_by_its_id_in_any_case() {
        assert_eq!(Code::find("g0301"), Some(TOML_SYNTAX));
        assert_eq!(TOML_SYNTAX.group(), Group::Knowledge);
        assert_eq!(Code::find("G0000"), None);
    }
}
