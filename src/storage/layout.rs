//! The header, the table, and the list of parts.

use bytemuck::{Pod, Zeroable};

/// The version of the format that this griot writes and reads.
pub const FORMAT_VERSION: u32 = 3;

/// Every segment starts at a multiple of this, so that its numbers are aligned wherever the file is.
pub const ALIGNMENT: usize = 64;

pub(super) const MAGIC: [u8; 8] = *b"griot\r\n\0";

/// Owner of what belongs to nodes, or to the graph as a whole.
pub(super) const NO_OWNER: u32 = u32::MAX;

/// Set in the slot of a segment whose numbers are packed.
const PACKED: u16 = 1 << 15;

/// What fills up `length` to the next aligned place.
pub(super) fn padded(length: u64) -> u64 {
    length.next_multiple_of(ALIGNMENT as u64)
}

/// The first bytes of a file.
#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Header {
    pub(super) magic: [u8; 8],
    pub(super) version: u32,
    pub(super) segments: u32,
    pub(super) length: u64,
    pub(super) table_crc: u32,
    pub(super) unused: [u32; 8],
    pub(super) crc: u32,
}

impl Header {
    /// The checksum that the header should have.
    pub(super) fn checksum(&self) -> u32 {
        let bytes = bytemuck::bytes_of(self);
        crc32fast::hash(&bytes[..bytes.len() - size_of::<u32>()])
    }
}

/// Which array a segment is. The order of the fields is the order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id {
    pub(super) part: u16,
    pub(super) owner: u32,
    pub(super) key: u32,
    pub(super) slot: u16,
}

impl Id {
    /// Of the graph as a whole.
    pub(super) fn of(part: Part) -> Self {
        Self { part: part as u16, owner: NO_OWNER, key: 0, slot: 0 }
    }

    /// Of an owner and a key.
    pub(super) fn owned(part: Part, owner: u32, key: u32) -> Self {
        Self { part: part as u16, owner, key, slot: 0 }
    }

    /// The array of the same thing in another slot.
    pub(super) fn slot(self, slot: u16) -> Self {
        Self { slot, ..self }
    }

    /// The same array, packed.
    pub(super) fn packed(self) -> Self {
        Self { slot: self.slot | PACKED, ..self }
    }

    /// For messages.
    pub(super) fn words(self) -> String {
        let part =
            Part::ALL.iter().find(|(part, _)| *part as u16 == self.part).map_or("an unknown part", |(_, words)| words);
        let number = |word: &str, number: u32| format!(", {word} {number}");
        let owner = if self.owner == NO_OWNER { String::new() } else { number("type", self.owner) };
        let key = if self.key == 0 { String::new() } else { number("key", self.key) };
        let slot = self.slot & !PACKED;
        let slot = if slot == 0 { String::new() } else { number("slot", u32::from(slot)) };
        format!("{part}{owner}{key}{slot}")
    }
}

/// One line of the table.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Entry {
    pub(super) part: u16,
    pub(super) slot: u16,
    pub(super) owner: u32,
    pub(super) key: u32,
    pub(super) crc: u32,
    pub(super) offset: u64,
    pub(super) length: u64,
}

impl Entry {
    pub(super) fn id(&self) -> Id {
        Id { part: self.part, owner: self.owner, key: self.key, slot: self.slot }
    }
}

macro_rules! parts {
    ($($name:ident = $number:literal $words:literal,)+) => {
        /// What an array is. Numbers are never used again for something else.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub(super) enum Part { $($name = $number,)+ }

        impl Part {
            /// Every part and what it is called in messages.
            const ALL: &[(Self, &'static str)] = &[$((Self::$name, $words),)+];
        }
    };
}

parts! {
    Directory = 1 "the directory",
    TextStarts = 2 "the starts of strings",
    TextBytes = 3 "the strings",
    TextSlots = 4 "the look-up of strings",
    Slugs = 5 "node ids",
    BySlug = 6 "the look-up of node ids",
    BySlugNodes = 7 "the nodes by id",
    LabelSets = 8 "label sets of nodes",
    SetStarts = 9 "the starts of label sets",
    SetLabels = 10 "the labels of sets",
    LabelStarts = 11 "the starts of labels",
    LabelNodes = 12 "the nodes by label",
    Marked = 13 "the indexed keys",
    Index = 14 "an index",
    IndexNodes = 15 "the nodes of an index",
    Lifetimes = 16 "lifetimes",
    Column = 17 "a property",
    Targets = 19 "where edges point",
    InEdges = 20 "edges by target",
    InSources = 21 "sources by target",
    TypeCounts = 22 "the numbers of edges",
    Out = 23 "edges by source",
    Incoming = 24 "the starts of targets",
    DaysFirst = 25 "first days",
    DaysLast = 26 "last days",
    Bounds = 27 "bounds of time",
    Flags = 28 "flags of time",
    ReadingEdges = 29 "edges with several readings",
    Readings = 30 "readings",
    ContentKeys = 31 "content keys",
    SourceRecords = 32 "sources",
    Claims = 33 "claims",
    ClaimsByEdge = 34 "claims by edge",
    ClaimsByNode = 35 "claims by node",
    Names = 36 "names",
    NamesByNode = 37 "names by node",
    Figures = 38 "figures",
    FiguresByNode = 39 "figures by node",
    IntIndex = 40 "an index of numbers",
    Records = 41 "the curator's records",
    TextCounts = 42 "the numbers of strings",
    TextBlocks = 43 "a block of strings",
    TextSlotBlocks = 44 "a block of the look-up of strings",
}

/// The slots of a column of one type. Those of its further parts come behind, [`PART`](column_slot::PART) on.
pub(super) mod column_slot {
    pub(in crate::storage) const ROWS: u16 = 0;
    pub(in crate::storage) const BITMAP: u16 = 1;
    pub(in crate::storage) const NARROW: u16 = 2;
    pub(in crate::storage) const INT: u16 = 3;
    pub(in crate::storage) const FLOAT: u16 = 4;
    pub(in crate::storage) const BOOL: u16 = 5;
    pub(in crate::storage) const TEXT: u16 = 6;
    pub(in crate::storage) const MIXED_STARTS: u16 = 7;
    pub(in crate::storage) const MIXED_BYTES: u16 = 8;
    pub(in crate::storage) const RUN: u16 = 9;
    /// From the slots of one part to those of the next.
    pub(in crate::storage) const PART: u16 = 16;
}

/// A reading as stored.
#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(super) struct StoredReading {
    pub(super) bounds: crate::time::Bounds,
    pub(super) stance: u32,
}
