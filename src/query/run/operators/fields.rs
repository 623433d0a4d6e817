//! The fields of a claim as a query gives them: a map, read field by field, with all that is wrong gathered.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::graph::Graph;
use crate::model::{Map, NodeId, Value};
use crate::names::nearest;
use crate::time::{Edtf, Form};

/// A map of fields, those that were asked for, and what is wrong with them.
pub(super) struct Fields<'m> {
    map: &'m Map,
    asked: BTreeSet<&'static str>,
    pub problems: Vec<String>,
}

impl<'m> Fields<'m> {
    pub fn new(map: &'m Map) -> Self {
        Self { map, asked: BTreeSet::new(), problems: Vec::new() }
    }

    pub fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    pub fn value(&mut self, key: &'static str) -> Option<Value> {
        self.asked.insert(key);
        self.map.get(key).filter(|value| !value.is_null()).cloned()
    }

    /// A text that is not blank.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        match self.value(key)? {
            Value::Text(text) if text.trim().is_empty() => self.wrong(format!("`{key}` is blank")),
            Value::Text(text) => Some(text.to_string()),
            other => self.wrong(format!("`{key}` is a text, not a {}", other.type_name())),
        }
    }

    /// A date that may be uncertain.
    pub fn date(&mut self, key: &'static str, fits: impl Fn(Form) -> bool) -> Option<Edtf> {
        let text = match self.value(key)? {
            Value::Text(text) => text.to_string(),
            Value::Edtf(date) => date.as_str().to_owned(),
            Value::Int(year) => year.to_string(),
            other => return self.wrong(format!("`{key}` is a date in quotes, not a {}", other.type_name())),
        };
        match Edtf::parse(&text) {
            Ok(date) if fits(date.form()) => Some(date),
            Ok(_) => self.wrong(format!("`{text}` cannot stand as `{key}`")),
            Err(error) => self.wrong(format!("`{text}` is no date: {error}")),
        }
    }

    /// One of some words.
    pub fn word<T: Copy>(&mut self, key: &'static str, all: &[T], word: impl Fn(T) -> &'static str) -> Option<T> {
        let text = self.text(key)?;
        let found = all.iter().copied().find(|each| word(*each) == text);
        if found.is_none() {
            let words: Vec<&str> = all.iter().map(|each| word(*each)).collect();
            self.problems.push(format!("`{key}` is one of {}, not `{text}`", words.join(", ")));
        }
        found
    }

    /// A small number.
    pub fn number(&mut self, key: &'static str, range: RangeInclusive<u8>) -> Option<u8> {
        match self.value(key)? {
            Value::Int(int) if u8::try_from(int).is_ok_and(|number| range.contains(&number)) => u8::try_from(int).ok(),
            _ => self.wrong(format!("`{key}` is a number from {} to {}", range.start(), range.end())),
        }
    }

    /// Whether it is said to be so.
    pub fn truth(&mut self, key: &'static str) -> bool {
        match self.value(key) {
            None => false,
            Some(Value::Bool(bool)) => bool,
            Some(other) => {
                self.wrong(format!("`{key}` is true or false, not a {}", other.type_name())).unwrap_or(false)
            }
        }
    }

    /// A node, by its id or its name.
    pub fn node(&mut self, graph: &Graph, key: &'static str) -> Option<NodeId> {
        let name = match self.value(key)? {
            Value::Node(node) => return Some(node),
            Value::Text(text) => text,
            other => return self.wrong(format!("`{key}` is a node or its id, not a {}", other.type_name())),
        };
        let named = graph.node_by_slug(&name).or_else(|| {
            let found: BTreeSet<NodeId> = graph.find_name(&name)?.nodes.iter().map(|(node, _)| *node).collect();
            if found.len() == 1 { found.first().copied() } else { None }
        });
        if named.is_none() {
            self.problems.push(format!("`{key}`: `{name}` is not the id or the name of just one node"));
        }
        named
    }

    /// Fields that nobody asked for.
    pub fn unknown(&self, others: &[&str]) -> Vec<String> {
        let unknown =
            self.map.keys().filter(|key| !self.asked.contains(key.as_ref()) && !others.contains(&key.as_ref()));
        unknown
            .map(|key| {
                let known = self.asked.iter().copied().chain(others.iter().copied());
                match nearest(known, key, 1).first() {
                    Some(near) => format!("a claim has no field `{key}`; did you mean `{near}`?"),
                    None => format!("a claim has no field `{key}`"),
                }
            })
            .collect()
    }

    fn wrong<T>(&mut self, problem: String) -> Option<T> {
        self.problems.push(problem);
        None
    }
}
