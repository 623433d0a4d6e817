//! Tables of nodes.

use rustc_hash::FxHashMap;

use super::chunks::{Chunk, Chunks};
use super::column::{self, ChunkColumn, ChunkTexts, Misfit};
use super::fault::{Faults, ImportError, RowFault};
use super::header::Header;
use super::import::{Pass, Watch};
use super::keys::{KeySpace, Keys};
use super::options::{ColumnType, NodeFile, TableOptions};
use super::pipeline::in_order;
use super::record::Rows;
use crate::graph::GraphBuilder;
use crate::model::{KeyId, LabelId, NodeId, Schema};

/// A table of nodes that is being read.
struct NodeTable<'t> {
    file: &'t NodeFile,
    header: Header,
    id: usize,
    label: Option<usize>,
    schema: &'t Schema,
}

/// What a chunk gives.
struct Part {
    bytes: usize,
    offset: u64,
    crc: u32,
    count: u32,
    /// One per column of the table.
    columns: Vec<ChunkColumn>,
    ids: Ids,
    labels: ChunkTexts,
    faults: Vec<RowFault>,
    wider: Vec<(usize, ColumnType)>,
}

enum Ids {
    Ints(Vec<i64>),
    Texts(ChunkTexts),
}

/// Reads a table of nodes into a builder; gives the keys of its nodes, or the pass that is to be begun again.
pub(super) fn read(
    file: &NodeFile,
    header: Header,
    options: &TableOptions,
    builder: &mut GraphBuilder,
    watch: &mut Watch<'_>,
) -> Result<Pass<KeySpace>, ImportError> {
    let path = file.path.as_path();
    let id = match &options.id {
        Some(name) => header.named(name, path)?,
        None => header.one_of(&["id"]).unwrap_or(0),
    };
    let label = options.label.as_ref().map(|name| header.named(name, path)).transpose()?;
    let mut table = NodeTable { file, header, id, label, schema: &options.schema };
    if let ColumnType::Float | ColumnType::Bool = table.header.columns[id].column_type {
        table.header.columns[id].column_type = ColumnType::Text;
    }
    let (mut faults, mut wider, mut collected) = (Faults::default(), Vec::new(), Collected::default());
    let first = NodeId::from_index(builder.node_count());
    let cannot_read = |source| ImportError::CannotRead { path: path.to_owned(), source };
    let chunks = Chunks::open(path).map_err(cannot_read)?.map(|chunk| chunk.map_err(cannot_read));
    let keys: Vec<KeyId> = table.header.columns.iter().map(|column| builder.key(&column.name)).collect();
    let read = in_order(
        chunks,
        |chunk| table.part(&chunk),
        |part| {
            watch.done(part.bytes, part.crc)?;
            faults.add(part.offset, part.faults.clone());
            wider.extend_from_slice(&part.wider);
            if faults.is_empty() && wider.is_empty() {
                table.give(part, &keys, builder, &mut collected);
            }
            if faults.is_full() { Err(ImportError::Cancelled) } else { Ok(()) }
        },
    );
    if !faults.is_empty() {
        return Err(faults.into_error(path));
    }
    read?;
    if !wider.is_empty() {
        wider.iter().for_each(|(column, found)| table.header.widen(*column, *found));
        return Ok(Pass::Again(table.header));
    }
    let keys = collected.keys().map_err(|row| table.repeated(row))?;
    Ok(Pass::Done(KeySpace { labels: file.labels.clone(), first, keys }))
}

/// The keys that were read so far.
#[derive(Default)]
struct Collected {
    ints: Vec<i64>,
    texts: FxHashMap<Box<str>, u32>,
    count: u32,
    is_text: bool,
    repeated: Option<usize>,
    /// The labels that a field of the label column gives.
    label_sets: FxHashMap<Box<str>, Vec<LabelId>>,
}

impl Collected {
    fn add(&mut self, ids: Ids) {
        match ids {
            Ids::Ints(ints) => self.ints.extend(ints),
            Ids::Texts(texts) => {
                self.is_text = true;
                for text in texts.iter() {
                    if self.texts.insert(text.into(), self.count).is_some() && self.repeated.is_none() {
                        self.repeated = Some(self.count as usize);
                    }
                    self.count += 1;
                }
            }
        }
    }

    /// The keys; an error is a row whose key another has.
    fn keys(self) -> Result<Keys, usize> {
        match self.repeated {
            Some(row) => Err(row),
            None if self.is_text => Ok(Keys::Texts(self.texts)),
            None => Keys::of_ints(&self.ints),
        }
    }
}

impl NodeTable<'_> {
    fn part(&self, chunk: &Chunk) -> Part {
        let skipped = if chunk.offset == 0 { self.header.length } else { 0 };
        let bytes = &chunk.bytes[skipped..];
        let mut part = Part {
            bytes: chunk.bytes.len(),
            offset: chunk.offset + skipped as u64,
            crc: crc32fast::hash(&chunk.bytes),
            count: 0,
            columns: self.header.columns.iter().map(|column| ChunkColumn::new(column.column_type)).collect(),
            ids: match self.header.columns[self.id].column_type {
                ColumnType::Int => Ids::Ints(Vec::new()),
                _ => Ids::Texts(ChunkTexts::default()),
            },
            labels: ChunkTexts::default(),
            faults: Vec::new(),
            wider: Vec::new(),
        };
        let (mut rows, mut fields) = (Rows::new(bytes, self.header.delimiter), Vec::new());
        loop {
            match rows.next(&mut fields) {
                Ok(false) => return part,
                Err(fault) => part.faults.push(fault),
                Ok(true) if fields.len() != self.header.columns.len() => {
                    part.faults.push(wrong_length(&fields, self.header.columns.len()));
                }
                Ok(true) => self.row(&fields, bytes, &mut part),
            }
        }
    }

    fn row(&self, fields: &[super::record::Field], bytes: &[u8], part: &mut Part) {
        for (number, ((field, column), cells)) in
            fields.iter().zip(&self.header.columns).zip(&mut part.columns).enumerate()
        {
            match column::take(cells, *field, bytes, column.column_type, column.is_given) {
                Ok(()) => {}
                Err(Misfit::Wider(found)) => return part.wider.push((number, found)),
                Err(Misfit::Fault(fault)) => return part.faults.push(fault),
            }
        }
        let id = fields[self.id];
        if id.is_missing() {
            let name = &self.header.columns[self.id].name;
            return part.faults.push(RowFault::new(id.range(), format!("the node has no `{name}`")));
        }
        match &mut part.ids {
            // (A field that is no number was told of above.)
            Ids::Ints(ints) => ints.extend(column::int(id.raw(bytes))),
            Ids::Texts(texts) => texts.push(&id.text(bytes).unwrap_or_default()),
        }
        if let Some(label) = self.label {
            match fields[label].text(bytes) {
                Ok(text) => part.labels.push(&text),
                Err(fault) => return part.faults.push(fault),
            }
        }
        part.count += 1;
    }

    fn give(&self, part: Part, keys: &[KeyId], builder: &mut GraphBuilder, collected: &mut Collected) {
        let first = NodeId::from_index(builder.node_count());
        if self.label.is_some() {
            for text in part.labels.iter() {
                if !collected.label_sets.contains_key(text) {
                    let labels = self.labels(builder, text);
                    collected.label_sets.insert(text.into(), labels);
                }
                builder.add_nodes(&collected.label_sets[text], 1);
            }
        } else {
            let labels = self.labels(builder, "");
            builder.add_nodes(&labels, part.count as usize);
        }
        for (key, column) in keys.iter().zip(&part.columns) {
            column.give(builder, |builder, column| builder.extend_node_column(first, *key, column));
        }
        collected.add(part.ids);
    }

    /// The labels of the table and those of a field, apart by `;`, each with what stands above it in the schema.
    fn labels(&self, builder: &mut GraphBuilder, field: &str) -> Vec<LabelId> {
        let own = field.split(';').map(str::trim).filter(|label| !label.is_empty());
        let said = self.file.labels.iter().map(String::as_str).chain(own);
        said.flat_map(|label| self.schema.labels_of(label)).map(|label| builder.label(&label)).collect()
    }

    /// The fault of a row whose key another has; the row is looked for anew.
    fn repeated(&self, row: usize) -> ImportError {
        let path = self.file.path.as_path();
        let cannot_read = |source| ImportError::CannotRead { path: path.to_owned(), source };
        let chunks = match Chunks::open(path) {
            Ok(chunks) => chunks,
            Err(error) => return cannot_read(error),
        };
        let mut before = 0;
        for chunk in chunks {
            let chunk = match chunk {
                Ok(chunk) => chunk,
                Err(error) => return cannot_read(error),
            };
            let skipped = if chunk.offset == 0 { self.header.length } else { 0 };
            let bytes = &chunk.bytes[skipped..];
            let (mut rows, mut fields) = (Rows::new(bytes, self.header.delimiter), Vec::new());
            while let Ok(true) = rows.next(&mut fields) {
                if before == row {
                    let field = fields[self.id];
                    let text = String::from_utf8_lossy(field.raw(bytes)).into_owned();
                    let fault = RowFault::new(field.range(), format!("two nodes have the key `{text}`"));
                    return super::fault::fault(path, chunk.offset + skipped as u64, fault.label("the second one"));
                }
                before += 1;
            }
        }
        ImportError::Options(format!("{} was changed while it was read", path.display()))
    }
}

/// A row with too many or too few fields.
pub(super) fn wrong_length(fields: &[super::record::Field], expected: usize) -> RowFault {
    let count = fields.len();
    let at = match fields.get(expected) {
        Some(extra) => extra.range(),
        None => fields.last().map_or(0..0, |last| last.range()),
    };
    let fields = if count == 1 { "field" } else { "fields" };
    let label = if count > expected { "this one is too many" } else { "the row ends here" };
    RowFault::new(at, format!("the row has {count} {fields}, the first line names {expected} columns")).label(label)
}
