//! Arrays of the store: our own, slices of bytes that live as long as the program (the embedded graph file), or
//! arrays that come into being when they are first read (those of a graph file on disk).
//!
//! Everything in a [`Store`](super::Store) that grows with the graph is one of these, so that a graph file is the
//! store's arrays written one after the other, opening the embedded one copies nothing, and of a file on disk only
//! what is asked for is read. How long an array is, is known without reading it. Inner loops take a slice once, so that
//! they do not ask again and again whether it is there.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::atomic::{AtomicUsize, Ordering};
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
    pages: Option<Pages<T>>,
}

/// Parts of an array that can be made without the others: for those who read an item here and there.
struct Pages<T> {
    /// How many items each has, but the last.
    size: usize,
    parts: Vec<OnceLock<Vec<T>>>,
    /// How many were made.
    made: AtomicUsize,
    make: Box<dyn Fn(usize) -> Vec<T> + Send + Sync>,
}

/// When more than one in so many pages were made, the whole is.
const FEW_PAGES: usize = 4;

impl<T> Pages<T> {
    /// A page, unless so many were made that the whole should be.
    fn page(&self, number: usize) -> Option<&[T]> {
        let page = self.parts.get(number)?;
        if let Some(items) = page.get() {
            return Some(items);
        }
        if self.made.fetch_add(1, Ordering::Relaxed) * FEW_PAGES > self.parts.len() {
            return None;
        }
        Some(page.get_or_init(|| (self.make)(number)))
    }
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

    /// Items one after the other; of an array that was not made, only the page that holds them is.
    #[inline]
    fn part(&self, range: Range<usize>) -> Option<&[T]> {
        match self.items.get() {
            Some(items) => items.get(range),
            None => self.part_of_page(range),
        }
    }

    #[cold]
    fn part_of_page(&self, range: Range<usize>) -> Option<&[T]> {
        if range.end > self.length || range.start > range.end {
            return None;
        }
        let within = self.pages.as_ref().filter(|_| range.start < range.end).and_then(|pages| {
            let (number, at) = (range.start / pages.size, range.start % pages.size);
            let is_one = (range.end - 1) / pages.size == number;
            if is_one { pages.page(number)?.get(at..at + range.len()) } else { None }
        });
        within.or_else(|| self.made().get(range))
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
        Self(Owner::Late(Arc::new(Late { length, items: OnceLock::new(), make: Box::new(make), pages: None })))
    }

    /// The same, where pages of `size` items can be made without the others: see [`Array::part`].
    #[must_use]
    pub fn late_in_pages(
        length: usize,
        size: usize,
        make: impl Fn() -> Vec<T> + Send + Sync + 'static,
        make_page: impl Fn(usize) -> Vec<T> + Send + Sync + 'static,
    ) -> Self {
        let parts = (0..length.div_ceil(size)).map(|_| OnceLock::new()).collect();
        let pages = Pages { size, parts, made: AtomicUsize::new(0), make: Box::new(make_page) };
        let make = Box::new(make);
        Self(Owner::Late(Arc::new(Late { length, items: OnceLock::new(), make, pages: Some(pages) })))
    }

    /// Items one after the other, for those who want few of them: of an array that still has to be read, no more than
    /// a part is. `None` outside the array.
    #[inline]
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Option<&[T]> {
        match &self.0 {
            Owner::Static(items) => items.get(range),
            Owner::Owned(items) => items.get(range),
            Owner::Late(late) => late.part(range),
        }
    }

    /// One item: see [`Array::part`].
    #[inline]
    #[must_use]
    pub fn at(&self, at: usize) -> Option<&T> {
        self.part(at..at.checked_add(1)?)?.first()
    }

    /// The same array, so held that copies of it are one and the same.
    #[must_use]
    pub(super) fn shared(self) -> Self {
        match self.0 {
            Owner::Owned(items) => {
                let length = items.len();
                let late = Late { length, items: OnceLock::from(items), make: Box::new(Vec::new), pages: None };
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
