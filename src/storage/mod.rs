#![doc = include_str!("FORMAT.md")]

mod error;
mod layout;
mod read;
mod write;

pub use error::StorageError;
pub use layout::{ALIGNMENT, FORMAT_VERSION};
pub use read::{Bytes, open, read};
pub use write::write;

#[cfg(test)]
mod tests;
