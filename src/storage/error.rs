//! What can go wrong between a graph and its file.

use std::io;

use thiserror::Error;

use super::layout::FORMAT_VERSION;

/// Why a graph file cannot be read or written.
#[derive(Debug, Error)]
pub enum StorageError {
    /// The first bytes are not those of a graph file.
    #[error("this is not a griot graph file")]
    NotAGraphFile,
    /// The file is of another format.
    #[error("the graph file has format version {found}, this griot reads version {FORMAT_VERSION}: import it anew")]
    OtherVersion {
        /// The version of the file.
        found: u32,
    },
    /// The file ends too early.
    #[error("the graph file is cut off: {found} of {expected} bytes are there")]
    Truncated {
        /// How many bytes it should have.
        expected: u64,
        /// How many it has.
        found: u64,
    },
    /// A checksum does not fit.
    #[error("the graph file is damaged: {segment} does not fit its checksum")]
    Damaged {
        /// Which part of the file.
        segment: String,
    },
    /// The checksums fit, and the arrays do not fit one another: another program wrote this, or a faulty griot.
    #[error("the graph file contradicts itself in {segment}")]
    Unfit {
        /// Which part of the file.
        segment: String,
    },
    /// The machine stores numbers the other way round.
    #[error("graph files can be read only on little-endian machines")]
    BigEndian,
    /// The file could not be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
}
