//! Breaking marked-up text into lines of a width, where people would break it: a path before an arrow, a name not at
//! all if it can be helped, a word only when it is wider than the line.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::answer::{Markup, Meaning, Piece};

/// One line: pieces whose widths add up to no more than was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// How many columns it takes.
    pub width: usize,
}

impl Line {
    fn push(&mut self, text: &str, meaning: Meaning) {
        self.width += text.width();
        match self.pieces.last_mut() {
            Some(last) if last.meaning == meaning => last.text.push_str(text),
            _ => self.pieces.push(Piece { text: text.to_owned(), meaning }),
        }
    }
}

/// What never breaks unless it is wider than a line.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    meaning: Meaning,
    /// Whether a space stands before it.
    is_spaced: bool,
    /// Whether it would rather stay with the word before it.
    stays: bool,
    /// Whether a line break stands before it.
    starts_line: bool,
}

/// Breaks a text into lines of at most `width` columns; lines after the first start with `hanging` spaces.
pub fn wrapped(markup: &Markup, width: usize, hanging: usize) -> Vec<Line> {
    let width = width.max(1);
    let hanging = if hanging + 8 > width { 0 } else { hanging };
    let mut layout = Layout { lines: vec![Line::default()], width, hanging };
    let words = words(markup);
    let mut at = 0;
    while at < words.len() {
        let end = at + 1 + words[at + 1..].iter().take_while(|word| word.stays).count();
        layout.place(&words[at..end]);
        at = end;
    }
    layout.lines
}

/// The widest line that the text would have if it were never broken.
pub fn natural_width(markup: &Markup) -> usize {
    markup.to_string().lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// The widest word: below that, words must be broken.
pub fn least_width(markup: &Markup) -> usize {
    words(markup).iter().map(|word| word.text.width()).max().unwrap_or(0)
}

/// The widest part between the joints of words: below that, words must be broken anywhere.
pub fn jointed_width(markup: &Markup) -> usize {
    words(markup).iter().flat_map(|word| joints(&word.text)).map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// The parts of a word: `FOUNDED_BY_` `MEMBERS_OF`, `[2016..` `2019]`.
fn joints(word: &str) -> impl Iterator<Item = &str> {
    word.split_inclusive("..").flat_map(|part| part.split_inclusive(['_', '/']))
}

struct Layout {
    lines: Vec<Line>,
    width: usize,
    hanging: usize,
}

impl Layout {
    /// Places words that would rather stay together: on this line, on the next, or else broken between them.
    fn place(&mut self, words: &[Word]) {
        if words[0].starts_line {
            self.lines.push(Line::default());
        }
        let together: usize = words.iter().map(|word| word.text.width() + usize::from(word.is_spaced)).sum();
        if !self.fits(together) && together <= self.width - self.hanging + usize::from(words[0].is_spaced) {
            self.break_line();
        }
        for word in words {
            self.place_word(word);
        }
    }

    fn place_word(&mut self, word: &Word) {
        let width = word.text.width();
        let is_spaced = word.is_spaced && !self.is_at_start();
        if !self.is_at_start() && !self.fits(width + usize::from(is_spaced)) {
            self.break_line();
        } else if is_spaced {
            let last = self.line().pieces.last().map(|piece| piece.meaning);
            let meaning = if last == Some(word.meaning) { word.meaning } else { Meaning::Plain };
            self.line().push(" ", meaning);
        }
        if self.fits(width) {
            self.line().push(&word.text, word.meaning);
        } else {
            self.place_broken(word);
        }
    }

    /// A word wider than a line is broken where a name or a date has a joint, or else wherever the line ends.
    fn place_broken(&mut self, word: &Word) {
        for part in joints(&word.text) {
            if !self.is_at_start() && !self.fits(part.width()) {
                self.break_line();
            }
            for each in part.chars() {
                if !self.is_at_start() && !self.fits(each.width().unwrap_or(0)) {
                    self.break_line();
                }
                self.line().push(each.encode_utf8(&mut [0; 4]), word.meaning);
            }
        }
    }

    fn fits(&mut self, more: usize) -> bool {
        self.line().width + more <= self.width
    }

    fn is_at_start(&mut self) -> bool {
        let hanging = self.hanging;
        let is_first = self.lines.len() == 1;
        let line = self.line();
        line.width == 0
            || (!is_first && line.width == hanging && line.pieces.len() == 1 && line.pieces[0].text.trim().is_empty())
    }

    fn break_line(&mut self) {
        self.lines.push(Line::default());
        let hanging = " ".repeat(self.hanging);
        if !hanging.is_empty() {
            self.line().push(&hanging, Meaning::Plain);
        }
    }

    fn line(&mut self) -> &mut Line {
        self.lines.last_mut().expect("a layout starts with a line")
    }
}

fn words(markup: &Markup) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut is_spaced = false;
    let mut starts_line = false;
    for piece in &markup.pieces {
        let mut is_inside = false;
        for part in piece.text.split_inclusive(char::is_whitespace) {
            let text = part.trim_end();
            if !text.is_empty() {
                let previous = words.last().map(|word| word.meaning);
                let stays = !starts_line && (!is_spaced && previous.is_some() && piece.meaning != Meaning::Citation)
                    || (is_inside && piece.meaning == Meaning::Name)
                    || (is_spaced && previous == Some(Meaning::Relation));
                words.push(Word { text: shown(text), meaning: piece.meaning, is_spaced, stays, starts_line });
                (is_spaced, starts_line, is_inside) = (false, false, true);
            }
            if part.ends_with(char::is_whitespace) {
                is_spaced = true;
                starts_line |= part.ends_with('\n');
            }
        }
    }
    words
}

/// A control character in a text from a graph must not reach a terminal.
fn shown(text: &str) -> String {
    text.chars().map(|each| if each.is_control() { '\u{fffd}' } else { each }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path() -> Markup {
        let mut markup = Markup::of(Meaning::Name, "Katiba Serma");
        for _ in 0..2 {
            markup.plain(" ");
            markup.push(Meaning::Relation, "—SPLIT_FROM→");
            markup.plain(" ");
            markup.push(Meaning::Name, "Ansar Dine");
        }
        markup
    }

    fn check(markup: &Markup, width: usize, hanging: usize, expected: &[&str]) {
        let lines = wrapped(markup, width, hanging);
        let text = |line: &Line| line.pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
        assert_eq!(lines.iter().map(text).collect::<Vec<_>>(), expected);
        assert!(lines.iter().all(|line| line.width <= width));
    }

    #[test]
    fn a_path_breaks_before_its_arrows() {
        check(&path(), 80, 2, &["Katiba Serma —SPLIT_FROM→ Ansar Dine —SPLIT_FROM→ Ansar Dine"]);
        check(&path(), 40, 2, &["Katiba Serma —SPLIT_FROM→ Ansar Dine", "  —SPLIT_FROM→ Ansar Dine"]);
        check(&path(), 30, 2, &["Katiba Serma", "  —SPLIT_FROM→ Ansar Dine", "  —SPLIT_FROM→ Ansar Dine"]);
    }

    #[test]
    fn what_is_wider_than_a_line_is_broken_within() {
        check(&path(), 12, 0, &["Katiba Serma", "—SPLIT_FROM→", "Ansar Dine", "—SPLIT_FROM→", "Ansar Dine"]);
        check(&Markup::of(Meaning::Plain, "abcdefgh"), 3, 0, &["abc", "def", "gh"]);
        check(&Markup::of(Meaning::Date, "[2016-01..2019-02]"), 12, 0, &["[2016-01..", "2019-02]"]);
        check(&Markup::of(Meaning::Relation, "—FOUNDED_BY_MEMBERS_OF→"), 15, 2, &["—FOUNDED_BY_", "  MEMBERS_OF→"]);
    }

    #[test]
    fn citations_break_between_each_other() {
        let mut markup = Markup::default();
        (1..=3).for_each(|number| markup.push(Meaning::Citation, format!("[{number}]")));
        check(&markup, 7, 0, &["[1][2]", "[3]"]);
    }

    #[test]
    fn line_breaks_are_kept_and_control_characters_are_not() {
        check(&Markup::of(Meaning::Plain, "a\nb \u{1b}[31mc"), 20, 0, &["a", "b \u{fffd}[31mc"]);
    }

    #[test]
    fn wide_characters_count_twice() {
        check(&Markup::of(Meaning::Plain, "武装 勢力"), 4, 0, &["武装", "勢力"]);
        assert_eq!(natural_width(&Markup::of(Meaning::Plain, "武装 勢力")), 9);
    }
}
