//! The legend: the kinds, roles and degrees of certainty that are in the picture, and no others. It is the label of the
//! graph, since that stands in its corner in every layout.

use std::fmt::Write;

use indexmap::{IndexMap, IndexSet};

use super::escape;
use super::style::{self, RoleLook, Shape};
use crate::answer::{Evidence, Standing};

/// How many entries stand in a row.
const IN_A_ROW: usize = 6;

/// The label of the graph: the legend, which knowledge the picture was drawn from, and how many nodes without a
/// relation it leaves out.
pub fn label(evidence: &Evidence, knowledge: Option<&str>, left_out: usize) -> String {
    let mut caption =
        knowledge.map_or_else(|| "griot".to_owned(), |version| format!("griot, knowledge base {version}"));
    if left_out > 0 {
        let _ = write!(caption, "; nodes without a relation that are not drawn: {left_out}");
    }
    let mut rows = Vec::new();
    for entries in [kinds(evidence), roles(evidence), standings(evidence)] {
        rows.extend(entries.chunks(IN_A_ROW).map(|row| format!("<TR>{}</TR>", row.concat())));
    }
    if rows.is_empty() {
        return escape::label(&caption);
    }
    let caption = format!(
        "<TR><TD ALIGN=\"LEFT\" COLSPAN=\"{IN_A_ROW}\"><FONT COLOR=\"#777777\">{}</FONT></TD></TR>",
        escape::html(&caption)
    );
    format!(
        "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"3\" CELLPADDING=\"2\">{}{caption}</TABLE>>",
        rows.concat()
    )
}

fn kinds(evidence: &Evidence) -> Vec<String> {
    let shapes: IndexSet<Shape> = evidence.nodes.values().map(|node| style::shape_of(&node.labels)).collect();
    let known = shapes.into_iter().filter(|shape| !shape.kind.is_empty());
    let cell = |shape: Shape| {
        let name = escape::html(&words(shape.kind));
        format!("<TD ALIGN=\"LEFT\" BGCOLOR=\"{}\">{} {name}</TD>", shape.fill, shape.sign)
    };
    known.map(cell).collect()
}

fn roles(evidence: &Evidence) -> Vec<String> {
    let mut looks: IndexMap<&str, (RoleLook, String)> = IndexMap::new();
    for relation in evidence.relations.values() {
        if let Some(role) = relation.role() {
            looks.entry(role).or_insert_with(|| style::look_of(relation));
        }
    }
    let cell = |(role, (look, colour)): (&str, (RoleLook, String))| {
        let line = if look.width > 2.0 { "━━" } else { "──" };
        let role = escape::html(role);
        format!("<TD ALIGN=\"LEFT\"><FONT COLOR=\"{colour}\">{line}{} {role}</FONT></TD>", look.sign)
    };
    looks.into_iter().map(cell).collect()
}

fn standings(evidence: &Evidence) -> Vec<String> {
    let standings: IndexSet<Standing> = evidence.relations.values().map(|relation| relation.standing).collect();
    let known = standings.into_iter().filter(|standing| *standing != Standing::Unsourced);
    let cell = |standing: Standing| {
        let line = match style::line_of(standing) {
            "dashed" => "– – –",
            "dotted" => "· · ·",
            _ => "───",
        };
        format!("<TD ALIGN=\"LEFT\">{line} {}</TD>", standing.word())
    };
    known.map(cell).collect()
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
