//! The letters of one word, folded: spellings of the same sounds become one.
//!
//! The table holds what English and French writers do with Arabic, Tuareg, Fulani and Hausa names. Vowels are left
//! apart where writers differ by ear (Droukdel, Droukdal; Mohamed, Muhammad): folding them would make one name of
//! many. Such pairs are for [`nearest`](super::nearest), or for further names in the knowledge base.

/// Letter groups and what they become, with the reason. The first row that fits is taken, so longer groups stand
/// before those that start them. No row makes a text longer, and none makes a letter that an earlier pass removed,
/// so folding again and again comes to rest.
const GROUPS: &[(&str, &str, &str)] = &[
    ("tch", "sh", "French for English ch: Tchad, Chad"),
    ("ch", "sh", "French for English sh: Cheikh, Sheikh; Okacha, Okasha"),
    ("kh", "k", "Arabic kha: Khattab, Kattab; Sheikh, Cheik"),
    ("gh", "g", "Arabic ghayn: Ghali, Gali; Maghreb, Magreb"),
    ("dh", "d", "Arabic dhal: Dhahab, Dahab"),
    ("th", "t", "Arabic tha: Thawra, Tawra"),
    ("dj", "j", "French for English j: Djamel, Jamel; Djihad, Jihad"),
    ("ck", "k", "one sound: Dicko, Diko"),
    ("ou", "u", "French for u and w: Mourabitoun, Murabitun; Ouagadougou, Wagadugu"),
    ("oo", "u", "English for u: Mourabitoon, Mourabitoun"),
    ("ee", "i", "English for i: Muslimeen, Muslimin; Deen, Din"),
    ("ei", "ai", "one diphthong: Sheikh, Shaykh; Hussein, Husayn"),
    ("ey", "ai", "one diphthong: Seydou, Saydou"),
    ("ae", "ai", "one diphthong: Qaeda, Qaida"),
    ("ce", "se", "c is s before e: Abdelaziz Ceuta, Seuta"),
    ("ci", "si", "c is s before i: Macina, Massina"),
    ("cy", "si", "c is s before y"),
    ("c", "k", "c is k elsewhere: Dicko, Diko; Caliphate, Kaliphate"),
    ("q", "k", "Arabic qaf: Qaida, Kaida"),
    ("w", "u", "w and u are one letter: Sahrawi, Sahraoui"),
    ("o", "u", "Arabic has one vowel for both: Mokhtar, Mukhtar; Osama, Usama"),
    ("y", "i", "y and i are one letter: Yahya, Yahia; Ghaly, Ghali"),
];

/// Words shorter than this keep their doubled consonants: most are acronyms, and FLA is not FLAA.
const LEAST_TO_UNDOUBLE: usize = 5;

/// Folds one word of ASCII letters and digits in lower case, once.
pub(super) fn fold_word(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        // Most letters start no group, and a million names have many letters.
        let starts_group = matches!(first, 'c' | 'd' | 'e' | 'a' | 'g' | 'k' | 'o' | 'q' | 't' | 'w' | 'y');
        let row = if starts_group { GROUPS.iter().find(|(from, ..)| rest.starts_with(from)) } else { None };
        if let Some((from, to, _)) = row {
            folded.push_str(to);
            rest = &rest[from.len()..];
        } else {
            folded.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    undouble(&mut folded);
    trim_end(&mut folded);
    folded
}

/// Doubled letters are single: Koufa, Kouffa; Jama'at, Jamat. Doubled i and u come from the table itself and are
/// single in words of any length.
fn undouble(word: &mut String) {
    let is_long = word.len() >= LEAST_TO_UNDOUBLE;
    let mut last = None;
    word.retain(|letter| {
        let doubled = last == Some(letter) && !letter.is_ascii_digit();
        last = Some(letter);
        !(doubled && (is_long || matches!(letter, 'i' | 'u')))
    });
}

/// Endings that are written or left out at will.
fn trim_end(word: &mut String) {
    let is_vowel = |letter: Option<u8>| matches!(letter, Some(b'a' | b'e' | b'i' | b'u'));
    let before_last = word.len().checked_sub(2).map(|at| word.as_bytes()[at]);
    match word.as_bytes().last() {
        // Arabic's feminine ending, read -a or -at: Katiba Macina, Katibat Macina; Jama'a, Jama'at.
        Some(b't') if word.len() >= 5 && before_last == Some(b'a') => word.truncate(word.len() - 1),
        // The same ending, written -ah: Nusra, Nusrah.
        Some(b'h') if word.len() >= 4 && is_vowel(before_last) => word.truncate(word.len() - 1),
        // French writes a mute e to have the consonant spoken: Mourabitoune, Mourabitoun; Dine, Din.
        Some(b'e') if word.len() >= 4 && !is_vowel(before_last) => word.truncate(word.len() - 1),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_reached() {
        for (index, (from, to, _)) in GROUPS.iter().enumerate() {
            assert!(fold_word(from).starts_with(to), "{from} does not become {to}");
            let hidden_by = GROUPS[..index].iter().find(|(earlier, ..)| from.starts_with(earlier));
            assert!(hidden_by.is_none(), "{from} is hidden by {hidden_by:?}");
        }
    }

    #[test]
    fn no_row_makes_a_text_longer() {
        assert!(GROUPS.iter().all(|(from, to, reason)| to.len() <= from.len() && !reason.is_empty()));
    }
}
