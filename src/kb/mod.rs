//! The files of a knowledge base, and the graph that they become.
//!
//! The way of a fact: TOML with spans → [`record`]s → [`knowledge`] (names looked up, lives and claims bounded in
//! time) → [`checks`] → episodes → a graph builder → the frozen store. Every stage goes on after a fault, so that all
//! faults show at once, each with its file, line, column and the nearest right name. Errors block; warnings travel
//! along.
//!
//! Only [`read_dir`] touches the disk. What the files may say is data (`schema/`); the few words that this module
//! knows by name are those of the file format itself: the tables and keys, the attributes that are dates, and the
//! kind of sources.

mod attributes;
pub mod checks;
mod content;
pub mod coverage;
mod episodes;
mod folder;
mod identity;
pub mod knowledge;
mod load;
mod read;
pub mod record;
mod recorded;
mod report;
mod ruptures;
mod schema;
mod store;
pub mod timing;

pub use folder::{KbError, read_dir, read_file};
pub use load::{Loaded, LoadedSchema, load, load_schema};
pub use report::Report;
