//! Domain statements and modifiers: runs of words, names and times, as written.

use super::super::ast::{
    Expr, LabelExpr, Modifier, ModifierKind, OrderAndPage, Statement, StatementItem, StatementItemKind, TimePoint,
    TimeSpan,
};
use super::super::errors::SyntaxErrorKind;
use super::super::grammar::Rule;
use super::expression::parameter_name;
use super::{Builder, Pair, Pairs};
use crate::source::{Span, Spanned};

impl<'t> Builder<'t> {
    pub(super) fn statement(&mut self, pair: Pair<'t>) -> Statement {
        let mut found = Statement {
            optional: false,
            items: Vec::new(),
            modifiers: Vec::new(),
            yields: None,
            filter: None,
            page: OrderAndPage::default(),
        };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::kw_optional => found.optional = true,
                Rule::yields => found.yields = self.statement_yields(inner),
                Rule::filter => found.filter = Some(self.inner_expression(inner)),
                Rule::order | Rule::skip | Rule::limit => self.page_part(&mut found.page, inner),
                _ => match self.statement_item(&inner) {
                    Some(item) => found.items.push(item),
                    None => found.modifiers.push(self.modifier(inner)),
                },
            }
        }
        found
    }

    /// `YIELD *` is what a statement yields anyway.
    fn statement_yields(&mut self, pair: Pair<'t>) -> Option<Vec<super::super::ast::YieldItem>> {
        self.yields(pair).1
    }

    /// `None` for a pair that is none of a statement's items.
    fn statement_item(&mut self, pair: &Pair<'t>) -> Option<StatementItem> {
        let kind = match pair.as_rule() {
            Rule::word => StatementItemKind::Word(pair.as_str().to_owned()),
            Rule::comma => StatementItemKind::Comma,
            Rule::string => StatementItemKind::Quoted(self.string(pair).value),
            Rule::typographic_string => StatementItemKind::Quoted(self.typographic_string(pair).value),
            Rule::fuzzy => {
                let text = pair.clone().into_inner().next().expect("a fuzzy name has a text");
                StatementItemKind::Fuzzy(self.string(&text).value)
            }
            Rule::parameter => StatementItemKind::Parameter(parameter_name(pair)),
            Rule::node => StatementItemKind::Node(Box::new(self.node(pair.clone()))),
            _ => return None,
        };
        Some(StatementItem { span: self.span(pair), kind })
    }

    fn statement_items(&mut self, pair: Pair<'t>) -> Vec<StatementItem> {
        pair.into_inner().filter_map(|item| self.statement_item(&item)).collect()
    }

    // ---- modifiers ----

    pub(super) fn modifier(&mut self, pair: Pair<'t>) -> Modifier {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::as_of => ModifierKind::AsOf(self.time_point(pair)),
            Rule::known_by => ModifierKind::KnownBy(self.time_point(pair)),
            Rule::during => ModifierKind::During(self.time_span(pair.into_inner())),
            Rule::throughout => ModifierKind::Throughout(self.time_span(pair.into_inner())),
            Rule::certainly => ModifierKind::Certainly,
            Rule::within => self.within(pair, span),
            Rule::via => ModifierKind::Via(self.via(pair)),
            Rule::through => ModifierKind::Through(self.statement_items(pair)),
            Rule::avoiding => ModifierKind::Avoiding(self.statement_items(pair)),
            Rule::according_to => ModifierKind::AccordingTo(self.statement_items(pair)),
            Rule::without_source => ModifierKind::WithoutSource(self.statement_items(pair)),
            Rule::rated => {
                let grade = pair.into_inner().find(|part| part.as_rule() == Rule::grade);
                ModifierKind::Rated(grade.expect("RATED has a grade").as_str().to_owned())
            }
            Rule::worded => {
                let names = pair.into_inner().filter(|part| part.as_rule() == Rule::name);
                ModifierKind::Worded(names.map(|name| self.name(&name)).collect())
            }
            rule => unreachable!("{rule:?} is no modifier of the grammar"),
        };
        Modifier { span, kind }
    }

    fn via(&mut self, pair: Pair<'t>) -> LabelExpr {
        let labels = pair.into_inner().find(|part| part.as_rule() == Rule::label_or);
        self.label_or(labels.expect("VIA has a label expression"))
    }

    /// `2`, `1..3` or `..3`.
    fn within(&mut self, pair: Pair<'t>, span: Span) -> ModifierKind {
        let (mut min, mut max, mut dots) = (None, None, false);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::dots => dots = true,
                Rule::whole if dots => max = Some(self.whole(&inner)),
                Rule::whole => min = Some(self.whole(&inner)),
                _ => {}
            }
        }
        if let (Some(least), Some(most)) = (min, max)
            && least > most
        {
            self.fault(SyntaxErrorKind::Number, span, format!("{least}..{most} hops: the least is above the most"));
        }
        match (min, max) {
            (min, Some(max)) => ModifierKind::Within { min, max },
            (only, None) => ModifierKind::Within { min: None, max: only.unwrap_or(1) },
        }
    }

    // ---- times ----

    /// The one point within `AS OF …` or `KNOWN BY …`.
    fn time_point(&mut self, pair: Pair<'t>) -> TimePoint {
        let found = pair.into_inner().find(|part| !is_keyword(part.as_rule()));
        self.point(&found.expect("a time stands here"))
    }

    fn point(&mut self, pair: &Pair<'t>) -> TimePoint {
        let span = self.span(pair);
        match pair.as_rule() {
            Rule::today => TimePoint::Today(span),
            Rule::time_literal => TimePoint::Literal(Spanned::new(pair.as_str().to_owned(), span)),
            Rule::string => TimePoint::Literal(self.string(pair)),
            Rule::typographic_string => TimePoint::Literal(self.typographic_string(pair)),
            Rule::parenthesised => TimePoint::Expr(Box::new(self.inner_expression(pair.clone()))),
            _ => TimePoint::Expr(Box::new(Expr {
                span,
                kind: super::super::ast::ExprKind::Parameter(parameter_name(pair)),
            })),
        }
    }

    fn time_span(&mut self, pairs: Pairs<'t>) -> TimeSpan {
        let (mut from, mut to, mut dots) = (None, None, false);
        for inner in pairs.filter(|part| !is_keyword(part.as_rule())) {
            match inner.as_rule() {
                Rule::dots => dots = true,
                _ if dots => to = Some(self.point(&inner)),
                _ => from = Some(self.point(&inner)),
            }
        }
        match from {
            Some(TimePoint::Literal(text)) if !dots => split_span(text),
            Some(point) if !dots => TimeSpan::Point(point),
            from => TimeSpan::Between(from, to),
        }
    }
}

/// `'2012..2015'` in quotes means what it means without; `[2012..2013]` is one date.
fn split_span(text: Spanned<String>) -> TimeSpan {
    let Some((from, to)) = text.value.split_once("..").filter(|_| !text.value.contains(['[', '/'])) else {
        return TimeSpan::Point(TimePoint::Literal(text));
    };
    let side = |part: &str| {
        let part = part.trim();
        (!part.is_empty()).then(|| TimePoint::Literal(Spanned::new(part.to_owned(), text.span)))
    };
    TimeSpan::Between(side(from), side(to))
}

fn is_keyword(rule: Rule) -> bool {
    matches!(rule, Rule::kw_as | Rule::kw_of | Rule::kw_known | Rule::kw_by | Rule::kw_during | Rule::kw_throughout)
}
