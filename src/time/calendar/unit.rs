//! The units that values are cut off at.

/// A unit of a date or of a time of day, from coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// A thousand years.
    Millennium,
    /// A hundred years.
    Century,
    /// Ten years.
    Decade,
    /// A year.
    Year,
    /// A year of whole weeks (ISO 8601).
    WeekYear,
    /// Three months.
    Quarter,
    /// A month.
    Month,
    /// A week from Monday on.
    Week,
    /// A day.
    Day,
    /// An hour.
    Hour,
    /// A minute.
    Minute,
    /// A second.
    Second,
    /// A thousandth of a second.
    Millisecond,
    /// A millionth of a second.
    Microsecond,
}

impl Unit {
    /// All, from coarse to fine.
    pub const ALL: [Self; 14] = [
        Self::Millennium,
        Self::Century,
        Self::Decade,
        Self::Year,
        Self::WeekYear,
        Self::Quarter,
        Self::Month,
        Self::Week,
        Self::Day,
        Self::Hour,
        Self::Minute,
        Self::Second,
        Self::Millisecond,
        Self::Microsecond,
    ];

    /// As the language writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Millennium => "millennium",
            Self::Century => "century",
            Self::Decade => "decade",
            Self::Year => "year",
            Self::WeekYear => "weekYear",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
            Self::Millisecond => "millisecond",
            Self::Microsecond => "microsecond",
        }
    }

    /// The unit of that name, in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name().eq_ignore_ascii_case(name))
    }

    /// Whether it is a day or longer.
    #[must_use]
    pub fn is_of_dates(self) -> bool {
        self <= Self::Day
    }

    /// Its length, where it is shorter than a day.
    #[must_use]
    pub(super) const fn nanoseconds(self) -> Option<i64> {
        match self {
            Self::Hour => Some(3_600_000_000_000),
            Self::Minute => Some(60_000_000_000),
            Self::Second => Some(1_000_000_000),
            Self::Millisecond => Some(1_000_000),
            Self::Microsecond => Some(1_000),
            _ => None,
        }
    }
}
