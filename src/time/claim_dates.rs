//! From the dates of a claim to its bounds: the rules of MODEL.md, "Dates, and when an edge holds".
//!
//! This looks at one claim alone; that its wording keeps it from being certain is the business of `standing`.
//!
//! Where the rules leave a choice, it is made here:
//! - A date of publication is read as early as it can be, but not earlier than what the claim itself reports: a source
//!   of 2013 that tells of an end in June 2013 was published in June or later.
//! - A lasting event without an end is in force up to its source's date for certain and without end possibly. Lifetimes
//!   do not end it: a group that is gone has still split from its parent.
//! - A momentary event with a `to` happened on some day from its start to that.
//! - An interval that carries `on` is taken as observed then.
//! - The readings of a date with gaps (`[2012,2014]`) are taken from the first to the last.

use super::limits::{CrossedBounds, DateField, Limit, Limits};
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

impl Lifetime {
    /// From all dates that live claims give for its start (founded, born, began) and its end (dissolved, died, ended):
    /// as long as any of them allows.
    #[must_use]
    pub fn of<'d>(starts: impl IntoIterator<Item = &'d Edtf>, ends: impl IntoIterator<Item = &'d Edtf>) -> Self {
        let earliest_start = starts.into_iter().map(Edtf::earliest).min().unwrap_or(Day::MIN);
        let latest_end = ends.into_iter().map(Edtf::latest).max().unwrap_or(Day::MAX);
        Self { earliest_start, latest_end }
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
        let own = match (self.start(), self.end(), self.on.or(self.observed)) {
            (None, None, None) => published.unwrap_or(Period::ALL),
            (None, None, Some(seen)) => seen.period(),
            (Some(start), None, _) if self.class.is_momentary() => start.period(),
            (start, end, _) => {
                let first = start.map_or(Day::MIN, Edtf::earliest);
                let until_published = published.map_or(Day::MAX, |period| period.last);
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
        if let Some(end) = self.end() {
            limits.s2 = Limit { day: end.latest(), field: DateField::To };
        }
        limits.start_in(self.observed, DateField::Observed);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A claim in the words of a knowledge-base file.
    #[derive(Default)]
    struct Written<'t> {
        from: &'t str,
        to: &'t str,
        on: &'t str,
        observed: &'t str,
        published: &'t str,
        is_expected: bool,
        life: Lifetime,
    }

    impl Written<'_> {
        /// The bounds of the claim, and of its denial.
        fn read(&self, class: TimeClass) -> (Result<Bounds, CrossedBounds>, Bounds) {
            let read = |text: &str| (!text.is_empty()).then(|| Edtf::parse(text).expect("the tests write dates"));
            let [from, to, on, observed, published] =
                [self.from, self.to, self.on, self.observed, self.published].map(read);
            let claim = ClaimDates {
                from: from.as_ref(),
                to: to.as_ref(),
                on: on.as_ref(),
                observed: observed.as_ref(),
                published: published.as_ref(),
                is_expected: self.is_expected,
                subject: self.life,
                ..ClaimDates::undated(class)
            };
            (claim.bounds(), claim.denied_bounds())
        }

        /// The bounds as "start | end".
        fn check(&self, class: TimeClass, expected: &str) {
            let shown = match self.read(class).0 {
                Ok(bounds) => format!("{} | {}", bounds.starts(), bounds.ends()),
                Err(crossed) => crossed.to_string(),
            };
            assert_eq!(shown, expected);
        }

        fn check_denial(&self, class: TimeClass, expected: &str) {
            assert_eq!(self.read(class).1.hull().to_string(), expected);
        }
    }

    fn life(text: &str) -> Lifetime {
        let date = Edtf::parse(text).expect("the tests write dates");
        Lifetime::of([&date], [&date])
    }

    const INTERVAL: TimeClass = TimeClass::Interval;
    const LASTING: TimeClass = TimeClass::LastingEvent;
    const MOMENTARY: TimeClass = TimeClass::MomentaryEvent;

    #[test]
    fn an_interval_has_the_bounds_of_its_dates() {
        Written::default().check(INTERVAL, ".. | ..");
        Written { from: "2012", to: "2015", ..Written::default() }.check(INTERVAL, "2012 | 2015");
        Written { from: "2012~", to: "[2014..2015]", ..Written::default() }.check(INTERVAL, "2011..2013 | 2014..2015");
        Written { from: "../2012-07", ..Written::default() }.check(INTERVAL, "..2012-07 | ..");
        Written { to: "2012", ..Written::default() }.check(INTERVAL, "..2012 | 2012");
    }

    #[test]
    fn a_blank_end_is_not_before_the_start() {
        Written { from: "2012", ..Written::default() }.check(INTERVAL, "2012 | 2012..");
        Written { from: "2012", to: "2012-07", ..Written::default() }.check(INTERVAL, "2012-01..2012-07 | 2012-07");
    }

    #[test]
    fn an_open_end_is_known_to_the_date_observed_or_else_published() {
        let open = || Written { from: "2012", to: "..", ..Written::default() };
        Written { published: "2020-12", ..open() }.check(INTERVAL, "2012 | 2020-12..");
        Written { published: "2020-12", observed: "2019", ..open() }.check(INTERVAL, "2012 | 2019..");
        open().check(INTERVAL, "2012 | 2012..");
    }

    #[test]
    fn what_was_observed_had_begun_and_had_not_ended() {
        let seen = Written { observed: "2012-07", published: "2020", ..Written::default() };
        seen.check(INTERVAL, "..2012-07 | 2012-07..");
        Written { observed: "2012/2014", ..Written::default() }.check(INTERVAL, "..2014 | 2012..");
        Written { on: "2012-07", ..Written::default() }.check(INTERVAL, "..2012-07 | 2012-07..");
        Written { from: "2011", observed: "2012", ..Written::default() }.check(INTERVAL, "2011 | 2012..");
    }

    #[test]
    fn no_end_is_certain_past_the_sources_date() {
        let planned = Written { from: "2012", to: "2025", published: "2020-12", ..Written::default() };
        planned.check(INTERVAL, "2012 | 2020-12..2025-12");
        // A source of 2013 that tells of June 2013 came out in June or later.
        let told = Written { from: "2012", to: "2013-06", published: "2013", ..Written::default() };
        told.check(INTERVAL, "2012 | 2013-06");
        let seen = Written { observed: "2013-06", published: "2013", ..Written::default() };
        seen.check(INTERVAL, "..2013-06 | 2013-06..");
    }

    #[test]
    fn a_lasting_event_is_in_force_up_to_its_sources_date() {
        let split = || Written { on: "2011-12", published: "2020-12", ..Written::default() };
        split().check(LASTING, "2011-12 | 2020-12..");
        Written { life: life("[2011-10..2013-08]"), ..split() }.check(LASTING, "2011-12 | 2020-12..");
        Written { on: "", from: "2011-12", to: "2013", ..split() }.check(LASTING, "2011-12 | 2013");
        Written { published: "", ..split() }.check(LASTING, "2011-12 | 2011-12..");
    }

    #[test]
    fn a_momentary_event_starts_and_ends_on_its_date() {
        Written { on: "2012", published: "2012-03", ..Written::default() }.check(MOMENTARY, "2012 | 2012");
        Written { observed: "2012-07", ..Written::default() }.check(MOMENTARY, "2012-07 | 2012-07");
        Written { on: "2012-03", to: "2012-05", ..Written::default() }
            .check(MOMENTARY, "2012-03..2012-05 | 2012-03..2012-05");
        Written { on: "2012", life: life("[2012-03..2012-08]"), ..Written::default() }
            .check(MOMENTARY, "2012-03..2012-08 | 2012-03..2012-08");
        assert_eq!(Written::default().read(TimeClass::Timeless).0, Ok(Bounds::TIMELESS));
    }

    #[test]
    fn lifetimes_clip_the_earliest_start_and_the_latest_end() {
        let alive = || Written { life: life("[2011-10..2013-08]"), ..Written::default() };
        alive().check(INTERVAL, "2011-10..2013-08 | 2011-10..2013-08");
        Written { from: "2012", ..alive() }.check(INTERVAL, "2012 | 2012-01..2013-08");
    }

    #[test]
    fn crossed_dates_are_named() {
        Written { from: "2014", to: "2013", ..Written::default() }
            .check(INTERVAL, "not before 2014-01-01 by `from`, yet not after 2013-12-31 by `to`");
        Written { from: "2014", observed: "2013", ..Written::default() }
            .check(INTERVAL, "not before 2014-01-01 by `from`, yet not after 2013-12-31 by `observed`");
        Written { to: "2013", observed: "2014", ..Written::default() }
            .check(INTERVAL, "not before 2014-01-01 by `observed`, yet not after 2013-12-31 by `to`");
        Written { from: "2014", life: life("[2011..2013]"), ..Written::default() }
            .check(INTERVAL, "not before 2014-01-01 by `from`, yet not after 2013-12-31 by the subject's lifetime");
        Written { on: "2014", published: "2013", ..Written::default() }
            .check(LASTING, "not before 2014-01-01 by `on`, yet not after 2013-12-31 by the source's date");
    }

    #[test]
    fn what_is_expected_may_begin_after_its_source() {
        let vote = Written { on: "2014", published: "2013", is_expected: true, ..Written::default() };
        vote.check(LASTING, "2014 | 2014..");
    }

    #[test]
    fn a_denial_counts_in_its_own_period_or_else_in_its_sources_date() {
        let denial = || Written { published: "2020-12", ..Written::default() };
        denial().check_denial(INTERVAL, "2020-12");
        Written::default().check_denial(INTERVAL, "..");
        Written { observed: "2012", ..denial() }.check_denial(INTERVAL, "2012");
        Written { from: "2012", to: "2014", ..denial() }.check_denial(INTERVAL, "2012..2014");
        Written { from: "2012", ..denial() }.check_denial(INTERVAL, "2012..2020");
        Written { on: "2012-07", ..denial() }.check_denial(MOMENTARY, "2012-07");
        Written { on: "2012-07", ..denial() }.check_denial(LASTING, "2012-07..2020-12");
    }
}
