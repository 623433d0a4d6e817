//! An edge of the picture.

use super::escape;
use super::node;
use super::style;
use crate::answer::{Evidence, Relation, Standing, TextForm, citation};
use crate::model::{End, NodeId};
use crate::time::TimeClass;

/// Which way an edge is laid out: descent from the earlier body to the later, all else as stored. The arrowhead stays
/// at the object in both.
pub fn ends(relation: &Relation) -> (NodeId, NodeId, bool) {
    if relation.earlier == Some(End::Object) {
        (relation.object, relation.subject, true)
    } else {
        (relation.subject, relation.object, false)
    }
}

/// The line that draws a relation. With `is_ranked` false it takes no part in the ranks; with `is_terse` its label has
/// no words but its dates and what is uncertain.
pub fn line(relation: &Relation, evidence: &Evidence, is_ranked: bool, is_terse: bool) -> String {
    let (from, to, is_reversed) = ends(relation);
    let (look, colour) = style::look_of(relation);
    let mut attributes = vec![
        format!("label={}", escape::label(&label(relation, is_terse))),
        format!("color=\"{colour}\""),
        format!("fontcolor=\"{colour}\""),
        format!("penwidth={}", look.width),
        format!("style={}", style::line_of(relation.standing)),
    ];
    attributes.push(match (relation.symmetric, is_reversed) {
        (true, _) => format!("dir=both, arrowhead={0}, arrowtail={0}", look.head),
        (false, true) => format!("dir=back, arrowtail={}", look.head),
        (false, false) => format!("arrowhead={}", look.head),
    });
    if !is_ranked {
        attributes.push("constraint=false".to_owned());
    }
    let tooltip = escape::label(&tooltip(relation, evidence));
    attributes.push(format!("tooltip={tooltip}, labeltooltip={tooltip}"));
    format!("{} -> {} [{}];", node::id(from, evidence), node::id(to, evidence), attributes.join(", "))
}

/// What it says, when, and how certain that is.
fn label(relation: &Relation, is_terse: bool) -> String {
    let mut lines = Vec::new();
    if !is_terse {
        lines.push(escape::wrapped(&relation.reading, 18));
    }
    lines.extend(date(relation));
    match relation.standing {
        Standing::Certain | Standing::Unsourced => {}
        uncertain => lines.push(format!("({})", uncertain.word())),
    }
    lines.join("\n")
}

/// A date for an event, a span for what lasts.
fn date(relation: &Relation) -> Option<String> {
    let is_event = matches!(relation.time, Some(TimeClass::LastingEvent | TimeClass::MomentaryEvent));
    match (&relation.since, is_event) {
        (Some(since), true) => Some(since.clone()),
        _ => node::span(relation.since.as_deref(), relation.until.as_deref()),
    }
}

/// The relation in words, why it is not certain, and every claim behind it.
fn tooltip(relation: &Relation, evidence: &Evidence) -> String {
    let title = |node| TextForm::new(evidence).node(node);
    let mut lines = vec![format!("{} {} {}", title(relation.subject), relation.reading, title(relation.object))];
    let standing = relation.standing.word();
    lines.push(match &relation.why {
        Some(why) => format!("{standing}: {why}"),
        None => standing.to_owned(),
    });
    let claims = relation.claims.iter().filter_map(|claim| evidence.claim(*claim));
    lines.extend(claims.map(|claim| citation(claim, evidence.source_of(claim)).to_string()));
    lines.join("\n")
}
