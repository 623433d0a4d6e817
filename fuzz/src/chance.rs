//! The case that some bytes stand for: they are read as the numbers that make it, and where they end, the case ends. So
//! whatever changes a few bytes changes a few decisions.

use crate::case::{Case, Numbers};
use crate::graphs::NUMBERS;

struct Bytes<'a>(std::slice::Iter<'a, u8>);

impl Bytes<'_> {
    fn byte(&mut self) -> u8 {
        self.0.next().copied().unwrap_or(0)
    }

    fn below(&mut self, count: u8) -> usize {
        usize::from(self.byte() % count)
    }

    fn numbers(&mut self, count: usize) -> Vec<u16> {
        (0..count).map(|_| u16::from_be_bytes([self.byte(), self.byte()])).collect()
    }

    /// Lists of numbers, each of fewer than `each`.
    fn lists(&mut self, count: usize, each: u8) -> Vec<Vec<u16>> {
        let mut list = || {
            let length = self.below(each);
            self.numbers(length)
        };
        (0..count).map(|_| list()).collect()
    }
}

/// The case of these bytes, drawn as `tests/properties_engine` draws its cases. What says how much there is of each
/// stands first.
pub fn case(bytes: &[u8]) -> Case {
    let mut bytes = Bytes(bytes.iter());
    let (nodes, rels) = (bytes.below(7), bytes.below(11));
    let (frozen_nodes, frozen_edges) = (bytes.below(10), bytes.below(16));
    let (clauses, writes, is_union) = (bytes.below(5), bytes.below(12).saturating_sub(8), bytes.below(10) == 9);
    let last = bytes.lists(1, 80).concat();
    let clauses = bytes.lists(clauses, 80);
    let writes = bytes.lists(writes, 80);
    let second = bytes.lists(is_union.into(), 20).concat();
    let mut drawn = |count: usize| (0..count).map(|_| bytes.numbers(NUMBERS)).collect();
    let graph = (drawn(nodes), drawn(rels), frozen_nodes, frozen_edges);
    Numbers { graph, clauses, writes, last, second }.case()
}
