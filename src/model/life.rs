//! The attributes of a node that are dates: when its life begins and ends. They are words of the file format.

/// Attributes whose values are dates, in the order of a life.
pub const LIFE_DATES: &[&str] = &["founded", "born", "began", "occurred", "dissolved", "died", "ended"];
/// Attributes whose date is the start of a life; what occurred on a day began and ended on it.
pub const LIFE_STARTS: &[&str] = &["founded", "born", "began", "occurred"];
/// Attributes whose date is its end.
pub const LIFE_ENDS: &[&str] = &["dissolved", "died", "ended", "occurred"];
