//! Sorting before a limit: only the first rows are kept while sorting.

use super::Surroundings;
use crate::query::bind::bound::{BoundExpr, BoundExprKind};
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::logical::{FirstRows, Pipeline, Step};

/// `Sort, Limit n` keeps n rows while sorting; with a SKIP between, those that are skipped besides.
pub(super) fn rewrite(pipeline: &mut Pipeline, _: &Surroundings<'_>) {
    for at in 1..pipeline.steps.len() {
        let (before, after) = pipeline.steps.split_at_mut(at);
        let Some(Step::Sort { first: first @ None, .. }) = before.last_mut() else { continue };
        let (skip, limit) = match &*after {
            [Step::Limit(limit), ..] => (None, limit),
            [Step::Skip(skip), Step::Limit(limit), ..] => (Some(skip), limit),
            _ => continue,
        };
        let is_known = |expr: &BoundExpr| matches!(expr.kind, BoundExprKind::Constant(_) | BoundExprKind::Parameter(_));
        if is_known(limit) && skip.is_none_or(is_known) {
            let skip = skip.filter(|_| !is_injected(Fault::SkipUnseen)).cloned();
            *first = Some(FirstRows { skip, limit: limit.clone() });
        }
    }
}
