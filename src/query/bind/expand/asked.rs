//! What a statement's modifiers ask of time and sources, as the map that functions on evidence take.

use super::ident;
use crate::query::syntax::ast::{
    BinaryOp, Expr, ExprKind, Ident, Modifier, ModifierKind, StatementItem, StatementItemKind, TimePoint, TimeSpan,
};
use crate::source::Span;

/// The map of all modifiers that functions on evidence know; `None` if there are none.
pub(super) fn map(modifiers: &[Modifier], scope: &[String], span: Span) -> Option<Expr> {
    let entries: Vec<_> = modifiers.iter().filter_map(|modifier| entry(modifier, scope)).collect();
    (!entries.is_empty()).then_some(Expr { span, kind: ExprKind::Map(entries) })
}

fn entry(modifier: &Modifier, scope: &[String]) -> Option<(Ident, Expr)> {
    let span = modifier.span;
    let (key, value) = match &modifier.kind {
        ModifierKind::AsOf(point) => ("asOf", self::point(point)),
        ModifierKind::During(period) => ("during", self::period(period, span)),
        ModifierKind::Throughout(period) => ("throughout", self::period(period, span)),
        ModifierKind::KnownBy(point) => ("knownBy", self::point(point)),
        ModifierKind::AccordingTo(items) => ("accordingTo", voices(items, scope, span)),
        ModifierKind::WithoutSource(items) => ("withoutSource", voices(items, scope, span)),
        ModifierKind::Rated(grade) => ("rated", text(grade, span)),
        ModifierKind::Worded(words) => {
            let words = words.iter().map(|word| text(&word.value, word.span)).collect();
            ("worded", Expr { span, kind: ExprKind::List(words) })
        }
        ModifierKind::Certainly
        | ModifierKind::Within { .. }
        | ModifierKind::Via(_)
        | ModifierKind::Through(_)
        | ModifierKind::Avoiding(_) => return None,
    };
    Some((ident(key, span), value))
}

pub(super) fn text(text: &str, span: Span) -> Expr {
    Expr { span, kind: ExprKind::Text(text.to_owned()) }
}

pub(super) fn variable(name: &str, span: Span) -> Expr {
    Expr { span, kind: ExprKind::Variable(name.to_owned()) }
}

/// `name(arguments)`.
pub(super) fn call(name: &str, args: Vec<Expr>, span: Span) -> Expr {
    Expr { span, kind: ExprKind::Call { name: ident(name, span), distinct: false, args } }
}

fn point(point: &TimePoint) -> Expr {
    match point {
        TimePoint::Literal(literal) => text(&literal.value, literal.span),
        TimePoint::Today(span) => call("today", Vec::new(), *span),
        TimePoint::Expr(expr) => (**expr).clone(),
    }
}

fn period(period: &TimeSpan, span: Span) -> Expr {
    match period {
        TimeSpan::Point(point) => self::point(point),
        TimeSpan::Between(from, to) => {
            let side =
                |side: &Option<TimePoint>| side.as_ref().map_or(Expr { span, kind: ExprKind::Null }, self::point);
            Expr { span, kind: ExprKind::List(vec![side(from), side(to)]) }
        }
    }
}

/// One of the names of a modifier: ACCORDING TO, WITHOUT SOURCE, THROUGH, AVOIDING.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::query::bind) enum Named {
    /// A name, bare or quoted.
    Name(Ident),
    /// `$name`.
    Parameter(Ident),
}

/// The names of a list: words up to a comma are one.
pub(in crate::query::bind) fn names(items: &[StatementItem]) -> Vec<Named> {
    let mut names: Vec<Named> = Vec::new();
    let mut is_open = false;
    for item in items {
        match (&item.kind, names.last_mut()) {
            (StatementItemKind::Word(word), Some(Named::Name(last))) if is_open => {
                last.value.push(' ');
                last.value.push_str(word);
                last.span = last.span.to(item.span);
            }
            (StatementItemKind::Word(word), _) => {
                names.push(Named::Name(ident(word, item.span)));
                is_open = true;
            }
            (StatementItemKind::Quoted(name) | StatementItemKind::Fuzzy(name), _) => {
                names.push(Named::Name(ident(name, item.span)));
                is_open = false;
            }
            (StatementItemKind::Parameter(name), _) => {
                names.push(Named::Parameter(ident(name, item.span)));
                is_open = false;
            }
            (StatementItemKind::Comma | StatementItemKind::Node(_), _) => is_open = false,
        }
    }
    names
}

/// Whose word, as a list for functions on evidence.
fn voices(items: &[StatementItem], scope: &[String], span: Span) -> Expr {
    let (mut known, mut given) = (Vec::new(), Vec::new());
    for named in names(items) {
        match named {
            Named::Parameter(name) => given.push(Expr { span: name.span, kind: ExprKind::Parameter(name.value) }),
            Named::Name(name) if scope.contains(&name.value) => given.push(variable(&name.value, name.span)),
            Named::Name(name) => known.push(text(&name.value, name.span)),
        }
    }
    // A parameter may hold one or a list: `+` takes either.
    let known = (!known.is_empty() || given.is_empty()).then_some(Expr { span, kind: ExprKind::List(known) });
    let add = |a: Expr, b: Expr| Expr { span, kind: ExprKind::Binary(BinaryOp::Add, Box::new(a), Box::new(b)) };
    let all = known.into_iter().chain(given).reduce(add);
    all.expect("there is a list of names, or something that is given")
}
