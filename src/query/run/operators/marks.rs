//! Which nodes a search has seen.
//!
//! Most searches see few nodes of a graph, and take microseconds: they cannot pay for as much as one cleared bit for
//! each node. So nodes are kept in a hash table first; a search that goes on is cheaper with an array, and moves to one
//! when clearing it costs no more than what the search has done by then.

use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::NodeId;

/// Clearing the bits of so many nodes costs about as much as hashing one.
const NODES_A_HASH: usize = 4096;

/// Touching the pages of an array of so many numbers costs about as much as hashing one.
const NUMBERS_A_HASH: usize = 32;

/// A set of nodes.
pub(super) struct Marks {
    few: FxHashSet<NodeId>,
    /// A bit for each node; empty while there are few.
    bits: Vec<u64>,
    /// The numbers of all nodes lie below.
    bound: usize,
}

impl Marks {
    /// An empty set of nodes whose numbers lie below a bound.
    pub(super) fn below(bound: usize) -> Self {
        Self { few: FxHashSet::default(), bits: Vec::new(), bound }
    }

    /// Adds a node; whether it is new.
    #[inline]
    pub(super) fn insert(&mut self, node: NodeId) -> bool {
        match self.bits.get_mut(node.index() / 64) {
            Some(word) => {
                let bit = 1 << (node.index() % 64);
                let is_new = *word & bit == 0;
                *word |= bit;
                is_new
            }
            None => self.insert_among_few(node),
        }
    }

    /// Whether a node is in the set.
    pub(super) fn contains(&self, node: NodeId) -> bool {
        match self.bits.get(node.index() / 64) {
            Some(word) => word >> (node.index() % 64) & 1 == 1,
            None => self.few.contains(&node),
        }
    }

    fn insert_among_few(&mut self, node: NodeId) -> bool {
        if self.few.len() < self.bound / NODES_A_HASH {
            return self.few.insert(node);
        }
        self.bits.resize(self.bound.max(node.index() + 1).div_ceil(64), 0);
        #[expect(clippy::iter_over_hash_type, reason = "bits have no order")]
        for node in self.few.drain() {
            self.bits[node.index() / 64] |= 1 << (node.index() % 64);
        }
        self.insert(node)
    }

    /// Takes out all nodes of the set, given as a list, at the cost of the list.
    pub(super) fn clear(&mut self, all: &[NodeId]) {
        self.few.clear();
        if !self.bits.is_empty() {
            all.iter().for_each(|node| self.bits[node.index() / 64] = 0);
        }
    }
}

/// One set of nodes after the other, as bits: for those who ask of so many nodes that a bit for each is paid for.
#[derive(Default)]
pub(super) struct Bits {
    words: Vec<u64>,
    set: Vec<NodeId>,
}

impl Bits {
    /// Whether room for all nodes has been made.
    pub(super) fn is_ready(&self) -> bool {
        !self.words.is_empty()
    }

    /// Makes room for nodes whose numbers lie below a bound.
    pub(super) fn prepare(&mut self, bound: usize) {
        self.words.resize(bound.div_ceil(64), 0);
    }

    /// Takes out all nodes.
    pub(super) fn clear(&mut self) {
        for node in self.set.drain(..) {
            self.words[node.index() / 64] = 0;
        }
    }

    /// Adds a node.
    pub(super) fn insert(&mut self, node: NodeId) {
        self.words[node.index() / 64] |= 1 << (node.index() % 64);
        self.set.push(node);
    }

    /// Whether a node is in the set.
    #[inline]
    pub(super) fn has(&self, node: NodeId) -> bool {
        self.words[node.index() / 64] >> (node.index() % 64) & 1 == 1
    }
}

/// A number for each node of a set.
pub(super) struct Numbers {
    few: FxHashMap<NodeId, u32>,
    /// One more than each node's number; 0 for nodes outside. Empty while there are few.
    all: Vec<u32>,
    bound: usize,
}

impl Numbers {
    /// An empty map of nodes whose own numbers lie below a bound.
    pub(super) fn below(bound: usize) -> Self {
        Self { few: FxHashMap::default(), all: Vec::new(), bound }
    }

    /// The number of a node, which gets this one if it has none; and whether it is new.
    #[inline]
    pub(super) fn number(&mut self, node: NodeId, fresh: u32) -> (u32, bool) {
        match self.all.get_mut(node.index()) {
            Some(0) => {
                self.all[node.index()] = fresh + 1;
                (fresh, true)
            }
            Some(number) => (*number - 1, false),
            None => self.number_among_few(node, fresh),
        }
    }

    fn number_among_few(&mut self, node: NodeId, fresh: u32) -> (u32, bool) {
        if self.few.len() < self.bound / NUMBERS_A_HASH {
            return match self.few.entry(node) {
                Entry::Occupied(known) => (*known.get(), false),
                Entry::Vacant(free) => (*free.insert(fresh), true),
            };
        }
        self.all.resize(self.bound.max(node.index() + 1), 0);
        #[expect(clippy::iter_over_hash_type, reason = "each goes to its own place")]
        for (node, number) in self.few.drain() {
            self.all[node.index()] = number + 1;
        }
        self.number(node, fresh)
    }

    /// The number of a node, if it has one.
    #[inline]
    pub(super) fn get(&self, node: NodeId) -> Option<u32> {
        match self.all.get(node.index()) {
            Some(number) => number.checked_sub(1),
            None => self.few.get(&node).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_knows_its_nodes_while_they_are_few_and_when_they_are_many() {
        for bound in [0, 1, 100, 3 * NODES_A_HASH] {
            let mut marks = Marks::below(bound);
            for _ in 0..2 {
                let nodes: Vec<NodeId> = (0..200).map(|number| NodeId(number * 7 % 191)).collect();
                let new = nodes.iter().filter(|node| marks.insert(**node)).count();
                assert_eq!(new, 191);
                marks.clear(&nodes);
            }
        }
    }

    #[test]
    fn nodes_keep_their_first_numbers() {
        for bound in [0, 50, 500] {
            let mut numbers = Numbers::below(bound);
            for fresh in 0..100 {
                assert_eq!(numbers.number(NodeId(fresh * 3), fresh), (fresh, true));
                for again in [fresh, 1000] {
                    assert_eq!(numbers.number(NodeId(fresh * 3), again), (fresh, false));
                }
            }
            assert_eq!((numbers.get(NodeId(297)), numbers.get(NodeId(298))), (Some(99), None));
        }
    }
}
