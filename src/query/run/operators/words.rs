//! Keys of one or several words of 64 bits, numbered in the order in which they first came.
//!
//! Where the words of each column lie close together, so that all combinations that could come are not many more than
//! the keys that were looked up, a key's number stands in an array at the place that its words make up; else in an
//! open-addressed table. The ranges of the words decide, which are kept for all that has come.

use crate::query::faults::{Fault, is_injected};

/// Marks a free place of a table.
const FREE: u32 = u32::MAX;

/// An array by places may have so many times the length of what was looked up.
const PLACES_A_KEY: usize = 8;

/// And may have this length before anything was.
const FEW_PLACES: usize = 1024;

/// The words of a column, row by row, and the one that stands for null: it lies apart from the others.
pub(super) struct WordColumn {
    pub words: Vec<u64>,
    pub null: u64,
}

/// Keys by number.
#[derive(Debug)]
pub(super) struct Words {
    width: usize,
    /// All keys, end to end.
    keys: Vec<u64>,
    count: u32,
    /// How many keys were looked up.
    asked: usize,
    /// The bytes that have been told.
    told: usize,
    /// Between which words each column's lie, nulls apart; none before the first has come.
    spans: Vec<Option<Span>>,
    table: Table,
}

/// The least and the greatest word, as numbers with a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    least: i64,
    most: i64,
}

#[derive(Debug)]
enum Table {
    /// Numbers by hash; a power of two of them.
    Hashed(Vec<u32>),
    /// Numbers by place, for words within these spans.
    Placed { spans: Vec<Span>, numbers: Vec<u32> },
}

impl Span {
    /// How many words lie in it, and a place for null.
    fn size(self) -> Option<usize> {
        usize::try_from(i128::from(self.most) - i128::from(self.least) + 2).ok()
    }

    /// The place of a word in it; null has the first.
    #[inline]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies in a span of few words")]
    fn place(self, word: u64, null: u64) -> usize {
        if word == null { 0 } else { word.cast_signed().wrapping_sub(self.least) as usize + 1 }
    }

    fn contains(self, other: Self) -> bool {
        self.least <= other.least && other.most <= self.most
    }

    fn joined(self, other: Self) -> Self {
        Self { least: self.least.min(other.least), most: self.most.max(other.most) }
    }

    /// Twice as wide, so that a little more does not ask for another array.
    fn wide(self) -> Self {
        Self { most: self.most.saturating_add(self.most.saturating_sub(self.least)), ..self }
    }

    /// Of the words of a column; none where all are null.
    fn of(column: &WordColumn) -> Option<Self> {
        let mut span = Self { least: i64::MAX, most: i64::MIN };
        for word in &column.words {
            if *word != column.null {
                span = span.joined(Self { least: word.cast_signed(), most: word.cast_signed() });
            }
        }
        (span.least <= span.most).then_some(span)
    }
}

impl Words {
    /// No keys of so many words yet.
    pub(super) fn new(width: usize) -> Self {
        let table = Table::Hashed(vec![FREE; 16]);
        Self { width, keys: Vec::new(), count: 0, asked: 0, told: 0, spans: vec![None; width], table }
    }

    /// How many keys there are.
    pub(super) fn len(&self) -> u32 {
        self.count
    }

    /// The word at a place of each key.
    pub(super) fn column(&self, place: usize) -> impl Iterator<Item = u64> + '_ {
        self.keys.iter().skip(place).step_by(self.width).copied()
    }

    /// The keys, end to end.
    pub(super) fn keys(&self) -> impl Iterator<Item = &[u64]> {
        self.keys.chunks_exact(self.width)
    }

    /// The bytes by which keys and table have grown since this was last asked.
    pub(super) fn grown(&mut self) -> usize {
        let (Table::Hashed(numbers) | Table::Placed { numbers, .. }) = &self.table;
        let bytes = self.keys.len() * 8 + numbers.len() * 4;
        let grown = bytes.saturating_sub(self.told);
        self.told += grown;
        grown
    }

    /// The number of each row's key. A key that is new has the next number.
    pub(super) fn number(&mut self, columns: &[WordColumn], rows: usize) -> Vec<u32> {
        self.asked += rows;
        let spans = columns.iter().map(Span::of);
        for (known, new) in self.spans.iter_mut().zip(spans) {
            *known = match (*known, new) {
                (Some(known), Some(new)) => Some(known.joined(new)),
                (known, new) => known.or(new),
            };
        }
        self.choose(columns);
        match &mut self.table {
            Table::Placed { .. } => self.by_place(columns, rows),
            Table::Hashed(_) => {
                let mut key = vec![0; columns.len()];
                let number = |row| {
                    key.iter_mut().zip(columns).for_each(|(word, column)| *word = column.words[row]);
                    self.by_hash(&key)
                };
                (0..rows).map(number).collect()
            }
        }
    }

    /// Chooses the table for all that has come.
    fn choose(&mut self, columns: &[WordColumn]) {
        let spans: Vec<Span> = self.spans.iter().map(|span| span.unwrap_or(Span { least: 0, most: 0 })).collect();
        if let Table::Placed { spans: known, .. } = &self.table
            && known.iter().zip(&spans).all(|(known, span)| known.contains(*span))
        {
            return;
        }
        let most = FEW_PLACES + PLACES_A_KEY * self.asked;
        let length = |spans: &[Span]| {
            let size = spans.iter().try_fold(1usize, |size, span| size.checked_mul(span.size()?))?;
            (size <= most).then_some(size)
        };
        let wide: Vec<Span> = spans.iter().map(|span| span.wide()).collect();
        let fitting = [wide, spans].into_iter().find_map(|spans| Some((length(&spans)?, spans)));
        match (fitting, &self.table) {
            (Some((length, spans)), _) => {
                let mut numbers = vec![FREE; length];
                let nulls: Vec<u64> = columns.iter().map(|column| column.null).collect();
                for (number, key) in (0u32..).zip(self.keys.chunks_exact(self.width)) {
                    let words = spans.iter().zip(key).zip(&nulls);
                    let place = words.fold(0, |place, ((span, word), null)| {
                        place * span.size().unwrap_or(1) + span.place(*word, *null)
                    });
                    numbers[place] = number;
                }
                self.table = Table::Placed { spans, numbers };
            }
            (None, Table::Placed { .. }) => self.table = Table::Hashed(hashed(&self.keys, self.width, self.count)),
            (None, Table::Hashed(_)) => {}
        }
    }

    /// Numbers of keys that all lie within the spans of the array.
    fn by_place(&mut self, columns: &[WordColumn], rows: usize) -> Vec<u32> {
        let Table::Placed { spans, numbers } = &mut self.table else { unreachable!("chosen before") };
        let mut known = |place: usize, row: usize| {
            let number = &mut numbers[place];
            if *number == FREE {
                *number = self.count;
                self.count += 1;
                self.keys.extend(columns.iter().map(|column| column.words[row]));
            }
            *number
        };
        if let ([span], [column]) = (spans.as_slice(), columns) {
            let place = |word: &u64| span.place(*word, column.null);
            return column.words.iter().enumerate().map(|(row, word)| known(place(word), row)).collect();
        }
        let mut places = vec![0usize; rows];
        for (span, column) in spans.iter().zip(columns) {
            let size = span.size().expect("it fits an array");
            let size = if is_injected(Fault::PlacesOverlap) { size - 1 } else { size };
            for (place, word) in places.iter_mut().zip(&column.words) {
                *place = *place * size + span.place(*word, column.null);
            }
        }
        places.into_iter().enumerate().map(|(row, place)| known(place, row)).collect()
    }

    /// The number of a key, by its hash.
    #[inline]
    fn by_hash(&mut self, key: &[u64]) -> u32 {
        let Table::Hashed(places) = &mut self.table else { unreachable!("chosen before") };
        if (self.count as usize + 1) * 2 > places.len() {
            *places = hashed(&self.keys, self.width, self.count);
        }
        let mask = places.len() - 1;
        let mut at = hash(key) & mask;
        loop {
            let number = places[at];
            if number == FREE {
                places[at] = self.count;
                self.keys.extend_from_slice(key);
                self.count += 1;
                return self.count - 1;
            }
            let start = number as usize * self.width;
            if self.keys[start..start + self.width].iter().zip(key).all(|(known, word)| known == word) {
                return number;
            }
            at = (at + 1) & mask;
        }
    }
}

/// A table of some keys, with room for as many again.
fn hashed(keys: &[u64], width: usize, count: u32) -> Vec<u32> {
    let mut places = vec![FREE; (count as usize + 1).next_power_of_two() * 4];
    let mask = places.len() - 1;
    for (number, key) in (0u32..).zip(keys.chunks_exact(width)) {
        let mut at = hash(key) & mask;
        while places[at] != FREE {
            at = (at + 1) & mask;
        }
        places[at] = number;
    }
    places
}

/// Multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4) of each word in turn; the high bits are mixed
/// into the low ones, which choose the place.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "only the low bits are used as an index")]
fn hash(key: &[u64]) -> usize {
    let mut state = 0u64;
    for word in key {
        state = (state.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    (state ^ state >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers some keys, a part at a time, and compares with a list.
    fn check(keys: &[Vec<u64>], part: usize) {
        let width = keys[0].len();
        let mut table = Words::new(width);
        let mut known: Vec<&Vec<u64>> = Vec::new();
        for keys in keys.chunks(part) {
            let words = |place: usize| keys.iter().map(|key| key[place]).collect();
            let columns: Vec<_> = (0..width).map(|place| WordColumn { words: words(place), null: 9 }).collect();
            for (key, number) in keys.iter().zip(table.number(&columns, keys.len())) {
                if !known.contains(&key) {
                    known.push(key);
                }
                assert_eq!(known[number as usize], key);
            }
        }
        assert_eq!(table.len() as usize, known.len());
        for place in 0..width {
            assert!(table.column(place).eq(known.iter().map(|key| key[place])));
        }
    }

    #[test]
    fn each_key_has_one_number_in_the_order_of_first_coming() {
        let single = |words: &[u64]| words.iter().map(|word| vec![*word]).collect::<Vec<_>>();
        let far = single(&[7, 3, 7, 0, u64::MAX, 3, 1 << 40, u64::MAX, 900, 12, 900, 9]);
        let near = single(&(0..600).map(|row| row * 7919 % 500).chain((0..600).map(|row| row * 3)).collect::<Vec<_>>());
        for part in [1, 5, 5000] {
            check(&far, part);
            check(&near, part);
            // Close together, then far apart, then close again.
            check(&[&near[..300], &far[..], &near[200..]].concat(), part);
        }
    }

    #[test]
    fn keys_of_several_words_are_told_apart_by_all_of_them() {
        let key = |row: u64| vec![row % 7, (row * row) % 13, 0u64.wrapping_sub(row % 3)];
        let near: Vec<_> = (0..300).map(key).collect();
        let far: Vec<_> = (0..50).map(|row| vec![row % 2, row << 50, row]).collect();
        for part in [1, 64, 1000] {
            check(&near, part);
            check(&[near.clone(), far.clone(), near.clone()].concat(), part);
        }
    }
}
