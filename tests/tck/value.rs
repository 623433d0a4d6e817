//! Values as the TCK writes them: free of any graph, so that a result can be compared with a table of literals.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Properties by key.
pub type Properties = BTreeMap<String, TckValue>;

/// A value of a result table.
#[derive(Clone, Debug)]
pub enum TckValue {
    /// `null`.
    Null,
    /// `true`.
    Bool(bool),
    /// `1`.
    Int(i64),
    /// `1.0`, `NaN`, `Inf`.
    Float(f64),
    /// `'text'`; dates and the like are compared by their text.
    Text(String),
    /// `[1, 2]`.
    List(Vec<TckValue>),
    /// `{a: 1}`.
    Map(Properties),
    /// `(:A {p: 1})`.
    Node(TckNode),
    /// `[:T {p: 1}]`.
    Rel(TckRel),
    /// `<(:A)-[:T]->(:B)>`.
    Path(TckNode, Vec<TckHop>),
}

/// A node as a table shows it.
#[derive(Clone, Debug)]
pub struct TckNode {
    /// Its labels.
    pub labels: BTreeSet<String>,
    /// Its properties.
    pub properties: Properties,
}

/// A relation as a table shows it.
#[derive(Clone, Debug)]
pub struct TckRel {
    /// Its type.
    pub kind: String,
    /// Its properties.
    pub properties: Properties,
}

/// One relation of a path, and the node it leads to.
#[derive(Clone, Debug)]
pub struct TckHop {
    /// Whether it is walked along its direction.
    pub forward: bool,
    /// The relation.
    pub rel: TckRel,
    /// Where it leads to.
    pub node: TckNode,
}

impl TckValue {
    /// Whether the two are the same to the TCK: whole and floating-point numbers differ, NaN is NaN, nodes and
    /// relations are what they bear. With `lists_as_bags`, the order within lists does not matter.
    pub fn same(&self, other: &Self, lists_as_bags: bool) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            #[expect(clippy::float_cmp, reason = "the TCK compares floating-point numbers exactly")]
            (Self::Float(a), Self::Float(b)) => a == b || (a.is_nan() && b.is_nan()),
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::List(a), Self::List(b)) if lists_as_bags => same_bag(a, b, |x, y| x.same(y, true)),
            (Self::List(a), Self::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.same(y, false)),
            (Self::Map(a), Self::Map(b)) => same_properties(a, b, lists_as_bags),
            (Self::Node(a), Self::Node(b)) => a.same(b, lists_as_bags),
            (Self::Rel(a), Self::Rel(b)) => a.same(b, lists_as_bags),
            (Self::Path(a, hops), Self::Path(b, other_hops)) => {
                let same_hop = |x: &TckHop, y: &TckHop| {
                    x.forward == y.forward && x.rel.same(&y.rel, lists_as_bags) && x.node.same(&y.node, lists_as_bags)
                };
                a.same(b, lists_as_bags)
                    && hops.len() == other_hops.len()
                    && hops.iter().zip(other_hops).all(|(x, y)| same_hop(x, y))
            }
            _ => false,
        }
    }
}

impl TckNode {
    fn same(&self, other: &Self, lists_as_bags: bool) -> bool {
        self.labels == other.labels && same_properties(&self.properties, &other.properties, lists_as_bags)
    }
}

impl TckRel {
    fn same(&self, other: &Self, lists_as_bags: bool) -> bool {
        self.kind == other.kind && same_properties(&self.properties, &other.properties, lists_as_bags)
    }
}

fn same_properties(a: &Properties, b: &Properties, lists_as_bags: bool) -> bool {
    a.len() == b.len() && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| value.same(other, lists_as_bags)))
}

/// Whether the two hold the same things equally often, in whatever order. `same` must be an equivalence.
pub fn same_bag<T>(a: &[T], b: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut left: Vec<&T> = b.iter().collect();
    a.iter().all(|item| match left.iter().position(|other| same(item, other)) {
        Some(at) => {
            left.swap_remove(at);
            true
        }
        None => false,
    })
}

impl fmt::Display for TckValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(bool) => write!(f, "{bool}"),
            Self::Int(int) => write!(f, "{int}"),
            Self::Float(float) => write!(f, "{float:?}"),
            Self::Text(text) => write!(f, "'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
            Self::Map(entries) => write_properties(f, entries),
            Self::Node(node) => write!(f, "{node}"),
            Self::Rel(rel) => write!(f, "{rel}"),
            Self::Path(start, hops) => {
                write!(f, "<{start}")?;
                for hop in hops {
                    let (left, right) = if hop.forward { ("-", "->") } else { ("<-", "-") };
                    write!(f, "{left}{}{right}{}", hop.rel, hop.node)?;
                }
                f.write_str(">")
            }
        }
    }
}

impl fmt::Display for TckNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(")?;
        for label in &self.labels {
            write!(f, ":{label}")?;
        }
        if !self.properties.is_empty() {
            f.write_str(if self.labels.is_empty() { "" } else { " " })?;
            write_properties(f, &self.properties)?;
        }
        f.write_str(")")
    }
}

impl fmt::Display for TckRel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[:{}", self.kind)?;
        if !self.properties.is_empty() {
            f.write_str(" ")?;
            write_properties(f, &self.properties)?;
        }
        f.write_str("]")
    }
}

fn write_properties(f: &mut fmt::Formatter<'_>, entries: &Properties) -> fmt::Result {
    f.write_str("{")?;
    for (index, (key, value)) in entries.iter().enumerate() {
        write!(f, "{}{key}: {value}", if index == 0 { "" } else { ", " })?;
    }
    f.write_str("}")
}
