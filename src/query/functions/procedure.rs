//! Procedures: what CALL calls. They are brought in from outside, each with its signature; griot's own are expansions
//! to core clauses and do not come by here.
//!
//! Like a function's, a body may rely on its signature: arguments are of the kinds that it names, or null, and whole
//! numbers have become floats where a float is asked for.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;

use super::{Context, FunctionError, ValueKind};
use crate::model::Value;

/// What a procedure does: from arguments to rows of results, in the order of the signature.
pub type ProcedureBody = dyn Fn(&Context<'_>, &[Value]) -> Result<Vec<Vec<Value>>, FunctionError> + Send + Sync;

/// A procedure.
pub struct Procedure {
    /// Its dotted name; case counts.
    pub name: String,
    /// What it takes, in order.
    pub arguments: Vec<ProcedureField>,
    /// The columns of its rows; one without columns (a void procedure) leaves the rows of the query as they are.
    pub results: Vec<ProcedureField>,
    /// What it does. Each row has as many values as there are results.
    pub body: Box<ProcedureBody>,
}

/// An argument or a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcedureField {
    /// Its name; an argument that is not written is the parameter of this name.
    pub name: String,
    /// What it holds.
    pub kind: ValueKind,
}

/// The procedures of a session, by name.
pub type Procedures = IndexMap<String, Arc<Procedure>>;

impl Procedure {
    /// Calls it.
    ///
    /// # Errors
    /// An argument of another kind than the signature says, and the body's own errors.
    pub fn call(&self, context: &Context<'_>, mut arguments: Vec<Value>) -> Result<Vec<Vec<Value>>, FunctionError> {
        for (argument, field) in arguments.iter_mut().zip(&self.arguments) {
            if let (ValueKind::Float, Value::Int(int)) = (field.kind, &*argument) {
                #[expect(clippy::cast_precision_loss, reason = "a float is asked for")]
                let float = *int as f64;
                *argument = Value::Float(float);
            }
            if !field.kind.holds(argument) {
                let message = format!(
                    "`{}` takes {} as `{}`, and this is {}",
                    self.name,
                    field.kind.name(),
                    field.name,
                    ValueKind::of(argument).name()
                );
                return Err(FunctionError::wrong_type(message));
            }
        }
        (self.body)(context, &arguments)
    }

    /// `name(in :: an integer) :: (out :: a string)`.
    #[must_use]
    pub fn signature(&self) -> String {
        let list = |fields: &[ProcedureField]| {
            fields.iter().map(|each| format!("{} :: {}", each.name, each.kind.name())).collect::<Vec<_>>().join(", ")
        };
        format!("{}({}) :: ({})", self.name, list(&self.arguments), list(&self.results))
    }
}

impl fmt::Debug for Procedure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.signature())
    }
}
