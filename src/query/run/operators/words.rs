//! Keys of one or several words of 64 bits, numbered in the order in which they first came.
//!
//! Where the words of each column lie close together, so that all combinations that could come are not many more than
//! the keys that were looked up, a key's number stands in an array at the place that its words make up; else in an
//! open-addressed table. The ranges of the words decide, which are kept for all that has come.

use crate::query::faults::{Fault, is_injected};

/// The number of no key.
pub(super) const NONE: u32 = u32::MAX;

/// An array by places may have so many times the length of what was looked up.
const PLACES_A_KEY: usize = 8;

/// A span is made roomy by this part of its size.
const ROOM: i64 = 8;

/// And may have this length before anything was.
const FEW_PLACES: usize = 1024;

/// The words of a column, row by row, and the one that stands for null: it lies apart from the others.
pub(super) struct WordColumn<'c> {
    pub words: Row<'c>,
    pub null: u64,
}

/// Words where they lie already, or made for the purpose.
pub(super) enum Row<'c> {
    /// Handles or codes; the greatest stands for null.
    Codes(&'c [u32]),
    /// Whole numbers, none of them null.
    Ints(&'c [i64]),
    /// Anything.
    Words(Vec<u64>),
}

impl WordColumn<'_> {
    /// The word of a row.
    #[inline]
    pub(super) fn word(&self, row: usize) -> u64 {
        match &self.words {
            Row::Codes(codes) => u64::from(codes[row]),
            Row::Ints(ints) => ints[row].cast_unsigned(),
            Row::Words(words) => words[row],
        }
    }

    /// Hands the place of each row's word in a span to `take`, with the loop inside the choice of shape.
    #[inline]
    fn each_place(&self, span: Span, take: impl FnMut(usize)) {
        match &self.words {
            Row::Codes(codes) => {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "codes have 32 bits")]
                let least = span.least as u32;
                // Null is the greatest code, and one more is none.
                let place = |code: &u32| {
                    let is_there = u32::from(*code != u32::MAX);
                    (code.wrapping_sub(least).wrapping_add(1) & is_there.wrapping_neg()) as usize
                };
                codes.iter().map(place).for_each(take);
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it lies in a span of few words"
            )]
            Row::Ints(ints) => ints.iter().map(|int| int.wrapping_sub(span.least) as usize + 1).for_each(take),
            Row::Words(words) => words.iter().map(|word| span.place(*word, self.null)).for_each(take),
        }
    }
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
pub(super) struct Span {
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
    pub(super) fn size(self) -> Option<usize> {
        usize::try_from(i128::from(self.most) - i128::from(self.least) + 2).ok()
    }

    /// The place of a word in it; null has the first.
    #[inline]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies in a span of few words")]
    pub(super) fn place(self, word: u64, null: u64) -> usize {
        if word == null { 0 } else { word.cast_signed().wrapping_sub(self.least) as usize + 1 }
    }

    /// The word that has a place.
    #[inline]
    pub(super) fn word(self, place: usize, null: u64) -> u64 {
        let behind = |place: usize| i64::try_from(place - 1).expect("it lies in a span of few words");
        if place == 0 { null } else { self.least.wrapping_add(behind(place)).cast_unsigned() }
    }

    fn has(self, word: u64) -> bool {
        (self.least..=self.most).contains(&word.cast_signed())
    }

    pub(super) fn contains(self, other: Self) -> bool {
        self.least <= other.least && other.most <= self.most
    }

    pub(super) fn joined(self, other: Self) -> Self {
        Self { least: self.least.min(other.least), most: self.most.max(other.most) }
    }

    /// Twice as wide, so that a little more does not ask for another array.
    fn wide(self) -> Self {
        Self { most: self.most.saturating_add(self.most.saturating_sub(self.least)), ..self }
    }

    /// Wider by a part at both ends, so that a few words more find their place.
    pub(super) fn roomy(self) -> Self {
        let room = self.most.saturating_sub(self.least) / ROOM + 1;
        Self { least: self.least.saturating_sub(room), most: self.most.saturating_add(room) }
    }

    /// How far behind its beginning another one begins, which lies within.
    pub(super) fn offset(self, other: Self) -> usize {
        usize::try_from(other.least - self.least).expect("it lies within")
    }

    /// Of the words of a column; none where all are null.
    pub(super) fn of(column: &WordColumn<'_>) -> Option<Self> {
        let around = |least, most| Self { least, most };
        let span = match &column.words {
            Row::Codes(codes) => {
                let least = codes.iter().fold(u32::MAX, |least, code| least.min(*code));
                // One more than null is the least of all.
                let most = codes.iter().fold(0, |most, code| most.max(code.wrapping_add(1)));
                around(i64::from(least), i64::from(most) - 1)
            }
            Row::Ints(ints) => ints
                .iter()
                .fold(around(i64::MAX, i64::MIN), |span, int| around(span.least.min(*int), span.most.max(*int))),
            Row::Words(words) => {
                let there = words.iter().filter(|word| **word != column.null).map(|word| word.cast_signed());
                there.fold(around(i64::MAX, i64::MIN), |span, word| around(span.least.min(word), span.most.max(word)))
            }
        };
        (span.least <= span.most).then_some(span)
    }
}

impl Words {
    /// No keys of so many words yet.
    pub(super) fn new(width: usize) -> Self {
        let table = Table::Hashed(vec![NONE; 16]);
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

    /// Between which words those of each column lie, so far.
    pub(super) fn spans(&self) -> Vec<Span> {
        self.spans.iter().map(|span| span.unwrap_or(Span { least: 0, most: 0 })).collect()
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
    pub(super) fn number(&mut self, columns: &[WordColumn<'_>], rows: usize) -> Vec<u32> {
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
                    key.iter_mut().zip(columns).for_each(|(word, column)| *word = column.word(row));
                    self.by_hash(&key)
                };
                (0..rows).map(number).collect()
            }
        }
    }

    /// The number of each row's key; [`NONE`] of one that has not come.
    pub(super) fn find(&self, columns: &[WordColumn<'_>], rows: usize) -> Vec<u32> {
        let mut key = vec![0; columns.len()];
        let nulls: Vec<u64> = columns.iter().map(|column| column.null).collect();
        let number = |row| {
            key.iter_mut().zip(columns).for_each(|(word, column)| *word = column.word(row));
            match &self.table {
                Table::Placed { spans, numbers } => {
                    let mut words = spans.iter().zip(&key).zip(&nulls);
                    let has_place = words.all(|((span, word), null)| word == null || span.has(*word));
                    if has_place { numbers[place(spans, &key, &nulls)] } else { NONE }
                }
                Table::Hashed(places) => places[probe(places, (&self.keys, self.width), &key)],
            }
        };
        (0..rows).map(number).collect()
    }

    /// Chooses the table for all that has come.
    fn choose(&mut self, columns: &[WordColumn<'_>]) {
        let spans = self.spans();
        if let Table::Placed { spans: known, .. } = &self.table
            && known.iter().zip(&spans).all(|(known, span)| known.contains(*span))
        {
            return;
        }
        let most = FEW_PLACES + PLACES_A_KEY * self.asked;
        let length = |spans: &[Span]| length(spans).filter(|length| *length <= most);
        let wide: Vec<Span> = spans.iter().map(|span| span.wide()).collect();
        let fitting = [wide, spans].into_iter().find_map(|spans| Some((length(&spans)?, spans)));
        match (fitting, &self.table) {
            (Some((length, spans)), _) => {
                let mut numbers = vec![NONE; length];
                let nulls: Vec<u64> = columns.iter().map(|column| column.null).collect();
                for (number, key) in (0u32..).zip(self.keys.chunks_exact(self.width)) {
                    numbers[place(&spans, key, &nulls)] = number;
                }
                self.table = Table::Placed { spans, numbers };
            }
            (None, Table::Placed { .. }) => self.table = Table::Hashed(hashed(&self.keys, self.width, self.count)),
            (None, Table::Hashed(_)) => {}
        }
    }

    /// Numbers of keys that all lie within the spans of the array.
    fn by_place(&mut self, columns: &[WordColumn<'_>], rows: usize) -> Vec<u32> {
        let Table::Placed { spans, numbers } = &mut self.table else { unreachable!("chosen before") };
        let (mut found, mut row) = (Vec::with_capacity(rows), 0);
        let take = |place: usize| {
            let number = &mut numbers[place];
            if *number == NONE {
                *number = self.count;
                self.count += 1;
                self.keys.extend(columns.iter().map(|column| column.word(row)));
            }
            found.push(*number);
            row += 1;
        };
        each_place(spans, columns, rows, take);
        found
    }

    /// The number of a key, by its hash.
    #[inline]
    fn by_hash(&mut self, key: &[u64]) -> u32 {
        let Table::Hashed(places) = &mut self.table else { unreachable!("chosen before") };
        if (self.count as usize + 1) * 2 > places.len() {
            *places = hashed(&self.keys, self.width, self.count);
        }
        let at = probe(places, (&self.keys, self.width), key);
        if places[at] == NONE {
            places[at] = self.count;
            self.keys.extend_from_slice(key);
            self.count += 1;
        }
        places[at]
    }
}

/// Hands the place of each row's words in all spans together to `take`.
pub(super) fn each_place(spans: &[Span], columns: &[WordColumn<'_>], rows: usize, take: impl FnMut(usize)) {
    if let ([span], [column]) = (spans, columns) {
        column.each_place(*span, take);
    } else {
        places(spans, columns, rows).into_iter().for_each(take);
    }
}

/// How many places words within these spans have.
pub(super) fn length(spans: &[Span]) -> Option<usize> {
    spans.iter().try_fold(1usize, |all, span| all.checked_mul(span.size()?))
}

/// The place of a key's words; the words that stand for null beside them.
#[inline]
pub(super) fn place(spans: &[Span], key: &[u64], nulls: &[u64]) -> usize {
    let words = spans.iter().zip(key).zip(nulls);
    words.fold(0, |place, ((span, word), null)| place * span.size().unwrap_or(1) + span.place(*word, *null))
}

/// The place of each row's words in all spans together.
fn places(spans: &[Span], columns: &[WordColumn<'_>], rows: usize) -> Vec<usize> {
    let mut places = vec![0; rows];
    for (span, column) in spans.iter().zip(columns) {
        let size = span.size().expect("it fits an array");
        let size = if is_injected(Fault::PlacesOverlap) { size - 1 } else { size };
        let mut all = places.iter_mut();
        column.each_place(*span, |place| {
            if let Some(at) = all.next() {
                *at = *at * size + place;
            }
        });
    }
    places
}

/// The place in a table of numbers where a key's stands, or would stand.
#[inline]
fn probe(places: &[u32], (keys, width): (&[u64], usize), key: &[u64]) -> usize {
    let mask = places.len() - 1;
    let mut at = hash(key) & mask;
    loop {
        let start = places[at] as usize * width;
        if places[at] == NONE || keys[start..start + width].iter().zip(key).all(|(known, word)| known == word) {
            return at;
        }
        at = (at + 1) & mask;
    }
}

/// A table of some keys, with room for as many again.
fn hashed(keys: &[u64], width: usize, count: u32) -> Vec<u32> {
    let mut places = vec![NONE; (count as usize + 1).next_power_of_two() * 4];
    let mask = places.len() - 1;
    for (number, key) in (0u32..).zip(keys.chunks_exact(width)) {
        let mut at = hash(key) & mask;
        while places[at] != NONE {
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
            let words = |place: usize| Row::Words(keys.iter().map(|key| key[place]).collect());
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
    fn words_that_lie_in_columns_are_the_same_keys() {
        let codes = [7, u32::MAX, 9, 7, 1 << 20, u32::MAX];
        let ints = [-3, 4, -3, -3, 0, 4];
        let columns = [Row::Codes(&codes), Row::Ints(&ints)];
        let columns = columns.map(|words| {
            let null = if matches!(words, Row::Codes(_)) { u64::from(u32::MAX) } else { i64::MIN.cast_unsigned() };
            WordColumn { words, null }
        });
        let mut table = Words::new(2);
        for _ in 0..2 {
            assert_eq!(table.number(&columns, 6), [0, 1, 2, 0, 3, 1]);
        }
        let mut codes_alone = Words::new(1);
        assert_eq!(codes_alone.number(&columns[..1], 6), [0, 1, 2, 0, 3, 1]);
        let few = WordColumn { words: Row::Codes(&[5, u32::MAX, 4]), null: u64::from(u32::MAX) };
        assert_eq!(Words::new(1).number(&[few], 3), [0, 1, 2]);
        let nothing = WordColumn { words: Row::Codes(&[u32::MAX; 2]), null: u64::from(u32::MAX) };
        assert_eq!(Words::new(1).number(&[nothing], 2), [0, 0]);
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
