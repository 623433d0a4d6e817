//! From bytes to a store.

use std::io::{Cursor, Read, Seek};
use std::sync::{Arc, OnceLock};

use bytemuck::{Pod, Zeroable};
use serde::Deserialize;

use super::disk::{Disk, PackedOnDisk, or_unwind};
use super::error::StorageError;
use super::layout::{Entry, FORMAT_VERSION, Header, Id, MAGIC, NO_OWNER, Part, StoredReading, column_slot, padded};
use super::origin::Origin;
use super::packing;
use crate::graph::{
    Adjacency, Array, BlockedTexts, Cells, Column, EdgeReadings, EdgeTable, Evidence, IntIndex, LateBlock, Meta,
    NodeTable, Offsets, PLACES_IN_BLOCK, Presence, Store, Symbols, TEXTS_IN_BLOCK, TextBlock, TextIndex, Texts,
    TypeTimes, Unlisted, ValueIndex,
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

/// Opens a graph file on disk: its arrays are read when somebody asks for them, and small ones at once. What is damaged
/// is noticed then: see [`guarded`](super::guarded).
///
/// # Errors
/// If it cannot be read, is no graph file, of another version, cut off or damaged where everybody reads it.
pub fn open_file(file: std::fs::File) -> Result<Store, StorageError> {
    File::read_table(Origin::Disk(Arc::new(Disk::new(file))))?.store()
}

/// Reads a graph file from disk or anywhere else, array by array, each straight into its place.
///
/// # Errors
/// If it cannot be read, is no graph file, of another version, cut off or damaged.
pub fn open(mut file: impl Read + Seek) -> Result<Store, StorageError> {
    File::read_table(Origin::Stream(&mut file))?.store()
}

/// Segments of so many bytes are read when the file is opened, so that what is damaged there is noticed at once.
const AT_ONCE: usize = 16 << 10;

pub(super) fn to_usize(length: u64) -> usize {
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
    fn array<T: Pod + Send + Sync>(&mut self, id: Id) -> Result<Array<T>, StorageError> {
        match (self.find(id), self.find(id.packed())) {
            (Some(entry), _) => self.plain(entry),
            (None, Some(entry)) => self.packed(entry),
            (None, None) => Ok(Array::default()),
        }
    }

    fn plain<T: Pod + Send + Sync>(&mut self, entry: Entry) -> Result<Array<T>, StorageError> {
        let length = to_usize(entry.length);
        if !length.is_multiple_of(size_of::<T>()) {
            return Err(unfit(entry.id().words()));
        }
        let count = length / size_of::<T>();
        if let Origin::Disk(disk) = &self.origin {
            if length <= AT_ONCE && entry.part != Part::TextSlotBlocks as u16 {
                return Ok(disk.items(&entry, count)?.into());
            }
            let disk = Arc::clone(disk);
            return Ok(Array::late(count, move || or_unwind(disk.items(&entry, count))));
        }
        let (array, crc) = self.origin.array(entry.offset, count)?;
        if crc == entry.crc { Ok(array) } else { Err(damaged(entry.id().words())) }
    }

    fn packed<T: Pod + Send + Sync>(&mut self, entry: Entry) -> Result<Array<T>, StorageError> {
        let unpacked = move |bytes: &[u8]| packing::unpack_pod(bytes).ok_or_else(|| unfit(entry.id().words()));
        let Origin::Disk(disk) = &self.origin else {
            return Ok(unpacked(&self.plain::<u8>(entry)?)?.into());
        };
        let length = to_usize(entry.length);
        if length <= AT_ONCE {
            return Ok(unpacked(&disk.items(&entry, length)?)?.into());
        }
        let mut start = packing::PackedHeader::zeroed();
        disk.read_at(bytemuck::bytes_of_mut(&mut start), entry.offset)?;
        if packing::length(&start) != Some(length) {
            return Err(damaged(entry.id().words()));
        }
        let packed = Arc::new(PackedOnDisk::new(Arc::clone(disk), entry, start));
        let whole = Arc::clone(&packed);
        let make = move || or_unwind(whole.all());
        let page = move |number| or_unwind(packed.page(number));
        Ok(Array::late_in_pages(to_usize(start.count), packing::PAGE, make, page))
    }

    /// Offsets over an array of so many rows.
    fn offsets(&mut self, id: Id, rows: usize) -> Result<Offsets, StorageError> {
        let offsets = Offsets { keys: self.array(id)?, starts: self.array(id.slot(1))?, ..Offsets::default() };
        if offsets.covers(rows) { Ok(offsets) } else { Err(unfit(id.words())) }
    }

    fn index(&mut self, codes: Id, nodes: Id) -> Result<TextIndex, StorageError> {
        let nodes = self.array(nodes)?;
        let occupied: Array<u32> = self.array(codes.slot(2))?;
        let mut codes = self.offsets(codes, nodes.len())?;
        codes.occupied = occupied.first().map_or_else(OnceLock::new, |occupied| OnceLock::from(*occupied));
        Ok(TextIndex { codes, nodes })
    }

    /// The index on a marked property.
    fn value_index(&mut self, key: u32, column: Option<&Column>) -> Result<ValueIndex, StorageError> {
        let id = |part| Id::owned(part, NO_OWNER, key);
        let texts = self.index(id(Part::Index), id(Part::IndexNodes))?;
        let values = self.array(id(Part::IntIndex))?;
        let starts = self.array(id(Part::IntIndex).slot(1))?;
        let ints = IntIndex { values, starts, nodes: self.array(id(Part::IndexNodes).slot(1))? };
        if !ints.is_sound() {
            return Err(unfit(id(Part::IntIndex).words()));
        }
        Ok(ValueIndex { texts, ints, unlisted: column.map_or(Unlisted::Nothing, Unlisted::of_column) })
    }

    fn has(&self, id: Id) -> bool {
        self.find(id).or_else(|| self.find(id.packed())).is_some()
    }

    /// The column of an owner and a key, of which there is at least one segment.
    fn column(&mut self, owner: u32, key: u32, rows: usize) -> Result<Column, StorageError> {
        let id = Id::owned(Part::Column, owner, key);
        let mut parts = vec![self.part(id)?];
        loop {
            let slot = column_slot::PART * u16::try_from(parts.len()).map_err(|_| unfit(id.words()))?;
            let mut slots = column_slot::NARROW..=column_slot::MIXED_STARTS;
            if !slots.any(|cells| self.has(id.slot(slot + cells))) {
                break;
            }
            parts.push(self.part(id.slot(slot))?);
        }
        let together = |others: Option<Column>, part| Some(Column { others: others.map(Box::new), ..part });
        let column = parts.into_iter().rev().fold(None, together);
        column.filter(|column| column.is_sound(rows)).ok_or_else(|| unfit(id.words()))
    }

    /// A part of a column, of one type; its slots begin at that of `id`.
    fn part(&mut self, id: Id) -> Result<Column, StorageError> {
        let at = |slot| id.slot(id.slot + slot);
        let presence = if self.has(at(column_slot::ROWS)) {
            Presence::Rows(self.array(at(column_slot::ROWS))?)
        } else if self.has(at(column_slot::BITMAP)) {
            Presence::Bitmap(self.array(at(column_slot::BITMAP))?)
        } else if self.has(at(column_slot::RUN)) {
            let run: Array<u32> = self.array(at(column_slot::RUN))?;
            let [first, count] = run[..] else { return Err(unfit(id.words())) };
            Presence::Run { first, count }
        } else {
            Presence::All
        };
        let mut slots = column_slot::NARROW..=column_slot::MIXED_STARTS;
        let slot = slots.find(|slot| self.has(at(*slot))).ok_or_else(|| unfit(id.words()))?;
        let cells = at(slot);
        let cells = match slot {
            column_slot::NARROW => Cells::Narrow(self.array(cells)?),
            column_slot::INT => Cells::Int(self.array(cells)?),
            column_slot::FLOAT => Cells::Float(self.array(cells)?),
            column_slot::BOOL => Cells::Bool(self.array(cells)?),
            column_slot::TEXT => Cells::Text(self.array(cells)?),
            _ => Cells::Mixed { starts: self.array(cells)?, bytes: self.array(at(column_slot::MIXED_BYTES))? },
        };
        Ok(Column { presence, cells, others: None })
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
        let mut edges = self.edges(&directory, nodes.label_sets.len())?;
        let evidence = self.evidence()?;
        let records = self.array(Id::of(Part::Records))?;
        let symbols = |names: &[String]| {
            let mut symbols = Symbols::default();
            for name in names {
                symbols.intern(name);
            }
            symbols
        };
        let keys = symbols(&directory.keys);
        if let Some(dates) = &directory.meta.dates {
            dates.derive_times(&mut edges, dates.keys(&keys));
        }
        Ok(Store {
            labels: symbols(&directory.labels),
            types: symbols(&directory.types),
            keys,
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
        if self.find(Id::of(Part::TextCounts)).is_some() {
            return self.text_blocks();
        }
        let (starts, slots) = (self.array(Id::of(Part::TextStarts))?, self.array(Id::of(Part::TextSlots))?);
        let bytes: Array<u8> = self.array(Id::of(Part::TextBytes))?;
        let texts = bytes.into_text().and_then(|text| Texts::from_parts(starts, text, slots));
        texts.ok_or_else(|| unfit(Id::of(Part::TextBytes).words()))
    }

    fn text_blocks(&mut self) -> Result<Texts, StorageError> {
        let counts: Array<u64> = self.array(Id::of(Part::TextCounts))?;
        let [count, places] = counts[..] else { return Err(unfit(Id::of(Part::TextCounts).words())) };
        let (count, places) = (to_usize(count), to_usize(places));
        let (mut blocks, mut slots) = (Vec::new(), Vec::new());
        for (number, first) in (0..).zip((0..count).step_by(TEXTS_IN_BLOCK)) {
            blocks.push(
                self.text_block(Id::owned(Part::TextBlocks, NO_OWNER, number), TEXTS_IN_BLOCK.min(count - first))?,
            );
        }
        for (number, first) in (0..).zip((0..places).step_by(PLACES_IN_BLOCK)) {
            let id = Id::owned(Part::TextSlotBlocks, NO_OWNER, number);
            let part: Array<u32> = self.array(id)?;
            if part.len() != PLACES_IN_BLOCK.min(places - first) {
                return Err(unfit(id.words()));
            }
            slots.push(part);
        }
        let texts = Texts::from_blocks(BlockedTexts { count, blocks, places, slots });
        texts.ok_or_else(|| unfit(Id::of(Part::TextCounts).words()))
    }

    /// So many strings, which are read when somebody asks.
    fn text_block(&mut self, id: Id, count: usize) -> Result<LateBlock, StorageError> {
        let entry = self.find(id).ok_or_else(|| unfit(id.words()))?;
        let block = move |bytes: &[u8]| {
            let (starts, text) = bytes.split_at_checked((count + 1) * size_of::<u32>())?;
            let starts: Vec<u32> = bytemuck::pod_collect_to_vec(starts);
            let text = std::str::from_utf8(text).ok()?.to_owned();
            Some(TextBlock { starts, text })
        };
        let misfit = move || unfit(id.words());
        if let Origin::Disk(disk) = &self.origin {
            let disk = Arc::clone(disk);
            let read = move || block(&disk.items::<u8>(&entry, to_usize(entry.length))?).ok_or_else(misfit);
            return Ok(LateBlock::new(move || or_unwind(read())));
        }
        let bytes: Array<u8> = self.array(id)?;
        block(&bytes).ok_or_else(misfit)?;
        Ok(LateBlock::new(move || block(&bytes).expect("it was read above")))
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
        let indexes: Vec<OnceLock<ValueIndex>> = vec![OnceLock::new(); keys];
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
        let mut table = EdgeTable { content_keys: self.array(Id::of(Part::ContentKeys))?, ..EdgeTable::default() };
        let counts: Array<[u32; 3]> = self.array(Id::of(Part::TypeCounts))?;
        let total: u64 = counts.iter().map(|counts| u64::from(counts[0])).sum();
        let has_ends = total == 0 || nodes > 0;
        if u32::try_from(total).is_err() || counts.len() != directory.types.len() || !has_ends {
            return Err(unfit(Id::of(Part::TypeCounts).words()));
        }
        if ![0, to_usize(total)].contains(&table.content_keys.len()) {
            return Err(unfit(Id::of(Part::ContentKeys).words()));
        }
        let mut first = 0;
        for (owner, (counts, name)) in (0..).zip(counts.iter().zip(&directory.types)) {
            let adjacency = self.adjacency(owner, first, *counts)?;
            table.by_type.push(adjacency);
            let rows = counts[0] as usize;
            let keys = self.column_keys(owner).into_iter();
            let columns = keys.map(|key| Ok((KeyId(key), self.column(owner, key, rows)?)));
            table.columns.push(columns.collect::<Result<_, StorageError>>()?);
            table.times.push(self.times(owner, rows)?);
            table.classes.push(crate::graph::class_of(&directory.meta.schema, name));
            first += counts[0];
        }
        table.readings = self.readings()?;
        Ok(table)
    }

    /// The edges of a type; `counts` tells how many there are, and how many nodes they leave and enter.
    fn adjacency(&mut self, owner: u32, first: u32, counts: [u32; 3]) -> Result<Adjacency, StorageError> {
        let [count, sources, targets] = counts;
        let id = |part| Id::owned(part, owner, 0);
        let mut offsets = |part, occupied: u32| {
            let offsets = self.offsets(id(part), count as usize)?;
            Ok::<_, StorageError>(Offsets { occupied: OnceLock::from(occupied), ..offsets })
        };
        let (out, incoming) = (offsets(Part::Out, sources)?, offsets(Part::Incoming, targets)?);
        let adjacency = Adjacency {
            first,
            count,
            out,
            incoming,
            targets: self.array(id(Part::Targets))?,
            in_edges: self.array(id(Part::InEdges))?,
            in_sources: self.array(id(Part::InSources))?,
            sources: OnceLock::new(),
        };
        if adjacency.is_sound() { Ok(adjacency) } else { Err(unfit(id(Part::Targets).words())) }
    }

    fn times(&mut self, owner: u32, edges: usize) -> Result<TypeTimes, StorageError> {
        let id = |part| Id::owned(part, owner, 0);
        let days = id(Part::DaysFirst);
        let times = if self.find(days).or_else(|| self.find(days.packed())).is_some() {
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
        let start = origin.start(count)?;
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
