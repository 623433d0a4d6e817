//! Statements, modifiers and times.

use super::super::ast::{
    ExprKind, Modifier, ModifierKind, Statement, StatementItem, StatementItemKind, TimePoint, TimeSpan,
};
use super::clauses::{page, yields};
use super::patterns::{label_expr, node};
use super::{Exprs, bare, ident, maybe, name, spanned, text};
use crate::source::Span;
use proptest::collection::vec;
use proptest::prelude::*;

pub(super) fn statement(sub: &Exprs) -> BoxedStrategy<Statement> {
    let first = prop::sample::select(vec!["allies", "RIVALS", "lineage", "who", "союзники"]);
    let first = first.prop_map(|word| item(StatementItemKind::Word(word.to_owned())));
    (any::<bool>(), first, items(sub), modifiers(sub), prop::option::of(yields()), maybe(sub), page(sub))
        .prop_map(|(optional, first, mut items, modifiers, yields, filter, page)| {
            items.insert(0, first);
            Statement { optional, items, modifiers, yields, filter: filter.map(|filter| *filter), page }
        })
        .boxed()
}

fn item(kind: StatementItemKind) -> StatementItem {
    StatementItem { span: Span::default(), kind }
}

/// Bare words, among them such as are keywords elsewhere.
fn word() -> BoxedStrategy<StatementItemKind> {
    let words = vec![
        "MUJAO",
        "al-Mourabitoun",
        "Jama'at",
        "wa’l",
        "of",
        "and",
        "in",
        "2012-07",
        "جماعة",
        "as",
        "2nd",
        "St.Louis",
    ];
    prop::sample::select(words).prop_map(|word| StatementItemKind::Word(word.to_owned())).boxed()
}

/// "as of" would be a modifier.
#[expect(clippy::ptr_arg, reason = "a filter of proptest hands out what its strategy makes")]
fn has_no_as_of(items: &Vec<StatementItem>) -> bool {
    let is = |item: &StatementItem, word: &str| item.kind == StatementItemKind::Word(word.to_owned());
    !items.windows(2).any(|pair| is(&pair[0], "as") && is(&pair[1], "of"))
}

/// What stands behind the first word of a statement.
fn items(sub: &Exprs) -> BoxedStrategy<Vec<StatementItem>> {
    use StatementItemKind as K;
    let kind = prop_oneof![
        6 => word(),
        1 => text().prop_map(K::Quoted),
        1 => text().prop_map(K::Fuzzy),
        1 => name().prop_map(K::Parameter),
        1 => node(sub).prop_map(|node| K::Node(Box::new(node))),
        1 => Just(K::Comma),
    ];
    vec(kind.prop_map(item), 0..5).prop_filter("a modifier", has_no_as_of).boxed()
}

/// Names with commas between: each is quoted, a parameter, or some bare words.
fn named_list() -> BoxedStrategy<Vec<StatementItem>> {
    use StatementItemKind as K;
    let bare = vec(word().prop_map(item), 1..4).prop_filter("a modifier", has_no_as_of);
    let single = prop_oneof![text().prop_map(K::Quoted), text().prop_map(K::Fuzzy), name().prop_map(K::Parameter)];
    let named = prop_oneof![1 => bare, 1 => single.prop_map(|kind| vec![item(kind)])];
    vec(named, 1..4).prop_map(|names| names.join(&item(K::Comma))).boxed()
}

pub(super) fn modifiers(sub: &Exprs) -> BoxedStrategy<Vec<Modifier>> {
    let point = time_point(sub);
    let span = time_span(sub);
    let grade = "[A-F][1-6]";
    let kind = prop_oneof![
        point.clone().prop_map(ModifierKind::AsOf),
        point.prop_map(ModifierKind::KnownBy),
        span.clone().prop_map(ModifierKind::During),
        span.prop_map(ModifierKind::Throughout),
        Just(ModifierKind::Certainly),
        (prop::option::of(0..3u64), 3..9u64).prop_map(|(min, max)| ModifierKind::Within { min, max }),
        label_expr().prop_map(ModifierKind::Via),
        named_list().prop_map(ModifierKind::Through),
        named_list().prop_map(ModifierKind::Avoiding),
        named_list().prop_map(ModifierKind::AccordingTo),
        named_list().prop_map(ModifierKind::WithoutSource),
        grade.prop_map(ModifierKind::Rated),
        vec(ident(), 1..3).prop_map(ModifierKind::Worded),
    ];
    let modifier = kind.prop_map(|kind| Modifier { span: Span::default(), kind });
    prop_oneof![3 => Just(Vec::new()), 1 => vec(modifier, 1..3)].boxed()
}

fn time_point(sub: &Exprs) -> BoxedStrategy<TimePoint> {
    let literals = vec!["2012", "2012-07", "199X", "2012~", "[2012..2013]", "2017-03-02", "-0044", "late 2021", ""];
    let compound =
        sub.clone().prop_filter("one that needs parentheses", |expr| !matches!(expr.kind, ExprKind::Parameter(_)));
    prop_oneof![
        4 => prop::sample::select(literals).prop_map(|text| TimePoint::Literal(spanned(text.to_owned()))),
        1 => Just(TimePoint::Today(Span::default())),
        1 => name().prop_map(|name| TimePoint::Expr(Box::new(bare(ExprKind::Parameter(name))))),
        1 => compound.prop_map(|expr| TimePoint::Expr(Box::new(expr))),
    ]
    .boxed()
}

fn time_span(sub: &Exprs) -> BoxedStrategy<TimeSpan> {
    let point = time_point(sub);
    prop_oneof![
        point.clone().prop_map(TimeSpan::Point),
        point.clone().prop_map(|from| TimeSpan::Between(Some(from), None)),
        point.clone().prop_map(|to| TimeSpan::Between(None, Some(to))),
        (point.clone(), point).prop_map(|(from, to)| TimeSpan::Between(Some(from), Some(to))),
    ]
    .boxed()
}
