//! The picture as a whole: what stands in it, and in which order it is written.

use std::io::{self, Write};

use indexmap::{IndexMap, IndexSet};

use super::layout::Layout;
use super::{edge, escape, frames, legend, node, years};
use crate::answer::Evidence;
use crate::model::NodeId;

/// Writes the subgraph as a picture.
pub fn write(evidence: &Evidence, knowledge: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let layout = Layout::of(evidence);
    writeln!(out, "digraph griot {{")?;
    writeln!(
        out,
        "  graph [{}, fontname=\"Helvetica\", fontsize=10, labelloc=b, labeljust=l, pad=0.2];",
        layout.attributes()
    )?;
    writeln!(
        out,
        "  node [fontname=\"Helvetica\", fontsize=12, style=filled, color=\"#444444\", fillcolor=\"#ffffff\", \
         margin=\"0.12,0.06\"];"
    )?;
    writeln!(out, "  edge [fontname=\"Helvetica\", fontsize=10, arrowsize=0.8];")?;
    let frames = if layout.has_frames() { frames::frames(evidence) } else { IndexMap::new() };
    let left_out = bystanders(evidence, layout);
    framed_nodes(evidence, frames, &left_out, out)?;
    if layout == Layout::Lineage {
        spine(evidence, out)?;
    }
    for bundle in edge::bundles(evidence, layout) {
        writeln!(out, "  {}", edge::line(&bundle, evidence, layout))?;
    }
    // After all subgraphs, which would take it over as their own label.
    writeln!(out, "  label={};", legend::label(evidence, knowledge, left_out.len()))?;
    writeln!(out, "}}")
}

/// What a crowd leaves out: nodes to which no line leads. The legend counts them.
fn bystanders(evidence: &Evidence, layout: Layout) -> IndexSet<NodeId> {
    if layout != Layout::Crowd {
        return IndexSet::new();
    }
    let tied: IndexSet<NodeId> =
        evidence.relations.values().flat_map(|relation| [relation.subject, relation.object]).collect();
    evidence.nodes.keys().filter(|node| !tied.contains(*node)).copied().collect()
}

/// Nodes in frames first, frame by frame, then all others.
fn framed_nodes(
    evidence: &Evidence,
    frames: IndexMap<NodeId, IndexSet<NodeId>>,
    left_out: &IndexSet<NodeId>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (at, members) in frames.values().enumerate() {
        writeln!(out, "  subgraph \"cluster {at}\" {{")?;
        writeln!(out, "    graph [style=\"rounded,filled\", color=\"#999999\", fillcolor=\"#f7fbfe\", margin=14];")?;
        for member in members {
            let record = evidence.node(*member).expect("both ends of a relation are in the evidence");
            writeln!(out, "    {}", node::line(*member, record, evidence))?;
        }
        writeln!(out, "  }}")?;
    }
    let framed: IndexSet<NodeId> = frames.into_values().flatten().collect();
    for (id, record) in evidence.nodes.iter().filter(|(id, _)| !framed.contains(*id) && !left_out.contains(*id)) {
        writeln!(out, "  {}", node::line(*id, record, evidence))?;
    }
    Ok(())
}

/// The years, one after the other, each with the bodies that came about in it. One year alone orders nothing.
fn spine(evidence: &Evidence, out: &mut dyn Write) -> io::Result<()> {
    let by_year = years::by_year(evidence);
    if by_year.len() < 2 {
        return Ok(());
    }
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
