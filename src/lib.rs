#![doc = include_str!("ARCHITECTURE.md")]

pub mod answer;
pub mod diagnostics;
pub mod export;
pub mod graph;
pub mod kb;
pub mod model;
pub mod names;
pub mod query;
mod session;
#[doc(hidden)]
pub mod shell;
pub mod source;
pub mod storage;
pub mod time;

pub use query::functions::{Clock, FixedClock, Parameters};
pub use query::run::evidence::WholeGraph;
pub use query::run::{CancelToken, Limits, Stopped};
pub use session::{Failure, Phase, Prepared, QueryFault, Session, SystemClock};
