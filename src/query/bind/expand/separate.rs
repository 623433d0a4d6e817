//! Statements that a run of names has swallowed: `according to weiss-2023 rivals of g`, `rivals of g allies of h`.
//!
//! The grammar knows no statement's words, so a run of names goes on to the next word that surely ends it. If its
//! names stand for nothing as they are, and do so up to the first words of a statement, then there the run ends.

use super::subjects::is_word;
use super::{Expander, Named, asked};
use crate::query::statements;
use crate::query::syntax::ast::{
    Clause, ClauseKind, Match, Modifier, ModifierKind, OrderAndPage, Part, Query, Statement, StatementItem, Union,
};

impl Expander<'_> {
    /// The clause up to a swallowed statement, and that statement.
    pub(super) fn separate(&self, clause: &Clause, scope: &[String]) -> Option<(Clause, Clause)> {
        match &clause.kind {
            ClauseKind::Statement(statement) => {
                self.behind_items(clause, statement, scope).or_else(|| self.behind_modifiers(clause, statement, scope))
            }
            ClauseKind::Match(matched) => {
                let (at, items) = self.swallowing(&matched.modifiers, scope)?;
                let (kept, tail) = cut(&matched.modifiers, at, items);
                let behind = Statement { filter: matched.filter.clone(), ..statement(&matched.modifiers, at, tail) };
                let before = Match { modifiers: kept, filter: None, ..matched.clone() };
                Some(two(clause, ClauseKind::Match(before), behind))
            }
            _ => None,
        }
    }

    fn behind_items(&self, clause: &Clause, whole: &Statement, scope: &[String]) -> Option<(Clause, Clause)> {
        if begins(&whole.items).nth(1).is_none() || !self.read_words(&whole.items, scope).0.is_empty() {
            return None;
        }
        let at = begins(&whole.items).skip(1).find(|at| !self.read_words(&whole.items[..*at], scope).0.is_empty())?;
        let before =
            Statement { optional: whole.optional, items: whole.items[..at].to_vec(), ..statement(&[], 0, Vec::new()) };
        let behind = Statement { optional: false, items: whole.items[at..].to_vec(), ..whole.clone() };
        Some(two(clause, ClauseKind::Statement(before), behind))
    }

    fn behind_modifiers(&self, clause: &Clause, whole: &Statement, scope: &[String]) -> Option<(Clause, Clause)> {
        let (at, items) = self.swallowing(&whole.modifiers, scope)?;
        let (kept, tail) = cut(&whole.modifiers, at, items);
        let behind = Statement {
            yields: whole.yields.clone(),
            filter: whole.filter.clone(),
            page: whole.page.clone(),
            ..statement(&whole.modifiers, at, tail)
        };
        let before = Statement {
            optional: whole.optional,
            items: whole.items.clone(),
            modifiers: kept,
            ..statement(&[], 0, Vec::new())
        };
        Some(two(clause, ClauseKind::Statement(before), behind))
    }

    /// The first modifier whose names have swallowed a statement, and how many of its items are names.
    fn swallowing(&self, modifiers: &[Modifier], scope: &[String]) -> Option<(usize, usize)> {
        modifiers.iter().enumerate().find_map(|(at, modifier)| {
            let items = named_items(modifier)?;
            if self.are_names(items, scope) {
                return None;
            }
            let ends = begins(items).filter(|end| *end > 0);
            ends.filter(|end| self.are_names(&items[..*end], scope)).map(|end| (at, end)).next()
        })
    }

    fn are_names(&self, items: &[StatementItem], scope: &[String]) -> bool {
        let names = asked::names(items);
        !names.is_empty()
            && names.iter().all(|named| match named {
                Named::Parameter(_) => true,
                Named::Name(name) => {
                    scope.contains(&name.value)
                        || super::super::names::resolve(self.graph, &name.value, name.span).is_ok()
                }
            })
    }

    /// `allies of MNLA union return 1 AS actor`: the word behind the name joins two queries, unless it is of the name.
    pub(super) fn separate_unions(&self, query: &Query, scope: &[String]) -> Query {
        let mut query = query.clone();
        let parts = std::iter::once((Union::All, query.first.clone())).chain(std::mem::take(&mut query.unions));
        let mut found: Vec<(Union, Part)> = Vec::new();
        for (kind, part) in parts {
            match self.separate_union(&part, scope) {
                Some((before, union, behind)) => found.extend([(kind, before), (union, behind)]),
                None => found.push((kind, part)),
            }
        }
        query.first = found.remove(0).1;
        query.unions = found;
        query
    }

    fn separate_union(&self, part: &Part, scope: &[String]) -> Option<(Part, Union, Part)> {
        part.clauses.iter().enumerate().find_map(|(at, clause)| {
            let ClauseKind::Statement(whole) = &clause.kind else { return None };
            let is_all = whole.items.last().is_some_and(|item| is_word(item, "ALL"));
            let end = whole.items.len().checked_sub(1 + usize::from(is_all))?;
            let has_more = !whole.modifiers.is_empty() || whole.yields.is_some() || at + 1 == part.clauses.len();
            if has_more || !is_word(&whole.items[end], "UNION") {
                return None;
            }
            let reads = |items: &[StatementItem]| !self.read_words(items, scope).0.is_empty();
            if reads(&whole.items) || !reads(&whole.items[..end]) {
                return None;
            }
            let before = Statement { items: whole.items[..end].to_vec(), ..whole.clone() };
            let mut clauses = part.clauses[..at].to_vec();
            clauses.push(Clause { span: clause.span, kind: ClauseKind::Statement(before) });
            let behind = Part { span: part.span, clauses: part.clauses[at + 1..].to_vec() };
            let union = if is_all { Union::All } else { Union::Distinct };
            Some((Part { span: part.span, clauses }, union, behind))
        })
    }
}

/// Where the first words of a statement stand.
fn begins(items: &[StatementItem]) -> impl Iterator<Item = usize> {
    (0..items.len()).filter(|at| {
        statements::ALL.iter().any(|definition| {
            let lead = definition.lead();
            let follows = lead.len() < items.len() - at || lead.len() == definition.signature.len();
            follows
                && lead.len() <= items.len() - at
                && lead.iter().zip(&items[*at..]).all(|(w, item)| is_word(item, w))
        })
    })
}

fn named_items(modifier: &Modifier) -> Option<&[StatementItem]> {
    match &modifier.kind {
        ModifierKind::Through(items)
        | ModifierKind::Avoiding(items)
        | ModifierKind::AccordingTo(items)
        | ModifierKind::WithoutSource(items) => Some(items),
        _ => None,
    }
}

/// The modifiers up to the one that has swallowed a statement, which keeps its names; and the words of the statement.
fn cut(modifiers: &[Modifier], at: usize, names: usize) -> (Vec<Modifier>, Vec<StatementItem>) {
    let mut kept = modifiers[..=at].to_vec();
    let (ModifierKind::Through(items)
    | ModifierKind::Avoiding(items)
    | ModifierKind::AccordingTo(items)
    | ModifierKind::WithoutSource(items)) = &mut kept[at].kind
    else {
        unreachable!("only modifiers that take names swallow statements")
    };
    let tail = items.split_off(names);
    (kept, tail)
}

/// A statement of these words with the modifiers behind the one at `at`.
fn statement(modifiers: &[Modifier], at: usize, items: Vec<StatementItem>) -> Statement {
    Statement {
        optional: false,
        items,
        modifiers: modifiers.get(at + 1..).unwrap_or_default().to_vec(),
        yields: None,
        filter: None,
        page: OrderAndPage::default(),
    }
}

fn two(clause: &Clause, before: ClauseKind, behind: Statement) -> (Clause, Clause) {
    let span = super::subjects::span_of(&behind.items).to(clause.span);
    (Clause { span: clause.span, kind: before }, Clause { span, kind: ClauseKind::Statement(behind) })
}
