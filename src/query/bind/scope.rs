//! The variables that a clause sees.

use std::sync::Arc;

use indexmap::IndexMap;

use super::bound::Slot;
use crate::query::functions::ValueKind;

/// A variable in scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Where it stands.
    pub slot: Slot,
    /// What it is known to be.
    pub kind: ValueKind,
}

/// The variables in scope, in the order in which they came in, and the evidence that rows carry.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    variables: IndexMap<Arc<str>, Variable>,
    /// Slots with the evidence of earlier projections, joined at the next.
    pub evidence: Vec<Slot>,
    /// In a subquery: the variables from outside, which no projection takes out of sight.
    around: Vec<(Arc<str>, Variable)>,
}

impl Scope {
    /// The variable of a name.
    pub fn get(&self, name: &str) -> Option<&Variable> {
        self.variables.get(name)
    }

    /// Brings a variable in; one of the same name is hidden.
    pub fn insert(&mut self, name: impl Into<Arc<str>>, variable: Variable) {
        self.variables.insert(name.into(), variable);
    }

    /// The scope in which a subquery begins that sees these variables: they stay in sight in all of it.
    #[must_use]
    pub fn enclosed(mut self) -> Self {
        self.evidence.clear();
        self.around = self.variables.iter().map(|(name, variable)| (name.clone(), variable.clone())).collect();
        self
    }

    /// Whether a variable comes from outside the subquery.
    pub fn is_around(&self, name: &str) -> bool {
        self.around.iter().any(|(other, _)| other.as_ref() == name)
    }

    /// Takes over what is around another scope of the same subquery, as far as no variable hides it; its slots.
    pub fn stay_within(&mut self, other: &Self) -> Vec<Slot> {
        self.around.clone_from(&other.around);
        let mut slots = Vec::new();
        for (name, variable) in &other.around {
            if !self.variables.contains_key(name) {
                slots.push(variable.slot);
                self.variables.insert(name.clone(), variable.clone());
            }
        }
        slots
    }

    /// All variables in the order in which they came in.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Variable)> {
        self.variables.iter()
    }

    /// The names in scope.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.keys().map(AsRef::as_ref)
    }

    /// Whether nothing is in scope.
    pub fn is_empty(&self) -> bool {
        self.variables.is_empty()
    }

    /// The slots whose values may hold relations or claims: what a row rests on.
    pub fn evidence_slots(&self) -> Vec<Slot> {
        let may_hold = |kind: ValueKind| {
            use ValueKind::{Any, Claim, List, Map, Path, Relationship};
            matches!(kind, Any | Claim | List | Map | Path | Relationship)
        };
        let held = self.variables.values().filter(|variable| may_hold(variable.kind)).map(|variable| variable.slot);
        held.chain(self.evidence.iter().copied()).collect()
    }
}
