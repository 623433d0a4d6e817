//! From a name to the nodes that bear it.
//!
//! The names stay where they are stored, behind [`NameTable`]; the index holds hashes and row numbers. Each of its
//! three parts (exact, folded, by words) is built when it is first asked for, so that opening a graph costs nothing:
//! the exact part takes some 40 ns a name, the folded one some 0.8 µs, that by words a sort on top.
//!
//! Invariant: an index is asked with the table that it was first asked with. A table that changes gets a new index.

use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::fold::{fold, plain};
use super::suggest::ranked;
use crate::model::NodeId;

/// Where names are stored: one row a name, several rows a node.
pub trait NameTable {
    /// How many rows there are.
    fn rows(&self) -> usize;
    /// The name in a row.
    fn text(&self, row: usize) -> &str;
    /// Whose name it is.
    fn node(&self, row: usize) -> NodeId;
    /// The node with this id.
    fn node_of_id(&self, id: &str) -> Option<NodeId>;
}

impl NameTable for [(NodeId, &str)] {
    fn rows(&self) -> usize {
        self.len()
    }

    fn text(&self, row: usize) -> &str {
        self[row].1
    }

    fn node(&self, row: usize) -> NodeId {
        self[row].0
    }

    fn node_of_id(&self, _: &str) -> Option<NodeId> {
        None
    }
}

/// Which stage of the look-up hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The text is a node's id.
    Id,
    /// The text is a name, letter by letter.
    Exact,
    /// The text folds as a name does.
    Folded,
}

/// A row that was found, and its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The node.
    pub node: NodeId,
    /// The row of the name that fits; `None` where the id did.
    pub row: Option<usize>,
}

/// What a look-up found: one hit a node, in the order of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The stage that hit; later stages were not asked.
    pub stage: Stage,
    /// Every node that fits.
    pub hits: Vec<Hit>,
}

impl Found {
    /// The nodes that fit.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeId> {
        self.hits.iter().map(|hit| hit.node).collect()
    }

    /// The node, if just one fits.
    #[must_use]
    pub fn only(&self) -> Option<NodeId> {
        match self.hits.as_slice() {
            [hit] => Some(hit.node),
            _ => None,
        }
    }
}

/// The index over a table of names.
#[derive(Debug, Default)]
pub struct NameIndex {
    exact: OnceLock<Rows>,
    folded: OnceLock<Folded>,
    words: OnceLock<Vec<WordStart>>,
}

impl NameIndex {
    /// An index of which nothing is built yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { exact: OnceLock::new(), folded: OnceLock::new(), words: OnceLock::new() }
    }

    /// The nodes that a text names: by id, else by exact name, else by folded name. `None` where none does.
    pub fn find<T: NameTable + ?Sized>(&self, names: &T, wanted: &str) -> Option<Found> {
        if let Some(node) = names.node_of_id(wanted) {
            return Some(Found { stage: Stage::Id, hits: vec![Hit { node, row: None }] });
        }
        let exact = self.exact(names).with_key(wanted).filter(|row| names.text(*row) == wanted);
        let hits = one_a_node(names, exact);
        if !hits.is_empty() {
            return Some(Found { stage: Stage::Exact, hits });
        }
        let key = fold(wanted);
        let folded = self.folded(names);
        let hits = one_a_node(names, folded.rows.with_key(&key).filter(|row| folded.key(*row) == key));
        (!hits.is_empty() && !key.is_empty()).then_some(Found { stage: Stage::Folded, hits })
    }

    /// The nodes with a name that holds these words in a row, folded: `Macina` is in `Katiba Macina`.
    pub fn with_words<T: NameTable + ?Sized>(&self, names: &T, wanted: &str) -> Vec<Hit> {
        let key = fold(wanted);
        if key.is_empty() {
            return Vec::new();
        }
        let folded = self.folded(names);
        let is_whole = |rest: &str| rest.len() == key.len() || rest.as_bytes().get(key.len()) == Some(&b' ');
        let words = self.starting(names, &key).filter(|word| is_whole(folded.rest(*word)));
        let mut rows: Vec<usize> = words.map(|word| word.row as usize).collect();
        rows.sort_unstable();
        one_a_node(names, rows.into_iter())
    }

    /// The names of which a word starts like this, spelt so or folded so, in the order of the words; `n` at most. For
    /// completion.
    pub fn starting_with<T: NameTable + ?Sized>(&self, names: &T, prefix: &str, n: usize) -> Vec<Hit> {
        let (spelt, folded) = (plain(prefix), fold(prefix));
        if spelt.is_empty() {
            return Vec::new();
        }
        // How the last letters of a word fold hangs on those that are still to come: c before i, t before ch.
        let settled = fold(&spelt[..spelt.len().saturating_sub(2)]);
        let in_name = format!(" {spelt}");
        let is_spelt = |row: &usize| {
            let name = plain(names.text(*row));
            name.starts_with(&spelt) || name.contains(&in_name)
        };
        let mut seen = FxHashSet::default();
        let rows = self.starting(names, &folded).map(|word| word.row as usize);
        let others = self.starting(names, &settled).map(|word| word.row as usize);
        let rows = rows.chain(others.filter(is_spelt)).filter(|row| seen.insert(*row));
        rows.take(n).map(|row| Hit { node: names.node(row), row: Some(row) }).collect()
    }

    /// The names nearest to a wrong one, one a node.
    pub fn nearest<T: NameTable + ?Sized>(&self, names: &T, wanted: &str, n: usize) -> Vec<Hit> {
        let folded = self.folded(names);
        let near = ranked((0..names.rows()).map(|row| folded.key(row)), wanted);
        let mut hits = one_a_node(names, near.into_iter().map(|(row, _)| row));
        hits.truncate(n);
        hits
    }

    /// The words from which on a name reads like this, in order; all words for an empty key.
    fn starting<'i, T: NameTable + ?Sized>(
        &'i self,
        names: &T,
        key: &'i str,
    ) -> impl Iterator<Item = WordStart> + use<'i, T> {
        let folded = self.folded(names);
        let words = self.words.get_or_init(|| folded.word_starts());
        let first = words.partition_point(|word| folded.rest(*word) < key);
        words[first..].iter().copied().take_while(move |word| folded.rest(*word).starts_with(key))
    }

    fn exact<T: NameTable + ?Sized>(&self, names: &T) -> &Rows {
        self.exact.get_or_init(|| Rows::new((0..names.rows()).map(|row| names.text(row))))
    }

    fn folded<T: NameTable + ?Sized>(&self, names: &T) -> &Folded {
        self.folded.get_or_init(|| Folded::new(names))
    }
}

/// One hit a node, with the first row of the node.
fn one_a_node<T: NameTable + ?Sized>(names: &T, rows: impl Iterator<Item = usize>) -> Vec<Hit> {
    let mut seen = FxHashSet::default();
    let hits = rows.map(|row| Hit { node: names.node(row), row: Some(row) });
    hits.filter(|hit| seen.insert(hit.node)).collect()
}

const NO_ROW: u32 = u32::MAX;

/// Rows by the hash of their key, chained in the order of the table. The keys themselves are compared by the caller.
#[derive(Debug, Default)]
struct Rows {
    first: FxHashMap<u64, u32>,
    next: Vec<u32>,
}

impl Rows {
    fn new<'k>(keys: impl DoubleEndedIterator<Item = &'k str> + ExactSizeIterator) -> Self {
        let mut rows = Self { first: FxHashMap::default(), next: vec![NO_ROW; keys.len()] };
        rows.first.reserve(keys.len());
        // From the end, so that each chain runs in the order of the table.
        for (row, key) in keys.enumerate().rev() {
            let number = u32::try_from(row).expect("a graph holds fewer than 2^32 - 1 names");
            rows.next[row] = rows.first.insert(hash(key), number).unwrap_or(NO_ROW);
        }
        rows
    }

    fn with_key(&self, key: &str) -> impl Iterator<Item = usize> {
        let first = self.first.get(&hash(key)).copied();
        std::iter::successors(first, |row| Some(self.next[*row as usize]).filter(|next| *next != NO_ROW))
            .map(|row| row as usize)
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The folded names, one after the other.
#[derive(Debug)]
struct Folded {
    text: String,
    ends: Vec<u32>,
    rows: Rows,
}

/// Where a word starts within the folded names, and the row that it belongs to.
#[derive(Clone, Copy, Debug)]
struct WordStart {
    at: u32,
    row: u32,
}

impl Folded {
    fn new<T: NameTable + ?Sized>(names: &T) -> Self {
        let mut folded = Self { text: String::new(), ends: Vec::with_capacity(names.rows()), rows: Rows::default() };
        for row in 0..names.rows() {
            folded.text.push_str(&fold(names.text(row)));
            folded.ends.push(u32::try_from(folded.text.len()).expect("all folded names together are below 4 GiB"));
        }
        folded.rows = Rows::new((0..names.rows()).map(|row| folded.key(row)));
        folded
    }

    fn start(&self, row: usize) -> usize {
        row.checked_sub(1).map_or(0, |before| self.ends[before] as usize)
    }

    fn key(&self, row: usize) -> &str {
        &self.text[self.start(row)..self.ends[row] as usize]
    }

    /// The folded name from a word on.
    fn rest(&self, word: WordStart) -> &str {
        &self.text[word.at as usize..self.ends[word.row as usize] as usize]
    }

    /// Every word of every name, ordered by what follows to the end of its name: a search for words in a row, or for
    /// the beginning of a word, is a search for a run in it.
    fn word_starts(&self) -> Vec<WordStart> {
        let mut words = Vec::new();
        for row in 0..self.ends.len() {
            let (start, key) = (self.start(row), self.key(row));
            let after_spaces = key.match_indices(' ').map(|(at, _)| at + 1);
            let starts = (!key.is_empty()).then_some(0).into_iter().chain(after_spaces);
            #[expect(clippy::cast_possible_truncation, reason = "`ends` holds both as 32 bits")]
            words.extend(starts.map(|at| WordStart { at: (start + at) as u32, row: row as u32 }));
        }
        words.sort_by(|a, b| self.rest(*a).cmp(self.rest(*b)).then(a.row.cmp(&b.row)));
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Table(Vec<(u32, &'static str)>);

    impl NameTable for Table {
        fn rows(&self) -> usize {
            self.0.len()
        }

        fn text(&self, row: usize) -> &str {
            self.0[row].1
        }

        fn node(&self, row: usize) -> NodeId {
            NodeId(self.0[row].0)
        }

        fn node_of_id(&self, id: &str) -> Option<NodeId> {
            (id == "jnim").then_some(NodeId(0))
        }
    }

    fn table() -> Table {
        Table(vec![
            (0, "JNIM"),
            (0, "Jama’at Nusrat al Islam wal Muslimeen"),
            (1, "Katiba Macina"),
            (1, "Macina Liberation Front"),
            (2, "Macina"),
            (3, "Djamel Okacha"),
            (3, "Yahya Abu al Hammam"),
            (4, "Abu Walid"),
            (5, "Abou Walid"),
        ])
    }

    fn find(wanted: &str) -> Option<(Stage, Vec<u32>)> {
        let found = NameIndex::new().find(&table(), wanted)?;
        Some((found.stage, found.nodes().into_iter().map(|node| node.0).collect()))
    }

    #[test]
    fn the_first_stage_that_hits_answers_alone() {
        assert_eq!(find("jnim"), Some((Stage::Id, vec![0])));
        assert_eq!(find("JNIM"), Some((Stage::Exact, vec![0])));
        assert_eq!(find("Jnim"), Some((Stage::Folded, vec![0])));
        assert_eq!(find("Abu Walid"), Some((Stage::Exact, vec![4])));
        assert_eq!(find("abu walid"), Some((Stage::Folded, vec![4, 5])));
        assert_eq!(find("Yahia Abou Hammam"), Some((Stage::Folded, vec![3])));
        assert_eq!(find("Macina"), Some((Stage::Exact, vec![2])));
        assert_eq!(find("nobody"), None);
        assert_eq!(find("-"), None);
    }

    #[test]
    fn a_word_finds_every_node_with_a_name_that_holds_it() {
        let (names, index) = (table(), NameIndex::new());
        let nodes = |wanted: &str| index.with_words(&names, wanted).iter().map(|hit| hit.node.0).collect::<Vec<_>>();
        assert_eq!(nodes("macina"), [1, 2]);
        assert_eq!(nodes("Massina Liberation"), [1]);
        assert_eq!(nodes("Maci"), [0u32; 0]);
        assert_eq!(nodes("Islam wa al-Muslimin"), [0]);
        assert_eq!(nodes(""), [0u32; 0]);
    }

    #[test]
    fn completion_finds_names_by_the_beginning_of_any_word() {
        let (names, index) = (table(), NameIndex::new());
        let texts = |prefix: &str, n| {
            let hits = index.starting_with(&names, prefix, n);
            hits.iter().map(|hit| names.text(hit.row.expect("a name"))).collect::<Vec<_>>()
        };
        assert_eq!(texts("mac", 9), ["Katiba Macina", "Macina", "Macina Liberation Front"]);
        assert_eq!(texts("mac", 1), ["Katiba Macina"]);
        assert_eq!(texts("Abou", 9), ["Yahya Abu al Hammam", "Abu Walid", "Abou Walid"]);
    }

    #[test]
    fn the_nearest_names_come_one_a_node() {
        let (names, index) = (table(), NameIndex::new());
        let near = index.nearest(&names, "Katiba Masena", 3);
        assert_eq!(near, [Hit { node: NodeId(1), row: Some(2) }]);
    }

    #[test]
    fn an_empty_table_finds_nothing() {
        let (names, index) = (Table(Vec::new()), NameIndex::new());
        assert_eq!(index.find(&names, "JNIM"), None);
        assert!(index.with_words(&names, "JNIM").is_empty());
    }
}
