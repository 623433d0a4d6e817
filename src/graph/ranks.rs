//! Ranks: the place of a number in a sorted array, found by counting bits instead of searching.
//!
//! A bit for each number up to the greatest, and for each word the count of bits before it: a look-up is one bit for a
//! number that is not there, and one count of bits for one that is (Jacobson, "Space-efficient static trees and graphs",
//! 1989). Made when searches have looked up so often that binary searches would cost more.

/// Places in a sorted array of distinct numbers.
#[derive(Debug)]
pub(crate) struct Ranks {
    words: Vec<u64>,
    /// How many bits there are before each word.
    before: Vec<u32>,
}

impl Ranks {
    /// Of ascending, distinct numbers.
    pub(super) fn of(sorted: &[u32]) -> Self {
        let count = sorted.last().map_or(0, |last| *last as usize / 64 + 1);
        let mut words = vec![0u64; count];
        for number in sorted {
            words[*number as usize / 64] |= 1 << (number % 64);
        }
        let mut sum = 0;
        let before = words.iter().map(|bits| {
            let before = sum;
            sum += bits.count_ones();
            before
        });
        let before = before.collect();
        Self { words, before }
    }

    /// The place of a number; `None` where it is not there.
    #[inline]
    pub(super) fn find(&self, number: u32) -> Option<usize> {
        let word = number as usize / 64;
        let bits = *self.words.get(word)?;
        let bit = 1 << (number % 64);
        (bits & bit != 0).then(|| (self.before[word] + (bits & (bit - 1)).count_ones()) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_a_binary_search() {
        for sorted in [vec![], vec![0], vec![63, 64, 65], (0..500).map(|number| number * 3 % 7 + number * 7).collect()]
        {
            let ranks = Ranks::of(&sorted);
            for number in 0..4000 {
                assert_eq!(ranks.find(number), sorted.binary_search(&number).ok(), "{number} in {sorted:?}");
            }
        }
    }
}
