//! What people write instead of an EDTF date, and how it is written: `July 2012`, `31/07/2012`, `c. 2012`, `1990s`.
//!
//! Advice only: whatever is proposed here parses, and nothing is read that was not written as EDTF.

use super::error::EdtfError;
use super::parse;

/// The same error, with the writing that was probably meant as its hint, if there is one.
pub(super) fn advise(text: &str, error: EdtfError) -> EdtfError {
    let tidy = tidied(text);
    if tidy.is_empty() || ["?", "-", "unknown", "n/a", "none", "undated", "n.d.", "xxxx"].contains(&tidy.as_str()) {
        return error.with_hint("leave out a date that is not known");
    }
    if ["present", "now", "today", "ongoing", "current"].contains(&tidy.as_str()) {
        return error.with_hint("write `..` for an end that has not come");
    }
    if let Some(items) = text.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        let one_of = format!("[{}]", items.trim());
        let advice = "write one claim for each date";
        return error.with_hint(if parses(&one_of) {
            format!("{advice}, or `{one_of}` for one of them")
        } else {
            advice.into()
        });
    }
    if let Some((day_first, month_first)) = either_order(&tidy) {
        return error.with_hint(format!("write `{day_first}`, or `{month_first}` if the month stood first"));
    }
    if let Some((from, to)) = two_years(&tidy) {
        return error.with_hint(format!("write `[{from}..{to}]` for one of them, `{from}/{to}` for all of them"));
    }
    match nearest(&tidy) {
        Some(writing) => error.with_hint(format!("write `{writing}`")),
        None => error,
    }
}

fn parses(text: &str) -> bool {
    parse::parse(text).is_ok()
}

/// In lower case, with plain hyphens and single blanks.
fn tidied(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|found| if ('\u{2010}'..='\u{2015}').contains(&found) || found == '\u{2212}' { '-' } else { found })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn nearest(tidy: &str) -> Option<String> {
    let without_blanks = tidy.replace(' ', "").replace('x', "X").replace('y', "Y");
    [Some(without_blanks), interval(tidy), one_date(tidy)].into_iter().flatten().find(|writing| parses(writing))
}

/// `2012..2013`, `from 2012 to 2013`, `..2012`, `2012..`, `/2012`, `2012,2014`.
fn interval(tidy: &str) -> Option<String> {
    let bare = ["from ", "between "].iter().find_map(|word| tidy.strip_prefix(word)).unwrap_or(tidy);
    for (separator, joint) in [("..", ".."), (" to ", ".."), (" and ", ".."), (" or ", ","), ("/", "/"), (",", ",")] {
        let Some((from, to)) = bare.split_once(separator) else { continue };
        let side = |text: &str| if text.trim().is_empty() { Some(String::new()) } else { one_date(text.trim()) };
        let (Some(from), Some(to)) = (side(from), side(to)) else { continue };
        return match (from.as_str(), to.as_str(), joint) {
            ("", "", _) | ("", _, ",") | (_, "", ",") => None,
            ("", to, _) => Some(format!("../{to}")),
            (from, "", _) => Some(format!("{from}/..")),
            (from, to, "/") => Some(format!("{from}/{to}")),
            (from, to, joint) => Some(format!("[{from}{joint}{to}]")),
        };
    }
    None
}

/// A single date in whatever writing.
fn one_date(tidy: &str) -> Option<String> {
    let upper = tidy.replace('x', "X").replace('y', "Y");
    if parses(&upper) {
        return Some(upper);
    }
    numeric(tidy)
        .or_else(|| decade(tidy))
        .or_else(|| misplaced_mark(tidy))
        .or_else(|| spoken(tidy))
        .filter(|it| parses(it))
}

/// Numbers with any separators, in the order year-month-day or day-month-year; or run together.
fn numeric(tidy: &str) -> Option<String> {
    let day = tidy.split_once('t').map_or(tidy, |(day, time)| if time.contains(':') { day } else { tidy });
    let parts: Vec<&str> = day.split(['-', '/', '.', ' ']).collect();
    let all_digits = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    if !all_digits {
        return None;
    }
    match parts[..] {
        [year, month, day] if year.len() == 4 => Some(format!("{year}-{month:0>2}-{day:0>2}")),
        [day, month, year] if year.len() == 4 => Some(format!("{year}-{month:0>2}-{day:0>2}")),
        [year, month] if year.len() == 4 => Some(format!("{year}-{month:0>2}")),
        [month, year] if year.len() == 4 => Some(format!("{year}-{month:0>2}")),
        [run] if run.len() == 8 => Some(format!("{}-{}-{}", &run[..4], &run[4..6], &run[6..])),
        [run] if run.len() == 6 => Some(format!("{}-{}", &run[..4], &run[4..])),
        _ => None,
    }
}

/// `07/12/2012` may be read in two ways: both, day first.
fn either_order(tidy: &str) -> Option<(String, String)> {
    let parts: Vec<&str> = tidy.split(['-', '/', '.']).collect();
    let [first, second, year] = parts[..] else { return None };
    let writings = (format!("{year}-{second:0>2}-{first:0>2}"), format!("{year}-{first:0>2}-{second:0>2}"));
    let is_open = first != second && year.len() == 4 && parses(&writings.0) && parses(&writings.1);
    is_open.then_some(writings)
}

/// `2012-2013`.
fn two_years(tidy: &str) -> Option<(&str, &str)> {
    let (from, to) = tidy.split_once('-')?;
    let (from, to) = (from.trim(), to.trim());
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_year(from) && is_year(to) && from <= to).then_some((from, to))
}

/// `1990s`, `199x`, `199?`, `199_`.
fn decade(tidy: &str) -> Option<String> {
    let digits = tidy.get(..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    ["0s", "0's", "x", "?", "*", "_", "-"].contains(&tidy.get(3..)?).then(|| format!("{digits}X"))
}

/// `~2012`, `?2012`, `2012 ~`, `2012?~`.
fn misplaced_mark(tidy: &str) -> Option<String> {
    let is_mark = |found: char| matches!(found, '?' | '~' | '%');
    let date: String = tidy.chars().filter(|found| !is_mark(*found) && *found != ' ').collect();
    let marks: String = tidy.chars().filter(|found| is_mark(*found)).collect();
    let is_uncertain = marks.contains(['?', '%']);
    let is_approximate = marks.contains(['~', '%']);
    let mark = match (is_uncertain, is_approximate) {
        (true, true) => '%',
        (true, false) => '?',
        (false, true) => '~',
        (false, false) => return None,
    };
    let date = if parses(&date) { date } else { numeric(&date)? };
    Some(format!("{date}{mark}"))
}

/// `31 July 2012`, `July 31st, 2012`, `c. 2012`, `late 2021`, `by July 2012`, `printemps 2012`.
fn spoken(tidy: &str) -> Option<String> {
    let (mut year, mut month, mut day, mut manner) = (None, None, None, None);
    for word in tidy.split([' ', ',', '.', '-']).filter(|word| !word.is_empty()) {
        if word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()) {
            year = Some(word);
        } else if let Some(number) = day_of_month(word) {
            day = Some(number);
        } else if let Some(number) = month_named(word) {
            month = Some(number);
        } else if let Some(found) = MANNERS.iter().find(|each| each.words.contains(&word)) {
            manner = Some(found.writing);
        } else if !["the", "of", "in", "on", "le", "du", "de", "en"].contains(&word) {
            return None;
        }
    }
    let date = match (year?, month, day) {
        (year, None, None) => year.to_owned(),
        (year, Some(month), None) => format!("{year}-{month:02}"),
        (year, Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (_, None, Some(_)) => return None,
    };
    Some(manner.map_or(date.clone(), |writing| writing.replace('@', &date)))
}

/// Words before a date, and what they make of it: the `@` in the writing.
struct Manner {
    words: &'static [&'static str],
    writing: &'static str,
}

const MANNERS: &[Manner] = &[
    Manner {
        words: &["c", "ca", "circa", "about", "around", "approximately", "approx", "vers", "environ"],
        writing: "@~",
    },
    Manner { words: &["perhaps", "probably", "possibly", "maybe"], writing: "@?" },
    Manner { words: &["by", "before", "until", "till", "avant"], writing: "../@" },
    Manner { words: &["after", "since", "from", "après", "depuis"], writing: "@/.." },
    Manner { words: &["early", "début"], writing: "[@-01..@-03]" },
    Manner { words: &["mid", "middle", "mi"], writing: "[@-05..@-08]" },
    Manner { words: &["late", "end", "fin"], writing: "[@-10..@-12]" },
    Manner { words: &["spring", "printemps"], writing: "@-21" },
    Manner { words: &["summer", "été"], writing: "@-22" },
    Manner { words: &["autumn", "fall", "automne"], writing: "@-23" },
    Manner { words: &["winter", "hiver"], writing: "@-24" },
];

/// The months in English and French, in order.
const MONTHS: [[&str; 2]; 12] = [
    ["january", "janvier"],
    ["february", "février"],
    ["march", "mars"],
    ["april", "avril"],
    ["may", "mai"],
    ["june", "juin"],
    ["july", "juillet"],
    ["august", "août"],
    ["september", "septembre"],
    ["october", "octobre"],
    ["november", "novembre"],
    ["december", "décembre"],
];

/// The month (1–12) that a name or the first letters of one, three at least, stand for.
fn month_named(word: &str) -> Option<usize> {
    let is_month = |names: &[&str; 2]| word.chars().count() >= 3 && names.iter().any(|name| name.starts_with(word));
    MONTHS.iter().position(is_month).map(|index| index + 1)
}

/// `31`, `1st`, `22nd`, `1er`.
fn day_of_month(word: &str) -> Option<u32> {
    let number = ["st", "nd", "rd", "th", "er"].iter().find_map(|suffix| word.strip_suffix(suffix)).unwrap_or(word);
    (number.len() <= 2).then(|| number.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use crate::time::Edtf;

    fn check(text: &str, expected: &str) {
        let error = Edtf::parse(text).expect_err(text);
        assert_eq!(error.hint.as_deref(), Some(expected), "{text}: {error}");
    }

    #[test]
    fn dates_in_other_writings_are_shown_as_edtf() {
        for (text, writing) in [
            ("2012/07", "2012-07"),
            ("2012-7", "2012-07"),
            ("2012-7-3", "2012-07-03"),
            ("2012.07.31", "2012-07-31"),
            ("31-07-2012", "2012-07-31"),
            ("31/07/2012", "2012-07-31"),
            ("07/2012", "2012-07"),
            ("20120731", "2012-07-31"),
            ("201207", "2012-07"),
            ("2012-07-31T10:00:00Z", "2012-07-31"),
            ("2012\u{2013}07", "2012-07"),
            (" 2012 ", "2012"),
            ("199x", "199X"),
            ("1990s", "199X"),
            ("199?", "199X"),
            ("July 2012", "2012-07"),
            ("31 July 2012", "2012-07-31"),
            ("July 31st, 2012", "2012-07-31"),
            ("1er août 2012", "2012-08-01"),
            ("sept. 2012", "2012-09"),
            ("c. 2012", "2012~"),
            ("circa July 2012", "2012-07~"),
            ("~2012", "2012~"),
            ("2012-7?", "2012-07?"),
            ("2012-~07", "2012-07~"),
            ("late 2021", "[2021-10..2021-12]"),
            ("mid-2012", "[2012-05..2012-08]"),
            ("spring 2012", "2012-21"),
            ("by July 2012", "../2012-07"),
            ("since 2012", "2012/.."),
            ("2012..2013", "[2012..2013]"),
            ("..2013", "../2013"),
            ("2013..", "2013/.."),
            ("/2013", "../2013"),
            ("between 2012 and 2013", "[2012..2013]"),
            ("July 2012 to March 2013", "[2012-07..2013-03]"),
            ("2012 or 2014", "[2012,2014]"),
            ("[2012, 2014]", "[2012,2014]"),
        ] {
            check(text, &format!("write `{writing}`"));
        }
    }

    #[test]
    fn where_two_writings_are_near_both_are_shown() {
        check("07/12/2012", "write `2012-12-07`, or `2012-07-12` if the month stood first");
        check("2012-2013", "write `[2012..2013]` for one of them, `2012/2013` for all of them");
        check("{2012,2014}", "write one claim for each date, or `[2012,2014]` for one of them");
    }

    #[test]
    fn words_for_no_date_are_advised_on() {
        check("", "leave out a date that is not known");
        check("unknown", "leave out a date that is not known");
        check("ongoing", "write `..` for an end that has not come");
    }
}
