//! The names nearest to a wrong one.
//!
//! Two measures, both on folded names: the share of letters that need no edit (Damerau and Levenshtein, so that two
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
    let wanted = fold(wanted);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut scored: Vec<(f64, &str)> = Vec::new();
    for name in names {
        let score = likeness(&wanted, &fold(name));
        if score >= LEAST && !scored.iter().any(|(_, known)| *known == name) {
            scored.push((score, name));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let best = scored.first().map_or(0.0, |(score, _)| *score);
    scored.retain(|(score, _)| best - score <= MARGIN);
    scored.into_iter().take(n).map(|(_, name)| name).collect()
}

/// How alike two folded names are, from 0 to 1.
fn likeness(wanted: &str, name: &str) -> f64 {
    if wanted == name {
        return 1.0;
    }
    by_words(wanted, name).max(by_letters(wanted, name))
}

fn by_letters(wanted: &str, name: &str) -> f64 {
    let (short, long) = if wanted.len() < name.len() { (wanted, name) } else { (name, wanted) };
    // The edits are at least the difference in length, so most pairs need no table.
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let best = short.len() as f64 / long.len() as f64;
    let compact = |text: &str| text.replace(' ', "");
    match best {
        _ if best < LEAST => 0.0,
        _ if compact(wanted) == compact(name) => 0.97,
        _ => strsim::normalized_damerau_levenshtein(wanted, name),
    }
}

/// All words of the shorter within the longer: 0.8 and more, the more the larger their part. A part of the words,
/// of which one at least is longer than four letters: 0.6 and more. A beginning of three letters and more: 0.7.
fn by_words(wanted: &str, name: &str) -> f64 {
    let (asked, known): (Vec<&str>, Vec<&str>) = (wanted.split(' ').collect(), name.split(' ').collect());
    let (few, many) = if asked.len() <= known.len() { (&asked, &known) } else { (&known, &asked) };
    let shared = few.iter().filter(|word| many.contains(word)).count();
    let tells = few.iter().any(|word| word.len() > 4 && many.contains(word));
    #[expect(clippy::cast_precision_loss, reason = "names have few words")]
    let part = shared as f64 / many.len() as f64;
    match shared {
        _ if shared == few.len() && few.iter().any(|word| word.len() > 1) => 0.8 + 0.15 * part,
        _ if tells => 0.6 + 0.2 * part,
        _ if wanted.len() >= 3 && (name.starts_with(wanted) || name.contains(&format!(" {wanted}"))) => 0.7,
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
