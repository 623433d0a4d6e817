//! Matching: every element of a pattern maps each state to the states that fit, by trying everything.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use griot::model::{EdgeId, NodeId, Path, Value};
use griot::query::syntax::ast::{
    BinaryOp, Direction, Expr, ExprKind, GroupPattern, Ident, LabelExpr, Match, NodePattern, PathMode, PathPattern,
    PathSearch, PatternElement, RelPattern,
};

use super::{Fault, Naive, Row, within_budget};

/// How far a match has come.
#[derive(Clone, Debug)]
struct State {
    row: Row,
    /// Relations of the clause so far: none may be used twice.
    used: BTreeSet<usize>,
    /// The path so far.
    nodes: Vec<usize>,
    rels: Vec<usize>,
    /// What may repeat along the path.
    mode: PathMode,
    /// Which of the paths a selector wants; none without one.
    wanted: Option<Wanted>,
    /// REPEATABLE ELEMENTS.
    repeatable: bool,
}

/// What a selector wants of the paths between two nodes.
#[derive(Clone, Copy, Debug)]
enum Wanted {
    Paths(usize),
    Lengths(usize),
}

impl Wanted {
    /// Whether a path of this length is one of the wanted, those before it being no longer; it is noted.
    fn takes(self, length: usize, before: &mut Vec<usize>) -> bool {
        let takes = match self {
            Self::Paths(most) => before.len() < most,
            Self::Lengths(most) => before.contains(&length) || before.iter().collect::<BTreeSet<_>>().len() < most,
        };
        if takes {
            before.push(length);
        }
        takes
    }
}

impl State {
    /// Where the path stands; `None` before its first node.
    fn at(&self) -> Option<usize> {
        self.nodes.last().copied()
    }
}

impl State {
    /// Whether the path's mode lets a relation lead on to a node.
    fn may_go(&self, rel: usize, far: usize) -> bool {
        let is_round = !self.rels.is_empty() && self.nodes.first() == self.nodes.last();
        match self.mode {
            PathMode::Walk => true,
            PathMode::Trail => !self.rels.contains(&rel),
            PathMode::Acyclic => !self.nodes.contains(&far),
            PathMode::Simple => !self.rels.contains(&rel) && !is_round && !self.nodes[1..].contains(&far),
        }
    }
}

/// Endless walks are cut where a selector wants no more of them.
struct Bounds {
    wanted: Option<Wanted>,
    /// Lengths of the walks that were let through, by their first and last nodes.
    lengths: BTreeMap<(usize, usize), Vec<usize>>,
}

impl Bounds {
    fn of(state: &State, most: Option<u64>) -> Result<Self, Fault> {
        let is_endless = most.is_none() && state.mode == PathMode::Walk;
        if is_endless && state.wanted.is_none() {
            return Err(Fault::error("endless walks without a selector"));
        }
        Ok(Self { wanted: state.wanted.filter(|_| is_endless), lengths: BTreeMap::new() })
    }

    /// Leaves out states behind which there are enough shorter ones that can do the same.
    fn prune<T>(&mut self, reached: &mut Vec<T>, is_enough: bool, state: impl Fn(&T) -> &State) {
        let Some(wanted) = self.wanted else { return };
        if !is_enough {
            self.lengths.clear();
        }
        reached.retain(|each| {
            let state = state(each);
            let ends = (state.nodes[0], state.nodes[state.nodes.len() - 1]);
            wanted.takes(state.rels.len(), self.lengths.entry(ends).or_default())
        });
        if !is_enough {
            self.lengths.clear();
        }
    }
}

/// Those of the paths that are wanted, for each pair of ends.
fn select(mut found: Vec<State>) -> Vec<State> {
    found.sort_by_key(|state| state.rels.len());
    let mut lengths: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    found.retain(|state| {
        let Some(wanted) = state.wanted else { return true };
        wanted.takes(state.rels.len(), lengths.entry((state.nodes.first().copied(), state.at())).or_default())
    });
    found
}

fn strictness(mode: PathMode) -> usize {
    [PathMode::Walk, PathMode::Trail, PathMode::Simple, PathMode::Acyclic]
        .iter()
        .position(|each| *each == mode)
        .unwrap_or(0)
}

fn conjuncts<'e>(filter: &'e Expr, into: &mut Vec<&'e Expr>) {
    match &filter.kind {
        ExprKind::Parenthesised(inner) => conjuncts(inner, into),
        ExprKind::Binary(BinaryOp::And, a, b) => {
            conjuncts(a, into);
            conjuncts(b, into);
        }
        _ => into.push(filter),
    }
}

/// Whether a variable stands in an expression, patterns and subqueries apart.
fn mentions(expr: &Expr, name: &str) -> bool {
    matches!(&expr.kind, ExprKind::Variable(found) if found == name)
        || expr.children().into_iter().any(|child| mentions(child, name))
}

impl Naive<'_> {
    /// The rows that a MATCH makes of one row. OPTIONAL is the clause's business.
    pub(super) fn matches(&self, clause: &Match, row: &Row) -> Result<Vec<Row>, Fault> {
        if !clause.modifiers.is_empty() {
            return Err(Fault::unspecified("time and evidence are not in the naive matcher"));
        }
        let repeatable = clause.repeatable;
        self.match_all(&clause.patterns, clause.filter.as_ref(), (row, repeatable))
    }

    /// The rows that patterns and their filter make of one row; no relation is used twice over all the patterns.
    pub(super) fn match_all(
        &self,
        patterns: &[PathPattern],
        filter: Option<&Expr>,
        (row, repeatable): (&Row, bool),
    ) -> Result<Vec<Row>, Fault> {
        let row = row.clone();
        let (nodes, rels, mode) = (Vec::new(), Vec::new(), PathMode::Trail);
        let mut states = vec![State { row, used: BTreeSet::new(), nodes, rels, mode, wanted: None, repeatable }];
        for pattern in patterns {
            let mut next = Vec::new();
            for state in states {
                next.extend(self.path(pattern, filter, state)?);
                within_budget(next.len())?;
            }
            states = next;
        }
        let mut rows = Vec::new();
        for state in states {
            if self.holds_if_any(filter, &state.row)? {
                rows.push(state.row);
            }
        }
        Ok(rows)
    }

    fn holds_if_any(&self, filter: Option<&Expr>, row: &Row) -> Result<bool, Fault> {
        filter.map_or(Ok(true), |filter| self.holds(filter, row))
    }

    fn path(&self, pattern: &PathPattern, filter: Option<&Expr>, mut state: State) -> Result<Vec<State>, Fault> {
        state.nodes.clear();
        state.rels.clear();
        let floor = if state.repeatable { PathMode::Walk } else { PathMode::Trail };
        state.mode = pattern.mode.filter(|mode| strictness(*mode) > strictness(floor)).unwrap_or(floor);
        state.wanted = self.wanted(&pattern.search)?;
        // A selector chooses among all paths, and only then one path may get into another's way.
        let before = if state.wanted.is_some() { std::mem::take(&mut state.used) } else { BTreeSet::new() };
        let mut found = self.elements(&pattern.elements, vec![state])?;
        if let Some(variable) = &pattern.variable {
            for state in &mut found {
                state.row.insert(variable.value.clone(), path_value(state));
            }
        }
        if matches!(pattern.search, PathSearch::ShortestPath | PathSearch::AllShortestPaths) {
            found = self.classic(pattern, filter, found)?;
        }
        let mut found = select(found);
        if !before.is_empty() {
            found.retain(|state| state.used.is_disjoint(&before));
            found.iter_mut().for_each(|state| state.used.extend(&before));
        }
        Ok(found)
    }

    /// `shortestPath()` takes of a node with itself only the path without a relation, and searches by what the WHERE
    /// of its MATCH says of the path.
    fn classic(&self, pattern: &PathPattern, filter: Option<&Expr>, found: Vec<State>) -> Result<Vec<State>, Fault> {
        let mut conditions = Vec::new();
        filter.into_iter().for_each(|filter| conjuncts(filter, &mut conditions));
        let mut names: Vec<&Ident> = pattern.variable.iter().collect();
        names.extend(pattern.elements.iter().filter_map(|element| match element {
            PatternElement::Rel(rel) => rel.variable.as_ref(),
            _ => None,
        }));
        conditions.retain(|condition| names.iter().any(|name| mentions(condition, &name.value)));
        let mut kept = Vec::new();
        for state in found {
            let is_round = state.nodes.first() == state.nodes.last() && !state.rels.is_empty();
            let mut holds = !is_round;
            for condition in &conditions {
                holds = holds && self.holds(condition, &state.row)?;
            }
            kept.extend(holds.then_some(state));
        }
        Ok(kept)
    }

    fn wanted(&self, search: &PathSearch) -> Result<Option<Wanted>, Fault> {
        Ok(Some(match search {
            PathSearch::All => return Ok(None),
            PathSearch::ShortestPath | PathSearch::Any(None) => Wanted::Paths(1),
            PathSearch::AllShortestPaths | PathSearch::AllShortest => Wanted::Lengths(1),
            // ANY leaves open which; griot takes the shortest.
            PathSearch::Any(Some(count)) | PathSearch::Shortest(count) => Wanted::Paths(self.size(count)?),
            PathSearch::ShortestGroups(count) => Wanted::Lengths(self.size(count)?),
        }))
    }

    fn elements(&self, elements: &[PatternElement], mut states: Vec<State>) -> Result<Vec<State>, Fault> {
        for element in elements {
            let mut next = Vec::new();
            for state in &states {
                match element {
                    PatternElement::Node(node) => self.place_node(node, state, &mut next)?,
                    PatternElement::Rel(rel) => self.walk(rel, state, &mut next)?,
                    PatternElement::Group(group) => self.repeat(group, state, &mut next)?,
                }
                within_budget(next.len())?;
            }
            states = next;
        }
        Ok(states)
    }

    /// Stands on the node where the path is, or, at its start, on each node there is.
    fn place_node(&self, pattern: &NodePattern, state: &State, next: &mut Vec<State>) -> Result<(), Fault> {
        if pattern.name.is_some() {
            return Err(Fault::unspecified("names are not in the naive matcher"));
        }
        let candidates = state.at().map_or(0..self.graph.nodes.len(), |at| at..at + 1);
        for candidate in candidates.filter(|candidate| !self.graph.nodes[*candidate].is_gone) {
            let value = Value::Node(NodeId::from_index(candidate));
            let mut state = state.clone();
            if !bind(&mut state.row, pattern.variable.as_ref(), &value) {
                continue;
            }
            if state.nodes.is_empty() {
                state.nodes.push(candidate);
            }
            let fits = self.fits(&value, pattern.labels.as_ref(), pattern.properties.as_deref(), &state.row)?;
            if fits && self.holds_if_any(pattern.filter.as_deref(), &state.row)? {
                next.push(state);
            }
        }
        Ok(())
    }

    /// Whether a node or relation bears what a pattern asks for.
    fn fits(
        &self,
        value: &Value,
        labels: Option<&LabelExpr>,
        properties: Option<&Expr>,
        row: &Row,
    ) -> Result<bool, Fault> {
        if !labels.is_none_or(|labels| self.bears(value, labels)) {
            return Ok(false);
        }
        let Some(properties) = properties else { return Ok(true) };
        match self.eval(properties, row)? {
            Value::Map(wanted) => {
                for (key, wanted) in wanted.iter() {
                    if self.property(value, key)?.equals(wanted) != Some(true) {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            other => Err(Fault::error(format!("{} as the properties of a pattern", other.type_name()))),
        }
    }

    /// Walks one relation, or a run of them.
    fn walk(&self, pattern: &RelPattern, state: &State, next: &mut Vec<State>) -> Result<(), Fault> {
        let Some(range) = pattern.length else {
            for mut state in self.hops(pattern, state)? {
                let rel = Value::Rel(EdgeId::from_index(*state.rels.last().expect("a hop adds a relation")));
                if bind(&mut state.row, pattern.variable.as_ref(), &rel)
                    && self.holds_if_any(pattern.filter.as_deref(), &state.row)?
                {
                    next.push(state);
                }
            }
            return Ok(());
        };
        let least = range.min.unwrap_or(u64::from(!range.quantifier));
        let mut reached = vec![state.clone()];
        let mut bounds = Bounds::of(state, range.max)?;
        for length in 0.. {
            bounds.prune(&mut reached, length >= least, |state| state);
            if length >= least && range.max.is_none_or(|most| length <= most) {
                for found in &reached {
                    let mut found = found.clone();
                    let run = found.rels[state.rels.len()..].iter();
                    let run = Value::list(run.map(|rel| Value::Rel(EdgeId::from_index(*rel))).collect());
                    if bind(&mut found.row, pattern.variable.as_ref(), &run) {
                        next.push(found);
                    }
                }
                within_budget(next.len())?;
            }
            if reached.is_empty() || range.max.is_some_and(|most| length >= most) {
                return Ok(());
            }
            let mut further = Vec::new();
            for state in &reached {
                for hop in self.hops(pattern, state)? {
                    let mut inner = hop.row.clone();
                    if let Some(variable) = &pattern.variable {
                        let rel = EdgeId::from_index(*hop.rels.last().expect("a hop adds a relation"));
                        inner.insert(variable.value.clone(), Value::Rel(rel));
                    }
                    if self.holds_if_any(pattern.filter.as_deref(), &inner)? {
                        further.push(hop);
                    }
                }
                within_budget(further.len())?;
            }
            reached = further;
        }
        Ok(())
    }

    /// All unused relations at the end of the path that fit, each walked; a loop is walked once, not once a direction.
    fn hops(&self, pattern: &RelPattern, state: &State) -> Result<Vec<State>, Fault> {
        let at = state.at().expect("a relation stands behind a node");
        let mut hops = Vec::new();
        for (index, rel) in self.graph.rels.iter().enumerate().filter(|(_, rel)| !rel.is_gone) {
            let along = rel.source == at && pattern.direction != Direction::Left;
            let against = rel.target == at && pattern.direction != Direction::Right;
            let far = if along { rel.target } else { rel.source };
            if (!state.repeatable && state.used.contains(&index)) || !(along || against) || !state.may_go(index, far) {
                continue;
            }
            let value = Value::Rel(EdgeId::from_index(index));
            if !self.fits(&value, pattern.types.as_ref(), pattern.properties.as_deref(), &state.row)? {
                continue;
            }
            let mut hop = state.clone();
            hop.used.insert(index);
            hop.rels.push(index);
            hop.nodes.push(far);
            hops.push(hop);
        }
        Ok(hops)
    }

    /// A parenthesised pattern: once, or so often as its quantifier says, its variables then being lists.
    fn repeat(&self, group: &GroupPattern, state: &State, next: &mut Vec<State>) -> Result<(), Fault> {
        let Some(range) = group.quantifier else {
            let begin = state.rels.len();
            for mut found in self.elements(&group.pattern.elements, vec![state.clone()])? {
                if let Some(variable) = &group.pattern.variable {
                    let (nodes, rels) = (found.nodes[begin..].to_vec(), found.rels[begin..].to_vec());
                    found.row.insert(variable.value.clone(), path_value(&State { nodes, rels, ..found.clone() }));
                }
                if self.holds_if_any(group.filter.as_ref(), &found.row)? {
                    next.push(found);
                }
            }
            return Ok(());
        };
        let mut names = BTreeSet::new();
        variables(&group.pattern, &mut names);
        let starts: Vec<usize> = state.at().map_or_else(|| self.graph.present().collect(), |at| vec![at]);
        let start = |at: usize| {
            let mut state = state.clone();
            if state.nodes.is_empty() {
                state.nodes.push(at);
            }
            (state, Vec::<Row>::new())
        };
        let mut reached: Vec<_> = starts.into_iter().map(start).collect();
        let mut bounds = Bounds::of(state, range.max)?;
        for count in 0.. {
            bounds.prune(&mut reached, count >= range.min.unwrap_or(0), |(state, _)| state);
            if count >= range.min.unwrap_or(0) {
                for (found, turns) in &reached {
                    let mut found = found.clone();
                    for name in &names {
                        let values = turns.iter().map(|turn| turn.get(name).cloned().unwrap_or_default()).collect();
                        found.row.insert(name.clone(), Value::list(values));
                    }
                    next.push(found);
                }
            }
            if reached.is_empty() || range.max.is_some_and(|most| count >= most) {
                return Ok(());
            }
            let mut further = Vec::new();
            for (state, turns) in &reached {
                for mut found in self.elements(&group.pattern.elements, vec![state.clone()])? {
                    if found.rels.len() == state.rels.len() {
                        return Err(Fault::unspecified("a repeated pattern without a relation"));
                    }
                    if self.holds_if_any(group.filter.as_ref(), &found.row)? {
                        let mut turns = turns.clone();
                        turns.push(std::mem::replace(&mut found.row, state.row.clone()));
                        further.push((found, turns));
                    }
                }
                within_budget(further.len())?;
            }
            reached = further;
        }
        Ok(())
    }

    fn size(&self, expr: &Expr) -> Result<usize, Fault> {
        match self.eval(expr, &Row::new())? {
            Value::Int(int) if int > 0 => Ok(usize::try_from(int).unwrap_or(usize::MAX)),
            _ => Err(Fault::error("a number of paths must be a whole number above 0")),
        }
    }

    /// Whether a node bears labels, or a relation is of a type.
    pub(super) fn bears(&self, value: &Value, labels: &LabelExpr) -> bool {
        match labels {
            LabelExpr::Name(name) => match value {
                Value::Node(id) => self.node(*id).labels.contains(&name.value),
                Value::Rel(id) => self.graph.rels[id.index()].kind == name.value,
                _ => false,
            },
            LabelExpr::Any(_) => match value {
                Value::Node(id) => !self.node(*id).labels.is_empty(),
                _ => true,
            },
            LabelExpr::Not(inner) => !self.bears(value, inner),
            LabelExpr::And(a, b) => self.bears(value, a) && self.bears(value, b),
            LabelExpr::Or(a, b) => self.bears(value, a) || self.bears(value, b),
        }
    }
}

/// Gives a variable its value; false where it has another already (null is no value that a pattern can meet).
fn bind(row: &mut Row, variable: Option<&Ident>, value: &Value) -> bool {
    let Some(variable) = variable else { return true };
    match row.get(&variable.value) {
        Some(bound) => bound.is_equivalent(value),
        None => {
            row.insert(variable.value.clone(), value.clone());
            true
        }
    }
}

fn path_value(state: &State) -> Value {
    Value::Path(Arc::new(Path {
        nodes: state.nodes.iter().map(|node| NodeId::from_index(*node)).collect(),
        rels: state.rels.iter().map(|rel| EdgeId::from_index(*rel)).collect(),
    }))
}

/// The variables that a pattern names.
pub(super) fn variables(pattern: &PathPattern, names: &mut BTreeSet<String>) {
    names.extend(pattern.variable.iter().map(|name| name.value.clone()));
    for element in &pattern.elements {
        match element {
            PatternElement::Node(node) => names.extend(node.variable.iter().map(|name| name.value.clone())),
            PatternElement::Rel(rel) => names.extend(rel.variable.iter().map(|name| name.value.clone())),
            PatternElement::Group(group) => variables(&group.pattern, names),
        }
    }
}
