//! Binding: names to handles, variables to slots, and everything that can be told to be wrong before a row is read.
//!
//! Statements are expanded to core clauses first ([`expand`]); what is bound is core alone. All faults of a query are
//! collected, each with its place. The result ([`tree`], [`bound`]) knows no syntax any more.

pub mod bound;
mod create;
mod evidence;
pub mod expand;
mod expression;
pub mod fault;
mod group;
mod kinds;
mod load_csv;
mod merge;
mod names;
mod new_names;
mod pattern;
mod procedure;
mod projection;
mod route;
pub mod scope;
mod set;
pub mod tree;
mod types;
pub mod writing;

use std::collections::BTreeSet;

use bound::Slot;
use expression::{Aggregation, Local};
use fault::{Detail, Fault};
pub use new_names::intern_new_names;
use scope::{Scope, Variable};
use tree::{BoundCall, BoundClause, BoundPart, BoundQuery, BoundSubquery, BoundUnion, OutputColumn};

use crate::diagnostics::Diagnostics;
use crate::graph::Graph;
use crate::query::functions::{Parameters, Procedures, ValueKind};
use crate::query::syntax::ast::{Clause, ClauseKind, Part, Projection, Query, Subquery, Union};
use crate::source::Span;

/// What the binder is to do besides.
#[derive(Clone, Copy, Debug, Default)]
pub struct BindOptions<'p> {
    /// The parameters, where they are known: then a missing one is a fault.
    pub parameters: Option<&'p Parameters>,
    /// What CALL may call.
    pub procedures: Option<&'p Procedures>,
    /// Let the rows carry what they rest on.
    pub evidence: bool,
}

/// A query of core clauses, bound to a graph.
#[derive(Clone, Debug)]
pub struct Bound {
    /// The query.
    pub query: BoundQuery,
    /// Warnings and notes, which travel along with the answer.
    pub warnings: Diagnostics,
}

/// Binds a query without statements ([`expand`] takes them out).
///
/// # Errors
/// All faults that were found, in the order in which they stand.
pub fn bind(query: &Query, graph: &Graph, options: BindOptions<'_>) -> Result<Bound, Vec<Fault>> {
    let mut binder = Binder::new(graph, options);
    let root = binder.union(&Scope::default(), query, true);
    if binder.faults.is_empty() {
        let query = BoundQuery { root, subqueries: binder.subqueries, slots: binder.slots, writes: binder.writes };
        Ok(Bound { query, warnings: binder.warnings })
    } else {
        Err(binder.faults)
    }
}

/// The state of binding one query.
#[expect(clippy::struct_excessive_bools, reason = "each says where in a query the binder is, and they are independent")]
struct Binder<'a> {
    graph: &'a Graph,
    parameters: Option<&'a Parameters>,
    procedures: Option<&'a Procedures>,
    evidence: bool,
    slots: u32,
    locals: Vec<Local>,
    /// Locals before this one belong to an expression outside the present subquery.
    locals_base: usize,
    aggregation: Option<Aggregation>,
    in_aggregate: bool,
    /// A condition is being bound, in which a pattern may stand.
    is_condition: bool,
    /// For each subquery being bound: the first slot of its own, and the outer slots that it reads.
    reads: Vec<(u32, BTreeSet<Slot>)>,
    subqueries: Vec<BoundSubquery>,
    faults: Vec<Fault>,
    warnings: Diagnostics,
    writes: bool,
}

impl<'a> Binder<'a> {
    fn new(graph: &'a Graph, options: BindOptions<'a>) -> Self {
        Self {
            graph,
            parameters: options.parameters,
            procedures: options.procedures,
            evidence: options.evidence,
            slots: 0,
            locals: Vec::new(),
            locals_base: 0,
            aggregation: None,
            in_aggregate: false,
            is_condition: false,
            reads: Vec::new(),
            subqueries: Vec::new(),
            faults: Vec::new(),
            warnings: Diagnostics::new(),
            writes: false,
        }
    }

    fn new_slot(&mut self) -> Slot {
        self.slots += 1;
        Slot(self.slots - 1)
    }

    /// Notes that a slot is read: each subquery to which it comes from outside imports it.
    fn note_read(&mut self, slot: Slot) {
        for (first, reads) in &mut self.reads {
            if slot.0 < *first {
                reads.insert(slot);
            }
        }
    }

    /// Evidence is kept for the rows of the query itself, not for those of a subquery of an expression.
    fn keeps_evidence(&self) -> bool {
        self.evidence && self.reads.is_empty()
    }

    fn nearest<'n>(names: impl Iterator<Item = &'n str>, wanted: &str) -> Vec<String> {
        crate::names::nearest(names, wanted, 3).into_iter().map(str::to_owned).collect()
    }

    /// A query inside another.
    fn inner_query(&mut self, scope: &Scope, query: &Query) -> BoundUnion {
        self.union(scope, query, false)
    }

    fn union(&mut self, scope: &Scope, query: &Query, is_root: bool) -> BoundUnion {
        self.union_of(&|_| scope.clone(), query, is_root)
    }

    /// A union whose parts may see different variables of what is around them.
    fn union_of(&mut self, scope: &dyn Fn(&Part) -> Scope, query: &Query, is_root: bool) -> BoundUnion {
        let first = self.part(&scope(&query.first), &query.first, is_root);
        if query.unions.is_empty() {
            return pattern::alone(first);
        }
        let mut rest = Vec::new();
        let mut kinds: Vec<Union> = Vec::new();
        for (kind, part) in &query.unions {
            let bound = self.part(&scope(part), part, is_root);
            if !bound.output.iter().map(|each| &each.name).eq(first.output.iter().map(|each| &each.name)) {
                let names = |output: &[OutputColumn]| {
                    output.iter().map(|each| format!("`{}`", each.name)).collect::<Vec<_>>().join(", ")
                };
                let (wanted, given) = (names(&first.output), names(&bound.output));
                let message = format!("this part of the UNION returns {given}, and the first returns {wanted}");
                let fault = Fault::new(Detail::DifferentColumnsInUnion, part.span, message);
                self.faults.push(fault.help("name the columns alike with AS, in the same order"));
            }
            if kinds.last().is_some_and(|last| last != kind) {
                let message = "UNION and UNION ALL cannot be mixed";
                self.faults.push(Fault::new(Detail::InvalidClauseComposition, part.span, message));
            }
            kinds.push(*kind);
            rest.push((*kind, bound));
        }
        let output = first.output.iter().map(|each| OutputColumn { name: each.name.clone(), slot: self.new_slot() });
        let output = output.collect();
        let evidence = if self.keeps_evidence() { Some(self.new_slot()) } else { None };
        BoundUnion { first, rest, output, evidence }
    }

    fn part(&mut self, scope: &Scope, part: &Part, is_root: bool) -> BoundPart {
        let mut scope = scope.clone();
        let mut clauses = Vec::new();
        let mut output = None;
        self.check_composition(part, is_root);
        for clause in &part.clauses {
            let columns = match &clause.kind {
                ClauseKind::Call(call) => {
                    let is_alone = is_root && part.clauses.len() == 1;
                    self.procedure(&mut scope, call, is_alone).and_then(|(bound, columns)| {
                        clauses.push(BoundClause::Procedure(Box::new(bound)));
                        columns
                    })
                }
                _ => self.clause(&mut scope, clause, &mut clauses),
            };
            if let Some(columns) = columns {
                output = Some(columns);
            }
        }
        let evidence = if output.is_some() { scope.evidence.first().copied() } else { None };
        BoundPart { clauses, output: output.unwrap_or_default(), evidence }
    }

    /// Which clause may follow which.
    fn check_composition(&mut self, part: &Part, is_root: bool) {
        let mut has_written = false;
        for (position, clause) in part.clauses.iter().enumerate() {
            let is_last = position + 1 == part.clauses.len();
            let misplaced = match &clause.kind {
                ClauseKind::Return(_) if !is_last => Some("RETURN is the last clause of a query"),
                ClauseKind::Match(_) | ClauseKind::Unwind { .. } | ClauseKind::Call(_) | ClauseKind::Subquery(_)
                    if has_written =>
                {
                    Some("a WITH stands between writing and reading")
                }
                _ => None,
            };
            if let Some(message) = misplaced {
                self.faults.push(Fault::new(Detail::InvalidClauseComposition, clause.span, message));
            }
            has_written = match clause.kind {
                ClauseKind::With(_) => false,
                _ => has_written || is_write(&clause.kind),
            };
        }
        if let Some(last) = part.clauses.last()
            && is_root
            && !matches!(last.kind, ClauseKind::Return(_))
            && !matches!(&last.kind, ClauseKind::Call(call) if !self.expects_more_after(call, part.clauses.len() == 1))
            && !is_write(&last.kind)
            && !matches!(&last.kind, ClauseKind::Subquery(call) if !returns(&call.query))
        {
            let fault = Fault::new(
                Detail::InvalidClauseComposition,
                last.span,
                "a query ends with RETURN, or with a clause that writes",
            );
            self.faults.push(fault.help("add RETURN and what you want to see"));
        }
    }

    fn clause(
        &mut self,
        scope: &mut Scope,
        clause: &Clause,
        bound: &mut Vec<BoundClause>,
    ) -> Option<Vec<OutputColumn>> {
        match &clause.kind {
            ClauseKind::Match(matched) => bound.push(BoundClause::Match(self.match_clause(scope, matched))),
            ClauseKind::Unwind { list, alias } => {
                let list = self.typed(scope, list);
                let slot = self.new_slot();
                if scope.get(&alias.value).is_some() || self.is_local(&alias.value) {
                    self.faults.push(pattern::already_bound(alias));
                }
                scope.insert(alias.value.as_str(), Variable { slot, kind: ValueKind::Any });
                bound.push(BoundClause::Unwind { list: list.expr, slot });
            }
            ClauseKind::With(projection) => {
                let (projection, _) = self.projection(scope, projection, false, clause.span);
                bound.push(BoundClause::Project(projection));
            }
            ClauseKind::Return(projection) => {
                let (projection, output) = self.projection(scope, projection, true, clause.span);
                bound.push(BoundClause::Project(projection));
                return Some(output);
            }
            ClauseKind::Let(items) => self.sugar(scope, clause.span, bound, |projection| {
                projection.items = expand::let_items(items);
            }),
            ClauseKind::Filter(filter) => self.sugar(scope, clause.span, bound, |projection| {
                projection.filter = Some(filter.clone());
            }),
            ClauseKind::OrderAndPage(page) => self.sugar(scope, clause.span, bound, |projection| {
                projection.page = page.clone();
            }),
            ClauseKind::Create(patterns) => {
                let create = self.create(scope, patterns);
                bound.push(BoundClause::Create(create));
            }
            ClauseKind::Subquery(call) => self.call_subquery(scope, call, bound),
            ClauseKind::Merge { pattern, on_create, on_match } => {
                let merge = self.merge(scope, pattern, on_create, on_match);
                bound.push(BoundClause::Merge(Box::new(merge)));
            }
            ClauseKind::Set(items) => bound.push(BoundClause::Change(self.set_items(scope, items))),
            ClauseKind::Remove(items) => bound.push(BoundClause::Change(self.remove_items(scope, items))),
            ClauseKind::Delete { detach, targets } => {
                bound.push(BoundClause::Delete(self.delete(scope, *detach, targets)));
            }
            ClauseKind::Foreach { variable, list, body } => {
                let foreach = self.foreach(scope, variable, list, body);
                bound.push(BoundClause::Foreach(foreach));
            }
            ClauseKind::LoadCsv { headers, file, alias, separator } => {
                let load = self.load_csv(scope, *headers, file, alias, separator.as_ref());
                bound.push(BoundClause::LoadCsv(load));
            }
            ClauseKind::Call(_) => unreachable!("a call is bound with its part, and FOREACH holds none"),
            ClauseKind::Statement(_) => {
                unreachable!("statements are expanded before binding");
            }
        }
        None
    }

    /// `WITH *` and something.
    fn sugar(
        &mut self,
        scope: &mut Scope,
        span: Span,
        bound: &mut Vec<BoundClause>,
        fill: impl FnOnce(&mut Projection),
    ) {
        let mut projection = Projection {
            distinct: false,
            star: true,
            items: Vec::new(),
            page: crate::query::syntax::ast::OrderAndPage::default(),
            filter: None,
        };
        fill(&mut projection);
        let (projection, _) = self.projection(scope, &projection, false, span);
        bound.push(BoundClause::Project(projection));
    }

    fn call_subquery(&mut self, scope: &mut Scope, call: &Subquery, bound: &mut Vec<BoundClause>) {
        let mut inner = if call.import_all { scope.clone() } else { Scope::default() };
        for name in call.imports.iter().flatten() {
            match scope.get(&name.value) {
                Some(variable) => inner.insert(name.value.as_str(), variable.clone()),
                None => {
                    let nearest = Self::nearest(scope.names(), &name.value);
                    let fault = Fault::undefined_variable(&name.value, name.span);
                    self.faults.push(fault.candidates(nearest));
                }
            }
        }
        let inner = inner.enclosed();
        let mut outer = scope.clone();
        outer.evidence.clear();
        // Without parentheses a leading WITH imports, and without that nothing is seen.
        let imports_by_with = call.imports.is_none() && !call.import_all;
        let begins_with = |part: &Part| matches!(part.clauses.first(), Some(Clause { kind: ClauseKind::With(_), .. }));
        let seen = |part: &Part| if imports_by_with && begins_with(part) { outer.clone() } else { inner.clone() };
        let query = self.union_of(&seen, &call.query, false);
        for column in &query.output {
            if scope.get(&column.name).is_some() {
                let message = format!("the subquery returns `{}`, which is already taken outside", column.name);
                self.faults.push(
                    Fault::new(Detail::VariableAlreadyBound, call.query.span, message)
                        .help("give the returned column another name with AS"),
                );
            }
            scope.insert(column.name.clone(), Variable { slot: column.slot, kind: ValueKind::Any });
        }
        scope.evidence.extend(query.evidence);
        let returns = returns(&call.query);
        let writes = holds_write(&call.query);
        bound.push(BoundClause::Call(BoundCall { query, optional: call.optional, returns, writes }));
    }
}

fn returns(query: &Query) -> bool {
    matches!(query.first.clauses.last(), Some(Clause { kind: ClauseKind::Return(_), .. }))
}

/// Whether a query changes the graph.
fn holds_write(query: &Query) -> bool {
    let parts = std::iter::once(&query.first).chain(query.unions.iter().map(|(_, part)| part));
    let writes = |clause: &Clause| match &clause.kind {
        ClauseKind::Subquery(call) => holds_write(&call.query),
        kind => is_write(kind),
    };
    parts.flat_map(|part| &part.clauses).any(writes)
}

fn is_write(clause: &ClauseKind) -> bool {
    matches!(
        clause,
        ClauseKind::Create(_)
            | ClauseKind::Merge { .. }
            | ClauseKind::Set(_)
            | ClauseKind::Remove(_)
            | ClauseKind::Delete { .. }
            | ClauseKind::Foreach { .. }
    )
}
