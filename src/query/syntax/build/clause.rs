//! Queries, parts and the clauses that read.

use super::super::ast::{
    Call, Clause, ClauseKind, Export, Expr, Ident, Mode, OrderAndPage, Part, Query, Subquery, Union, YieldItem,
};
use super::super::errors::SyntaxErrorKind;
use super::super::grammar::Rule;
use super::{Builder, Pair, has};
use crate::source::Spanned;

impl<'t> Builder<'t> {
    /// A whole query, with its mode and export.
    pub(super) fn query(&mut self, pair: Pair<'t>) -> Query {
        let span = self.span(&pair);
        let (mut mode, mut export, mut join) = (Mode::Run, None, Union::Distinct);
        let (mut first, mut unions) = (None, Vec::new());
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::mode if has(&inner, Rule::kw_portable) => mode = Mode::ExplainPortable,
                Rule::mode if has(&inner, Rule::kw_explain) => mode = Mode::Explain,
                Rule::mode => mode = Mode::Profile,
                Rule::union if has(&inner, Rule::kw_all) => join = Union::All,
                Rule::union => join = Union::Distinct,
                Rule::export => export = Some(self.export(inner)),
                _ => {
                    let part = self.part(inner);
                    match first {
                        None => first = Some(part),
                        Some(_) => unions.push((join, part)),
                    }
                }
            }
        }
        Query { span, mode, first: first.expect("a query has a part"), unions, export }
    }

    /// A query within braces: no mode, no export.
    pub(super) fn nested_query(&mut self, pair: Pair<'t>) -> Query {
        self.query(pair)
    }

    fn export(&mut self, pair: Pair<'t>) -> Export {
        let mut inner = pair.into_inner().filter(|part| matches!(part.as_rule(), Rule::name | Rule::string));
        let format = self.name(&inner.next().expect("EXPORT has a format"));
        Export { format, file: inner.next().map(|file| self.string(&file)) }
    }

    fn part(&mut self, pair: Pair<'t>) -> Part {
        let span = self.span(&pair);
        let mut clauses: Vec<Clause> = Vec::new();
        for inner in pair.into_inner() {
            let clause = self.clause(inner);
            if let Some(before) = clauses.last() {
                self.check_after_return(before, &clause);
            }
            clauses.push(clause);
        }
        Part { span, clauses }
    }

    /// What follows RETURN is no clause but a slip within it; the other orders of clauses are the binder's business.
    fn check_after_return(&mut self, before: &Clause, after: &Clause) {
        let ClauseKind::Return(returned) = &before.kind else { return };
        let (message, hint) = match &after.kind {
            ClauseKind::Statement(_) => (
                format!("RETURN ends the query, and `{}` stands behind it", first_word(after.span.of(self.text))),
                "write a comma between the items, AS before a new name, or `;` between two queries",
            ),
            ClauseKind::OrderAndPage(page) if !page.order.is_empty() && returned.page != OrderAndPage::default() => {
                ("ORDER BY stands too late".to_owned(), "the order is ORDER BY, SKIP, LIMIT")
            }
            ClauseKind::OrderAndPage(_) => ("SKIP stands too late".to_owned(), "the order is ORDER BY, SKIP, LIMIT"),
            _ => return,
        };
        self.fault(SyntaxErrorKind::Unexpected, after.span, message).hint = Some(hint.to_owned());
    }

    pub(super) fn clause(&mut self, pair: Pair<'t>) -> Clause {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::match_clause => ClauseKind::Match(self.match_body(pair.into_inner())),
            Rule::return_clause => ClauseKind::Return(self.projection(pair)),
            Rule::with_clause => ClauseKind::With(self.projection(pair)),
            Rule::unwind_clause | Rule::for_clause => self.unwind(pair),
            Rule::call_clause => ClauseKind::Call(self.call_clause(pair)),
            Rule::subquery_clause => ClauseKind::Subquery(self.subquery_clause(pair)),
            Rule::load_csv => self.load_csv(pair),
            Rule::let_clause => ClauseKind::Let(self.let_clause(pair)),
            Rule::filter_clause => ClauseKind::Filter(self.inner_expression(pair)),
            Rule::page_clause => {
                let mut page = OrderAndPage::default();
                pair.into_inner().for_each(|part| self.page_part(&mut page, part));
                ClauseKind::OrderAndPage(page)
            }
            Rule::statement => ClauseKind::Statement(self.statement(pair)),
            _ => self.update_clause(pair),
        };
        Clause { span, kind }
    }

    fn unwind(&mut self, pair: Pair<'t>) -> ClauseKind {
        let (mut list, mut alias) = (None, None);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::expression => list = Some(self.expression(inner)),
                Rule::name | Rule::variable => alias = Some(self.name(&inner)),
                _ => {}
            }
        }
        ClauseKind::Unwind { list: list.expect("UNWIND has a list"), alias: alias.expect("UNWIND has a variable") }
    }

    fn let_clause(&mut self, pair: Pair<'t>) -> Vec<(Ident, Expr)> {
        let items = pair.into_inner().filter(|item| item.as_rule() == Rule::let_item);
        items
            .map(|item| {
                let mut inner = item.into_inner();
                let name = self.name(&inner.next().expect("LET has a variable"));
                (name, self.expression(inner.next().expect("LET has a value")))
            })
            .collect()
    }

    fn load_csv(&mut self, pair: Pair<'t>) -> ClauseKind {
        let headers = has(&pair, Rule::kw_headers);
        let (mut file, mut alias, mut separator) = (None, None, None);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::expression => file = Some(self.expression(inner)),
                Rule::name => alias = Some(self.name(&inner)),
                Rule::string => separator = Some(self.string(&inner)),
                _ => {}
            }
        }
        let (file, alias) = (file.expect("LOAD CSV has a file"), alias.expect("LOAD CSV has a variable"));
        ClauseKind::LoadCsv { headers, file, alias, separator }
    }

    // ---- calls ----

    fn call_clause(&mut self, pair: Pair<'t>) -> Call {
        let mut call = Call {
            optional: has(&pair, Rule::kw_optional),
            name: Spanned::new(String::new(), self.span(&pair)),
            args: None,
            yield_star: false,
            yields: None,
            filter: None,
        };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::procedure => {
                    let span = self.span(&inner);
                    let parts: Vec<String> = inner.into_inner().map(|part| self.name(&part).value).collect();
                    call.name = Spanned::new(parts.join("."), span);
                }
                Rule::call => call.args = Some(self.procedure_arguments(inner)),
                Rule::yields => (call.yield_star, call.yields) = self.yields(inner),
                Rule::filter => call.filter = Some(self.inner_expression(inner)),
                _ => {}
            }
        }
        call
    }

    fn procedure_arguments(&mut self, pair: Pair<'t>) -> Vec<Expr> {
        let place = self.span(&pair);
        let mut arguments = Vec::new();
        for inner in pair.into_inner() {
            if inner.as_rule() == Rule::expression {
                arguments.push(self.expression(inner));
            } else {
                self.fault(SyntaxErrorKind::Unexpected, place, "a procedure takes expressions only");
            }
        }
        arguments
    }

    /// Whether `*` is yielded, and the columns else.
    pub(super) fn yields(&mut self, pair: Pair<'t>) -> (bool, Option<Vec<YieldItem>>) {
        if has(&pair, Rule::star) {
            return (true, None);
        }
        let items = pair.into_inner().filter(|item| item.as_rule() == Rule::yield_item);
        (false, Some(items.map(|item| self.yield_item(item)).collect()))
    }

    fn yield_item(&mut self, pair: Pair<'t>) -> YieldItem {
        let mut names = pair.into_inner().filter(|part| part.as_rule() == Rule::name);
        let column = self.name(&names.next().expect("YIELD has a column"));
        YieldItem { column, alias: names.next().map(|alias| self.name(&alias)) }
    }

    fn subquery_clause(&mut self, pair: Pair<'t>) -> Subquery {
        let optional = has(&pair, Rule::kw_optional);
        let (mut imports, mut import_all, mut query) = (None, false, None);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::imports if has(&inner, Rule::star) => import_all = true,
                Rule::imports => imports = Some(inner.into_inner().map(|name| self.name(&name)).collect()),
                Rule::nested_query => query = Some(Box::new(self.nested_query(inner))),
                _ => {}
            }
        }
        Subquery { optional, imports, import_all, query: query.expect("CALL { } holds a query") }
    }
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or(text)
}
