//! What an answer says, in twelve digits: the harness compares them between engines.

use griot::Cell;
use sha1::{Digest, Sha1};

/// A cell as the harness spells it: whole numbers plain, other floats with six decimals, no value as `null`.
pub fn cell(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Null => "null".to_owned(),
        Cell::Bool(bool) => bool.to_string(),
        Cell::Int(int) => int.to_string(),
        Cell::Float(float) if float.fract() == 0.0 => format!("{float:.0}"),
        Cell::Float(float) => format!("{float:.6}"),
        Cell::Text(text) => (*text).to_owned(),
        Cell::Value(value) => format!("{value:?}"),
    }
}

/// The digest of one answer's rows, in whatever order.
pub fn of_rows(rows: &[Vec<String>]) -> String {
    let mut lines: Vec<String> = rows.iter().map(|row| row.join("|")).collect();
    lines.sort_unstable();
    digits(&lines.join("\n"), 12)
}

/// The digest of several answers' digests.
pub fn of_all(digests: &str) -> String {
    digits(digests, 10)
}

fn digits(text: &str, count: usize) -> String {
    let hash = Sha1::digest(text.as_bytes());
    let digits = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.take(count).filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
