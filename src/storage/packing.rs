//! Numbers packed to as many bits as they need: how the arrays of a graph of tables stand on disk.
//!
//! Each number is stored as its distance from the smallest, in `width` bits, one after the other from the lowest bit
//! up. The largest number, where it lies far out (the date that means "open"), has the code of all ones instead.
//!
//! The codes of [`PAGE`] numbers are a page, which takes whole bytes. Between header and codes stands a checksum of the
//! header and one of each page, so that a page can be read without the others.

use std::ops::Range;

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

/// How many numbers a page has, but the last; a multiple of eight.
pub(super) const PAGE: usize = 1 << 11;

impl PackedHeader {
    /// How many pages there are.
    pub(super) fn pages(&self) -> usize {
        usize::try_from(self.count).unwrap_or(usize::MAX).div_ceil(PAGE)
    }

    /// How many bytes the checksums of header and pages take.
    pub(super) fn sums(&self) -> usize {
        (self.pages() + 1) * size_of::<u32>()
    }

    /// The checksum of the header.
    pub(super) fn checksum(&self) -> u32 {
        crc32fast::hash(bytemuck::bytes_of(self))
    }

    /// Where the codes of a page stand behind the checksums, in bytes, without what must be read behind them.
    pub(super) fn page(&self, number: usize) -> Range<usize> {
        let width = self.width as usize;
        let last = usize::try_from(self.count).unwrap_or(usize::MAX).min((number + 1) * PAGE);
        number * PAGE * width / 8..(last * width).div_ceil(8)
    }

    /// How many numbers are on a page.
    fn on_page(&self, number: usize) -> usize {
        usize::try_from(self.count).unwrap_or(usize::MAX).saturating_sub(number * PAGE).min(PAGE)
    }
}

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
    out.resize(out.len() + header.sums(), 0);
    let begin = out.len();
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
    let pages = (0..header.pages()).map(|number| crc32fast::hash(&out[begin..][header.page(number)]));
    let sums: Vec<u32> = std::iter::once(header.checksum()).chain(pages).collect();
    out[begin - header.sums()..begin].copy_from_slice(bytemuck::cast_slice(&sums));
    out.extend_from_slice(&[0; TAIL]);
    out
}

/// The numbers of packed codes; `None` where header and bytes do not fit one another.
pub(super) fn unpack<T: Clone>(bytes: &[u8], number: impl Fn(i64) -> T) -> Option<Vec<T>> {
    let (header, codes) = header(bytes)?;
    let count = usize::try_from(header.count).ok()?;
    if header.width == 0 {
        return Some(vec![number(header.base); count]);
    }
    let mut numbers = Vec::with_capacity(count);
    decode(&header, codes, count, number, &mut numbers);
    Some(numbers)
}

/// Adds the numbers of so many codes, behind which eight bytes stand.
fn decode<T>(header: &PackedHeader, codes: &[u8], count: usize, number: impl Fn(i64) -> T, numbers: &mut Vec<T>) {
    let (width, ones) = (header.width as usize, ones(header.width));
    let far = if header.has_far == 1 { header.far } else { header.base.wrapping_add_unsigned(ones) };
    numbers.extend((0..count).map(|at| {
        let bit = at * width;
        let word = codes[bit / 8..].first_chunk().map_or(0, |word| u64::from_le_bytes(*word));
        let code = word >> (bit % 8) & ones;
        number(if code == ones { far } else { header.base.wrapping_add_unsigned(code) })
    }));
}

/// The numbers of some pages one after the other, in the type that they had. `read` gives the codes of so many pages
/// from one on, with eight bytes behind them, in the buffer that it is handed.
pub(super) fn unpack_pages<T: Pod, E>(
    header: &PackedHeader,
    pages: Range<usize>,
    read: impl FnMut(Range<usize>, &mut Vec<u8>) -> Result<(), E>,
) -> Result<Vec<T>, E> {
    const FITS: &str = "numbers of four and of eight bytes are packed";
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "they are the bits that were packed")]
    if size_of::<T>() == 4 {
        let numbers = decode_pages(header, pages, read, |number| number as u32)?;
        Ok(bytemuck::allocation::try_cast_vec(numbers).map_err(|(error, _)| error).expect(FITS))
    } else {
        let numbers = decode_pages(header, pages, read, |number| number as u64)?;
        Ok(bytemuck::allocation::try_cast_vec(numbers).map_err(|(error, _)| error).expect(FITS))
    }
}

/// Pages that are read at a time.
const AT_A_TIME: usize = 32;

fn decode_pages<N, E>(
    header: &PackedHeader,
    pages: Range<usize>,
    mut read: impl FnMut(Range<usize>, &mut Vec<u8>) -> Result<(), E>,
    number: impl Fn(i64) -> N + Copy,
) -> Result<Vec<N>, E> {
    let count: usize = pages.clone().map(|page| header.on_page(page)).sum();
    let (mut numbers, mut buffer, mut page) = (Vec::with_capacity(count), Vec::new(), pages.start);
    while page < pages.end {
        let next = pages.end.min(page + AT_A_TIME);
        read(page..next, &mut buffer)?;
        let count = (page..next).map(|page| header.on_page(page)).sum();
        decode(header, &buffer, count, number, &mut numbers);
        page = next;
    }
    Ok(numbers)
}

/// The numbers of codes without a bit: all the same.
pub(super) fn all_the_same<T: Pod>(header: &PackedHeader) -> Option<Vec<T>> {
    let count = usize::try_from(header.count).ok().filter(|_| header.width == 0)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "they are the bits that were packed")]
    if size_of::<T>() == 4 {
        bytemuck::allocation::try_cast_vec(vec![header.base as u32; count]).ok()
    } else {
        bytemuck::allocation::try_cast_vec(vec![header.base as u64; count]).ok()
    }
}

/// What is to be read behind the codes of a page.
pub(super) const BEHIND: usize = TAIL;

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
    let (start, rest) = bytes.split_at_checked(size_of::<PackedHeader>())?;
    let header: PackedHeader = bytemuck::pod_read_unaligned(start);
    let fits = header.width <= WIDEST && length(&header) == Some(bytes.len());
    fits.then(|| (header, &rest[header.sums()..]))
}

/// How many bytes header and codes take together.
pub(super) fn length(header: &PackedHeader) -> Option<usize> {
    let bits = header.count.checked_mul(u64::from(header.width))?;
    usize::try_from(bits.div_ceil(8)).ok()?.checked_add(TAIL + size_of::<PackedHeader>() + header.sums())
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
