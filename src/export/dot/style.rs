//! What things look like: shapes of kinds, colours and arrowheads of roles, lines of certainty.
//!
//! Kinds and roles here are those that the knowledge base starts from; one that is not here looks like the one above it
//! in the schema, and else plain. A relation type's own `style` in the schema goes before its role's.

use crate::answer::{Relation, Standing};

/// How a kind of node is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    /// The label.
    pub kind: &'static str,
    /// Graphviz's shape and what belongs to it.
    pub attributes: &'static str,
    /// The colour inside.
    pub fill: &'static str,
    /// A sign that looks like the shape, for the legend.
    pub sign: &'static str,
}

const fn shape(kind: &'static str, attributes: &'static str, fill: &'static str, sign: &'static str) -> Shape {
    Shape { kind, attributes, fill, sign }
}

/// The shapes: kinds that a node bears beside another first, then narrow kinds before the wide ones that they stand
/// within. Fills are pale, so that text reads on them.
const SHAPES: &[Shape] = &[
    shape("Collective", "shape=box3d", "#f1f1f1", "❒"),
    shape("Coalition", "shape=box, peripheries=2", "#dcebf7", "▣"),
    shape("Organisation", "shape=box", "#dcebf7", "▭"),
    shape("Faction", "shape=box, style=\"filled,rounded\"", "#eaf3fa", "▢"),
    shape("Militia", "shape=box, style=\"filled,diagonals\"", "#eaf3fa", "▨"),
    shape("ArmedGroup", "shape=box", "#dcebf7", "▭"),
    shape("Person", "shape=ellipse", "#fff6df", "○"),
    shape("State", "shape=house", "#e3f2ec", "⌂"),
    shape("StateForce", "shape=pentagon, margin=0", "#e3f2ec", "⬠"),
    shape("PoliticalBody", "shape=tab", "#e3f2ec", "▤"),
    shape("PrivateMilitaryCompany", "shape=parallelogram, margin=0", "#f1f1f1", "▱"),
    shape("InternationalOrganisation", "shape=hexagon, margin=0", "#e3f2ec", "⬡"),
    shape("CivilOrganisation", "shape=folder", "#f1f1f1", "◫"),
    shape("CriminalNetwork", "shape=invtrapezium, margin=\"0,0\", fontsize=10", "#f1f1f1", "▽"),
    shape("Community", "shape=ellipse, peripheries=2", "#f7e9f1", "◎"),
    shape("Operation", "shape=cds, margin=\"0.2,0.12\"", "#fbe9df", "▷"),
    shape("Agreement", "shape=note", "#fffbd6", "◰"),
    shape("Event", "shape=octagon, margin=\"0.02,0.02\"", "#fbe9df", "⎔"),
    shape("Programme", "shape=component", "#f1f1f1", "⊟"),
    shape("Place", "shape=invhouse, margin=\"0.05,0.02\"", "#f1f1f1", "▿"),
    shape("Resource", "shape=cylinder", "#f1f1f1", "⊖"),
    shape("Idea", "shape=underline", "#ffffff", "＿"),
    shape("Source", "shape=rect, style=\"filled,dotted\"", "#ffffff", "⬚"),
];

/// Anything else.
const PLAIN: Shape = shape("other", "shape=plain, margin=0.08", "#ffffff", "·");
/// Nodes of a graph that knows no kinds.
const UNLABELLED: Shape = shape("", "shape=ellipse", "#ffffff", "○");

/// The shape of a node by its labels: the narrowest that is known.
pub fn shape_of(labels: &[String]) -> Shape {
    let unknown = if labels.is_empty() { UNLABELLED } else { PLAIN };
    SHAPES.iter().find(|shape| labels.iter().any(|label| label == shape.kind)).copied().unwrap_or(unknown)
}

/// How a role is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoleLook {
    /// The role.
    pub role: &'static str,
    /// Of the Okabe–Ito palette.
    pub colour: &'static str,
    /// Graphviz's arrowhead.
    pub head: &'static str,
    /// A sign that looks like the arrowhead, for the legend.
    pub sign: &'static str,
    /// In points.
    pub width: f32,
}

const fn look(
    role: &'static str,
    colour: &'static str,
    head: &'static str,
    sign: &'static str,
    width: f32,
) -> RoleLook {
    RoleLook { role, colour, head, sign, width }
}

const ROLES: &[RoleLook] = &[
    look("lineage", "#0072b2", "normal", "▶", 2.6),
    look("alliance", "#009e73", "odot", "○", 1.6),
    look("agreement", "#009e73", "obox", "□", 1.2),
    look("rivalry", "#d55e00", "tee", "┫", 1.6),
    look("rupture", "#cc79a7", "teeodot", "○┫", 1.6),
    look("allegiance", "#cc79a7", "onormal", "▷", 1.6),
    look("composition", "#000000", "odiamond", "◇", 1.6),
    look("structure", "#000000", "odiamond", "◇", 1.2),
    look("event", "#000000", "vee", "→", 1.0),
    look("leadership", "#e69f00", "dot", "●", 1.6),
    look("founding", "#e69f00", "box", "■", 1.6),
    look("membership", "#e69f00", "diamond", "◆", 1.0),
    look("kinship", "#e69f00", "none", "─", 1.0),
    look("people", "#e69f00", "vee", "→", 1.0),
    look("support", "#56b4e9", "normal", "▶", 1.2),
    look("presence", "#56b4e9", "vee", "→", 1.0),
];

/// Roles without a look of their own, and graphs without roles.
const PLAIN_ROLE: RoleLook = look("", "#555555", "vee", "→", 1.0);

/// How a relation is drawn, all but its certainty: by its nearest role that has a look, then by its type's own style.
pub fn look_of(relation: &Relation) -> (RoleLook, String) {
    let known = |role: &String| ROLES.iter().find(|look| look.role == role);
    let look = relation.roles.iter().find_map(known).copied().unwrap_or(PLAIN_ROLE);
    let colour = relation.style.colour.clone().filter(|colour| is_colour(colour));
    let colour = colour.unwrap_or_else(|| look.colour.to_owned());
    let width = match relation.style.line.as_deref() {
        Some("bold") => look.width.max(2.6),
        // Dashes and dots say how certain a relation is; a type that asks for them is drawn thin.
        Some("dashed" | "dotted" | "thin") => 1.0,
        _ => look.width,
    };
    (RoleLook { width, ..look }, colour)
}

/// How much stronger a line is that draws several relations.
#[expect(clippy::cast_precision_loss, reason = "a handful of relations at most counts")]
pub fn strength(relations: usize) -> f32 {
    1.0 + 0.2 * (relations.clamp(1, 6) - 1) as f32
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.chars().all(|each| each.is_ascii_hexdigit()))
}

/// The line of a relation by how well it stands.
pub fn line_of(standing: Standing) -> &'static str {
    match standing {
        Standing::Certain | Standing::Unsourced => "solid",
        Standing::Possible => "dashed",
        Standing::Disputed | Standing::Denied => "dotted",
    }
}
