//! Patterns of openCypher 9: types for roles, ids for names, conditions for time, evidence and inline WHERE.

use super::super::ident;
use super::encoding::quoted;
use super::{Asked, Porter};
use crate::query::bind::tree::{RelTypes, Way};
use crate::query::bind::{BindOptions, Binder};
use crate::query::syntax::ast::{
    Direction, Expr, ExprKind, LabelExpr, Match, NodePattern, PathMode, PathPattern, PathSearch, PatternElement,
    RelPattern,
};
use crate::query::syntax::{parse_expression, print};
use crate::source::{Span, Spanned};

/// The types of a pattern's relationship by the way they are walked.
#[derive(Default, PartialEq, Eq, Clone)]
struct Ways {
    along: Vec<String>,
    against: Vec<String>,
    either: Vec<String>,
}

impl Ways {
    /// The one direction of all, if there is one.
    fn direction(&self) -> Option<Direction> {
        match (self.along.is_empty(), self.against.is_empty(), self.either.is_empty()) {
            (false, true, true) => Some(Direction::Right),
            (true, false, true) => Some(Direction::Left),
            (true, true, false) => Some(Direction::Both),
            _ => None,
        }
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        self.along.iter().chain(&self.against).chain(&self.either)
    }

    /// That a relationship leaves or reaches a node as its type wants.
    fn orientation(&self, r: &str, node: &str) -> String {
        let list = |types: &[String]| types.iter().map(|each| quoted(each)).collect::<Vec<_>>().join(", ");
        let mut ways = Vec::new();
        if !self.along.is_empty() {
            ways.push(format!("type({r}) IN [{}] AND startNode({r}) = {node}", list(&self.along)));
        }
        if !self.against.is_empty() {
            ways.push(format!("type({r}) IN [{}] AND endNode({r}) = {node}", list(&self.against)));
        }
        if !self.either.is_empty() {
            ways.push(format!("type({r}) IN [{}]", list(&self.either)));
        }
        format!("({})", ways.join(" OR "))
    }
}

impl Porter<'_> {
    /// Takes griot's own out of a pattern, and puts conditions in its place.
    pub(super) fn pattern(&mut self, matched: &mut Match) {
        let asked = self.reader.of_modifiers(&matched.modifiers);
        matched.modifiers.clear();
        let mut conditions = Vec::new();
        let is_relation = |element: &PatternElement| !matches!(element, PatternElement::Node(_));
        let is_bare = !matched.patterns.iter().flat_map(|pattern| &pattern.elements).any(is_relation);
        let mut lives = Vec::new();
        for pattern in &mut matched.patterns {
            self.path(pattern, &asked, &mut conditions);
            self.nodes(pattern, &asked, is_bare, &mut lives, &mut conditions);
        }
        let mut all: Vec<Expr> =
            conditions.iter().map(|text| parse_expression(text).expect("the conditions of patterns parse")).collect();
        all.extend(matched.filter.take().map(|own| match own.kind {
            ExprKind::Binary(
                crate::query::syntax::ast::BinaryOp::Or | crate::query::syntax::ast::BinaryOp::Xor,
                ..,
            ) => Expr { span: own.span, kind: ExprKind::Parenthesised(Box::new(own)) },
            _ => own,
        }));
        matched.filter = super::super::passing::all_of(all);
    }

    fn nodes(
        &mut self,
        pattern: &mut PathPattern,
        asked: &Asked,
        is_bare: bool,
        lives: &mut Vec<String>,
        conditions: &mut Vec<String>,
    ) {
        for element in &mut pattern.elements {
            let PatternElement::Node(node) = element else { continue };
            if let Some(name) = node.name.take() {
                let id = self.reader.id_of(&name.value);
                if node.properties.is_none() {
                    let id = parse_expression(&id).expect("a string parses");
                    let map = ExprKind::Map(vec![(ident("id", name.span), id)]);
                    node.properties = Some(Box::new(Expr { span: name.span, kind: map }));
                } else {
                    let variable = self.variable(node);
                    conditions.push(format!("{variable}.id = {id}"));
                }
            }
            if let Some(filter) = node.filter.take() {
                conditions.push(format!("({})", print::expression(&filter)));
            }
            if asked.exists("n", is_bare).is_some() {
                let variable = self.variable(node);
                if !lives.contains(&variable) {
                    conditions.extend(asked.exists(&variable, is_bare));
                    lives.push(variable);
                }
            }
        }
    }

    /// The node's variable; a new one where it had none.
    fn variable(&mut self, node: &mut NodePattern) -> String {
        if node.variable.is_none() {
            node.variable = Some(ident(&self.fresh("node"), node.span));
        }
        node.variable.as_ref().map(print_variable).unwrap_or_default()
    }

    fn path(&mut self, pattern: &mut PathPattern, asked: &Asked, conditions: &mut Vec<String>) {
        let is_search = pattern.search != PathSearch::All;
        let mut long: Vec<Ways> = Vec::new();
        for at in 0..pattern.elements.len() {
            let PatternElement::Rel(rel) = &mut pattern.elements[at] else {
                if matches!(pattern.elements[at], PatternElement::Group(_)) {
                    self.reader.gap("quantified path patterns: an engine of Cypher 5 is needed");
                }
                continue;
            };
            let ways = self.types(rel);
            if is_search || rel.length.is_some() {
                self.steps(rel, conditions);
                long.push(ways);
                continue;
            }
            if rel.variable.is_none() && (asked.holds("r").is_some() || ways.direction().is_none()) {
                rel.variable = Some(ident(&self.fresh("tie"), rel.span));
            }
            let Some(variable) = rel.variable.as_ref().map(print_variable) else { continue };
            conditions.extend(rel.filter.take().map(|filter| format!("({})", print::expression(&filter))));
            conditions.extend(asked.holds(&variable));
            if ways.direction().is_none() && ways.all().next().is_some() {
                let PatternElement::Node(left) = &mut pattern.elements[at - 1] else { continue };
                let left = self.variable(left);
                conditions.push(ways.orientation(&variable, &left));
            }
        }
        self.long_path(pattern, asked, &long, conditions);
        self.mode(pattern, conditions);
    }

    /// Which elements of a path may repeat. Without a word no relationship does, as in openCypher.
    fn mode(&mut self, pattern: &mut PathPattern, conditions: &mut Vec<String>) {
        let once = match pattern.mode.take() {
            None | Some(PathMode::Trail) => return,
            Some(PathMode::Walk) => {
                self.reader.gap("WALK: a path of openCypher takes no relationship twice");
                return;
            }
            Some(PathMode::Acyclic) => &[""][..],
            Some(PathMode::Simple) => &["[1..]", "[..-1]"],
        };
        let path = self.path_name(pattern);
        conditions.extend(once.iter().map(|part| {
            let nodes = format!("nodes({path}){part}");
            format!("all(one IN {nodes} WHERE single(other IN {nodes} WHERE other = one))")
        }));
    }

    fn path_name(&mut self, pattern: &mut PathPattern) -> String {
        if pattern.variable.is_none() {
            pattern.variable = Some(ident(&self.fresh("path"), pattern.span));
        }
        pattern.variable.as_ref().map(print_variable).unwrap_or_default()
    }

    /// Conditions on every step of a path of variable length.
    fn long_path(&mut self, pattern: &mut PathPattern, asked: &Asked, long: &[Ways], conditions: &mut Vec<String>) {
        let Some(ways) = long.first() else { return };
        let turns = ways.direction().is_none() && ways.all().next().is_some();
        let holds = asked.holds("tie");
        if !turns && holds.is_none() {
            return;
        }
        if pattern.search != PathSearch::All {
            self.reader.gap(
                "the search for shortest paths wants those that meet WHERE, as Neo4j has it; some engines look first and \
                 ask then",
            );
        }
        if turns && long.iter().any(|other| other != ways) {
            self.reader
                .gap("steps of several roles that run opposite ways in one path: their directions are not checked");
        }
        let path = self.path_name(pattern);
        conditions.extend(holds.map(|holds| format!("all(tie IN relationships({path}) WHERE {holds})")));
        if turns && long.iter().all(|other| other == ways) {
            let step = ways.orientation(&format!("relationships({path})[i]"), &format!("nodes({path})[i]"));
            conditions.push(format!("all(i IN range(0, length({path}) - 1) WHERE {step})"));
        }
    }

    /// An inline condition on the steps of a relationship of variable length.
    fn steps(&mut self, rel: &mut RelPattern, conditions: &mut Vec<String>) {
        let Some(filter) = rel.filter.take() else { return };
        let Some(step) = rel.variable.as_ref().map(print_variable) else {
            conditions.push(format!("({})", print::expression(&filter)));
            return;
        };
        let steps = self.fresh("steps");
        rel.variable = Some(ident(&steps, rel.span));
        conditions.push(format!("all({step} IN {steps} WHERE {})", print::expression(&filter)));
    }

    /// Puts types in the place of roles.
    fn types(&mut self, rel: &mut RelPattern) -> Ways {
        let mut ways = Ways::default();
        let Some(types) = rel.types.clone() else { return ways };
        let mut binder = Binder::new(self.reader.graph, BindOptions::default());
        let RelTypes::These(found) = binder.rel_types(Some(&types), rel.direction) else { return ways };
        for (id, way) in found {
            let name = self.reader.graph.type_name(id).to_string();
            match way {
                Way::Along => ways.along.push(name),
                Way::Against => ways.against.push(name),
                Way::Either => ways.either.push(name),
            }
        }
        let names = ways.all().map(|name| LabelExpr::Name(Spanned::new(name.clone(), Span::default())));
        let Some(all) = names.reduce(|all, each| LabelExpr::Or(Box::new(all), Box::new(each))) else { return ways };
        rel.types = Some(all);
        rel.direction = ways.direction().unwrap_or(Direction::Both);
        ways
    }
}

fn print_variable(variable: &Spanned<String>) -> String {
    print::expression(&super::super::asked::variable(&variable.value, variable.span))
}
