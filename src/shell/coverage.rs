//! `griot check --coverage`: what of the documents stands in a knowledge base.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::failure::Failure;
use super::library::counted;
use super::terminal::Terminal;
use crate::answer::Message;
use crate::kb::coverage::{Coverage, coverage};

/// Where the plain texts of the documents lie where no folder is named.
const USUAL_TEXTS: &str = "../shared/sources";

/// Shows the coverage; `false` where a locator opens with words that its document does not have.
pub fn show(files: Vec<(String, String)>, texts: Option<&Path>, terminal: &mut Terminal) -> Result<bool, Failure> {
    let folder = texts.unwrap_or(Path::new(USUAL_TEXTS));
    let texts = read(folder)?;
    if texts.is_empty() {
        let note = Message::note(format!("{} holds no texts: paragraphs cannot be shown", folder.display()));
        terminal.message(&note.with_hint("name their folder with --texts DIR"))?;
    }
    let found = coverage(files, &texts);
    writeln!(terminal.out(), "{}{}", found.table(), found.details())?;
    strays(&found, terminal)
}

fn strays(found: &Coverage, terminal: &mut Terminal) -> Result<bool, Failure> {
    let strays: Vec<_> =
        found.documents.iter().flat_map(|each| each.strays.iter().map(move |stray| (each, stray))).collect();
    for (document, stray) in &strays {
        let words = format!("{}: `{}` has no words ‘{}’", stray.place, document.source, stray.words);
        writeln!(terminal.out(), "{words}")?;
    }
    if !strays.is_empty() {
        writeln!(terminal.out(), "{} whose words do not stand in the document", counted(strays.len(), "locator"))?;
    }
    Ok(strays.is_empty())
}

/// The texts of a folder by file name; none where there is no such folder.
fn read(folder: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let failed = |source| Failure::File { doing: "read", path: folder.to_owned(), source };
    let mut texts = BTreeMap::new();
    let Ok(entries) = fs::read_dir(folder) else { return Ok(texts) };
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = fs::read(&path).map_err(|source| Failure::File { doing: "read", path: path.clone(), source })?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            texts.insert(name, String::from_utf8_lossy(&text).into_owned());
        }
    }
    Ok(texts)
}
