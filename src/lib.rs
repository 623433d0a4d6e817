#![doc = include_str!("ARCHITECTURE.md")]

pub mod answer;
pub mod diagnostics;
pub mod export;
pub mod graph;
pub mod kb;
pub mod language;
pub mod model;
pub mod names;
pub mod query;
mod session;
#[doc(hidden)]
pub mod shell;
pub mod source;
pub mod storage;
pub mod tables;
pub mod time;

pub use query::functions::{Clock, FixedClock, Parameters, Procedure, ProcedureField};
pub use query::run::evidence::WholeGraph;
pub use query::run::files::Files;
pub use query::run::{CancelToken, Limits, Stopped};
pub use session::{
    Cell, Change, Changed, ChangedClaim, ChangedNode, ChangedRelation, Changes, Failure, Phase, Prepared, QueryFault,
    Rows, SaveFailure, SavedChanges, Session, SystemClock,
};

/// Bytes where a graph file's arrays lie as they must, so that they are read in place.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

/// The graph file of the knowledge base in `kb/`, made by `build.rs`.
static BUILT_IN: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/kb.griot")));

/// The built-in knowledge base: the graph file that `build.rs` made of `kb/`, opened without parsing anything.
///
/// # Errors
/// If the embedded bytes are damaged.
pub fn built_in() -> Result<graph::Graph, storage::StorageError> {
    storage::read(storage::Bytes::Static(&BUILT_IN.0)).map(Into::into)
}
