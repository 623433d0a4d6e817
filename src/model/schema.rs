//! What a graph may hold: kinds, roles, relation types, measures. Data, read from `kb/schema/`; nothing here names
//! a type of the knowledge base.
//!
//! A schema belongs to a graph. The empty schema takes any label, type and property, and expands no labels.

use indexmap::{IndexMap, IndexSet};
use serde::{Deserialize, Serialize};

use crate::time::TimeClass;

/// Kinds, roles, relation types and measures of a graph, each by name, in the order of their files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// The tree of kinds.
    pub kinds: IndexMap<String, Kind>,
    /// The roles that statements ask for.
    pub roles: IndexMap<String, Role>,
    /// The relation types.
    pub types: IndexMap<String, RelationType>,
    /// The measures of figures.
    pub measures: IndexMap<String, Measure>,
}

/// A kind of node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// The kinds above it: a node bears their labels too.
    pub within: Vec<String>,
    /// One line.
    pub meaning: String,
}

/// A family of relation types, for which statements ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The role above it: its types are found under that one too.
    pub within: Option<String>,
    /// One line.
    pub meaning: String,
}

/// One end of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// Where the arrow starts.
    Subject,
    /// Where it points.
    Object,
}

/// A relation type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationType {
    /// The relation read from subject to object, in words: "split from".
    pub reading: String,
    /// The relation read from object to subject: "had as a splinter".
    pub inverse: String,
    /// One line.
    pub meaning: String,
    /// The kinds that the subject may be of.
    pub subject: Vec<String>,
    /// The kinds that the object may be of.
    pub object: Vec<String>,
    /// Whether it says the same in both directions.
    pub symmetric: bool,
    /// For descent: which end is the forerunner.
    pub earlier: Option<End>,
    /// Where an arrow of its role begins; nothing said is the subject. (For descent `earlier` says it.)
    #[serde(default)]
    pub from: Option<End>,
    /// Its role.
    pub role: String,
    /// When it holds.
    pub time: TimeClass,
    /// Whether one pair may have several episodes of it.
    pub repeats: bool,
    /// Whether it leads on: a part of a part is a part.
    pub transitive: bool,
    /// Types whose open episodes of the same pair it ends.
    pub ends: Vec<String>,
    /// Types that cannot hold of the same pair at the same time.
    pub excludes: Vec<String>,
    /// The end of which there is one at a time: a body has one leader (subject), a person one birthplace (object).
    #[serde(default)]
    pub single: Option<End>,
    /// How it is drawn.
    pub style: Style,
}

/// How a relation type is drawn. Empty fields are the role's or the format's own choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Style {
    /// `solid`, `dashed`, `dotted`, `bold`.
    pub line: Option<String>,
    /// A colour as `#rrggbb`.
    pub colour: Option<String>,
}

/// What a figure counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// The units in which it may be given.
    pub units: Vec<String>,
    /// One line.
    pub meaning: String,
}

impl RelationType {
    /// Whether an arrow of its role runs against the type's own: `-[:lineage]->` leads from later to earlier, and
    /// `-[:leadership]->` from the leader, whichever way the types are stored.
    #[must_use]
    pub fn is_turned(&self) -> bool {
        self.earlier == Some(End::Subject) || self.from == Some(End::Object)
    }
}

impl Schema {
    /// Whether anything goes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.types.is_empty()
    }

    /// A kind and all kinds above it, itself first, each once; an unknown kind alone.
    #[must_use]
    pub fn labels_of(&self, kind: &str) -> IndexSet<String> {
        let mut labels = IndexSet::from([kind.to_owned()]);
        let mut next = 0;
        while let Some(label) = labels.get_index(next) {
            let above = self.kinds.get(label).map(|kind| kind.within.clone()).unwrap_or_default();
            labels.extend(above);
            next += 1;
        }
        labels
    }

    /// Whether `kind` is `wanted` or stands below it.
    #[must_use]
    pub fn is_kind_of(&self, kind: &str, wanted: &str) -> bool {
        self.labels_of(kind).contains(wanted)
    }

    /// The relation types of a role and of the roles below it, in the order of the schema.
    pub fn types_of_role<'a>(&'a self, role: &'a str) -> impl Iterator<Item = (&'a str, &'a RelationType)> {
        let is_under = move |named: &str| {
            let mut at = Some(named);
            // A role that stands above itself would go round for ever; `griot check` refuses it, and so does the count.
            for _ in 0..=self.roles.len() {
                match at {
                    Some(name) if name == role => return true,
                    Some(name) => at = self.roles.get(name).and_then(|role| role.within.as_deref()),
                    None => return false,
                }
            }
            false
        };
        self.types.iter().filter(move |(_, each)| is_under(&each.role)).map(|(name, each)| (name.as_str(), each))
    }
}
