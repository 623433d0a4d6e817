//! A text as locators are looked up in it: by letters and digits alone.
//!
//! Line breaks, soft hyphens, page furniture and kinds of apostrophes differ between a publication and the plain text
//! that was taken from it, so that nothing else is compared. Case counts.

/// A text without all but its letters and digits.
#[derive(Debug)]
pub(super) struct Squeezed {
    /// The letters and digits.
    letters: Vec<char>,
    /// Where each stands in the text, in bytes.
    offsets: Vec<usize>,
    /// Whether a word starts there.
    starts: Vec<bool>,
}

impl Squeezed {
    pub(super) fn new(text: &str) -> Self {
        let mut squeezed = Self { letters: Vec::new(), offsets: Vec::new(), starts: Vec::new() };
        let mut is_start = true;
        for (offset, letter) in text.char_indices() {
            if letter.is_alphanumeric() {
                squeezed.letters.push(letter);
                squeezed.offsets.push(offset);
                squeezed.starts.push(is_start);
            }
            // A note's number stands at the end of a word, and the next word right behind it.
            is_start = !letter.is_alphabetic();
        }
        squeezed
    }

    /// Where words start that read like these, at or behind a place in the text.
    fn find(&self, words: &str, behind: usize) -> Option<usize> {
        let wanted: Vec<char> = words.chars().filter(|letter| letter.is_alphanumeric()).collect();
        let first = self.offsets.partition_point(|offset| *offset < behind);
        if wanted.is_empty() || self.letters.len() < wanted.len() {
            return None;
        }
        let mut places = first..=self.letters.len() - wanted.len();
        let found = places.find(|at| self.starts[*at] && self.letters[*at..*at + wanted.len()] == wanted[..])?;
        Some(self.offsets[found])
    }

    /// Where the passage of a locator starts: behind its figure box, its bullet, and so on inwards. `Err` has the words
    /// that are nowhere.
    pub(super) fn locate<'l>(&self, openings: &[&'l str]) -> Result<usize, &'l str> {
        let mut place = 0;
        for opening in openings {
            let mut parts = opening.split('…').map(str::trim).filter(|part| !part.is_empty());
            let Some(first) = parts.next() else { continue };
            place = self.find(first, place).or_else(|| self.find(first, 0)).ok_or(*opening)?;
            if parts.any(|part| self.find(part, place).is_none()) {
                return Err(opening);
            }
        }
        Ok(place)
    }
}

/// The words that a locator quotes, from the outside inwards: of `Figure 1, box ‘FLM’, bullet ‘March 2019’` both.
pub(super) fn openings(locator: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = locator;
    while let Some(start) = rest.find('‘') {
        let quoted = &rest[start + '‘'.len_utf8()..];
        let ends_here = |(at, _): &(usize, &str)| {
            let after = quoted[at + '’'.len_utf8()..].chars().next();
            after.is_none_or(|next| matches!(next, ',' | ';' | ')'))
        };
        let Some((end, mark)) = quoted.match_indices('’').find(ends_here) else { break };
        found.push(&quoted[..end]);
        rest = &quoted[end + mark.len()..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locator_quotes_from_the_outside_inwards() {
        assert_eq!(openings("Who is JNIM?, para ‘Ag Ghali’s history of…’"), ["Ag Ghali’s history of…"]);
        assert_eq!(openings("Figure 1, box ‘FLM’, bullet ‘March 2019’"), ["FLM", "March 2019"]);
        assert_eq!(openings("infobox"), Vec::<&str>::new());
    }

    #[test]
    fn line_breaks_hyphens_and_the_numbers_of_notes_hide_nothing() {
        let text = Squeezed::new("One mon\u{ad}\nopoly.2 Since the\r\n**end** it’s over. Monopoly, again.");
        assert_eq!(text.locate(&["monopoly. 2 Since the end…"]), Ok(4));
        assert_eq!(text.locate(&["Since the end it's over…"]), Ok(18));
        assert_eq!(text.locate(&["it’s over", "Monopoly"]).map(|at| at > 30), Ok(true));
        assert_eq!(text.locate(&["nopoly"]), Ok(9), "behind a break of line a word may start");
        assert_eq!(text.locate(&["poly"]), Err("poly"));
        assert_eq!(text.locate(&["Since … again"]), Ok(18));
        assert_eq!(text.locate(&["Since … One"]), Err("Since … One"));
    }
}
