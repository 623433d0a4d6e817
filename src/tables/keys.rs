//! From what edges call their ends to the nodes.

use rustc_hash::FxHashMap;

use crate::model::NodeId;

/// The nodes of one table, by what edges call them.
pub(super) struct KeySpace {
    /// The labels of the table.
    pub(super) labels: Vec<String>,
    /// The first node, which the others follow.
    pub(super) first: NodeId,
    pub(super) keys: Keys,
}

/// Which row of a table has a key.
pub(super) enum Keys {
    /// Whole numbers one after the other: so many, from `base` on.
    Run { base: i64, count: u32 },
    /// Whole numbers that lie close together: the row of each from `base` on.
    Dense { base: i64, rows: Vec<u32> },
    /// Other whole numbers.
    Ints(FxHashMap<i64, u32>),
    /// Strings.
    Texts(FxHashMap<Box<str>, u32>),
}

/// No row.
const NONE: u32 = u32::MAX;

/// How much room close numbers may take, by how many there are.
const CLOSE: usize = 4;

impl Keys {
    /// From the keys of all rows; an error is the first row whose key another has already.
    pub(super) fn of_ints(keys: &[i64]) -> Result<Self, usize> {
        let is_run = keys.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]));
        if let (true, Some(base), Ok(count)) = (is_run, keys.first(), u32::try_from(keys.len())) {
            return Ok(Self::Run { base: *base, count });
        }
        let (base, last) = (keys.iter().min().copied().unwrap_or(0), keys.iter().max().copied().unwrap_or(0));
        let room = last.checked_sub(base).and_then(|room| usize::try_from(room).ok());
        let Some(room) = room.filter(|room| *room <= keys.len().saturating_mul(CLOSE) + 1024) else {
            let mut rows = FxHashMap::default();
            rows.reserve(keys.len());
            for (row, key) in (0..).zip(keys) {
                if rows.insert(*key, row).is_some() {
                    return Err(row as usize);
                }
            }
            return Ok(Self::Ints(rows));
        };
        let mut rows = vec![NONE; room + 1];
        for (row, key) in (0..).zip(keys) {
            let at = usize::try_from(key - base).expect("no key lies below the smallest");
            if rows[at] != NONE {
                return Err(row as usize);
            }
            rows[at] = row;
        }
        Ok(Self::Dense { base, rows })
    }

    /// The row of a key as it stands in a field.
    #[inline]
    pub(super) fn row(&self, key: Key<'_>) -> Option<u32> {
        match (self, key) {
            (Self::Run { base, count }, Key { int: Some(int), .. }) => {
                u32::try_from(int.checked_sub(*base)?).ok().filter(|row| row < count)
            }
            (Self::Dense { base, rows }, Key { int: Some(int), .. }) => {
                let at = usize::try_from(int.checked_sub(*base)?).ok()?;
                rows.get(at).copied().filter(|row| *row != NONE)
            }
            (Self::Ints(rows), Key { int: Some(int), .. }) => rows.get(&int).copied(),
            (Self::Texts(rows), Key { text, .. }) => rows.get(text).copied(),
            _ => None,
        }
    }
}

/// A key as it stands in a field: its text, and the whole number that it is.
#[derive(Clone, Copy)]
pub(super) struct Key<'t> {
    pub(super) text: &'t str,
    pub(super) int: Option<i64>,
}

/// Why a key names no node.
#[derive(Debug, PartialEq)]
pub(super) enum Unknown {
    Nowhere,
    Several,
}

/// The node with a key among those of some tables.
#[inline]
pub(super) fn node(spaces: &[&KeySpace], key: Key<'_>) -> Result<NodeId, Unknown> {
    if let [space] = spaces {
        let row = space.keys.row(key).ok_or(Unknown::Nowhere)?;
        return Ok(NodeId(space.first.0 + row));
    }
    let mut found = spaces.iter().filter_map(|space| Some(NodeId(space.first.0 + space.keys.row(key)?)));
    match (found.next(), found.next()) {
        (Some(node), None) => Ok(node),
        (Some(_), Some(_)) => Err(Unknown::Several),
        (None, _) => Err(Unknown::Nowhere),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(keys: &[i64]) {
        let found = Keys::of_ints(keys).unwrap_or_else(|row| panic!("row {row} of {keys:?}"));
        let key = |int| Key { text: "", int: Some(int) };
        for (row, int) in (0..).zip(keys) {
            assert_eq!(found.row(key(*int)), Some(row));
        }
        assert_eq!(found.row(key(999_999)), None);
        assert_eq!(found.row(Key { text: "x", int: None }), None);
    }

    #[test]
    fn keys_that_lie_close_together_and_others_are_found() {
        check(&[]);
        check(&[7]);
        check(&[5, 6, 7]);
        check(&[7, 5, 6]);
        check(&[-3, 1_000_000_000_000, 4]);
        check(&[i64::MIN, i64::MAX]);
        assert_eq!(Keys::of_ints(&[1, 2, 1]).err(), Some(2));
        assert_eq!(Keys::of_ints(&[1, i64::MAX, 1]).err(), Some(2));
    }
}
