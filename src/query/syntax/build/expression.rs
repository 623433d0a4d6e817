//! Atoms and what may stand behind them: calls, lists, comprehensions, CASE, subqueries, map projections.

use super::super::ast::{
    BinaryOp, ComparisonOp, Expr, ExprKind, Ident, MapProjectionItem, Match, PathSearch, QuantifierKind, SubqueryBody,
    SubqueryKind,
};
use super::super::errors::SyntaxErrorKind;
use super::super::grammar::Rule;
use super::{Builder, Pair, Pairs, has, literal};
use crate::source::{Span, Spanned};

/// What stood between the brackets of a list or a call.
#[derive(Default)]
struct Arguments {
    items: Vec<Expr>,
    filter: Option<Expr>,
    body: Option<Expr>,
}

impl<'t> Builder<'t> {
    pub(super) fn atom(&mut self, pair: Pair<'t>) -> Expr {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::number => return self.number(&pair),
            Rule::malformed_number => return self.malformed_number(&pair),
            Rule::string => ExprKind::Text(self.string(&pair).value),
            Rule::typographic_string => ExprKind::Text(self.typographic_string(&pair).value),
            Rule::parameter => ExprKind::Parameter(parameter_name(&pair)),
            Rule::variable => ExprKind::Variable(literal::unquoted_name(pair.as_str())),
            Rule::constant => constant(pair.as_str()),
            Rule::list => self.list(pair, span),
            Rule::map => self.map(pair),
            Rule::parenthesised | Rule::pattern_predicate | Rule::mapped => self.parentheses(pair),
            Rule::case => self.case(pair),
            Rule::reduce => self.reduce(pair),
            Rule::subquery_expression => self.subquery_expression(pair),
            rule => unreachable!("{rule:?} is no atom of the grammar"),
        };
        Expr { span, kind }
    }

    /// `(…)`, or a pattern.
    fn parentheses(&mut self, pair: Pair<'t>) -> ExprKind {
        match pair.as_rule() {
            Rule::pattern_predicate => ExprKind::Pattern(Box::new(self.pattern_predicate(pair))),
            Rule::mapped if has(&pair, Rule::mapped_pattern) => ExprKind::Pattern(Box::new(self.mapped_pattern(pair))),
            // Within its parentheses it is the run of operands and operators that any expression is.
            Rule::mapped => ExprKind::Parenthesised(Box::new(self.expression(pair))),
            _ => ExprKind::Parenthesised(Box::new(self.inner_expression(pair))),
        }
    }

    pub(super) fn postfix(&mut self, base: Expr, pair: Pair<'t>) -> Expr {
        let span = base.span.to(self.span(&pair));
        let kind = match pair.as_rule() {
            Rule::property => {
                let key = pair.into_inner().next().expect("a property has a key");
                ExprKind::Property(Box::new(base), self.name(&key))
            }
            Rule::subscript => self.subscript(base, pair),
            Rule::call => self.call(&base, pair),
            Rule::label_test => {
                let labels = pair.into_inner().next().expect("a label test has labels");
                ExprKind::HasLabels(Box::new(base), self.label_and(labels))
            }
            _ => self.map_projection(base, pair),
        };
        Expr { span, kind }
    }

    fn subscript(&mut self, base: Expr, pair: Pair<'t>) -> ExprKind {
        let place = self.span(&pair);
        let (mut before, mut after, mut dots) = (None, None, false);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::dots => dots = true,
                _ if dots => after = Some(Box::new(self.expression(inner))),
                _ => before = Some(Box::new(self.expression(inner))),
            }
        }
        match before {
            before if dots => ExprKind::Slice(Box::new(base), before, after),
            Some(index) => ExprKind::Index(Box::new(base), index),
            None => {
                self.fault(SyntaxErrorKind::Unexpected, place, "these brackets hold no index").hint =
                    Some("write [0] for the first element, [1..3] for a part, [..] for all".to_owned());
                base.kind
            }
        }
    }

    fn arguments(&mut self, pairs: Pairs<'t>) -> Arguments {
        let mut found = Arguments::default();
        for inner in pairs {
            match inner.as_rule() {
                Rule::expression => found.items.push(self.expression(inner)),
                Rule::filter => found.filter = Some(self.inner_expression(inner)),
                Rule::bar => found.body = Some(self.inner_expression(inner)),
                _ => {}
            }
        }
        found
    }

    // ---- calls ----

    fn call(&mut self, base: &Expr, pair: Pair<'t>) -> ExprKind {
        let place = self.span(&pair);
        let Some(name) = dotted_name(base) else {
            self.fault(SyntaxErrorKind::Unexpected, place, "only a function's name can be called").hint =
                Some("write an operator before the parenthesis".to_owned());
            return ExprKind::Null;
        };
        let star = has(&pair, Rule::star);
        let distinct = has(&pair, Rule::distinct);
        let arguments = self.arguments(pair.into_inner());
        if star {
            if !name.value.eq_ignore_ascii_case("count") {
                let message = format!("`{}` does not take `*`", name.value);
                self.fault(SyntaxErrorKind::Unexpected, place, message).hint = Some("only count(*) does".to_owned());
            }
            return ExprKind::CountStar;
        }
        self.call_or_quantifier(name, distinct, arguments, place)
    }

    fn call_or_quantifier(&mut self, name: Ident, distinct: bool, found: Arguments, place: Span) -> ExprKind {
        if let Some(search) = shortest_path(&name.value)
            && let [Expr { kind: ExprKind::Pattern(pattern), .. }] = found.items.as_slice()
        {
            let mut pattern = pattern.clone();
            pattern.search = search;
            return ExprKind::Pattern(pattern);
        }
        let Arguments { mut items, filter, body } = found;
        if let Some(kind) = quantifier(&name.value)
            && !distinct
            && body.is_none()
            && items.len() == 1
            && element_of(&items[0])
            && let Some((variable, list)) = items.pop().and_then(split_element)
        {
            return ExprKind::Quantifier { kind, variable, list: Box::new(list), filter: filter.map(Box::new) };
        }
        if filter.is_some() || body.is_some() {
            let word = if filter.is_some() { "WHERE" } else { "`|`" };
            let message = format!("{word} can't stand among the arguments of `{}`", name.value);
            self.fault(SyntaxErrorKind::Unexpected, place, message).hint = Some(
                "quantifiers are written all(x IN list WHERE …), with any, none, single in all's place".to_owned(),
            );
        }
        ExprKind::Call { name, distinct, args: items }
    }

    fn reduce(&mut self, pair: Pair<'t>) -> ExprKind {
        let mut inner = pair.into_inner().filter(|p| matches!(p.as_rule(), Rule::variable | Rule::expression));
        let mut next = || inner.next().expect("reduce has two variables and three expressions");
        let (accumulator, init, variable, list, body) = (next(), next(), next(), next(), next());
        ExprKind::Reduce {
            accumulator: self.name(&accumulator),
            init: Box::new(self.expression(init)),
            variable: self.name(&variable),
            list: Box::new(self.expression(list)),
            body: Box::new(self.expression(body)),
        }
    }

    // ---- lists and maps ----

    fn list(&mut self, pair: Pair<'t>, place: Span) -> ExprKind {
        let Arguments { mut items, filter, body } = self.arguments(pair.into_inner());
        if items.len() == 1 && element_of(&items[0]) {
            let (variable, list) = items.pop().and_then(split_element).expect("it was just seen to be `x IN list`");
            let (list, filter, body) = (Box::new(list), filter.map(Box::new), body.map(Box::new));
            return ExprKind::ListComprehension { variable, list, filter, body };
        }
        let Some(body) = body else {
            if let Some(filter) = filter {
                let message = "WHERE can't stand in a list";
                self.fault(SyntaxErrorKind::Unexpected, filter.span, message).hint =
                    Some("a list comprehension is written [x IN list WHERE … | …]".to_owned());
            }
            return ExprKind::List(items);
        };
        let first = if items.len() == 1 { items.pop() } else { None };
        if let Some(pattern) = first.and_then(named_pattern) {
            return ExprKind::PatternComprehension { pattern, filter: filter.map(Box::new), body: Box::new(body) };
        }
        self.fault(SyntaxErrorKind::Unexpected, place, "`|` can't stand in a list").hint = Some(
            "a comprehension is written [x IN list WHERE … | …] or [(a)-->(b) WHERE … | …]; \
             in an expression write n:(A|B) for `A or B`"
                .to_owned(),
        );
        ExprKind::List(Vec::new())
    }

    pub(super) fn map(&mut self, pair: Pair<'t>) -> ExprKind {
        ExprKind::Map(pair.into_inner().map(|entry| self.map_entry(entry)).collect())
    }

    fn map_entry(&mut self, entry: Pair<'t>) -> (Ident, Expr) {
        let mut inner = entry.into_inner();
        let key = self.name(&inner.next().expect("an entry has a key"));
        (key, self.expression(inner.next().expect("an entry has a value")))
    }

    fn map_projection(&mut self, base: Expr, pair: Pair<'t>) -> ExprKind {
        if !matches!(base.kind, ExprKind::Variable(_)) {
            let place = self.span(&pair);
            self.fault(SyntaxErrorKind::Unexpected, place, "only a variable can be projected to a map").hint =
                Some("bind the value by WITH … AS x, and write x {.key, …}".to_owned());
        }
        let mut items = Vec::new();
        for item in pair.into_inner() {
            items.push(match item.as_rule() {
                Rule::all_properties => MapProjectionItem::AllProperties,
                Rule::projected_property => {
                    MapProjectionItem::Property(self.name(&item.into_inner().next().expect("a property has a key")))
                }
                Rule::variable => MapProjectionItem::Variable(self.name(&item)),
                _ => {
                    let (key, value) = self.map_entry(item);
                    MapProjectionItem::Literal(key, value)
                }
            });
        }
        ExprKind::MapProjection(Box::new(base), items)
    }

    // ---- CASE and subqueries ----

    fn case(&mut self, pair: Pair<'t>) -> ExprKind {
        let (mut operand, mut branches, mut otherwise) = (None, Vec::new(), None);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::expression => operand = Some(Box::new(self.expression(inner))),
                Rule::when_branch => {
                    let mut parts = inner.into_inner().filter(|part| part.as_rule() == Rule::expression);
                    let when = self.expression(parts.next().expect("WHEN has a condition"));
                    let then = self.expression(parts.next().expect("THEN has a value"));
                    branches.push((when, then));
                }
                Rule::else_branch => otherwise = Some(Box::new(self.inner_expression(inner))),
                _ => {}
            }
        }
        ExprKind::Case { operand, branches, otherwise }
    }

    fn subquery_expression(&mut self, pair: Pair<'t>) -> ExprKind {
        let mut inner = pair.into_inner();
        let kind = match inner.next().map(|kind| kind.as_str().to_ascii_lowercase()).as_deref() {
            Some("exists") => SubqueryKind::Exists,
            Some("count") => SubqueryKind::Count,
            _ => SubqueryKind::Collect,
        };
        let body = inner.next().expect("a subquery has a body");
        let body = match body.as_rule() {
            Rule::subquery_pattern => SubqueryBody::Pattern(self.match_body(body.into_inner())),
            _ => SubqueryBody::Query(self.nested_query(body)),
        };
        ExprKind::Subquery(kind, Box::new(body))
    }

    /// Patterns, modifiers and WHERE: what stands behind MATCH, and in a subquery without it.
    pub(super) fn match_body(&mut self, pairs: Pairs<'t>) -> Match {
        let mut found =
            Match { optional: false, repeatable: false, patterns: Vec::new(), modifiers: Vec::new(), filter: None };
        for inner in pairs {
            match inner.as_rule() {
                Rule::kw_optional => found.optional = true,
                Rule::repeatable => found.repeatable = true,
                Rule::kw_match | Rule::different => {}
                Rule::path_pattern => found.patterns.push(self.path_pattern(inner)),
                Rule::filter => found.filter = Some(self.inner_expression(inner)),
                _ => found.modifiers.push(self.modifier(inner)),
            }
        }
        found
    }
}

fn constant(word: &str) -> ExprKind {
    match word.as_bytes()[0].to_ascii_lowercase() {
        b't' => ExprKind::Bool(true),
        b'f' => ExprKind::Bool(false),
        _ => ExprKind::Null,
    }
}

/// The name of `$name`.
pub(super) fn parameter_name(pair: &Pair<'_>) -> String {
    literal::unquoted_name(&pair.as_str()[1..])
}

/// `a.b.c` as a function's name.
fn dotted_name(expr: &Expr) -> Option<Ident> {
    match &expr.kind {
        ExprKind::Variable(name) => Some(Spanned::new(name.clone(), expr.span)),
        ExprKind::Property(base, key) => {
            let before = dotted_name(base)?;
            Some(Spanned::new(format!("{}.{}", before.value, key.value), expr.span))
        }
        _ => None,
    }
}

fn quantifier(name: &str) -> Option<QuantifierKind> {
    match name.to_ascii_lowercase().as_str() {
        "all" => Some(QuantifierKind::All),
        "any" => Some(QuantifierKind::Any),
        "none" => Some(QuantifierKind::None),
        "single" => Some(QuantifierKind::Single),
        _ => None,
    }
}

fn shortest_path(name: &str) -> Option<PathSearch> {
    match name.to_ascii_lowercase().as_str() {
        "shortestpath" => Some(PathSearch::ShortestPath),
        "allshortestpaths" => Some(PathSearch::AllShortestPaths),
        _ => None,
    }
}

/// Whether an expression reads `x IN list`.
fn element_of(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Binary(BinaryOp::In, left, _) if matches!(left.kind, ExprKind::Variable(_)))
}

/// `x` and `list` of `x IN list`.
fn split_element(expr: Expr) -> Option<(Ident, Expr)> {
    match expr.kind {
        ExprKind::Binary(BinaryOp::In, left, right) => match left.kind {
            ExprKind::Variable(name) => Some((Spanned::new(name, left.span), *right)),
            _ => None,
        },
        _ => None,
    }
}

/// The pattern of `(a)-->(b)` or `p = (a)-->(b)`.
fn named_pattern(expr: Expr) -> Option<Box<super::super::ast::PathPattern>> {
    match expr.kind {
        ExprKind::Pattern(pattern) => Some(pattern),
        ExprKind::Comparison(left, mut rest) if rest.len() == 1 => match (left.kind, rest.pop()) {
            (
                ExprKind::Variable(name),
                Some((ComparisonOp::Equal, Expr { kind: ExprKind::Pattern(mut pattern), .. })),
            ) => {
                pattern.variable = Some(Spanned::new(name, left.span));
                pattern.span = expr.span;
                Some(pattern)
            }
            _ => None,
        },
        _ => None,
    }
}
