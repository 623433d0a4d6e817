//! The graph: a frozen base of arrays, an overlay of changes, and what is read from the two as one.
//!
//! Place in the pipeline: [`kb`](crate::kb) and imports fill a [`GraphBuilder`], which freezes to a [`Store`];
//! [`storage`](crate::storage) writes a store to a file and opens it again; queries read a [`Graph`], which is a store
//! and the changes laid over it. This module knows labels, types and properties, time and evidence; it knows neither
//! files nor the query language, and it does not judge whether a graph keeps to its schema.
//!
//! # Decisions
//! - **An edge is an episode**: one subject, type, object, office and spell. What several sources say of it are claims
//!   behind the one edge.
//! - **Bounds of time are precomputed per edge**, possible and certain; only filters on sources walk the claims.
//! - **A schema belongs to a graph.** The empty one takes any label, type and property.
//! - **The store is a frozen base plus an overlay of changes**, from day one. The base is never written to; the overlay
//!   is copied when it is written to while a snapshot holds it ([`Graph`] is two `Arc`s).
//! - **No object per node or edge.** Nodes and edges are rows of arrays; edges are ordered per type for walking in both
//!   directions ([`Adjacency`]); properties are typed columns ([`Column`]).
//! - **Strings are kept once**, in one dictionary ([`Texts`]); everything else refers to them by number.
//!
//! # Where to look
//! | to | see |
//! |---|---|
//! | build a graph | `builder`, `bulk` (many at a time), `dates` (columns that say when edges hold), `edge_freezing`, `evidence_builder`, and `said` for what is handed in |
//! | know how it lies in memory | `store` and the shapes in it: `texts`, `offsets`, `adjacency`, `column`, `edge_times`, `evidence` |
//! | read it | `read` (the whole), `nodes`, `edges`, `walking`, `citing` (who says what), `naming` (from a name to its bearers), `index`, `statistics`, `ends` |
//! | change it | `overlay` (what changes are), `write`, `changes` (what a statement did, counted), `alteration` (the same, thing by thing), `freezing` (to a base again) |
//! | ask as of a time, by whose word | `filter`, `edge_test` (the same, ready for inner loops), `lanes` (the edges of whole searches), `view` |
//! | run algorithms | `petgraph`, [`algorithms`] |
//!
//! # Invariants
//! Numbers of nodes and edges go from 0 without gaps, the base's first, then the overlay's; they are not used again
//! after a deletion. Whatever is listed comes in order of number, never in order of a hash map.

mod adjacency;
#[cfg(test)]
mod agreement;
pub mod algorithms;
mod alteration;
mod array;
mod builder;
mod bulk;
mod changes;
mod citing;
mod column;
mod column_builder;
mod content;
mod dates;
pub mod disagreement;
mod edge_freezing;
mod edge_test;
mod edge_times;
mod edges;
mod encoding;
mod ends;
mod evidence;
mod evidence_builder;
mod filter;
#[cfg(test)]
mod filter_tests;
mod freezing;
mod index;
mod lanes;
mod meta;
mod naming;
mod neighbours;
mod nodes;
mod offsets;
mod overlay;
mod petgraph;
mod ranks;
mod read;
mod row_starts;
mod said;
mod statistics;
mod store;
mod symbols;
mod texts;
mod view;
mod walking;
mod write;

pub use self::petgraph::{NeighbourNodes, NodeTies, Tie, VisitedNodes};
pub use adjacency::Adjacency;
pub use alteration::Alteration;
pub use array::Array;
pub use builder::{GraphBuilder, NewEdge};
pub use bulk::{NewCells, NewColumn};
pub use changes::SideEffects;
pub use citing::reading;
pub use column::{Cells, Column, Presence};
pub use content::{ContentHasher, content_key};
pub use dates::{DateColumns, DateFormat};
pub use edge_test::EdgeTest;
pub use edge_times::TypeTimes;
pub use evidence::stance;
pub use filter::EdgeFilter;
pub use index::{IntIndex, TextIndex, Unlisted, ValueIndex};
pub use lanes::Lanes;
pub use meta::Meta;
pub use naming::Named;
pub use neighbours::{Direction, Neighbours};
pub use offsets::Offsets;
pub use read::Graph;
pub use row_starts::RowStarts;
pub use said::{ClaimRow, NewClaim, NewFigure, NewName, NewSource};
pub use statistics::TypeStatistics;
pub use store::Store;
pub use symbols::Symbols;
pub(crate) use texts::{BlockedTexts, LateBlock, PLACES_IN_BLOCK, TEXTS_IN_BLOCK, TextBlock};
pub use texts::{Texts, TextsBuilder};
pub use view::{Orientation, View, Walk};
pub use write::WriteError;

pub(crate) use dates::is_derived;
pub(crate) use edge_times::{EdgeReadings, class_of};
pub(crate) use evidence::Evidence;
pub(crate) use store::{EdgeTable, NodeTable};
