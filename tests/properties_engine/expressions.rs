//! Random expressions of a wanted kind, from the variables in scope, so that most queries are valid.

use std::cell::Cell;
use std::rc::Rc;

use griot::query::syntax::ast::{
    BinaryOp, Clause, ClauseKind, ComparisonOp, Expr, ExprKind, MapProjectionItem, Match, Mode, OrderAndPage, Part,
    Projection, ProjectionItem, QuantifierKind, Query, SubqueryBody, SubqueryKind, UnaryOp, Union,
};
use griot::source::Span;

use super::draws::Draws;
use super::graphs::{CLOCKS, DATES};
use super::patterns::{Wanted, a_label, a_type, pattern};
use super::tree::{binary, call, comparison, expr, ident, int, parenthesised, property, text, variable};

/// What a variable holds, null apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A whole number.
    Int,
    /// A string.
    Text,
    /// A fraction.
    Float,
    /// A day.
    Date,
    /// A time of day, a moment or a duration: which, by its number in [`CLOCKS`].
    Clock(u8),
    /// True or false.
    Bool,
    /// Any scalar or list of a property.
    Any,
    /// A node.
    Node,
    /// A relation.
    Rel,
    /// A path.
    Path,
    /// A path of which only the length is certain.
    SomePath,
    /// A list of whole numbers, some of them null.
    Ints,
    /// A list of nodes.
    Nodes,
    /// A list of relations.
    Rels,
    /// A list whose order nobody knows, of whole numbers.
    BagOfInts,
    /// A list whose order nobody knows, of anything that compares.
    Bag,
    /// A map.
    Map,
}

impl Kind {
    /// Whether two answers must agree on the value to the letter, so that it can be grouped by.
    pub fn groups(self) -> bool {
        !matches!(self, Self::SomePath | Self::Bag | Self::BagOfInts)
    }

    /// Whether the order of its elements is nobody's business.
    pub fn is_bag(self) -> bool {
        matches!(self, Self::Bag | Self::BagOfInts)
    }
}

/// The variables in scope, and names that were given before.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Names and kinds.
    pub variables: Vec<(String, Kind)>,
    /// Whether a pattern may stand here: within a condition, not within a value.
    pub takes_patterns: bool,
    /// How many names were given in the whole query: no name is given twice, not even out of sight.
    pub names: Rc<Cell<usize>>,
}

impl Scope {
    /// A name that nobody has.
    pub fn fresh(&self, start: &str) -> String {
        self.names.set(self.names.get() + 1);
        format!("{start}{}", self.names.get())
    }

    /// Adds a variable of a new name.
    pub fn add(&mut self, start: &str, kind: Kind) -> String {
        let name = self.fresh(start);
        self.variables.push((name.clone(), kind));
        name
    }

    /// The scope in which only these are seen.
    pub fn only(&self, variables: Vec<(String, Kind)>) -> Self {
        Self { variables, ..self.clone() }
    }

    /// The names of a kind.
    pub fn of(&self, kind: Kind) -> Vec<String> {
        self.variables.iter().filter(|(_, found)| *found == kind).map(|(name, _)| name.clone()).collect()
    }

    /// The same with one variable more, for the inside of a comprehension.
    fn with(&self, name: &str, kind: Kind) -> Self {
        let mut inner = self.clone();
        inner.variables.push((name.to_owned(), kind));
        inner
    }
}

/// A condition in a place that is meant for one, where patterns may stand. Which kind it is, is drawn first: of what is
/// drawn late, most is the plainest choice.
pub fn filter(draws: &mut Draws, scope: &Scope, depth: usize) -> Expr {
    let scope = Scope { takes_patterns: true, ..scope.clone() };
    let any = |draws: &mut Draws| expression(draws, &scope, Kind::Bool, depth);
    let found = match draws.below(12) {
        // Conditions that are taken apart, and those that an index or a column of strings answers.
        6 => Some(any(draws)),
        7 => text_condition(draws, &scope),
        8 => return of_the_pattern(draws, &scope),
        9 => Some(of_the_pattern(draws, &scope)),
        10 => return sought(draws, &scope).unwrap_or_else(|| any(draws)),
        11 => sought(draws, &scope),
        _ => None,
    };
    let second = any(draws);
    match found {
        Some(first) => binary(BinaryOp::And, first, second),
        None => second,
    }
}

/// A condition of which a plan makes a part of the pattern: nodes that are one, relations that exist or not, what is asked
/// of all relations and nodes of a path.
fn of_the_pattern(draws: &mut Draws, scope: &Scope) -> Expr {
    let not = |inner: Expr| parenthesised(expr(ExprKind::Unary(UnaryOp::Not, parenthesised(inner).into())));
    let nothing = || expr(ExprKind::Bool(true));
    match draws.below(6) {
        0 => match (some_variable(draws, scope, Kind::Node), some_variable(draws, scope, Kind::Node)) {
            (Some(a), Some(b)) => comparison(a, ComparisonOp::Equal, b),
            _ => nothing(),
        },
        1 | 2 => {
            let found = pattern_predicate(draws, scope);
            if draws.once_in(3) { not(found) } else { found }
        }
        3 => {
            let body = subquery_body(draws, scope, 1).into();
            let found = expr(ExprKind::Subquery(SubqueryKind::Exists, body));
            if draws.once_in(3) { not(found) } else { found }
        }
        _ => of_all(draws, scope).unwrap_or_else(nothing),
    }
}

/// Conditions joined by AND, each of which a plan says in another way.
pub fn told(draws: &mut Draws, scope: &Scope) -> Option<Expr> {
    let conditions = (0..=usize::from(draws.once_in(3))).filter_map(|_| match draws.below(3) {
        2 => of_all(draws, scope),
        _ => sought(draws, scope),
    });
    conditions.reduce(|first, second| binary(BinaryOp::And, first, second))
}

/// `all(q IN rs WHERE …)`, over a list of relations or what a path holds.
fn of_all(draws: &mut Draws, scope: &Scope) -> Option<Expr> {
    let (list, kind) = if draws.once_in(2) {
        (some_variable(draws, scope, Kind::Rels)?, Kind::Rel)
    } else {
        let path = some_variable(draws, scope, Kind::Path)?;
        let (name, kind) = draws.pick(&[("nodes", Kind::Node), ("relationships", Kind::Rel)]);
        (call(name, vec![path]), kind)
    };
    let quantifier = draws.pick(&[QuantifierKind::All, QuantifierKind::None, QuantifierKind::Any]);
    let name = scope.fresh("q");
    let of = property(variable(&name), "i");
    let inner = Scope { takes_patterns: false, ..scope.with(&name, kind) };
    let filter = if draws.once_in(3) {
        expression(draws, &inner, Kind::Bool, 1)
    } else {
        comparison(of, draws.pick(&COMPARISONS), plain(draws, scope, Kind::Int))
    };
    let filter = Some(filter.into());
    let found = expr(ExprKind::Quantifier { kind: quantifier, variable: ident(name), list: list.into(), filter });
    let is_negated = quantifier == QuantifierKind::Any && draws.once_in(2);
    Some(if is_negated { expr(ExprKind::Unary(UnaryOp::Not, parenthesised(found).into())) } else { found })
}

/// A condition that the plan says in another way: one of several values, a chain of comparisons, a node or type by name.
fn sought(draws: &mut Draws, scope: &Scope) -> Option<Expr> {
    let list = |items: Vec<Expr>| expr(ExprKind::List(items));
    let (key, kind) = draws.pick(&KEYS);
    let value = |draws: &mut Draws| match draws.below(3) {
        0 => plain(draws, scope, kind),
        _ => constant(draws, scope, kind),
    };
    match draws.below(10) {
        // Two things that only a value joins.
        6..=8 => {
            let (other, _) = draws.pick(&KEYS);
            let other = if draws.once_in(3) { other } else { key };
            let (a, b) = (some_property(draws, scope, key)?, some_property(draws, scope, other)?);
            Some(comparison(a, ComparisonOp::Equal, b))
        }
        0 => {
            let mut values: Vec<Expr> = (0..draws.below(4)).map(|_| value(draws)).collect();
            // The same value twice finds nothing twice.
            let again = values.first().filter(|_| draws.once_in(2)).cloned();
            values.extend(again);
            Some(binary(BinaryOp::In, some_property(draws, scope, key)?, list(values)))
        }
        1 | 9 => {
            let of = some_property(draws, scope, key)?;
            let first = comparison(of.clone(), ComparisonOp::Equal, value(draws));
            Some(parenthesised(binary(BinaryOp::Or, first, comparison(value(draws), ComparisonOp::Equal, of))))
        }
        2 => {
            let (low, high) = (draws.pick(&COMPARISONS), draws.pick(&COMPARISONS));
            let of = some_property(draws, scope, key)?;
            let (from, to) = (value(draws), value(draws));
            Some(parenthesised(expr(ExprKind::Comparison(from.into(), vec![(low, of), (high, to)]))))
        }
        3 => {
            let of = call("type", vec![some_variable(draws, scope, Kind::Rel)?]);
            Some(if draws.once_in(2) {
                let names = draws.pick(&[["T", "U"], ["U", "T"], ["V", "T"], ["U", "U"]]);
                binary(BinaryOp::In, of, list(names.map(text).to_vec()))
            } else {
                comparison(of, ComparisonOp::Equal, text(draws.pick(&["T", "U", "V"])))
            })
        }
        4 => {
            let (a, b) = (some_variable(draws, scope, Kind::Node)?, some_variable(draws, scope, Kind::Node)?);
            Some(comparison(a, ComparisonOp::Equal, b))
        }
        _ => {
            let mut node = || some_variable(draws, scope, Kind::Node);
            let (a, b, c) = (node()?, node()?, node()?);
            Some(binary(BinaryOp::In, a, list(vec![b, c])))
        }
    }
}

/// The properties by which nodes and relations are sought, and what they hold.
const KEYS: [(&str, Kind); 5] =
    [("t", Kind::Text), ("m", Kind::Any), ("i", Kind::Int), ("t", Kind::Text), ("f", Kind::Float)];

/// `n.t = 'a'`, also with a text of another node.
fn text_condition(draws: &mut Draws, scope: &Scope) -> Option<Expr> {
    let property = some_property(draws, scope, "t")?;
    let op = draws.pick(&[ComparisonOp::Equal, ComparisonOp::NotEqual]);
    Some(comparison(property, op, plain(draws, scope, Kind::Text)))
}

/// A variable of a kind, if there is one.
fn some_variable(draws: &mut Draws, scope: &Scope, kind: Kind) -> Option<Expr> {
    let names = scope.of(kind);
    (!names.is_empty()).then(|| variable(&draws.pick(&names)))
}

/// `x.key` of a node or relation in scope.
fn some_property(draws: &mut Draws, scope: &Scope, key: &str) -> Option<Expr> {
    let mut owners = scope.of(Kind::Node);
    owners.extend(scope.of(Kind::Rel));
    (!owners.is_empty()).then(|| property(variable(&draws.pick(&owners)), key))
}

/// An expression of a kind; `depth` bounds how deep it nests.
pub fn expression(draws: &mut Draws, scope: &Scope, kind: Kind, depth: usize) -> Expr {
    if depth == 0 || draws.is_empty() {
        return plain(draws, scope, kind);
    }
    match kind {
        Kind::Int => whole_number(draws, scope, depth - 1),
        Kind::Text => string(draws, scope, depth - 1),
        Kind::Bool => condition(draws, scope, depth - 1),
        Kind::Any => anything(draws, scope, depth - 1),
        Kind::Ints => list(draws, scope, depth - 1),
        Kind::Float => match draws.below(3) {
            0 => plain(draws, scope, kind),
            1 => binary(
                BinaryOp::Add,
                expression(draws, scope, Kind::Float, depth - 1),
                expression(draws, scope, Kind::Int, depth - 1),
            ),
            _ => call("toFloat", vec![expression(draws, scope, Kind::Int, depth - 1)]),
        },
        Kind::Date | Kind::Clock(_) => temporal(draws, scope, kind, depth - 1),
        Kind::BagOfInts => bag(draws, scope, depth - 1),
        Kind::Map => map(draws, scope, depth - 1),
        _ => plain(draws, scope, kind),
    }
}

/// A variable, a property or a constant.
fn plain(draws: &mut Draws, scope: &Scope, kind: Kind) -> Expr {
    let choice = draws.below(4);
    let found = if choice == 0 { some_variable(draws, scope, kind) } else { None };
    if let Some(found) = found {
        return found;
    }
    let key = match kind {
        Kind::Int => Some("i"),
        Kind::Text => Some("t"),
        Kind::Float => Some("f"),
        Kind::Date => Some("d"),
        Kind::Any => Some("m"),
        _ => None,
    };
    if let Some(found) = key.filter(|_| choice < 3).and_then(|key| some_property(draws, scope, key)) {
        return found;
    }
    constant(draws, scope, kind)
}

fn constant(draws: &mut Draws, scope: &Scope, kind: Kind) -> Expr {
    match kind {
        Kind::Int => match draws.below(8) {
            6 => expr(ExprKind::Null),
            7 => expr(ExprKind::Parameter("k".to_owned())),
            number => int(i64::try_from(number).expect("it is small") - i64::from(number == 5) * 7),
        },
        Kind::Text => match draws.below(6) {
            4 => expr(ExprKind::Null),
            5 => expr(ExprKind::Parameter("s".to_owned())),
            number => text(["a", "b", "ab", ""][number]),
        },
        Kind::Float => expr(ExprKind::Float([0.5, 2.25, 1.75][draws.below(3)])),
        Kind::Date => match draws.below(5) {
            4 => expr(ExprKind::Null),
            number => call("date", vec![text(DATES[number])]),
        },
        Kind::Clock(number) => match draws.below(5) {
            4 => expr(ExprKind::Null),
            text => clock(number.into(), text),
        },
        Kind::Bool => {
            let choice = draws.below(3);
            expr([ExprKind::Bool(true), ExprKind::Bool(false), ExprKind::Null][choice].clone())
        }
        Kind::Any => {
            let kind = a_clock(draws);
            let kind = draws.pick(&[Kind::Int, Kind::Text, Kind::Bool, Kind::Float, Kind::Date, kind]);
            constant(draws, scope, kind)
        }
        Kind::Ints | Kind::BagOfInts => {
            let count = draws.below(4);
            expr(ExprKind::List((0..count).map(|_| constant(draws, scope, Kind::Int)).collect()))
        }
        Kind::Map => expr(ExprKind::Map(vec![(ident("a"), constant(draws, scope, Kind::Int))])),
        // A node, a relation or a path cannot be written; null is one that is missing.
        _ => some_variable(draws, scope, kind).unwrap_or_else(|| expr(ExprKind::Null)),
    }
}

fn whole_number(draws: &mut Draws, scope: &Scope, depth: usize) -> Expr {
    match draws.below(15) {
        0..=2 => plain(draws, scope, Kind::Int),
        14 => part(draws, scope, depth),
        3 => {
            let op = draws.pick(&[BinaryOp::Add, BinaryOp::Subtract, BinaryOp::Multiply]);
            binary(op, expression(draws, scope, Kind::Int, depth), expression(draws, scope, Kind::Int, depth))
        }
        4 => {
            let op = draws.pick(&[BinaryOp::Modulo, BinaryOp::Divide]);
            let divisor = draws.pick(&[2, 3, -2]);
            binary(op, expression(draws, scope, Kind::Int, depth), int(divisor))
        }
        5 => call("size", vec![some_list(draws, scope, depth)]),
        6 => {
            let paths = [scope.of(Kind::Path), scope.of(Kind::SomePath)].concat();
            match paths.as_slice() {
                [] => int(1),
                paths => call("length", vec![variable(&draws.pick(paths))]),
            }
        }
        7 => case(draws, scope, Kind::Int, depth),
        8 => {
            let args = vec![expression(draws, scope, Kind::Int, depth), expression(draws, scope, Kind::Int, depth)];
            call("coalesce", args)
        }
        9 => call("size", vec![expression(draws, scope, Kind::Text, depth)]),
        10 => expr(ExprKind::Subquery(SubqueryKind::Count, subquery_body(draws, scope, depth).into())),
        11 => {
            let inner = scope.with("acc", Kind::Int).with("x", Kind::Int);
            expr(ExprKind::Reduce {
                accumulator: ident("acc"),
                init: expression(draws, scope, Kind::Int, depth).into(),
                variable: ident("x"),
                list: expression(draws, scope, Kind::Ints, depth).into(),
                body: binary(BinaryOp::Add, variable("acc"), expression(draws, &inner, Kind::Int, depth.min(1))).into(),
            })
        }
        12 => {
            let index = draws.pick(&[0, 1, -1, 5]);
            expr(ExprKind::Index(expression(draws, scope, Kind::Ints, depth).into(), int(index).into()))
        }
        _ => {
            let name = draws.pick(&["abs", "sign"]);
            call(name, vec![expression(draws, scope, Kind::Int, depth)])
        }
    }
}

/// One of the kinds of times of day, moments and durations.
pub fn a_clock(draws: &mut Draws) -> Kind {
    Kind::Clock(draws.pick(&[0, 1, 2, 3, 4, DURATION]))
}

/// The number of durations in [`CLOCKS`].
const DURATION: u8 = 4;

fn clock(number: usize, text: usize) -> Expr {
    let (function, texts) = CLOCKS[number];
    call(function, vec![super::tree::text(texts[text])])
}

/// A temporal value and what is added to it; nothing is added to what may be of another type.
fn temporal(draws: &mut Draws, scope: &Scope, kind: Kind, depth: usize) -> Expr {
    let duration = Kind::Clock(DURATION);
    match draws.below(6) {
        0..=2 => plain(draws, scope, kind),
        3 if kind == duration => {
            binary(BinaryOp::Multiply, expression(draws, scope, kind, depth), int(draws.pick(&[2, -1, 0, 3])))
        }
        4 if kind == duration => {
            let of = expression(draws, scope, kind, depth).into();
            parenthesised(expr(ExprKind::Unary(UnaryOp::Minus, of)))
        }
        _ => {
            let op = draws.pick(&[BinaryOp::Add, BinaryOp::Subtract]);
            binary(op, expression(draws, scope, kind, depth), expression(draws, scope, duration, depth))
        }
    }
}

/// A part of a temporal value.
fn part(draws: &mut Draws, scope: &Scope, depth: usize) -> Expr {
    let number = draws.below(6);
    let (kind, parts): (Kind, &[&str]) = match u8::try_from(number).expect("it is small") {
        5 => (Kind::Date, &["year", "month", "day"]),
        DURATION => (Kind::Clock(DURATION), &["months", "monthsOfYear", "days", "hours", "minutesOfHour", "seconds"]),
        number @ 2..=3 => (Kind::Clock(number), &["year", "month", "day", "hour", "minute", "second"]),
        number => (Kind::Clock(number), &["hour", "minute", "second"]),
    };
    property(expression(draws, scope, kind, depth), draws.pick(parts))
}

fn string(draws: &mut Draws, scope: &Scope, depth: usize) -> Expr {
    match draws.below(8) {
        0..=1 => plain(draws, scope, Kind::Text),
        2 => {
            let (a, b) = (expression(draws, scope, Kind::Text, depth), expression(draws, scope, Kind::Text, depth));
            binary(BinaryOp::Add, a, b)
        }
        3 => {
            let name = draws.pick(&["toUpper", "toLower", "reverse", "trim"]);
            call(name, vec![expression(draws, scope, Kind::Text, depth)])
        }
        4 => call("toString", vec![expression(draws, scope, Kind::Int, depth)]),
        5 => some_variable(draws, scope, Kind::Rel).map_or_else(|| text("a"), |rel| call("type", vec![rel])),
        6 => case(draws, scope, Kind::Text, depth),
        _ => {
            let name = draws.pick(&["left", "right", "substring"]);
            let count = draws.pick(&[0, 1, 3]);
            call(name, vec![expression(draws, scope, Kind::Text, depth), int(count)])
        }
    }
}

fn case(draws: &mut Draws, scope: &Scope, kind: Kind, depth: usize) -> Expr {
    let operand: Option<Box<Expr>> = draws.once_in(3).then(|| expression(draws, scope, Kind::Any, depth).into());
    let is_simple = operand.is_some();
    let when = |draws: &mut Draws| {
        if is_simple { expression(draws, scope, Kind::Any, depth) } else { filter(draws, scope, depth) }
    };
    let branches = (0..=draws.below(2)).map(|_| (when(draws), expression(draws, scope, kind, depth))).collect();
    let otherwise = draws.once_in(2).then(|| expression(draws, scope, kind, depth).into());
    expr(ExprKind::Case { operand, branches, otherwise })
}

const COMPARISONS: [ComparisonOp; 6] = [
    ComparisonOp::Equal,
    ComparisonOp::NotEqual,
    ComparisonOp::Less,
    ComparisonOp::LessOrEqual,
    ComparisonOp::Greater,
    ComparisonOp::GreaterOrEqual,
];

fn condition(draws: &mut Draws, scope: &Scope, depth: usize) -> Expr {
    match draws.below(18) {
        17 => text_condition(draws, scope).unwrap_or_else(|| expr(ExprKind::Bool(true))),
        16 => {
            let pattern = text(draws.pick(&["a.*", "a|b", "(?i)AB", "[ab]+", ""]));
            binary(BinaryOp::Matches, expression(draws, scope, Kind::Text, depth), pattern)
        }
        0..=1 => {
            let kind = a_clock(draws);
            let kind = draws.pick(&[Kind::Int, Kind::Text, Kind::Any, Kind::Float, Kind::Ints, Kind::Date, kind]);
            let a = expression(draws, scope, kind, depth);
            let op = draws.pick(&COMPARISONS);
            let other = if draws.once_in(4) { Kind::Any } else { kind };
            comparison(a, op, expression(draws, scope, other, depth))
        }
        2 => {
            let op = draws.pick(&[BinaryOp::And, BinaryOp::Or, BinaryOp::Xor]);
            binary(op, expression(draws, scope, Kind::Bool, depth), expression(draws, scope, Kind::Bool, depth))
        }
        3 => parenthesised(expr(ExprKind::Unary(
            UnaryOp::Not,
            parenthesised(expression(draws, scope, Kind::Bool, depth)).into(),
        ))),
        4 => {
            let kind = draws.pick(&[Kind::Int, Kind::Any, Kind::Text, Kind::Node, Kind::Rel]);
            let operand = parenthesised(expression(draws, scope, kind, depth)).into();
            parenthesised(expr(ExprKind::IsNull { operand, negated: draws.once_in(2) }))
        }
        5 => {
            let list = some_list(draws, scope, depth);
            binary(BinaryOp::In, expression(draws, scope, Kind::Int, depth), list)
        }
        6 => {
            let op = draws.pick(&[BinaryOp::StartsWith, BinaryOp::EndsWith, BinaryOp::Contains]);
            binary(op, expression(draws, scope, Kind::Text, depth), expression(draws, scope, Kind::Text, depth))
        }
        7 => some_variable(draws, scope, Kind::Node).map_or_else(
            || expr(ExprKind::Bool(true)),
            |node| parenthesised(expr(ExprKind::HasLabels(node.into(), a_label(draws)))),
        ),
        8 => some_variable(draws, scope, Kind::Rel).map_or_else(
            || expr(ExprKind::Bool(true)),
            |rel| parenthesised(expr(ExprKind::HasLabels(rel.into(), a_type(draws)))),
        ),
        9 => pattern_predicate(draws, scope),
        10 => expr(ExprKind::Subquery(SubqueryKind::Exists, subquery_body(draws, scope, depth).into())),
        11 => {
            let kinds = [QuantifierKind::Any, QuantifierKind::All, QuantifierKind::None, QuantifierKind::Single];
            let kind = draws.pick(&kinds);
            let list = some_list(draws, scope, depth).into();
            let inner = scope.with("q", Kind::Int);
            let filter = Some(filter(draws, &inner, depth).into());
            expr(ExprKind::Quantifier { kind, variable: ident("q"), list, filter })
        }
        12 => {
            let (first, second) = (draws.pick(&COMPARISONS), draws.pick(&COMPARISONS));
            let mut operand = || expression(draws, scope, Kind::Int, depth.min(1));
            let (a, b, c) = (operand(), operand(), operand());
            parenthesised(expr(ExprKind::Comparison(a.into(), vec![(first, b), (second, c)])))
        }
        13 => {
            let kind = draws.pick(&[Kind::Node, Kind::Rel]);
            let (a, b) = (some_variable(draws, scope, kind), some_variable(draws, scope, kind));
            let op = draws.pick(&[ComparisonOp::Equal, ComparisonOp::NotEqual]);
            match (a, b) {
                (Some(a), Some(b)) => comparison(a, op, b),
                _ => expr(ExprKind::Bool(true)),
            }
        }
        14 => some_variable(draws, scope, Kind::Nodes).map_or_else(
            || expr(ExprKind::Bool(true)),
            |nodes| {
                let inner = scope.with("e", Kind::Node);
                let filter = Some(filter(draws, &inner, depth).into());
                let kind = draws.pick(&[QuantifierKind::Any, QuantifierKind::All]);
                expr(ExprKind::Quantifier { kind, variable: ident("e"), list: nodes.into(), filter })
            },
        ),
        _ => plain(draws, scope, Kind::Bool),
    }
}

/// `(a)-->(b)` between variables in scope.
fn pattern_predicate(draws: &mut Draws, scope: &Scope) -> Expr {
    let nodes = scope.of(Kind::Node);
    if nodes.is_empty() {
        return expr(ExprKind::Bool(true));
    }
    let mut inner = scope.clone();
    let found = pattern(draws, &mut inner, scope, Wanted::Predicate);
    if scope.takes_patterns {
        return expr(ExprKind::Pattern(found.into()));
    }
    let body = Match { optional: false, repeatable: false, patterns: vec![found], modifiers: Vec::new(), filter: None };
    expr(ExprKind::Subquery(SubqueryKind::Exists, SubqueryBody::Pattern(body).into()))
}

fn subquery_body(draws: &mut Draws, scope: &Scope, depth: usize) -> SubqueryBody {
    if draws.once_in(3) {
        return SubqueryBody::Query(subquery(draws, scope, depth.min(1)));
    }
    let mut inner = scope.clone();
    let pattern = pattern(draws, &mut inner, scope, Wanted::Subquery);
    let filter = draws.once_in(2).then(|| filter(draws, &inner, depth.min(1)));
    SubqueryBody::Pattern(Match {
        optional: false,
        repeatable: false,
        patterns: vec![pattern],
        modifiers: Vec::new(),
        filter,
    })
}

/// A whole query of one column of whole numbers, now and then a union of two.
fn subquery(draws: &mut Draws, scope: &Scope, depth: usize) -> Query {
    let name = scope.fresh("x");
    let first = subquery_part(draws, scope, &name, depth);
    let union = draws.once_in(4).then(|| {
        let joined = draws.pick(&[Union::All, Union::Distinct]);
        (joined, subquery_part(draws, scope, &name, depth))
    });
    Query { span: Span::default(), mode: Mode::Run, first, unions: union.into_iter().collect(), export: None }
}

/// `MATCH … [WITH …] RETURN …`; what is around it stays in sight behind WITH.
fn subquery_part(draws: &mut Draws, scope: &Scope, name: &str, depth: usize) -> Part {
    let show = |expr: Expr, name: &str, distinct: bool| Projection {
        distinct,
        star: false,
        items: vec![ProjectionItem { expr, alias: Some(ident(name)), text: name.to_owned() }],
        page: OrderAndPage::default(),
        filter: None,
    };
    let mut inner = scope.clone();
    let pattern = pattern(draws, &mut inner, scope, Wanted::Subquery);
    let filter = draws.once_in(2).then(|| filter(draws, &inner, depth));
    let found =
        Match { optional: draws.once_in(4), repeatable: false, patterns: vec![pattern], modifiers: Vec::new(), filter };
    let mut clauses = vec![ClauseKind::Match(found)];
    if draws.once_in(3) {
        let value =
            if draws.once_in(2) { expr(ExprKind::CountStar) } else { expression(draws, &inner, Kind::Int, depth) };
        inner = scope.clone();
        let with = inner.add("w", Kind::Int);
        clauses.push(ClauseKind::With(show(value, &with, false)));
    }
    inner.takes_patterns = false;
    let value = expression(draws, &inner, Kind::Int, depth);
    clauses.push(ClauseKind::Return(show(value, name, draws.once_in(3))));
    let clauses = clauses.into_iter().map(|kind| Clause { span: Span::default(), kind });
    Part { span: Span::default(), clauses: clauses.collect() }
}

fn anything(draws: &mut Draws, scope: &Scope, depth: usize) -> Expr {
    match draws.below(6) {
        0..=1 => plain(draws, scope, Kind::Any),
        2 => expression(draws, scope, Kind::Int, depth),
        3 => expression(draws, scope, Kind::Text, depth),
        4 => case(draws, scope, Kind::Any, depth),
        _ => {
            let map = some_variable(draws, scope, Kind::Map);
            map.map_or_else(|| plain(draws, scope, Kind::Any), |map| property(map, "a"))
        }
    }
}

/// A list of whole numbers, in certain order or not.
fn some_list(draws: &mut Draws, scope: &Scope, depth: usize) -> Expr {
    let kind = if draws.once_in(3) { Kind::BagOfInts } else { Kind::Ints };
    expression(draws, scope, kind, depth)
}

fn list(draws: &mut Draws, scope: &Scope, depth: usize) -> Expr {
    match draws.below(9) {
        0..=1 => plain(draws, scope, Kind::Ints),
        2 => {
            let (from, to) = (draws.pick(&[0, 1, 3]), draws.pick(&[2, 0, 4]));
            let mut args = vec![int(from), int(to)];
            args.extend(draws.once_in(3).then(|| int(-1)));
            call("range", args)
        }
        3 => {
            let count = draws.below(3) + 1;
            expr(ExprKind::List((0..count).map(|_| expression(draws, scope, Kind::Int, depth)).collect()))
        }
        4 => comprehension(draws, scope, Kind::Ints, depth),
        5 => {
            let (a, b) = (expression(draws, scope, Kind::Ints, depth), expression(draws, scope, Kind::Ints, depth));
            binary(BinaryOp::Add, a, b)
        }
        6 => {
            let bound = |draws: &mut Draws| draws.pick(&[None, Some(1), Some(-1), Some(0), Some(9)]);
            let from = bound(draws).map(|bound| int(bound).into());
            let to = bound(draws).map(|bound| int(bound).into());
            let list = expression(draws, scope, Kind::Ints, depth).into();
            // A slice without bounds is not in the language.
            let to: Option<Box<Expr>> = if from.is_none() && to.is_none() { Some(int(1).into()) } else { to };
            expr(ExprKind::Slice(list, from, to))
        }
        7 => {
            let name = draws.pick(&["tail", "reverse"]);
            call(name, vec![expression(draws, scope, Kind::Ints, depth)])
        }
        _ => {
            let rels = some_variable(draws, scope, Kind::Rels);
            rels.map_or_else(
                || plain(draws, scope, Kind::Ints),
                |rels| {
                    expr(ExprKind::ListComprehension {
                        variable: ident("e"),
                        list: rels.into(),
                        filter: None,
                        body: Some(property(variable("e"), "i").into()),
                    })
                },
            )
        }
    }
}

/// `[x IN list WHERE p | e]`, of the kind that its list has.
fn comprehension(draws: &mut Draws, scope: &Scope, kind: Kind, depth: usize) -> Expr {
    let inner = scope.with("x", Kind::Int);
    let list = expression(draws, scope, kind, depth).into();
    let filter = draws.once_in(2).then(|| filter(draws, &inner, depth).into());
    let body = draws.once_in(2).then(|| expression(draws, &inner, Kind::Int, depth).into());
    // `[x IN xs]` alone would be a list of one condition.
    let filter = if filter.is_none() && body.is_none() { Some(expr(ExprKind::Bool(true)).into()) } else { filter };
    expr(ExprKind::ListComprehension { variable: ident("x"), list, filter, body })
}

fn bag(draws: &mut Draws, scope: &Scope, depth: usize) -> Expr {
    match draws.below(4) {
        3 => {
            let query = subquery(draws, scope, depth.min(1));
            expr(ExprKind::Subquery(SubqueryKind::Collect, SubqueryBody::Query(query).into()))
        }
        0 => plain(draws, scope, Kind::BagOfInts),
        1 => comprehension(draws, scope, Kind::BagOfInts, depth),
        _ => {
            let mut inner = scope.clone();
            let pattern = pattern(draws, &mut inner, scope, Wanted::Comprehension).into();
            let filter = draws.once_in(2).then(|| filter(draws, &inner, depth.min(1)).into());
            let body = expression(draws, &inner, Kind::Int, depth.min(1)).into();
            expr(ExprKind::PatternComprehension { pattern, filter, body })
        }
    }
}

fn map(draws: &mut Draws, scope: &Scope, depth: usize) -> Expr {
    let node = if draws.once_in(2) { some_variable(draws, scope, Kind::Node) } else { None };
    match node {
        Some(node) => expr(ExprKind::MapProjection(
            node.into(),
            vec![
                MapProjectionItem::Property(ident("i")),
                MapProjectionItem::Literal(ident("a"), expression(draws, scope, Kind::Any, depth)),
            ],
        )),
        None => expr(ExprKind::Map(vec![
            (ident("a"), expression(draws, scope, Kind::Any, depth)),
            (ident("b"), expression(draws, scope, Kind::Int, depth)),
        ])),
    }
}
