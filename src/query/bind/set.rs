//! SET, REMOVE, DELETE and FOREACH.

use std::sync::Arc;

use super::Binder;
use super::bound::{BoundExpr, BoundExprKind};
use super::expression::Typed;
use super::fault::{Detail, Fault};
use super::pattern::already_bound;
use super::scope::{Scope, Variable};
use super::writing::{BoundChange, BoundDelete, BoundForeach, ChangeKind};
use crate::model::Value;
use crate::query::functions::ValueKind;
use crate::query::syntax::ast::{Clause, Expr, ExprKind, Ident, RemoveItem, SetItem};

impl Binder<'_> {
    /// Binds the items of SET, also behind ON CREATE and ON MATCH.
    pub(super) fn set_items(&mut self, scope: &Scope, items: &[SetItem]) -> Vec<BoundChange> {
        self.writes = true;
        items.iter().filter_map(|item| self.set_item(scope, item)).collect()
    }

    fn set_item(&mut self, scope: &Scope, item: &SetItem) -> Option<BoundChange> {
        let (target, change) = match item {
            SetItem::Property { target, value } => {
                let ExprKind::Property(subject, key) = &target.kind else {
                    unreachable!("the parser makes a property of the target");
                };
                let subject = self.changed(scope, subject)?;
                let value = self.typed(scope, value).expr;
                self.refuse_unstorable(&value);
                (subject, ChangeKind::Property(key.value.as_str().into(), value))
            }
            SetItem::Replace { target, value } => {
                let target = self.changed_variable(scope, target)?;
                (target, ChangeKind::Replace(self.properties_to_set(scope, value)))
            }
            SetItem::Merge { target, value } => {
                let target = self.changed_variable(scope, target)?;
                (target, ChangeKind::Add(self.properties_to_set(scope, value)))
            }
            SetItem::Labels { target, labels } => (self.relabelled(scope, target)?, ChangeKind::Label(names(labels))),
        };
        let span = target.span;
        Some(BoundChange { target, change, span })
    }

    /// Binds the items of REMOVE.
    pub(super) fn remove_items(&mut self, scope: &Scope, items: &[RemoveItem]) -> Vec<BoundChange> {
        self.writes = true;
        items.iter().filter_map(|item| self.remove_item(scope, item)).collect()
    }

    fn remove_item(&mut self, scope: &Scope, item: &RemoveItem) -> Option<BoundChange> {
        let (target, change) = match item {
            RemoveItem::Property(property) => {
                let ExprKind::Property(subject, key) = &property.kind else {
                    unreachable!("the parser makes a property of the target");
                };
                let null = BoundExpr { span: property.span, kind: BoundExprKind::Constant(Value::Null) };
                (self.changed(scope, subject)?, ChangeKind::Property(key.value.as_str().into(), null))
            }
            RemoveItem::Labels { target, labels } => {
                (self.relabelled(scope, target)?, ChangeKind::Unlabel(names(labels)))
            }
        };
        let span = target.span;
        Some(BoundChange { target, change, span })
    }

    fn changed_variable(&mut self, scope: &Scope, target: &Ident) -> Option<BoundExpr> {
        let expr = Expr { span: target.span, kind: ExprKind::Variable(target.value.clone()) };
        self.changed(scope, &expr)
    }

    /// What is changed must be a node or a relation.
    fn changed(&mut self, scope: &Scope, target: &Expr) -> Option<BoundExpr> {
        let target = self.typed(scope, target);
        self.only(target, &[ValueKind::Node, ValueKind::Relationship], "only nodes and relationships can be changed")
    }

    fn relabelled(&mut self, scope: &Scope, target: &Ident) -> Option<BoundExpr> {
        let expr = Expr { span: target.span, kind: ExprKind::Variable(target.value.clone()) };
        let target = self.typed(scope, &expr);
        self.only(target, &[ValueKind::Node], "labels belong to nodes; a relationship's type is never changed")
    }

    fn only(&mut self, target: Typed, kinds: &[ValueKind], why: &str) -> Option<BoundExpr> {
        if kinds.iter().any(|kind| target.kind.may_be(*kind)) {
            return Some(target.expr);
        }
        let message = format!("{} cannot be changed like this", target.kind.name());
        self.faults.push(Fault::new(Detail::InvalidArgumentType, target.expr.span, message).note(why));
        None
    }

    /// The right side of `n = …` and `n += …`: a map, or what has properties.
    fn properties_to_set(&mut self, scope: &Scope, value: &Expr) -> BoundExpr {
        let typed = self.typed(scope, value);
        let kinds = [ValueKind::Map, ValueKind::Node, ValueKind::Relationship];
        if kinds.iter().all(|kind| !typed.kind.may_be(*kind)) {
            let message = format!("properties are given as a map, and this is {}", typed.kind.name());
            self.faults.push(Fault::new(Detail::InvalidArgumentType, typed.expr.span, message));
        }
        if let BoundExprKind::Map(pieces) = &typed.expr.kind {
            for piece in pieces {
                if let super::bound::MapPiece::Entry(_, value) = piece {
                    self.refuse_unstorable(value);
                }
            }
        }
        typed.expr
    }

    /// A map, or a list with one, is seen to be no property before anything runs.
    fn refuse_unstorable(&mut self, value: &BoundExpr) {
        let is_map = |expr: &BoundExpr| matches!(expr.kind, BoundExprKind::Map(_));
        let holds_map = match &value.kind {
            BoundExprKind::List(items) => items.iter().any(is_map),
            _ => is_map(value),
        };
        if holds_map {
            let message = "a property cannot hold a map";
            let fault = Fault::new(Detail::InvalidPropertyType, value.span, message);
            self.faults.push(fault.help("set each of its entries as a property of its own"));
        }
    }

    /// Binds DELETE.
    pub(super) fn delete(&mut self, scope: &Scope, detach: bool, targets: &[Expr]) -> BoundDelete {
        self.writes = true;
        let targets = targets.iter().filter_map(|target| self.deleted(scope, target));
        BoundDelete { detach, targets: targets.collect() }
    }

    fn deleted(&mut self, scope: &Scope, target: &Expr) -> Option<BoundExpr> {
        if let ExprKind::HasLabels(..) = &target.kind {
            let message = "DELETE takes nodes, relationships and paths, not their labels or types";
            let fault = Fault::new(Detail::InvalidDelete, target.span, message);
            self.faults.push(fault.help("name the variable alone; a label is taken away by REMOVE n:Label"));
            return None;
        }
        let typed = self.typed(scope, target);
        let kinds = [ValueKind::Node, ValueKind::Relationship, ValueKind::Path];
        if kinds.iter().all(|kind| !typed.kind.may_be(*kind)) {
            let message = format!("nodes, relationships and paths can be deleted, and this is {}", typed.kind.name());
            self.faults.push(Fault::new(Detail::InvalidArgumentType, target.span, message));
        }
        Some(typed.expr)
    }

    /// Binds FOREACH: its variable, and what its body brings in, ends with it.
    pub(super) fn foreach(&mut self, scope: &Scope, variable: &Ident, list: &Expr, body: &[Clause]) -> BoundForeach {
        self.writes = true;
        let list = self.typed(scope, list);
        self.expect_kind(&list, ValueKind::List, "the elements come from a list");
        if scope.get(&variable.value).is_some() || self.is_local(&variable.value) {
            self.faults.push(already_bound(variable));
        }
        let slot = self.new_slot();
        let mut inner = scope.clone();
        inner.insert(variable.value.as_str(), Variable { slot, kind: ValueKind::Any });
        let mut bound = Vec::new();
        for clause in body {
            self.clause(&mut inner, clause, &mut bound);
        }
        BoundForeach { list: list.expr, slot, body: bound }
    }
}

fn names(labels: &[Ident]) -> Vec<Arc<str>> {
    labels.iter().map(|label| label.value.as_str().into()).collect()
}
