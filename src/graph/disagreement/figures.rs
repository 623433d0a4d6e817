//! One measure of one scope and period with two values that no number satisfies.
//!
//! "About" widens by one unit of the last digit that is not zero, as `2012~` widens a date: `~5000` is 4000 to 6000.
//! Values in words are not compared. Figures without a period are of one period only within one source.

use indexmap::IndexMap;

use super::{Found, says_so};
use crate::graph::Graph;
use crate::model::{Claim, Figure, FigureValue, NodeId};

/// A claim, the least and the greatest number that it admits, and how it says so.
type Value<'g> = (Claim<'g>, (f64, f64), String);

/// What two figures must have in common to be of one thing.
#[derive(PartialEq, Eq, Hash, Clone)]
struct Thing<'g>([&'g str; 7]);

pub(super) fn find(graph: &Graph, node: NodeId, found: &mut Found) {
    let mut by_thing: IndexMap<Thing<'_>, Vec<Value<'_>>> = IndexMap::new();
    for figure in graph.figures_of(node) {
        let claim = graph.claim(figure.claim);
        if let Some(range) = range(figure.value).filter(|_| says_so(&claim)) {
            let says = claim.value.to_owned();
            by_thing.entry(thing(&figure)).or_default().push((claim, range, says));
        }
    }
    for (Thing([measure, .., period]), claims) in by_thing {
        let is_dated = !period.is_empty();
        let with_source: Vec<_> = claims
            .into_iter()
            .map(|(claim, range, says)| {
                let source = claim.source;
                (claim, (range, source), says)
            })
            .collect();
        found.pairs(&[node], measure, &with_source, |(a, one), (b, other)| {
            (is_dated || one == other) && (a.1 < b.0 || b.1 < a.0)
        });
    }
}

fn thing<'g>(figure: &Figure<'g>) -> Thing<'g> {
    Thing([
        figure.measure,
        figure.unit,
        figure.of,
        figure.relative_to,
        figure.jointly_with,
        figure.scope,
        figure.period,
    ])
}

/// The least and the greatest number that a value admits.
fn range(value: FigureValue<'_>) -> Option<(f64, f64)> {
    match value {
        FigureValue::Exact(number) => Some((number, number)),
        FigureValue::Range(low, high) => Some((low, high)),
        FigureValue::AtLeast(number) => Some((number, f64::INFINITY)),
        FigureValue::AtMost(number) => Some((f64::NEG_INFINITY, number)),
        FigureValue::About(number) => {
            let unit = last_unit(number);
            Some((number - unit, number + unit))
        }
        FigureValue::Words(_) => None,
    }
}

/// The unit of the last digit that is not zero: 1000 of 5000, 10 of 150, 0.1 of 2.5.
fn last_unit(number: f64) -> f64 {
    let mut unit = 1.0;
    let divides = |unit: f64| ((number / unit).round() - number / unit).abs() < 1e-9;
    if number == 0.0 || !number.is_finite() {
        return 0.0;
    }
    while !divides(unit) && unit > 1e-9 {
        unit /= 10.0;
    }
    while divides(unit * 10.0) {
        unit *= 10.0;
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn about_widens_by_a_unit_of_the_last_digit() {
        for (number, unit) in [(5000.0, 1000.0), (150.0, 10.0), (7.0, 1.0), (2.5, 0.1)] {
            assert!((last_unit(number) - unit).abs() < 1e-9, "{number}: {}", last_unit(number));
        }
    }
}
