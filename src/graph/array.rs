//! Arrays of the store: either our own, or slices of bytes that live as long as the program (the embedded graph file).
//!
//! Everything in a [`Store`](super::Store) that grows with the graph is one of these, so that a graph file is the
//! store's arrays written one after the other, and opening the embedded one copies nothing.

use std::fmt;
use std::ops::Deref;

/// An immutable array.
#[derive(Clone)]
pub struct Array<T: 'static>(Owner<T>);

#[derive(Clone)]
enum Owner<T: 'static> {
    Static(&'static [T]),
    Owned(Vec<T>),
}

impl<T> Array<T> {
    /// A slice of the program's own bytes.
    #[must_use]
    pub fn from_static(items: &'static [T]) -> Self {
        Self(Owner::Static(items))
    }
}

impl Array<u8> {
    /// The bytes as text, where they lie; `None` if they are none.
    pub(crate) fn into_text(self) -> Option<TextBytes> {
        match self.0 {
            Owner::Static(bytes) => std::str::from_utf8(bytes).ok().map(TextBytes::Static),
            Owner::Owned(bytes) => String::from_utf8(bytes).ok().map(TextBytes::Owned),
        }
    }
}

impl<T> Deref for Array<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match &self.0 {
            Owner::Static(items) => items,
            Owner::Owned(items) => items,
        }
    }
}

impl<T> Default for Array<T> {
    fn default() -> Self {
        Self(Owner::Static(&[]))
    }
}

impl<T> From<Vec<T>> for Array<T> {
    fn from(mut items: Vec<T>) -> Self {
        items.shrink_to_fit();
        Self(Owner::Owned(items))
    }
}

impl<T> FromIterator<T> for Array<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        items.into_iter().collect::<Vec<_>>().into()
    }
}

impl<T: PartialEq> PartialEq for Array<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: fmt::Debug> fmt::Debug for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// One text that holds all strings of a graph, end to end.
#[derive(Clone)]
pub(crate) enum TextBytes {
    Static(&'static str),
    Owned(String),
}

impl Default for TextBytes {
    fn default() -> Self {
        Self::Static("")
    }
}

impl Deref for TextBytes {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        match self {
            Self::Static(text) => text,
            Self::Owned(text) => text,
        }
    }
}

/// A count or position as stored: 32 bits.
///
/// # Panics
/// From 2³² on: a graph has fewer nodes, edges and strings than that (see [`NodeId::from_index`](crate::model::NodeId)).
#[inline]
pub(crate) fn to_u32(count: usize) -> u32 {
    u32::try_from(count).expect("a graph holds fewer than 2^32 things of a sort")
}
