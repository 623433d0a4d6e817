//! Reading lines: rustyline with our keys, history and prompt.

use std::fs;
use std::path::PathBuf;

use rustyline::config::{BellStyle, Builder, CompletionType, EditMode};
use rustyline::history::FileHistory;
use rustyline::{Cmd, ColorMode, EventHandler, KeyCode, KeyEvent, Modifiers};

use super::line_help::LineHelp;
use super::state::Prompt;
use crate::shell::failure::Failure;
use crate::shell::settings::{self, Keys, Settings};

/// More candidates than this are listed only on demand.
const LISTED: usize = 100;

/// Reads lines, and keeps their history.
pub struct Editor {
    lines: rustyline::Editor<LineHelp, FileHistory>,
    history: Option<PathBuf>,
}

impl Editor {
    /// With the history of earlier sessions.
    pub fn open(prompt: &Prompt<'_>) -> Result<Self, Failure> {
        let settings = &prompt.settings;
        let mut lines = rustyline::Editor::with_config(config(settings).build()).map_err(|error| failed(&error))?;
        lines.set_helper(Some(LineHelp::new(prompt)));
        // The next line in any case, also where the question could be run.
        for key in [KeyCode::Enter, KeyCode::Char('\r')] {
            lines.bind_sequence(KeyEvent(key, Modifiers::ALT), EventHandler::Simple(Cmd::Newline));
        }
        let history = settings::history_file().filter(|_| settings.history > 0);
        if let Some(path) = &history {
            // A history that cannot be read or kept is no reason not to start.
            let _ = path.parent().map(fs::create_dir_all);
            let _ = lines.load_history(path);
        }
        Ok(Self { lines, history })
    }

    /// The next line or lines.
    pub fn read(&mut self, prompt: &mut Prompt<'_>) -> rustyline::Result<String> {
        if let Some(helper) = self.lines.helper_mut() {
            helper.refresh(prompt);
        }
        let (plain, painted) = sign(prompt);
        let line = self.lines.readline(&(plain, painted))?;
        if !line.trim().is_empty() {
            self.lines.add_history_entry(line.trim_end())?;
            if let Some(path) = &self.history {
                let _ = self.lines.append_history(path);
            }
        }
        Ok(line)
    }
}

/// The prompt's sign, with the default time: `griot 2012-07> `.
fn sign(prompt: &mut Prompt<'_>) -> (String, String) {
    let time = prompt.library.session().default_time().map(|time| format!(" {time}")).unwrap_or_default();
    let plain = format!("griot{time}> ");
    let painted = prompt.terminal.paint.sign(&plain);
    (plain, painted)
}

fn config(settings: &Settings) -> Builder {
    rustyline::Config::builder()
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        .completion_prompt_limit(LISTED)
        .bell_style(BellStyle::None)
        .edit_mode(match settings.keys {
            Keys::Emacs => EditMode::Emacs,
            Keys::Vi => EditMode::Vi,
        })
        .history_ignore_space(true)
        .color_mode(ColorMode::Enabled)
        .max_history_size(settings.history.max(1))
        .unwrap_or_else(|_| rustyline::Config::builder())
}

fn failed(error: &rustyline::error::ReadlineError) -> Failure {
    Failure::Outside(format!("cannot read from the terminal: {error}"))
}
