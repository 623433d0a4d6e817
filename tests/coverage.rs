//! The coverage of the documents: the table in `kb/README.md` is what the command makes, and every locator quotes words
//! that stand in its document. The documents are not part of griot; where they are missing, this says so.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use griot::kb::coverage::{Coverage, coverage};
use griot::kb::read_dir;

const BEGIN: &str = "<!-- coverage: griot check kb --coverage -->\n";
const END: &str = "<!-- end of coverage -->";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The coverage with the documents, if they are there: beside the crate, or as `GRIOT_TEXTS` says.
fn with_documents() -> Option<Coverage> {
    let folder = std::env::var_os("GRIOT_TEXTS").map_or_else(|| root().join("../shared/sources"), PathBuf::from);
    let texts: BTreeMap<String, String> = texts(&folder);
    if texts.is_empty() {
        eprintln!("skipped: {} holds no documents", folder.display());
        return None;
    }
    Some(coverage(read_dir(&root().join("kb")).expect("kb/ can be read"), &texts))
}

fn texts(folder: &Path) -> BTreeMap<String, String> {
    let paths =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("a folder that can be read").path());
    let texts = paths.filter(|path| path.extension().is_some_and(|extension| extension == "txt")).map(|path| {
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        (name, String::from_utf8_lossy(&fs::read(&path).expect("a file that can be read")).into_owned())
    });
    texts.collect()
}

#[test]
fn every_locator_quotes_words_of_its_document() {
    let Some(found) = with_documents() else { return };
    let strays: Vec<_> = found.documents.iter().flat_map(|each| &each.strays).collect();
    assert!(strays.is_empty(), "{strays:#?}");
}

#[test]
fn the_readme_of_the_knowledge_base_has_the_table_that_the_command_makes() {
    let Some(found) = with_documents() else { return };
    let readme = fs::read_to_string(root().join("kb/README.md")).expect("kb/README.md can be read");
    let table = readme.split_once(BEGIN).and_then(|(_, rest)| rest.split_once(END)).expect("a marked table").0;
    assert_eq!(table, found.table(), "put what `griot check kb --coverage` prints first in its place");
}

#[test]
fn the_five_documents_name_their_texts() {
    let found = coverage(read_dir(&root().join("kb")).expect("kb/ can be read"), &BTreeMap::new());
    assert_eq!(found.documents.len(), 5);
    assert!(found.documents.iter().all(|each| each.claims > 0 && each.paragraphs.is_none()));
    assert!(found.table().contains("text not at hand") && found.details().contains("no paragraph can be shown"));
}
