//! CALL of a procedure: alone, where it returns its columns and takes what is not written from the parameters, or
//! within a query, where both are named.

use std::sync::Arc;

use super::Binder;
use super::bound::{BoundExpr, Slot};
use super::expression::Typed;
use super::fault::{Detail, Fault};
use super::scope::{Scope, Variable};
use super::tree::OutputColumn;
use super::writing::BoundProcedure;
use crate::query::functions::{Procedure, ValueKind};
use crate::query::syntax::ast::{Call, Ident, YieldItem};
use crate::source::Span;

impl Binder<'_> {
    /// Binds a call; with the columns that it returns, if it is the whole query.
    pub(super) fn procedure(
        &mut self,
        scope: &mut Scope,
        call: &Call,
        is_alone: bool,
    ) -> Option<(BoundProcedure, Option<Vec<OutputColumn>>)> {
        let procedure = self.find_procedure(&call.name)?;
        let arguments = self.arguments(scope, call, &procedure, is_alone);
        let yields = self.yields(scope, call, &procedure, is_alone);
        let filter = call.filter.as_ref().map(|filter| self.predicate(scope, filter));
        let output = yields.iter().map(|(name, _, slot)| OutputColumn { name: name.clone(), slot: *slot });
        let output = is_alone.then(|| output.collect());
        let yields = yields.into_iter().map(|(_, column, slot)| (column, slot)).collect();
        let bound =
            BoundProcedure { procedure, arguments, yields, filter, optional: call.optional, span: call.name.span };
        Some((bound, output))
    }

    fn find_procedure(&mut self, name: &Ident) -> Option<Arc<Procedure>> {
        if let Some(found) = self.procedures.and_then(|known| known.get(&name.value)) {
            return Some(found.clone());
        }
        let message = format!("there is no procedure `{}`", name.value);
        let known = self.procedures.into_iter().flat_map(|known| known.keys().map(String::as_str));
        let nearest = Self::nearest(known, &name.value);
        self.faults.push(Fault::new(Detail::ProcedureNotFound, name.span, message).candidates(nearest));
        None
    }

    fn arguments(&mut self, scope: &Scope, call: &Call, procedure: &Procedure, is_alone: bool) -> Vec<BoundExpr> {
        let span = call.name.span;
        let typed: Vec<Typed> = match &call.args {
            Some(args) => args.iter().map(|arg| self.typed(scope, arg)).collect(),
            None if is_alone => procedure.arguments.iter().map(|each| self.implicit(&each.name, span)).collect(),
            None => {
                let message = format!("within a query, the arguments of `{}` are written out", procedure.name);
                let fault = Fault::new(Detail::InvalidArgumentPassingMode, span, message);
                self.faults.push(fault.help(format!("write {}(…)", procedure.name)));
                return Vec::new();
            }
        };
        if typed.len() != procedure.arguments.len() {
            let (takes, given) = (procedure.arguments.len(), typed.len());
            let message = format!("`{}` takes {takes} arguments, and {given} are given", procedure.name);
            let fault = Fault::new(Detail::InvalidNumberOfArguments, span, message);
            self.faults.push(fault.note(procedure.signature()));
        }
        for (arg, field) in typed.iter().zip(&procedure.arguments) {
            if !arg.kind.may_be(field.kind) {
                let message = format!("`{}` is {}, and this is {}", field.name, field.kind.name(), arg.kind.name());
                let fault = Fault::new(Detail::InvalidArgumentType, arg.expr.span, message);
                self.faults.push(fault.note(procedure.signature()));
            }
        }
        typed.into_iter().map(|arg| arg.expr).collect()
    }

    /// An argument that is not written: the parameter of its name, whose kind is known where its value is.
    fn implicit(&mut self, name: &str, span: Span) -> Typed {
        let mut typed = self.parameter(name, span);
        if let Some(value) = self.parameters.and_then(|known| known.get(name)) {
            typed.kind = ValueKind::of(value);
        }
        typed
    }

    /// The columns that go on, under their names, and where they stand.
    fn yields(
        &mut self,
        scope: &mut Scope,
        call: &Call,
        procedure: &Procedure,
        is_alone: bool,
    ) -> Vec<(Arc<str>, usize, Slot)> {
        let span = call.name.span;
        if call.yield_star && !is_alone {
            let message = "YIELD * stands where CALL is the whole query";
            let fault = Fault::new(Detail::UnexpectedSyntax, span, message);
            self.faults.push(fault.help("name the columns that are wanted"));
        }
        let all = || procedure.results.iter().enumerate().map(|(at, field)| (field.name.as_str().into(), at, span));
        let named: Vec<(Arc<str>, usize, Span)> = match &call.yields {
            Some(items) if !call.yield_star => items.iter().filter_map(|item| self.yielded(item, procedure)).collect(),
            _ if is_alone || call.yield_star => all().collect(),
            None if procedure.results.is_empty() => Vec::new(),
            _ => {
                let message = format!("`{}` yields columns, and within a query they are named", procedure.name);
                let columns: Vec<&str> = procedure.results.iter().map(|field| field.name.as_str()).collect();
                let fault = Fault::new(Detail::UndefinedVariable, span, message);
                self.faults.push(fault.help(format!("add YIELD {}", columns.join(", "))));
                Vec::new()
            }
        };
        let mut found = Vec::with_capacity(named.len());
        for (name, column, span) in named {
            if scope.get(&name).is_some() || self.is_local(&name) {
                let message = format!("the variable `{name}` is already taken");
                let fault = Fault::new(Detail::VariableAlreadyBound, span, message);
                self.faults.push(fault.help("give the column another name with AS"));
            }
            let slot = self.new_slot();
            scope.insert(name.clone(), Variable { slot, kind: procedure.results[column].kind });
            found.push((name, column, slot));
        }
        found
    }

    fn yielded(&mut self, item: &YieldItem, procedure: &Procedure) -> Option<(Arc<str>, usize, Span)> {
        let name = item.alias.as_ref().unwrap_or(&item.column);
        if let Some(column) = procedure.results.iter().position(|field| field.name == item.column.value) {
            return Some((name.value.as_str().into(), column, name.span));
        }
        let message = format!("`{}` yields no column `{}`", procedure.name, item.column.value);
        let nearest = Self::nearest(procedure.results.iter().map(|field| field.name.as_str()), &item.column.value);
        let fault = Fault::new(Detail::UndefinedVariable, item.column.span, message);
        self.faults.push(fault.candidates(nearest).note(procedure.signature()));
        None
    }

    /// A call that is not alone and yields rows cannot be the last clause.
    pub(super) fn expects_more_after(&self, call: &Call, is_alone: bool) -> bool {
        let found = self.procedures.and_then(|known| known.get(&call.name.value));
        !is_alone && found.is_some_and(|procedure| !procedure.results.is_empty())
    }
}

impl BoundProcedure {
    /// The slots that it fills.
    pub fn slots(&self) -> impl Iterator<Item = Slot> + '_ {
        self.yields.iter().map(|(_, slot)| *slot)
    }

    /// Whether it leaves the rows as they are.
    pub fn is_void(&self) -> bool {
        self.procedure.results.is_empty()
    }
}
