//! WITH, RETURN, and order and page wherever they stand.

use super::super::ast::{OrderAndPage, Projection, ProjectionItem, SortItem};
use super::super::grammar::Rule;
use super::{Builder, Pair, has};

impl<'t> Builder<'t> {
    /// The body of WITH and RETURN.
    pub(super) fn projection(&mut self, pair: Pair<'t>) -> Projection {
        let mut found =
            Projection { distinct: false, star: false, items: Vec::new(), page: OrderAndPage::default(), filter: None };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::distinct => found.distinct = true,
                Rule::star => found.star = true,
                Rule::projection_item => found.items.push(self.projection_item(inner)),
                Rule::filter => found.filter = Some(self.inner_expression(inner)),
                _ => self.page_part(&mut found.page, inner),
            }
        }
        found
    }

    fn projection_item(&mut self, pair: Pair<'t>) -> ProjectionItem {
        let mut inner = pair.into_inner();
        let expr = self.expression(inner.next().expect("an item has an expression"));
        let alias = inner.find(|part| part.as_rule() == Rule::name).map(|name| self.name(&name));
        let text = if alias.is_none() { expr.span.of(self.text).to_owned() } else { String::new() };
        ProjectionItem { expr, alias, text }
    }

    /// Takes up ORDER BY, SKIP or LIMIT; anything else (a keyword) says nothing.
    pub(super) fn page_part(&mut self, page: &mut OrderAndPage, pair: Pair<'t>) {
        match pair.as_rule() {
            Rule::order => {
                let items = pair.into_inner().filter(|item| item.as_rule() == Rule::sort_item);
                page.order = items.map(|item| self.sort_item(item)).collect();
            }
            Rule::skip => page.skip = Some(self.inner_expression(pair)),
            Rule::limit => page.limit = Some(self.inner_expression(pair)),
            _ => {}
        }
    }

    fn sort_item(&mut self, pair: Pair<'t>) -> SortItem {
        let descending = has(&pair, Rule::descending);
        SortItem { expr: self.inner_expression(pair), descending }
    }
}
