//! What a function may look at besides its arguments: the graph, the clock, chance. All three are handed in.

use std::cell::RefCell;

use crate::graph::Graph;
use crate::model::Map;
use crate::time::Day;

/// The values of `$name`, by name.
pub type Parameters = Map;

/// Tells the time. The shell's clock is the machine's; tests bring their own.
pub trait Clock {
    /// Milliseconds since 1970-01-01T00:00Z.
    fn milliseconds(&self) -> i64;

    /// Today, in UTC.
    fn today(&self) -> Day {
        let days = self.milliseconds().div_euclid(86_400_000);
        Day(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN + 1 } else { i32::MAX - 1 }))
    }
}

/// A clock that stands still: a query sees one moment, however long it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixedClock(
    /// Milliseconds since 1970-01-01T00:00Z.
    pub i64,
);

impl Clock for FixedClock {
    fn milliseconds(&self) -> i64 {
        self.0
    }
}

/// A source of chance.
pub trait Random {
    /// The next number, uniform in [0, 1).
    fn next_fraction(&mut self) -> f64;
}

/// Reproducible chance from a seed: Steele, Lea and Flood's `SplitMix64` ("Fast splittable pseudorandom number
/// generators", OOPSLA 2014).
#[derive(Clone, Debug)]
pub struct SeededRandom(
    /// The seed, and then the state.
    pub u64,
);

impl Random for SeededRandom {
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a float exactly")]
    fn next_fraction(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// The surroundings of a call.
pub struct Context<'a> {
    /// The graph of the query.
    pub graph: &'a Graph,
    /// The time.
    pub clock: &'a dyn Clock,
    /// Chance.
    pub random: &'a RefCell<dyn Random>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_knows_the_day() {
        assert_eq!(FixedClock(0).today(), Day(0));
        assert_eq!(FixedClock(-1).today(), Day(-1));
        assert_eq!(FixedClock(86_400_000 * 365).today(), Day(365));
    }

    #[test]
    fn a_seed_gives_the_same_fractions_again() {
        let draw = |seed| {
            let mut random = SeededRandom(seed);
            std::array::from_fn::<f64, 8, _>(|_| random.next_fraction())
        };
        assert_eq!(draw(7).map(f64::to_bits), draw(7).map(f64::to_bits));
        assert_ne!(draw(7).map(f64::to_bits), draw(8).map(f64::to_bits));
        assert!(draw(7).iter().all(|fraction| (0.0..1.0).contains(fraction)));
    }
}
