//! Text to tree: the only place that knows pest. Needs no graph.

pub mod ast;
