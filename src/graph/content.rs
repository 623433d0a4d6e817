//! Content keys: 64-bit hashes that are the same in every build and on every machine.
//!
//! Edges and claims are known by a hash of what they say, not by their place in a file; the dictionary finds its
//! strings by the same hash, and a graph's version is one. Not a cryptographic hash: it tells apart what people
//! wrote, not what an adversary wrote.

/// Hashes a sequence of fields; each field's length takes part, so that `("ab", "c")` and `("a", "bc")` differ.
#[derive(Clone, Copy, Debug)]
pub struct ContentHasher {
    state: u64,
}

/// Odd numbers with well-mixed bits: the fractional parts of √2 and √3.
const SEED: u64 = 0x6a09_e667_f3bc_c909;
const MULTIPLIER: u64 = 0xbb67_ae85_84ca_a73b;

/// Multiplies to 128 bits and folds the halves, which mixes each bit of both factors into the result.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "folding the halves is the point")]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

impl ContentHasher {
    /// Nothing hashed yet.
    #[must_use]
    pub fn new() -> Self {
        Self { state: SEED }
    }

    /// Adds a number.
    #[inline]
    pub fn number(&mut self, number: u64) {
        self.state = fold(self.state ^ number, MULTIPLIER).wrapping_add(number.rotate_left(32));
    }

    /// Adds a field of bytes.
    #[inline]
    pub fn bytes(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.number(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.number(u64::from_le_bytes(last));
        self.number(bytes.len() as u64);
    }

    /// Adds a field of text.
    #[inline]
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// The key of all that was added.
    #[must_use]
    pub fn finish(self) -> u64 {
        fold(self.state, MULTIPLIER)
    }
}

impl Default for ContentHasher {
    fn default() -> Self {
        Self::new()
    }
}

/// The content key of some fields.
///
/// ```
/// use griot::graph::content_key;
/// assert_ne!(content_key(["ab", "c"]), content_key(["a", "bc"]));
/// ```
#[must_use]
pub fn content_key<'a>(fields: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hasher = ContentHasher::new();
    for field in fields {
        hasher.text(field);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_do_not_change_between_builds() {
        // Ids of edges and claims in people's notes would change with it, and graph files would lose their strings.
        assert_eq!(format!("{:016x}", content_key(["SPLIT_FROM", "mujao", "aqim"])), "255bb3ee8af6a085");
    }

    #[test]
    fn similar_texts_have_different_keys() {
        let keys: std::collections::HashSet<u64> =
            (0..100_000).map(|number| content_key([format!("actor {number}").as_str()])).collect();
        assert_eq!(keys.len(), 100_000);
        assert_ne!(content_key([""]), content_key(["", ""]));
        assert_ne!(content_key(["\0"]), content_key([""]));
    }
}
