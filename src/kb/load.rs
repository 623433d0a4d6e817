//! From files to a store: the stages in a row.

use super::checks;
use super::episodes::episodes;
use super::knowledge::Knowledge;
use super::read;
use super::report::Report;
use super::ruptures;
use super::schema;
use super::store;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity, codes};
use crate::graph::{Store, content_key};
use crate::model::Schema;
use crate::source::Source;

/// What became of the files of a knowledge base.
pub struct Loaded {
    /// The graph; `None` where an error blocks it.
    pub store: Option<Store>,
    /// What is wrong, and what is worth a look, by file and place.
    pub diagnostics: Diagnostics,
    /// The texts that the diagnostics point into.
    pub sources: Vec<Source>,
    /// How much there is.
    pub report: Report,
}

/// Reads, checks and builds a knowledge base from its files: path and text each, in the order in which they count.
///
/// A file of the schema that is missing is taken from the built-in one. The version of the graph is a hash of all texts, so that it
/// does not hang on where the folder lies.
#[must_use]
pub fn load(files: Vec<(String, String)>) -> Loaded {
    let mut sources: Vec<Source> = schema::missing_files(&files).into_iter().map(|(p, t)| Source::new(p, t)).collect();
    let count = files.len();
    sources.extend(files.into_iter().map(|(path, text)| Source::new(path, text)));
    let (records, mut faults) = read::read(&sources);
    let mut knowledge = Knowledge::new(&records);
    checks::run(&knowledge, &mut faults);
    if records.nodes.is_empty() {
        faults.push(Diagnostic::error(codes::EMPTY_BASE, "no file of the knowledge base defines a node"));
    }
    knowledge.timings = ruptures::close(&knowledge);
    let episodes = episodes(&knowledge, &mut faults);
    faults.sort_by_place();
    let report = Report {
        files: count,
        nodes: knowledge.canonical.iter().enumerate().filter(|(number, canonical)| *number == **canonical).count(),
        relations: episodes.iter().filter(|episode| episode.subject != episode.object).count(),
        errors: faults.count(Severity::Error),
        warnings: faults.count(Severity::Warning),
        ..Report::of_records(&records)
    };
    let version = content_key(sources.iter().map(|source| source.text.as_str()));
    let store = (report.errors == 0).then(|| store::store(&knowledge, &episodes, version));
    Loaded { store, diagnostics: faults, sources, report }
}

/// What became of the files of a schema.
pub struct LoadedSchema {
    /// The schema; `None` where an error blocks it.
    pub schema: Option<Schema>,
    /// What is wrong, and what is worth a look, by file and place.
    pub diagnostics: Diagnostics,
    /// The texts that the diagnostics point into.
    pub sources: Vec<Source>,
}

/// Reads and checks a schema by itself, from its files: path and text each. One of `kinds.toml`, `roles.toml`,
/// `relations.toml` and `measures.toml` that is missing is taken from the built-in schema.
#[must_use]
pub fn load_schema(files: Vec<(String, String)>) -> LoadedSchema {
    let mut sources: Vec<Source> = schema::files_beside(&files).into_iter().map(|(p, t)| Source::new(p, t)).collect();
    sources.extend(files.into_iter().map(|(path, text)| Source::new(path, text)));
    let (records, mut diagnostics) = read::read_schema(&sources);
    checks::run(&Knowledge::new(&records), &mut diagnostics);
    diagnostics.sort_by_place();
    let schema = (!diagnostics.has_errors()).then_some(records.schema);
    LoadedSchema { schema, diagnostics, sources }
}
