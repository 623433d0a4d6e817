//! Paths, nodes, relationships and label expressions.

use super::super::ast::{
    Direction, Expr, ExprKind, GroupPattern, LabelExpr, NodePattern, PathMode, PathPattern, PathSearch, PatternElement,
    Range, RelPattern,
};
use super::super::errors::SyntaxErrorKind;
use super::super::grammar::Rule;
use super::expression::parameter_name;
use super::{Builder, MAX_OPERATORS, Pair, has};
use crate::source::Span;

impl<'t> Builder<'t> {
    pub(super) fn path_pattern(&mut self, pair: Pair<'t>) -> PathPattern {
        let span = self.span(&pair);
        let mut path = PathPattern { span, variable: None, search: PathSearch::All, mode: None, elements: Vec::new() };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::variable => path.variable = Some(self.name(&inner)),
                Rule::path_mode => path.mode = Some(path_mode(inner.as_str())),
                Rule::search => (path.search, path.mode) = self.search(inner),
                Rule::shortest_call => {
                    let all = has(&inner, Rule::kw_allshortestpaths);
                    path.search = if all { PathSearch::AllShortestPaths } else { PathSearch::ShortestPath };
                    for element in inner.into_inner().skip(1) {
                        self.path_element(&mut path.elements, element);
                    }
                }
                _ => self.path_element(&mut path.elements, inner),
            }
        }
        path
    }

    pub(super) fn pattern_predicate(&mut self, pair: Pair<'t>) -> PathPattern {
        let span = self.span(&pair);
        let mut elements = Vec::new();
        for inner in pair.into_inner() {
            self.path_element(&mut elements, inner);
        }
        PathPattern { span, variable: None, search: PathSearch::All, mode: None, elements }
    }

    /// `({…})-->()` and `(n {…})-->()` in an expression, where map and pattern are read as one.
    pub(super) fn mapped_pattern(&mut self, pair: Pair<'t>) -> PathPattern {
        let span = self.span(&pair);
        let mut node = NodePattern { span, ..NodePattern::default() };
        let mut elements = Vec::new();
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::variable => node.variable = Some(self.name(&inner)),
                Rule::mapped_pattern => {
                    for part in inner.into_inner() {
                        match part.as_rule() {
                            Rule::filter => node.filter = Some(Box::new(self.inner_expression(part))),
                            Rule::node_end => {
                                node.span.end = self.span(&part).end;
                                elements.push(PatternElement::Node(std::mem::take(&mut node)));
                            }
                            _ => self.path_element(&mut elements, part),
                        }
                    }
                }
                _ => node.properties = Some(Box::new(self.properties(inner))),
            }
        }
        PathPattern { span, variable: None, search: PathSearch::All, mode: None, elements }
    }

    /// A map, or what was read as the projection of one.
    fn properties(&mut self, pair: Pair<'t>) -> Expr {
        let span = self.span(&pair);
        if let Some(odd) = pair.clone().into_inner().find(|entry| entry.as_rule() != Rule::map_entry) {
            let place = self.span(&odd);
            self.fault(SyntaxErrorKind::Unexpected, place, "a node's properties have values").hint =
                Some("write (n {key: value})".to_owned());
            return Expr { span, kind: ExprKind::Null };
        }
        Expr { span, kind: self.map(pair) }
    }

    fn path_element(&mut self, elements: &mut Vec<PatternElement>, pair: Pair<'t>) {
        let element = match pair.as_rule() {
            Rule::node => PatternElement::Node(self.node(pair)),
            Rule::relationship => PatternElement::Rel(self.relationship(pair)),
            _ => PatternElement::Group(Box::new(self.group(pair))),
        };
        if let (Some(PatternElement::Node(before)), PatternElement::Node(after)) = (elements.last(), &element) {
            let span = before.span.to(after.span);
            self.fault(SyntaxErrorKind::Unexpected, span, "nothing joins these two nodes").hint =
                Some("write a relationship such as --> between them, or a comma".to_owned());
        }
        elements.push(element);
    }

    fn group(&mut self, pair: Pair<'t>) -> GroupPattern {
        let span = self.span(&pair);
        let (mut pattern, mut filter, mut quantifier) = (None, None, None);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::path_pattern => pattern = Some(self.path_pattern(inner)),
                Rule::filter => filter = Some(self.inner_expression(inner)),
                _ => quantifier = Some(self.quantifier(&inner)),
            }
        }
        GroupPattern { span, pattern: pattern.expect("a group holds a pattern"), filter, quantifier }
    }

    // ---- searches ----

    fn search(&mut self, pair: Pair<'t>) -> (PathSearch, Option<PathMode>) {
        let (all, any) = (has(&pair, Rule::kw_all), has(&pair, Rule::kw_any));
        let (shortest, groups) = (has(&pair, Rule::kw_shortest), has(&pair, Rule::kw_groups));
        let span = self.span(&pair);
        let (mut count, mut mode) = (None, None);
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::path_count => count = Some(Box::new(self.path_count(inner))),
                Rule::path_mode => mode = Some(path_mode(inner.as_str())),
                _ => {}
            }
        }
        let one = || Box::new(Expr { span, kind: ExprKind::Int(1) });
        if groups && (all || any) {
            self.fault(SyntaxErrorKind::Unexpected, span, "GROUPS belongs to SHORTEST k").hint =
                Some("write SHORTEST 2 GROUPS".to_owned());
        }
        if shortest && !any && !all && !groups && count.is_none() {
            self.fault(SyntaxErrorKind::Unexpected, span, "SHORTEST needs a number").hint =
                Some("write SHORTEST 1, or ALL SHORTEST".to_owned());
        }
        let search = match (all, any, shortest) {
            (true, _, true) => PathSearch::AllShortest,
            (true, _, false) => PathSearch::All,
            (_, true, false) => PathSearch::Any(count),
            _ if groups => PathSearch::ShortestGroups(count.unwrap_or_else(one)),
            _ => PathSearch::Shortest(count.unwrap_or_else(one)),
        };
        (search, mode)
    }

    fn path_count(&mut self, pair: Pair<'t>) -> Expr {
        let span = self.span(&pair);
        let inner = pair.into_inner().next().expect("a count is a number or a parameter");
        match inner.as_rule() {
            Rule::number => self.number(&inner),
            _ => Expr { span, kind: ExprKind::Parameter(parameter_name(&inner)) },
        }
    }

    // ---- nodes and relationships ----

    pub(super) fn node(&mut self, pair: Pair<'t>) -> NodePattern {
        let mut node = NodePattern { span: self.span(&pair), ..NodePattern::default() };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::variable => node.variable = Some(self.name(&inner)),
                Rule::labels => node.labels = Some(self.labels(inner)),
                Rule::string => node.name = Some(self.string(&inner)),
                Rule::filter => node.filter = Some(Box::new(self.inner_expression(inner))),
                _ => node.properties = Some(Box::new(self.atom(inner))),
            }
        }
        node
    }

    fn relationship(&mut self, pair: Pair<'t>) -> RelPattern {
        let direction = match (has(&pair, Rule::left_arrow), has(&pair, Rule::right_arrow)) {
            (true, false) => Direction::Left,
            (false, true) => Direction::Right,
            _ => Direction::Both,
        };
        let span = self.span(&pair);
        let mut rel =
            RelPattern { span, variable: None, types: None, direction, length: None, properties: None, filter: None };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::detail => self.detail(&mut rel, inner),
                Rule::quantifier => {
                    let place = self.span(&inner);
                    let range = self.quantifier(&inner);
                    if rel.length.replace(range).is_some() {
                        self.fault(SyntaxErrorKind::Unexpected, place, "this relationship has two lengths").hint =
                            Some("write either `*1..3` in the brackets or `{1,3}` behind the arrow".to_owned());
                    }
                }
                _ => {}
            }
        }
        rel
    }

    fn detail(&mut self, rel: &mut RelPattern, pair: Pair<'t>) {
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::variable => rel.variable = Some(self.name(&inner)),
                Rule::labels => rel.types = Some(self.labels(inner)),
                Rule::length => rel.length = Some(self.length(&inner)),
                Rule::filter => rel.filter = Some(Box::new(self.inner_expression(inner))),
                _ => rel.properties = Some(Box::new(self.atom(inner))),
            }
        }
    }

    // ---- repetitions ----

    /// `*1..3`: one bound without dots is both.
    fn length(&mut self, pair: &Pair<'t>) -> Range {
        let (min, max, dots) = self.bounds(pair, Rule::dots);
        Range { min, max: if dots { max } else { min }, quantifier: false }
    }

    /// `{1,3}`, `+`, `*`.
    fn quantifier(&mut self, pair: &Pair<'t>) -> Range {
        if has(pair, Rule::star) {
            return Range { min: Some(0), max: None, quantifier: true };
        }
        if pair.as_str().trim_start().starts_with('+') {
            return Range { min: Some(1), max: None, quantifier: true };
        }
        let (min, max, comma) = self.bounds(pair, Rule::comma);
        if !comma && min.is_none() {
            let span = self.span(pair);
            self.fault(SyntaxErrorKind::Unexpected, span, "these braces hold no number").hint =
                Some("write {2}, {1,3}, {1,} or {,3}".to_owned());
        }
        Range { min, max: if comma { max } else { min }, quantifier: true }
    }

    /// The numbers before and behind a separator, and whether the separator is there.
    fn bounds(&mut self, pair: &Pair<'t>, separator: Rule) -> (Option<u64>, Option<u64>, bool) {
        let (mut min, mut max, mut separated) = (None, None, false);
        for inner in pair.clone().into_inner() {
            match inner.as_rule() {
                Rule::whole if separated => max = Some(self.whole(&inner)),
                Rule::whole => min = Some(self.whole(&inner)),
                rule if rule == separator => separated = true,
                _ => {}
            }
        }
        (min, max, separated)
    }

    pub(super) fn whole(&mut self, pair: &Pair<'t>) -> u64 {
        pair.as_str().parse().unwrap_or_else(|_| {
            let span = self.span(pair);
            self.fault(SyntaxErrorKind::Number, span, format!("`{}` is too large", pair.as_str()));
            u64::MAX
        })
    }

    // ---- labels ----

    fn labels(&mut self, pair: Pair<'t>) -> LabelExpr {
        self.label_or(pair.into_inner().next().expect("labels hold an expression"))
    }

    pub(super) fn label_or(&mut self, pair: Pair<'t>) -> LabelExpr {
        self.label_chain(pair, Self::label_and, LabelExpr::Or)
    }

    pub(super) fn label_and(&mut self, pair: Pair<'t>) -> LabelExpr {
        self.label_chain(pair, Self::label_not, LabelExpr::And)
    }

    fn label_chain(
        &mut self,
        pair: Pair<'t>,
        part: fn(&mut Self, Pair<'t>) -> LabelExpr,
        join: fn(Box<LabelExpr>, Box<LabelExpr>) -> LabelExpr,
    ) -> LabelExpr {
        let span: Span = self.span(&pair);
        let mut parts = pair.into_inner();
        let mut tree = part(self, parts.next().expect("a label expression has a part"));
        for (count, next) in parts.enumerate() {
            if count >= MAX_OPERATORS {
                let message = format!("more than {MAX_OPERATORS} labels in a row");
                self.fault(SyntaxErrorKind::TooDeep, span, message);
                break;
            }
            tree = join(Box::new(tree), Box::new(part(self, next)));
        }
        tree
    }

    fn label_not(&mut self, pair: Pair<'t>) -> LabelExpr {
        let span = self.span(&pair);
        let mut inner: Vec<_> = pair.into_inner().collect();
        let atom = inner.pop().expect("a label expression has an atom");
        let mut tree = match atom.as_rule() {
            Rule::name => LabelExpr::Name(self.name(&atom)),
            Rule::any_label => LabelExpr::Any(self.span(&atom)),
            _ => self.label_or(atom),
        };
        if inner.len() > MAX_OPERATORS {
            self.fault(SyntaxErrorKind::TooDeep, span, format!("more than {MAX_OPERATORS} negations in a row"));
            return tree;
        }
        for _ in inner {
            tree = LabelExpr::Not(Box::new(tree));
        }
        tree
    }
}

fn path_mode(word: &str) -> PathMode {
    match word.as_bytes()[0].to_ascii_lowercase() {
        b'w' => PathMode::Walk,
        b't' => PathMode::Trail,
        b'a' => PathMode::Acyclic,
        _ => PathMode::Simple,
    }
}
