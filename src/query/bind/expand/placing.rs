//! Where an expansion stands: in line, or in a subquery of its own.
//!
//! A statement that opens a query (or a subquery that it is the whole of) becomes the clauses of its expansion. Behind
//! other clauses it becomes `CALL (x) { … }`, which sees of the outer variables those that it reads: so rows that come
//! in alike stay apart, whatever the expansion groups, and OPTIONAL keeps the row for which there is none.

use super::instantiate::Instance;
use super::{Expander, ident, variable_item};
use crate::diagnostics::codes;
use crate::query::bind::expression::contains_aggregate;
use crate::query::bind::fault::{Detail, Fault};
use crate::query::syntax::ast::{
    Clause, ClauseKind, Expr, ExprKind, Mode, OrderAndPage, Part, Projection, ProjectionItem, Query, Statement,
    Subquery, YieldItem,
};
use crate::query::syntax::rewrite::{self, Rewriter};
use crate::source::Span;

/// Where a statement stands among the clauses of its part.
#[derive(Clone, Copy)]
pub(super) struct Place<'s> {
    /// The variables that earlier clauses have bound.
    pub scope: &'s [String],
    /// No clause stands before it.
    pub is_first: bool,
    /// No clause stands behind it, so its columns are returned.
    pub is_last: bool,
    /// Its columns are those of the whole query.
    pub is_root: bool,
}

/// The RETURN of an expansion, under the names that the statement gives.
struct Columns {
    /// The projection that yields them.
    projection: Projection,
    /// Clauses that stand before it.
    before: Vec<Clause>,
    /// Their names.
    names: Vec<String>,
}

impl Place<'_> {
    /// Whether a statement stands in line with the clauses around it.
    pub(super) fn is_in_line(&self, statement: &Statement) -> bool {
        self.is_first && !statement.optional && (self.scope.is_empty() || self.is_last)
    }
}

/// An expansion before it is placed: its clauses, the last of which is RETURN.
pub(super) struct Body {
    /// The clauses.
    pub clauses: Vec<Clause>,
    /// The names of the columns that RETURN yields.
    pub columns: Vec<String>,
    /// How the statement is written, for messages.
    pub usage: String,
    /// Variables from outside that the clauses read.
    pub imports: Vec<String>,
    /// Variables that go on beside the columns.
    pub kept: Vec<String>,
}

impl Body {
    /// The body of a statement's instance.
    pub(super) fn of(mut instance: Instance, statement: &Statement, place: Place<'_>) -> Self {
        let in_line = place.is_in_line(statement);
        let taken = if in_line { place.scope.to_vec() } else { instance.imports.clone() };
        let mut clauses = instance.query(&taken).first.clauses;
        instance.carry(&mut clauses);
        Self {
            clauses,
            columns: instance.columns(),
            usage: instance.definition.usage(),
            imports: instance.imports,
            kept: instance.kept,
        }
    }
}

impl Expander<'_> {
    /// The clauses that stand for a statement.
    pub(super) fn place(&mut self, statement: &Statement, body: Body, place: Place<'_>, span: Span) -> Vec<Clause> {
        let mut clauses = body.clauses;
        let Some(Clause { kind: ClauseKind::Return(returned), .. }) = clauses.pop() else {
            unreachable!("every expansion ends with RETURN")
        };
        let columns = self.columns(&body.columns, returned, statement.yields.as_deref(), &body.usage, span);
        clauses.extend(columns.before);
        let whole = Whole { projection: columns.projection, names: columns.names, kept: &body.kept };
        let in_line = place.is_in_line(statement);
        self.refuse_taken(&whole, place, in_line && place.is_last, span);
        if in_line {
            whole.in_line(clauses, statement, place, span)
        } else {
            whole.in_call(clauses, &body.imports, statement, place, span)
        }
    }

    /// Columns under names that are taken already. What ends a subquery of its own may hide outer names.
    fn refuse_taken(&mut self, whole: &Whole<'_>, place: Place<'_>, ends: bool, span: Span) {
        let outer = if ends { &[] } else { place.scope };
        for name in whole.names.iter().filter(|name| outer.contains(name) || whole.kept.contains(name)) {
            let message = format!("the statement's column `{name}` is already taken");
            let fault = Fault::new(Detail::VariableAlreadyBound, span, message);
            self.faults.push(fault.help(format!("give it another name: YIELD {name} AS …")));
        }
    }

    /// The RETURN of an expansion with the columns that YIELD chooses, under its names.
    fn columns(
        &mut self,
        columns: &[String],
        mut returned: Projection,
        yields: Option<&[YieldItem]>,
        usage: &str,
        span: Span,
    ) -> Columns {
        let all: Vec<(usize, String)> = columns.iter().cloned().enumerate().collect();
        let chosen = yields.map_or_else(|| all.clone(), |yields| self.yielded(columns, yields, usage));
        let joins_rows = returned.distinct || returned.items.iter().any(|item| contains_aggregate(&item.expr));
        let cuts_rows = returned.page.skip.is_some() || returned.page.limit.is_some();
        let mut before = Vec::new();
        if (joins_rows || cuts_rows) && chosen != all {
            // With fewer columns, other rows would be alike: first all of them, then those that are wanted.
            select(&mut returned, &all);
            before.push(Clause { span, kind: ClauseKind::With(returned) });
            let items = columns.iter().map(|name| variable_item(name, span)).collect();
            returned = plain(items);
        }
        select(&mut returned, &chosen);
        Columns { projection: returned, before, names: chosen.into_iter().map(|(_, name)| name).collect() }
    }

    /// Which columns, by number, and under which names.
    fn yielded(&mut self, columns: &[String], yields: &[YieldItem], usage: &str) -> Vec<(usize, String)> {
        let mut chosen = Vec::new();
        for each in yields {
            if let Some(at) = columns.iter().position(|name| *name == each.column.value) {
                chosen.push((at, each.alias.as_ref().unwrap_or(&each.column).value.clone()));
                continue;
            }
            let names = columns.iter().map(String::as_str);
            let message = format!("{usage} has no column `{}`", each.column.value);
            self.faults.push(
                Fault::new(Detail::StatementMismatch, each.column.span, message)
                    .under(codes::UNKNOWN_COLUMN)
                    .candidates(crate::names::nearest(names, &each.column.value, 3))
                    .note(format!("its columns are {}", columns.join(", "))),
            );
        }
        chosen
    }
}

/// All that a statement returns.
struct Whole<'i> {
    projection: Projection,
    names: Vec<String>,
    kept: &'i [String],
}

impl Whole<'_> {
    fn items(&self, span: Span) -> Vec<ProjectionItem> {
        self.names.iter().map(|name| variable_item(name, span)).collect()
    }

    fn in_line(mut self, mut clauses: Vec<Clause>, statement: &Statement, place: Place<'_>, span: Span) -> Vec<Clause> {
        let page = &statement.page;
        let last = self.items(span);
        if place.is_last && statement.filter.is_none() && is_empty(page) {
            clauses.push(Clause { span, kind: ClauseKind::Return(self.projection) });
            return clauses;
        }
        if !place.is_last {
            self.projection.items.splice(0..0, self.kept.iter().map(|name| variable_item(name, span)));
        }
        self.projection.filter.clone_from(&statement.filter);
        clauses.push(Clause { span, kind: ClauseKind::With(self.projection) });
        clauses.extend(end(page, last, place.is_last, span));
        clauses
    }

    fn in_call(
        mut self,
        mut clauses: Vec<Clause>,
        imports: &[String],
        statement: &Statement,
        place: Place<'_>,
        span: Span,
    ) -> Vec<Clause> {
        let last = self.items(span);
        self.projection.items.splice(0..0, self.kept.iter().map(|name| variable_item(name, span)));
        clauses.push(Clause { span, kind: ClauseKind::Return(self.projection) });
        let mut placed = vec![subquery(clauses, imports, statement.optional, span)];
        if let Some(filter) = &statement.filter {
            let everything = Projection { star: true, filter: Some(filter.clone()), ..plain(Vec::new()) };
            placed.push(Clause { span, kind: ClauseKind::With(everything) });
        }
        placed.extend(end(&statement.page, last, place.is_last, span));
        placed
    }
}

/// `CALL (imports) { clauses }`.
pub(super) fn subquery(clauses: Vec<Clause>, imports: &[String], optional: bool, span: Span) -> Clause {
    let first = Part { span, clauses };
    let query = Query { span, mode: Mode::Run, first, unions: Vec::new(), export: None };
    let imports = Some(imports.iter().map(|name| ident(name, span)).collect());
    let call = Subquery { optional, imports, import_all: false, query: Box::new(query) };
    Clause { span, kind: ClauseKind::Subquery(call) }
}

/// The statement's own order and page, and the RETURN if nothing comes behind.
fn end(page: &OrderAndPage, last: Vec<ProjectionItem>, is_last: bool, span: Span) -> Option<Clause> {
    if is_last {
        let returned = Projection { page: page.clone(), ..plain(last) };
        return Some(Clause { span, kind: ClauseKind::Return(returned) });
    }
    let everything = Projection { star: true, page: page.clone(), ..plain(Vec::new()) };
    (!is_empty(page)).then_some(Clause { span, kind: ClauseKind::With(everything) })
}

fn is_empty(page: &OrderAndPage) -> bool {
    page.order.is_empty() && page.skip.is_none() && page.limit.is_none()
}

/// These items and nothing else.
pub(super) fn plain(items: Vec<ProjectionItem>) -> Projection {
    Projection { distinct: false, star: false, items, page: OrderAndPage::default(), filter: None }
}

/// Keeps the chosen items under their new names, in the projection and in its order.
fn select(returned: &mut Projection, chosen: &[(usize, String)]) {
    let mut order = std::mem::take(&mut returned.page.order);
    let mut computed = Computed { items: &returned.items, chosen };
    order.iter_mut().for_each(|key| rewrite::expr(&mut key.expr, &mut computed));
    returned.page.order = order;
    let named = chosen.iter().filter_map(|(at, name)| {
        let item = returned.items.get(*at)?;
        let is_itself = matches!(&item.expr.kind, ExprKind::Variable(variable) if variable == name);
        let alias = (!is_itself).then(|| ident(name, item.expr.span));
        let text = if is_itself { name.clone() } else { String::new() };
        Some(ProjectionItem { expr: item.expr.clone(), alias, text })
    });
    returned.items = named.collect();
}

/// Puts new names in the place of columns, and what a column is computed from where YIELD leaves it out.
struct Computed<'i> {
    items: &'i [ProjectionItem],
    chosen: &'i [(usize, String)],
}

impl Rewriter for Computed<'_> {
    fn expr(&mut self, expr: &mut Expr) {
        let ExprKind::Variable(name) = &mut expr.kind else { return };
        let Some(at) = self.items.iter().position(|item| column_name(item) == name) else { return };
        match self.chosen.iter().find(|(chosen, _)| *chosen == at) {
            Some((_, chosen)) => name.clone_from(chosen),
            None => *expr = self.items[at].expr.clone(),
        }
    }
}

/// The name that an item of an expansion gives to its column.
pub(super) fn column_name(item: &ProjectionItem) -> &str {
    match (&item.alias, &item.expr.kind) {
        (Some(alias), _) => &alias.value,
        (None, ExprKind::Variable(name)) => name,
        (None, _) => &item.text,
    }
}
