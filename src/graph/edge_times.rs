//! When edges hold: for each type a column in the smallest shape that says it, and a list of readings on the side.
//!
//! What an edge's live claims say of its time is summarised in a [`Window`], before the graph is frozen. By far the
//! most edges need nothing else; those with several readings that differ have them in a list that is consulted where
//! the window leaves a question open.

use super::array::Array;
use super::offsets::Offsets;
use crate::model::{EdgeId, Schema};
use crate::time::{Bounds, Day, Period, Reading, Stance, TimeClass, Window};

/// The time of one type's edges, by place within the type.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum TypeTimes {
    /// No edge has a date: timeless or undated, by the type's time class.
    #[default]
    Undated,
    /// Every edge holds from one day to another, for certain: what tables with two date columns give.
    Days {
        /// First day of each edge.
        first: Array<Day>,
        /// Last day of each edge.
        last: Array<Day>,
    },
    /// Each edge has its window.
    Windows {
        /// Its bounds.
        bounds: Array<Bounds>,
        /// Its flags: see [`Window::flags`].
        flags: Array<u8>,
    },
}

/// The readings of the edges that have several.
#[derive(Clone, Debug, Default)]
pub(crate) struct EdgeReadings {
    /// Rows of `readings` by edge.
    pub(crate) edges: Offsets,
    pub(crate) readings: Vec<Reading>,
}

impl EdgeReadings {
    pub(super) fn of(&self, edge: EdgeId) -> &[Reading] {
        self.readings.get(self.edges.rows(edge.0)).unwrap_or(&[])
    }
}

/// The window of an edge of which nobody says when.
#[inline]
pub(super) fn undated(class: TimeClass) -> Window {
    let bounds = if class == TimeClass::Timeless { Bounds::TIMELESS } else { Bounds::UNBOUNDED };
    Window::of_one(Reading { bounds, stance: Stance::Firm })
}

/// The time class of a relation type; what no schema tells of holds from a start to an end.
pub(crate) fn class_of(schema: &Schema, relation: &str) -> TimeClass {
    schema.types.get(relation).map_or(TimeClass::Interval, |relation| relation.time)
}

impl TypeTimes {
    /// The window of the edge at a place within its type.
    #[inline]
    #[must_use]
    pub fn window(&self, row: usize, class: TimeClass) -> Window {
        match self {
            Self::Undated => undated(class),
            Self::Days { first, last } => certain(Period { first: first[row], last: last[row] }),
            Self::Windows { bounds, flags } => Window::from_parts(bounds[row], flags[row]).unwrap_or(Window::UNBACKED),
        }
    }

    /// Whether the arrays fit a type with so many edges.
    pub(crate) fn is_sound(&self, edges: usize) -> bool {
        match self {
            Self::Undated => true,
            Self::Days { first, last } => first.len() == edges && last.len() == edges,
            Self::Windows { bounds, flags } => bounds.len() == edges && flags.len() == edges,
        }
    }
}

#[inline]
fn certain(days: Period) -> Window {
    Window::of_one(Reading { bounds: Bounds::exactly(days), stance: Stance::Firm })
}

/// The times of one type's edges while they are said.
#[derive(Default)]
pub(super) struct TimesBuilder {
    /// Of the first edges, as long as each has two days.
    days: Vec<Period>,
    /// Of others, by row; the last said of a row counts.
    windows: Vec<(u32, Window)>,
    /// Readings of those with several that differ.
    readings: Vec<(u32, Vec<Reading>)>,
    /// What claims say, one entry a claim; none for a deprecated one. Counts where nothing else was said of the row.
    claims: Vec<(u32, Option<Reading>)>,
}

impl TimesBuilder {
    pub(super) fn set_days(&mut self, row: u32, days: Period) {
        if row as usize == self.days.len() && self.windows.is_empty() {
            self.days.push(days);
        } else {
            self.windows.push((row, certain(days)));
        }
    }

    pub(super) fn set_readings(&mut self, row: u32, readings: &[Reading]) {
        let window = Window::of(readings);
        self.windows.push((row, window));
        if self.readings.last().is_some_and(|(last, _)| *last >= row) {
            self.readings.retain(|(each, _)| *each != row);
        }
        if window.needs_readings() {
            self.readings.push((row, readings.to_vec()));
        }
    }

    /// Adds what one claim says; an edge with deprecated claims alone is backed by nothing.
    pub(super) fn add_claim(&mut self, row: u32, reading: Option<Reading>) {
        self.claims.push((row, reading));
    }

    /// Turns what claims say into windows, for rows of which nothing else was said.
    fn weigh_claims(&mut self) {
        let mut claims = std::mem::take(&mut self.claims);
        claims.sort_by_key(|(row, _)| *row);
        let mut said: Vec<u32> = self.windows.iter().map(|(row, _)| *row).collect();
        said.sort_unstable();
        for of_row in claims.chunk_by(|a, b| a.0 == b.0) {
            let row = of_row[0].0;
            if row as usize >= self.days.len() && said.binary_search(&row).is_err() {
                let readings: Vec<Reading> = of_row.iter().filter_map(|(_, reading)| *reading).collect();
                self.set_readings(row, &readings);
            }
        }
    }

    /// The column of `count` edges and the readings of some, by place. `old_rows[new]` is where an edge stood while
    /// building.
    pub(super) fn freeze(
        mut self,
        count: usize,
        old_rows: &[u32],
        class: TimeClass,
    ) -> (TypeTimes, Vec<(u32, Vec<Reading>)>) {
        self.weigh_claims();
        if self.windows.is_empty() && self.days.len() == count && count > 0 {
            let pick = |day: fn(&Period) -> Day| old_rows.iter().map(|old| day(&self.days[*old as usize])).collect();
            return (TypeTimes::Days { first: pick(|days| days.first), last: pick(|days| days.last) }, Vec::new());
        }
        if self.windows.is_empty() && self.days.is_empty() {
            return (TypeTimes::Undated, Vec::new());
        }
        let mut windows = vec![undated(class); count];
        (0..).zip(&self.days).for_each(|(row, days): (usize, _)| windows[row] = certain(*days));
        self.windows.iter().for_each(|(row, window)| windows[*row as usize] = *window);
        let bounds = old_rows.iter().map(|old| windows[*old as usize].bounds).collect();
        let flags = old_rows.iter().map(|old| windows[*old as usize].flags()).collect();
        (TypeTimes::Windows { bounds, flags }, self.place_readings(old_rows))
    }

    fn place_readings(mut self, old_rows: &[u32]) -> Vec<(u32, Vec<Reading>)> {
        if self.readings.is_empty() {
            return Vec::new();
        }
        self.readings.sort_by_key(|(row, _)| *row);
        let mut placed = Vec::with_capacity(self.readings.len());
        for (new, old) in (0..).zip(old_rows) {
            if let Ok(at) = self.readings.binary_search_by_key(old, |(row, _)| *row) {
                placed.push((new, std::mem::take(&mut self.readings[at].1)));
            }
        }
        placed
    }
}
