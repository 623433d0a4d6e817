//! Sorting before a limit: only the first rows are kept while sorting.

use super::Surroundings;
use crate::query::bind::bound::BoundExprKind;
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::logical::{Pipeline, Step};

/// `Sort, Limit n` keeps n rows while sorting. With a SKIP between, nothing changes: how many rows are skipped is
/// known only when it runs.
pub(super) fn rewrite(pipeline: &mut Pipeline, _: &Surroundings<'_>) {
    for at in 1..pipeline.steps.len() {
        let (before, after) = pipeline.steps.split_at_mut(at);
        if let (Some(Step::Sort { limit: limit @ None, .. }), Some(Step::Limit(count))) =
            (before.last_mut(), after.first())
            && matches!(count.kind, BoundExprKind::Constant(_) | BoundExprKind::Parameter(_))
        {
            *limit = Some(count.clone());
        }
        if let (Some(Step::Sort { limit, .. }), [Step::Skip(_), Step::Limit(count), ..]) = (before.last_mut(), &*after)
            && is_injected(Fault::SkipUnseen)
        {
            *limit = Some(count.clone());
        }
    }
}
