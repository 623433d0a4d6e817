//! The schema that a knowledge base has where it brings none of its own: that of the built-in one, file by file.
//!
//! So that someone can start with one file of actors, and have the relation types that the language's statements ask
//! for; or bring relation types of their own, and have the kinds.

use super::read::is_schema_file;

/// The files of the built-in schema, as a folder would give them.
const BUILT_IN: &[(&str, &str)] = &[
    ("<built-in>/schema/kinds.toml", include_str!("../../kb/schema/kinds.toml")),
    ("<built-in>/schema/roles.toml", include_str!("../../kb/schema/roles.toml")),
    ("<built-in>/schema/relations.toml", include_str!("../../kb/schema/relations.toml")),
    ("<built-in>/schema/measures.toml", include_str!("../../kb/schema/measures.toml")),
];

/// Those files of the built-in schema that the folder does not bring itself.
pub(super) fn missing_files(files: &[(String, String)]) -> Vec<(String, String)> {
    let own: Vec<_> = files.iter().filter(|(path, _)| is_schema_file(path)).map(|(path, _)| name(path)).collect();
    missing(&own)
}

/// Those files of the built-in schema that a schema of its own does not bring.
pub(super) fn files_beside(files: &[(String, String)]) -> Vec<(String, String)> {
    let own: Vec<_> = files.iter().map(|(path, _)| name(path)).collect();
    missing(&own)
}

fn name(path: &str) -> Option<String> {
    path.rsplit(['/', '\\']).next().map(str::to_owned)
}

fn missing(own: &[Option<String>]) -> Vec<(String, String)> {
    let missing = BUILT_IN.iter().filter(|(path, _)| !own.contains(&name(path)));
    missing.map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}
