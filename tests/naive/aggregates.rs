//! Aggregates: one value of the rows of a group.

use std::cmp::Ordering;

use griot::model::Value;
use griot::query::syntax::ast::{BinaryOp, Expr, ExprKind, MapProjectionItem};

use super::expressions::Scope;
use super::{Fault, Naive, operators};

/// Whether a function is an aggregate.
pub(super) fn is_aggregate(name: &str) -> bool {
    const NAMES: [&str; 10] =
        ["count", "sum", "avg", "min", "max", "collect", "stdev", "stdevp", "percentilecont", "percentiledisc"];
    NAMES.contains(&name.to_lowercase().as_str())
}

/// Whether an aggregate stands in an expression; those of subqueries are their own.
pub(super) fn holds_aggregate(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::CountStar => true,
        ExprKind::Call { name, .. } if is_aggregate(&name.value) => true,
        _ => children(expr).into_iter().any(holds_aggregate),
    }
}

/// The expressions right inside an expression, patterns and subqueries apart.
fn children(expr: &Expr) -> Vec<&Expr> {
    fn optional(expr: Option<&Expr>) -> impl Iterator<Item = &Expr> {
        expr.into_iter()
    }
    match &expr.kind {
        ExprKind::List(items) | ExprKind::Call { args: items, .. } => items.iter().collect(),
        ExprKind::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
        ExprKind::Property(of, _)
        | ExprKind::Unary(_, of)
        | ExprKind::IsNull { operand: of, .. }
        | ExprKind::HasLabels(of, _)
        | ExprKind::Parenthesised(of) => vec![of],
        ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => vec![a, b],
        ExprKind::Slice(of, from, to) => {
            [&**of].into_iter().chain(optional(from.as_deref())).chain(optional(to.as_deref())).collect()
        }
        ExprKind::Comparison(first, rest) => {
            [&**first].into_iter().chain(rest.iter().map(|(_, right)| right)).collect()
        }
        ExprKind::Case { operand, branches, otherwise } => {
            let branches = branches.iter().flat_map(|(when, then)| [when, then]);
            optional(operand.as_deref()).chain(branches).chain(optional(otherwise.as_deref())).collect()
        }
        ExprKind::ListComprehension { list, filter, body, .. } => {
            [&**list].into_iter().chain(optional(filter.as_deref())).chain(optional(body.as_deref())).collect()
        }
        ExprKind::Quantifier { list, filter, .. } => [&**list].into_iter().chain(optional(filter.as_deref())).collect(),
        ExprKind::Reduce { init, list, body, .. } => vec![init, list, body],
        ExprKind::MapProjection(of, items) => {
            let literals = items.iter().filter_map(|item| match item {
                MapProjectionItem::Literal(_, value) => Some(value),
                _ => None,
            });
            [&**of].into_iter().chain(literals).collect()
        }
        _ => Vec::new(),
    }
}

impl Naive<'_> {
    /// The value of an aggregate; without arguments it counts rows.
    pub(super) fn aggregate(&self, name: &str, distinct: bool, args: &[Expr], scope: Scope) -> Result<Value, Fault> {
        let group = scope.group.ok_or_else(|| Fault::error(format!("{name} where no aggregate may stand")))?;
        let Some(arg) = args.first() else { return Ok(count(group.len())) };
        let mut values: Vec<Value> = Vec::new();
        for row in group {
            let value = self.eval(arg, row)?;
            if value.is_null() || (distinct && is_among(&value, &values)?) {
                continue;
            }
            values.push(value);
        }
        match name.to_lowercase().as_str() {
            "count" => Ok(count(values.len())),
            "collect" => Ok(Value::list(values)),
            "sum" => sum(&values),
            "avg" if values.is_empty() => Ok(Value::Null),
            "avg" => {
                let total = operators::float(&sum(&values)?);
                Ok(Value::Float(total / operators::float(&count(values.len()))))
            }
            "stdev" => deviation(&values, 1),
            "stdevp" => deviation(&values, 0),
            "percentilecont" | "percentiledisc" => {
                let Some(row) = group.first() else { return Ok(Value::Null) };
                let wanted = args.get(1).ok_or_else(|| Fault::error("a percentile without a number"))?;
                percentile(values, &self.eval(wanted, row)?, name.eq_ignore_ascii_case("percentileCont"))
            }
            "min" => extreme(values, Ordering::Less),
            _ => extreme(values, Ordering::Greater),
        }
    }
}

fn is_among(value: &Value, values: &[Value]) -> Result<bool, Fault> {
    for other in values {
        if operators::same(value, other)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn count(rows: usize) -> Value {
    Value::Int(i64::try_from(rows).expect("rows fit into memory"))
}

fn sum(values: &[Value]) -> Result<Value, Fault> {
    let add = |total, value: &Value| match value {
        Value::Int(_) | Value::Float(_) => operators::binary(BinaryOp::Add, &total, value),
        other => Err(Fault::error(format!("sum of {}", other.type_name()))),
    };
    values.iter().try_fold(Value::Int(0), add)
}

/// The root of the mean squared distance from the mean; of a sample, one value is spared.
fn deviation(values: &[Value], spared: usize) -> Result<Value, Fault> {
    if values.len() <= spared {
        return Ok(Value::Float(0.0));
    }
    let mean = operators::float(&sum(values)?) / operators::float(&count(values.len()));
    let squares: f64 = values.iter().map(|value| (operators::float(value) - mean).powi(2)).sum();
    Ok(Value::Float((squares / operators::float(&count(values.len() - spared))).sqrt()))
}

/// The number below which a part of the numbers lies: between two neighbours, or the nearest that is there.
fn percentile(mut values: Vec<Value>, wanted: &Value, between: bool) -> Result<Value, Fault> {
    let wanted = match wanted {
        Value::Int(_) | Value::Float(_) => operators::float(wanted),
        other => return Err(Fault::error(format!("the percentile {}", other.type_name()))),
    };
    if !(0.0..=1.0).contains(&wanted) {
        return Err(Fault::error("a percentile out of range"));
    }
    values.sort_by(|a, b| operators::float(a).total_cmp(&operators::float(b)));
    let Some(last) = values.len().checked_sub(1) else { return Ok(Value::Null) };
    // The first place at or behind the wanted part, found by counting.
    let part =
        |count_below: usize, of: usize| operators::float(&count(count_below)) >= wanted * operators::float(&count(of));
    if !between {
        let rank = (1..=values.len()).find(|rank| part(*rank, values.len())).unwrap_or(values.len());
        return Ok(values[rank - 1].clone());
    }
    let above = (0..=last).find(|place| part(*place, last)).unwrap_or(last);
    let below = above.saturating_sub(1);
    let share = wanted * operators::float(&count(last)) - operators::float(&count(below));
    let (low, high) = (operators::float(&values[below]), operators::float(&values[above]));
    Ok(Value::Float(if above == below { high } else { low * (1.0 - share) + high * share }))
}

/// The value that is less, or greater, than all others in the order of ORDER BY.
fn extreme(values: Vec<Value>, wanted: Ordering) -> Result<Value, Fault> {
    let mut best = Value::Null;
    for value in values {
        if best.is_null() {
            best = value;
            continue;
        }
        match operators::order(&value, &best) {
            None => return Err(Fault::unspecified("the least of nodes, relations or maps")),
            Some(Ordering::Equal) => {
                operators::same(&value, &best)?;
            }
            Some(order) if order == wanted => best = value,
            Some(_) => {}
        }
    }
    Ok(best)
}
