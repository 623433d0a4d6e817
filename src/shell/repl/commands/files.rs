//! Commands on files: run one, write answers into one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::{Argument, Command, GO, Next, misused};
use crate::answer::Message;
use crate::shell::failure::Failure;
use crate::shell::repl::state::{Output, Prompt};

/// Files that read files, at most so deep.
const DEEPEST: usize = 16;

pub(super) const READ: Command = Command {
    name: "read",
    aliases: &[],
    takes: "FILE",
    argument: Argument::File,
    meaning: "run the questions and commands in a file",
    about: "Questions end with a semicolon; a line that begins with a dot is a command. The first fault ends it.",
    run: read,
};

pub(super) const SAVE: Command = Command {
    name: "save",
    aliases: &[],
    takes: "DIR",
    argument: Argument::File,
    meaning: "write the session's new nodes and claims as one more file of the knowledge base in a folder",
    about: "Nothing is written unless the whole folder passes griot check with it; else what is missing is said.",
    run: save,
};

fn save(prompt: &mut Prompt<'_>, rest: &str) -> Result<Next, Failure> {
    let folder = unquoted(rest);
    if folder.is_empty() {
        return Err(misused(&SAVE));
    }
    prompt.may_use_file(Path::new(folder))?;
    let path = prompt.library.save(Path::new(folder), prompt.terminal)?;
    prompt.say(&Message::note(format!("wrote {path}")))?;
    GO
}

fn read(prompt: &mut Prompt<'_>, rest: &str) -> Result<Next, Failure> {
    let path = unquoted(rest);
    if path.is_empty() {
        return Err(misused(&READ));
    }
    prompt.may_use_file(Path::new(path))?;
    if prompt.reading >= DEEPEST {
        return Err(Failure::Usage(format!("{path}: files read files more than {DEEPEST} deep")));
    }
    let text = fs::read_to_string(path).map_err(|source| Failure::File {
        doing: "read",
        path: PathBuf::from(path),
        source,
    })?;
    prompt.reading += 1;
    let done = prompt.script(&text, path);
    prompt.reading -= 1;
    done
}

pub(super) const OUTPUT: Command = Command {
    name: "output",
    aliases: &["o"],
    takes: "[FILE]",
    argument: Argument::File,
    meaning: "write the answers from here on into a file; alone, back to the terminal",
    about: "The file is made anew. Messages stay in the terminal.",
    run: output,
};

fn output(prompt: &mut Prompt<'_>, rest: &str) -> Result<Next, Failure> {
    let path = unquoted(rest);
    if path.is_empty() {
        if let Some(output) = prompt.output.take() {
            prompt.say(&Message::note(format!("wrote {}", output.path.display())))?;
        }
        return GO;
    }
    prompt.may_use_file(Path::new(path))?;
    let failed = |source| Failure::File { doing: "write", path: PathBuf::from(path), source };
    let file = File::create(path).map_err(failed)?;
    prompt.output = Some(Output { path: PathBuf::from(path), file });
    prompt.say(&Message::note(format!("answers go into {path}; .output alone ends that")))?;
    GO
}

/// A path without the quotes that some put around it.
fn unquoted(path: &str) -> &str {
    path.trim().trim_matches(['\'', '"'])
}
