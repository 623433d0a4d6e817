//! What lives between two lines of a prompt: the graph, the last answer, settings, where answers go.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Parameters;
use crate::answer::{Answer, Message};
use crate::shell::arguments::Arguments;
use crate::shell::failure::Failure;
use crate::shell::interrupt::{self, Interrupts};
use crate::shell::library::Library;
use crate::shell::paint::Paint;
use crate::shell::settings::Settings;
use crate::shell::show::{self, Manner};
use crate::shell::terminal::Terminal;
use crate::shell::{help, pager};

/// Ctrl-C this often without an end, and griot stops.
const PATIENCE: usize = 3;

/// How wide a table in a file is.
const FILE_WIDTH: usize = 100;

/// A question and its answer.
pub struct Asked {
    /// The question.
    pub text: String,
    /// The answer.
    pub answer: Answer,
}

/// A file that takes the answers.
pub struct Output {
    /// Its path.
    pub path: PathBuf,
    /// It, open.
    pub file: File,
}

/// A prompt.
pub struct Prompt<'t> {
    /// The graph.
    pub library: Library,
    /// The terminal.
    pub terminal: &'t mut Terminal,
    /// The settings.
    pub settings: Settings,
    /// The values of `$name`.
    pub parameters: Parameters,
    /// The last question and its answer.
    pub last: Option<Asked>,
    /// How many rows of the last answer were shown, at most: its citations are numbered by them.
    pub last_rows: Option<usize>,
    /// Where answers go instead of the terminal.
    pub output: Option<Output>,
    /// Ctrl-C, as it comes.
    pub interrupts: Interrupts,
    /// Whether somebody sits before it.
    pub is_attended: bool,
    /// How many files are being read, each by the one before.
    pub reading: usize,
}

impl<'t> Prompt<'t> {
    /// Opens the graph that the command line names.
    pub fn open(arguments: &Arguments, settings: Settings, terminal: &'t mut Terminal) -> Result<Self, Failure> {
        let library = Library::open(arguments.base(), terminal)?.under(arguments.access);
        let cancel = library.cancel_token();
        let interrupts = interrupt::on_interrupt(PATIENCE, move || cancel.cancel())?;
        let mut prompt = Self {
            library,
            terminal,
            settings,
            parameters: Parameters::default(),
            last: None,
            last_rows: None,
            output: None,
            interrupts,
            is_attended: false,
            reading: 0,
        };
        prompt.apply_limits();
        Ok(prompt)
    }

    /// Tells the session what the settings limit.
    pub fn apply_limits(&mut self) {
        let limit = self.settings.time_limit;
        self.library.session().limit_time(limit);
    }

    /// Shows the last answer, in the mode of the settings, so many rows of it at most.
    pub fn show_last(&mut self, rows: Option<usize>) -> Result<(), Failure> {
        let Some(asked) = self.last.take() else { return Ok(()) };
        let done = self.show(&asked.answer, rows);
        self.last = Some(asked);
        done
    }

    fn show(&mut self, answer: &Answer, rows: Option<usize>) -> Result<(), Failure> {
        let mut shown = answer.clone();
        // A table at the prompt shows no more than its reader wants; data formats are whole.
        shown.shown = match (answer.shown, rows) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (_, None) => None,
            (None, some) => some,
        };
        self.last_rows = shown.shown;
        self.terminal.measure();
        let mut text = Vec::new();
        let said = show::show(&shown, self.manner(), &mut text)?;
        self.deliver(&text)?;
        said.iter().chain(&answer.messages).try_for_each(|message| self.say(message))
    }

    /// How answers are written now.
    fn manner(&self) -> Manner<'_> {
        let (width, paint) = match self.output {
            Some(_) => (FILE_WIDTH, Paint { is_coloured: false }),
            None => (self.terminal.width, self.terminal.paint),
        };
        let (format, rest) = (self.settings.mode.as_str(), ".last shows them all");
        Manner { format, width, paint, rest, writes_files: self.library.uses_files }
    }

    /// Writes what was asked for: into the file of `.output`, else to the terminal, through the pager where it is long.
    pub fn deliver(&mut self, text: &[u8]) -> Result<(), Failure> {
        if let Some(output) = &mut self.output {
            let written = output.file.write_all(text).and_then(|()| output.file.flush());
            return written.map_err(|source| Failure::File { doing: "write", path: output.path.clone(), source });
        }
        match std::str::from_utf8(text) {
            Ok(text) if self.is_attended => pager::show(text, &self.settings.pager, self.terminal),
            _ => Ok(self.terminal.out().write_all(text)?),
        }
    }

    /// Shows a page of help.
    pub fn page(&mut self, write: impl FnOnce(&mut help::Page)) -> Result<(), Failure> {
        self.terminal.measure();
        let mut page = help::Page::new(self.terminal.width, self.terminal.paint);
        write(&mut page);
        let output = self.output.take();
        let done = self.deliver(page.text().as_bytes());
        self.output = output;
        done
    }

    /// Says something beside the answers.
    pub fn say(&mut self, message: &Message) -> Result<(), Failure> {
        self.terminal.message(message)
    }

    /// Shows a question that is run though nobody typed it.
    pub fn echo(&mut self, text: &str) -> Result<(), Failure> {
        if !self.is_attended {
            return Ok(());
        }
        let paint = self.terminal.paint;
        for line in text.lines() {
            writeln!(self.terminal.out(), "{}", paint.dim(&format!("> {line}")))?;
        }
        self.terminal.flush()
    }

    /// The last question and its answer.
    pub fn asked(&self) -> Result<&Asked, Failure> {
        self.last.as_ref().ok_or_else(|| Failure::Usage("there is no answer yet; ask something first".to_owned()))
    }

    /// Refuses what needs a file where none may be used.
    pub fn may_use_file(&self, path: &Path) -> Result<(), Failure> {
        if self.library.uses_files {
            return Ok(());
        }
        Err(Failure::Usage(format!("cannot use {}: griot was started with --no-files", path.display())))
    }
}

/// A duration as people read it.
#[must_use]
pub fn duration(took: Duration) -> String {
    let seconds = took.as_secs_f64();
    if seconds < 1.0 { format!("{:.1} ms", seconds * 1000.0) } else { format!("{seconds:.2} s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_short() {
        assert_eq!(duration(Duration::from_micros(1234)), "1.2 ms");
        assert_eq!(duration(Duration::from_millis(12_345)), "12.35 s");
    }
}
