//! DOT, for Graphviz: the subgraph behind an answer, or a whole graph, as a picture.
//!
//! What a reader must tell apart has two marks, never colour alone: kinds are shapes ([`style`]); a role is a colour of
//! the Okabe–Ito palette and an arrowhead; a relation that is only possible is dashed, a disputed one dotted, and both
//! say so on their label. Dates stand on the edges, citations in the tooltips.
//!
//! A picture of descent runs from earlier to later and is ranked by year beside a spine of years ([`years`]); other
//! pictures run from left to right; both frame components with their coalition ([`frames`]). A crowd is laid out like
//! springs, all ties of one role between two nodes in one line ([`layout`]). A legend explains what is in the picture,
//! and only that ([`legend`]).
//!
//! The same evidence gives the same bytes: everything is written in the order of the evidence.

mod edge;
mod escape;
mod frames;
mod layout;
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
    in_parts: false,
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

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::answer::{Relation, sample};
    use crate::model::{EdgeId, End, NodeId};

    fn drawn(answer: &Answer) -> String {
        let mut out = Vec::new();
        write_answer(answer, &mut out).expect("memory takes everything");
        String::from_utf8(out).expect("DOT is text")
    }

    #[test]
    fn a_lineage_runs_from_earlier_to_later_beside_its_years() {
        assert_snapshot!(drawn(&sample::answer()), @r##"
        digraph griot {
          graph [layout=dot, rankdir=LR, newrank=true, ranksep=0.6, nodesep=0.3, fontname="Helvetica", fontsize=10, labelloc=b, labeljust=l, pad=0.2];
          node [fontname="Helvetica", fontsize=12, style=filled, color="#444444", fillcolor="#ffffff", margin="0.12,0.06"];
          edge [fontname="Helvetica", fontsize=10, arrowsize=0.8];
          "mujao" [label="MUJAO\n2011 – 2013", shape=box, fillcolor="#dcebf7", tooltip="MUJAO (Organisation)"];
          "isgs" [label="ISGS\n2015-05 –", shape=box, fillcolor="#dcebf7", tooltip="ISGS (Organisation)"];
          "year 2011" [label="2011", shape=plaintext, style=solid, fontcolor="#777777"];
          "year 2015" [label="2015", shape=plaintext, style=solid, fontcolor="#777777"];
          "year 2011" -> "year 2015" [color="#cccccc", arrowhead=none, weight=10];
          { rank=same; "year 2011"; "mujao" }
          { rank=same; "year 2015"; "isgs" }
          "mujao" -> "isgs" [label="was founded by\nmembers of\n2015-05", color="#0072b2", fontcolor="#0072b2", penwidth=2.6, style=solid, dir=back, arrowtail=normal, tooltip="ISGS was founded by members of MUJAO\ncertain\nDaniel Eizenga and Wendy Williams, The Puzzle of JNIM (Africa Center, 2020-12), Who is JNIM?, para 3 — asserted\nDaniel Eizenga and Wendy Williams, The Puzzle of JNIM (Africa Center, 2020-12), Box 2, para 1 — reported, on 2015-05, quoting UN \"panel\"", labeltooltip="ISGS was founded by members of MUJAO\ncertain\nDaniel Eizenga and Wendy Williams, The Puzzle of JNIM (Africa Center, 2020-12), Who is JNIM?, para 3 — asserted\nDaniel Eizenga and Wendy Williams, The Puzzle of JNIM (Africa Center, 2020-12), Box 2, para 1 — reported, on 2015-05, quoting UN \"panel\""];
          "mujao" -> "isgs" [label="was allied with\n(possible)", color="#009e73", fontcolor="#009e73", penwidth=1.6, style=dashed, dir=both, arrowhead=odot, arrowtail=odot, constraint=false, tooltip="MUJAO was allied with ISGS\npossible: alleged\nDaniel Eizenga and Wendy Williams, The Puzzle of JNIM (Africa Center, 2020-12), p. 7 — alleged", labeltooltip="MUJAO was allied with ISGS\npossible: alleged\nDaniel Eizenga and Wendy Williams, The Puzzle of JNIM (Africa Center, 2020-12), p. 7 — alleged"];
          label=<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="3" CELLPADDING="2"><TR><TD ALIGN="LEFT" BGCOLOR="#dcebf7">▭ organisation</TD></TR><TR><TD ALIGN="LEFT"><FONT COLOR="#0072b2">━━▶ lineage</FONT></TD><TD ALIGN="LEFT"><FONT COLOR="#009e73">──○ alliance</FONT></TD></TR><TR><TD ALIGN="LEFT">─── certain</TD><TD ALIGN="LEFT">– – – possible</TD></TR><TR><TD ALIGN="LEFT" COLSPAN="6"><FONT COLOR="#777777">griot, knowledge base 2026-11</FONT></TD></TR></TABLE>>;
        }
        "##);
    }

    #[test]
    fn what_took_another_body_in_after_its_own_merger_is_not_its_successor_in_rank() {
        let mut answer = sample::answer();
        let evidence = &mut answer.evidence;
        let merged = |from, to, since: &str| Relation {
            earlier: Some(End::Subject),
            since: Some(since.into()),
            ..Relation::bare(NodeId(from), "MERGED_INTO", NodeId(to))
        };
        evidence.nodes.insert(NodeId(2), sample::body("flm", "FLM", "Organisation"));
        evidence.nodes.insert(NodeId(3), sample::body("remnants", "Remnants", "Collective"));
        evidence.relations.insert(EdgeId(2), merged(2, 1, "2015"));
        evidence.relations.insert(EdgeId(3), merged(3, 2, "2017"));
        let drawn = drawn(&answer);
        let line = |start: &str| drawn.lines().find(|line| line.trim_start().starts_with(start)).expect("a line");
        assert!(line("\"remnants\" -> \"flm\"").contains("constraint=false"));
        assert!(!line("\"flm\" -> \"isgs\"").contains("constraint=false"));
    }

    #[test]
    fn a_crowd_draws_the_ties_of_a_pair_and_role_as_one_line_and_counts_who_is_left_out() {
        let mut answer = sample::answer();
        let evidence = &mut answer.evidence;
        let allied = evidence.relations[&EdgeId(1)].clone();
        evidence.relations.extend((2..200).map(|at| (EdgeId(at), allied.clone())));
        evidence.nodes.insert(NodeId(9), sample::body("alone", "Alone", "Organisation"));
        let drawn = drawn(&answer);
        assert_eq!(drawn.lines().filter(|line| line.contains(" -> ")).count(), 2);
        assert!(drawn.contains("nodes without a relation that are not drawn: 1") && !drawn.contains("\"alone\""));
    }

    #[test]
    fn a_graph_without_a_schema_is_drawn_plainly() {
        assert_snapshot!(drawn(&sample::unnamed()), @r##"
        digraph griot {
          graph [layout=dot, rankdir=LR, ranksep=1.2, nodesep=0.25, fontname="Helvetica", fontsize=10, labelloc=b, labeljust=l, pad=0.2];
          node [fontname="Helvetica", fontsize=12, style=filled, color="#444444", fillcolor="#ffffff", margin="0.12,0.06"];
          edge [fontname="Helvetica", fontsize=10, arrowsize=0.8];
          "n0" [label="(:A {name: 'it\\'s;\n\"x\"'})", shape=plain, margin=0.08, fillcolor="#ffffff", tooltip="(:A {name: 'it\\'s; \"x\"'})"];
          "n1" [label="()", shape=ellipse, fillcolor="#ffffff", tooltip="()"];
          "n0" -> "n1" [label="KNOWS", color="#555555", fontcolor="#555555", penwidth=1, style=solid, arrowhead=vee, tooltip="(:A {name: 'it\\'s; \"x\"'}) KNOWS ()\nunsourced", labeltooltip="(:A {name: 'it\\'s; \"x\"'}) KNOWS ()\nunsourced"];
          label=<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="3" CELLPADDING="2"><TR><TD ALIGN="LEFT" BGCOLOR="#ffffff">· other</TD></TR><TR><TD ALIGN="LEFT" COLSPAN="6"><FONT COLOR="#777777">griot</FONT></TD></TR></TABLE>>;
        }
        "##);
    }
}
