//! CREATE: patterns become lists of nodes and relations to make.

use super::Binder;
use super::bound::{BoundExpr, BoundExprKind, PathPiece, Slot};
use super::fault::{Detail, Fault};
use super::pattern::{already_bound, type_conflict};
use super::scope::{Scope, Variable};
use super::tree::{BoundCreate, CreateNode, CreateRel};
use crate::query::functions::ValueKind;
use crate::query::syntax::ast::{
    Direction, Expr, Ident, LabelExpr, NodePattern, PathPattern, PathSearch, PatternElement, RelPattern,
};

/// What is to be made, on its way.
#[derive(Default)]
pub(super) struct Making {
    pub create: BoundCreate,
    /// It is sought first: MERGE.
    pub is_sought: bool,
    /// Relations written without a direction, as MERGE may.
    pub undirected: Vec<Slot>,
    /// Nodes of earlier clauses.
    pub known: Vec<Slot>,
}

impl Making {
    /// For MERGE.
    pub fn sought() -> Self {
        Self { is_sought: true, ..Self::default() }
    }

    fn clause(&self) -> &'static str {
        if self.is_sought { "MERGE" } else { "CREATE" }
    }
}

impl Binder<'_> {
    /// Binds CREATE: the scope gains the pattern's variables.
    pub(super) fn create(&mut self, scope: &mut Scope, patterns: &[PathPattern]) -> BoundCreate {
        self.writes = true;
        let mut making = Making::default();
        for pattern in patterns {
            self.create_path(scope, pattern, &mut making);
        }
        making.create
    }

    pub(super) fn create_path(&mut self, scope: &mut Scope, pattern: &PathPattern, making: &mut Making) {
        if pattern.search != PathSearch::All || pattern.mode.is_some() {
            let message = format!("what is created is written out: no search stands in {}", making.clause());
            self.faults.push(Fault::new(Detail::UnexpectedSyntax, pattern.span, message));
        }
        let is_alone = pattern.elements.len() == 1;
        let mut pieces: Vec<PathPiece> = Vec::new();
        let mut pending: Option<&RelPattern> = None;
        for element in &pattern.elements {
            match element {
                PatternElement::Node(node) => {
                    let slot = self.create_node(scope, node, is_alone, making);
                    if let (Some(rel), Some(PathPiece::Node(left))) = (pending.take(), pieces.last().copied()) {
                        let rel = self.create_rel(scope, rel, (left, slot), making);
                        pieces.push(PathPiece::Rel(rel));
                    }
                    pieces.push(PathPiece::Node(slot));
                }
                PatternElement::Rel(rel) => pending = Some(rel),
                PatternElement::Group(group) => {
                    let message = "a repeated pattern cannot be created";
                    self.faults.push(Fault::new(Detail::CreatingVarLength, group.span, message));
                }
            }
        }
        if let Some(variable) = &pattern.variable {
            if scope.get(&variable.value).is_some() {
                self.faults.push(already_bound(variable));
            }
            let slot = self.new_slot();
            scope.insert(variable.value.as_str(), Variable { slot, kind: ValueKind::Path });
            making.create.paths.push((BoundExpr { span: pattern.span, kind: BoundExprKind::Path(pieces) }, slot));
        }
    }

    fn create_node(&mut self, scope: &mut Scope, node: &NodePattern, is_alone: bool, making: &mut Making) -> Slot {
        if let Some(filter) = &node.filter {
            let message = "a condition cannot stand in what is created";
            self.faults.push(Fault::new(Detail::UnexpectedSyntax, filter.span, message));
        }
        if let Some(name) = &node.name {
            let message = "a name finds a node, and creates none";
            let fault = Fault::new(Detail::UnexpectedSyntax, name.span, message);
            self.faults.push(fault.help("MATCH the node first, or give {name: '…'}"));
        }
        if let Some(variable) = &node.variable
            && let Some(known) = scope.get(&variable.value).cloned()
        {
            let says_more = node.labels.is_some() || node.properties.is_some();
            if says_more || is_alone {
                self.faults.push(already_bound(variable));
            } else if !known.kind.may_be(ValueKind::Node) {
                self.faults.push(type_conflict(variable, known.kind, "a node"));
            }
            self.note_read(known.slot);
            making.known.push(known.slot);
            return known.slot;
        }
        let labels = node.labels.as_ref().map(|labels| self.plain_labels(labels)).unwrap_or_default();
        let properties = self.created_properties(scope, node.properties.as_deref(), making);
        let slot = self.new_slot();
        if let Some(variable) = &node.variable {
            scope.insert(variable.value.as_str(), Variable { slot, kind: ValueKind::Node });
        }
        let labels = labels.into_iter().map(|label| label.value.into()).collect();
        making.create.nodes.push(CreateNode { slot, labels, properties, span: node.span });
        slot
    }

    fn create_rel(
        &mut self,
        scope: &mut Scope,
        rel: &RelPattern,
        (left, right): (Slot, Slot),
        making: &mut Making,
    ) -> Slot {
        if let Some(variable) = &rel.variable
            && scope.get(&variable.value).is_some()
        {
            self.faults.push(already_bound(variable));
        }
        if rel.length.is_some() {
            let message = "a relationship of variable length cannot be created";
            self.faults.push(Fault::new(Detail::CreatingVarLength, rel.span, message));
        }
        let types = match &rel.types {
            Some(LabelExpr::Name(name)) => vec![name.clone()],
            _ => Vec::new(),
        };
        let name = if let [name] = types.as_slice() {
            name.value.as_str().into()
        } else {
            let message = "a relationship is created with just one type";
            self.faults.push(Fault::new(Detail::NoSingleRelationshipType, rel.span, message).help("write -[:TYPE]->"));
            "".into()
        };
        let (subject, object) = match rel.direction {
            Direction::Right => (left, right),
            Direction::Left => (right, left),
            Direction::Both if making.is_sought => (left, right),
            Direction::Both => {
                let message = "a relationship is created in one direction";
                let fault = Fault::new(Detail::RequiresDirectedRelationship, rel.span, message);
                self.faults.push(fault.help("give it an arrowhead: -[:TYPE]->"));
                (left, right)
            }
        };
        let properties = self.created_properties(scope, rel.properties.as_deref(), making);
        let slot = self.new_slot();
        if rel.direction == Direction::Both {
            making.undirected.push(slot);
        }
        if let Some(variable) = &rel.variable {
            scope.insert(variable.value.as_str(), Variable { slot, kind: ValueKind::Relationship });
        }
        making.create.rels.push(CreateRel { slot, name, subject, object, properties, span: rel.span });
        slot
    }

    fn created_properties(&mut self, scope: &Scope, properties: Option<&Expr>, making: &Making) -> Option<BoundExpr> {
        if making.is_sought {
            properties.into_iter().for_each(|properties| self.refuse_parameter_map(properties));
        }
        properties.map(|properties| self.expr(scope, properties))
    }

    /// The labels of a conjunction; anything else cannot be created.
    fn plain_labels(&mut self, labels: &LabelExpr) -> Vec<Ident> {
        match labels {
            LabelExpr::Name(name) => vec![name.clone()],
            LabelExpr::And(a, b) => {
                let mut all = self.plain_labels(a);
                all.extend(self.plain_labels(b));
                all
            }
            LabelExpr::Any(span) => self.refuse_labels(*span),
            LabelExpr::Not(inner) => {
                let span = self.plain_labels(inner).first().map_or_else(Default::default, |name| name.span);
                self.refuse_labels(span)
            }
            LabelExpr::Or(a, _) => {
                let span = self.plain_labels(a).first().map_or_else(Default::default, |name| name.span);
                self.refuse_labels(span)
            }
        }
    }

    fn refuse_labels(&mut self, span: crate::source::Span) -> Vec<Ident> {
        let message = "a node is created with labels, not with a choice of them";
        self.faults.push(Fault::new(Detail::UnexpectedSyntax, span, message));
        Vec::new()
    }
}
