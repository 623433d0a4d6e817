//! What a graph says of itself as a whole: its schema, its version, where it comes from.

use serde::{Deserialize, Serialize};

use super::dates::DateColumns;
use crate::model::Schema;

/// Facts about a whole graph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// What the graph may hold; the empty schema takes anything.
    pub schema: Schema,
    /// Content hash of what the graph was built from; 0 where nobody gave one.
    pub version: u64,
    /// The version in words: a date, a tag; empty where nobody gave one.
    pub label: String,
    /// The file or session that relations without a claim of their own come from: the source of their implied claim.
    pub origin: String,
    /// Free text about the graph.
    pub about: String,
    /// The date columns from which it follows when the edges hold, in a graph of tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateColumns>,
}

impl Meta {
    /// The version as answers name it: the label, if there is one, and the hash.
    #[must_use]
    pub fn version_name(&self) -> String {
        match (self.label.as_str(), self.version) {
            ("", 0) => String::new(),
            ("", version) => format!("{version:016x}"),
            (label, 0) => label.to_owned(),
            (label, version) => format!("{label} ({version:016x})"),
        }
    }
}
