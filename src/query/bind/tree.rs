//! A query after binding: clauses over numbered slots.
//!
//! Slots are numbered through the whole query, subqueries included, and never reused: a slot is one variable of one
//! clause. Patterns have become small graphs of nodes and relations with predicates beside them, projections have
//! their aggregates apart, and statements are gone: each was replaced by its expansion.

use std::sync::Arc;

use super::bound::{BoundAggregate, BoundExpr, LabelTest, Slot};
use super::writing::{BoundChange, BoundDelete, BoundForeach, BoundLoad, BoundMerge, BoundProcedure};
use crate::model::{NodeId, TypeId};
use crate::query::syntax::ast::Union;
use crate::source::Span;

/// A bound query and the subqueries of its expressions.
#[derive(Clone, Debug)]
pub struct BoundQuery {
    /// The query itself.
    pub root: BoundUnion,
    /// Subqueries of expressions, by number.
    pub subqueries: Vec<BoundSubquery>,
    /// How many slots there are.
    pub slots: u32,
    /// Whether anything is created or changed.
    pub writes: bool,
}

/// Parts joined by UNION; their columns have the same names.
#[derive(Clone, Debug)]
pub struct BoundUnion {
    /// The first part.
    pub first: BoundPart,
    /// Further parts.
    pub rest: Vec<(Union, BoundPart)>,
    /// The slots in which the union's rows stand (those of the first part, if it stands alone).
    pub output: Vec<OutputColumn>,
    /// The slot of the row's evidence, if it is kept.
    pub evidence: Option<Slot>,
}

/// A run of clauses.
#[derive(Clone, Debug)]
pub struct BoundPart {
    /// In the order of running.
    pub clauses: Vec<BoundClause>,
    /// What it returns; none if it only writes.
    pub output: Vec<OutputColumn>,
    /// The slot of the row's evidence, if it is kept.
    pub evidence: Option<Slot>,
}

/// A returned column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputColumn {
    /// Its name.
    pub name: Arc<str>,
    /// Where it stands.
    pub slot: Slot,
}

/// A subquery of an expression: it sees the slots of the row outside.
#[derive(Clone, Debug)]
pub struct BoundSubquery {
    /// Its parts.
    pub query: BoundUnion,
    /// The outer slots that it reads: with equal values in them, it yields equal results.
    pub imports: Vec<Slot>,
    /// Locals of enclosing comprehensions that it sees, as slots filled from them.
    pub locals: Vec<Slot>,
}

/// The clauses.
#[derive(Clone, Debug)]
pub enum BoundClause {
    /// MATCH and OPTIONAL MATCH.
    Match(BoundMatch),
    /// UNWIND.
    Unwind {
        /// The list.
        list: BoundExpr,
        /// The element.
        slot: Slot,
    },
    /// WITH, RETURN and their sugar.
    Project(BoundProjection),
    /// CREATE.
    Create(BoundCreate),
    /// MERGE.
    Merge(Box<BoundMerge>),
    /// SET and REMOVE.
    Change(Vec<BoundChange>),
    /// DELETE.
    Delete(BoundDelete),
    /// FOREACH.
    Foreach(BoundForeach),
    /// LOAD CSV.
    LoadCsv(BoundLoad),
    /// CALL of a procedure.
    Procedure(Box<BoundProcedure>),
    /// CALL { … }.
    Call(BoundCall),
}

/// A subquery as a clause.
#[derive(Clone, Debug)]
pub struct BoundCall {
    /// Its parts; their output slots join the row.
    pub query: BoundUnion,
    /// Keep rows for which it yields nothing.
    pub optional: bool,
    /// Whether it returns rows; a unit subquery leaves the rows as they are.
    pub returns: bool,
    /// Whether it changes the graph.
    pub writes: bool,
}

/// A pattern to match.
#[derive(Clone, Debug)]
pub struct BoundMatch {
    /// OPTIONAL.
    pub optional: bool,
    /// Its graph.
    pub pattern: PatternGraph,
    /// Conditions; all must be true.
    pub predicates: Vec<BoundExpr>,
    /// Time and evidence.
    pub evidence: Option<BoundEvidence>,
}

/// The graph of a pattern.
#[derive(Clone, Debug, Default)]
pub struct PatternGraph {
    /// Its nodes; one per variable.
    pub nodes: Vec<PatternNode>,
    /// Its relations.
    pub rels: Vec<PatternRel>,
    /// Named paths, in the order written.
    pub paths: Vec<PatternPath>,
}

/// A node of a pattern.
#[derive(Clone, Debug)]
pub struct PatternNode {
    /// Its slot.
    pub slot: Slot,
    /// The slot is filled by an earlier clause.
    pub is_bound: bool,
    /// Its labels.
    pub labels: Option<LabelTest>,
    /// It is this very node (a name was resolved).
    pub is: Option<NodeId>,
}

/// A relation of a pattern.
#[derive(Clone, Debug)]
pub struct PatternRel {
    /// Its slot: a relation, or a list of them.
    pub slot: Slot,
    /// The slot is filled by an earlier clause.
    pub is_bound: bool,
    /// The node on the left as written, by number.
    pub left: usize,
    /// The node on the right.
    pub right: usize,
    /// Types and their directions.
    pub types: RelTypes,
    /// Repetition and search, for patterns of variable length.
    pub length: Option<RelLength>,
    /// Where it was written.
    pub span: Span,
    /// Relations that the uniqueness rule joins share a number: one per MATCH clause.
    pub unique_within: u32,
}

/// Which relations a pattern's step may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RelTypes {
    /// Any type, walked this way.
    Any(Way),
    /// These types, each walked its way.
    These(Vec<(TypeId, Way)>),
}

/// The way a relation is walked, from the left node to the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// From its subject to its object.
    Along,
    /// From its object to its subject.
    Against,
    /// Either.
    Either,
}

impl Way {
    /// Seen from the other end.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Along => Self::Against,
            Self::Against => Self::Along,
            Self::Either => Self::Either,
        }
    }
}

impl RelTypes {
    /// Seen from the other end.
    #[must_use]
    pub fn reversed(&self) -> Self {
        match self {
            Self::Any(way) => Self::Any(way.reversed()),
            Self::These(types) => Self::These(types.iter().map(|(each, way)| (*each, way.reversed())).collect()),
        }
    }
}

/// A repetition.
#[derive(Clone, Debug)]
pub struct RelLength {
    /// At least so many steps.
    pub min: u64,
    /// At most so many; none is unbounded.
    pub max: Option<u64>,
    /// Which of the walks.
    pub search: Search,
    /// What each step must satisfy: its relation is the first local.
    pub step: Option<BoundExpr>,
}

/// Which walks of a variable-length relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// All trails.
    Trails,
    /// One shortest between each pair.
    AnyShortest,
    /// All shortest between each pair.
    AllShortest,
}

/// A named path.
#[derive(Clone, Debug)]
pub struct PatternPath {
    /// Its slot.
    pub slot: Slot,
    /// Its pieces in walking order: numbers of nodes and relations of the pattern.
    pub pieces: Vec<PatternPiece>,
}

/// A piece of a named path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternPiece {
    /// A node by number.
    Node(usize),
    /// A relation by number.
    Rel(usize),
}

/// Time and evidence of a pattern: which edges count.
#[derive(Clone, Debug, Default)]
pub struct BoundEvidence {
    /// The time that is asked for.
    pub time: Option<BoundTime>,
    /// Only what is certain.
    pub certainly: bool,
    /// Only claims of these sources or of those they quote.
    pub according_to: Option<Vec<Voice>>,
    /// No claim of these.
    pub without: Vec<Voice>,
    /// Only claims published by then.
    pub known_by: Option<BoundPoint>,
    /// Only claims of sources rated so or better (reliability letter), with credibility so or better.
    pub rated: Option<(char, u8)>,
    /// Only claims so worded.
    pub worded: Vec<crate::model::Wording>,
}

/// Somebody whose word counts: a source, or a node that sources quote. A source's own node stands for the source.
pub type Voice = NodeId;

/// A time that is asked for.
#[derive(Clone, Debug)]
pub struct BoundTime {
    /// How an edge must hold in it.
    pub mode: TimeMode,
    /// Start; none is open.
    pub from: Option<BoundPoint>,
    /// End; none is open.
    pub to: Option<BoundPoint>,
}

/// How an edge must hold in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeMode {
    /// At some moment of it: AS OF.
    AsOf,
    /// At some moment of it; for a lasting event, its date: DURING.
    During,
    /// All through it.
    Throughout,
}

/// A point in time: a date known when binding, or an expression that yields one.
#[derive(Clone, Debug)]
pub enum BoundPoint {
    /// An EDTF date.
    Date(Arc<crate::time::Edtf>),
    /// The day of the clock.
    Today,
    /// Anything that yields a date.
    Expr(Box<BoundExpr>),
}

/// WITH or RETURN.
#[derive(Clone, Debug)]
pub struct BoundProjection {
    /// With aggregates: group by these, and fill these.
    pub grouping: Option<Grouping>,
    /// What is computed into which slot.
    pub items: Vec<(BoundExpr, Slot)>,
    /// Remove duplicates over these slots.
    pub distinct: Option<Vec<Slot>>,
    /// Sort keys: expression and whether it descends.
    pub order: Vec<(BoundExpr, bool)>,
    /// SKIP.
    pub skip: Option<BoundExpr>,
    /// LIMIT.
    pub limit: Option<BoundExpr>,
    /// WHERE.
    pub filter: Option<BoundExpr>,
    /// The slots that go on; all others end here.
    pub keep: Vec<Slot>,
    /// The evidence slot among them: what duplicates rested on is joined, not compared.
    pub evidence: Option<Slot>,
}

/// The grouping of a projection with aggregates.
#[derive(Clone, Debug)]
pub struct Grouping {
    /// Keys.
    pub keys: Vec<(BoundExpr, Slot)>,
    /// Aggregates.
    pub aggregates: Vec<(BoundAggregate, Slot)>,
    /// What the rows of a group rested on is gathered from the expression into the slot.
    pub evidence: Option<(BoundExpr, Slot)>,
}

/// CREATE: nodes first, then relations.
#[derive(Clone, Debug, Default)]
pub struct BoundCreate {
    /// New nodes.
    pub nodes: Vec<CreateNode>,
    /// New relations.
    pub rels: Vec<CreateRel>,
    /// Named paths over them.
    pub paths: Vec<(BoundExpr, Slot)>,
}

/// A node to create.
#[derive(Clone, Debug)]
pub struct CreateNode {
    /// Its slot.
    pub slot: Slot,
    /// Its labels.
    pub labels: Vec<Arc<str>>,
    /// Its properties: a map.
    pub properties: Option<BoundExpr>,
    /// Where it was written.
    pub span: Span,
}

/// A relation to create.
#[derive(Clone, Debug)]
pub struct CreateRel {
    /// Its slot.
    pub slot: Slot,
    /// Its type.
    pub name: Arc<str>,
    /// The slot of its subject.
    pub subject: Slot,
    /// The slot of its object.
    pub object: Slot,
    /// Its properties: a map.
    pub properties: Option<BoundExpr>,
    /// Where it was written.
    pub span: Span,
}
