//! Which way a picture is laid out: descent in time, ties from left to right, and crowds so that they still show.

use crate::answer::Evidence;

use super::years;

/// With so many relations or fewer, there is room for words on the edges.
const FEW: usize = 20;
/// With more relations than this, ranks would run far beyond any screen, and edges around all nodes would take minutes.
const CROWD: usize = 150;

/// How a picture is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// By descent, from left to right, beside its years.
    Lineage,
    /// In ranks from left to right, coalitions in frames, with words on the edges.
    Small,
    /// The same, with dates and certainty only on the edges; the words are in the tooltips.
    Network,
    /// Like springs: what is tied stands near. All ties of one role between two nodes are one line.
    Crowd,
}

impl Layout {
    /// The layout that suits a subgraph: that of descent where at least half of it is descent.
    pub fn of(evidence: &Evidence) -> Self {
        let relations = evidence.relations.len();
        let descents = evidence.relations.values().filter(|relation| years::is_descent(relation)).count();
        match relations {
            _ if relations > CROWD => Self::Crowd,
            _ if descents > 0 && descents * 2 >= relations => Self::Lineage,
            _ if relations <= FEW => Self::Small,
            _ => Self::Network,
        }
    }

    /// Graphviz's attributes for it. The start of the springs is fixed, so that the picture is the same in every run.
    pub fn attributes(self) -> &'static str {
        match self {
            Self::Lineage => "layout=dot, rankdir=LR, newrank=true, ranksep=0.6, nodesep=0.3",
            Self::Small | Self::Network => "layout=dot, rankdir=LR, ranksep=1.2, nodesep=0.25",
            Self::Crowd => {
                "layout=neato, start=1, overlap=prism, overlap_scaling=-6, sep=\"+16\", splines=line, \
                 outputorder=edgesfirst"
            }
        }
    }

    /// Whether there is no room for words on the edges.
    pub fn is_terse(self) -> bool {
        matches!(self, Self::Network | Self::Crowd)
    }

    /// Whether coalitions are framed with their components.
    pub fn has_frames(self) -> bool {
        self != Self::Crowd
    }
}
