//! The picture as a whole: what stands in it, and in which order it is written.

use std::io::{self, Write};

use indexmap::{IndexMap, IndexSet};

use super::{edge, escape, frames, legend, node, years};
use crate::answer::Evidence;
use crate::model::NodeId;

/// Writes the subgraph as a picture.
pub fn write(evidence: &Evidence, knowledge: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let is_lineage = years::is_lineage(evidence);
    writeln!(out, "digraph griot {{")?;
    head(is_lineage, knowledge, out)?;
    let frames = frames::frames(evidence);
    nodes(evidence, &frames, out)?;
    if is_lineage {
        spine(evidence, out)?;
    }
    for relation in evidence.relations.values() {
        let is_ranked = !is_lineage || years::is_descent(relation);
        writeln!(out, "  {}", edge::line(relation, evidence, is_ranked))?;
    }
    legend::write(evidence, out)?;
    writeln!(out, "}}")
}

fn head(is_lineage: bool, knowledge: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let caption = knowledge.map_or_else(|| "griot".to_owned(), |version| format!("griot, knowledge base {version}"));
    let ranks = if is_lineage { ", newrank=true, ranksep=0.6" } else { ", ranksep=0.9" };
    writeln!(
        out,
        "  graph [rankdir=LR, fontname=\"Helvetica\", fontsize=10, fontcolor=\"#777777\", labelloc=b, labeljust=r, \
         nodesep=0.3{ranks}, label={}];",
        escape::label(&caption)
    )?;
    writeln!(
        out,
        "  node [fontname=\"Helvetica\", fontsize=12, style=filled, color=\"#444444\", fillcolor=\"#ffffff\", \
         margin=\"0.12,0.06\"];"
    )?;
    writeln!(out, "  edge [fontname=\"Helvetica\", fontsize=10, arrowsize=0.8];")
}

/// Nodes in frames first, frame by frame, then all others.
fn nodes(evidence: &Evidence, frames: &IndexMap<NodeId, IndexSet<NodeId>>, out: &mut dyn Write) -> io::Result<()> {
    let mut framed: IndexSet<NodeId> = IndexSet::new();
    for (whole, members) in frames {
        writeln!(
            out,
            "  subgraph {} {{",
            escape::id(&format!("cluster {}", node::id(*whole, evidence).trim_matches('"')))
        )?;
        writeln!(out, "    graph [label=\"\", style=\"rounded\", color=\"#cc79a7\"];")?;
        for member in members {
            let record = evidence.node(*member).expect("both ends of a relation are in the evidence");
            writeln!(out, "    {}", node::line(*member, record, evidence))?;
            framed.insert(*member);
        }
        writeln!(out, "  }}")?;
    }
    for (id, record) in evidence.nodes.iter().filter(|(id, _)| !framed.contains(*id)) {
        writeln!(out, "  {}", node::line(*id, record, evidence))?;
    }
    Ok(())
}

/// The years, one after the other, each with the bodies that came about in it.
fn spine(evidence: &Evidence, out: &mut dyn Write) -> io::Result<()> {
    let by_year = years::by_year(evidence);
    let name = |year: i32| escape::id(&format!("year {year}"));
    for year in by_year.keys() {
        writeln!(out, "  {} [label=\"{year}\", shape=plaintext, style=solid, fontcolor=\"#777777\"];", name(*year))?;
    }
    let chain: Vec<String> = by_year.keys().map(|year| name(*year)).collect();
    if chain.len() > 1 {
        writeln!(out, "  {} [color=\"#cccccc\", arrowhead=none, weight=10];", chain.join(" -> "))?;
    }
    for (year, bodies) in &by_year {
        let ids: Vec<String> = bodies.iter().map(|body| node::id(*body, evidence)).collect();
        writeln!(out, "  {{ rank=same; {}; {} }}", name(*year), ids.join("; "))?;
    }
    Ok(())
}
