//! Scripts, queries and clauses.

use super::super::ast::{
    Call, Clause, ClauseKind, Expr, Match, Mode, OrderAndPage, Part, Projection, ProjectionItem, Query, RemoveItem,
    Script, SetItem, Statement, Subquery, Union, YieldItem,
};
use super::super::parse::parse_expression;
use super::super::spans::without_spans;
use super::Printer;

impl Printer {
    pub(super) fn script(&mut self, script: &Script) {
        self.separated(&script.queries, ";\n", Self::query);
    }

    pub(super) fn query(&mut self, query: &Query) {
        self.text(match query.mode {
            Mode::Run => "",
            Mode::Explain => "EXPLAIN ",
            Mode::ExplainPortable => "EXPLAIN PORTABLE ",
            Mode::Profile => "PROFILE ",
        });
        self.part(&query.first);
        for (union, part) in &query.unions {
            self.next_clause();
            self.text(if *union == Union::All { "UNION ALL" } else { "UNION" });
            self.next_clause();
            self.part(part);
        }
        if let Some(export) = &query.export {
            self.next_clause();
            self.text("EXPORT ");
            self.name(&export.format.value);
            if let Some(file) = &export.file {
                self.text(" TO ");
                self.string(&file.value);
            }
        }
    }

    /// A query within braces.
    pub(super) fn nested_query(&mut self, query: &Query) {
        let lines = std::mem::replace(&mut self.lines, false);
        self.query(query);
        self.lines = lines;
    }

    fn next_clause(&mut self) {
        self.text(if self.lines { "\n" } else { " " });
    }

    fn part(&mut self, part: &Part) {
        for (at, clause) in part.clauses.iter().enumerate() {
            if at > 0 {
                self.next_clause();
            }
            self.clause(clause);
            if let (ClauseKind::Statement(statement), Some(ClauseKind::Statement(_))) =
                (&clause.kind, part.clauses.get(at + 1).map(|next| &next.kind))
            {
                self.end_of(statement);
            }
        }
    }

    /// The words of a statement run on to the first word that ends them.
    fn end_of(&mut self, statement: &Statement) {
        if statement.yields.is_none() && statement.filter.is_none() && statement.page == OrderAndPage::default() {
            self.text(" YIELD *");
        }
    }

    pub(super) fn clause(&mut self, clause: &Clause) {
        match &clause.kind {
            ClauseKind::Match(found) => {
                self.text(if found.optional { "OPTIONAL MATCH " } else { "MATCH " });
                self.text(if found.repeatable { "REPEATABLE ELEMENTS " } else { "" });
                self.match_body(found);
            }
            ClauseKind::Unwind { list, alias } => self.bound("UNWIND ", list, &alias.value),
            ClauseKind::With(projection) => self.projection("WITH ", projection),
            ClauseKind::Return(projection) => self.projection("RETURN ", projection),
            ClauseKind::Let(items) => {
                self.text("LET ");
                self.separated(items, ", ", |p, (name, value)| {
                    p.variable(&name.value);
                    p.text(" = ");
                    p.expr(value);
                });
            }
            ClauseKind::Filter(filter) => {
                self.text("FILTER ");
                self.expr(filter);
            }
            ClauseKind::OrderAndPage(page) => {
                let start = self.out.len();
                self.page(page);
                self.out.remove(start);
            }
            ClauseKind::Call(call) => self.call(call),
            ClauseKind::Subquery(subquery) => self.subquery(subquery),
            ClauseKind::LoadCsv { headers, file, alias, separator } => {
                self.bound(if *headers { "LOAD CSV WITH HEADERS FROM " } else { "LOAD CSV FROM " }, file, &alias.value);
                if let Some(separator) = separator {
                    self.text(" FIELDTERMINATOR ");
                    self.string(&separator.value);
                }
            }
            ClauseKind::Statement(statement) => self.statement(statement),
            update => self.update(update),
        }
    }

    /// `UNWIND list AS x` and the like.
    fn bound(&mut self, keyword: &str, value: &Expr, alias: &str) {
        self.text(keyword);
        self.expr(value);
        self.text(" AS ");
        self.name(alias);
    }

    pub(super) fn match_body(&mut self, found: &Match) {
        self.separated(&found.patterns, ", ", Self::path_pattern);
        self.modifiers(&found.modifiers);
        self.filter(found.filter.as_ref());
    }

    // ---- projections ----

    fn projection(&mut self, keyword: &str, projection: &Projection) {
        self.text(keyword);
        self.text(if projection.distinct { "DISTINCT " } else { "" });
        if projection.star {
            self.text(if projection.items.is_empty() { "*" } else { "*, " });
        }
        self.separated(&projection.items, ", ", Self::projection_item);
        self.page(&projection.page);
        self.filter(projection.filter.as_ref());
    }

    /// The text of an item without alias names its column, so it stays as it was written. Where the expression is
    /// no longer what that text says, the name is given by AS.
    fn projection_item(&mut self, item: &ProjectionItem) {
        match &item.alias {
            None if !item.text.is_empty() && says(&item.text, &item.expr) && !self.all_parentheses => {
                self.text(&item.text);
            }
            None => {
                self.expr(&item.expr);
                if !item.text.is_empty() && !says(&item.text, &item.expr) {
                    self.text(" AS ");
                    self.name(&item.text);
                }
            }
            Some(alias) => {
                self.expr(&item.expr);
                self.text(" AS ");
                self.name(&alias.value);
            }
        }
    }

    pub(super) fn page(&mut self, page: &OrderAndPage) {
        if !page.order.is_empty() {
            self.text(" ORDER BY ");
            self.separated(&page.order, ", ", |p, item| {
                p.expr(&item.expr);
                p.text(if item.descending { " DESC" } else { "" });
            });
        }
        if let Some(skip) = &page.skip {
            self.text(" SKIP ");
            self.expr(skip);
        }
        if let Some(limit) = &page.limit {
            self.text(" LIMIT ");
            self.expr(limit);
        }
    }

    // ---- calls ----

    fn call(&mut self, call: &Call) {
        self.text(if call.optional { "OPTIONAL CALL " } else { "CALL " });
        self.separated(&call.name.value.split('.').collect::<Vec<_>>(), ".", |p, part| p.name(part));
        if let Some(args) = &call.args {
            self.text("(");
            self.separated(args, ", ", Self::expr);
            self.text(")");
        }
        if call.yield_star {
            self.text(" YIELD *");
        }
        self.yields(call.yields.as_deref());
        self.filter(call.filter.as_ref());
    }

    pub(super) fn yields(&mut self, yields: Option<&[YieldItem]>) {
        let Some(items) = yields else { return };
        self.text(if items.is_empty() { " YIELD -" } else { " YIELD " });
        self.separated(items, ", ", |p, item| {
            p.name(&item.column.value);
            if let Some(alias) = &item.alias {
                p.text(" AS ");
                p.name(&alias.value);
            }
        });
    }

    fn subquery(&mut self, subquery: &Subquery) {
        self.text(if subquery.optional { "OPTIONAL CALL " } else { "CALL " });
        match &subquery.imports {
            _ if subquery.import_all => self.text("(*) "),
            Some(imports) => {
                self.text("(");
                self.separated(imports, ", ", |p, name| p.variable(&name.value));
                self.text(") ");
            }
            None => {}
        }
        self.text("{ ");
        self.nested_query(&subquery.query);
        self.text(" }");
    }

    // ---- updates ----

    fn update(&mut self, update: &ClauseKind) {
        match update {
            ClauseKind::Create(patterns) => {
                self.text("CREATE ");
                self.separated(patterns, ", ", Self::path_pattern);
            }
            ClauseKind::Merge { pattern, on_create, on_match } => {
                self.text("MERGE ");
                self.path_pattern(pattern);
                for (keyword, items) in [(" ON CREATE SET ", on_create), (" ON MATCH SET ", on_match)] {
                    if !items.is_empty() {
                        self.text(keyword);
                        self.separated(items, ", ", Self::set_item);
                    }
                }
            }
            ClauseKind::Set(items) => {
                self.text("SET ");
                self.separated(items, ", ", Self::set_item);
            }
            ClauseKind::Remove(items) => {
                self.text("REMOVE ");
                self.separated(items, ", ", |p, item| match item {
                    RemoveItem::Property(target) => p.expr(target),
                    RemoveItem::Labels { target, labels } => p.set_labels(&target.value, labels),
                });
            }
            ClauseKind::Delete { detach, targets } => {
                self.text(if *detach { "DETACH DELETE " } else { "DELETE " });
                self.separated(targets, ", ", Self::expr);
            }
            ClauseKind::Foreach { variable, list, body } => {
                self.text("FOREACH (");
                self.variable(&variable.value);
                self.text(" IN ");
                self.expr(list);
                self.text(" | ");
                self.separated(body, " ", Self::clause);
                self.text(")");
            }
            other => unreachable!("{other:?} is printed by the caller"),
        }
    }

    fn set_item(&mut self, item: &SetItem) {
        match item {
            SetItem::Property { target, value } => {
                self.expr(target);
                self.text(" = ");
                self.expr(value);
            }
            SetItem::Replace { target, value } => {
                self.variable(&target.value);
                self.text(" = ");
                self.expr(value);
            }
            SetItem::Merge { target, value } => {
                self.variable(&target.value);
                self.text(" += ");
                self.expr(value);
            }
            SetItem::Labels { target, labels } => self.set_labels(&target.value, labels),
        }
    }

    fn set_labels(&mut self, target: &str, labels: &[super::super::ast::Ident]) {
        self.variable(target);
        for label in labels {
            self.text(":");
            self.name(&label.value);
        }
    }
}

/// Whether a text is that of an expression.
fn says(text: &str, expr: &Expr) -> bool {
    parse_expression(text).is_ok_and(|parsed| without_spans(parsed) == without_spans(expr.clone()))
}
