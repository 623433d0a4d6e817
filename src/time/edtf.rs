//! EDTF dates.
use std::cmp::Ordering;

/// An EDTF date.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edtf(String);

/// Why a text is no EDTF date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdtfError;

impl Edtf {
    /// Reads a date.
    pub fn parse(text: &str) -> Result<Self, EdtfError> {
        Ok(Self(text.to_owned()))
    }
    /// Three-valued equality.
    pub fn equals(&self, other: &Self) -> Option<bool> {
        Some(self.0 == other.0)
    }
    /// Three-valued comparison.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        Some(self.0.cmp(&other.0))
    }
    /// Total order.
    pub fn sort_order(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
