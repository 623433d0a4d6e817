//! The names nearest to a wrong one.
//!
//! Two measures, both on folded names: the share of letters that need no edit (optimal string alignment, so that two
//! swapped letters are one slip), and words in common. The better of the two counts. How the names are put to the
//! reader is the diagnostics' business.

use super::fold;

/// Names that are less alike than this are no help.
const LEAST: f64 = 0.6;

/// Names that are so much less alike than the best one only distract from it.
const MARGIN: f64 = 0.2;

/// The `n` names nearest to `wanted`, the nearest first, each once; of equally near ones the earlier first. None where
/// nothing is near.
#[must_use]
pub fn nearest<'n>(names: impl IntoIterator<Item = &'n str>, wanted: &str, n: usize) -> Vec<&'n str> {
    let (mut folded, mut ends, mut all) = (String::new(), Vec::new(), Vec::new());
    for name in names {
        folded.push_str(&fold(name));
        ends.push(folded.len());
        all.push(name);
    }
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let keys = starts.zip(&ends).map(|(start, end)| &folded[start..*end]);
    let mut near: Vec<&str> = Vec::new();
    for (at, _) in ranked(keys, wanted) {
        if !near.contains(&all[at]) {
            near.push(all[at]);
        }
        if near.len() == n {
            break;
        }
    }
    near
}

/// The folded names that are near to `wanted`, by their place, with their likeness: the nearest first, of equally near
/// ones the earlier.
pub(super) fn ranked<'k>(keys: impl Iterator<Item = &'k str>, wanted: &str) -> Vec<(usize, f64)> {
    let wanted = fold(wanted);
    if wanted.is_empty() {
        return Vec::new();
    }
    let letters = Letters::of(&wanted);
    let scored = keys.map(|key| likeness(&wanted, &letters, key)).enumerate();
    let mut near: Vec<(usize, f64)> = scored.filter(|(_, score)| *score >= LEAST).collect();
    near.sort_by(|a, b| b.1.total_cmp(&a.1));
    let best = near.first().map_or(0.0, |(_, score)| *score);
    near.retain(|(_, score)| best - score <= MARGIN);
    near
}

/// How often each letter and digit stands in a text. By how much two counts differ, the texts differ by at least as
/// many edits; so most pairs need no closer look.
struct Letters([i8; 128]);

impl Letters {
    fn of(text: &str) -> Self {
        let mut counts = [0i8; 128];
        for byte in text.bytes() {
            counts[usize::from(byte & 127)] = counts[usize::from(byte & 127)].saturating_add(1);
        }
        Self(counts)
    }

    /// The fewest edits that can make the text of these counts another one.
    fn fewest_edits(&self, other: &str) -> usize {
        let mut left = self.0;
        let mut missing = 0;
        for byte in other.bytes() {
            let count = &mut left[usize::from(byte & 127)];
            if *count > 0 {
                *count -= 1;
            } else {
                missing += 1;
            }
        }
        missing
    }
}

/// How alike two folded names are, from 0 to 1.
fn likeness(wanted: &str, letters: &Letters, name: &str) -> f64 {
    if wanted == name {
        return 1.0;
    }
    by_words(wanted, name).max(by_letters(wanted, letters, name))
}

fn by_letters(wanted: &str, letters: &Letters, name: &str) -> f64 {
    let longer = wanted.len().max(name.len());
    let share_of = |edits: usize| {
        #[expect(clippy::cast_precision_loss, reason = "names are short")]
        let share = edits as f64 / longer as f64;
        1.0 - share
    };
    let fewest = letters.fewest_edits(name).max(wanted.len().abs_diff(name.len()));
    match share_of(fewest) {
        best if best < LEAST => 0.0,
        // The letters of an acronym in another order: JMIN for JNIM.
        _ if fewest == 0 && (4..=6).contains(&wanted.len()) => share_of(strsim::osa_distance(wanted, name)).max(0.75),
        _ if wanted.bytes().filter(|byte| *byte != b' ').eq(name.bytes().filter(|byte| *byte != b' ')) => 0.97,
        _ => share_of(strsim::osa_distance(wanted, name)),
    }
}

/// All words of the shorter within the longer: 0.8 and more, the more the larger their part. A part of the words,
/// of which one at least is longer than four letters: 0.6 and more. A beginning of three letters and more: 0.7.
fn by_words(wanted: &str, name: &str) -> f64 {
    let count = |text: &str| text.bytes().filter(|byte| *byte == b' ').count() + 1;
    let (asked, known) = (count(wanted), count(name));
    let shared = || wanted.split(' ').filter(|word| name.split(' ').any(|other| other == *word));
    let number = shared().count();
    #[expect(clippy::cast_precision_loss, reason = "names have few words")]
    let part = number as f64 / asked.max(known) as f64;
    let starts_word = || name.match_indices(wanted).any(|(at, _)| at == 0 || name.as_bytes()[at - 1] == b' ');
    match number {
        0 if wanted.len() >= 3 && starts_word() => 0.7,
        0 => 0.0,
        _ if number >= asked.min(known) && shared().any(|word| word.len() > 1) => 0.8 + 0.15 * part,
        _ if shared().any(|word| word.len() > 4) => 0.6 + 0.2 * part,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] =
        &["JNIM", "Katiba Macina", "Katiba Serma", "Ansar Dine", "Ansaroul Islam", "MUJAO", "Sahara Emirate of AQIM"];

    fn check(wanted: &str, expected: &[&str]) {
        assert_eq!(nearest(NAMES.iter().copied(), wanted, 3), expected, "{wanted}");
    }

    #[test]
    fn slips_of_the_pen_find_their_name() {
        check("JNMI", &["JNIM"]);
        check("Ansar Dime", &["Ansar Dine", "Ansaroul Islam"]);
        check("Muajo", &["MUJAO"]);
        check("Ansardine", &["Ansar Dine"]);
    }

    #[test]
    fn a_word_finds_the_names_that_hold_it() {
        check("Macina", &["Katiba Macina"]);
        check("katiba", &["Katiba Macina", "Katiba Serma"]);
        check("Emirate", &["Sahara Emirate of AQIM"]);
        check("Emir", &["Sahara Emirate of AQIM"]);
    }

    #[test]
    fn nothing_near_gives_nothing() {
        check("Zanzibar", &[]);
        check("", &[]);
        check("''", &[]);
    }

    #[test]
    fn identifiers_count_as_words() {
        let types = ["SPLIT_FROM", "MERGED_INTO", "COMPONENT_OF", "PART_OF"];
        assert_eq!(nearest(types, "SPLITS_FROM", 2), ["SPLIT_FROM"]);
        assert_eq!(nearest(types, "COMPONENT", 2), ["COMPONENT_OF"]);
    }

    #[test]
    fn the_order_of_equally_near_names_is_the_order_given() {
        assert_eq!(nearest(["axa", "axb", "axc"], "axd", 2), ["axa", "axb"]);
    }
}
