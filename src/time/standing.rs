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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Edtf, Why};

    fn period(text: &str) -> Period {
        Edtf::parse(text).expect("the tests write dates").period()
    }

    fn reading(stance: Stance, starts: &str, ends: &str) -> Reading {
        let (starts, ends) = (period(starts), period(ends));
        let bounds = Bounds { s1: starts.first, s2: starts.last, e1: ends.first, e2: ends.last };
        Reading { bounds: bounds.tightened().expect("the tests have readings"), stance }
    }

    /// The standing of an interval and why, as an answer shows them.
    fn check(readings: &[Reading], question: Question, expected: &str) {
        let time = EdgeTime { class: TimeClass::Interval, window: Window::of(readings), readings };
        let word = time.standing(question).word().unwrap_or("no");
        let why = time.why(question).map(|why: Why| format!(": {why}")).unwrap_or_default();
        assert_eq!(format!("{word}{why}"), expected);
    }

    fn as_of(text: &str) -> Question {
        Question::AsOf(period(text))
    }

    #[test]
    fn one_firm_claim_is_certain_between_its_bounds() {
        let claim = [reading(Stance::Firm, "2012", "2015")];
        check(&claim, as_of("2011"), "no");
        check(&claim, as_of("2012-07"), "possible: within bounds of 2012");
        check(&claim, as_of("2012"), "certain");
        check(&claim, as_of("2014-03"), "certain");
        check(&claim, as_of("2015-03"), "possible: within bounds of 2015");
        check(&claim, as_of("2016"), "no");
        check(&claim, Question::Throughout(period("2013")), "certain");
        check(&claim, Question::Throughout(period("2012")), "possible: within bounds of 2012");
        check(&claim, Question::AtSomeTime, "certain");
    }

    #[test]
    fn what_was_only_seen_is_possible_before_and_after() {
        let seen = [reading(Stance::Firm, "[..2020]", "[2020..]")];
        check(&seen, as_of("2020"), "certain");
        check(&seen, as_of("2018"), "possible: only seen in 2020");
        check(&seen, as_of("2023"), "possible: only seen in 2020");
        check(&[reading(Stance::Firm, "2012", "[2020-12..]")], as_of("2022"), "possible: not known past 2020-12-01");
        check(&[reading(Stance::Firm, "2012", "[2012..]")], as_of("2022"), "possible: only seen in 2012");
    }

    #[test]
    fn an_undated_claim_is_possible_at_any_time_and_certain_at_some_time() {
        let undated = [reading(Stance::Firm, "..", "..")];
        check(&undated, as_of("2012"), "possible: undated");
        check(&undated, Question::AtSomeTime, "certain");
        let split = [reading(Stance::Firm, "..", "[2020-12..]")];
        check(&split, as_of("2021"), "possible: undated");
        let born = [reading(Stance::Firm, "[2012..]", "[2012..]")];
        check(&born, as_of("2013"), "possible: undated");
        check(&born, as_of("2011"), "no");
    }

    #[test]
    fn weak_claims_make_possible_and_never_certain() {
        for (stance, word) in [
            (Stance::Alleged, "alleged"),
            (Stance::Doubted, "doubted"),
            (Stance::Expected, "expected"),
            (Stance::Inferred, "inferred"),
        ] {
            let weak = reading(stance, "2012", "2015");
            check(&[weak], as_of("2013"), &format!("possible: {word}"));
            check(&[weak], Question::AtSomeTime, &format!("possible: {word}"));
            check(&[weak, reading(Stance::Firm, "2013", "2015")], as_of("2014"), "certain");
        }
        // Nor do they say no.
        let short = reading(Stance::Alleged, "2012", "2013");
        check(&[short, reading(Stance::Firm, "2012", "2015")], as_of("2014"), "certain");
    }

    #[test]
    fn claims_that_say_both_dispute_an_edge() {
        let claims = [reading(Stance::Firm, "2012", "2015"), reading(Stance::Firm, "2012", "2013")];
        check(&claims, as_of("2014"), "disputed: by another claim only 2012..2013");
        check(&claims, as_of("2012"), "certain");
        check(&claims, as_of("2016"), "no");
        check(&claims, Question::AtSomeTime, "certain");
    }

    #[test]
    fn a_denial_counts_in_its_own_period() {
        let denial = reading(Stance::Denied, "2013-01-01", "2013-12-31");
        let claim = reading(Stance::Firm, "2012", "2015");
        check(&[claim, denial], as_of("2013-05"), "disputed: denied for 2013");
        check(&[claim, denial], as_of("2014-05"), "certain");
        check(&[denial], as_of("2013"), "no");
        check(&[denial], Question::AtSomeTime, "no");
        check(&[reading(Stance::Firm, "..", ".."), denial], as_of("2013"), "possible: undated");
        let ours = Reading { stance: Stance::InferredDenial, ..denial };
        check(&[claim, ours], as_of("2013-05"), "certain");
    }

    #[test]
    fn at_some_time_a_denial_counts_where_it_leaves_no_room() {
        let denied_in_2013 = reading(Stance::Denied, "2013-01-01", "2013-12-31");
        check(&[reading(Stance::Firm, "2012", "2015"), denied_in_2013], Question::AtSomeTime, "certain");
        check(&[reading(Stance::Firm, "2012", "2012"), denied_in_2013], Question::AtSomeTime, "certain");
        let denied_long = reading(Stance::Denied, "2012-01-01", "2015-12-31");
        check(
            &[reading(Stance::Firm, "2012", "2015"), denied_long],
            Question::AtSomeTime,
            "disputed: denied for 2012..2015",
        );
        check(
            &[reading(Stance::Firm, "2013", "2013"), denied_in_2013],
            Question::AtSomeTime,
            "disputed: denied for 2013",
        );
        check(&[reading(Stance::Firm, "..", ".."), denied_in_2013], Question::AtSomeTime, "disputed: denied for 2013");
    }

    #[test]
    fn words_and_numbers_stand_for_what_they_stood_for() {
        for standing in [Standing::Certain, Standing::Disputed, Standing::Possible] {
            assert_eq!(standing.word().and_then(Standing::from_word), Some(standing));
        }
        for stance in Stance::ALL {
            assert_eq!(Stance::from_number(stance.number()), Some(stance));
        }
    }
}
