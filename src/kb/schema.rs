//! The schema that a knowledge base has if it brings none of its own: that of the built-in one.
//!
//! So that someone can start with one file of actors, and have the relation types that the language's statements ask
//! for.

use super::read::is_schema_file;

/// The files of the built-in schema, as a folder would give them.
const BUILT_IN: &[(&str, &str)] = &[
    ("<built-in>/schema/kinds.toml", include_str!("../../kb/schema/kinds.toml")),
    ("<built-in>/schema/roles.toml", include_str!("../../kb/schema/roles.toml")),
    ("<built-in>/schema/relations.toml", include_str!("../../kb/schema/relations.toml")),
    ("<built-in>/schema/measures.toml", include_str!("../../kb/schema/measures.toml")),
];

/// The files of the built-in schema, unless some file is one of a schema.
pub(super) fn missing_files(files: &[(String, String)]) -> Vec<(String, String)> {
    if files.iter().any(|(path, _)| is_schema_file(path)) {
        return Vec::new();
    }
    BUILT_IN.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}
