//! Which way a picture is laid out: descent in time, ties around their actors, and crowds so that they still show.

use crate::answer::Evidence;

use super::years;

/// With so many relations or fewer, there is room for words between the nodes.
const FEW: usize = 20;
/// With more relations than this, edges carry their dates and certainty only; the words are in the tooltips.
const MANY: usize = 60;
/// With more relations than this, edges are straight: routing them around nodes would take minutes.
const CROWD: usize = 150;

/// How a picture is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// By descent, from left to right, beside its years.
    Lineage,
    /// Like springs: what is tied stands near.
    Network {
        /// How many relations there are.
        relations: usize,
    },
}

impl Layout {
    /// The layout that suits a subgraph: that of descent where at least half of it is descent.
    pub fn of(evidence: &Evidence) -> Self {
        let relations = evidence.relations.len();
        let descents = evidence.relations.values().filter(|relation| years::is_descent(relation)).count();
        if descents > 0 && descents * 2 >= relations { Self::Lineage } else { Self::Network { relations } }
    }

    /// Graphviz's attributes for it. The start of the springs is fixed, so that the picture is the same in every run.
    pub fn attributes(self) -> String {
        let Self::Network { relations } = self else {
            return "layout=dot, rankdir=LR, newrank=true, ranksep=0.6, nodesep=0.3".to_owned();
        };
        let apart = if relations <= FEW { 36 } else { 14 };
        let splines = if relations > CROWD { "line" } else { "true" };
        format!("layout=neato, start=1, overlap=prism, sep=\"+{apart}\", splines={splines}, outputorder=edgesfirst")
    }
}

/// Whether there is no room for words on the edges.
pub fn is_terse(evidence: &Evidence) -> bool {
    evidence.relations.len() > MANY
}
