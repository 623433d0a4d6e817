//! MERGE: one pattern, bound as what is sought and as what is made, over the same slots.

use super::Binder;
use super::bound::{BoundExpr, BoundExprKind, LabelTest, MapPiece, Slot};
use super::create::Making;
use super::pattern::column;
use super::scope::Scope;
use super::tree::{BoundCreate, BoundMatch, PatternGraph, PatternNode, PatternPath, PatternRel, RelTypes, Way};
use super::writing::BoundMerge;
use crate::query::syntax::ast::{ComparisonOp, PathPattern, SetItem};
use crate::source::Span;

impl Binder<'_> {
    /// Binds MERGE: the scope gains the pattern's variables.
    pub(super) fn merge(
        &mut self,
        scope: &mut Scope,
        pattern: &PathPattern,
        on_create: &[SetItem],
        on_match: &[SetItem],
    ) -> BoundMerge {
        self.writes = true;
        let mut making = Making::sought();
        self.create_path(scope, pattern, &mut making);
        let matched = self.sought(&making);
        let on_create = self.set_items(scope, on_create);
        let on_match = self.set_items(scope, on_match);
        BoundMerge { matched, create: making.create, on_create, on_match }
    }

    /// The pattern that matches what would be made.
    fn sought(&mut self, making: &Making) -> BoundMatch {
        let BoundCreate { nodes, rels, paths } = &making.create;
        let mut pattern = PatternGraph::default();
        let mut predicates = Vec::new();
        for node in nodes {
            let tests = node.labels.iter().map(|label| LabelTest::Label(self.graph.label_id(label)));
            let labels = tests.reduce(|a, b| LabelTest::And(Box::new(a), Box::new(b)));
            pattern.nodes.push(PatternNode { slot: node.slot, is_bound: false, labels, is: None });
            has_properties(node.slot, node.properties.as_ref(), &mut predicates);
        }
        let known = rels.iter().flat_map(|rel| [rel.subject, rel.object]).chain(making.known.iter().copied());
        for slot in known {
            if pattern.nodes.iter().all(|node| node.slot != slot) {
                pattern.nodes.push(PatternNode { slot, is_bound: true, labels: None, is: None });
            }
        }
        let number = |pattern: &PatternGraph, slot: Slot| {
            pattern.nodes.iter().position(|node| node.slot == slot).expect("every end is a node of the pattern")
        };
        for rel in rels {
            let way = if making.undirected.contains(&rel.slot) { Way::Either } else { Way::Along };
            let types = self.graph.type_id(&rel.name).map(|id| (id, way));
            let (left, right) = (number(&pattern, rel.subject), number(&pattern, rel.object));
            pattern.rels.push(PatternRel {
                slot: rel.slot,
                is_bound: false,
                left,
                right,
                types: RelTypes::These(types.into_iter().collect()),
                span: rel.span,
            });
            has_properties(rel.slot, rel.properties.as_ref(), &mut predicates);
        }
        pattern.paths = paths.iter().map(|(path, slot)| named_path(path, *slot)).collect();
        BoundMatch { optional: false, pattern, predicates, evidence: None }
    }
}

fn named_path(path: &BoundExpr, slot: Slot) -> PatternPath {
    let BoundExprKind::Path(pieces) = &path.kind else { unreachable!("a named path is a path") };
    PatternPath { slot, pieces: pieces.clone() }
}

/// A condition for each property of a map that is written out.
fn has_properties(slot: Slot, properties: Option<&BoundExpr>, predicates: &mut Vec<BoundExpr>) {
    let Some(BoundExprKind::Map(pieces)) = properties.map(|properties| &properties.kind) else { return };
    for piece in pieces {
        let MapPiece::Entry(key, value) = piece else { continue };
        let span = value.span;
        let kind = BoundExprKind::Property(Box::new(column(slot, Span::default())), key.clone());
        let property = Box::new(BoundExpr { span, kind });
        let equal = BoundExprKind::Comparison(property, vec![(ComparisonOp::Equal, value.clone())]);
        predicates.push(BoundExpr { span, kind: equal });
    }
}
