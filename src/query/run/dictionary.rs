//! Where the strings of a column of codes stand: in the dictionary of the graph's base, or among those that the query
//! itself has made.
//!
//! `substring(e.date, 0, 4)` or `CASE … THEN 'few'` yield the same few strings again and again. Each of them is kept once
//! ([`MadeTexts`]) and the column holds its number, so that grouping, DISTINCT and comparison read numbers, as they do
//! with strings of the graph. All threads of a query share what it has made; numbers never reach an answer.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use crate::graph::Store;
use crate::model::TextId;

/// What the codes of a column mean.
#[derive(Clone, Debug)]
pub enum Dictionary {
    /// The strings of a graph's base.
    Stored(Arc<Store>),
    /// The strings that a query has made.
    Made(Arc<MadeTexts>),
}

impl Dictionary {
    /// Whether a code means the same in both.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Stored(one), Self::Stored(other)) => Arc::ptr_eq(one, other),
            (Self::Made(one), Self::Made(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }

    /// A string; the empty one for [`TextId::NONE`].
    #[inline]
    #[must_use]
    pub fn get(&self, id: TextId) -> &str {
        match self {
            Self::Stored(base) => base.texts().get(id),
            Self::Made(made) => made.get(id),
        }
    }

    /// A string, or none for [`TextId::NONE`].
    #[inline]
    #[must_use]
    pub fn optional(&self, id: TextId) -> Option<&str> {
        id.some().map(|id| self.get(id))
    }

    /// The code of a string; `None` where no row can have it.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<TextId> {
        match self {
            Self::Stored(base) => base.texts().find(text),
            Self::Made(made) => made.find(text),
        }
    }
}

/// Strings that a query has made, each once. They are added under a lock and read without one.
#[derive(Debug, Default)]
pub struct MadeTexts {
    /// The strings by code. Each page has twice the places of the one before, so that none ever moves.
    pages: [OnceLock<Page>; PAGES],
    codes: Mutex<FxHashMap<Arc<str>, TextId>>,
}

/// Strings, each written once.
type Page = Box<[OnceLock<Arc<str>>]>;

/// Places of the first page, as a power of two.
const FIRST_PAGE: u32 = 6;

/// So many pages hold all codes of 32 bits.
const PAGES: usize = (32 - FIRST_PAGE) as usize;

/// About how many bytes a string costs beside its own.
const TEXT_BYTES: usize = 80;

/// The page of a code, and its place there.
#[inline]
fn place(code: usize) -> (usize, usize) {
    let number = code + (1 << FIRST_PAGE);
    let page = number.ilog2() - FIRST_PAGE;
    (page as usize, number - (1 << (page + FIRST_PAGE)))
}

impl MadeTexts {
    /// The codes of some strings, and by how many bytes it has grown.
    ///
    /// # Panics
    /// If a query makes more strings than 32 bits can tell apart.
    pub fn codes<'t>(&self, texts: impl Iterator<Item = Option<&'t Arc<str>>>) -> (Vec<TextId>, usize) {
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut growth = 0;
        let code = |text: Option<&Arc<str>>| {
            let Some(text) = text else { return TextId::NONE };
            if let Some(code) = codes.get(text) {
                return *code;
            }
            let code = TextId::from_index(codes.len());
            let (page, at) = place(code.index());
            let fresh = || (0..1usize << (page + FIRST_PAGE as usize)).map(|_| OnceLock::new()).collect();
            let page = self.pages.get(page).expect("fewer strings than codes").get_or_init(fresh);
            page[at].get_or_init(|| text.clone());
            codes.insert(text.clone(), code);
            growth += text.len() + TEXT_BYTES;
            code
        };
        (texts.map(code).collect(), growth)
    }

    /// A string; the empty one where there is none.
    #[inline]
    #[must_use]
    pub fn get(&self, id: TextId) -> &str {
        let Some(id) = id.some() else { return "" };
        let (page, at) = place(id.index());
        let text = self.pages.get(page).and_then(|page| page.get()?.get(at)?.get());
        text.map_or("", |text| text)
    }

    /// The code of a string, if it has been made.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<TextId> {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).get(text).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_string_is_kept_once_and_found_again() {
        let made = MadeTexts::default();
        let words: Vec<Arc<str>> = (0..5000).map(|number| format!("w{}", number % 1700).into()).collect();
        let (codes, _) = made.codes(words.iter().map(Some));
        for (word, code) in words.iter().zip(&codes) {
            assert_eq!((made.get(*code), made.find(word)), (&**word, Some(*code)));
        }
        let (again, growth) = made.codes(words.iter().map(Some).chain([None]));
        assert_eq!((&again[..5000], again[5000], growth), (&codes[..], TextId::NONE, 0));
        assert_eq!((made.find("none"), made.get(TextId::NONE)), (None, ""));
    }

    #[test]
    fn each_code_has_a_place_of_its_own() {
        let places: Vec<_> = (0..300).map(place).collect();
        assert_eq!(places[..2], [(0, 0), (0, 1)]);
        assert_eq!((places[63], places[64], places[191], places[192]), ((0, 63), (1, 0), (1, 127), (2, 0)));
    }
}
