//! Why an edge is not certain, in a few words for the column beside `certainty`.

use std::fmt;

use super::{Bounds, Day, EdgeTime, Period, Question, Reading, Stance, Standing, TimeClass, Verdict};

/// Why an edge is only possible, or disputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// The period asked about touches the time within which it started, ended or happened.
    WithinBounds(Period),
    /// It was seen then; how long before and after is not said.
    OnlySeenIn(Period),
    /// It was in force until then; whether longer is not said, or not known by then.
    NotKnownPast(Day),
    /// Nothing bounds it in time.
    Undated,
    /// Only alleged.
    Alleged,
    /// Only mentioned as doubtful.
    Doubted,
    /// Only expected.
    Expected,
    /// Inferred by us.
    Inferred,
    /// A live claim denies it, for that period.
    Denied(Period),
    /// The dates of a live claim exclude it: it holds, by that claim, within that period only.
    Contradicted(Period),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WithinBounds(period) => write!(f, "within bounds of {period}"),
            Self::OnlySeenIn(period) => write!(f, "only seen in {period}"),
            Self::NotKnownPast(day) => write!(f, "not known past {day}"),
            Self::Undated => f.write_str("undated"),
            Self::Alleged => f.write_str("alleged"),
            Self::Doubted => f.write_str("doubted"),
            Self::Expected => f.write_str("expected"),
            Self::Inferred => f.write_str("inferred"),
            Self::Denied(period) if *period == Period::ALL => f.write_str("denied"),
            Self::Denied(period) => write!(f, "denied for {period}"),
            Self::Contradicted(period) => write!(f, "by another claim only {period}"),
        }
    }
}

impl EdgeTime<'_> {
    /// Why the edge stands as it does; `None` if it is certain, or not matched.
    #[must_use]
    pub fn why(&self, question: Question) -> Option<Why> {
        match self.window.only_reading() {
            Some(reading) => Why::of(&[reading], question, self.class),
            None => Why::of(self.readings, question, self.class),
        }
    }
}

impl Why {
    /// Why an edge with these readings stands as it does; `None` if it is certain, or not matched.
    #[must_use]
    pub fn of(readings: &[Reading], question: Question, class: TimeClass) -> Option<Self> {
        match Standing::combine(readings, question, class) {
            Standing::Certain | Standing::No => None,
            Standing::Disputed => readings.iter().find_map(|reading| reading.why_not(question, class)),
            Standing::Possible => {
                let matching = readings.iter().filter(|reading| reading.matches(question, class));
                // A firm claim explains more than a weak one, and a dated one more than an undated one.
                let strongest = matching.min_by_key(|reading| (reading.stance, reading.bounds.is_undated()))?;
                Some(strongest.why_possible(question, class))
            }
        }
    }
}

impl Reading {
    /// What it sets against the others.
    fn why_not(self, question: Question, class: TimeClass) -> Option<Why> {
        let hull = self.bounds.hull();
        match self.stance {
            Stance::Denied => hull.overlaps(question.period()).then_some(Why::Denied(hull)),
            Stance::Firm => (self.bounds.verdict(question, class) == Verdict::No).then_some(Why::Contradicted(hull)),
            _ => None,
        }
    }

    fn why_possible(self, question: Question, class: TimeClass) -> Why {
        match self.stance {
            Stance::Alleged => Why::Alleged,
            Stance::Doubted => Why::Doubted,
            Stance::Expected => Why::Expected,
            Stance::Inferred => Why::Inferred,
            Stance::Firm | Stance::Denied | Stance::InferredDenial => self.bounds.why_possible(question, class),
        }
    }
}

impl Bounds {
    /// Why bounds leave a question open.
    fn why_possible(self, question: Question, class: TimeClass) -> Why {
        if self.is_undated() {
            return Why::Undated;
        }
        if class.is_momentary() {
            return Why::WithinBounds(self.hull());
        }
        if let Some(seen) = self.sighting() {
            return Why::OnlySeenIn(seen);
        }
        let asked = question.period();
        let start_is_open = match question {
            Question::Throughout(_) => self.s2 > asked.first,
            Question::During(_) if class == TimeClass::LastingEvent => true,
            _ => self.s2 > asked.last,
        };
        if start_is_open {
            Why::WithinBounds(self.starts())
        } else if self.e2 != Day::MAX {
            Why::WithinBounds(self.ends())
        } else if self.e1 > self.s2 {
            Why::NotKnownPast(self.e1)
        } else {
            Why::OnlySeenIn(self.starts())
        }
    }

    /// The days on some of which it was in force, where it is open on either side how far beyond them it reaches.
    fn sighting(self) -> Option<Period> {
        Period::new(self.e1, self.s2).filter(|seen| self.s1 < seen.first && seen.last < self.e2)
    }
}
