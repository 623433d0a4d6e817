//! What must hold of a knowledge base: one file a rule, all of them listed in [`CHECKS`].
//!
//! A check walks the records and reports; it changes nothing, and it does not rely on another having passed. To add
//! one: a file with a `check`, and a row here. What blocks is an error; what is worth a look is a warning.

mod crossed_bounds;
mod deprecated_claims;
mod descent_backwards;
mod descent_loops;
mod dispute_records;
mod duplicate_claims;
mod duplicate_ids;
mod event_dates;
mod figures;
mod inferred_claims;
mod lifetimes;
mod long_quotes;
mod missing_evidence;
mod reconciled_claims;
mod schema_words;
mod self_relations;
mod shared_names;
mod tree_loops;
mod unknown_ids;
mod unknown_kinds;
mod unknown_measures;
mod unknown_sources;
mod unknown_types;
mod unused_actors;
mod unused_sources;
mod wrong_ends;

use super::knowledge::Knowledge;
use crate::diagnostics::Diagnostics;

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// What it is called: its file.
    pub name: &'static str,
    /// What must hold, in a line.
    pub rule: &'static str,
    run: fn(&Knowledge<'_>, &mut Diagnostics),
}

/// All rules, in the order in which a reader would ask: does the schema hold together, does everything named exist,
/// is every claim whole, do the dates fit, does descent make sense, is anything odd.
pub const CHECKS: &[Check] = &[
    Check {
        name: "schema words",
        rule: "the schema names only kinds, roles and types that it defines",
        run: schema_words::check,
    },
    Check {
        name: "tree loops",
        rule: "no kind, role or origin of a source stands above itself",
        run: tree_loops::check,
    },
    Check { name: "duplicate ids", rule: "a node or source is defined once", run: duplicate_ids::check },
    Check { name: "unknown kinds", rule: "every kind of a node is in the schema", run: unknown_kinds::check },
    Check { name: "unknown types", rule: "every relation type is in the schema", run: unknown_types::check },
    Check { name: "unknown measures", rule: "every measure is in the schema", run: unknown_measures::check },
    Check { name: "unknown ids", rule: "every id that is named is defined", run: unknown_ids::check },
    Check { name: "unknown sources", rule: "every source that is named is defined", run: unknown_sources::check },
    Check { name: "wrong ends", rule: "both ends are of kinds that the type allows", run: wrong_ends::check },
    Check { name: "self relations", rule: "no relation joins a node to itself", run: self_relations::check },
    Check { name: "missing evidence", rule: "every claim has a source and a locator", run: missing_evidence::check },
    Check {
        name: "dispute records",
        rule: "what a curator records names nodes and sources that are there, and says where",
        run: dispute_records::check,
    },
    Check { name: "reconciled claims", rule: "every reconciled claim is there", run: reconciled_claims::check },
    Check { name: "deprecated claims", rule: "a deprecated claim says why", run: deprecated_claims::check },
    Check { name: "inferred claims", rule: "an inferred claim says from what", run: inferred_claims::check },
    Check { name: "long quotes", rule: "a quote has 25 words at most", run: long_quotes::check },
    Check { name: "figures", rule: "a figure has a unit that its measure knows", run: figures::check },
    Check { name: "event dates", rule: "a claim has one date or a start and an end", run: event_dates::check },
    Check { name: "crossed bounds", rule: "some start and some end fit what a claim says", run: crossed_bounds::check },
    Check { name: "lifetimes", rule: "nobody acts before their birth or after their death", run: lifetimes::check },
    Check { name: "descent loops", rule: "nothing descends from itself", run: descent_loops::check },
    Check {
        name: "descent backwards",
        rule: "no successor is there before its forerunner",
        run: descent_backwards::check,
    },
    Check { name: "shared names", rule: "a name stands for one actor", run: shared_names::check },
    Check { name: "unused actors", rule: "something is said of every actor", run: unused_actors::check },
    Check { name: "unused sources", rule: "something rests on every source", run: unused_sources::check },
    Check { name: "duplicate claims", rule: "nothing is claimed twice", run: duplicate_claims::check },
];

/// Runs every check.
pub(super) fn run(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    for check in CHECKS {
        (check.run)(knowledge, faults);
    }
}
