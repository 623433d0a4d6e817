//! The legend: the kinds, roles and degrees of certainty that are in the picture, and no others.

use std::io::{self, Write};

use indexmap::{IndexMap, IndexSet};

use super::escape;
use super::style::{self, RoleLook, Shape};
use crate::answer::{Evidence, Standing};

/// Writes the legend, unless there is nothing to explain.
pub fn write(evidence: &Evidence, out: &mut dyn Write) -> io::Result<()> {
    let shapes: IndexSet<Shape> = evidence.nodes.values().map(|node| style::shape_of(&node.labels)).collect();
    let mut roles: IndexMap<&str, (RoleLook, String)> = IndexMap::new();
    let mut standings: IndexSet<Standing> = IndexSet::new();
    for relation in evidence.relations.values() {
        if let Some(role) = relation.role() {
            roles.entry(role).or_insert_with(|| style::look_of(relation));
        }
        standings.insert(relation.standing);
    }
    if roles.is_empty() {
        return Ok(());
    }
    writeln!(out, "  subgraph \"cluster legend\" {{")?;
    writeln!(out, "    graph [label=\"Legend\", color=\"#bbbbbb\", fontsize=10, style=solid];")?;
    writeln!(out, "    node [fontsize=9, height=0.25, margin=\"0.06,0.03\"];")?;
    writeln!(out, "    edge [fontsize=9];")?;
    for shape in shapes.iter().filter(|shape| !shape.kind.is_empty()) {
        let id = escape::id(&format!("legend {}", shape.kind));
        writeln!(
            out,
            "    {id} [label={}, {}, fillcolor=\"{}\"];",
            escape::label(&words(shape.kind)),
            shape.attributes,
            shape.fill
        )?;
    }
    for (role, (look, colour)) in &roles {
        let style =
            format!("color=\"{colour}\", fontcolor=\"{colour}\", arrowhead={}, penwidth={}", look.head, look.width);
        sample(out, role, &style)?;
    }
    for standing in standings.iter().filter(|each| !matches!(each, Standing::Unsourced)) {
        sample(out, standing.word(), &format!("style={}, arrowhead=none", style::line_of(*standing)))?;
    }
    writeln!(out, "  }}")
}

/// A short edge with its name.
fn sample(out: &mut dyn Write, name: &str, style: &str) -> io::Result<()> {
    let (from, to) = (escape::id(&format!("legend {name} from")), escape::id(&format!("legend {name} to")));
    writeln!(out, "    {from} [shape=point, style=invis]; {to} [shape=point, style=invis];")?;
    writeln!(out, "    {from} -> {to} [label={}, {style}];", escape::label(name))
}

/// `ArmedGroup` as people write it: `armed group`.
fn words(kind: &str) -> String {
    let mut words = String::new();
    for each in kind.chars() {
        if each.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(each.to_lowercase());
    }
    words
}
