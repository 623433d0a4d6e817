//! A file in pieces that end where a row ends, read one after the other.
//!
//! A line break between quotes ends no row: where a piece has quotes, they are counted.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

/// How many bytes are read at a time. What a graph is made of hangs on it nowhere.
const PIECE: usize = 1 << 20;

/// A row that is longer than this is none: a quote was not closed.
const LONGEST_ROW: usize = 64 << 20;

/// Some whole rows of a file.
pub(super) struct Chunk {
    /// Where in the file it starts, in bytes.
    pub(super) offset: u64,
    pub(super) bytes: Vec<u8>,
}

/// How a file compressed by gzip begins (RFC 1952, 2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The chunks of a file.
pub(super) struct Chunks {
    file: File,
    /// What was read and belongs to the next chunk.
    rest: Vec<u8>,
    offset: u64,
    has_ended: bool,
}

impl Chunks {
    /// A table is read more than once, from its start.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("it is no ordinary file, and a table is read more than once: save it first"));
        }
        let mut first = [0; GZIP.len()];
        if file.read(&mut first)? == first.len() && first == GZIP {
            return Err(io::Error::other("it is compressed: unpack it with gunzip first"));
        }
        file.rewind()?;
        Ok(Self { file, rest: Vec::new(), offset: 0, has_ended: false })
    }

    /// Reads a piece behind what is there.
    fn read_more(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        let before = bytes.len();
        bytes.reserve(PIECE);
        let count = (&mut self.file).take(PIECE as u64).read_to_end(bytes)?;
        debug_assert_eq!(bytes.len(), before + count);
        self.has_ended = count < PIECE;
        Ok(())
    }

    fn chunk(&mut self) -> io::Result<Option<Chunk>> {
        let mut bytes = std::mem::take(&mut self.rest);
        let (mut seen, mut is_quoted, mut end) = (0, false, 0);
        while end == 0 && !self.has_ended && bytes.len() < LONGEST_ROW {
            self.read_more(&mut bytes)?;
            end = last_row_end(&bytes[seen..], &mut is_quoted).map_or(0, |end| seen + end);
            seen = bytes.len();
        }
        if self.has_ended || end == 0 {
            end = bytes.len();
        }
        self.rest = bytes[end..].to_vec();
        bytes.truncate(end);
        let offset = self.offset;
        self.offset += end as u64;
        Ok((!bytes.is_empty()).then_some(Chunk { offset, bytes }))
    }
}

/// Where the last row ends that ends in the bytes; keeps count of whether their end is quoted.
fn last_row_end(bytes: &[u8], is_quoted: &mut bool) -> Option<usize> {
    if !*is_quoted && !bytes.contains(&b'"') {
        return bytes.iter().rposition(|byte| *byte == b'\n').map(|at| at + 1);
    }
    let mut end = None;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' => *is_quoted = !*is_quoted,
            b'\n' if !*is_quoted => end = Some(at + 1),
            _ => {}
        }
    }
    end
}

impl Iterator for Chunks {
    type Item = io::Result<Chunk>;

    fn next(&mut self) -> Option<Self::Item> {
        self.chunk().transpose()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn chunks_end_where_rows_end() {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        let mut all = Vec::new();
        for row in 0..200_000 {
            let quoted = if row % 1000 == 0 { "\"a\nb\"" } else { "ab" };
            all.extend_from_slice(format!("{row},{quoted}\n").as_bytes());
        }
        all.extend_from_slice(b"last,row");
        file.write_all(&all).expect("written");
        let (mut joined, mut count) = (Vec::new(), 0);
        for chunk in Chunks::open(file.path()).expect("opened") {
            let chunk = chunk.expect("read");
            assert_eq!(chunk.offset, joined.len() as u64);
            joined.extend_from_slice(&chunk.bytes);
            let start = all.get(joined.len()).copied();
            assert!(start.is_none_or(|byte| byte.is_ascii_digit() || byte == b'l'), "chunk {count}");
            count += 1;
        }
        assert_eq!(joined, all);
        assert!(count > 1);
    }
}
