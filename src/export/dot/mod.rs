//! DOT, for Graphviz: the subgraph behind an answer, or a whole graph, as a picture.
//!
//! What a reader must tell apart has two marks, never colour alone: kinds are shapes ([`style`]); a role is a colour of
//! the Okabe–Ito palette and an arrowhead; a relation that is only possible is dashed, a disputed one dotted, and both
//! say so on their label. Dates stand on the edges, citations in the tooltips. Descent runs from earlier to later, and
//! is ranked by year beside a spine of years ([`years`]). Components stand in a frame with their coalition
//! ([`frames`]). A legend explains what is in the picture, and only that ([`legend`]).
//!
//! The same evidence gives the same bytes: everything is written in the order of the evidence.

mod edge;
mod escape;
mod frames;
mod legend;
mod node;
mod picture;
mod style;
mod years;

use std::io::{self, Write};

use super::Format;
use crate::answer::{Answer, Evidence, Knowledge};

/// The row of the registry.
pub const FORMAT: Format = Format {
    name: "dot",
    extension: "dot",
    meaning: "a picture for Graphviz: dot -Tsvg, dot -Tpng",
    answer: write_answer,
    knowledge: Some(write_knowledge),
};

fn write_answer(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    picture::write(&answer.evidence, answer.knowledge.as_deref(), out)
}

fn write_knowledge(knowledge: &dyn Knowledge, out: &mut dyn Write) -> io::Result<()> {
    picture::write(&whole(knowledge), knowledge.version().as_deref(), out)
}

/// A whole graph as evidence. Pictures are laid out whole, so nothing would be won by writing it piece by piece.
fn whole(knowledge: &dyn Knowledge) -> Evidence {
    let mut evidence =
        Evidence { nodes: knowledge.nodes().collect(), sources: knowledge.sources().collect(), ..Evidence::default() };
    for (edge, relation) in knowledge.relations() {
        for claim in &relation.claims {
            evidence.claims.entry(*claim).or_insert_with(|| knowledge.claim(*claim));
        }
        evidence.relations.insert(edge, relation);
    }
    evidence
}
