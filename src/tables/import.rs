//! The whole: table after table into a builder, which is frozen.

use super::edges;
use super::fault::{ImportError, Progress};
use super::header::Header;
use super::keys::KeySpace;
use super::nodes;
use super::options::TableOptions;
use crate::graph::{GraphBuilder, Store};

/// What reading a table came to.
pub(super) enum Pass<T> {
    Done(T),
    /// A column must be wider than was thought: all is to be read again, with this header.
    Again(Header),
}

/// Tells how far the import has come, and keeps the checksums of what was read.
pub(super) struct Watch<'w> {
    progress: &'w mut dyn FnMut(Progress) -> bool,
    doing: &'static str,
    done: u64,
    total: u64,
    version: u64,
}

impl Watch<'_> {
    /// So many bytes more were read, which have this checksum.
    pub(super) fn done(&mut self, bytes: usize, crc: u32) -> Result<(), ImportError> {
        self.done += bytes as u64;
        self.version = self.version.rotate_left(7).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(crc);
        self.tell()
    }

    fn tell(&mut self) -> Result<(), ImportError> {
        let progress = Progress { doing: self.doing, done: self.done, total: self.total };
        if (self.progress)(progress) { Ok(()) } else { Err(ImportError::Cancelled) }
    }
}

/// Reads tables into a store. `progress` is told of each piece that was read; if it says `false`, the import ends.
///
/// # Errors
/// If a file cannot be read, rows have faults, or the options do not fit the tables.
pub fn import(options: &TableOptions, progress: &mut dyn FnMut(Progress) -> bool) -> Result<Store, ImportError> {
    let read_header = |path: &std::path::Path| Header::read(path, options);
    let node_headers: Result<Vec<_>, _> = options.nodes.iter().map(|file| read_header(&file.path)).collect();
    let edge_headers: Result<Vec<_>, _> = options.edges.iter().map(|file| read_header(&file.path)).collect();
    let mut headers = Headers { nodes: node_headers?, edges: edge_headers? };
    headers.check_names(options)?;
    let total = options.nodes.iter().map(|file| &file.path).chain(options.edges.iter().map(|file| &file.path));
    let total = total.map(|path| std::fs::metadata(path).map_or(0, |found| found.len())).sum();
    loop {
        let mut watch = Watch { progress, doing: "reading nodes", done: 0, total, version: 0 };
        if let Some(builder) = headers.read(options, &mut watch)? {
            watch.doing = "ordering";
            watch.tell()?;
            return Ok(builder.freeze());
        }
    }
}

/// The headers of all tables.
struct Headers {
    nodes: Vec<Header>,
    edges: Vec<Header>,
}

impl Headers {
    /// Makes sure that the columns that somebody named exist.
    fn check_names(&self, options: &TableOptions) -> Result<(), ImportError> {
        let has = |headers: &[Header], name: &str| {
            headers.iter().any(|header| header.columns.iter().any(|column| column.name == name))
        };
        let dates = options.dates.iter().flat_map(|dates| [&dates.since, &dates.until]).flatten();
        let edge_columns = dates.map(|name| (name, has(&self.edges, name), "edges"));
        let node_columns = options.indexes.iter().map(|name| (name, has(&self.nodes, name), "nodes"));
        let typed = options
            .types
            .iter()
            .map(|(name, _)| (name, has(&self.edges, name) || has(&self.nodes, name), "nodes or edges"));
        match edge_columns.chain(node_columns).chain(typed).find(|(_, is_there, _)| !is_there) {
            Some((name, _, what)) => Err(ImportError::Options(format!("no table of {what} has a column `{name}`"))),
            None => Ok(()),
        }
    }

    /// Reads all tables; nothing if a column had to be widened.
    fn read(&mut self, options: &TableOptions, watch: &mut Watch<'_>) -> Result<Option<GraphBuilder>, ImportError> {
        let mut builder = GraphBuilder::new();
        builder.schema(options.schema.clone());
        let mut spaces: Vec<KeySpace> = Vec::new();
        for (file, header) in options.nodes.iter().zip(&mut self.nodes) {
            match nodes::read(file, header.clone(), options, &mut builder, watch)? {
                Pass::Done(space) => spaces.push(space),
                Pass::Again(wider) => {
                    *header = wider;
                    return Ok(None);
                }
            }
        }
        watch.doing = "reading edges";
        for (file, header) in options.edges.iter().zip(&mut self.edges) {
            if let Pass::Again(wider) = edges::read(file, header.clone(), &spaces, options, &mut builder, watch)? {
                *header = wider;
                return Ok(None);
            }
        }
        for name in &options.indexes {
            let key = builder.key(name);
            builder.index_nodes_by(key);
        }
        let meta = builder.meta();
        meta.version = watch.version;
        meta.dates = options.dates.as_ref().and_then(super::options::Dates::columns);
        Ok(Some(builder))
    }
}
