//! From edges as they were said to the frozen edge table: type by type, on as many cores as there are.
//!
//! The types know nothing of one another, so that which thread orders which of them changes nothing in what comes out.

use std::sync::Mutex;
use std::thread;

use super::adjacency::{self, Adjacency};
use super::array::to_u32;
use super::builder::{KeyColumns, TypeEdges};
use super::column::Column;
use super::edge_times::{EdgeReadings, TypeTimes};
use super::offsets::Offsets;
use super::store::EdgeTable;
use crate::model::{EdgeId, KeyId};
use crate::time::{Reading, TimeClass};

/// From so many edges on, several threads are worth their start.
const MANY: usize = 100_000;

/// What freezing edges gives.
pub(super) struct FrozenEdges {
    pub(super) table: EdgeTable,
    /// The edge that each added one became, by type, where that was asked.
    pub(super) placed: Vec<Vec<EdgeId>>,
    /// The content keys that were given.
    pub(super) keys: Vec<(EdgeId, u64)>,
}

/// The edges of one type.
struct FrozenType {
    adjacency: Adjacency,
    columns: Vec<(KeyId, Column)>,
    times: TypeTimes,
    readings: Vec<(u32, Vec<Reading>)>,
    placed: Vec<EdgeId>,
    keys: Vec<(EdgeId, u64)>,
}

/// The edges of one type that are to be frozen.
struct Task {
    number: usize,
    edges: TypeEdges,
    first: u32,
    class: TimeClass,
}

/// Orders the edges of all types.
pub(super) fn freeze(types: Vec<TypeEdges>, nodes: usize, classes: Vec<TimeClass>, asks_places: bool) -> FrozenEdges {
    let (mut tasks, mut total) = (Vec::with_capacity(types.len()), 0);
    for (number, (edges, class)) in types.into_iter().zip(&classes).enumerate() {
        let count = edges.sources.len();
        tasks.push(Task { number, edges, first: to_u32(total), class: *class });
        total += count;
    }
    let (mut table, mut placed, mut keys) = (EdgeTable::default(), Vec::new(), Vec::new());
    let mut readings = Vec::new();
    for frozen in all(tasks, total, |task| freeze_type(task, nodes, asks_places)) {
        table.by_type.push(frozen.adjacency);
        table.columns.push(frozen.columns);
        table.times.push(frozen.times);
        readings.extend(frozen.readings);
        placed.push(frozen.placed);
        keys.extend(frozen.keys);
    }
    table.classes = classes;
    let edge_of_reading: Vec<u32> =
        readings.iter().flat_map(|(edge, readings)| std::iter::repeat_n(*edge, readings.len())).collect();
    table.readings = EdgeReadings {
        edges: Offsets::of_sorted(edge_of_reading.into_iter(), total),
        readings: readings.into_iter().flat_map(|(_, readings)| readings).collect(),
    };
    FrozenEdges { table, placed, keys }
}

/// What each task gives, in the order of the tasks; the largest are begun first.
fn all(mut tasks: Vec<Task>, total: usize, freeze: impl Fn(Task) -> FrozenType + Sync) -> Vec<FrozenType> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(tasks.len());
    if threads < 2 || total < MANY {
        return tasks.into_iter().map(freeze).collect();
    }
    let done: Vec<Mutex<Option<FrozenType>>> = tasks.iter().map(|_| Mutex::default()).collect();
    tasks.sort_by_key(|task| task.edges.sources.len());
    let tasks = Mutex::new(tasks);
    let work = || {
        while let Some(task) = { tasks.lock().expect("no thread panics with the list in hand").pop() } {
            let number = task.number;
            let frozen = freeze(task);
            *done[number].lock().expect("each place is written once") = Some(frozen);
        }
    };
    thread::scope(|scope| {
        (1..threads).for_each(|_| _ = scope.spawn(work));
        work();
    });
    let frozen = done.into_iter().map(|each| each.into_inner().expect("each place is written once"));
    frozen.map(|each| each.expect("each task was done")).collect()
}

fn freeze_type(task: Task, nodes: usize, asks_places: bool) -> FrozenType {
    let Task { edges, first, class, .. } = task;
    let TypeEdges { sources, targets, columns, times, keys } = edges;
    let count = sources.len();
    let (adjacency, old_rows) = adjacency::order(sources, targets, nodes, first);
    let columns = freeze_columns(columns, count, &old_rows);
    let (times, several) = times.freeze(count, &old_rows, class);
    let readings = several.into_iter().map(|(row, readings)| (first + row, readings)).collect();
    let mut placed = Vec::new();
    if asks_places || !keys.is_empty() {
        placed = vec![EdgeId::NONE; count];
        (first..).zip(&old_rows).for_each(|(edge, old)| placed[*old as usize] = EdgeId(edge));
    }
    let keys = keys.into_iter().map(|(row, key)| (placed[row as usize], key)).collect();
    FrozenType { adjacency, columns, times, readings, placed, keys }
}

fn freeze_columns(columns: KeyColumns, count: usize, old_rows: &[u32]) -> Vec<(KeyId, Column)> {
    let kept = columns.into_iter().filter(|(_, column)| !column.is_empty());
    let mut kept: Vec<_> = kept.map(|(key, column)| (key, column.freeze(count, Some(old_rows)))).collect();
    kept.sort_unstable_by_key(|(key, _)| *key);
    kept
}
