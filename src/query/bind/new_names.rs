//! The labels and types that a query may bring into a graph. They are made known before the query is bound, so that
//! its later clauses, and MERGE itself, find what its earlier ones made.

use std::collections::BTreeSet;

use crate::graph::Graph;
use crate::query::syntax::ast::{Clause, ClauseKind, LabelExpr, Part, PathPattern, PatternElement, Query, SetItem};

/// Makes the labels and types known that the query's writing clauses name.
pub fn intern_new_names(query: &Query, graph: &mut Graph) {
    let mut names = Names::default();
    names.query(query);
    for label in names.labels {
        graph.intern_label(label);
    }
    for relation in names.types {
        graph.intern_type(relation);
    }
}

#[derive(Default)]
struct Names<'q> {
    labels: BTreeSet<&'q str>,
    types: BTreeSet<&'q str>,
}

impl<'q> Names<'q> {
    fn query(&mut self, query: &'q Query) {
        let parts = std::iter::once(&query.first).chain(query.unions.iter().map(|(_, part)| part));
        parts.for_each(|part: &Part| part.clauses.iter().for_each(|clause| self.clause(clause)));
    }

    fn clause(&mut self, clause: &'q Clause) {
        match &clause.kind {
            ClauseKind::Create(patterns) => patterns.iter().for_each(|pattern| self.path(pattern)),
            ClauseKind::Merge { pattern, on_create, on_match } => {
                self.path(pattern);
                self.set(on_create);
                self.set(on_match);
            }
            ClauseKind::Set(items) => self.set(items),
            ClauseKind::Foreach { body, .. } => body.iter().for_each(|clause| self.clause(clause)),
            ClauseKind::Subquery(call) => self.query(&call.query),
            _ => {}
        }
    }

    fn set(&mut self, items: &'q [SetItem]) {
        for item in items {
            if let SetItem::Labels { labels, .. } = item {
                self.labels.extend(labels.iter().map(|label| label.value.as_str()));
            }
        }
    }

    fn path(&mut self, pattern: &'q PathPattern) {
        for element in &pattern.elements {
            match element {
                PatternElement::Node(node) => node.labels.iter().for_each(|labels| name(labels, &mut self.labels)),
                PatternElement::Rel(rel) => rel.types.iter().for_each(|types| name(types, &mut self.types)),
                PatternElement::Group(_) => {}
            }
        }
    }
}

/// The names of a conjunction; whatever else cannot be created.
fn name<'q>(labels: &'q LabelExpr, found: &mut BTreeSet<&'q str>) {
    match labels {
        LabelExpr::Name(name) => _ = found.insert(&name.value),
        LabelExpr::And(a, b) => {
            name(a, found);
            name(b, found);
        }
        _ => {}
    }
}
