//! Statements out, core in: each domain statement becomes the core clauses that it stands for.
//!
//! The result is a query that can be printed (EXPLAIN), parsed again, and run by itself with the same rows. Variables
//! of an expansion that would clash with the user's are renamed; what a statement does not return ends with it.

mod instantiate;
mod lists;
mod subjects;

use instantiate::Instance;
pub(super) use instantiate::voice_names;
use subjects::Matched;

use super::fault::{Detail, Fault};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::graph::Graph;
use crate::query::statements::{self, Definition};
use crate::query::syntax::ast::{
    Clause, ClauseKind, Expr, ExprKind, Ident, Match, Mode, Part, PathPattern, PatternElement, Projection,
    ProjectionItem, Query, Statement, YieldItem,
};
use crate::query::syntax::rewrite::{self, Rewriter};
use crate::source::{Span, Spanned};

/// A query in which no statement is left.
#[derive(Clone, Debug)]
pub struct Expanded {
    /// The core query.
    pub query: Query,
    /// The statements that it held, in the order written.
    pub statements: Vec<Used>,
    /// Notes on how names were read.
    pub notes: Diagnostics,
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
    let mut expander = Expander { graph, faults: Vec::new(), statements: Vec::new(), notes: Diagnostics::new() };
    let mut expanded = Query { mode: Mode::Run, export: None, ..query.clone() };
    expanded.first = expander.part(&query.first, Vec::new(), true);
    for (at, (_, part)) in query.unions.iter().enumerate() {
        expanded.unions[at].1 = expander.part(part, Vec::new(), true);
    }
    if expander.faults.is_empty() {
        Ok(Expanded { query: expanded, statements: expander.statements, notes: expander.notes })
    } else {
        Err(expander.faults)
    }
}

struct Expander<'g> {
    graph: &'g Graph,
    faults: Vec<Fault>,
    statements: Vec<Used>,
    notes: Diagnostics,
}

/// What earlier clauses have bound goes through the projections inside an expansion.
fn keep_in_scope(clauses: &mut [Clause], scope: &[String], span: Span) {
    for clause in clauses {
        if let ClauseKind::With(projection) = &mut clause.kind
            && !projection.star
        {
            projection.items.splice(0..0, scope.iter().map(|name| variable_item(name, span)));
        }
    }
}

impl Expander<'_> {
    fn part(&mut self, part: &Part, mut scope: Vec<String>, is_root: bool) -> Part {
        let mut clauses = Vec::new();
        for (at, clause) in part.clauses.iter().enumerate() {
            let is_last = at + 1 == part.clauses.len();
            match &clause.kind {
                ClauseKind::Statement(statement) => {
                    let expanded = self.statement(statement, clause.span, &scope, is_last && is_root);
                    for each in &expanded {
                        enter_scope(each, &mut scope);
                    }
                    clauses.extend(expanded);
                }
                ClauseKind::Subquery(call) => {
                    let mut call = call.clone();
                    let inner = call.query.clone();
                    let visible = match &call.imports {
                        Some(imports) if !call.import_all => imports.iter().map(|it| it.value.clone()).collect(),
                        _ => scope.clone(),
                    };
                    call.query.first = self.part(&inner.first, visible.clone(), true);
                    for (at, (_, part)) in inner.unions.iter().enumerate() {
                        call.query.unions[at].1 = self.part(part, visible.clone(), true);
                    }
                    let clause = Clause { span: clause.span, kind: ClauseKind::Subquery(call) };
                    enter_scope(&clause, &mut scope);
                    clauses.push(clause);
                }
                _ => {
                    enter_scope(clause, &mut scope);
                    clauses.push(clause.clone());
                }
            }
        }
        Part { span: part.span, clauses }
    }

    fn statement(&mut self, statement: &Statement, span: Span, scope: &[String], is_last: bool) -> Vec<Clause> {
        let Some(matched) = self.match_statement(statement, span, scope) else { return Vec::new() };
        let Matched { definition, subjects, notes } = matched;
        for (message, span) in notes {
            self.notes.push(Diagnostic::note(codes::BAD_MODIFIER, message).at(span, ""));
        }
        let instance = match Instance::new(definition, subjects, &statement.modifiers, scope, span) {
            Ok(instance) => instance,
            Err(faults) => {
                self.faults.extend(faults);
                return Vec::new();
            }
        };
        self.statements.push(Used {
            definition,
            is_last,
            silence: instance.silence(),
            assumptions: instance.assumptions(),
        });
        let mut query = instance.query();
        let mut clauses = std::mem::take(&mut query.first.clauses);
        let Some(Clause { kind: ClauseKind::Return(returned), .. }) = clauses.pop() else {
            unreachable!("every expansion ends with RETURN")
        };
        keep_in_scope(&mut clauses, scope, span);
        if statement.optional {
            match clauses.first_mut() {
                Some(Clause { kind: ClauseKind::Match(first), .. }) => first.optional = true,
                _ => self.faults.push(Fault::not_built_yet("OPTIONAL before this statement", span)),
            }
        }
        self.columns(statement, definition, returned, (scope, instance.kept()), span, is_last, &mut clauses);
        clauses
    }

    /// The last clauses of an expansion: its columns, under the names of YIELD, beside what came in.
    #[expect(clippy::too_many_arguments, reason = "one step of one caller, split off for its length")]
    fn columns(
        &mut self,
        statement: &Statement,
        definition: &Definition,
        mut returned: Projection,
        (scope, kept): (&[String], &[String]),
        span: Span,
        is_last: bool,
        clauses: &mut Vec<Clause>,
    ) {
        if let Some(yields) = &statement.yields {
            let chosen = self.yielded(definition, &returned.items, yields);
            let mut computed = Computed { items: &returned.items, chosen: &chosen };
            let mut order = std::mem::take(&mut returned.page.order);
            order.iter_mut().for_each(|key| rewrite::expr(&mut key.expr, &mut computed));
            returned.page.order = order;
            returned.items = chosen;
        }
        for item in &mut returned.items {
            if item.alias.is_none() {
                item.alias = Some(Ident::new(item.text.clone(), item.expr.span));
            }
        }
        let names: Vec<String> =
            returned.items.iter().filter_map(|item| item.alias.clone()).map(|it| it.value).collect();
        for name in names.iter().filter(|name| scope.contains(name)) {
            let message = format!("the statement's column `{name}` is already taken");
            let fault = Fault::new(Detail::VariableAlreadyBound, span, message);
            self.faults.push(fault.help(format!("give it another name: YIELD {name} AS …")));
        }
        let page = &statement.page;
        let has_own_page = !page.order.is_empty() || page.skip.is_some() || page.limit.is_some();
        if is_last && statement.filter.is_none() && !has_own_page && scope.is_empty() {
            clauses.push(Clause { span, kind: ClauseKind::Return(returned) });
            return;
        }
        let outer = scope.iter().chain(kept).map(|name| variable_item(name, span));
        returned.items.splice(0..0, outer);
        if statement.filter.is_some() {
            returned.filter.clone_from(&statement.filter);
        }
        clauses.push(Clause { span, kind: ClauseKind::With(returned) });
        if has_own_page && !is_last {
            clauses.push(Clause { span, kind: ClauseKind::OrderAndPage(page.clone()) });
        }
        if is_last {
            let items = names.iter().map(|name| variable_item(name, span)).collect();
            let last = Projection { distinct: false, star: false, items, page: page.clone(), filter: None };
            clauses.push(Clause { span, kind: ClauseKind::Return(last) });
        }
    }

    fn yielded(
        &mut self,
        definition: &Definition,
        items: &[ProjectionItem],
        yields: &[YieldItem],
    ) -> Vec<ProjectionItem> {
        let mut chosen = Vec::new();
        for each in yields {
            let found = items.iter().find(|item| column_name(item) == each.column.value);
            match found {
                Some(item) => {
                    let alias = each.alias.clone().or_else(|| item.alias.clone());
                    chosen.push(ProjectionItem { alias, ..item.clone() });
                }
                None => {
                    let names = items.iter().map(column_name);
                    let message = format!("{} has no column `{}`", definition.usage(), each.column.value);
                    self.faults.push(
                        Fault::new(Detail::StatementMismatch, each.column.span, message)
                            .under(codes::UNKNOWN_COLUMN)
                            .candidates(crate::names::nearest(names.clone(), &each.column.value, 3))
                            .note(format!("its columns are {}", names.collect::<Vec<_>>().join(", "))),
                    );
                }
            }
        }
        chosen
    }
}

/// Puts what a column is computed from in the place of columns that YIELD leaves out or renames.
struct Computed<'i> {
    items: &'i [ProjectionItem],
    chosen: &'i [ProjectionItem],
}

impl Rewriter for Computed<'_> {
    fn expr(&mut self, expr: &mut Expr) {
        let ExprKind::Variable(name) = &expr.kind else { return };
        let is_column = |item: &&ProjectionItem| column_name(item) == name;
        if self.chosen.iter().any(|item| is_column(&item)) {
            return;
        }
        if let Some(item) = self.items.iter().find(is_column) {
            *expr = item.expr.clone();
        }
    }
}

/// The name that an item gives to its column.
fn column_name(item: &ProjectionItem) -> &str {
    item.alias.as_ref().map_or(&item.text, |alias| &alias.value)
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

/// The statement whose words come nearest, for messages.
fn nearest_lead(words: &[String]) -> Option<&'static Definition> {
    let typed = words.join(" ").to_uppercase();
    let leads: Vec<(String, &'static Definition)> =
        statements::ALL.iter().map(|each| (each.lead().join(" "), *each)).collect();
    let cut = |lead: &str| typed.chars().take(lead.chars().count() + 2).collect::<String>();
    let found = leads.iter().map(|(lead, each)| (strsim::normalized_damerau_levenshtein(&cut(lead), lead), each));
    let (score, best) = found.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (score > 0.6).then_some(*best)
}
