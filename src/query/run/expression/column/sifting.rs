//! Filters over whole columns: which rows of those that are left a condition leaves.
//!
//! A test of one property (a comparison with a constant, a range, whether it is there, whether it is true) reads the
//! graph's own cells, row by row of what is left, and makes no column; any other condition is evaluated for what is left.

use super::conditions::{Asked, Condition, Test, test};
use super::numbers::{Numbers, holds};
use super::stored::{Places, Stored};
use super::{Evaluated, Evaluator, Operand, operators, part_for};
use crate::graph::{Cells, Presence};
use crate::model::{TextId, Value};
use crate::query::bind::bound::BoundExpr;
use crate::query::faults::{Fault, is_injected};
use crate::query::run::batch::Batch;
use crate::query::syntax::ast::ComparisonOp;

impl Evaluator<'_> {
    /// Of the rows that are left (`None`: all), those in which a condition is true, ascending.
    ///
    /// # Errors
    /// As [`Evaluator::truths`].
    pub fn sift(
        &self,
        condition: &Condition<'_>,
        batch: &Batch,
        left: Option<Vec<u32>>,
    ) -> Evaluated<Option<Vec<u32>>> {
        match condition {
            Condition::One(predicate) => self.sift_all(std::slice::from_ref(predicate), predicate, batch, left),
            Condition::Range(tests, all) => self.sift_all(tests, all, batch, left),
        }
    }

    /// By tests of one property, or by the condition that is all of them.
    fn sift_all(
        &self,
        tests: &[&BoundExpr],
        all: &BoundExpr,
        batch: &Batch,
        left: Option<Vec<u32>>,
    ) -> Evaluated<Option<Vec<u32>>> {
        if batch.rows > 0
            && let Some(kept) = self.sift_stored(tests, batch, left.as_deref())?
        {
            return Ok(Some(kept));
        }
        let Some(left) = left else {
            let kept = self.truths(all, batch)?;
            return Ok((kept.len() < batch.rows).then_some(kept));
        };
        let kept = self.truths(all, &part_for(all, batch, &left))?;
        Ok(Some(kept.into_iter().map(|row| left[row as usize]).collect()))
    }

    /// `None` where the graph's cells cannot be read as they lie, or are of another type than the constants.
    fn sift_stored(&self, tests: &[&BoundExpr], batch: &Batch, left: Option<&[u32]>) -> Evaluated<Option<Vec<u32>>> {
        let Some(Test { slot, key, asked }) = test(tests[0]) else { return Ok(None) };
        let graph = self.graph();
        let Some(stored) = graph.key_id(key).and_then(|key| Stored::of(graph, batch.column(slot.index()), key)) else {
            return Ok(None);
        };
        let sift = Sift { places: stored.rows, presence: stored.presence, left, rows: batch.rows };
        let comparisons = match asked {
            Asked::IsThere(is_wanted) => return Ok(Some(sift.by_presence(is_wanted))),
            Asked::Is(wanted) => {
                return Ok(match &stored.column.cells {
                    Cells::Bool(cells) => Some(sift.by(cells, |cell| (*cell != 0) == wanted)),
                    _ => None,
                });
            }
            Asked::Compares(..) => self.comparisons(tests, batch)?,
        };
        Ok(match (&stored.column.cells, comparisons.as_slice()) {
            (Cells::Narrow(cells), all) => ranges(all).map(|range| match range {
                Range::Within(least, most) => {
                    // Beyond 32 bits lies no cell.
                    let narrow = |int: i64| i32::try_from(int.clamp(i64::from(i32::MIN), i64::from(i32::MAX)));
                    match (narrow(least), narrow(most)) {
                        (Ok(low), Ok(high)) if i64::from(low) <= most && least <= i64::from(high) => {
                            sift.by(cells, |cell| (low..=high).contains(cell))
                        }
                        _ => Vec::new(),
                    }
                }
                Range::Without(int) => sift.by(cells, |cell| i64::from(*cell) != int),
            }),
            (Cells::Int(cells), all) => ranges(all).map(|range| match range {
                Range::Within(least, most) => sift.by(cells, |cell| (least..=most).contains(cell)),
                Range::Without(int) => sift.by(cells, |cell| *cell != int),
            }),
            (Cells::Float(cells), all) => {
                let exact = |(op, value): &(ComparisonOp, Value)| Some((*op, Numbers::exact(value)?));
                all.iter().map(exact).collect::<Option<Vec<_>>>().map(|all| match all.as_slice() {
                    [(op, float)] => sift.by(cells, |cell| holds(*op, cell, float)),
                    all => sift.by(cells, |cell| all.iter().all(|(op, float)| holds(*op, cell, float))),
                })
            }
            (Cells::Bool(cells), [(op, Value::Bool(truth))]) => {
                Some(sift.by(cells, |cell| operators::holds(*op, (*cell != 0).cmp(truth))))
            }
            (Cells::Text(cells), [(op @ (ComparisonOp::Equal | ComparisonOp::NotEqual), Value::Text(text))]) => {
                let wanted = graph.base().texts().find(text).unwrap_or(TextId::NONE);
                let presence = if is_injected(Fault::NullDiffers) { &Presence::All } else { stored.presence };
                let sift = Sift { presence, ..sift };
                Some(match op {
                    ComparisonOp::Equal => sift.by(cells, |cell| *cell == wanted),
                    _ => sift.by(cells, |cell| *cell != wanted),
                })
            }
            _ => None,
        })
    }

    /// The comparisons of some tests with their constants.
    fn comparisons(&self, tests: &[&BoundExpr], batch: &Batch) -> Evaluated<Vec<(ComparisonOp, Value)>> {
        let mut found = Vec::with_capacity(tests.len());
        for each in tests {
            if let Some(Test { asked: Asked::Compares(op, value), .. }) = test(each)
                && let Operand::Constant(value) = self.operand(value, batch)?
            {
                found.push((op, value));
            }
        }
        Ok(found)
    }
}

/// Whole numbers that pass.
enum Range {
    /// From the first to the last.
    Within(i64, i64),
    /// All but one.
    Without(i64),
}

/// The whole numbers that pass comparisons with whole numbers; `None` of any other, or where they are no range.
fn ranges(comparisons: &[(ComparisonOp, Value)]) -> Option<Range> {
    if let [(ComparisonOp::NotEqual, Value::Int(int))] = comparisons {
        return Some(Range::Without(*int));
    }
    // One beyond the ends, so that nothing is less than the least and nothing greater than the greatest.
    let (mut least, mut most) = (i128::from(i64::MIN), i128::from(i64::MAX));
    let unread = if is_injected(Fault::RangeCut) { comparisons.len() - 1 } else { 0 };
    for (op, value) in &comparisons[unread..] {
        let Value::Int(int) = value else { return None };
        let int = i128::from(*int);
        let slack = i128::from(is_injected(Fault::LessOrEqual));
        let (from, to) = match op {
            ComparisonOp::Equal => (int, int),
            ComparisonOp::Less => (least, int - 1 + slack),
            ComparisonOp::LessOrEqual => (least, int),
            ComparisonOp::Greater => (int + 1, most),
            ComparisonOp::GreaterOrEqual => (int, most),
            ComparisonOp::NotEqual => return None,
        };
        (least, most) = (least.max(from), most.min(to));
    }
    // An empty range stays one.
    match (i64::try_from(least), i64::try_from(most)) {
        (Ok(least), Ok(most)) => Some(Range::Within(least, most)),
        _ => Some(Range::Within(1, 0)),
    }
}

/// Rows to be sifted by what lies at their places.
#[derive(Clone, Copy)]
struct Sift<'b> {
    places: Places<'b>,
    presence: &'b Presence,
    left: Option<&'b [u32]>,
    rows: usize,
}

/// So many rows in one piece are tested together.
const BLOCK: usize = 64;

impl Sift<'_> {
    /// By a test of the cell; a row without one is out.
    #[inline]
    fn by<T>(&self, cells: &[T], passes: impl Fn(&T) -> bool) -> Vec<u32> {
        match (self.presence, self.places, self.left) {
            (Presence::All, Places::Run(start, _), None) => {
                let cells = &cells[start..start + self.rows];
                blocks(self.rows, |block, flags| {
                    flags.iter_mut().zip(&cells[block..]).for_each(|(flag, cell)| *flag = u8::from(passes(cell)));
                })
            }
            (Presence::All, Places::Run(start, _), Some(left)) => {
                let cells = &cells[start..start + self.rows];
                self.keep(left.iter().map(|row| (*row, passes(&cells[*row as usize]))))
            }
            (Presence::All, places, _) => self.keep_by(|row| passes(&cells[places.at(row)])),
            (Presence::Bitmap(words), Places::Run(start, _), None) => {
                let words: &[u64] = words;
                let cells = &cells[start..start + self.rows];
                blocks(self.rows, |block, flags| {
                    for (at, (flag, cell)) in flags.iter_mut().zip(&cells[block..]).enumerate() {
                        let place = start + block + at;
                        *flag = u8::from((words[place / 64] >> (place % 64) & 1 == 1) & passes(cell));
                    }
                })
            }
            (Presence::Bitmap(words), places, _) => {
                let words: &[u64] = words;
                self.keep_by(|row| {
                    let place = places.at(row);
                    (words[place / 64] >> (place % 64) & 1 == 1) & passes(&cells[place])
                })
            }
            (presence, places, _) => {
                let mut finder = presence.finder();
                self.keep_by(|row| finder.cell(places.at(row)).is_some_and(|cell| passes(&cells[cell])))
            }
        }
    }

    /// By whether there is a cell.
    fn by_presence(&self, is_wanted: bool) -> Vec<u32> {
        let is_wanted = is_wanted || is_injected(Fault::MissingIsZero);
        let (places, presence) = (self.places, self.presence);
        match presence {
            Presence::All => self.keep_by(|_| is_wanted),
            Presence::Bitmap(words) => {
                let words: &[u64] = words;
                self.keep_by(|row| (words[places.at(row) / 64] >> (places.at(row) % 64) & 1 == 1) == is_wanted)
            }
            presence => {
                let mut finder = presence.finder();
                self.keep_by(|row| finder.cell(places.at(row)).is_some() == is_wanted)
            }
        }
    }

    #[inline]
    fn keep_by(&self, mut passes: impl FnMut(usize) -> bool) -> Vec<u32> {
        match self.left {
            Some(left) => self.keep(left.iter().map(|row| (*row, passes(*row as usize)))),
            None => blocks(self.rows, |block, flags| {
                flags.iter_mut().zip(block..).for_each(|(flag, row)| *flag = u8::from(passes(row)));
            }),
        }
    }

    /// Each row is written down and overwritten if it does not pass: no branch to foresee.
    #[inline]
    fn keep(&self, rows: impl Iterator<Item = (u32, bool)>) -> Vec<u32> {
        let mut kept = vec![0; self.left.map_or(self.rows, <[u32]>::len)];
        let mut count = 0;
        for (row, passes) in rows {
            kept[count] = row;
            count += usize::from(passes);
        }
        kept.truncate(count);
        kept
    }
}

/// The rows that pass, block by block: first a flag for each is set, then the rows of those are written that have one.
#[inline]
fn blocks(rows: usize, mut flag: impl FnMut(usize, &mut [u8])) -> Vec<u32> {
    let mut kept = Vec::new();
    for block in (0..rows).step_by(BLOCK) {
        let mut flags = [0; BLOCK];
        flag(block, &mut flags[..BLOCK.min(rows - block)]);
        let mut bits = bits_of(&flags);
        let first = u32::try_from(block).expect("a batch has fewer than 2^32 rows");
        kept.extend((0..bits.count_ones()).map(|_| {
            let row = first + bits.trailing_zeros();
            bits &= bits - 1;
            row
        }));
    }
    kept
}

/// The flags as bits, the first as the least.
#[inline]
fn bits_of(flags: &[u8; BLOCK]) -> u64 {
    let (words, _) = flags.as_chunks::<8>();
    // Each product brings the last bits of eight bytes together in its highest byte.
    let byte = |word: &[u8; 8]| u64::from_le_bytes(*word).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    words.iter().rev().fold(0, |bits, word| bits << 8 | byte(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_become_bits_in_their_order() {
        for each in 0..BLOCK {
            let mut flags = [0; BLOCK];
            flags[each] = 1;
            flags[63] = 1;
            assert_eq!(bits_of(&flags), 1 << each | 1 << 63);
        }
        assert_eq!(blocks(130, |block, flags| flags[0] = u8::from(block == 64)), [64]);
    }

    #[test]
    fn comparisons_of_whole_numbers_are_ranges() {
        use ComparisonOp::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        let check = |all: &[(ComparisonOp, i64)], wanted: Option<(i64, i64)>| {
            let all: Vec<_> = all.iter().map(|(op, int)| (*op, Value::Int(*int))).collect();
            let found = ranges(&all).map(|range| match range {
                Range::Within(least, most) => (least, most),
                Range::Without(_) => unreachable!("none of these is"),
            });
            assert_eq!(found, wanted, "{all:?}");
        };
        check(&[(GreaterOrEqual, 3), (Less, 9)], Some((3, 8)));
        check(&[(Greater, 3), (LessOrEqual, 9), (Greater, 5)], Some((6, 9)));
        check(&[(Equal, 4)], Some((4, 4)));
        check(&[(Less, i64::MIN)], Some((1, 0)));
        check(&[(Greater, i64::MAX)], Some((1, 0)));
        check(&[(Greater, 3), (NotEqual, 4)], None);
    }
}
