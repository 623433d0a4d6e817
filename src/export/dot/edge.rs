//! The edges of the picture: relations as lines.

use indexmap::{IndexMap, IndexSet};

use super::layout::Layout;
use super::{escape, node, style, years};
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

/// The relations that one line draws: one, or in a crowd all of one role that run the same way between two nodes.
pub type Bundle<'e> = Vec<&'e Relation>;

/// The lines of a picture, in the order of the evidence.
pub fn bundles(evidence: &Evidence, layout: Layout) -> Vec<Bundle<'_>> {
    if layout != Layout::Crowd {
        return evidence.relations.values().map(|relation| vec![relation]).collect();
    }
    let mut bundles: IndexMap<(NodeId, NodeId, Option<&str>), Bundle<'_>> = IndexMap::new();
    for relation in evidence.relations.values() {
        let (from, to, _) = ends(relation);
        let pair = if relation.symmetric { (from.min(to), from.max(to)) } else { (from, to) };
        bundles.entry((pair.0, pair.1, relation.role())).or_default().push(relation);
    }
    bundles.into_values().collect()
}

/// The line that draws some relations of one role. In a picture of descent, nothing but descent takes part in the
/// ranks.
pub fn line(bundle: &[&Relation], evidence: &Evidence, layout: Layout) -> String {
    let first = bundle.first().expect("a line draws at least one relation");
    let (from, to, is_reversed) = ends(first);
    let (look, colour) = style::look_of(first);
    let is_symmetric = bundle.iter().any(|relation| relation.symmetric);
    // In a crowd lines shine through each other.
    let shine = if layout == Layout::Crowd { "b0" } else { "" };
    let mut attributes = vec![
        format!("label={}", escape::label(&label(bundle, layout.is_terse()))),
        format!("color=\"{colour}{shine}\""),
        format!("fontcolor=\"{colour}\""),
        format!("penwidth={}", look.width * style::strength(bundle.len())),
        format!("style={}", style::line_of(standing(bundle))),
    ];
    attributes.push(match (is_symmetric, is_reversed) {
        (true, _) => format!("dir=both, arrowhead={0}, arrowtail={0}", look.head),
        (false, true) => format!("dir=back, arrowtail={}", look.head),
        (false, false) => format!("arrowhead={}", look.head),
    });
    if layout == Layout::Lineage && !years::orders(first, evidence) {
        attributes.push("constraint=false".to_owned());
    }
    let told: Vec<String> = bundle.iter().map(|relation| tooltip(relation, evidence)).collect();
    let tooltip = escape::label(&told.join("\n\n"));
    attributes.push(format!("tooltip={tooltip}, labeltooltip={tooltip}"));
    format!("{} -> {} [{}];", node::id(from, evidence), node::id(to, evidence), attributes.join(", "))
}

/// How well the best of them stands.
fn standing(bundle: &[&Relation]) -> Standing {
    const BEST_FIRST: [Standing; 5] =
        [Standing::Certain, Standing::Unsourced, Standing::Disputed, Standing::Possible, Standing::Denied];
    let stands = |standing: &Standing| bundle.iter().any(|relation| relation.standing == *standing);
    BEST_FIRST.into_iter().find(stands).unwrap_or_default()
}

/// How many dates stand on one line; the others are counted.
const DATES: usize = 2;

/// What it says, when, and how certain that is.
fn label(bundle: &[&Relation], is_terse: bool) -> String {
    let mut lines = Vec::new();
    if !is_terse {
        lines.extend(bundle.iter().map(|relation| escape::wrapped(&relation.reading, 18)));
    }
    let dates: IndexSet<String> = bundle.iter().filter_map(|relation| date(relation)).collect();
    lines.extend(dates.iter().take(DATES).cloned());
    if dates.len() > DATES {
        lines.push(format!("+{}", dates.len() - DATES));
    }
    match standing(bundle) {
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
