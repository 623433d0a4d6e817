//! A terminal for the real program: what is typed goes in, the escapes that come out become a screen.
//!
//! Tests wait for what the screen shows, never for time: [`PATIENCE`] only bounds how long a test that fails takes.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long a screen may take to show what is waited for, on a machine that does much else.
const PATIENCE: Duration = Duration::from_mins(2);

/// How often Ctrl-C is pressed again where the first came before the query began.
const AGAIN: Duration = Duration::from_secs(5);

/// What the program has written so far, as a screen.
type Shown = Arc<(Mutex<vt100::Parser>, Condvar)>;

/// A terminal with griot in it.
pub struct Screen {
    shown: Shown,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    // The program loses its terminal when this goes.
    _master: Box<dyn MasterPty + Send>,
}

/// How a terminal is opened.
pub struct Opening<'o> {
    /// Arguments.
    pub arguments: &'o [&'o str],
    /// Where settings and history are kept.
    pub home: &'o Path,
    /// Lines of the screen.
    pub height: u16,
    /// Further variables.
    pub variables: &'o [(&'o str, &'o str)],
}

impl Screen {
    /// Opens a terminal of 100 columns, so high that no answer of the growing knowledge base is paged, and waits for the
    /// prompt.
    pub fn open(home: &Path) -> Self {
        let mut screen = Self::with(&Opening { arguments: &[], home, height: 400, variables: &[] });
        screen.wait_for_prompt();
        screen
    }

    /// Opens a terminal.
    pub fn with(opening: &Opening<'_>) -> Self {
        let size = PtySize { rows: opening.height, cols: 100, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("the machine has pseudo-terminals");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_griot"));
        command.args(opening.arguments);
        for variable in ["NO_COLOR", "COLUMNS", "PAGER", "LESS"] {
            command.env_remove(variable);
        }
        command.env("TERM", "xterm-256color");
        command.env("HOME", opening.home);
        command.env("XDG_CONFIG_HOME", opening.home.join("config"));
        command.env("XDG_STATE_HOME", opening.home.join("state"));
        for (name, value) in opening.variables {
            command.env(name, value);
        }
        command.cwd(opening.home);
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let shown: Shown = Arc::new((Mutex::new(vt100::Parser::new(opening.height, 100, 2000)), Condvar::new()));
        let reader = pair.master.try_clone_reader().expect("a terminal can be read");
        let keys = pair.master.take_writer().expect("a terminal can be written to");
        watch(reader, Arc::clone(&shown));
        Self { shown, keys, child, _master: pair.master }
    }

    /// Types keys.
    pub fn keys(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).and_then(|()| self.keys.flush()).expect("the terminal takes keys");
    }

    /// Types a line, and waits until the prompt is there again. Gives the screen.
    pub fn line(&mut self, line: &str) -> String {
        self.keys("\u{c}");
        self.wait("a clear screen", |screen| screen.cursor_position().0 == 0 && at_prompt(screen));
        self.keys(line);
        let last = line.lines().last().unwrap_or("").to_owned();
        self.wait(&format!("`{last}` as typed"), |screen| cursor_line(screen).ends_with(last.trim_end()));
        self.keys("\r");
        self.wait("the prompt after an answer", |screen| screen.cursor_position().0 > 0 && at_prompt(screen))
    }

    /// Waits until the screen shows a text. Gives the screen.
    pub fn wait_for(&mut self, text: &str) -> String {
        self.wait(text, |screen| screen.contents().contains(text))
    }

    /// Waits for an empty line behind the prompt.
    pub fn wait_for_prompt(&mut self) -> String {
        self.wait("the prompt", at_prompt)
    }

    /// Waits until something is so. Gives the screen.
    pub fn wait(&mut self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) -> String {
        let end = Instant::now() + PATIENCE;
        self.wait_until(end, is_so).unwrap_or_else(|screen| panic!("no {what} within {PATIENCE:?}:\n{screen}"))
    }

    fn wait_until(&mut self, end: Instant, is_so: impl Fn(&vt100::Screen) -> bool) -> Result<String, String> {
        let (parser, changed) = &*self.shown;
        let mut parser = parser.lock().expect("the reader does not panic");
        loop {
            if is_so(parser.screen()) {
                return Ok(parser.screen().contents());
            }
            let Some(left) = end.checked_duration_since(Instant::now()) else { return Err(parser.screen().contents()) };
            parser = changed.wait_timeout(parser, left).expect("the reader does not panic").0;
        }
    }

    /// Presses Ctrl-C until the screen shows a text: the first press may come before the query has begun.
    pub fn interrupt_until(&mut self, text: &str) -> String {
        for _ in 0..20 {
            self.keys("\u{3}");
            let end = Instant::now() + AGAIN;
            if let Ok(screen) = self.wait_until(end, |screen| screen.contents().contains(text)) {
                return screen;
            }
        }
        self.wait_for(text)
    }

    /// Leaves by Ctrl-D; gives the exit code.
    pub fn leave(mut self) -> u32 {
        self.keys("\u{4}");
        self.end()
    }

    /// Waits for the end; gives the exit code.
    pub fn end(mut self) -> u32 {
        self.child.wait().expect("the program ends").exit_code()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A test that failed leaves nothing running; one that has ended has nothing to kill.
        let _ = self.child.kill();
    }
}

/// Feeds the screen with what the program writes.
fn watch(mut reader: Box<dyn Read + Send>, shown: Shown) {
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(length @ 1..) = reader.read(&mut bytes) {
            let (parser, changed) = &*shown;
            parser.lock().expect("no test panics while it holds the screen").process(&bytes[..length]);
            changed.notify_all();
        }
    });
}

/// The line that the cursor stands on, up to the cursor.
pub fn cursor_line(screen: &vt100::Screen) -> String {
    let (row, column) = screen.cursor_position();
    screen.contents_between(row, 0, row, column)
}

fn at_prompt(screen: &vt100::Screen) -> bool {
    let line = cursor_line(screen);
    line.starts_with("griot") && line.trim_end().ends_with('>')
}
