//! The built-in knowledge base: the graph file that `build.rs` compiled from `kb/`, embedded in the program.
//!
//! Opening it copies no array and parses no TOML; its version is in its [`Meta`](crate::graph::Meta).

use crate::graph::Store;
use crate::storage::{self, Bytes};

/// Bytes at a place where the file's arrays are aligned, so that they are used where they are.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

const _: () = assert!(align_of::<Aligned<u8>>() == storage::ALIGNMENT);

static FILE: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/kb.griot")));

/// The store of the built-in knowledge base.
///
/// # Panics
/// Never: the file was written by the same version of this crate.
#[must_use]
pub fn store() -> Store {
    storage::read(Bytes::Static(&FILE.0)).expect("build.rs wrote the file with the same code")
}
