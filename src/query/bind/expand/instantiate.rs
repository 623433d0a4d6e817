//! An expansion with its subjects and modifiers in place.
//!
//! Two walks: the first gives every variable of the expansion a name that nobody else has and puts every place at the
//! statement's; the second puts in what the user wrote. So no word of the user's is ever taken for the expansion's.

use std::collections::{HashMap, HashSet};

use super::asked::{self, call, text, variable};
use super::lists;
use super::passing::Passing;
use super::subjects::Subject;
use crate::diagnostics::codes;
use crate::query::bind::fault::{Detail, Fault};
use crate::query::statements::{Definition, Takes};
use crate::query::syntax::ast::{
    ComparisonOp, Expr, ExprKind, Ident, LabelExpr, Match, Modifier, ModifierKind, NodePattern, Part, Query, Range,
    RelPattern,
};
use crate::query::syntax::rewrite::{self, Rewriter};
use crate::query::syntax::spans::Places;
use crate::source::Span;

/// The name under which VIA stands in expansions.
const VIA: &str = "VIA";
/// The variable that stands for time and sources in expansions.
const EVIDENCE: &str = "EVIDENCE";

/// A statement's expansion with what is to be put into it.
#[derive(Clone)]
pub(super) struct Instance {
    pub(super) definition: &'static Definition,
    subjects: Vec<(&'static str, Subject)>,
    names: HashMap<String, String>,
    via: Option<LabelExpr>,
    within: Option<(Option<u64>, u64)>,
    passing: Passing,
    /// Modifiers on time and evidence.
    evidence: Vec<Modifier>,
    /// The same as a map for functions, if there are any.
    when: Option<Expr>,
    /// Variables of node patterns in the user's own words: they go on beside the columns.
    pub(super) kept: Vec<String>,
    /// Variables from outside that the statement reads.
    pub(super) imports: Vec<String>,
    /// Those of them that modifiers read: every WITH of the expansion hands them on.
    carried: Vec<String>,
    span: Span,
}

impl Instance {
    /// Puts modifiers in order, and chooses names that clash with nothing in `scope`.
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
            subjects,
            names: HashMap::new(),
            via: None,
            within: None,
            passing: Passing::default(),
            evidence: Vec::new(),
            when: None,
            kept: Vec::new(),
            imports: Vec::new(),
            carried: Vec::new(),
            span,
        };
        for modifier in modifiers {
            instance.modifier(modifier, scope, &mut faults);
        }
        instance.when = asked::map(&instance.evidence, scope, span);
        instance.find_imports(scope);
        if faults.is_empty() { Ok(instance) } else { Err(faults) }
    }

    /// The names of its columns.
    pub(super) fn columns(&self) -> Vec<String> {
        let mut columns = Vec::new();
        for (name, _) in self.definition.columns {
            match self.subjects.iter().find(|(list, _)| list == name) {
                Some((_, Subject::Several(members))) => {
                    columns.extend(members.iter().map(|member| member.written().to_owned()));
                }
                _ => columns.push((*name).to_owned()),
            }
        }
        columns
    }

    /// What to ask of the same subjects where the answer is empty: at any time, by any source.
    pub(super) fn silence(&self) -> Vec<(Query, &'static str)> {
        let is_named = self
            .subjects
            .iter()
            .all(|(_, it)| matches!(it, Subject::Name(_) | Subject::Text(_) | Subject::Several(_) | Subject::Texts(_)));
        if !is_named {
            return Vec::new();
        }
        let timeless = Self { evidence: Vec::new(), when: None, passing: Passing::default(), ..self.clone() };
        let questions = self.definition.questions_after_silence();
        questions.map(|(tree, words)| (timeless.fill(tree.clone()), words)).collect()
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

    /// The expansion, filled, in names that nobody in `taken` has.
    pub(super) fn query(&mut self, taken: &[String]) -> Query {
        let tree = self.definition.tree().clone();
        self.choose_names(&tree, taken);
        self.fill(tree)
    }

    /// A query of the same subjects, filled.
    fn fill(&self, mut query: Query) -> Query {
        query.each_span(&mut |span| *span = self.span);
        rewrite::query(&mut query, &mut Renamer { names: &self.names });
        let subjects: Vec<(String, &Subject)> = self
            .subjects
            .iter()
            .map(|(name, subject)| (self.names.get(*name).cloned().unwrap_or_else(|| (*name).to_owned()), subject))
            .collect();
        for (name, subject) in &subjects {
            if let Subject::Several(members) = subject {
                lists::spread(&mut query, name, members);
            }
        }
        let known = subjects.iter().cloned().collect();
        let mut filler = Filler { instance: self, subjects: known, placed: vec![HashSet::new()] };
        rewrite::query(&mut query, &mut filler);
        for (name, subject) in subjects {
            lists::place(&mut query, &name, subject, self.span);
        }
        query
    }

    fn modifier(&mut self, modifier: &Modifier, scope: &[String], faults: &mut Vec<Fault>) {
        let takes = self.definition.takes;
        match &modifier.kind {
            ModifierKind::Via(types) if takes.contains(&Takes::Via) => {
                if self.via.replace(types.clone()).is_some() {
                    faults.push(twice("VIA", modifier.span));
                }
            }
            ModifierKind::Within { min, max } if takes.contains(&Takes::Within) => {
                if self.within.replace((*min, *max)).is_some() {
                    faults.push(twice("WITHIN", modifier.span));
                }
                if min.is_some_and(|min| min > *max) {
                    let message = "the range of hops runs backwards";
                    faults.push(Fault::new(Detail::StatementMismatch, modifier.span, message));
                }
            }
            ModifierKind::Through(items) if takes.contains(&Takes::Through) => {
                if !self.passing.through(items, scope) {
                    faults.push(twice("THROUGH", modifier.span));
                }
            }
            ModifierKind::Avoiding(items) if takes.contains(&Takes::Through) => {
                if !self.passing.avoiding(items, scope) {
                    faults.push(twice("AVOIDING", modifier.span));
                }
            }
            ModifierKind::Via(_) => faults.push(self.unfit("VIA", modifier.span)),
            ModifierKind::Within { .. } => faults.push(self.unfit("WITHIN", modifier.span)),
            ModifierKind::Through(_) => faults.push(self.unfit("THROUGH", modifier.span)),
            ModifierKind::Avoiding(_) => faults.push(self.unfit("AVOIDING", modifier.span)),
            _ => self.evidence.push(modifier.clone()),
        }
    }

    fn unfit(&self, what: &str, span: Span) -> Fault {
        let message = format!("{} takes no {what}", self.definition.usage());
        let fault = Fault::new(Detail::StatementMismatch, span, message).under(codes::BAD_MODIFIER);
        let wanted = match what {
            "VIA" => Takes::Via,
            "WITHIN" => Takes::Within,
            _ => Takes::Through,
        };
        let takers: Vec<String> = crate::query::statements::ALL
            .iter()
            .filter(|each| each.takes.contains(&wanted))
            .map(|each| each.lead().join(" "))
            .collect();
        fault.note(format!("{what} goes with {}", takers.join(", ")))
    }

    /// The variables from outside that the user's words name.
    fn find_imports(&mut self, scope: &[String]) {
        let mut mentioned = Mentioned::default();
        for modifier in &self.evidence {
            mentioned.modifier(modifier, scope);
        }
        self.passing.nodes().for_each(|node| mentioned.within(node));
        self.carried = mentioned.0.iter().filter(|name| scope.contains(name)).cloned().collect();
        for (_, subject) in &self.subjects {
            match subject {
                Subject::Variable(variable) => mentioned.0.push(variable.value.clone()),
                Subject::Pattern(pattern) => {
                    if let Some(variable) = pattern.variable.as_ref().filter(|it| !scope.contains(&it.value)) {
                        self.kept.push(variable.value.clone());
                    }
                    mentioned.node(pattern);
                }
                Subject::Several(members) => {
                    mentioned.0.extend(members.iter().filter_map(|member| member.variable().map(str::to_owned)));
                }
                _ => {}
            }
        }
        for name in mentioned.0 {
            if scope.contains(&name) && !self.imports.contains(&name) {
                self.imports.push(name);
            }
        }
    }

    /// Gives each variable of the expansion a name that nobody else has.
    fn choose_names(&mut self, tree: &Query, taken: &[String]) {
        for (name, subject) in &self.subjects {
            let (Subject::Variable(users) | Subject::Pattern(NodePattern { variable: Some(users), .. })) = subject
            else {
                continue;
            };
            self.names.insert((*name).to_owned(), users.value.clone());
        }
        let mut collector = Collector(Vec::new());
        rewrite::query(&mut tree.clone(), &mut collector);
        let users: Vec<String> = self.kept.iter().chain(&self.imports).cloned().collect();
        for name in collector.0 {
            if self.names.contains_key(&name) || name == EVIDENCE {
                continue;
            }
            let is_taken = |chosen: &String| {
                taken.contains(chosen) || users.contains(chosen) || self.names.values().any(|known| known == chosen)
            };
            let numbered = (2..).map(|number| format!("{name}{number}"));
            let chosen = std::iter::once(name.clone()).chain(numbered).find(|chosen| !is_taken(chosen));
            self.names.insert(name, chosen.expect("there are more numbers than names"));
        }
    }

    /// Lets what modifiers read through the projections inside the expansion.
    pub(super) fn carry(&self, clauses: &mut [crate::query::syntax::ast::Clause]) {
        for clause in clauses {
            if let crate::query::syntax::ast::ClauseKind::With(projection) = &mut clause.kind
                && !projection.star
            {
                let names = self.carried.iter().map(|name| super::variable_item(name, self.span));
                projection.items.splice(0..0, names);
            }
        }
    }
}

/// Gives the expansion's variables their names.
struct Renamer<'i> {
    names: &'i HashMap<String, String>,
}

impl Rewriter for Renamer<'_> {
    fn variable(&mut self, variable: &mut Ident) {
        if let Some(name) = self.names.get(&variable.value) {
            variable.value.clone_from(name);
        }
    }

    fn expr(&mut self, expr: &mut Expr) {
        if let ExprKind::Variable(name) = &mut expr.kind
            && let Some(chosen) = self.names.get(name)
        {
            name.clone_from(chosen);
        }
    }
}

/// All variables that a tree brings in.
struct Collector(Vec<String>);

impl Rewriter for Collector {
    fn variable(&mut self, variable: &mut Ident) {
        if !self.0.contains(&variable.value) {
            self.0.push(variable.value.clone());
        }
    }
}

/// All variables that a tree names.
#[derive(Default)]
struct Mentioned(Vec<String>);

impl Mentioned {
    fn within(&mut self, expr: &Expr) {
        rewrite::expr(&mut expr.clone(), self);
    }

    fn node(&mut self, node: &NodePattern) {
        self.0.extend(node.variable.iter().map(|variable| variable.value.clone()));
        node.properties.iter().chain(&node.filter).for_each(|expr| self.within(expr));
    }

    fn modifier(&mut self, modifier: &Modifier, scope: &[String]) {
        if let Some(map) = asked::map(std::slice::from_ref(modifier), scope, modifier.span) {
            self.within(&map);
        }
    }
}

impl Rewriter for Mentioned {
    fn variable(&mut self, variable: &mut Ident) {
        self.0.push(variable.value.clone());
    }

    fn expr(&mut self, expr: &mut Expr) {
        if let ExprKind::Variable(name) = &expr.kind {
            self.0.push(name.clone());
        }
    }
}

/// Puts everything in its place.
struct Filler<'i> {
    instance: &'i Instance,
    subjects: HashMap<String, &'i Subject>,
    /// By part: subjects whose first node pattern is behind. The others are just their variable.
    placed: Vec<HashSet<String>>,
}

impl Rewriter for Filler<'_> {
    fn enter(&mut self, _: &mut Part) {
        let placed = self.placed.last().cloned().unwrap_or_default();
        self.placed.push(placed);
    }

    fn leave(&mut self, _: &mut Part) {
        self.placed.pop();
    }

    fn node(&mut self, node: &mut NodePattern) {
        let Some(variable) = &node.variable else { return };
        let name = variable.value.clone();
        let Some(subject) = self.subjects.get(&name) else { return };
        let placed = self.placed.last_mut().expect("one is there from the start");
        if !placed.insert(name.clone()) {
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
            // A subject by parameter is looked up when the query runs.
            Subject::Parameter(parameter) => {
                let span = parameter.span;
                let value = Expr { span, kind: ExprKind::Parameter(parameter.value.clone()) };
                let found = call("node", vec![value], span);
                let kind =
                    ExprKind::Comparison(Box::new(self::variable(&name, span)), vec![(ComparisonOp::Equal, found)]);
                node.filter = Some(Box::new(Expr { span, kind }));
            }
            _ => {}
        }
    }

    fn rel(&mut self, rel: &mut RelPattern) {
        let is_via = matches!(&rel.types, Some(LabelExpr::Name(name)) if name.value == VIA);
        if !is_via {
            return;
        }
        rel.types = self.instance.via.clone().or_else(|| {
            let mut via = self.instance.definition.default_via().cloned();
            via.each_span(&mut |span| *span = self.instance.span);
            via
        });
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
        self.instance.passing.put_into(matched, self.instance.span);
    }

    fn expr(&mut self, expr: &mut Expr) {
        match &mut expr.kind {
            ExprKind::Variable(name) => match self.subjects.get(name) {
                Some(Subject::Text(text)) => expr.kind = ExprKind::Text(text.value.clone()),
                Some(Subject::Value(parameter)) => expr.kind = ExprKind::Parameter(parameter.value.clone()),
                Some(Subject::Several(_) | Subject::Texts(_)) => *name = lists::marker(name),
                _ => {}
            },
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

pub(super) fn twice(what: &str, span: Span) -> Fault {
    Fault::new(Detail::StatementMismatch, span, format!("{what} is given twice")).under(codes::BAD_MODIFIER)
}

/// The node that a name, a parameter or a variable stands for, as an expression.
pub(super) fn node_of(named: &asked::Named, scope: &[String]) -> Expr {
    match named {
        asked::Named::Name(name) if scope.contains(&name.value) => variable(&name.value, name.span),
        asked::Named::Name(name) => call("node", vec![text(&name.value, name.span)], name.span),
        asked::Named::Parameter(name) => {
            let value = Expr { span: name.span, kind: ExprKind::Parameter(name.value.clone()) };
            call("node", vec![value], name.span)
        }
    }
}
