//! Candidates for what is being typed: the language says what may stand there, the graph and the registries what there
//! is of it. Each candidate has its kind beside it.

mod commands;
mod names;
mod queries;

use super::script::is_command;
use super::state::Prompt;
use crate::graph::Graph;
use crate::language::Statement;

/// Candidates at most; the editor cannot list more than 65,535.
const MOST: usize = 400;

/// Letters of a candidate, and of its kind, that are listed.
const LONGEST: usize = 44;

/// What candidates are drawn from.
pub struct Known {
    /// The graph.
    pub graph: Graph,
    /// The names of parameters.
    pub parameters: Vec<String>,
    /// Whether files may be named.
    pub files: bool,
}

impl Known {
    /// What a prompt knows.
    pub fn new(prompt: &Prompt<'_>) -> Self {
        let parameters = prompt.parameters.keys().map(ToString::to_string).collect();
        Self { graph: prompt.library.graph().clone(), parameters, files: prompt.library.uses_files }
    }
}

/// A text that can stand where something is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What replaces what is typed.
    pub text: String,
    /// How it is listed.
    pub shown: String,
    /// What it is.
    pub kind: String,
}

impl Candidate {
    /// A candidate that is listed as it is put in.
    pub fn new(text: impl Into<String>, kind: impl Into<String>) -> Self {
        let text = text.into();
        Self { shown: text.trim_end().to_owned(), text, kind: kind.into() }
    }
}

/// Candidates for the text from `start` on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Where the text begins that they replace.
    pub start: usize,
    /// They, in the order in which they are listed, each once.
    pub candidates: Vec<Candidate>,
}

/// Candidates for what stands at the end of a text.
pub fn complete(text: &str, known: &Known) -> Found {
    let mut found = if is_command(text) || text.trim() == "." {
        commands::complete(text, known)
    } else {
        queries::complete(text, known)
    };
    let mut seen = std::collections::BTreeSet::new();
    found.candidates.retain(|candidate| seen.insert(candidate.text.clone()));
    found.candidates.truncate(MOST);
    found
}

/// The statements' first words, each once, with what the first of them means.
fn leads() -> Vec<(String, &'static Statement)> {
    let mut leads: Vec<(String, &'static Statement)> = Vec::new();
    for statement in crate::language::STATEMENTS {
        let lead = statement.lead().join(" ").to_lowercase();
        if !leads.iter().any(|(known, _)| *known == lead) {
            leads.push((lead, statement));
        }
    }
    leads
}

/// A word in the case in which its reader writes: capitals if what is typed is.
fn cased(word: &str, typed: &str) -> String {
    let is_upper = typed.chars().any(char::is_uppercase) && !typed.chars().any(char::is_lowercase);
    if is_upper { word.to_uppercase() } else { word.to_lowercase() }
}

/// A text no longer than a candidate's line can bear.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

fn starts(text: &str, typed: &str) -> bool {
    text.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed))
}
