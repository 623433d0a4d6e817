//! Numbers packed to as many bits as they need: how the arrays of a graph of tables stand on disk.
//!
//! Each number is stored as its distance from the smallest, in `width` bits, one after the other from the lowest bit
//! up. The largest number, where it lies far out (the date that means "open"), has the code of all ones instead.

use bytemuck::{Pod, Zeroable};

/// What stands before packed numbers.
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct PackedHeader {
    /// How many numbers.
    pub(super) count: u64,
    /// The smallest.
    pub(super) base: i64,
    /// The number whose code is all ones, where there is one.
    pub(super) far: i64,
    /// Bits of a code.
    pub(super) width: u32,
    /// 1 where there is a far number.
    pub(super) has_far: u32,
}

/// Codes are at most this wide, so that each lies within eight bytes from the byte where it begins.
const WIDEST: u32 = 56;

/// Fewer numbers are not worth it.
const FEWEST: usize = 1024;

/// What lies behind the last code, so that eight bytes can be read from wherever it begins.
const TAIL: usize = 8;

/// The header of numbers, if packing them saves an eighth of their room; `size` is the bytes of each.
pub(super) fn plan(numbers: impl Iterator<Item = i64> + Clone, size: usize) -> Option<PackedHeader> {
    let (mut count, mut base, mut far) = (0u64, i64::MAX, i64::MIN);
    for number in numbers.clone() {
        count += 1;
        base = base.min(number);
        far = far.max(number);
    }
    if count < FEWEST as u64 {
        return None;
    }
    let next = numbers.filter(|number| *number != far).max().unwrap_or(base);
    let bits = |largest: i128| 128 - largest.leading_zeros();
    let plain = bits(i128::from(far) - i128::from(base));
    // One code more than the numbers need, for the far one.
    let without_far = bits(i128::from(next) - i128::from(base) + 1);
    let has_far = without_far < plain;
    let width = if has_far { without_far } else { plain };
    let saves = width as usize * 8 <= size * 8 * 7;
    let header = PackedHeader { count, base, far, width, has_far: u32::from(has_far) };
    (saves && width <= WIDEST).then_some(header)
}

/// The packed codes of numbers, behind their header.
pub(super) fn pack(header: &PackedHeader, numbers: impl Iterator<Item = i64>) -> Vec<u8> {
    let mut out = bytemuck::bytes_of(header).to_vec();
    out.reserve(length(header).unwrap_or(0));
    let ones = ones(header.width);
    let (mut pending, mut filled) = (0u128, 0);
    for number in numbers {
        let is_far = header.has_far == 1 && number == header.far;
        #[expect(clippy::cast_sign_loss, reason = "no number lies below the smallest")]
        let code = if is_far { ones } else { number.wrapping_sub(header.base) as u64 };
        pending |= u128::from(code) << filled;
        filled += header.width;
        while filled >= 64 {
            #[expect(clippy::cast_possible_truncation, reason = "the lower half is what is full")]
            out.extend_from_slice(&(pending as u64).to_le_bytes());
            pending >>= 64;
            filled -= 64;
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "less than the lower half is left")]
    out.extend_from_slice(&(pending as u64).to_le_bytes()[..(filled as usize).div_ceil(8)]);
    out.extend_from_slice(&[0; TAIL]);
    out
}

/// The numbers of packed codes; `None` where header and bytes do not fit one another.
pub(super) fn unpack<T: Clone>(bytes: &[u8], number: impl Fn(i64) -> T) -> Option<Vec<T>> {
    let (header, codes) = header(bytes)?;
    let (width, ones) = (header.width as usize, ones(header.width));
    let count = usize::try_from(header.count).ok()?;
    if width == 0 {
        return Some(vec![number(header.base); count]);
    }
    let far = if header.has_far == 1 { header.far } else { header.base.wrapping_add_unsigned(ones) };
    let code_at = |number: usize| {
        let bit = number * width;
        let mut word = [0; 8];
        word.copy_from_slice(&codes[bit / 8..bit / 8 + 8]);
        u64::from_le_bytes(word) >> (bit % 8) & ones
    };
    // (The codes are as many as the header says, and eight bytes stand behind them.)
    let mut numbers = Vec::with_capacity(count);
    numbers.extend((0..count).map(|at| {
        let code = code_at(at);
        number(if code == ones { far } else { header.base.wrapping_add_unsigned(code) })
    }));
    Some(numbers)
}

/// The numbers of packed codes in the type that they had: one of four or eight bytes.
pub(super) fn unpack_pod<T: Pod>(bytes: &[u8]) -> Option<Vec<T>> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "they are the bits that were packed")]
    if size_of::<T>() == 4 {
        bytemuck::allocation::try_cast_vec(unpack(bytes, |number| number as u32)?).ok()
    } else {
        bytemuck::allocation::try_cast_vec(unpack(bytes, |number| number as u64)?).ok()
    }
}

/// The header of packed numbers and their codes, if the two fit.
pub(super) fn header(bytes: &[u8]) -> Option<(PackedHeader, &[u8])> {
    let (start, codes) = bytes.split_at_checked(size_of::<PackedHeader>())?;
    let header: PackedHeader = bytemuck::pod_read_unaligned(start);
    let fits = header.width <= WIDEST && length(&header) == Some(bytes.len());
    fits.then_some((header, codes))
}

/// How many bytes header and codes take together.
pub(super) fn length(header: &PackedHeader) -> Option<usize> {
    let bits = header.count.checked_mul(u64::from(header.width))?;
    usize::try_from(bits.div_ceil(8)).ok()?.checked_add(TAIL + size_of::<PackedHeader>())
}

fn ones(width: u32) -> u64 {
    (1 << width) - 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn packed_numbers_come_back(
            numbers in prop::collection::vec(-50i64..1_000_000, 1024..1100),
            far in prop::option::of(any::<i64>()),
        ) {
            let numbers: Vec<i64> = numbers.into_iter().chain(far).collect();
            if let Some(header) = plan(numbers.iter().copied(), 8) {
                let bytes = pack(&header, numbers.iter().copied());
                prop_assert!(bytes.len() < numbers.len() * 8);
                prop_assert_eq!(unpack(&bytes, |number| number), Some(numbers));
                prop_assert_eq!(unpack(&bytes[..bytes.len() - 1], |number| number), None);
            } else {
                prop_assert!(far.is_some());
            }
        }
    }

    #[test]
    fn a_date_that_means_open_costs_no_bits() {
        let dates = (0..2000).map(|row| if row % 3 == 0 { 99_991_231 } else { 19_450_101 + row });
        let header = plan(dates, 4).expect("worth it");
        assert_eq!((header.has_far, header.width), (1, 11));
    }

    #[test]
    fn equal_numbers_take_no_room() {
        let header = plan(std::iter::repeat_n(7, 5000), 4).expect("worth it");
        let bytes = pack(&header, std::iter::repeat_n(7, 5000));
        assert!(bytes.len() < 64);
        assert_eq!(unpack(&bytes, |number| number), Some(vec![7; 5000]));
    }
}
