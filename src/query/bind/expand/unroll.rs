//! A relation that is walked a fixed number of times, without a name, is as many relations: the plan can take them in any
//! order, find them by hops and close cycles with them.
//!
//! Not so where more than the ways between the ends is asked: under a time, where relations may repeat, in searched
//! paths, within groups.

use crate::query::faults::{Fault, is_injected};
use crate::query::syntax::ast::{Match, NodePattern, PathPattern, PathSearch, PatternElement, Query, RelPattern};
use crate::query::syntax::rewrite::{self, Rewriter};

/// How many relations one may become.
const MOST: u64 = 4;

/// Unrolls all patterns of a query.
pub(super) fn unroll(query: &mut Query) {
    rewrite::query(query, &mut Unroller);
}

struct Unroller;

impl Rewriter for Unroller {
    fn matched(&mut self, matched: &mut Match) {
        if matched.repeatable || !matched.modifiers.is_empty() {
            return;
        }
        for path in &mut matched.patterns {
            unroll_path(path);
        }
    }
}

fn unroll_path(path: &mut PathPattern) {
    if path.search != PathSearch::All || path.mode.is_some() || !path.elements.iter().any(|each| turns(each).is_some())
    {
        return;
    }
    let mut elements = Vec::with_capacity(path.elements.len() + 2);
    for element in std::mem::take(&mut path.elements) {
        let Some((rel, turns)) = turns(&element) else {
            elements.push(element);
            continue;
        };
        let single = RelPattern { length: None, ..rel.clone() };
        let turns = if is_injected(Fault::WalkedOnce) { 1 } else { turns };
        for turn in 0..turns {
            if turn > 0 {
                elements.push(PatternElement::Node(NodePattern { span: rel.span, ..NodePattern::default() }));
            }
            elements.push(PatternElement::Rel(single.clone()));
        }
    }
    path.elements = elements;
}

/// The relation and how often it is walked, if it can be unrolled.
fn turns(element: &PatternElement) -> Option<(&RelPattern, u64)> {
    let PatternElement::Rel(rel) = element else { return None };
    let length = rel.length.as_ref()?;
    let is_bare = rel.variable.is_none() && rel.properties.is_none() && rel.filter.is_none();
    match (length.min, length.max) {
        (Some(min), Some(max)) if min == max && (1..=MOST).contains(&min) && is_bare => Some((rel, min)),
        _ => None,
    }
}
