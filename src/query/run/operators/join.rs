//! Rows and the rows of another pipeline that have equal values: a table of the former, through which the latter run.
//!
//! Incoming rows are gathered, many at a time; for each such part the other pipeline runs once. Neither its rows nor their
//! keys are kept.

use std::sync::Arc;

use super::eager::bytes;
use super::keys::{Keys, Sort};
use super::words::NONE;
use super::{Input, Operator, build};
use crate::model::Value;
use crate::query::bind::bound::BoundExpr;
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::Live;
use crate::query::plan::logical::ValueJoin;
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::{Execution, Outcome};

/// So many rows that come in are joined at a time.
const ROWS: usize = if cfg!(feature = "faults") { 4 } else { 1 << 16 };

pub(super) struct Join<'p> {
    input: Input<'p>,
    step: &'p ValueJoin,
    live: &'p Live,
    at: Option<Part<'p>>,
}

/// Rows that came in, their table, and what runs through it.
struct Part<'p> {
    rows: Batch,
    table: Table,
    inner: Input<'p>,
    /// The inner batch that is being joined, with its keys, and where to go on.
    found: Option<(Batch, Sought, Place)>,
    held: usize,
}

/// An inner row, and the row that it meets next; none before it has met any.
#[derive(Clone, Copy, Default)]
struct Place {
    inner: usize,
    next: Option<u32>,
}

/// Rows by their keys. Keys of one number are equal, unless one of them is loose.
struct Table {
    keys: Keys,
    /// The first row of each key, and the row behind each row that has the same; loose rows are in no list.
    first: Vec<u32>,
    behind: Vec<u32>,
    /// Rows with a value that may equal one of another shape (a date in words, a list): they are compared one by one.
    loose: Vec<u32>,
    columns: Vec<Arc<Column>>,
    standings: Vec<Standing>,
}

/// Inner rows' keys.
struct Sought {
    numbers: Vec<u32>,
    columns: Vec<Arc<Column>>,
    standings: Vec<Standing>,
}

/// What is known of a row's key beside its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// It equals the keys of its number, and no others.
    Plain,
    Loose,
    /// It equals none: null, or no number.
    Never,
}

/// The standing of each row's key.
fn standings(columns: &[Arc<Column>], rows: usize) -> Vec<Standing> {
    let mut standings = vec![Standing::Plain; rows];
    for column in columns {
        let of_value = |value: Value| match value {
            Value::Null if is_injected(Fault::NullsJoined) => Standing::Plain,
            Value::Null => Standing::Never,
            Value::Float(float) if float.is_nan() => Standing::Never,
            Value::List(_) | Value::Map(_) | Value::Edtf(_) => Standing::Loose,
            _ => Standing::Plain,
        };
        if let Some(sort) = Sort::of(column).filter(|sort| !matches!(sort, Sort::Float)) {
            let words = sort.words(column);
            let of_word = |word: u64| if sort.is_null(word) { of_value(Value::Null) } else { Standing::Plain };
            for (row, standing) in standings.iter_mut().enumerate() {
                *standing = (*standing).max(of_word(words.word(row)));
            }
        } else {
            standings.iter_mut().enumerate().for_each(|(row, each)| *each = (*each).max(of_value(column.value(row))));
        }
    }
    standings
}

impl Table {
    fn of(columns: Vec<Arc<Column>>, rows: usize) -> Self {
        let (mut keys, standings) = (Keys::Unknown, standings(&columns, rows));
        let numbers = keys.number(&columns, rows);
        let (mut first, mut behind) = (vec![NONE; keys.len()], vec![NONE; rows]);
        let mut loose = Vec::new();
        for (row, number) in numbers.into_iter().enumerate().rev() {
            let place = u32::try_from(row).expect("a part has fewer than 2^32 rows");
            match standings[row] {
                Standing::Plain => behind[row] = std::mem::replace(&mut first[number as usize], place),
                Standing::Loose => loose.push(place),
                Standing::Never => {}
            }
        }
        loose.reverse();
        Self { keys, first, behind, loose, columns, standings }
    }

    fn seek(&mut self, columns: Vec<Arc<Column>>, rows: usize) -> Sought {
        let standings = standings(&columns, rows);
        Sought { numbers: self.keys.find(&columns, rows), columns, standings }
    }

    /// Whether an inner row is compared with many one by one.
    fn is_compared(&self, sought: &Sought, inner: usize) -> bool {
        match sought.standings[inner] {
            Standing::Plain => !self.loose.is_empty(),
            Standing::Loose => true,
            Standing::Never => false,
        }
    }

    /// The rows that equal an inner one and come in its list, or are compared with it, from one on.
    fn next(&self, sought: &Sought, Place { inner, next }: Place) -> u32 {
        let compared = |row: &u32| {
            let pairs = self.columns.iter().zip(&sought.columns);
            let mut equal = pairs.map(|(one, other)| one.value(*row as usize).equals(&other.value(inner)));
            equal.all(|equals| equals == Some(true))
        };
        match (sought.standings[inner], next) {
            (Standing::Never, _) => NONE,
            (Standing::Loose, _) if is_injected(Fault::LooseUnjoined) => NONE,
            (Standing::Loose, _) => {
                let all = next.map_or(0, |row| row + 1)..u32::try_from(self.behind.len()).expect("few rows");
                all.into_iter().find(compared).unwrap_or(NONE)
            }
            // First the list, then the loose rows.
            (Standing::Plain, next) => {
                let is_listed = |row: u32| self.standings[row as usize] == Standing::Plain;
                let listed = match next {
                    None => self.first.get(sought.numbers[inner] as usize).copied().unwrap_or(NONE),
                    Some(row) if is_listed(row) => self.behind[row as usize],
                    Some(_) => NONE,
                };
                if listed != NONE {
                    return listed;
                }
                let from = match next {
                    Some(row) if !is_listed(row) => self.loose.partition_point(|each| *each <= row),
                    _ => 0,
                };
                self.loose[from..].iter().copied().find(compared).unwrap_or(NONE)
            }
        }
    }
}

/// The values of some expressions for a batch.
fn columns<'e>(
    execution: &Execution<'_>,
    keys: impl Iterator<Item = &'e BoundExpr>,
    batch: &Batch,
) -> Outcome<Vec<Arc<Column>>> {
    keys.map(|key| execution.evaluate(|evaluator| evaluator.column(key, batch)).map_err(Into::into)).collect()
}

impl<'p> Join<'p> {
    pub(super) fn new(input: Input<'p>, step: &'p ValueJoin, live: &'p Live) -> Self {
        Self { input, step, live, at: None }
    }

    /// The next rows that come in, with their table.
    fn part(&mut self, execution: &Execution<'_>) -> Outcome<Option<Part<'p>>> {
        let (mut batches, mut rows, mut held) = (Vec::new(), 0, 0);
        while rows < ROWS {
            let Some(batch) = self.input.next(execution)? else { break };
            if batch.rows > 0 {
                let bytes = 2 * bytes(&batch);
                execution.token.hold(bytes)?;
                held += bytes;
                rows += batch.rows;
                batches.push(batch);
            }
        }
        if batches.is_empty() {
            return Ok(None);
        }
        let rows = joined(batches);
        let table = Table::of(columns(execution, self.step.keys.iter().map(|(known, _)| known), &rows)?, rows.rows);
        let inner = build(&self.step.inner, Batch::unit());
        Ok(Some(Part { rows, table, inner, found: None, held }))
    }
}

/// Batches of the same columns as one.
fn joined(mut batches: Vec<Batch>) -> Batch {
    if batches.len() == 1 {
        return batches.remove(0);
    }
    let number = |number: usize| u32::try_from(number).expect("a part has fewer than 2^32 rows");
    let places = batches.iter().enumerate().flat_map(|(at, batch)| (0..batch.rows).map(move |row| (at, row)));
    let places: Vec<_> = places.map(|(at, row)| (number(at), number(row))).collect();
    let mut all = Batch { columns: Vec::new(), rows: places.len() };
    for slot in 0..batches[0].columns.len() {
        let columns: Option<Vec<&Column>> = batches.iter().map(|batch| batch.columns.get(slot)?.as_deref()).collect();
        if let Some(columns) = columns {
            all.set(slot, Column::gather_from(&columns, &places));
        }
    }
    all
}

impl Part<'_> {
    /// Joins some rows; nothing at the end.
    fn next(&mut self, execution: &Execution<'_>, step: &ValueJoin, live: &Live) -> Outcome<Option<Batch>> {
        let (batch, sought, mut place) = match self.found.take() {
            Some(found) => found,
            None => {
                let Some(batch) = self.inner.next(execution)? else { return Ok(None) };
                let columns = columns(execution, step.keys.iter().map(|(_, found)| found), &batch)?;
                let sought = self.table.seek(columns, batch.rows);
                (batch, sought, Place::default())
            }
        };
        let (mut known, mut found) = (Vec::new(), Vec::new());
        while place.inner < batch.rows && known.len() < BATCH_ROWS {
            if self.table.is_compared(&sought, place.inner) {
                execution.token.check()?;
            } else {
                execution.token.step()?;
            }
            match self.table.next(&sought, place) {
                NONE => place = Place { inner: place.inner + 1, next: None },
                row => {
                    known.push(row);
                    found.push(u32::try_from(place.inner).expect("a batch has fewer than 2^32 rows"));
                    place.next = Some(row);
                }
            }
        }
        let mut out = self.rows.gather_live(&known, live);
        for (slot, column) in batch.columns.iter().enumerate() {
            if let Some(column) = column.as_ref().filter(|_| live.reads(slot)) {
                out.set(slot, column.gather(&found));
            }
        }
        if place.inner < batch.rows {
            self.found = Some((batch, sought, place));
        }
        Ok(Some(out))
    }
}

impl Operator for Join<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        loop {
            if self.at.is_none() {
                self.at = self.part(execution)?;
            }
            let Some(part) = &mut self.at else { return Ok(None) };
            match part.next(execution, self.step, self.live)? {
                Some(batch) if batch.rows == 0 => {}
                Some(batch) => return Ok(Some(batch)),
                None => {
                    execution.token.release(part.held);
                    self.at = None;
                }
            }
        }
    }
}
