#![doc = include_str!("FORMAT.md")]

mod disk;
mod error;
mod layout;
mod origin;
mod packing;
mod read;
mod write;

pub use disk::guarded;
pub use error::StorageError;
pub use layout::{ALIGNMENT, FORMAT_VERSION};
pub use read::{Bytes, open, open_file, read};
pub use write::{write, write_packed};

#[cfg(test)]
mod tests;
