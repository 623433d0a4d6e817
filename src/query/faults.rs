//! Deliberate faults, one for each rewrite of a plan and each shortcut of an operator: only in a build with the feature
//! `faults`, and only in a thread that asks for one. They show that the differential fuzz (`fuzz/`) would find a fault
//! at such a place; nothing else uses them. Without the feature `is_injected` is the constant `false`, and each
//! branch that asks it is gone.

/// The faults, each named once: the type, and the list of all.
macro_rules! faults {
    ($($(#[$meaning:meta])* $name:ident,)*) => {
        /// A deliberate fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Fault {
            $($(#[$meaning])* $name,)*
        }

        /// All of them.
        #[cfg(feature = "faults")]
        pub const ALL: &[Fault] = &[$(Fault::$name),*];
    };
}

faults! {
    /// solve-patterns: of two conditions joined by AND, the second is lost.
    SecondConditionLost,
    /// solve-patterns: of a chain of comparisons, all but the first are lost.
    ChainCut,
    /// solve-patterns: of several values that a property may have, all but the first are lost.
    AlternativeLost,
    /// solve-patterns: of several types that a relation may have, all but one are lost.
    FirstOfTwoTypes,
    /// filters-down: a condition moves before a LIMIT, and not before a DISTINCT.
    PagedBeforeFiltered,
    /// unroll: a relation that is walked twice is walked once.
    WalkedOnce,
    /// solve-patterns: a hop from the right end is not turned round.
    HopNotTurned,
    /// solve-patterns: a walk from the right end gives its lists in the wrong order.
    WalkNotTurned,
    /// solve-patterns: a relation may stand twice in one MATCH.
    RelationTwice,
    /// solve-patterns: the scan for one of two labels takes only the first.
    FirstOfTwoLabels,
    /// solve-patterns: the labels of a node that an earlier clause found are not asked for.
    KnownNodeUntested,
    /// solve-patterns: a node that an earlier clause left null matches.
    NullNodeMatches,
    /// solve-patterns: the nodes found by a text are taken to be all that the pattern asks for.
    SoughtTextAlone,
    /// top-rows: a SKIP before the LIMIT is not seen.
    SkipUnseen,
    /// EXISTS stops at the first batch, even if it is empty.
    EmptyBatchExists,
    /// COUNT and COLLECT stop at the first batch.
    FirstBatchOnly,
    /// Subqueries of many rows at once: what is found for the last row is lost.
    LastOfBatchUnanswered,
    /// ways-unread: a hop is taken once though what it leads to is read.
    OnceThoughRead,
    /// A hop that is taken once takes no relation but the first that lies there, even if that is taken already.
    FirstRelationOnly,
    /// rows-counted: what is null where an optional pattern was not found is counted.
    NullsCounted,
    /// ways-unread: an aggregate is taken as unread.
    AggregateUnread,
    /// semi-joins: a row goes on once for each relation that is asked for.
    OnceForEach,
    /// semi-joins: a search that begins at the right end is not turned round.
    SearchNotTurned,
    /// solve-patterns: labels that a condition asks of a new node are not asked for.
    LabelsUnasked,
    /// solve-patterns: a leg of a walk that may be left out is taken as one that must be walked.
    OptionalLegAsked,
    /// join-matches: two clauses that may take the same relation become one.
    MatchesJoined,
    /// solve-patterns: of two nodes that are said to be one, the labels of the second are lost.
    SecondNodeUntested,
    /// conditions-along: what no relation of a walk may be is asked of each.
    NoneTakenAsAll,
    /// The ends of walks: what was reached from one row's node is taken for the next one's.
    ReachedFromElsewhere,
    /// OPTIONAL MATCH loses the rows without an answer where another row of the batch has one.
    UnansweredLost,
    /// AND and OR take the right side's word for all rows that the left side leaves open.
    RightSideAlone,
    /// Columns of whole numbers: less than is less than or equal.
    LessOrEqual,
    /// Filters: of a range, only the last bound is looked at.
    RangeCut,
    /// CASE by column: what no branch takes is null, whatever ELSE says.
    ElseForgotten,
    /// Strings told apart by their codes: null differs from every text.
    NullDiffers,
    /// What hangs on one string: the value of the first one is taken for all.
    OneValueForAll,
    /// Stored columns: a missing number is read as 0.
    MissingIsZero,
    /// Stored columns: of a property of several types, only that of the first row is read.
    OtherTypesUnread,
    /// Stored columns: what was changed since is not looked at.
    ChangeUnseen,
    /// ORDER BY: negative numbers are led to the end.
    LeadsMisled,
    /// ORDER BY with LIMIT drops a row too many when it drops rows on the way.
    DropsOneTooMany,
    /// DISTINCT forgets between two batches.
    ForgetsSeen,
    /// Keys of words are lost when they become values.
    KeysForgotten,
    /// Keys of words that lie close together: the places of two columns run into each other.
    PlacesOverlap,
    /// Rows counted by the places of their keys: those that came before the places were chosen are lost.
    EarlierUncounted,
    /// Groups of several parts of a scan: what the later parts gathered is lost.
    PartForgotten,
    /// DISTINCT in an aggregate counts a value again.
    CountedTwice,
    /// A scan by a value that hangs on the row is done once.
    ScannedOnce,
    /// A scan by the elements of a list finds a node again for each of them.
    SoughtTwice,
    /// A table of values that is made for a query forgets the last node of each value.
    LookupForgets,
    /// Shortest paths: a leg's turns are not counted up to its upper bound, though other legs follow.
    TurnsUncounted,
    /// Shortest paths: no path longer than the first one found is looked for.
    NoLongerPath,
    /// A walk that goes back forgets that it has been round.
    StaysClosed,
    /// A hop takes relations that other parts of the pattern hold.
    TakenUnread,
    /// Degrees: a relation from a node to itself is taken from both its ends.
    LoopsTwice,
    /// Two hops to the same node take the same relation.
    MeetingOnOneRelation,
    /// Joins by values: null equals null.
    NullsJoined,
    /// Joins by values: lists and dates in words, which may equal a value of another shape, are never compared.
    LooseUnjoined,
    /// Ends that several rows share are counted once.
    AlikeEndsOnce,
    /// A scan of relations is seen from the wrong end.
    RelationsTurned,
    /// A hop takes all nodes that a type of relation leads to as bearing the labels that are asked for.
    EndsUnread,
    /// A hop to a known node does not ask whether it leads there.
    TargetUnasked,
    /// What is written is not held back from what is still read.
    NotEager,
    /// MERGE makes what it could find among the rows before.
    MergeMakesAlways,
    /// LIMIT 0 leaves unwritten what stands below it.
    UnwrittenBelowLimit,
    /// ways-unread: rows before a LIMIT are taken once each.
    LimitOverlooked,
    /// The ends of walks: a node that is nearer than the lower bound is always one.
    FarEndsReached,
    /// The ends of walks: a node lies on a way to itself wherever an edge leads back.
    StartAlwaysReached,
    /// Numbers of shortest ways: each node is reached by one.
    OneWayEach,
    /// Two searches that meet: the upper bound is asked of the first side alone.
    MeetsTooLate,
    /// Numbers of ways: parallel relations make one way.
    ParallelOnce,
    /// Numbers of ways: the upper bound is not looked at.
    LongWaysCounted,
    /// Shortest ways to all nodes: where the first one does not satisfy the conditions, no other is sought.
    FirstWayOnly,
    /// All ways to a known end: the last step that the upper bound allows is not tried.
    GuidedAstray,
}

#[cfg(not(feature = "faults"))]
mod chosen {
    use super::Fault;

    /// Never: this build has no faults of that kind.
    pub(crate) const fn is_injected(_: Fault) -> bool {
        false
    }
}

#[cfg(feature = "faults")]
mod chosen {
    use super::Fault;
    use std::cell::Cell;

    thread_local! {
        static CHOSEN: Cell<Option<Fault>> = const { Cell::new(None) };
        static ASKED: Cell<u128> = const { Cell::new(0) };
    }

    /// Whether this thread wants this fault.
    pub(crate) fn is_injected(fault: Fault) -> bool {
        ASKED.set(ASKED.get() | 1u128 << fault as u32);
        CHOSEN.get() == Some(fault)
    }

    /// From now on this thread has this fault, or none.
    pub fn inject(fault: Option<Fault>) {
        CHOSEN.set(fault);
        ASKED.set(0);
    }

    /// Whether this thread has come to the place of this fault since it was last told which fault it has: if not, the
    /// fault can have changed nothing.
    pub fn is_reached(fault: Fault) -> bool {
        ASKED.get() & 1u128 << fault as u32 != 0
    }
}

pub(crate) use chosen::is_injected;
#[cfg(feature = "faults")]
pub use chosen::{inject, is_reached};
