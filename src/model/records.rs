//! What a curator records beside the claims: disputes that no rule can see, claims that only seem to disagree, and
//! statements of a source that were left out. Nodes and sources stand here by their ids.

use serde::{Deserialize, Serialize};

/// The matter of the claims that stand for the sides of recorded disputes.
pub const RECORDED_SIDE: &str = "dispute";

words! {
    /// What two sides disagree on.
    DisputeKind {
        /// What is the case.
        Fact = "fact",
        /// How it is put.
        Wording = "wording",
        /// What it is called.
        Naming = "naming",
        /// How far it reaches.
        Scope = "scope",
    }
}

words! {
    /// Why claims only seem to disagree.
    Reconciliation {
        /// They speak of other times.
        Time = "time",
        /// They speak of other parts.
        Scope = "scope",
        /// One is more exact than the other.
        Granularity = "granularity",
        /// They say the same in other words.
        Wording = "wording",
    }
}

words! {
    /// Why a statement of a source is in no claim.
    LeftOutWhy {
        /// It is the author's opinion or advice.
        Opinion = "opinion",
        /// It speaks of the future.
        Forecast = "forecast",
        /// The model has no place for it.
        OutsideTheModel = "outside the model",
        /// It is general context.
        Context = "context",
        /// The source says it elsewhere, and it is entered there.
        Repeated = "repeated",
    }
}

/// All records of a graph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CuratorRecords {
    /// What sources disagree on, as the curator sees it.
    pub disputes: Vec<RecordedDispute>,
    /// Claims that only seem to disagree.
    pub reconciled: Vec<ReconciledClaims>,
    /// Statements that were left out.
    pub left_out: Vec<LeftOut>,
}

impl CuratorRecords {
    /// Whether nothing is recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.disputes.is_empty() && self.reconciled.is_empty() && self.left_out.is_empty()
    }
}

/// A dispute that no rule can see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedDispute {
    /// Its slug.
    pub id: String,
    /// The ids of the nodes that it is about.
    pub about: Vec<String>,
    /// What is disputed, in words.
    pub matter: String,
    /// What sort of thing.
    pub kind: DisputeKind,
    /// Our words.
    pub note: Option<String>,
    /// Two or more.
    pub sides: Vec<RecordedSide>,
}

/// What one source says in a dispute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedSide {
    /// In our words.
    pub says: String,
    /// The id of the source.
    pub source: String,
    /// Where in it.
    pub at: String,
    /// The source's silence is this side.
    pub silent: bool,
}

/// Claims that only seem to disagree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReconciledClaims {
    /// The ids of the nodes that they are about.
    pub about: Vec<String>,
    /// A relation type, an attribute or a measure.
    pub matter: String,
    /// In which way they differ.
    pub kind: Reconciliation,
    /// Why they agree, in our words.
    pub why: String,
    /// Source and locator of each.
    pub claims: Vec<Citation>,
}

/// A source by its id, and a place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The id of the source.
    pub source: String,
    /// Where in it.
    pub at: String,
}

/// A statement of a source that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The source and the place.
    pub passage: Citation,
    /// The reason.
    pub why: LeftOutWhy,
    /// What is said there, in our words.
    pub note: Option<String>,
}
