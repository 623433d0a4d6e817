//! The clauses that change the graph, after binding (CREATE stands in [`tree`](super::tree)).

use std::sync::Arc;

use super::bound::{BoundExpr, Slot};
use super::tree::{BoundClause, BoundCreate, BoundMatch};
use crate::query::functions::Procedure;
use crate::source::Span;

/// MERGE: for each row, what the pattern matches; where it matches nothing, what it creates.
#[derive(Clone, Debug)]
pub struct BoundMerge {
    /// The pattern, as it is sought.
    pub matched: BoundMatch,
    /// The same, as it is made; its slots are those of the pattern.
    pub create: BoundCreate,
    /// ON CREATE SET.
    pub on_create: Vec<BoundChange>,
    /// ON MATCH SET.
    pub on_match: Vec<BoundChange>,
}

/// One item of SET or REMOVE.
#[derive(Clone, Debug)]
pub struct BoundChange {
    /// The node or relation; null is left alone.
    pub target: BoundExpr,
    /// What is done to it.
    pub change: ChangeKind,
    /// Where it was written.
    pub span: Span,
}

/// What an item of SET or REMOVE does.
#[derive(Clone, Debug)]
pub enum ChangeKind {
    /// `n.key = value`; null takes the property away.
    Property(Arc<str>, BoundExpr),
    /// `n = map`: these properties and no others.
    Replace(BoundExpr),
    /// `n += map`: these properties too.
    Add(BoundExpr),
    /// `n:Label`.
    Label(Vec<Arc<str>>),
    /// `REMOVE n:Label`.
    Unlabel(Vec<Arc<str>>),
}

/// DELETE.
#[derive(Clone, Debug)]
pub struct BoundDelete {
    /// Relations of deleted nodes go too.
    pub detach: bool,
    /// Nodes, relations and paths; null is left alone.
    pub targets: Vec<BoundExpr>,
}

/// FOREACH: for each element, changes.
#[derive(Clone, Debug)]
pub struct BoundForeach {
    /// The list.
    pub list: BoundExpr,
    /// The element.
    pub slot: Slot,
    /// Updating clauses.
    pub body: Vec<BoundClause>,
}

/// CALL of a procedure.
#[derive(Clone, Debug)]
pub struct BoundProcedure {
    /// Which one.
    pub procedure: Arc<Procedure>,
    /// As many as it takes.
    pub arguments: Vec<BoundExpr>,
    /// Which of its columns go on, and where they stand.
    pub yields: Vec<(usize, Slot)>,
    /// WHERE behind YIELD.
    pub filter: Option<BoundExpr>,
    /// Keep rows for which it yields nothing.
    pub optional: bool,
    /// Where it was written.
    pub span: Span,
}

/// LOAD CSV.
#[derive(Clone, Debug)]
pub struct BoundLoad {
    /// The path or `file://` address.
    pub file: BoundExpr,
    /// The first line names the columns: records are maps, else lists.
    pub headers: bool,
    /// What parts the fields.
    pub separator: u8,
    /// The record.
    pub slot: Slot,
}
