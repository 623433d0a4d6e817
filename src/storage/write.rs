//! From a store to bytes.

use std::borrow::Cow;
use std::io::Write;

use bytemuck::NoUninit;
use serde::Serialize;

use super::error::StorageError;
use super::layout::{Entry, FORMAT_VERSION, Header, Id, MAGIC, NO_OWNER, Part, StoredReading, column_slot, padded};
use crate::graph::{
    Cells, Column, Evidence, Meta, Offsets, Presence, Store, Symbols, TextIndex, TypeTimes, ValueIndex,
};

/// What the directory says.
#[derive(Serialize)]
struct Directory<'s> {
    meta: &'s Meta,
    labels: Vec<&'s str>,
    types: Vec<&'s str>,
    keys: Vec<&'s str>,
}

/// The segments of a store, and their bytes.
#[derive(Default)]
struct Segments<'s> {
    segments: Vec<(Id, Cow<'s, [u8]>)>,
}

/// Writes a store as a graph file.
///
/// # Errors
/// If writing fails.
pub fn write(store: &Store, mut out: impl Write) -> Result<(), StorageError> {
    if cfg!(target_endian = "big") {
        return Err(StorageError::BigEndian);
    }
    let segments = Segments::of(store)?.segments;
    let table_length = padded((segments.len() * size_of::<Entry>()) as u64);
    let mut offset = size_of::<Header>() as u64 + table_length;
    let mut table = Vec::with_capacity(segments.len());
    for (id, bytes) in &segments {
        let length = bytes.len() as u64;
        let mut crc = crc32fast::Hasher::new();
        crc.update(bytes);
        crc.update(padding(length));
        let Id { part, owner, key, slot } = *id;
        table.push(Entry { part, slot, owner, key, crc: crc.finalize(), offset, length });
        offset += padded(length);
    }
    let table: &[u8] = bytemuck::cast_slice(&table);
    let mut table_crc = crc32fast::Hasher::new();
    table_crc.update(table);
    table_crc.update(padding(table.len() as u64));
    let mut header = Header {
        magic: MAGIC,
        version: FORMAT_VERSION,
        segments: u32::try_from(segments.len()).expect("there are fewer segments than edges"),
        length: offset,
        table_crc: table_crc.finalize(),
        unused: [0; 8],
        crc: 0,
    };
    header.crc = header.checksum();
    out.write_all(bytemuck::bytes_of(&header))?;
    for bytes in std::iter::once(table).chain(segments.iter().map(|(_, bytes)| &**bytes)) {
        out.write_all(bytes)?;
        out.write_all(padding(bytes.len() as u64))?;
    }
    out.flush()?;
    Ok(())
}

/// Zeros up to the next aligned place.
fn padding(length: u64) -> &'static [u8] {
    const ZEROS: [u8; super::ALIGNMENT] = [0; super::ALIGNMENT];
    let missing = usize::try_from(padded(length) - length).expect("less than the alignment is missing");
    &ZEROS[..missing]
}

impl<'s> Segments<'s> {
    /// All segments of a store, ascending by id.
    fn of(store: &'s Store) -> Result<Self, StorageError> {
        let mut segments = Self::default();
        segments.directory(store)?;
        segments.texts(store);
        segments.nodes(store);
        segments.edges(store);
        segments.evidence(&store.evidence);
        segments.array(Id::of(Part::Records), &store.records);
        segments.segments.sort_by_key(|(id, _)| *id);
        Ok(segments)
    }

    fn array<T: NoUninit>(&mut self, id: Id, items: &'s [T]) {
        if !items.is_empty() {
            self.segments.push((id, Cow::Borrowed(bytemuck::cast_slice(items))));
        }
    }

    fn made<T: NoUninit>(&mut self, id: Id, items: &[T]) {
        if !items.is_empty() {
            self.segments.push((id, Cow::Owned(bytemuck::cast_slice(items).to_vec())));
        }
    }

    fn offsets(&mut self, id: Id, offsets: &'s Offsets) {
        self.array(id, &offsets.keys);
        self.array(id.slot(1), &offsets.starts);
    }

    fn index(&mut self, codes: Id, nodes: Id, index: &'s TextIndex) {
        self.offsets(codes, &index.codes);
        self.array(nodes, &index.nodes);
    }

    fn column(&mut self, owner: u32, key: u32, column: &'s Column) {
        let id = Id::owned(Part::Column, owner, key);
        match &column.presence {
            Presence::All => {}
            Presence::Bitmap(words) => self.array(id.slot(column_slot::BITMAP), words),
            Presence::Rows(rows) => self.array(id.slot(column_slot::ROWS), rows),
        }
        match &column.cells {
            Cells::Narrow(cells) => self.array(id.slot(column_slot::NARROW), cells),
            Cells::Int(cells) => self.array(id.slot(column_slot::INT), cells),
            Cells::Float(cells) => self.array(id.slot(column_slot::FLOAT), cells),
            Cells::Bool(cells) => self.array(id.slot(column_slot::BOOL), cells),
            Cells::Text(cells) => self.array(id.slot(column_slot::TEXT), cells),
            Cells::Mixed { starts, bytes } => {
                self.array(id.slot(column_slot::MIXED_STARTS), starts);
                self.array(id.slot(column_slot::MIXED_BYTES), bytes);
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

    fn texts(&mut self, store: &'s Store) {
        let texts = store.texts();
        self.array(Id::of(Part::TextStarts), &texts.starts);
        self.array(Id::of(Part::TextBytes), texts.text().as_bytes());
        self.array(Id::of(Part::TextSlots), &texts.slots);
    }

    fn nodes(&mut self, store: &'s Store) {
        let nodes = &store.nodes;
        self.array(Id::of(Part::Slugs), &nodes.slugs);
        self.index(Id::of(Part::BySlug), Id::of(Part::BySlugNodes), &nodes.by_slug);
        self.array(Id::of(Part::LabelSets), &nodes.label_sets);
        self.array(Id::of(Part::SetStarts), &nodes.set_starts);
        self.array(Id::of(Part::SetLabels), &nodes.set_labels);
        self.array(Id::of(Part::LabelStarts), &nodes.label_starts);
        self.array(Id::of(Part::LabelNodes), &nodes.label_nodes);
        self.array(Id::of(Part::Lifetimes), &nodes.lifetimes);
        self.array(Id::of(Part::Marked), &nodes.marked);
        for key in &nodes.marked {
            let id = |part| Id::owned(part, NO_OWNER, key.0);
            match store.value_index(*key) {
                Some(ValueIndex::Text(index)) => self.index(id(Part::Index), id(Part::IndexNodes), index),
                Some(ValueIndex::Int(index)) => {
                    self.array(id(Part::IntIndex), &index.values);
                    self.array(id(Part::IntIndex).slot(1), &index.starts);
                    self.array(id(Part::IndexNodes), &index.nodes);
                }
                None => {}
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
        self.array(Id::of(Part::Sources), &edges.sources);
        self.array(Id::of(Part::Targets), &edges.targets);
        self.array(Id::of(Part::InEdges), &edges.in_edges);
        self.array(Id::of(Part::InSources), &edges.in_sources);
        self.array(Id::of(Part::ContentKeys), &edges.content_keys);
        let counts: Vec<u32> = edges.by_type.iter().map(|edges| edges.count).collect();
        self.made(Id::of(Part::TypeCounts), &counts);
        for (owner, adjacency) in (0..).zip(&edges.by_type) {
            self.offsets(Id::owned(Part::Out, owner, 0), &adjacency.out);
            self.offsets(Id::owned(Part::Incoming, owner, 0), &adjacency.incoming);
        }
        for (owner, columns) in (0..).zip(&edges.columns) {
            for (key, column) in columns {
                self.column(owner, key.0, column);
            }
        }
        for (owner, times) in (0..).zip(&edges.times) {
            let id = |part| Id::owned(part, owner, 0);
            match times {
                TypeTimes::Undated => {}
                TypeTimes::Days { first, last } => {
                    self.array(id(Part::DaysFirst), first);
                    self.array(id(Part::DaysLast), last);
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
