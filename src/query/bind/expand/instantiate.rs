//! An expansion with its subjects and modifiers in place.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::subjects::Subject;
use super::{ident, lists};
use crate::diagnostics::codes;
use crate::query::bind::fault::{Detail, Fault};
use crate::query::statements::{Definition, Takes};
use crate::query::syntax::ast::{
    ComparisonOp, Expr, ExprKind, Ident, LabelExpr, Match, Modifier, ModifierKind, NodePattern, Query, Range,
    RelPattern, StatementItem, StatementItemKind, TimePoint, TimeSpan,
};
use crate::query::syntax::parse_query;
use crate::query::syntax::rewrite::{self, Rewriter};
use crate::source::Span;

/// The name under which VIA stands in expansions.
const VIA: &str = "VIA";
/// The variable that stands for time and sources in expansions.
const EVIDENCE: &str = "EVIDENCE";

/// A statement's expansion with what is to be put into it.
#[derive(Clone)]
pub(super) struct Instance {
    definition: &'static Definition,
    subjects: IndexMap<&'static str, Subject>,
    names: HashMap<String, String>,
    via: Option<LabelExpr>,
    within: Option<(Option<u64>, u64)>,
    /// Modifiers on time and evidence.
    evidence: Vec<Modifier>,
    /// The same as a map for functions, if there are any.
    when: Option<Expr>,
    kept: Vec<String>,
    span: Span,
}

impl Instance {
    pub(super) fn new(
        definition: &'static Definition,
        subjects: Vec<(&'static str, Subject)>,
        modifiers: &[Modifier],
        scope: &[String],
        span: Span,
    ) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut instance = Self {
            definition,
            subjects: IndexMap::new(),
            names: HashMap::new(),
            via: None,
            within: None,
            evidence: Vec::new(),
            when: None,
            kept: Vec::new(),
            span,
        };
        for modifier in modifiers {
            instance.modifier(modifier, &mut faults);
        }
        instance.choose_names(subjects, scope);
        let entries: Vec<_> = instance.evidence.iter().filter_map(entry).collect();
        if !entries.is_empty() {
            instance.when = Some(Expr { span, kind: ExprKind::Map(entries) });
        }
        if faults.is_empty() { Ok(instance) } else { Err(faults) }
    }

    /// The variables of node patterns in the user's own words: they go on beside the columns.
    pub(super) fn kept(&self) -> &[String] {
        &self.kept
    }

    /// What to ask of the same subjects where the answer is empty: at any time, by any source.
    pub(super) fn silence(&self) -> Vec<(Query, &'static str)> {
        let is_named = self
            .subjects
            .values()
            .all(|it| matches!(it, Subject::Name(_) | Subject::Text(_) | Subject::Several(_) | Subject::Texts(_)));
        if !is_named {
            return Vec::new();
        }
        let timeless = Self { evidence: Vec::new(), when: None, ..self.clone() };
        let filled = self.definition.silence.iter().map(|(text, words)| {
            let tree = parse_query(text).expect("a test parses the questions after silence");
            (timeless.fill(tree), *words)
        });
        filled.collect()
    }

    /// What the statement assumes where the query says nothing.
    pub(super) fn assumptions(&self) -> Vec<String> {
        let mut said = Vec::new();
        if let (None, Some((min, max))) = (self.within, self.definition.hops) {
            let hops = match max {
                Some(1) => "1 hop".to_owned(),
                Some(max) if min == 1 => format!("{max} hops"),
                Some(max) => format!("{min} to {max} hops"),
                None => "any number of hops".to_owned(),
            };
            said.push(format!("within {hops}, the default"));
        }
        if let (None, Some(via)) = (&self.via, self.definition.via)
            && self.definition.takes.contains(&Takes::Via)
        {
            said.push(format!("via {}, the default", via.replace('|', ", ")));
        }
        said
    }

    /// The expansion, filled.
    pub(super) fn query(&self) -> Query {
        self.fill(self.definition.tree().clone())
    }

    fn fill(&self, mut query: Query) -> Query {
        for (name, subject) in &self.subjects {
            if let Subject::Several(members) = subject {
                lists::spread(&mut query, name, members);
            }
        }
        let mut filler = Filler { instance: self, placed: HashSet::new() };
        rewrite::query(&mut query, &mut filler);
        for (name, subject) in &self.subjects {
            lists::place(&mut query, name, subject, self.span);
        }
        let first = query.first.clauses.first_mut();
        if let Some(first) = first {
            self.find_parameters(first);
        }
        query
    }

    fn modifier(&mut self, modifier: &Modifier, faults: &mut Vec<Fault>) {
        match &modifier.kind {
            ModifierKind::Via(types) if self.definition.takes.contains(&Takes::Via) => {
                if self.via.replace(types.clone()).is_some() {
                    faults.push(twice("VIA", modifier.span));
                }
            }
            ModifierKind::Within { min, max } if self.definition.takes.contains(&Takes::Within) => {
                if self.within.replace((*min, *max)).is_some() {
                    faults.push(twice("WITHIN", modifier.span));
                }
                if min.is_some_and(|min| min > *max) {
                    let message = "the range of hops runs backwards";
                    faults.push(Fault::new(Detail::StatementMismatch, modifier.span, message));
                }
            }
            ModifierKind::Via(_) => faults.push(self.unfit("VIA", modifier.span)),
            ModifierKind::Within { .. } => faults.push(self.unfit("WITHIN", modifier.span)),
            ModifierKind::Through(_) => faults.push(Fault::not_built_yet("THROUGH", modifier.span)),
            ModifierKind::Avoiding(_) => faults.push(Fault::not_built_yet("AVOIDING", modifier.span)),
            _ => self.evidence.push(modifier.clone()),
        }
    }

    fn unfit(&self, what: &str, span: Span) -> Fault {
        let message = format!("{} takes no {what}", self.definition.usage());
        Fault::new(Detail::StatementMismatch, span, message).under(codes::BAD_MODIFIER)
    }

    /// Gives each variable of the expansion a name that nobody else has.
    fn choose_names(&mut self, subjects: Vec<(&'static str, Subject)>, scope: &[String]) {
        let columns: Vec<&str> = self.definition.columns.iter().map(|(name, _)| *name).collect();
        for (name, subject) in subjects {
            match &subject {
                Subject::Variable(variable) => {
                    self.names.insert(name.to_owned(), variable.value.clone());
                }
                Subject::Pattern(NodePattern { variable: Some(variable), .. }) => {
                    self.names.insert(name.to_owned(), variable.value.clone());
                    if !scope.contains(&variable.value) {
                        self.kept.push(variable.value.clone());
                    }
                }
                _ => {}
            }
            self.subjects.insert(name, subject);
        }
        let mut collector = Collector(Vec::new());
        rewrite::query(&mut self.definition.tree().clone(), &mut collector);
        let is_taken = |name: &str, names: &HashMap<String, String>| {
            scope.iter().any(|known| known == name) || names.values().any(|known| known == name)
        };
        for name in collector.0 {
            if self.names.contains_key(&name) || name == EVIDENCE {
                continue;
            }
            // A column keeps its name: if it is taken, that is a fault which the caller reports.
            if columns.contains(&name.as_str()) && !self.names.values().any(|known| *known == name) {
                self.names.insert(name.clone(), name);
                continue;
            }
            let mut chosen = name.clone();
            let mut number = 1;
            while is_taken(&chosen, &self.names) {
                number += 1;
                chosen = format!("{name}{number}");
            }
            self.names.insert(name, chosen);
        }
    }

    /// A subject by parameter is looked up when the query runs: `(a) WHERE a = node($name)`.
    fn find_parameters(&self, first: &mut crate::query::syntax::ast::Clause) {
        use crate::query::syntax::ast::{BinaryOp, ClauseKind};
        let ClauseKind::Match(matched) = &mut first.kind else { return };
        let mut parameters: Vec<(&str, &Ident)> = self
            .subjects
            .iter()
            .filter_map(|(name, subject)| match subject {
                Subject::Parameter(parameter) => Some((*name, parameter)),
                _ => None,
            })
            .collect();
        parameters.sort_by_key(|(name, _)| *name);
        for (name, parameter) in parameters {
            let span = parameter.span;
            let variable = Expr { span, kind: ExprKind::Variable(self.names[name].clone()) };
            let value = Expr { span, kind: ExprKind::Parameter(parameter.value.clone()) };
            let call = ExprKind::Call { name: ident("node", span), distinct: false, args: vec![value] };
            let found = Expr { span, kind: call };
            let kind = ExprKind::Comparison(Box::new(variable), vec![(ComparisonOp::Equal, found)]);
            let test = Expr { span, kind };
            matched.filter = Some(match matched.filter.take() {
                None => test,
                Some(other) => Expr { span, kind: ExprKind::Binary(BinaryOp::And, Box::new(test), Box::new(other)) },
            });
        }
    }

    fn default_via(&self) -> Option<LabelExpr> {
        let roles = self.definition.via?;
        let pattern = parse_query(&format!("MATCH ()-[:{roles}]-() RETURN 1")).expect("roles parse");
        let mut finder = TypesOf(None);
        rewrite::query(&mut pattern.clone(), &mut finder);
        finder.0
    }
}

/// The first relationship's types.
struct TypesOf(Option<LabelExpr>);

impl Rewriter for TypesOf {
    fn rel(&mut self, rel: &mut RelPattern) {
        self.0.clone_from(&rel.types);
    }
}

/// All variables of a tree.
struct Collector(Vec<String>);

impl Rewriter for Collector {
    fn variable(&mut self, variable: &mut Ident) {
        if !self.0.contains(&variable.value) {
            self.0.push(variable.value.clone());
        }
    }
}

/// Puts everything in its place.
struct Filler<'i> {
    instance: &'i Instance,
    /// Subjects whose first node pattern is behind: the others are just their variable.
    placed: HashSet<String>,
}

impl Rewriter for Filler<'_> {
    fn variable(&mut self, variable: &mut Ident) {
        if let Some(name) = self.instance.names.get(&variable.value) {
            variable.value.clone_from(name);
        }
    }

    fn node(&mut self, node: &mut NodePattern) {
        let Some(variable) = &node.variable else { return };
        let name = variable.value.clone();
        let Some(subject) = self.instance.subjects.get(name.as_str()) else { return };
        if !self.placed.insert(name) {
            return;
        }
        match subject {
            Subject::Name(name) => node.name = Some(name.clone()),
            Subject::Pattern(pattern) => {
                node.labels.clone_from(&pattern.labels);
                node.name.clone_from(&pattern.name);
                node.properties.clone_from(&pattern.properties);
                node.filter.clone_from(&pattern.filter);
            }
            _ => {}
        }
    }

    fn rel(&mut self, rel: &mut RelPattern) {
        let is_via = matches!(&rel.types, Some(LabelExpr::Name(name)) if name.value == VIA);
        if !is_via {
            return;
        }
        rel.types = self.instance.via.clone().or_else(|| self.instance.default_via());
        let Some(length) = &mut rel.length else { return };
        let starts_open = length.min.is_none();
        match (self.instance.within, self.instance.definition.hops) {
            (Some((min, max)), _) => {
                let least = if starts_open { min.or(Some(1)) } else { length.min };
                *length = Range { min: least, max: Some(max), quantifier: false };
            }
            (None, Some((min, max))) if starts_open => {
                // `*` says "one or more" by itself.
                let least = if min == 1 && max.is_none() { None } else { Some(min) };
                *length = Range { min: least, max, quantifier: false };
            }
            _ => {}
        }
    }

    fn matched(&mut self, matched: &mut Match) {
        matched.modifiers.clone_from(&self.instance.evidence);
    }

    fn expr(&mut self, expr: &mut Expr) {
        expr.span = self.instance.span;
        match &mut expr.kind {
            ExprKind::Variable(name) => {
                if let Some(Subject::Text(text)) = self.instance.subjects.get(name.as_str()) {
                    expr.kind = ExprKind::Text(text.value.clone());
                } else if let Some(Subject::Several(_) | Subject::Texts(_)) = self.instance.subjects.get(name.as_str())
                {
                    expr.kind = ExprKind::Variable(lists::marker(name));
                } else if let Some(Subject::Parameter(parameter)) = self.instance.subjects.get(name.as_str())
                    && self
                        .instance
                        .definition
                        .signature
                        .iter()
                        .any(|piece| matches!(piece, crate::query::statements::Piece::Text(known) if known == name))
                {
                    expr.kind = ExprKind::Parameter(parameter.value.clone());
                } else if let Some(chosen) = self.instance.names.get(name) {
                    name.clone_from(chosen);
                }
            }
            ExprKind::Call { args, .. } => {
                let is_when = |arg: &Expr| matches!(&arg.kind, ExprKind::Variable(name) if name == EVIDENCE);
                if args.last().is_some_and(is_when) {
                    args.pop();
                    args.extend(self.instance.when.clone());
                }
            }
            _ => {}
        }
    }
}

fn twice(what: &str, span: Span) -> Fault {
    Fault::new(Detail::StatementMismatch, span, format!("{what} is given twice")).under(codes::BAD_MODIFIER)
}

/// A modifier as an entry of the map that functions on evidence take.
fn entry(modifier: &Modifier) -> Option<(Ident, Expr)> {
    let span = modifier.span;
    let (key, value) = match &modifier.kind {
        ModifierKind::AsOf(point) => ("asOf", self::point(point)),
        ModifierKind::During(period) => ("during", self::period(period, span)),
        ModifierKind::Throughout(period) => ("throughout", self::period(period, span)),
        ModifierKind::KnownBy(point) => ("knownBy", self::point(point)),
        ModifierKind::AccordingTo(items) => ("accordingTo", voices(items, span)),
        ModifierKind::WithoutSource(items) => ("withoutSource", voices(items, span)),
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

fn text(text: &str, span: Span) -> Expr {
    Expr { span, kind: ExprKind::Text(text.to_owned()) }
}

fn point(point: &TimePoint) -> Expr {
    match point {
        TimePoint::Literal(literal) => text(&literal.value, literal.span),
        TimePoint::Today(span) => {
            let call = ExprKind::Call { name: ident("today", *span), distinct: false, args: Vec::new() };
            Expr { span: *span, kind: call }
        }
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

/// The names of a list of sources.
pub(in crate::query::bind) fn voice_names(items: &[StatementItem]) -> Vec<Ident> {
    let mut names: Vec<Ident> = Vec::new();
    let mut is_open = false;
    for item in items {
        match &item.kind {
            StatementItemKind::Comma => is_open = false,
            StatementItemKind::Word(word) => match names.last_mut() {
                Some(last) if is_open => {
                    last.value.push(' ');
                    last.value.push_str(word);
                    last.span = last.span.to(item.span);
                }
                _ => {
                    names.push(ident(word, item.span));
                    is_open = true;
                }
            },
            StatementItemKind::Quoted(name) | StatementItemKind::Fuzzy(name) | StatementItemKind::Parameter(name) => {
                names.push(ident(name, item.span));
                is_open = false;
            }
            StatementItemKind::Node(_) => is_open = false,
        }
    }
    names
}

fn voices(items: &[StatementItem], span: Span) -> Expr {
    let names = voice_names(items).into_iter().map(|name| text(&name.value, name.span)).collect();
    Expr { span, kind: ExprKind::List(names) }
}
