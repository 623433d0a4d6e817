//! Candidates behind a dot: commands, and what each of them takes.

use std::fs;
use std::path::Path;

use super::{Candidate, Found, Known, names, starts};
use crate::export;
use crate::shell::arguments::TABLE;
use crate::shell::help;
use crate::shell::repl::commands::{self, ALL, Argument};
use crate::shell::settings::{SETTINGS, setting};

pub(super) fn complete(text: &str, known: &Known) -> Found {
    let offset = text.len() - text.trim_start().len();
    let typed = &text[offset..];
    let Some(end) = typed.find(char::is_whitespace) else {
        let sign = &typed[..1];
        let fits = ALL.iter().filter(|command| starts(command.name, &typed[1..]));
        let candidates = fits.map(|command| {
            let space = if command.takes.is_empty() { "" } else { " " };
            Candidate::new(format!("{sign}{}{space}", command.name), command.meaning)
        });
        return Found { start: offset, candidates: candidates.collect() };
    };
    let Some(command) = commands::find(commands::split(&typed[..end]).0) else { return Found::default() };
    let rest = typed[end..].trim_start();
    let start = text.len() - rest.len();
    argument(command.argument, rest, start, known)
}

fn argument(argument: Argument, typed: &str, start: usize, known: &Known) -> Found {
    let plain = |all: Vec<(String, String)>| {
        let fits = all.into_iter().filter(|(text, _)| starts(text, typed));
        Found { start, candidates: fits.map(|(text, kind)| Candidate::new(text, kind)).collect() }
    };
    let words = |words: &[&str]| words.iter().map(|word| ((*word).to_owned(), String::new())).collect();
    match argument {
        Argument::Nothing => Found::default(),
        Argument::Topic => plain(help::names().into_iter().map(|name| (name, String::new())).collect()),
        Argument::Name => Found { start, candidates: names::nodes(typed, known) },
        Argument::Mode => {
            plain(std::iter::once((TABLE.to_owned(), "for people".to_owned())).chain(formats()).collect())
        }
        Argument::Switch => plain(words(&["on", "off"])),
        Argument::Date => plain(words(&["today", "off"])),
        Argument::Schema => {
            plain(commands::schema_names(&known.graph).into_iter().map(|name| (name, String::new())).collect())
        }
        Argument::File => files(typed, start, known),
        Argument::Format => match typed.split_once(char::is_whitespace) {
            Some((_, path)) => files(path.trim_start(), start + typed.len() - path.trim_start().len(), known),
            None => plain(formats().collect()),
        },
        Argument::Setting => match typed.split_once(char::is_whitespace) {
            Some((name, value)) => {
                let values = setting(name).map(|setting| setting.values).unwrap_or_default();
                let value = value.trim_start();
                let fits = values.iter().filter(|each| starts(each, value));
                let candidates = fits.map(|each| Candidate::new(*each, "")).collect();
                Found { start: start + typed.len() - value.len(), candidates }
            }
            None => plain(
                SETTINGS.iter().map(|setting| (format!("{} ", setting.name), setting.meaning.to_owned())).collect(),
            ),
        },
    }
}

fn formats() -> impl Iterator<Item = (String, String)> {
    export::FORMATS.iter().map(|format| (format.name.to_owned(), format.meaning.to_owned()))
}

/// Files and folders whose path begins so.
fn files(typed: &str, start: usize, known: &Known) -> Found {
    if !known.files {
        return Found::default();
    }
    let (folder, name) = match typed.rfind('/') {
        Some(at) => (&typed[..=at], &typed[at + 1..]),
        None => ("", typed),
    };
    let looked = if folder.is_empty() { Path::new(".") } else { Path::new(folder) };
    let Ok(entries) = fs::read_dir(looked) else { return Found::default() };
    let mut found: Vec<(String, bool)> = entries
        .flatten()
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path().is_dir()))
        .filter(|(entry, _)| entry.starts_with(name) && (name.starts_with('.') || !entry.starts_with('.')))
        .collect();
    found.sort();
    let candidates = found.into_iter().map(|(entry, is_folder)| Candidate {
        text: format!("{folder}{entry}{}", if is_folder { "/" } else { "" }),
        shown: entry,
        kind: if is_folder { "folder".to_owned() } else { String::new() },
    });
    Found { start, candidates: candidates.collect() }
}
