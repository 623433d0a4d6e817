//! Statements inside expressions: `EXISTS { allies of g }`, `COUNT { … }`, `COLLECT { … }`, wherever they stand.

use super::{Expander, enter_scope};
use crate::query::statements::Definition;
use crate::query::syntax::ast::{Clause, Expr, ExprKind, Ident, Query, Statement, SubqueryBody};
use crate::query::syntax::rewrite::{self, Rewriter};

/// Expands the subqueries of expressions on the way through a clause.
struct Inside<'e, 'g> {
    expander: &'e mut Expander<'g>,
    /// All that a subquery may see: outer variables, and those of comprehensions met so far.
    scope: Vec<String>,
}

impl Rewriter for Inside<'_, '_> {
    fn variable(&mut self, variable: &mut Ident) {
        self.scope.push(variable.value.clone());
    }

    fn expr(&mut self, expr: &mut Expr) {
        if let ExprKind::Subquery(_, body) = &mut expr.kind
            && let SubqueryBody::Query(query) = &mut **body
            && holds_statement(query)
        {
            *query = self.expander.query(query, &self.scope, false);
        }
    }
}

/// Whether a clause of a query, or of one in it, is a statement or a call.
fn holds_statement(query: &Query) -> bool {
    use crate::query::syntax::ast::ClauseKind::{Call, Statement, Subquery};
    let clauses = std::iter::once(&query.first).chain(query.unions.iter().map(|(_, part)| part));
    clauses.flat_map(|part| &part.clauses).any(|clause| match &clause.kind {
        Statement(_) | Call(_) => true,
        Subquery(call) => holds_statement(&call.query),
        _ => false,
    })
}

impl Expander<'_> {
    /// The clause with the subqueries of its expressions expanded.
    pub(super) fn within_expressions(&mut self, clause: &Clause, scope: &[String]) -> Clause {
        let mut clause = clause.clone();
        // What stands before the clause, and what stands behind it: a projection's WHERE sees both.
        let mut behind = scope.to_vec();
        enter_scope(&clause, &mut behind);
        let scope = scope.iter().cloned().chain(behind).collect();
        rewrite::clause(&mut clause, &mut Inside { expander: self, scope });
        clause
    }

    /// The statement with those of its WHERE, its order and its page.
    pub(super) fn within_statement(
        &mut self,
        statement: &Statement,
        definition: &Definition,
        scope: &[String],
    ) -> Statement {
        let mut statement = statement.clone();
        let columns: Vec<String> = match &statement.yields {
            Some(yields) => {
                yields.iter().map(|each| each.alias.as_ref().unwrap_or(&each.column).value.clone()).collect()
            }
            None => definition.columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
        };
        let mut inside = Inside { expander: self, scope: scope.iter().cloned().chain(columns).collect() };
        statement.filter.iter_mut().for_each(|filter| rewrite::expr(filter, &mut inside));
        statement.page.order.iter_mut().for_each(|key| rewrite::expr(&mut key.expr, &mut inside));
        statement
    }
}
