//! Colour: the one place where meanings become styles of a terminal.

use anstyle::{AnsiColor, Style};

use crate::answer::{Meaning, Piece, Severity};
use crate::language::Class;

/// Paints, or leaves plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    /// Whether escapes may be written.
    pub is_coloured: bool,
}

impl Paint {
    /// A piece of text in its style.
    pub fn piece(self, piece: &Piece) -> String {
        self.styled(&piece.text, style(piece.meaning))
    }

    /// Text of lesser weight: rules, separators.
    pub fn dim(self, text: &str) -> String {
        self.styled(text, style(Meaning::Dim))
    }

    /// The word that a message starts with.
    pub fn severity(self, severity: Severity) -> String {
        let colour = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Note => AnsiColor::Cyan,
        };
        self.styled(severity.word(), Style::new().bold().fg_color(Some(colour.into())))
    }

    /// The prompt's sign.
    pub fn sign(self, text: &str) -> String {
        self.styled(text, Style::new().bold().fg_color(Some(AnsiColor::Cyan.into())))
    }

    /// A command that is typed: one that there is, or not.
    pub fn command(self, text: &str, is_known: bool) -> String {
        let colour = if is_known { AnsiColor::Cyan } else { AnsiColor::Red };
        self.styled(text, Style::new().fg_color(Some(colour.into())))
    }

    /// A token that is typed.
    pub fn typed(self, text: &str, class: Class) -> String {
        let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
        let style = match class {
            Class::Statement => colour(AnsiColor::Cyan).bold(),
            Class::Keyword => colour(AnsiColor::Blue).bold(),
            Class::Name => Style::new().bold(),
            Class::Function => colour(AnsiColor::Cyan),
            Class::Label => colour(AnsiColor::Yellow),
            Class::String => colour(AnsiColor::Green),
            Class::Number | Class::Parameter => colour(AnsiColor::Magenta),
            Class::Comment => Style::new().dimmed(),
            Class::Key | Class::Variable | Class::Sign => Style::new(),
        };
        self.styled(text, style)
    }

    fn styled(self, text: &str, style: Style) -> String {
        if !self.is_coloured || style.is_plain() {
            return text.to_owned();
        }
        format!("{style}{text}{style:#}")
    }
}

/// The sixteen colours only: they follow the reader's own theme.
fn style(meaning: Meaning) -> Style {
    let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
    match meaning {
        Meaning::Plain | Meaning::Number => Style::new(),
        Meaning::Name => Style::new().bold(),
        Meaning::Title => Style::new().italic(),
        Meaning::Kind | Meaning::Relation => colour(AnsiColor::Cyan),
        Meaning::Date => colour(AnsiColor::Blue),
        Meaning::Certain => colour(AnsiColor::Green),
        Meaning::Possible => colour(AnsiColor::Yellow),
        Meaning::Disputed => colour(AnsiColor::Magenta),
        Meaning::Citation | Meaning::Dim => Style::new().dimmed(),
        Meaning::Heading => Style::new().bold().underline(),
    }
}
