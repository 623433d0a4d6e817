//! The prompt: `griot` without a command. Questions and commands in, answers out, until Ctrl-D.
//!
//! [`Prompt`](state::Prompt) is what lives between two lines; `editor` reads a line with completion, colours and hints;
//! `commands` is the registry of what begins with a dot. Where nobody sits before it (a pipe, a file), standard input is
//! run as a script, and the first fault ends it.

pub mod commands;
mod completion;
mod editor;
mod line_help;
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
use super::terminal::Terminal;
use super::{bug, script, settings};
use crate::answer::Message;
use crate::language::queries;

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
        return prompt.script(&text, None).map(drop);
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
        for query in queries(text) {
            self.query(query.of(text).trim())?;
        }
        Ok(Next::Go)
    }

    /// Runs a script, until its end or its first fault; a file is named in what is said of a fault.
    pub fn script(&mut self, text: &str, file: Option<&str>) -> Result<Next, Failure> {
        for part in script::parts(text) {
            let done =
                if part.is_command { commands::run(self, part.text) } else { self.query(part.text).map(|()| Next::Go) };
            match done {
                Ok(Next::Leave) => return Ok(Next::Leave),
                Ok(Next::Go) => {}
                Err(failure @ (Failure::ClosedPipe | Failure::Interrupted)) => return Err(failure),
                Err(failure) => {
                    if !failure.is_silent() {
                        self.terminal.failure(&failure);
                    }
                    let place = file.map_or_else(String::new, |file| format!(" of {file}"));
                    self.say(&Message::note(format!("stopped at line {}{place}", part.line)))?;
                    return Err(Failure::Faulty);
                }
            }
        }
        Ok(Next::Go)
    }

    /// Asks one query and shows the answer.
    pub fn query(&mut self, text: &str) -> Result<(), Failure> {
        let began = Instant::now();
        let asked = self.library.ask(text, &self.parameters, self.terminal);
        let took = began.elapsed();
        let answers = asked.inspect_err(|_| self.library.cancel_token().reset())?;
        self.library.cancel_token().reset();
        for answer in answers {
            self.last = Some(Asked { text: text.to_owned(), answer });
            self.show_last(self.settings.rows)?;
        }
        if self.settings.timer {
            self.say(&Message::note(format!("took {}", state::duration(took))))?;
        }
        Ok(())
    }
}
