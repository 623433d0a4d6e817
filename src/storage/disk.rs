//! A graph file on disk whose arrays are read when somebody asks for them.
//!
//! An array that turns out to be damaged when it is first read cannot be an error of whatever asked for it: the reading
//! unwinds with the [`StorageError`], and [`guarded`] makes an error of it again. No panic hook is run.

use std::fs::File;
use std::io;
use std::panic::{self, AssertUnwindSafe};

use bytemuck::{AnyBitPattern, NoUninit};

use super::error::StorageError;
use super::layout::{Entry, padded};

/// A file that is read at places, by any thread.
pub(super) struct Disk {
    file: File,
}

impl Disk {
    pub(super) fn new(file: File) -> Self {
        Self { file }
    }

    pub(super) fn length(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    /// Fills a buffer from a place on.
    #[cfg(unix)]
    pub(super) fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, buffer, offset)
    }

    /// Fills a buffer from a place on.
    #[cfg(windows)]
    pub(super) fn read_at(&self, mut buffer: &mut [u8], mut offset: u64) -> io::Result<()> {
        while !buffer.is_empty() {
            let count = std::os::windows::fs::FileExt::seek_read(&self.file, buffer, offset)?;
            if count == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            buffer = &mut buffer[count..];
            offset += count as u64;
        }
        Ok(())
    }

    /// All items of a segment, if they fit its checksum.
    pub(super) fn items<T: AnyBitPattern + NoUninit>(
        &self,
        entry: &Entry,
        count: usize,
    ) -> Result<Vec<T>, StorageError> {
        let mut items: Vec<T> = bytemuck::zeroed_vec(count);
        let bytes = bytemuck::cast_slice_mut(&mut items);
        self.read_at(bytes, entry.offset)?;
        let mut crc = crc32fast::Hasher::new();
        crc.update(bytes);
        let padding = padded(entry.length) - entry.length;
        crc.update(&[0; super::ALIGNMENT][..usize::try_from(padding).unwrap_or(0)]);
        if crc.finalize() == entry.crc { Ok(items) } else { Err(StorageError::Damaged { segment: entry.id().words() }) }
    }
}

/// What was read late, or the end of whatever needed it.
pub(super) fn or_unwind<T>(read: Result<T, StorageError>) -> T {
    read.unwrap_or_else(|error| panic::resume_unwind(Box::new(error)))
}

/// Does something that may read arrays of a graph file for the first time.
///
/// # Errors
/// If one of them is damaged or cannot be read. What was half done should not be used again.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, StorageError> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|panicked| match panicked.downcast::<StorageError>() {
        Ok(error) => *error,
        Err(other) => panic::resume_unwind(other),
    })
}
