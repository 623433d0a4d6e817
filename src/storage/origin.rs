//! Where the bytes of a graph file come from: the program, a stream that is read once, or a file on disk.

use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;

use bytemuck::Pod;

use super::disk::Disk;
use super::error::StorageError;
use super::layout::padded;
use super::read::to_usize;
use crate::graph::Array;

pub(super) trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// Where the bytes come from.
pub(super) enum Origin<'f> {
    Static(&'static [u8]),
    Stream(&'f mut dyn ReadSeek),
    Disk(Arc<Disk>),
}

impl Origin<'_> {
    pub(super) fn length(&mut self) -> Result<u64, StorageError> {
        match self {
            Self::Static(bytes) => Ok(bytes.len() as u64),
            Self::Stream(file) => Ok(file.seek(SeekFrom::End(0))?),
            Self::Disk(disk) => Ok(disk.length()?),
        }
    }

    /// The first bytes of a file that is too short to be one.
    pub(super) fn start(&mut self, count: usize) -> Result<Vec<u8>, StorageError> {
        let mut start = vec![0; count];
        match self {
            Self::Static(bytes) => start.copy_from_slice(&bytes[..count]),
            Self::Stream(file) => {
                file.seek(SeekFrom::Start(0))?;
                file.read_exact(&mut start)?;
            }
            Self::Disk(disk) => disk.read_at(&mut start, 0)?,
        }
        Ok(start)
    }

    /// An array and its padding from an aligned place, and their checksum. The file is long enough.
    pub(super) fn array<T: Pod>(&mut self, offset: u64, count: usize) -> Result<(Array<T>, u32), StorageError> {
        let length = count * size_of::<T>();
        let padding = to_usize(padded(length as u64)) - length;
        match self {
            Self::Static(bytes) => {
                let bytes: &'static [u8] = &bytes[to_usize(offset)..];
                let (own, crc) = (&bytes[..length], crc32fast::hash(&bytes[..length + padding]));
                let array = bytemuck::try_cast_slice(own).map(Array::from_static);
                Ok((array.unwrap_or_else(|_| copied(own, count)), crc))
            }
            Self::Stream(file) => {
                let mut items = vec![T::zeroed(); count];
                let mut rest = [0; super::ALIGNMENT];
                file.seek(SeekFrom::Start(offset))?;
                file.read_exact(bytemuck::cast_slice_mut(&mut items))?;
                file.read_exact(&mut rest[..padding])?;
                let mut crc = crc32fast::Hasher::new();
                crc.update(bytemuck::cast_slice(&items));
                crc.update(&rest[..padding]);
                Ok((items.into(), crc.finalize()))
            }
            Self::Disk(disk) => {
                let mut bytes = vec![0; length + padding];
                disk.read_at(&mut bytes, offset)?;
                Ok((copied(&bytes[..length], count), crc32fast::hash(&bytes)))
            }
        }
    }
}

/// A copy of bytes that lie where their numbers are not aligned.
fn copied<T: Pod>(bytes: &[u8], count: usize) -> Array<T> {
    let mut items = vec![T::zeroed(); count];
    bytemuck::cast_slice_mut(&mut items).copy_from_slice(bytes);
    items.into()
}
