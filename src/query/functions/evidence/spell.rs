//! Since when and until when, in the words of the sources.
//!
//! What a claim writes comes first: it says how sure its source is. Where it writes nothing, as for a relation that
//! takes the date of its event, the bounds of the claim stand in, if they are closed on both sides.

use super::When;
use crate::graph::Graph;
use crate::model::{Claim, EdgeId};
use crate::time::{Day, Edtf, Period, TimeClass};

/// The earliest start that the claims behind an edge give, as exactly as they agree on it.
pub(super) fn start(graph: &Graph, edge: EdgeId, when: &When) -> Option<Edtf> {
    let claims = when.backing(graph, edge).into_iter();
    earliest(most_exact(claims.filter_map(|claim| start_of(&claim))))
}

fn start_of(claim: &Claim<'_>) -> Option<Edtf> {
    let written = claim.from.or(claim.on).and_then(|text| Edtf::parse(text).ok());
    written.or_else(|| within(claim.bounds.starts()))
}

/// Whether a claim says when its relation began.
pub(crate) fn is_dated(claim: &Claim<'_>) -> bool {
    start_of(claim).is_some()
}

/// All days on which an edge may have begun, by the claims behind it that say when; `None` if none does.
pub(super) fn start_bounds(graph: &Graph, edge: EdgeId, when: &When) -> Option<Period> {
    let claims = when.backing(graph, edge).into_iter();
    let starts = claims.filter(is_dated).map(|claim| claim.bounds.starts());
    starts.reduce(|all, each| Period { first: all.first.min(each.first), last: all.last.max(each.last) })
}

/// Whether some choice of days, one of each period, runs forward. `None` is any day.
pub(super) fn is_in_order(periods: impl IntoIterator<Item = Option<Period>>) -> bool {
    let mut latest_start = Day::MIN;
    periods.into_iter().flatten().all(|period| {
        latest_start = latest_start.max(period.first);
        period.last >= latest_start
    })
}

/// The latest end that the claims behind an edge give, as exactly as they agree on it.
pub(super) fn end(graph: &Graph, edge: EdgeId, when: &When) -> Option<Edtf> {
    let class = graph.edge_time(edge).class;
    latest(most_exact(when.backing(graph, edge).into_iter().filter_map(|claim| end_of(&claim, class))))
}

fn end_of(claim: &Claim<'_>, class: TimeClass) -> Option<Edtf> {
    let on = claim.on.filter(|_| class.is_momentary());
    let written = claim.to.or(on).and_then(|text| Edtf::parse(text).ok());
    written.or_else(|| within(claim.bounds.ends()))
}

fn within(period: Period) -> Option<Edtf> {
    let is_closed = period.first.is_bounded() && period.last.is_bounded();
    Edtf::of_period(period).filter(|_| is_closed)
}

/// The earliest of some starts. One that is open towards the past says less than one that is not.
pub(super) fn earliest(dates: impl IntoIterator<Item = Edtf>) -> Option<Edtf> {
    dates.into_iter().min_by(|a, b| {
        let is_open = |date: &Edtf| date.earliest() == Day::MIN;
        is_open(a).cmp(&is_open(b)).then_with(|| a.sort_order(b))
    })
}

/// The latest of some ends. That it had not ended says less than when it did.
pub(super) fn latest(dates: impl IntoIterator<Item = Edtf>) -> Option<Edtf> {
    dates.into_iter().max_by(|a, b| {
        let is_closed = |date: &Edtf| date.latest() != Day::MAX;
        is_closed(a).cmp(&is_closed(b)).then_with(|| a.latest().cmp(&b.latest())).then_with(|| a.sort_order(b))
    })
}

/// Of dates that are given for one thing, those within which no other lies: 2017-03 says all that [2016..] says, and
/// more.
pub(super) fn most_exact(dates: impl Iterator<Item = Edtf>) -> Vec<Edtf> {
    let dates: Vec<Edtf> = dates.collect();
    let is_within = |a: &Edtf, b: &Edtf| a.is_narrower_than(b) && !b.is_narrower_than(a);
    dates.iter().filter(|date| !dates.iter().any(|other| is_within(other, date))).cloned().collect()
}
