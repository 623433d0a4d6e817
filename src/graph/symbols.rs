//! The few names that a graph uses again and again: its labels, its relation types, its property keys.

use std::sync::Arc;

use indexmap::IndexSet;

/// Names, numbered in the order in which they were first said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Symbols {
    names: IndexSet<Arc<str>, rustc_hash::FxBuildHasher>,
}

impl Symbols {
    /// How many names.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name with a number.
    #[must_use]
    pub fn name(&self, number: usize) -> Option<&Arc<str>> {
        self.names.get_index(number)
    }

    /// The number of a name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.names.get_index_of(name)
    }

    /// The number of a name, which is added if it is new.
    pub fn intern(&mut self, name: &str) -> usize {
        match self.names.get_index_of(name) {
            Some(number) => number,
            None => self.names.insert_full(name.into()).0,
        }
    }

    /// All names, in order of number.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<str>> {
        self.names.iter()
    }
}
