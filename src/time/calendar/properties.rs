//! What holds of all temporal values: days have one name and one number, what is printed reads back, durations add up.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;

fn dates() -> impl Strategy<Value = Date> {
    prop_oneof![Date::MIN.days()..=Date::MAX.days(), -1_000_000i64..1_000_000]
        .prop_map(|days| Date::from_days(days).expect("it lies in the calendar"))
}

fn times() -> impl Strategy<Value = LocalTime> {
    let nanos = prop_oneof![0i64..86_400_000_000_000, (0i64..86_400).prop_map(|seconds| seconds * 1_000_000_000)];
    nanos.prop_map(|nanos| LocalTime::from_nanos(nanos).expect("it lies in the day"))
}

fn offsets() -> impl Strategy<Value = Offset> {
    prop_oneof![-64_800i64..=64_800, (-18i64..=18).prop_map(|hours| hours * 3_600)]
        .prop_map(|seconds| Offset::from_seconds(seconds).expect("it is no more than 18 hours"))
}

fn moments() -> impl Strategy<Value = LocalDateTime> {
    (dates(), times()).prop_map(|(date, time)| LocalDateTime { date, time })
}

fn durations() -> impl Strategy<Value = Duration> {
    let small = || prop_oneof![-100_000i64..100_000, Just(0)];
    let any = (any::<i64>(), any::<i64>(), any::<i64>(), 0i64..1_000_000_000);
    prop_oneof![(small(), small(), small(), prop_oneof![0i64..1_000_000_000, Just(0)]), any]
        .prop_map(|(months, days, seconds, nanos)| Duration::new(months, days, seconds, nanos).expect("it fits"))
}

fn small_durations() -> impl Strategy<Value = Duration> {
    (-10_000i64..10_000, -100_000i64..100_000, -10_000_000i64..10_000_000, 0i64..1_000_000_000)
        .prop_map(|(months, days, seconds, nanos)| Duration::new(months, days, seconds, nanos).expect("it fits"))
}

#[test]
fn four_hundred_years_have_the_days_that_counting_finds() {
    let is_leap = |year: i64| year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
    let mut date = Date::from_ymd(1_800, 1, 1).expect("a day");
    for year in 1_800..2_200 {
        let mut ordinal = 0;
        for (month, length) in (1..).zip([31, 28 + i64::from(is_leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
            for day in 1..=length {
                ordinal += 1;
                assert_eq!(date.to_ymd(), (year, month, day));
                assert_eq!(date.ordinal_day(), ordinal);
                assert_eq!(Date::from_ymd(year, month, day), Some(date));
                date = date.plus_days(1).expect("the next day");
            }
            assert_eq!(Date::from_ymd(year, month, length + 1), None);
        }
    }
}

#[test]
fn the_calendar_ends_where_it_ends() {
    assert_eq!(Date::MIN.to_string(), "-999999999-01-01");
    assert_eq!(Date::MAX.to_string(), "+999999999-12-31");
    assert_eq!(Date::MAX.plus_days(1), None);
    assert_eq!(Date::MIN.plus_months(-1), None);
    assert_eq!(Date::MIN.truncated(Unit::Decade), None);
    assert_eq!(Date::from_ymd(i64::MAX, 1, 1), None);
    assert_eq!(Date::MAX.plus_months(i64::MAX), None);
    assert_eq!(LocalDateTime::midnight(Date::MAX).plus(i64::MAX, i64::MAX), None);
}

#[test]
fn days_are_those_of_jiff() {
    let day = |days: i64| jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).expect("in range");
    for days in (-4_371_000..2_932_000).step_by(97) {
        let (ours, theirs) = (Date::from_days(days).expect("a day"), day(days));
        let (year, month, day) = ours.to_ymd();
        assert_eq!((year, month, day), (theirs.year().into(), theirs.month().into(), theirs.day().into()));
        let week = theirs.iso_week_date();
        assert_eq!((ours.week_year(), ours.week()), (week.year().into(), week.week().into()));
        assert_eq!(ours.day_of_week(), i64::from(theirs.weekday().to_monday_one_offset()));
        assert_eq!(ours.ordinal_day(), i64::from(theirs.day_of_year()));
    }
}

proptest! {
    #[test]
    fn a_day_is_found_by_each_of_its_names(date in dates()) {
        let (year, month, day) = date.to_ymd();
        prop_assert_eq!(Date::from_ymd(year, month, day), Some(date));
        prop_assert_eq!(Date::from_ordinal(year, date.ordinal_day()), Some(date));
        prop_assert_eq!(Date::from_quarter(year, date.quarter(), date.day_of_quarter()), Some(date));
        if date.week_year().abs() <= Date::LAST_YEAR {
            prop_assert_eq!(Date::from_week(date.week_year(), date.week(), date.day_of_week()), Some(date));
        }
    }

    #[test]
    fn dates_read_as_they_print(date in dates()) {
        prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
    }

    #[test]
    fn times_read_as_they_print(local in times(), offset in offsets()) {
        prop_assert_eq!(LocalTime::parse(&local.to_string()), Ok(local));
        let time = Time { local, offset };
        prop_assert_eq!(TimeText::parse(&time.to_string()), Ok(TimeText { local, offset: Some(offset) }));
    }

    #[test]
    fn moments_read_as_they_print(local in moments(), offset in offsets(), is_named in any::<bool>()) {
        prop_assert_eq!(LocalDateTime::parse(&local.to_string()), Ok(local));
        let zone = is_named.then(|| "Africa/Bamako".to_owned());
        let moment = DateTime { local, offset, zone: zone.as_deref().map(Arc::from) };
        let read = DateTimeText { local, offset: Some(offset), zone };
        prop_assert_eq!(DateTimeText::parse(&moment.to_string()), Ok(read));
    }

    #[test]
    fn durations_read_as_they_print(duration in durations()) {
        prop_assert_eq!(Duration::parse(&duration.to_string()), Ok(duration));
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "[P0-9TZWQ:.,+\\[\\]äYMDHS-]{0,24}") {
        let _ = (Date::parse(&text), LocalTime::parse(&text), TimeText::parse(&text), Duration::parse(&text));
        let _ = (LocalDateTime::parse(&text), DateTimeText::parse(&text), Offset::parse(&text));
    }

    #[test]
    fn durations_are_a_group_under_addition(a in small_durations(), b in small_durations(), c in small_durations()) {
        let sum = |a: Duration, b| a.plus(b).expect("it fits");
        prop_assert_eq!(sum(a, b), sum(b, a));
        prop_assert_eq!(sum(sum(a, b), c), sum(a, sum(b, c)));
        prop_assert_eq!(sum(a, Duration::ZERO), a);
        prop_assert_eq!(sum(a, b).minus(b), Some(a));
        prop_assert_eq!(sum(a, a.negated().expect("it fits")), Duration::ZERO);
    }

    #[test]
    fn whole_multiples_are_repeated_sums(a in small_durations(), times in 0i64..20) {
        let repeated = (0..times).fold(Duration::ZERO, |sum, _| sum.plus(a).expect("it fits"));
        prop_assert_eq!(a.times(Ratio::whole(times)), Some(repeated));
        if times > 0 {
            prop_assert_eq!(repeated.times(Ratio::whole(times).inverse().expect("not zero")), Some(a));
        }
    }

    #[test]
    fn the_clock_goes_round_and_the_calendar_on(
        moment in (-1_000_000i64..1_000_000, times()),
        seconds in -10_000_000i64..10_000_000,
        nanos in -2_000_000_000i64..2_000_000_000,
    ) {
        let moment = LocalDateTime { date: Date::from_days(moment.0).expect("a day"), time: moment.1 };
        let later = moment.plus(seconds, nanos).expect("it lies in the calendar");
        prop_assert_eq!(later.time, moment.time.plus(seconds, nanos));
        prop_assert_eq!(later.plus(-seconds, -nanos), Some(moment));
    }

    #[test]
    fn the_start_of_a_unit_is_not_after_the_day_and_starts_itself(days in -1_000_000i64..1_000_000) {
        let date = Date::from_days(days).expect("a day");
        for unit in Unit::ALL {
            let start = date.truncated(unit).expect("it lies in the calendar");
            prop_assert!(start <= date);
            prop_assert_eq!(start.truncated(unit), Some(start));
        }
    }
}
