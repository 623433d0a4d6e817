//! A graph file on disk whose arrays are read when somebody asks for them.
//!
//! An array that turns out to be damaged when it is first read cannot be an error of whatever asked for it: the reading
//! unwinds with the [`StorageError`], and [`guarded`] makes an error of it again. No panic hook is run.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, OnceLock};

use bytemuck::{AnyBitPattern, NoUninit, Pod};

use super::error::StorageError;
use super::layout::{Entry, padded};
use super::packing::{self, PackedHeader};

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

/// Packed numbers on disk, whose pages are read one by one.
pub(super) struct PackedOnDisk {
    disk: Arc<Disk>,
    entry: Entry,
    header: PackedHeader,
    /// The checksums of the pages, behind that of the header.
    sums: OnceLock<Vec<u32>>,
}

impl PackedOnDisk {
    pub(super) fn new(disk: Arc<Disk>, entry: Entry, header: PackedHeader) -> Self {
        Self { disk, entry, header, sums: OnceLock::new() }
    }

    fn damaged(&self) -> StorageError {
        StorageError::Damaged { segment: self.entry.id().words() }
    }

    /// Where the checksums stand.
    fn begin(&self) -> u64 {
        self.entry.offset + size_of::<PackedHeader>() as u64
    }

    fn sums(&self) -> Result<&[u32], StorageError> {
        if let Some(sums) = self.sums.get() {
            return Ok(sums);
        }
        let mut sums = vec![0u32; self.header.pages() + 1];
        self.disk.read_at(bytemuck::cast_slice_mut(&mut sums), self.begin())?;
        if sums[0] != self.header.checksum() {
            return Err(self.damaged());
        }
        Ok(self.sums.get_or_init(|| sums))
    }

    /// Reads the codes of some pages, and what must stand behind them.
    fn read(&self, pages: Range<usize>, buffer: &mut Vec<u8>) -> Result<(), StorageError> {
        let (first, last) = (self.header.page(pages.start), self.header.page(pages.end - 1));
        buffer.resize(last.end - first.start + packing::BEHIND, 0);
        self.disk.read_at(buffer, self.begin() + (self.header.sums() + first.start) as u64)?;
        let sums = self.sums()?;
        for number in pages {
            let page = self.header.page(number);
            if crc32fast::hash(&buffer[page.start - first.start..page.end - first.start]) != sums[number + 1] {
                return Err(self.damaged());
            }
        }
        Ok(())
    }

    /// The numbers of a page.
    pub(super) fn page<T: Pod>(&self, number: usize) -> Result<Vec<T>, StorageError> {
        packing::unpack_pages(&self.header, number..number + 1, |pages, buffer| self.read(pages, buffer))
    }

    /// All numbers.
    pub(super) fn all<T: Pod>(&self) -> Result<Vec<T>, StorageError> {
        if let Some(same) = packing::all_the_same(&self.header) {
            self.sums()?;
            return Ok(same);
        }
        packing::unpack_pages(&self.header, 0..self.header.pages(), |pages, buffer| self.read(pages, buffer))
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
