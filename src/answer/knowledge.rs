//! The whole of a graph, as exports see it: a door through which records come one at a time, so that writing a graph
//! takes no more memory than its largest record.

use super::evidence::{Claim, Node, Relation, Source};
use crate::model::{ClaimId, EdgeId, NodeId, SourceId};

/// A whole graph. The facade implements it on a graph; exports read through it. All orders are those of the graph, the
/// same in every run.
pub trait Knowledge {
    /// The version of the knowledge base, where it has one.
    fn version(&self) -> Option<String>;
    /// All nodes.
    fn nodes(&self) -> Box<dyn Iterator<Item = (NodeId, Node)> + '_>;
    /// The names of a node, the preferred one first.
    fn names(&self, node: NodeId) -> Vec<NodeName>;
    /// The claims about a node itself: its kind, names, dates and attributes.
    fn claims_about(&self, node: NodeId) -> Vec<Claim>;
    /// All relations.
    fn relations(&self) -> Box<dyn Iterator<Item = (EdgeId, Relation)> + '_>;
    /// A claim.
    fn claim(&self, claim: ClaimId) -> Claim;
    /// All figures.
    fn figures(&self) -> Box<dyn Iterator<Item = Figure> + '_>;
    /// All sources.
    fn sources(&self) -> Box<dyn Iterator<Item = (SourceId, Source)> + '_>;
    /// A node's slug, as relations and figures refer to it; a number where the graph has no slugs.
    fn slug(&self, node: NodeId) -> String;
}

/// A name of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeName {
    /// The name.
    pub text: String,
    /// Its sort: `preferred`, `acronym` …
    pub kind: &'static str,
    /// Its language, as BCP 47.
    pub language: Option<String>,
    /// Its script, as ISO 15924.
    pub script: Option<String>,
    /// The claim that it rests on.
    pub claim: Option<ClaimId>,
}

/// A figure: a claim about one node, with a measure and a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Of whom.
    pub node: NodeId,
    /// What is counted.
    pub measure: String,
    /// How much.
    pub amount: FigureAmount,
    /// In which unit.
    pub unit: String,
    /// The denominator, in words.
    pub of: Option<String>,
    /// Compared with what.
    pub relative_to: Option<String>,
    /// Counted together with whom.
    pub jointly_with: Option<String>,
    /// Of which part: an area, a theatre.
    pub scope: Option<String>,
    /// Over which period, as EDTF.
    pub period: Option<String>,
    /// Who says it.
    pub claim: Claim,
}

/// The value of a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum FigureAmount {
    /// Just this.
    Exact(f64),
    /// Between the two.
    Range(f64, f64),
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
    /// Near this.
    About(f64),
    /// In words.
    Words(String),
}
