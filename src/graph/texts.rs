//! The dictionary: every string of a graph once, by number.
//!
//! A frozen dictionary is three arrays: the bytes of all strings end to end, where each starts, and an open-addressed
//! hash table from text to number. The growing one has the same shape, so freezing moves three vectors. Strings are
//! numbered in the order in which they were first said. Of a graph file on disk, the same stands in blocks, so that one
//! name is found without reading all.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::array::{Array, TextBytes, to_u32};
use super::content::ContentHasher;
use crate::model::TextId;

/// A free place of the hash table.
const FREE: u32 = u32::MAX;

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "only the low bits are used as an index")]
fn hash(text: &str) -> usize {
    let mut hasher = ContentHasher::new();
    hasher.text(text);
    hasher.finish() as usize
}

/// Where a text is in the table, or the free place where it would be.
enum Place {
    Found(TextId),
    Free(usize),
}

/// Walks a hash table of so many places, a power of two, from the text's home place. The table is never full, so the
/// walk ends.
#[inline]
fn find<'a>(places: usize, slot: impl Fn(usize) -> u32, text: &str, get: impl Fn(TextId) -> &'a str) -> Place {
    let mask = places - 1;
    let mut at = hash(text) & mask;
    loop {
        match slot(at) {
            FREE => return Place::Free(at),
            number if get(TextId(number)) == text => return Place::Found(TextId(number)),
            _ => at = (at + 1) & mask,
        }
    }
}

/// The dictionary of a frozen store.
#[derive(Clone, Default)]
pub struct Texts(Held);

#[derive(Clone)]
enum Held {
    Whole(WholeTexts),
    Blocked(Arc<BlockedTexts>),
}

impl Default for Held {
    fn default() -> Self {
        Self::Whole(WholeTexts::default())
    }
}

/// Three arrays.
#[derive(Clone, Default)]
struct WholeTexts {
    starts: Array<u64>,
    bytes: TextBytes,
    slots: Array<u32>,
}

/// The same in blocks, of which only those are read that are asked for: how a graph file on disk has them.
pub(crate) struct BlockedTexts {
    /// How many strings.
    pub(crate) count: usize,
    /// [`TEXTS_IN_BLOCK`] strings each; fewer in the last.
    pub(crate) blocks: Vec<LateBlock>,
    /// How many places the hash table has.
    pub(crate) places: usize,
    /// [`PLACES_IN_BLOCK`] places each; fewer where there is one.
    pub(crate) slots: Vec<Array<u32>>,
}

/// Strings in a block of a dictionary in blocks.
pub(crate) const TEXTS_IN_BLOCK: usize = 1 << 11;

/// Places in a block of a hash table in blocks.
pub(crate) const PLACES_IN_BLOCK: usize = 1 << 14;

/// Some strings one after the other.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct TextBlock {
    /// Where each starts, and where the last ends.
    pub(crate) starts: Vec<u32>,
    pub(crate) text: String,
}

/// A block that is read when somebody asks.
pub(crate) struct LateBlock {
    block: OnceLock<TextBlock>,
    make: Box<dyn Fn() -> TextBlock + Send + Sync>,
}

impl LateBlock {
    pub(crate) fn new(make: impl Fn() -> TextBlock + Send + Sync + 'static) -> Self {
        Self { block: OnceLock::new(), make: Box::new(make) }
    }

    #[inline]
    fn get(&self, at: usize) -> &str {
        let block = self.block.get_or_init(|| (self.make)());
        match block.starts.get(at..at + 2) {
            Some(&[start, end]) => block.text.get(start as usize..end as usize).unwrap_or(""),
            _ => "",
        }
    }
}

impl BlockedTexts {
    #[inline]
    fn get(&self, id: TextId) -> &str {
        match self.blocks.get(id.index() / TEXTS_IN_BLOCK) {
            Some(block) => block.get(id.index() % TEXTS_IN_BLOCK),
            None => "",
        }
    }

    #[inline]
    fn slot(&self, at: usize) -> u32 {
        self.slots[at / PLACES_IN_BLOCK][at % PLACES_IN_BLOCK]
    }
}

impl Texts {
    /// How many strings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Held::Whole(whole) => whole.starts.len().saturating_sub(1),
            Held::Blocked(blocked) => blocked.count,
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A string; the empty one for [`TextId::NONE`].
    #[inline]
    #[must_use]
    pub fn get(&self, id: TextId) -> &str {
        match &self.0 {
            Held::Whole(whole) => lookup(&whole.starts, &whole.bytes, id),
            Held::Blocked(blocked) => blocked.get(id),
        }
    }

    /// A string, or none for [`TextId::NONE`].
    #[must_use]
    pub fn optional(&self, id: TextId) -> Option<&str> {
        id.some().map(|id| self.get(id))
    }

    /// The number of a string.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<TextId> {
        let places = self.places();
        if places == 0 {
            return None;
        }
        let found = match &self.0 {
            Held::Whole(whole) => {
                let slots = &*whole.slots;
                find(places, |at| slots[at], text, |id| self.get(id))
            }
            Held::Blocked(blocked) => find(places, |at| blocked.slot(at), text, |id| self.get(id)),
        };
        match found {
            Place::Found(id) => Some(id),
            Place::Free(_) => None,
        }
    }

    /// How many places the hash table has.
    pub(crate) fn places(&self) -> usize {
        match &self.0 {
            Held::Whole(whole) => whole.slots.len(),
            Held::Blocked(blocked) => blocked.places,
        }
    }

    /// Where each string starts in [`Texts::text`], and where the last ends.
    pub(crate) fn starts(&self) -> Cow<'_, [u64]> {
        match &self.0 {
            Held::Whole(whole) => Cow::Borrowed(&whole.starts),
            Held::Blocked(_) => {
                let ends = self.ids().scan(0, |end, id| {
                    *end += self.get(id).len() as u64;
                    Some(*end)
                });
                std::iter::once(0).chain(ends).collect::<Vec<_>>().into()
            }
        }
    }

    /// All bytes, end to end.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            Held::Whole(whole) => Cow::Borrowed(&whole.bytes),
            Held::Blocked(_) => Cow::Owned(self.ids().map(|id| self.get(id)).collect()),
        }
    }

    /// The hash table.
    pub(crate) fn slots(&self) -> Cow<'_, [u32]> {
        match &self.0 {
            Held::Whole(whole) => Cow::Borrowed(&whole.slots),
            Held::Blocked(blocked) => {
                Cow::Owned(blocked.slots.iter().flat_map(|slots| slots.iter().copied()).collect())
            }
        }
    }

    /// The strings of each block, for a dictionary in blocks.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = TextBlock> + '_ {
        (0..self.len().div_ceil(TEXTS_IN_BLOCK)).map(|number| {
            let mut block = TextBlock { starts: vec![0], text: String::new() };
            let first = number * TEXTS_IN_BLOCK;
            for id in (first..self.len().min(first + TEXTS_IN_BLOCK)).map(TextId::from_index) {
                block.text.push_str(self.get(id));
                block.starts.push(to_u32(block.text.len()));
            }
            block
        })
    }

    fn ids(&self) -> impl Iterator<Item = TextId> + use<> {
        (0..self.len()).map(TextId::from_index)
    }

    /// From the three arrays of a graph file. `None` unless they fit together, as far as finding needs it to end.
    pub(crate) fn from_parts(starts: Array<u64>, bytes: TextBytes, slots: Array<u32>) -> Option<Self> {
        let whole = WholeTexts { starts, bytes, slots };
        let is_empty = whole.slots.is_empty() && whole.starts.len() <= 1;
        let is_table = || whole.slots.len().is_power_of_two() && whole.slots.contains(&FREE);
        (is_empty || is_table()).then(|| Self(Held::Whole(whole)))
    }

    /// From the blocks of a graph file. `None` unless there are as many as must be.
    pub(crate) fn from_blocks(texts: BlockedTexts) -> Option<Self> {
        let fits = texts.places.is_power_of_two()
            && texts.count < texts.places
            && texts.blocks.len() == texts.count.div_ceil(TEXTS_IN_BLOCK)
            && texts.slots.len() == texts.places.div_ceil(PLACES_IN_BLOCK);
        fits.then(|| Self(Held::Blocked(Arc::new(texts))))
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the bytes are in memory, so the offsets fit an address")]
fn lookup<'a>(starts: &[u64], bytes: &'a str, id: TextId) -> &'a str {
    match starts.get(id.index()..id.index().wrapping_add(2)) {
        Some(&[start, end]) => bytes.get(start as usize..end as usize).unwrap_or(""),
        _ => "",
    }
}

/// A dictionary that grows.
pub struct TextsBuilder {
    starts: Vec<u64>,
    bytes: String,
    slots: Vec<u32>,
}

impl Default for TextsBuilder {
    fn default() -> Self {
        Self { starts: vec![0], bytes: String::new(), slots: vec![FREE; 16] }
    }
}

impl TextsBuilder {
    /// The number of a string, which is added if it is new.
    pub fn intern(&mut self, text: &str) -> TextId {
        match find(self.slots.len(), |at| self.slots[at], text, |id| lookup(&self.starts, &self.bytes, id)) {
            Place::Found(id) => id,
            Place::Free(at) => {
                let id = TextId::from_index(self.starts.len() - 1);
                self.slots[at] = id.0;
                self.bytes.push_str(text);
                self.starts.push(self.bytes.len() as u64);
                if self.starts.len() * 2 > self.slots.len() {
                    self.grow();
                }
                id
            }
        }
    }

    /// A string.
    #[must_use]
    pub fn get(&self, id: TextId) -> &str {
        lookup(&self.starts, &self.bytes, id)
    }

    /// The number of a string, if it is there.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<TextId> {
        match find(self.slots.len(), |at| self.slots[at], text, |id| self.get(id)) {
            Place::Found(id) => Some(id),
            Place::Free(_) => None,
        }
    }

    fn grow(&mut self) {
        let mut slots = vec![FREE; self.slots.len() * 2];
        let mask = slots.len() - 1;
        for number in 0..to_u32(self.starts.len() - 1) {
            let mut at = hash(self.get(TextId(number))) & mask;
            while slots[at] != FREE {
                at = (at + 1) & mask;
            }
            slots[at] = number;
        }
        self.slots = slots;
    }

    /// The frozen dictionary.
    #[must_use]
    pub fn freeze(mut self) -> Texts {
        self.bytes.shrink_to_fit();
        let bytes = TextBytes::Owned(self.bytes);
        Texts(Held::Whole(WholeTexts { starts: self.starts.into(), bytes, slots: self.slots.into() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_string_is_kept_once_and_found_again() {
        let mut builder = TextsBuilder::default();
        let words: Vec<String> = (0..10_000).map(|number| format!("katiba {}", number % 5_000)).collect();
        let ids: Vec<TextId> = words.iter().map(|word| builder.intern(word)).collect();
        let texts = builder.freeze();
        assert_eq!(texts.len(), 5_000);
        for (word, id) in words.iter().zip(ids) {
            assert_eq!(texts.get(id), word);
            assert_eq!(texts.find(word), Some(id));
        }
        assert_eq!(texts.find("katiba"), None);
        assert_eq!(texts.get(TextId::NONE), "");
    }

    #[test]
    fn the_empty_string_is_a_string() {
        let mut builder = TextsBuilder::default();
        let id = builder.intern("");
        let texts = builder.freeze();
        assert_eq!(texts.find(""), Some(id));
        assert_eq!(texts.optional(id), Some(""));
        assert_eq!(texts.optional(TextId::NONE), None);
    }
}
