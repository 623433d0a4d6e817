//! From the dates of a claim to its bounds: the rules of MODEL.md, "Dates, and when an edge holds".
//!
//! This looks at one claim alone; that its wording keeps it from being certain is the business of `standing`.
//!
//! Where the rules leave a choice, it is made here:
//! - A date of publication is read as early as it can be, but not earlier than what the claim itself reports: a source
//!   of 2013 that tells of an end in June 2013 was published in June or later.
//! - A lasting event without an end is in force up to its source's date for certain and without end possibly. Lifetimes
//!   do not end it: a group that is gone has still split from its parent.
//! - An interval that carries `on` is taken as observed then.
//! - The readings of a date with gaps (`[2012,2014]`) are taken from the first to the last.

use thiserror::Error;

use super::{Bounds, Day, Edtf, Period, TimeClass};

/// When an end of a relation can have existed: from the earliest start to the latest end of its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// The first day on which it can have existed.
    pub earliest_start: Day,
    /// The last.
    pub latest_end: Day,
}

impl Default for Lifetime {
    /// Nothing known.
    fn default() -> Self {
        Self { earliest_start: Day::MIN, latest_end: Day::MAX }
    }
}

/// All that bounds one claim.
#[derive(Clone, Copy, Debug)]
pub struct ClaimDates<'d> {
    /// The time class of its relation type.
    pub class: TimeClass,
    /// Its start.
    pub from: Option<&'d Edtf>,
    /// Its end; `..` for "not ended".
    pub to: Option<&'d Edtf>,
    /// The date of an event.
    pub on: Option<&'d Edtf>,
    /// When it was seen to hold; may be an extent.
    pub observed: Option<&'d Edtf>,
    /// The date of its source.
    pub published: Option<&'d Edtf>,
    /// Whether the source speaks of the future, so that the dates may lie past its own.
    pub is_expected: bool,
    /// The life of its subject.
    pub subject: Lifetime,
    /// The life of its object.
    pub object: Lifetime,
}

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
    fn raise(&mut self, other: Self) {
        if other.day > self.day {
            *self = other;
        }
    }

    fn lower(&mut self, other: Self) {
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

impl<'d> ClaimDates<'d> {
    /// A claim without any date.
    #[must_use]
    pub fn undated(class: TimeClass) -> Self {
        Self {
            class,
            from: None,
            to: None,
            on: None,
            observed: None,
            published: None,
            is_expected: false,
            subject: Lifetime::default(),
            object: Lifetime::default(),
        }
    }

    /// The bounds of a claim that asserts. They are tight.
    ///
    /// # Errors
    /// If two of the dates exclude each other; the error names them.
    pub fn bounds(&self) -> Result<Bounds, CrossedBounds> {
        self.check_publication()?;
        let mut limits = match self.class {
            TimeClass::Timeless => return Ok(Bounds::TIMELESS),
            TimeClass::Interval => self.interval(),
            TimeClass::LastingEvent => self.lasting_event(),
            TimeClass::MomentaryEvent | TimeClass::EventDate => self.momentary_event(),
        };
        for (life, field) in [(self.subject, DateField::SubjectLife), (self.object, DateField::ObjectLife)] {
            limits.s1.raise(Limit { day: life.earliest_start, field });
            if self.class != TimeClass::LastingEvent {
                limits.e2.lower(Limit { day: life.latest_end, field });
            }
        }
        limits.tighten()
    }

    /// The bounds of a claim that denies: the whole period that the denial may mean, without a doubt about it. It
    /// counts in its own period up to its source's date; without one, in its source's date; without either, always.
    #[must_use]
    pub fn denied_bounds(&self) -> Bounds {
        let published = self.published.map(Edtf::period);
        let own = match (self.start().or(self.on), self.end(), self.observed) {
            (None, None, None) => return Bounds::exactly(published.unwrap_or(Period::ALL)),
            (None, None, Some(observed)) => observed.period(),
            (Some(start), None, _) if self.class.is_momentary() => start.period(),
            (start, end, _) => {
                let first = start.map_or(Day::MIN, Edtf::earliest);
                let until_published = published.map_or(Day::MAX, |period| period.last.max(first));
                Period { first, last: end.map_or(until_published, Edtf::latest).max(first) }
            }
        };
        Bounds::exactly(own)
    }

    fn start(&self) -> Option<&'d Edtf> {
        if self.class == TimeClass::Interval { self.from } else { self.on.or(self.from) }
    }

    /// The end, if it has one.
    fn end(&self) -> Option<&'d Edtf> {
        self.to.filter(|end| !end.is_open_end())
    }

    fn start_field(&self) -> DateField {
        if self.class != TimeClass::Interval && self.on.is_some() { DateField::On } else { DateField::From }
    }

    /// A source does not tell of what begins after it, unless it speaks of the future.
    fn check_publication(&self) -> Result<(), CrossedBounds> {
        let Some(published) = self.published.filter(|_| !self.is_expected) else { return Ok(()) };
        let not_after = Limit { day: published.latest(), field: DateField::Published };
        let told = [(self.start(), self.start_field()), (self.observed, DateField::Observed)];
        for (date, field) in told {
            let Some(date) = date else { continue };
            let not_before = Limit { day: date.earliest(), field };
            if not_before.day > not_after.day && self.class != TimeClass::Timeless {
                return Err(CrossedBounds { not_before, not_after });
            }
        }
        Ok(())
    }

    /// The earliest day on which the source can have been published, given what it tells.
    fn published_by(&self) -> Option<Limit> {
        let published = self.published?;
        let told = [self.start(), self.end(), self.observed];
        let told = told.into_iter().flatten().map(Edtf::earliest).filter(|day| *day <= published.latest());
        let day = told.fold(published.earliest(), Day::max);
        Some(Limit { day, field: DateField::Published })
    }

    fn interval(&self) -> Limits {
        let mut limits = Limits::BLANK;
        limits.start_in(self.from, DateField::From);
        self.end_of(&mut limits);
        limits.holds_in(self.on, DateField::On);
        limits.holds_in(self.observed, DateField::Observed);
        self.cap(&mut limits);
        limits
    }

    fn lasting_event(&self) -> Limits {
        let mut limits = Limits::BLANK;
        limits.start_in(self.start(), self.start_field());
        match self.to {
            Some(_) => self.end_of(&mut limits),
            None => limits.e1 = self.published_by().unwrap_or(limits.e1),
        }
        limits.holds_in(self.observed, DateField::Observed);
        self.cap(&mut limits);
        limits
    }

    /// Start and end are one day, so that what bounds the one bounds the other; the cap by the source's date has
    /// nothing to cut.
    fn momentary_event(&self) -> Limits {
        let mut limits = Limits::BLANK;
        limits.start_in(self.start(), self.start_field());
        if self.end().is_some() {
            self.end_of(&mut limits);
            limits.holds_in(self.observed, DateField::Observed);
            self.cap(&mut limits);
            return limits;
        }
        if let Some(observed) = self.observed {
            limits.s1.raise(Limit { day: observed.earliest(), field: DateField::Observed });
            limits.s2.lower(Limit { day: observed.latest(), field: DateField::Observed });
        }
        Limits { e1: limits.s1, e2: limits.s2, ..limits }
    }

    fn end_of(&self, limits: &mut Limits) {
        match self.to {
            None => {}
            Some(end) if end.is_open_end() => {
                let observed = self.observed.map(|date| Limit { day: date.earliest(), field: DateField::Observed });
                limits.e1 = observed.or_else(|| self.published_by()).unwrap_or(limits.e1);
            }
            Some(end) => {
                limits.e1 = Limit { day: end.earliest(), field: DateField::To };
                limits.e2 = Limit { day: end.latest(), field: DateField::To };
            }
        }
    }

    /// No claim is certain past its source's date.
    fn cap(&self, limits: &mut Limits) {
        if let Some(published) = self.published_by() {
            limits.e1.lower(published);
        }
    }
}

/// Bounds in the making: each limit with what says so.
#[derive(Clone, Copy)]
struct Limits {
    s1: Limit,
    s2: Limit,
    e1: Limit,
    e2: Limit,
}

impl Limits {
    const BLANK: Self = {
        let never = Limit { day: Day::MIN, field: DateField::Blank };
        let ever = Limit { day: Day::MAX, field: DateField::Blank };
        Self { s1: never, s2: ever, e1: never, e2: ever }
    };

    fn start_in(&mut self, date: Option<&Edtf>, field: DateField) {
        if let Some(date) = date {
            self.s1.raise(Limit { day: date.earliest(), field });
            self.s2.lower(Limit { day: date.latest(), field });
        }
    }

    /// It holds on some day of the date: it starts by then, and does not end before.
    fn holds_in(&mut self, date: Option<&Edtf>, field: DateField) {
        if let Some(date) = date {
            self.s2.lower(Limit { day: date.latest(), field });
            self.e1.raise(Limit { day: date.earliest(), field });
        }
    }

    fn tighten(mut self) -> Result<Bounds, CrossedBounds> {
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
