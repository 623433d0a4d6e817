//! The store.

mod adjacency;
mod array;
mod builder;
mod column;
mod column_builder;
mod content;
mod encoding;
mod index;
mod meta;
mod neighbours;
mod offsets;
mod overlay;
mod read;
mod store;
mod symbols;
mod texts;
mod write;

pub use adjacency::Adjacency;
pub use array::Array;
pub use builder::{GraphBuilder, NewEdge};
pub use column::{Cells, Column, Presence};
pub use content::{ContentHasher, content_key};
pub use index::TextIndex;
pub use meta::Meta;
pub use neighbours::{Direction, Neighbours};
pub use offsets::Offsets;
pub use read::Graph;
pub use store::Store;
pub use symbols::Symbols;
pub use texts::{Texts, TextsBuilder};
pub use write::WriteError;
