//! Bounds in the making, each limit with the field that says so, so that crossed bounds can be told in its words.

use thiserror::Error;

use super::{Bounds, Day, Edtf};

/// Where a limit of a start or an end comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateField {
    /// Nowhere: it is unbounded.
    Blank,
    /// `from`.
    From,
    /// `to`.
    To,
    /// `on`.
    On,
    /// `observed`.
    Observed,
    /// The date of the source.
    Published,
    /// The life of the subject.
    SubjectLife,
    /// The life of the object.
    ObjectLife,
}

impl DateField {
    /// As it is called in messages.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Blank => "no date",
            Self::From => "`from`",
            Self::To => "`to`",
            Self::On => "`on`",
            Self::Observed => "`observed`",
            Self::Published => "the source's date",
            Self::SubjectLife => "the subject's lifetime",
            Self::ObjectLife => "the object's lifetime",
        }
    }
}

/// A day that a start or an end cannot pass, and what says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The day.
    pub day: Day,
    /// What says so.
    pub field: DateField,
}

impl Limit {
    pub(super) fn raise(&mut self, other: Self) {
        if other.day > self.day {
            *self = other;
        }
    }

    pub(super) fn lower(&mut self, other: Self) {
        if other.day < self.day {
            *self = other;
        }
    }
}

/// Two dates of a claim, its source or its ends that cannot both be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not before {} by {}, yet not after {} by {}", .not_before.day, .not_before.field.words(), .not_after.day, .not_after.field.words())]
pub struct CrossedBounds {
    /// The later limit, which it cannot come before.
    pub not_before: Limit,
    /// The earlier limit, which it cannot come after.
    pub not_after: Limit,
}

impl CrossedBounds {
    /// Whether a lifetime takes part, so that other claims are in question too: with unbounded lifetimes the claim
    /// may have bounds.
    #[must_use]
    pub fn is_by_lifetime(self) -> bool {
        let is_life = |limit: Limit| matches!(limit.field, DateField::SubjectLife | DateField::ObjectLife);
        is_life(self.not_before) || is_life(self.not_after)
    }
}

/// Bounds in the making: each limit with what says so.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub(super) s1: Limit,
    pub(super) s2: Limit,
    pub(super) e1: Limit,
    pub(super) e2: Limit,
}

impl Limits {
    pub(super) const BLANK: Self = {
        let never = Limit { day: Day::MIN, field: DateField::Blank };
        let ever = Limit { day: Day::MAX, field: DateField::Blank };
        Self { s1: never, s2: ever, e1: never, e2: ever }
    };

    pub(super) fn start_in(&mut self, date: Option<&Edtf>, field: DateField) {
        if let Some(date) = date {
            self.s1.raise(Limit { day: date.earliest(), field });
            self.s2.lower(Limit { day: date.latest(), field });
        }
    }

    /// It holds on some day of the date: it starts by then, and does not end before.
    pub(super) fn holds_in(&mut self, date: Option<&Edtf>, field: DateField) {
        if let Some(date) = date {
            self.s2.lower(Limit { day: date.latest(), field });
            self.e1.raise(Limit { day: date.earliest(), field });
        }
    }

    pub(super) fn tighten(mut self) -> Result<Bounds, CrossedBounds> {
        self.s2.lower(self.e2);
        self.e1.raise(self.s1);
        for (not_before, not_after) in [(self.s1, self.s2), (self.e1, self.e2)] {
            if not_before.day > not_after.day {
                return Err(CrossedBounds { not_before, not_after });
            }
        }
        Ok(Bounds { s1: self.s1.day, s2: self.s2.day, e1: self.e1.day, e2: self.e2.day })
    }
}
