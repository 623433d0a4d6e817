//! Reading a long answer page by page: through the reader's own pager, or through ours.
//!
//! Ours shows a page, waits for a key, and leaves what it showed on the screen. A text that fits is shown at once.

use std::env;
use std::io::{self, Write};
use std::process::{Child, Command, Stdio};

use console::{Key, Term};

use super::failure::Failure;
use super::settings::Pager;
use super::terminal::Terminal;

/// What the reader is told at the end of a page.
const MORE: &str = "-- more: space next page, Enter next line, a all the rest, q stop --";

/// Lines that stay free on the screen, for the prompt and our own line.
const FREE: usize = 2;

/// Shows a text on a terminal, page by page where it is longer than the screen.
pub fn show(text: &str, pager: &Pager, terminal: &mut Terminal) -> Result<(), Failure> {
    let height = terminal.measure().saturating_sub(FREE).max(1);
    if *pager == Pager::Off || text.lines().count() <= height {
        return Ok(terminal.out().write_all(text.as_bytes()).and_then(|()| terminal.out().flush())?);
    }
    let command = match pager {
        Pager::Command(command) => Some(command.clone()),
        Pager::Auto => env::var("PAGER").ok().filter(|command| !command.trim().is_empty()),
        Pager::Own | Pager::Off => None,
    };
    terminal.flush()?;
    match command.as_deref().map(start) {
        Some(Ok(child)) => feed(child, text),
        // A pager that cannot be started is no reason to hide the answer.
        Some(Err(_)) | None => turn(text, height, terminal),
    }
}

/// Starts the reader's pager. `LESS` is set, unless it is already, so that less keeps colours and ends at the end.
fn start(command: &str) -> io::Result<Child> {
    let mut parts = command.split_whitespace();
    let mut child = Command::new(parts.next().unwrap_or_default());
    child.args(parts).stdin(Stdio::piped());
    if env::var_os("LESS").is_none() {
        child.env("LESS", "FRX");
    }
    child.spawn()
}

fn feed(mut child: Child, text: &str) -> Result<(), Failure> {
    let written = child.stdin.take().expect("standard input is a pipe").write_all(text.as_bytes());
    let ended = child.wait();
    match written.and(ended.map(drop)) {
        // Whoever leaves the pager has read enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}

/// What a key asks for.
enum Turn {
    Lines(usize),
    Rest,
    Stop,
    Nothing,
}

fn asked(key: &Key, height: usize) -> Turn {
    match key {
        Key::Char(' ' | 'f') | Key::PageDown => Turn::Lines(height),
        Key::Enter | Key::ArrowDown | Key::Char('j') => Turn::Lines(1),
        Key::Char('d') => Turn::Lines(height.div_ceil(2)),
        Key::Char('a' | 'G') | Key::End => Turn::Rest,
        Key::Char('q' | 'Q') | Key::Escape | Key::CtrlC => Turn::Stop,
        _ => Turn::Nothing,
    }
}

fn turn(text: &str, height: usize, terminal: &mut Terminal) -> Result<(), Failure> {
    let keys = Term::stdout();
    let mut lines = text.split_inclusive('\n').peekable();
    let mut due = height;
    while lines.peek().is_some() {
        for line in lines.by_ref().take(due) {
            terminal.out().write_all(line.as_bytes())?;
        }
        if lines.peek().is_none() {
            break;
        }
        let more = terminal.paint.dim(MORE);
        terminal.out().write_all(more.as_bytes())?;
        terminal.flush()?;
        due = loop {
            match keys.read_key().map_or(Turn::Stop, |key| asked(&key, height)) {
                Turn::Lines(number) => break number,
                Turn::Rest => break usize::MAX,
                Turn::Stop => break 0,
                Turn::Nothing => {}
            }
        };
        // Our own line makes room.
        terminal.out().write_all(b"\r\x1b[K")?;
        if due == 0 {
            break;
        }
    }
    terminal.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_turn_pages_lines_or_stop() {
        assert!(matches!(asked(&Key::Char(' '), 20), Turn::Lines(20)));
        assert!(matches!(asked(&Key::Enter, 20), Turn::Lines(1)));
        assert!(matches!(asked(&Key::Char('a'), 20), Turn::Rest));
        assert!(matches!(asked(&Key::CtrlC, 20), Turn::Stop));
        assert!(matches!(asked(&Key::Char('x'), 20), Turn::Nothing));
    }
}
