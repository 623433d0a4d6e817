//! Planning: a bound query becomes a pipeline of steps, and a list of named passes rewrites it. Never looks at the
//! syntax tree.

mod build;
pub mod columns;
pub mod explain;
pub mod gauges;
mod live;
pub mod logical;
pub mod passes;
pub mod reading;
mod substitution;

pub use build::build;
pub use live::Live;
pub use logical::{Pipeline, Plan, Step, Subplan};
