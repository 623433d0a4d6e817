//! The summary of all readings of an edge, small enough for a column of the store.
//!
//! What the window alone decides: everything, if the edge has one live claim (by far the most have); "no", if even the
//! union of all readings excludes the period; "certain", if all claims are firm and even the union is certain. Else
//! the list of readings must be consulted, and [`Window::standing`] is `None`.

use super::{Bounds, Question, Reading, Stance, Standing, TimeClass, Verdict};

/// The union of the bounds of all live claims that assert, and what sort of claims there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// The smallest bounds that have every reading of every claim that asserts.
    pub bounds: Bounds,
    /// See [`Window::flags`].
    flags: u8,
}

/// The bits of [`Window::flags`]: the number of the one stance there is …
const STANCE: u8 = 0b0000_0111;
/// … or, that there are several readings that differ,
const SEVERAL: u8 = 0b0000_1000;
/// one of which at least is not firm,
const MIXED: u8 = 0b0001_0000;
/// and that no live claim asserts.
const UNBACKED: u8 = 0b0010_0000;

impl Window {
    /// The window of an edge on which no live claim asserts anything: it is never matched.
    pub const UNBACKED: Self = Self { bounds: Bounds::UNBOUNDED, flags: UNBACKED };

    /// The window of an edge with one live claim, or several that say the same.
    #[must_use]
    pub fn of_one(reading: Reading) -> Self {
        if !reading.stance.asserts() {
            return Self::UNBACKED;
        }
        Self { bounds: reading.bounds, flags: reading.stance.number() }
    }

    /// The window of an edge with these live claims.
    #[must_use]
    pub fn of(readings: &[Reading]) -> Self {
        let mut asserting = readings.iter().filter(|reading| reading.stance.asserts());
        let Some(first) = asserting.next() else { return Self::UNBACKED };
        if readings.iter().all(|reading| reading == first) {
            return Self::of_one(*first);
        }
        let bounds = asserting.fold(first.bounds, |union, reading| union.union(reading.bounds));
        let all_firm = readings.iter().all(|reading| reading.stance == Stance::Firm);
        Self { bounds, flags: if all_firm { SEVERAL } else { SEVERAL | MIXED } }
    }

    /// The window of stored bounds and flags; `None` if no window has such flags.
    #[must_use]
    pub fn from_parts(bounds: Bounds, flags: u8) -> Option<Self> {
        let is_known = match flags & !STANCE {
            0 => Stance::from_number(flags & STANCE).is_some_and(Stance::asserts),
            SEVERAL | UNBACKED => flags & STANCE == 0,
            both => both == SEVERAL | MIXED && flags & STANCE == 0,
        };
        is_known.then_some(Self { bounds, flags })
    }

    /// One byte that, with the bounds, makes the window again.
    #[must_use]
    pub fn flags(self) -> u8 {
        self.flags
    }

    /// Whether the edge has several readings that differ, so that a list of them must be kept.
    #[must_use]
    pub fn needs_readings(self) -> bool {
        self.flags & SEVERAL != 0
    }

    /// The one reading of the edge, if it has one.
    #[must_use]
    pub fn only_reading(self) -> Option<Reading> {
        let is_one = self.flags & (SEVERAL | UNBACKED) == 0;
        let stance = Stance::from_number(self.flags & STANCE).filter(|_| is_one)?;
        Some(Reading { bounds: self.bounds, stance })
    }

    /// How the edge stands, where the window decides; `None` where the readings must be consulted.
    #[must_use]
    pub fn standing(self, question: Question, class: TimeClass) -> Option<Standing> {
        if self.flags & UNBACKED != 0 {
            return Some(Standing::No);
        }
        let verdict = self.bounds.verdict(question, class);
        match (verdict, self.flags) {
            (Verdict::No, _) => Some(Standing::No),
            // What is certain of the union may be so by weak claims, or denied.
            (_, flags) if flags & MIXED != 0 => None,
            (Verdict::Certain, SEVERAL) => Some(Standing::Certain),
            (Verdict::Possible, SEVERAL) => None,
            (Verdict::Certain, flags) if flags == Stance::Firm.number() => Some(Standing::Certain),
            _ => Some(Standing::Possible),
        }
    }
}
