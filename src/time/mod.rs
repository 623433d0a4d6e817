//! Uncertain dates, and what can be said of them in three values.

mod bounds;
mod edtf;

pub use bounds::{Bounds, Day, Period, TimeClass, Verdict};
pub use edtf::{Edtf, EdtfError};
