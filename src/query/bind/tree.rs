//! A query after binding: clauses over numbered slots.
//!
//! Slots are numbered through the whole query, subqueries included, and never reused: a slot is one variable of one
//! clause. Patterns have become small graphs of nodes and relations with predicates beside them, projections have
//! their aggregates apart, and statements are gone: each was replaced by its expansion.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::bound::{BoundAggregate, BoundExpr, BoundExprKind, LabelTest, PathPiece, Slot};
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
    /// Its single relations.
    pub rels: Vec<PatternRel>,
    /// What repeats, and whole paths that are searched.
    pub routes: Vec<PatternRoute>,
    /// Named paths, in the order written.
    pub paths: Vec<PatternPath>,
    /// Relations may serve several times: REPEATABLE ELEMENTS.
    pub is_repeatable: bool,
}

impl PatternGraph {
    /// The slots that matching fills.
    #[must_use]
    pub fn new_slots(&self) -> BTreeSet<Slot> {
        let nodes = self.nodes.iter().filter(|node| !node.is_bound).map(|node| node.slot);
        let rels = self.rels.iter().filter(|rel| !rel.is_bound).map(|rel| rel.slot);
        let paths = self.paths.iter().map(|path| path.slot);
        let mut slots: BTreeSet<Slot> = nodes.chain(rels).chain(paths).collect();
        for leg in self.routes.iter().flat_map(|route| &route.route.legs) {
            slots.extend(leg.places.iter().filter_map(|place| place.list));
            slots.extend((!leg.is_bound).then_some(leg.rels));
        }
        slots
    }
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

impl PatternNode {
    /// Asks for labels beside its own.
    pub fn ask(&mut self, labels: LabelTest) {
        self.labels = Some(match self.labels.take() {
            Some(own) => LabelTest::And(Box::new(own), Box::new(labels)),
            None => labels,
        });
    }
}

/// A single relation of a pattern.
#[derive(Clone, Debug)]
pub struct PatternRel {
    /// Its slot.
    pub slot: Slot,
    /// The slot is filled by an earlier clause.
    pub is_bound: bool,
    /// The node on the left as written, by number.
    pub left: usize,
    /// The node on the right.
    pub right: usize,
    /// Types and their directions.
    pub types: RelTypes,
    /// Where it was written.
    pub span: Span,
}

/// A part of a pattern that is walked as a whole between two of its nodes.
#[derive(Clone, Debug)]
pub struct PatternRoute {
    /// The node on the left as written, by number.
    pub left: usize,
    /// The node on the right.
    pub right: usize,
    /// For each leg the node that it leads to, by number; the last is `right`.
    pub ends: Vec<usize>,
    /// What is walked.
    pub route: Route,
    /// It is a whole path pattern, and not a part of one.
    pub is_whole: bool,
    /// Where it was written.
    pub span: Span,
}

/// What is walked between two nodes: a run of legs, each repeated.
///
/// All searches of patterns are of this one form: a variable-length relation, a quantified path pattern and a
/// shortest path differ in the number of legs, in what may repeat ([`PathMode`]) and in which of the paths are wanted
/// ([`Select`]).
#[derive(Clone, Debug)]
pub struct Route {
    /// The legs, at least one.
    pub legs: Vec<Leg>,
    /// What may repeat along it.
    pub mode: PathMode,
    /// Which of the paths between two nodes.
    pub select: Select,
    /// What a whole path must satisfy to be one of them, over the slots that it fills.
    pub conditions: Vec<BoundExpr>,
    /// What these read, subqueries included.
    pub reads: BTreeSet<Slot>,
    /// The path's names, which a condition may read.
    pub paths: Vec<PatternPath>,
}

impl Route {
    /// The same, walked from its other end.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let mut reversed = self.clone();
        reversed.legs = self.legs.iter().rev().map(Leg::reversed).collect();
        // The test of the node behind a leg moves to the leg that now leads there.
        let inside = self.legs[..self.legs.len() - 1]
            .iter()
            .rev()
            .map(|leg| (leg.end.clone(), leg.end_conditions.clone(), leg.node));
        let ends = inside.chain([(Stand::default(), Vec::new(), None)]);
        for (leg, end) in reversed.legs.iter_mut().zip(ends) {
            (leg.end, leg.end_conditions, leg.node) = end;
        }
        reversed
    }

    /// Whether walks of any length belong to it.
    #[must_use]
    pub fn is_unbounded(&self) -> bool {
        self.legs.iter().any(|leg| leg.max.is_none())
    }

    /// The slots that a walked path fills, or must agree with.
    #[must_use]
    pub fn slots(&self) -> BTreeSet<Slot> {
        let mut slots = BTreeSet::new();
        for leg in &self.legs {
            slots.insert(leg.rels);
            slots.extend(leg.node);
            slots.extend(leg.places.iter().filter_map(|place| place.list));
        }
        slots
    }
}

/// A chain of hops that is walked from `min` to `max` times, one turn behind the other.
#[derive(Clone, Debug)]
pub struct Leg {
    /// The hops of a turn, at least one.
    pub hops: Vec<RelTypes>,
    /// What is asked of the nodes of a turn, one more than hops.
    pub stands: Vec<Stand>,
    /// Nodes and relations of a turn, alternating: where its values go.
    pub places: Vec<Place>,
    /// At least so many turns.
    pub min: u64,
    /// At most so many; none is unbounded.
    pub max: Option<u64>,
    /// What each turn must satisfy, over the single slots of its places.
    pub conditions: Vec<BoundExpr>,
    /// What these read, subqueries included.
    pub reads: BTreeSet<Slot>,
    /// All its relations in order, as a list; of a leg that does not repeat, the relation.
    pub rels: Slot,
    /// The leg repeats.
    pub is_list: bool,
    /// `rels` is filled by an earlier clause.
    pub is_bound: bool,
    /// What is asked of the node behind the last turn.
    pub end: Stand,
    /// What that node must satisfy, over its slot.
    pub end_conditions: Vec<BoundExpr>,
    /// Where that node goes; none for the end of the route.
    pub node: Option<Slot>,
}

impl Leg {
    fn reversed(&self) -> Self {
        let mut leg = self.clone();
        leg.hops = self.hops.iter().rev().map(RelTypes::reversed).collect();
        leg.stands.reverse();
        leg.places.reverse();
        // Of the places of one node, each but the first says which one it repeats: the first is now another.
        let last = leg.stands.len() - 1;
        let repeats: Vec<(usize, usize)> =
            (0..=last).filter_map(|place| Some((last - place, last - self.stands[place].same_as?))).collect();
        leg.stands.iter_mut().for_each(|stand| stand.same_as = None);
        for (_, root) in &repeats {
            let mut places: Vec<usize> =
                repeats.iter().filter(|(_, other)| other == root).map(|(place, _)| *place).chain([*root]).collect();
            places.sort_unstable();
            for place in &places[1..] {
                leg.stands[*place].same_as = Some(places[0]);
            }
        }
        leg
    }
}

/// What is asked of a node on a route.
#[derive(Clone, Debug, Default)]
pub struct Stand {
    /// Its labels.
    pub labels: Option<LabelTest>,
    /// It is this very node.
    pub is: Option<NodeId>,
    /// It is the node in this slot of the row.
    pub known: Option<Slot>,
    /// It is the same as another of the turn's nodes, by number.
    pub same_as: Option<usize>,
}

impl Stand {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.labels.is_none() && self.is.is_none() && self.known.is_none() && self.same_as.is_none()
    }
}

/// Where a node or relation of a turn goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// While a turn's conditions are tested.
    pub single: Option<Slot>,
    /// As an item of a list, one for each turn.
    pub list: Option<Slot>,
}

/// What may repeat along a path, from the freest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PathMode {
    /// Anything.
    Walk,
    /// No relation twice.
    Trail,
    /// No relation and no node twice, save that the first node may be the last.
    Simple,
    /// No node twice.
    Acyclic,
}

/// Which of the paths between two nodes are wanted.
#[derive(Clone, Debug)]
pub enum Select {
    /// All.
    All,
    /// So many of the shortest (where several are of one length, which of them is left open).
    Paths(BoundExpr),
    /// All those of so many of the smallest lengths.
    Lengths(BoundExpr),
    /// `shortestPath`, `allShortestPaths`: as one path or one length; from a node to itself there is only the path
    /// without relations.
    Classic {
        /// All of the smallest length.
        all: bool,
    },
}

impl Select {
    /// Whether some paths are left out.
    #[must_use]
    pub fn is_selective(&self) -> bool {
        !matches!(self, Self::All)
    }
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

/// A named path.
#[derive(Clone, Debug)]
pub struct PatternPath {
    /// Its slot.
    pub slot: Slot,
    /// Its pieces in walking order.
    pub pieces: Vec<PathPiece>,
}

impl PatternPath {
    /// The expression that puts it together.
    #[must_use]
    pub fn expression(&self) -> BoundExpr {
        BoundExpr { span: Span::default(), kind: BoundExprKind::Path(self.pieces.clone()) }
    }
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

impl BoundEvidence {
    /// The expressions that a row is asked for.
    pub fn expressions(&self) -> impl Iterator<Item = &BoundExpr> {
        let voices = self.according_to.iter().flatten().chain(&self.without);
        let voices = voices.filter_map(|voice| match voice {
            Voice::Expr(expr) => Some(&**expr),
            Voice::Node(_) => None,
        });
        let times = self.time.iter().flat_map(|time| [&time.from, &time.to]).chain([&self.known_by]);
        let points = times.flatten().filter_map(|point| match point {
            BoundPoint::Expr(expr) => Some(&**expr),
            BoundPoint::Date(_) | BoundPoint::Today => None,
        });
        voices.chain(points)
    }
}

/// Somebody whose word counts: a source, or a node that sources quote. A source's own node stands for the source.
#[derive(Clone, Debug)]
pub enum Voice {
    /// A node whose name was resolved.
    Node(NodeId),
    /// What yields a node, or the name of one, for each row.
    Expr(Box<BoundExpr>),
}

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
    /// In a subquery: slots of the row around it that are in sight behind the projection too.
    pub around: Vec<Slot>,
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
