//! Questions on the shape of a graph, answered by petgraph's algorithms on a [`View`](super::View): one file a
//! question, which teaches the idea and says what the answer means for actors and their relations.

mod descent_cycles;
mod passages;
mod sole_ties;

pub use descent_cycles::descent_cycles;
pub use passages::passages;
pub use sole_ties::{SoleTie, sole_ties};
