//! WHO IS: every node that a name may stand for.

use super::Piece::{Text, Word};
use super::{Definition, Tree};

/// `WHO IS x`: exact and folded names first, then names that hold the words.
pub static WHO_IS: Definition = Definition {
    signature: &[Word("WHO"), Word("IS"), Text("x")],
    meaning: "every node that a name may stand for",
    columns: &[
        ("node", "the node"),
        ("kind", "its kind"),
        ("name", "the name that fits"),
        ("name_kind", "what sort of name that is"),
        ("sources", "who uses it"),
    ],
    takes: &[],
    expansion: "
        UNWIND candidates(x) AS found
        RETURN found.node AS node, kind(found.node) AS kind, found.name AS name, found.name_kind AS name_kind,
            found.sources AS sources",
    via: None,
    hops: None,
    shown: None,
    silence: &[],
    examples: &["who is Yahya Abu al Hammam", "who is Macina"],
    tree: Tree::new(),
};
