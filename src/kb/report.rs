//! How much a knowledge base holds: the summary of `griot check`.

use super::record::{Matter, Records};

/// Counts of what was read and, where it could be built, of the graph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files.
    pub files: usize,
    /// Nodes, without the sources; those that are joined count as one.
    pub nodes: usize,
    /// Relations: episodes that claims back.
    pub relations: usize,
    /// Claims, on nodes and on relations.
    pub claims: usize,
    /// Names, preferred and further ones.
    pub names: usize,
    /// Figures.
    pub figures: usize,
    /// Sources.
    pub sources: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

impl Report {
    pub(super) fn of_records(records: &Records) -> Self {
        let count = |is: fn(&Matter) -> bool| records.claims.iter().filter(|claim| is(&claim.matter)).count();
        Self {
            nodes: records.nodes.len(),
            claims: records.claims.len(),
            names: count(|matter| matches!(matter, Matter::Name(_))),
            figures: count(|matter| matches!(matter, Matter::Figure(_))),
            sources: records.sources.len(),
            ..Self::default()
        }
    }
}
