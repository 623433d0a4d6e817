//! Which variables are relationships, paths, and lists of them: functions on evidence take all of these, and openCypher
//! tells them apart.

use std::collections::HashMap;

use crate::query::syntax::ast::{BinaryOp, ClauseKind, Expr, ExprKind, Match, PathSearch, PatternElement, Projection};

/// What a variable holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A relationship.
    Rel,
    /// A list of relationships.
    Rels,
    /// A path.
    Path,
    /// A list of paths.
    Paths,
}

impl Kind {
    /// The list of relationships in an expression of this kind.
    pub(super) fn relationships(self, text: &str) -> String {
        match self {
            Self::Rel => format!("[{text}]"),
            Self::Rels => text.to_owned(),
            Self::Path => format!("relationships({text})"),
            Self::Paths => format!("reduce(ties = [], way IN {text} | ties + relationships(way))"),
        }
    }
}

/// The kinds of all variables that were met.
#[derive(Default)]
pub(super) struct Kinds(HashMap<String, Kind>);

impl Kinds {
    /// Takes up what a clause brings in.
    pub(super) fn clause(&mut self, clause: &ClauseKind) {
        match clause {
            ClauseKind::Match(matched) => self.matched(matched),
            ClauseKind::With(projection) | ClauseKind::Return(projection) => self.projection(projection),
            ClauseKind::Unwind { list, alias } => {
                let element = match self.of(list) {
                    Some(Kind::Rels) => Some(Kind::Rel),
                    Some(Kind::Paths) => Some(Kind::Path),
                    _ => None,
                };
                self.set(&alias.value, element);
            }
            ClauseKind::Subquery(call) => {
                let parts = std::iter::once(&call.query.first).chain(call.query.unions.iter().map(|(_, part)| part));
                parts.flat_map(|part| &part.clauses).for_each(|clause| self.clause(&clause.kind));
            }
            _ => {}
        }
    }

    fn set(&mut self, name: &str, kind: Option<Kind>) {
        if let Some(kind) = kind {
            self.0.insert(name.to_owned(), kind);
        }
    }

    fn projection(&mut self, projection: &Projection) {
        for item in &projection.items {
            let name = item.alias.as_ref().map_or(&item.text, |alias| &alias.value);
            let kind = self.of(&item.expr);
            self.set(name, kind);
        }
    }

    /// Takes up the variables of a pattern.
    pub(super) fn matched(&mut self, matched: &Match) {
        for pattern in &matched.patterns {
            if let Some(variable) = &pattern.variable {
                self.set(&variable.value, Some(Kind::Path));
            }
            for element in &pattern.elements {
                if let PatternElement::Rel(rel) = element
                    && let Some(variable) = &rel.variable
                {
                    let is_long = rel.length.is_some() || pattern.search != PathSearch::All;
                    self.set(&variable.value, Some(if is_long { Kind::Rels } else { Kind::Rel }));
                }
            }
        }
    }

    /// What an expression holds, as far as that can be told.
    pub(super) fn of(&self, expr: &Expr) -> Option<Kind> {
        match &expr.kind {
            ExprKind::Variable(name) => self.0.get(name).copied(),
            ExprKind::Parenthesised(inner) => self.of(inner),
            ExprKind::Binary(BinaryOp::Add, left, right) => self.of(left).or_else(|| self.of(right)),
            ExprKind::Call { name, args, .. } => {
                let of = self.of(args.first()?);
                match (name.value.to_lowercase().as_str(), of) {
                    ("relationships" | "rels", _) => Some(Kind::Rels),
                    ("reverse", of) => of,
                    ("last" | "head", Some(Kind::Rels)) => Some(Kind::Rel),
                    ("last" | "head", Some(Kind::Paths)) => Some(Kind::Path),
                    ("collect", Some(Kind::Rel)) => Some(Kind::Rels),
                    ("collect", Some(Kind::Path)) => Some(Kind::Paths),
                    ("weakest", _) => Some(Kind::Rel),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}
