//! From a store to bytes.

use std::borrow::Cow;
use std::io::{Seek, SeekFrom, Write};

use bytemuck::NoUninit;
use serde::Serialize;

use super::error::StorageError;
use super::layout::{Entry, FORMAT_VERSION, Header, Id, MAGIC, NO_OWNER, Part, StoredReading, column_slot, padded};
use super::packing::{self, PackedHeader};
use crate::graph::{
    Cells, Column, Evidence, Meta, Offsets, PLACES_IN_BLOCK, Presence, Store, Symbols, TextIndex, TypeTimes, is_derived,
};

/// What the directory says.
#[derive(Serialize)]
struct Directory<'s> {
    meta: &'s Meta,
    labels: Vec<&'s str>,
    types: Vec<&'s str>,
    keys: Vec<&'s str>,
}

/// The segments of a store, and what is in them.
#[derive(Default)]
struct Segments<'s> {
    segments: Vec<Segment<'s>>,
}

struct Segment<'s> {
    id: Id,
    content: Content<'s>,
    /// How its numbers are packed, if they are.
    packing: Option<PackedHeader>,
}

/// What a segment holds: bytes, or numbers that can be packed.
enum Content<'s> {
    Bytes(Cow<'s, [u8]>),
    Codes(&'s [u32]),
    Narrow(&'s [i32]),
    Wide(&'s [i64]),
}

/// Writes a store as a graph file that is read in place: no array is packed.
///
/// # Errors
/// If writing fails.
pub fn write(store: &Store, mut out: impl Write) -> Result<(), StorageError> {
    let segments = Segments::of(store, false)?.sorted();
    let mut table = Table::of(segments.len());
    segments.iter().for_each(|segment| table.add(segment.id, &segment.plain()));
    out.write_all(&table.head())?;
    for segment in &segments {
        let bytes = segment.plain();
        out.write_all(&bytes)?;
        out.write_all(padding(bytes.len() as u64))?;
    }
    out.flush()?;
    Ok(())
}

/// Writes a store as a graph file for the disk: numbers are packed to as many bits as they need.
///
/// # Errors
/// If writing fails.
pub fn write_packed(store: &Store, mut out: impl Write + Seek) -> Result<(), StorageError> {
    let mut segments = Segments::of(store, true)?;
    segments.segments.iter_mut().for_each(Segment::pack);
    let segments = segments.sorted();
    let mut table = Table::of(segments.len());
    out.seek(SeekFrom::Start(table.next))?;
    for segment in &segments {
        let bytes = segment.bytes();
        table.add(segment.id, &bytes);
        out.write_all(&bytes)?;
        out.write_all(padding(bytes.len() as u64))?;
    }
    out.seek(SeekFrom::Start(0))?;
    out.write_all(&table.head())?;
    out.flush()?;
    Ok(())
}

/// The table of a file while its segments are written.
struct Table {
    entries: Vec<Entry>,
    /// Where the next segment goes.
    next: u64,
}

impl Table {
    fn of(segments: usize) -> Self {
        let length = padded((segments * size_of::<Entry>()) as u64);
        Self { entries: Vec::with_capacity(segments), next: size_of::<Header>() as u64 + length }
    }

    fn add(&mut self, id: Id, bytes: &[u8]) {
        let length = bytes.len() as u64;
        let mut crc = crc32fast::Hasher::new();
        crc.update(bytes);
        crc.update(padding(length));
        let Id { part, owner, key, slot } = id;
        self.entries.push(Entry { part, slot, owner, key, crc: crc.finalize(), offset: self.next, length });
        self.next += padded(length);
    }

    /// Header and table, when all segments are in it.
    fn head(&self) -> Vec<u8> {
        let mut table: Vec<u8> = bytemuck::cast_slice(&self.entries).to_vec();
        table.extend_from_slice(padding(table.len() as u64));
        let mut header = Header {
            magic: MAGIC,
            version: FORMAT_VERSION,
            segments: u32::try_from(self.entries.len()).expect("there are fewer segments than edges"),
            length: self.next,
            table_crc: crc32fast::hash(&table),
            unused: [0; 8],
            crc: 0,
        };
        header.crc = header.checksum();
        [bytemuck::bytes_of(&header), &table].concat()
    }
}

/// Zeros up to the next aligned place.
fn padding(length: u64) -> &'static [u8] {
    const ZEROS: [u8; super::ALIGNMENT] = [0; super::ALIGNMENT];
    let missing = usize::try_from(padded(length) - length).expect("less than the alignment is missing");
    &ZEROS[..missing]
}

impl Segment<'_> {
    fn plain(&self) -> Cow<'_, [u8]> {
        match &self.content {
            Content::Bytes(bytes) => Cow::Borrowed(bytes),
            Content::Codes(codes) => Cow::Borrowed(bytemuck::cast_slice(codes)),
            Content::Narrow(ints) => Cow::Borrowed(bytemuck::cast_slice(ints)),
            Content::Wide(ints) => Cow::Borrowed(bytemuck::cast_slice(ints)),
        }
    }

    /// Decides how it is packed, and gives it the id of what is packed.
    fn pack(&mut self) {
        self.packing = match &self.content {
            Content::Bytes(_) => None,
            Content::Codes(codes) => packing::plan(codes.iter().map(|code| i64::from(*code)), 4),
            Content::Narrow(ints) => packing::plan(ints.iter().map(|int| i64::from(*int)), 4),
            Content::Wide(ints) => packing::plan(ints.iter().copied(), 8),
        };
        if self.packing.is_some() {
            self.id = self.id.packed();
        }
    }

    fn bytes(&self) -> Cow<'_, [u8]> {
        let Some(header) = &self.packing else { return self.plain() };
        match &self.content {
            Content::Bytes(_) => self.plain(),
            Content::Codes(codes) => packing::pack(header, codes.iter().map(|code| i64::from(*code))).into(),
            Content::Narrow(ints) => packing::pack(header, ints.iter().map(|int| i64::from(*int))).into(),
            Content::Wide(ints) => packing::pack(header, ints.iter().copied()).into(),
        }
    }
}

/// Numbers as bytes.
fn cast<T: NoUninit + Clone>(numbers: Cow<'_, [T]>) -> Cow<'_, [u8]> {
    match numbers {
        Cow::Borrowed(numbers) => Cow::Borrowed(bytemuck::cast_slice(numbers)),
        Cow::Owned(numbers) => Cow::Owned(bytemuck::cast_slice(&numbers).to_vec()),
    }
}

impl<'s> Segments<'s> {
    /// All segments of a store.
    fn of(store: &'s Store, in_blocks: bool) -> Result<Self, StorageError> {
        if cfg!(target_endian = "big") {
            return Err(StorageError::BigEndian);
        }
        let mut segments = Self::default();
        segments.directory(store)?;
        if in_blocks {
            segments.text_blocks(store);
        } else {
            segments.texts(store);
        }
        segments.nodes(store);
        segments.edges(store);
        segments.evidence(&store.evidence);
        segments.array(Id::of(Part::Records), &store.records);
        Ok(segments)
    }

    /// The segments, ascending by id.
    fn sorted(mut self) -> Vec<Segment<'s>> {
        self.segments.sort_by_key(|segment| segment.id);
        self.segments
    }

    fn add(&mut self, id: Id, content: Content<'s>) {
        self.segments.push(Segment { id, content, packing: None });
    }

    fn array<T: NoUninit>(&mut self, id: Id, items: &'s [T]) {
        if !items.is_empty() {
            self.add(id, Content::Bytes(Cow::Borrowed(bytemuck::cast_slice(items))));
        }
    }

    /// Numbers of 32 bits that nothing but a handle or a count can be.
    fn codes<T: NoUninit>(&mut self, id: Id, items: &'s [T]) {
        if !items.is_empty() {
            self.add(id, Content::Codes(bytemuck::cast_slice(items)));
        }
    }

    fn bytes(&mut self, id: Id, bytes: Cow<'s, [u8]>) {
        if !bytes.is_empty() {
            self.add(id, Content::Bytes(bytes));
        }
    }

    fn made<T: NoUninit>(&mut self, id: Id, items: &[T]) {
        if !items.is_empty() {
            self.add(id, Content::Bytes(Cow::Owned(bytemuck::cast_slice(items).to_vec())));
        }
    }

    fn offsets(&mut self, id: Id, offsets: &'s Offsets) {
        self.codes(id, &offsets.keys);
        self.codes(id.slot(1), &offsets.starts);
    }

    fn index(&mut self, codes: Id, nodes: Id, index: &'s TextIndex) {
        self.offsets(codes, &index.codes);
        if !index.nodes.is_empty() {
            let occupied = u32::try_from(index.codes.occupied()).expect("fewer keys than nodes");
            self.made(codes.slot(2), &[occupied]);
        }
        self.codes(nodes, &index.nodes);
    }

    fn column(&mut self, owner: u32, key: u32, column: &'s Column) {
        for (number, part) in (0..).zip(column.parts()) {
            self.part(Id::owned(Part::Column, owner, key).slot(number * column_slot::PART), part);
        }
    }

    /// A part of a column, of one type.
    fn part(&mut self, id: Id, part: &'s Column) {
        let id = |slot| id.slot(id.slot + slot);
        match &part.presence {
            Presence::All => {}
            Presence::Bitmap(words) => self.array(id(column_slot::BITMAP), words),
            Presence::Rows(rows) => self.codes(id(column_slot::ROWS), rows),
            Presence::Run { first, count } => self.made(id(column_slot::RUN), &[*first, *count]),
        }
        match &part.cells {
            Cells::Narrow(cells) => self.add(id(column_slot::NARROW), Content::Narrow(cells)),
            Cells::Int(cells) => self.add(id(column_slot::INT), Content::Wide(cells)),
            Cells::Float(cells) => self.array(id(column_slot::FLOAT), cells),
            Cells::Bool(cells) => self.array(id(column_slot::BOOL), cells),
            Cells::Text(cells) => self.codes(id(column_slot::TEXT), cells),
            Cells::Mixed { starts, bytes } => {
                self.codes(id(column_slot::MIXED_STARTS), starts);
                self.array(id(column_slot::MIXED_BYTES), bytes);
            }
        }
    }

    fn directory(&mut self, store: &Store) -> Result<(), StorageError> {
        fn names(symbols: &Symbols) -> Vec<&str> {
            symbols.iter().map(|name| &**name).collect()
        }
        let directory = Directory {
            meta: store.meta(),
            labels: names(store.labels()),
            types: names(store.types()),
            keys: names(store.keys()),
        };
        let json = serde_json::to_vec(&directory).map_err(std::io::Error::from)?;
        self.made(Id::of(Part::Directory), &json);
        Ok(())
    }

    /// The dictionary as three arrays.
    fn texts(&mut self, store: &'s Store) {
        let texts = store.texts();
        self.bytes(Id::of(Part::TextStarts), cast(texts.starts()));
        let text = match texts.text() {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        };
        self.bytes(Id::of(Part::TextBytes), text);
        self.bytes(Id::of(Part::TextSlots), cast(texts.slots()));
    }

    /// The dictionary in blocks.
    fn text_blocks(&mut self, store: &'s Store) {
        let texts = store.texts();
        if texts.is_empty() {
            return;
        }
        self.made(Id::of(Part::TextCounts), &[texts.len() as u64, texts.places() as u64]);
        for (number, block) in (0..).zip(texts.blocks()) {
            let bytes = [bytemuck::cast_slice(&block.starts), block.text.as_bytes()].concat();
            self.made(Id::owned(Part::TextBlocks, NO_OWNER, number), &bytes);
        }
        for (number, slots) in (0..).zip(texts.slots().chunks(PLACES_IN_BLOCK)) {
            self.made(Id::owned(Part::TextSlotBlocks, NO_OWNER, number), slots);
        }
    }

    fn nodes(&mut self, store: &'s Store) {
        let nodes = &store.nodes;
        self.codes(Id::of(Part::Slugs), &nodes.slugs);
        self.index(Id::of(Part::BySlug), Id::of(Part::BySlugNodes), &nodes.by_slug);
        self.codes(Id::of(Part::LabelSets), &nodes.label_sets);
        self.codes(Id::of(Part::SetStarts), &nodes.set_starts);
        self.array(Id::of(Part::SetLabels), &nodes.set_labels);
        self.codes(Id::of(Part::LabelStarts), &nodes.label_starts);
        self.codes(Id::of(Part::LabelNodes), &nodes.label_nodes);
        self.array(Id::of(Part::Lifetimes), &nodes.lifetimes);
        self.array(Id::of(Part::Marked), &nodes.marked);
        for key in &nodes.marked {
            let id = |part| Id::owned(part, NO_OWNER, key.0);
            let index = store.value_index(*key);
            self.index(id(Part::Index), id(Part::IndexNodes), &index.texts);
            if !index.ints.values.is_empty() {
                self.array(id(Part::IntIndex), &index.ints.values);
                self.array(id(Part::IntIndex).slot(1), &index.ints.starts);
                self.codes(id(Part::IndexNodes).slot(1), &index.ints.nodes);
            }
        }
        for (key, column) in (0..).zip(&nodes.columns) {
            if let Some(column) = column {
                self.column(NO_OWNER, key, column);
            }
        }
    }

    fn edges(&mut self, store: &'s Store) {
        let edges = &store.edges;
        self.array(Id::of(Part::ContentKeys), &edges.content_keys);
        let ends = |offsets: &Offsets| u32::try_from(offsets.occupied()).expect("fewer keys than nodes");
        let counts = edges.by_type.iter().flat_map(|edges| [edges.count, ends(&edges.out), ends(&edges.incoming)]);
        self.made(Id::of(Part::TypeCounts), &counts.collect::<Vec<u32>>());
        for (owner, adjacency) in (0..).zip(&edges.by_type) {
            self.offsets(Id::owned(Part::Out, owner, 0), &adjacency.out);
            self.offsets(Id::owned(Part::Incoming, owner, 0), &adjacency.incoming);
            self.codes(Id::owned(Part::Targets, owner, 0), &adjacency.targets);
            self.codes(Id::owned(Part::InEdges, owner, 0), &adjacency.in_edges);
            self.codes(Id::owned(Part::InSources, owner, 0), &adjacency.in_sources);
        }
        for (owner, columns) in (0..).zip(&edges.columns) {
            for (key, column) in columns {
                self.column(owner, key.0, column);
            }
        }
        let dates = store.meta.dates.as_ref().map_or([None; 2], |dates| dates.keys(&store.keys));
        for (owner, times) in (0u32..).zip(&edges.times) {
            let id = |part| Id::owned(part, owner, 0);
            match times {
                TypeTimes::Undated => {}
                // They follow from the date columns.
                TypeTimes::Days { .. } if is_derived(&edges.columns[owner as usize], dates) => {}
                TypeTimes::Days { first, last } => {
                    self.codes(id(Part::DaysFirst), first);
                    self.codes(id(Part::DaysLast), last);
                }
                TypeTimes::Windows { bounds, flags } => {
                    self.array(id(Part::Bounds), bounds);
                    self.array(id(Part::Flags), flags);
                }
            }
        }
        let readings = &edges.readings;
        self.offsets(Id::of(Part::ReadingEdges), &readings.edges);
        let stored: Vec<StoredReading> = readings
            .readings
            .iter()
            .map(|reading| StoredReading { bounds: reading.bounds, stance: u32::from(reading.stance.number()) })
            .collect();
        self.made(Id::of(Part::Readings), &stored);
    }

    fn evidence(&mut self, evidence: &'s Evidence) {
        self.array(Id::of(Part::SourceRecords), &evidence.sources);
        self.array(Id::of(Part::Claims), &evidence.claims);
        self.offsets(Id::of(Part::ClaimsByEdge), &evidence.by_edge);
        self.offsets(Id::of(Part::ClaimsByNode), &evidence.by_node);
        self.array(Id::of(Part::Names), &evidence.names);
        self.offsets(Id::of(Part::NamesByNode), &evidence.names_by_node);
        self.array(Id::of(Part::Figures), &evidence.figures);
        self.offsets(Id::of(Part::FiguresByNode), &evidence.figures_by_node);
    }
}
