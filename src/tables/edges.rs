//! Tables of edges.

use rustc_hash::FxHashMap;

use super::chunks::{Chunk, Chunks};
use super::column::{self, ChunkColumn, Misfit};
use super::fault::{Faults, ImportError, RowFault};
use super::header::Header;
use super::import::{Pass, Watch};
use super::keys::{self, Key, KeySpace, Unknown};
use super::nodes::wrong_length;
use super::options::{ColumnType, DateForm, Dates, EdgeFile, TableOptions};
use super::pipeline::in_order;
use super::record::{Field, Rows};
use crate::graph::{DateColumns, GraphBuilder};
use crate::model::{KeyId, NodeId};
use crate::time::{Day, Period};

/// A table of edges that is being read.
struct EdgeTable<'t> {
    header: Header,
    /// The columns of the ends, and the node tables that they refer to.
    ends: [(usize, Vec<&'t KeySpace>); 2],
    /// The column of the relation type, or the type of all.
    relation: Relation,
    /// The columns that are properties.
    properties: Vec<usize>,
    dates: Option<EdgeDates<'t>>,
}

enum Relation {
    Column(usize),
    Always(String),
}

/// The date columns of a table.
struct EdgeDates<'t> {
    since: Option<usize>,
    until: Option<usize>,
    dates: &'t Dates,
    columns: Option<DateColumns>,
}

/// The edges of one type in a chunk.
struct TypePart {
    relation: String,
    sources: Vec<NodeId>,
    targets: Vec<NodeId>,
    columns: Vec<ChunkColumn>,
    /// When each holds, where it does not follow from the columns.
    days: Vec<Period>,
}

/// What a chunk gives.
struct Part {
    bytes: usize,
    offset: u64,
    crc: u32,
    /// By type, in the order in which they first stand there.
    types: Vec<TypePart>,
    numbers: FxHashMap<Box<[u8]>, usize>,
    faults: Vec<RowFault>,
    wider: Vec<(usize, ColumnType)>,
}

/// Reads a table of edges into a builder, or gives the pass that is to be begun again.
pub(super) fn read(
    file: &EdgeFile,
    header: Header,
    spaces: &[KeySpace],
    options: &TableOptions,
    builder: &mut GraphBuilder,
    watch: &mut Watch<'_>,
) -> Result<Pass<()>, ImportError> {
    let path = file.path.as_path();
    let mut table = EdgeTable::new(file, header, spaces, options)?;
    let keys: Vec<KeyId> =
        table.properties.iter().map(|column| builder.key(&table.header.columns[*column].name)).collect();
    let (mut faults, mut wider) = (Faults::default(), Vec::new());
    let cannot_read = |source| ImportError::CannotRead { path: path.to_owned(), source };
    let chunks = Chunks::open(path).map_err(cannot_read)?.map(|chunk| chunk.map_err(cannot_read));
    let read = in_order(
        chunks,
        |chunk| table.part(&chunk),
        |part| {
            watch.done(part.bytes, part.crc)?;
            faults.add(part.offset, part.faults.clone());
            wider.extend_from_slice(&part.wider);
            if faults.is_empty() && wider.is_empty() {
                give(&part, &keys, builder);
            }
            if faults.is_full() { Err(ImportError::Cancelled) } else { Ok(()) }
        },
    );
    if !faults.is_empty() {
        return Err(faults.into_error(path));
    }
    read?;
    if wider.is_empty() {
        return Ok(Pass::Done(()));
    }
    wider.iter().for_each(|(column, found)| table.header.widen(*column, *found));
    Ok(Pass::Again(table.header))
}

fn give(part: &Part, keys: &[KeyId], builder: &mut GraphBuilder) {
    for edges in &part.types {
        let relation = builder.relation_type(&edges.relation);
        let first = builder.add_edges(relation, &edges.sources, &edges.targets);
        for (key, column) in keys.iter().zip(&edges.columns) {
            column.give(builder, |builder, column| builder.extend_edge_column(first, *key, column));
        }
        builder.extend_edge_days(first, &edges.days);
    }
}

/// What the columns of the ends are called where nobody says.
const SOURCES: &[&str] = &["src", "source", "from", "start", "subject", ":START_ID"];
const TARGETS: &[&str] = &["dst", "target", "to", "end", "object", ":END_ID"];
const RELATIONS: &[&str] = &["type", "relation", ":TYPE"];

impl<'t> EdgeTable<'t> {
    fn new(
        file: &EdgeFile,
        mut header: Header,
        spaces: &'t [KeySpace],
        options: &'t TableOptions,
    ) -> Result<Self, ImportError> {
        let path = file.path.as_path();
        let column = |name: &Option<String>, usual: &[&str]| match name {
            Some(name) => header.named(name, path).map(Some),
            None => Ok(header.one_of(usual)),
        };
        let source = column(&options.source, SOURCES)?.unwrap_or(0);
        let target = column(&options.target, TARGETS)?.unwrap_or(1);
        if header.columns.len() < 2 || source == target {
            return Err(ImportError::Options(format!("{} needs a column for each end of an edge", path.display())));
        }
        let relation = match (&file.relation, column(&options.relation, RELATIONS)?) {
            (Some(relation), _) => Relation::Always(relation.clone()),
            (None, Some(column)) => Relation::Column(column),
            (None, None) => {
                let path = path.display();
                let what =
                    format!("{path} has no column `type`: name the column (--type-column), or write TYPE={path}");
                return Err(ImportError::Options(what));
            }
        };
        let mut taken = vec![source, target];
        if let Relation::Column(column) = relation {
            taken.push(column);
        }
        let properties = (0..header.columns.len()).filter(|column| !taken.contains(column)).collect();
        let dates = options.dates.as_ref().map(|dates| EdgeDates::new(dates, &mut header)).filter(EdgeDates::is_any);
        let ends = [(source, referred(spaces, file.from.as_deref())?), (target, referred(spaces, file.to.as_deref())?)];
        Ok(Self { header, ends, relation, properties, dates })
    }

    fn part(&self, chunk: &Chunk) -> Part {
        let skipped = if chunk.offset == 0 { self.header.length } else { 0 };
        let bytes = &chunk.bytes[skipped..];
        let mut part = Part {
            bytes: chunk.bytes.len(),
            offset: chunk.offset + skipped as u64,
            crc: crc32fast::hash(&chunk.bytes),
            types: Vec::new(),
            numbers: FxHashMap::default(),
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
                Ok(true) => match self.row(&fields, bytes, &mut part) {
                    Ok(()) => {}
                    Err((_, Misfit::Fault(fault))) => part.faults.push(fault),
                    Err((column, Misfit::Wider(found))) => part.wider.push((column, found)),
                },
            }
        }
    }

    #[inline]
    fn row(&self, fields: &[Field], bytes: &[u8], part: &mut Part) -> Result<(), (usize, Misfit)> {
        let faulty = |fault| (0, Misfit::Fault(fault));
        let [source, target] = [0, 1].map(|end| self.end(end, fields, bytes));
        let (source, target) = (source.map_err(faulty)?, target.map_err(faulty)?);
        let days = match &self.dates {
            Some(dates) => dates.days(fields, bytes).map_err(faulty)?,
            None => None,
        };
        let number = self.type_of(fields, bytes, part).map_err(faulty)?;
        let edges = &mut part.types[number];
        for (column, cells) in self.properties.iter().zip(&mut edges.columns) {
            let as_is = &self.header.columns[*column];
            let taken = column::take(cells, fields[*column], bytes, as_is.column_type, as_is.is_given);
            taken.map_err(|misfit| (*column, misfit))?;
        }
        edges.sources.push(source);
        edges.targets.push(target);
        edges.days.extend(days);
        Ok(())
    }

    /// The node at an end.
    #[inline]
    fn end(&self, end: usize, fields: &[Field], bytes: &[u8]) -> Result<NodeId, RowFault> {
        let (column, spaces) = &self.ends[end];
        let field = fields[*column];
        let int = column::int(field.raw(bytes));
        let found = if int.is_some() && spaces.iter().all(|space| !matches!(space.keys, keys::Keys::Texts(_))) {
            keys::node(spaces, Key { text: "", int })
        } else {
            keys::node(spaces, Key { text: &field.text(bytes)?, int })
        };
        found.map_err(|unknown| self.unknown(*column, field, bytes, &unknown))
    }

    #[cold]
    fn unknown(&self, column: usize, field: Field, bytes: &[u8], unknown: &Unknown) -> RowFault {
        let name = &self.header.columns[column].name;
        let text = String::from_utf8_lossy(field.raw(bytes)).into_owned();
        if field.is_missing() {
            return RowFault::new(field.range(), format!("the edge has no `{name}`"));
        }
        match unknown {
            Unknown::Nowhere => RowFault::new(field.range(), format!("no node has the key `{text}`")),
            Unknown::Several => {
                let fault = RowFault::new(field.range(), format!("nodes of several tables have the key `{text}`"));
                fault.help("say which tables the edges refer to: --edges FROM-TYPE-TO=FILE, with labels of theirs")
            }
        }
    }

    /// The place of the row's relation type among those of the chunk.
    #[inline]
    fn type_of(&self, fields: &[Field], bytes: &[u8], part: &mut Part) -> Result<usize, RowFault> {
        let raw = match &self.relation {
            Relation::Column(column) => fields[*column].raw(bytes),
            Relation::Always(relation) => relation.as_bytes(),
        };
        if let Some(number) = part.numbers.get(raw) {
            return Ok(*number);
        }
        let relation = match &self.relation {
            Relation::Column(column) => fields[*column].text(bytes)?.into_owned(),
            Relation::Always(relation) => relation.clone(),
        };
        if relation.is_empty()
            && let Relation::Column(column) = &self.relation
        {
            return Err(RowFault::new(fields[*column].range(), "the edge has no relation type"));
        }
        let number = part.types.len();
        let columns = self.properties.iter().map(|column| ChunkColumn::new(self.header.columns[*column].column_type));
        part.types.push(TypePart {
            relation,
            sources: Vec::new(),
            targets: Vec::new(),
            columns: columns.collect(),
            days: Vec::new(),
        });
        part.numbers.insert(raw.into(), number);
        Ok(number)
    }
}

/// The node tables with a label, or all.
fn referred<'t>(spaces: &'t [KeySpace], label: Option<&str>) -> Result<Vec<&'t KeySpace>, ImportError> {
    let Some(label) = label else { return Ok(spaces.iter().collect()) };
    let found: Vec<_> = spaces.iter().filter(|space| space.labels.iter().any(|each| each == label)).collect();
    if found.is_empty() {
        let what = format!("no table of nodes has the label `{label}`: write --nodes {label}=FILE");
        return Err(ImportError::Options(what));
    }
    Ok(found)
}

impl<'t> EdgeDates<'t> {
    fn new(dates: &'t Dates, header: &mut Header) -> Self {
        let column_type = if dates.form == DateForm::Iso { ColumnType::Text } else { ColumnType::Int };
        let mut column = |name: &Option<String>| {
            let column = header.one_of(&[name.as_deref()?])?;
            header.fix(column, column_type);
            Some(column)
        };
        let (since, until) = (column(&dates.since), column(&dates.until));
        Self { since, until, dates, columns: dates.columns() }
    }

    fn is_any(&self) -> bool {
        self.since.is_some() || self.until.is_some()
    }

    /// Makes sure that a row's dates are dates; gives its days where they do not follow from its properties.
    #[inline]
    fn days(&self, fields: &[Field], bytes: &[u8]) -> Result<Option<Period>, RowFault> {
        let (since, until) = (self.since.map(|column| fields[column]), self.until.map(|column| fields[column]));
        let (first, last) = match &self.columns {
            Some(columns) => (
                self.day(since, bytes, Day::MIN, |raw| columns.first_day(column::int(raw)?))?,
                self.day(until, bytes, Day::MAX, |raw| columns.last_day(column::int(raw)?))?,
            ),
            None => (
                self.day(since, bytes, Day::MIN, |raw| self.dates.first_of_text(std::str::from_utf8(raw).ok()?))?,
                self.day(until, bytes, Day::MAX, |raw| self.dates.last_of_text(std::str::from_utf8(raw).ok()?))?,
            ),
        };
        if first > last {
            let at = until.or(since).map_or(0..0, Field::range);
            return Err(RowFault::new(at, "the edge ends before it begins"));
        }
        Ok(self.columns.is_none().then_some(Period { first, last }))
    }

    #[inline]
    fn day(
        &self,
        field: Option<Field>,
        bytes: &[u8],
        none: Day,
        read: impl Fn(&[u8]) -> Option<Day>,
    ) -> Result<Day, RowFault> {
        match field {
            Some(field) if !field.is_missing() => read(field.raw(bytes)).ok_or_else(|| self.no_date(field, bytes)),
            _ => Ok(none),
        }
    }

    #[cold]
    fn no_date(&self, field: Field, bytes: &[u8]) -> RowFault {
        let text = String::from_utf8_lossy(field.raw(bytes)).into_owned();
        let label = format!("dates are written as {}", self.dates.form.name());
        let fault = RowFault::new(field.range(), format!("`{text}` is no date")).label(label);
        fault.help("say how dates are written with --date-format, and what means that there is no end with --open")
    }
}
