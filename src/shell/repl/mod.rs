//! The prompt: `griot` without a command. Questions and commands in, answers out, until Ctrl-D.
//!
//! [`Prompt`](state::Prompt) is what lives between two lines; `editor` reads a line with completion, colours and hints;
//! `commands` is the registry of what begins with a dot. Where nobody sits before it (a pipe, a file), standard input is
//! run as a script, and the first fault ends it.

pub mod commands;
mod completion;
mod editor;
mod line_help;
mod script;
mod state;
mod welcome;

use std::io::{self, Read};
use std::time::Instant;

use rustyline::error::ReadlineError;

use self::commands::Next;
use self::editor::Editor;
use self::state::{Asked, Prompt};
use super::arguments::Arguments;
use super::failure::Failure;
use super::library::{self, Piece};
use super::terminal::Terminal;
use super::{bug, settings};
use crate::answer::Message;
use crate::source::{Source, Span};

/// Opens a prompt; where nobody sits before it, runs what standard input holds.
pub fn run(arguments: &Arguments, terminal: &mut Terminal) -> Result<(), Failure> {
    let config = settings::config_file();
    let chosen = settings::read(config.as_deref())?;
    if !Terminal::is_attended() {
        let mut prompt = Prompt::open(arguments, chosen, terminal)?;
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map_err(|source| Failure::File {
            doing: "read",
            path: "standard input".into(),
            source,
        })?;
        return prompt.script(&text, "standard input").map(drop);
    }
    let mut prompt = Prompt::open(arguments, chosen, terminal)?;
    prompt.is_attended = true;
    welcome::show(&mut prompt)?;
    let mut editor = Editor::open(&prompt)?;
    while let Some(line) = read(&mut editor, &mut prompt)? {
        // A fault of one line ends the line, not the session.
        let done = bug::caught(|| prompt.line(&line));
        match done {
            Ok(Next::Leave) => break,
            Ok(Next::Go) => {}
            Err(Failure::ClosedPipe) => return Err(Failure::ClosedPipe),
            Err(Failure::Interrupted) => prompt.say(&Message::note("cancelled"))?,
            Err(failure) if failure.is_silent() => {}
            Err(failure) => prompt.terminal.failure(&failure),
        }
        prompt.terminal.flush()?;
    }
    Ok(())
}

/// The next line or lines; none when the reader leaves.
fn read(editor: &mut Editor, prompt: &mut Prompt<'_>) -> Result<Option<String>, Failure> {
    loop {
        prompt.interrupts.forget();
        prompt.terminal.flush()?;
        match editor.read(prompt) {
            Ok(line) if line.trim().is_empty() => {}
            Ok(line) => return Ok(Some(line)),
            // Ctrl-C clears the line.
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => return Ok(None),
            Err(error) => return Err(Failure::Outside(format!("cannot read from the terminal: {error}"))),
        }
    }
}

/// Words that mean a command to nearly everybody, alone on a line.
const BARE: &[(&str, &str)] = &[("help", ".help"), ("?", ".help"), ("quit", ".quit"), ("exit", ".quit")];

impl Prompt<'_> {
    /// Runs what was typed: a command, or queries.
    pub fn line(&mut self, text: &str) -> Result<Next, Failure> {
        let trimmed = text.trim();
        let bare = trimmed.trim_end_matches(';').trim_end();
        if let Some((_, command)) = BARE.iter().find(|(word, _)| word.eq_ignore_ascii_case(bare)) {
            return commands::run(self, command);
        }
        if script::is_command(trimmed) {
            return commands::run(self, trimmed);
        }
        let source = Source::new("<query>", text);
        for part in script::parts(text) {
            self.query(Piece { whole: &source, span: Span::from(part.range) })?;
        }
        Ok(Next::Go)
    }

    /// Runs a script, until its end or its first fault; a file is named in what is said of a fault.
    pub fn script(&mut self, text: &str, name: &str) -> Result<Next, Failure> {
        let source = Source::new(name, text);
        for part in script::parts(text) {
            let (start, is_command) = (part.range.start, part.is_command);
            let piece = Piece { whole: &source, span: Span::from(part.range) };
            let done =
                if is_command { commands::run(self, piece.text()) } else { self.query(piece).map(|()| Next::Go) };
            match done {
                Ok(Next::Leave) => return Ok(Next::Leave),
                Ok(Next::Go) => {}
                Err(failure @ (Failure::ClosedPipe | Failure::Interrupted)) => return Err(failure),
                Err(failure) => {
                    if !failure.is_silent() {
                        self.terminal.failure(&failure);
                    }
                    let line = source.position(u32::try_from(start).unwrap_or(u32::MAX)).line;
                    self.say(&Message::note(format!("stopped at line {line} of {name}")))?;
                    return Err(Failure::Faulty);
                }
            }
        }
        Ok(Next::Go)
    }

    /// Asks one query and shows the answer.
    pub fn query(&mut self, piece: Piece<'_>) -> Result<(), Failure> {
        let began = Instant::now();
        let text = piece.text().trim().to_owned();
        let outcome = self.library.outcome(piece, &self.parameters);
        let took = began.elapsed();
        self.library.cancel_token().reset();
        let answers = outcome?.map_err(|failure| library::failed(&failure, self.terminal))?;
        for answer in answers {
            self.last = Some(Asked { text: text.clone(), answer });
            self.show_last(self.settings.rows)?;
        }
        if self.settings.timer {
            self.say(&Message::note(format!("took {}", state::duration(took))))?;
        }
        Ok(())
    }
}
