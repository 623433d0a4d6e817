//! Statements out, core in: each domain statement becomes the core clauses that it stands for.
//!
//! The result is a query that can be printed (EXPLAIN), parsed again, and run by itself with the same rows. Variables
//! of an expansion that would clash with the user's are renamed; what a statement does not return ends with it.
//! Procedures whose names begin with `griot.` are statements in other words (`procedures`).

mod asked;
mod changes;
mod inside;
mod instantiate;
mod lists;
mod passing;
mod placing;
mod portable;
mod procedures;
mod separate;
mod slips;
mod subjects;
mod unroll;

pub(super) use asked::{Named, names};
pub use portable::{encoded, portable};
use std::collections::VecDeque;

use instantiate::Instance;
use placing::{Body, Place};
use subjects::Matched;

use super::fault::Fault;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::graph::Graph;
use crate::query::statements::Definition;
use crate::query::syntax::ast::{
    Clause, ClauseKind, Expr, ExprKind, Ident, Match, Mode, Modifier, ModifierKind, Part, PathPattern, PatternElement,
    ProjectionItem, Query, Statement,
};
use crate::query::syntax::print;
use crate::source::{Span, Spanned};

/// A query in which no statement is left.
#[derive(Clone, Debug)]
pub struct Expanded {
    /// The core query.
    pub query: Query,
    /// The statements that it held, in the order written.
    pub statements: Vec<Used>,
    /// Notes on how names were read, and on what stays out.
    pub notes: Diagnostics,
    /// The modifiers of statements and patterns in canonical form, each once, in the order written.
    pub conditions: Vec<String>,
}

/// A statement of a query.
#[derive(Clone)]
pub struct Used {
    /// Which one.
    pub definition: &'static Definition,
    /// Whether its columns are those of the query.
    pub is_last: bool,
    /// What to ask of the same subjects where the answer is empty, and the sentence for what is found.
    pub silence: Vec<(Query, &'static str)>,
    /// What it assumes where the query says nothing, for the answer's footer.
    pub assumptions: Vec<String>,
}

impl std::fmt::Debug for Used {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.definition.usage())
    }
}

/// Expands all statements of a query.
///
/// # Errors
/// Statements that are unknown, names that stand for nothing or for several nodes, modifiers that do not fit.
pub fn expand(query: &Query, graph: &Graph) -> Result<Expanded, Vec<Fault>> {
    expand_without(query, graph, &[])
}

/// The same without some of the [conditions](Expanded::conditions), to see what they left out.
///
/// # Errors
/// As [`expand`].
pub fn expand_without(query: &Query, graph: &Graph, without: &[String]) -> Result<Expanded, Vec<Fault>> {
    let mut expander = Expander {
        graph,
        faults: Vec::new(),
        statements: Vec::new(),
        notes: Diagnostics::new(),
        without,
        conditions: Vec::new(),
    };
    let query = Query { mode: Mode::Run, export: None, ..query.clone() };
    let mut query = expander.query(&query, &[], true);
    unroll::unroll(&mut query);
    if expander.faults.is_empty() {
        let Expander { statements, notes, conditions, .. } = expander;
        Ok(Expanded { query, statements, notes, conditions })
    } else {
        Err(expander.faults)
    }
}

struct Expander<'g> {
    graph: &'g Graph,
    faults: Vec<Fault>,
    statements: Vec<Used>,
    notes: Diagnostics,
    without: &'g [String],
    conditions: Vec<String>,
}

impl Expander<'_> {
    /// Modifiers as far as they hold, noted as conditions.
    fn conditions(&mut self, modifiers: &[Modifier]) -> Vec<Modifier> {
        let mut held = Vec::with_capacity(modifiers.len());
        for modifier in modifiers {
            let text = print::modifier(modifier);
            if !self.without.contains(&text) {
                held.push(modifier.clone());
            }
            if !self.conditions.contains(&text) {
                if matches!(modifier.kind, ModifierKind::KnownBy(_)) {
                    self.note_undated(modifier.span);
                }
                self.conditions.push(text);
            }
        }
        held
    }

    /// KNOWN BY leaves out sources that nobody dates: how many.
    fn note_undated(&mut self, span: Span) {
        let mut sources: Vec<_> = self.graph.sources().filter(|it| self.graph.published_by(*it).is_none()).collect();
        sources.retain(|source| !self.graph.source_record(*source).id.is_empty());
        let text = match sources.len() {
            0 => return,
            1 => "1 source without a date stays out".to_owned(),
            several => format!("{several} sources without a date stay out"),
        };
        let names = sources.iter().take(5).map(|source| self.graph.source_record(*source).id);
        let text = format!("{text}: {}", names.collect::<Vec<_>>().join(", "));
        let more = if sources.len() > 5 { " and others" } else { "" };
        self.notes.push(Diagnostic::note(codes::BAD_MODIFIER, format!("{text}{more}")).at(span, ""));
    }

    /// All parts of a query, which see the variables of `scope`.
    fn query(&mut self, query: &Query, scope: &[String], is_root: bool) -> Query {
        let query = self.separate_unions(query, scope);
        let first = self.part(&query.first, scope.to_vec(), is_root);
        let unions = query.unions.iter().map(|(kind, part)| (*kind, self.part(part, scope.to_vec(), is_root)));
        let unions = unions.collect();
        Query { first, unions, ..query }
    }

    fn part(&mut self, part: &Part, mut scope: Vec<String>, is_root: bool) -> Part {
        let mut clauses = Vec::new();
        let mut waiting: VecDeque<Clause> = part.clauses.iter().cloned().collect();
        let mut is_first = true;
        while let Some(clause) = waiting.pop_front() {
            let clause = match self.separate(&clause, &scope) {
                Some((before, behind)) => {
                    waiting.push_front(behind);
                    before
                }
                None => clause,
            };
            let is_last = waiting.is_empty();
            let place = Place { scope: &scope, is_first, is_last, is_root: is_last && is_root };
            is_first = false;
            let placed = match &clause.kind {
                ClauseKind::Statement(statement) => self.statement(statement, clause.span, place),
                ClauseKind::Call(call) if procedures::is_statement(call) => {
                    match self.procedure(call, clause.span, &scope) {
                        Some(statement) => self.statement(&statement, clause.span, place),
                        None => Vec::new(),
                    }
                }
                ClauseKind::Subquery(call) => {
                    let mut call = call.clone();
                    let visible = match &call.imports {
                        Some(imports) if !call.import_all => imports.iter().map(|it| it.value.clone()).collect(),
                        _ => scope.clone(),
                    };
                    *call.query = self.query(&call.query, &visible, false);
                    vec![Clause { span: clause.span, kind: ClauseKind::Subquery(call) }]
                }
                ClauseKind::Match(matched) => {
                    let matched = Match { modifiers: self.conditions(&matched.modifiers), ..matched.clone() };
                    let clause = Clause { span: clause.span, kind: ClauseKind::Match(matched) };
                    vec![self.within_expressions(&clause, &scope)]
                }
                _ => vec![self.within_expressions(&clause, &scope)],
            };
            for each in &placed {
                enter_scope(each, &mut scope);
            }
            clauses.extend(placed);
        }
        Part { span: part.span, clauses }
    }

    fn statement(&mut self, statement: &Statement, span: Span, place: Place<'_>) -> Vec<Clause> {
        let Some(matched) = self.match_statement(statement, span, place.scope) else { return Vec::new() };
        let mut statement = self.within_statement(statement, matched.definition, place.scope);
        statement.modifiers = self.conditions(&statement.modifiers);
        let statement = &statement;
        let Matched { definition, subjects, notes } = matched;
        for (message, span) in notes {
            self.notes.push(Diagnostic::note(codes::BAD_MODIFIER, message).at(span, ""));
        }
        if definition.holds_statement() {
            return self.changes(definition, statement, &subjects, place, span);
        }
        let Some(instance) = self.instance(definition, subjects, statement, place.scope, span) else {
            return Vec::new();
        };
        self.statements.push(Used {
            definition,
            is_last: place.is_root,
            silence: instance.silence(),
            assumptions: instance.assumptions(),
        });
        let body = Body::of(instance, statement, place);
        self.place(statement, body, place, span)
    }

    fn instance(
        &mut self,
        definition: &'static Definition,
        subjects: Vec<(&'static str, subjects::Subject)>,
        statement: &Statement,
        scope: &[String],
        span: Span,
    ) -> Option<Instance> {
        self.check_passing(&statement.modifiers, scope);
        match Instance::new(definition, subjects, &statement.modifiers, scope, span) {
            Ok(instance) => Some(instance),
            Err(faults) => {
                self.faults.extend(faults);
                None
            }
        }
    }
}

fn variable_item(name: &str, span: Span) -> ProjectionItem {
    let expr = Expr { span, kind: ExprKind::Variable(name.to_owned()) };
    ProjectionItem { expr, alias: None, text: name.to_owned() }
}

/// What a clause leaves in scope.
fn enter_scope(clause: &Clause, scope: &mut Vec<String>) {
    let mut enter = |name: &str| {
        if !scope.iter().any(|known| known == name) {
            scope.push(name.to_owned());
        }
    };
    match &clause.kind {
        ClauseKind::Match(Match { patterns, .. }) | ClauseKind::Create(patterns) => {
            patterns.iter().for_each(|pattern| enter_pattern(pattern, &mut enter));
        }
        ClauseKind::Merge { pattern, .. } => enter_pattern(pattern, &mut enter),
        ClauseKind::Unwind { alias, .. } | ClauseKind::LoadCsv { alias, .. } => enter(&alias.value),
        ClauseKind::Let(items) => items.iter().for_each(|(name, _)| enter(&name.value)),
        ClauseKind::With(projection) | ClauseKind::Return(projection) => {
            if !projection.star {
                scope.clear();
            }
            for item in &projection.items {
                let name = item.alias.as_ref().map_or(&item.text, |alias| &alias.value);
                if !scope.contains(name) {
                    scope.push(name.clone());
                }
            }
        }
        ClauseKind::Call(call) => {
            for item in call.yields.iter().flatten() {
                enter(&item.alias.as_ref().unwrap_or(&item.column).value);
            }
        }
        ClauseKind::Subquery(call) => {
            if let Some(Clause { kind: ClauseKind::Return(projection), .. }) = call.query.first.clauses.last() {
                for item in &projection.items {
                    enter(item.alias.as_ref().map_or(&item.text, |alias| &alias.value));
                }
            }
        }
        _ => {}
    }
}

fn enter_pattern(pattern: &PathPattern, enter: &mut dyn FnMut(&str)) {
    pattern.variable.iter().for_each(|variable| enter(&variable.value));
    for element in &pattern.elements {
        let variable = match element {
            PatternElement::Node(node) => &node.variable,
            PatternElement::Rel(rel) => &rel.variable,
            PatternElement::Group(_) => &None,
        };
        variable.iter().for_each(|variable| enter(&variable.value));
    }
}

/// The items of LET.
pub(super) fn let_items(items: &[(Ident, Expr)]) -> Vec<ProjectionItem> {
    let item = |(name, expr): &(Ident, Expr)| ProjectionItem {
        expr: expr.clone(),
        alias: Some(name.clone()),
        text: name.value.clone(),
    };
    items.iter().map(item).collect()
}

/// An identifier at a place.
fn ident(name: &str, span: Span) -> Ident {
    Spanned::new(name.to_owned(), span)
}
