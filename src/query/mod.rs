//! The pipeline: text → syntax → expand → bind → plan → passes → run.

pub mod bind;
pub mod faults;
pub mod functions;
pub mod plan;
pub mod run;
pub mod shape;
pub mod statements;
pub mod syntax;
