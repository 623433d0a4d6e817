//! Clauses, queries, scripts.

use super::super::ast::{
    Call, Clause, ClauseKind, Export, Expr, ExprKind, Mode, OrderAndPage, Part, Projection, ProjectionItem, Query,
    RemoveItem, Script, SetItem, SortItem, Subquery, Union, YieldItem,
};
use super::patterns::{match_body, path_pattern};
use super::statements::statement;
use super::{Exprs, bare, expr, ident, maybe, spanned, text};
use crate::source::Span;
use proptest::collection::vec;
use proptest::prelude::*;

/// Scripts of one to three queries.
pub(crate) fn script() -> BoxedStrategy<Script> {
    vec(query(), 1..3).prop_map(|queries| Script { queries }).boxed()
}

/// Queries with mode and export.
pub(crate) fn query() -> BoxedStrategy<Query> {
    let modes = vec![Mode::Run, Mode::Explain, Mode::ExplainPortable, Mode::Profile];
    let file = prop::option::of(text().prop_map(spanned));
    let export = prop::option::weighted(0.2, (ident(), file).prop_map(|(format, file)| Export { format, file }));
    (prop::sample::select(modes), nested_query(&expr(2)), export)
        .prop_map(|(mode, query, export)| Query { mode, export, ..query })
        .boxed()
}

pub(super) fn nested_query(sub: &Exprs) -> BoxedStrategy<Query> {
    let union = prop::sample::select(vec![Union::Distinct, Union::All]);
    let unions = prop_oneof![4 => Just(Vec::new()), 1 => vec((union, part(sub)), 1..3)];
    (part(sub), unions)
        .prop_map(|(first, unions)| Query { span: Span::default(), mode: Mode::Run, first, unions, export: None })
        .boxed()
}

/// Clauses, of which the last is RETURN: so nothing that follows can be read as part of a statement.
fn part(sub: &Exprs) -> BoxedStrategy<Part> {
    (vec(clause(sub), 0..3), projection(sub))
        .prop_map(|(mut clauses, projection)| {
            let mut kept: Vec<ClauseKind> = Vec::new();
            clauses.push(ClauseKind::Return(Projection { filter: None, ..projection }));
            for clause in clauses {
                if kept.last().is_none_or(|before| may_follow(before, &clause)) {
                    kept.push(clause);
                }
            }
            let clauses = kept.into_iter().map(|kind| Clause { span: Span::default(), kind }).collect();
            Part { span: Span::default(), clauses }
        })
        .boxed()
}

/// Whether two clauses stay two when they are written one behind the other.
fn may_follow(before: &ClauseKind, after: &ClauseKind) -> bool {
    let closed = match before {
        ClauseKind::Unwind { .. } | ClauseKind::Filter(_) | ClauseKind::Let(_) | ClauseKind::Create(_) => true,
        ClauseKind::Match(found) => found.modifiers.is_empty() || found.filter.is_some(),
        _ => false,
    };
    closed || !matches!(after, ClauseKind::Statement(_) | ClauseKind::OrderAndPage(_))
}

fn clause(sub: &Exprs) -> BoxedStrategy<ClauseKind> {
    let bound = (sub.clone(), ident());
    let csv = (any::<bool>(), sub.clone(), ident(), prop::option::of(text().prop_map(spanned)));
    let some_page = page(sub).prop_filter("a page", |page| *page != OrderAndPage::default());
    prop_oneof![
        4 => match_body(sub).prop_map(ClauseKind::Match),
        2 => projection(sub).prop_map(ClauseKind::With),
        1 => bound.prop_map(|(list, alias)| ClauseKind::Unwind { list, alias }),
        1 => vec((ident(), sub.clone()), 1..3).prop_map(ClauseKind::Let),
        1 => sub.clone().prop_map(ClauseKind::Filter),
        1 => some_page.prop_map(ClauseKind::OrderAndPage),
        1 => call(sub).prop_map(ClauseKind::Call),
        1 => subquery(sub).prop_map(ClauseKind::Subquery),
        1 => csv.prop_map(|(headers, file, alias, separator)| ClauseKind::LoadCsv { headers, file, alias, separator }),
        3 => statement(sub).prop_map(ClauseKind::Statement),
        3 => update(sub, 1),
    ]
    .boxed()
}

// ---- projections ----

fn projection(sub: &Exprs) -> BoxedStrategy<Projection> {
    let item = (sub.clone(), prop::option::of(ident())).prop_map(|(expr, alias)| {
        let text = if alias.is_none() { expr.to_string() } else { String::new() };
        ProjectionItem { expr, alias, text }
    });
    (any::<bool>(), any::<bool>(), vec(item, 1..3), page(sub), maybe(sub))
        .prop_map(|(distinct, star, items, page, filter)| Projection {
            distinct,
            star,
            items,
            page,
            filter: filter.map(|filter| *filter),
        })
        .boxed()
}

pub(super) fn page(sub: &Exprs) -> BoxedStrategy<OrderAndPage> {
    let key = (sub.clone(), any::<bool>()).prop_map(|(expr, descending)| SortItem { expr, descending });
    let bound = || prop::option::weighted(0.2, sub.clone());
    let order = prop_oneof![3 => Just(Vec::new()), 1 => vec(key, 1..3)];
    (order, bound(), bound()).prop_map(|(order, skip, limit)| OrderAndPage { order, skip, limit }).boxed()
}

// ---- calls ----

pub(super) fn yields() -> BoxedStrategy<Vec<YieldItem>> {
    let item = (ident(), prop::option::of(ident())).prop_map(|(column, alias)| YieldItem { column, alias });
    vec(item, 0..3).boxed()
}

fn call(sub: &Exprs) -> BoxedStrategy<Call> {
    let name = prop::sample::select(vec!["db.labels", "f", "a.match.c"]).prop_map(|name| spanned(name.to_owned()));
    let yielded = prop_oneof![Just((true, None)), prop::option::of(yields()).prop_map(|yields| (false, yields))];
    (any::<bool>(), name, prop::option::of(vec(sub.clone(), 0..3)), yielded, maybe(sub))
        .prop_map(|(optional, name, args, (yield_star, yields), filter)| {
            let filter = filter.map(|filter| *filter).filter(|_| yield_star || yields.is_some());
            Call { optional, name, args, yield_star, yields, filter }
        })
        .boxed()
}

fn subquery(sub: &Exprs) -> BoxedStrategy<Subquery> {
    let query = (match_body(sub), projection(sub)).prop_map(|(found, projection)| {
        let returned = ClauseKind::Return(Projection { filter: None, ..projection });
        let clauses = [ClauseKind::Match(found), returned].map(|kind| Clause { span: Span::default(), kind });
        let first = Part { span: Span::default(), clauses: clauses.to_vec() };
        Query { span: Span::default(), mode: Mode::Run, first, unions: Vec::new(), export: None }
    });
    (any::<bool>(), prop::option::of(vec(ident(), 0..3)), any::<bool>(), query)
        .prop_map(|(optional, imports, all, query)| {
            let import_all = all && imports.is_none();
            Subquery { optional, imports, import_all, query: Box::new(query) }
        })
        .boxed()
}

// ---- updates ----

fn update(sub: &Exprs, depth: u32) -> BoxedStrategy<ClauseKind> {
    let items = vec(set_item(sub), 1..3);
    let merge = (path_pattern(sub), prop::option::of(items.clone()), prop::option::of(items.clone()));
    let plain = prop_oneof![
        vec(path_pattern(sub), 1..3).prop_map(ClauseKind::Create),
        merge.prop_map(|(pattern, on_create, on_match)| ClauseKind::Merge {
            pattern,
            on_create: on_create.unwrap_or_default(),
            on_match: on_match.unwrap_or_default(),
        }),
        items.prop_map(ClauseKind::Set),
        vec(remove_item(), 1..3).prop_map(ClauseKind::Remove),
        (any::<bool>(), vec(sub.clone(), 1..3)).prop_map(|(detach, targets)| ClauseKind::Delete { detach, targets }),
    ];
    if depth == 0 {
        return plain.boxed();
    }
    let body = update(sub, depth - 1).prop_map(|kind| Clause { span: Span::default(), kind });
    let foreach = (ident(), sub.clone(), vec(body, 1..3)).prop_map(|(variable, list, body)| ClauseKind::Foreach {
        variable,
        list,
        body,
    });
    prop_oneof![5 => plain, 1 => foreach].boxed()
}

fn property() -> BoxedStrategy<Expr> {
    let base = ident().prop_map(|name| bare(ExprKind::Variable(name.value)));
    (base, vec(ident(), 1..3))
        .prop_map(|(base, keys)| keys.into_iter().fold(base, |base, key| bare(ExprKind::Property(Box::new(base), key))))
        .boxed()
}

fn set_item(sub: &Exprs) -> BoxedStrategy<SetItem> {
    prop_oneof![
        (property(), sub.clone()).prop_map(|(target, value)| SetItem::Property { target, value }),
        (ident(), sub.clone()).prop_map(|(target, value)| SetItem::Replace { target, value }),
        (ident(), sub.clone()).prop_map(|(target, value)| SetItem::Merge { target, value }),
        (ident(), vec(ident(), 1..3)).prop_map(|(target, labels)| SetItem::Labels { target, labels }),
    ]
    .boxed()
}

fn remove_item() -> BoxedStrategy<RemoveItem> {
    prop_oneof![
        property().prop_map(RemoveItem::Property),
        (ident(), vec(ident(), 1..3)).prop_map(|(target, labels)| RemoveItem::Labels { target, labels }),
    ]
    .boxed()
}
