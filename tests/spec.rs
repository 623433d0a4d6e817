//! The manual runs: every block in `tests/spec/*.md` and in the README is done as a reader would do it, and must show
//! what stands below it.
//!
//! - A block `griot` is a batch file for `griot run -`; the block `text` right behind it is all that it prints.
//! - A block `console` is a terminal: lines that begin with `$ ` are commands of the shell, the others what they print.
//! - A block whose first word is followed by `file=NAME` becomes that file, in the folder that the chapter runs in.
//! - Other blocks are only read.
//!
//! The version of the knowledge base may be any. `SPEC_BLESS=1 cargo test --test spec` writes what is printed now.

#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A chapter and what is wrong in it.
struct Chapter {
    path: PathBuf,
    text: String,
    blessed: String,
    faults: Vec<String>,
}

/// A fenced block: its info string, its lines, and the number of its first line.
struct Block {
    info: String,
    body: String,
    line: usize,
}

/// A chapter as blocks and the text between them.
enum Part {
    Prose(String),
    Block(Block),
}

#[test]
fn the_manual_shows_what_griot_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut chapters: Vec<PathBuf> =
        fs::read_dir(root.join("tests/spec")).expect("the manual").map(|entry| entry.expect("a file").path()).collect();
    chapters.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    chapters.sort();
    chapters.push(root.join("README.md"));
    let mut faults = Vec::new();
    for path in chapters {
        let chapter = Chapter::run(&path);
        if std::env::var_os("SPEC_BLESS").is_some() {
            if chapter.blessed != chapter.text {
                fs::write(&chapter.path, &chapter.blessed).expect("the chapter is written");
            }
        } else {
            faults.extend(chapter.faults);
        }
    }
    assert!(faults.is_empty(), "{} blocks print something else:\n\n{}", faults.len(), faults.join("\n\n"));
}

impl Chapter {
    fn run(path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("a chapter");
        let folder = tempfile::tempdir().expect("a folder for the chapter");
        let mut chapter =
            Self { path: path.to_owned(), text: text.clone(), blessed: String::new(), faults: Vec::new() };
        let mut printed: Option<String> = None;
        for part in parts(&text) {
            match part {
                Part::Prose(prose) => chapter.blessed.push_str(&prose),
                Part::Block(block) => {
                    let body = chapter.block(&block, &mut printed, folder.path());
                    chapter.blessed.extend(["```", &block.info, "\n", &body, "```\n"]);
                }
            }
        }
        chapter
    }

    /// Does a block, and gives the body that it should have.
    fn block(&mut self, block: &Block, printed: &mut Option<String>, folder: &Path) -> String {
        let (word, rest) = block.info.split_once(' ').unwrap_or((&block.info, ""));
        if let Some(name) = rest.strip_prefix("file=") {
            let file = folder.join(name);
            fs::create_dir_all(file.parent().expect("within the folder")).expect("a folder");
            fs::write(file, &block.body).expect("a file of the chapter");
            return block.body.clone();
        }
        match (word, printed.take()) {
            ("griot", _) => {
                *printed = Some(shell("griot run -", &block.body, folder));
                block.body.clone()
            }
            ("text", Some(actual)) => self.compared(block, actual),
            ("console", _) => {
                let mut actual = String::new();
                for command in block.body.lines().filter_map(|line| line.strip_prefix("$ ")) {
                    let gap = if actual.is_empty() { "" } else { "\n" };
                    actual.extend([gap, "$ ", command, "\n"]);
                    actual.push_str(&shell(command, "", folder));
                }
                self.compared(block, actual)
            }
            _ => block.body.clone(),
        }
    }

    fn compared(&mut self, block: &Block, actual: String) -> String {
        if without_version(&actual) == without_version(&block.body) {
            return block.body.clone();
        }
        let name = self.path.file_name().expect("a file").to_string_lossy();
        let expected = &block.body;
        self.faults.push(format!("{name}:{}\n--- expected\n{expected}--- printed\n{actual}", block.line));
        actual
    }
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut lines = text.split_inclusive('\n').enumerate();
    while let Some((_, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            match parts.last_mut() {
                Some(Part::Prose(prose)) => prose.push_str(line),
                _ => parts.push(Part::Prose(line.to_owned())),
            }
            continue;
        };
        let mut block = Block { info: info.trim_end().to_owned(), body: String::new(), line: 0 };
        for (number, line) in lines.by_ref() {
            block.line = if block.line == 0 { number + 1 } else { block.line };
            if line.starts_with("```") {
                break;
            }
            block.body.push_str(line);
        }
        parts.push(Part::Block(block));
    }
    parts
}

/// What a command of the shell prints on both streams, in the order in which griot writes them.
fn shell(command: &str, input: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_griot"));
    let path = std::env::var("PATH").unwrap_or_default();
    let mut started = Command::new("sh")
        .args(["-c", &format!("exec 2>&1; {command}")])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", program.parent().expect("a folder").display()))
        .env("COLUMNS", "100")
        .env("HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .env("XDG_STATE_HOME", folder)
        .env_remove("NO_COLOR")
        .env_remove("TERM")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell");
    // Who has what it needs before it read all of its input is right to close it.
    let _ = started.stdin.take().expect("a pipe").write_all(input.as_bytes());
    let output = started.wait_with_output().expect("it ends");
    let printed = String::from_utf8_lossy(&output.stdout).replace(&folder.display().to_string(), "…");
    if printed.is_empty() || printed.ends_with('\n') { printed } else { printed + "\n" }
}

/// The text with the version of the knowledge base left out wherever it stands, since it changes with every claim.
fn without_version(text: &str) -> String {
    const BEFORE: &str = "knowledge base ";
    let mut parts = text.split(BEFORE);
    let mut rest = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_hexdigit).count();
        rest.push_str(BEFORE);
        rest.push_str(if digits == 16 { &part[16..] } else { part });
    }
    rest
}
