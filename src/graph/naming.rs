//! From a name to the nodes that bear it, over base and overlay.
//!
//! A graph of the knowledge base keeps its names as evidence; one from tables has them as the property `name`. Either
//! is a [`NameTable`] to the one [`NameIndex`]. What the overlay adds is a small table of its own, whose index is built
//! anew after each change, when it is asked for.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::Graph;
use super::column::Column;
use super::overlay::property;
use super::store::Store;
use crate::model::{KeyId, NodeId, Value};
use crate::names::{Found, Hit, NameIndex, NameTable, Stage, fold};

/// The key of the property that holds a node's preferred name.
const NAME: &str = "name";

/// The label of what claims rest on. Its title is a name, and yet should make no actor's name ambiguous.
const SOURCE: &str = "Source";

/// The nodes that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<'g> {
    /// Which stage of the look-up hit; later ones were not asked.
    pub stage: Stage,
    /// Each node that fits, ascending, with the name that does; without one where the id did.
    pub nodes: Vec<(NodeId, Option<&'g str>)>,
}

/// The names of a store: one row a name.
struct BaseNames<'g> {
    store: &'g Store,
    /// The column of names and its rows, in a graph without names as evidence.
    column: Option<(&'g Column, &'g [NodeId])>,
}

impl<'g> BaseNames<'g> {
    fn of(store: &'g Store) -> Self {
        let column = || store.node_column(KeyId::from_index(store.keys.find(NAME)?));
        let column = if store.evidence.names.is_empty() { column() } else { None };
        Self { store, column: column.map(|column| (column, store.named_nodes(column))) }
    }

    fn name(&self, row: usize) -> &'g str {
        let code = match self.column {
            Some((column, nodes)) => column.text(nodes[row].index()),
            None => Some(self.store.evidence.names[row].text),
        };
        code.map_or("", |code| self.store.texts.get(code))
    }
}

impl NameTable for BaseNames<'_> {
    fn rows(&self) -> usize {
        self.column.map_or(self.store.evidence.names.len(), |(_, nodes)| nodes.len())
    }

    fn text(&self, row: usize) -> &str {
        self.name(row)
    }

    fn node(&self, row: usize) -> NodeId {
        self.column.map_or_else(|| self.store.evidence.names[row].node, |(_, nodes)| nodes[row])
    }

    fn node_of_id(&self, id: &str) -> Option<NodeId> {
        self.store.node_by_slug(id)
    }
}

/// The index on a store's names, and, where they are a column, the nodes that have one.
#[derive(Default)]
pub(crate) struct StoreNames {
    index: NameIndex,
    nodes: OnceLock<Vec<NodeId>>,
}

impl Store {
    fn named_nodes(&self, column: &Column) -> &[NodeId] {
        let has_text = |row: &usize| column.text(*row).is_some();
        self.names
            .nodes
            .get_or_init(|| column.rows().map(|(row, _)| row).filter(has_text).map(NodeId::from_index).collect())
    }
}

/// The names that an overlay adds.
#[derive(Default)]
pub(super) struct NewNames {
    index: NameIndex,
    rows: Vec<(NodeId, Arc<str>)>,
    ids: Vec<(Arc<str>, NodeId)>,
}

impl NameTable for NewNames {
    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn text(&self, row: usize) -> &str {
        &self.rows[row].1
    }

    fn node(&self, row: usize) -> NodeId {
        self.rows[row].0
    }

    fn node_of_id(&self, id: &str) -> Option<NodeId> {
        self.ids.iter().find(|(each, _)| &**each == id).map(|(_, node)| *node)
    }
}

/// Names.
impl Graph {
    /// The nodes that a text names: by id, else by exact name, else by folded name. `None` where none does. A source is
    /// meant only where nothing else has that name.
    #[must_use]
    pub fn find_name(&self, text: &str) -> Option<Named<'_>> {
        let mut found = self.find_any(text)?;
        if found.stage == Stage::Exact && found.nodes.iter().all(|(node, _)| self.is_source(*node)) {
            let folded = self.find_any(&fold(text)).filter(|folded| folded.stage != Stage::Id);
            if let Some(other) = folded.filter(|folded| folded.nodes.iter().any(|(node, _)| !self.is_source(*node))) {
                found = other;
            }
        }
        prefer(&mut found.nodes, |node| !self.is_source(node));
        Some(found)
    }

    /// As [`Graph::find_name`], where the word of a source is asked for: the source is meant, if one has that name.
    #[must_use]
    pub fn find_source(&self, text: &str) -> Option<Named<'_>> {
        let mut found = self.find_any(text)?;
        prefer(&mut found.nodes, |node| self.is_source(node));
        Some(found)
    }

    fn find_any(&self, text: &str) -> Option<Named<'_>> {
        let base = BaseNames::of(&self.base);
        let in_base = self.base.names.index.find(&base, text).map(|found| self.named_in_base(&base, &found));
        let new = self.new_names();
        let in_new = new.index.find(new, text).map(|found| named_in_new(new, &found));
        let found = [in_base, in_new].into_iter().flatten().filter(|named| !named.nodes.is_empty());
        found.reduce(|a, b| match a.stage.cmp(&b.stage) {
            std::cmp::Ordering::Less => a,
            std::cmp::Ordering::Greater => b,
            std::cmp::Ordering::Equal => Named { stage: a.stage, nodes: one_a_node(a.nodes, b.nodes) },
        })
    }

    /// Whether a node is a source.
    fn is_source(&self, node: NodeId) -> bool {
        self.label_id(SOURCE).is_some_and(|label| self.has_label(node, label))
    }

    /// The nodes with a name that holds these words in a row, folded, each with that name; sources only where no other
    /// does.
    #[must_use]
    pub fn names_with_words(&self, words: &str) -> Vec<(NodeId, &str)> {
        let base = BaseNames::of(&self.base);
        let new = self.new_names();
        let mut found =
            self.both(&base, self.base.names.index.with_words(&base, words), new.index.with_words(new, words));
        prefer(&mut found, |node| !self.is_source(node));
        found
    }

    /// The names of which a word starts like this, each with its node, `n` at most: for completion.
    #[must_use]
    pub fn names_starting_with(&self, prefix: &str, n: usize) -> Vec<(NodeId, &str)> {
        let base = BaseNames::of(&self.base);
        let new = self.new_names();
        let found = self.base.names.index.starting_with(&base, prefix, n);
        let mut found = self.both(&base, found, new.index.starting_with(new, prefix, n));
        found.truncate(n);
        found
    }

    /// The names nearest to a wrong one, one a node, `n` at most: for messages. Those of sources only where no other is
    /// near.
    #[must_use]
    pub fn nearest_names(&self, wanted: &str, n: usize) -> Vec<(NodeId, &str)> {
        let base = BaseNames::of(&self.base);
        let new = self.new_names();
        let found = self.base.names.index.nearest(&base, wanted, n);
        let mut found = self.both(&base, found, new.index.nearest(new, wanted, n));
        prefer(&mut found, |node| !self.is_source(node));
        found.truncate(n);
        found
    }

    /// What to call a node: its property `name`, else its first name, else its id, else its number.
    #[must_use]
    pub fn name_of(&self, node: NodeId) -> Cow<'_, str> {
        let key = self.key_id(NAME);
        let unchanged = key.filter(|_| self.is_unchanged()).and_then(|key| self.base.node_column(key));
        if let Some(code) = unchanged.and_then(|column| column.text(node.index())) {
            return Cow::Borrowed(self.base.texts.get(code));
        }
        if let Some(Value::Text(name)) = key.map(|key| self.node_property(node, key)) {
            return Cow::Owned(name.as_ref().to_owned());
        }
        let first = self.names_of(node).next().map(|name| name.text).or_else(|| self.slug(node));
        first.map_or_else(|| Cow::Owned(format!("#{}", node.0)), Cow::Borrowed)
    }

    fn named_in_base<'g>(&'g self, base: &BaseNames<'g>, found: &Found) -> Named<'g> {
        let fits = |hit: &&Hit| self.is_still_named(base, hit.node);
        let nodes = found.hits.iter().filter(fits).map(|hit| (hit.node, hit.row.map(|row| base.name(row))));
        Named { stage: found.stage, nodes: nodes.collect() }
    }

    /// Whether what the base says of a node's names holds: a name that is a property may have been changed.
    fn is_still_named(&self, base: &BaseNames<'_>, node: NodeId) -> bool {
        let renamed = || {
            let key = self.base.keys.find(NAME).map(KeyId::from_index);
            let patch = self.overlay.node_patches.get(&node);
            key.zip(patch).is_some_and(|(key, patch)| property(patch, key).is_some())
        };
        self.has_node(node) && (base.column.is_none() || !renamed())
    }

    fn both<'g>(&'g self, base: &BaseNames<'g>, in_base: Vec<Hit>, in_new: Vec<Hit>) -> Vec<(NodeId, &'g str)> {
        let fits = |hit: &Hit| self.is_still_named(base, hit.node);
        let name = |hit: &Hit| Some((hit.node, base.name(hit.row?)));
        let in_base = in_base.into_iter().filter(fits).filter_map(|hit| name(&hit));
        let new = self.new_names();
        in_base.chain(in_new.into_iter().filter_map(|hit| Some((hit.node, &*new.rows[hit.row?].1)))).collect()
    }

    fn new_names(&self) -> &NewNames {
        self.overlay.names.get_or_init(|| Arc::new(self.collect_new_names()))
    }

    fn collect_new_names(&self) -> NewNames {
        let Some(key) = self.key_id(NAME) else { return NewNames { ids: self.new_ids(), ..NewNames::default() } };
        let patched = self.overlay.node_patches.iter().filter_map(|(node, patch)| Some((*node, property(patch, key)?)));
        let first = self.base.node_count();
        let new = (first..).zip(&self.overlay.nodes);
        let new = new.filter_map(|(node, new)| Some((NodeId::from_index(node), property(&new.properties, key)?)));
        let rows = patched.chain(new).filter_map(|(node, value)| match value {
            Value::Text(name) if self.has_node(node) => Some((node, name.clone())),
            _ => None,
        });
        NewNames { rows: rows.collect(), ids: self.new_ids(), ..NewNames::default() }
    }

    fn new_ids(&self) -> Vec<(Arc<str>, NodeId)> {
        let new = (self.base.node_count()..).map(NodeId::from_index).zip(&self.overlay.nodes);
        let living = new.filter(|(node, _)| self.has_node(*node));
        living.filter_map(|(node, new)| Some((new.slug.clone()?, node))).collect()
    }
}

/// Leaves those that are such, if there are any.
fn prefer<N>(nodes: &mut Vec<(NodeId, N)>, is_such: impl Fn(NodeId) -> bool) {
    if nodes.len() > 1 && nodes.iter().any(|(node, _)| is_such(*node)) {
        nodes.retain(|(node, _)| is_such(*node));
    }
}

fn named_in_new<'g>(new: &'g NewNames, found: &Found) -> Named<'g> {
    let nodes = found.hits.iter().map(|hit| (hit.node, hit.row.map(|row| &*new.rows[row].1)));
    Named { stage: found.stage, nodes: nodes.collect() }
}

fn one_a_node<'g>(
    mut first: Vec<(NodeId, Option<&'g str>)>,
    then: Vec<(NodeId, Option<&'g str>)>,
) -> Vec<(NodeId, Option<&'g str>)> {
    first.extend(then);
    first.sort_by_key(|(node, _)| *node);
    first.dedup_by_key(|(node, _)| *node);
    first
}
