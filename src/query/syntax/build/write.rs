//! The clauses that write: CREATE, MERGE, SET, REMOVE, DELETE, FOREACH.

use super::super::ast::{Clause, ClauseKind, Expr, ExprKind, Ident, PathPattern, RemoveItem, SetItem};
use super::super::errors::SyntaxErrorKind;
use super::super::grammar::Rule;
use super::{Builder, Pair, has};
use crate::source::{Span, Spanned};

impl<'t> Builder<'t> {
    pub(super) fn update_clause(&mut self, pair: Pair<'t>) -> ClauseKind {
        match pair.as_rule() {
            Rule::create_clause => ClauseKind::Create(self.patterns(pair)),
            Rule::merge_clause => self.merge(pair),
            Rule::set_clause => ClauseKind::Set(self.set_items(pair)),
            Rule::remove_clause => {
                let items = pair.into_inner().filter(|item| item.as_rule() == Rule::remove_item);
                ClauseKind::Remove(items.map(|item| self.remove_item(item)).collect())
            }
            Rule::delete_clause => {
                let detach = has(&pair, Rule::kw_detach);
                let targets = pair.into_inner().filter(|item| item.as_rule() == Rule::expression);
                ClauseKind::Delete { detach, targets: targets.map(|target| self.expression(target)).collect() }
            }
            _ => self.foreach(pair),
        }
    }

    fn patterns(&mut self, pair: Pair<'t>) -> Vec<PathPattern> {
        let patterns = pair.into_inner().filter(|item| item.as_rule() == Rule::path_pattern);
        patterns.map(|pattern| self.path_pattern(pattern)).collect()
    }

    fn merge(&mut self, pair: Pair<'t>) -> ClauseKind {
        let (mut pattern, mut on_create, mut on_match) = (None, Vec::new(), Vec::new());
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::path_pattern => pattern = Some(self.path_pattern(inner)),
                Rule::merge_action if has(&inner, Rule::kw_create) => on_create.extend(self.set_items(inner)),
                Rule::merge_action => on_match.extend(self.set_items(inner)),
                _ => {}
            }
        }
        ClauseKind::Merge { pattern: pattern.expect("MERGE has a pattern"), on_create, on_match }
    }

    fn foreach(&mut self, pair: Pair<'t>) -> ClauseKind {
        let (mut variable, mut list, mut body) = (None, None, Vec::<Clause>::new());
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::kw_foreach | Rule::kw_in => {}
                Rule::variable => variable = Some(self.name(&inner)),
                Rule::expression => list = Some(self.expression(inner)),
                _ => body.push(self.clause(inner)),
            }
        }
        let (variable, list) = (variable.expect("FOREACH has a variable"), list.expect("FOREACH has a list"));
        ClauseKind::Foreach { variable, list, body }
    }

    // ---- items of SET and REMOVE ----

    fn set_items(&mut self, pair: Pair<'t>) -> Vec<SetItem> {
        let items = pair.into_inner().filter(|item| item.as_rule() == Rule::set_item);
        items.filter_map(|item| self.set_item(item)).collect()
    }

    fn set_item(&mut self, pair: Pair<'t>) -> Option<SetItem> {
        let place = self.span(&pair);
        let (mut target, mut labels, mut adds, mut value) = (None, Vec::new(), false, None);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::assignment => adds = inner.as_str() == "+=",
                Rule::expression => value = Some(self.expression(inner)),
                Rule::set_label => labels.push(self.set_label(inner)),
                _ => target = Some(self.target(target, inner)),
            }
        }
        let target = target.expect("SET has a target");
        match (value, variable_of(&target)) {
            (Some(value), Some(target)) if adds => Some(SetItem::Merge { target, value }),
            (Some(value), Some(target)) => Some(SetItem::Replace { target, value }),
            (Some(value), None) if !adds && is_property(&target) => Some(SetItem::Property { target, value }),
            (None, Some(target)) => Some(SetItem::Labels { target, labels }),
            _ => self.bad_target(place, "SET", "SET n.key = value, SET n = map, SET n += map, or SET n:Label"),
        }
    }

    fn remove_item(&mut self, pair: Pair<'t>) -> RemoveItem {
        let place = self.span(&pair);
        let (mut target, mut labels) = (None, Vec::new());
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::set_label => labels.push(self.set_label(inner)),
                _ => target = Some(self.target(target, inner)),
            }
        }
        let target: Expr = target.expect("REMOVE has a target");
        match variable_of(&target) {
            Some(target) if !labels.is_empty() => RemoveItem::Labels { target, labels },
            None if labels.is_empty() && is_property(&target) => RemoveItem::Property(target),
            _ => {
                self.bad_target::<()>(place, "REMOVE", "REMOVE n.key or REMOVE n:Label");
                RemoveItem::Property(target)
            }
        }
    }

    fn bad_target<T>(&mut self, place: Span, word: &str, forms: &str) -> Option<T> {
        let message = format!("{word} does not work on this");
        self.fault(SyntaxErrorKind::Unexpected, place, message).hint = Some(format!("write {forms}"));
        None
    }

    fn set_label(&mut self, pair: Pair<'t>) -> Ident {
        self.name(&pair.into_inner().next().expect("a label has a name"))
    }

    /// The next piece of `n.key` or `(n).key`.
    fn target(&mut self, base: Option<Expr>, pair: Pair<'t>) -> Expr {
        match base {
            Some(base) => self.postfix(base, pair),
            None => self.atom(pair),
        }
    }
}

/// The variable of `n` or `(n)`.
fn variable_of(target: &Expr) -> Option<Ident> {
    match &target.kind {
        ExprKind::Variable(name) => Some(Spanned::new(name.clone(), target.span)),
        ExprKind::Parenthesised(inner) => variable_of(inner),
        _ => None,
    }
}

fn is_property(target: &Expr) -> bool {
    matches!(target.kind, ExprKind::Property(..))
}
