//! The functions of the language: a registry in reading order, one file a family, and the aggregates beside it.
//!
//! A row knows all about its function: name, parameters, meaning, examples (a test runs them) and body. The binder
//! looks up names and checks arity and static kinds; the evaluator calls [`Function::call`], which yields null for a
//! null argument, checks the kinds that only the run knows, and then runs the body: so a body may rely on its
//! signature. Functions know the graph, the model, dates and names, and nothing of queries.
//!
//! To add one: a row in its family's file.

use std::fmt;

use crate::model::Value;
use crate::names;

mod aggregate;
mod claim_fields;
mod context;
mod conversion;
mod dates;
mod entity;
mod error;
mod evidence;
mod kind;
mod list;
mod mathematical;
mod naming;
mod predicate;
mod procedure;
mod scalar;
mod string;
pub(crate) mod temporal;

pub use aggregate::{AGGREGATES, Accumulator, Aggregate, Fold, find_aggregate};
pub use context::{Clock, Context, FixedClock, Parameters, Random, SeededRandom};
pub(crate) use conversion::simple_text;
pub use entity::{properties, property};
pub use error::{ErrorClass, FunctionError};
pub(crate) use evidence::is_dated;
pub use kind::ValueKind;
pub use procedure::{Procedure, ProcedureBody, ProcedureField, Procedures};

/// What a call yields.
pub type Outcome = Result<Value, FunctionError>;

/// A family of functions, for the manual and the shell's help.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// Its heading.
    pub name: &'static str,
    /// Its functions, in reading order.
    pub functions: &'static [Function],
}

/// Every function, family by family.
pub static FAMILIES: &[Family] = &[
    Family { name: "scalar", functions: scalar::FUNCTIONS },
    Family { name: "conversion", functions: conversion::FUNCTIONS },
    Family { name: "predicates", functions: predicate::FUNCTIONS },
    Family { name: "nodes, relationships, paths", functions: entity::FUNCTIONS },
    Family { name: "lists", functions: list::FUNCTIONS },
    Family { name: "strings", functions: string::FUNCTIONS },
    Family { name: "mathematics", functions: mathematical::FUNCTIONS },
    Family { name: "names and nodes", functions: naming::FUNCTIONS },
    Family { name: "evidence", functions: evidence::FUNCTIONS },
    Family { name: "uncertain dates", functions: dates::FUNCTIONS },
    Family { name: "dates and times", functions: temporal::INSTANTS },
    Family { name: "the clock", functions: temporal::CLOCKS },
    Family { name: "truncation", functions: temporal::TRUNCATIONS },
    Family { name: "durations", functions: temporal::DURATIONS },
];

/// A function of the language.
#[derive(Clone, Copy)]
pub struct Function {
    /// Its name as openCypher writes it; looked up in any case.
    pub name: &'static str,
    /// Other names.
    pub aliases: &'static [&'static str],
    /// What it takes.
    pub parameters: &'static [Parameter],
    /// What it yields; null besides.
    pub returns: ValueKind,
    /// One line.
    pub meaning: &'static str,
    /// Expressions and their values as literals. A test runs them.
    pub examples: &'static [(&'static str, &'static str)],
    /// Whether the same arguments give the same value within one query.
    pub is_deterministic: bool,
    /// Whether it takes a node or a relation and has the same value for all with the same labels or the same type.
    pub hangs_on_kind: bool,
    /// Whether a null argument reaches the body, instead of making null at once.
    pub sees_null: bool,
    /// What it does. Call it by [`Function::call`].
    pub body: fn(&Context<'_>, &[Value]) -> Outcome,
}

/// What most rows leave as it is.
const PLAIN: Function = Function {
    name: "",
    aliases: &[],
    parameters: &[],
    returns: ValueKind::Any,
    meaning: "",
    examples: &[],
    is_deterministic: true,
    hangs_on_kind: false,
    sees_null: false,
    body: |_, _| Ok(Value::Null),
};

/// One parameter of a signature.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// What it is called in messages.
    pub name: &'static str,
    /// What it takes.
    pub kind: ValueKind,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether it may be left out or repeated; it stands last.
    pub variadic: bool,
}

/// A parameter that must be given.
const fn required(name: &'static str, kind: ValueKind) -> Parameter {
    Parameter { name, kind, optional: false, variadic: false }
}

/// A parameter that may be left out.
const fn optional(name: &'static str, kind: ValueKind) -> Parameter {
    Parameter { name, kind, optional: true, variadic: false }
}

/// A last parameter that may be repeated.
const fn variadic(name: &'static str, kind: ValueKind) -> Parameter {
    Parameter { name, kind, optional: false, variadic: true }
}

impl Function {
    /// The least and the greatest number of arguments; `None` is unbounded.
    #[must_use]
    pub fn arity(&self) -> (usize, Option<usize>) {
        arity(self.parameters)
    }

    /// The parameter that takes the argument with this number.
    #[must_use]
    pub fn parameter(&self, argument: usize) -> Option<&'static Parameter> {
        parameter(self.parameters, argument)
    }

    /// As it is written: `round(value, precision?, mode?)`.
    #[must_use]
    pub fn signature(&self) -> String {
        signature(self.name, self.parameters)
    }

    /// Runs it.
    ///
    /// # Errors
    /// `TypeError` (`InvalidArgumentValue`) where an argument is not of its parameter's kind; else what the body says.
    pub fn call(&self, context: &Context<'_>, args: &[Value]) -> Outcome {
        if !self.sees_null && args.iter().any(Value::is_null) {
            return Ok(Value::Null);
        }
        for (number, value) in args.iter().enumerate() {
            let parameter = self.parameter(number).expect("the binder checks the number of arguments");
            if !parameter.kind.holds(value) {
                return Err(refused(self.name, parameter, value));
            }
        }
        (self.body)(context, args)
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}()", self.name)
    }
}

/// The error of an argument of the wrong kind.
fn refused(function: &str, parameter: &Parameter, value: &Value) -> FunctionError {
    let Parameter { name, kind, .. } = parameter;
    FunctionError::wrong_value(format!("{function}() takes {kind} as {name}, not {}", ValueKind::of(value)))
}

fn arity(parameters: &[Parameter]) -> (usize, Option<usize>) {
    let least = parameters.iter().filter(|each| !each.optional && !each.variadic).count();
    let is_open = parameters.last().is_some_and(|last| last.variadic);
    (least, (!is_open).then_some(parameters.len()))
}

fn parameter(parameters: &'static [Parameter], argument: usize) -> Option<&'static Parameter> {
    parameters.get(argument).or_else(|| parameters.last().filter(|last| last.variadic))
}

/// A call as it is written.
pub(crate) fn signature(name: &str, parameters: &[Parameter]) -> String {
    let written = parameters.iter().map(|each| match each {
        Parameter { variadic: true, .. } => format!("{}…", each.name),
        Parameter { optional: true, .. } => format!("{}?", each.name),
        _ => each.name.to_owned(),
    });
    format!("{name}({})", written.collect::<Vec<_>>().join(", "))
}

/// Every function, in reading order.
pub fn all() -> impl Iterator<Item = &'static Function> {
    FAMILIES.iter().flat_map(|family| family.functions)
}

/// The function of a name, in any case.
#[must_use]
pub fn find(name: &str) -> Option<&'static Function> {
    all().find(|function| {
        function.name.eq_ignore_ascii_case(name)
            || function.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    })
}

/// The names of functions and aggregates that are spelt nearly like this one, nearest first, three at most.
#[must_use]
pub fn nearest(name: &str) -> Vec<&'static str> {
    let functions = all().flat_map(|function| std::iter::once(function.name).chain(function.aliases.iter().copied()));
    names::nearest(functions.chain(AGGREGATES.iter().map(|aggregate| aggregate.name)), name, 3)
}

/// The string of an argument whose parameter takes strings only.
fn text(value: &Value) -> &str {
    value.as_text().expect("the signature admits strings only")
}

/// The list of an argument whose parameter takes lists only.
fn items(value: &Value) -> &[Value] {
    match value {
        Value::List(items) => items,
        _ => unreachable!("the signature admits lists only"),
    }
}

/// The whole number of an argument whose parameter takes whole numbers only.
fn whole(value: &Value) -> i64 {
    match value {
        Value::Int(int) => *int,
        _ => unreachable!("the signature admits whole numbers only"),
    }
}

/// The number of an argument whose parameter takes numbers only, as a float.
#[expect(clippy::cast_precision_loss, reason = "openCypher widens whole numbers to floats")]
fn number(value: &Value) -> f64 {
    match value {
        Value::Int(int) => *int as f64,
        Value::Float(float) => *float,
        _ => unreachable!("the signature admits numbers only"),
    }
}

/// A length as a value.
fn count(length: usize) -> Value {
    Value::Int(i64::try_from(length).unwrap_or(i64::MAX))
}
