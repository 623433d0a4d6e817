//! Offsets from UTC.

use std::fmt;

/// How far local time is ahead of UTC (east positive): up to 18 hours either way, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Offset {
    seconds: i32,
}

impl Offset {
    /// None.
    pub const UTC: Self = Self { seconds: 0 };

    const LARGEST: i64 = 18 * 3_600;

    /// So many seconds; `None` beyond 18 hours.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        let is_possible = (-Self::LARGEST..=Self::LARGEST).contains(&seconds);
        i32::try_from(seconds).ok().filter(|_| is_possible).map(|seconds| Self { seconds })
    }

    /// In seconds.
    #[must_use]
    pub fn seconds(self) -> i64 {
        i64::from(self.seconds)
    }
}

impl fmt::Display for Offset {
    /// `Z`, `+01:00`, `-02:05:07`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.seconds == 0 {
            return f.write_str("Z");
        }
        let size = self.seconds.unsigned_abs();
        let sign = if self.seconds < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", size / 3_600, size / 60 % 60)?;
        if size.is_multiple_of(60) { Ok(()) } else { write!(f, ":{:02}", size % 60) }
    }
}
