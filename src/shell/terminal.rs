//! Standard output and standard error: what goes where, how wide it is, whether it is coloured.
//!
//! Data go to standard output, everything else to standard error. Colour is written only to a terminal, unless it is
//! asked for, and never under `NO_COLOR`.

use std::env;
use std::io::{self, BufWriter, IsTerminal, Stderr, Stdout, Write};

use super::arguments::Colour;
use super::failure::Failure;
use super::paint::Paint;
use crate::answer::{Message, Severity};

/// How wide an answer is where nobody says.
const USUAL_WIDTH: usize = 100;
/// How many lines a terminal has where it does not say.
const USUAL_HEIGHT: usize = 24;

/// The two streams. Neither is locked: another thread that panics must be able to say so.
pub struct Terminal {
    out: BufWriter<Stdout>,
    err: Stderr,
    /// How standard output is painted.
    pub paint: Paint,
    /// How standard error is painted.
    pub error_paint: Paint,
    /// How many columns an answer may take.
    pub width: usize,
}

impl Terminal {
    /// Takes the streams.
    #[must_use]
    pub fn open(colour: Colour) -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        let (paint, error_paint) = (paint(colour, out.is_terminal()), paint(colour, err.is_terminal()));
        Self { out: BufWriter::new(out), err, paint, error_paint, width: width() }
    }

    /// Takes the width again, which its user may have changed; gives the height, in lines.
    pub fn measure(&mut self) -> usize {
        self.width = width();
        terminal_size::terminal_size().map_or(USUAL_HEIGHT, |(_, height)| usize::from(height.0))
    }

    /// Whether somebody sits before standard input and output.
    #[must_use]
    pub fn is_attended() -> bool {
        io::stdin().is_terminal() && io::stdout().is_terminal()
    }

    /// Where data are written.
    pub fn out(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    /// Writes out what is held back.
    pub fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }

    /// Shows text on standard error, after the data that came before it. That nobody listens there is no failure.
    pub fn tell(&mut self, text: &str) -> Result<(), Failure> {
        self.flush()?;
        let _ = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
        Ok(())
    }

    /// Shows a message with its hint.
    pub fn message(&mut self, message: &Message) -> Result<(), Failure> {
        let mark = self.error_paint.severity(message.severity);
        let hint = message.hint.as_ref().map(|hint| format!("  = help: {hint}\n")).unwrap_or_default();
        self.tell(&format!("{mark}: {}\n{hint}", message.text))
    }

    /// Says why a command failed.
    pub fn failure(&mut self, failure: &Failure) {
        let mark = self.error_paint.severity(Severity::Error);
        // Standard output may be what failed; then there is nothing left to be done about it.
        let _ = self.tell(&format!("{mark}: {failure}\n"));
    }
}

fn paint(colour: Colour, is_terminal: bool) -> Paint {
    let is_forbidden = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = env::var_os("TERM").is_some_and(|value| value == "dumb");
    let is_coloured = match colour {
        Colour::Always => !is_forbidden,
        Colour::Never => false,
        Colour::Auto => is_terminal && !is_dumb && !is_forbidden,
    };
    Paint { is_coloured }
}

/// `COLUMNS` where it is set, else the width of the terminal, else a usual one.
fn width() -> usize {
    let named = env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok()).filter(|columns| *columns > 0);
    named.or_else(terminal_width).unwrap_or(USUAL_WIDTH)
}

fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}
