//! The plan: a pipeline of steps, each of which turns batches of rows into batches of rows.
//!
//! A pipeline starts from the rows of its surroundings: one row without columns for a query, the present row for a
//! subquery. Every step keeps the columns that it does not speak of. A plan is first written in the order of the
//! query, with whole patterns as steps; the passes then solve patterns and rearrange.

use std::sync::Arc;

use super::live::Live;
use crate::model::{LabelId, NodeId};
use crate::query::bind::bound::{BoundAggregate, BoundExpr, LabelTest, Slot};
use crate::query::bind::tree::{BoundCreate, BoundEvidence, BoundMatch, OutputColumn, RelTypes, Route};
use crate::query::bind::writing::{BoundChange, BoundDelete, BoundLoad, BoundProcedure};

/// A planned query.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The query's own pipeline.
    pub root: Pipeline,
    /// The columns that it returns; none if it only writes.
    pub output: Vec<OutputColumn>,
    /// Where each row's evidence stands, if it is kept.
    pub evidence: Option<Slot>,
    /// Pipelines of the subqueries of expressions, by number.
    pub subplans: Vec<Subplan>,
    /// How many slots there are; hidden columns of operators come after them.
    pub slots: u32,
    /// Whether it changes the graph.
    pub writes: bool,
}

/// The plan of a subquery of an expression.
#[derive(Clone, Debug)]
pub struct Subplan {
    /// Its steps.
    pub pipeline: Pipeline,
    /// The columns that it returns.
    pub output: Vec<OutputColumn>,
    /// The outer slots that it reads.
    pub imports: Vec<Slot>,
    /// Slots for the locals of the expression around it, outermost first.
    pub locals: Vec<Slot>,
    /// It is run for many rows at once: each of its steps treats each row by itself.
    pub takes_batches: bool,
}

/// Steps, in the order in which rows pass them.
#[derive(Clone, Debug, Default)]
pub struct Pipeline {
    /// The steps.
    pub steps: Vec<Step>,
    /// Behind each step, which columns are still read; empty until the passes are done.
    pub live: Vec<Live>,
}

impl Pipeline {
    /// These steps.
    #[must_use]
    pub fn of(steps: Vec<Step>) -> Self {
        Self { steps, live: Vec::new() }
    }

    /// Which columns are still read behind a step.
    #[must_use]
    pub fn live_after(&self, step: usize) -> &Live {
        self.live.get(step).unwrap_or(&Live::All)
    }
}

/// One step.
#[derive(Clone, Debug)]
pub enum Step {
    /// A pattern that no pass has solved yet. It cannot be run.
    Match(BoundMatch),
    /// For each row, each node that the scan finds.
    Scan {
        /// Where the node goes.
        slot: Slot,
        /// Which nodes.
        by: ScanBy,
    },
    /// For each row, each relation at a node and the node at its other end.
    Expand(Expand),
    /// For each row, each relation of some types, and its two nodes.
    ScanRelations(Box<ScanRelations>),
    /// For each row, each node that two hops from known nodes lead to.
    Intersect(Box<Intersect>),
    /// For each row, the rows of the inner pipeline that have equal values.
    Join(Box<ValueJoin>),
    /// For each row, each walk of several relations from a node.
    Walk(Walk),
    /// Only rows for which the predicate is true.
    Filter(BoundExpr),
    /// Only rows whose node exists at the time that is asked for.
    Exists(Slot, Box<BoundEvidence>),
    /// New columns.
    Compute(Vec<(BoundExpr, Slot)>),
    /// Forget all other columns.
    Keep(Vec<Slot>),
    /// In a subquery: columns of the row around it come back behind a projection.
    Around(Vec<Slot>),
    /// One row a group.
    Aggregate {
        /// The keys of the groups.
        keys: Vec<(BoundExpr, Slot)>,
        /// What is gathered.
        aggregates: Vec<(BoundAggregate, Slot)>,
        /// What the rows of a group rested on, gathered.
        evidence: Option<(BoundExpr, Slot)>,
    },
    /// One row for those that are alike in these columns; what they rested on is joined.
    Distinct {
        /// The columns.
        slots: Vec<Slot>,
        /// The evidence column.
        evidence: Option<Slot>,
    },
    /// Rows in order, or only the first of them.
    Sort {
        /// Keys, and whether each descends.
        keys: Vec<(BoundExpr, bool)>,
        /// Keep only so many.
        first: Option<FirstRows>,
    },
    /// Leave out the first rows.
    Skip(BoundExpr),
    /// Stop after so many rows.
    Limit(BoundExpr),
    /// For each row, each element of a list.
    Unwind {
        /// The list.
        list: BoundExpr,
        /// The element.
        slot: Slot,
    },
    /// For each row, the rows of the inner pipeline; where there are none, the row with nulls.
    Optional {
        /// The inner pipeline.
        inner: Pipeline,
        /// The slots that are null where there are none.
        fills: Vec<Slot>,
    },
    /// For each row, the rows of a subquery.
    Call {
        /// The subquery.
        inner: Pipeline,
        /// Its columns.
        output: Vec<Slot>,
        /// Keep rows for which it yields nothing.
        optional: bool,
        /// Whether it returns rows; else the rows stay as they are.
        returns: bool,
    },
    /// The rows of several pipelines, one after the other.
    Union {
        /// Each branch, with the slots of its columns in the order of `output`.
        branches: Vec<(Pipeline, Vec<Slot>)>,
        /// Where the columns go.
        output: Vec<Slot>,
    },
    /// Make nodes and relations.
    Create(BoundCreate),
    /// For each row, what is found, or else made.
    Merge(Box<Merge>),
    /// Change properties and labels.
    Change(Vec<BoundChange>),
    /// Delete nodes and relations.
    Delete(BoundDelete),
    /// For each row and element of a list, run the inner pipeline; the rows stay as they are.
    Foreach {
        /// The list.
        list: BoundExpr,
        /// The element.
        slot: Slot,
        /// What is done for each.
        inner: Pipeline,
    },
    /// For each row, the records of a file.
    LoadCsv(BoundLoad),
    /// For each row, the rows of a procedure.
    Procedure(Box<BoundProcedure>),
    /// Read all rows before the first goes on, so that reading does not see what is written.
    Eager,
    /// Measure the step before it: PROFILE.
    Gauge(usize),
}

/// How many of the first rows are wanted.
#[derive(Clone, Debug)]
pub struct FirstRows {
    /// So many that will be left out,
    pub skip: Option<BoundExpr>,
    /// and so many that go on.
    pub limit: BoundExpr,
}

impl FirstRows {
    /// Both numbers.
    pub fn numbers(&self) -> impl Iterator<Item = &BoundExpr> {
        self.skip.iter().chain([&self.limit])
    }
}

/// Find or make.
#[derive(Clone, Debug)]
pub struct Merge {
    /// The pattern as it is sought.
    pub sought: Pipeline,
    /// The same as it is made.
    pub create: BoundCreate,
    /// What is set on what was made.
    pub on_create: Vec<BoundChange>,
    /// What is set on what was found.
    pub on_match: Vec<BoundChange>,
}

/// Which nodes a scan finds.
#[derive(Clone, Debug)]
pub enum ScanBy {
    /// All.
    All,
    /// Those with a label.
    Label(LabelId),
    /// This one.
    Is(NodeId),
    /// Those that a value names.
    Value(Seek),
}

/// Nodes that a value names.
#[derive(Clone, Debug)]
pub struct Seek {
    /// The property that has the value; without one, the value is the node. Where no index can tell, all are compared.
    pub key: Option<Arc<str>>,
    /// The value.
    pub value: BoundExpr,
    /// Whether it is a list, of which any element will do.
    pub any_of: bool,
}

/// One hop.
#[derive(Clone, Debug)]
pub struct Expand {
    /// The node that the row has.
    pub from: Slot,
    /// The node at the other end.
    pub to: Slot,
    /// The relation.
    pub rel: Slot,
    /// Which relations, seen from `from`.
    pub types: RelTypes,
    /// `from` is known already; else the relation is, and gives it.
    pub from_is_bound: bool,
    /// `to` is known already: the relation must lead there.
    pub to_is_bound: bool,
    /// The relation is known already: it must be one of these and join the two.
    pub rel_is_bound: bool,
    /// The label that the new node must have.
    pub to_labels: Option<LabelTest>,
    /// Relations of the same MATCH, from which this one differs.
    pub unlike: Vec<Slot>,
    /// Time and evidence.
    pub evidence: Option<Box<BoundEvidence>>,
    /// How many relations go on for each row.
    pub takes: Takes,
}

/// How many relations of a hop go on for each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Each.
    Each,
    /// At most one: nobody reads which one, nor how many there are.
    One,
}

/// All relations of some types, each with its nodes.
#[derive(Clone, Debug)]
pub struct ScanRelations {
    /// The hop that they are: its `from` is found with the relation.
    pub expand: Expand,
    /// The label that the node must have from which they are seen.
    pub from_labels: Option<LabelTest>,
}

/// Two hops from known nodes to the same new one.
#[derive(Clone, Debug)]
pub struct Intersect {
    /// The hop that finds the node.
    pub first: Expand,
    /// The hop that must lead there too. Its `unlike` may name the first one's relation.
    pub second: Expand,
}

/// Rows that meet others by equal values.
#[derive(Clone, Debug)]
pub struct ValueJoin {
    /// What must be equal: a value of the row that comes in, and one of the inner row.
    pub keys: Vec<(BoundExpr, BoundExpr)>,
    /// The others. They hang on no row that comes in.
    pub inner: Pipeline,
}

/// A walk along a route, which may repeat its legs.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The node that the row has.
    pub from: Slot,
    /// The node at the other end.
    pub to: Slot,
    /// What is walked, seen from `from`.
    pub route: Route,
    /// The pattern is walked from its right end, so that its lists are turned round.
    pub is_reversed: bool,
    /// `to` is known already.
    pub to_is_bound: bool,
    /// Relations of the same MATCH, which the walk does not use.
    pub unlike: Vec<Slot>,
    /// Time and evidence.
    pub evidence: Option<Box<BoundEvidence>>,
    /// What of the ways goes on.
    pub yields: Yield,
}

impl Walk {
    /// Whether all that is asked of the walk's ways, beside their ends, is asked of each relation by itself, however many
    /// there are: the shortest ways are then found from both ends.
    #[must_use]
    pub fn is_asked_by_turns(&self) -> bool {
        let [leg] = self.route.legs.as_slice() else { return false };
        leg.hops.len() == 1
            && leg.min <= 1
            && !leg.is_bound
            && leg.end.is_free()
            && leg.end_conditions.is_empty()
            && self.route.conditions.is_empty()
    }
}

/// What of the ways that a walk finds goes on as rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Yield {
    /// Each way, with its relations and the nodes on it.
    Ways,
    /// Each node to which some way leads, once: nobody reads the way, nor counts the rows.
    Ends,
    /// Each node to which some way leads, with the number of ways: nobody reads the way, and who counts the rows adds
    /// these numbers up. An end may come several times.
    Counts(Slot),
}
