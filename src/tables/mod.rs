//! Tables to graphs: CSV files of nodes and of edges, read into a store.
//!
//! Place in the pipeline: files → `chunks` that end where a row ends → rows (`record`) → typed columns of the chunk
//! ([`column`], by several threads) → a [`GraphBuilder`](crate::graph::GraphBuilder), chunk by chunk in the order of the
//! file. So the same tables give the same graph on any number of cores, and beside the graph itself no more than a few
//! chunks are in memory.
//!
//! A column has the narrowest type that fits all its values: where a value does not fit the type that the first rows
//! suggested, reading begins again with a wider one. What a row lacks is found with file, line and column (`fault`).
//! This module touches the disk for reading alone.

mod chunks;
mod column;
mod edges;
mod fault;
mod header;
mod import;
mod keys;
mod nodes;
mod options;
mod pipeline;
mod record;

pub use fault::{ImportError, Progress};
pub use import::import;
pub use options::{ColumnType, DateForm, Dates, EdgeFile, NodeFile, TableOptions};
