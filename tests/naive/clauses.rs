//! Clauses: rows in, rows out.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use griot::model::Value;
use griot::query::syntax::ast::{
    Clause, ClauseKind, Expr, Match, OrderAndPage, Part, Projection, ProjectionItem, Query, SortItem, Subquery, Union,
};

use super::aggregates::holds_aggregate;
use super::expressions::Scope;
use super::{Fault, Naive, Row, operators, patterns, within_budget};

/// What a query, a part or a clause leaves behind.
pub(super) struct Output {
    /// The columns of a RETURN; `None` without one.
    pub(super) columns: Option<Vec<String>>,
    pub(super) rows: Vec<Row>,
    /// See [`Table::places`](super::Table::places).
    pub(super) places: Option<Vec<usize>>,
}

/// A row on its way through a projection: what it shows, and what its order may be computed from.
struct Projected {
    row: Row,
    seen: Row,
    keys: Vec<Value>,
}

impl Naive<'_> {
    /// Runs a query from one row, whose variables it sees.
    pub(super) fn query(&self, query: &Query, start: &Row) -> Result<Output, Fault> {
        if query.export.is_some() {
            return Err(Fault::unspecified("exports are not in the naive matcher"));
        }
        let mut output = self.part(&query.first, start)?;
        for (union, part) in &query.unions {
            let further = self.part(part, start)?;
            if further.columns != output.columns {
                return Err(Fault::error("parts of a union with other columns"));
            }
            output.rows.extend(further.rows);
            output.places = None;
            if *union == Union::Distinct {
                output.rows = distinct(output.rows)?;
            }
        }
        Ok(output)
    }

    fn part(&self, part: &Part, start: &Row) -> Result<Output, Fault> {
        let mut output = Output { columns: None, rows: vec![start.clone()], places: None };
        for clause in &part.clauses {
            output = self.clause(clause, output.rows, start)?;
            within_budget(output.rows.len())?;
        }
        Ok(output)
    }

    pub(super) fn clause(&self, clause: &Clause, rows: Vec<Row>, outer: &Row) -> Result<Output, Fault> {
        let rows = match &clause.kind {
            ClauseKind::Match(clause) => self.match_clause(clause, &rows)?,
            ClauseKind::Unwind { list, alias } => self.unwind(list, &alias.value, &rows)?,
            ClauseKind::With(projection) => {
                let mut rows = self.project(projection, rows, outer)?.rows;
                // The variables around a subquery stay visible in all of it.
                for row in &mut rows {
                    for (name, value) in outer {
                        row.entry(name.clone()).or_insert_with(|| value.clone());
                    }
                }
                rows
            }
            ClauseKind::Return(projection) => return self.project(projection, rows, outer),
            ClauseKind::Let(items) => {
                let assign = |row: Row| {
                    let mut assigned = row.clone();
                    for (name, expr) in items {
                        assigned.insert(name.value.clone(), self.eval(expr, &row)?);
                    }
                    Ok(assigned)
                };
                rows.into_iter().map(assign).collect::<Result<_, _>>()?
            }
            ClauseKind::Filter(filter) => self.filtered(rows, Some(filter))?,
            ClauseKind::OrderAndPage(page) => {
                let star =
                    Projection { distinct: false, star: true, items: Vec::new(), page: page.clone(), filter: None };
                self.project(&star, rows, outer)?.rows
            }
            ClauseKind::Subquery(subquery) => self.call(subquery, &rows)?,
            _ => return Err(Fault::unspecified("a clause that is not in the naive matcher")),
        };
        Ok(Output { columns: None, rows, places: None })
    }

    fn filtered(&self, rows: Vec<Row>, filter: Option<&Expr>) -> Result<Vec<Row>, Fault> {
        let Some(filter) = filter else { return Ok(rows) };
        let mut kept = Vec::new();
        for row in rows {
            if self.holds(filter, &row)? {
                kept.push(row);
            }
        }
        Ok(kept)
    }

    fn match_clause(&self, clause: &Match, rows: &[Row]) -> Result<Vec<Row>, Fault> {
        let mut names = BTreeSet::new();
        clause.patterns.iter().for_each(|pattern| patterns::variables(pattern, &mut names));
        let mut matched = Vec::new();
        for row in rows {
            let found = self.matches(clause, row)?;
            if found.is_empty() && clause.optional {
                let mut row = row.clone();
                for name in &names {
                    row.entry(name.clone()).or_default();
                }
                matched.push(row);
            }
            matched.extend(found);
            within_budget(matched.len())?;
        }
        Ok(matched)
    }

    fn unwind(&self, list: &Expr, alias: &str, rows: &[Row]) -> Result<Vec<Row>, Fault> {
        let mut unwound = Vec::new();
        for row in rows {
            let items = match self.eval(list, row)? {
                Value::Null => Vec::new(),
                Value::List(items) => items.to_vec(),
                single => vec![single],
            };
            for item in items {
                let mut row = row.clone();
                row.insert(alias.to_owned(), item);
                unwound.push(row);
            }
        }
        Ok(unwound)
    }

    fn call(&self, call: &Subquery, rows: &[Row]) -> Result<Vec<Row>, Fault> {
        let first = call.query.first.clauses.first().map(|clause| &clause.kind);
        let sees_all = call.import_all || (call.imports.is_none() && matches!(first, Some(ClauseKind::With(_))));
        let imports = call.imports.as_deref().unwrap_or_default();
        let mut called = Vec::new();
        for row in rows {
            let mut inner = row.clone();
            inner.retain(|name, _| sees_all || imports.iter().any(|import| import.value == *name));
            let output = self.query(&call.query, &inner)?;
            let Some(columns) = output.columns else {
                called.push(row.clone());
                continue;
            };
            let nothing = (call.optional && output.rows.is_empty()).then(Row::new);
            for found in output.rows.into_iter().chain(nothing) {
                let mut row = row.clone();
                for column in &columns {
                    row.insert(column.clone(), found.get(column).cloned().unwrap_or_default());
                }
                called.push(row);
            }
        }
        Ok(called)
    }

    /// WITH and RETURN.
    fn project(&self, projection: &Projection, rows: Vec<Row>, outer: &Row) -> Result<Output, Fault> {
        let aggregates = projection.items.iter().any(|item| holds_aggregate(&item.expr))
            || projection.page.order.iter().any(|item| holds_aggregate(&item.expr));
        let star: Vec<String> = match rows.first() {
            Some(row) if projection.star => row.keys().filter(|name| !outer.contains_key(*name)).cloned().collect(),
            None if projection.star => return Err(Fault::unspecified("the columns of * without a row")),
            _ => Vec::new(),
        };
        let columns: Vec<String> = star.iter().cloned().chain(projection.items.iter().map(name_of)).collect();
        let mut projected = if aggregates {
            self.grouped(&star, &projection.items, rows)?
        } else {
            rows.into_iter().map(|row| self.shown(&star, &projection.items, row)).collect::<Result<_, _>>()?
        };
        if projection.distinct {
            let mut unique: Vec<Projected> = Vec::new();
            for one in projected {
                let seen = unique.iter().map(|other| same_row(&one.row, &other.row));
                if !seen.collect::<Result<Vec<_>, _>>()?.contains(&true) {
                    unique.push(Projected { seen: Row::new(), ..one });
                }
            }
            projected = unique;
        }
        // Behind aggregates and DISTINCT only what is shown can be seen, by its name or by the expression itself.
        let items = if aggregates || projection.distinct { projection.items.as_slice() } else { &[] };
        let places = self.sort_and_cut(&projection.page, items, &mut projected)?;
        if let Some(filter) = &projection.filter {
            let passes = |one: &Projected| operators::truth(&self.eval_shown(filter, items, one)?);
            let passed: Vec<_> = projected.iter().map(passes).collect::<Result<_, _>>()?;
            let mut passed = passed.into_iter();
            projected.retain(|_| passed.next() == Some(Some(true)));
        }
        Ok(Output { columns: Some(columns), rows: projected.into_iter().map(|one| one.row).collect(), places })
    }

    fn shown(&self, star: &[String], items: &[ProjectionItem], row: Row) -> Result<Projected, Fault> {
        let mut shown = Row::new();
        for name in star {
            shown.insert(name.clone(), row[name].clone());
        }
        for item in items {
            shown.insert(name_of(item), self.eval(&item.expr, &row)?);
        }
        Ok(Projected { row: shown, seen: row, keys: Vec::new() })
    }

    /// One row for each combination of the items that hold no aggregate.
    fn grouped(&self, star: &[String], items: &[ProjectionItem], rows: Vec<Row>) -> Result<Vec<Projected>, Fault> {
        let (folded, plain): (Vec<_>, Vec<_>) = items.iter().cloned().partition(|item| holds_aggregate(&item.expr));
        let mut groups: Vec<(Row, Vec<Row>)> = Vec::new();
        for row in rows {
            let key = self.shown(star, &plain, row.clone())?.row;
            let same: Vec<bool> = groups.iter().map(|(other, _)| same_row(&key, other)).collect::<Result<_, _>>()?;
            match same.iter().position(|same| *same) {
                Some(at) => groups[at].1.push(row),
                None => groups.push((key, vec![row])),
            }
        }
        if groups.is_empty() && plain.is_empty() && star.is_empty() {
            groups.push((Row::new(), Vec::new()));
        }
        let mut projected = Vec::new();
        for (key, members) in groups {
            let mut row = key.clone();
            let any = members.first().cloned().unwrap_or_default();
            for item in &folded {
                let value = self.eval_in(&item.expr, Scope { group: Some(&members), ..Scope::of(&any) })?;
                row.insert(name_of(item), value);
            }
            projected.push(Projected { row, seen: key, keys: Vec::new() });
        }
        Ok(projected)
    }

    /// ORDER BY, SKIP and LIMIT; see [`Table::places`](super::Table::places) for what it gives.
    fn sort_and_cut(
        &self,
        page: &OrderAndPage,
        items: &[ProjectionItem],
        rows: &mut Vec<Projected>,
    ) -> Result<Option<Vec<usize>>, Fault> {
        for one in rows.iter_mut() {
            let key = |item: &SortItem| self.eval_shown(&item.expr, items, one);
            one.keys = page.order.iter().map(key).collect::<Result<_, _>>()?;
        }
        rows.sort_by(|a, b| {
            let orders = page.order.iter().zip(a.keys.iter().zip(&b.keys));
            let mut orders = orders.map(|(item, (a, b))| turned(item, a.sort_order(b)));
            orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        });
        let certain = rows.windows(2).all(|pair| certain_order(&pair[0], &pair[1]).is_some());
        let apart = |pair: &[Projected]| certain && certain_order(&pair[0], &pair[1]) != Some(Ordering::Equal);
        let mut place = 0;
        let mut places = vec![0];
        for pair in rows.windows(2) {
            place += usize::from(apart(pair));
            places.push(place);
        }
        places.truncate(rows.len());
        let skip = self.number(page.skip.as_ref())?.unwrap_or(0).min(rows.len());
        let end = self.number(page.limit.as_ref())?.map_or(rows.len(), |limit| rows.len().min(skip + limit));
        for cut in [skip, end] {
            // A cut between rows that may change places is harmless only if they show the same.
            if cut > 0 && cut < rows.len() && end > skip && !all_alike(rows, &places, cut) {
                return Err(Fault::unspecified("a page that cuts between rows of the same place"));
            }
        }
        rows.truncate(end);
        rows.drain(..skip.min(rows.len()));
        places.truncate(end);
        places.drain(..skip.min(places.len()));
        Ok((certain && !page.order.is_empty()).then_some(places))
    }

    /// The value of an expression behind a projection: in ORDER BY, and in the WHERE of WITH.
    fn eval_shown(&self, expr: &Expr, items: &[ProjectionItem], one: &Projected) -> Result<Value, Fault> {
        let mut visible = one.seen.clone();
        visible.extend(one.row.iter().map(|(name, value)| (name.clone(), value.clone())));
        let known: Vec<_> = items.iter().map(|item| (&item.expr, &one.row[&name_of(item)])).collect();
        self.eval_in(expr, Scope { known: &known, ..Scope::of(&visible) })
    }

    fn number(&self, expr: Option<&Expr>) -> Result<Option<usize>, Fault> {
        let Some(expr) = expr else { return Ok(None) };
        match self.eval(expr, &Row::new())? {
            Value::Int(int) => usize::try_from(int).map(Some).map_err(|_| Fault::error("a negative number of rows")),
            other => Err(Fault::error(format!("{} as a number of rows", other.type_name()))),
        }
    }
}

fn name_of(item: &ProjectionItem) -> String {
    item.alias.as_ref().map_or_else(|| item.text.clone(), |alias| alias.value.clone())
}

fn turned(item: &SortItem, order: Ordering) -> Ordering {
    if item.descending { order.reverse() } else { order }
}

/// Which of two rows comes first; the direction does not matter here. `None` where it hangs on handles.
fn certain_order(a: &Projected, b: &Projected) -> Option<Ordering> {
    for (a, b) in a.keys.iter().zip(&b.keys) {
        match operators::order(a, b) {
            Some(Ordering::Equal) => {}
            found => return found,
        }
    }
    Some(Ordering::Equal)
}

/// Whether all rows that share their place with the rows at a cut show the same.
fn all_alike(rows: &[Projected], places: &[usize], cut: usize) -> bool {
    if places[cut - 1] != places[cut] {
        return true;
    }
    let same_place = || rows.iter().zip(places).filter(|(_, place)| **place == places[cut]).map(|(row, _)| &row.row);
    same_place().all(|row| same_row(row, &rows[cut].row) == Ok(true))
}

fn same_row(a: &Row, b: &Row) -> Result<bool, Fault> {
    let mut open = None;
    for (a, b) in a.values().zip(b.values()) {
        match operators::same(a, b) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(fault) => open = Some(fault),
        }
    }
    open.map_or(Ok(true), Err)
}

fn distinct(rows: Vec<Row>) -> Result<Vec<Row>, Fault> {
    let mut unique: Vec<Row> = Vec::new();
    for row in rows {
        let same: Vec<bool> = unique.iter().map(|other| same_row(&row, other)).collect::<Result<_, _>>()?;
        if !same.contains(&true) {
            unique.push(row);
        }
    }
    Ok(unique)
}
