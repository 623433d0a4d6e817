//! The date rules against the enumeration of all readings, on few days.

use proptest::prelude::*;

use super::*;

/// The days of these tests: few enough to try every start with every end.
const DAYS: std::ops::RangeInclusive<i32> = 0..=9;

/// A start and an end.
type Spell = (i32, i32);

fn spells() -> impl Iterator<Item = Spell> {
    DAYS.flat_map(|start| (start..=*DAYS.end()).map(move |end| (start, end)))
}

/// What all spells say of a question about one spell.
fn unanimous(spells: &[Spell], holds: impl Fn(Spell) -> bool) -> Verdict {
    match (spells.iter().any(|spell| holds(*spell)), spells.iter().all(|spell| holds(*spell))) {
        (_, true) => Verdict::Certain,
        (true, false) => Verdict::Possible,
        (false, _) => Verdict::No,
    }
}

fn answer(question: Question, class: TimeClass, (start, end): Spell) -> bool {
    let Period { first, last } = question.period();
    match question {
        Question::AtSomeTime => true,
        Question::During(_) if class == TimeClass::LastingEvent => first.0 <= start && start <= last.0,
        Question::AsOf(_) | Question::During(_) => start <= last.0 && end >= first.0,
        Question::Throughout(_) => start <= first.0 && end >= last.0,
    }
}

fn any_day() -> impl Strategy<Value = Day> {
    DAYS.prop_map(Day)
}

fn any_period() -> impl Strategy<Value = Period> {
    (any_day(), any_day()).prop_map(|(a, b)| Period { first: a.min(b), last: a.max(b) })
}

fn any_question() -> impl Strategy<Value = Question> {
    (any_period(), 0..4).prop_map(|(period, mode)| match mode {
        0 => Question::AtSomeTime,
        1 => Question::AsOf(period),
        2 => Question::During(period),
        _ => Question::Throughout(period),
    })
}

fn any_class() -> impl Strategy<Value = TimeClass> {
    prop_oneof![Just(TimeClass::Interval), Just(TimeClass::LastingEvent), Just(TimeClass::MomentaryEvent)]
}

/// A relation of some class, and bounds that it may have.
fn any_classed_bounds() -> impl Strategy<Value = (TimeClass, Bounds)> {
    (any_class(), any_bounds()).prop_map(|(class, bounds)| (class, as_one_day(class, bounds)))
}

/// A momentary event starts when it ends.
fn as_one_day(class: TimeClass, bounds: Bounds) -> Bounds {
    if class.is_momentary() { Bounds { e1: bounds.s1, e2: bounds.s2, ..bounds } } else { bounds }
}

fn any_bounds() -> impl Strategy<Value = Bounds> {
    (any_period(), any_period()).prop_filter_map("no reading", |(starts, ends)| {
        Bounds { s1: starts.first, s2: starts.last, e1: ends.first, e2: ends.last }.tightened()
    })
}

/// A date that may mean the days of a period, written in full.
fn date(period: Period) -> Edtf {
    Edtf::of_period(period).expect("the days have names")
}

/// The dates of a claim, owned.
#[derive(Clone, Debug)]
struct Dates {
    class: TimeClass,
    start: Option<Period>,
    end: Option<Period>,
    observed: Option<Period>,
    published: Option<Period>,
    lives: [Lifetime; 2],
}

fn any_life() -> impl Strategy<Value = Lifetime> {
    prop_oneof![
        2 => Just(Lifetime::default()),
        1 => any_period().prop_map(|period| Lifetime { earliest_start: period.first, latest_end: period.last }),
    ]
}

fn any_dates() -> impl Strategy<Value = Dates> {
    let perhaps = || proptest::option::of(any_period());
    (any_class(), perhaps(), perhaps(), perhaps(), perhaps(), [any_life(), any_life()]).prop_map(
        |(class, start, end, observed, published, lives)| {
            let end = end.filter(|_| class == TimeClass::Interval);
            Dates { class, start, end, observed, published, lives }
        },
    )
}

impl Dates {
    fn bounds(&self) -> Result<Bounds, CrossedBounds> {
        let [start, end, observed, published] =
            [self.start, self.end, self.observed, self.published].map(|period| period.map(date));
        let claim = ClaimDates {
            from: start.as_ref(),
            to: end.as_ref(),
            observed: observed.as_ref(),
            published: published.as_ref(),
            is_expected: true,
            subject: self.lives[0],
            object: self.lives[1],
            ..ClaimDates::undated(self.class)
        };
        claim.bounds()
    }

    /// Whether the claim would be true of a relation with that start and end.
    fn allows(&self, (start, end): Spell) -> bool {
        let within = |period: Option<Period>, day: i32| period.is_none_or(|period| period.contains(Day(day)));
        let is_seen = self.observed.is_none_or(|seen| start <= seen.last.0 && end >= seen.first.0);
        let outlives = self.class == TimeClass::LastingEvent;
        let is_alive = |life: &Lifetime| Day(start) >= life.earliest_start && (outlives || Day(end) <= life.latest_end);
        within(self.start, start)
            && within(self.end, end)
            && is_seen
            && self.lives.iter().all(is_alive)
            && (!self.class.is_momentary() || start == end)
    }

    fn spells(&self) -> Vec<Spell> {
        spells().filter(|spell| self.allows(*spell)).collect()
    }

    /// The same claim with one of its dates narrowed, or given where it was blank.
    fn narrowed(&self, which: usize, to: Period) -> Self {
        let mut narrow = self.clone();
        let field = match which {
            0 => &mut narrow.start,
            1 => &mut narrow.observed,
            2 if self.class == TimeClass::Interval => &mut narrow.end,
            _ => &mut narrow.published,
        };
        let within = field.map_or(Some(to), |old| Period::new(old.first.max(to.first), old.last.min(to.last)));
        *field = within.or(*field);
        narrow
    }
}

fn stance() -> impl Strategy<Value = Stance> {
    prop_oneof![
        4 => Just(Stance::Firm),
        1 => Just(Stance::Alleged),
        1 => Just(Stance::Inferred),
        1 => Just(Stance::Denied),
        1 => Just(Stance::InferredDenial),
    ]
}

/// An edge of some class, and what its live claims say.
fn any_edge() -> impl Strategy<Value = (TimeClass, Vec<Reading>)> {
    let claims = proptest::collection::vec((any_bounds(), stance()), 1..4);
    (any_class(), claims).prop_map(|(class, claims)| {
        let reading = |(bounds, stance)| Reading { bounds: as_one_day(class, bounds), stance };
        (class, claims.into_iter().map(reading).collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn verdicts_agree_with_all_readings_of_bounds(
        (class, bounds) in any_classed_bounds(), question in any_question(),
    ) {
        let readings: Vec<Spell> = spells()
            .filter(|(start, end)| bounds.starts().contains(Day(*start)) && bounds.ends().contains(Day(*end)))
            .filter(|(start, end)| !class.is_momentary() || start == end)
            .collect();
        prop_assert_eq!(bounds.verdict(question, class), unanimous(&readings, |spell| answer(question, class, spell)));
    }

    #[test]
    fn claims_answer_as_all_spells_that_they_allow(dates in any_dates(), question in any_question()) {
        // Publication is about what a source can know, not about when the relation held: it has tests of its own.
        let dates = Dates { published: None, ..dates };
        let spells = dates.spells();
        match dates.bounds() {
            Err(_) => prop_assert!(spells.is_empty(), "crossed, yet {:?}", spells),
            Ok(bounds) => {
                prop_assert!(bounds.is_tight());
                let expected = unanimous(&spells, |spell| answer(question, dates.class, spell));
                prop_assert!(!spells.is_empty());
                if question != Question::AtSomeTime && !asks_of_the_edge_of_time(question) {
                    prop_assert_eq!(bounds.verdict(question, dates.class), expected);
                }
            }
        }
    }

    #[test]
    fn a_source_is_never_certain_past_its_date(dates in any_dates(), asked in any_period()) {
        let (Ok(bounds), Some(published)) = (dates.bounds(), dates.published) else { return Ok(()) };
        // What it reports, it was published after, unless that lies surely past it.
        let reported = [dates.start, dates.end, dates.observed].into_iter().flatten().map(|period| period.first);
        let latest = reported.filter(|day| *day <= published.last).fold(published.first, Day::max).max(bounds.s1);
        if asked.first > latest && !dates.class.is_momentary() {
            prop_assert_ne!(bounds.overlaps(asked), Verdict::Certain);
        }
    }

    #[test]
    fn narrowing_a_date_never_turns_certain_into_no_or_no_into_certain(
        dates in any_dates(), which in 0_usize..4, to in any_period(), question in any_question(),
    ) {
        let narrow = dates.narrowed(which, to);
        if let (Ok(before), Ok(after)) = (dates.bounds(), narrow.bounds()) {
            let (before, after) = (before.verdict(question, dates.class), after.verdict(question, dates.class));
            match before {
                Verdict::Certain => prop_assert_ne!(after, Verdict::No),
                Verdict::No => prop_assert_eq!(after, Verdict::No),
                Verdict::Possible => {}
            }
        }
    }

    #[test]
    fn narrowing_bounds_keeps_what_was_sure(
        (class, wide) in any_classed_bounds(), other in any_bounds(), question in any_question(),
    ) {
        if let Some(narrow) = wide.shared(as_one_day(class, other)) {
            prop_assert!(narrow.is_narrower_than(wide) && narrow.is_tight());
            let before = wide.verdict(question, class);
            prop_assert!(before == Verdict::Possible || before == narrow.verdict(question, class));
        }
    }

    #[test]
    fn bounds_share_readings_unless_they_disagree(a in any_bounds(), b in any_bounds()) {
        let has = |bounds: Bounds, (start, end): Spell| {
            bounds.starts().contains(Day(start)) && bounds.ends().contains(Day(end))
        };
        let common = spells().any(|spell| has(a, spell) && has(b, spell));
        prop_assert_eq!(a.shared(b).is_some(), common);
        let meet = spells().any(|x| has(a, x) && spells().any(|y| has(b, y) && x.0 <= y.1 && y.0 <= x.1));
        prop_assert_eq!(a.can_meet(b), meet);
        let always = spells().filter(|x| has(a, *x)).all(|x| spells().filter(|y| has(b, *y)).all(|y| x.0 <= y.1 && y.0 <= x.1));
        prop_assert_eq!(a.meets(b) == Verdict::Certain, always);
    }

    #[test]
    fn a_window_decides_only_as_the_readings_do((class, readings) in any_edge(), question in any_question()) {
        let window = Window::of(&readings);
        let expected = Standing::combine(&readings, question, class);
        if let Some(standing) = window.standing(question, class) {
            prop_assert_eq!(standing, expected);
        } else {
            prop_assert!(window.needs_readings());
        }
        prop_assert_eq!(EdgeTime { class, window, readings: &readings }.standing(question), expected);
        prop_assert_eq!(Window::from_parts(window.bounds, window.flags()), Some(window));
    }

    #[test]
    fn what_is_neither_certain_nor_unmatched_has_a_reason((class, readings) in any_edge(), question in any_question()) {
        let time = EdgeTime { class, window: Window::of(&readings), readings: &readings };
        let wants_a_reason = matches!(time.standing(question), Standing::Possible | Standing::Disputed);
        prop_assert_eq!(time.why(question).is_some(), wants_a_reason);
    }

    #[test]
    fn the_order_of_claims_does_not_matter((class, readings) in any_edge(), question in any_question()) {
        let backwards: Vec<Reading> = readings.iter().rev().copied().collect();
        prop_assert_eq!(
            Standing::combine(&readings, question, class),
            Standing::combine(&backwards, question, class)
        );
        prop_assert_eq!(Window::of(&readings).bounds, Window::of(&backwards).bounds);
    }
}

/// Whether the period touches the first or last day of the tests, beyond which blank dates reach and the enumeration
/// does not.
fn asks_of_the_edge_of_time(question: Question) -> bool {
    let period = question.period();
    period.first.0 <= *DAYS.start() || period.last.0 >= *DAYS.end()
}
