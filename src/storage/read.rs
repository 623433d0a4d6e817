//! From bytes to a store.

use std::io::{Cursor, Read, Seek, SeekFrom};
use std::sync::OnceLock;

use bytemuck::{Pod, Zeroable};
use serde::Deserialize;

use super::error::StorageError;
use super::layout::{Entry, FORMAT_VERSION, Header, Id, MAGIC, NO_OWNER, Part, StoredReading, column_slot, padded};
use crate::graph::{
    Adjacency, Array, Cells, Column, EdgeReadings, EdgeTable, Evidence, IntIndex, Meta, NodeTable, Offsets, Presence,
    Store, Symbols, TextIndex, Texts, TypeTimes, ValueIndex,
};
use crate::model::KeyId;
use crate::time::{Reading, Stance};

/// A graph file in memory.
#[derive(Clone, Debug)]
pub enum Bytes {
    /// Part of the program. Where it lies at a multiple of [`ALIGNMENT`](super::ALIGNMENT) bytes, its arrays are used
    /// where they are.
    Static(&'static [u8]),
    /// Read from somewhere; its arrays are copied.
    Owned(Vec<u8>),
}

/// Reads a graph file that is in memory.
///
/// # Errors
/// If it is no graph file, of another version, cut off or damaged.
pub fn read(bytes: Bytes) -> Result<Store, StorageError> {
    match bytes {
        Bytes::Static(bytes) => File::read_table(Origin::Static(bytes))?.store(),
        Bytes::Owned(bytes) => open(Cursor::new(bytes)),
    }
}

/// Reads a graph file from disk or anywhere else, array by array, each straight into its place.
///
/// # Errors
/// If it cannot be read, is no graph file, of another version, cut off or damaged.
pub fn open(mut file: impl Read + Seek) -> Result<Store, StorageError> {
    File::read_table(Origin::Stream(&mut file))?.store()
}

trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// Where the bytes come from.
enum Origin<'f> {
    Static(&'static [u8]),
    Stream(&'f mut dyn ReadSeek),
}

impl Origin<'_> {
    fn length(&mut self) -> Result<u64, StorageError> {
        match self {
            Self::Static(bytes) => Ok(bytes.len() as u64),
            Self::Stream(file) => Ok(file.seek(SeekFrom::End(0))?),
        }
    }

    /// An array and its padding from an aligned place, and their checksum. The file is long enough.
    fn array<T: Pod>(&mut self, offset: u64, count: usize) -> Result<(Array<T>, u32), StorageError> {
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
        }
    }
}

/// A copy of bytes that lie where their numbers are not aligned.
fn copied<T: Pod>(bytes: &[u8], count: usize) -> Array<T> {
    let mut items = vec![T::zeroed(); count];
    bytemuck::cast_slice_mut(&mut items).copy_from_slice(bytes);
    items.into()
}

fn to_usize(length: u64) -> usize {
    usize::try_from(length).expect("what is in memory, or was found to be in the file, fits an address")
}

fn unfit(segment: impl Into<String>) -> StorageError {
    StorageError::Unfit { segment: segment.into() }
}

fn damaged(segment: impl Into<String>) -> StorageError {
    StorageError::Damaged { segment: segment.into() }
}

/// A file whose header and table are read.
struct File<'f> {
    origin: Origin<'f>,
    table: Array<Entry>,
}

/// What the directory says.
#[derive(Deserialize)]
struct Directory {
    meta: Meta,
    labels: Vec<String>,
    types: Vec<String>,
    keys: Vec<String>,
}

impl<'f> File<'f> {
    fn read_table(mut origin: Origin<'f>) -> Result<Self, StorageError> {
        if cfg!(target_endian = "big") {
            return Err(StorageError::BigEndian);
        }
        let length = origin.length()?;
        let header = read_header(&mut origin, length)?;
        let table_end = size_of::<Header>() as u64 + padded(u64::from(header.segments) * size_of::<Entry>() as u64);
        if table_end > length {
            return Err(damaged("the table"));
        }
        let (table, crc) = origin.array::<Entry>(size_of::<Header>() as u64, header.segments as usize)?;
        if crc != header.table_crc {
            return Err(damaged("the table"));
        }
        let mut next = table_end;
        for entry in table.iter() {
            let end =
                entry.length.checked_next_multiple_of(super::ALIGNMENT as u64).and_then(|own| own.checked_add(next));
            if entry.offset != next || end.is_none_or(|end| end > length) {
                return Err(unfit("the table"));
            }
            next += padded(entry.length);
        }
        if next != length || !table.is_sorted_by(|a, b| a.id() < b.id()) {
            return Err(unfit("the table"));
        }
        Ok(Self { origin, table })
    }

    fn find(&self, id: Id) -> Option<Entry> {
        let at = self.table.binary_search_by_key(&id, Entry::id).ok()?;
        Some(self.table[at])
    }

    /// An array; empty where it has no segment.
    fn array<T: Pod>(&mut self, id: Id) -> Result<Array<T>, StorageError> {
        let Some(entry) = self.find(id) else { return Ok(Array::default()) };
        let length = to_usize(entry.length);
        if !length.is_multiple_of(size_of::<T>()) {
            return Err(unfit(id.words()));
        }
        let (array, crc) = self.origin.array(entry.offset, length / size_of::<T>())?;
        if crc == entry.crc { Ok(array) } else { Err(damaged(id.words())) }
    }

    /// Offsets over an array of so many rows.
    fn offsets(&mut self, id: Id, rows: usize) -> Result<Offsets, StorageError> {
        let offsets = Offsets { keys: self.array(id)?, starts: self.array(id.slot(1))? };
        if offsets.covers(rows) { Ok(offsets) } else { Err(unfit(id.words())) }
    }

    fn index(&mut self, codes: Id, nodes: Id) -> Result<TextIndex, StorageError> {
        let nodes = self.array(nodes)?;
        Ok(TextIndex { codes: self.offsets(codes, nodes.len())?, nodes })
    }

    /// The index on a marked property; `None` where it holds what cannot be indexed.
    fn value_index(&mut self, key: u32, column: Option<&Column>) -> Result<Option<ValueIndex>, StorageError> {
        let id = |part| Id::owned(part, NO_OWNER, key);
        Ok(match column.map(|column| &column.cells) {
            None | Some(Cells::Text(_)) => Some(ValueIndex::Text(self.index(id(Part::Index), id(Part::IndexNodes))?)),
            Some(Cells::Narrow(_) | Cells::Int(_)) => {
                let values = self.array(id(Part::IntIndex))?;
                let starts = self.array(id(Part::IntIndex).slot(1))?;
                let index = IntIndex { values, starts, nodes: self.array(id(Part::IndexNodes))? };
                if !index.is_sound() {
                    return Err(unfit(id(Part::IntIndex).words()));
                }
                Some(ValueIndex::Int(index))
            }
            Some(Cells::Float(_) | Cells::Bool(_) | Cells::Mixed { .. }) => None,
        })
    }

    /// The column of an owner and a key, of which there is at least one segment.
    fn column(&mut self, owner: u32, key: u32, rows: usize) -> Result<Column, StorageError> {
        let id = Id::owned(Part::Column, owner, key);
        let has = |file: &Self, slot| file.find(id.slot(slot)).is_some();
        let presence = if has(self, column_slot::ROWS) {
            Presence::Rows(self.array(id.slot(column_slot::ROWS))?)
        } else if has(self, column_slot::BITMAP) {
            Presence::Bitmap(self.array(id.slot(column_slot::BITMAP))?)
        } else {
            Presence::All
        };
        let slots = column_slot::NARROW..=column_slot::MIXED_STARTS;
        let slot = slots.into_iter().find(|slot| has(self, *slot)).ok_or_else(|| unfit(id.words()))?;
        let cells = id.slot(slot);
        let cells = match slot {
            column_slot::NARROW => Cells::Narrow(self.array(cells)?),
            column_slot::INT => Cells::Int(self.array(cells)?),
            column_slot::FLOAT => Cells::Float(self.array(cells)?),
            column_slot::BOOL => Cells::Bool(self.array(cells)?),
            column_slot::TEXT => Cells::Text(self.array(cells)?),
            _ => Cells::Mixed { starts: self.array(cells)?, bytes: self.array(id.slot(column_slot::MIXED_BYTES))? },
        };
        let column = Column { presence, cells };
        if column.is_sound(rows) { Ok(column) } else { Err(unfit(id.words())) }
    }

    /// The keys of which an owner has a column, ascending.
    fn column_keys(&self, owner: u32) -> Vec<u32> {
        let first = self.table.partition_point(|entry| entry.id() < Id::owned(Part::Column, owner, 0));
        let of_owner =
            self.table[first..].iter().take_while(|entry| entry.part == Part::Column as u16 && entry.owner == owner);
        let mut keys: Vec<u32> = of_owner.map(|entry| entry.key).collect();
        keys.dedup();
        keys
    }

    fn store(mut self) -> Result<Store, StorageError> {
        let directory: Array<u8> = self.array(Id::of(Part::Directory))?;
        let directory: Directory =
            serde_json::from_slice(&directory).map_err(|_| unfit(Id::of(Part::Directory).words()))?;
        let texts = self.texts()?;
        let nodes = self.nodes(directory.keys.len())?;
        let edges = self.edges(&directory, nodes.label_sets.len())?;
        let evidence = self.evidence()?;
        let records = self.array(Id::of(Part::Records))?;
        let symbols = |names: &[String]| {
            let mut symbols = Symbols::default();
            for name in names {
                symbols.intern(name);
            }
            symbols
        };
        Ok(Store {
            labels: symbols(&directory.labels),
            types: symbols(&directory.types),
            keys: symbols(&directory.keys),
            meta: directory.meta,
            texts,
            nodes,
            edges,
            evidence,
            records,
            ..Store::default()
        })
    }

    fn texts(&mut self) -> Result<Texts, StorageError> {
        let (starts, slots) = (self.array(Id::of(Part::TextStarts))?, self.array(Id::of(Part::TextSlots))?);
        let bytes: Array<u8> = self.array(Id::of(Part::TextBytes))?;
        let texts = bytes.into_text().and_then(|text| Texts::from_parts(starts, text, slots));
        texts.ok_or_else(|| unfit(Id::of(Part::TextBytes).words()))
    }

    fn nodes(&mut self, keys: usize) -> Result<NodeTable, StorageError> {
        let label_sets: Array<u32> = self.array(Id::of(Part::LabelSets))?;
        let count = label_sets.len();
        let mut columns: Vec<Option<Column>> = vec![None; keys];
        for key in self.column_keys(NO_OWNER) {
            let column = self.column(NO_OWNER, key, count)?;
            *columns.get_mut(key as usize).ok_or_else(|| unfit(Id::of(Part::Column).words()))? = Some(column);
        }
        let marked: Array<KeyId> = self.array(Id::of(Part::Marked))?;
        let indexes: Vec<OnceLock<Option<ValueIndex>>> = vec![OnceLock::new(); keys];
        for key in marked.iter() {
            let column = columns.get(key.index()).ok_or_else(|| unfit(Id::of(Part::Marked).words()))?;
            let index = self.value_index(key.0, column.as_ref())?;
            indexes[key.index()].get_or_init(|| index);
        }
        let slugs = self.array(Id::of(Part::Slugs))?;
        let lifetimes = self.array(Id::of(Part::Lifetimes))?;
        if ![0, count].contains(&slugs.len()) || ![0, count].contains(&lifetimes.len()) {
            return Err(unfit(Id::of(Part::Slugs).words()));
        }
        Ok(NodeTable {
            slugs,
            by_slug: self.index(Id::of(Part::BySlug), Id::of(Part::BySlugNodes))?,
            label_sets,
            set_starts: self.array(Id::of(Part::SetStarts))?,
            set_labels: self.array(Id::of(Part::SetLabels))?,
            label_starts: self.array(Id::of(Part::LabelStarts))?,
            label_nodes: self.array(Id::of(Part::LabelNodes))?,
            columns,
            indexes,
            marked: marked.to_vec(),
            lifetimes,
        })
    }

    fn edges(&mut self, directory: &Directory, nodes: usize) -> Result<EdgeTable, StorageError> {
        let mut table = EdgeTable {
            sources: self.array(Id::of(Part::Sources))?,
            targets: self.array(Id::of(Part::Targets))?,
            in_edges: self.array(Id::of(Part::InEdges))?,
            in_sources: self.array(Id::of(Part::InSources))?,
            content_keys: self.array(Id::of(Part::ContentKeys))?,
            ..EdgeTable::default()
        };
        let total = table.sources.len();
        let counts: Array<u32> = self.array(Id::of(Part::TypeCounts))?;
        let lengths = [table.targets.len(), table.in_edges.len(), table.in_sources.len()];
        let sum: u64 = counts.iter().map(|count| u64::from(*count)).sum();
        let has_ends = total == 0 || nodes > 0;
        if lengths != [total; 3] || sum != total as u64 || counts.len() != directory.types.len() || !has_ends {
            return Err(unfit(Id::of(Part::TypeCounts).words()));
        }
        if ![0, total].contains(&table.content_keys.len()) {
            return Err(unfit(Id::of(Part::ContentKeys).words()));
        }
        let mut first = 0;
        for (owner, (count, name)) in (0..).zip(counts.iter().zip(&directory.types)) {
            let rows = *count as usize;
            let out = self.offsets(Id::owned(Part::Out, owner, 0), rows)?;
            let incoming = self.offsets(Id::owned(Part::Incoming, owner, 0), rows)?;
            table.by_type.push(Adjacency { first, count: *count, out, incoming });
            let keys = self.column_keys(owner).into_iter();
            let columns = keys.map(|key| Ok((KeyId(key), self.column(owner, key, rows)?)));
            table.columns.push(columns.collect::<Result<_, StorageError>>()?);
            table.times.push(self.times(owner, rows)?);
            table.classes.push(crate::graph::class_of(&directory.meta.schema, name));
            first += count;
        }
        table.readings = self.readings()?;
        Ok(table)
    }

    fn times(&mut self, owner: u32, edges: usize) -> Result<TypeTimes, StorageError> {
        let id = |part| Id::owned(part, owner, 0);
        let times = if self.find(id(Part::DaysFirst)).is_some() {
            TypeTimes::Days { first: self.array(id(Part::DaysFirst))?, last: self.array(id(Part::DaysLast))? }
        } else if self.find(id(Part::Bounds)).is_some() {
            TypeTimes::Windows { bounds: self.array(id(Part::Bounds))?, flags: self.array(id(Part::Flags))? }
        } else {
            TypeTimes::Undated
        };
        if times.is_sound(edges) { Ok(times) } else { Err(unfit(id(Part::Bounds).words())) }
    }

    fn readings(&mut self) -> Result<EdgeReadings, StorageError> {
        let stored: Array<StoredReading> = self.array(Id::of(Part::Readings))?;
        let readings = stored.iter().map(|stored| {
            let stance = u8::try_from(stored.stance).ok().and_then(Stance::from_number);
            let stance = stance.ok_or_else(|| unfit(Id::of(Part::Readings).words()))?;
            Ok(Reading { bounds: stored.bounds, stance })
        });
        let readings = readings.collect::<Result<Vec<_>, StorageError>>()?;
        Ok(EdgeReadings { edges: self.offsets(Id::of(Part::ReadingEdges), readings.len())?, readings })
    }

    fn evidence(&mut self) -> Result<Evidence, StorageError> {
        let mut evidence = Evidence {
            sources: self.array(Id::of(Part::SourceRecords))?,
            claims: self.array(Id::of(Part::Claims))?,
            names: self.array(Id::of(Part::Names))?,
            figures: self.array(Id::of(Part::Figures))?,
            ..Evidence::default()
        };
        let on_edges = evidence.claims.partition_point(|claim| claim.is_about_node == 0);
        evidence.on_edges = u32::try_from(on_edges).map_err(|_| unfit(Id::of(Part::Claims).words()))?;
        evidence.by_edge = self.offsets(Id::of(Part::ClaimsByEdge), on_edges)?;
        evidence.by_node = self.offsets(Id::of(Part::ClaimsByNode), evidence.claims.len() - on_edges)?;
        evidence.names_by_node = self.offsets(Id::of(Part::NamesByNode), evidence.names.len())?;
        evidence.figures_by_node = self.offsets(Id::of(Part::FiguresByNode), evidence.figures.len())?;
        Ok(evidence)
    }
}

fn read_header(origin: &mut Origin<'_>, length: u64) -> Result<Header, StorageError> {
    let header_length = size_of::<Header>() as u64;
    if length < header_length {
        let count = to_usize(length.min(MAGIC.len() as u64));
        let start = match origin {
            Origin::Static(bytes) => bytes[..count].to_vec(),
            Origin::Stream(file) => {
                let mut start = vec![0; count];
                file.seek(SeekFrom::Start(0))?;
                file.read_exact(&mut start)?;
                start
            }
        };
        let is_ours = !start.is_empty() && MAGIC.starts_with(&start);
        let cut = StorageError::Truncated { expected: header_length, found: length };
        return Err(if is_ours { cut } else { StorageError::NotAGraphFile });
    }
    let header = origin.array::<Header>(0, 1)?.0.first().copied().unwrap_or_else(Header::zeroed);
    if header.magic != MAGIC {
        return Err(StorageError::NotAGraphFile);
    }
    if header.version != FORMAT_VERSION {
        return Err(StorageError::OtherVersion { found: header.version });
    }
    if header.crc != header.checksum() {
        return Err(damaged("the header"));
    }
    if length < header.length {
        return Err(StorageError::Truncated { expected: header.length, found: length });
    }
    if length > header.length {
        return Err(damaged("what comes after the last segment"));
    }
    Ok(header)
}
