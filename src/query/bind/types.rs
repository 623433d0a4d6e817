//! Labels, relation types and roles: names to handles. A name that the graph does not know matches nothing, and is
//! warned of with the nearest name.

use super::Binder;
use super::bound::LabelTest;
use super::tree::{RelTypes, Way};
use crate::diagnostics::{Diagnostic, codes};
use crate::model::TypeId;
use crate::query::functions::ValueKind;
use crate::query::syntax::ast::{Direction, Ident, LabelExpr};

impl Binder<'_> {
    /// The test of a node's label expression.
    pub(super) fn label_test(&mut self, labels: &LabelExpr) -> LabelTest {
        match labels {
            LabelExpr::Name(name) => {
                let label = self.graph.label_id(&name.value);
                if label.is_none() {
                    self.warn_of_label(name);
                }
                LabelTest::Label(label)
            }
            LabelExpr::Any(_) => LabelTest::Any,
            LabelExpr::Not(inner) => LabelTest::Not(Box::new(self.label_test(inner))),
            LabelExpr::And(a, b) => LabelTest::And(Box::new(self.label_test(a)), Box::new(self.label_test(b))),
            LabelExpr::Or(a, b) => LabelTest::Or(Box::new(self.label_test(a)), Box::new(self.label_test(b))),
        }
    }

    /// The test of `x:Name`, where x may be a node or a relation.
    pub(super) fn label_or_type_test(&mut self, labels: &LabelExpr, kind: ValueKind) -> LabelTest {
        match labels {
            LabelExpr::Name(name) => match kind {
                ValueKind::Node => self.label_test(labels),
                ValueKind::Relationship => {
                    LabelTest::Types(self.types_named(name).into_iter().map(|it| it.0).collect())
                }
                _ => {
                    let types = self.type_or_role(&name.value).into_iter().map(|it| it.0).collect();
                    LabelTest::LabelOrTypes(self.graph.label_id(&name.value), types)
                }
            },
            LabelExpr::Any(_) => LabelTest::Any,
            LabelExpr::Not(inner) => LabelTest::Not(Box::new(self.label_or_type_test(inner, kind))),
            LabelExpr::And(a, b) => {
                LabelTest::And(Box::new(self.label_or_type_test(a, kind)), Box::new(self.label_or_type_test(b, kind)))
            }
            LabelExpr::Or(a, b) => {
                LabelTest::Or(Box::new(self.label_or_type_test(a, kind)), Box::new(self.label_or_type_test(b, kind)))
            }
        }
    }

    /// The types of a relationship pattern, each with the way in which it is walked from left to right.
    ///
    /// A type by its own name follows the written arrow. A role whose types know a forerunner is oriented from later
    /// to earlier, so that `-[:lineage]->` leads back in time whichever way a type is stored; another where its types
    /// say so.
    pub(super) fn rel_types(&mut self, types: Option<&LabelExpr>, direction: Direction) -> RelTypes {
        let way = match direction {
            Direction::Right => Way::Along,
            Direction::Left => Way::Against,
            Direction::Both => Way::Either,
        };
        let Some(types) = types else { return RelTypes::Any(way) };
        let oriented = |(id, is_turned): (TypeId, bool)| (id, if is_turned { way.reversed() } else { way });
        let mut found: Vec<_> = self.select_types(types).into_iter().map(oriented).collect();
        if way != Way::Either {
            self.hint_at_symmetric(types, &found);
        }
        found.sort_unstable();
        found.dedup();
        RelTypes::These(found)
    }

    fn select_types(&mut self, types: &LabelExpr) -> Vec<(TypeId, bool)> {
        match types {
            LabelExpr::Name(name) => self.types_named(name),
            LabelExpr::Any(_) => self.graph.types().map(|id| (id, false)).collect(),
            LabelExpr::Not(inner) => {
                let without = self.select_types(inner);
                let is_left = |id: &TypeId| without.iter().all(|(other, _)| other != id);
                self.graph.types().filter(is_left).map(|id| (id, false)).collect()
            }
            LabelExpr::And(a, b) => {
                let (a, b) = (self.select_types(a), self.select_types(b));
                a.into_iter().filter(|(id, _)| b.iter().any(|(other, _)| other == id)).collect()
            }
            LabelExpr::Or(a, b) => {
                let mut all = self.select_types(a);
                all.extend(self.select_types(b));
                all
            }
        }
    }

    fn types_named(&mut self, name: &Ident) -> Vec<(TypeId, bool)> {
        let found = self.type_or_role(&name.value);
        let is_known = self.graph.schema().types.contains_key(&name.value)
            || self.graph.schema().roles.contains_key(&name.value)
            || !found.is_empty();
        if !is_known {
            self.warn_of_type(name);
        }
        found
    }

    fn type_or_role(&self, name: &str) -> Vec<(TypeId, bool)> {
        if let Some(id) = self.graph.type_id(name) {
            return vec![(id, false)];
        }
        let of_role = self.graph.schema().types_of_role(name);
        of_role.filter_map(|(name, each)| self.graph.type_id(name).map(|id| (id, each.is_turned()))).collect()
    }

    fn hint_at_symmetric(&mut self, types: &LabelExpr, found: &[(TypeId, Way)]) {
        let LabelExpr::Name(name) = types else { return };
        let [(id, _)] = found else { return };
        let is_symmetric =
            self.graph.schema().types.get(self.graph.type_name(*id).as_ref()).is_some_and(|each| each.symmetric);
        if is_symmetric {
            let message = format!("{} says the same in both directions, and an arrow finds it in one only", name.value);
            let note = Diagnostic::note(codes::AGAINST_THE_ARROW, message).at(name.span, "");
            self.warnings.push(note.with_help("write the relationship without an arrowhead"));
        }
    }

    fn warn_of_label(&mut self, name: &Ident) {
        // Where nothing is known, nothing can be misspelt.
        if self.graph.node_count() == 0 {
            return;
        }
        let graph = self.graph;
        let known = graph
            .labels()
            .map(|id| graph.label_name(id).as_ref())
            .chain(graph.schema().kinds.keys().map(String::as_str));
        let known: Vec<&str> = known.collect();
        if known.contains(&name.value.as_str()) {
            return;
        }
        let nearest = Self::nearest(known.into_iter(), &name.value);
        let message = format!("no node bears the label `{}`, so this matches nothing", name.value);
        let warning = Diagnostic::warning(codes::UNKNOWN_LABEL, message).at(name.span, "");
        self.warnings.push(warning.with_candidates(nearest));
    }

    fn warn_of_type(&mut self, name: &Ident) {
        if self.graph.edge_count() == 0 {
            return;
        }
        let graph = self.graph;
        let schema = graph.schema();
        let named = schema.types.keys().chain(schema.roles.keys()).map(String::as_str);
        let known = graph.types().map(|id| graph.type_name(id).as_ref()).chain(named);
        let nearest = Self::nearest(known, &name.value);
        let message = format!("no relation has the type or role `{}`, so this matches nothing", name.value);
        let warning = Diagnostic::warning(codes::UNKNOWN_TYPE, message).at(name.span, "");
        self.warnings.push(warning.with_candidates(nearest));
    }
}
