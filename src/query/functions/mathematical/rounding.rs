//! Rounding to decimals by the digits that are shown, so that 1.005 rounds to 1.01 although the float lies below it.
//!
//! The shortest decimal that reads back as the float (as Rust prints it) is cut and, where the mode says so, raised by
//! one in its last place. The modes are those of Java's `RoundingMode`, which Cypher names.

/// What to do with the digits that are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// Towards positive infinity.
    Ceiling,
    /// Towards negative infinity.
    Floor,
    /// To the nearest; halves away from zero.
    HalfUp,
    /// To the nearest; halves towards zero.
    HalfDown,
    /// To the nearest; halves to the even digit.
    HalfEven,
}

const MODES: &[(&str, Mode)] = &[
    ("UP", Mode::Up),
    ("DOWN", Mode::Down),
    ("CEILING", Mode::Ceiling),
    ("FLOOR", Mode::Floor),
    ("HALF_UP", Mode::HalfUp),
    ("HALF_DOWN", Mode::HalfDown),
    ("HALF_EVEN", Mode::HalfEven),
];

impl Mode {
    /// The mode of a word, in any case.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        MODES.iter().find(|(each, _)| each.eq_ignore_ascii_case(word)).map(|(_, mode)| *mode)
    }

    /// All words, for messages.
    pub(super) fn words() -> String {
        MODES.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ")
    }

    /// Whether the kept digits are raised by one: `cut` is how the cut digits compare with half a place.
    fn raises(self, is_negative: bool, last_is_odd: bool, cut: std::cmp::Ordering) -> bool {
        match self {
            Self::Up => true,
            Self::Down => false,
            Self::Ceiling => !is_negative,
            Self::Floor => is_negative,
            Self::HalfUp => cut.is_ge(),
            Self::HalfDown => cut.is_gt(),
            Self::HalfEven => cut.is_gt() || (cut.is_eq() && last_is_odd),
        }
    }
}

/// The value with so many decimals. Infinities and NaN stay what they are.
pub(super) fn round_decimal(value: f64, precision: usize, mode: Mode) -> f64 {
    let shown = value.abs().to_string();
    let Some((whole, fraction)) = shown.split_once('.').filter(|(_, fraction)| fraction.len() > precision) else {
        return value;
    };
    let (kept, cut) = fraction.split_at(precision);
    let mut digits: Vec<u8> = whole.bytes().chain(kept.bytes()).collect();
    let against_half = cut.trim_end_matches('0').cmp("5");
    let last_is_odd = digits.last().is_some_and(|digit| digit % 2 == 1);
    let is_exact = cut.bytes().all(|digit| digit == b'0');
    if !is_exact && mode.raises(value.is_sign_negative(), last_is_odd, against_half) {
        raise(&mut digits);
    }
    digits.insert(digits.len() - precision, b'.');
    let rounded: f64 = String::from_utf8_lossy(&digits).parse().expect("digits and a point read as a number");
    rounded.copysign(value)
}

/// Adds one in the last place.
fn raise(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit != b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: f64, precision: usize, mode: Mode, expected: f64) {
        let found = round_decimal(value, precision, mode);
        assert_eq!(found.to_bits(), expected.to_bits(), "round({value}, {precision}, {mode:?}) = {found}");
    }

    #[test]
    fn halves_are_those_that_are_shown() {
        check(1.005, 2, Mode::HalfUp, 1.01);
        check(2.675, 2, Mode::HalfUp, 2.68);
        check(0.285, 2, Mode::HalfDown, 0.28);
        check(0.285, 2, Mode::HalfEven, 0.28);
        check(0.275, 2, Mode::HalfEven, 0.28);
    }

    #[test]
    fn modes_know_the_sign() {
        check(-1.25, 1, Mode::HalfUp, -1.3);
        check(-1.21, 1, Mode::Ceiling, -1.2);
        check(-1.21, 1, Mode::Floor, -1.3);
        check(-1.21, 1, Mode::Up, -1.3);
        check(-1.29, 1, Mode::Down, -1.2);
    }

    #[test]
    fn carries_run_through() {
        check(9.96, 1, Mode::HalfUp, 10.0);
        check(0.5, 0, Mode::HalfUp, 1.0);
        check(0.04, 1, Mode::Up, 0.1);
    }

    #[test]
    fn what_has_no_more_digits_stays() {
        check(1.5, 3, Mode::Up, 1.5);
        check(1e300, 2, Mode::Up, 1e300);
        check(f64::INFINITY, 2, Mode::Up, f64::INFINITY);
        check(-0.0, 0, Mode::Up, -0.0);
    }

    #[test]
    fn every_mode_has_its_word() {
        for (word, mode) in MODES {
            assert_eq!(Mode::from_word(&word.to_lowercase()), Some(*mode));
        }
        assert_eq!(Mode::from_word("half"), None);
    }
}
