//! Arrays of the store: our own, slices of bytes that live as long as the program (the embedded graph file), or
//! arrays that come into being when they are first read (those of a graph file on disk).
//!
//! Everything in a [`Store`](super::Store) that grows with the graph is one of these, so that a graph file is the
//! store's arrays written one after the other, opening the embedded one copies nothing, and of a file on disk only
//! what is asked for is read. How long an array is, is known without reading it. Inner loops take a slice once, so that
//! they do not ask again and again whether it is there.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// An immutable array.
#[derive(Clone)]
pub struct Array<T: 'static>(Owner<T>);

#[derive(Clone)]
enum Owner<T: 'static> {
    Static(&'static [T]),
    Owned(Vec<T>),
    Late(Arc<Late<T>>),
}

/// An array that is made when it is first read, and shared by all who hold it.
struct Late<T> {
    length: usize,
    items: OnceLock<Vec<T>>,
    make: Box<dyn Fn() -> Vec<T> + Send + Sync>,
}

impl<T> Late<T> {
    #[inline]
    fn items(&self) -> &[T] {
        match self.items.get() {
            Some(items) => items,
            None => self.made(),
        }
    }

    #[cold]
    fn made(&self) -> &[T] {
        self.items.get_or_init(|| {
            let items = (self.make)();
            assert_eq!(items.len(), self.length, "a late array is as long as was said");
            items
        })
    }
}

impl<T> Array<T> {
    /// A slice of the program's own bytes.
    #[must_use]
    pub fn from_static(items: &'static [T]) -> Self {
        Self(Owner::Static(items))
    }

    /// An array of so many items that is made when it is first read. Copies of it are one and the same. `make` gives
    /// `length` items; where it cannot, it unwinds.
    #[must_use]
    pub fn late(length: usize, make: impl Fn() -> Vec<T> + Send + Sync + 'static) -> Self {
        if length == 0 {
            return Self::default();
        }
        Self(Owner::Late(Arc::new(Late { length, items: OnceLock::new(), make: Box::new(make) })))
    }

    /// The same array, so held that copies of it are one and the same.
    #[must_use]
    pub(super) fn shared(self) -> Self {
        match self.0 {
            Owner::Owned(items) => {
                let length = items.len();
                let late = Late { length, items: OnceLock::from(items), make: Box::new(Vec::new) };
                Self(Owner::Late(Arc::new(late)))
            }
            owner => Self(owner),
        }
    }

    /// The items, unless they still have to be made.
    pub(super) fn known(&self) -> Option<&[T]> {
        match &self.0 {
            Owner::Static(items) => Some(items),
            Owner::Owned(items) => Some(items),
            Owner::Late(late) => late.items.get().map(Vec::as_slice),
        }
    }

    /// How many items there are; known without reading them.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Owner::Static(items) => items.len(),
            Owner::Owned(items) => items.len(),
            Owner::Late(late) => late.length,
        }
    }

    /// Whether there are none; known without reading.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Array<u8> {
    /// The bytes as text, where they lie; `None` if they are none. A late array is read.
    pub(crate) fn into_text(self) -> Option<TextBytes> {
        match self.0 {
            Owner::Static(bytes) => std::str::from_utf8(bytes).ok().map(TextBytes::Static),
            Owner::Owned(bytes) => String::from_utf8(bytes).ok().map(TextBytes::Owned),
            Owner::Late(late) => String::from_utf8(late.items().to_vec()).ok().map(TextBytes::Owned),
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
            Owner::Late(late) => late.items(),
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
