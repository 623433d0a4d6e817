//! How an edge stands: what all live claims behind it say together about a question.
//!
//! An edge is *certain* if some claim says so and none says no or denies; *disputed* if claims say both; else
//! *possible*. It is not matched if no claim that asserts, however weakly, leaves it possible; so an edge that only
//! denials back is never matched. Deprecated claims are not live: the caller leaves them out.
//!
//! Who says what:
//! - A firm claim (asserted, assessed or reported, and stated) says so where its bounds are certain, and says no where
//!   they exclude the period.
//! - A weak one (alleged, doubted, expected, inferred) can only make possible; it says neither.
//! - A denial denies every day of its own period ([`ClaimDates::denied_bounds`](super::ClaimDates::denied_bounds)),
//!   and so counts where that overlaps the period asked about. A weak denial counts nowhere.
//! - At some time, whenever that was, no two assertions contradict each other, and a denial contradicts only what it
//!   leaves no room for: seen in 2012 and denied in 2020, it held at some time.

use super::{Bounds, Day, Period, Question, TimeClass, Verdict, Window};

/// How a claim takes a stand: its wording and basis, as far as they decide on certainty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Stance {
    /// Asserted, assessed or reported, and stated.
    Firm,
    /// Alleged.
    Alleged,
    /// Doubted.
    Doubted,
    /// Expected.
    Expected,
    /// Inferred, whatever its wording, unless that denies.
    Inferred,
    /// Denied.
    Denied,
    /// A denial that is inferred.
    InferredDenial,
}

impl Stance {
    /// Every one, in order of their numbers.
    pub const ALL: [Self; 7] =
        [Self::Firm, Self::Alleged, Self::Doubted, Self::Expected, Self::Inferred, Self::Denied, Self::InferredDenial];

    /// Whether the claim says that it holds, however weakly.
    #[must_use]
    pub fn asserts(self) -> bool {
        !matches!(self, Self::Denied | Self::InferredDenial)
    }

    /// Whether the claim may make its edge certain, or dispute that it is.
    #[must_use]
    pub fn can_be_certain(self) -> bool {
        matches!(self, Self::Firm | Self::Denied)
    }

    /// Its number, as stored.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The one with this number.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(number as usize).copied()
    }
}

/// What one live claim says of its edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// When it holds, or, by a denial, when it does not.
    pub bounds: Bounds,
    /// How it takes a stand.
    pub stance: Stance,
}

impl Reading {
    /// What it says by itself of a relation of that class: yes, no or (`Possible`) neither.
    fn says(self, question: Question, class: TimeClass) -> Verdict {
        match self.stance {
            Stance::Firm => self.bounds.verdict(question, class),
            Stance::Denied if self.bounds.hull().overlaps(question.period()) => Verdict::No,
            _ => Verdict::Possible,
        }
    }

    /// Whether it asserts, and leaves it possible.
    pub(super) fn matches(self, question: Question, class: TimeClass) -> bool {
        self.stance.asserts() && self.bounds.verdict(question, class) != Verdict::No
    }
}

/// How an edge stands to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Standing {
    /// Not matched.
    No,
    /// Neither certain nor disputed.
    Possible,
    /// Live claims say so, and live claims say no.
    Disputed,
    /// Live claims say so, and none says no.
    Certain,
}

impl Standing {
    /// The word for it in answers; none for an edge that is not matched.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Certain => Some("certain"),
            Self::Disputed => Some("disputed"),
            Self::Possible => Some("possible"),
            Self::No => None,
        }
    }

    /// The one that a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Certain, Self::Disputed, Self::Possible].into_iter().find(|each| each.word() == Some(word))
    }

    /// Whether the edge is a match.
    #[must_use]
    pub fn is_matched(self) -> bool {
        self != Self::No
    }

    /// How a chain stands whose steps stand so: as its weakest step. (Certain is stronger than disputed, and disputed
    /// than possible: for a disputed step somebody vouches.)
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// What all live claims of an edge say together.
    #[must_use]
    pub fn combine(readings: &[Reading], question: Question, class: TimeClass) -> Self {
        if !readings.iter().any(|reading| reading.matches(question, class)) {
            return Self::No;
        }
        let says = |wanted| readings.iter().any(|reading| reading.says(question, class) == wanted);
        match (says(Verdict::Certain), says(Verdict::No)) {
            (true, true) if question == Question::AtSomeTime && held_undenied(readings) => Self::Certain,
            (true, true) => Self::Disputed,
            (true, false) => Self::Certain,
            (false, _) => Self::Possible,
        }
    }
}

/// Whether some firm claim is certain of a time that no denial touches.
fn held_undenied(readings: &[Reading]) -> bool {
    let denials = readings.iter().filter(|reading| reading.stance == Stance::Denied);
    let denied: Vec<Period> = denials.map(|denial| denial.bounds.hull()).collect();
    let firm = readings.iter().filter(|reading| reading.stance == Stance::Firm);
    firm.map(|claim| claim.bounds).any(|bounds| match bounds.certain_days() {
        Some(days) => has_day_outside(days, &denied),
        // No day is sure by itself, but some day of these is.
        None => !denied.iter().any(|denied| denied.overlaps(Period { first: bounds.e1, last: bounds.s2 })),
    })
}

/// Whether some day of a period lies in none of the others. If so, its first day does, or the day after one of them.
fn has_day_outside(days: Period, others: &[Period]) -> bool {
    let after_others = others.iter().filter(|other| other.last != Day::MAX).map(|other| other.last.plus(1));
    let mut candidates = std::iter::once(days.first).chain(after_others);
    candidates.any(|day| days.contains(day) && !others.iter().any(|other| other.contains(day)))
}

/// All that an edge knows of its time, borrowed from where it is stored.
#[derive(Clone, Copy, Debug)]
pub struct EdgeTime<'g> {
    /// The time class of its relation type.
    pub class: TimeClass,
    /// The summary of its readings.
    pub window: Window,
    /// The readings of its live claims; may be empty where the window is of one reading alone.
    pub readings: &'g [Reading],
}

impl EdgeTime<'_> {
    /// How the edge stands. The readings are walked only where the window leaves it open.
    #[must_use]
    pub fn standing(&self, question: Question) -> Standing {
        self.window
            .standing(question, self.class)
            .unwrap_or_else(|| Standing::combine(self.readings, question, self.class))
    }
}
