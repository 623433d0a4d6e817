//! What somebody says of the tables: which files, and what their columns mean.

use std::path::PathBuf;

use crate::graph::{DateColumns, DateFormat};
use crate::model::Schema;
use crate::time::{Day, Period};

/// The tables of a graph, and how they are to be read.
#[derive(Clone, Debug, Default)]
pub struct TableOptions {
    /// The tables of nodes.
    pub nodes: Vec<NodeFile>,
    /// The tables of edges.
    pub edges: Vec<EdgeFile>,
    /// The column of node tables that edges refer to; else `id`, else the first.
    pub id: Option<String>,
    /// A column of node tables with a label, or several apart by `;`.
    pub label: Option<String>,
    /// The column of edge tables where an edge starts; else one that is called so, else the first.
    pub source: Option<String>,
    /// The column of edge tables where an edge points; else one that is called so, else the second.
    pub target: Option<String>,
    /// The column of edge tables with the relation type; else `type`.
    pub relation: Option<String>,
    /// The columns that say when an edge holds.
    pub dates: Option<Dates>,
    /// Types of columns, by name; those of others are inferred.
    pub types: Vec<(String, ColumnType)>,
    /// Properties of nodes that are looked up by value.
    pub indexes: Vec<String>,
    /// What stands between fields; else a tab in files whose name ends in `.tsv`, and what the first row shows: a comma,
    /// a tab, `;` or `|`.
    pub delimiter: Option<u8>,
    /// The schema of the graph.
    pub schema: Schema,
}

/// A table of nodes.
#[derive(Clone, Debug)]
pub struct NodeFile {
    /// Where it is.
    pub path: PathBuf,
    /// The labels of all its nodes. They name the table, too, where edges say which one they refer to.
    pub labels: Vec<String>,
}

/// A table of edges.
#[derive(Clone, Debug)]
pub struct EdgeFile {
    /// Where it is.
    pub path: PathBuf,
    /// The relation type of all its edges; else a column says it.
    pub relation: Option<String>,
    /// A label of the node tables that its edges start in; else any.
    pub from: Option<String>,
    /// A label of the node tables that its edges point into; else any.
    pub to: Option<String>,
}

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnType {
    /// `true` and `false`.
    Bool,
    /// Whole numbers of 64 bits, written the one way that prints them.
    Int,
    /// Floating-point numbers.
    Float,
    /// Strings.
    Text,
}

impl ColumnType {
    /// What it is called on the command line and in messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Float => "float",
            Self::Text => "text",
        }
    }

    /// The type with a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Bool, Self::Int, Self::Float, Self::Text].into_iter().find(|each| each.name() == name)
    }

    /// The narrowest type that holds the values of both.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (a, b) if a == b => a,
            (Self::Int | Self::Float, Self::Int | Self::Float) => Self::Float,
            _ => Self::Text,
        }
    }
}

/// The columns that say when an edge holds.
#[derive(Clone, Debug)]
pub struct Dates {
    /// The column of the first date.
    pub since: Option<String>,
    /// The column of the second date.
    pub until: Option<String>,
    /// How dates are written.
    pub form: DateForm,
    /// What stands for "no end", beside nothing.
    pub open: Option<String>,
    /// Whether an edge still holds on its second date.
    pub is_inclusive: bool,
}

/// How dates are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateForm {
    /// As whole numbers, which the properties are then, too.
    Number(DateFormat),
    /// As `2012`, `2012-07` or `2012-07-17`: the properties are strings.
    Iso,
}

impl DateForm {
    /// Each form and what it is called.
    pub const ALL: [(&'static str, Self); 5] = [
        ("yyyymmdd", Self::Number(DateFormat::YearMonthDay)),
        ("yyyymm", Self::Number(DateFormat::YearMonth)),
        ("yyyy", Self::Number(DateFormat::Year)),
        ("days", Self::Number(DateFormat::Days)),
        ("yyyy-mm-dd", Self::Iso),
    ];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, form)| *form == self).map_or("", |(name, _)| name)
    }
}

/// The days of `2012`, `2012-07` or `2012-07-17`; `None` for anything else.
pub(super) fn iso_period(text: &str) -> Option<Period> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let mut parts = digits.split('-');
    let mut part = |length: usize| match parts.next() {
        Some(part) if part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()) => part.parse().ok(),
        _ => None,
    };
    let year: i32 = part(4)?;
    let year = if negative { -year } else { year };
    let count = digits.len();
    let month = if count > 4 { Some(part(2)?) } else { None };
    let day = if count > 7 { Some(part(2)?) } else { None };
    let number = |month: i32, day: i32| i64::from(year) * 10_000 + i64::from(month * 100 + day);
    let is_whole = count == 4 + month.map_or(0, |_| 3) + day.map_or(0, |_| 3);
    match (month, day) {
        _ if !is_whole || year < 0 => None,
        (None, _) => DateFormat::Year.period(i64::from(year)),
        (Some(month), None) => DateFormat::YearMonth.period(i64::from(year) * 100 + i64::from(month)),
        (Some(month), Some(day)) => DateFormat::YearMonthDay.period(number(month, day)),
    }
}

impl Dates {
    /// How the graph reads them, where the properties are whole numbers.
    pub(super) fn columns(&self) -> Option<DateColumns> {
        let DateForm::Number(format) = self.form else { return None };
        Some(DateColumns {
            since: self.since.clone(),
            until: self.until.clone(),
            format,
            open: self.open.as_ref().and_then(|open| open.parse().ok()),
            is_inclusive: self.is_inclusive,
        })
    }

    /// The days that two dates as strings stand for, nothing for what is open; `None` where one is no date.
    pub(super) fn first_of_text(&self, text: &str) -> Option<Day> {
        if self.open.as_deref() == Some(text) { Some(Day::MIN) } else { iso_period(text).map(|days| days.first) }
    }

    /// The last day of an edge with this second date.
    pub(super) fn last_of_text(&self, text: &str) -> Option<Day> {
        if self.open.as_deref() == Some(text) {
            return Some(Day::MAX);
        }
        let days = iso_period(text)?;
        Some(if self.is_inclusive { days.last } else { days.first.plus(-1) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(i32, i32)>) {
        let days = |period: Period| (period.first.0, period.last.0);
        assert_eq!(iso_period(text).map(days), expected, "{text}");
    }

    #[test]
    fn dates_as_strings_are_years_months_or_days() {
        check("1970", Some((0, 364)));
        check("1970-02", Some((31, 58)));
        check("1970-01-02", Some((1, 1)));
        for wrong in ["", "70", "1970-", "1970-1", "1970-01-", "1970-01-1", "1970-13", "1970-01-02-03", "1970-01-02x"] {
            check(wrong, None);
        }
    }
}
