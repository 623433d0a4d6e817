//! The dictionary: every string of a graph once, by number.
//!
//! A frozen dictionary is three arrays: the bytes of all strings end to end, where each starts, and an open-addressed
//! hash table from text to number. The growing one has the same shape, so freezing moves three vectors. Strings are
//! numbered in the order in which they were first said.

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

/// Walks the hash table from the text's home place. The table is never full, so the walk ends.
#[inline]
fn find<'a>(slots: &[u32], text: &str, get: impl Fn(TextId) -> &'a str) -> Place {
    let mask = slots.len() - 1;
    let mut at = hash(text) & mask;
    loop {
        match slots[at] {
            FREE => return Place::Free(at),
            number if get(TextId(number)) == text => return Place::Found(TextId(number)),
            _ => at = (at + 1) & mask,
        }
    }
}

/// The dictionary of a frozen store.
#[derive(Clone, Default)]
pub struct Texts {
    pub(crate) starts: Array<u64>,
    pub(super) bytes: TextBytes,
    pub(crate) slots: Array<u32>,
}

impl Texts {
    /// How many strings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
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
        lookup(&self.starts, &self.bytes, id)
    }

    /// A string, or none for [`TextId::NONE`].
    #[must_use]
    pub fn optional(&self, id: TextId) -> Option<&str> {
        id.some().map(|id| self.get(id))
    }

    /// The number of a string.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<TextId> {
        if self.slots.is_empty() {
            return None;
        }
        match find(&self.slots, text, |id| self.get(id)) {
            Place::Found(id) => Some(id),
            Place::Free(_) => None,
        }
    }

    /// All bytes, end to end.
    pub(crate) fn text(&self) -> &str {
        &self.bytes
    }

    /// From the three arrays of a graph file. `None` unless they fit together, as far as finding needs it to end.
    pub(crate) fn from_parts(starts: Array<u64>, bytes: TextBytes, slots: Array<u32>) -> Option<Self> {
        let texts = Self { starts, bytes, slots };
        let is_late = matches!(texts.bytes, TextBytes::Late(_));
        let fits = texts.slots.is_empty() && texts.is_empty()
            || texts.slots.len().is_power_of_two() && (is_late || texts.slots.contains(&FREE));
        fits.then_some(texts)
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
        match find(&self.slots, text, |id| lookup(&self.starts, &self.bytes, id)) {
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
        match find(&self.slots, text, |id| self.get(id)) {
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
        Texts { starts: self.starts.into(), bytes: TextBytes::Owned(self.bytes), slots: self.slots.into() }
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
