//! CHANGES IN: what another statement's answer gained, lost and altered between two times.

use super::Piece::{Statement, Time, Word};
use super::{Definition, Tree};

/// `CHANGES IN allies-statement FROM t1 TO t2`. The statement is asked as of both times; its first column says whom a
/// row is about, and the others but dates, certainty, paths and sources what it says of it. What is said anew is
/// *gained*, or *altered* if something else was said of the same before; what is said no more is *lost*. So a mere
/// change of certainty is no change. The expansion's words in guillemets are filled by `bind::expand::changes`.
pub static CHANGES: Definition = Definition {
    signature: &[Word("CHANGES"), Word("IN"), Statement("statement"), Word("FROM"), Time("t1"), Word("TO"), Time("t2")],
    meaning: "what a statement's answer gained, lost and altered between two times",
    columns: &[("change", "gained, lost or altered; then the statement's own columns"), ("was", "what it was before")],
    takes: &[],
    expansion: "
        WITH «outer, »
            COLLECT { CALL («outer») { «as of t1» } RETURN {key: «key», state: «state»} } AS «earlier»,
            COLLECT { CALL («outer») { «as of t2» } RETURN {key: «key», state: «state»} } AS «later»
        CALL («outer, »«earlier», «later») {
            CALL («outer») { «as of t2» }
            WITH «earlier», «later», «columns», «state» AS state
            WHERE none(was IN «earlier» WHERE was.key = «key» AND was.state = state)
            WITH «columns», [was IN «earlier» WHERE was.key = «key»
                AND none(now IN «later» WHERE now.key = was.key AND now.state = was.state) | was.state] AS gone
            RETURN CASE WHEN size(gone) > 0 THEN 'altered' ELSE 'gained' END AS change, «columns»,
                reduce(all = [], one IN gone | all + one) AS was
            UNION ALL
            CALL («outer») { «as of t1» }
            WITH «earlier», «later», «columns», «state» AS state
            WHERE none(now IN «later» WHERE now.key = «key» AND now.state = state)
                AND none(now IN «later» WHERE now.key = «key»
                    AND none(was IN «earlier» WHERE was.key = now.key AND was.state = now.state))
            RETURN 'lost' AS change, «columns», [] AS was
        }
        RETURN change, «columns», was",
    via: None,
    hops: None,
    shown: None,
    silence: &[],
    examples: &["changes in allies and rivals of MNLA from 2011 to 2012-08"],
    tree: Tree::new(),
};
