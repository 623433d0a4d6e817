//! The plans that a session keeps: by a query's text, and by its [shape](Shape) for other values.
//!
//! A plan is kept with the graph that it was made for; when the graph changes, all are forgotten. Nothing of an answer
//! is kept. There is room for some hundreds: the least lately used go first, half of them at a time.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Prepared;
use crate::graph::Graph;
use crate::query::functions::{Parameters, ValueKind};
use crate::query::shape::{self, Shape};

/// Texts, and shapes, in each half of what is kept.
const HALF: usize = 256;

/// Plans of one shape that differ in literals which are part of the plan.
const VARIANTS: usize = 16;

/// A plan, and the values that stand in the place of its literals.
pub(super) struct Ready {
    pub prepared: Arc<Prepared>,
    /// The user's parameters and the literals; `None` where there are no literals beside the user's.
    pub parameters: Option<Arc<Parameters>>,
}

/// The plans of a session.
#[derive(Default)]
pub(super) struct Plans {
    /// The graph that they were made for.
    graph: Graph,
    texts: Kept<Text>,
    shapes: Kept<Vec<Variant>>,
}

/// The plan of a text.
struct Text {
    known: Known,
    /// What it has in the places of literals, if it is the plan of a shape.
    literals: Option<Arc<Parameters>>,
}

struct Known {
    prepared: Arc<Prepared>,
    /// The user's parameters that it was bound with: their names and kinds.
    given: Vec<(Arc<str>, ValueKind)>,
}

/// The plan of a shape for some literals.
struct Variant {
    /// Which literals are parameters; the others are part of the plan.
    lifted: Arc<[bool]>,
    /// Those others, as written.
    fixed: Vec<Box<str>>,
    known: Known,
}

impl Known {
    fn fits(&self, parameters: &Parameters) -> bool {
        let mut pairs = self.given.iter().zip(parameters);
        self.given.len() == parameters.len()
            && pairs.all(|((name, kind), (given, value))| name == given && *kind == ValueKind::of(value))
    }
}

impl Variant {
    fn fits(&self, shape: &Shape<'_>, parameters: &Parameters) -> bool {
        let literals = shape.literals.iter().zip(&*self.lifted).filter(|(_, lifted)| !**lifted);
        literals.map(|(literal, _)| literal.text).eq(self.fixed.iter().map(|text| &**text))
            && self.known.fits(parameters)
    }
}

impl Plans {
    /// The plan of a text, if it or one of its shape is known for this graph.
    pub(super) fn find(&mut self, text: &str, parameters: &Parameters, graph: &Graph) -> Option<Ready> {
        if !graph.is_same_snapshot(&self.graph) {
            *self = Self { graph: graph.clone(), ..Self::default() };
            return None;
        }
        if let Some(kept) = self.texts.get(text).filter(|kept| kept.known.fits(parameters)) {
            let all = kept.literals.as_ref().map(|literals| with_literals(parameters, literals));
            return Some(Ready { prepared: kept.known.prepared.clone(), parameters: all });
        }
        if self.shapes.is_empty() {
            return None;
        }
        let shape = Shape::of(text)?;
        let variants = self.shapes.get(&shape.key)?;
        let variant = variants.iter().find(|variant| variant.fits(&shape, parameters))?;
        let mut literals = Parameters::default();
        shape::bind(&mut literals, &shape, &variant.lifted);
        let (prepared, literals) = (variant.known.prepared.clone(), Arc::new(literals));
        let all = with_literals(parameters, &literals);
        // The same text again is not read for its literals.
        let known = Known::of(parameters, &prepared);
        self.texts.insert(text, Text { known, literals: Some(literals) });
        Some(Ready { prepared, parameters: Some(all) })
    }

    /// Keeps the plan of a text as it is written.
    pub(super) fn keep(&mut self, text: &str, parameters: &Parameters, prepared: &Arc<Prepared>) {
        self.texts.insert(text, Text { known: Known::of(parameters, prepared), literals: None });
    }

    /// Keeps the plan of a shape.
    pub(super) fn keep_shape(
        &mut self,
        shape: &Shape<'_>,
        lifted: Vec<bool>,
        parameters: &Parameters,
        prepared: &Arc<Prepared>,
    ) {
        let literals = shape.literals.iter().zip(&lifted).filter(|(_, lifted)| !**lifted);
        let fixed = literals.map(|(literal, _)| literal.text.into()).collect();
        let variant = Variant { fixed, lifted: lifted.into(), known: Known::of(parameters, prepared) };
        match self.shapes.get(&shape.key) {
            Some(variants) => {
                variants.truncate(VARIANTS - 1);
                variants.insert(0, variant);
            }
            None => self.shapes.insert(&shape.key, vec![variant]),
        }
    }
}

impl Known {
    fn of(parameters: &Parameters, prepared: &Arc<Prepared>) -> Self {
        let given = parameters.iter().map(|(name, value)| (name.clone(), ValueKind::of(value))).collect();
        Self { prepared: prepared.clone(), given }
    }
}

/// The user's parameters and the literals of a text.
fn with_literals(parameters: &Parameters, literals: &Arc<Parameters>) -> Arc<Parameters> {
    if parameters.is_empty() {
        return literals.clone();
    }
    let mut all = parameters.clone();
    all.extend(literals.iter().map(|(name, value)| (name.clone(), value.clone())));
    Arc::new(all)
}

/// A map of two halves: what is asked for moves to the young one; when that is full, the old one is dropped.
struct Kept<T> {
    young: FxHashMap<Box<str>, T>,
    old: FxHashMap<Box<str>, T>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { young: FxHashMap::default(), old: FxHashMap::default() }
    }
}

impl<T> Kept<T> {
    fn is_empty(&self) -> bool {
        self.young.is_empty() && self.old.is_empty()
    }

    fn get(&mut self, key: &str) -> Option<&mut T> {
        if !self.young.contains_key(key) {
            let (key, kept) = self.old.remove_entry(key)?;
            self.insert_boxed(key, kept);
        }
        self.young.get_mut(key)
    }

    fn insert(&mut self, key: &str, kept: T) {
        self.insert_boxed(key.into(), kept);
    }

    fn insert_boxed(&mut self, key: Box<str>, kept: T) {
        if self.young.len() >= HALF {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let mut kept = Kept::default();
        kept.insert("often", 0);
        for number in 1..=HALF * 4 {
            kept.insert(&number.to_string(), number);
            assert_eq!(kept.get("often"), Some(&mut 0));
        }
        assert!(kept.get("1").is_none());
        assert!(kept.get(&(HALF * 4).to_string()).is_some());
        assert!(kept.young.len() <= HALF && kept.old.len() <= HALF);
    }
}
